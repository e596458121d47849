"""Mutants of Python: by its syntax tree, so that texts, annotations and comments stay as they are."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from tests.mutants.mutant import Mutant

Change = tuple[int, int, str]

COMPARISONS = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
ARITHMETIC = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "+"),
    ast.Pow: ("**", "*"),
    ast.BitOr: ("|", "&"),
    ast.BitAnd: ("&", "|"),
}
UNARY = {ast.Not: "not", ast.USub: "-"}
LOGIC = {ast.And: ("and", "or"), ast.Or: ("or", "and")}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "minimum": "maximum", "maximum": "minimum"}
# What these decorators and calls are given says how Python builds a class or names a type, not what is computed.
NOT_COMPUTED = ("dataclass", "lru_cache", "TypeVar", "Literal", "cast", "getLogger")


def python_mutants(file: str, source: str) -> list[Mutant]:
    """Return every mutant of a file, in the order of their places."""
    offsets = Offsets(source)
    changes = sorted(set(_changes(ast.parse(source), source, offsets)))
    return [Mutant(file, start, end, new, source) for start, end, new in changes]


class Offsets:
    """Where nodes stand in the source, in characters: a syntax tree counts lines, and bytes in them."""

    def __init__(self, source: str) -> None:
        self._lines = source.splitlines(keepends=True)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))

    def _at(self, line: int, column: int) -> int:
        return self._starts[line - 1] + len(self._lines[line - 1].encode()[:column].decode())

    def start(self, node: ast.expr | ast.stmt) -> int:
        return self._at(node.lineno, node.col_offset)

    def end(self, node: ast.expr | ast.stmt) -> int:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._at(node.end_lineno, node.end_col_offset)


def _changes(node: ast.AST, source: str, at: Offsets) -> Iterator[Change]:
    for name, child in _children(node):
        if name in ("annotation", "returns") or isinstance(child, ast.JoinedStr | ast.Import | ast.ImportFrom):
            continue
        if isinstance(child, ast.Call | ast.Subscript) and _named(child) in NOT_COMPUTED:
            continue
        if isinstance(child, ast.Assign | ast.AnnAssign) and re.search(
            r"EXAMPLES\b", ast.unparse(child).split("=")[0]
        ):
            continue  # what the documentation of the API shows
        yield from _of(child, source, at)
        yield from _changes(child, source, at)


def _children(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield name, child


def _named(node: ast.Call | ast.Subscript) -> str:
    inner = node.func if isinstance(node, ast.Call) else node.value
    return inner.attr if isinstance(inner, ast.Attribute) else inner.id if isinstance(inner, ast.Name) else ""


def _of(node: ast.AST, source: str, at: Offsets) -> Iterator[Change]:
    yield from _sign(node, source, at)
    yield from _value(node, source, at)
    if isinstance(node, ast.If | ast.IfExp | ast.While) and not isinstance(node.test, ast.Compare | ast.Constant):
        start, end = at.start(node.test), at.end(node.test)
        if source[start - 1] != "(":
            yield start, end, f"(not ({source[start:end]}))"
    is_call = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    if is_call or isinstance(node, ast.Raise | ast.AugAssign):
        yield at.start(node), at.end(node), "pass"


def _sign(node: ast.AST, source: str, at: Offsets) -> Iterator[Change]:
    match node:
        case ast.Compare(left=left, ops=ops, comparators=rest):
            for (before, after), kind in zip(pairwise([left, *rest]), ops, strict=True):
                yield from _between(before, after, COMPARISONS[type(kind)], source, at)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
            yield from _between(left, right, ARITHMETIC[type(op)], source, at)
        case ast.BoolOp(op=op, values=values):
            for before, after in pairwise(values):
                yield from _between(before, after, LOGIC[type(op)], source, at)
        case ast.UnaryOp(op=op) if type(op) in UNARY:
            yield at.start(node), at.start(node) + len(UNARY[type(op)]), ""


def _value(node: ast.AST, source: str, at: Offsets) -> Iterator[Change]:
    match node:
        case ast.Constant(value=value) if isinstance(value, bool | int | float):
            yield at.start(node), at.end(node), _other(value, source[at.start(node) : at.end(node)])
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in NAMES:
            yield at.end(node) - len(name), at.end(node), NAMES[name]


def _between(
    before: ast.expr, after: ast.expr, pair: tuple[str, str], source: str, at: Offsets
) -> Iterator[Change]:
    """Replace the sign that stands between two expressions, among brackets."""
    old, new = pair
    begin, end = at.end(before), at.start(after)
    sign = r"\s+".join(map(re.escape, old.split()))
    found = re.search(rf"(?<![\w]){sign}" if old[0].isalpha() else sign, source[begin:end])
    if found and "#" not in source[begin:end]:
        yield begin + found.start(), begin + found.end(), new


def _other(value: bool | float, text: str) -> str:
    if isinstance(value, bool):
        return str(not value)
    if isinstance(value, int):
        return str(value + 1)
    return f"({text} * 1.3 + 0.1)" if value == 0 else f"({text} * 1.3)"
