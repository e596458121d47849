"""What a client gets: the models behind the OpenAPI page and the front end's types.

Those of the catalog are in `catalog_answers.py`. Answers are written by `wire.py` straight from the engine's
records; a test holds every answer to its model.
`Double` is a number that is null where it no longer fits into a double.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from app.engine.agreement import Verdict
from app.engine.health import LayerState, Revival, UnitState
from app.engine.progress import NetworkState
from app.engine.walkthrough import Kind, Phase

Double = float | None
DoubleVector = list[Double]
DoubleMatrix = list[list[Double]]


class Answer(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(extra="forbid")


class LayerParametersAnswer(Answer):
    """A layer's weights (units × inputs) and biases (units), or numbers of the same shapes."""

    weights: DoubleMatrix
    biases: DoubleVector


ParametersAnswer = list[LayerParametersAnswer]


class OptimizerStateAnswer(Answer):
    """What the optimizer remembers: to be sent back with the next request."""

    updates: int
    slots: dict[str, ParametersAnswer]


class StateAnswer(Answer):
    """A moment of training: `step` updates were made."""

    step: int
    parameters: ParametersAnswer
    optimizer_state: OptimizerStateAnswer


class FirstParameters(Answer):
    """First weights and biases, and how many numbers they are."""

    parameters: ParametersAnswer
    count: int


class DatasetAnswer(Answer):
    """A data set as it is trained on; with a part held out, also which rows are for training and for testing."""

    inputs: DoubleMatrix
    targets: DoubleMatrix
    task: Literal["classification", "regression"] | None
    classes: int | None
    image_side: int | None
    feature_names: list[str] | None
    train_indices: list[int]
    test_indices: list[int]


class LayerTrace(Answer):
    """One layer in one gradient step: z, a, f′(z), ∂L/∂a, δ = ∂L/∂z (examples × units), ∂L/∂W and ∂L/∂b.

    `undecided` are [example, unit] where a lies within rounding of one half (0 where targets are −1 and 1).
    """

    z: DoubleMatrix
    a: DoubleMatrix
    derivative: DoubleMatrix
    da: DoubleMatrix
    delta: DoubleMatrix
    dW: DoubleMatrix
    db: DoubleVector
    undecided: list[list[int]]


class TermAnswer(Answer):
    """One product of a sum: `left` · `right` = `product`."""

    index: int
    left: Double
    right: Double
    product: Double


class RestAnswer(Answer):
    """What a shortened sum leaves out: how many terms, and what they add."""

    count: int
    contribution: Double


class OperationAnswer(Answer):
    """One operation of the step; which fields are not null depends on `kind`."""

    phase: Phase
    kind: Kind
    value: Double
    layer: int | None
    unit: int | None
    input: int | None
    terms: list[TermAnswer]
    rest: RestAnswer | None
    bias: Double
    z: Double
    a: Double
    penalty: Double
    before: Double
    gradient: Double


class PlaceAnswer(Answer):
    """A parameter: the weight from `input` to `unit` of `layer`, or its "bias" (all counted from 0)."""

    layer: int
    unit: int
    input: int | Literal["bias"]


class ComparisonAnswer(Answer):
    """A gradient beside nudging: slopes to the `left` and `right` one way, `numerical` both ways.

    `closer` is found with a hundredth of the nudge; `rounding` is what `numerical` may be wrong by for it alone.
    `verdict`: "agrees", but for rounding and a bend; "bent": with a smaller nudge they agree; "corner" and "jump"
    of the loss at this place; "hidden_corner": corners on the way, which cancel in the loss; "differs": none.
    """

    gradient: Double
    numerical: Double
    left: Double
    right: Double
    closer: Double
    rounding: Double
    verdict: Verdict


class GradientCheckAnswer(Answer):
    """Every gradient's numerical twin, shaped as the parameters, and the worst relative error with its reason."""

    numerical: ParametersAnswer
    relative_errors: ParametersAnswer
    worst: Double
    worst_place: PlaceAnswer
    comparison: ComparisonAnswer
    nudge: float


class TraceAnswer(Answer):
    """One gradient step laid open; all of it of one batch, before its update but for what says `updated`.

    `indices` are the batch's rows in the whole data set; `raw_inputs` what `inputs` were made of, with features.
    """

    indices: list[int]
    raw_inputs: DoubleMatrix | None
    inputs: DoubleMatrix
    targets: DoubleMatrix
    loss: Double
    data_loss: Double
    penalty: Double
    example_losses: DoubleVector
    layers: list[LayerTrace]
    updated_parameters: ParametersAnswer
    optimizer_state: OptimizerStateAnswer
    updated_loss: Double
    operations: list[OperationAnswer] | None
    gradient_check: GradientCheckAnswer | None


class FactorAnswer(Answer):
    """One factor of a gradient."""

    name: Literal["input", "derivative", "dL_da", "delta"]
    value: Double


class PathAnswer(Answer):
    """A path from the parameter to the loss: the units passed, from its own on, and the local derivatives."""

    contribution: Double
    example: int
    units: list[int]
    derivatives: DoubleVector


class MultiplicationsAnswer(Answer):
    """What all gradients of the batch cost by three methods."""

    paths: int
    nudging: int
    backpropagation: int


class NudgeAnswer(Answer):
    """The parameter moved by `h`: `secant` = (L(w + h) − L(w)) / h, `central` = (L(w + h) − L(w − h)) / 2h."""

    h: float
    loss: Double
    secant: Double
    central: Double


class LineAnswer(Answer):
    """The loss at each value of the parameter."""

    values: DoubleVector
    losses: DoubleVector


class ExplainAnswer(Answer):
    """One parameter's gradient: listed paths + rest + `penalty_gradient` = `gradient`.

    `indices` are the batch's rows in the whole data set. `da_terms` add up to ∂L/∂a of the parameter's unit (null
    in the last layer). `votes` are the examples' own gradients; their mean, or sum, is that of the data.
    """

    value: Double
    indices: list[int]
    loss: Double
    gradient: Double
    penalty_gradient: Double
    numerical_gradient: Double
    relative_error: Double
    comparison: ComparisonAnswer
    nudge: float
    example: int
    factors: list[FactorAnswer]
    example_gradients: DoubleVector
    paths: list[PathAnswer]
    rest: RestAnswer
    path_count: int
    da_terms: list[TermAnswer] | None
    votes: DoubleVector
    nudges: list[NudgeAnswer]
    line: LineAnswer | None
    multiplications: MultiplicationsAnswer
    multiplications_deeper: MultiplicationsAnswer


class MeasuresAnswer(Answer):
    """How a network does on `count` examples; without classes, nothing is `right`.

    `confusion[i][j]` counts the examples of class i that were answered as class j. `undecided` are in neither:
    their answer lies within rounding of another. With `outputs`, `answers` are the classes, null for the undecided.
    """

    loss: Double
    count: int
    right: int | None
    undecided: int | None
    accuracy: float | None
    confusion: list[list[int]] | None
    outputs: DoubleMatrix | None
    answers: list[int | None] | None


class LevelsAnswer(Answer):
    """A picture, row after row of y: from 0, which stands for `low`, to 255, which stands for `high`."""

    low: Double
    high: Double
    levels: list[list[int]]


class ResponsesAnswer(Answer):
    """What the network answers on a grid: a picture an output, one a unit of each hidden layer.

    Over one input `y` is null and `curve` has the outputs in full; `winners` is the largest of several outputs, −1
    where that is undecided.
    """

    x: DoubleVector
    y: DoubleVector | None
    outputs: list[LevelsAnswer]
    winners: list[list[int]] | None
    units: list[list[LevelsAnswer]]
    curve: DoubleMatrix | None


class UnitHealthAnswer(Answer):
    """A unit: its mean |f′| over the training examples, the share of them where f′ is not 0, and what ails it.

    `revival`: what still changes the sums of a dead unit, and so may bring it back.
    """

    slope: Double
    active: float
    state: UnitState | None
    revival: Revival | None


class LayerHealthAnswer(Answer):
    """A layer: the norm of its ∂L/∂W and ∂L/∂b together, what ails it, and its units.

    `relative_gradient`: by which share of what is left of the loss the layer could lower it, to first order, were
    its numbers moved by their own size (null: nothing is left, or no number).
    """

    gradient_norm: Double
    relative_gradient: Double
    state: LayerState | None
    units: list[UnitHealthAnswer]


class UnreachableAnswer(Answer):
    """Targets that the output can never give: `count` of `total` beyond `lowest` … `highest` (null: no bound)."""

    count: int
    total: int
    lowest: Double
    highest: Double
    farthest: float


class NetworkHealthAnswer(Answer):
    """How the network as a whole stands; null: it learns.

    `data_loss` is the loss without penalty, `least_loss` the lowest that any answers could have, `constant_loss`
    the lowest with one and the same answer for all training examples.
    """

    state: NetworkState | None
    data_loss: Double
    least_loss: Double
    constant_loss: Double
    unreachable: UnreachableAnswer | None


class SurveyAnswer(Answer):
    """What a network does with all the data at one moment."""

    train: MeasuresAnswer
    test: MeasuresAnswer | None
    responses: ResponsesAnswer | None
    network: NetworkHealthAnswer
    layers: list[LayerHealthAnswer]


class FrameAnswer(Answer):
    """A kept moment: after `step` updates, the loss over all training examples (and over the test's)."""

    step: int
    loss: Double
    test_loss: Double
    parameters: ParametersAnswer
    optimizer_state: OptimizerStateAnswer
    survey: SurveyAnswer | None


class TrainAnswer(Answer):
    """A run: `losses[k]` is the batch loss before update `steps[k]`, made with `learning_rates[k]`.

    Where it stopped early, the last loss is the one that stopped it, and no update followed.
    """

    state: StateAnswer
    steps: list[int]
    losses: DoubleVector
    learning_rates: list[float]
    frames: list[FrameAnswer]
    diverged_at: int | None
    stopped: Literal["target_loss", "diverged"] | None


class HealthAnswer(Answer):
    """The server is ready."""

    status: Literal["ok"]
    version: str


class Problem(Answer):
    """What is wrong with one field."""

    loc: list[str | int]
    msg: str
    type: str


class Refusal(Answer):
    """Why a request cannot be served."""

    detail: list[Problem]
