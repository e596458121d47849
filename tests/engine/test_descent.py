"""Surfaces against central differences and published minima; descent against the rules used by hand."""

import numpy as np
import pytest

from app.engine.descent import critical_learning_rate, descend
from app.engine.network import Layer, LayerParameters, Network, Objective, backward, forward, loss_of
from app.engine.network_surfaces import ONE_WEIGHT, WEIGHT_AND_BIAS
from app.engine.optimizers import OPTIMIZERS
from app.engine.surfaces import SURFACES
from tests.engine.runs import EVERY_OPTIMIZER, choice
from tests.filled import filled

EVERY = pytest.mark.parametrize("name", SURFACES)
# The lowest value there is, and where: published with each function (Rosenbrock 1960; Himmelblau 1972; Beale 1958;
# Rastrigin 1974).
PUBLISHED = {
    "rosenbrock": (0.0, [(1.0, 1.0)]),
    "himmelblau": (0.0, [(3.0, 2.0), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)]),
    "beale": (0.0, [(3.0, 0.5)]),
    "rastrigin": (0.0, [(0.0, 0.0)]),
}
# A value at another place, worked out by hand.
BY_HAND = {
    "parabola": ((-2.0,), 2.0),
    "two_valleys": ((1.0,), -0.3),
    "flat_then_steep": ((2.0,), 0.02 + np.log(2.0)),
    "inflection": ((-0.5,), -0.125),
    "bowl": ((3.0, -4.0), 12.5),
    "ravine": ((2.0, 1.0), 12.0),
    "saddle": ((1.0, 1.0), 0.25),
    "rosenbrock": ((0.0, 1.0), 101.0),
    "himmelblau": ((0.0, 0.0), 170.0),
    "beale": ((0.0, 0.0), 1.5**2 + 2.25**2 + 2.625**2),
    "rastrigin": ((0.5, 0.0), 20.25),
    "one_weight": ((1.0,), 0.5),  # it says 1 and 2 where 2 and 3 are wanted
    "weight_and_bias": ((1.0, 0.0), 5.0 / 6.0),  # 0, 1, 2 for 1, 3, 2: ½·(1 + 4 + 0)/3
}


def somewhere(surface):
    draws = np.random.default_rng(1)
    sides = (surface.x_range, surface.y_range)[: surface.variables]
    return np.column_stack([draws.uniform(*side, 20) for side in sides])


@EVERY
def test_a_value_is_the_one_worked_out_by_hand(name):
    point, value = BY_HAND[name]
    assert SURFACES[name].function(np.array([point])).item() == pytest.approx(value, rel=1e-12)


@EVERY
def test_gradients_and_second_derivatives_agree_with_central_differences(name):
    surface, h = SURFACES[name], 1e-5
    points = somewhere(surface)
    nudges = h * np.eye(surface.variables)
    slopes = [(surface.function(points + n) - surface.function(points - n)) / (2 * h) for n in nudges]
    np.testing.assert_allclose(surface.gradient(points), np.stack(slopes, axis=1), rtol=1e-6, atol=1e-6)
    bends = [(surface.gradient(points + n) - surface.gradient(points - n)) / (2 * h) for n in nudges]
    np.testing.assert_allclose(surface.hessian(points), np.stack(bends, axis=2), rtol=1e-6, atol=1e-5)


@EVERY
def test_minima_are_minima_and_lie_with_the_start_on_what_is_shown(name):
    surface = SURFACES[name]
    sides = (surface.x_range, surface.y_range)[: surface.variables]
    for point in (surface.start, *surface.minima):
        assert all(low <= coordinate <= high for coordinate, (low, high) in zip(point, sides, strict=True))
    for minimum in surface.minima:
        at = np.array([minimum])
        assert np.abs(surface.gradient(at)).max() < 1e-5
        assert np.linalg.eigvalsh(surface.hessian(at)[0])[0] > 0
    assert surface.minima or name == "inflection"


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_usual_functions_have_their_published_minima(name):
    value, places = PUBLISHED[name]
    assert SURFACES[name].minima == pytest.approx(np.array(places), abs=1e-5)
    for place in SURFACES[name].minima:
        assert SURFACES[name].function(np.array([place])).item() == pytest.approx(value, abs=1e-10)


@pytest.mark.parametrize(("name", "examples"), [("one_weight", ONE_WEIGHT), ("weight_and_bias", WEIGHT_AND_BIAS)])
def test_the_losses_of_small_networks_are_those_of_the_network_engine(name, examples):
    x, y = examples
    has_bias = name == "weight_and_bias"
    network = Network(1, (Layer(1, "identity", bias=has_bias),))
    objective = Objective("half_squared_error")
    for point in filled(somewhere(SURFACES[name])):
        parameters = (LayerParameters(np.array([[point[0]]]), np.array([point[1] if has_bias else 0.0])),)
        passed = forward(network, parameters, x[:, None])
        found_loss = loss_of(network, parameters, x[:, None], y[:, None], objective)
        assert SURFACES[name].function(point[None]).item() == pytest.approx(found_loss, rel=1e-12)
        (layer,) = backward(network, parameters, passed, y[:, None], objective)
        found = [layer.dW.item(), *([layer.db.item()] if has_bias else [])]
        np.testing.assert_allclose(SURFACES[name].gradient(point[None])[0], found, rtol=1e-12, atol=1e-14)


@EVERY_OPTIMIZER
@EVERY
def test_a_walk_is_the_optimizers_own_rule_applied_again_and_again(name, optimizer):
    surface, chosen = SURFACES[name], choice(optimizer, learning_rate=0.003)
    walk = descend(surface, surface.start, chosen, 6)
    row = OPTIMIZERS[optimizer]
    point = np.array(surface.start)
    slots = tuple(np.zeros_like(point) for _ in row.slots)
    for t in range(1, 7):
        gradient = surface.gradient(point[None])[0]
        assert (walk.points[t - 1] == point).all()
        assert (walk.gradients[t - 1] == gradient).all()
        point, slots = row.update(point, gradient, slots, chosen.settings, t)
        # What is remembered, what it is divided by, what moves: together they are the update.
        rate, before = chosen.settings["learning_rate"], walk.points[t - 1]
        moved = gradient if walk.remembered is None else walk.remembered[t - 1]
        moved = moved if walk.divisors is None else moved / walk.divisors[t - 1]
        kept = before * (1 - rate * chosen.settings["weight_decay"]) if optimizer == "adamw" else before
        np.testing.assert_allclose(kept - rate * moved, point, rtol=1e-12)
        np.testing.assert_allclose(walk.moves[t - 1], point - before, rtol=0, atol=0)
    assert (walk.points[6] == point).all()
    assert (walk.values == surface.function(walk.points)).all()


@pytest.mark.parametrize(("name", "limit"), [("parabola", 2.0), ("bowl", 2.0), ("ravine", 0.1)])
def test_just_under_two_over_the_curvature_it_arrives_and_just_over_it_flies_away(name, limit):
    surface = SURFACES[name]
    critical, at = critical_learning_rate(surface, surface.start)
    assert critical == pytest.approx(limit)
    assert at == surface.minima[0]
    under = descend(surface, surface.start, choice("sgd", learning_rate=0.99 * critical), 4000)
    over = descend(surface, surface.start, choice("sgd", learning_rate=1.01 * critical), 4000)
    assert (under.outcome, under.diverged_at) == ("converged", None)
    assert over.outcome == "diverged"
    assert np.abs(over.points[over.diverged_at]).max() > 1e6


def test_the_endings_are_told_apart():
    surface = SURFACES["parabola"]
    endings = {
        rate: descend(surface, (-2.5,), choice("sgd", learning_rate=rate), 30).outcome
        for rate in (0.001, 0.5, 1.99, 40.0)
    }
    assert endings == {0.001: "slow", 0.5: "converged", 1.99: "oscillating", 40.0: "diverged"}


@pytest.mark.parametrize(("rate", "steps"), [(3.0, 40), (2.5, 60), (12.0, 12)])
def test_it_has_flown_away_at_the_first_step_that_is_a_million_times_what_is_shown(rate, steps):
    """On the parabola x²/2 an update multiplies x by 1 − η: the step is worked out by hand."""
    surface = SURFACES["parabola"]
    low, high = surface.x_range
    far = 1e6 * (high - low)
    first = next(t for t in range(100) if abs(-3.0 * (1 - rate) ** t) > far)
    walk = descend(surface, (-3.0,), choice("sgd", learning_rate=rate), steps)
    assert (walk.outcome, walk.diverged_at) == ("diverged", first)
    before = descend(surface, (-3.0,), choice("sgd", learning_rate=rate), first - 1)
    assert (before.outcome, before.diverged_at) == ("oscillating", None)


def test_a_run_whose_numbers_end_keeps_those_it_had():
    walk = descend(SURFACES["rosenbrock"], (-1.5, 2.0), choice("sgd", learning_rate=1.0), 100)
    assert walk.outcome == "diverged"
    assert np.isfinite(walk.points).all()
    beyond = np.abs(walk.points).max(axis=1) > 1e6 * max(
        high - low for low, high in reaches(SURFACES["rosenbrock"])
    )
    assert walk.diverged_at == int(np.argmax(beyond)) < walk.points.shape[0] < 100


def reaches(surface):
    return surface.x_range, surface.y_range


def test_a_walk_without_a_number_has_flown_away_at_the_update_that_had_none():
    walk = descend(SURFACES["parabola"], (-3.0,), choice("sgd", learning_rate=1e300), 5)
    assert walk.points.shape[0] >= 1
    after = np.abs(walk.points[1:]).max(axis=1, initial=0.0) > 1e6
    assert walk.diverged_at == (int(np.argmax(after)) + 1 if after.any() else walk.points.shape[0])


def test_where_it_is_not_bent_upwards_there_is_no_critical_rate():
    assert critical_learning_rate(SURFACES["inflection"], (-1.0,)) == (None, (-1.0,))
    assert critical_learning_rate(SURFACES["inflection"], (0.5,))[0] == pytest.approx(2.0 / 3.0)
    assert critical_learning_rate(SURFACES["two_valleys"], (-0.5,))[1] == SURFACES["two_valleys"].minima[0]
