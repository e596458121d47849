"""Notes for teachers beside a lesson: `teach.en.md` and `teach.ru.md`, plain text like the lesson itself.

The front matter says what the lesson is for and what it needs; then come likely wrong answers, each with a question
to ask: in the author's words, or a slip by its name. A lesson without notes is a lesson all the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.i18n import LANGUAGES
from app.lessons.questions import SLIPS
from app.lessons.source import Directive, Part, Problem, Source, read
from app.lessons.text import html

_FRONT: Final = ("aim", "needs")
_BEGINNING: Final = 'Notes begin with a line of "---", then their aim and needs.'


@dataclass(frozen=True, slots=True)
class Wrong:
    """A likely wrong answer and what to ask then, as HTML; `slip` is its name in `SLIPS`, else `said` quotes it."""

    slip: str
    said: str
    ask: str


@dataclass(frozen=True, slots=True)
class Notes:
    """A lesson for its teacher, in one language, as HTML."""

    aim: str
    needs: str
    text: str
    wrong: tuple[Wrong, ...]


def load_notes(folder: Path) -> tuple[Mapping[str, Notes], list[Problem]]:
    """Read a lesson's notes; there are none if it has no such files, or if there is anything wrong with them."""
    paths = {language: folder / f"teach.{language}.md" for language in LANGUAGES}
    if not any(path.exists() for path in paths.values()):
        return {}, []
    notes: dict[str, Notes] = {}
    problems: list[Problem] = []
    for language, path in paths.items():
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            problems.append(Problem(str(path), 1, f"The file cannot be read: {error.__class__.__name__}."))
            continue
        source = read(str(path), text, _BEGINNING)
        notes[language] = _notes(source, language)
        problems += source.problems
    problems += _differences(notes, paths)
    return ({} if problems else notes), problems


def _differences(notes: Mapping[str, Notes], paths: Mapping[str, Path]) -> Iterator[Problem]:
    first, *others = LANGUAGES
    for other in others:
        if first not in notes or other not in notes:
            continue
        mine, theirs = ([one.slip for one in notes[code].wrong] for code in (first, other))
        if mine != theirs:
            sentence = f"The wrong answers are not those of {paths[first].name}, in their order."
            yield Problem(str(paths[other]), 1, sentence)


def _notes(source: Source, language: str) -> Notes:
    for key, part in source.front.items():
        if key not in _FRONT:
            source.complain(part.line, f'"{key}" is not known; notes have {" and ".join(_FRONT)}.')
    for key in _FRONT:
        if not source.front.get(key, Part(1, "")).text:
            source.complain(1, f'"{key}" is missing.')
    aim, needs = (_inline(source, source.front.get(key, Part(1, "")), language) for key in _FRONT)
    text = [_html(source, part, language) for part in source.blocks if isinstance(part, Part)]
    found = (_wrong(source, block, language) for block in source.blocks if isinstance(block, Directive))
    return Notes(aim, needs, "\n".join(text), tuple(one for one in found if one is not None))


def _wrong(source: Source, block: Directive, language: str) -> Wrong | None:
    ask = block.parts[0] if len(block.parts) == 1 else Part(block.line, "")
    if block.kind not in ("wrong", "slip"):
        source.complain(block.line, f'There is no "{block.kind}" in notes; there are wrong and slip.')
        return None
    for part in block.settings.values():
        source.complain(part.line, f"A {block.kind} has no settings.")
    if not ask.text.strip():
        source.complain(block.line, f"A {block.kind} has one part: the question to ask.")
    if block.kind == "slip":
        if block.rest not in SLIPS:
            source.complain(block.line, f'There is no slip "{block.rest}"; there are {", ".join(SLIPS)}.')
        return Wrong(block.rest, "", _html(source, ask, language))
    if not block.rest:
        source.complain(block.line, 'A wrong says which answer it is: "::: wrong It will be 0".')
    return Wrong("", _inline(source, Part(block.line, block.rest), language), _html(source, ask, language))


def _html(source: Source, part: Part, language: str) -> str:
    return html(part.text, part.line, language, source.complain)


def _inline(source: Source, part: Part, language: str) -> str:
    return _html(source, part, language).removeprefix("<p>").removesuffix("</p>")
