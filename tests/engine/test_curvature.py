"""The Hessian against central differences of the gradient, and the sharpness against the whole Hessian."""

from dataclasses import replace

import numpy as np
import pytest

from app.engine import curvature
from app.engine.activations import ACTIVATIONS
from app.engine.curvature import Hessian, bend
from app.engine.flat import flatten, frozen_biases, unflatten
from app.engine.losses import FUSED, LOSSES
from app.engine.network import Layer, LayerParameters, Network, Objective, backward, forward
from app.engine.training import Examples, Plan, Task, first_state, train
from tests.engine.runs import choice

HIDDEN = [name for name, row in ACTIVATIONS.items() if not row.last_layer_only]
PAIRS = [(activation, loss) for activation in ACTIVATIONS for loss in LOSSES]
NUDGE = 1e-5
ACCEPTED = 1e-6


def gradient_at(case, vector):
    parameters = unflatten(vector, case.network)
    passed = forward(case.network, parameters, case.inputs)
    came_back = backward(case.network, parameters, passed, case.targets, case.objective)
    return flatten(tuple(LayerParameters(back.dW, back.db) for back in came_back))


def whole_hessian(case):
    """The Hessian, a product a column."""
    hessian = Hessian(case.network, case.parameters, Examples(case.inputs, case.targets), case.objective)
    size = case.network.parameter_count
    return np.array([flatten(hessian.times(unflatten(column, case.network))) for column in np.eye(size)]).T


def differences(case):
    """The Hessian by central differences of the gradient."""
    at = flatten(case.parameters)
    nudges = NUDGE * np.eye(at.size)
    return np.array([(gradient_at(case, at + h) - gradient_at(case, at - h)) / (2 * NUDGE) for h in nudges]).T


def worst_error(case):
    ours, theirs = whole_hessian(case), differences(case)
    return np.abs(ours - theirs).max() / max(np.abs(theirs).max(), 1e-3)


@pytest.mark.parametrize("name", HIDDEN)
def test_second_derivatives_agree_with_central_differences(name):
    z = np.array([[-3.1, -1.2, -0.4, -0.05, 0.05, 0.3, 1.7, 4.2]])
    row, h = ACTIVATIONS[name], 1e-5

    def slope(at):
        return row.derivative(at, row.function(at))

    expected = (slope(z + h) - slope(z - h)) / (2 * h)
    np.testing.assert_allclose(row.second_derivative(z, row.function(z)), expected, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_second_derivatives_are_finite_wherever_the_function_is(name):
    z = np.array([[-1e100, -800.0, -1e-300, 0.0, 1e-300, 800.0, 1e100]])
    row = ACTIVATIONS[name]
    assert np.isfinite(row.second_derivative(z, row.function(z))).all()


@pytest.mark.parametrize("name", LOSSES)
def test_second_derivatives_of_losses_agree_with_central_differences(name, draw_targets):
    draws = np.random.default_rng(3)
    targets = draw_targets(name, (4, 3), draws)
    a = draws.uniform(0.1, 0.8, (4, 3))
    row, h = LOSSES[name], 1e-6
    expected = (row.derivative(a + h, targets) - row.derivative(a - h, targets)) / (2 * h)
    np.testing.assert_allclose(row.second_derivative(a, targets), expected, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize(("last", "loss"), PAIRS, ids=map("-".join, PAIRS))
def test_products_agree_with_differences_for_every_last_activation_and_loss(case_of, last, loss):
    assert worst_error(case_of("tanh", last, loss, reduction="sum", l1=0.03, l2=0.2)) < ACCEPTED


@pytest.mark.parametrize("hidden", HIDDEN)
def test_products_agree_with_differences_for_every_hidden_activation(case_of, hidden):
    assert worst_error(case_of(hidden, "identity", "half_squared_error", bias=False)) < ACCEPTED


@pytest.mark.parametrize("hidden", ["sigmoid", "gelu", "softplus"])
def test_a_second_derivative_wrong_by_a_thousandth_is_found(case_of, monkeypatch, hidden):
    row = ACTIVATIONS[hidden]
    wrong = replace(row, second_derivative=lambda z, a: 1.001 * row.second_derivative(z, a))
    monkeypatch.setattr(curvature, "ACTIVATIONS", {**ACTIVATIONS, hidden: wrong})
    assert worst_error(case_of(hidden, "identity", "half_squared_error")) > 10 * ACCEPTED


@pytest.mark.parametrize("pair", [pair for pair, row in FUSED.items() if row.tangent], ids="-".join)
def test_a_fused_tangent_wrong_by_a_thousandth_is_found(case_of, monkeypatch, pair):
    row = FUSED[pair]
    wrong = replace(row, tangent=lambda a_dot, y: 1.001 * row.tangent(a_dot, y))
    monkeypatch.setattr(curvature, "FUSED", {**FUSED, pair: wrong})
    assert worst_error(case_of("tanh", *pair)) > 10 * ACCEPTED


def drawn(network, seed, loss, draw_parameters, draw_targets, count=12, **objective):
    draws = np.random.default_rng(seed)
    inputs = draws.normal(size=(count, network.inputs))
    targets = draw_targets(loss, (count, network.outputs), draws)
    return draw_parameters(network, seed), Examples(inputs, targets), Objective(loss, **objective)


def largest(network, parameters, examples, objective):
    """The largest eigenvalue of the whole Hessian of what is trained, by LAPACK."""
    hessian = Hessian(network, parameters, examples, objective)
    size = network.parameter_count
    whole = np.array([flatten(hessian.times(unflatten(column, network))) for column in np.eye(size)])
    trained = np.setdiff1d(np.arange(size), frozen_biases(network))
    return np.linalg.eigvalsh(whole[np.ix_(trained, trained)])[-1]


NETS = {
    "one weight": (Network(1, (Layer(1, "sigmoid", False),)), "half_squared_error", {}),
    "2-2-1": (Network(2, (Layer(2, "tanh"), Layer(1, "sigmoid"))), "binary_cross_entropy", {}),
    "2-8-8-1": (Network(2, (Layer(8, "tanh"), Layer(8, "tanh"), Layer(1, "sigmoid"))), "binary_cross_entropy", {}),
    "relu": (Network(4, (Layer(12, "relu"), Layer(5, "softmax"))), "cross_entropy", {"l2": 0.01}),
    "200": (Network(5, (Layer(12, "gelu"), Layer(8, "silu"), Layer(2, "identity"))), "huber", {"reduction": "sum"}),
    "frozen": (Network(3, (Layer(6, "sigmoid", False), Layer(2, "identity"))), "mean_squared_error", {}),
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", NETS)
def test_the_sharpness_is_the_largest_eigenvalue_of_the_whole_hessian(name, seed, draw_parameters, draw_targets):
    network, loss, objective = NETS[name]
    assert network.parameter_count <= 200
    case = drawn(network, seed, loss, draw_parameters, draw_targets, **objective)
    found = bend(network, *case)
    assert found.converged
    assert found.sharpness == pytest.approx(largest(network, *case), rel=1e-6)
    assert found.critical_learning_rate == (2.0 / found.sharpness if found.sharpness > 0 else None)


def test_where_the_loss_bends_downwards_everywhere_there_is_no_critical_rate(parameters_of):
    # L = ½(σ(wx) − y)², far out on the flat side of the sigmoid: bent down, and the largest eigenvalue is negative.
    network = Network(1, (Layer(1, "sigmoid", False),))
    found = bend(
        network,
        parameters_of(([[2.0]], [0.0])),
        Examples(np.array([[1.0]]), np.array([[0.0]])),
        Objective("half_squared_error"),
    )
    a = 1 / (1 + np.exp(-2.0))
    slope = a * (1 - a)
    assert found.sharpness == pytest.approx(slope * slope + a * slope * (1 - 2 * a), rel=1e-12)
    assert found.sharpness < 0
    assert found.critical_learning_rate is None
    assert found.converged


@pytest.mark.parametrize("seed", range(3))
def test_where_the_loss_is_bent_downwards_or_not_at_all_rounding_is_no_critical_rate(seed, parameters_of):
    # One neuron, ŷ = σ(z) far on the wrong side: L = ½ŷ² has L″ = ŷ²(1 − ŷ)(2 − 3ŷ) < 0 where ŷ > ⅔. The Hessian
    # Σ L″ x xᵀ is bent down in at most 20 directions of 65, and flat in all others.
    network = Network(64, (Layer(1, "sigmoid"),))
    draws = np.random.default_rng(seed)
    inputs = np.abs(draws.normal(size=(20, 64)))
    parameters = parameters_of((0.05 * np.abs(draws.normal(size=(1, 64))), [1.0]))
    examples = Examples(inputs, np.zeros((20, 1)))
    assert forward(network, parameters, inputs)[-1].a.min() > 2 / 3
    found = bend(network, parameters, examples, Objective("half_squared_error"))
    assert (found.sharpness, found.critical_learning_rate, found.converged) == (0.0, None, True)
    assert found.gradient_norm > 0


def test_a_flat_loss_has_no_sharpness(draw_parameters, draw_targets):
    network = Network(2, (Layer(3, "step"), Layer(1, "step")))
    found = bend(network, *drawn(network, 1, "half_squared_error", draw_parameters, draw_targets))
    assert (found.sharpness, found.gradient_norm, found.critical_learning_rate) == (0.0, 0.0, None)
    assert found.converged


def test_numbers_beyond_a_double_are_said_and_do_not_hang(draw_parameters, draw_targets):
    network = Network(2, (Layer(3, "identity"), Layer(1, "identity")))
    parameters, examples, objective = drawn(network, 1, "half_squared_error", draw_parameters, draw_targets)
    huge = unflatten(1e200 * flatten(parameters), network)
    found = bend(network, huge, examples, objective)
    assert np.isnan(found.sharpness)
    assert not found.converged


@pytest.mark.parametrize("beyond", [np.nan, np.inf])
@pytest.mark.parametrize("sound", range(5))
def test_a_product_beyond_a_double_in_the_midst_of_the_search_is_said(
    sound, beyond, monkeypatch, draw_parameters, draw_targets
):
    # LAPACK, given a matrix with a NaN, may raise, or overlook it and return an eigenvalue of the rest.
    times, products = Hessian.times, []

    def overflowing(self, direction):
        products.append(direction)
        found = times(self, direction)
        if len(products) <= sound:
            return found
        return (LayerParameters(beyond * found[0].weights, found[0].biases), *found[1:])

    monkeypatch.setattr(Hessian, "times", overflowing)
    network, loss, _ = NETS["2-8-8-1"]
    found = bend(network, *drawn(network, 1, loss, draw_parameters, draw_targets))
    assert np.isnan(found.sharpness)
    assert (found.critical_learning_rate, found.iterations, found.converged) == (None, sound + 1, False)


def test_a_large_network_ends_its_search_and_says_so(monkeypatch, draw_parameters, draw_targets):
    monkeypatch.setattr(curvature, "_SMALL", 10)
    monkeypatch.setattr(curvature, "MOST_PRODUCTS", 2)
    network, loss, _ = NETS["2-8-8-1"]
    found = bend(network, *drawn(network, 1, loss, draw_parameters, draw_targets))
    assert (found.iterations, found.converged) == (2, False)


@pytest.mark.parametrize(("share", "shrinks"), [(0.999, True), (1.001, False)])
def test_on_a_quadratic_a_rate_just_under_two_over_the_sharpness_converges_and_just_over_diverges(
    share, shrinks, draw_parameters
):
    network = Network(3, (Layer(2, "identity"),))
    draws = np.random.default_rng(5)
    examples = Examples(draws.normal(size=(20, 3)), draws.normal(size=(20, 2)))
    objective = Objective("half_squared_error")
    parameters = draw_parameters(network, 1)
    critical = bend(network, parameters, examples, objective).critical_learning_rate
    task = Task(network, examples, objective, choice("sgd", learning_rate=share * critical))
    losses = train(task, first_state(parameters, "sgd"), Plan(8000)).losses
    if shrinks:
        # Least squares, by LAPACK.
        design = np.column_stack([examples.inputs, np.ones(20)])
        rest = np.linalg.lstsq(design, examples.targets, rcond=None)[1].sum() / 2 / 20
        assert losses[-1] == pytest.approx(rest, rel=1e-6)
    else:
        assert losses[-1] > 100 * losses[0]
