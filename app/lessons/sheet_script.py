"""The script that comes with a worksheet's key: NumPy alone, and every line of every problem.

What it prints is plain ASCII, so that every console shows it.
"""

import inspect
from collections.abc import Callable, Sequence
from typing import Final

from app.lessons.question_scripts import SCRIPTS
from app.lessons.worksheets import Problem

# What the script says of itself.
COMMENTS: Final = (
    {"label": "Computes every line of the key; the last line of a problem is its answer."},
    {"label": "Needs Python and NumPy, and nothing else."},
)

_SHOW: Final = '''def show(number, lines):
    """Print each line of a problem as the key has it, with four digits."""
    for place, value in enumerate(lines, start=1):
        name = "answer" if place == len(lines) else f"line {place}"
        print(f"{number}. {name}: {float(f'{value:.12g}') + 0.0:.4g}")
'''


def script(about: Sequence[str], problems: Sequence[Problem], translate: Callable[[str], str]) -> str:
    """Return the script; `about` says in lines whose key it computes."""
    head = [*about, *(translate(row["label"]) for row in COMMENTS)]
    used = dict.fromkeys(problem.question for problem in problems)
    parts = [
        "\n".join((*(f"# {_on_one_line(line)}" for line in head), "", "import numpy as np")),
        *(inspect.getsource(SCRIPTS[name]).strip() for name in used),
        _SHOW.strip(),
        "\n".join(_call(problem) for problem in problems),
    ]
    return "\n\n\n".join(parts) + "\n"


def _call(problem: Problem) -> str:
    given = ", ".join(f"{name}={value!r}" for name, value in problem.made.given.items())
    return f"show({problem.number}, {problem.question}({given}))"


def _on_one_line(text: str) -> str:
    """Return text that cannot end a comment."""
    return " ".join(text.split())
