"""The one array type of the engine: float64, C order, never changed once it is in a record."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def frozen(values: object) -> Array:
    """Return `values` as a float64 array that cannot be written to; copies what could still be written."""
    array = np.array(values, dtype=np.float64, order="C")
    array.flags.writeable = False
    return array
