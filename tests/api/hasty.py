"""`python -m tests.api.hasty`: the real server with little patience, so that tests need not wait for minutes."""

import sys

from app import connections, limits

HEAD_SECONDS = 0.8
BODY_SECONDS = 2.0
KEEP_SECONDS = 1
CONNECTIONS = 30


def main() -> int:
    """Start it."""
    limits.HEAD_SECONDS = limits.QUIET_SECONDS = limits.ANSWER_SECONDS = HEAD_SECONDS  # type: ignore[misc]
    limits.BODY_SECONDS = BODY_SECONDS  # type: ignore[misc]
    limits.CONNECTIONS = CONNECTIONS  # type: ignore[misc]
    limits.KEEP_SECONDS = KEEP_SECONDS  # type: ignore[misc]
    connections._SPARE_SECONDS = 0.2  # type: ignore[misc]
    from app.__main__ import main as start

    return start()


if __name__ == "__main__":
    sys.exit(main())
