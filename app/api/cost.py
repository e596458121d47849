"""What a computation costs, estimated from its shapes before it begins: in seconds of one processor.

Everything is made of calls of NumPy, of multiply-adds of matrix products, and of the rows of the engine's tables,
each with what a call of it takes and what a number in it takes. `make calibrate` holds every estimate against the
time that is really spent. A row that is new in the engine, and not measured yet, is taken to be as dear as the
dearest one here.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel

from app import limits
from app.api.requests import DataRequest
from app.engine.datasets import DATASETS
from app.engine.losses import FUSED
from app.engine.network import Network, Objective
from app.engine.optimizers import OPTIMIZERS
from app.engine.setting import Setting
from app.engine.training import Task

# Microseconds of a call, nanoseconds of a number.
Cost = tuple[float, float]

# Function, derivative, second derivative.
ACTIVATION_COSTS: Final[Mapping[str, tuple[Cost, Cost, Cost]]] = {
    "identity": ((1.1, 0.4), (2.8, 0.4), (2.5, 0.4)),
    "step": ((1.8, 7.5), (2.7, 0.4), (2.7, 0.4)),
    "sigmoid": ((4.0, 4.2), (4.8, 6.0), (7.6, 10.4)),
    "tanh": ((1.2, 2.3), (4.3, 6.4), (6.1, 9.0)),
    "relu": ((1.6, 0.6), (2.7, 0.8), (2.6, 0.4)),
    "leaky_relu": ((4.6, 6.7), (3.7, 5.6), (2.5, 0.4)),
    "elu": ((4.8, 12.0), (2.3, 4.8), (5.2, 11.0)),
    "gelu": ((24.0, 35.0), (29.0, 60.0), (27.0, 48.0)),
    "silu": ((11.0, 18.0), (19.5, 27.0), (14.8, 24.0)),
    "softplus": ((5.2, 8.5), (3.9, 7.3), (4.7, 10.0)),
    "softmax": ((14.0, 6.6), (17.6, 8.8), (18.0, 12.0)),
}
# What each output adds to the loss, ∂L/∂a, and the second derivative.
LOSS_COSTS: Final[Mapping[str, tuple[Cost, Cost, Cost]]] = {
    "mean_squared_error": ((3.7, 2.6), (2.6, 1.2), (3.0, 1.0)),
    "half_squared_error": ((3.0, 2.0), (1.3, 0.9), (3.0, 1.0)),
    "mean_absolute_error": ((3.4, 2.6), (3.4, 3.2), (3.0, 1.0)),
    "huber": ((7.1, 14.0), (6.8, 3.0), (7.0, 5.0)),
    "hinge": ((5.0, 5.0), (6.2, 6.0), (3.0, 1.0)),
    "binary_cross_entropy": ((18.7, 25.0), (16.8, 25.0), (17.0, 25.0)),
    "cross_entropy": ((7.5, 10.0), (6.9, 9.0), (7.0, 10.0)),
}
# An activation and a loss in one: what each output adds, δ, and how δ changes.
FUSED_COSTS: Final[Mapping[tuple[str, str], tuple[Cost, Cost, Cost]]] = {
    ("sigmoid", "binary_cross_entropy"): ((8.1, 9.5), (9.3, 12.0), (3.0, 2.0)),
    ("softmax", "cross_entropy"): ((15.4, 8.5), (22.1, 23.0), (5.0, 4.0)),
    ("sigmoid", "cross_entropy"): ((6.1, 8.5), (5.8, 9.0), (5.0, 10.0)),
    ("softmax", "binary_cross_entropy"): ((56.0, 66.0), (60.0, 75.0), (60.0, 75.0)),
}
# An update of an array.
OPTIMIZER_COSTS: Final[Mapping[str, Cost]] = {
    "sgd": (2.0, 1.0),
    "momentum": (3.5, 2.2),
    "nesterov": (5.0, 3.0),
    "adagrad": (5.3, 4.6),
    "rmsprop": (7.2, 5.5),
    "adam": (10.0, 9.0),
    "adamw": (11.5, 9.6),
}
# An example of a data set, in nanoseconds, and how many normal numbers are drawn for it even without noise.
DATASET_COSTS: Final[Mapping[str, tuple[float, float]]] = {
    **dict.fromkeys(("and", "or", "xor", "nand", "symmetry", "worked"), (500.0, 0.0)),
    "blobs": (150.0, 2.0),
    "circles": (120.0, 0.0),
    "moons": (140.0, 0.0),
    "spiral": (170.0, 0.0),
    "dogs": (16_000.0, 0.0),
    "digits": (600.0, 0.0),
    **dict.fromkeys(("line", "sine", "plane"), (60.0, 0.0)),
}
# The gradient of a surface at a point, in microseconds, and its value at one of many points, in nanoseconds.
SURFACE_COSTS: Final[Mapping[str, Cost]] = {
    "parabola": (1.0, 1.0),
    "two_valleys": (4.0, 3.0),
    "flat_then_steep": (7.0, 21.0),
    "inflection": (2.0, 106.0),
    "bowl": (1.0, 4.0),
    "ravine": (2.0, 5.0),
    "saddle": (8.0, 120.0),
    "rosenbrock": (14.0, 5.0),
    "himmelblau": (18.0, 7.0),
    "beale": (56.0, 127.0),
    "rastrigin": (4.0, 87.0),
    "one_weight": (2.0, 46.0),
    "weight_and_bias": (3.0, 48.0),
}

_CALL: Final = 1e-6
_MULTIPLY: Final = 6.5e-11
# A number that a matrix product reads or writes, and one that another elementwise operation makes.
_MOVED: Final = 3e-10
_MADE: Final = 1e-9
# What Python does about one layer, and about one step, beside the calls of NumPy.
_LAYER: Final = 3e-6
_STEP: Final = 6e-6
# The matrix products of a layer, there and back, where one call makes those of many runs.
_PRODUCTS_OF_A_RUN: Final = 1e-6
# A normal number, and another random one.
_NORMAL: Final = 1.2e-6
_RANDOM: Final = 1e-8
# Updates that every learning rate is tried for, and numbers that are told of each update of a walk.
_STEPS_JUDGED: Final = 20
_NUMBERS_PER_MOVE: Final = 10
# A row of inputs that is compared with others.
_SORTED: Final = 1.5e-6
# A character of a formula.
_PARSED: Final = 3e-6
_UNIFORM: Final = ("zeros", "constant", "uniform", "xavier_uniform", "he_uniform")
# A number that is read from a request into an array, one that is written into an answer, and is compressed there.
_READ: Final = 3e-8
_WRITTEN: Final = 3e-8
_COMPRESSED: Final = 2.3e-7
_NUMBERS_OF_LARGE: Final = 5_000


def _of(cost: Cost, numbers: float) -> float:
    return 1e-6 * cost[0] + 1e-9 * cost[1] * numbers


def _dearest(costs: Sequence[Cost]) -> Cost:
    return max(call for call, _ in costs), max(number for _, number in costs)


def _row(table: Mapping[Any, tuple[Cost, Cost, Cost]], name: Any, which: int) -> Cost:
    return table[name][which] if name in table else _dearest([row[which] for row in table.values()])


def seconds_of_activation(name: str, which: int, numbers: float) -> float:
    """Estimate the function (`which` 0) of `numbers` numbers, its derivative (1) or its second one (2)."""
    return _of(_row(ACTIVATION_COSTS, name, which), numbers)


def seconds_of_loss(network: Network, objective: Objective, which: int, examples: float) -> float:
    """Estimate what the outputs add to a loss (`which` 0), ∂L/∂z of the last layer (1), or how that changes (2)."""
    last, numbers = network.layers[-1].activation, examples * network.outputs
    pair = (last, objective.loss)
    if pair in FUSED:
        return _of(_row(FUSED_COSTS, pair, which), numbers)
    own = _of(_row(LOSS_COSTS, objective.loss, which), numbers)
    return own if which == 0 else own + seconds_of_activation(last, which, numbers) + 2 * _MADE * numbers


def seconds_of_update(optimizer: str, numbers: float, arrays: int = 1) -> float:
    """Estimate an update of `numbers` parameters in so many arrays."""
    call, number = OPTIMIZER_COSTS.get(optimizer) or _dearest(list(OPTIMIZER_COSTS.values()))
    slots = len(OPTIMIZERS[optimizer].slots)
    # Beside it every array is looked at, and copied to where it belongs.
    beside = (1 + slots) * (2 * _CALL + _MADE * numbers)
    return arrays * 1e-6 * call + 1e-9 * number * numbers + beside


def _product(rows: float, inner: float, columns: float) -> float:
    moved = rows * inner + inner * columns + 3 * rows * columns
    return 1.5 * _CALL + _MULTIPLY * rows * inner * columns + _MOVED * moved


def seconds_per_pass(network: Network, examples: float) -> float:
    """Estimate one forward pass over many examples."""
    seconds = 0.0
    for layer, fan_in in zip(network.layers, network.fan_ins, strict=True):
        numbers = examples * layer.units
        seconds += _LAYER + _product(examples, fan_in, layer.units) + _MADE * numbers
        seconds += seconds_of_activation(layer.activation, 0, numbers)
    return seconds


def seconds_of_backward(network: Network, examples: float, objective: Objective) -> float:
    """Estimate one backward pass, from the outputs to all gradients."""
    seconds = seconds_of_loss(network, objective, 1, examples)
    for index, (layer, fan_in) in enumerate(zip(network.layers, network.fan_ins, strict=True)):
        numbers = examples * layer.units
        seconds += _LAYER + _product(layer.units, examples, fan_in) + _CALL + 0.5 * _MADE * numbers
        if index < len(network.layers) - 1:
            after = network.layers[index + 1].units
            seconds += _product(examples, after, layer.units) + 2 * _MADE * numbers
            seconds += seconds_of_activation(layer.activation, 1, numbers)
    if objective.l1 or objective.l2:
        seconds += len(network.layers) * 6 * _CALL + 4 * _MADE * network.parameter_count
    return seconds


def seconds_of_batch_loss(network: Network, examples: float, objective: Objective) -> float:
    """Estimate the loss of a batch, forward pass included."""
    seconds = seconds_per_pass(network, examples) + seconds_of_loss(network, objective, 0, examples)
    if objective.l1 or objective.l2:
        seconds += len(network.layers) * 4 * _CALL + 3 * _MADE * network.parameter_count
    return seconds + 4 * _CALL * (1 + len(network.layers)) + _MADE * examples * network.outputs


def seconds_of_gradient(network: Network, examples: float, objective: Objective) -> float:
    """Estimate the loss of a batch and all its gradients."""
    return seconds_of_batch_loss(network, examples, objective) + seconds_of_backward(network, examples, objective)


def seconds_per_step(network: Network, examples: float, objective: Objective, optimizer: str) -> float:
    """Estimate one gradient step on a batch: forward pass, loss, backward pass, update."""
    seconds = seconds_of_gradient(network, examples, objective)
    return _STEP + seconds + seconds_of_update(optimizer, network.parameter_count)


def seconds_per_update(task: Task, runs: int = 1) -> float:
    """Estimate one step of a run, its batch included, or of so many runs at once (`fast_rates.py`)."""
    network, count = task.network, int(task.examples.inputs.shape[0])
    batch = min(task.batching.size or count, count)
    seconds = seconds_per_step(network, runs * batch, task.objective, task.optimizer.name)
    moved = (runs - 1) * network.parameter_count
    seconds += seconds_of_update(task.optimizer.name, moved) - seconds_of_update(task.optimizer.name, 0)
    seconds += (runs - 1) * len(network.layers) * _PRODUCTS_OF_A_RUN
    if task.objective.l1 or task.objective.l2:
        seconds += (runs - 1) * len(network.layers) * 5 * _CALL
    if batch == count:
        return seconds
    copied = batch * (network.inputs + runs * network.outputs)
    drawn = 10 * _RANDOM * batch if task.batching.shuffle else 0.0
    return seconds + 6 * _CALL + drawn + 2 * _MADE * copied


def seconds_of_rounding(network: Network, examples: float) -> float:
    """Estimate how long it takes to find what every number of a pass may be off by (`rounding.py`)."""
    seconds: float = 2 * seconds_per_pass(network, examples)
    for layer, fan_in in zip(network.layers, network.fan_ins, strict=True):
        seconds += 10 * _CALL + _product(examples, fan_in, layer.units)
        seconds += 8 * _MADE * examples * layer.units + _MADE * examples * fan_in
    return seconds


def seconds_of_product(network: Network, examples: float, objective: Objective) -> float:
    """Estimate a product with the Hessian of the loss, after the pass there and back that it belongs to."""
    seconds = seconds_of_loss(network, objective, 2, examples)
    for index, (layer, fan_in) in enumerate(zip(network.layers, network.fan_ins, strict=True)):
        numbers = examples * layer.units
        seconds += 2 * _LAYER + 10 * _CALL + 5 * _MADE * numbers
        seconds += 2 * _product(examples, fan_in, layer.units) + 2 * _product(layer.units, examples, fan_in)
        if index < len(network.layers) - 1:
            seconds += 2 * _product(examples, network.layers[index + 1].units, layer.units)
            seconds += seconds_of_activation(layer.activation, 2, numbers)
    return seconds


# Numbers that a tile of a landscape holds.
_TILE: Final = 175_000


def seconds_of_losses(
    network: Network, examples: int, points: float, objective: Objective, first: int = 0
) -> float:
    """Estimate the losses at many points of a landscape whose directions move layer `first` and later ones."""
    layers, fan_ins = network.layers[first:], network.fan_ins[first:]
    seconds = seconds_per_pass(network, examples) + _tiles(network, examples, points, first) * len(layers) * 32e-6
    for number, (layer, fan_in) in enumerate(zip(layers, fan_ins, strict=True)):
        numbers = points * examples * layer.units
        seconds += numbers * (_MADE + _MULTIPLY * (fan_in if number else 3)) + _MOVED * points * examples * fan_in
        if number < len(layers) - 1:
            seconds += seconds_of_activation(layer.activation, 0, numbers)
    seconds += seconds_of_loss(network, objective, 0, points * examples)
    if (layers[-1].activation, objective.loss) not in FUSED:
        seconds += seconds_of_activation(layers[-1].activation, 0, points * examples * network.outputs)
    if objective.l1 or objective.l2:
        seconds += 6 * _MADE * points * network.parameter_count
    # Every point has parameters of its own.
    moved = sum(layer.units * (fan_in + 1) for layer, fan_in in zip(layers[1:], fan_ins[1:], strict=True))
    return seconds + 2 * _MADE * (network.parameter_count + points * moved) + 200 * _CALL


def _tiles(network: Network, examples: int, points: float, first: int) -> float:
    units = sum(layer.units for layer in network.layers[first:])
    chunks = -(-examples // 450)
    return chunks * max(1.0, points / max(1.0, _TILE // (min(examples, 450) * units)))


def seconds_of_slopes(
    network: Network, examples: int, points: float, objective: Objective, directions: int, first: int = 0
) -> float:
    """Estimate the losses at many points of a landscape, and the slopes along each direction."""
    layers, fan_ins = network.layers[first:], network.fan_ins[first:]
    seconds = seconds_of_losses(network, examples, points, objective, first)
    seconds += _tiles(network, examples, points, first) * len(layers) * (1 + directions) * 20e-6
    for number, (layer, fan_in) in enumerate(zip(layers, fan_ins, strict=True)):
        numbers = points * examples * layer.units
        product = numbers * (_MADE + _MULTIPLY * fan_in) + _MOVED * points * examples * fan_in
        if number < len(layers) - 1:
            seconds += seconds_of_activation(layer.activation, 1, numbers) + 2 * _MADE * numbers
        seconds += directions * (2 * product if number else 0.0) + directions * 4 * _MADE * numbers
    return seconds + seconds_of_loss(network, objective, 1, points * examples)


def seconds_of_surface(surface: str, points: int) -> float:
    """Estimate the values of a surface at many points, written into an answer."""
    _, value = SURFACE_COSTS.get(surface) or _dearest(list(SURFACE_COSTS.values()))
    return 50 * _CALL + points * (1e-9 * value + 10 * _MADE) + seconds_of_json(points)


def seconds_of_descent(surface: str, optimizer: str, steps: int) -> float:
    """Estimate a walk down a surface, written into an answer, and what is said of its learning rate."""
    gradient, _ = SURFACE_COSTS.get(surface) or _dearest(list(SURFACE_COSTS.values()))
    call, _ = OPTIMIZER_COSTS.get(optimizer) or _dearest(list(OPTIMIZER_COSTS.values()))
    update = 6 * _CALL + 1e-6 * (gradient + 1.3 * call)
    return (steps + _STEPS_JUDGED) * update + 300 * _CALL + seconds_of_json(_NUMBERS_PER_MOVE * steps)


def seconds_of_json(numbers: float) -> float:
    """Estimate how long it takes to write so many numbers into an answer, and to compress it if it is large."""
    return numbers * (_WRITTEN + (_COMPRESSED if numbers > _NUMBERS_OF_LARGE else 0.0))


def _seconds_of_initializing(numbers: int, layers: int, initializer: str) -> float:
    cheap = initializer in _UNIFORM
    return numbers * (4 * _RANDOM if cheap else _NORMAL) + layers * 50 * _CALL


def seconds_of_data(request: DataRequest) -> float:
    """Estimate the making of a data set that is named, or of arrays from one that is given."""
    if request.dataset is None:
        given = (request.inputs or [], request.targets or [])
        return sum(len(rows) * (20 * _RANDOM + len(rows[0]) * _READ) for rows in given if rows)
    row = DATASETS[request.dataset]
    samples = _within(row.samples, request.samples)
    settings = {one.name: _within(one, request.settings().get(one.name)) for one in row.settings}
    numbers = samples * (row.outputs or row.inputs(settings))
    is_noisy = row.noise.default > 0 if request.noise is None else request.noise > 0
    made, drawn = DATASET_COSTS.get(row.name) or _dearest(list(DATASET_COSTS.values()))
    seconds = 50 * _CALL + samples * (1e-9 * made + drawn * _NORMAL) + numbers * (_NORMAL if is_noisy else _RANDOM)
    return seconds + 3 * _RANDOM * samples * len(request.features or ())


def _within(setting: Setting, given: float | None) -> float:
    """Return a setting as it will be taken: what is too large is refused, which costs nothing."""
    value = setting.default if given is None else given
    return value if setting.maximum is None else min(value, setting.maximum)


def seconds_of_reading(query: BaseModel) -> float:
    """Estimate how long it takes to make arrays of a request, its data set included, and to check them."""
    seconds = _PARSED * len(getattr(query, "expression", ""))
    for name in ("data", "test"):
        data: DataRequest | None = getattr(query, name, None)
        if data is not None:
            seconds += seconds_of_data(data) + _split_of(query, data)
            # A survey looks for examples with the same inputs.
            is_surveyed = hasattr(query, "grid") or getattr(query, "survey", None) is not None
            seconds += _SORTED * _rows_of(data) * is_surveyed
    asked = getattr(query, "network", None)
    if asked is None:
        return seconds
    fan_ins = (asked.inputs, *(layer.units for layer in asked.layers))
    count: int = sum(layer.units * (fan_in + 1) for layer, fan_in in zip(asked.layers, fan_ins, strict=False))
    if count > limits.PARAMETERS:
        return seconds
    given = [getattr(query, "parameters", None), *(getattr(query, "path", None) or ())]
    state = getattr(query, "state", None) or query
    memory = getattr(state, "optimizer_state", None)
    arrays: int = len(given) + 1 + (1 + len(memory.slots) if memory else 0)
    seconds += arrays * (count * _READ + len(asked.layers) * 12 * _CALL)
    if given[0] is None and state is query:
        chosen = getattr(query, "initializer", None)
        seconds += _seconds_of_initializing(count, len(asked.layers), chosen.name if chosen else "xavier_uniform")
    return seconds


def _rows_of(data: DataRequest) -> int:
    if data.dataset is None:
        return len(data.inputs or ())
    row = DATASETS[data.dataset]
    return int(_within(row.samples, data.samples))


def _split_of(query: BaseModel, data: DataRequest) -> float:
    if not getattr(query, "test_fraction", 0.0):
        return 10 * _CALL
    return 40 * _CALL + 20 * _RANDOM * _rows_of(data)
