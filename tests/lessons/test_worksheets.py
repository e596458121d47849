"""Worksheets: the same seed the same sheet, and a script in NumPy that comes to the same numbers."""

import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import islice

import numpy as np
import pytest

from app.i18n import LANGUAGES
from app.lessons.lesson import CONTENT, Lesson, course
from app.lessons.question_scripts import SCRIPTS, Script
from app.lessons.questions import QUESTIONS, example
from app.lessons.questions.made import Example
from app.lessons.sheet_script import script
from app.lessons.slip_scripts import SLIP_SCRIPTS, SlipScript, names
from app.lessons.worksheets import Problem, problems, questions, rounded, signs
from tests.filled import filled

LESSONS = course([CONTENT]).lessons
WITH_NUMBERS = [lesson for lesson in LESSONS if questions(lesson.pages["en"])]
EVERY = pytest.mark.parametrize("lesson", WITH_NUMBERS, ids=lambda one: one.slug)


def sheet(lesson: Lesson, seed: int = 1, count: int = 6, language: str = "en") -> tuple[Problem, ...]:
    return problems(lesson.pages[language], language, seed, count)


@EVERY
def test_the_same_seed_makes_the_same_sheet_in_every_language_and_a_longer_one_begins_so(lesson: Lesson) -> None:
    long = sheet(lesson, count=12)
    assert long == sheet(lesson, count=12)
    assert long[:5] == sheet(lesson, count=5)
    assert [one.made for one in long] == [one.made for one in sheet(lesson, count=12, language="ru")]
    others = {str([one.made.given for one in sheet(lesson, seed)]) for seed in range(30)}
    assert len(others) == 30


@EVERY
def test_the_kinds_take_turns_and_no_two_problems_are_alike(lesson: Lesson) -> None:
    kinds = [block.data["question"] for block in questions(lesson.pages["en"])]
    made = sheet(lesson, count=40)
    assert [one.number for one in made] == list(range(1, 41))
    assert [one.question for one in made] == [kinds[index % len(kinds)] for index in range(40)]
    assert len({(one.question, str(one.made.given)) for one in made}) == 40


@pytest.mark.parametrize("language", LANGUAGES)
@EVERY
def test_the_text_of_a_problem_has_its_own_numbers(lesson: Lesson, language: str) -> None:
    for one in filled(sheet(lesson, seed=7, count=10, language=language)):
        shown = re.findall(r'data-given="(\w+)">([^<]*)<', one.asked)
        assert shown
        for name, text in shown:
            numbers = text.replace("−", "-").split("; " if language == "ru" else ", ")
            values = [float(number.replace(",", ".") if language == "ru" else number) for number in numbers]
            assert values == pytest.approx(np.ravel(one.made.given[name]).tolist(), rel=1e-3)


def test_a_lesson_that_asks_for_no_numbers_makes_no_sheet() -> None:
    page = WITH_NUMBERS[0].pages["en"]
    without = replace(page, blocks=tuple(block for block in page.blocks if block.kind != "number"))
    assert problems(without, "en", 1, 6) == ()


def test_numbers_are_written_the_same_whatever_their_last_bit() -> None:
    assert rounded(12.345, "en") == rounded(float(np.nextafter(12.345, 0.0)), "en") == "12.35"
    assert rounded(-0.5, "ru") == "−0,5"
    assert rounded(-0.0, "en") == rounded(0.1 + 0.2 - 0.3, "en") == rounded(0.3 - 0.2 - 0.1, "en") == "0"
    assert signs("½·1.5²", "ru") == "½·1,5²"


# The script


@cache
def examples(name: str) -> tuple[Example, ...]:
    return tuple(example(QUESTIONS[name], seed) for seed in range(100))


def lines_apart(name: str, row: Script) -> list[int]:
    """The seeds at which a script's lines are not those of the engine."""
    apart = []
    for seed, made in enumerate(examples(name)):
        found, wanted = row(**made.given), [line.value for line in made.lines]
        if len(found) != len(wanted) or not np.allclose(found, wanted, rtol=1e-12, atol=1e-12):
            apart.append(seed)
    return apart


def test_every_question_has_a_script() -> None:
    assert set(SCRIPTS) == set(QUESTIONS), "a kind of question needs a row in app/lessons/question_scripts.py"


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_comes_to_the_engines_lines(name: str) -> None:
    assert lines_apart(name, SCRIPTS[name]) == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_that_is_a_little_off_would_be_noticed(name: str) -> None:
    def off(**given: float) -> list[float]:
        *way, answer = SCRIPTS[name](**given)
        return [*way, answer + 1e-9 * max(1.0, abs(answer))]

    assert len(lines_apart(name, off)) == 100
    assert len(lines_apart(name, lambda **given: SCRIPTS[name](**given)[1:])) == 100


def wrong_slips(name: str, row: SlipScript) -> set[str]:
    """The slips of a question that its script leaves out, or whose values are not those of the engine."""
    apart = set()
    for made in examples(name):
        found = row(**made.given)
        for called, slip in zip(names(made.slips), made.slips, strict=True):
            if called not in found or not np.isclose(found[called], slip.value, rtol=1e-12, atol=1e-12):
                apart.add(called)
    return apart


def test_the_slips_of_every_question_have_a_script() -> None:
    assert set(SLIP_SCRIPTS) == set(QUESTIONS), "a kind of question needs a row in app/lessons/slip_scripts.py"


@pytest.mark.parametrize("name", SLIP_SCRIPTS)
def test_a_script_comes_to_what_the_engines_slips_give(name: str) -> None:
    assert wrong_slips(name, SLIP_SCRIPTS[name]) == set()


@pytest.mark.parametrize("name", SLIP_SCRIPTS)
def test_a_script_that_is_a_little_off_at_any_one_slip_would_be_noticed(name: str) -> None:
    row = SLIP_SCRIPTS[name]
    for slip in filled(row(**examples(name)[0].given)):

        def off(slip: str = slip, **given: float) -> dict[str, float]:
            made = row(**given)
            return made if slip not in made else {**made, slip: made[slip] + 1e-9 * max(1.0, abs(made[slip]))}

        def without(slip: str = slip, **given: float) -> dict[str, float]:
            return {called: value for called, value in row(**given).items() if called != slip}

        assert wrong_slips(name, off) == {slip}
        assert wrong_slips(name, without) == {slip}


def printed(text: str) -> list[str]:
    """Run a script by itself; return what it prints, line by line."""
    run = subprocess.run([sys.executable, "-I", "-c", text], capture_output=True, check=False, timeout=60)
    assert run.returncode == 0, run.stderr.decode()
    assert run.stdout.isascii()
    return run.stdout.decode().splitlines()


def key(problem: Problem) -> list[str]:
    """What a script should print of a problem."""
    lines, slips = problem.made.lines, problem.made.slips
    called = [*(f"line {place}" for place in range(1, len(lines))), "answer", *names(slips)]
    values = [rounded(row.value, "en") for row in (*lines, *slips)]
    return [f"{problem.number}. {name}: {value}" for name, value in zip(called, values, strict=True)]


@EVERY
def test_the_script_alone_prints_the_key_to_the_last_digit(lesson: Lesson) -> None:
    made = sheet(lesson, seed=3, count=20)
    text = script(("title\nimport os", "address"), made, lambda message: message)
    assert "import os" not in [line.strip() for line in text.splitlines()]
    assert [line.replace("-", "−") for line in printed(text)] == [row for one in made for row in key(one)]


def test_a_mistake_in_what_a_slip_gives_would_be_noticed_in_what_is_printed() -> None:
    (lesson,) = (one for one in WITH_NUMBERS if one.slug == "one-neuron")
    made = sheet(lesson)
    text, wanted = script(("title",), made, str), [row.replace("−", "-") for one in made for row in key(one)]
    assert printed(text) == wanted
    for right, wrong in (("w2 * x1 + w1 * x2", "w1 * x1 + w2 * x2"), ('"no_bias", "minus', '"minus_bias", "minus')):
        assert right in text
        assert printed(text.replace(right, wrong)) != wanted


def test_the_script_needs_numpy_alone() -> None:
    text = script(("title",), [one for lesson in WITH_NUMBERS for one in sheet(lesson)], str)
    assert re.findall(r"^(?:import|from) .*", text, re.MULTILINE) == ["import numpy as np"]
    assert list(islice(re.findall(r"^def (\w+)", text, re.MULTILINE), 100))[-1] == "show"
