"""How fast this machine is just now: on a shared one, processor time, too, is longer while others compute."""

from time import thread_time
from typing import Final

import numpy as np

# What the work below takes on the machine and at the moment that the tables of `app/api/cost.py` were measured.
REFERENCE_SECONDS: Final = 1.6e-3

_SMALL: Final = np.linspace(-1.0, 1.0, 40).reshape(4, 10)
_LARGE: Final = np.linspace(-1.0, 1.0, 20_000).reshape(200, 100)


def _work() -> None:
    kept = {}
    for number in range(300):
        kept[number % 7] = np.maximum(_SMALL @ _SMALL.T, 0.0) * number
    np.tanh(_LARGE) @ _LARGE.T


def pace() -> float:
    """Return how many times longer a fixed piece of work takes than it took where the costs were measured."""
    found = []
    for _ in range(3):
        start = thread_time()
        _work()
        found.append(thread_time() - start)
    return min(found) / REFERENCE_SECONDS
