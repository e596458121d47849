"""One whole pass through a 2-2-2 network with blanks in it: the numbers, the lines, and what is said of an answer.

To ask for another line, add a row to `BLANKS` in `slips.py`; to ask more or fewer of them, a row to `LEVELS`.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.lessons.faded.drawing import drawn, worked
from app.lessons.faded.setup import Pass
from app.lessons.faded.slips import BLANKS, TOLERANCE, Slip, slips_of

# How many blanks a pass can have, and which. The five are those of the backward pass, but for the slope.
LEVELS: Final = {
    "nine": tuple(BLANKS),
    "five": ("delta_o1", "dW_o1_h1", "da_o2", "da_h1", "dW_h1_x1"),
    "none": (),
}

# Draws until the numbers are good to calculate with: a handful is enough, and an end there must be.
_MOST_DRAWS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What there is to say of an answer: the slips it matches, and the value, if it may be told."""

    is_right: bool
    slips: tuple[str, ...]
    value: float | None


@lru_cache(maxsize=256)
def pass_of(seed: int) -> Pass:
    """Return the pass that a seed stands for; 0 is the example that is published with all its figures."""
    if seed == 0:
        return worked()
    for made in drawn(seed, _MOST_DRAWS):
        if all(len(slips_of(made, blank)) == len(BLANKS[blank](made)) for blank in BLANKS):
            return made
    problem = f"no pass was found for the seed {seed} whose slips differ from what is right"
    raise ValueError(problem)


def right_value(seed: int, blank: str) -> float:
    """Return what belongs into a blank."""
    return pass_of(seed).value(blank)


def judge(seed: int, blank: str, answer: float | None) -> Verdict:
    """Compare an answer with what belongs there and with what the usual slips give; None gives it up."""
    right = right_value(seed, blank)
    if answer is None:
        return Verdict(False, (), right)
    if _is(answer, right):
        return Verdict(True, (), right)
    found = [slip for slip in slips_of(pass_of(seed), blank) if _is(answer, slip.value)]
    return Verdict(False, tuple(dict.fromkeys(slip.name for slip in found)), None)


def _is(answer: float, value: float) -> bool:
    return abs(answer - value) <= TOLERANCE * abs(value)


__all__ = [
    "BLANKS",
    "LEVELS",
    "TOLERANCE",
    "Pass",
    "Slip",
    "Verdict",
    "judge",
    "pass_of",
    "right_value",
    "slips_of",
]
