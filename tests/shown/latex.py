"""Reads a formula in LaTeX as tokens."""

import re

from tests.shown.tokens import Name, Node, Op, UnreadableError, num, scripted

_COMMANDS = {
    "cdot": Op("·"), "partial": Op("∂"), "leftarrow": Op("←"), "prime": Op("′"), "dots": Op("…"),
    "cdots": Op("⋯"), "vdots": Op("⋮"), "ddots": Op("⋱"), "sum": Op("∑"), "lvert": Op("|"), "rvert": Op("|"),
    "infty": Op("∞"), "delta": Name("δ"), "eta": Name("η"), "sigma": Name("σ"), "lambda": Name("λ"),
    "mu": Name("μ"), "varepsilon": Name("ε"), "alpha": Name("α"), "top": Name("⊤"), "max": Name("max"),
    "min": Name("min"), "ln": Name("ln"), "tanh": Name("tanh"), "Delta": Name("Δ"),
}  # fmt: skip
_NAMED = {"mathrm", "operatorname", "text"}
_MARK = re.compile(r"\\[A-Za-z]+|\\\\|\\.|\d+(?:(?:\.|\{,\})\d+)?|\S")


class _Marks:
    def __init__(self, text: str, is_shown: bool) -> None:
        self.marks = _MARK.findall(text)
        self.at = 0
        self.is_shown = is_shown

    @property
    def next(self) -> str:
        return self.marks[self.at] if self.at < len(self.marks) else ""

    def take(self) -> str:
        self.at += 1
        return self.marks[self.at - 1]

    def until(self, *ends: str) -> tuple:
        """The tokens before one of these marks, which is taken, too."""
        found: tuple = ()
        while self.next not in ends:
            if not self.next:
                raise UnreadableError(f"{ends} is missing in {' '.join(self.marks)}")
            found += self.one()
        self.take()
        return found

    def group(self) -> tuple:
        if self.next != "{":
            return self.bare()
        self.take()
        return self.until("}")

    def words(self) -> str:
        self.take()
        start = self.at
        self.until("}")
        return "".join(self.marks[start : self.at - 1])

    def one(self) -> tuple:
        """One thing with what stands below and above it."""
        base = self.bare()
        below = above = None
        while self.next in ("_", "^", "'"):
            mark = self.take()
            if mark == "_":
                below = self.group()
            else:
                above = (Op("′"),) if mark == "'" else self.group()
        if below is not None and above is not None:
            return (Node("subsup", (base, below, above)),)
        if below is not None:
            return scripted("sub", (base, below))
        return base if above is None else scripted("sup", (base, above))

    def bare(self) -> tuple:
        mark = self.take()
        if mark == "{":
            return self.until("}")
        if mark[0].isdigit():
            return (num(mark.replace("{,}", ","), self.is_shown),)
        if mark in ("\\,", "&", "\\\\"):
            return ()
        if mark.startswith("\\"):
            return self.command(mark[1:])
        return (Name(mark),) if mark.isalpha() else (Op(mark.replace("-", "−")),)

    def command(self, name: str) -> tuple:
        if name == "frac":
            return (Node("frac", (self.group(), self.group())),)
        if name == "hat":
            return (Name("".join(one.text for one in self.group()) + "^"),)
        if name in _NAMED:
            return (Name(self.words()),)
        if name == "begin":
            return self.table()
        if name in _COMMANDS:
            return (_COMMANDS[name],)
        raise UnreadableError(f"\\{name}")

    def table(self) -> tuple:
        kind = self.words()
        rows: list[list[tuple]] = [[()]]
        while self.next != "\\end":
            if self.next in ("&", "\\\\"):
                rows.append([()]) if self.take() == "\\\\" else rows[-1].append(())
            else:
                rows[-1][-1] += self.one()
        self.take()
        assert self.words() == kind
        return (Node("matrix", (rows,)),) if kind == "bmatrix" else tuple(Node("line", (row,)) for row in rows)


def of_latex(text: str, *, is_shown: bool = False) -> tuple:
    """The tokens of a formula; `is_shown`: its numbers were rounded."""
    marks = _Marks(text, is_shown)
    found: tuple = ()
    while marks.next:
        found += marks.one()
    return found


def lines_of(text: str, *, is_shown: bool = False) -> list[tuple]:
    """The tokens of each line of a formula of several, aligned at their first equals signs."""
    return [sum(line.parts[0], ()) for line in of_latex(text, is_shown=is_shown)]
