"""Sabotage: a network, its numbers and one mistake in its backward pass, all from a seed, to be found by checking.

`plant(seed)` draws until the gradient check sees the mistake clearly. Where another mistake, or the same in another
layer, would leave the very same numbers behind, that answer is right, too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from app.engine.arrays import Array, frozen
from app.engine.bugs import BUGS, OBJECTIVE, Bug, Pass, broken_pass, right_pass
from app.engine.draws import Draws
from app.engine.flat import flatten
from app.engine.gradient_check import GradientCheck, check_gradients
from app.engine.network import Layer, LayerBackward, LayerParameters, Network
from app.engine.training import Examples

# Up to this relative error a gradient passes the check; a planted layer has one that is off by CLEAR or more.
PASSES: Final = 1e-5
CLEAR: Final = 0.02
# A gradient smaller than this would make ratios that nobody can read.
_READABLE: Final = 1e-4
# Two passes whose numbers all differ by less than this share look the same.
_SAME: Final = 0.002
_MOST_DRAWS: Final = 500

# What is said where not even the layer was right.
HINTS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "passes": MappingProxyType(
            {"label": "All gradients of this layer pass the check: what is wrong is somewhere else."}
        ),
        "nearer": MappingProxyType(
            {
                "label": "This layer fails, but so does one that is nearer to the output. Errors travel backwards: "
                "begin with the last layer that fails."
            }
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A broken pass: the right one, the batch, what is wrong and where, and what came back."""

    own: Pass
    batch: Examples
    bug: str
    layer: int
    came_back: tuple[LayerBackward, ...]
    check: GradientCheck


@dataclass(frozen=True, slots=True)
class Verdict:
    """What there is to say of a guess; `hint` says where to look next, None where all is right."""

    layer_is_right: bool
    bug_is_right: bool
    is_right: bool
    hint: str | None


def plant(seed: int, names: Sequence[str] = tuple(BUGS)) -> Planted:
    """Return the case that a seed stands for, its mistake one of `names`; neighbours differ."""
    draws = Draws(seed)
    # Drawn first: every mistake comes as often as any other, however easily it finds a place.
    bug = BUGS[names[int(draws.uniform(0, len(names), ())[()])]]
    for _ in range(_MOST_DRAWS):
        found = _drawn(draws, bug)
        if found is not None:
            return found
    problem = f"no network was found in which {bug.name} can be seen"
    raise ValueError(problem)


def accepted(case: Planted) -> tuple[tuple[int, str], ...]:
    """Return every (layer, mistake) that would leave the same numbers behind: that which was planted, at least."""
    return tuple(
        (layer, bug.name)
        for bug in BUGS.values()
        for layer in _places(case.own.network, bug)
        if (layer, bug.name) == (case.layer, case.bug)
        or _look_the_same(broken_pass(case.own, bug, layer), case.came_back)
    )


def judge(case: Planted, layer: int, bug: str) -> Verdict:
    """Compare a guess with what was planted, or with what looks the same."""
    right = accepted(case)
    is_right = (layer, bug) in right
    layer_is_right = layer in {one for one, _ in right}
    bug_is_right = bug in {one for _, one in right}
    if is_right:
        hint = None
    elif layer_is_right:
        hint = BUGS[case.bug].look_for
    else:
        fails = worst_error(case.check, layer) > PASSES
        hint = HINTS["nearer" if fails else "passes"]["label"]
    return Verdict(layer_is_right, bug_is_right, is_right, hint)


def worst_error(check: GradientCheck, layer: int) -> float:
    """Return the largest relative error of a layer's gradients."""
    own = check.relative_errors[layer]
    return float(max(own.weights.max(), own.biases.max()))


def _drawn(draws: Draws, bug: Bug) -> Planted | None:
    """Draw a network, its numbers and a layer for a mistake; None where the check does not see it clearly."""
    network = _network(draws)
    parameters = tuple(_parameters(draws, network))
    count = _whole(draws, 3, 4)
    batch, before = (_examples(draws, network, count) for _ in range(2))
    own = right_pass(network, parameters, batch, before)
    places = _places(network, bug)
    if not places:
        return None
    layer = places[int(draws.uniform(0, len(places), ())[()])]
    came_back = broken_pass(own, bug, layer)
    check = check_gradients(network, parameters, batch, OBJECTIVE, came_back)
    case = Planted(own, batch, bug.name, layer, came_back, check)
    return case if _is_clear(case) else None


def _places(network: Network, bug: Bug) -> list[int]:
    return [layer for layer in range(len(network.layers)) if bug.fits(network, layer)]


def _is_clear(case: Planted) -> bool:
    """Whether the layer's gradients fail by far, those after it pass, and every ratio can be read."""
    after = range(case.layer + 1, len(case.own.network.layers))
    return (
        worst_error(case.check, case.layer) >= CLEAR
        and all(worst_error(case.check, layer) <= PASSES for layer in after)
        and bool(np.abs(flatten(case.check.numerical)).min() >= _READABLE)
    )


def _look_the_same(one: tuple[LayerBackward, ...], other: tuple[LayerBackward, ...]) -> bool:
    return all(
        np.allclose(getattr(mine, name), getattr(theirs, name), rtol=_SAME, atol=1e-9)
        for mine, theirs in zip(one, other, strict=True)
        for name in ("da", "delta", "dW", "db")
    )


def _whole(draws: Draws, low: int, high: int) -> int:
    return int(draws.uniform(low, high + 1, ())[()])


def _tenths(draws: Draws, most: int, shape: tuple[int, ...]) -> Array:
    """Return tenths between −most/10 and most/10, none of them 0: numbers for a pocket calculator."""
    sizes = np.floor(draws.uniform(1, most + 1, shape))
    return frozen(np.where(draws.uniform(0, 1, shape) < 0.5, -sizes, sizes) / 10)


def _network(draws: Draws) -> Network:
    """Two hidden layers of the same width, so that the weights between them are a square."""
    hidden = _whole(draws, 2, 3)
    first, second = (("tanh", "sigmoid")[_whole(draws, 0, 1)] for _ in range(2))
    outputs = Layer(_whole(draws, 1, 2), ("sigmoid", "identity")[_whole(draws, 0, 1)])
    return Network(_whole(draws, 2, 3), (Layer(hidden, first), Layer(hidden, second), outputs))


def _parameters(draws: Draws, network: Network) -> Iterator[LayerParameters]:
    for layer, fan_in in zip(network.layers, network.fan_ins, strict=True):
        yield LayerParameters(_tenths(draws, 15, (layer.units, fan_in)), _tenths(draws, 9, (layer.units,)))


def _examples(draws: Draws, network: Network, count: int) -> Examples:
    targets = frozen(np.floor(draws.uniform(0, 2, (count, network.outputs))))
    return Examples(_tenths(draws, 15, (count, network.inputs)), targets)
