"""Seeded draws that are the same on every machine and with every version of NumPy.

NumPy promises to keep the stream of raw 64-bit words of a bit generator for ever, but not what
`Generator.normal` or `permutation` make of them. A link to an experiment holds only its seed, so
everything is made here from the raw words, by arithmetic that rounds the same way everywhere.
"""

from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.engine.arrays import Array
from app.engine.pause import look_up

# The logarithm in the tails of the normal distribution may differ in the last place from one
# mathematical library to another; this many decimals round that difference away.
_NORMAL_DECIMALS: Final = 12
# Normal numbers that are made between two looks up: about 10 ms.
_AT_ONCE: Final = 10_000


class Draws:
    """A stream of random numbers fixed by whole numbers ≥ 0, e.g. `Draws(seed, epoch)`."""

    def __init__(self, *seeds: int) -> None:
        self._words = np.random.PCG64(np.random.SeedSequence(seeds))

    def words(self, count: int) -> NDArray[np.uint64]:
        """Return `count` random 64-bit words."""
        words: NDArray[np.uint64] = self._words.random_raw(count)
        return words

    def uniform(self, low: float, high: float, shape: tuple[int, ...]) -> Array:
        """Return numbers evenly spread over [low, high)."""
        unit: Array = (self.words(int(np.prod(shape))) >> np.uint64(11)).astype(np.float64) * 2.0**-53
        return (low + (high - low) * unit).reshape(shape)

    def normal(self, std: float, shape: tuple[int, ...]) -> Array:
        """Return normally distributed numbers of mean 0 (inverse distribution function, Wichura's AS 241)."""
        quantile = NormalDist().inv_cdf
        # Half a unit in from both ends, since the quantile of 0 is −∞.
        unit = ((self.words(int(np.prod(shape))) >> np.uint64(12)) + 0.5) * 2.0**-52
        numbers: list[float] = []
        for start in range(0, unit.size, _AT_ONCE):
            look_up()
            piece = unit[start : start + _AT_ONCE].tolist()
            numbers += [round(quantile(u), _NORMAL_DECIMALS) for u in piece]
        return std * np.array(numbers, dtype=np.float64).reshape(shape)

    def permutation(self, count: int) -> NDArray[np.intp]:
        """Return 0 … count − 1 in random order."""
        return np.argsort(self.words(count), kind="stable")
