"""Worksheets: problems for paper, made of a lesson's number questions. The same seed makes the same sheet.

The kinds of a lesson take turns; a longer sheet begins like a shorter one of its seed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Final

from app.engine.draws import Draws
from app.lessons.lesson import Block, Page
from app.lessons.questions import QUESTIONS, example
from app.lessons.questions.made import Example, Given
from app.lessons.values import written

_GIVEN: Final = re.compile(r'(<span class="given" data-given="(\w+)">)[^<]*')
_POINT: Final = re.compile(r"(?<=\d)\.(?=\d)")
# As many as the seeds a learner is given.
_SEEDS: Final = 100_000
# Draws until a problem is unlike those of its kind before it; of a kind with few numbers, one may come again.
_MOST_DRAWS: Final = 50
# Of a number that was computed, so many decimals are free of the rounding of one machine or another: what should
# be 0 is 0 on every one of them, and not 1.11e-16.
_SURE_DECIMALS: Final = 10


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a sheet: its number from 1, its question's name, its text as HTML, and the way to its answer."""

    number: int
    question: str
    asked: str
    made: Example


def questions(page: Page) -> tuple[Block, ...]:
    """Return the number questions of a lesson; without any there can be no sheet."""
    return tuple(block for block in page.blocks if block.kind == "number")


def problems(page: Page, language: str, seed: int, count: int) -> tuple[Problem, ...]:
    """Return `count` problems: each kind in turn, no two of them alike; none if the lesson asks for no numbers."""
    made = _examples(page, seed)
    return tuple(
        Problem(number, block.data["question"], _filled(block.html["asked"], one.given, language), one)
        for number, (block, one) in enumerate(islice(made, count), start=1)
    )


def _examples(page: Page, seed: int) -> Iterator[tuple[Block, Example]]:
    draws = Draws(seed)
    before: dict[str, list[Given]] = {}
    for block in cycle(questions(page)):
        name = block.data["question"]
        seen = before.setdefault(name, [])
        for _ in range(_MOST_DRAWS):
            made = example(QUESTIONS[name], int(draws.words(1)[0]) % _SEEDS)
            if made.given not in seen:
                break
        seen.append(made.given)
        yield block, made


def _filled(asked: str, given: Given, language: str) -> str:
    """Return a question's text, in HTML, with these numbers in their places."""

    def number(found: re.Match[str]) -> str:
        value = given[found[2]]
        several = value if isinstance(value, list) else [value]
        return found[1] + ("; " if language == "ru" else ", ").join(written(one, language) for one in several)

    return _GIVEN.sub(number, asked)


def rounded(value: float, language: str) -> str:
    """Return a number as the key has it: four digits, the same on every machine."""
    return written(round(value, _SURE_DECIMALS) + 0.0, language)  # never −0


def signs(sign: str, language: str) -> str:
    """Return the signs of a line with the language's decimal point."""
    return _POINT.sub(",", sign) if language == "ru" else sign
