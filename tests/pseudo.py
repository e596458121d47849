"""Languages in which every message is bracketed and twice as long: what is not bracketed was never translated.

A browser test gets a server that speaks them from a fixture like `server`, of its own module:

    running = RunningServer(tmp_path_factory.mktemp("pseudo") / "log.txt", module="tests.pseudo")

Each page is then at its usual address. Text without `OPEN` does not come from a catalog, and what no longer
fits its box breaks in a longer language, too.
"""

import argparse
import re

import uvicorn
from babel.messages.catalog import Catalog
from fastapi import FastAPI

from app.i18n import Language, from_catalog, languages
from app.main import create_app
from app.messages import collect

OPEN, CLOSE = "⟦", "⟧"

# Placeholders, the marks of a highlight, tags: whatever is not words.
KEPT = re.compile(r"(\{\w+\}|%\(\w+\)[a-z]|%%|\[\[|\]\]|<[^<>]+>|&\w+;)")


def pseudo(language: Language) -> Language:
    """Return a language with every message there is, bracketed and its words doubled."""
    catalog = Catalog(locale=language.code)
    for name, message in collect().items():
        translation = language.messages.get(name)
        if isinstance(message, str):
            catalog.add(message, stretched(translation if isinstance(translation, str) else message))
            continue
        forms = translation if isinstance(translation, list) else []
        in_english = [message[0]] + [message[1]] * (catalog.num_plurals - 1)
        filled = [form or english for form, english in zip(forms or in_english, in_english, strict=True)]
        catalog.add(message, tuple(stretched(form) for form in filled))
    return from_catalog(language.code, catalog)


def stretched(text: str) -> str:
    """Return a text in brackets with its words doubled, its placeholders, marks and tags as they were."""
    pieces = KEPT.split(text)  # words at even places, what is kept between them
    return OPEN + "".join(piece if i % 2 else _doubled(piece) for i, piece in enumerate(pieces)) + CLOSE


def _doubled(words: str) -> str:
    core = words.strip()
    return words.replace(core, f"{core} {core}") if re.search(r"[^\W\d_]", core) else words


def create_pseudo_app() -> FastAPI:
    """Return the application with every language replaced."""
    return create_app(languages={code: pseudo(language) for code, language in languages().items()})


def main() -> None:
    """Serve it, with the options of `python -m app`."""
    parser = argparse.ArgumentParser(prog="python -m tests.pseudo")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--workers", type=int, choices=[1], default=1)
    options = parser.parse_args()
    uvicorn.run(create_pseudo_app, factory=True, host=options.host, port=options.port, log_level="warning")


if __name__ == "__main__":
    main()
