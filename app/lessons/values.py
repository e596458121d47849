"""Numbers that lessons say: the table `VALUES`. An author writes `{=name}`, and the engine computes it.

So no number in a text can be wrong, or grow stale. To add one, add a row.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from app.engine.activations import ACTIVATIONS
from app.engine.descent import critical_learning_rate
from app.engine.detector import WHITE
from app.engine.losses import LOSSES
from app.engine.surfaces import SURFACES
from app.engine.symmetry import OBJECTIVE, OPTIMIZER, RANGE, patterns
from app.lessons.runs import network_of, pass_cost, percent, plane_of_xor, price_of, worked_loss


def _cost(loss: str, prediction: float, target: float = 0.0) -> Callable[[], float]:
    """Return what one prediction costs."""

    def compute() -> float:
        parts = LOSSES[loss].parts(np.array([[prediction]]), np.array([[target]]))
        return float(parts.sum())

    return compute


def _least(surface: str) -> Callable[[], float]:
    """Return the lowest loss there is on a surface."""

    def compute() -> float:
        row = SURFACES[surface]
        return float(row.function(np.array(row.minima)).min())

    return compute


def _nearly_least(surface: str) -> Callable[[], float]:
    """Return a loss a hundredth above the lowest there is on a surface."""
    return lambda: _least(surface)() + 0.01


def _bend() -> float:
    """Return how much the slope of a network of one weight grows when its weight grows by 1."""
    row = SURFACES["one_weight"]
    return float(row.hessian(np.array(row.minima))[0, 0, 0])


def _limit() -> float:
    """Return the rate beyond which that network flies away."""
    row = SURFACES["one_weight"]
    limit, _ = critical_learning_rate(row, row.start)
    assert limit is not None
    return limit


def _symmetric() -> float:
    """Return how many of the 64 patterns read the same from both ends."""
    return float(patterns().targets.sum())


def _plateau() -> float:
    """Return the loss of a network that says 0 to every pattern."""
    targets = patterns().targets
    return float(LOSSES[OBJECTIVE.loss].parts(np.zeros_like(targets), targets).sum())


def different_sums(*sizes: int) -> float:
    """Return how many different sums subsets of some sizes have: what left halves of patterns bring to z."""
    halves = np.indices((2,) * len(sizes)).reshape(len(sizes), -1)
    return float(np.unique(np.array(sizes) @ halves).size)


def threshold_answers() -> set[tuple[float, ...]]:
    """Return everything that one neuron with a threshold can answer in the four corners of XOR.

    A line parts them in 14 of the 16 ways; weights of −1, 0 and 1 with biases between them find them all.
    """
    steps = np.array([-1.0, 0.0, 1.0])
    weights = np.array(np.meshgrid(steps, steps)).reshape(2, -1)
    biases = np.arange(-1.5, 2.0, 0.5)
    z = (_CORNERS @ weights)[:, :, None] + biases
    answers = ACTIVATIONS["step"].function(z.reshape(len(_CORNERS), -1))
    return set(map(tuple, answers.T.tolist()))


def _xor_best() -> float:
    """Return how many of the four answers of XOR one neuron can have right, at best."""
    return float(max(np.equal(one, _XOR).sum() for one in threshold_answers()))


_CORNERS: Final = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
_XOR: Final = np.array([0.0, 1.0, 1.0, 0.0])
_ABSOLUTE, _SQUARED, _ENTROPY = "mean_absolute_error", "mean_squared_error", "binary_cross_entropy"

VALUES: Final[Mapping[str, Callable[[], float]]] = MappingProxyType(
    {
        "white": lambda: WHITE,
        "byte_values": lambda: WHITE + 1.0,
        "xor_best": _xor_best,
        "absolute_57": _cost(_ABSOLUTE, 0.57),
        "squared_57": _cost(_SQUARED, 0.57),
        "squared_55": _cost(_SQUARED, 0.55),
        "squared_99": _cost(_SQUARED, 0.99),
        "entropy_99": _cost(_ENTROPY, 0.99),
        "least_one_weight": _least("one_weight"),
        "least_weight_and_bias": _least("weight_and_bias"),
        "nearly_least_weight_and_bias": _nearly_least("weight_and_bias"),
        "bend_one_weight": _bend,
        "limit_one_weight": _limit,
        "symmetry_patterns": lambda: float(len(patterns().targets)),
        "symmetric": _symmetric,
        "not_symmetric": lambda: len(patterns().targets) - _symmetric(),
        "symmetry_plateau": _plateau,
        "symmetry_rate": lambda: OPTIMIZER.settings["learning_rate"],
        "symmetry_momentum": lambda: OPTIMIZER.settings["momentum"],
        "symmetry_range": lambda: RANGE,
        "sums_of_1234": lambda: different_sums(1, 2, 3, 4),
        "sums_of_1248": lambda: different_sums(1, 2, 4, 8),
        "sums_of_2468": lambda: different_sums(2, 4, 6, 8),
        "digits_parameters": lambda: float(network_of("digits").parameter_count),
        "one_pass": lambda: float(pass_cost("worked")),
        "price_of_paths": lambda: float(price_of("worked").paths),
        "price_of_nudging": lambda: float(price_of("worked").nudging),
        "price_of_sweep": lambda: float(price_of("worked").backpropagation),
        "worked_loss": worked_loss,
        "worked_loss_of_slip": lambda: worked_loss(is_mistaken=True),
        "plane_of_xor": lambda: percent(plane_of_xor().shares),
        "plane_of_walk": lambda: float(round(100.0 * sum(plane_of_xor().random_walk_shares or ()))),
    }
)

# Values of which more than four digits are written: two that part in their seventh, as they were published.
DIGITS: Final[Mapping[str, int]] = MappingProxyType({"worked_loss": 9, "worked_loss_of_slip": 9})
FEW: Final = 4


def written(value: float, language: str, digits: int = FEW) -> str:
    """Return a number as it stands in a text: so many significant digits at most, with the language's point."""
    text = f"{value:.{digits}g}".replace("-", "−")
    return text.replace(".", ",") if language == "ru" else text
