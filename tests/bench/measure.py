"""Times taken side by side: every contender once, then all again, so that a noisy minute falls on all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was done, and the median microseconds of one of it by each contender.

    `ratios` compares each contender with the first in the same repeat and takes the median.
    """

    name: str
    microseconds: Mapping[str, float]
    ratios: Mapping[str, float]


def side_by_side(name: str, contenders: Mapping[str, Callable[[int], object]], *, count: int, repeats: int) -> Row:
    """Call each contender with the number of the repeat; each does `count` of the thing that is timed."""
    times: dict[str, list[float]] = {contender: [] for contender in contenders}
    for repeat in range(repeats):
        for contender, run in contenders.items():
            start = perf_counter()
            run(repeat)
            times[contender].append((perf_counter() - start) / count * 1e6)
    first = next(iter(times.values()))
    return Row(
        name,
        {contender: median(own) for contender, own in times.items()},
        {
            contender: median(mine / theirs for mine, theirs in zip(own, first, strict=True))
            for contender, own in times.items()
        },
    )


def table(rows: list[Row]) -> str:
    """Return the rows as text, a contender a column; × is its time as a multiple of the first one's."""
    lines = []
    shown = None
    for row in rows:
        if tuple(row.microseconds) != shown:
            shown = tuple(row.microseconds)
            lines.append(" " * 32 + "".join(f"{contender:>26}" for contender in shown))
        cells = (f"{row.microseconds[name]:>14.1f} µs  × {row.ratios[name]:<5.2f}" for name in shown)
        lines.append(f"{row.name:<32}" + "".join(f"{cell:>26}" for cell in cells))
    return "\n".join(lines)
