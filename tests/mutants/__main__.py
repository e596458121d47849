"""`make mutants`: plant a sample of mutants, count those that the tests notice, and list the others.

The sample is fixed by the seed, and stays the same for lines that stay the same.
"""

import argparse
import hashlib
import os
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.mutants.groups import GROUPS, Group, mutants_of
from tests.mutants.mutant import Mutant
from tests.mutants.work import tried

ROOT = Path(__file__).parents[2]
SIZE, SEED = 60, 1
EQUIVALENTS = Path(__file__).parent / "equivalents.toml"


def sample(mutants: Sequence[Mutant], size: int, seed: int) -> list[Mutant]:
    """Return some of them by chance: which, depends on the seed and each one's own line only."""
    seen: Counter[tuple[str, ...]] = Counter()

    def chance(one: Mutant) -> bytes:
        key = (one.file, one.line, one.change, str(one.column))
        seen[key] += 1
        return hashlib.sha256(repr((seed, key, seen[key])).encode()).digest()

    return sorted(mutants, key=chance)[:size]


def equivalents() -> list[dict]:
    return tomllib.loads(EQUIVALENTS.read_text(encoding="utf-8")).get("mutant", [])


def is_listed(mutant: Mutant, row: dict) -> bool:
    same = (row["file"], row["line"], row["change"]) == (mutant.file, mutant.line, mutant.change)
    return same and row.get("column", mutant.column) == mutant.column


def main(arguments: Sequence[str] | None = None) -> int:
    names = [group.name for group in GROUPS]
    parser = argparse.ArgumentParser(prog="make mutants ARGS=…", description=__doc__)
    parser.add_argument(
        "--size", type=int, default=SIZE, help="how many mutants of each group (default: %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="which of them (default: %(default)s)")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time (default: %(default)s)"
    )
    parser.add_argument("--group", choices=names, action="append", help="only this group; may be given again")
    parser.add_argument("--file", help="only files whose path holds this")
    given = parser.parse_args(arguments)
    rows, groups = equivalents(), [one for one in GROUPS if not given.group or one.name in given.group]
    tasks: list[tuple[Group, Mutant]] = []
    left_out: Counter[str] = Counter()
    for group in groups:
        mutants = [one for one in mutants_of(group, ROOT) if (given.file or "") in one.file]
        for one in sample(mutants, given.size, given.seed):
            if any(is_listed(one, row) for row in rows):
                left_out[group.name] += 1
            else:
                tasks.append((group, one))
    begin = time.monotonic()
    outcomes = tried(tasks, given.jobs, ROOT)
    print(f"\n{len(outcomes)} mutants, seed {given.seed}, in {(time.monotonic() - begin) / 60:.1f} minutes")
    for group in groups:
        own = [one.survived for one in outcomes if one.group == group.name]
        noticed = own.count(False)
        share = noticed / max(1, len(own))
        print(
            f"{group.name:<12}{noticed:>4} of {len(own):<4} {share:4.0%} noticed, {group.wanted:.0%} wanted", end=""
        )
        print(f"; {left_out[group.name]} that change nothing were left out" if left_out[group.name] else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())
