"""A number that a row of a table can be tuned by: its default and its range.

Menus, sliders, validation and the OpenAPI page all read these records.
"""

from dataclasses import dataclass
from math import isfinite
from typing import Literal

from app.engine.sentences import Sentence, said


@dataclass(frozen=True, slots=True)
class Setting:
    """A named number with its default, its hard limits and the range a slider offers.

    `minimum` and `maximum` are what the engine accepts (`None`: no limit); `exclusive_maximum` says that
    the maximum itself is not allowed. `slider` is what makes sense to play with, on the given `scale`.
    """

    name: str
    label: str
    default: float
    minimum: float | None = None
    maximum: float | None = None
    exclusive_maximum: bool = False
    integer: bool = False
    scale: Literal["linear", "log"] = "linear"
    slider: tuple[float, float] | None = None

    def problem(self, value: float) -> Sentence | None:
        """Return what is wrong with `value`, as the end of a sentence, or None if it is accepted."""
        if not isfinite(value):
            return said("should be an ordinary number")
        if self.integer and value != int(value):
            return said("should be a whole number, not {value}", value=value)
        if self.minimum is not None and value < self.minimum:
            return said("should be at least {least}, not {value}", least=self.minimum, value=value)
        if self.maximum is not None and value > self.maximum:
            return said("should be at most {most}, not {value}", most=self.maximum, value=value)
        if self.exclusive_maximum and value == self.maximum:
            return said("should be below {most}, not {value}", most=self.maximum, value=value)
        return None
