"""The chain rule for one parameter: every path on which it acts on the loss, and what a method costs.

A path runs from the parameter through one unit of its own and of every later layer, for one example, to the
loss. Its contribution is the product of the local derivatives along it; all contributions together are the
gradient. Their number grows exponentially with depth: they are counted exactly, but only the largest are
listed. Backpropagation is the trick of adding them up without ever walking them one by one.
"""

from dataclasses import dataclass, replace
from math import fsum, prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.engine.activations import ACTIVATIONS
from app.engine.arrays import Array
from app.engine.flat import frozen_biases
from app.engine.losses import FUSED
from app.engine.network import Layer, LayerBackward, LayerForward, Network, Objective
from app.engine.pause import look_up
from app.engine.training import Step

# How many candidate paths are looked at together: enough for NumPy, few enough for memory.
CANDIDATES_AT_ONCE: Final = 200_000


@dataclass(frozen=True, slots=True)
class Place:
    """A parameter: the weight from `input` to `unit` of `layer`, or the unit's bias where `input` is None."""

    layer: int
    unit: int
    input: int | None


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a gradient: "input" x, "derivative" f′(z), "dL_da" ∂L/∂a, or "delta" ∂L/∂z as a whole."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Path:
    """A way from the parameter to the loss: the units it passes, one a layer, and its local derivatives.

    The derivatives are, in the order walked: the input, then f′(z) of the unit, then for each later layer the
    weight into its unit and f′(z) there, and last ∂L/∂a. Where the last layer and the loss are one step
    (fused, or softmax), the last two are one number, ∂L/∂z.
    """

    example: int
    units: tuple[int, ...]
    derivatives: tuple[float, ...]
    contribution: float


@dataclass(frozen=True, slots=True)
class Multiplications:
    """What all gradients of a batch cost by three methods, in multiplications (exact whole numbers)."""

    paths: int
    nudging: int
    backpropagation: int


@dataclass(frozen=True, slots=True)
class Chain:
    """One parameter's gradient taken apart; see the module's head.

    `gradient` = sum of the listed contributions + `rest_contribution` + `penalty_gradient`.
    `factors` belong to example `example`; `example_gradients` has each example's part, shape (examples,).
    """

    gradient: float
    penalty_gradient: float
    example: int
    factors: tuple[Factor, ...]
    example_gradients: Array
    paths: tuple[Path, ...]
    path_count: int
    rest_count: int
    rest_contribution: float
    multiplications: Multiplications


def is_one_step(network: Network, objective: Objective) -> bool:
    """Whether the last activation and the loss are differentiated together, as one ∂L/∂z."""
    last = network.layers[-1].activation
    return ACTIVATIONS[last].jacobian_product is not None or (last, objective.loss) in FUSED


def count_paths(network: Network, layer: int, examples: int) -> int:
    """Return the number of paths from a parameter of `layer` to the loss of a batch."""
    return examples * prod(after.units for after in network.layers[layer + 1 :])


def count_multiplications(network: Network, objective: Objective, examples: int) -> Multiplications:
    """Count the multiplications that give the gradients of all trained parameters, activations not counted.

    A forward pass multiplies once a weight. Nudging needs two passes for each parameter. Backpropagation
    needs one pass, one product a weight for ∂L/∂W, one a weight of later layers for ∂L/∂a and one a unit for δ.
    Walking all paths needs one pass, and one product fewer than there are derivatives on each path. A frozen
    bias has no gradient, so nobody nudges it or walks its paths.
    """
    sizes = [layer.units * fan_in for layer, fan_in in zip(network.layers, network.fan_ins, strict=True)]
    pass_cost = sum(sizes)
    back_cost = pass_cost + sum(sizes[1:]) + sum(layer.units for layer in network.layers)
    trained = network.parameter_count - frozen_biases(network).size
    last = len(network.layers) - 1
    one_step = is_one_step(network, objective)
    walk_cost = sum(
        layer.units
        * (fan_in + layer.bias)
        * count_paths(network, index, 1)
        * (2 * (last - index) + (1 if one_step else 2))
        for index, (layer, fan_in) in enumerate(zip(network.layers, network.fan_ins, strict=True))
    )
    return Multiplications(
        paths=examples * (pass_cost + walk_cost),
        nudging=examples * 2 * trained * pass_cost,
        backpropagation=examples * (pass_cost + back_cost),
    )


def one_layer_deeper(network: Network) -> Network:
    """Return the network with one more hidden layer before the output, as large as what is before it."""
    last = network.layers[-1]
    more = Layer(network.fan_ins[-1], last.activation)
    return replace(network, layers=(*network.layers[:-1], more, last))


def listing_cost(network: Network, layer: int, examples: int, max_paths: int) -> int:
    """Return how many candidate paths finding the largest looks at: the time it takes, before any array is made."""
    cost, kept = 0, 1
    sizes = [1, *(after.units for after in network.layers[layer + 1 :])]
    for units, next_units in zip(reversed(sizes[:-1]), reversed(sizes[1:]), strict=True):
        cost += units * next_units * kept
        kept = min(max_paths, next_units * kept)
    return examples * max(cost, 1)


def chain(
    network: Network, objective: Objective, step: Step, place: Place, *, example: int = 0, max_paths: int = 50
) -> Chain:
    """Take the gradient of the parameter at `place` apart, listing the `max_paths` paths of largest size."""
    back = step.came_back[place.layer]
    entering = _entering(step.passed[place.layer], place)
    example_gradients = back.delta[:, place.unit] * entering
    data_gradient = float(np.add.reduce(example_gradients))
    penalty = _penalty_part(back, place)
    paths = _largest_paths(network, objective, step, place, max_paths)
    count = count_paths(network, place.layer, entering.shape[0])
    rest = count - len(paths)
    return Chain(
        gradient=float(back.db[place.unit] if place.input is None else back.dW[place.unit, place.input]),
        penalty_gradient=penalty,
        example=example,
        factors=_factors(network, back, objective, place, float(entering[example]), example),
        example_gradients=example_gradients,
        paths=paths,
        path_count=count,
        rest_count=rest,
        rest_contribution=data_gradient - fsum(path.contribution for path in paths) if rest else 0.0,
        multiplications=count_multiplications(network, objective, entering.shape[0]),
    )


def _entering(passed: LayerForward, place: Place) -> Array:
    """Return ∂z/∂w of each example: the input on this weight, or 1 for a bias."""
    if place.input is None:
        return np.ones(passed.x.shape[0])
    return passed.x[:, place.input]


def _penalty_part(back: LayerBackward, place: Place) -> float:
    if place.input is None or back.penalty_dW is None:
        return 0.0
    return float(back.penalty_dW[place.unit, place.input])


def _factors(
    network: Network, back: LayerBackward, objective: Objective, place: Place, entering: float, example: int
) -> tuple[Factor, ...]:
    where = (example, place.unit)
    if place.layer == len(network.layers) - 1 and is_one_step(network, objective):
        return (Factor("delta", float(back.delta[where])), Factor("input", entering))
    return (
        Factor("dL_da", float(back.da[where])),
        Factor("derivative", float(back.derivative[where])),
        Factor("input", entering),
    )


def _largest_paths(
    network: Network, objective: Objective, step: Step, place: Place, max_paths: int
) -> tuple[Path, ...]:
    entering = _entering(step.passed[place.layer], place)
    examples = entering.size
    per_example = listing_cost(network, place.layer, 1, max_paths)
    chunk = max(1, CANDIDATES_AT_ONCE // per_example)
    found: list[tuple[int, tuple[int, ...]]] = []
    sizes: list[float] = []
    for start in range(0, examples, chunk):
        look_up()
        rows = slice(start, min(start + chunk, examples))
        values, units = _best_tails(step, place, rows, max_paths)
        contributions = np.abs(values * entering[rows, None])
        for number in _candidates(contributions, max_paths):
            example, rank = divmod(number, contributions.shape[1])
            found.append((start + example, tuple(units[example, rank].tolist())))
            sizes.append(float(contributions[example, rank]))
    largest = sorted(range(len(found)), key=lambda index: (-sizes[index], found[index]))[:max_paths]
    return tuple(_path(network, objective, step, place, *found[index]) for index in largest)


def _candidates(sizes: Array, most: int) -> list[int]:
    """Return the places in `sizes` (examples, kept), row after row, that may be among the `most` largest of all.

    Of equal ones the earlier example comes first; within one, that is not said yet.
    """
    flat = sizes.ravel()
    if most >= flat.size or np.isnan(flat).any():
        return list(range(flat.size))
    if most == 0:
        return []
    least = np.partition(flat, flat.size - most)[flat.size - most]
    equal = np.flatnonzero(flat == least)
    needed = most - int(np.count_nonzero(flat > least))
    last_example = equal[needed - 1] // sizes.shape[1]
    chosen = (flat > least) | ((flat == least) & (np.arange(flat.size) < (last_example + 1) * sizes.shape[1]))
    return [int(number) for number in np.flatnonzero(chosen)]


def _best_tails(step: Step, place: Place, rows: slice, max_paths: int) -> tuple[Array, NDArray[np.intp]]:
    """Return for each example the largest products from the parameter's unit to the loss, and their units.

    Shapes (examples, kept) and (examples, kept, layers passed). The largest tails of a unit are among the
    largest tails of the units after it, so keeping `max_paths` at every unit loses none.
    """
    last = len(step.came_back) - 1
    values = step.came_back[last].delta[rows][:, :, None]
    count, outputs, _ = values.shape
    units = np.broadcast_to(np.arange(outputs)[None, :, None, None], (count, outputs, 1, 1))
    for index in range(last - 1, place.layer - 1, -1):
        derivative = step.came_back[index].derivative[rows]
        weights = step.before.parameters[index + 1].weights
        here = np.arange(weights.shape[1])
        if index == place.layer:
            here = here[place.unit : place.unit + 1]
        values, units = _one_layer_back(derivative[:, here], weights[:, here], values, units, here, max_paths)
    if place.layer == last:
        values, units = values[:, place.unit : place.unit + 1], units[:, place.unit : place.unit + 1]
    return values[:, 0], units[:, 0]


def _one_layer_back(
    derivative: Array,
    weights: Array,
    values: Array,
    units: NDArray[np.intp],
    here: NDArray[np.intp],
    max_paths: int,
) -> tuple[Array, NDArray[np.intp]]:
    """Extend tails from the next layer's units to this layer's; keep the largest `max_paths` of each unit."""
    count, next_units, ranks = values.shape
    own = derivative[:, :, None, None] * weights.T[None, :, :, None] * values[:, None, :, :]
    own = own.reshape(count, here.size, next_units * ranks)
    kept = min(max_paths, next_units * ranks)
    order = np.argsort(-np.abs(own), axis=2, kind="stable")[:, :, :kept]
    next_unit, rank = np.divmod(order, ranks)
    example = np.arange(count)[:, None, None]
    tails = units[example, next_unit, rank]
    first = np.broadcast_to(here[None, :, None, None], (*order.shape, 1))
    return np.take_along_axis(own, order, axis=2), np.concatenate([first, tails], axis=3)


def _path(
    network: Network, objective: Objective, step: Step, place: Place, example: int, units: tuple[int, ...]
) -> Path:
    """Return the path with its local derivatives written out, in the order walked."""
    last = len(network.layers) - 1
    derivatives = [float(_entering(step.passed[place.layer], place)[example])]
    for depth, unit in enumerate(units):
        index = place.layer + depth
        back = step.came_back[index]
        if depth:
            derivatives.append(float(step.before.parameters[index].weights[unit, units[depth - 1]]))
        if index == last and is_one_step(network, objective):
            derivatives.append(float(back.delta[example, unit]))
        else:
            derivatives.append(float(back.derivative[example, unit]))
            if index == last:
                derivatives.append(float(back.da[example, unit]))
    return Path(example, units, tuple(derivatives), prod(derivatives))
