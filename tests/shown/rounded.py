"""Numbers as they are shown: a value, and how far off it may be because digits were left out."""

import math
from dataclasses import dataclass

import numpy as np

# So many significant digits the pages show of a number.
DIGITS = 4


@dataclass(frozen=True)
class Rounded:
    value: float
    error: float = 0.0

    def __add__(self, other: "Rounded") -> "Rounded":
        return Rounded(self.value + other.value, self.error + other.error)

    def __neg__(self) -> "Rounded":
        return Rounded(-self.value, self.error)

    def __sub__(self, other: "Rounded") -> "Rounded":
        return self + -other

    def __mul__(self, other: "Rounded") -> "Rounded":
        error = abs(self.value) * other.error + abs(other.value) * self.error + self.error * other.error
        return Rounded(self.value * other.value, error)

    def __truediv__(self, other: "Rounded") -> "Rounded":
        value = self.value / other.value
        least = abs(other.value) - other.error
        return Rounded(value, (self.error + abs(value) * other.error) / least if least > 0 else math.inf)

    def __pow__(self, other: "Rounded") -> "Rounded":
        value = self.value**other.value
        if other.error == 0 and self.error == 0:
            return Rounded(value)
        if self.value <= 0:  # only whole powers of such a number
            slope = abs(other.value) * (abs(self.value) + self.error) ** (other.value - 1)
            return Rounded(value, slope * self.error)
        grown = abs(math.log(self.value) * other.error) + abs(other.value) * self.error / self.value
        return Rounded(value, abs(value) * math.expm1(grown))


def applied(function, *arguments: Rounded) -> Rounded:
    """A function of numbers that are a little off, from what it gives at the ends of where they may be."""
    value = function(*(one.value for one in arguments))
    error = 0.0
    for place, one in enumerate(arguments):
        for end in (one.value - one.error, one.value + one.error) if one.error else ():
            moved = [each.value for each in arguments]
            moved[place] = end
            error += abs(function(*moved) - value)
    return Rounded(value, error)


def half_a_digit(value: float, digits: int = DIGITS) -> float:
    """How far a number may be from the one that was rounded to it."""
    return 0.0 if value == 0 else 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1)


def times(left, right):
    """A product, of matrices too."""
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        assert left.shape[1] == right.shape[0], f"{left.shape} times {right.shape}"
        return left @ right
    return left * right


def as_rounded(numbers) -> np.ndarray:
    """Exact numbers as an array of what can be reckoned with here."""
    array = np.asarray(numbers, dtype=float)
    found = np.empty(array.shape, dtype=object)
    for place in np.ndindex(array.shape):
        found[place] = Rounded(float(array[place]))
    return found


def apart(found, wanted, slack: float = 1e-9) -> bool:
    """Whether what was found is not what is wanted, as far as its digits can say."""
    if isinstance(found, np.ndarray):
        exact = np.asarray(wanted, dtype=float)
        return found.shape != exact.shape or any(
            apart(found[place], float(exact[place]), slack) for place in np.ndindex(exact.shape)
        )
    return not abs(found.value - wanted) <= found.error * 1.001 + slack * max(1e-6, abs(wanted))
