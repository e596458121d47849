"""What a client may ask, one model a path; the parts they are made of are in `requests.py`."""

from typing import Annotated

from pydantic import Field

from app import limits
from app.api.requests import (
    BatchRequest,
    ChangeRequest,
    Count,
    DataRequest,
    GridRequest,
    InitializerRequest,
    LinePlane,
    LineRequest,
    LossName,
    NetworkRequest,
    NudgeSize,
    Number,
    OptimizerRequest,
    OptimizerStateRequest,
    ParametersRequest,
    PathPlane,
    PlaceRequest,
    RandomPlane,
    Range,
    RateRange,
    Request,
    StateRequest,
    SurfaceName,
    SurveyRequest,
)
from app.engine.losses import Reduction
from app.engine.rates import STEPS

Fraction = Annotated[Number, Field(ge=0, lt=1)]
Rate = Annotated[Number, Field(ge=0)]


class ParametersQuery(Request):
    """A network and the way to choose its first weights."""

    network: NetworkRequest
    initializer: InitializerRequest


class DatasetQuery(Request):
    """A data set; `loss` says which form the targets take (default: one column of 0 and 1 for two classes)."""

    data: DataRequest
    loss: LossName | None = None
    test_fraction: Fraction = 0.0


class ObjectiveFields(Request):
    """What is minimised, on what; `test_fraction` of the examples are kept out of it, for testing."""

    network: NetworkRequest
    data: DataRequest
    loss: LossName
    reduction: Reduction = "mean"
    l1: Annotated[Number, Field(ge=0)] = 0.0
    l2: Annotated[Number, Field(ge=0)] = 0.0
    test_fraction: Fraction = 0.0


class MomentQuery(ObjectiveFields):
    """A network at a moment. With `batch`, the loss is that of step number `step`'s examples; else of all."""

    parameters: ParametersRequest
    batch: BatchRequest | None = None
    step: Annotated[int, Field(ge=0, le=limits.SEED)] = 0


class TraceQuery(ObjectiveFields):
    """One gradient step. With `batch`, on the examples of step number `step`; else on all.

    `example` (its number in the batch) also asks for the list of `operations`, as seen from that example;
    `check` for the numerical gradient of every parameter.
    """

    parameters: ParametersRequest
    optimizer: OptimizerRequest
    optimizer_state: OptimizerStateRequest | None = None
    batch: BatchRequest | None = None
    step: Annotated[int, Field(ge=0, le=limits.SEED)] = 0
    example: Count | None = None
    check: bool = False


class ExplainQuery(ObjectiveFields):
    """The gradient of one parameter, taken apart; `factors` and `da_terms` are those of `example`.

    `nudges` are amounts to move the parameter by, `line` values to give it.
    """

    parameters: ParametersRequest
    optimizer: OptimizerRequest | None = None
    optimizer_state: OptimizerStateRequest | None = None
    batch: BatchRequest | None = None
    step: Annotated[int, Field(ge=0, le=limits.SEED)] = 0
    parameter: PlaceRequest
    example: Count = 0
    max_paths: Annotated[int, Field(ge=0, le=limits.PATHS)] = 50
    nudges: Annotated[list[NudgeSize], Field(max_length=limits.NUDGES, default_factory=list, fail_fast=True)]
    line: LineRequest | None = None


class SurveyQuery(ObjectiveFields):
    """What a network does with all the data; `outputs` asks for those of every example, `grid` for pictures."""

    parameters: ParametersRequest
    grid: GridRequest | None = None
    outputs: bool = False


class TrainQuery(ObjectiveFields):
    """A number of steps from a state, or from the first weights if none is given.

    With `survey`, every frame also says what a survey would at that moment.
    """

    optimizer: OptimizerRequest
    batch: BatchRequest = BatchRequest()
    initializer: InitializerRequest | None = None
    state: StateRequest | None = None
    steps: Annotated[int, Field(ge=0, le=limits.STEPS)]
    record_every: Annotated[int, Field(ge=1, le=limits.SEED)] | None = None
    test: DataRequest | None = None
    changes: Annotated[list[ChangeRequest], Field(max_length=limits.CHANGES, default_factory=list, fail_fast=True)]
    target_loss: Number | None = None
    survey: SurveyRequest | None = None


class LandscapeQuery(MomentQuery):
    """The loss over a `plane` through the parameters, and where the moments of a `path` lie beside it.

    `gradients` along the plane are given at every `gradient_stride`-th point of a side.
    """

    plane: Annotated[LinePlane | RandomPlane | PathPlane, Field(discriminator="kind")]
    resolution: Annotated[int, Field(ge=limits.COARSEST_GRID, le=limits.MAP)] = 51
    path: Annotated[list[ParametersRequest], Field(max_length=limits.MOMENTS, fail_fast=True)] | None = None
    gradients: bool = False
    gradient_stride: Annotated[int, Field(ge=1, le=limits.MAP)] = 1


class CurvatureQuery(MomentQuery):
    """How sharply the loss is bent at a moment, and at the moments of a `path`."""

    path: Annotated[list[ParametersRequest], Field(max_length=limits.MOMENTS, fail_fast=True)] | None = None


class UpdateQuery(MomentQuery):
    """The update that an optimizer would make at a moment."""

    optimizer: OptimizerRequest
    optimizer_state: OptimizerStateRequest | None = None


class StepSizesQuery(UpdateQuery):
    """The loss after one update, for `points` learning rates of a `range`, evenly spaced by their logarithm."""

    range: RateRange
    points: Annotated[int, Field(ge=2, le=limits.LINE_POINTS)] = 81


class RatesQuery(ObjectiveFields):
    """What each of some learning rates would do in the next `steps` steps from a state, with the run's own batches.

    Without `state`, from the first weights; without `rates`, for 25 of them from 0.0001 to 100.
    """

    optimizer: OptimizerRequest
    batch: BatchRequest = BatchRequest()
    initializer: InitializerRequest | None = None
    state: StateRequest | None = None
    steps: Annotated[int, Field(ge=1, le=limits.RATE_STEPS)] = STEPS
    rates: Annotated[list[Rate], Field(min_length=1, max_length=limits.RATES, fail_fast=True)] | None = None


class SlopeQuery(UpdateQuery):
    """The loss along one parameter, and the next `steps` updates of that parameter alone."""

    parameter: PlaceRequest
    steps: Annotated[int, Field(ge=1, le=limits.GHOSTS)] = 5
    points: Annotated[int, Field(ge=2, le=limits.LINE_POINTS)] = 81
    range: Range | None = None


class SurfaceQuery(Request):
    """A surface's values on a grid; ranges that are left out are those worth looking at."""

    surface: SurfaceName
    resolution: Annotated[int, Field(ge=limits.COARSEST_GRID, le=limits.SURFACE)] = 81
    x_range: Range | None = None
    y_range: Range | None = None


class DescentQuery(Request):
    """Gradient descent on a surface: `steps` updates from one start, by each of several optimizers."""

    surface: SurfaceName
    start: Annotated[list[Number], Field(min_length=1, max_length=2, fail_fast=True)]
    runs: Annotated[list[OptimizerRequest], Field(min_length=1, max_length=limits.RUNS, fail_fast=True)]
    steps: Annotated[int, Field(ge=1, le=limits.WALK_STEPS)]
