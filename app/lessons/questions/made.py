"""What a question is made of: friendly numbers from a seed, the way to the answer, and what slips give."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.engine.draws import Draws

Given = Mapping[str, float | list[float]]


class Numbers:
    """Whole numbers from a seed, the same on every machine."""

    def __init__(self, seed: int) -> None:
        self._draws = Draws(seed)

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return int(self._draws.uniform(low, high + 1, ())[()])

    def tenth(self, most: int) -> float:
        """Return a tenth between −most/10 and most/10 that is not 0."""
        size = self.whole(1, most)
        return (size if self.whole(0, 1) else -size) / 10

    def mixed(self, values: list[float]) -> list[float]:
        """Return values in another order."""
        return [values[index] for index in self._draws.permutation(len(values))]


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the way to the answer: what it is, in words and in signs, and its value."""

    label: str
    sign: str
    value: float


@dataclass(frozen=True, slots=True)
class Slip:
    """What a usual mistake gives: its name in `SLIPS`, the wrong answer, and the line it happens in."""

    name: str
    value: float
    line: int


@dataclass(frozen=True, slots=True)
class Example:
    """A question with numbers: what is given, the way to the answer (the last line is it), and the slips."""

    given: Given
    lines: tuple[Line, ...]
    slips: tuple[Slip, ...]

    @property
    def answer(self) -> float:
        """The right answer."""
        return self.lines[-1].value


@dataclass(frozen=True, slots=True)
class Question:
    """A kind of question; an answer is right if it is off by no more than `tolerance`."""

    name: str
    make: Callable[[Numbers], Example]
    tolerance: float
