"""What a link can ask of a page: the tables of its parts that can be left out and its controls that can be fixed.

`?preset=xor&hide=setup,share&lock=rate&projector`: `static/js/lib/wishes.js` reads it. To add a part of the lab or
of the race, add a row; a lesson's own parts are the names of its blocks, its controls those of its instruments.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from app.api.presets import PRESETS
from app.api.races import RACES
from app.lessons.instruments import INSTRUMENTS
from app.lessons.lesson import DONE, Lesson


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page by name: what it is called, and where on the page it is."""

    name: str
    label: str
    selector: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen in a link, by name; `label` is English, or the lesson's own text."""

    name: str
    label: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A page that links lead to, and what they can ask of it."""

    path: str
    presets: Sequence[Choice] = ()
    hide: Sequence[Choice] = ()
    lock: Sequence[Choice] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants a link to ask for."""

    preset: str = ""
    hide: Sequence[str] = field(default_factory=tuple)
    lock: Sequence[str] = field(default_factory=tuple)
    projector: bool = False


LAB_PARTS: Final = (
    Part("setup", "the set-up", "#setup-toggle, #setup, #edit-network"),
    Part("train", "the task “Train”", '[data-task-choice="train"]'),
    Part("inside", "the task “Look inside”", '[data-task-choice="inside"]'),
    Part("rate", "the learning rate", ".rate"),
    Part("share", "sharing", ".share"),
)
RACE_PARTS: Final = (
    Part("choice", "the choice of a race", "#race-choice"),
    Part("course", "surface and steps", "#course"),
    Part("runs", "the runs and their settings", ".runners-card"),
    Part("parts", "the step taken apart", ".parts-card"),
    Part("share", "sharing", ".share"),
)
LESSON_PARTS: Final = (Part("more", "the boxes “more”", ".lesson-more"),)

_LAB_CONTROLS: Final = (Choice("rate", "the learning rate"),)


def selectors(parts: Sequence[Part]) -> dict[str, str]:
    """Return where the parts are, by name: what a page's script needs."""
    return {part.name: part.selector for part in parts}


def targets(lessons: Sequence[Lesson], language: str) -> Mapping[str, Target]:
    """Return every page that links can lead to, by its path."""
    presets = [Choice(row.name, row.label) for row in PRESETS.values()]
    races = [Choice(row.name, row.label) for row in RACES.values()]
    rows = (
        *(_lesson(lesson, language) for lesson in lessons),
        Target("lab", presets, _choices(LAB_PARTS), _LAB_CONTROLS),
        Target("race", races, _choices(RACE_PARTS)),
    )
    return {row.path: row for row in rows}


def _choices(parts: Sequence[Part]) -> list[Choice]:
    return [Choice(part.name, part.label) for part in parts]


def _lesson(lesson: Lesson, language: str) -> Target:
    blocks = lesson.pages[language].blocks
    things = [block for block in blocks if block.kind in DONE]
    own = [Choice(block.name, block.html[_ASKED[block.kind]], is_own=True) for block in things]
    more = _choices(LESSON_PARTS) if any(block.kind == "more" for block in blocks) else []
    used = dict.fromkeys(block.name for block in blocks if block.kind == "instrument")
    controls = {name: label for one in used for name, label in INSTRUMENTS[one].controls.items()}
    lock = [Choice(name, label) for name, label in controls.items()]
    return Target(f"lessons/{lesson.slug}", (), [*own, *more], lock)


# What is asked in a block, in its HTML.
_ASKED: Final = {"predict": "question", "task": "asked", "number": "asked"}


def address(base: str, language: str, target: Target, wish: Wish) -> str:
    """Return the address that asks for it; what the page does not have is left out."""
    asked = [
        *([f"preset={quote(wish.preset)}"] if wish.preset in {row.name for row in target.presets} else []),
        *_listed("hide", target.hide, wish.hide),
        *_listed("lock", target.lock, wish.lock),
        *(["projector"] if wish.projector else []),
    ]
    return f"{base}{language}/{target.path}" + ("?" + "&".join(asked) if asked else "")


def _listed(key: str, rows: Sequence[Choice], wanted: Sequence[str]) -> list[str]:
    names = [row.name for row in rows if row.name in wanted]
    return [f"{key}={','.join(names)}"] if names else []
