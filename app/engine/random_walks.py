"""How much of a random walk lies in the plane that holds most of it, to compare the share of a real path with.

A walk whose steps know nothing of each other already lies mostly in one plane, so a large share alone does not say
that a path is simple. Antognini and Sohl-Dickstein, "PCA of high dimensional random walks with comparison to neural
network training" (2018), give the shares for many dimensions; with few dimensions they are larger, and found here
by walking.
"""

from functools import lru_cache
from typing import Final

import numpy as np

from app.engine.arrays import Array
from app.engine.draws import Draws

# So many walks bring the average of both shares together to about 1 %.
_WALKS: Final = 40
_SEED: Final = 0
# With more moments or dimensions than these the shares change by less than that.
_MOST_MOMENTS: Final = 100
_MOST_DIMENSIONS: Final = 200


def principal_axes(moments: Array) -> tuple[Array, Array]:
    """Return the principal axes of moments (moments, numbers) about their mean, and each axis's share.

    Axes have shape (axes, numbers) and unit length; a share is that of the variance, the largest first.
    """
    _, singular, axes = np.linalg.svd(moments - moments.mean(axis=0), full_matrices=False)
    squares = singular**2
    return axes, squares / squares.sum()


@lru_cache(maxsize=256)
def random_walk_shares(moments: int, dimensions: int) -> tuple[float, float]:
    """Return the mean shares of the variance on the first two principal axes of random walks.

    Each walk has `moments` places (at least 2) in `dimensions` directions; every number of a step is drawn evenly
    about 0. In one dimension the second share is 0.
    """
    shape = (_WALKS, min(moments, _MOST_MOMENTS), min(dimensions, _MOST_DIMENSIONS))
    walks = np.cumsum(Draws(_SEED).uniform(-1.0, 1.0, shape), axis=1)
    shares = np.array([principal_axes(walk)[1] for walk in walks]).mean(axis=0)
    first, second = [*shares.tolist(), 0.0][:2]
    return first, second
