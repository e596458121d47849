"""The first example of 1986: which of 64 patterns read the same from both ends, learned by two hidden units.

Rumelhart, Hinton, Williams: Learning representations by back-propagating errors, Nature 323, 1986, figure 1:
ε = 0.1, α = 0.9, weights from ±0.3, gradients summed over all patterns. Its rule,
Δw(t) = −ε ∂E/∂w(t) + α Δw(t − 1), is the optimizer "momentum": that has v(t) = α v(t − 1) + ∂E/∂w(t) and
Δw(t) = −ε v(t), and one put into the other is the rule. Biases start at 0.

Where it ends is known from trying: of the starts with the seeds 0 to 299 every one had all patterns right within
6,000 sweeps. Four in five came to weights in the ratio 1 : 2 : 4, all others to 2 : 3 : 4; a test looks at some of
them. There is no third way with weights as small: of all triples of whole numbers up to 4 only these two have eight
different sums, one for each left half of a pattern.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from app.engine import datasets
from app.engine.arrays import Array, frozen
from app.engine.fast_training import train
from app.engine.initializers import initialize
from app.engine.measures import measure
from app.engine.network import (
    Layer,
    LayerParameters,
    Network,
    Objective,
    Parameters,
)
from app.engine.training import Examples, OptimizerChoice, Plan, Run, State, Task, first_state

Outcome = Literal["124", "234", "other", "stuck"]

NETWORK: Final = Network(6, (Layer(2, "sigmoid"), Layer(1, "sigmoid")))
OBJECTIVE: Final = Objective("half_squared_error", "sum")
OPTIMIZER: Final = OptimizerChoice("momentum", {"learning_rate": 0.1, "momentum": 0.9})
RANGE: Final = 0.3
# Below this loss every pattern is right by far, and the ratios no longer move.
SETTLED_LOSS: Final = 0.01

# How far sizes may be from a ratio, as a share of it, and mirrored weights from being opposite, as a share of all.
_NEAR: Final = 0.05
_RATIOS: Final[dict[Outcome, Array]] = {"124": frozen([1.0, 2.0, 4.0]), "234": frozen([1.0, 1.5, 2.0])}


@dataclass(frozen=True, slots=True)
class HiddenUnit:
    """What one hidden unit has learned of the patterns.

    `weights` (6,) and `bias`; `sizes` (3,): how large the weights of each mirrored pair are, the pair at the ends
    first; `ratio` (3,): those sorted, the smallest as 1; `mismatch`: the length of what mirrored weights add up to,
    as a share of the weights' length, 0 where all are opposite and 2 where all are equal; `sums` (8,): what each
    left half of a pattern, 000 to 111, brings to z; `gap`: how far the two nearest of them are apart.
    """

    weights: Array
    bias: float
    sizes: Array
    ratio: Array
    mismatch: float
    sums: Array
    gap: float


@dataclass(frozen=True, slots=True)
class Finding:
    """How a network stands: patterns that are `right` of all, the loss, both hidden units, and what it came to."""

    right: int
    loss: float
    units: tuple[HiddenUnit, ...]
    outcome: Outcome


@lru_cache(maxsize=1)
def patterns() -> Examples:
    """Return all 64 patterns, and 1 for those that read the same from both ends."""
    named = datasets.examples("symmetry")
    return Examples(named.inputs, datasets.targets_for(named, "zero_one"))


def start(seed: int) -> State:
    """Return the state before the first sweep."""
    parameters = initialize(NETWORK, "uniform", seed, {"low": -RANGE, "high": RANGE})
    return first_state(parameters, OPTIMIZER.name)


def sweep(state: State, sweeps: int) -> Run:
    """Go on for so many sweeps through all patterns, or until the loss has settled."""
    task = Task(NETWORK, patterns(), OBJECTIVE, OPTIMIZER)
    return train(task, state, Plan(sweeps, target_loss=SETTLED_LOSS))


def find(parameters: Parameters) -> Finding:
    """Look at what a network of this kind has learned."""
    examples = patterns()
    with np.errstate(all="ignore"):  # weights may be given that no double can hold the sums of
        found = measure(NETWORK, parameters, examples, OBJECTIVE, has_classes=True)
        right = found.right or 0
        units = tuple(_unit(parameters[0], index) for index in range(NETWORK.layers[0].units))
    return Finding(right, found.loss, units, _outcome(right == len(examples.inputs), units))


def _unit(layer: LayerParameters, index: int) -> HiddenUnit:
    weights = layer.weights[index]
    half = weights.size // 2
    left, mirrored = weights[:half], weights[::-1][:half]
    sizes = np.abs(left - mirrored) / 2.0
    ordered = np.sort(sizes)
    mismatch = float(np.linalg.norm(weights + weights[::-1]) / np.linalg.norm(weights))
    # The first 8 patterns count up in the right half; in the same order they are all the left halves there are.
    halves = patterns().inputs[: 2**half, half:]
    sums = halves @ left
    gap = float(np.diff(np.sort(sums)).min())
    return HiddenUnit(weights, float(layer.biases[index]), sizes, ordered / ordered[0], mismatch, sums, gap)


def _outcome(is_solved: bool, units: tuple[HiddenUnit, ...]) -> Outcome:
    if not is_solved:
        return "stuck"
    for name, ratio in _RATIOS.items():
        if all(unit.mismatch <= _NEAR and np.allclose(unit.ratio, ratio, rtol=_NEAR, atol=0.0) for unit in units):
            return name
    return "other"
