"""Makers of the datasets that are lists of numbers: truth tables, points in the plane, curves.

A maker takes (samples, noise, draws, settings) and returns fresh inputs (n, d) and values: class numbers (n,)
or, for regression, (n, outputs). The classes take turns, so they are balanced to within one example.
Places are drawn before the noise: turning the noise up moves the same points further. Classes are made
noisy in their inputs; curves in their values, as a measurement would be.
"""

from collections.abc import Callable, Mapping
from math import pi
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.engine.arrays import Array
from app.engine.draws import Draws

Classes = NDArray[np.int64]
Settings = Mapping[str, float]
Made = tuple[Array, Classes | Array]
Maker = Callable[[int, float, Draws, Settings], Made]

# Sines and logarithms may differ in the last place from one machine to another; so many decimals do not.
DECIMALS: Final = 12

_BLOB_SPREAD: Final = 0.15
_BITS: Final = 6


def take_turns(count: int, classes: int) -> Classes:
    """Return the class numbers 0, 1, …, classes − 1, 0, 1, … of `count` examples."""
    return np.arange(count, dtype=np.int64) % classes


def jitter(noise: float, draws: Draws, shape: tuple[int, ...]) -> Array:
    """Return normally distributed shifts whose standard deviation is `noise`."""
    # A picture has many pixels and normal draws are slow: none are made that would come to nothing.
    return draws.normal(noise, shape) if noise else np.zeros(shape)


def truth_table(*answers: int) -> Maker:
    """Return a maker of the four pairs (0, 0), (0, 1), (1, 0), (1, 1) with these answers."""

    def make(_samples: int, noise: float, draws: Draws, _settings: Settings) -> Made:
        return _bits(2) + jitter(noise, draws, (4, 2)), np.array(answers, dtype=np.int64)

    return make


def make_symmetry(_samples: int, noise: float, draws: Draws, _settings: Settings) -> Made:
    """Return every pattern of six bits; class 1 reads the same from both ends."""
    bits = _bits(_BITS)
    same = np.all(bits == bits[:, ::-1], axis=1)
    return bits + jitter(noise, draws, bits.shape), same.astype(np.int64)


def make_worked(_samples: int, _noise: float, _draws: Draws, _settings: Settings) -> Made:
    """Return the one example that is worked through by hand."""
    return np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])


def make_blobs(samples: int, noise: float, draws: Draws, settings: Settings) -> Made:
    """Return clouds of points, their centres evenly spaced on the unit circle."""
    classes = int(settings["classes"])
    values = take_turns(samples, classes)
    centres = _on_circle(pi / 4 + 2 * pi * values / classes)
    cloud = draws.normal(_BLOB_SPREAD, (samples, 2))
    return centres + cloud + jitter(noise, draws, (samples, 2)), values


def make_circles(samples: int, noise: float, draws: Draws, _settings: Settings) -> Made:
    """Return a ring (class 0) and a disc inside it (class 1)."""
    values = take_turns(samples, 2)
    turn, out = draws.uniform(0, 1, (samples, 2)).T
    # The root spreads the points evenly over the disc, which has little room near its middle.
    radius = np.where(values == 1, 0.5 * np.sqrt(out), 0.9 + 0.3 * out)
    points = _on_circle(2 * pi * turn) * radius[:, None]
    return points + jitter(noise, draws, (samples, 2)), values


def make_moons(samples: int, noise: float, draws: Draws, _settings: Settings) -> Made:
    """Return two half circles, each with its tip inside the other."""
    values = take_turns(samples, 2)
    arc = _on_circle(pi * draws.uniform(0, 1, (samples,)))
    upper, lower = arc - [0.5, 0.25], [0.5, 0.25] - arc
    points = np.where(values[:, None] == 0, upper, lower)
    return points + jitter(noise, draws, (samples, 2)), values


def make_spiral(samples: int, noise: float, draws: Draws, settings: Settings) -> Made:
    """Return arms that wind outwards about each other."""
    arms = int(settings["arms"])
    values = take_turns(samples, arms)
    # The root spreads the points evenly along an arm, which grows longer with each turn.
    along = np.sqrt(draws.uniform(0.01, 1, (samples,)))
    angle = 2 * pi * (1.25 * along + values / arms)
    points = _on_circle(angle) * (1.3 * along)[:, None]
    return points + jitter(noise, draws, (samples, 2)), values


def make_line(samples: int, noise: float, draws: Draws, _settings: Settings) -> Made:
    """Return points about the line y = 0.8·x − 0.3."""
    x = draws.uniform(-1, 1, (samples, 1))
    return x, 0.8 * x - 0.3 + jitter(noise, draws, (samples, 1))


def make_sine(samples: int, noise: float, draws: Draws, _settings: Settings) -> Made:
    """Return points about one whole wave, y = sin(π·x)."""
    x = draws.uniform(-1, 1, (samples, 1))
    return x, np.round(np.sin(pi * x), DECIMALS) + jitter(noise, draws, (samples, 1))


def make_plane(samples: int, noise: float, draws: Draws, _settings: Settings) -> Made:
    """Return points about the plane y = 0.6·x1 − 0.4·x2 + 0.1."""
    x = draws.uniform(-1, 1, (samples, 2))
    y = 0.6 * x[:, :1] - 0.4 * x[:, 1:] + 0.1
    return x, y + jitter(noise, draws, (samples, 1))


def _bits(count: int) -> Array:
    """Return all patterns of `count` bits (2^count, count), counting up in binary."""
    places = np.arange(count)[::-1]
    return (np.arange(2**count)[:, None] >> places & 1).astype(np.float64)


def _on_circle(angles: Array) -> Array:
    """Return the points (n, 2) of the unit circle at these angles (n,)."""
    return np.round(np.stack([np.cos(angles), np.sin(angles)], axis=1), DECIMALS)
