"""A lesson's file, taken apart: front matter, and blocks of text and of directives, each with its line.

---
title: A picture is numbers
idea: One sentence.
minutes: 10
order: 1
---
Text in Markdown.

::: task fool
check: says = dog, ink = 1

What is to be done.
---
What is said when it is done.
:::
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_FENCE: Final = re.compile(r"^:::\s*(?P<words>\S.*)?$")
# What parts a directive's text; behind it may stand the option that the next part is told of.
_PARTING: Final = re.compile(r"^---(?:\s+(?P<option>[0-9]{1,4}))?$")
_SETTING: Final = re.compile(r"^(?P<key>[a-z]+):\s*(?P<value>.*)$")
# Characters of a sentence that can still be read.
_LONGEST: Final = 600


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a lesson, with the line it is in."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Part:
    """Text of a file: the lines from `line` on. `label` is what stood behind the line of `---` before it."""

    line: int
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Directive:
    """A block between `:::` and `:::`: its kind and what else stands there, settings with their lines, parts.

    `parts` are what stands before and after a line of `---`, or of `--- 2`.
    """

    line: int
    kind: str
    rest: str
    settings: dict[str, Part]
    parts: list[Part]


@dataclass(slots=True)
class Source:
    """A file: its front matter (with lines) and its blocks, and what is wrong with its outer form."""

    file: str
    front: dict[str, Part] = field(default_factory=dict)
    blocks: list[Part | Directive] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, line: int, message: str) -> None:
        """Note a mistake; one that quotes at length loses its middle."""
        if len(message) > _LONGEST:
            message = f"{message[: _LONGEST // 2]}…{message[-_LONGEST // 3 :]}"
        self.problems.append(Problem(self.file, line, message))


_BEGINNING: Final = 'A lesson begins with a line of "---", then its title, idea, minutes and order.'


def read(file: str, text: str, beginning: str = _BEGINNING) -> Source:
    """Take a file apart; `beginning` is what is said of one that does not begin with front matter."""
    source = Source(file)
    lines = text.splitlines()
    start = _front(source, lines, beginning)
    _blocks(source, lines, start)
    return source


def _front(source: Source, lines: list[str], beginning: str) -> int:
    """Read the front matter; return the index of the line after it."""
    if not lines or lines[0].strip() != "---":
        source.complain(1, beginning)
        return 0
    for index, line in enumerate(lines[1:], start=1):
        if line.strip() == "---":
            return index + 1
        if not line.strip():
            continue
        found = _SETTING.match(line)
        if found is None:
            source.complain(index + 1, f'Here stands "key: value", or "---" as the end, not "{line.strip()}".')
        elif found["key"] in source.front:
            source.complain(index + 1, f'"{found["key"]}" is there twice.')
        else:
            source.front[found["key"]] = Part(index + 1, found["value"].strip())
    source.complain(1, 'The front matter does not end: a second line of "---" is missing.')
    return len(lines)


def _blocks(source: Source, lines: list[str], start: int) -> None:
    text: list[str] = []
    begun = start
    index = start
    while index < len(lines):
        found = _FENCE.match(lines[index])
        if found is None:
            text.append(lines[index])
            index += 1
            continue
        _keep(source, begun, text)
        index = _directive(source, lines, index, found["words"] or "")
        text, begun = [], index
    _keep(source, begun, text)


def _keep(source: Source, begun: int, text: list[str]) -> None:
    if any(line.strip() for line in text):
        source.blocks.append(Part(begun + 1, "\n".join(text)))


def _directive(source: Source, lines: list[str], index: int, words: str) -> int:
    """Read the directive that begins at a line; return the index of the line after it."""
    if not words:
        source.complain(index + 1, '":::" ends a directive, but none has begun.')
        return index + 1
    end = next((at for at in range(index + 1, len(lines)) if _FENCE.match(lines[at])), None)
    if end is None or lines[end].strip() != ":::":
        source.complain(index + 1, f'"::: {words}" does not end: a line of ":::" is missing.')
        return len(lines) if end is None else end
    kind, _, rest = words.partition(" ")
    settings, body = _settings(lines, index + 1, end)
    source.blocks.append(Directive(index + 1, kind, rest.strip(), settings, list(_parts(lines, body, end))))
    return end + 1


def _settings(lines: list[str], index: int, end: int) -> tuple[dict[str, Part], int]:
    settings = {}
    while index < end and (found := _SETTING.match(lines[index])):
        settings[found["key"]] = Part(index + 1, found["value"].strip())
        index += 1
    return settings, index


def _parts(lines: list[str], start: int, end: int) -> Iterator[Part]:
    begun, label = start, ""
    for index in range(start, end):
        found = _PARTING.match(lines[index].strip())
        if found:
            yield Part(begun + 1, "\n".join(lines[begun:index]), label)
            begun, label = index + 1, found["option"] or ""
    yield Part(begun + 1, "\n".join(lines[begun:end]), label)
