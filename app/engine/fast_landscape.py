"""A whole grid of a landscape at once: many sets of weights go through the network in one product.

The same numbers as `landscape.loss_at`, point by point, to rounding; a test holds the two equal. Three things
make it fast. Points are taken many at a time, as many as stay in the processor's cache, so that a NumPy call does
the work of a dozen. Layers before the first one that the plane moves are computed once. And that first layer is
linear in the coordinates: z = XWᵀ + b + x (XD₁ᵀ + d₁) + y (XD₂ᵀ + d₂), three numbers an example and unit for the
whole plane. Functions come from the same tables as in the clear way: they take rows of units, and do not mind
that here a row is an example under one of many sets of weights.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.engine.activations import ACTIVATIONS
from app.engine.arrays import Array, frozen
from app.engine.flat import unflatten
from app.engine.landscape import Landscape
from app.engine.losses import FUSED, LOSSES
from app.engine.network import Objective, Parameters, divisor, forward
from app.engine.pause import look_up

# Numbers that one tile's layers hold together, and examples it takes at most: a little more than a megabyte, about
# the second level of a processor's cache, and enough work to outweigh the calls. Rows of a power of two of numbers
# would all fall on the same few places of the first level, and a product would take a quarter longer. Measured with
# `make bench`.
_TILE_NUMBERS: Final = 175_000
_TILE_EXAMPLES: Final = 450
# What ReLU compares with, so many numbers at a time.
_ZEROS: Final = frozen(np.zeros(32_768))

# Where the exponentials of a softmax add up to less, beside a largest of 1, their rest has lost digits in the sum.
_SURE: Final = 1.001


@dataclass(frozen=True, slots=True, eq=False)
class Slopes:
    """Losses at points of a plane, and how they change along each of its directions (directions, points)."""

    losses: Array
    slopes: Array


def losses_at(landscape: Landscape, coordinates: Array) -> Array:
    """Return the loss at each of some points of the plane, `coordinates` (points, directions)."""
    losses = _Sheet(landscape, coordinates, has_slopes=False).computed().losses
    for point in _may_overflow(landscape, coordinates):
        if not np.isfinite(landscape.plane.at(*coordinates[point])).all():
            losses[point] = np.nan  # as `loss_of` has it
    return losses


def _may_overflow(landscape: Landscape, coordinates: Array) -> NDArray[np.intp]:
    """Return the numbers of the points at which a parameter may be too large for a double: hardly ever any."""
    plane = landscape.plane
    with np.errstate(over="ignore", invalid="ignore"):
        reach = np.abs(coordinates - plane.centre) @ np.array([np.abs(one).max() for one in plane.directions])
        return np.flatnonzero(~np.isfinite(reach + np.abs(plane.origin).max()))


def slopes_at(landscape: Landscape, coordinates: Array) -> Slopes:
    """Return loss and directional derivatives at each of some points of the plane, (points, directions).

    They are carried forward beside the values (dual numbers, one for each direction), and are exact.
    """
    return _Sheet(landscape, coordinates, has_slopes=True).computed()


def grid_of(x: Array, y: Array | None) -> Array:
    """Return the points of a grid, row after row of y, as coordinates (points, directions)."""
    if y is None:
        return x[:, None]
    return np.stack([np.tile(x, y.size), np.repeat(y, x.size)], axis=1)


def _activate(name: str, z: Array) -> None:
    """Put a = f(z) in the place of z, (units, sets, examples)."""
    if name == "tanh":
        np.tanh(z, out=z)
    elif name == "relu":
        _rectify(z.reshape(-1))
    else:
        z[...] = _as_layer(ACTIVATIONS[name].function(_as_rows(z)), z)


def _rectify(z: Array) -> None:
    """Put max(z, 0) in the place of z, numbers end to end."""
    # With zeros beside it, not the number 0.0, and end to end, not unit by unit: NumPy then compares many numbers
    # at a time where they are. Rows shorter than half its buffer it copies to and fro. Either takes twice as long.
    for start in range(0, z.size, _ZEROS.size):
        part = z[start : start + _ZEROS.size]
        np.maximum(part, _ZEROS[: part.size], out=part)


def _sigmoid_total(z: Array, targets: Array) -> Array:
    # log(1 + eᶻ) − yz as a sum of what is never negative, in which a small part is not lost:
    # (1 − y) max(z, 0) + y max(−z, 0) + log(1 + e^−|z|).
    below = np.minimum(z, 0.0)
    _rectify(z.reshape(-1))
    logs = below - z
    np.exp(logs, out=logs)
    np.log1p(logs, out=logs)
    total: Array = np.add.reduce(logs, axis=(0, 2))
    total += _weighted(z, 1.0 - targets)
    total -= _weighted(below, targets)
    total /= targets.shape[0]
    return total


def _softmax_total(z: Array, targets: Array) -> Array:
    # Σ y (log Σ eᶻ − z) with the largest z taken off, as in the table: a sum of what is never negative.
    z -= np.maximum.reduce(z, axis=0)
    e = np.exp(z)
    total = np.add.reduce(e, axis=0)
    logs = np.log(total)
    is_sure = total < _SURE
    if is_sure.any():
        rest = e[:, is_sure]
        rest[rest == 1.0] = 0.0
        logs[is_sure] = np.log1p(np.add.reduce(rest, axis=0))
    losses: Array = logs @ np.add.reduce(targets, axis=0)
    losses -= _weighted(z, targets)
    return losses


def _weighted(z: Array, targets: Array) -> Array:
    """Return Σ yz over outputs and examples, under each set; `targets` (outputs, examples)."""
    total: Array = np.add.reduce(z @ targets[:, :, None], axis=(0, 2))
    return total


# The fused ends of a network with fewer passes over their numbers; nobody needs z after them. A test holds them
# equal to the table's rows.
_TOTALS: Final = {
    ("sigmoid", "binary_cross_entropy"): _sigmoid_total,
    ("softmax", "cross_entropy"): _softmax_total,
}


class _Sheet:
    """The landscape at some points, computed tile by tile."""

    def __init__(self, landscape: Landscape, coordinates: Array, *, has_slopes: bool) -> None:
        plane = landscape.plane
        self._of = landscape
        self._has_slopes = has_slopes
        # A point's parameters are these numbers times (origin, direction, direction).
        self._factors = np.column_stack([np.ones(coordinates.shape[0]), coordinates - np.array(plane.centre)])
        self._parts = [unflatten(part, landscape.network) for part in (plane.origin, *plane.directions)]
        self._first = self._first_moved()
        # [W | b] of each layer, a row for the origin and each direction: one product gives it for every point.
        self._flat = [
            np.stack([np.column_stack([own.weights, own.biases]).ravel() for own in layer])
            for layer in zip(*self._parts, strict=True)
        ]
        points, directions = coordinates.shape
        self._losses = np.zeros(points)
        self._slopes = np.zeros((directions, points))

    def _first_moved(self) -> int:
        layers = range(len(self._of.network.layers))
        is_moved = [
            any(own[layer].weights.any() or own[layer].biases.any() for own in self._parts[1:]) for layer in layers
        ]
        return is_moved.index(True) if True in is_moved else len(layers) - 1

    def computed(self) -> Slopes:
        """Go over examples and points; return the losses, and their slopes if they are wanted."""
        count = divisor(self._of.examples.targets, self._of.objective)
        with np.errstate(all="ignore"):
            for inputs, targets in self._chunks():
                self._add(inputs, targets)
            self._losses /= count
            self._slopes /= count
            self._add_penalty()
        return Slopes(self._losses, self._slopes)

    def _chunks(self) -> Iterator[tuple[Array, Array]]:
        """Yield what reaches the first layer that the plane moves, a part of the examples at a time."""
        network, examples = self._of.network, self._of.examples
        for start in range(0, examples.inputs.shape[0], _TILE_EXAMPLES):
            end = start + _TILE_EXAMPLES
            reached = examples.inputs[start:end]
            if self._first > 0:
                reached = forward(network, self._parts[0], reached)[self._first - 1].a
            yield reached, examples.targets[start:end]

    def _add(self, x: Array, targets: Array) -> None:
        """Add what these examples contribute at every point."""
        targets = np.ascontiguousarray(targets.T)
        # (units, origin and directions, examples)
        linear = np.stack(
            [own[self._first].weights @ x.T + own[self._first].biases[:, None] for own in self._parts], 1
        )
        units = sum(layer.units for layer in self._of.network.layers[self._first :])
        size = min(max(1, _TILE_NUMBERS // (x.shape[0] * units)), self._losses.size)
        room = None
        for start in range(0, self._losses.size, size):
            look_up()
            tile = slice(start, start + size)
            factors = self._factors[tile]
            if self._has_slopes:
                self._add_dual(linear, factors, targets, tile)
                continue
            if room is None or room[0].shape[1] != factors.shape[0]:
                room = self._room(factors.shape[0], x.shape[0])
            self._add_values(linear, factors, targets, tile, room)

    def _room(self, sets: int, examples: int) -> list[Array]:
        """Return places for z, then a, of each layer, (units + 1, sets, examples).

        A place's last row is the 1 that the next layer's bias is multiplied by.
        """
        return [np.ones((layer.units + 1, sets, examples)) for layer in self._of.network.layers[self._first :]]

    def _add_values(self, linear: Array, factors: Array, targets: Array, tile: slice, room: list[Array]) -> None:
        layers = self._of.network.layers[self._first :]
        z = room[0][:-1]
        np.matmul(factors, linear, out=z)
        for number, layer in enumerate(layers[1:], start=self._first + 1):
            _activate(layers[number - self._first - 1].activation, z)
            below, z = room[number - self._first - 1], room[number - self._first][:-1]
            weights = (factors @ self._flat[number]).reshape(-1, layer.units, below.shape[0])
            np.matmul(weights, below.swapaxes(0, 1), out=z.swapaxes(0, 1))
        self._losses[tile] += self._totals(z, targets)

    def _totals(self, z: Array, targets: Array) -> Array:
        """Return the sum of the examples' losses under each set, from the last layer's z."""
        name, loss = self._of.network.layers[-1].activation, self._of.objective.loss
        if (name, loss) in _TOTALS:
            return _TOTALS[name, loss](z, targets)
        rows, wanted = _as_rows(z), _as_rows(np.repeat(targets[:, None], z.shape[1], axis=1))
        fused = FUSED.get((name, loss))
        parts = fused.parts(rows, wanted) if fused else LOSSES[loss].parts(ACTIVATIONS[name].function(rows), wanted)
        total: Array = np.add.reduce(_as_layer(parts, z), axis=(0, 2))
        return total

    def _add_dual(self, linear: Array, factors: Array, targets: Array, tile: slice) -> None:
        z = factors @ linear
        # ∂z along a direction is the same under every set: the layer is linear in the coordinates.
        directions = linear.swapaxes(0, 1)[1:, :, None]
        moved = [np.repeat(one, factors.shape[0], axis=1) for one in directions]
        for index in range(self._first + 1, len(self._of.network.layers)):
            z, moved = self._through(z, moved, factors, index)
        self._compare(z, moved, targets, tile)

    def _through(self, z: Array, moved: list[Array], factors: Array, index: int) -> tuple[Array, list[Array]]:
        """Send z of the layer before, and its change along each direction, through layer `index`.

        All are (units, sets, examples): what belongs to one unit lies together.
        """
        row = ACTIVATIONS[self._of.network.layers[index - 1].activation]
        flat = _as_rows(z)
        a = row.function(flat)
        derivative, passed = _as_layer(row.derivative(flat, a), z), _as_layer(a, z)
        own = [part[index] for part in self._parts]
        both = (factors @ self._flat[index]).reshape(factors.shape[0], *own[0].weights.shape[:1], -1)
        weights, biases = both[:, :, :-1], both[:, :, -1].T
        changed = [
            _product(weights, derivative * one)
            + (_product(direction.weights[None], passed) + direction.biases[:, None, None])
            for one, direction in zip(moved, own[1:], strict=True)
        ]
        return _product(weights, passed) + biases[:, :, None], changed

    def _compare(self, z: Array, moved: list[Array], targets: Array, tile: slice) -> None:
        """Compare the last layer with the targets and add up each point's loss and slopes."""
        name, loss = self._of.network.layers[-1].activation, self._of.objective.loss
        fused, row = FUSED.get((name, loss)), ACTIVATIONS[name]
        flat, wanted = _as_rows(z), _as_rows(np.repeat(targets[:, None], z.shape[1], axis=1))
        a = row.function(flat)
        if fused:
            delta = fused.delta(flat, a, wanted)
        else:
            delta = row.backward(LOSSES[loss].derivative(a, wanted), row.derivative(flat, a), a)
        self._losses[tile] += self._totals(z, targets)
        for index, one in enumerate(moved):
            self._slopes[index, tile] += np.add.reduce(_as_layer(delta, z) * one, axis=(0, 2))

    def _add_penalty(self) -> None:
        objective = self._of.objective
        if objective.l1 == objective.l2 == 0.0:
            return
        flat = np.stack([_weights(part) for part in self._parts])
        size = max(1, _TILE_NUMBERS // flat.shape[1])
        for start in range(0, self._losses.size, size):
            look_up()
            tile = slice(start, start + size)
            weights = self._factors[tile] @ flat
            self._losses[tile] += _penalty(weights, objective)
            gradient = objective.l1 * np.sign(weights) + objective.l2 * weights
            self._slopes[:, tile] += flat[1:] @ gradient.T


def _as_rows(layer: Array) -> Array:
    """Return (units, sets, examples) as the tables take it, (rows, units), each unit's numbers lying together."""
    return layer.reshape(layer.shape[0], -1).T


def _as_layer(rows: Array, like: Array) -> Array:
    """Return what a table gave, (rows, units), as (units, sets, examples)."""
    return np.ascontiguousarray(rows.T).reshape(like.shape)


def _product(weights: Array, a: Array) -> Array:
    """Return W·a under each set of weights (sets, units, inputs), for a (inputs, sets, examples)."""
    out = np.empty((weights.shape[1], *a.shape[1:]))
    np.matmul(weights, a.swapaxes(0, 1), out=out.swapaxes(0, 1))
    return out


def _weights(parameters: Parameters) -> Array:
    """Return all weights end to end; biases are not penalised."""
    return np.concatenate([own.weights.ravel() for own in parameters])


def _penalty(weights: Array, objective: Objective) -> Array:
    """Return l1·Σ|w| + ½·l2·Σw² for each set of weights, a row of `weights` each."""
    penalty: Array = objective.l1 * np.abs(weights).sum(axis=1) + 0.5 * objective.l2 * (weights * weights).sum(
        axis=1
    )
    return penalty
