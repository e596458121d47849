"""What a claim is: a sentence that stands in English and in Russian, and the function that decides it.

A quote is part of a file (lessons, notes, README) or of a message of the catalog (presets, races, the interface). A
test finds every quote where it should stand, so whoever changes a sentence meets the function that decides it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from babel.messages.pofile import read_po

ROOT: Final = Path(__file__).parents[2]
CONTENT: Final = ROOT / "app/lessons/content"
CATALOG: Final = ROOT / "app/locale/ru/LC_MESSAGES/messages.po"
# Where sentences stand that are no lesson's: in the catalog of messages, or in the README, which is in English only.
MESSAGES, README = "messages", "README"


@dataclass(frozen=True)
class Claim:
    """A sentence of `where`: a lesson's folder, `folder/teach`, MESSAGES or README; `ru` is None in the README only.

    `decide` returns whether it is so; with the arguments `nearly` the same function has to say no.
    """

    name: str
    where: str
    en: str
    ru: str | None
    decide: Callable[..., Any]
    nearly: Mapping[str, Any] | None = None


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def text_of(where: str, language: str) -> str:
    """Return the whole text that a claim stands in."""
    if where == README:
        return _plain((ROOT / "README.md").read_text("utf-8"))
    folder, _, notes = where.partition("/")
    return _plain((CONTENT / folder / f"{'teach.' if notes else ''}{language}.md").read_text("utf-8"))


def message_pairs() -> list[tuple[str, str]]:
    """Return every message of the catalog in English and in Russian, all its plural forms joined."""
    with CATALOG.open("rb") as file:
        catalog = read_po(file)
    pairs = []
    for entry in catalog:
        ids, strings = ([one] if isinstance(one, str) else list(one) for one in (entry.id, entry.string))
        pairs.append((_plain(" ".join(ids)), _plain(" ".join(strings))))
    return pairs


def stands(claim: Claim, pairs: list[tuple[str, str]]) -> list[str]:
    """Return the languages in which a claim's quote does not stand where it should."""
    if claim.where == MESSAGES:
        own = [russian for english, russian in pairs if claim.en in english]
        missing = [] if own else ["en"]
        return missing + ([] if any((claim.ru or "?") in russian for russian in own) else ["ru"])
    quotes = {"en": claim.en} if claim.ru is None else {"en": claim.en, "ru": claim.ru}
    return [language for language, quote in quotes.items() if quote not in text_of(claim.where, language)]
