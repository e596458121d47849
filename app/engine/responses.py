"""What a network, and each of its units, answers at every point of a grid over its inputs.

Pictures need no doubles: a unit's answers are numbers of 8 bits between its lowest and its highest. One forward
pass serves the outputs, drawn at every point, and the hidden units, drawn at every few of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.engine.arrays import Array
from app.engine.features import add_features
from app.engine.measures import answers_of, middle_of
from app.engine.network import Network, Parameters, forward
from app.engine.rounding import rounding_of

Range = tuple[float, float]

# So much wider than the data, on each side, is the picture; or by 1, where all examples lie at one place.
_MARGIN: Final = 0.1
_BRIGHTEST: Final = 255
# Outputs nearer to each other than this may differ by rounding only, so that it is worth while to look.
_NOISE: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Points over one or two inputs: at every `x`, and at every `y` (None for one input).

    `inputs` are what the network is given there, shape (points, inputs), row after row of the picture.
    """

    x: Array
    y: Array | None
    inputs: Array
    unit_stride: int

    @property
    def rows(self) -> int:
        """How many rows the picture has."""
        return 1 if self.y is None else self.y.size


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """A picture: `levels` (rows, columns) from 0, which stands for `low`, to 255, which stands for `high`."""

    low: float
    high: float
    levels: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """The pictures of a network: one an output, and one a unit of each hidden layer.

    `winners` (rows, columns) is the largest of several outputs, −1 where that is undecided; `curve` (points,
    outputs) the outputs themselves over one input; None where there is no such thing.
    """

    x: Array
    y: Array | None
    outputs: tuple[Levels, ...]
    winners: NDArray[np.intp] | None
    units: tuple[tuple[Levels, ...], ...]
    curve: Array | None


def grid_over(
    raw: Array,
    features: Sequence[str] | None,
    *,
    resolution: int,
    unit_stride: int,
    x_range: Range | None = None,
    y_range: Range | None = None,
) -> Grid | None:
    """Return the grid over raw inputs, shape (examples, inputs); None where they are not one or two.

    Ranges that are not given are the data's own, with a margin.
    """
    if raw.shape[1] > 2:
        return None
    with np.errstate(all="ignore"):
        x = np.linspace(*(x_range or _padded(raw[:, 0])), resolution)
        if raw.shape[1] == 1:
            return Grid(x, None, x[:, None], unit_stride)
        y = np.linspace(*(y_range or _padded(raw[:, 1])), resolution)
        points = np.stack([np.tile(x, resolution), np.repeat(y, resolution)], axis=1)
        inputs = points if features is None else add_features(points, features)
    return Grid(x, y, inputs, unit_stride)


def _padded(column: Array) -> Range:
    low, high = float(column.min()), float(column.max())
    margin = _MARGIN * (high - low) or 1.0
    return low - margin, high + margin


def respond(network: Network, parameters: Parameters, grid: Grid, *, loss: str | None) -> Responses:
    """Return the network's answers on the grid; `loss` is None where they are no classes."""
    passed = forward(network, parameters, grid.inputs)
    *hidden, last = (there.a for there in passed)
    winners = None
    if loss is not None and network.outputs == 1:
        last = without_noise(last, lambda: rounding_of(network, parameters, passed)[-1], middle_of(loss))
    elif loss is not None:
        answers = np.argmax(last, axis=1)
        # Noise is next to nothing: where no two outputs are near each other it has not to be looked for.
        if _nearest_gap(last) <= _NOISE:
            answers = answers_of(last, rounding_of(network, parameters, passed)[-1], loss)
        winners = answers.reshape(grid.rows, grid.x.size)
    return Responses(
        grid.x,
        grid.y,
        _pictures(last, grid, 1),
        winners,
        tuple(_pictures(a, grid, grid.unit_stride) for a in hidden),
        last if grid.y is None else None,
    )


def without_noise(outputs: Array, rounding: Callable[[], Array], middle: float) -> Array:
    """Return outputs that differ by rounding only as one number: the middle, where that is within rounding of it.

    A line between two answers would else be drawn through noise.
    """
    low, high = outputs.min(), outputs.max()
    if not high - low <= _NOISE * max(abs(low), abs(high)):
        return outputs
    noise = float(rounding().max())
    if high - low > 2.0 * noise:
        return outputs
    mean = 0.5 * low + 0.5 * high
    return np.full_like(outputs, middle if abs(mean - middle) <= noise else mean)


def _nearest_gap(outputs: Array) -> float:
    """Return how near the two largest outputs come to each other anywhere."""
    largest = np.partition(outputs, -2, axis=1)[:, -2:]
    return float(np.min(largest[:, 1] - largest[:, 0]))


def _pictures(a: Array, grid: Grid, stride: int) -> tuple[Levels, ...]:
    """Return a picture for each unit of a layer, of every `stride`-th row and column."""
    seen = a.reshape(grid.rows, grid.x.size, -1)[::stride, ::stride]
    return levels_of(np.ascontiguousarray(seen.transpose(2, 0, 1)))


def levels_of(pictures: Array) -> tuple[Levels, ...]:
    """Return pictures, shape (pictures, rows, columns), in levels between each one's lowest and highest number.

    What is no number is 0 there; what is infinite is 0 or 255.
    """
    is_finite = np.isfinite(pictures)
    low = np.min(pictures, axis=(1, 2), where=is_finite, initial=np.inf)
    high = np.max(pictures, axis=(1, 2), where=is_finite, initial=-np.inf)
    # Halved, since the distance between two doubles may not fit into one.
    with np.errstate(all="ignore"):
        share = (0.5 * pictures - 0.5 * low[:, None, None]) / (0.5 * high - 0.5 * low)[:, None, None]
    share = np.nan_to_num(share, copy=False, nan=0.0, posinf=1.0, neginf=0.0)
    levels = np.rint(_BRIGHTEST * share).astype(np.uint8)
    return tuple(map(Levels, low.tolist(), high.tolist(), levels))
