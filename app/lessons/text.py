"""Markdown as HTML: prose, formulas (LaTeX → MathML), numbers that the engine computes.

Raw HTML is not let through, so that a lesson can hold nothing but text.
"""

import re
from collections.abc import Callable
from typing import Any, Final

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from app.lessons.formula import Wrong, formula
from app.lessons.values import DIGITS, FEW, VALUES, written

Complain = Callable[[int, str], None]

_VALUE: Final = re.compile(r"\{=\s*([a-z_0-9]+)\s*\}")
# A number with a decimal point or comma: one that somebody computed.
_TYPED: Final = re.compile(r"(?<![\w.,/])\d+[.,]\d+(?![\w.,]*\w)")
_CODE: Final = re.compile(r"`[^`]*`|\$[^$]*\$|\]\([^)]*\)")


def html(text: str, line: int, language: str, complain: Complain) -> str:
    """Return Markdown that begins at a line as HTML; what is wrong is complained of with its line."""
    for index, one in enumerate(text.split("\n")):
        _check_numbers(one, line + index, complain)

    def value(found: re.Match[str]) -> str:
        name = found[1]
        at = line + text.count("\n", 0, found.start())
        if name not in VALUES:
            complain(at, f'There is no value "{name}"; there are {", ".join(VALUES)}.')
            return found[0]
        return written(VALUES[name](), language, DIGITS.get(name, FEW))

    filled = _VALUE.sub(value, text)
    return str(_parser(line, complain).render(filled)).strip()


def _check_numbers(text: str, line: int, complain: Complain) -> None:
    for found in _TYPED.finditer(_CODE.sub(" ", text)):
        complain(line, f"{found[0]} is typed by hand: let the engine compute it, with {{=name}}.")


def _parser(line: int, complain: Complain) -> MarkdownIt:
    def mathml(latex: str, options: dict[str, Any]) -> str:
        made = formula(latex, display="block" if options["display_mode"] else "inline")
        if isinstance(made, Wrong):
            complain(line, f"The formula ${latex.strip()}$ {made.why}")
            return ""
        return made

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return parser.use(dollarmath_plugin, renderer=mathml, allow_labels=False)
