"""One parameter alone: its line, its coming updates, and whether they jump over a minimum."""

import numpy as np
import pytest

from app.engine.landscape import Landscape, plane_of_parameters
from app.engine.network import Objective, loss_of
from app.engine.slope import slope
from app.engine.training import Examples, Plan, first_state, take_step, train
from tests.engine.runs import EVERY_OPTIMIZER, choice


def on_a_parabola(network_of, parameters_of, rate, w=3.0, **more):
    """L = ½(w·2)²: gradient 4w, curvature 4."""
    network = network_of(1, (1, "identity", False))
    state = first_state(parameters_of(([[w]], [0.0])), "sgd")
    examples = Examples(np.array([[2.0]]), np.array([[0.0]]))
    plane = plane_of_parameters(network, state.parameters, [(0, 0, 0)])
    line = Landscape(network, Objective("half_squared_error"), examples, plane)
    return slope(line, choice("sgd", learning_rate=rate), state, steps=4, points=41, **more)


@pytest.mark.parametrize(
    ("rate", "jumps"),
    [(0.1, [False] * 4), (0.24, [False] * 4), (0.26, [True] * 4), (0.49, [True] * 4), (0.6, [True] * 4)],
)
def test_on_a_parabola_the_updates_are_those_worked_out_by_hand(network_of, parameters_of, rate, jumps):
    found = on_a_parabola(network_of, parameters_of, rate)
    assert (found.value, found.loss, found.gradient) == (3.0, 18.0, 12.0)
    expected = 3.0 * (1.0 - 4.0 * rate) ** np.arange(1, 5)
    np.testing.assert_allclose([ghost.value for ghost in found.ghosts], expected, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose([ghost.loss for ghost in found.ghosts], 2.0 * expected**2, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose([ghost.gradient for ghost in found.ghosts], 4.0 * expected, rtol=1e-12, atol=1e-12)
    assert [ghost.has_jumped for ghost in found.ghosts] == jumps
    # One parameter: all together is this one alone.
    assert (found.together.value, found.together.loss) == (
        found.ghosts[0].value,
        pytest.approx(found.ghosts[0].loss),
    )
    np.testing.assert_allclose(found.losses, 2.0 * found.values**2, rtol=1e-12)
    assert found.minimum.loss == found.losses.min()


def test_what_lands_beyond_the_line_is_said(network_of, parameters_of):
    found = on_a_parabola(network_of, parameters_of, 30.0)
    low, high = found.range
    assert low <= 1.5
    assert high >= 4.5
    assert high - low < 60
    assert found.ghosts[0].value == pytest.approx(3.0 - 360.0)
    assert [ghost.is_off for ghost in found.ghosts] == [True] * 4
    chosen = on_a_parabola(network_of, parameters_of, 0.1, ends=(2.5, 3.5))
    assert chosen.range == (2.5, 3.5)
    assert [ghost.is_off for ghost in chosen.ghosts] == [True] * 4


def test_the_range_holds_the_coming_updates_as_long_as_they_are_near(network_of, parameters_of):
    low, high = on_a_parabola(network_of, parameters_of, 0.55).range
    assert low < -3.0 * 1.2**3
    assert high > 3.0 * 1.2**2


@EVERY_OPTIMIZER
@pytest.mark.parametrize("place", [(0, 1, 2), (2, 1, None)])
def test_the_first_update_alone_is_the_one_that_training_makes_of_this_parameter(small_task, optimizer, place):
    task, start = small_task(optimizer=optimizer, learning_rate=0.02)
    state = train(task, start, Plan(3)).state
    plane = plane_of_parameters(task.network, state.parameters, [place])
    line = Landscape(task.network, task.objective, task.examples, plane)
    found = slope(line, task.optimizer, state, steps=3, points=5)
    after = take_step(task.network, task.examples, task.objective, task.optimizer, state).after.parameters
    own = after[place[0]]
    made = own.biases[place[1]] if place[2] is None else own.weights[place[1], place[2]]
    assert found.ghosts[0].value == pytest.approx(made, rel=1e-12)
    assert found.together.value == made
    all_moved = loss_of(task.network, after, task.examples.inputs, task.examples.targets, task.objective)
    assert found.together.loss == all_moved
    assert found.ghosts[0].loss != found.together.loss


def test_a_frozen_bias_stays(small_task):
    task, start = small_task()
    plane = plane_of_parameters(task.network, start.parameters, [(1, 0, None)])
    line = Landscape(task.network, task.objective, task.examples, plane)
    found = slope(line, task.optimizer, start, steps=2, points=5)
    assert [ghost.value for ghost in found.ghosts] == [found.value] * 2
    assert not found.ghosts[0].has_jumped
    assert found.gradient != 0.0
