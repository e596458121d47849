"""What every learning rate would do over the next steps: a verdict on each, from runs that are really made.

`judge` is the definition of the verdicts. `look_ahead` makes the runs of a network, `look_down` those on a surface.

One step says little about a rate: the rate of the best single step is often one at which a run bounces, kills
units or flies away. So each rate is tried for a number of steps, with the run's own batches.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import isfinite, nan
from typing import Final, Literal

import numpy as np

from app.engine import fast_rates, training
from app.engine.activations import ACTIVATIONS
from app.engine.arrays import Array, frozen
from app.engine.chain import is_one_step
from app.engine.descent import reach
from app.engine.network import LayerForward, Network, Objective, Parameters, batch_loss, forward
from app.engine.optimizers import OPTIMIZERS
from app.engine.pause import look_up
from app.engine.surface import Surface
from app.engine.training import Examples, OptimizerChoice, Plan, State, Task

Verdict = Literal["slow", "good", "bounces", "flies_away"]

STEPS: Final = 20
DEFAULT_RATES: Final = frozen(np.geomspace(1e-4, 100.0, 25))

# A rate is good that gains at least this share of the largest gain.
_GOOD: Final = 0.5
# A loss is a sum of many rounded numbers: a difference of so many units in its last place means nothing.
_ULPS: Final = 64


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rate did: the loss after the steps (NaN: not finite), and how many more units are dead than before."""

    rate: float
    loss: float
    newly_dead: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict on each of `tried`, and on `own`, the rate in force; `loss` is that before the steps.

    `best` has the lowest loss of `tried`, None where no loss is finite. `recommended` has the lowest loss of the
    good ones that kill no unit, None where there is none. `settled`: no rate gains more than rounding.
    """

    loss: float
    tried: tuple[Outcome, ...]
    verdicts: tuple[Verdict | None, ...]
    best: Outcome | None
    recommended: Outcome | None
    settled: bool
    own: Outcome
    own_verdict: Verdict | None


def rounding(loss: float, largest: float) -> float:
    """Return the difference below which losses are equal; `largest` is the largest loss of one example."""
    return float(_ULPS * np.spacing(max(abs(loss), abs(largest))))


def judge(loss: float, tried: Sequence[Outcome], own: Outcome, floor: float) -> Judged:
    """Return the verdicts on what rates did, `loss` being that before; `floor` is what rounding alone may change.

    The gain of a rate is `loss` minus its loss. The best rate is the one of `tried` with the largest gain.

    - "flies_away": the loss is not finite, or above `loss` by more than `floor`.
    - "good": the gain is at least half of the best rate's. A rate that kills units is good only if its loss is not
      above the best rate's.
    - "slow" below the best rate, "bounces" above it: all others, those that kill units too.
    - None: training has settled, since the largest gain is not above `floor`, and the rate does not fly away.

    `own` is held against the best of `tried`; it changes no other verdict.
    """
    known = [one for one in tried if isfinite(loss - one.loss)]
    best = min(known, key=lambda one: one.loss, default=None)
    settled = isfinite(loss) and (best is None or not loss - best.loss > floor)

    def verdict(one: Outcome) -> Verdict | None:
        if best is None or not isfinite(one.loss) or one.loss > loss + floor:
            return "flies_away"
        if settled:
            return None
        is_enough = loss - one.loss >= _GOOD * (loss - best.loss)
        if is_enough and not (one.newly_dead > 0 and one.loss > best.loss):
            return "good"
        return "slow" if one.rate < best.rate else "bounces"

    verdicts = tuple(map(verdict, tried))
    gentle = [one for one, word in zip(tried, verdicts, strict=True) if word == "good" and one.newly_dead == 0]
    recommended = min(gentle, key=lambda one: one.loss, default=None)
    return Judged(loss, tuple(tried), verdicts, best, recommended, settled, own, verdict(own))


def look_ahead(
    task: Task,
    start: State,
    rates: Array = DEFAULT_RATES,
    steps: int = STEPS,
    *,
    ends: Callable[[Task, State, Sequence[float], int], Sequence[Parameters | None]] = fast_rates.ends,
) -> Judged:
    """Train for `steps` steps from `start` with each of `rates`, shape (rates,), and with the optimizer's own.

    Judged is the loss of all training examples. The runs use the batches that the run itself would, and go on from
    what its optimizer remembers. `ends` is `fast_rates.ends` or, to the same bits, the clear `ends` of this module.
    """
    network, examples, objective = task.network, task.examples, task.objective

    def outcome(rate: float, after: Parameters | None) -> Outcome:
        if after is None:
            return Outcome(rate, nan)
        passed = forward(network, after, examples.inputs)
        loss = batch_loss(network, after, passed[-1], examples.targets, objective).loss
        died = dead_units(network, passed, objective) - dead
        return Outcome(rate, loss if isfinite(loss) else nan, max(0, died))

    with np.errstate(all="ignore"):
        now, largest = losses_of(network, start.parameters, examples, objective)
        dead = dead_units(network, forward(network, start.parameters, examples.inputs), objective)
        every = [*rates.tolist(), task.optimizer.settings["learning_rate"]]
        *tried, own = map(outcome, every, ends(task, start, every, steps))
        return judge(now, tried, own, rounding(now, largest))


def ends(task: Task, start: State, rates: Sequence[float], steps: int) -> tuple[Parameters | None, ...]:
    """Return the parameters after `steps` steps from `start` with each of `rates`, None where a run diverged."""

    def end(rate: float) -> Parameters | None:
        optimizer = replace(task.optimizer, settings={**task.optimizer.settings, "learning_rate": rate})
        run = training.train(replace(task, optimizer=optimizer, test=None), start, Plan(steps))
        return None if run.stopped == "diverged" else run.state.parameters

    return tuple(map(end, rates))


def losses_of(
    network: Network, parameters: Parameters, examples: Examples, objective: Objective
) -> tuple[float, float]:
    """Return the loss of all `examples`, and the largest loss of one of them."""
    passed = forward(network, parameters, examples.inputs)
    found = batch_loss(network, parameters, passed[-1], examples.targets, objective)
    return found.loss, float(np.abs(found.examples).max())


def dead_units(network: Network, passed: tuple[LayerForward, ...], objective: Objective) -> int:
    """Return how many units have f′(z) = 0 for every example, so that nothing flows back through them.

    Not counted are units whose activation has no slope anywhere, and those of a last layer that is differentiated
    in one step with the loss, where the gradient is not multiplied by f′.
    """
    dead = 0
    for layer, own in zip(network.layers, passed[:-1] if is_one_step(network, objective) else passed, strict=False):
        row = ACTIVATIONS[layer.activation]
        if row.steepest > 0.0:
            is_flat = row.derivative(own.z, own.a) == 0.0
            dead += int(np.count_nonzero(np.logical_and.reduce(is_flat, axis=0)))
    return dead


def look_down(
    surface: Surface,
    start: Sequence[float],
    optimizer: OptimizerChoice,
    rates: Array = DEFAULT_RATES,
    steps: int = STEPS,
) -> Judged:
    """Walk down `surface` from `start` for `steps` steps with each of `rates` and the optimizer's own, and judge.

    A walk that has left what is shown far behind (`reach`) has no loss, though the surface may fall for ever there.
    """
    row = OPTIMIZERS[optimizer.name]
    every = np.append(rates, optimizer.settings["learning_rate"])
    settings = {**optimizer.settings, "learning_rate": every[:, None]}
    points = np.repeat(np.array([start], dtype=np.float64), every.size, axis=0)
    slots = tuple(np.zeros_like(points) for _ in row.slots)
    with np.errstate(all="ignore"):
        now = float(surface.function(points[:1])[0])
        is_gone = np.zeros(every.size, dtype=np.bool_)
        for t in range(1, steps + 1):
            look_up()
            # The rule is elementwise, so a column of rates serves it as one rate does.
            points, slots = row.update(points, surface.gradient(points), slots, settings, t)  # type: ignore[arg-type]
            is_gone |= ~(np.abs(points).max(axis=1) <= reach(surface))
        losses = np.where(is_gone, np.nan, surface.function(points))
    *tried, own = map(Outcome, every.tolist(), losses.tolist())
    return judge(now, tried, own, rounding(now, now))
