"""The readers and what works formulas out, on formulas whose value is known: and a wrong formula is noticed."""

import math
from typing import Any

import pytest

from tests.shown.latex import lines_of, of_latex
from tests.shown.plain import of_plain
from tests.shown.reading import LeftOutError, segments, value_of
from tests.shown.rounded import Rounded, apart, half_a_digit
from tests.shown.tokens import number_of, of_mathml


class Letters:
    """Letters that stand for numbers."""

    def __init__(self, **numbers: float) -> None:
        self.numbers, self.bound = numbers, {}

    def symbol(self, letter: str, index: tuple, layer: int | None, mark: str) -> Rounded:
        del layer, mark
        name = letter + "".join(map(str, index))
        return Rounded(self.numbers[name])

    def derivative(self, top: tuple, bottom: tuple) -> Rounded:
        raise NotImplementedError

    def called(self, name: str, argument: tuple) -> Rounded:
        raise NotImplementedError

    def reach(self, index: str) -> int:
        del index
        return 3


def tree(tag: str, *children: Any) -> dict[str, Any]:
    return {"tag": tag, "attributes": {}, "children": children}


def mi(text: str) -> dict[str, Any]:
    return tree("mi", text)


def mo(text: str) -> dict[str, Any]:
    return tree("mo", text)


def mn(text: str) -> dict[str, Any]:
    return tree("mn", text)


X = Letters(x=3.0, y=-2.0, x1=1.0, x2=2.0, x3=5.0, w12=7.0)

PLAIN = [
    ("x + 2·y", -1.0),
    ("−x·y ∕ (x − y)", 1.2),
    ("x² − y^(x − 1)", 5.0),
    ("√(x + 1) × 2", 4.0),
    ("[x > 0] + [y > 0]", 1.0),
    ("½·x", 1.5),
    ("tanh²(x)", math.tanh(3.0) ** 2),
    ("max(y, 0) + exp(y)", math.exp(-2.0)),
    ("w₁₂·x₂", 14.0),
    ("−1.5·10⁻³ × x", -0.0045),
    ("(−2)·x + (−0,5)", -6.5),
]


@pytest.mark.parametrize(("text", "value"), PLAIN)
def test_plain_text_has_its_value(text: str, value: float) -> None:
    found = value_of(of_plain(text, is_shown=False), X)
    assert (found.value, found.error) == (pytest.approx(value), 0.0)


LATEX = [
    (r"\frac{1}{2}(x - y)^2", 12.5),
    (r"\frac{1}{2} \sum_{j} x_j^2", 15.0),
    (r"\lvert y - x \rvert", 5.0),
    (r"\frac{x + 1}{y} \cdot 2", -4.0),
    (r"x_{1} + w_{12} x_{2}", 15.0),
    (r"\max ( 0, y ) + \ln x", math.log(3.0)),
]


@pytest.mark.parametrize(("text", "value"), LATEX)
def test_latex_has_its_value(text: str, value: float) -> None:
    assert value_of(of_latex(text), X).value == pytest.approx(value)


IF, ELSE = tree("mtext", ", if "), tree("mtext", ", else ")
FALL = tree("msup", mi("e"), tree("mrow", mo("−"), mi("x")))
SUM = [tree("munder", mo("∑"), mi("j")), tree("msub", mi("x"), mi("j"))]
MATHML = [
    (tree("mfrac", mn("1"), tree("mrow", mn("1"), mo("+"), FALL)), 1 / (1 + math.exp(-3.0))),
    (tree("mrow", *SUM, mo("·"), mi("y"), mo("+"), mn("1")), -15.0),
    (tree("mrow", mi("x"), IF, mi("y"), mo("≤"), mn("0"), ELSE, mi("y")), 3.0),
    (tree("mrow", mo("|"), mi("y"), mo("|"), mi("x")), 6.0),
    (tree("mrow", mi("ln"), mi("x"), mo("·"), mi("y")), -2.0 * math.log(3.0)),
    (tree("msqrt", tree("msup", mi("x"), mn("2"))), 3.0),
]


@pytest.mark.parametrize(("formula", "value"), MATHML)
def test_mathml_has_its_value(formula: dict[str, Any], value: float) -> None:
    assert value_of(of_mathml(formula), X).value == pytest.approx(value)


def test_a_number_that_was_rounded_may_be_half_a_digit_off_and_not_more() -> None:
    shown = value_of(of_plain("0.3333·3"), X)
    assert not apart(shown, 1.0)
    assert not apart(shown, 0.3333 * 3 + 3 * 0.00005)
    assert apart(shown, 1.001)
    assert (half_a_digit(0.3333), half_a_digit(-12.5), half_a_digit(0.0)) == pytest.approx((5e-5, 5e-3, 0.0))


@pytest.mark.parametrize("wrong", ["x − 2·y", "x + 2 ∕ y", "x + 2", "2·x + y", "x² + 2·y", "x + 2·y + 0.00001"])
def test_a_wrong_formula_is_noticed(wrong: str) -> None:
    assert apart(value_of(of_plain(wrong, is_shown=False), X), -1.0)


def test_what_leaves_something_out_has_no_value() -> None:
    with pytest.raises(LeftOutError):
        value_of(of_plain("x + …"), X)


def test_a_line_is_cut_at_its_equals_signs() -> None:
    assert [value_of(part, X).value for part in segments(of_plain("x = 1 + 2 = 6 ∕ 2"))] == [3.0, 3.0, 3.0]
    lines = lines_of("\\begin{aligned}\nx &= 3 \\\\\n &= 1 + 2\n\\end{aligned}")
    assert [[value_of(part, X).value for part in segments(line)] for line in lines] == [[3.0, 3.0], [3.0]]


def test_numbers_are_read_in_both_languages() -> None:
    assert [number_of(one) for one in ("−0,5", "1\u202f234.5", "2.5·10⁻⁷", "+3")] == [-0.5, 1234.5, 2.5e-7, 3.0]
