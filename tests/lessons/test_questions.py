"""Questions with numbers: the answer by hand, every slip recognised, a right answer never taken for one."""

import numpy as np
import pytest

from app.lessons import questions
from app.lessons.questions import LINES, QUESTIONS, SLIPS, example, judge
from tests.filled import filled

SEEDS = range(100)
EVERY = pytest.mark.parametrize("name", QUESTIONS)


def z_of(given) -> float:
    return given["w1"] * given["x1"] + given["w2"] * given["x2"] + given["b"]


def network_output(given) -> float:
    hidden = [
        max(0.0, given[f"w{j}1"] * given["x1"] + given[f"w{j}2"] * given["x2"] + given[f"b{j}"]) for j in (1, 2)
    ]
    return given["v1"] * hidden[0] + given["v2"] * hidden[1] + given["c"]


def off(given) -> float:
    return given["prediction"] - given["target"]


# Each answer from what is given, without the engine.
BY_HAND = {
    "pixel_distance": lambda given: sum(abs(pixel - given["white"]) for pixel in given["pixels"]),
    "parameter_count": lambda given: (
        (given["inputs"] + 1) * given["hidden"] + (given["hidden"] + 1) * given["outputs"]
    ),
    "neuron_z": z_of,
    "neuron_output": lambda given: max(0.0, z_of(given)),
    "network_output": network_output,
    "squared_loss": lambda given: off(given) ** 2,
    "squared_slope": lambda given: 2 * off(given),
    "secant": lambda given: given["at"] + given["nudge"] / 2,
    "weight_gradient": lambda given: (
        sum((given["w"] * given[f"x{n}"] - given[f"y{n}"]) * given[f"x{n}"] for n in (1, 2)) / 2
    ),
    "new_weight": lambda given: given["w"] - given["rate"] * given["gradient"],
    "output_gradient": lambda given: (given["a"] - given["target"]) * given["a"] * (1 - given["a"]) * given["x"],
    "hidden_gradient": lambda given: (
        (given["d1"] * given["v11"] + given["d2"] * given["v21"]) * (given["a1"] * (1 - given["a1"]) * given["x"])
    ),
    "chain_product": lambda given: 2 * (given["a"] * given["x"] + given["b"]) * given["a"],
    "two_paths": lambda given: given["v1"] * given["g1"] + given["v2"] * given["g2"],
    "chain_weight": lambda given: (
        2 * (given["x"] * given["w_in"] * given["w_out"] - given["y"]) * given["w_out"] * given["x"]
        if given["x"] * given["w_in"] > 0
        else 0.0
    ),
    "training_steps": lambda given: -(-given["examples"] // given["size"]) * given["epochs"],
    "momentum_step": lambda given: (
        given["w"] - given["rate"] * (given["momentum"] * given["v"] + given["gradient"])
    ),
    "hidden_sum": lambda given: (
        sum(given[f"w{i + 1}"] * (given["pattern"][i] - given["pattern"][5 - i]) for i in range(3)) + given["b"]
    ),
    "error_in_a_row": lambda given: (
        given["error"]
        * given["w3"]
        * given["a2"]
        * (1 - given["a2"])
        * given["w2"]
        * given["a1"]
        * (1 - given["a1"])
    ),
    "bounce_limit": lambda given: 2 / (given["slope2"] - given["slope1"]),
}


@EVERY
def test_the_answer_is_the_one_worked_out_by_hand(name: str) -> None:
    for seed in SEEDS:
        made = example(QUESTIONS[name], seed)
        assert made.answer == pytest.approx(BY_HAND[name](made.given), abs=1e-9)


@EVERY
def test_every_slip_is_recognised_and_a_right_answer_never_taken_for_one(name: str) -> None:
    question = QUESTIONS[name]
    for seed in SEEDS:
        made = example(question, seed)
        assert not judge(question, seed, made.answer + 1.1 * question.tolerance).is_right
        right = judge(question, seed, made.answer + 0.9 * question.tolerance)
        assert right.is_right
        assert right.slips == ()
        assert [value for _, _, value in right.lines] == [line.value for line in made.lines]
        for slip in filled(made.slips):
            verdict = judge(question, seed, slip.value)
            assert not verdict.is_right
            assert slip in verdict.slips
            assert len(verdict.lines) == 1 + min(one.line for one in verdict.slips)
            assert slip.name in SLIPS
            assert 0 <= slip.line < len(made.lines)


def test_every_slip_that_has_words_is_made_in_some_question() -> None:
    made = {slip.name for one in QUESTIONS.values() for seed in SEEDS for slip in example(one, seed).slips}
    assert made == set(SLIPS)


@EVERY
def test_two_slips_that_coincide_are_both_named(name: str) -> None:
    question = QUESTIONS[name]
    for seed in SEEDS:
        made = example(question, seed)
        for slip in filled(made.slips):
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
        for slip in filled(made.slips):
            shown = [value for _, _, value in judge(question, seed, slip.value).lines]
            assert shown == [*(line.value for line in made.lines[:-1]), None][: len(shown)]


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


# The usual mistakes of whoever learns backpropagation, by the names of the slips that say so.
USUAL = {
    "forgot f′(z)": ("output_gradient", "no_derivative"),
    "forgot the input factor": ("output_gradient", "no_input_factor"),
    "added the gradient": ("new_weight", "uphill"),
    "used the updated weight of the next layer": ("hidden_gradient", "updated_weights"),
    "took one path of several": ("hidden_gradient", "one_path"),
    "summed instead of averaged": ("weight_gradient", "summed"),
    "dropped the ½ or the 2": ("squared_slope", "no_two"),
    "transposed indices": ("hidden_gradient", "crossed_weights"),
    "used z where a is due": ("output_gradient", "z_in_derivative"),
    "used a where z is due, or the reverse": ("neuron_output", "z_for_a"),
    "mixed up the step and the gradient": ("new_weight", "no_rate"),
}


@pytest.mark.parametrize("mistake", USUAL)
def test_each_usual_mistake_is_known_by_name(mistake: str) -> None:
    question, slip = USUAL[mistake]
    made = [example(QUESTIONS[question], seed) for seed in SEEDS]
    slips = [(seed, each) for seed, one in zip(SEEDS, made, strict=True) for each in one.slips if each.name == slip]
    assert len({seed for seed, _ in slips}) > 30
    for seed, each in filled(slips):
        named = {told.name for told in judge(QUESTIONS[question], seed, each.value).slips}
        assert slip in named


def test_no_slip_of_one_file_is_told_in_the_words_of_another() -> None:
    for file in questions._FILES:
        assert {name: SLIPS[name]["label"] for name in file.SLIPS} == dict(file.SLIPS), file.__name__
