"""A number that a row of a table can be tuned by: its default and its range.

Menus, sliders, validation and the OpenAPI page all read these records.
"""

from dataclasses import dataclass
from math import isfinite
from typing import Literal


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

    def problem(self, value: float) -> str | None:
        """Return what is wrong with `value`, as the end of a sentence, or None if it is accepted."""
        if not isfinite(value):
            return "should be an ordinary number"
        if self.integer and value != int(value):
            return f"should be a whole number, not {value}"
        if self.minimum is not None and value < self.minimum:
            return f"should be at least {self.minimum:g}, not {value:g}"
        if self.maximum is not None and value > self.maximum:
            return f"should be at most {self.maximum:g}, not {value:g}"
        if self.exclusive_maximum and value == self.maximum:
            return f"should be below {self.maximum:g}"
        return None
