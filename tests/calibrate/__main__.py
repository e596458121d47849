"""`make calibrate`: every endpoint's estimates beside measured times, and the worst of them."""

import argparse
import asyncio
import json
import os
import sys
from math import exp, log
from statistics import mean

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tests.calibrate.measuring import Timed, sweep

# Below this a computation is done at once, whatever is estimated.
FROM_SECONDS = 0.003


def _off(one: Timed) -> float:
    return max(one.ratio, 1 / one.ratio)


def _shown(one: Timed) -> str:
    small = {name: value for name, value in one.body.items() if name not in ("parameters", "path")}
    return f"  {one.ratio:6.2f}  {1e3 * one.measured:8.1f} ms  {one.path} {one.part}  {json.dumps(small)[:600]}"


def main() -> int:
    """Print a line for every endpoint, then the worst estimates."""
    parser = argparse.ArgumentParser(prog="make calibrate", description="Measure what was estimated.")
    parser.add_argument("--size", type=int, default=30, help="requests to each endpoint (30)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (1)")
    parser.add_argument("--most", type=float, default=0.5, help="seconds that one may take by estimate (0.5)")
    parser.add_argument("--worst", type=int, default=10, help="how many of the worst are shown (10)")
    chosen = parser.parse_args()
    found = asyncio.run(sweep(chosen.size, chosen.seed, most=chosen.most))
    long = [one for one in found if max(one.measured, one.estimated) > FROM_SECONDS]
    print("Estimate over measured time, of what takes more than 3 ms (processor time, the least of 3):")
    print(f"{'endpoint':28} {'sent':>5} {'long':>5} {'lowest':>7} {'middle':>7} {'highest':>7}")
    for path, part in dict.fromkeys((one.path, one.part) for one in found):
        sent = [one for one in found if (one.path, one.part) == (path, part)]
        ratios = [one.ratio for one in sent if one in long]
        line = f"{min(ratios):7.2f} {exp(mean(map(log, ratios))):7.2f} {max(ratios):7.2f}" if ratios else ""
        print(f"{path + ' ' + part:28} {len(sent):5} {len(ratios):5} {line}")
    print("The worst:")
    for one in sorted(long, key=_off, reverse=True)[: chosen.worst]:
        print(_shown(one))
    print(f"Worst ratio: {max(map(_off, long)):.2f}, of {len(long)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
