"""The script that comes with a worksheet's key: NumPy alone, and every number of the key.

What it prints is plain ASCII, so that every console shows it.
"""

import inspect
from collections.abc import Callable, Sequence
from typing import Final

from app.lessons.question_scripts import SCRIPTS
from app.lessons.slip_scripts import SLIP_SCRIPTS, names
from app.lessons.worksheets import Problem

# What the script says of itself.
COMMENTS: Final = (
    {"label": "Computes every line of the key; the last line of a problem is its answer."},
    {"label": "After it stands what each of the usual mistakes gives, under a short name of the mistake."},
    {"label": "Needs Python and NumPy, and nothing else."},
)

_SHOW: Final = '''def show(number, lines, slips, names, /, **given):
    """Print a problem as the key has it, with four digits: each line, then what each slip gives."""
    *way, answer = lines(**given)
    wrong = slips(**given)
    rows = [(f"line {place}", value) for place, value in enumerate(way, start=1)]
    for name, value in [*rows, ("answer", answer), *((name, wrong[name]) for name in names)]:
        print(f"{number}. {name}: {round(float(value), 10) + 0.0:.4g}")
'''


def script(about: Sequence[str], problems: Sequence[Problem], translate: Callable[[str], str]) -> str:
    """Return the script; `about` says in lines whose key it computes."""
    head = [*about, *(translate(row["label"]) for row in COMMENTS)]
    used = dict.fromkeys(problem.question for problem in problems)
    parts = [
        "\n".join((*(f"# {_on_one_line(line)}" for line in head), "", "import numpy as np")),
        *(inspect.getsource(table[name]).strip() for name in used for table in (SCRIPTS, SLIP_SCRIPTS)),
        _SHOW.strip(),
        "\n".join(_call(problem) for problem in problems),
    ]
    return "\n\n\n".join(parts) + "\n"


def _call(problem: Problem) -> str:
    given = ", ".join(f"{name}={value!r}" for name, value in problem.made.given.items())
    lines, slips = (table[problem.question].__name__ for table in (SCRIPTS, SLIP_SCRIPTS))
    called = ", ".join(f'"{name}"' for name in names(problem.made.slips))
    return f"show({problem.number}, {lines}, {slips}, [{called}], {given})"


def _on_one_line(text: str) -> str:
    """Return text that cannot end a comment."""
    return " ".join(text.split())
