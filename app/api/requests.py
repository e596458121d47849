"""The parts of what a client may send: the models behind the OpenAPI page and the front end's types.

`queries.py` puts them together, one model a path. They check form (types, names, ranges, limits);
`experiments.py` checks what needs the whole request, such as shapes that have to fit each other. Field names
are the wire's and the same everywhere.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, LiteralString

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FiniteFloat,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from app import limits
from app.api.errors import shown
from app.engine.activations import ACTIVATIONS
from app.engine.chain import Place
from app.engine.choices import known
from app.engine.datasets import DATASETS
from app.engine.features import FEATURES
from app.engine.initializers import BIAS, INITIALIZERS
from app.engine.landscape import Normalization
from app.engine.losses import LOSSES
from app.engine.optimizers import LEARNING_RATE, OPTIMIZERS
from app.engine.sentences import Sentence, said
from app.engine.setting import Setting
from app.engine.surfaces import SURFACES


@dataclass(frozen=True, slots=True, eq=False)
class OneOf:
    """Says of a text that it has to be a name in `table`; the message lists them, the schema too."""

    kind: Sentence
    table: Collection[str]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check the name after its type."""
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """List the names in the OpenAPI page."""
        return {**handler(schema), "enum": list(self.table)}

    def _check(self, name: str) -> str:
        with _told("unknown_name"):
            return known(shown(name), self.table, self.kind)


def _problem(kind: LiteralString, sentence: Sentence) -> PydanticCustomError:
    return PydanticCustomError(kind, "{sentence}", {"sentence": sentence})


@contextmanager
def _told(kind: LiteralString) -> Iterator[None]:
    """Pass the engine's sentence on as it is; Pydantic would write "Value error, " before it."""
    try:
        yield
    except ValueError as error:
        [sentence] = error.args
        raise _problem(kind, sentence) from None


ActivationName = Annotated[str, OneOf(said("activation"), ACTIVATIONS)]
LossName = Annotated[str, OneOf(said("loss function"), LOSSES)]
OptimizerName = Annotated[str, OneOf(said("optimizer"), OPTIMIZERS)]
InitializerName = Annotated[str, OneOf(said("initializer"), INITIALIZERS)]
DatasetName = Annotated[str, OneOf(said("dataset"), DATASETS)]
SurfaceName = Annotated[str, OneOf(said("surface"), SURFACES)]
FeatureName = Annotated[str, OneOf(said("feature"), FEATURES)]
Number = FiniteFloat
_ENORMOUS: Final = 1e300
_MOST_SLOTS: Final = max(len(row.slots) for row in OPTIMIZERS.values())


def _gives_way(row: Any) -> Any:
    """Change nothing: where code in Python runs, the interpreter can serve another thread between two rows."""
    return row


Vector = Annotated[list[Number], Field(max_length=limits.NUMBERS, fail_fast=True), BeforeValidator(_gives_way)]
Matrix = Annotated[list[Vector], Field(min_length=1, max_length=limits.EXAMPLES, fail_fast=True)]
Seed = Annotated[int, Field(ge=0, le=limits.SEED)]
Count = Annotated[int, Field(ge=0, le=limits.SEED)]


class Request(BaseModel):
    """A part of a request: unknown fields are refused, since a misspelt one would silently do nothing."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _has_few_names(cls, given: Any) -> Any:
        """Refuse as a whole what would else be refused name by name."""
        if isinstance(given, dict) and len(given) > limits.NAMES:
            message = said(
                "There are {count} names here, and no part of a request has more than {most}.",
                count=len(given),
                most=limits.NAMES,
            )
            raise _problem("too_many_names", message)
        return given


class Tuned(Request):
    """A row of a table by name, with its settings beside it."""

    model_config = ConfigDict(extra="allow")

    def settings(self) -> dict[str, float]:
        """Return the settings that were given."""
        return dict(self.__pydantic_extra__ or {})


def _check_settings(given: dict[str, Any], allowed: tuple[Setting, ...], owner: str) -> None:
    """Refuse a setting the row does not have, or a value it cannot take."""
    by_name = {setting.name: setting for setting in allowed}
    for name, value in given.items():
        with _told("unknown_name"):
            known(shown(name), by_name, said('setting of "{owner}"', owner=owner))
        # Compared, not asked with isfinite: a whole number may be too large for a double.
        ordinary = isinstance(value, int | float) and not isinstance(value, bool) and -_ENORMOUS < value < _ENORMOUS
        problem = by_name[name].problem(value) if ordinary else said("should be an ordinary number")
        if problem:
            subject = said('"{name}" of "{owner}"', name=name, owner=owner)
            raise _problem("setting", said("{subject} {problem}.", subject=subject, problem=problem))


def _settings_schema(
    table: dict[str, tuple[Setting, ...]],
) -> Callable[[dict[str, Any]], None]:
    """Return what writes every row's settings into the OpenAPI schema."""

    def extend(schema: dict[str, Any]) -> None:
        schema["additionalProperties"] = False
        for row, settings in table.items():
            for setting in settings:
                field = schema["properties"].setdefault(
                    setting.name,
                    {"type": "number", "title": setting.label, "default": setting.default, "description": "for "},
                )
                separator = "" if field["description"] == "for " else ", "
                field["description"] += f"{separator}{row}"

    return extend


class LayerRequest(Request):
    """A layer: its units, their activation, and whether its biases are trained."""

    units: Annotated[int, Field(ge=1, le=limits.UNITS)]
    activation: ActivationName
    bias: bool = True


class NetworkRequest(Request):
    """A network's topology: the number of inputs, then its layers from first to last."""

    inputs: Annotated[int, Field(ge=1, le=limits.INPUTS)]
    layers: Annotated[list[LayerRequest], Field(min_length=1, max_length=limits.LAYERS, fail_fast=True)]


class LayerParametersRequest(Request):
    """A layer's weights (units × inputs) and biases (units; zeros if left out)."""

    weights: Annotated[list[Vector], Field(min_length=1, max_length=limits.UNITS, fail_fast=True)]
    biases: Vector | None = None


ParametersRequest = Annotated[list[LayerParametersRequest], Field(max_length=limits.LAYERS, fail_fast=True)]

_DATA_FIELDS = frozenset({"dataset", "samples", "noise", "seed", "features"})


class DataRequest(Tuned):
    """Examples: a data set by name, or `inputs` and `targets` outright."""

    model_config = ConfigDict(
        json_schema_extra=_settings_schema({name: row.settings for name, row in DATASETS.items()})
    )

    dataset: DatasetName | None = None
    samples: Annotated[int, Field(ge=1, le=limits.EXAMPLES)] | None = None
    noise: Annotated[Number, Field(ge=0)] | None = None
    seed: Seed = 0
    features: Annotated[list[FeatureName], Field(max_length=len(FEATURES), fail_fast=True)] | None = None
    inputs: Matrix | None = None
    targets: Matrix | None = None

    @model_validator(mode="after")
    def _is_one_of_two(self) -> "DataRequest":
        given = self.inputs is not None or self.targets is not None
        named_only = self.settings() or _DATA_FIELDS & self.model_fields_set
        if self.dataset is not None and not given:
            _check_settings(self.settings(), DATASETS[self.dataset].settings, self.dataset)
            return self
        if self.inputs is not None and self.targets is not None and not named_only:
            return self
        message = said('Data should be either "dataset" with its settings, or "inputs" and "targets", both.')
        raise _problem("data_form", message)


class OptimizerRequest(Tuned):
    """An optimizer by name; settings that are left out take their defaults."""

    model_config = ConfigDict(
        json_schema_extra=_settings_schema({name: row.settings for name, row in OPTIMIZERS.items()})
    )

    name: OptimizerName

    @model_validator(mode="after")
    def _has_these_settings(self) -> "OptimizerRequest":
        _check_settings(self.settings(), OPTIMIZERS[self.name].settings, self.name)
        return self


class InitializerRequest(Tuned):
    """A way to choose first weights, with a seed."""

    model_config = ConfigDict(
        json_schema_extra=_settings_schema({name: (*row.settings, BIAS) for name, row in INITIALIZERS.items()})
    )

    name: InitializerName
    seed: Seed = 0

    @model_validator(mode="after")
    def _has_these_settings(self) -> "InitializerRequest":
        _check_settings(self.settings(), (*INITIALIZERS[self.name].settings, BIAS), self.name)
        return self


class OptimizerStateRequest(Request):
    """What the optimizer remembers, as an answer gave it."""

    updates: Annotated[int, Field(ge=0, le=limits.SEED)] = 0
    slots: Annotated[dict[str, ParametersRequest], Field(max_length=_MOST_SLOTS, fail_fast=True)] = {}


class StateRequest(Request):
    """A moment of training, as an answer gave it."""

    step: Annotated[int, Field(ge=0, le=limits.SEED)] = 0
    parameters: ParametersRequest
    optimizer_state: OptimizerStateRequest | None = None


class BatchRequest(Request):
    """The examples of a step: `size` null takes all of them."""

    size: Annotated[int, Field(ge=1, le=limits.SEED)] | None = None
    shuffle: bool = False
    seed: Seed = 0


class ChangeRequest(Request):
    """The learning rate from update number `at_step` on."""

    at_step: Annotated[int, Field(ge=0, le=limits.SEED)]
    learning_rate: Annotated[Number, Field(ge=LEARNING_RATE.minimum)]


class PlaceRequest(Request):
    """A parameter: the weight from `input` to `unit` of `layer`, or its "bias" (all counted from 0)."""

    layer: Count
    unit: Count
    input: Count | Literal["bias"]

    @field_validator("input", mode="before")
    @classmethod
    def _is_a_number_or_bias(cls, value: Any) -> Any:
        is_number = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= limits.SEED
        if not is_number and value != "bias":
            raise _problem("unknown_name", said('"input" is the number of an input, counted from 0, or "bias".'))
        return value

    def place(self) -> Place:
        """Return the engine's record."""
        return Place(self.layer, self.unit, None if self.input == "bias" else self.input)


def _rises(ends: list[float]) -> list[float]:
    low, high = ends
    if low >= high:
        message = said(
            "A range goes from its lowest number to its highest, but {low} is not below {high}.", low=low, high=high
        )
        raise _problem("range", message)
    return ends


def _is_not_zero(size: float) -> float:
    if size == 0:
        raise _problem("range", said("A nudge has to move the parameter: it should not be 0."))
    return size


Range = Annotated[list[Number], Field(min_length=2, max_length=2, fail_fast=True), AfterValidator(_rises)]
NudgeSize = Annotated[Number, AfterValidator(_is_not_zero)]


def _is_positive(ends: list[float]) -> list[float]:
    if ends[0] <= 0:
        message = said(
            "Learning rates on a logarithmic scale are above 0, but this range begins at {low}.", low=ends[0]
        )
        raise _problem("range", message)
    return ends


RateRange = Annotated[Range, AfterValidator(_is_positive)]


class LineRequest(Request):
    """Evenly spaced values for the parameter, both ends of `range` included."""

    range: Range
    points: Annotated[int, Field(ge=2, le=limits.LINE_POINTS)]


class GridRequest(Request):
    """The points of pictures over one or two inputs: `resolution` along a side, ranges as wide as the data.

    Units are drawn at every `unit_stride`-th row and column. Over one input there is no `y_range`.
    """

    resolution: Annotated[int, Field(ge=limits.COARSEST_GRID, le=limits.GRID)] = 40
    unit_stride: Annotated[int, Field(ge=1, le=limits.GRID)] = 3
    x_range: Range | None = None
    y_range: Range | None = None


class SurveyRequest(Request):
    """What a survey is to show at every kept moment of a run."""

    grid: GridRequest | None = None


class LinePlane(Request):
    """The line or plane of one or two parameters: its coordinates are their values."""

    kind: Literal["parameters"]
    x: PlaceRequest
    y: PlaceRequest | None = None
    x_range: Range | None = None
    y_range: Range | None = None


class RandomPlane(Request):
    """A plane along two random directions at right angles, as long as the network's filters or layers, or as drawn.

    Scaled to filters or layers, they leave the biases where they are.
    """

    kind: Literal["random"]
    seed: Seed = 0
    normalization: Normalization = "filter"
    radius: Annotated[Number, Field(gt=0, le=limits.RADIUS)] = 1.0


class PathPlane(Request):
    """The plane that holds most of the variance of the path."""

    kind: Literal["pca"]
    x_range: Range | None = None
    y_range: Range | None = None
