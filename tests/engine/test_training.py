from dataclasses import replace
from itertools import pairwise
from math import isfinite

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine import fast_training, training
from app.engine.activations import ACTIVATIONS
from app.engine.losses import FUSED
from app.engine.network import Layer, Network, Objective
from app.engine.optimizers import OPTIMIZERS
from app.engine.training import (
    Batching,
    Change,
    Examples,
    Plan,
    Task,
    first_state,
)
from tests.engine.runs import BOTH, EVERY_OPTIMIZER, LAST, choice

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
