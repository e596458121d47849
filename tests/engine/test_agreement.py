"""Why a gradient and nudging differ: every corner, what is close to one, smooth losses, and wrong gradients."""

from dataclasses import replace

import numpy as np
import pytest

from app.engine.activations import ACTIVATIONS
from app.engine.agreement import compare
from app.engine.flat import flatten
from app.engine.gradient_check import check_gradients, compare_at
from app.engine.losses import LOSSES
from app.engine.network import LayerParameters, Objective, backward, forward
from app.engine.training import Examples
from tests.filled import filled

SQUARED = Objective("half_squared_error")
EPSILON = 2.0**-52


def gradients(network, parameters, examples, objective):
    with np.errstate(all="ignore"):
        passed = forward(network, parameters, examples.inputs)
        return backward(network, parameters, passed, examples.targets, objective)


def flat_gradient(network, parameters, examples, objective):
    came_back = gradients(network, parameters, examples, objective)
    return flatten(tuple(LayerParameters(back.dW, back.db) for back in came_back))


def judged(network, parameters, examples, objective, place, scale=1.0):
    gradient = scale * flat_gradient(network, parameters, examples, objective)[place]
    return compare_at(network, parameters, examples, objective, place, float(gradient))


def slope(z, row):
    return float(row.derivative(np.array([[z]]), row.function(np.array([[z]])))[0, 0])


ELEMENTWISE = [name for name, row in ACTIVATIONS.items() if not row.last_layer_only]
# z of the hidden unit is w + b, its place in the flattened parameters is 0.
ONE = Examples(np.array([[1.0]]), np.array([[1.0]]))


def at(network_of, parameters_of, name, z, out=1.5):
    network = network_of(1, (1, name), (1, "identity"))
    return network, parameters_of(([[1.0]], [z - 1.0]), ([[out]], [0.0]))


def test_the_published_counterexample_is_a_corner_and_not_rounding(network_of, parameters_of):
    network, parameters = at(network_of, parameters_of, "relu", 0.0, out=2.0)
    check = check_gradients(network, parameters, ONE, SQUARED, gradients(network, parameters, ONE, SQUARED))
    found = check.comparison
    assert (found.verdict, found.gradient) == ("corner", 0.0)
    assert found.numerical == pytest.approx(-0.99999)
    assert (found.left, found.right) == (0.0, pytest.approx(-2, abs=1e-3))
    assert abs(found.gradient - found.numerical) > 1e6 * found.rounding


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_at_0_exactly_those_functions_have_a_corner_whose_slopes_differ_there(network_of, parameters_of, name):
    row = ACTIVATIONS[name]
    network, parameters = at(network_of, parameters_of, name, 0.0)
    found = judged(network, parameters, ONE, SQUARED, 0)
    values = row.function(np.array([[-1e-12], [1e-12]]))
    if abs(values[1, 0] - values[0, 0]) > 1e-3:
        assert found.verdict == "jump"
    else:
        assert found.verdict == ("corner" if slope(-1e-9, row) < slope(1e-9, row) - 1e-3 else "agrees")


@pytest.mark.parametrize("z", [3e-6, -3e-6, 9e-6, -9e-6])
@pytest.mark.parametrize("name", ["relu", "leaky_relu", "step"])
def test_a_corner_beside_the_place_is_no_corner_there_but_a_nudge_crosses_it(network_of, parameters_of, name, z):
    found = judged(*at(network_of, parameters_of, name, z), ONE, SQUARED, 0)
    assert found.verdict == "bent"
    assert found.closer == pytest.approx(found.gradient, rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("z", [1e-3, -1e-3, 0.7, -2.0])
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_away_from_corners_every_function_agrees(network_of, parameters_of, name, z):
    assert judged(*at(network_of, parameters_of, name, z), ONE, SQUARED, 0).verdict == "agrees"


@pytest.mark.parametrize(
    ("loss", "target", "output", "verdict"),
    [
        ("mean_absolute_error", 0.5, 0.5, "corner"),
        ("mean_absolute_error", 0.5, 0.75, "agrees"),
        ("huber", 0.5, 0.5, "agrees"),
        ("huber", 0.5, 1.5, "agrees"),
        ("hinge", 1.0, 1.0, "corner"),
        ("hinge", -1.0, -1.0, "corner"),
        ("hinge", 1.0, 0.5, "agrees"),
        ("mean_squared_error", 0.5, 0.5, "agrees"),
        ("half_squared_error", 0.5, 0.5, "agrees"),
    ],
)
def test_corners_of_losses(network_of, parameters_of, loss, target, output, verdict):
    network = network_of(1, (1, "identity"))
    examples = Examples(np.array([[1.0]]), np.array([[target]]))
    found = judged(network, parameters_of(([[output]], [0.0])), examples, Objective(loss), 0)
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("weight", "penalty", "verdict"),
    [(0.0, {"l1": 0.1}, "corner"), (0.3, {"l1": 0.1}, "agrees"), (0.0, {"l2": 0.1}, "agrees"), (0.0, {}, "agrees")],
)
def test_the_corner_of_an_l1_penalty_is_at_a_weight_of_0(network_of, parameters_of, weight, penalty, verdict):
    network = network_of(1, (1, "identity"))
    objective = Objective("half_squared_error", **penalty)
    assert judged(network, parameters_of(([[weight]], [0.2])), ONE, objective, 0).verdict == verdict


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("last", ACTIVATIONS)
@pytest.mark.parametrize("seed", range(3))
def test_random_networks_agree_or_say_overflow_and_a_wrong_gradient_differs(
    network_of, draw_parameters, draw_targets, last, loss, seed
):
    draws = np.random.default_rng(seed)
    network = network_of(2, (3, "relu"), (3, "tanh"), (2, last))
    parameters = draw_parameters(network, seed)
    examples = Examples(draws.normal(size=(5, 2)), draw_targets(loss, (5, 2), draws))
    objective = Objective(loss)
    gradient = flat_gradient(network, parameters, examples, objective)
    for place in filled(range(0, network.parameter_count, 3)):
        with np.errstate(all="ignore"):
            found = judged(network, parameters, examples, objective, place)
            wrong = judged(network, parameters, examples, objective, place, 1.01)
        if found.verdict == "overflow":
            assert not np.isfinite([found.gradient, found.numerical, found.left, found.right]).all()
        else:
            assert found.verdict == "agrees"
        if np.isfinite(gradient[place]) and abs(gradient[place]) > 1e-4:
            assert wrong.verdict == "differs" or found.verdict == "overflow"


@pytest.mark.parametrize("seed", range(20))
def test_a_corner_in_a_random_network_is_found_in_every_weight_that_leads_to_it(network_of, draw_parameters, seed):
    draws = np.random.default_rng(seed)
    network = network_of(2, (3, "relu"), (3, "tanh"), (1, "identity"))
    first, *rest = draw_parameters(network, seed)
    examples = Examples(draws.choice([-1.0, -0.5, 0.5, 1.0], (4, 2)), draws.normal(size=(4, 1)))
    # Unit 1 stands at its corner for example 0: all numbers here are binary fractions, so its sum is exactly 0.
    weights = np.round(first.weights * 4) / 4 + 0.25
    biases = first.biases.copy()
    biases[1] = -float(weights[1] @ examples.inputs[0])
    parameters = (LayerParameters(weights, biases), *rest)
    passed = forward(network, parameters, examples.inputs)
    assert passed[0].z[0, 1] == 0.0
    for place in (2, 3, 7):
        assert judged(network, parameters, examples, SQUARED, place).verdict == "corner"
    check = check_gradients(
        network, parameters, examples, SQUARED, gradients(network, parameters, examples, SQUARED)
    )
    assert check.worst_place in (2, 3, 7)
    assert check.comparison.verdict == "corner"


def test_corners_that_cancel_are_told_as_hidden_ones(network_of, parameters_of):
    # relu(z) − relu(−z) is z: the loss has one slope, and backpropagation takes 0 at the corner of either unit.
    network = network_of(1, (1, "identity"), (2, "relu"), (1, "identity"))
    parts = ([[1.0]], [-1.0]), ([[1.0], [-1.0]], [0.0, 0.0]), ([[1.0, -1.0]], [0.0])
    found = judged(network, parameters_of(*parts), ONE, SQUARED, 0)
    assert (found.gradient, found.verdict) == (0.0, "hidden_corner")
    assert found.left == pytest.approx(found.right, abs=1e-4)
    beside = ([[1.0]], [-0.9]), *parts[1:]
    assert judged(network, parameters_of(*beside), ONE, SQUARED, 0).verdict == "agrees"
    assert compare(lambda by: 0.5 * (by - 1) ** 2, 0.0, 1e-5, EPSILON).verdict == "differs"


@pytest.mark.parametrize("size", [1.0, 1e3, 1e6])
def test_rounding_is_called_agreement_and_only_as_far_as_it_reaches(network_of, parameters_of, size):
    # Large sums cancel: little of the loss is left, and much of its rounding.
    network = network_of(2, (1, "identity"))
    parameters = parameters_of(([[size, -size]], [0.5]))
    examples = Examples(np.array([[1.1, 1.1]]), np.array([[0.4]]))
    found = judged(network, parameters, examples, SQUARED, 0)
    assert found.verdict == "agrees"
    assert (
        judged(network, parameters, examples, SQUARED, 0, 1 + 1e-4 + 20 * found.rounding / 0.11).verdict
        == "differs"
    )


@pytest.mark.parametrize(
    ("loss_at", "gradient", "verdict"),
    [
        (lambda by: (0.5 + by) ** 3, 0.75, "agrees"),
        (lambda by: (0.5 + by) ** 3, 0.7501, "differs"),
        (lambda by: 0.3 + by * by, 0.0, "agrees"),
        (lambda by: 0.3 + max(0.0, by), 0.0, "corner"),
        (lambda by: 0.3 + max(0.0, by), 0.5, "corner"),
        (lambda by: 0.3 + 1e-6 * max(0.0, by), 0.0, "corner"),
        (lambda by: 1.0 if by > 0 else 0.2, 0.0, "jump"),
        (lambda by: 0.2, 0.0, "agrees"),
        (lambda by: float("inf"), 0.0, "overflow"),
        (lambda by: 0.3 + np.tanh(1e6 * by) / 1e6, 1.0, "bent"),
    ],
)
def test_by_curves_that_are_known_by_heart(loss_at, gradient, verdict):
    with np.errstate(all="ignore"):
        assert compare(loss_at, gradient, 1e-5, 2 * EPSILON).verdict == verdict


def test_the_worst_of_a_right_check_is_told_as_agreement_and_of_a_wrong_one_not(network_of, draw_parameters):
    network = network_of(2, (3, "tanh"), (1, "sigmoid"))
    parameters, draws = draw_parameters(network, 1), np.random.default_rng(3)
    examples = Examples(draws.normal(size=(4, 2)), draws.choice([0.0, 1.0], (4, 1)))
    objective = Objective("binary_cross_entropy")
    came_back = gradients(network, parameters, examples, objective)
    assert check_gradients(network, parameters, examples, objective, came_back).comparison.verdict == "agrees"
    wrong = (replace(came_back[0], dW=1.5 * came_back[0].dW), came_back[1])
    assert check_gradients(network, parameters, examples, objective, wrong).comparison.verdict == "differs"
