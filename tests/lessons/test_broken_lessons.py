"""A folder of broken lessons: each is left out with its file, its line and a sentence, and all others are there."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from app.lessons import lesson
from app.lessons.formula import Wrong, formula
from app.lessons.lesson import CONTENT, course, load
from tests.filled import filled
from tests.lessons.test_lesson import GOOD, written

MANY = "x" * 200_000
# What stands in the text instead of its formula; of what is in a lesson, formulas are the richest language.
FORMULAS = (
    r"\sqrt",
    "{",
    "}",
    r"\frac{1}",
    r"\frac",
    "x^",
    "x_",
    "x^2^2",
    "^",
    r"\left(",
    r"\left( x",
    r"\right)",
    r"\begin{matrix} a & b",
    r"\begin{nothing} a \end{nothing}",
    r"\end{matrix}",
    r"\nosuchthing",
    r"\text{a",
    r"\text",
    r"\sqrt[3]",
    r"\binom{1}",
    r"\overset{a}",
    r"\hspace",
    r"\color{red}",
    r"\def\a{\a\a}\a",
    "".join(
        rf"\def\{a}{{\{b}\{b}}}"
        for a, b in zip("abcdefghijklmnopqrstuvwxy", "bcdefghijklmnopqrstuvwxyz", strict=True)
    )
    + r"\a",
    r"\newcommand{\a}{\a}\a",
    r"\href{javascript:alert(1)}{x}",
    r"\class{answer}{x}",
    r"\style{position:fixed}{x}",
    r"\id{main}{x}",
    "{" * 3_000 + "}" * 3_000,
    "{" * 900 + "}" * 900,
    "x" * 5_000,
)
# In the whole file: what is right, and what stands there instead.
CHANGES = (
    ("minutes: 5", "minutes: ²"),
    ("minutes: 5", "minutes: ٣"),
    ("minutes: 5", f"minutes: {'9' * 5000}"),
    ("minutes: 5", "minutes: -5"),
    ("order: 99", "order: 1.5"),
    ("order: 99", "order: ⅷ"),
    ("--- 1", "--- 9"),
    ("outcome: 1: says = nothing", f"outcome: {'9' * 5000}: says = nothing"),
    ("outcome: 1: says = nothing; 2: says = dog", "outcome: ²"),
    ("outcome: 1: says = nothing; 2: says = dog", f"outcome: {'7' * 5000}"),
    ("ink <= 1", f"ink <= {'9' * 400}"),
    ("ink <= 1", "ink <= nan"),
    ("ink <= 1", "ink <= ²"),
    ("stages: hidden", f"stages: {MANY}"),
    ("question: pixel_distance", "question: ${$"),
    ("{pixels}", "{nothing}"),
    ("Some text", "{=nothing}"),
    ("---\ntitle", "title"),
    ("::: more Want more?", "::: more"),
    ("::: task fool", "::: task ${$"),
    (":::\n\n::: predict", "\n\n::: predict"),
    ("- “A dog”\n", ""),
)


def broken(folder: Path) -> list[str]:
    """Write every broken lesson; return their names."""
    texts = [GOOD.replace(r"a = \frac{b}{c}", one) for one in FORMULAS]
    for right, wrong in CHANGES:
        assert right in GOOD
        texts.append(GOOD.replace(right, wrong))
    texts += ["", "\0", "\ufeff" + GOOD, "---", "---\n---", MANY, "::: " * 1000]
    for number, text in enumerate(texts):
        written(folder, text, name=f"broken-{number}")
    made = [f"broken-{number}" for number in range(len(texts))]
    return [*made, *(unreadable(folder) for unreadable in UNREADABLE)]


def _is_a_folder(folder: Path) -> str:
    place = written(folder, name="a-folder")
    (place / "en.md").unlink()
    (place / "en.md").mkdir()
    return place.name


def _is_no_utf8(folder: Path) -> str:
    place = written(folder, name="no-utf8")
    (place / "ru.md").write_bytes(GOOD.encode("utf-16"))
    return place.name


def _is_a_loop(folder: Path) -> str:
    place = written(folder, name="a-loop")
    (place / "en.md").unlink()
    (place / "en.md").symlink_to("en.md")
    return place.name


def _is_empty(folder: Path) -> str:
    (folder / "empty").mkdir()
    return "empty"


UNREADABLE: tuple[Callable[[Path], str], ...] = (_is_a_folder, _is_no_utf8, _is_a_loop, _is_empty)


def test_every_broken_lesson_is_left_out_with_file_line_and_a_sentence(tmp_path: Path) -> None:
    names = broken(tmp_path)
    assert len(names) > 50
    written(tmp_path, name="sound")
    begun = time.monotonic()
    found = course([CONTENT, tmp_path])
    assert time.monotonic() - begun < 30
    assert {one.slug for one in found.lessons} == {"sound", *(one.slug for one in course([CONTENT]).lessons)}
    blamed = {Path(one.file).relative_to(tmp_path).parts[0] for one in found.problems}
    assert sorted(blamed) == sorted(names)
    for one in filled(found.problems):
        assert one.line >= 1
        assert one.message.endswith("."), str(one)[:300]
        assert 10 < len(one.message) <= 600
        # Each is a problem that was thought of: the net below is for those that were not.
        assert "This lesson cannot be read" not in one.message


def test_what_nobody_thought_of_takes_one_lesson_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, name="sound")
    written(tmp_path, name="strange")

    def strange(folder: Path):
        if folder.name == "strange":
            raise LookupError
        return load(folder)

    monkeypatch.setattr(lesson, "load", strange)
    found = course([tmp_path])
    assert [one.slug for one in found.lessons] == ["sound"]
    assert [str(one) for one in found.problems] == [
        f"{tmp_path / 'strange'}:1: This lesson cannot be read: LookupError."
    ]


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<form/action=x>}",
        r"\text{<a/href=javascript:alert(1)>x</a>}",
        r"\text{<img/src=x/onerror=alert(1)>}",
        r"\text{&lt;b&gt;}",
        r"\text{&#60;b&#62;}",
        r"\mathrm{<b>x</b>}",
        r"\operatorname{<script>}",
        "a < b > c & d",
        r"\color{red\"/onclick=alert(1)}x",
    ],
)
def test_no_html_gets_out_of_a_formula(latex: str) -> None:
    made = formula(latex, "inline")
    if isinstance(made, Wrong):
        return
    elements = list(fromstring(made).iter())  # noqa: S314 - made just here
    tags = [element.tag.rpartition("}")[2] for element in elements]
    assert tags[0] == "math"
    assert all(tag.startswith("m") for tag in filled(tags)), made
    attributes = {name for element in elements for name in element.attrib}
    assert not attributes & {"href", "style", "class", "id"}
    assert not re.search(" on[a-z]+=", made)


@pytest.mark.parametrize(
    ("latex", "text"),
    [(r"\text{a < b}", "a\N{NO-BREAK SPACE}<\N{NO-BREAK SPACE}b"), (r"\alpha", "α"), ("a<b", "a<b")],
)
def test_what_a_formula_says_is_what_was_written(latex: str, text: str) -> None:
    made = formula(latex, "inline")
    assert isinstance(made, str)
    assert "".join(fromstring(made).itertext()) == text  # noqa: S314 - made just here
