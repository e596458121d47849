"""Mutants of JavaScript: by its tokens, so that comments, texts and regular expressions stay as they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.mutants.mutant import Mutant

Change = tuple[int, int, str]

SIGNS = {
    "===": "!==",
    "!==": "===",
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "+": "-",
    "-": "+",
    "*": "/",
    "/": "*",
    "**": "*",
    "%": "+",
    "&&": "||",
    "||": "&&",
    "+=": "-=",
    "-=": "+=",
}
WORDS = {"true": "false", "false": "true"}
METHODS = {"min": "max", "max": "min", "some": "every", "every": "some", "ceil": "floor", "floor": "ceil"}
# Larger numbers are mostly sizes in pixels; these are indices, factors and signs.
NUMBERS = {"0": "1", "1": "2", "2": "3", "0.5": "0.65"}
# Signs of mathematics in texts, for files that write formulas.
IN_TEXTS = {"+": "−", "−": "+", "·": "/", "²": "³", "≥": "<", "<": ">", ">": "<", "√": "", "′": "", "max": "min"}

TOKEN = re.compile(
    r"(?P<space>\s+|//[^\n]*|/\*.*?\*/)"
    r"|(?P<text>'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\")"
    r"|(?P<number>\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?n?|\.\d+)"
    r"|(?P<word>[\w$#]+)"
    r"|(?P<sign>=>|\?\?=|\.\.\.|\?\.|\?\?|===|!==|==|!=|<=|>=|&&|\|\||\*\*|\+\+|--|[-+*/%]=|.)",
    re.DOTALL,
)
REGULAR = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+/\w*")
# After one of these an expression begins: a `/` begins a regular expression there, a `-` is a sign.
BEGINS = ("return", "typeof", "case", "of", "in", "=>", "...", "!")


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def javascript_mutants(file: str, source: str, *, is_mathematics: bool = False) -> list[Mutant]:
    """Return every mutant of a file; where formulas are written, of the signs in its texts, too."""
    tokens = tokens_of(source)
    changes = set(_changes(tokens, source))
    changes |= set(_deleted(source, tokens))
    if is_mathematics:
        changes |= {change for token in tokens for change in _in_text(token)}
    return [Mutant(file, start, end, new, source) for start, end, new in sorted(changes)]


def tokens_of(source: str) -> list[Token]:
    """Return what stands in the source, without spaces and comments; the code in templates, too."""
    tokens: list[Token] = []
    depths: list[int] = []  # of the brackets in each template that is open
    at = 0
    while at < len(source):
        if source[at] == "`" or (source[at] == "}" and depths and depths[-1] == 0):
            if source[at] == "}":
                depths.pop()
            at = _template(source, at, tokens, depths)
            continue
        found = TOKEN.match(source, at)
        if source[at] == "/" and source[at + 1] not in "/*" and _begins(tokens):
            found = REGULAR.match(source, at)
        assert found, f"what is this? {source[at : at + 40]}"
        kind = found.lastgroup or "regular"
        if depths and kind == "sign":
            depths[-1] += (found[0] == "{") - (found[0] == "}")
        if kind != "space":
            tokens.append(Token(kind, found[0], at))
        at = found.end()
    return tokens


def _template(source: str, at: int, tokens: list[Token], depths: list[int]) -> int:
    """Read the text of a template up to its end, or to the code in it."""
    begin = at
    at += 1
    while source[at] != "`" and source[at : at + 2] != "${":
        at += 2 if source[at] == "\\" else 1
    is_code = source[at] == "$"
    if is_code:
        depths.append(0)
    at += 2 if is_code else 1
    tokens.append(Token("template", source[begin:at], begin))
    return at


def _begins(tokens: list[Token]) -> bool:
    """Tell whether an expression begins after these tokens."""
    if not tokens:
        return True
    last = tokens[-1]
    if last.kind == "template":
        return last.text.endswith("${")
    return last.text in BEGINS or (last.kind == "sign" and last.text not in (")", "]", "}"))


def _changes(tokens: list[Token], source: str) -> Iterator[Change]:
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else None
        after = tokens[index + 1].text if index + 1 < len(tokens) else ""
        if token.kind == "number" and token.text in NUMBERS:
            yield token.start, token.end, NUMBERS[token.text]
        elif token.kind == "word":
            yield from _word(token, before, after, tokens[index:], source)
        elif token.kind == "sign":
            yield from _sign(token, tokens[:index], source)


def _word(token: Token, before: Token | None, after: str, rest: list[Token], source: str) -> Iterator[Change]:
    is_member = before is not None and before.text in (".", "?.")
    if is_member and token.text in METHODS and after == "(":
        yield token.start, token.end, METHODS[token.text]
    elif not is_member and token.text in WORDS and after != ":":
        yield token.start, token.end, WORDS[token.text]
    elif not is_member and token.text in ("if", "while") and after == "(":
        end = _closing(rest[1:])
        if end is not None:
            yield rest[1].start, end + 1, f"(!{source[rest[1].start : end + 1]})"


def _closing(tokens: list[Token]) -> int | None:
    depth = 0
    for token in tokens:
        if token.kind == "sign":
            depth += (token.text == "(") - (token.text == ")")
            if depth == 0:
                return token.start
    return None


def _sign(token: Token, before: list[Token], source: str) -> Iterator[Change]:
    if token.text == "!":
        yield token.start, token.end, ""
    elif token.text in SIGNS and not _begins(before):
        yield token.start, token.end, SIGNS[token.text]
    elif token.text == "-" and _begins(before):
        yield token.start, token.end, ""
    elif token.text == "??" and before:
        yield token.start, token.end, "&&"


STATEMENT = re.compile(r"^ +(?!return|throw|import|export|super)[\w.]+(?:\?\.)?\(.*\);$", re.MULTILINE)


def _deleted(source: str, tokens: list[Token]) -> Iterator[Change]:
    """Leave out a call that stands alone in a line."""
    starts = {token.start for token in tokens if token.kind == "word"}
    for found in STATEMENT.finditer(source):
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        if start in starts and found[0].count("(") == found[0].count(")"):
            yield start, found.end(), ";"


def _in_text(token: Token) -> Iterator[Change]:
    if token.kind not in ("text", "template"):
        return
    for found in re.finditer("|".join(map(re.escape, IN_TEXTS)), token.text):
        yield token.start + found.start(), token.start + found.end(), IN_TEXTS[found[0]]
