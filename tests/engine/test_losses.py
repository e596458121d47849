from math import exp, inf, log, log1p

import numpy as np
import pytest

from app.engine.activations import ACTIVATIONS
from app.engine.losses import FUSED, LOSSES, targets_problem

SHARES = (
    'The loss "cross_entropy" needs targets that are shares of one whole: none negative, each row adding up to 1.'
)
# Predictions, targets, the parts of the loss and its derivatives, worked out by hand.
BY_HAND = [
    ("mean_squared_error", [0.57, 2.0], [0.0, 1.5], [0.3249 / 2, 0.125], [0.57, 0.5]),
    ("half_squared_error", [0.57, 2.0], [0.0, 1.5], [0.16245, 0.125], [0.57, 0.5]),
    ("mean_absolute_error", [0.57, 2.0, 1.0], [0.0, 3.5, 1.0], [0.19, 0.5, 0.0], [1 / 3, -1 / 3, 0.0]),
    (
        "huber",
        [0.5, 3.0, -4.0, 1.0],
        [0.0, 0.0, 0.0, 0.0],
        [1 / 32, 0.625, 0.875, 0.125],
        [0.125, 0.25, -0.25, 0.25],
    ),
    ("hinge", [0.25, 0.25, 2.0, 1.0], [1.0, -1.0, 1.0, 1.0], [0.1875, 0.3125, 0.0, 0.0], [-0.25, 0.25, 0.0, 0.0]),
    ("binary_cross_entropy", [0.25, 0.25], [1.0, 0.0], [log(4.0) / 2, log(4.0 / 3.0) / 2], [-2.0, 2.0 / 3.0]),
    ("binary_cross_entropy", [0.5], [0.25], [log(2.0)], [1.0]),
    ("binary_cross_entropy", [0.0, 1.0], [0.0, 1.0], [0.0, 0.0], [0.5, -0.5]),
    ("binary_cross_entropy", [0.0, 1.0], [1.0, 0.0], [inf, inf], [-inf, inf]),
    ("cross_entropy", [0.5, 0.25, 0.25], [0.0, 1.0, 0.0], [0.0, log(4.0), 0.0], [0.0, -4.0, 0.0]),
    ("cross_entropy", [0.5, 0.5, 0.0], [0.5, 0.5, 0.0], [log(2.0) / 2, log(2.0) / 2, 0.0], [-1.0, -1.0, 0.0]),
    ("cross_entropy", [1.0, 0.0], [0.0, 1.0], [0.0, inf], [0.0, -inf]),
]


@pytest.mark.parametrize(("loss", "predictions", "targets", "parts", "derivatives"), BY_HAND)
def test_values_and_derivatives_are_those_worked_out_by_hand(loss, predictions, targets, parts, derivatives):
    a, y = np.array([predictions]), np.array([targets])
    np.testing.assert_allclose(LOSSES[loss].parts(a, y)[0], parts, rtol=1e-14, atol=1e-16)
    np.testing.assert_allclose(LOSSES[loss].derivative(a, y)[0], derivatives, rtol=1e-14, atol=0.0)


def test_every_loss_is_worked_out_by_hand():
    assert {case[0] for case in BY_HAND} == set(LOSSES)


def test_every_fused_pair_is_made_of_rows_of_the_tables():
    assert all(row.activation in ACTIVATIONS and row.loss in LOSSES for row in FUSED.values())
    assert all(key == (row.activation, row.loss) for key, row in FUSED.items())


@pytest.mark.parametrize("pair", FUSED, ids="-".join)
@pytest.mark.parametrize("outputs", [1, 2, 5])
def test_a_fused_pair_equals_the_product_of_its_factors_where_those_are_finite(pair, outputs, draw_targets):
    activation, loss = ACTIVATIONS[pair[0]], LOSSES[pair[1]]
    draws = np.random.default_rng(3)
    z = draws.normal(scale=2.0, size=(50, outputs))
    y = draw_targets(pair[1], z.shape, draws)
    if pair[1] == "cross_entropy":
        y[:10] = draws.dirichlet(np.ones(outputs), 10)
    a = activation.function(z)
    np.testing.assert_allclose(FUSED[pair].parts(z, y), loss.parts(a, y), rtol=1e-11, atol=1e-14)
    with np.errstate(
        invalid="ignore"
    ):  # a softmax of one unit is 1: its binary cross-entropy has no slope for y = 0
        product = activation.backward(loss.derivative(a, y), activation.derivative(z, a), a)
    is_finite = np.isfinite(product)
    assert is_finite.all() or (outputs == 1 and is_finite.any())
    np.testing.assert_allclose(FUSED[pair].delta(z, a, y)[is_finite], product[is_finite], rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize(
    ("z", "target", "loss", "delta"),
    [
        (800.0, 0.0, 800.0, 1.0),
        (800.0, 1.0, 0.0, 0.0),
        (-800.0, 1.0, 800.0, -1.0),
        (-800.0, 0.0, 0.0, 0.0),
        (800.0, 0.25, 600.0, 0.75),
        (0.0, 1.0, log(2.0), -0.5),
    ],
)
def test_sigmoid_with_binary_cross_entropy_is_exact_far_out(z, target, loss, delta):
    row, given, targets = FUSED["sigmoid", "binary_cross_entropy"], np.array([[z]]), np.array([[target]])
    assert row.parts(given, targets).item() == loss
    assert row.delta(given, ACTIVATIONS["sigmoid"].function(given), targets).item() == pytest.approx(
        delta, abs=1e-300
    )


@pytest.mark.parametrize("size", [1.0, 20.0, 37.0, 40.0, 300.0, 700.0])
def test_what_is_left_of_the_loss_of_a_right_prediction_keeps_its_relative_accuracy(size):
    z, targets = np.array([[size, -size]]), np.array([[1.0, 0.0]])
    parts = FUSED["sigmoid", "binary_cross_entropy"].parts(z, targets)
    np.testing.assert_allclose(2.0 * parts, log1p(exp(-size)), rtol=1e-14)


@pytest.mark.parametrize(
    ("z", "targets", "loss", "delta"),
    [
        ([800.0, -800.0], [1.0, 0.0], 0.0, [0.0, 0.0]),
        ([800.0, 0.0], [0.0, 1.0], 800.0, [1.0, -1.0]),
        ([800.0, -800.0], [0.0, 1.0], 1600.0, [1.0, -1.0]),
        ([-800.0, -800.0], [1.0, 0.0], log(2.0), [-0.5, 0.5]),
        ([800.0, 800.0, -800.0], [0.0, 1.0, 0.0], log(2.0), [0.5, -0.5, 0.0]),
    ],
)
def test_softmax_with_cross_entropy_is_exact_far_out(z, targets, loss, delta):
    row, given, shares = FUSED["softmax", "cross_entropy"], np.array([z]), np.array([targets])
    assert row.parts(given, shares).sum() == loss
    assert row.delta(given, ACTIVATIONS["softmax"].function(given), shares)[0].tolist() == delta


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_is_a_number_per_output_and_never_negative(loss, draw_targets):
    draws = np.random.default_rng(5)
    a = draws.uniform(0.01, 0.99, (20, 3))
    y = draw_targets(loss, a.shape, draws)
    assert LOSSES[loss].parts(a, y).shape == LOSSES[loss].derivative(a, y).shape == a.shape
    assert (LOSSES[loss].parts(a, y) >= 0.0).all()


@pytest.mark.parametrize(
    ("loss", "targets", "problem"),
    [
        ("binary_cross_entropy", [[0.0, 1.0], [0.5, 0.25]], None),
        (
            "binary_cross_entropy",
            [[0.0, 1.0], [-0.5, 0.0]],
            'The loss "binary_cross_entropy" needs targets between 0 and 1.',
        ),
        ("binary_cross_entropy", [[1.5]], 'The loss "binary_cross_entropy" needs targets between 0 and 1.'),
        ("binary_cross_entropy", [[np.nan]], 'The loss "binary_cross_entropy" needs targets between 0 and 1.'),
        ("hinge", [[1.0, -1.0]], None),
        ("hinge", [[1.0, 0.0]], 'The loss "hinge" needs targets of −1 or 1.'),
        ("cross_entropy", [[0.0, 1.0], [0.25, 0.75]], None),
        (
            "cross_entropy",
            [[0.0, 1.0], [1.0, 1.0]],
            SHARES,
        ),
        (
            "cross_entropy",
            [[1.5, -0.5]],
            SHARES,
        ),
        ("mean_squared_error", [[-7.0, 12.5]], None),
        ("huber", [[-7.0, 12.5]], None),
    ],
)
def test_targets_that_do_not_fit_a_loss_are_refused_in_a_sentence(loss, targets, problem):
    assert targets_problem(loss, np.array(targets)) == problem
