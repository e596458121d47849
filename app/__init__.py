"""Backstep: see and do backpropagation."""

import os

# Two BLAS threads make products as small as ours up to six times slower, and several workers
# would fight over the cores. The libraries read these once, when NumPy is first imported.
for _threads in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(_threads, "1")

__version__ = "0.1.0"
