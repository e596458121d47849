"""What a surface to walk down is: a function of one or two variables, with its derivatives and what to look at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from app.engine.arrays import Array

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Surface:
    """A function of one or two variables; points have shape (points, variables).

    `function` gives (points,), `gradient` (points, variables), `hessian` (points, variables, variables).
    `x_range` and `y_range` are the part to look at, `minima` its lowest places, local ones too,
    `names` what its variables are called.
    """

    name: str
    label: str
    description: str
    function: Callable[[Array], Array]
    gradient: Callable[[Array], Array]
    hessian: Callable[[Array], Array]
    x_range: Range
    start: tuple[float, ...]
    y_range: Range | None = None
    minima: tuple[tuple[float, ...], ...] = ()
    names: tuple[str, ...] = ("x", "y")

    @property
    def axes(self) -> tuple[str, ...]:
        """What its variables are called."""
        return self.names[: self.variables]

    @property
    def variables(self) -> Literal[1, 2]:
        """How many variables the function has."""
        return 1 if self.y_range is None else 2
