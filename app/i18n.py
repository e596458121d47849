"""The languages: gettext catalogs in `locale/`, for the pages and for their scripts alike.

To add one, add a row to `LANGUAGES` and a catalog (`make messages` starts it). A message's English text is
its name, so an English catalog holds plural forms only.
"""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel.core import negotiate_locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from app.engine.sentences import Sentence

LOCALE: Final = Path(__file__).parent / "locale"
LANGUAGES: Final = {"en": "English", "ru": "Русский"}
DEFAULT: Final = "en"
# How a language writes the marks in a number: of thousands, and of decimals.
_MARKS: Final = {"ru": str.maketrans({",": "\N{NO-BREAK SPACE}", ".": ","})}


@dataclass(frozen=True, slots=True)
class Language:
    """A language's translations; `messages` is what scripts get: text, or a list of plural forms, by name."""

    code: str
    translations: Translations
    messages: dict[str, str | list[str]]


def catalog_path(code: str) -> Path:
    """Return where a language's catalog lies."""
    return LOCALE / code / "LC_MESSAGES" / "messages.po"


def read_catalog(code: str) -> Catalog:
    """Read a language's catalog."""
    with catalog_path(code).open("rb") as file:
        return read_po(file, locale=code)


@cache
def language(code: str) -> Language:
    """Return a language of `LANGUAGES`."""
    return from_catalog(code, read_catalog(code))


def languages() -> dict[str, Language]:
    """Return every language of `LANGUAGES`."""
    return {code: language(code) for code in LANGUAGES}


def from_catalog(code: str, catalog: Catalog) -> Language:
    """Return the language that a catalog makes."""
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Language(code, Translations(compiled), _messages(catalog))


def _messages(catalog: Catalog) -> dict[str, str | list[str]]:
    messages: dict[str, str | list[str]] = {}
    for message in catalog:
        if not message.id or not message.string or message.fuzzy:
            continue
        if isinstance(message.id, tuple):
            if any(message.string):
                messages[message.id[0]] = [str(form) for form in message.string]
        elif message.string != message.id:
            messages[str(message.id)] = str(message.string)
    return messages


def in_language(sentence: Sentence, code: str) -> str:
    """Return a sentence of the server in a language of `LANGUAGES`, its numbers as that language writes them."""
    if code == DEFAULT:
        return str(sentence)
    known = language(code).translations

    def written(value: Any) -> str:
        if isinstance(value, bool | str):
            return str(value)
        text = f"{value:,}" if isinstance(value, int) else f"{value:g}"
        return text.translate(_MARKS[code])

    return sentence.told(known.gettext, known.ngettext, written)


def preferred(accept_language: str) -> str:
    """Return the language a browser asks for, or the default one."""
    wanted = []
    for part in accept_language.replace(" ", "").split(","):
        name, _, quality = part.partition(";q=")
        if _quality(quality) > 0:
            wanted.append((-_quality(quality), name.replace("-", "_").lower()))
    wanted.sort(key=lambda pair: pair[0])
    return negotiate_locale([name for _, name in wanted], list(LANGUAGES)) or DEFAULT


def _quality(text: str) -> float:
    try:
        return float(text or "1")
    except ValueError:
        return 0.0
