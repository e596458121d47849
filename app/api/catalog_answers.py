"""What a client gets of the tables: the models of `GET /api/catalog`, one for a row of each."""

from typing import Any, Literal

from app.api.answers import Answer, Double
from app.api.preset import Group


class SettingAnswer(Answer):
    """A number a row can be tuned by: its default, hard limits, and what a slider offers."""

    name: str
    label: str
    default: float
    minimum: float | None
    maximum: float | None
    exclusive_maximum: bool
    integer: bool
    scale: Literal["linear", "log"]
    slider: tuple[float, float] | None


class ActivationAnswer(Answer):
    """A row of the activations; `lowest` and `highest` bound its values (null: unbounded)."""

    name: str
    label: str
    lowest: Double
    highest: Double
    last_layer_only: bool


class LossAnswer(Answer):
    """A row of the losses; `fused_with` is the last activation it is computed together with."""

    name: str
    label: str
    targets: Literal["zero_one", "minus_one_one", "one_hot"]
    task: Literal["any", "classification"]
    fused_with: str | None


class TunedAnswer(Answer):
    """A row with settings: an optimizer or an initializer."""

    name: str
    label: str
    settings: list[SettingAnswer]


class DatasetRowAnswer(Answer):
    """A row of the data sets; counts are those of the default settings."""

    name: str
    label: str
    description: str
    task: Literal["classification", "regression"]
    inputs: int
    classes: int | None
    outputs: int | None
    image_side: int | None
    paper: float
    is_fixed: bool
    samples: SettingAnswer
    noise: SettingAnswer
    settings: list[SettingAnswer]


class SurfaceAnswer(Answer):
    """A surface to walk down: the part worth looking at, a start, its minima; `y_range` null: of one variable."""

    name: str
    label: str
    description: str
    variables: Literal[1, 2]
    axes: list[str]
    x_range: tuple[float, float]
    y_range: tuple[float, float] | None
    start: list[float]
    minima: list[list[float]]


class RaceAnswer(Answer):
    """A race ready to watch, as `POST /api/descent` takes it, with a sentence on what to look for."""

    name: str
    label: str
    look_for: str
    surface: str
    start: list[float]
    runs: list[dict[str, Any]]
    steps: int


class PresetAnswer(Answer):
    """An experiment ready to run, with a sentence on what to look for; `task` is where the lab opens it."""

    name: str
    label: str
    group: Group
    task: Literal["step", "train", "inside"]
    look_for: str
    experiment: dict[str, Any]
    example: int


class HealthRulesAnswer(Answer):
    """When a unit or a layer is said to be ill.

    Saturated: |f′| below `saturated_slope` of the function's steepest, in `saturated_share` of the examples.
    Exploding: a gradient's norm above `exploding_norm`; vanishing: below `vanishing_share` of the largest, or a
    relative gradient below `flat_gradient`. Plateau: all of those are, and the way from one answer for all to the
    least loss is gone by less than `nothing_learnt`; learnt: all but `all_learnt` of it is gone.
    What an exploding gradient does is said for the rate `usual_rate`.
    """

    saturated_slope: float
    saturated_share: float
    exploding_norm: float
    vanishing_share: float
    flat_gradient: float
    nothing_learnt: float
    all_learnt: float
    usual_rate: float


class CatalogAnswer(Answer):
    """Everything that can be chosen, and every limit."""

    activations: list[ActivationAnswer]
    losses: list[LossAnswer]
    optimizers: list[TunedAnswer]
    initializers: list[TunedAnswer]
    datasets: list[DatasetRowAnswer]
    features: list[str]
    surfaces: list[SurfaceAnswer]
    races: list[RaceAnswer]
    presets: list[PresetAnswer]
    health: HealthRulesAnswer
    limits: dict[str, float]
