"""What lessons say in numbers: every value against what is known from elsewhere, by hand or in print."""

import re
from collections.abc import Callable
from math import log

import pytest

from app.lessons.lesson import CONTENT
from app.lessons.values import VALUES, threshold_answers, written

BY_HAND: dict[str, Callable[[], float]] = {
    "white": lambda: 0xFF,
    "byte_values": lambda: 2**8,
    # A line leaves out one corner of four, or none: Minsky and Papert, Perceptrons, 1969.
    "xor_best": lambda: 4 - 1,
    "absolute_57": lambda: 57 / 100,
    "squared_57": lambda: 57**2 / 100**2,
    "squared_55": lambda: 55**2 / 100**2,
    "squared_99": lambda: 99**2 / 100**2,
    "entropy_99": lambda: -log(1 - 0.99),
    # Mean of ½(w − 2)² and ½(2w − 3)²: slope 5w/2 − 4, so w = 8/5, bend 5/2.
    "least_one_weight": lambda: ((8 / 5 - 2) ** 2 + (16 / 5 - 3) ** 2) / 4,
    "bend_one_weight": lambda: (1**2 + 2**2) / 2,
    "limit_one_weight": lambda: 2 / (5 / 2),
    # The best line through (0, 1), (1, 3), (2, 2) is x/2 + 3/2: off by −½, 1, −½.
    "least_weight_and_bias": lambda: (0.5**2 + 1**2 + 0.5**2) / 3 / 2,
    "nearly_least_weight_and_bias": lambda: (0.5**2 + 1**2 + 0.5**2) / 3 / 2 + 1 / 100,
    "symmetry_patterns": lambda: 2**6,
    "symmetric": lambda: 2**3,
    "not_symmetric": lambda: 2**6 - 2**3,
    "symmetry_plateau": lambda: 8 * 0.5 * (1 - 0) ** 2,
    # Nature 323, p. 534: ε = 0.1, α = 0.9, first weights between −0.3 and 0.3.
    "symmetry_rate": lambda: 0.1,
    "symmetry_momentum": lambda: 0.9,
    "symmetry_range": lambda: 0.3,
    # All from 0 to 10; the binary numbers of four digits; the even ones from 0 to 20.
    "sums_of_1234": lambda: 1 + 2 + 3 + 4 + 1,
    "sums_of_1248": lambda: 2**4,
    "sums_of_2468": lambda: (2 + 4 + 6 + 8) / 2 + 1,
    "digits_parameters": lambda: 64 * 16 + 16 + 16 * 10 + 10,
    "one_pass": lambda: 2 * 2 + 2 * 2,
    # A pass; behind each of four weights two paths of five numbers, behind each of the others one of three.
    "price_of_paths": lambda: 8 + 4 * 2 * 4 + 4 * 1 * 2,
    "price_of_nudging": lambda: 8 * 2 * 8,
    # A pass; back 8 for ∂L/∂W, 4 for ∂L/∂a of the hidden layer, 4 for δ.
    "price_of_sweep": lambda: 8 + 8 + 4 + 4,
    # As printed elsewhere, and as printed in the text that made the example known; see tests/claims/chains.py.
    "worked_loss": lambda: 0.291027774,
    "worked_loss_of_slip": lambda: 0.291027924,
    # By eigenvalues of the covariance, and by walks drawn another way: see tests/claims/training.py.
    "plane_of_xor": lambda: 99,
    "plane_of_walk": lambda: 79,
}


def test_every_value_has_a_figure_from_elsewhere() -> None:
    assert set(BY_HAND) == set(VALUES)


@pytest.mark.parametrize("name", VALUES)
def test_a_value_is_the_one_known_from_elsewhere(name: str) -> None:
    assert VALUES[name]() == pytest.approx(BY_HAND[name](), rel=2e-9)


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_value_is_used_by_a_lesson(name: str, language: str) -> None:
    texts = [path.read_text("utf-8") for path in CONTENT.glob(f"*/*{language}.md")]
    assert any(re.search(rf"\{{=\s*{name}\s*\}}", text) for text in texts)


def test_values_are_written_with_the_digits_they_need_and_the_point_of_the_language() -> None:
    assert written(0.29102777, "en") == "0.291"
    assert written(0.29102777, "ru", 8) == "0,29102777"
    assert written(-2.5, "en") == "−2.5"


def test_one_threshold_answers_the_corners_in_every_way_that_a_line_can() -> None:
    answers = threshold_answers()
    # All 16 but XOR and its opposite: Minsky and Papert, Perceptrons, 1969.
    assert len(answers) == 14
    assert (0, 1, 1, 0) not in answers
    assert (1, 0, 0, 1) not in answers


def test_one_neuron_gets_three_of_four_right_at_xor() -> None:
    assert VALUES["xor_best"]() == 3
