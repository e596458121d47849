"""`python -m app.lessons [folder …]`: read lessons, and say what is wrong with them, with file and line."""

import argparse
import sys
from pathlib import Path

from app.lessons.lesson import CONTENT, course


def main() -> int:
    """Check the folders named, or the lessons that come along; return 1 if anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m app.lessons", description="Check lessons.")
    parser.add_argument("folders", nargs="*", type=Path, default=[CONTENT], help="folders that hold lessons")
    found = course(parser.parse_args().folders)
    print(*found.problems, sep="\n", end="\n" if found.problems else "", file=sys.stderr)
    print(f"{len(found.lessons)} lessons can be shown.")
    return int(bool(found.problems))


if __name__ == "__main__":
    sys.exit(main())
