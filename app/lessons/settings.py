"""Kinds of settings that an instrument can have: what may be written, what it means, what is wrong with it."""

from dataclasses import dataclass
from typing import Final, Protocol

Read = str | list[str] | list[float]


class Setting(Protocol):
    """A setting as a lesson writes it."""

    def read(self, text: str) -> Read:
        """Return what it means; raises ValueError with what it should be, for `"key" is …`."""


class OneOf:
    """One of some words."""

    def __init__(self, *words: str) -> None:
        self.words: Final = words

    def read(self, text: str) -> str:
        """Return the word."""
        if text not in self.words:
            problem = f'one of {", ".join(self.words)}, not "{text}"'
            raise ValueError(problem)
        return text


class Several:
    """Some of some words, with commas between them."""

    def __init__(self, *words: str) -> None:
        self._one: Final = OneOf(*words)

    def read(self, text: str) -> list[str]:
        """Return the words."""
        return [self._one.read(one.strip()) for one in text.split(",")]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers from `low` to `high`, with commas between them, at most so many."""

    low: float
    high: float
    most: int

    def read(self, text: str) -> list[float]:
        """Return the numbers."""
        wanted = "a number" if self.most == 1 else f"up to {self.most} numbers with commas between them"
        problem = f'{wanted}, from {self.low:g} to {self.high:g}, not "{text}"'
        try:
            found = [float(one) for one in text.split(",")]
        except ValueError:
            raise ValueError(problem) from None
        if len(found) > self.most or not all(self.low <= one <= self.high for one in found):
            raise ValueError(problem)
        return found
