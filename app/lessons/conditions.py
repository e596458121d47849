"""Conditions on an instrument's facts: when something is told, when a task is done, which option happened.

    when: stamp = cat
    check: says = dog, ink <= 3
    outcome: 1: says = nothing; 2: says = dog; 3: never

Commas join conditions that must all hold, semicolons part the options. A condition on a value of the engine,
`{=best} = 3`, is decided when the lesson is read.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from app.lessons.instruments import Instrument
from app.lessons.values import VALUES

# What is wrong is told with this.
Complain = Callable[[str], None]
Condition = dict[str, Any]

_RELATIONS: Final[Mapping[str, Callable[[float, float], bool]]] = MappingProxyType(
    {"=": operator.eq, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}
)
_CONDITION: Final = re.compile(r"^([a-z][a-z0-9_]*|\{=[a-z_0-9]+\})\s*(=|<=|>=|<|>)\s*(\S+)$")
_NUMBER: Final = re.compile(r"-?[0-9]{1,300}(\.[0-9]{1,300})?")
_VALUE: Final = re.compile(r"\{=([a-z_0-9]+)\}")
_OPTION: Final = re.compile(r"[0-9]{1,4}")
_ROW: Final = re.compile(r"^([0-9]{1,4})\s*:\s*(.+)$")
# What stands for the conditions of an option that no state of the instrument brings about.
NEVER: Final = "never"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which option happened: rows of an option and its conditions. A row without conditions always holds."""

    rows: tuple[Mapping[str, Any], ...]

    @property
    def options(self) -> set[int]:
        """The options that can happen."""
        return {row["option"] for row in self.rows}


def conditions(text: str, instrument: Instrument, complain: Complain) -> list[Condition]:
    """Read conditions that must all hold: "says = dog, ink <= 3"."""
    found = [_condition(one.strip(), instrument, complain) for one in text.split(",")]
    return [one for one in found if isinstance(one, dict)]


def outcome(text: str, options: int, instrument: Instrument | None, complain: Complain) -> Outcome:
    """Read which of the options happened in which state; a single number is an option that always happens."""
    if _OPTION.fullmatch(text):
        if not 1 <= int(text) <= max(1, options):
            complain(f'"outcome" names an option from 1 to {options}, not {text}.')
        return Outcome(({"option": int(text), "conditions": []},))
    if instrument is None:
        return Outcome(())
    rows: list[Mapping[str, Any]] = []
    named: set[int] = set()
    for part in text.split(";"):
        found = _ROW.match(part.strip())
        if found is None:
            complain(f'"{part.strip()}" is not of the form "option: fact = value", with ";" between the options.')
            continue
        option = int(found[1])
        if not 1 <= option <= options:
            complain(f'"outcome" names an option from 1 to {options}, not {option}.')
        named.add(option)
        rows += _row(option, found[2].strip(), instrument, complain)
    for option in range(1, options + 1):
        if option not in named:
            complain(f'Option {option} has no condition; write "{option}: {NEVER}" if it cannot happen.')
    if named and not rows:
        complain("No option can happen.")
    return Outcome(tuple(rows))


def _row(option: int, text: str, instrument: Instrument, complain: Complain) -> list[Mapping[str, Any]]:
    if text == NEVER:
        return []
    read = [_condition(one.strip(), instrument, complain) for one in text.split(",")]
    if False in read:
        return []
    return [{"option": option, "conditions": [one for one in read if isinstance(one, dict)]}]


def _condition(text: str, instrument: Instrument, complain: Complain) -> Condition | bool:
    """Return a condition on a fact, or whether one on a value of the engine holds."""
    found = _CONDITION.match(text)
    if found is None:
        complain(f'"{text}" is not of the form "fact = value".')
        return False
    subject, relation, wanted = found.groups()
    if subject.startswith("{"):
        return _holds(subject[2:-1], relation, wanted, complain)
    return _of_fact(subject, relation, wanted, instrument, complain)


def _of_fact(fact: str, relation: str, wanted: str, instrument: Instrument, complain: Complain) -> Condition | bool:
    if fact not in instrument.facts:
        complain(f'"{instrument.name}" has no "{fact}"; it has {", ".join(instrument.facts)}.')
        return False
    words = instrument.facts[fact]
    if words and (wanted not in words or relation != "="):
        complain(f'"{fact}" is one of {", ".join(words)}, not "{wanted}".')
    if not words and (named := _VALUE.fullmatch(wanted)):
        if named[1] not in VALUES:
            return _holds(named[1], relation, "0", complain)
        wanted = repr(VALUES[named[1]]())
    elif not words and not _NUMBER.fullmatch(wanted):
        complain(f'"{fact}" is a number, not "{wanted}".')
        return False
    return {"fact": fact, "relation": relation, "value": wanted if words else float(wanted)}


def _holds(name: str, relation: str, wanted: str, complain: Complain) -> bool:
    if name not in VALUES:
        complain(f'There is no value "{name}"; there are {", ".join(VALUES)}.')
        return False
    if not _NUMBER.fullmatch(wanted):
        complain(f'"{name}" is a number, not "{wanted}".')
        return False
    return _RELATIONS[relation](VALUES[name](), float(wanted))


def unknown_facts(names: Sequence[str], instrument: Instrument | None) -> list[str]:
    """Return those names that are no fact whose value is a number."""
    facts = instrument.facts if instrument else {}
    return [name for name in names if facts.get(name) != ()]
