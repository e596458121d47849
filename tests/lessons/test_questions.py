"""Questions with numbers: the answer by hand, every slip recognised, a right answer never taken for one."""

import numpy as np
import pytest

from app.lessons.questions import LINES, QUESTIONS, SLIPS, example, judge

SEEDS = range(100)
EVERY = pytest.mark.parametrize("name", QUESTIONS)


def by_hand(name: str, given) -> float:
    """Compute the answer from what is given, without the engine."""
    if name == "pixel_distance":
        return sum(abs(pixel - given["white"]) for pixel in given["pixels"])
    if name == "parameter_count":
        return (given["inputs"] + 1) * given["hidden"] + (given["hidden"] + 1) * given["outputs"]
    if name == "network_output":
        hidden = [
            max(0.0, given[f"w{j}1"] * given["x1"] + given[f"w{j}2"] * given["x2"] + given[f"b{j}"]) for j in (1, 2)
        ]
        return given["v1"] * hidden[0] + given["v2"] * hidden[1] + given["c"]
    if name == "secant":
        return given["at"] + given["nudge"] / 2
    if name.startswith("squared"):
        off = given["prediction"] - given["target"]
        return off * off if name == "squared_loss" else 2 * off
    if name == "hidden_sum":
        x = given["pattern"]
        z = sum(given[f"w{i + 1}"] * (x[i] - x[5 - i]) for i in range(3)) + given["b"]
    else:
        z = given["w1"] * given["x1"] + given["w2"] * given["x2"] + given["b"]
    return max(0.0, z) if name == "neuron_output" else z


@EVERY
def test_the_answer_is_the_one_worked_out_by_hand(name: str) -> None:
    for seed in SEEDS:
        made = example(QUESTIONS[name], seed)
        assert made.answer == pytest.approx(by_hand(name, made.given), abs=1e-9)


@EVERY
def test_every_slip_is_recognised_and_a_right_answer_never_taken_for_one(name: str) -> None:
    question = QUESTIONS[name]
    seen = set()
    for seed in SEEDS:
        made = example(question, seed)
        right = judge(question, seed, made.answer + 0.9 * question.tolerance)
        assert right.is_right
        assert right.slips == ()
        assert [value for _, _, value in right.lines] == [line.value for line in made.lines]
        for slip in made.slips:
            verdict = judge(question, seed, slip.value)
            assert not verdict.is_right
            assert slip in verdict.slips
            assert len(verdict.lines) <= len(made.lines)
            assert slip.name in SLIPS
            assert 0 <= slip.line < len(made.lines)
            seen.add(slip.name)
    assert seen == {slip.name for seed in SEEDS for slip in example(question, seed).slips}


@EVERY
def test_two_slips_that_coincide_are_both_named(name: str) -> None:
    question = QUESTIONS[name]
    for seed in SEEDS:
        made = example(question, seed)
        for slip in made.slips:
            same = {one.name for one in made.slips if abs(one.value - slip.value) <= question.tolerance}
            assert {one.name for one in judge(question, seed, slip.value).slips} == same


@EVERY
def test_a_wrong_answer_that_is_no_slip_gets_the_first_step_and_never_the_answer(name: str) -> None:
    question = QUESTIONS[name]
    for seed in SEEDS:
        made = example(question, seed)
        verdict = judge(question, seed, 123_456.0)
        assert not verdict.is_right
        assert verdict.slips == ()
        assert len(verdict.lines) == 1
        for slip in made.slips:
            shown = judge(question, seed, slip.value).lines
            if len(shown) == len(made.lines):
                assert shown[-1][2] is None


@EVERY
def test_numbers_are_friendly_and_come_from_their_seed(name: str) -> None:
    question = QUESTIONS[name]
    drawn = [example(question, seed).given for seed in SEEDS]
    assert drawn == [example(question, seed).given for seed in SEEDS]
    assert len({str(one) for one in drawn}) > 30
    numbers = np.concatenate([np.ravel(value) for given in drawn for value in given.values()])
    np.testing.assert_allclose(numbers * 100, np.round(numbers * 100), atol=1e-9)


def test_every_label_of_a_line_can_be_translated() -> None:
    labels = {line.label for name in QUESTIONS for line in example(QUESTIONS[name], 1).lines if line.label}
    assert labels == {row["label"] for row in LINES}
