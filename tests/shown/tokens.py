"""What stands in a formula, one thing after another: read from MathML, from LaTeX, or from plain text.

The three readers know nothing of the code that writes the formulas. MathML comes as a tree of
`{"tag", "attributes", "children"}`.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.shown.rounded import half_a_digit

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
# How much of a formula's look is no part of what it says.
_SPACES = " \u00a0\u202f\u2009\u2062\n"


class UnreadableError(Exception):
    """Something that these readers do not know."""


@dataclass(frozen=True)
class Num:
    text: str
    value: float
    error: float = 0.0


@dataclass(frozen=True)
class Name:
    text: str


@dataclass(frozen=True)
class Op:
    text: str


@dataclass(frozen=True)
class Node:
    """A thing of parts: "sub", "sup", "subsup", "under", "frac", "root", "matrix" (a list of rows of cells)."""

    kind: str
    parts: tuple = field(default_factory=tuple)


def number_of(text: str) -> float:
    """The value of a number as the pages write it, in English or in Russian."""
    plain = text.strip().replace("\u202f", "").replace("−", "-").replace(",", ".")
    found = re.fullmatch(r"([+-]?[\d.]+)(?:[·×]10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+))?", plain)
    if not found:
        raise UnreadableError(f"no number: {text!r}")
    power = "".join(SUPERSCRIPTS[one] for one in found[2] or "⁰")
    return float(f"{found[1]}e{power}")


def num(text: str, is_shown: bool) -> Num:
    """A number; one that `is_shown` was rounded, any other is a constant of its formula."""
    if text == "½":
        return Num(text, 0.5)
    value = number_of(text)
    return Num(text, value, half_a_digit(value) if is_shown else 0.0)


# MathML


def text_of(tree: Any) -> str:
    return tree if isinstance(tree, str) else "".join(map(text_of, tree["children"]))


_HATS = {"y": "ŷ"}
_KINDS = {"msub": "sub", "msup": "sup", "msubsup": "subsup", "munder": "under", "mfrac": "frac"}


def of_mathml(tree: dict[str, Any], inside: str = "") -> tuple:
    """The tokens of a tree of MathML; `inside` a cell of a matrix all numbers were rounded."""
    tag, children = tree["tag"], [one for one in tree["children"] if not isinstance(one, str)]
    found: tuple
    match tag:
        case "mn":
            classes = tree["attributes"].get("class", "").split()
            is_shown = inside == "mtd" or bool({"positive", "negative", "zero"} & set(classes))
            found = (num(text_of(tree), is_shown),)
        case "mi" | "mo" | "mtext":
            found = _word(tag, text_of(tree).strip(_SPACES))
        case "mover":  # a hat
            found = (Name(_HATS[text_of(children[0])]),)
        case "msub" | "msup" | "msubsup" | "munder" | "mfrac":
            found = scripted(_KINDS[tag], tuple(map(of_mathml, children)))
        case "msqrt":
            found = (Node("root", (sum(map(of_mathml, children), ()),)),)
        case "mtable":
            found = (Node("matrix", ([[of_mathml(cell, "mtd") for cell in row["children"]] for row in children],)),)
        case "mspace":
            found = ()
        case "mtd" | "mrow" | "mstyle" | "math":
            found = sum((of_mathml(one, inside) for one in children), ())
            if len(found) == 3 and (found[0], found[2]) == (Op("["), Op("]")):
                found = (found[1],)  # a table needs no brackets
        case _:
            raise UnreadableError(f"<{tag}>")
    return found


def _word(tag: str, text: str) -> tuple:
    if text and (tag == "mi" or (tag == "mo" and text.isalpha())) and text != "′":
        return (Name(text),)
    return (Op(text),) if text else ()


def scripted(kind: str, parts: tuple) -> tuple:
    """A thing with a script. A raised number behind a bracket belongs to all that the brackets hold."""
    if kind == "sub" and parts[0] == (Op("∑"),):
        return (Node("under", parts),)
    if kind == "sup" and parts[0] == (Op(")"),):
        return (Op(")"), Node("above", parts[1:]))
    return (Node(kind, parts),)
