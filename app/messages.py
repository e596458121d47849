"""`python -m app.messages`: collect every message there is and bring the catalogs in `locale/` up to date.

Messages come from four places: `_("…")` and `{% trans %}` in the templates; `t('…')`, `tn('…', '…', count)`
and `msg('…')` in the scripts; `said("…")`, `counted("…", "…", count)` and `marked("…")` in the server's modules;
and the words of the tables that the catalog hands out (`WORDS`). Translations
are kept; what nobody says any more is dropped. The files hold nothing that changes by itself (no dates, no
line numbers), so running this twice changes nothing, and `--check` can compare.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.jslexer import unquote_string
from babel.messages.pofile import write_po
from jinja2 import TemplateSyntaxError

from app.api.catalog import catalog as tables
from app.engine.bugs import BUGS
from app.engine.sabotage import HINTS
from app.i18n import DEFAULT, LANGUAGES, catalog_path, read_catalog
from app.lessons.faded.said import SLIPS as PASS_SLIPS
from app.lessons.questions import LINES, SLIPS
from app.lessons.sheet_script import COMMENTS
from app.links import LAB_PARTS, LESSON_PARTS, RACE_PARTS

ROOT: Final = Path(__file__).parents[1]

# The fields of a table's rows that are read by people.
WORDS: Final = ("label", "description", "look_for")
# The tables that only lessons speak of.
LESSON_WORDS: Final = (SLIPS, LINES, BUGS, HINTS, PASS_SLIPS)

# A message is a text, or the two texts (one, many) of a count.
Message = str | tuple[str, str]

_TEMPLATE_OPTIONS: Final = {
    "extensions": "jinja2.ext.i18n",
    "newstyle_gettext": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
}

# Babel's own reader of JavaScript misses calls inside calls and inside templates that hold an apostrophe.
_CODE: Final = re.compile(
    r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|//[^\n]*|/\*.*?\*/""", re.DOTALL
)
_PLAIN: Final = r"\s*(?P<{}>'(?:\\.|[^'\\\n])*')\s*"
_CALL: Final = re.compile(
    rf"(?<![\w$.#])(?:(?:t|msg)\({_PLAIN.format('text')}[,)]"
    rf"|tn\({_PLAIN.format('one')},{_PLAIN.format('many')},"
    r"|(?P<odd>(?:t|tn|msg)\([^,()]*['\"`]))"
)


def template_messages(source: str) -> list[Message]:
    """Return the messages of a template; raises TemplateSyntaxError."""
    file = io.BytesIO(source.encode())
    found = extract("jinja2.ext:babel_extract", file, DEFAULT_KEYWORDS, options=_TEMPLATE_OPTIONS)
    return [message if isinstance(message, str) else (message[0], message[1]) for _, message, _, _ in found]


def script_messages(source: str) -> list[Message]:
    """Return the messages of a script; raises ValueError for a call whose message cannot be collected."""
    found: list[Message] = []
    for call in _CALL.finditer(_CODE.sub(lambda match: match[1] or " ", source)):
        if call["odd"]:
            problem = f"a message is one plain string in single quotes, unlike {call['odd']}"
            raise ValueError(problem)
        texts = [unquote_string(text) for text in call.group("text", "one", "many") if text]
        found.append(texts[0] if len(texts) == 1 else (texts[0], texts[1]))
    return found


def server_messages(source: str) -> list[Message]:
    """Return the sentences of a Python module: what `said`, `counted` and `marked` are called with."""
    found: list[Message] = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [one.value for one in node.args[:2] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if node.func.id in {"said", "marked"} and texts:
            found.append(texts[0])
        elif node.func.id == "counted":
            found.append((texts[0], texts[1]))
    return found


def table_messages(value: Any, words: tuple[str, ...] = WORDS) -> Iterator[str]:
    """Yield the words for people in tables of records, however deep: those of the fields `words`."""
    if is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in words and isinstance(inner, str):
                yield inner
            else:
                yield from table_messages(inner, words)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from table_messages(inner, words)


def collect() -> dict[str, Message]:
    """Return all messages by their name, the (first) English text."""
    found: list[Message] = []
    for folder, pattern, read in (
        (ROOT / "templates", "*.html", template_messages),
        (ROOT / "static" / "js", "*.js", script_messages),
        (ROOT / "app", "*.py", server_messages),
    ):
        for path in sorted(folder.rglob(pattern)):
            try:
                found += read(path.read_text(encoding="utf-8"))
            except (ValueError, TemplateSyntaxError) as error:
                problem = f"{path.relative_to(ROOT).as_posix()}: {error}"
                raise ValueError(problem) from None
    parts = (LAB_PARTS, RACE_PARTS, LESSON_PARTS)
    return merged([*found, *table_messages((tables(), LESSON_WORDS, COMMENTS, parts))])


def merged(messages: list[Message]) -> dict[str, Message]:
    """Return messages by name; raises ValueError if a name has two plurals."""
    named: dict[str, Message] = {}
    for message in messages:
        name = _name(message)
        known = named.get(name, message)
        if isinstance(message, tuple) and isinstance(known, tuple) and message != known:
            problem = f"“{name}” has two plurals: “{known[1]}” and “{message[1]}”."
            raise ValueError(problem)
        named[name] = known if isinstance(known, tuple) else message
    return named


def updated(code: str, messages: Mapping[str, Message], before: Catalog) -> bytes:
    """Return the file of a language's catalog: `messages`, with the translations there were before."""
    after = Catalog(locale=code)
    for message in _wanted(code, messages):
        entry = before.get(_name(message))
        if entry is not None and entry.id == message:
            after.add(message, entry.string, flags=entry.flags, user_comments=entry.user_comments)
        else:
            after.add(message)
        if code == DEFAULT:
            after[_name(message)].string = message
    return _header(after) + _body(after)


def _header(catalog: Catalog) -> bytes:
    lines = (
        f"Language: {catalog.locale_identifier}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {catalog.plural_forms}",
    )
    return "\n".join(('msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in lines), "")).encode()


def _body(catalog: Catalog) -> bytes:
    body = io.BytesIO()
    write_po(body, catalog, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    text = body.getvalue().strip()
    return b"\n" + text + b"\n" if text else b""


def problems(code: str, messages: Mapping[str, Message]) -> list[str]:
    """Return what is missing in a language's catalog or stale."""
    before = _before(code)
    there = {_name(entry.id): entry for entry in before if entry.id}
    wanted = {_name(message): message for message in _wanted(code, messages)}
    found = [f"missing: {name}" for name in wanted if name not in there or there[name].id != wanted[name]]
    found += [f"stale: {name}" for name in there if name not in wanted]
    found += [f"not translated: {name}" for name, entry in there.items() if name in wanted and not _is_done(entry)]
    if not found and _bytes(code) != updated(code, messages, before):
        found.append("not written as `make messages` writes it")
    return found


def _wanted(code: str, messages: Mapping[str, Message]) -> list[Message]:
    """Return the messages a catalog holds: a message's English text is its name, so English has counts only."""
    return [message for message in messages.values() if code != DEFAULT or isinstance(message, tuple)]


def _name(message: Any) -> str:
    return str(message if isinstance(message, str) else message[0])


def _is_done(entry: Entry) -> bool:
    return not entry.fuzzy and all((entry.string,) if isinstance(entry.string, str) else entry.string or ("",))


def _before(code: str) -> Catalog:
    return read_catalog(code) if catalog_path(code).exists() else Catalog(locale=code)


def _bytes(code: str) -> bytes:
    return catalog_path(code).read_bytes() if catalog_path(code).exists() else b""


def main() -> int:
    """Write the catalogs, or say what is wrong with them."""
    parser = argparse.ArgumentParser(prog="python -m app.messages", description="Collect the messages.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if anything is missing or stale")
    is_check = parser.parse_args().check
    try:
        messages = collect()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    found = False
    for code in LANGUAGES:
        if not is_check:
            catalog_path(code).parent.mkdir(parents=True, exist_ok=True)
            catalog_path(code).write_bytes(updated(code, messages, _before(code)))
        left = problems(code, messages)
        found = found or bool(left)
        if is_check:
            print(*(f"{code}: {problem}" for problem in left), sep="\n", end="\n" if left else "")
        else:
            print(f"{code}: {len(_wanted(code, messages))} messages, {len(left)} not translated")
    return int(is_check and found)


if __name__ == "__main__":
    sys.exit(main())
