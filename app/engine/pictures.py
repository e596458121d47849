"""Makers of the datasets that are pictures: dogs drawn here, digits written by people.

A maker is as in `points.py`; an example is a picture, row by row from its top left corner.
To add a breed, add its rows of characters to `_DOGS`: `.` is paper, `+` pale fur, `#` fur, `o` an eye or nose.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from app.engine.arrays import Array
from app.engine.draws import Draws
from app.engine.pause import look_up
from app.engine.points import Classes, Made, Settings, jitter, take_turns

WHITE: Final = 1.0

_DIGITS: Final = Path(__file__).parent / "data" / "digits.npz"
_FULL_INK: Final = 16  # the most a cell of a digit can hold

# Numbers that decide one drawing: what it is, how dark, and six more for the drawing to use.
_NUMBERS: Final = 8
_PALEST: Final = 0.55

_FUR: Final = {".": 0.0, "+": 0.3, "#": 0.6, "o": 1.0}
_DOGS: Final = tuple(
    np.array([[_FUR[mark] for mark in row] for row in rows.split()])
    for rows in (
        # a puppy, from the side and from the front
        """
        ...#
        #.#o
        ###.
        #.#.
        """,
        """
        #..#
        ####
        o##o
        .oo.
        """,
        # a terrier
        """
        #..+#
        #..#o
        ####.
        #..#.
        """,
        # a beagle, looking at you
        """
        .####.
        ######
        #o##o#
        #.++.#
        ..oo..
        """,
        # a pointer
        """
        ....##.
        #...#o#
        #...##o
        .####..
        .####..
        .#..#..
        """,
        # a shepherd, sitting
        """
        ...#.#.
        ...###.
        ...#o##
        ...##+o
        ..###..
        #.####.
        #####+.
        .##.##.
        """,
        # a spaniel, looking at you
        """
        ..####..
        .##++##.
        ##o++o##
        ##.++.##
        ##.oo.##
        .#.++.#.
        """,
        # a child's drawing
        """
        ##...##
        #.###.#
        #.....#
        #.o.o.#
        #..o..#
        .#...#.
        ..###..
        """,
        # a poodle
        """
        ......++.
        +....++++
        ++...+#o#
        .#....##o
        .++++###.
        .++++##..
        .#...#...
        ++..++...
        """,
        # a husky, looking at you
        """
        #.......#
        ##.....##
        ####.####
        ####+####
        #+o#+#o+#
        #+++++++#
        .+++o+++.
        ..++o++..
        ...+++...
        """,
        # a dachshund
        """
        .......##..
        .......#o##
        #......###o
        .#########.
        .#########.
        .#.#...#.#.
        """,
        # a great dane
        """
        .......#.#.
        .......###.
        #......#o##
        #......###o
        .#########.
        .########..
        .#######+..
        .##....##..
        .#.#...#.#.
        .#.#...#.#.
        """,
    )
)


def make_dogs(samples: int, noise: float, draws: Draws, settings: Settings) -> Made:
    """Return pictures (n, side²), 1 = white: blank ones (class 0) and ones with something drawn (class 1)."""
    side = int(settings["side"])
    values = take_turns(samples, 2)
    pictures = np.full((samples, side, side), WHITE)
    numbers = draws.uniform(0, 1, (samples // 2, _NUMBERS))
    for picture, row in zip(pictures[1::2], numbers, strict=True):
        look_up()
        picture[:] = _draw(side, row.tolist())
    return _grainy(pictures.reshape(samples, side * side), noise, draws), values


def make_digits(samples: int, noise: float, draws: Draws, _settings: Settings) -> Made:
    """Return handwritten digits (n, 64), 0 = paper, 1 = ink, the ten classes taking turns while there are any."""
    pixels, labels = stored_digits()
    order = draws.permutation(labels.size)
    # How many of the same digit come before it in this order: all the firsts, then all the seconds, …
    before = np.empty_like(labels)
    for digit in range(10):
        chosen = labels[order] == digit
        before[chosen] = np.arange(np.count_nonzero(chosen))
    chosen = order[np.lexsort((labels[order], before))][:samples]
    return _grainy(pixels[chosen], noise, draws), labels[chosen]


@cache
def stored_digits() -> tuple[Array, Classes]:
    """Return all the digits, pixels (1797, 64) from 0 to 1 and what each is (1797,); read from disk once."""
    with np.load(_DIGITS, allow_pickle=False) as stored:
        pixels, labels = stored["pixels"] / float(_FULL_INK), stored["labels"].astype(np.int64)
    pixels.flags.writeable = labels.flags.writeable = False
    return pixels, labels


def _grainy(pictures: Array, noise: float, draws: Draws) -> Array:
    """Return the pictures with grain on every pixel, which stays between 0 and 1."""
    return np.clip(pictures + jitter(noise, draws, pictures.shape), 0, 1)


def _draw(side: int, numbers: list[float]) -> Array:
    """Return one picture (side, side) with the drawing that these numbers in [0, 1) decide."""
    what, ink, *rest = numbers
    cover = _DRAWINGS[int(what * len(_DRAWINGS))](side, rest)
    # Two decimals, so that a pixel can be read aloud.
    return np.round(WHITE - (_PALEST + (1 - _PALEST) * ink) * cover, 2)


def _dot(side: int, numbers: list[float]) -> Array:
    """Return one pixel: a dog very far away."""
    cover = np.zeros((side, side))
    cover[int(numbers[0] * side), int(numbers[1] * side)] = 1
    return cover


def _stroke(side: int, numbers: list[float]) -> Array:
    """Return a line from one pixel to another: a tail, a leash."""
    y0, x0, y1, x1 = (int(number * side) for number in numbers[:4])
    dy, dx = y1 - y0, x1 - x0
    y, x = np.indices((side, side), dtype=np.float64)
    along = ((y - y0) * dy + (x - x0) * dx) / max(dy * dy + dx * dx, 1)
    along = np.clip(along, 0, 1)
    distance = np.sqrt((y - y0 - along * dy) ** 2 + (x - x0 - along * dx) ** 2)
    return np.clip(1 + 0.4 * numbers[4] - distance, 0, 1)


def _blob(side: int, numbers: list[float]) -> Array:
    """Return a soft oval: a dog curled up asleep."""
    middle_y, middle_x = (int(number * side) for number in numbers[:2])
    radius_y, radius_x = (0.8 + number * (side / 3 - 0.8) for number in numbers[2:4])
    y, x = np.indices((side, side), dtype=np.float64)
    distance = np.sqrt(((y - middle_y) / radius_y) ** 2 + ((x - middle_x) / radius_x) ** 2)
    return np.clip((1 - distance) * min(radius_y, radius_x) + 0.5, 0, 1)


def _dog(side: int, numbers: list[float]) -> Array:
    """Return one of `_DOGS` that fits, anywhere, facing either way."""
    breed, way, down, right, *_ = numbers
    fitting = [dog for dog in _DOGS if max(dog.shape) <= side]
    dog = fitting[int(breed * len(fitting))]
    height, width = dog.shape
    top, left = int(down * (side - height + 1)), int(right * (side - width + 1))
    cover = np.zeros((side, side))
    cover[top : top + height, left : left + width] = dog if way < 0.5 else dog[:, ::-1]
    return cover


# A dog is drawn as often as all the rest together.
_DRAWINGS: Final[tuple[Callable[[int, list[float]], Array], ...]] = (_dot, _stroke, _blob, _dog, _dog, _dog)
