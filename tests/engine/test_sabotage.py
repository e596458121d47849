"""Planted mistakes: each is caught by the check in its layer and told apart from all others."""

from collections import Counter
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from app.engine.bugs import BUGS, EASY, LEARNING_RATE, OBJECTIVE, broken_pass, right_pass
from app.engine.flat import flatten
from app.engine.gradient_check import check_gradients
from app.engine.network import backward
from app.engine.sabotage import CLEAR, HINTS, PASSES, accepted, judge, plant, worst_error
from tests.filled import filled

SEEDS = range(200)


@lru_cache(maxsize=1)
def cases():
    return [plant(seed) for seed in SEEDS]


def layers_of(case):
    return range(len(case.came_back))


def test_each_planted_mistake_is_caught_in_its_layer_and_no_later_layer_fails() -> None:
    for case in filled(cases()):
        assert worst_error(case.check, case.layer) >= CLEAR > 1000 * PASSES
        later = range(case.layer + 1, len(case.came_back))
        assert max((worst_error(case.check, layer) for layer in later), default=0.0) <= PASSES


def test_all_mistakes_occur_in_every_layer_that_they_can_stand_in() -> None:
    seen = Counter((case.bug, case.layer) for case in cases())
    assert {bug for bug, _ in seen} == set(BUGS)
    assert {layer for _, layer in seen} == {0, 1, 2}
    for name in ("updated_weights", "transposed", "lost_path"):
        assert (name, 2) not in seen
    assert ("z_for_a", 0) not in seen


def test_a_seed_is_always_the_same_case_and_neighbours_differ() -> None:
    for seed in range(30):
        one, again, next_one = plant(seed), plant(seed), plant(seed + 1)
        assert (one.bug, one.layer, one.own.network) == (again.bug, again.layer, again.own.network)
        np.testing.assert_array_equal(flatten(one.own.parameters), flatten(again.own.parameters))
        assert one.batch.inputs.shape != next_one.batch.inputs.shape or not np.array_equal(
            one.batch.inputs, next_one.batch.inputs
        )


def test_the_easy_ones_are_those_that_the_ratios_of_one_layer_tell() -> None:
    """The right derivative against its twin: a sign, a factor, a sum; or a part that is nothing at all."""
    assert EASY == ("wrong_sign", "no_derivative", "sum", "no_bias", "no_input")
    assert {plant(seed, EASY).bug for seed in SEEDS} == set(EASY)


def test_with_no_mistake_planted_the_check_passes_and_the_pass_is_the_clear_one() -> None:
    for case in filled(cases()[:60]):
        own = case.own
        right = broken_pass(own, None, len(own.passed) - 1)
        clear = backward(own.network, own.parameters, own.passed, case.batch.targets, OBJECTIVE)
        for mine, theirs in filled(zip(right, clear, strict=True)):
            for name in ("da", "delta", "dW", "db"):
                np.testing.assert_array_equal(getattr(mine, name), getattr(theirs, name))
        check = check_gradients(own.network, own.parameters, case.batch, OBJECTIVE, right)
        assert check.worst <= PASSES


@pytest.mark.parametrize("name", BUGS)
def test_the_check_that_finds_them_would_find_a_thousandth_of_them(name: str) -> None:
    case = next(one for one in cases() if one.bug == name)
    right = case.own.came_back
    nearly = tuple(
        replace(good, dW=0.999 * good.dW + 0.001 * bad.dW, db=0.999 * good.db + 0.001 * bad.db)
        for good, bad in zip(right, case.came_back, strict=True)
    )
    for came_back, passes in ((right, True), (nearly, False)):
        check = check_gradients(case.own.network, case.own.parameters, case.batch, OBJECTIVE, came_back)
        assert (check.worst <= PASSES) == passes


def ratio(case, layer, field):
    given = case.came_back[layer].dW if field == "weights" else case.came_back[layer].db
    return given / getattr(case.check.numerical[layer], field)


def of_kind(name):
    return [case for case in cases() if case.bug == name]


def test_the_ratios_are_the_clues_that_they_are_said_to_be() -> None:
    for case in filled(of_kind("wrong_sign")):
        for layer in filled(range(case.layer + 1)):
            np.testing.assert_allclose(ratio(case, layer, "weights"), -1.0, rtol=1e-4)
            np.testing.assert_allclose(ratio(case, layer, "biases"), -1.0, rtol=1e-4)
    for case in filled(of_kind("sum")):
        for field in ("weights", "biases"):
            np.testing.assert_allclose(ratio(case, case.layer, field), len(case.batch.inputs), rtol=1e-4)
        assert all(
            worst_error(case.check, layer) <= PASSES for layer in filled(layers_of(case)) if layer != case.layer
        )
    for case in filled(of_kind("no_bias")):
        assert not ratio(case, case.layer, "biases").any()
        np.testing.assert_allclose(ratio(case, case.layer, "weights"), 1.0, rtol=1e-4)
    for case in filled(of_kind("no_derivative")):
        back = case.came_back[case.layer]
        np.testing.assert_array_equal(back.delta, back.da)
    for case in filled(of_kind("no_input")):
        back = case.came_back[case.layer]
        for column in back.dW.T:
            np.testing.assert_allclose(column, back.db, rtol=1e-12)


def test_mistakes_on_the_way_back_are_those_worked_out_by_hand() -> None:
    for case in filled(of_kind("updated_weights") + of_kind("lost_path") + of_kind("transposed")):
        after, following = case.came_back[case.layer + 1], case.own.parameters[case.layer + 1].weights
        units = range(len(following))
        for example, errors in filled(enumerate(after.delta)):
            for unit in filled(range(following.shape[1])):
                terms = [errors[to] * following[to, unit] for to in units]
                by_hand = {
                    "lost_path": sum(terms[1:]),
                    "updated_weights": sum(
                        errors[to] * (following[to, unit] - LEARNING_RATE * after.dW[to, unit]) for to in units
                    ),
                    "transposed": sum(errors[to] * following[unit, to] for to in units)
                    if case.bug == "transposed"
                    else None,
                }[case.bug]
                assert case.came_back[case.layer].da[example, unit] == pytest.approx(by_hand, rel=1e-9, abs=1e-15)


def test_no_ratio_is_noise() -> None:
    for case in filled(cases()):
        assert np.abs(flatten(case.check.numerical)).min() > 10 * 1e-5


def test_numbers_are_tenths_for_a_pocket_calculator() -> None:
    for case in filled(cases()[:20]):
        numbers = np.concatenate([flatten(case.own.parameters), case.batch.inputs.ravel()])
        np.testing.assert_allclose(numbers * 10, np.round(numbers * 10), atol=1e-12)
        assert numbers.all()


def test_what_was_planted_is_right_and_every_other_guess_is_wrong_with_a_hint() -> None:
    for case in filled(cases()[:60]):
        right = judge(case, case.layer, case.bug)
        assert (right.is_right, right.hint) == (True, None)
        taken = accepted(case)
        assert (case.layer, case.bug) in taken
        for layer in filled(layers_of(case)):
            for name in BUGS:
                verdict = judge(case, layer, name)
                assert verdict.is_right == ((layer, name) in taken)
                assert (verdict.hint is None) == verdict.is_right
                if not verdict.is_right and verdict.layer_is_right:
                    assert verdict.hint == BUGS[case.bug].look_for
                elif not verdict.is_right:
                    fails = worst_error(case.check, layer) > PASSES
                    assert verdict.hint == HINTS["nearer" if fails else "passes"]["label"]


def test_what_leaves_the_same_numbers_behind_is_accepted_too() -> None:
    # With the batch before equal to this one, a stale gradient changes nothing, wherever it is.
    for case in filled(cases()[:20]):
        own = right_pass(case.own.network, case.own.parameters, case.batch, case.batch)
        twin = replace(case, own=own, bug="stale", layer=1, came_back=broken_pass(own, BUGS["stale"], 1))
        assert set(accepted(twin)) >= {(layer, "stale") for layer in layers_of(case)}
        # Once in a while the weights are symmetric, and turning them round is no mistake either.
        assert {name for _, name in accepted(twin)} <= {"stale", "transposed"}


def test_a_mistake_that_cannot_be_planted_is_said() -> None:
    with pytest.raises(IndexError):
        plant(1, ())
