"""The same training as `training.train` with fewer NumPy calls and no records in between.

On networks this small the number of calls is everything. So all parameters, and all that the optimizer
remembers, lie end to end in one row each: one update serves them all, and a layer's arrays are views into
those rows. Batches are copied out of the data many at a time, and what a step leaves in the layers stays there
until the next one overwrites it, so that its memory is not given back and asked for again.

The functions come from the same tables as in the clear way, in the same order of operations. Only the two
fused ends of a network are written out again, for what activation and loss can share. A test holds every bit
of both ways equal.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import repeat
from math import isfinite
from typing import Final, Literal

import numpy as np

from app.engine.activations import ACTIVATIONS, Activation, shares
from app.engine.arrays import Array
from app.engine.flat import flatten, frozen_biases, unflatten
from app.engine.losses import FUSED, LOSSES
from app.engine.network import LayerParameters, Network, Objective, divisor, penalty_gradient, penalty_of
from app.engine.optimizers import OPTIMIZERS
from app.engine.pause import look_up
from app.engine.training import (
    Batching,
    Examples,
    Frame,
    OptimizerState,
    Plan,
    Run,
    State,
    Task,
    batch_indices,
    frame_of,
    is_kept,
    learning_rates,
)

# How many numbers of the data are copied at once for the batches of the steps to come.
_NUMBERS_AT_ONCE: Final = 20_000

_sigmoid: Final = ACTIVATIONS["sigmoid"].function

# From z, the targets, both (examples, outputs), and what the batch's sum is divided by: what each output adds to
# its example's loss, and δ.
_End = Callable[[Array, Array, float], tuple[Array, Array]]


def _sigmoid_with_binary_cross_entropy(z: Array, targets: Array, count: float) -> tuple[Array, Array]:
    tail = np.minimum(z, -z)
    np.exp(tail, out=tail)
    np.log1p(tail, out=tail)
    parts = np.maximum(z, 0.0)
    parts -= targets * z
    parts += tail
    delta = _sigmoid(z)
    delta *= 1.0 - targets
    missing = _sigmoid(-z)
    missing *= targets
    delta -= missing
    if z.shape[1] > 1:
        parts /= z.shape[1]
        delta /= z.shape[1]
    delta /= count
    return parts, delta


def _softmax_with_cross_entropy(
    z: Array, targets: Array, count: float, *, all_sum_to_1: bool = False
) -> tuple[Array, Array]:
    made = shares(z)
    parts = np.subtract(np.log1p(made.rest), made.shifted, out=made.shifted)
    parts *= targets
    others = made.complement()
    others *= targets
    delta = made.exponentials
    delta /= made.total
    delta *= (1.0 if all_sum_to_1 else np.add.reduce(targets, axis=1, keepdims=True)) - targets
    delta -= others
    delta /= count
    return parts, delta


def end_of(network: Network, objective: Objective, targets: Array) -> _End:
    """Return the last activation and the loss as one function; `targets` are those of all examples."""
    last = network.layers[-1].activation
    if (last, objective.loss) == ("softmax", "cross_entropy"):
        all_sum_to_1 = bool((np.add.reduce(targets, axis=1) == 1.0).all())
        return partial(_softmax_with_cross_entropy, all_sum_to_1=all_sum_to_1)
    if (last, objective.loss) == ("sigmoid", "binary_cross_entropy"):
        return _sigmoid_with_binary_cross_entropy
    activation, loss = ACTIVATIONS[last], LOSSES[objective.loss]
    fused = FUSED.get((last, objective.loss))

    def end(z: Array, targets: Array, count: float) -> tuple[Array, Array]:
        a = activation.function(z)
        if fused:
            return fused.parts(z, targets), fused.delta(z, a, targets) / count
        da = loss.derivative(a, targets) / count
        return loss.parts(a, targets), activation.backward(da, activation.derivative(z, a), a)

    return end


class _Layer:
    """A layer's views into the rows of all parameters and of their gradient, and what its last step left."""

    __slots__ = ("a", "activation", "biases", "dW", "db", "delta", "transposed", "weights", "x", "z")

    def __init__(self, own: LayerParameters, gradient: LayerParameters, activation: Activation) -> None:
        self.weights, self.transposed, self.biases = own.weights, own.weights.T, own.biases
        self.dW, self.db = gradient.weights, gradient.biases
        self.activation = activation
        self.x = self.z = self.a = self.delta = own.weights

    def weigh(self, x: Array) -> Array:
        self.x = x
        z: Array = np.matmul(x, self.transposed)
        self.z = z
        z += self.biases
        return z

    def pass_on(self, x: Array) -> Array:
        look_up()
        self.a = a = self.activation.function(self.weigh(x))
        return a

    def keep_gradient(self, delta: Array) -> None:
        self.delta = delta
        np.matmul(delta.T, self.x, out=self.dW)
        np.add.reduce(delta, axis=0, out=self.db)

    def send_back(self, da: Array) -> Array:
        look_up()
        # No hidden activation mixes its units, so δ is a product.
        delta = da
        delta *= self.activation.derivative(self.z, self.a)
        self.keep_gradient(delta)
        return delta


class _Trainer:
    """The state of a run, changed in place; everything it hands out is a copy."""

    def __init__(self, task: Task, start: State) -> None:
        network = task.network
        row = OPTIMIZERS[task.optimizer.name]
        memory = start.optimizer_state
        self._network, self._objective = network, task.objective
        self._rows = [flatten(start.parameters), *(flatten(memory.slots[slot]) for slot in row.slots)]
        self._slots = tuple(self._rows[1:])
        self._gradient = np.empty_like(self._rows[0])
        self._nothing = np.zeros_like(self._gradient)
        self._update, self._slot_names = row.update, row.slots
        self._updates = memory.updates
        self._frozen = frozen_biases(network)
        self._settings = dict(task.optimizer.settings)
        self._parameters = unflatten(self._rows[0], network)
        activations = (ACTIVATIONS[layer.activation] for layer in network.layers)
        gradients = unflatten(self._gradient, network)
        layers = tuple(map(_Layer, self._parameters, gradients, activations))
        self._hidden, self._last = layers[:-1], layers[-1]
        self._backward = tuple(zip(layers[-2::-1], layers[:0:-1], strict=True))
        self._end = end_of(network, task.objective, task.examples.targets)
        self._one_output = network.outputs == 1
        self._has_penalty = bool(task.objective.l1 or task.objective.l2)

    def state(self, step: int) -> State:
        """Return a copy of the parameters and of what the optimizer remembers."""
        parameters, *memory = (unflatten(row.copy(), self._network) for row in self._rows)
        slots = dict(zip(self._slot_names, memory, strict=True))
        return State(step, parameters, OptimizerState(self._updates, slots))

    def loss_and_gradient(self, inputs: Array, targets: Array) -> float:
        """Return the batch loss and leave its gradient in place."""
        x = inputs
        for layer in self._hidden:
            x = layer.pass_on(x)
        look_up()
        count = float(divisor(targets, self._objective))
        parts, delta = self._end(self._last.weigh(x), targets, count)
        self._last.keep_gradient(delta)
        for layer, after in self._backward:
            delta = layer.send_back(np.matmul(delta, after.weights))
        examples = parts[:, 0] if self._one_output else np.add.reduce(parts, axis=1)
        penalty = self._penalize() if self._has_penalty else 0.0
        return float(np.add.reduce(examples)) / count + penalty

    def _penalize(self) -> float:
        """Add the penalties' part to the gradient and return their part of the loss."""
        for layer in (*self._hidden, self._last):
            penalty_dW = penalty_gradient(layer.weights, self._objective)
            if penalty_dW is not None:
                np.add(layer.dW, penalty_dW, out=layer.dW)
        return penalty_of(self._parameters, self._objective)

    def move(self, rate: float) -> bool:
        """Make one update; return whether everything stayed finite (if not, nothing was changed)."""
        self._settings["learning_rate"] = rate
        rows = self._rows
        moved, memory = self._update(rows[0], self._gradient, self._slots, self._settings, self._updates + 1)
        after = (moved, *memory)
        if self._frozen.size:
            for new, old in zip(after, rows, strict=True):
                new[self._frozen] = old[self._frozen]
        for new in after:
            # Nothing times a number is nothing, but times infinity it is not: one look at all of them.
            if new.dot(self._nothing) != 0.0:
                return False
        for old, new in zip(rows, after, strict=True):
            old[...] = new
        self._updates += 1
        return True


def batches(examples: Examples, batching: Batching, start: int, end: int) -> Iterator[tuple[Array, Array]]:
    """Yield the inputs and targets of the steps from `start` up to `end`, copied out many steps at a time."""
    inputs, targets = examples.inputs, examples.targets
    count = inputs.shape[0]
    size = batching.size
    if size is None or size >= count:
        yield from repeat((inputs, targets), end - start)
        return
    ahead = max(1, _NUMBERS_AT_ONCE // (size * (inputs.shape[1] + targets.shape[1])))
    for first in range(start, end, ahead):
        steps = range(first, min(first + ahead, end))
        chosen = [places for step in steps if (places := batch_indices(count, batching, step)) is not None]
        together = np.concatenate(chosen)
        x, y = inputs.take(together, axis=0), targets.take(together, axis=0)
        stop = 0
        for places in chosen:
            begin, stop = stop, stop + places.size
            yield x[begin:stop], y[begin:stop]


def train(task: Task, start: State, plan: Plan) -> Run:
    """Return what `training.train` returns, to the same bits."""
    trainer = _Trainer(task, start)
    rate_at = learning_rates(task.optimizer.settings["learning_rate"], plan.changes)
    steps: list[int] = []
    losses: list[float] = []
    rates: list[float] = []
    frames: list[Frame] = []
    step, end = start.step, start.step + plan.steps
    stopped: Literal["target_loss", "diverged"] | None = None
    with np.errstate(all="ignore"):
        for inputs, targets in batches(task.examples, task.batching, step, end):
            if plan.record_every is not None and is_kept(plan, start, step):
                frames.append(frame_of(task, trainer.state(step)))
            loss = trainer.loss_and_gradient(inputs, targets)
            rate = rate_at(step)
            steps.append(step)
            losses.append(loss)
            rates.append(rate)
            if not isfinite(loss):
                stopped = "diverged"
            elif plan.target_loss is not None and loss <= plan.target_loss:
                stopped = "target_loss"
            elif trainer.move(rate):
                step += 1
                continue
            else:
                stopped = "diverged"
            break
        state = trainer.state(step)
        if plan.record_every is not None and (not frames or frames[-1].step != step):
            frames.append(frame_of(task, state))
    diverged_at = step if stopped == "diverged" else None
    return Run(state, tuple(steps), tuple(losses), tuple(rates), tuple(frames), diverged_at, stopped)
