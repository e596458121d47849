from dataclasses import replace

import numpy as np
import pytest

from app.engine.flat import flatten
from app.engine.gradient_check import check_gradients, nudged, numerical_gradient, relative_error
from app.engine.network import Layer, Network, Objective, backward, forward, loss_of
from app.engine.training import Examples, first_state, take_step

NETWORK = Network(2, (Layer(3, "tanh"), Layer(2, "sigmoid", False)))
OBJECTIVE = Objective("binary_cross_entropy", l2=0.1)


@pytest.fixture(scope="module")
def given_these(draw_parameters):
    draws = np.random.default_rng(2)
    examples = Examples(draws.normal(size=(4, 2)), draws.choice([0.0, 1.0], (4, 2)))
    parameters = draw_parameters(NETWORK, 6)
    passed = forward(NETWORK, parameters, examples.inputs)
    return parameters, examples, backward(NETWORK, parameters, passed, examples.targets, OBJECTIVE)


def check(given_these, came_back):
    parameters, examples, _ = given_these
    return check_gradients(NETWORK, parameters, examples, OBJECTIVE, came_back)


def test_right_gradients_pass_frozen_biases_included(given_these):
    result = check(given_these, given_these[2])
    assert result.worst < 1e-6
    assert [(own.weights.shape, own.biases.shape) for own in result.numerical] == [((3, 2), (3,)), ((2, 3), (2,))]


@pytest.mark.parametrize(("layer", "field", "place", "start"), [(0, "dW", (1, 0), 2), (1, "dW", (1, 2), 14)])
def test_a_weight_gradient_wrong_by_a_thousandth_is_found_and_its_place_named(
    given_these, layer, field, place, start
):
    came_back = list(given_these[2])
    wrong = getattr(came_back[layer], field).copy()
    wrong[place] *= 1.001
    came_back[layer] = replace(came_back[layer], **{field: wrong})
    result = check(given_these, tuple(came_back))
    assert result.worst == pytest.approx(0.001 / 1.001, rel=1e-3)
    assert result.worst_place == start
    assert result.relative_errors[layer].weights[place] == result.worst


@pytest.mark.parametrize("unit", range(3))
def test_a_bias_gradient_wrong_by_a_thousandth_is_found_and_its_place_named(given_these, unit):
    came_back = list(given_these[2])
    wrong = came_back[0].db.copy()
    wrong[unit] *= 0.999
    came_back[0] = replace(came_back[0], db=wrong)
    result = check(given_these, tuple(came_back))
    assert result.worst > 5e-4
    assert result.worst_place == 6 + unit


def test_the_numerical_gradient_of_a_parabola_is_exact_but_for_rounding(network_of, parameters_of):
    network = network_of(1, (1, "identity"))
    parameters = parameters_of(([[3.0]], [1.0]))
    examples = Examples(np.array([[2.0]]), np.array([[0.5]]))
    # L = ½(2w + b − ½)², so ∂L/∂w = 2 · 6.5 and ∂L/∂b = 6.5.
    for place, expected in ((0, 13.0), (1, 6.5)):
        for nudge in (1e-5, 0.25):
            found = numerical_gradient(network, parameters, examples, Objective("half_squared_error"), place, nudge)
            assert found == pytest.approx(expected, rel=1e-9)


def test_a_nudge_changes_one_number_and_not_the_parameters_given(given_these, bits):
    parameters, examples, _ = given_these
    before = bits(parameters)
    changed = nudged(NETWORK, parameters, examples, OBJECTIVE, 3, 0.5)
    assert bits(parameters) == before
    by_hand = parameters[0].weights.copy()
    by_hand[1, 1] += 0.5
    other = (replace(parameters[0], weights=by_hand), parameters[1])
    assert changed == loss_of(NETWORK, other, examples.inputs, examples.targets, OBJECTIVE)


@pytest.mark.parametrize(
    ("gradient", "numerical", "error"),
    [(1.0, 1.0, 0.0), (1.0, -1.0, 2.0), (0.0, 0.5, 1.0), (2.0, 1.0, 0.5), (0.0, 0.0, 0.0), (1e-12, -1e-12, 2e-5)],
)
def test_the_relative_error_is_0_where_equal_and_2_at_the_opposite_sign(gradient, numerical, error):
    assert relative_error(gradient, numerical) == pytest.approx(error, rel=1e-12)


def test_the_gradient_of_a_step_passes_too(given_these, worked):
    step = take_step(
        worked.network, worked.examples, worked.objective, worked.optimizer, first_state(worked.parameters, "sgd")
    )
    result = check_gradients(worked.network, worked.parameters, worked.examples, worked.objective, step.came_back)
    assert result.worst < 1e-6
    assert flatten(result.numerical)[0] == pytest.approx(0.000438568, abs=1e-9)
