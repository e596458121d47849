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


def test_on_a_parabola_best_rate_and_zones_are_those_worked_out_by_hand(network_of, parameters_of, small_task):
    network, examples, state = parabola(network_of, parameters_of)
    objective = replace(small_task()[0].objective, loss="half_squared_error")
    found = step_sizes(network, examples, objective, choice("sgd"), state, RATES)
    # L(η) = 18 (1 − 4η)²: half of what there is to gain lies where (1 − 4η)² = ½.
    np.testing.assert_allclose(found.losses, 18.0 * (1.0 - 4.0 * RATES) ** 2, rtol=1e-12)
    assert found.best_rate == pytest.approx(0.25, rel=1e-5)
    assert found.best_loss == pytest.approx(0.0, abs=1e-9)
    assert (found.loss, found.slope) == (18.0, pytest.approx(-144.0))
    assert found.zones.slow_to == pytest.approx((1 - 0.5**0.5) / 4, rel=1e-6)
    assert found.zones.good_to == pytest.approx((1 + 0.5**0.5) / 4, rel=1e-6)
    assert found.zones.bounces_to == pytest.approx(0.5, rel=1e-6)


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
    zones = found.zones
    assert found.best_rate is not None
    assert found.best_loss <= found.losses.min()
    # Just to either side of each end, the gain is on the side that the zone says.
    enough = found.loss - (found.loss - found.best_loss) / 2

    def loss_at(rate):
        return step_sizes(
            task.network, task.examples, task.objective, task.optimizer, state, np.array([rate])
        ).losses[0]

    for end, level, rises in (
        (zones.slow_to, enough, False),
        (zones.good_to, enough, True),
        (zones.bounces_to, found.loss, True),
    ):
        assert end is not None
        below, above = loss_at(end * (1 - 1e-5)), loss_at(end * (1 + 1e-5))
        assert (below < level < above) if rises else (above < level < below)


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
    assert (found.zones.slow_to, found.zones.good_to, found.zones.bounces_to) == (None, None, None)


def test_rates_that_are_all_too_small_end_in_no_zone(network_of, parameters_of, small_task):
    network, examples, state = parabola(network_of, parameters_of)
    objective = replace(small_task()[0].objective, loss="half_squared_error")
    rates = np.geomspace(1e-4, 0.1, 9)
    found = step_sizes(network, examples, objective, choice("sgd"), state, rates)
    assert found.best_rate == pytest.approx(0.1)
    assert found.zones.good_to is None
    assert found.zones.bounces_to is None
    too_large = step_sizes(network, examples, objective, choice("sgd"), state, np.geomspace(0.6, 10.0, 9))
    assert too_large.best_rate is None


def test_losses_beyond_a_double_end_the_curve_and_count_as_flown_away(small_task):
    task, start = small_task(hidden=("identity", "identity"))
    rates = np.geomspace(1e-4, 1e120, 60)
    found = step_sizes(task.network, task.examples, task.objective, task.optimizer, start, rates)
    assert not np.isfinite(found.losses).all()
    assert found.best_rate is not None
    assert found.zones.bounces_to is not None


def test_frozen_biases_stay_where_they_are_at_every_rate(small_task):
    task, start = small_task()
    frozen = step_sizes(task.network, task.examples, task.objective, task.optimizer, start, np.array([0.5]))
    layers = tuple(replace(layer, bias=True) for layer in task.network.layers)
    trained = step_sizes(
        replace(task.network, layers=layers), task.examples, task.objective, task.optimizer, start, np.array([0.5])
    )
    assert frozen.losses[0] != trained.losses[0]
