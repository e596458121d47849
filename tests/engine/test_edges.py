"""Every function of the tables at all magnitudes of double, against the same formula in 60 digits and more.

A result may differ from the exact one by a few units in the last place. Where a formula adds terms of both signs,
or rounds an argument before it is raised to a power, that much of the largest term, or of what the argument's
rounding makes, is granted too; the rows below say where.
"""

from math import inf, nan

import mpmath
import numpy as np
import pytest

from app.engine.activations import ACTIVATIONS
from app.engine.fast_landscape import grid_of, losses_at
from app.engine.fast_training import end_of
from app.engine.landscape import Landscape, loss_at, random_plane
from app.engine.losses import FUSED, LOSSES
from app.engine.network import Layer, LayerParameters, Network, Objective, forward, penalty_gradient, penalty_of
from app.engine.training import Examples
from tests.filled import filled

mpmath.mp.dps = 60
mpf, exp, log = mpmath.mpf, mpmath.exp, mpmath.log
ULP = 2.0**-52
SMALLEST = 2.0**-1074
FEW = 6

# fmt: off
SIZES = [
    5e-324, 1e-320, 2.2250738585072014e-308, 1e-300, 1e-200, 1e-160, 1e-100, 1e-30, 1e-17, 1.1e-16, 1e-12,
    1e-8, 1e-5, 1e-3, 0.01, 0.1, 0.3, 0.5, 0.75, 1.0, 1.2784645, 1.5, 2.0, 2.4, 3.0, 5.0, 6.5, 8.0, 10.0,
    15.0, 18.2, 18.4, 18.45, 18.5, 18.6, 18.64, 18.7, 19.0, 20.0, 25.0, 30.0, 36.0, 37.0, 40.0, 75.0, 99.9,
    100.5, 200.0, 354.0, 373.0, 600.0, 700.0, 708.0, 709.0, 709.78, 709.79, 710.0, 740.0, 744.4, 745.0,
    745.13, 745.14, 746.0, 799.0, 801.0, 1e3, 1e4, 1e10, 1e77, 1e102, 1e103, 1e154, 1.4e154, 1e200, 1e300,
    1e308, 1.7976931348623157e308,
]
# fmt: on
EVERY = [0.0, -0.0, *SIZES, *(-size for size in SIZES)]


def sigma(z):
    return 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))


def sech2(z):
    return 1 / mpmath.cosh(z) ** 2 if abs(z) < 10_000 else mpf(0)


GELU = 2 * mpmath.sqrt(2 / mpmath.pi)
CUBIC = mpf("0.044715")


def v(z):
    return GELU * (z + CUBIC * z**3)


def gelu_second(z):
    s, first = sigma(v(z)), GELU * (1 + 3 * CUBIC * z**2)
    return s * sigma(-v(z)) * (2 * first + z * 6 * GELU * CUBIC * z + z * first**2 * (1 - 2 * s))


def gelu_first(z):
    s = sigma(v(z))
    return s + z * GELU * (1 + 3 * CUBIC * z**2) * s * sigma(-v(z))


def above(z, yes, no):
    return yes if z > 0 else no


# f, f′ and f″ as textbooks have them, which lose nothing with so many digits.
EXACT = {
    "identity": (lambda z: z, lambda _z: 1, lambda _z: 0),
    "step": (lambda z: above(z, 1, 0), lambda _z: 0, lambda _z: 0),
    "sigmoid": (
        sigma,
        lambda z: sigma(z) * sigma(-z),
        lambda z: -sigma(z) * sigma(-z) * mpmath.tanh(z / 2),
    ),
    "tanh": (mpmath.tanh, sech2, lambda z: -2 * mpmath.tanh(z) * sech2(z)),
    "relu": (lambda z: above(z, z, 0), lambda z: above(z, 1, 0), lambda _z: 0),
    "leaky_relu": (lambda z: above(z, z, mpf(0.01) * z), lambda z: above(z, 1, mpf(0.01)), lambda _z: 0),
    "elu": (
        lambda z: above(z, z, mpmath.expm1(min(z, 0))),
        lambda z: above(z, 1, exp(min(z, 0))),
        lambda z: above(z, 0, exp(min(z, 0))),
    ),
    "gelu": (lambda z: z * sigma(v(z)), gelu_first, gelu_second),
    "silu": (
        lambda z: z * sigma(z),
        lambda z: sigma(z) * (1 + z * sigma(-z)),
        lambda z: sigma(z) * sigma(-z) * (2 - z * mpmath.tanh(z / 2)),
    ),
    "softplus": (
        lambda z: mpmath.log1p(exp(min(z, -z))) + max(z, 0),
        sigma,
        lambda z: sigma(z) * sigma(-z),
    ),
}
# f at −infinity and at infinity, and its two derivatives there.
LIMITS = {
    "identity": ((-inf, inf), (1, 1), (0, 0)),
    "step": ((0, 1), (0, 0), (0, 0)),
    "sigmoid": ((0, 1), (0, 0), (0, 0)),
    "tanh": ((-1, 1), (0, 0), (0, 0)),
    "relu": ((0, inf), (0, 1), (0, 0)),
    "leaky_relu": ((-inf, inf), (0.01, 1), (0, 0)),
    "elu": ((-1, inf), (0, 1), (0, 0)),
    "gelu": ((0, inf), (0, 1), (0, 0)),
    "silu": ((0, inf), (0, 1), (0, 0)),
    "softplus": ((0, inf), (0, 1), (0, 0)),
}
NAMES = [name for name, row in ACTIVATIONS.items() if not row.last_layer_only]


def three(name, z):
    """Return the engine's f, f′ and f″ at each z."""
    row, column = ACTIVATIONS[name], np.array(z, dtype=float)[:, None]
    a = row.function(column)
    return [values[:, 0] for values in (a, row.derivative(column, a), row.second_derivative(column, a))]


def granted(name, order, z, exact):
    """Return how far the engine may be from the exact value of f, f′ or f″ at z."""
    room = FEW * ULP * abs(exact)
    if name == "gelu":
        # v is rounded before e^v; around the zeros of f′ and f″ two terms cancel.
        room *= 1 + abs(v(z))
        room += FEW * ULP * (abs(order * sigma(v(z)) * sigma(-v(z))) * (1 + abs(v(z))) if order else 0)
    if name == "silu" and order:
        room += FEW * ULP * sigma(z) * sigma(-z) * (1 + abs(z))
    return room + 2 * SMALLEST


def test_every_elementwise_row_has_its_formula_here():
    assert set(NAMES) == set(EXACT) == set(LIMITS)


@pytest.mark.parametrize("order", [0, 1, 2])
@pytest.mark.parametrize("name", NAMES)
def test_an_activation_and_its_derivatives_are_exact_at_every_magnitude(name, order):
    wrong = {}
    for z, found in zip(EVERY, three(name, EVERY)[order].tolist(), strict=True):
        with mpmath.workdps(400 if 1e-17 < abs(z) < 2000 else 60):  # 1 − tanh z of large z, before it is 0
            exact = mpmath.mpmathify(EXACT[name][order](mpf(z)))
        if abs(exact) <= np.finfo(float).max and abs(mpf(found) - exact) > granted(name, order, mpf(z), exact):
            wrong[z] = (found, mpmath.nstr(exact, 17))
    assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_at_infinity_an_activation_has_its_limits_and_what_is_no_number_stays_none(name):
    for values, limits in zip(three(name, [-inf, inf]), LIMITS[name], strict=True):
        assert values.tolist() == list(limits)
    assert np.isnan(three(name, [nan])[0]).all()


def softmax_exact(z):
    """Return a and 1 − a of one example."""
    numbers = [mpf(one) for one in z]
    top = max(numbers)
    e = [exp(one - top) for one in numbers]
    total = sum(e)
    return [one / total for one in e], [(total - one) / total for one in e]


TRIPLES = [
    *([size, 0.0, -size] for size in (1e-300, 1e-8, 0.5, 3.0, 19.0, 38.0, 50.0, 350.0, 700.0, 745.0, 800.0, 1e5)),
    *([size, size, 0.0] for size in (1.0, 37.0, 40.0, 700.0, 1e308)),
    *([-size, -size, 0.0] for size in (1.0, 37.0, 40.0, 700.0, 1e308)),
    *([0.0, size, size + 1.0] for size in (40.0, 710.0)),
    [0.0, 0.0, 0.0],
    [1e-320, -1e-320, 0.0],
    [-1e308, 0.0, 1e5],
]


@pytest.mark.parametrize("z", TRIPLES)
def test_softmax_and_its_derivative_are_exact_at_every_magnitude(z):
    row, given = ACTIVATIONS["softmax"], np.array([z])
    with mpmath.workdps(800):
        shares, others = softmax_exact(z)
    a = row.function(given)
    for found, exact in (
        (a, shares),
        (row.derivative(given, a), [x * y for x, y in zip(shares, others, strict=True)]),
    ):
        for one, wanted in filled(zip(found[0].tolist(), exact, strict=True)):
            assert abs(mpf(one) - wanted) <= 2 * FEW * ULP * wanted + 2 * SMALLEST


# y log a and (1 − y) log (1 − a) in so many digits that 1 − a is never 0.
def exact_end(pair, z, y):
    """Return the parts of the loss and ∂(loss of the example)/∂z, by the chain rule, in hundreds of digits."""
    last, loss = pair
    if last == "softmax":
        a, rest = softmax_exact(z)
    else:
        a, rest = [sigma(mpf(one)) for one in z], [sigma(-mpf(one)) for one in z]
    n = len(z)
    y = [mpf(one) for one in y]

    def of(weight, value):
        return mpf(0) if weight == 0 else weight * log(value)

    if loss == "cross_entropy":
        parts = [-of(t, one) for t, one in zip(y, a, strict=True)]
        da = [-t / one for t, one in zip(y, a, strict=True)]
    else:
        parts = [-(of(t, p) + of(1 - t, q)) / n for t, p, q in zip(y, a, rest, strict=True)]
        da = [((1 - t) / q - t / p) / n for t, p, q in zip(y, a, rest, strict=True)]
    if last == "softmax":
        terms = [[da[k] * a[k] * (rest[j] if k == j else -a[j]) for k in range(n)] for j in range(n)]
    else:
        terms = [[da[j] * a[j] * rest[j]] for j in range(n)]
    return parts, [sum(row) for row in terms], terms


ENDS = [
    [z, other]
    for z in (0.0, 1e-320, 1e-9, 0.5, 4.0, 19.0, 37.5, 40.0, 300.0, 700.0, 720.0, 750.0, 800.0)
    for other in (0.0, 1.5, 33.0)
]
WANTED = {
    "cross_entropy": [[1.0, 0.0], [0.0, 1.0], [0.25, 0.75]],
    "binary_cross_entropy": [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0], [0.25, 0.75]],
}


def near(found, exact, terms, z):
    # What is shifted by the largest z is rounded once: so much of it an exponential can be off.
    room = FEW * ULP * (1 + max(abs(one) for one in z)) * sum(abs(one) for one in terms)
    return abs(mpf(found) - exact) <= room + FEW * ULP * abs(exact) + 4 * SMALLEST


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("pair", FUSED, ids="-".join)
def test_a_fused_end_is_exact_at_every_magnitude_in_the_clear_and_the_fast_way(pair, sign):
    row = FUSED[pair]
    network = Network(2, (Layer(2, pair[0]),))
    for values in ENDS:
        z = [sign * one for one in values]
        for y in WANTED[pair[1]]:
            given, targets = np.array([z]), np.array([y])
            a = ACTIVATIONS[pair[0]].function(given)
            parts, delta = row.parts(given, targets), row.delta(given, a, targets)
            fast = end_of(network, Objective(pair[1]), targets)(given, targets, 1.0)
            assert fast[0].tobytes() == parts.tobytes()
            assert fast[1].tobytes() == delta.tobytes()
            with mpmath.workdps(900):
                exact_parts, exact_delta, terms = exact_end(pair, z, y)
            for j in range(2):
                assert near(parts[0, j], exact_parts[j], [exact_parts[j]], z if pair[0] == "softmax" else [0.0]), (
                    z,
                    y,
                    j,
                )
                is_whole = all(one in (0.0, 1.0) for one in y)
                scale = [exact_delta[j]] if is_whole and pair[1] != "binary_cross_entropy" else terms[j]
                assert near(delta[0, j], exact_delta[j], scale, z), (z, y, j, delta[0, j], float(exact_delta[j]))


@pytest.mark.parametrize(("z", "loss"), [(-800.0, 800.0), (-745.5, 745.5), (-1e308, 1e308), (800.0, 0.0)])
def test_a_sigmoid_with_cross_entropy_loses_nothing_where_the_sigmoid_is_0(z, loss):
    row = FUSED["sigmoid", "cross_entropy"]
    given, y = np.array([[z]]), np.array([[1.0]])
    assert row.parts(given, y).item() == loss
    assert row.delta(given, ACTIVATIONS["sigmoid"].function(given), y).item() == (-1.0 if z < 0 else 0.0)


SHARES = [0.0, 5e-324, 1e-310, 1e-200, 1e-155, 1e-20, 0.1, 0.5, 0.9, 1.0 - 1e-10, 1.0 - 2.0**-53, 1.0]
FAR = [0.0, 5e-324, 1e-200, 1e-8, 0.3, 1.0, 1.0 + 1e-12, 3.0, 1e10, 1e154, 1.3e154]
FAR = [*FAR, *(-one for one in FAR)]


def sign(x):
    return (x > 0) - (x < 0)


def ratio(weight, value):
    return mpf(0) if weight == 0 else (mpf(inf) if value == 0 else weight / value)


def logs(weight, value):
    return mpf(0) if weight == 0 else (mpf(-inf) if value == 0 else weight * log(value))


# The loss of one of n outputs and its two derivatives, as written in the tables of textbooks.
EXACT_LOSSES = {
    "mean_squared_error": (
        lambda p, y, n: (p - y) ** 2 / n,
        lambda p, y, n: 2 * (p - y) / n,
        lambda _p, _y, n: mpf(2) / n,
    ),
    "half_squared_error": (
        lambda p, y, _n: (p - y) ** 2 / 2,
        lambda p, y, _n: p - y,
        lambda _p, _y, _n: mpf(1),
    ),
    "mean_absolute_error": (
        lambda p, y, n: abs(p - y) / n,
        lambda p, y, n: mpf(sign(p - y)) / n,
        lambda _p, _y, _n: mpf(0),
    ),
    "huber": (
        lambda p, y, n: ((p - y) ** 2 / 2 if abs(p - y) <= 1 else abs(p - y) - mpf("0.5")) / n,
        lambda p, y, n: max(-1, min(1, p - y)) / mpf(n),
        lambda p, y, n: mpf(1 if abs(float(p - y)) < 1 else 0) / n,
    ),
    "hinge": (
        lambda p, y, n: max(mpf(0), 1 - p * y) / n,
        lambda p, y, n: (-y if p * y < 1 else mpf(0)) / n,
        lambda _p, _y, _n: mpf(0),
    ),
    "binary_cross_entropy": (
        lambda p, y, n: -(logs(y, p) + logs(1 - y, 1 - p)) / n,
        lambda p, y, n: (ratio(1 - y, 1 - p) - ratio(y, p)) / n,
        lambda p, y, n: (ratio(1 - y, (1 - p) ** 2) + ratio(y, p**2)) / n,
    ),
    "cross_entropy": (
        lambda p, y, _n: -logs(y, p),
        lambda p, y, _n: -ratio(y, p),
        lambda p, y, _n: ratio(y, p**2),
    ),
}


def points_of(loss):
    if loss in ("binary_cross_entropy", "cross_entropy"):
        return [(p, y) for p in SHARES for y in (0.0, 1e-20, 0.25, 1.0)]
    targets = (-1.0, 1.0) if loss == "hinge" else (0.0, 1.0, -1e10, 1e154)
    return [(p, y) for p in FAR for y in targets]


def test_every_loss_has_its_formula_here():
    assert set(EXACT_LOSSES) == set(LOSSES)


@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_and_its_derivatives_are_exact_at_every_magnitude(loss, outputs):
    row, wrong = LOSSES[loss], []
    for p, y in filled(points_of(loss)):
        a, targets = np.full((1, outputs), p), np.full((1, outputs), y)
        for order, function in enumerate((row.parts, row.derivative, row.second_derivative)):
            with np.errstate(all="ignore"):
                found = function(a, targets)[0, 0].item()
            with mpmath.workdps(400):
                exact = EXACT_LOSSES[loss][order](mpf(p), mpf(y), outputs)
            if abs(exact) > np.finfo(float).max:
                assert found in (inf, -inf, np.sign(exact) * np.finfo(float).max)
                continue
            # What is compared is a difference, or a sum of two terms, of which each is rounded.
            terms = abs(mpf(p)) * order + 1 if loss == "hinge" else 0
            if loss == "binary_cross_entropy" and order:
                terms = ratio(1 - mpf(y), (1 - mpf(p)) ** order) + ratio(mpf(y), mpf(p) ** order)
            if not abs(mpf(found) - exact) <= FEW * ULP * (abs(exact) + terms) + 2 * SMALLEST:
                wrong.append((p, y, order, found, mpmath.nstr(exact, 17)))
    assert not wrong


@pytest.mark.parametrize(("l1", "l2"), [(0.0, 1e-300), (1e-300, 0.0), (0.1, 0.01), (1e-5, 1e-8)])
@pytest.mark.parametrize("size", [5e-324, 1e-160, 1.0, 1e150, 1e160, 1e300])
def test_penalties_are_exact_at_every_magnitude(l1, l2, size):
    weights = np.array([[size, -size], [0.5 * size, 0.0]])
    objective = Objective("mean_squared_error", l1=l1, l2=l2)
    numbers = [mpf(one) for one in weights.ravel().tolist()]
    exact = mpf(l1) * sum(map(abs, numbers)) + mpf(l2) / 2 * sum(one**2 for one in numbers)
    with np.errstate(over="ignore"):
        found = penalty_of((LayerParameters(weights, np.full(2, 7.0)),), objective)
        gradient = penalty_gradient(weights, objective)
    if exact < np.finfo(float).max:
        assert abs(mpf(found) - exact) <= FEW * ULP * exact + 8 * SMALLEST
    else:
        assert found == inf
    for one, got in filled(zip(numbers, gradient.ravel().tolist(), strict=True)):
        assert abs(mpf(got) - (mpf(l1) * sign(one) + mpf(l2) * one)) <= FEW * ULP * abs(mpf(got)) + 2 * SMALLEST


@pytest.mark.parametrize("scale", [150.0, 400.0, 900.0])
@pytest.mark.parametrize("pair", FUSED, ids="-".join)
def test_a_map_keeps_the_digits_of_a_loss_that_is_nearly_0(case_of, pair, scale):
    case = case_of("tanh", *pair)
    *first, end = case.parameters
    parameters = (*first, LayerParameters(scale * end.weights, end.biases))
    outputs = forward(case.network, parameters, case.inputs)[-1].a
    right = (outputs == outputs.max(axis=1, keepdims=True)).astype(float)
    targets = right if pair[0] == "softmax" else np.round(outputs)
    plane = random_plane(case.network, parameters, 0, "filter")
    landscape = Landscape(case.network, case.objective, Examples(case.inputs, targets), plane)
    points = grid_of(np.linspace(-0.01, 0.01, 3), np.linspace(-0.01, 0.01, 3))
    one_by_one = [loss_at(landscape, *point) for point in points]
    assert max(one_by_one) < 1e-2
    # Both ways round a layer's sums in another order: an exponent of 1,000 is off by some 1e-12 of its size.
    np.testing.assert_allclose(losses_at(landscape, points), one_by_one, rtol=1e-10, atol=0.0)
