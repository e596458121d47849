"""`python -m app`: start the server and say where it is."""

import argparse
import os
import socket
import sys
from dataclasses import fields

import uvicorn

from app import settings

DEFAULT_PORT = settings.Settings().port


def _problem_with(host: str, port: int) -> str | None:
    """Return why nothing can listen there, in a sentence that says what to do, or None."""
    try:
        with socket.create_server((host, port)):
            return None
    except (OSError, OverflowError) as error:
        code = getattr(error, "errno", None)
        reason = os.strerror(code) if code and code > 0 else str(error)
        other = DEFAULT_PORT + 1
        return f"Port {port} of {host} cannot be used: {reason}. Try --port {other}, or PORT={other} with make."


def main() -> int:
    """Start the server with the settings of the environment, or of the command line."""
    try:
        chosen = settings.load()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    variables = [
        f"  {one.metadata['variable']}: {one.metadata['description']}" for one in fields(settings.Settings)
    ]
    parser = argparse.ArgumentParser(
        prog="python -m app",
        description="Start Backstep.",
        epilog="\n".join(["Settings from the environment:", *variables]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--host", default=chosen.host, help="address to listen on (HOST; %(default)s)")
    parser.add_argument("--port", type=int, default=chosen.port, help="port (PORT; %(default)s)")
    parser.add_argument(
        "--workers", type=int, default=chosen.workers, help="processes (WEB_CONCURRENCY; %(default)s)"
    )
    options = parser.parse_args()
    problem = _problem_with(options.host, options.port)
    if problem:
        print(problem, file=sys.stderr)
        return 2
    print(f"Backstep is at http://{options.host}:{options.port} (Ctrl+C stops it)", flush=True)
    # No access log: what learners do is nobody else's business.
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=options.host,
        port=options.port,
        workers=options.workers,
        access_log=False,
        log_level="warning",
        server_header=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
