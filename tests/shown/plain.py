"""Reads a formula in plain text as tokens: `−η·m̂ ∕ (√v̂ + ε)`, `a^(b − 1)`, `w₁·x₁`, `[a > 0]`."""

import re

from tests.shown.tokens import SUBSCRIPTS, SUPERSCRIPTS, Name, Node, Op, num

_PIECE = re.compile(
    r"(?P<number>\d[\d\u202f]*(?:[.,]\d+)?(?:·10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)?|½)"
    r"|(?P<name>[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]+[\u0300-\u036f]?′?)(?P<below>[₀₁₂₃₄₅₆₇₈₉]*)"
    r"|(?P<above>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)"
    r"|(?P<sign>\S)"
)


def of_plain(text: str, *, is_shown: bool = True) -> tuple:
    """The tokens of a text; `is_shown`: its numbers with decimals were rounded."""
    found: list = []
    for piece in _PIECE.finditer(text.replace("\u00a0", " ").replace("_", "")):
        found.append(_token(piece, is_shown))
    return tuple(found)


def _token(piece: re.Match[str], is_shown: bool):
    if piece["number"]:
        return num(piece["number"], is_shown and not piece["number"].isdigit())
    if piece["name"]:
        if not piece["below"]:
            return Name(piece["name"])
        index = "".join(SUBSCRIPTS[one] for one in piece["below"])
        return Node("sub", ((Name(piece["name"]),), (num(index, is_shown=False),)))
    if piece["above"]:
        raised = "".join(SUPERSCRIPTS[one] for one in piece["above"])
        return Node("above", ((num(raised, is_shown=False),),))
    return Op({"-": "−", "*": "·", "/": "∕"}.get(piece["sign"], piece["sign"]))
