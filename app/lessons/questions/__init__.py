"""Questions whose answer is a number: the table `QUESTIONS`, and what the usual slips give.

To add one, add a row to a file of this folder: `make(numbers)` draws friendly numbers and returns an `Example`; the
answer and what each slip would give are computed by the engine. What is said of a new slip goes into that file's
`SLIPS`, what a new line is called into its `LINES`. To add a file, add it to `_FILES`. Tests draw a hundred of each
kind: every slip is recognised, and a right answer is never taken for one.

On worksheets the words and signs of each line stand before a blank: signs hold no words of a language and no value
of another line. What computes the lines in NumPy alone goes into `app/lessons/question_scripts.py`, and what the
slips give into `app/lessons/slip_scripts.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app.lessons.questions import (
    chain,
    descent,
    gradients,
    losses,
    neurons,
    symmetry,
    training,
    vanishing,
)
from app.lessons.questions.made import Example, Numbers, Question, Slip

_FILES: Final = (neurons, losses, descent, chain, gradients, training, vanishing, symmetry)

# Draws until no slip gives the right answer: a handful is enough, and an end there must be.
_MOST_DRAWS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What there is to say of an answer: the slips it matches, and the lines that may be shown.

    Of a wrong answer the last line, which is the right one, has no value yet.
    """

    is_right: bool
    slips: tuple[Slip, ...]
    lines: tuple[tuple[str, str, float | None], ...]


# What is said of a slip, to whoever made it.
SLIPS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {name: MappingProxyType({"label": label}) for file in _FILES for name, label in file.SLIPS.items()}
)

# What lines are called.
LINES: Final = tuple({"label": label} for file in _FILES for label in file.LINES)

QUESTIONS: Final[Mapping[str, Question]] = MappingProxyType({row.name: row for file in _FILES for row in file.ROWS})


def example(question: Question, seed: int) -> Example:
    """Return the example that a seed stands for: one in which no slip happens to give the right answer."""
    numbers = Numbers(seed)
    for _ in range(_MOST_DRAWS):
        made = question.make(numbers)
        if all(abs(slip.value - made.answer) > 2 * question.tolerance for slip in made.slips):
            return made
    problem = f"no example of {question.name} was found whose slips differ from its answer"
    raise ValueError(problem)


def judge(question: Question, seed: int, answer: float) -> Verdict:
    """Compare an answer with the right one and with what slips give.

    All lines are shown with a right answer; up to the slip with a wrong one that is known; else the first.
    """
    made = example(question, seed)
    if abs(answer - made.answer) <= question.tolerance:
        return Verdict(True, (), tuple((line.label, line.sign, line.value) for line in made.lines))
    slips = tuple(slip for slip in made.slips if abs(answer - slip.value) <= question.tolerance)
    last = min((slip.line for slip in slips), default=0)
    final = len(made.lines) - 1
    shown = enumerate(made.lines[: last + 1])
    return Verdict(
        False, slips, tuple((line.label, line.sign, None if at == final else line.value) for at, line in shown)
    )
