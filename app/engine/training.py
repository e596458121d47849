"""Training from a state: one gradient step laid open (`take_step`), and many of them (`train`).

A run is a function of its start and its log of changes alone: the batch of a step is drawn from (seed, step),
so a run can be split anywhere, gone back in and taken up again, to the same bits. `train` here is the clear
way and the definition; `fast_training.py` does the same with fewer calls, and a test holds the two equal.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.engine.arrays import Array, frozen
from app.engine.draws import Draws
from app.engine.network import (
    BatchLoss,
    LayerBackward,
    LayerForward,
    LayerParameters,
    Network,
    Objective,
    Parameters,
    backward,
    batch_loss,
    forward,
    loss_of,
)
from app.engine.optimizers import OPTIMIZERS


@dataclass(frozen=True, slots=True)
class Examples:
    """Inputs, shape (examples, inputs), and targets, shape (examples, outputs)."""

    inputs: Array
    targets: Array


@dataclass(frozen=True, slots=True)
class OptimizerChoice:
    """An optimizer by name, with every one of its settings."""

    name: str
    settings: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class OptimizerState:
    """What an optimizer remembers: how many updates it has made, and its slots, each shaped as the parameters."""

    updates: int = 0
    slots: Mapping[str, Parameters] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """A moment of training: `step` updates were made, these are the parameters."""

    step: int
    parameters: Parameters
    optimizer_state: OptimizerState = OptimizerState()


@dataclass(frozen=True, slots=True)
class Batching:
    """How the examples of a step are chosen; `size` None takes all of them."""

    size: int | None = None
    shuffle: bool = False
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """The learning rate from update number `at_step` on (counted from 0)."""

    at_step: int
    learning_rate: float


@dataclass(frozen=True, slots=True)
class Task:
    """All that stays the same during a run: what is trained, on what, towards what, and how."""

    network: Network
    examples: Examples
    objective: Objective
    optimizer: OptimizerChoice
    batching: Batching = Batching()
    test: Examples | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """How far a run goes and what it keeps.

    A frame is kept at the start, at the end and at every multiple of `record_every` (None: no frames).
    The run stops early before the first update whose batch loss is at most `target_loss`.
    """

    steps: int
    changes: tuple[Change, ...] = ()
    record_every: int | None = None
    target_loss: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One gradient step, whole: forward, loss, backward, update. All numbers are of the one batch."""

    before: State
    passed: tuple[LayerForward, ...]
    loss: BatchLoss
    came_back: tuple[LayerBackward, ...]
    after: State


@dataclass(frozen=True, slots=True)
class Frame:
    """A kept moment: after `step` updates; `loss` is over all training examples, `test_loss` over the test's."""

    step: int
    loss: float
    test_loss: float | None
    state: State


@dataclass(frozen=True, slots=True)
class Run:
    """What happened: `losses[k]` is the batch loss before update `steps[k]`, made with `learning_rates[k]`.

    Where a run ended early, the last loss is the one that ended it, and no update followed: `stopped` says
    "target_loss" or "diverged", and `diverged_at` is the step whose loss, parameters or optimizer's memory no
    longer fitted into a double. `state` is the last one that is finite throughout.
    """

    state: State
    steps: tuple[int, ...]
    losses: tuple[float, ...]
    learning_rates: tuple[float, ...]
    frames: tuple[Frame, ...]
    diverged_at: int | None
    stopped: Literal["target_loss", "diverged"] | None


def first_state(parameters: Parameters, optimizer: str) -> State:
    """Return the state before the first update: the optimizer remembers nothing yet."""
    return State(0, parameters, no_memory(parameters, optimizer))


def no_memory(parameters: Parameters, optimizer: str) -> OptimizerState:
    """Return the optimizer's state before its first update: every slot 0."""
    zeros = tuple(
        LayerParameters(frozen(np.zeros_like(own.weights)), frozen(np.zeros_like(own.biases))) for own in parameters
    )
    return OptimizerState(0, dict.fromkeys(OPTIMIZERS[optimizer].slots, zeros))


def batch_indices(count: int, batching: Batching, step: int) -> NDArray[np.intp] | None:
    """Return which of `count` examples step number `step` uses, or None for all of them in order.

    An epoch goes once over all examples; its last batch is smaller where the size does not divide them.
    """
    size = batching.size
    if size is None or size >= count:
        return None
    epoch, place = divmod(step, -(-count // size))
    start = place * size
    if batching.shuffle:
        return _shuffled(count, batching.seed, epoch)[start : start + size]
    return np.arange(start, min(start + size, count))


@lru_cache(maxsize=64)
def _shuffled(count: int, seed: int, epoch: int) -> NDArray[np.intp]:
    order = Draws(seed, epoch).permutation(count)
    order.flags.writeable = False
    return order


def batch_of(examples: Examples, batching: Batching, step: int) -> Examples:
    """Return the examples of step number `step`."""
    indices = batch_indices(examples.inputs.shape[0], batching, step)
    if indices is None:
        return examples
    return Examples(examples.inputs[indices], examples.targets[indices])


def learning_rates(initial: float, changes: tuple[Change, ...]) -> Callable[[int], float]:
    """Return the learning rate as a function of the step; of several changes at one step the last counts."""
    ordered = sorted(changes, key=lambda change: change.at_step)
    starts = [change.at_step for change in ordered]
    rates = [initial, *(change.learning_rate for change in ordered)]
    return lambda step: rates[bisect_right(starts, step)]


def take_step(
    network: Network, batch: Examples, objective: Objective, optimizer: OptimizerChoice, state: State
) -> Step:
    """Make one gradient step on `batch` and keep every number of it."""
    passed = forward(network, state.parameters, batch.inputs)
    loss = batch_loss(network, state.parameters, passed[-1], batch.targets, objective)
    came_back = backward(network, state.parameters, passed, batch.targets, objective)
    return Step(state, passed, loss, came_back, _updated(network, optimizer, state, came_back))


def _updated(
    network: Network, optimizer: OptimizerChoice, state: State, came_back: tuple[LayerBackward, ...]
) -> State:
    """Move every trained array by the optimizer's rule; a frozen bias and its memory stay as they are."""
    row = OPTIMIZERS[optimizer.name]
    t = state.optimizer_state.updates + 1
    remembered = [state.optimizer_state.slots[slot] for slot in row.slots]
    parameters: list[LayerParameters] = []
    slots: list[list[LayerParameters]] = [[] for _ in row.slots]
    for index, (layer, own, back) in enumerate(zip(network.layers, state.parameters, came_back, strict=True)):
        memory = tuple(slot[index] for slot in remembered)
        weights, weight_memory = row.update(
            own.weights, back.dW, tuple(slot.weights for slot in memory), optimizer.settings, t
        )
        biases, bias_memory = own.biases, tuple(slot.biases for slot in memory)
        if layer.bias:
            biases, bias_memory = row.update(biases, back.db, bias_memory, optimizer.settings, t)
        parameters.append(LayerParameters(weights, biases))
        for kept, of_weights, of_biases in zip(slots, weight_memory, bias_memory, strict=True):
            kept.append(LayerParameters(of_weights, of_biases))
    memory_after = OptimizerState(t, dict(zip(row.slots, map(tuple, slots), strict=True)))
    return State(state.step + 1, tuple(parameters), memory_after)


def _arrays(state: State) -> Iterator[Array]:
    for parameters in (state.parameters, *state.optimizer_state.slots.values()):
        for own in parameters:
            yield own.weights
            yield own.biases


def is_finite(state: State) -> bool:
    """Whether every parameter and everything the optimizer remembers is a finite number."""
    return all(bool(np.isfinite(array).all()) for array in _arrays(state))


def frame_of(task: Task, state: State) -> Frame:
    """Return the frame of a state, with its loss over all examples."""
    loss = loss_of(task.network, state.parameters, task.examples.inputs, task.examples.targets, task.objective)
    test_loss = (
        loss_of(task.network, state.parameters, task.test.inputs, task.test.targets, task.objective)
        if task.test
        else None
    )
    return Frame(state.step, loss, test_loss, state)


def train(task: Task, start: State, plan: Plan) -> Run:
    """Make `plan.steps` gradient steps from `start`, or fewer where the run diverges or reaches its target."""
    state, frames = start, []
    steps: list[int] = []
    losses: list[float] = []
    rates: list[float] = []
    stopped: Literal["target_loss", "diverged"] | None = None
    rate_at = learning_rates(task.optimizer.settings["learning_rate"], plan.changes)
    with np.errstate(all="ignore"):  # what does not fit into a double is noticed and reported below
        while len(steps) < plan.steps and stopped is None:
            if is_kept(plan, start, state.step):
                frames.append(frame_of(task, state))
            rate = rate_at(state.step)
            optimizer = replace(task.optimizer, settings={**task.optimizer.settings, "learning_rate": rate})
            batch = batch_of(task.examples, task.batching, state.step)
            step = take_step(task.network, batch, task.objective, optimizer, state)
            steps.append(state.step)
            losses.append(step.loss.loss)
            rates.append(rate)
            if not np.isfinite(step.loss.loss):
                stopped = "diverged"
            elif plan.target_loss is not None and step.loss.loss <= plan.target_loss:
                stopped = "target_loss"
            elif not is_finite(step.after):
                stopped = "diverged"
            else:
                state = step.after
        if plan.record_every is not None and (not frames or frames[-1].step != state.step):
            frames.append(frame_of(task, state))
    diverged_at = state.step if stopped == "diverged" else None
    return Run(state, tuple(steps), tuple(losses), tuple(rates), tuple(frames), diverged_at, stopped)


def is_kept(plan: Plan, start: State, step: int) -> bool:
    """Whether a frame is kept after `step` updates, if those are not the last."""
    if plan.record_every is None:
        return False
    return step == start.step or step % plan.record_every == 0
