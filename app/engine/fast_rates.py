"""The runs of many learning rates at once: what `rates.ends` returns, to the same bits.

On a network this small a step costs what its calls of NumPy cost, and every rate makes the same calls. So the
parameters of all runs lie in one array, a run a row, as in `fast_training.py` those of one run lie in one row:
a call serves all rates. Each run has its own matrix products, which are the same calls of BLAS as when it is alone.
A test holds every bit of both ways equal.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.engine.activations import ACTIVATIONS, Activation
from app.engine.arrays import Array
from app.engine.fast_training import batches, end_of
from app.engine.flat import flatten, frozen_biases, unflatten
from app.engine.network import Network, Parameters, divisor, penalty_gradient, penalty_of
from app.engine.optimizers import OPTIMIZERS
from app.engine.pause import look_up
from app.engine.training import State, Task

# Numbers that a layer of all runs, or their parameters, may be: more do not stay in a processor's cache.
_NUMBERS_AT_ONCE: Final = 32_000


def ends(task: Task, start: State, rates: Sequence[float], steps: int) -> tuple[Parameters | None, ...]:
    """Return what `rates.ends` returns."""
    together = runs_at_once(task)
    found: list[Parameters | None] = []
    for first in range(0, len(rates), together):
        found += _Runs(task, start, rates[first : first + together]).after(steps)
    return tuple(found)


def runs_at_once(task: Task) -> int:
    """Return how many runs are made at once."""
    network, count = task.network, int(task.examples.inputs.shape[0])
    examples = min(task.batching.size or count, count)
    widest = max(layer.units for layer in network.layers)
    return max(1, _NUMBERS_AT_ONCE // max(examples * widest, network.parameter_count))


class _Layer:
    """A layer of all runs: views into their parameters and gradients, and what the last step left."""

    __slots__ = ("a", "activation", "biases", "dW", "db", "transposed", "weights", "x", "z")

    def __init__(self, weights: Array, biases: Array, dW: Array, db: Array, activation: Activation) -> None:
        self.weights, self.transposed, self.biases = weights, weights.transpose(0, 2, 1), biases[:, None, :]
        self.dW, self.db, self.activation = dW, db, activation
        self.x = self.z = self.a = weights

    def weigh(self, x: Array) -> Array:
        """Return z, shape (runs, examples, units); `x` has that shape or, as an input, (examples, inputs)."""
        look_up()
        self.x = x
        z: Array = np.matmul(x, self.transposed)
        self.z = z
        z += self.biases
        return z

    def pass_on(self, x: Array) -> Array:
        self.a = a = self.activation.function(self.weigh(x))
        return a

    def keep_gradient(self, delta: Array) -> None:
        np.matmul(delta.transpose(0, 2, 1), self.x, out=self.dW)
        np.add.reduce(delta, axis=1, out=self.db)

    def send_back(self, da: Array) -> Array:
        look_up()
        da *= self.activation.derivative(self.z, self.a)
        self.keep_gradient(da)
        return da


def _views(rows: Array, network: Network) -> Iterator[tuple[Array, Array]]:
    """Yield each layer's weights, shape (runs, units, fan_in), and biases, shape (runs, units), in `rows`."""
    start = 0
    for layer, fan_in in zip(network.layers, network.fan_ins, strict=True):
        middle = start + layer.units * fan_in
        yield rows[:, start:middle].reshape(-1, layer.units, fan_in), rows[:, middle : middle + layer.units]
        start = middle + layer.units


class _Runs:
    """All runs that are still going on; those that have diverged are left out from then on."""

    def __init__(self, task: Task, start: State, rates: Sequence[float]) -> None:
        row, memory = OPTIMIZERS[task.optimizer.name], start.optimizer_state
        self._task, self._start, self._update = task, start, row.update
        self._end = end_of(task.network, task.objective, task.examples.targets)
        self._has_penalty = bool(task.objective.l1 or task.objective.l2)
        self._frozen = frozen_biases(task.network)
        self._updates = memory.updates
        self._count = len(rates)
        alone = (flatten(start.parameters), *(flatten(memory.slots[slot]) for slot in row.slots))
        self._keep(
            np.arange(len(rates)), np.array(rates)[:, None], [np.repeat(one[None], len(rates), 0) for one in alone]
        )

    def _keep(self, places: NDArray[np.intp], rates: Array, rows: list[Array]) -> None:
        """Go on with these runs: their places among all, their rates, and a row of each array for each of them."""
        network = self._task.network
        self._places, self._rates, self._rows = places, rates, rows
        self._settings = {**self._task.optimizer.settings, "learning_rate": rates}
        self._gradient = np.empty_like(rows[0])
        activations = (ACTIVATIONS[layer.activation] for layer in network.layers)
        views = zip(_views(rows[0], network), _views(self._gradient, network), activations, strict=True)
        *self._hidden, self._last = (_Layer(*own, *gradient, row) for own, gradient, row in views)
        self._targets: tuple[Array, Array] | None = None

    def after(self, steps: int) -> list[Parameters | None]:
        """Return the parameters of each run after so many steps, None where one has diverged."""
        task, begin = self._task, self._start.step
        with np.errstate(all="ignore"):
            for inputs, targets in batches(task.examples, task.batching, begin, begin + steps):
                goes_on = self._finite_losses(inputs, targets) & self._move()
                if not goes_on.all():
                    self._keep(self._places[goes_on], self._rates[goes_on], [one[goes_on] for one in self._rows])
                if not self._places.size:
                    break
        found: list[Parameters | None] = [None] * self._count
        for place, row in zip(self._places.tolist(), self._rows[0], strict=True):
            found[place] = unflatten(row, task.network)
        return found

    def _finite_losses(self, inputs: Array, targets: Array) -> NDArray[np.bool_]:
        """Leave the gradients of a batch in place, and return whose loss is finite, shape (runs,)."""
        x = inputs
        for layer in self._hidden:
            x = layer.pass_on(x)
        z, last = self._last.weigh(x), self._last
        count = float(divisor(targets, self._task.objective))
        # The ends of a network are written for one batch: the batches of all runs stand one below the other.
        parts, deltas = self._end(z.reshape(-1, z.shape[2]), self._repeated(targets), count)
        delta = deltas.reshape(z.shape)
        last.keep_gradient(delta)
        after = last
        for layer in reversed(self._hidden):
            delta = layer.send_back(np.matmul(delta, after.weights))
            after = layer
        examples = parts[:, 0] if z.shape[2] == 1 else np.add.reduce(parts, axis=1)
        losses = np.add.reduce(examples.reshape(z.shape[:2]), axis=1) / count
        if self._has_penalty:
            losses += self._penalize()
        finite: NDArray[np.bool_] = np.isfinite(losses)
        return finite

    def _repeated(self, targets: Array) -> Array:
        """Return the targets of a batch as often as there are runs; those of the last batch are kept."""
        if self._targets is None or self._targets[0] is not targets:
            self._targets = targets, np.tile(targets, (self._places.size, 1))
        return self._targets[1]

    def _penalize(self) -> Array:
        """Add the penalties' part to the gradients and return their part of the losses, shape (runs,)."""
        network, objective = self._task.network, self._task.objective
        for layer in (*self._hidden, self._last):
            penalty_dW = penalty_gradient(layer.weights, objective)
            if penalty_dW is not None:
                np.add(layer.dW, penalty_dW, out=layer.dW)
        return np.array([penalty_of(unflatten(row, network), objective) for row in self._rows[0]])

    def _move(self) -> NDArray[np.bool_]:
        """Make one update, and return whose numbers are all finite after it, shape (runs,)."""
        rows = self._rows
        self._updates += 1
        # The rule is elementwise, so a column of rates serves it as one rate does.
        moved, memory = self._update(rows[0], self._gradient, tuple(rows[1:]), self._settings, self._updates)  # type: ignore[arg-type]
        goes_on = np.ones(self._places.size, dtype=np.bool_)
        for new, old in zip((moved, *memory), rows, strict=True):
            if self._frozen.size:
                new[:, self._frozen] = old[:, self._frozen]
            goes_on &= np.isfinite(new).all(axis=1)
            old[...] = new
        return goes_on
