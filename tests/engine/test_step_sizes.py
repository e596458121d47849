"""The loss at every learning rate: against updates really made, and a parabola worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from app.engine.network import loss_of
from app.engine.step_sizes import step_sizes
from app.engine.training import Examples, Plan, first_state, take_step, train
from tests.engine.runs import EVERY_OPTIMIZER, choice

RATES = np.geomspace(1e-3, 100.0, 41)


def parabola(network_of, parameters_of, w=3.0):
    """Return L = ½ w²·x² with x = 2, y = 0: L″ = 4, so the best rate is ¼ and the limit ½."""
    network = network_of(1, (1, "identity", False))
    return (
        network,
        Examples(np.array([[2.0]]), np.array([[0.0]])),
        first_state(parameters_of(([[w]], [0.0])), "sgd"),
    )


def test_on_a_parabola_the_best_rate_is_the_one_worked_out_by_hand(network_of, parameters_of, small_task):
    network, examples, state = parabola(network_of, parameters_of)
    objective = replace(small_task()[0].objective, loss="half_squared_error")
    found = step_sizes(network, examples, objective, choice("sgd"), state, RATES)
    # L(η) = 18 (1 − 4η)².
    np.testing.assert_allclose(found.losses, 18.0 * (1.0 - 4.0 * RATES) ** 2, rtol=1e-12)
    assert found.best_rate == pytest.approx(0.25, rel=1e-5)
    assert found.best_loss == pytest.approx(0.0, abs=1e-9)
    assert (found.loss, found.slope) == (18.0, pytest.approx(-144.0))


@EVERY_OPTIMIZER
def test_every_loss_is_that_after_an_update_with_that_rate(small_task, optimizer):
    task, start = small_task(optimizer=optimizer, learning_rate=0.01)
    state = train(task, start, Plan(3)).state
    found = step_sizes(task.network, task.examples, task.objective, task.optimizer, state, RATES)
    for rate, loss in zip(RATES, found.losses, strict=True):
        optimizer_there = replace(task.optimizer, settings={**task.optimizer.settings, "learning_rate": rate})
        after = take_step(task.network, task.examples, task.objective, optimizer_there, state).after.parameters
        made = loss_of(task.network, after, task.examples.inputs, task.examples.targets, task.objective)
        assert loss == pytest.approx(made, rel=1e-9)
    assert found.best_rate is not None
    assert found.best_loss <= found.losses.min()


def test_a_velocity_that_points_uphill_gains_nothing_at_any_rate(network_of, parameters_of, small_task):
    network, examples, state = parabola(network_of, parameters_of)
    objective = replace(small_task()[0].objective, loss="half_squared_error")
    # Just past the bottom with all the speed of the way down: on, up the other side.
    task = replace(small_task()[0], network=network, examples=examples, objective=objective)
    past = train(
        replace(task, optimizer=choice("momentum", learning_rate=0.1)),
        first_state(state.parameters, "momentum"),
        Plan(3),
    ).state
    assert past.parameters[0].weights.item() < 0 < past.optimizer_state.slots["velocity"][0].weights.item()
    found = step_sizes(network, examples, objective, choice("momentum"), past, RATES)
    assert found.slope > 0
    assert found.best_rate is None


def test_where_nothing_can_be_gained_there_is_no_best_rate(network_of, parameters_of, small_task):
    network, examples, state = parabola(network_of, parameters_of, w=0.0)
    objective = replace(small_task()[0].objective, loss="half_squared_error")
    found = step_sizes(network, examples, objective, choice("sgd"), state, RATES)
    assert (found.best_rate, found.best_loss, found.slope) == (None, None, 0.0)


def test_among_rates_that_are_all_too_small_the_largest_is_the_best(network_of, parameters_of, small_task):
    network, examples, state = parabola(network_of, parameters_of)
    objective = replace(small_task()[0].objective, loss="half_squared_error")
    rates = np.geomspace(1e-4, 0.1, 9)
    found = step_sizes(network, examples, objective, choice("sgd"), state, rates)
    assert found.best_rate == pytest.approx(0.1)
    too_large = step_sizes(network, examples, objective, choice("sgd"), state, np.geomspace(0.6, 10.0, 9))
    assert too_large.best_rate is None


def test_losses_beyond_a_double_end_the_curve(small_task):
    task, start = small_task(hidden=("identity", "identity"))
    rates = np.geomspace(1e-4, 1e120, 60)
    found = step_sizes(task.network, task.examples, task.objective, task.optimizer, start, rates)
    assert not np.isfinite(found.losses).all()
    assert found.best_rate is not None
    assert found.best_rate < rates[np.isfinite(found.losses)].max()


def test_frozen_biases_stay_where_they_are_at_every_rate(small_task):
    task, start = small_task()
    frozen = step_sizes(task.network, task.examples, task.objective, task.optimizer, start, np.array([0.5]))
    layers = tuple(replace(layer, bias=True) for layer in task.network.layers)
    trained = step_sizes(
        replace(task.network, layers=layers), task.examples, task.objective, task.optimizer, start, np.array([0.5])
    )
    assert frozen.losses[0] != trained.losses[0]


@pytest.mark.parametrize(("weight", "best"), [(1e-9, None), (1e-3, 2.54), (1e-2, 2.54)])
def test_what_rounding_alone_gains_is_no_best_rate(network_of, parameters_of, small_task, weight, best):
    # XOR without a hidden layer, beside the middle: with 60 digits one finds 2.54.
    network = network_of(2, (1, "sigmoid"))
    examples = Examples(np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]]))
    state = first_state(parameters_of(([[weight, weight]], [0.0])), "sgd")
    objective = replace(small_task()[0].objective, loss="binary_cross_entropy")
    found = step_sizes(network, examples, objective, choice("sgd"), state, RATES)
    assert found.best_rate == (None if best is None else pytest.approx(best, abs=0.01))
