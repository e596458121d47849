"""Works out what a formula says: tokens and what the symbols stand for, made into a number.

`Meanings` say what a symbol, a derivative or a function stands for; a sum binds its index there. A formula that
leaves something out (…) has no value.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np

from tests.shown.rounded import Rounded, applied, as_rounded, times
from tests.shown.tokens import Name, Node, Num, Op, UnreadableError


class LeftOutError(Exception):
    """The formula leaves something out, and says so."""


class Meanings(Protocol):
    bound: dict[str, int]

    def symbol(self, letter: str, index: tuple, layer: int | None, mark: str) -> "Rounded | np.ndarray": ...
    def derivative(self, top: tuple, bottom: tuple) -> "Rounded | np.ndarray": ...
    def reach(self, index: str) -> int: ...
    def called(self, name: str, argument: tuple) -> Rounded: ...


def _sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "max": max,
    "min": min,
    "ln": math.log,
    "log": math.log,
    "exp": math.exp,
    "tanh": math.tanh,
    "sgn": lambda d: float((d > 0) - (d < 0)),
    "σ": _sigmoid,
    "sin": math.sin,
    "cos": math.cos,
    "sqrt": math.sqrt,
    "abs": abs,
    "relu": lambda z: max(z, 0.0),
}
# What these functions are, their meanings say.
_CALLED = {"Δw", "f", "f′", "g", "g′", "relu′"}
_SIGNS = {"·", "×"}
_OVER = {"∕", "/", "÷"}
_CLOSING = {"(": ")", "[": "]", "|": "|"}
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    ">": lambda one, other: one > other,
    "<": lambda one, other: one < other,
    "≤": lambda one, other: one <= other,
}


def _is(token: object, *texts: str) -> bool:
    return isinstance(token, Op) and token.text in texts


def segments(tokens: Sequence) -> list[tuple]:
    """A line cut at its equals signs and arrows."""
    found: list[tuple] = [()]
    for token in tokens:
        if _is(token, "=", "←"):
            found.append(())
        else:
            found[-1] += (token,)
    return [one for one in found if one]


def value_of(tokens: Sequence, meanings: Meanings) -> "Rounded | np.ndarray":
    """What a formula without an equals sign comes to."""
    reader = _Reader(tuple(tokens), meanings)
    found = reader.choice()
    if reader.at < len(reader.tokens):
        raise UnreadableError(f"{reader.tokens[reader.at]} in {tokens}")
    return found


def key_of(tokens: Sequence, bound: Mapping[str, int]) -> tuple[str, tuple, int | None, str]:
    """A symbol's letter, its indices (numbers from 1, or a name), its layer (from 1) and what is said of it."""
    (token,) = tokens
    if isinstance(token, Name):
        return token.text, (), None, ""
    if not isinstance(token, Node):
        raise UnreadableError(str(token))
    letter = "".join(one.text for one in token.parts[0])
    match token.kind:
        case "sub":
            return letter, _index(token.parts[1], letter, bound), None, ""
        case "subsup":
            return letter, _index(token.parts[1], letter, bound), *_layer(token.parts[2])
        case "sup":
            return letter, (), *_layer(token.parts[1])
    raise UnreadableError(str(token))


def _is_layer(tokens: Sequence) -> bool:
    """(2), a raised number of a layer, perhaps with a word behind it."""
    return len(tokens) >= 3 and _is(tokens[0], "(") and isinstance(tokens[1], Num) and _is(tokens[2], ")")


def _layer(tokens: Sequence) -> tuple[int | None, str]:
    mark = "".join(one.text for one in tokens[3:]) if _is_layer(tokens) else "".join(one.text for one in tokens)
    return (int(tokens[1].text) if _is_layer(tokens) else None), mark


def _index(tokens: Sequence, letter: str, bound: Mapping[str, int]) -> tuple:
    found: list = []
    for token in tokens:
        if isinstance(token, Name):
            found.append(bound.get(token.text, token.text))
        elif isinstance(token, Num):
            # The two indices of a weight stand side by side as long as each has one digit.
            parts = list(token.text) if letter in ("w", "v") and token.text.isdigit() else token.text.split(",")
            found.extend(map(int, parts))
    return tuple(found)


class _Reader:
    def __init__(self, tokens: tuple, meanings: Meanings) -> None:
        self.tokens, self.meanings, self.at = tokens, meanings, 0
        self.bars = 0

    @property
    def next(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def expect(self, *texts: str):
        if not _is(self.next, *texts):
            raise UnreadableError(f"{texts} is missing at {self.at} of {self.tokens}")
        return self.take()

    def inner(self, tokens: Sequence) -> "Rounded | np.ndarray":
        return value_of(tokens, self.meanings)

    def choice(self):
        """This, if that is so, else another."""
        first = self.sum()
        if not _is(self.next, ", if", ",if"):
            return first
        self.take()
        holds = self.condition()
        self.expect(", else", ",else")
        other = self.choice()
        return first if holds else other

    def condition(self) -> bool:
        left = self.sum()
        sign = self.expect(*_COMPARED)
        return _COMPARED[sign.text](left.value, self.sum().value)

    def sum(self):
        sign = self.take().text if _is(self.next, "+", "−") else "+"
        found = self.term() if sign == "+" else -self.term()
        while _is(self.next, "+", "−"):
            sign = self.take().text
            other = self.term()
            found = found + other if sign == "+" else found - other
        return found

    def term(self):
        found = self.factor()
        while self.next is not None:
            if _is(self.next, *_SIGNS):
                self.take()
                found = times(found, self.factor())
            elif _is(self.next, *_OVER):
                self.take()
                found = found / self.factor()
            elif self.begins():
                found = times(found, self.factor())
            else:
                break
        return found

    def begins(self) -> bool:
        """Whether what comes next is one more factor."""
        return (
            not isinstance(self.next, Op)
            or _is(self.next, "(", "√", "∑")
            or (_is(self.next, "|") and not self.bars)
        )

    def factor(self):
        found = self.bare()
        while (isinstance(self.next, Node) and self.next.kind == "above") or _is(self.next, "^"):
            token = self.take()
            found = found ** (self.inner(token.parts[0]) if isinstance(token, Node) else self.bare())
        return found

    def bare(self):
        if _is(self.next, "∂"):
            return self.quotient()
        token = self.take()
        match token:
            case Num():
                found = Rounded(token.value, token.error)
            case Name():
                found = self.named(token)
            case Node():
                found = self.node(token)
            case Op("∑"):  # over whatever there is
                found = self.total("∑")
            case Op("√"):
                found = applied(math.sqrt, self.factor())
            case Op("(" | "[" | "|"):
                found = self.bracketed(token.text)
            case Op("…" | "⋯" | "⋮" | "⋱"):
                raise LeftOutError
            case _:
                raise UnreadableError(f"{token} in {self.tokens}")
        return found

    def bracketed(self, opening: str):
        self.bars += opening == "|"
        found = self.choice()
        if _is(self.next, *_COMPARED):  # [a > 0] is 1 where that is so
            sign = self.take().text
            found = Rounded(float(_COMPARED[sign](found.value, self.sum().value)))
        self.expect(_CLOSING[opening])
        self.bars -= opening == "|"
        return applied(abs, found) if opening == "|" else found

    def quotient(self):
        """∂L/∂w on one line."""
        start = self.at
        while not _is(self.next, *_OVER):
            self.take()
        top = self.tokens[start + 1 : self.at]
        self.take()
        self.expect("∂")
        return self.meanings.derivative(top, (self.take(),))

    def named(self, token: Name):
        name = token.text
        if name == "d" and self.next in (Name("W"), Name("b")):  # a layer's array of gradients
            name += self.take().text
        if name == "Δ":  # the change of a weight, at a time
            name += self.take().text
        if name in FUNCTIONS and self.next is not None:
            raised = self.take() if isinstance(self.next, Node) and self.next.kind == "above" else None
            found = applied(FUNCTIONS[name], *self.arguments())
            return found if raised is None else found ** self.inner(raised.parts[0])
        if _is(self.next, "(") and name in _CALLED:
            return self.call(name)
        if name == "π":
            return Rounded(math.pi)
        return self.meanings.symbol(name, (), None, "")

    def call(self, name: str):
        """A function whose argument its meanings look at."""
        start, depth = self.at, 0
        while depth or self.at == start:
            token = self.take()
            depth += _is(token, "(") - _is(token, ")")
        return self.meanings.called(name, self.tokens[start + 1 : self.at - 1])

    def arguments(self) -> list[Rounded]:
        if not _is(self.next, "("):
            return [self.factor()]
        self.take()
        found = [self.choice()]
        while _is(self.next, ",", ";"):
            self.take()
            found.append(self.choice())
        self.expect(")")
        return found

    def node(self, token: Node):
        match token.kind:
            case "frac":
                found = self.quotient_of(*token.parts)
            case "root":
                found = applied(math.sqrt, self.inner(token.parts[0]))
            case "matrix":
                found = self.matrix(token.parts[0])
            case "under":
                found = self.summed(token)
            case "sub" if _is(token.parts[0][0], "("):  # what is in brackets, for one example
                found = self.meanings.symbol("part", (), None, "")
            case "sub" if token.parts[0] == (Name("softmax"),):
                found = self.share(token)
            case "sup":
                found = self.power(*token.parts)
            case "subsup" if not _is_layer(token.parts[2]):
                found = self.inner((Node("sub", token.parts[:2]),)) ** self.inner(token.parts[2])
            case _:
                found = self.meanings.symbol(*key_of((token,), self.meanings.bound))
        return found

    def quotient_of(self, top: tuple, bottom: tuple):
        if _is(top[0], "∂"):
            return self.meanings.derivative(top[1:], bottom[1:])
        if top == (Name("d"),):
            return self.slope(bottom[1].text)
        return self.inner(top) / self.inner(bottom)

    def power(self, base: tuple, above: tuple):
        if above == (Op("′"),):
            name = f"{base[0].text}′"
            found = self.call(name) if _is(self.next, "(") else self.meanings.symbol(name, (), None, "")
        elif above == (Name("⊤"),):
            found = self.whole(base).T
        elif base == (Name("e"),):
            found = applied(math.exp, self.inner(above))
        elif _is_layer(above) or (isinstance(above[0], Op) and above[0].text.isalpha()):
            found = self.meanings.symbol(*key_of((Node("sup", (base, above)),), self.meanings.bound))
        else:
            found = self.inner(base) ** self.inner(above)
        return found

    def whole(self, base: tuple):
        if isinstance(base[0], Num) and base[0].text == "1":
            return as_rounded(np.ones((self.meanings.reach("n"), 1)))
        return self.inner(base)

    def share(self, token: Node):
        (index,) = _index(token.parts[1], "softmax", self.meanings.bound)
        shares = self.arguments()
        return applied(lambda *z: math.exp(z[index - 1]) / sum(map(math.exp, z)), *shares)

    def summed(self, token: Node):
        if token.parts[0] != (Op("∑"),):
            raise UnreadableError(str(token))
        (index,) = token.parts[1]
        return self.total(index.text)

    def total(self, index: str) -> Rounded:
        start, found = self.at, Rounded(0.0)
        for number in range(1, self.meanings.reach(index) + 1):
            self.meanings.bound[index] = number
            self.at = start
            found = found + self.term()
        del self.meanings.bound[index]
        return found

    def slope(self, variable: str) -> Rounded:
        """What comes next, differentiated: as a quotient of small differences."""
        start, at = self.at, self.meanings.numbers[variable]
        found = []
        for nudge in (1e-5, -1e-5):
            self.at = start
            self.meanings.numbers[variable] = at + nudge
            found.append(self.factor())
        self.meanings.numbers[variable] = at
        return (found[0] - found[1]) / Rounded(2e-5)

    def matrix(self, rows: list):
        cells = [[self.inner(cell) for cell in row] for row in rows]
        found = np.empty((len(cells), len(cells[0])), dtype=object)
        for r, row in enumerate(cells):
            found[r, :] = row
        return found
