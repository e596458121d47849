"""Lessons as they are shown: read from files, each mistake with its file and line.

A lesson is a folder with `en.md` and `ru.md`; both have the same directives in the same order. What each kind of
directive needs is in the table `KINDS`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from app.i18n import LANGUAGES
from app.lessons.conditions import Outcome, conditions, outcome, unknown_facts
from app.lessons.instruments import INSTRUMENTS
from app.lessons.notes import Notes, load_notes
from app.lessons.questions import QUESTIONS, example
from app.lessons.source import Directive, Part, Problem, Source, read
from app.lessons.text import html
from app.lessons.values import written

CONTENT: Final = Path(__file__).parent / "content"
# The kinds of which there is something to do.
DONE: Final = ("predict", "task", "number")
_FRONT: Final = ("title", "idea", "minutes", "order")
_WHOLE: Final = re.compile(r"[0-9]{1,4}")
_OPTION: Final = re.compile(r"^[-*] (.+)$")
# A formula, whose braces are its own, or a placeholder.
_PLACEHOLDER: Final = re.compile(r"\$[^$]*\$|\{([a-z][a-z0-9_]*)\}")
# A fact of the instrument, in what is told: `{fact:ink}`.
_FACT: Final = re.compile(r"\{fact:([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a lesson: its kind ("text" or a directive's), its name, what scripts need, its HTML by part."""

    kind: str
    name: str
    data: Mapping[str, Any]
    html: Mapping[str, Any]

    @property
    def form(self) -> tuple[Any, ...]:
        """What both languages share."""
        options = len(self.html.get("options", ()))
        return (self.kind, self.name, dict(self.data), options)


@dataclass(frozen=True, slots=True)
class Page:
    """A lesson in one language."""

    title: str
    idea: str
    minutes: int
    order: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson in every language, by the name of its folder; `notes` are for its teacher, if there are any."""

    slug: str
    pages: Mapping[str, Page]
    notes: Mapping[str, Notes] = field(default_factory=dict)

    @property
    def order(self) -> int:
        """Its place among the lessons."""
        return self.pages["en"].order


@dataclass(frozen=True, slots=True)
class Course:
    """The lessons that can be shown, in their order, and what is wrong with the others."""

    lessons: tuple[Lesson, ...]
    problems: tuple[Problem, ...]


def course(folders: Sequence[Path]) -> Course:
    """Read every lesson in some folders; one with a mistake is left out, a later one of the same name counts."""
    found: dict[str, Lesson] = {}
    problems: list[Problem] = []
    for folder in folders:
        if not folder.is_dir():
            problems.append(Problem(str(folder), 1, "There is no such folder."))
            continue
        for place in sorted(
            path for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "_"))
        ):
            lesson, wrong = _tried(place)
            problems += wrong
            if lesson is not None:
                found[lesson.slug] = lesson
    ordered = sorted(found.values(), key=lambda lesson: (lesson.order, lesson.slug))
    return Course(tuple(ordered), tuple(problems))


def _tried(place: Path) -> tuple[Lesson | None, list[Problem]]:
    """Read one lesson; whatever happens meanwhile, the others are there."""
    try:
        return load(place)
    except Exception as error:  # a lesson of somebody's own must not keep the server from starting
        return None, [Problem(str(place), 1, f"This lesson cannot be read: {error.__class__.__name__}.")]


def load(folder: Path) -> tuple[Lesson | None, list[Problem]]:
    """Read one lesson; it is None if there is anything wrong with it, and has no notes if with those."""
    problems: list[Problem] = []
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", folder.name):
        problems.append(Problem(str(folder), 1, "A lesson's folder is named in small letters, digits and hyphens."))
    pages = {}
    sources = {}
    for language in LANGUAGES:
        path = folder / f"{language}.md"
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            problems.append(Problem(str(path), 1, f"The file cannot be read: {error.__class__.__name__}."))
            continue
        source = sources[language] = read(str(path), text)
        pages[language] = _page(source, language)
        problems += source.problems
    if not problems:
        problems = list(_differences(pages, sources))
    notes, wrong = load_notes(folder)
    return (None if problems else Lesson(folder.name, pages, notes)), [*problems, *wrong]


def _differences(pages: Mapping[str, Page], sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Complain where the languages part: the same directives in the same order make the same lesson."""
    first, *others = LANGUAGES
    for other in others:
        mine, theirs = ([block for block in pages[one].blocks if block.kind != "text"] for one in (first, other))
        file = sources[other].file
        if (pages[first].minutes, pages[first].order) != (pages[other].minutes, pages[other].order):
            yield Problem(file, 1, f"minutes and order are not those of {first}.md.")
        lines = [block.line for block in sources[other].blocks if isinstance(block, Directive)]
        for index, (one, another) in enumerate(zip(mine, theirs, strict=False)):
            if one.form != another.form:
                yield Problem(file, lines[index], f'"{another.kind} {another.name}" is not as in {first}.md.')
                return
        if len(mine) != len(theirs):
            line = lines[min(len(mine), len(lines)) - 1] if lines else 1
            yield Problem(file, line, f"There are {len(theirs)} directives, but {len(mine)} in {first}.md.")


def _page(source: Source, language: str) -> Page:
    front = source.front
    for key, part in front.items():
        if key not in _FRONT:
            source.complain(part.line, f'"{key}" is not known; a lesson has {", ".join(_FRONT)}.')
    for key in _FRONT:
        if not front.get(key, Part(1, "")).text:
            source.complain(1, f'"{key}" is missing.')
    numbers = {}
    for key in ("minutes", "order"):
        text = front.get(key, Part(1, "0")).text
        is_whole = _WHOLE.fullmatch(text) is not None
        if text and not is_whole:
            source.complain(front[key].line, f'"{key}" is a whole number from 0 to 9999, not "{text}".')
        numbers[key] = int(text) if is_whole else 0
    blocks = tuple(_Reader(source, language).blocks())
    title, idea = (front.get(key, Part(1, "")).text for key in ("title", "idea"))
    return Page(title, idea, numbers["minutes"], numbers["order"], blocks)


class _Reader:
    """Makes the blocks of one file."""

    def __init__(self, source: Source, language: str) -> None:
        self._source = source
        self._language = language
        self._instrument: str | None = None
        self._names: set[str] = set()
        self._seen: set[str] = set()

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks, in order."""
        for block in self._source.blocks:
            if isinstance(block, Part):
                yield Block("text", "", {}, {"text": self._html(block)})
                continue
            make = KINDS.get(block.kind)
            if make is None:
                self._complain(block.line, f'There is no "{block.kind}"; there are {", ".join(KINDS)}.')
            else:
                yield make(self, block)

    def _complain(self, line: int, message: str) -> None:
        self._source.complain(line, message)

    def _html(self, part: Part) -> str:
        for found in _FACT.finditer(part.text):
            at = part.line + part.text.count("\n", 0, found.start())
            self._complain(at, f"{found[0]} may stand in what is told after a predict or a task, nowhere else.")
        return html(part.text, part.line, self._language, self._complain)

    def _named(self, block: Directive) -> str:
        """Return the directive's name, of which there is one in a lesson."""
        if not re.fullmatch(r"[a-z][a-z0-9-]*", block.rest):
            self._complain(block.line, f'A {block.kind} has a name in small letters: "::: {block.kind} name".')
        elif block.rest in self._names:
            self._complain(block.line, f'There are two of the name "{block.rest}".')
        self._names.add(block.rest)
        return block.rest

    def _only(self, block: Directive, *keys: str) -> None:
        """Complain of settings that this kind does not have."""
        for key, part in block.settings.items():
            if key not in keys:
                known = ", ".join(keys) or "none"
                self._complain(part.line, f'A {block.kind} has no setting "{key}"; it has {known}.')

    def _two_parts(self, block: Directive, what: str) -> list[Part]:
        if len(block.parts) != 2 or not all(part.text.strip() for part in block.parts):
            self._complain(block.line, f"A {block.kind} has two parts with a line of --- between them: {what}.")
        for part in block.parts:
            if part.label:
                self._complain(part.line - 1, f'A {block.kind} has no options, so no "--- {part.label}".')
        return [*block.parts, Part(block.line, ""), Part(block.line, "")][:2]

    def _conditions(self, block: Directive, key: str) -> list[dict[str, Any]]:
        """Read what must be so of the instrument above: "says = dog, ink <= 3"."""
        part = block.settings.get(key)
        if part is None:
            self._complain(block.line, f'A {block.kind} says when it is done: "{key}: fact = value".')
            return []
        if self._instrument is None:
            self._complain(block.line, f"There is no instrument above this {block.kind}.")
            return []
        return conditions(part.text, INSTRUMENTS[self._instrument], lambda told: self._complain(part.line, told))

    def _outcome(self, block: Directive, options: int) -> Outcome:
        """Read which option happened in which state: "1: says = nothing; 2: says = dog"."""
        part = block.settings.get("outcome")
        if part is None:
            self._complain(block.line, 'A predict says what happens: "outcome: 1: fact = value; 2: fact = value".')
            return Outcome(())
        above = INSTRUMENTS[self._instrument] if self._instrument else None
        return outcome(part.text, options, above, lambda told: self._complain(part.line, told))

    def _told(self, part: Part) -> tuple[str, list[str]]:
        """Return what is told as HTML, with a place for each fact in it, and these facts."""
        names = _FACT.findall(part.text)
        above = INSTRUMENTS[self._instrument] if self._instrument else None
        for name in unknown_facts(names, above):
            self._complain(part.line, f'"{name}" is no fact of the instrument above that is a number.')
        filled = _FACT.sub("\ue000\\1\ue001", part.text)
        place = r'<span class="fact" data-fact="\1">—</span>'
        return re.sub("\ue000(.*?)\ue001", place, self._html(replace(part, text=filled))), names

    def instrument(self, block: Directive) -> Block:
        """Make an instrument, set as it is told: `::: instrument pixels`."""
        row = INSTRUMENTS.get(block.rest)
        if row is None:
            self._complain(
                block.line, f'There is no instrument "{block.rest}"; there are {", ".join(INSTRUMENTS)}.'
            )
            return Block("instrument", block.rest, {}, {})
        self._instrument = row.name
        if row.is_single and row.name in self._seen:
            self._complain(block.line, f'There is one "{row.name}" on a page, and here is a second.')
        self._seen.add(row.name)
        for key in row.required:
            if key not in block.settings:
                self._complain(block.line, f'"{row.name}" needs "{key}".')
        data = {}
        for key, part in block.settings.items():
            if key not in row.settings:
                known = ", ".join(row.settings) or "none"
                self._complain(part.line, f'"{row.name}" has no setting "{key}"; it has {known}.')
                continue
            try:
                data[key] = row.settings[key].read(part.text)
            except ValueError as error:
                self._complain(part.line, f'"{key}" is {error}.')
        if (problem := row.problem(data)) is not None:
            self._complain(block.line, problem)
        return Block("instrument", row.name, data, {})

    def predict(self, block: Directive) -> Block:
        """Make a question before the answer is seen; the outcome is told when the instrument is in that state."""
        self._only(block, "when", "outcome")
        name = self._named(block)
        if len(block.parts) < 2 or not all(part.text.strip() for part in block.parts):
            self._complain(block.line, "A predict has two parts or more: the question, and what is told then.")
        asked, *told = [*block.parts, Part(block.line, "")][: max(2, len(block.parts))]
        lines = asked.text.split("\n")
        options = [found[1] for line in lines if (found := _OPTION.match(line))]
        question = "\n".join(line for line in lines if not _OPTION.match(line))
        if len(options) < 2:
            self._complain(block.line, "A predict has two options or more: lines that begin with a hyphen.")
        happens = self._outcome(block, len(options))
        self._labels(told, happens.options)
        made = {part.label: self._told(part) for part in told}
        data = {
            "when": self._conditions(block, "when"),
            "outcome": list(happens.rows),
            "facts": sorted({fact for _, facts in made.values() for fact in facts}),
        }
        written_options = [html(one, asked.line, self._language, self._complain) for one in options]
        inner = [one.removeprefix("<p>").removesuffix("</p>") for one in written_options]
        shown = {label: text for label, (text, _) in made.items()}
        return Block(
            "predict",
            name,
            data,
            {"question": self._html(Part(asked.line, question)), "options": inner, "told": shown},
        )

    def _labels(self, told: Sequence[Part], options: set[int]) -> None:
        """Complain where what can happen is not told, or what is told cannot happen."""
        labels = [part.label for part in told]
        for part in told:
            if part.label and int(part.label) not in options:
                self._complain(part.line - 1, f"What is told here is of option {part.label}, which cannot happen.")
            if labels.count(part.label) > 1:
                self._complain(part.line - 1, "Two parts are told in the same case.")
        for option in sorted(options):
            if "" not in labels and str(option) not in labels:
                self._complain(told[0].line, f"Nothing is told where option {option} happens.")

    def task(self, block: Directive) -> Block:
        """Make something to do; it is done when the instrument's state says so."""
        self._only(block, "check")
        name = self._named(block)
        asked, told = self._two_parts(block, "what is to be done, and what is said then")
        text, facts = self._told(told)
        data = {"check": self._conditions(block, "check"), "facts": sorted(set(facts))}
        return Block("task", name, data, {"asked": self._html(asked), "told": text})

    def number(self, block: Directive) -> Block:
        """Make a question whose answer is a number, from a seed: `{name}` in its text is what is given."""
        self._only(block, "question")
        name = self._named(block)
        asked, told = self._two_parts(block, "the question, and what is said to a right answer")
        kind = block.settings.get("question", Part(block.line, ""))
        if kind.text not in QUESTIONS:
            self._complain(kind.line, f'There is no question "{kind.text}"; there are {", ".join(QUESTIONS)}.')
            return Block("number", name, {}, {})
        given = example(QUESTIONS[kind.text], 0).given
        for index, line in enumerate(asked.text.split("\n")):
            for found in _PLACEHOLDER.finditer(line):
                if found[1] and found[1] not in given:
                    self._complain(
                        asked.line + index, f'"{kind.text}" gives no {{{found[1]}}}; it gives {", ".join(given)}.'
                    )
        filled = _PLACEHOLDER.sub(lambda found: f"\ue000{found[1]}\ue001" if found[1] else found[0], asked.text)
        made = self._html(Part(asked.line, filled))
        shown = re.sub("\ue000(.*?)\ue001", lambda found: self._given(found[1], given), made)
        return Block("number", name, {"question": kind.text}, {"asked": shown, "told": self._html(told)})

    def _given(self, name: str, given: Mapping[str, Any]) -> str:
        value = given.get(name, 0.0)
        several = value if isinstance(value, list) else [value]
        text = ("; " if self._language == "ru" else ", ").join(written(one, self._language) for one in several)
        return f'<span class="given" data-given="{name}">{text}</span>'

    def more(self, block: Directive) -> Block:
        """Make a box of what not everyone wants to know: `::: more What is it called?`."""
        self._only(block)
        if not block.rest:
            self._complain(block.line, 'A more has a title: "::: more Want more?".')
        text = "\n---\n".join(part.text for part in block.parts)
        line = block.parts[0].line if block.parts else block.line
        return Block("more", "", {}, {"title": block.rest, "text": self._html(Part(line, text))})


KINDS: Final[Mapping[str, Callable[[_Reader, Directive], Block]]] = MappingProxyType(
    {
        "instrument": _Reader.instrument,
        "predict": _Reader.predict,
        "task": _Reader.task,
        "number": _Reader.number,
        "more": _Reader.more,
    }
)
