"""What every rate would do: verdicts about each border, against closed forms, 60 digits and runs one by one."""

from dataclasses import replace
from decimal import Decimal, localcontext
from math import inf, isnan, nan, nextafter

import numpy as np
import pytest

from app.engine.descent import descend
from app.engine.network import Objective, forward
from app.engine.rates import DEFAULT_RATES, STEPS, Outcome, ends, judge, look_ahead, look_down, rounding
from app.engine.surfaces import SURFACES
from app.engine.training import Batching, Examples, OptimizerChoice, Plan, Task, first_state, train
from tests.engine.runs import EVERY_OPTIMIZER, choice

CROSS_ENTROPY = Objective("binary_cross_entropy")
XOR = Examples(np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]]))
OWN = Outcome(0.5, 1.0)


def verdicts_of(loss, *losses, floor=0.0, dead=()):
    """Return the verdicts on the rates 1, 2, 3 … with these losses."""
    kills = dict(dead)
    tried = [Outcome(float(rate), one, kills.get(rate, 0)) for rate, one in enumerate(losses, start=1)]
    return judge(loss, tried, OWN, floor)


def test_good_begins_at_half_of_the_largest_gain_and_ends_there():
    half = 0.5
    short = nextafter(half, 1.0)
    found = verdicts_of(1.0, short, half, 0.0, half, short)
    assert found.verdicts == ("slow", "good", "good", "good", "bounces")
    assert (found.best.rate, found.recommended.rate, found.settled) == (3.0, 3.0, False)


def test_it_flies_away_where_the_loss_rises_by_more_than_rounding():
    floor = 2.0**-40
    found = verdicts_of(1.0, 0.5, 1.0, 1.0 + floor, 1.0 + 2 * floor, nan, floor=floor)
    assert found.verdicts == ("good", "bounces", "bounces", "flies_away", "flies_away")


def test_it_has_settled_where_the_largest_gain_is_not_above_rounding():
    floor = 2.0**-40
    settled = verdicts_of(1.0, 1.0 - floor / 2, 1.0 - floor, 1.0 + floor, 1.0 + 2 * floor, inf, floor=floor)
    assert settled.settled
    assert settled.verdicts == (None, None, None, "flies_away", "flies_away")
    assert settled.recommended is None
    assert settled.own_verdict is None
    learns = verdicts_of(1.0, 1.0 - floor / 2, 1.0 - 1.5 * floor, floor=floor)
    assert (learns.settled, learns.verdicts) == (False, ("slow", "good"))


def test_a_loss_of_exactly_zero_has_settled():
    found = verdicts_of(0.0, 0.0, 0.0, 1e-300, nan, floor=rounding(0.0, 0.0))
    assert found.settled
    assert found.verdicts == (None, None, "flies_away", "flies_away")


def test_without_a_finite_loss_every_rate_flies_away_and_none_is_best():
    for loss in (1.0, nan, inf):
        found = verdicts_of(loss, nan, nan)
        assert found.verdicts == ("flies_away", "flies_away")
        assert (found.best, found.recommended, found.settled) == (None, None, loss == 1.0)


def test_a_rate_that_kills_units_is_not_good_unless_it_is_the_lowest_of_all_and_never_recommended():
    # 2 and 4 gain enough, and kill units: they get the name of their side of the best.
    found = verdicts_of(1.0, 0.4, 0.3, 0.1, 0.2, dead={2: 1, 4: 3}.items())
    assert found.verdicts == ("good", "slow", "good", "bounces")
    assert found.recommended.rate == 3.0
    # The lowest loss itself kills one: good by its loss, but another is recommended.
    found = verdicts_of(1.0, 0.4, 0.3, 0.1, 0.2, dead={3: 1}.items())
    assert found.verdicts == ("good", "good", "good", "good")
    assert (found.best.rate, found.recommended.rate) == (3.0, 4.0)
    # As low as the lowest, to the bit: not above it.
    assert verdicts_of(1.0, 0.1, 0.1, dead={2: 1}.items()).verdicts == ("good", "good")
    assert verdicts_of(1.0, 0.1, nextafter(0.1, 1), dead={2: 1}.items()).verdicts == ("good", "bounces")
    assert verdicts_of(1.0, 0.1, dead={1: 1}.items()).recommended is None


@pytest.mark.parametrize(
    ("own", "verdict"),
    [
        (Outcome(2.5, 0.4), "good"),
        (Outcome(2.5, 0.6), "slow"),
        (Outcome(3.5, 0.6), "bounces"),
        (Outcome(3.5, 1.1), "flies_away"),
        (Outcome(3.5, 0.05), "good"),
        (Outcome(3.5, 0.2, 1), "bounces"),
        (Outcome(3.5, 0.05, 1), "good"),
    ],
)
def test_the_rate_in_force_is_held_against_the_best_of_the_others(own, verdict):
    tried = [Outcome(1.0, 0.7), Outcome(3.0, 0.1)]
    found = judge(1.0, tried, own, 0.0)
    assert found.own_verdict == verdict
    assert found.verdicts == ("slow", "good")
    assert found.best.rate == 3.0


def bowl(network_of, parameters_of):
    """Return L = ½·(2w)² from w = 3: its limit is ½, and 20 steps leave 18·(1 − 4η)⁴⁰."""
    network = network_of(1, (1, "identity", False))
    examples = Examples(np.array([[2.0]]), np.array([[0.0]]))
    task = Task(network, examples, Objective("half_squared_error"), choice("sgd", learning_rate=0.1))
    return task, first_state(parameters_of(([[3.0]], [0.0])), "sgd")


def test_in_a_bowl_all_verdicts_are_those_worked_out_by_hand(network_of, parameters_of):
    task, start = bowl(network_of, parameters_of)
    # Half is gained where |1 − 4η|⁴⁰ = ½; beyond η = ½ the loss rises.
    slow_to, good_to = (1 - 0.5 ** (1 / 40)) / 4, (1 + 0.5 ** (1 / 40)) / 4
    rates = np.array([slow_to * 0.999, slow_to * 1.001, 0.25, good_to * 0.999, good_to * 1.001, 0.4999, 0.5001])
    found = look_ahead(task, start, rates)
    assert found.verdicts == ("slow", "good", "good", "good", "bounces", "bounces", "flies_away")
    np.testing.assert_allclose(
        [one.loss for one in found.tried], 18 * (1 - 4 * rates) ** 40, rtol=1e-9, atol=1e-300
    )
    assert (found.loss, found.best.rate, found.own_verdict) == (18.0, 0.25, "good")


def exact_losses(weight, rates):
    """Return the loss of XOR's data now and after 20 steps with each rate, for 2-1 sigmoid, to 60 digits."""
    with localcontext() as context:
        context.prec = 60
        one = Decimal(1)
        rows = [(Decimal(a), Decimal(b), Decimal(a ^ b)) for a in (0, 1) for b in (0, 1)]

        def loss(w):
            zs = [w[0] * x + w[1] * y + w[2] for x, y, _ in rows]
            return sum((one + z.exp()).ln() - t * z for z, (_, _, t) in zip(zs, rows, strict=True)) / 4

        found = []
        for rate in rates:
            w, step = [Decimal(weight), Decimal(weight), Decimal(0)], Decimal(rate) / 4
            for _ in range(STEPS):
                deltas = [one / (one + (-(w[0] * x + w[1] * y + w[2])).exp()) - t for x, y, t in rows]
                slopes = [
                    sum(d * row[0] for d, row in zip(deltas, rows, strict=True)),
                    sum(d * row[1] for d, row in zip(deltas, rows, strict=True)),
                    sum(deltas),
                ]
                w = [value - step * slope for value, slope in zip(w, slopes, strict=True)]
            found.append(loss(w))
        return loss([Decimal(weight), Decimal(weight), Decimal(0)]), found


@pytest.mark.parametrize(
    ("weight", "settled"), [(1e-9, True), (1e-7, True), (1e-6, False), (0.01, False), (0.5, False)]
)
def test_next_to_the_middle_of_xor_the_verdicts_are_those_of_sixty_digits(
    network_of, parameters_of, weight, settled
):
    task = Task(network_of(2, (1, "sigmoid")), XOR, CROSS_ENTROPY, choice("sgd", learning_rate=0.5))
    start = first_state(parameters_of(([[weight, weight]], [0.0])), "sgd")
    found = look_ahead(task, start)
    before, after = exact_losses(weight, DEFAULT_RATES.tolist())
    floor = 64 * np.spacing(found.loss)
    gains = [float(before - one) for one in after]
    best = max(gains)
    assert (best <= floor) == settled == found.settled
    sides = [rate < found.best.rate for rate in DEFAULT_RATES]
    for gain, verdict, is_below in zip(gains, found.verdicts, sides, strict=True):
        near = min(abs(gain + floor), abs(gain - best / 2)) < 8 * np.spacing(found.loss)
        if near:  # doubles cannot tell on which side of the border it is
            continue
        rest = None if settled else "good" if gain >= best / 2 else "slow" if is_below else "bounces"
        assert verdict == ("flies_away" if gain < -floor else rest)
    # Never again "flies away" beside a limit of 5.
    assert found.own_verdict != "flies_away"


def test_xor_without_a_hidden_layer_settles_and_no_rate_is_called_slow(network_of, parameters_of):
    task = Task(network_of(2, (1, "sigmoid")), XOR, CROSS_ENTROPY, choice("sgd", learning_rate=0.5))
    start = first_state(parameters_of(([[0.4, -0.7]], [0.1])), "sgd")
    assert look_ahead(task, start).own_verdict in ("slow", "good")
    for steps in (2000, 5000, 20_000):
        found = look_ahead(task, train(task, start, Plan(steps)).state)
        assert found.settled
        assert set(found.verdicts) <= {None, "flies_away"}
        assert (found.own_verdict, found.recommended) == (None, None)


@EVERY_OPTIMIZER
def test_each_rate_goes_on_from_what_the_optimizer_remembers_with_the_batches_to_come(small_task, optimizer, bits):
    task, start = small_task(optimizer=optimizer, learning_rate=0.01)
    task = replace(task, batching=Batching(3, shuffle=True, seed=5))
    state = train(task, start, Plan(7)).state
    rates = np.array([0.001, 0.03, 1.0])
    found = look_ahead(task, state, rates, 6)
    for rate, one in zip([*rates, 0.01], [*found.tried, found.own], strict=True):
        settings = {**task.optimizer.settings, "learning_rate": rate}
        run = train(replace(task, optimizer=OptimizerChoice(optimizer, settings)), state, Plan(6, record_every=6))
        assert one.loss == run.frames[-1].loss
    assert bits(found) == bits(look_ahead(task, state, rates, 6, ends=ends))


@pytest.mark.parametrize(
    ("activation", "target"), [("relu", -1.0), ("tanh", -1.0), ("tanh", 9.0), ("sigmoid", 9.0)]
)
def test_units_that_die_are_counted(network_of, parameters_of, activation, target):
    # The whole hidden layer is thrown to one side by the first step: f′ is 0 for every example.
    task = Task(
        network_of(1, (2, activation), (1, "identity")),
        Examples(np.array([[1.0], [2.0]]), np.array([[target], [target]])),
        Objective("half_squared_error"),
        choice("sgd", learning_rate=0.01),
    )
    start = first_state(parameters_of(([[1.0], [0.5]], [0.1, 0.1]), ([[1.0, 1.0]], [0.0])), "sgd")
    found = look_ahead(task, start, np.array([0.001, 1000.0]), 1)
    assert [one.newly_dead for one in found.tried] == [0, 2]
    after = train(replace(task, optimizer=choice("sgd", learning_rate=1000.0)), start, Plan(1)).state
    z = forward(task.network, after.parameters, task.examples.inputs)[0].z
    assert (np.sign(target) * z > 30).all()
    # Those that were dead before are not counted again.
    again = look_ahead(task, after, np.array([1e-9]), 1)
    assert again.tried[0].newly_dead == 0


def test_the_last_layer_of_a_fused_loss_is_never_called_dead(network_of, parameters_of):
    task = Task(network_of(2, (1, "sigmoid")), XOR, CROSS_ENTROPY, choice("sgd"))
    start = first_state(parameters_of(([[0.1, 0.2]], [0.0])), "sgd")
    assert look_ahead(task, start, np.array([1e4]), 1).tried[0].newly_dead == 0


def test_what_overflows_flies_away(network_of, parameters_of):
    task, start = bowl(network_of, parameters_of)
    found = look_ahead(task, start, np.array([0.25, 1e40]))
    assert isnan(found.tried[1].loss)
    assert found.verdicts == ("good", "flies_away")


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
@pytest.mark.parametrize("surface", SURFACES)
def test_on_a_surface_every_loss_is_that_of_a_walk(surface, optimizer):
    row = SURFACES[surface]
    found = look_down(row, row.start, choice(optimizer, learning_rate=0.07))
    assert [one.rate for one in found.tried] == DEFAULT_RATES.tolist()
    for one in (*found.tried, found.own):
        walk = descend(row, row.start, choice(optimizer, learning_rate=one.rate), STEPS)
        if walk.diverged_at is not None:
            assert isnan(one.loss)
        else:
            assert one.loss == pytest.approx(walk.values[-1], rel=1e-9, abs=1e-12)
    walked = [one.loss for one in found.tried if not isnan(one.loss)]
    assert found.best.loss == min(walked)
    assert found.loss - found.recommended.loss >= (found.loss - found.best.loss) / 2


def test_on_a_parabola_the_borders_are_those_of_its_formula():
    row = SURFACES["parabola"]
    bend = float(row.hessian(np.array([row.start]))[0, 0, 0])
    middle = row.minima[0][0]
    rates = np.array([0.001, 0.01, 0.5, 0.99, 0.999, 1.001, 3.0]) * 2 / bend
    found = look_down(row, row.start, choice("sgd", learning_rate=1.0 / bend), rates)
    bottom = float(row.function(np.array([[middle]]))[0])
    gains = (found.loss - bottom) * (1 - (1 - rates * bend) ** 40)
    np.testing.assert_allclose([found.loss - one.loss for one in found.tried[:6]], gains[:6], rtol=1e-9, atol=1e-9)
    assert found.verdicts == ("slow", "good", "good", "good", "bounces", "flies_away", "flies_away")
