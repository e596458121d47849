"""Print the tables: `python -m tests.bench [--repeats 15] [--share 0.5] [--only steps]`."""

import argparse
import os

parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Time steps and requests.")
parser.add_argument("--repeats", type=int, default=15, help="how often each way is timed")
parser.add_argument("--share", type=float, default=1.0, help="share of each problem's usual number of steps")
parser.add_argument("--only", action="append", help="steps, grids, requests, live or drag; may be given again")
chosen = parser.parse_args()

# Threads that wait for one another on a busy machine would be all that is measured. NumPy reads this when imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tests.bench import drag, grids, live, roundtrips, steps  # noqa: E402
from tests.bench.measure import table  # noqa: E402

PARTS = {
    "steps": lambda: table(steps.rows(repeats=chosen.repeats, share=chosen.share)),
    "grids": lambda: table(grids.rows(repeats=chosen.repeats, share=chosen.share)),
    "requests": lambda: table(roundtrips.rows(repeats=chosen.repeats, share=chosen.share)),
    "live": lambda: live.table(live.rows(seconds=live.SECONDS * chosen.share)),
    "drag": lambda: drag.table(drag.rows(moves=max(5, round(drag.MOVES * chosen.share)))),
}
print("\n\n".join(PARTS[name]() for name in PARTS if name in (chosen.only or PARTS)))
