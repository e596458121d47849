"""The loss as a landscape over the parameters: lines and planes through it, and a path seen from them.

A plane goes through a centre, the parameters of some moment, along one or two directions in the space of all
parameters. It is a slice: a path that was really walked lies off it, by a distance that is computed here, and
has a loss of its own beside that of the slice below it. `loss_at` is the definition, one point at a time;
`fast_landscape.py` computes whole grids, and a test holds the two equal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from app.engine.arrays import Array
from app.engine.draws import Draws
from app.engine.flat import flatten, frozen_biases, place_in_vector, unflatten
from app.engine.network import LayerParameters, Network, Objective, Parameters, loss_of
from app.engine.random_walks import principal_axes, random_walk_shares
from app.engine.sentences import said
from app.engine.training import Examples

Normalization = Literal["filter", "layer", "none"]
Range = tuple[float, float]

# So much wider than what it has to hold, on each side, is a range; a parameter alone is shown this far about.
_MARGIN: Final = 0.15
_REACH: Final = 2.5
# Of a vector less its part along another: a smaller share is what rounding has left.
_ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """A line or a plane of parameters: `origin` + Σ (coordinate − `centre`) · direction.

    `origin` and each of the one or two `directions` have shape (parameters,), flattened; `centre` has the
    coordinates of the origin, one a direction. For the plane of a path, `shares` says how much of the variance of
    its moments each direction holds, and `random_walk_shares` how much it would hold of a random walk with as many
    moments and free parameters, on average.
    """

    origin: Array
    directions: tuple[Array, ...]
    centre: tuple[float, ...]
    shares: tuple[float, float] | None = None
    random_walk_shares: tuple[float, float] | None = None

    def at(self, *coordinates: float) -> Array:
        """Return the flattened parameters at a point of the plane."""
        point = self.origin.copy()
        for coordinate, centre, direction in zip(coordinates, self.centre, self.directions, strict=True):
            point += (coordinate - centre) * direction
        return point


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """What is drawn: the loss of a network on some examples, over a plane of its parameters."""

    network: Network
    objective: Objective
    examples: Examples
    plane: Plane


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """Moments of a run as seen from a plane: coordinates (moments, directions), and how far off it each lies.

    `losses` are the moments' own; those of the slice below them are the landscape's at `coordinates`.
    """

    coordinates: Array
    distances: Array
    losses: Array


def loss_at(landscape: Landscape, *coordinates: float) -> float:
    """Return the loss at one point of the plane: the definition of every number of the map."""
    network, examples = landscape.network, landscape.examples
    parameters = unflatten(landscape.plane.at(*coordinates), network)
    return loss_of(network, parameters, examples.inputs, examples.targets, landscape.objective)


def plane_of_parameters(
    network: Network, parameters: Parameters, places: Sequence[tuple[int, int, int | None]]
) -> Plane:
    """Return the line or plane of one or two parameters, (layer, unit, source or None for the bias) each.

    Its coordinates are the values of those parameters. Raises ValueError where they are one and the same.
    """
    origin = flatten(parameters)
    numbers = [place_in_vector(network, *place) for place in places]
    if len(set(numbers)) < len(numbers):
        message = said("The two directions are the same parameter; choose two different ones.")
        raise ValueError(message)
    directions = []
    for number in numbers:
        direction = np.zeros_like(origin)
        direction[number] = 1.0
        directions.append(direction)
    return Plane(origin, tuple(directions), tuple(float(origin[number]) for number in numbers))


def random_plane(network: Network, parameters: Parameters, seed: int, normalization: Normalization) -> Plane:
    """Return a plane along two random directions at right angles, its coordinates counted from the centre.

    After Li, Xu, Taylor, Studer and Goldstein, "Visualizing the Loss Landscape of Neural Nets" (2018): each
    number is normal, then every filter, which in a layer of units is the weights into one of them, is scaled to
    the norm of the network's own. "layer" scales each layer's weights together. Biases have no scale of their
    own; as in the paper's code they stay where they are, unless nothing is scaled. Frozen biases never move.

    The paper's directions are only nearly at right angles. Here Gram and Schmidt's step makes the second so, in
    each filter before it is scaled, so that filters keep their norms; and both are equally long, so that a distance
    on the map is one between parameters, in that unit. Weights that come alone into units are turned together.
    The second direction is 0 where only one number can move, and both are where none can.
    """
    draws = Draws(seed)
    first, second = (flatten(tuple(_drawn_layer(draws, own) for own in parameters)) for _ in range(2))
    origin = flatten(parameters)
    if normalization == "none":
        still = frozen_biases(network)
        first[still] = second[still] = 0.0
        one, other = first, _upright(second, first)
    else:
        one, other = _scaled(first, second, origin, _filters(network, normalization))
    if other.any():
        other = other * (_length(one) / _length(other))
    return Plane(origin, (one, other), (0.0, 0.0))


def _drawn_layer(draws: Draws, own: LayerParameters) -> LayerParameters:
    return LayerParameters(draws.normal(1.0, own.weights.shape), draws.normal(1.0, own.biases.shape))


def _filters(network: Network, normalization: Normalization) -> list[NDArray[np.intp]]:
    """Return the places in the vector of the weights that get one norm, an array for each unit or each layer."""
    places = unflatten(np.arange(network.parameter_count, dtype=np.float64), network)
    weights = [own.weights.astype(np.intp) for own in places]
    return (
        [row for own in weights for row in own] if normalization == "filter" else [own.ravel() for own in weights]
    )


def _scaled(first: Array, second: Array, origin: Array, filters: Sequence[NDArray[np.intp]]) -> tuple[Array, Array]:
    """Return two directions at right angles, with the norm of `origin` in every filter; what is in none is 0."""
    one, other = np.zeros_like(origin), np.zeros_like(origin)
    for places in filters:
        one[places] = _with_length(first[places], _length(origin[places]))
        if places.size > 1:
            other[places] = _with_length(_upright(second[places], first[places]), _length(origin[places]))
    # A single number has no right angle of its own.
    lone = np.array([places[0] for places in filters if places.size == 1], dtype=np.intp)
    if (length := _length(origin[lone])) > 0.0:
        other[lone] = _with_length(_upright(second[lone] * (np.abs(origin[lone]) / length), one[lone]), length)
    return one, other


def _length(vector: Array) -> float:
    """Return the norm of a vector; that of large numbers does not overflow on its way."""
    largest = float(np.max(np.abs(vector), initial=0.0))
    return largest * float(np.linalg.norm(vector / largest)) if largest > 0.0 else 0.0


def _with_length(vector: Array, length: float) -> Array:
    own = _length(vector)
    return vector * (length / own) if own > 0.0 else vector


def _upright(vector: Array, other: Array) -> Array:
    """Return the part of a vector at right angles to another; 0 where nothing but rounding is left of it."""
    length = _length(other)
    if length == 0.0:
        return vector
    unit = other / length
    rest = vector - (vector @ unit) * unit
    return rest if _length(rest) > _ROUNDING * _length(vector) else np.zeros_like(vector)


def moving_numbers(network: Network, plane: Plane) -> tuple[int, int]:
    """Return how many weights and how many biases move anywhere on the plane."""
    moves = np.any(np.array(plane.directions) != 0.0, axis=0).astype(np.float64)
    own = unflatten(moves, network)
    return sum(int(one.weights.sum()) for one in own), sum(int(one.biases.sum()) for one in own)


def plane_of_path(network: Network, parameters: Parameters, path: Sequence[Parameters]) -> Plane:
    """Return the plane through `parameters` along the first two principal axes of a path.

    The axes are those of the moments about their mean, as in every principal component analysis, each with its
    largest number positive; coordinates are distances. Raises ValueError where the path has fewer than three
    different moments, which do not span a plane, or is further than a double holds.
    """
    origin = flatten(parameters)
    places = np.array([flatten(moment) for moment in path]).reshape(len(path), origin.size)
    moved = places - origin
    if len(path) and not np.isfinite(moved - moved.mean(axis=0)).all():
        message = said("This path is longer than a double can hold; send moments from before it diverged.")
        raise ValueError(message)
    # NumPy's own way to find different rows takes as long as all else here; −0 and 0 are the same place.
    if len({place.tobytes() for place in places + 0.0}) < 3:
        message = said("A path spans a plane from its third different moment on; train a few steps first.")
        raise ValueError(message)
    axes, shares = principal_axes(moved)
    first, second = (axis * np.sign(axis[np.argmax(np.abs(axis))]) for axis in axes[:2])
    free = origin.size - frozen_biases(network).size
    return Plane(
        origin,
        (first, second),
        (0.0, 0.0),
        shares=(float(shares[0]), float(shares[1])),
        random_walk_shares=random_walk_shares(len(path), free),
    )


def seen_from(landscape: Landscape, path: Sequence[Parameters]) -> Path:
    """Return a path as seen from the plane: the nearest point of the plane to each moment, and its distance."""
    plane, network, examples = landscape.plane, landscape.network, landscape.examples
    moved = np.array([flatten(moment) for moment in path]) - plane.origin
    basis = np.array(plane.directions)
    along = _nearest(basis, moved)
    distances = np.linalg.norm(moved - along @ basis, axis=1)
    losses = [loss_of(network, moment, examples.inputs, examples.targets, landscape.objective) for moment in path]
    return Path(along + np.array(plane.centre), distances, np.array(losses))


def _nearest(basis: Array, moved: Array) -> Array:
    """Return the coordinates (moments, directions) nearest to each moment; NaN where a double cannot hold them."""
    along = np.full((moved.shape[0], basis.shape[0]), np.nan)
    # What has diverged has no nearest point, and LAPACK would raise.
    is_held = np.isfinite(moved).all(axis=1) & np.isfinite(basis).all()
    if is_held.any():
        # Least squares: directions are of any length, at right angles only up to rounding, and one may be 0.
        along[is_held] = np.linalg.lstsq(basis.T, moved[is_held].T, rcond=None)[0].T
    return along


def range_about(centre: float, others: Array) -> Range:
    """Return a range that holds the centre and the coordinates of others, with a margin on each side."""
    low, high = (
        min(centre, float(np.min(others, initial=centre))),
        max(centre, float(np.max(others, initial=centre))),
    )
    margin = max(_MARGIN * (high - low), 1e-9 * abs(centre))
    return low - margin, high + margin


def range_of_parameter(value: float, others: Array) -> Range:
    """Return the range of a parameter's values: some way to both sides, or as far as a path went."""
    # About a huge value, so little to both sides would be nothing at all.
    reach = max(_REACH, abs(value) / 4.0)
    low, high = range_about(value, others)
    return min(low, value - reach), max(high, value + reach)
