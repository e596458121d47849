"""Notes for teachers: every lesson that comes along has them, and every mistake is reported with file and line."""

import re
from pathlib import Path

import pytest

from app.i18n import LANGUAGES
from app.lessons.lesson import CONTENT, Lesson, course, load
from app.lessons.notes import Notes, load_notes
from app.lessons.questions import QUESTIONS, example
from tests.lessons.guide import GUIDE, example_for_authors

LESSONS = course([CONTENT]).lessons
EVERY = pytest.mark.parametrize("lesson", LESSONS, ids=lambda one: one.slug)
GOOD = """---
aim: They see *why*.
needs: Lesson 1.
---
Take your time.

::: wrong “It is 0.”
What is $x$ there?
:::

::: slip no_abs
What is the sum?
:::
"""


@EVERY
def test_a_lesson_that_comes_along_has_notes_in_every_language(lesson: Lesson) -> None:
    assert list(lesson.notes) == list(LANGUAGES), f"{lesson.slug} needs teach.en.md and teach.ru.md"
    for notes in lesson.notes.values():
        assert notes.aim
        assert notes.needs
        assert len(notes.wrong) >= 4
        assert all(one.ask.rstrip().endswith("?</p>") or "?" in one.ask for one in notes.wrong)


@EVERY
def test_the_slips_of_its_notes_are_those_of_its_questions(lesson: Lesson) -> None:
    kinds = {block.data["question"] for block in lesson.pages["en"].blocks if block.kind == "number"}
    possible = {slip.name for kind in kinds for seed in range(50) for slip in example(QUESTIONS[kind], seed).slips}
    named = [one.slip for one in lesson.notes["en"].wrong if one.slip]
    assert set(named) <= possible
    assert len(named) == len(set(named))


@EVERY
def test_russian_notes_are_set_as_russian_is(lesson: Lesson) -> None:
    text = (CONTENT / lesson.slug / "teach.ru.md").read_text(encoding="utf-8")
    assert not re.findall(r'["“”]| - |\.\.\.| —', text)


def written(folder: Path, english: str = GOOD, russian: str = GOOD) -> Path:
    folder.mkdir(exist_ok=True)
    for code, text in (("en", english), ("ru", russian)):
        (folder / f"teach.{code}.md").write_text(text, encoding="utf-8")
    return folder


def test_sound_notes_are_read(tmp_path: Path) -> None:
    notes, problems = load_notes(written(tmp_path / "a"))
    assert problems == []
    found: Notes = notes["ru"]
    assert (found.aim, found.needs) == ("They see <em>why</em>.", "Lesson 1.")
    assert found.text == "<p>Take your time.</p>"
    assert [(one.slip, one.said) for one in found.wrong] == [("", "“It is 0.”"), ("no_abs", "")]
    assert "<math" in found.wrong[0].ask


MISTAKES = [
    ("aim: They see *why*.\n", "", 1, '"aim" is missing'),
    ("needs: Lesson 1.", "need: Lesson 1.", 3, '"need" is not known'),
    ("---\naim", "aim", 1, "Notes begin with"),
    ("::: slip no_abs", "::: slip no_absolute", 11, 'no slip "no_absolute"'),
    ("::: slip no_abs", "::: slap no_abs", 11, 'no "slap" in notes'),
    ("::: wrong “It is 0.”", "::: wrong", 7, "says which answer"),
    ("What is the sum?\n", "", 11, "one part"),
    ("What is the sum?", "What?\n---\nMore.", 11, "one part"),
    ("What is the sum?", "check: sum = 1\n\nWhat?", 12, "no settings"),
    ("What is the sum?", "Is it 3.5?", 12, "typed by hand"),
    ("$x$", "{=nothing}", 8, 'no value "nothing"'),
    ("What is the sum?\n:::\n", "What is the sum?\n", 11, "does not end"),
]


@pytest.mark.parametrize(("right", "wrong", "line", "words"), MISTAKES)
def test_a_mistake_is_reported_with_its_file_and_line(
    tmp_path: Path, right: str, wrong: str, line: int, words: str
) -> None:
    assert GOOD.count(right) == 1
    bad = GOOD.replace(right, wrong)
    notes, problems = load_notes(written(tmp_path / "a", bad, bad))
    assert notes == {}
    told = [str(problem) for problem in problems]
    for code in LANGUAGES:
        place = str(tmp_path / "a" / f"teach.{code}.md")
        assert any(one.startswith(f"{place}:{line}: ") and words in one for one in told), "\n".join(told)


def test_the_languages_name_the_same_wrong_answers(tmp_path: Path) -> None:
    notes, (problem,) = load_notes(written(tmp_path / "a", GOOD, GOOD.replace("slip no_abs", "slip no_bias")))
    assert notes == {}
    assert str(problem).endswith("teach.ru.md:1: The wrong answers are not those of teach.en.md, in their order.")
    (tmp_path / "a" / "teach.ru.md").unlink()
    _, (problem,) = load_notes(tmp_path / "a")
    assert "teach.ru.md:1: The file cannot be read" in str(problem)


def test_a_lesson_without_notes_or_with_broken_ones_is_a_lesson_all_the_same(tmp_path: Path) -> None:
    place = tmp_path / "my-lesson"
    place.mkdir()
    for code, text in example_for_authors().items():
        (place / f"{code}.md").write_text(text, encoding="utf-8")
    lesson, problems = load(place)
    assert lesson is not None
    assert (lesson.notes, problems) == ({}, [])
    lesson, problems = load(written(place, GOOD.replace("aim: ", "aims: ")))
    assert lesson is not None
    assert lesson.notes == {}
    assert len(problems) == 2
    assert course([tmp_path]).problems == tuple(problems)


def test_the_notes_in_the_guide_for_authors_are_sound(tmp_path: Path) -> None:
    found = dict(re.findall(r"````(teach\.\w\w)\.md\n(.*?)````", GUIDE.read_text(encoding="utf-8"), re.DOTALL))
    notes, problems = load_notes(written(tmp_path / "a", found["teach.en"], found["teach.ru"]))
    assert problems == []
    assert list(notes) == list(LANGUAGES)
