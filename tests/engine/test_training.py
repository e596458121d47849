from dataclasses import replace
from itertools import pairwise
from math import inf, isfinite, log, log2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine import fast_training, training
from app.engine.activations import ACTIVATIONS
from app.engine.losses import FUSED, LOSSES
from app.engine.network import Layer, Network, Objective, backward, batch_loss, forward, loss_of
from app.engine.optimizers import OPTIMIZERS
from app.engine.training import (
    Batching,
    Change,
    Examples,
    OptimizerChoice,
    Plan,
    Task,
    batch_indices,
    first_state,
    learning_rates,
)

BOTH = pytest.mark.parametrize("train", [training.train, fast_training.train], ids=["clear", "fast"])
EVERY_OPTIMIZER = pytest.mark.parametrize("optimizer", OPTIMIZERS)
LAST = [
    (activation, loss)
    for activation in ACTIVATIONS
    for loss in LOSSES
    # Here a prediction has to be a share, whatever the parameters become.
    if loss not in ("binary_cross_entropy", "cross_entropy") or activation in ("sigmoid", "softmax")
]


def choice(name, **changed):
    return OptimizerChoice(name, {setting.name: setting.default for setting in OPTIMIZERS[name].settings} | changed)


@pytest.fixture(scope="module")
def small_task(draw_parameters, draw_targets):
    """Return `small_task(…) → (task, start)`: 7 examples of 3 inputs, two hidden layers, one with frozen biases."""

    def make(
        last=("identity", "half_squared_error"),
        optimizer="sgd",
        *,
        hidden=("tanh", "relu"),
        outputs=2,
        batching=None,
        objective=None,
        test=False,
        **settings,
    ):
        activation, loss = last
        first, second = hidden
        network = Network(3, (Layer(4, first), Layer(3, second, False), Layer(outputs, activation)))
        draws = np.random.default_rng(7)
        batches = [Examples(draws.normal(size=(n, 3)), draw_targets(loss, (n, outputs), draws)) for n in (7, 3)]
        task = Task(
            network,
            batches[0],
            Objective(loss, **(objective or {})),
            choice(optimizer, **settings),
            batching or Batching(),
            batches[1] if test else None,
        )
        return task, first_state(draw_parameters(network, 11), optimizer)

    return make


# The same run, however it is cut and whichever way it is made


@st.composite
def cuts(draw):
    total = draw(st.integers(1, 24))
    points = draw(st.lists(st.integers(0, total), max_size=3))
    edges = [0, *sorted(points), total]
    return [end - start for start, end in pairwise(edges)]


@settings(derandomize=True, deadline=None, max_examples=120)
@given(
    lengths=cuts(),
    optimizer=st.sampled_from(sorted(OPTIMIZERS)),
    batching=st.builds(
        Batching, size=st.sampled_from([None, 1, 2, 3, 7, 9]), shuffle=st.booleans(), seed=st.integers(0, 99)
    ),
    changes=st.lists(st.builds(Change, st.integers(0, 24), st.sampled_from([0.0, 0.003, 0.02, 0.1])), max_size=3),
    ways=st.lists(st.sampled_from([training.train, fast_training.train]), min_size=5, max_size=5),
)
def test_a_run_has_the_same_bits_wherever_it_is_split(
    small_task, bits, lengths, optimizer, batching, changes, ways
):
    task, start = small_task(optimizer=optimizer, batching=batching, learning_rate=0.01)
    changes = tuple(changes)
    whole = training.train(task, start, Plan(sum(lengths), changes))
    state, steps, losses, rates = start, (), (), ()
    for length, train in zip(lengths, ways[: len(lengths)], strict=True):
        part = train(task, state, Plan(length, changes))
        state, steps, losses = part.state, steps + part.steps, losses + part.losses
        rates += part.learning_rates
    assert bits(state) == bits(whole.state)
    assert bits((steps, losses, rates)) == bits((whole.steps, whole.losses, whole.learning_rates))
    assert whole.steps == tuple(range(sum(lengths)))


def assert_same_run(bits, task, start, plan):
    clear, fast = training.train(task, start, plan), fast_training.train(task, start, plan)
    assert bits(fast) == bits(clear)
    return clear


@EVERY_OPTIMIZER
@pytest.mark.parametrize(
    "batching", [Batching(), Batching(3), Batching(3, True, 5)], ids=["all", "3", "3 shuffled"]
)
@pytest.mark.parametrize("objective", [{}, {"l1": 0.01, "l2": 0.1, "reduction": "sum"}], ids=["plain", "penalties"])
def test_the_fast_way_equals_the_clear_way_for_every_optimizer(small_task, bits, optimizer, batching, objective):
    task, start = small_task(
        optimizer=optimizer, batching=batching, objective=objective, test=True, learning_rate=0.01
    )
    run = assert_same_run(bits, task, start, Plan(25, (Change(9, 0.02), Change(17, 0.001)), record_every=6))
    assert run.stopped is None
    assert run.frames[-1].test_loss is not None


@pytest.mark.parametrize("outputs", [1, 2, 9])
@pytest.mark.parametrize("last", LAST, ids="-".join)
def test_the_fast_way_equals_the_clear_way_for_every_last_activation_and_loss(small_task, bits, last, outputs):
    for objective in ({}, {"reduction": "sum", "l2": 0.01}):
        task, start = small_task(
            last, outputs=outputs, objective=objective, batching=Batching(3, True), learning_rate=0.005
        )
        assert_same_run(bits, task, start, Plan(12))


@pytest.mark.parametrize("hidden", [name for name, row in ACTIVATIONS.items() if not row.last_layer_only])
def test_the_fast_way_equals_the_clear_way_for_every_hidden_activation(small_task, bits, hidden):
    task, start = small_task(("softmax", "cross_entropy"), "adam", hidden=(hidden, hidden))
    assert_same_run(bits, task, start, Plan(12))


@pytest.mark.parametrize("pair", FUSED, ids="-".join)
@pytest.mark.parametrize("size", [-800.0, 800.0])
def test_the_fast_way_equals_the_clear_way_where_the_fused_ends_are_saturated(
    network_of, parameters_of, bits, pair, size
):
    activation, loss = pair
    network = network_of(1, (2, activation))
    inputs = np.array([[-size], [0.0], [size], [1.5]])
    targets = np.array([[1.0, 0.0], [0.25, 0.75], [0.0, 1.0], [1.0, 0.0]])
    task = Task(network, Examples(inputs, targets), Objective(loss), choice("sgd"))
    start = first_state(parameters_of(([[1.0], [-1.0]], [0.0, 0.0])), "sgd")
    assert isfinite(assert_same_run(bits, task, start, Plan(3)).losses[0])


@pytest.mark.parametrize("loss", ["binary_cross_entropy", "cross_entropy"])
def test_the_fast_way_equals_the_clear_way_where_the_loss_is_a_negative_zero(network_of, parameters_of, bits, loss):
    # −1 · log 1 is −0, which no mean may hand on as it is in one way only.
    task = Task(
        network_of(1, (1, "step")), Examples(np.array([[1.0]]), np.array([[1.0]])), Objective(loss), choice("sgd")
    )
    start = first_state(parameters_of(([[1.0]], [0.0])), "sgd")
    assert assert_same_run(bits, task, start, Plan(2)).losses == (0.0, 0.0)


def test_the_fast_way_equals_the_clear_way_for_shares_that_add_up_to_one_only_nearly(small_task, bits):
    task, start = small_task(("softmax", "cross_entropy"))
    nearly = task.examples.targets * (1.0 + 1e-7 * np.arange(7)[:, None])
    assert_same_run(bits, replace(task, examples=Examples(task.examples.inputs, nearly)), start, Plan(10))


@settings(derandomize=True, deadline=None, max_examples=80)
@given(
    units=st.lists(st.integers(1, 9), min_size=1, max_size=4),
    inputs=st.integers(1, 9),
    examples=st.integers(1, 40),
    size=st.one_of(st.none(), st.integers(1, 40)),
    seed=st.integers(0, 2**32),
)
def test_the_fast_way_equals_the_clear_way_for_every_shape(
    draw_parameters, bits, units, inputs, examples, size, seed
):
    draws = np.random.default_rng(seed)
    network = Network(inputs, tuple(Layer(count, "tanh") for count in units))
    data = Examples(draws.normal(size=(examples, inputs)), draws.normal(size=(examples, units[-1])))
    task = Task(network, data, Objective("mean_squared_error"), choice("momentum"), Batching(size, True, 3))
    assert_same_run(bits, task, first_state(draw_parameters(network, seed), "momentum"), Plan(5))


def test_the_fast_way_equals_the_clear_way_where_it_copies_its_batches_in_several_goes(bits, draw_parameters):
    draws = np.random.default_rng(1)
    network = Network(50, (Layer(2, "sigmoid"),))
    data = Examples(draws.normal(size=(211, 50)), draws.choice([0.0, 1.0], (211, 2)))
    task = Task(network, data, Objective("binary_cross_entropy"), choice("sgd"), Batching(40, True, 2))
    assert_same_run(bits, task, first_state(draw_parameters(network, 1, 0.1), "sgd"), Plan(60))


@BOTH
def test_a_run_of_no_steps_is_its_start(small_task, bits, train):
    task, start = small_task(optimizer="adam")
    run = train(task, start, Plan(0, record_every=1))
    assert bits(run.state) == bits(start)
    assert (run.steps, run.losses, run.stopped) == ((), (), None)
    assert [frame.step for frame in run.frames] == [0]


@BOTH
def test_training_changes_nothing_that_it_was_given(small_task, bits, train):
    task, start = small_task(optimizer="adamw", batching=Batching(3, True))
    before = bits((start, task))
    train(task, start, Plan(5, record_every=1))
    assert bits((start, task)) == before


@BOTH
def test_frames_stay_as_they_were_when_training_goes_on(small_task, bits, train):
    task, start = small_task(optimizer="momentum")
    frames = train(task, start, Plan(4, record_every=1)).frames
    for frame in frames:
        assert bits(frame.state) == bits(train(task, start, Plan(frame.step)).state)
    assert len({bits(frame.state.parameters) for frame in frames}) == 5


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
