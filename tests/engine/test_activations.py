from math import e, erf, exp, expm1, log, log1p, sqrt, tanh

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.activations import ACTIVATIONS
from tests.filled import filled

# z, f(z), f′(z).
AT_POINTS = {
    "identity": [(-2.5, -2.5, 1.0), (0.0, 0.0, 1.0), (3.0, 3.0, 1.0)],
    "step": [(-0.1, 0.0, 0.0), (0.0, 0.0, 0.0), (0.1, 1.0, 0.0)],
    "sigmoid": [(0.0, 0.5, 0.25), (log(3.0), 0.75, 0.1875), (-log(3.0), 0.25, 0.1875)],
    "tanh": [(0.0, 0.0, 1.0), (log(2.0), 0.6, 0.64), (-log(2.0), -0.6, 0.64)],
    "relu": [(-2.0, 0.0, 0.0), (0.0, 0.0, 0.0), (2.0, 2.0, 1.0)],
    "leaky_relu": [(-2.0, -0.02, 0.01), (2.0, 2.0, 1.0)],
    "elu": [(-1.0, 1 / e - 1, 1 / e), (0.0, 0.0, 1.0), (2.0, 2.0, 1.0), (-1e-9, expm1(-1e-9), exp(-1e-9))],
    "gelu": [(0.0, 0.0, 0.5), (1.0, 0.5 * (1 + tanh(sqrt(2 / np.pi) * 1.044715)), None)],
    "silu": [(0.0, 0.0, 0.5), (log(3.0), 0.75 * log(3.0), 0.75 * (1 + log(3.0) / 4)), (800.0, 800.0, 1.0)],
    "softplus": [(0.0, log(2.0), 0.5), (log(3.0), log(4.0), 0.75), (-800.0, 0.0, 0.0), (800.0, 800.0, 1.0)],
    "softmax": [(0.0, 1.0, 0.0)],
}
NOT_MIXING = [name for name, row in ACTIVATIONS.items() if not row.last_layer_only]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_values_and_derivatives_have_their_closed_forms(name):
    row = ACTIVATIONS[name]
    for z, value, slope in filled(AT_POINTS[name]):
        given_z = np.array([[z]])
        a = row.function(given_z)
        assert a.item() == pytest.approx(value, rel=1e-14, abs=1e-300)
        if slope is not None:
            assert row.derivative(given_z, a).item() == pytest.approx(slope, rel=1e-14, abs=1e-300)


@pytest.mark.parametrize("name", NOT_MIXING)
def test_derivatives_agree_with_central_differences(name):
    z = np.array([[-3.1, -1.2, -0.4, -0.05, 0.05, 0.3, 1.7, 4.2]])
    row, h = ACTIVATIONS[name], 1e-5
    slopes = (row.function(z + h) - row.function(z - h)) / (2 * h)
    np.testing.assert_allclose(row.derivative(z, row.function(z)), slopes, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
@settings(derandomize=True, deadline=None, max_examples=60)
@given(z=st.lists(st.floats(-1e100, 1e100), min_size=1, max_size=6))
def test_values_stay_in_their_range_and_are_finite_without_a_warning(name, z):
    row, given_z = ACTIVATIONS[name], np.array([z])
    a = row.function(given_z)
    assert np.isfinite(a).all()
    assert np.isfinite(row.derivative(given_z, a)).all()
    assert (a >= row.lowest).all()
    assert (a <= row.highest).all()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_function_leaves_its_input_alone_and_returns_an_array_of_its_own(name):
    z = np.linspace(-2.0, 2.0, 12).reshape(3, 4)
    before = z.copy()
    a = ACTIVATIONS[name].function(z)
    slope = ACTIVATIONS[name].derivative(z, a)
    assert (z == before).all()
    assert not np.shares_memory(a, z)
    assert not np.shares_memory(slope, a)
    assert a.shape == slope.shape == z.shape


@pytest.mark.parametrize("z", [-1.0, -20.0, -40.0, -300.0, -700.0])
def test_the_tails_of_the_sigmoid_keep_their_relative_accuracy(z):
    given_z = np.array([[z]])
    a = ACTIVATIONS["sigmoid"].function(given_z)
    assert a.item() == pytest.approx(exp(z) / (1 + exp(z)), rel=1e-14)
    assert ACTIVATIONS["sigmoid"].derivative(given_z, a).item() == pytest.approx(
        exp(z) / (1 + exp(z)) ** 2, rel=1e-14
    )
    assert ACTIVATIONS["silu"].function(given_z).item() == pytest.approx(z * exp(z) / (1 + exp(z)), rel=1e-14)
    assert ACTIVATIONS["softplus"].function(given_z).item() == pytest.approx(log1p(exp(z)), rel=1e-14)


def test_the_sigmoid_is_a_share_at_any_z():
    a = ACTIVATIONS["sigmoid"].function(np.array([[-1e308, -800.0, 800.0, 1e308]]))
    assert (a[0, :2] < 1e-300).all()
    assert a[0, 2:].tolist() == [1.0, 1.0]


def test_gelu_is_near_the_exact_form_it_approximates():
    z = np.linspace(-5.0, 5.0, 101)[None, :]
    exact = [x * (1 + erf(x / sqrt(2))) / 2 for x in z[0].tolist()]
    np.testing.assert_allclose(ACTIVATIONS["gelu"].function(z)[0], exact, rtol=0.0, atol=5e-4)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(z=st.lists(st.lists(st.floats(-800.0, 800.0), min_size=3, max_size=3), min_size=1, max_size=4))
def test_softmax_gives_shares_of_one_whole(z):
    a = ACTIVATIONS["softmax"].function(np.array(z))
    np.testing.assert_allclose(a.sum(axis=1), 1.0, rtol=1e-15)
    assert (a >= 0.0).all()


@pytest.mark.parametrize("shift", [-1024.0, -0.5, 0.25, 4096.0])
def test_softmax_does_not_notice_a_shift_of_all_z(shift):
    # Quarters and these shifts are exact in binary, so that nothing is rounded before exp().
    z = np.array([[0.25, -1.5, 3.0], [2.0, 2.0, -7.75]])
    function = ACTIVATIONS["softmax"].function
    assert (function(z + shift) == function(z)).all()


def test_softmax_has_the_shares_of_its_exponentials():
    a = ACTIVATIONS["softmax"].function(np.log([[1.0, 2.0, 5.0], [3.0, 3.0, 2.0]]))
    np.testing.assert_allclose(a, [[0.125, 0.25, 0.625], [0.375, 0.375, 0.25]], rtol=1e-15)


def test_the_jacobian_product_of_softmax_equals_the_jacobian_written_out():
    draws = np.random.default_rng(2)
    z, da = draws.normal(size=(4, 5)), draws.normal(size=(4, 5))
    row = ACTIVATIONS["softmax"]
    a = row.function(z)
    jacobians = [np.diag(own) - np.outer(own, own) for own in a]
    expected = [jacobian @ own for jacobian, own in zip(jacobians, da, strict=True)]
    np.testing.assert_allclose(row.jacobian_product(da, a), expected, rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(row.derivative(z, a), [np.diag(own) for own in jacobians], rtol=1e-14)


def test_only_softmax_has_to_be_last():
    assert [name for name, row in ACTIVATIONS.items() if row.last_layer_only] == ["softmax"]
