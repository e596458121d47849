"""Every derivative against central differences of the loss, and the proof that this check can fail."""

from dataclasses import replace

import numpy as np
import pytest

from app.engine import network as engine
from app.engine.activations import ACTIVATIONS
from app.engine.flat import flatten, unflatten
from app.engine.losses import FUSED, LOSSES
from tests.engine.cases import LOGARITHMIC, Case, worst_error
from tests.filled import filled

ACCEPTED = 1e-6
HIDDEN = [name for name, row in ACTIVATIONS.items() if not row.last_layer_only]
PAIRS = [(activation, loss) for activation in ACTIVATIONS for loss in LOSSES]
# Nothing comes back through a step, so neither a wrong loss nor another wrong layer shows behind it.
PASSING = [name for name in ACTIVATIONS if name != "step"]


@pytest.fixture
def replace_row(monkeypatch):
    """Return `replace_row(table, key, …)`: put a changed row into the table that the algorithm reads."""

    def put(table, key, **changes):
        rows = getattr(engine, table)
        monkeypatch.setattr(engine, table, {**rows, key: replace(rows[key], **changes)})

    return put


# The gradients are right


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize(("last", "loss"), PAIRS, ids=map("-".join, PAIRS))
def test_gradients_agree_with_central_differences_for_every_last_activation_and_loss(
    case_of, last, loss, reduction
):
    assert case_of("tanh", last, loss, reduction=reduction).worst_error() < ACCEPTED


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("loss", LOSSES)
def test_gradients_agree_with_central_differences_for_every_hidden_activation_and_loss(case_of, hidden, loss):
    assert case_of(hidden, "softmax", loss).worst_error() < ACCEPTED


@pytest.mark.parametrize(("last", "loss"), PAIRS, ids=map("-".join, PAIRS))
def test_gradients_include_the_penalties_on_weights(case_of, last, loss):
    assert case_of("silu", last, loss, l1=0.03, l2=0.2).worst_error() < ACCEPTED


@pytest.mark.parametrize("pair", FUSED, ids="-".join)
def test_gradients_of_frozen_biases_are_reported_all_the_same(case_of, pair):
    frozen, trained = (case_of("tanh", *pair, bias=bias) for bias in (False, True))
    assert frozen.worst_error() < ACCEPTED
    assert (frozen.gradient() == trained.gradient()).all()


def test_the_reduction_sum_is_the_mean_times_the_number_of_examples(case_of):
    mean, total = (case_of("tanh", "sigmoid", "huber", reduction=how) for how in ("mean", "sum"))
    np.testing.assert_allclose(total.gradient(), 3.0 * mean.gradient(), rtol=1e-14, atol=1e-17)


# The check can fail


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_hidden_derivative_wrong_by_a_thousandth_is_found(case_of, replace_row, hidden):
    case = case_of(hidden, "identity", "half_squared_error")
    derivative = ACTIVATIONS[hidden].derivative
    if hidden == "step":  # a thousandth of its 0 would be right
        replace_row("ACTIVATIONS", hidden, derivative=lambda z, a: derivative(z, a) + 0.001)
    else:
        replace_row("ACTIVATIONS", hidden, derivative=lambda z, a: derivative(z, a) * 1.001)
    assert case.worst_error() > 100 * ACCEPTED


@pytest.mark.parametrize("last", PASSING)
def test_a_last_derivative_wrong_by_a_thousandth_is_found(case_of, replace_row, last):
    case = case_of("tanh", last, "half_squared_error")
    row = ACTIVATIONS[last]
    if row.jacobian_product:
        replace_row("ACTIVATIONS", last, jacobian_product=lambda da, a: row.jacobian_product(da, a) * 1.001)
    else:
        replace_row("ACTIVATIONS", last, derivative=lambda z, a: row.derivative(z, a) * 1.001)
    assert case.worst_error() > 100 * ACCEPTED


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_derivative_wrong_by_a_thousandth_is_found(case_of, replace_row, loss):
    case = case_of("tanh", "softplus" if loss in LOGARITHMIC else "identity", loss)
    derivative = LOSSES[loss].derivative
    replace_row("LOSSES", loss, derivative=lambda a, y: derivative(a, y) * 1.001)
    assert case.worst_error() > 100 * ACCEPTED


@pytest.mark.parametrize("pair", FUSED, ids="-".join)
def test_a_fused_delta_wrong_by_a_thousandth_is_found(case_of, replace_row, pair):
    case = case_of("tanh", *pair)
    delta = FUSED[pair].delta
    replace_row("FUSED", pair, delta=lambda z, a, y: delta(z, a, y) * 1.001)
    assert case.worst_error() > 100 * ACCEPTED


@pytest.mark.parametrize("hidden", [name for name in HIDDEN if name not in ("identity", "step")])
def test_a_forgotten_derivative_is_found(case_of, replace_row, hidden):
    case = case_of(hidden, "identity", "half_squared_error")
    replace_row("ACTIVATIONS", hidden, derivative=lambda z, _a: np.ones_like(z))
    assert case.worst_error() > 1e-3


@pytest.mark.parametrize("place", range(23))
def test_one_gradient_of_any_weight_or_bias_wrong_by_a_thousandth_is_found(case_of, place):
    case = case_of("tanh", "sigmoid", "mean_squared_error", reduction="sum")
    gradient, numerical = case.gradient(), case.numerical_gradient()
    assert gradient.size == 23
    gradient[place] *= 1.001
    assert worst_error(gradient, numerical) > ACCEPTED


def wrong_sign(case):
    return -case.gradient()


def biases_once_per_weight(case):
    # A bug that was published: the bias moved once for each weight that comes in.
    gradient = case.gradient()
    for layer, own in filled(zip(case.network.layers, unflatten(gradient, case.network), strict=True)):
        assert own.biases.shape == (layer.units,)
        own.biases[:] *= own.weights.shape[1]
    return gradient


def updated_weights_of_the_next_layer(case):
    gradient = flatten(case.parameters) - 0.1 * case.gradient()
    moved = unflatten(gradient, case.network)
    later = Case(case.network, (case.parameters[0], *moved[1:]), case.inputs, case.targets, case.objective)
    first = later.gradient()[: 3 * 3]
    return np.concatenate([first, case.gradient()[9:]])


def summed_for_averaged(case):
    return case.gradient() * len(case.inputs)


def transposed_weights(case):
    gradient = case.gradient()
    last = unflatten(gradient, case.network)[-1].weights
    last[:] = last.T.copy()
    return gradient


def dropped_factor_2(case):
    return case.gradient() / 2


def forgotten_penalty(case):
    objective = replace(case.objective, l2=0.0)
    return Case(case.network, case.parameters, case.inputs, case.targets, objective).gradient()


@pytest.mark.parametrize(
    "sabotage",
    [
        wrong_sign,
        biases_once_per_weight,
        updated_weights_of_the_next_layer,
        summed_for_averaged,
        transposed_weights,
        dropped_factor_2,
        forgotten_penalty,
    ],
)
def test_a_slip_is_found(case_of, sabotage):
    case = case_of("tanh", "sigmoid", "mean_squared_error", l2=0.1)
    assert worst_error(sabotage(case), case.numerical_gradient()) > 1e-3
