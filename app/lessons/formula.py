"""LaTeX as MathML, or why it cannot be: what a lesson's author typed may be anything."""

import html
import re
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, tostring

from latex2mathml.commands import MATRICES
from latex2mathml.converter import Converter

_LONGEST: Final = 2_000
_DEEPEST: Final = 30
_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_ENVIRONMENT: Final = re.compile(r"\\begin\s*\{([^{}]*)\}")
# A macro can grow without end; the others put HTML's own attributes on what they hold.
_REFUSED: Final = re.compile(
    r"\\(def|let|newcommand|renewcommand|providecommand|newenvironment|renewenvironment|href|class|style|id)(?![A-Za-z])"
)
# How many parts an element has: one that has fewer is drawn as a mistake.
_PARTS: Final = {
    **dict.fromkeys(("mfrac", "msub", "msup", "mroot", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a formula cannot be shown, to stand behind it in a sentence."""

    why: str


def formula(latex: str, display: str) -> str | Wrong:
    """Return a formula as MathML; `display` is "block" or "inline"."""
    if wrong := _refused(latex):
        return wrong
    try:
        made = Converter(display=display).convert_to_element(latex)
    except Exception:  # the converter raises whatever happens to it, an IndexError, too
        return Wrong("cannot be read: a brace, an end or what a command needs is missing.")
    for element in made.iter():
        _unescape(element)
        if len(element) != _PARTS.get(element.tag, len(element)):
            return Wrong("cannot be read: what a command needs is missing.")
    text = tostring(made, encoding="unicode", short_empty_elements=False)
    unknown = re.search(r"\\[A-Za-z]+", text)
    return Wrong(f"has {unknown[0]}, which is not known.") if unknown else text


def _refused(latex: str) -> Wrong | None:
    """Return what is wrong with a formula before it is read."""
    if len(latex) > _LONGEST:
        return Wrong(f"has {len(latex)} characters; {_LONGEST} is the most.")
    if refused := _REFUSED.search(latex):
        return Wrong(f"has {refused[0]}, which may not stand in a lesson.")
    for name in _ENVIRONMENT.findall(latex):
        if f"\\{name}" not in MATRICES:
            return Wrong(f'has an environment "{name}", which is not known.')
    return _braces(latex)


def _braces(latex: str) -> Wrong | None:
    depth = 0
    for found in _BRACE.findall(latex):
        depth += {"{": 1, "}": -1}.get(found, 0)
        if depth < 0:
            return Wrong("has a closing brace too many.")
        if depth > _DEEPEST:
            return Wrong(f"has braces in braces, {depth} deep; {_DEEPEST} is the most.")
    return Wrong("has a brace that is not closed.") if depth else None


def _unescape(element: Element) -> None:
    """Turn the references that the converter writes, such as &#x003B1;, into characters: they are escaped later."""
    element.text = html.unescape(element.text or "")
    element.tail = html.unescape(element.tail or "")
    for name, value in element.attrib.items():
        element.set(name, html.unescape(value))
