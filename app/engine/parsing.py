"""Reads a formula into a graph, or says at which character it cannot be read. Nothing is ever evaluated as code.

From the weakest to the strongest: `+ −`, `* /`, a sign before a value, `**` or `^` (from the right), brackets and
functions. So −x^2 is −(x^2), as in mathematics. Mathematical signs (× · ÷ −) are read, too.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isinf
from types import MappingProxyType
from typing import Final

from app.engine.expression import NUMBER, OPERATIONS, VALUE, Graph, Node
from app.engine.sentences import Sentence, listed, marked, said

_FUNCTIONS: Final = {row.name: row for row in OPERATIONS.values() if row.is_function} | {"ln": OPERATIONS["log"]}
_SUMS: Final = {"+": "add", "-": "subtract", "−": "subtract"}
_PRODUCTS: Final = {"*": "multiply", "×": "multiply", "·": "multiply", "/": "divide", "÷": "divide"}
_POWERS: Final = ("**", "^")

_LETTER: Final = "A-Za-z_À-ÖØ-öø-ɏͰ-ϿЀ-ӿ"
_TOKEN: Final = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    rf"|(?P<name>[{_LETTER}][{_LETTER}0-9₀-₉]*)"
    r"|(?P<sign>\*\*|[-−+*×·/÷^(),])"
)
_SPACE: Final = re.compile(r"\s*")

# What is wrong at a character, and what should be there.
PROBLEMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "empty": marked("The formula is empty: write one, such as max(0, w*x + b)**2."),
        "character": marked("This character does not belong in a formula."),
        "operand": marked("Here a number, a name, a function or an opening bracket is expected."),
        "operator": marked(
            "Here an operation is expected, such as + or *, or the end; a product is written with *."
        ),
        "unclosed": marked("Here a closing bracket is expected: there are more opening ones than closing ones."),
        "unopened": marked("This bracket closes nothing: there is no opening one before it."),
        "comma": marked(
            "A comma only stands between the two values of max or min; decimals have a point, not a comma."
        ),
        "function": marked("There is no such function; there are {functions}. A product is written with *."),
        "brackets": marked("A function is followed by its value in brackets."),
        "one_value": marked("This function takes one value; decimals have a point, not a comma."),
        "two_values": marked("This function takes two values, with a comma between them."),
        "number": marked("This number is too large for a computer’s arithmetic."),
        "deep": marked("Here the formula is nested too deeply: {most} is the most."),
        "large": marked("Here the formula has too many parts: {most} is the most."),
    }
)


class FormulaError(ValueError):
    """A formula cannot be read: what is wrong (a row of `PROBLEMS`), and at which character, counted from 0."""

    def __init__(self, kind: str, at: int, text: str, most: int = 0) -> None:
        self.kind, self.at = kind, at
        found = _TOKEN.match(text, at)
        stands = found[0] if found else text[at : at + 1]
        problem = Sentence(PROBLEMS[kind], most=most, functions=listed(_FUNCTIONS))
        if stands:
            message = said('At character {at}, "{stands}": {problem}', at=at + 1, stands=stands, problem=problem)
        else:
            message = said("At character {at}, the end: {problem}", at=at + 1, problem=problem)
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of the text: its kind ("number", "name", "sign" or "end"), its characters, and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class _Part:
    """A node with the span it was read from, brackets included."""

    place: int
    start: int
    end: int


def parse(text: str, *, most_nodes: int, most_depth: int) -> Graph:
    """Return the graph of a formula; raises FormulaError."""
    return _Parser(text, most_nodes, most_depth).graph()


class _Parser:
    """Reads one formula from left to right, and keeps each part that it has not met before as a node."""

    def __init__(self, text: str, most_nodes: int, most_depth: int) -> None:
        self._text = text
        self._most_nodes, self._most_depth = most_nodes, most_depth
        self._nodes: list[Node] = []
        self._known: dict[tuple[object, ...], int] = {}
        self._nesting = 0
        self._token = self._read(0)

    def graph(self) -> Graph:
        if self._token.kind == "end":
            raise self._problem("empty")
        self._sum()
        if self._token.kind != "end":
            kinds = {")": "unopened", ",": "comma"}
            raise self._problem(kinds.get(self._token.text, "operator"))
        return Graph(tuple(self._nodes))

    # Tokens

    def _read(self, start: int) -> _Token:
        space = _SPACE.match(self._text, start)
        start = space.end() if space else start
        if start == len(self._text):
            return _Token("end", "", start)
        found = _TOKEN.match(self._text, start)
        if found is None or found.lastgroup is None:
            raise FormulaError("character", start, self._text)
        return _Token(found.lastgroup, found[0], start)

    def _next(self) -> _Token:
        """Return the token and go on to the one after it."""
        token = self._token
        self._token = self._read(token.end)
        return token

    def _problem(self, kind: str, at: int | None = None, most: int = 0) -> FormulaError:
        return FormulaError(kind, self._token.start if at is None else at, self._text, most)

    # Nodes

    def _node(self, operation: str, inputs: tuple[_Part, ...], start: int, end: int) -> _Part:
        """Return an operation on some parts; the same on the same is the same node."""
        places = tuple(part.place for part in inputs)
        nodes = [self._nodes[place] for place in places]
        depth = 1 + max(node.depth for node in nodes)
        if depth > self._most_depth:
            raise self._problem("deep", inputs[-1].start, self._most_depth)
        made = Node(operation, places, self._text[start:end], start, depth, any(node.varies for node in nodes))
        return self._kept((operation, *places), made, end, inputs[-1].start)

    def _kept(self, key: tuple[object, ...], node: Node, end: int, at: int) -> _Part:
        """Keep a node that is not known yet; `at` is where to point should there be too many."""
        if key not in self._known:
            if len(self._nodes) == self._most_nodes:
                raise self._problem("large", at, self._most_nodes)
            self._known[key] = len(self._nodes)
            self._nodes.append(node)
        return _Part(self._known[key], node.start, end)

    # The grammar, from the weakest to the strongest

    def _sum(self) -> _Part:
        left = self._product()
        while self._token.text in _SUMS:
            operation = _SUMS[self._next().text]
            right = self._product()
            left = self._node(operation, (left, right), left.start, right.end)
        return left

    def _product(self) -> _Part:
        left = self._signed()
        while self._token.text in _PRODUCTS:
            operation = _PRODUCTS[self._next().text]
            right = self._signed()
            left = self._node(operation, (left, right), left.start, right.end)
        return left

    def _signed(self) -> _Part:
        self._nesting += 1
        if self._nesting > self._most_depth:
            raise self._problem("deep", most=self._most_depth)
        part = self._minus() if self._token.text in _SUMS else self._power()
        self._nesting -= 1
        return part

    def _minus(self) -> _Part:
        sign = self._next()
        part = self._signed()
        if _SUMS[sign.text] == "add":
            return _Part(part.place, sign.start, part.end)
        return self._node("negate", (part,), sign.start, part.end)

    def _power(self) -> _Part:
        base = self._single()
        if self._token.text not in _POWERS:
            return base
        self._next()
        exponent = self._signed()
        return self._node("power", (base, exponent), base.start, exponent.end)

    def _single(self) -> _Part:
        token = self._token
        if token.kind == "number":
            return self._number(self._next())
        if token.kind == "name":
            return self._named(self._next())
        if token.text != "(":
            raise self._problem("comma" if token.text == "," else "operand")
        self._next()
        inner = self._sum()
        if self._token.text == ",":
            raise self._problem("comma")
        return _Part(inner.place, token.start, self._close())

    def _close(self) -> int:
        """Read a closing bracket and return where it ends."""
        if self._token.text != ")":
            raise self._problem("unclosed" if self._token.kind == "end" else "operator")
        return self._next().end

    def _number(self, token: _Token) -> _Part:
        number = float(token.text)
        if isinf(number):
            raise self._problem("number", token.start)
        node = Node(NUMBER, (), token.text, token.start, 0, varies=False, number=number)
        return self._kept((NUMBER, number), node, token.end, token.start)

    def _named(self, token: _Token) -> _Part:
        is_call = self._token.text == "("
        if token.text in _FUNCTIONS:
            if not is_call:
                raise self._problem("brackets")
            return self._call(token)
        if is_call:
            raise self._problem("function", token.start)
        node = Node(VALUE, (), token.text, token.start, 0, varies=True, name=token.text)
        return self._kept((VALUE, token.text), node, token.end, token.start)

    def _call(self, name: _Token) -> _Part:
        row = _FUNCTIONS[name.text]
        self._next()
        inputs = [self._sum()]
        while self._token.text == "," and len(inputs) < row.inputs:
            self._next()
            inputs.append(self._sum())
        if self._token.text == "," or (self._token.text == ")" and len(inputs) < row.inputs):
            raise self._problem("one_value" if row.inputs == 1 else "two_values")
        return self._node(row.name, tuple(inputs), name.start, self._close())
