"""Lessons from files: those that come along are sound, and every mistake is reported with its file and line."""

from pathlib import Path

import pytest

from app.i18n import LANGUAGES
from app.lessons.lesson import CONTENT, course, load
from tests.lessons.guide import example_for_authors

GOOD = """---
title: A title
idea: One sentence.
minutes: 5
order: 99
---
Some text with $a = \\frac{b}{c}$ and a number, {=white}.

::: instrument pixels
stages: hidden
:::

::: predict first
when: stamp = cat
outcome: 1: says = nothing; 2: says = dog

What will it say?

- Nothing
- “A dog”
---
It did, at {fact:total}.
--- 1
It did not.
:::

::: task fool
check: says = dog, ink <= 1

Fool it.
---
Done.
:::

::: number sum
question: pixel_distance

Pixels {pixels}, white {white}?
---
Yes.
:::

::: more Want more?
More.
:::
"""


def written(folder: Path, text: str = GOOD, other: str | None = None, name: str = "a-lesson") -> Path:
    place = folder / name
    place.mkdir()
    for code in LANGUAGES:
        (place / f"{code}.md").write_text(text if code == "en" or other is None else other, encoding="utf-8")
    return place


def test_the_lessons_that_come_along_have_no_mistake() -> None:
    found = course([CONTENT])
    assert [str(problem) for problem in found.problems] == []
    assert [lesson.order for lesson in found.lessons] == sorted({lesson.order for lesson in found.lessons})
    assert found.lessons


def test_a_sound_lesson_has_its_blocks_in_order(tmp_path: Path) -> None:
    lesson, problems = load(written(tmp_path))
    assert problems == []
    assert lesson is not None
    page = lesson.pages["ru"]
    assert [block.kind for block in page.blocks] == [
        *("text", "instrument", "predict", "task", "number", "more"),
    ]
    assert "<mfrac>" in page.blocks[0].html["text"]
    assert "255" in page.blocks[0].html["text"]
    predict = page.blocks[2]
    assert predict.data["outcome"] == [
        {"option": 1, "conditions": [{"fact": "says", "relation": "=", "value": "nothing"}]},
        {"option": 2, "conditions": [{"fact": "says", "relation": "=", "value": "dog"}]},
    ]
    assert predict.data["facts"] == ["total"]
    assert list(predict.html["told"]) == ["", "1"]
    assert '<span class="fact" data-fact="total">—</span>' in predict.html["told"][""]
    assert page.blocks[3].data["check"][1] == {"fact": "ink", "relation": "<=", "value": 1.0}
    assert 'data-given="white"' in page.blocks[4].html["asked"]


_LAB = "::: instrument lab\npresets: xor\ntask: train\nparts: train\n"

MISTAKES = [
    ("title: A title\n", "", 1, '"title" is missing'),
    ("minutes: 5", "minutes: five", 4, 'whole number from 0 to 9999, not "five"'),
    ("order: 99", "ordre: 99", 5, '"ordre" is not known'),
    ("idea: One sentence.", "An idea", 3, '"key: value"'),
    ("order: 99\n---", "order: 99", 6, '"---" as the end'),
    ("::: task fool", "::: tusk fool", 27, 'no "tusk"'),
    ("::: task fool", "::: task", 27, "has a name"),
    ("::: task fool", "::: task first", 27, 'two of the name "first"'),
    ("::: instrument pixels", "::: instrument pixel", 9, 'no instrument "pixel"'),
    ("stages: hidden", "stage: hidden", 10, 'no setting "stage"'),
    ("stages: hidden", "stages: maybe", 10, "one of shown, hidden"),
    ("when: stamp = cat", "when: stamp = horse", 14, 'not "horse"'),
    ("when: stamp = cat", "when: stmp = cat", 14, 'has no "stmp"'),
    ("when: stamp = cat", "when: the cat is there", 14, '"fact = value"'),
    ("when: stamp = cat\n", "", 13, "says when it is done"),
    ("ink <= 1", "ink <= few", 28, "is a number"),
    ("2: says = dog\n", "2: says = dog\nhint: none\n", 16, 'has no setting "hint"'),
    ("1: says = nothing; 2: says = dog", "3", 15, "from 1 to 2, not 3"),
    ("2: says = dog\n", "2: says = dog; 3: never\n", 15, "from 1 to 2, not 3"),
    ("outcome: 1: says = nothing; 2: says = dog\n", "", 13, "says what happens"),
    ("2: says = dog\n", "2: bark = dog\n", 15, 'has no "bark"'),
    ("2: says = dog\n", "2: says = cat\n", 15, 'not "cat"'),
    ("2: says = dog\n", "2: total = dog\n", 15, '"total" is a number'),
    ("2: says = dog\n", "otherwise\n", 15, '"otherwise" is not of the form "option: fact = value"'),
    ("; 2: says = dog\n", "\n", 15, "Option 2 has no condition"),
    ("1: says = nothing; 2: says = dog", "1: never; 2: never", 15, "No option can happen"),
    ("2: says = dog\n", "2: {=grey} = 1\n", 15, 'no value "grey"'),
    ("2: says = dog\n", "2: {=white} = light\n", 15, '"white" is a number'),
    ("--- 1", "--- 3", 23, "option 3, which cannot happen"),
    ("It did, at {fact:total}.\n--- 1", "--- 1", 13, "two parts or more"),
    ("---\nIt did, at {fact:total}.\n", "", 22, "Nothing is told where option 2 happens"),
    ("--- 1", "---", 23, "told in the same case"),
    ("{fact:total}", "{fact:sum}", 22, '"sum" is no fact'),
    ("{fact:total}", "{fact:says}", 22, '"says" is no fact of the instrument above that is a number'),
    ("What will it say?", "What is {fact:total}?", 17, "nowhere else"),
    ("---\nDone.", "--- 1\nDone.", 31, "A task has no options"),
    ("- Nothing\n", "", 13, "two options or more"),
    ("---\nDone.\n", "", 27, "two parts"),
    ("question: pixel_distance", "question: pixel", 36, 'no question "pixel"'),
    ("{pixels}", "{pixel}", 38, "gives no {pixel}"),
    ("{=white}", "{=grey}", 7, 'no value "grey"'),
    ("\\frac{b}{c}", "\\fraction{b}{c}", 7, "is not known"),
    ("It did not.", "It came to 3.25 then.", 24, "typed by hand"),
    ("It did not.", "Вышло 3,25.", 24, "typed by hand"),
    ("::: more Want more?", "::: more", 43, "has a title"),
    ("More.\n:::", "More.", 43, "does not end"),
    ("Some text", ":::\nSome text", 7, "none has begun"),
    ("::: instrument pixels\nstages: hidden", "::: instrument race\nrates: fast", 10, "up to 8 numbers"),
    ("::: instrument pixels\nstages: hidden", "::: instrument race\nrates: 0.1, -1", 10, "from 0 to 1e+06"),
    ("::: instrument pixels\nstages: hidden", "::: instrument race\nshows: map", 10, "one of rate, start"),
    ("::: instrument pixels\nstages: hidden", "::: instrument lab\npresets: xor", 9, 'needs "parts"'),
    (
        "::: instrument pixels\nstages: hidden",
        "::: instrument lab\npresets: xor\ntask: step\nparts: network, slope",
        9,
        'The part "slope" is not there in the task "step"',
    ),
    (
        "::: instrument pixels\nstages: hidden",
        f"{_LAB}:::\n\n{_LAB}",
        15,
        'There is one "lab" on a page',
    ),
]


@pytest.mark.parametrize(("right", "wrong", "line", "words"), MISTAKES)
def test_a_mistake_is_reported_with_its_file_and_line(
    tmp_path: Path, right: str, wrong: str, line: int, words: str
) -> None:
    assert GOOD.count(right) == 1
    lesson, problems = load(written(tmp_path, GOOD.replace(right, wrong)))
    assert lesson is None
    told = [str(problem) for problem in problems]
    for code in LANGUAGES:
        place = str(tmp_path / "a-lesson" / f"{code}.md")
        assert any(one.startswith(f"{place}:{line}: ") and words in one for one in told), "\n".join(told)


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        (
            "1: says = nothing; 2: says = dog",
            "1: says = dog; 2: says = nothing",
            '"predict first" is not as in en.md',
        ),
        ("ink <= 1", "ink <= 2", '"task fool" is not as in en.md'),
        ("::: more Want more?\nMore.\n:::\n", "", "There are 4 directives, but 5 in en.md"),
        ("minutes: 5", "minutes: 6", "minutes and order"),
    ],
)
def test_the_languages_make_the_same_lesson(tmp_path: Path, right: str, wrong: str, words: str) -> None:
    lesson, problems = load(written(tmp_path, other=GOOD.replace(right, wrong)))
    assert lesson is None
    assert any("ru.md" in problem.file and words in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("written_as", "options"),
    [
        ("1: {=white} = 255; 2: {=white} > 255", [1]),
        ("1: never; 2: {=white} >= 255", [2]),
        ("1: {=white} < 255, says = dog; 2: {=white} = 255, says = dog", [2]),
        ("1: says = dog; 2: says = nothing; 2: says = dog", [1, 2, 2]),
        ("2", [2]),
    ],
)
def test_what_the_engine_says_of_an_option_is_decided_when_the_lesson_is_read(
    tmp_path: Path, written_as: str, options: list[int]
) -> None:
    text = GOOD.replace("1: says = nothing; 2: says = dog", written_as).replace("--- 1\nIt did not.\n", "")
    lesson, problems = load(written(tmp_path, text))
    assert problems == []
    assert lesson is not None
    rows = lesson.pages["en"].blocks[2].data["outcome"]
    assert [row["option"] for row in rows] == options
    assert all(one["fact"] == "says" for row in rows for one in row["conditions"])


def test_a_missing_language_and_a_strange_name_are_reported(tmp_path: Path) -> None:
    place = written(tmp_path, name="A lesson")
    (place / "ru.md").unlink()
    lesson, problems = load(place)
    assert lesson is None
    assert {Path(problem.file).name for problem in problems} == {"A lesson", "ru.md"}


def test_a_folder_of_ones_own_adds_lessons_and_a_broken_one_takes_nothing_away(tmp_path: Path) -> None:
    written(tmp_path)
    written(tmp_path, GOOD.replace("order: 99", "order: -"), name="broken")
    found = course([CONTENT, tmp_path])
    assert "a-lesson" in [lesson.slug for lesson in found.lessons]
    assert "broken" not in [lesson.slug for lesson in found.lessons]
    assert {Path(problem.file).parent.name for problem in found.problems} == {"broken"}
    assert len(found.lessons) == len(course([CONTENT]).lessons) + 1


def test_html_in_a_lesson_is_text(tmp_path: Path) -> None:
    lesson, _ = load(written(tmp_path, GOOD.replace("Some text", "<script>alert(1)</script>")))
    assert lesson is not None
    assert "<script>" not in lesson.pages["en"].blocks[0].html["text"]


def test_the_example_for_authors_is_a_lesson(tmp_path: Path) -> None:
    found = example_for_authors()
    assert list(found) == list(LANGUAGES)
    place = tmp_path / "my-lesson"
    place.mkdir()
    for code, text in found.items():
        (place / f"{code}.md").write_text(text, encoding="utf-8")
    lesson, problems = load(place)
    assert problems == []
    assert lesson is not None
