"""Races ready to watch: the table `RACES`.

To add one, add a row: a surface, a start, its runs as `POST /api/descent` takes them, and a sentence on what to
look for. A test runs them all, and holds what the sentences say of rates and limits to what comes out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from app.engine.surfaces import SURFACES


@dataclass(frozen=True, slots=True)
class Race:
    """Several runs down one surface from one start; `look_for` says in a sentence what is worth seeing."""

    name: str
    label: str
    look_for: str
    surface: str
    runs: Sequence[Mapping[str, Any]]
    steps: int
    start: tuple[float, ...] | None = None

    def body(self) -> dict[str, Any]:
        """Return the race as `POST /api/descent` takes it; without a start of its own it has the surface's."""
        start = SURFACES[self.surface].start if self.start is None else self.start
        return {"surface": self.surface, "start": list(start), "runs": list(self.runs), "steps": self.steps}


def _run(name: str, rate: float, **settings: float) -> dict[str, Any]:
    return {"name": name, "learning_rate": rate, **settings}


def _rates(*rates: float) -> list[dict[str, Any]]:
    return [_run("sgd", rate) for rate in rates]


_ROWS: Final = (
    Race(
        "rates",
        "Five rates in a ravine",
        "Only the rate differs. The larger it is, the sooner it arrives, up to the limit 2/λ: the fifth is just"
        " above it, and the walls throw it out, farther each time.",
        "ravine",
        _rates(0.005, 0.02, 0.05, 0.095, 0.102),
        60,
    ),
    Race(
        "momentum",
        "What momentum remembers",
        "Along the ravine all gradients point the same way and add up: with momentum a run is soon far ahead. "
        "Across it the run swings from wall to wall; with too much momentum it swings past the minimum, too.",
        "ravine",
        [
            _run("sgd", 0.02),
            _run("momentum", 0.02, momentum=0.8),
            _run("nesterov", 0.02, momentum=0.8),
            _run("momentum", 0.02, momentum=0.95),
        ],
        80,
    ),
    Race(
        "seven",
        "All seven in a bent valley",
        "Into the valley is easy, along it is slow. Each has a rate that suits it: watch who keeps to the bottom.",
        "rosenbrock",
        [
            _run("sgd", 0.0005),
            _run("momentum", 0.0005),
            _run("nesterov", 0.0005),
            _run("adagrad", 0.5),
            _run("rmsprop", 0.02),
            _run("adam", 0.1),
            _run("adamw", 0.1),
        ],
        300,
    ),
    Race(
        "limit",
        "The limit 2/λ",
        "The bend of this valley is 1, so the limit is 2. Just below it a run bounces and still arrives; just "
        "above it every bounce is larger than the one before.",
        "parabola",
        _rates(0.1, 1.0, 1.9, 2.05),
        40,
    ),
    Race(
        "valleys",
        "Two valleys",
        "Small rates end in the first valley. A larger one jumps over the hill and finds the deeper one: luck, "
        "not skill.",
        "two_valleys",
        [*_rates(0.02, 0.1, 0.24), _run("momentum", 0.05)],
        50,
    ),
    Race(
        "wall",
        "Flat, then steep",
        "On the plain a rate of 10 is just right. From the wall, one step with it flies off the picture, and it"
        " takes several to come back.",
        "flat_then_steep",
        [*_rates(0.1, 1.0, 10.0), _run("adam", 0.2)],
        60,
    ),
    Race(
        "inflection",
        "No minimum, and yet it stops",
        "At 0 the slope is 0. Plain descent gets stuck there, though farther left it would go down for ever; "
        "what remembers its speed gets past.",
        "inflection",
        [*_rates(0.05, 0.2), _run("momentum", 0.05), _run("adam", 0.1)],
        40,
    ),
    Race(
        "saddle",
        "Off the ridge",
        "The start is a hundredth beside the ridge of a saddle. Those that divide by the size of the gradients "
        "leave it first: where the slope is small, their steps are not.",
        "saddle",
        [
            _run("sgd", 0.1),
            _run("momentum", 0.1),
            _run("adagrad", 0.3),
            _run("rmsprop", 0.05),
            _run("adam", 0.1),
        ],
        60,
    ),
    Race(
        "himmelblau",
        "Which of four?",
        "Four minima, equally deep. Drag the start a little and see how far apart the same runs end.",
        "himmelblau",
        [*_rates(0.005, 0.02), _run("momentum", 0.01), _run("adam", 0.3)],
        60,
    ),
    Race(
        "beale",
        "One rate does not suit all",
        "Steep walls about a flat valley: with momentum a rate of 0.01 flies off the map, and those that divide"
        " by what they have met walk calmly.",
        "beale",
        [
            _run("sgd", 0.01),
            _run("momentum", 0.01),
            _run("adagrad", 0.5),
            _run("rmsprop", 0.02),
            _run("adam", 0.1),
        ],
        200,
    ),
    Race(
        "rastrigin",
        "A bowl full of dents",
        "All of them end in the nearest dent: none sees farther than its next step. Drag the start about and "
        "look for one from which they part.",
        "rastrigin",
        [_run("sgd", 0.002), _run("momentum", 0.002), _run("adam", 0.1), _run("adam", 0.5)],
        200,
    ),
)

RACES: Final[Mapping[str, Race]] = MappingProxyType({row.name: row for row in _ROWS})
