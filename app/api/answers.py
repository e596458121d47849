"""What a client gets: the models behind the OpenAPI page and the front end's types.

Answers are written by `wire.py` straight from the engine's records; a test holds every answer to its model.
`Double` is a number that is null where it no longer fits into a double.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

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
    """One layer in one gradient step: z, a, f′(z), ∂L/∂a, δ = ∂L/∂z (examples × units), ∂L/∂W and ∂L/∂b."""

    z: DoubleMatrix
    a: DoubleMatrix
    derivative: DoubleMatrix
    da: DoubleMatrix
    delta: DoubleMatrix
    dW: DoubleMatrix
    db: DoubleVector


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


class GradientCheckAnswer(Answer):
    """Every gradient's numerical twin, shaped as the parameters, and the worst relative error."""

    numerical: ParametersAnswer
    relative_errors: ParametersAnswer
    worst: Double
    nudge: float


class TraceAnswer(Answer):
    """One gradient step laid open; all of it of one batch, before its update but for what says `updated`."""

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


class ExplainAnswer(Answer):
    """One parameter's gradient: listed paths + rest + `penalty_gradient` = `gradient`."""

    value: Double
    loss: Double
    gradient: Double
    penalty_gradient: Double
    numerical_gradient: Double
    relative_error: Double
    nudge: float
    example: int
    factors: list[FactorAnswer]
    example_gradients: DoubleVector
    paths: list[PathAnswer]
    rest: RestAnswer
    path_count: int
    multiplications: MultiplicationsAnswer


class FrameAnswer(Answer):
    """A kept moment: after `step` updates, the loss over all training examples (and over the test's)."""

    step: int
    loss: Double
    test_loss: Double
    parameters: ParametersAnswer
    optimizer_state: OptimizerStateAnswer


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
    is_fixed: bool
    samples: SettingAnswer
    noise: SettingAnswer
    settings: list[SettingAnswer]


class PresetAnswer(Answer):
    """An experiment ready to run, with a sentence on what to look for."""

    name: str
    label: str
    look_for: str
    experiment: dict[str, Any]
    example: int


class CatalogAnswer(Answer):
    """Everything that can be chosen, and every limit."""

    activations: list[ActivationAnswer]
    losses: list[LossAnswer]
    optimizers: list[TunedAnswer]
    initializers: list[TunedAnswer]
    datasets: list[DatasetRowAnswer]
    features: list[str]
    presets: list[PresetAnswer]
    limits: dict[str, float]


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
