"""The way to each answer, in signs: every line of it comes to its value."""

import math
from collections.abc import Iterator, Mapping

import pytest

from app.lessons.questions import QUESTIONS, example
from app.lessons.questions.made import Example, Line
from tests.filled import filled
from tests.shown.letters import Letters, defined_by
from tests.shown.plain import of_plain
from tests.shown.reading import segments, value_of
from tests.shown.rounded import apart

SEEDS = range(30)
# What is given is called otherwise in signs.
SIGNS: Mapping[str, tuple[str, ...]] = {
    "prediction": ("ŷ",),
    "target": ("y",),
    "at": ("w",),
    "nudge": ("h",),
    "rate": ("η",),
    "momentum": ("μ",),
    "gradient": ("g", "L∂w"),
    "d1": ("δ1",),
    "d2": ("δ2",),
    "error": ("δ3",),
    "w_in": ("win",),
    "w_out": ("wout",),
}
# Lines without a formula, by question and place, and why.
IN_WORDS = {
    ("pixel_distance", -1): "a sum over all pixels, in words",
    ("weight_gradient", 2): "what the mean is, not how it is made",
    ("bounce_limit", 0): "what λ is, not how it is made",
    ("parameter_count", 1): "a count",
    ("parameter_count", 3): "a count",
    ("parameter_count", 4): "a count",
    ("hidden_sum", 2): "a sum of the lines before",
    ("training_steps", 0): "a count",
    ("training_steps", 1): "a count",
}
# Questions whose lines are all counts.
ALL_IN_WORDS = {"training_steps"}


def meanings(name: str, made: Example) -> Letters:
    """What the signs stand for at the start: what is given."""
    known: dict[str, float] = {}
    for given, value in made.given.items():
        if isinstance(value, list):
            known |= {f"x{place}": one for place, one in enumerate(value, start=1)}
        else:
            known |= dict.fromkeys(SIGNS.get(given, (given,)), value)
    functions = {"relu′": lambda z: float(z > 0)}
    if name == "secant":
        functions["f"] = lambda w: w * w / 2
    return Letters(known, **functions)


def wrong(line: Line, way: Letters, before: float) -> Iterator[str]:
    """The parts of a line that do not come to its value; what it names is known from then on."""
    parts = segments(of_plain(line.sign.replace("…", "before"), is_shown=False))
    way.numbers["before"] = before
    name = defined_by(parts[0]) if len(parts) > 1 else ""
    for part in parts[bool(name) :]:
        found = value_of(part, way)
        if apart(found, line.value):
            yield f"{line.sign}: {part} comes to {found.value}, not to {line.value}"
    if name:
        way.numbers[name] = line.value


def named_in_words(name: str, place: int, line: Line) -> list[str]:
    """The letters that later lines have for the value of this one."""
    if name == "network_output":
        return [f"h{place + 1}"]
    return [letter for letter in ("z", "λ") if line.label.startswith(f"{letter},") or line.sign == letter]


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_line_of_the_way_comes_to_its_value(name: str) -> None:
    for seed in SEEDS:
        made = example(QUESTIONS[name], seed)
        way, before, checked = meanings(name, made), math.nan, 0
        for place, line in filled(enumerate(made.lines)):
            if not {(name, place), (name, place - len(made.lines))} & set(IN_WORDS):
                assert line.sign
                assert list(wrong(line, way, before)) == []
                checked += 1
            way.numbers |= dict.fromkeys(named_in_words(name, place, line), line.value)
            before = line.value
        assert (checked > 0) == (name not in ALL_IN_WORDS)


def test_what_has_no_formula_is_there() -> None:
    for (name, place), reason in IN_WORDS.items():
        assert reason
        line = example(QUESTIONS[name], 1).lines[place]
        assert line.sign in ("", "λ", "∂L/∂w", "sum(abs(pixel − white))"), line.sign


@pytest.mark.parametrize("sign", ["w₁·x₂", "w₁ + x₁", "w₂·x₂", "−w₁·x₁"])
def test_a_wrong_sign_is_noticed(sign: str) -> None:
    made = example(QUESTIONS["neuron_z"], 1)
    assert list(wrong(made.lines[0], meanings("neuron_z", made), math.nan)) == []
    assert list(wrong(Line("", sign, made.lines[0].value), meanings("neuron_z", made), math.nan))
