from dataclasses import replace
from math import inf, isfinite, log, log2

import numpy as np
import pytest

from app.engine import training
from app.engine.network import Objective, backward, batch_loss, forward, loss_of
from app.engine.training import (
    Batching,
    Change,
    Examples,
    Plan,
    Task,
    batch_indices,
    first_state,
    learning_rates,
)
from tests.engine.runs import BOTH, EVERY_OPTIMIZER, choice

# Batches


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize(("count", "size"), [(7, 3), (8, 4), (5, 1), (5, 4)])
def test_an_epoch_goes_once_over_all_examples_and_its_last_batch_is_smaller(count, size, shuffle):
    a_pass = -(-count // size)
    for epoch in range(3):
        batches = [batch_indices(count, Batching(size, shuffle, 4), epoch * a_pass + k) for k in range(a_pass)]
        assert sorted(np.concatenate(batches).tolist()) == list(range(count))
        assert [len(batch) for batch in batches] == [size] * (count // size) + [count % size] * bool(count % size)


def test_without_shuffling_the_examples_come_in_their_order():
    assert [batch_indices(5, Batching(2), step).tolist() for step in range(4)] == [[0, 1], [2, 3], [4], [0, 1]]


@pytest.mark.parametrize("size", [None, 5, 9])
def test_a_batch_of_all_takes_all_in_their_order(size):
    assert batch_indices(5, Batching(size, True), 3) is None


def order_of(epoch, size, seed, count=20):
    a_pass = -(-count // size)
    batching = Batching(size, True, seed)
    return np.concatenate([batch_indices(count, batching, epoch * a_pass + k) for k in range(a_pass)]).tolist()


def test_the_shuffled_order_depends_on_seed_and_epoch_only():
    assert order_of(3, size=4, seed=8) == order_of(3, size=7, seed=8)
    orders = {tuple(order_of(epoch, size=4, seed=seed)) for epoch in range(4) for seed in range(4)}
    assert len(orders) == 16


@BOTH
def test_the_loss_of_a_smaller_last_batch_is_the_loss_of_just_those_examples(small_task, train):
    task, start = small_task(batching=Batching(3))
    before_last = train(task, start, Plan(2)).state
    run = train(task, before_last, Plan(1))
    last = Examples(task.examples.inputs[6:], task.examples.targets[6:])
    a = forward(task.network, before_last.parameters, last.inputs)[-1].a
    assert run.losses[0] == pytest.approx(0.5 * ((a - last.targets) ** 2).sum(), rel=1e-14)


# Divergence


@pytest.fixture(scope="module")
def parabola(network_of, parameters_of):
    """Return `parabola(rate, …)`: the loss ½w² of one weight, which a step multiplies by 1 − rate."""

    def make(rate, optimizer="sgd", w=1.0):
        task = Task(
            network_of(1, (1, "identity", False)),
            Examples(np.array([[1.0]]), np.array([[0.0]])),
            Objective("half_squared_error"),
            choice(optimizer, learning_rate=rate),
        )
        return task, first_state(parameters_of(([[w]], [0.0])), optimizer)

    return make


@BOTH
def test_too_high_a_rate_makes_the_loss_grow_by_the_known_factor(parabola, train):
    run = train(*parabola(4.0), Plan(100))
    # w ← w − 4w = −3w, and powers of 3 up to 3³³ are exact.
    assert list(run.losses[:16]) == [0.5 * 9.0**k for k in range(16)]
    assert np.allclose(np.log(run.losses), [2.0 * k * log(3.0) - log(2.0) for k in range(100)], rtol=1e-12)


@BOTH
def test_divergence_is_noticed_at_the_step_whose_loss_no_longer_fits(parabola, train):
    task, start = parabola(1.0 + 2.0**8)  # w ← −2⁸w: the loss before update k is 2^(16k − 1), an exact power
    run = train(task, start, Plan(200, record_every=50))
    assert run.diverged_at == 65  # the largest double is just below 2¹⁰²⁴, and 16 · 65 − 1 = 1039
    assert run.stopped == "diverged"
    assert run.steps == tuple(range(66))
    assert [log2(loss) for loss in run.losses[:-1]] == [16 * k - 1 for k in range(65)]
    assert run.losses[-1] == inf
    assert run.state.step == 65
    assert float(run.state.parameters[0].weights[0, 0]) == -(2.0**520)
    assert [frame.step for frame in run.frames] == [0, 50, 65]
    assert run.frames[-1].loss == inf


@BOTH
def test_divergence_is_noticed_at_the_step_whose_update_no_longer_fits(parabola, train):
    task, start = parabola(1e300, w=1e10)
    run = train(task, start, Plan(10))
    assert (run.diverged_at, run.stopped, run.steps) == (0, "diverged", (0,))
    assert run.losses == (0.5e20,)
    assert float(run.state.parameters[0].weights[0, 0]) == 1e10


@BOTH
def test_divergence_is_noticed_where_only_the_memory_of_the_optimizer_overflows(parabola, train):
    # The gradient is w and its square is finite; the sum of two such squares is not.
    task, start = parabola(1e-3, "adagrad", w=1.2e154)
    run = train(task, start, Plan(10))
    assert run.diverged_at == 1
    assert isfinite(float(run.state.optimizer_state.slots["squares"][0].weights[0, 0]))
    assert run.state.step == 1


@EVERY_OPTIMIZER
@BOTH
@pytest.mark.parametrize("last", [("identity", "mean_squared_error"), ("softmax", "cross_entropy")], ids="-".join)
def test_a_run_that_flies_away_never_warns_and_its_state_is_finite_and_can_be_continued(
    small_task, bits, optimizer, train, last
):
    task, start = small_task(last, optimizer, hidden=("relu", "softplus"), learning_rate=1e200)
    plan = Plan(50, record_every=7)
    run = train(task, start, plan)
    assert run.stopped == "diverged"
    assert run.diverged_at == run.state.step == run.steps[-1]
    assert training.is_finite(run.state)
    assert np.isfinite(run.losses[:-1]).all()
    again = train(task, run.state, plan)
    assert again.diverged_at == run.diverged_at
    assert bits(again.state) == bits(run.state)
    held = train(task, run.state, Plan(3, (Change(run.state.step, 0.0),)))
    assert bits(held.state.parameters) == bits(run.state.parameters)


@BOTH
def test_inputs_that_overflow_at_once_are_reported_at_step_0(small_task, train):
    task, start = small_task(hidden=("relu", "relu"))
    run = train(replace(task, examples=Examples(np.full((7, 3), 1e308), task.examples.targets)), start, Plan(3))
    assert run.diverged_at == 0
    assert len(run.losses) == 1


# Frozen biases, targets, rates, frames


@EVERY_OPTIMIZER
@BOTH
def test_frozen_biases_and_their_memory_never_move(small_task, bits, optimizer, train):
    extra = {"weight_decay": 0.3} if optimizer == "adamw" else {}
    task, start = small_task(optimizer=optimizer, **extra)
    run = train(task, start, Plan(40))
    assert bits(run.state.parameters[1].biases) == bits(start.parameters[1].biases)
    assert not (run.state.parameters[0].biases == start.parameters[0].biases).any()
    assert not (run.state.parameters[1].weights == start.parameters[1].weights).all()
    assert bool(run.state.optimizer_state.slots) == (optimizer != "sgd")
    for slot in run.state.optimizer_state.slots.values():
        assert not slot[1].biases.any()
        assert slot[0].biases.all()


@BOTH
def test_a_run_stops_before_the_first_update_whose_loss_reaches_the_target(parabola, train):
    # w halves, so the loss is 0.5 · 4⁻ᵏ: at most 0.01 from k = 3 on (0.0078125).
    run = train(*parabola(0.5), Plan(100, target_loss=0.01, record_every=100))
    assert run.losses == (0.5, 0.125, 0.03125, 0.0078125)
    assert (run.stopped, run.diverged_at, run.state.step) == ("target_loss", None, 3)
    assert float(run.state.parameters[0].weights[0, 0]) == 0.125
    assert [(frame.step, frame.loss) for frame in run.frames] == [(0, 0.5), (3, 0.0078125)]


@BOTH
def test_a_loss_exactly_at_the_target_stops_the_run(parabola, train):
    assert train(*parabola(0.5), Plan(100, target_loss=0.125)).steps == (0, 1)


@BOTH
def test_a_changed_learning_rate_applies_from_its_step_on(parabola, train):
    # Steps multiply w by 1 − rate: ½ twice, then ¾ three times.
    run = train(*parabola(0.5), Plan(5, (Change(2, 0.25),)))
    assert run.learning_rates == (0.5, 0.5, 0.25, 0.25, 0.25)
    assert float(run.state.parameters[0].weights[0, 0]) == 0.5**2 * 0.75**3


def test_of_several_changes_at_one_step_the_last_counts_and_order_does_not_matter_otherwise():
    rate = learning_rates(1.0, (Change(5, 0.3), Change(2, 0.2), Change(5, 0.4)))
    assert [rate(step) for step in range(7)] == [1.0, 1.0, 0.2, 0.2, 0.2, 0.4, 0.4]


@BOTH
def test_frames_are_kept_at_the_start_at_multiples_and_at_the_end(small_task, train):
    task, start = small_task(test=True, batching=Batching(2))
    first = train(task, start, Plan(7, record_every=3))
    assert [frame.step for frame in first.frames] == [0, 3, 6, 7]
    second = train(task, first.state, Plan(5, record_every=3))
    assert [frame.step for frame in second.frames] == [7, 9, 12]
    for frame in first.frames + second.frames:
        for data, kept in ((task.examples, frame.loss), (task.test, frame.test_loss)):
            expected = loss_of(task.network, frame.state.parameters, data.inputs, data.targets, task.objective)
            assert kept == expected
    assert train(task, start, Plan(7)).frames == ()


@BOTH
def test_the_worked_example_is_as_published_after_ten_thousand_steps(worked, train):
    task = Task(worked.network, worked.examples, worked.objective, worked.optimizer)
    state = train(task, first_state(worked.parameters, "sgd"), Plan(10_000)).state
    passed = forward(worked.network, state.parameters, worked.examples.inputs)
    loss = batch_loss(worked.network, state.parameters, passed[-1], worked.examples.targets, worked.objective).loss
    assert f"{loss:.6e}" == "3.510188e-05"
    assert [round(a, 7) for a in passed[-1].a[0].tolist()] == [0.0159136, 0.9840643]


def test_a_step_laid_open_holds_what_the_pieces_give(small_task, bits):
    task, start = small_task(("softmax", "cross_entropy"), objective={"l1": 0.1})
    data = task.examples
    step = training.take_step(task.network, data, task.objective, task.optimizer, start)
    passed = forward(task.network, start.parameters, data.inputs)
    assert bits(step.passed) == bits(passed)
    assert bits(step.came_back) == bits(
        backward(task.network, start.parameters, passed, data.targets, task.objective)
    )
    assert bits(step.before) == bits(start)
    for before, back, after in zip(start.parameters, step.came_back, step.after.parameters, strict=True):
        assert (after.weights == before.weights - 0.1 * back.dW).all()
