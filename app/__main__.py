"""`python -m app`: start the server and say where it is."""

import argparse
import sys

import uvicorn

from app import settings


def main() -> int:
    """Start the server with the settings of the environment, or of the command line."""
    try:
        chosen = settings.load()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    parser = argparse.ArgumentParser(prog="python -m app", description="Start Backstep.")
    parser.add_argument("--host", default=chosen.host, help="address to listen on (HOST; %(default)s)")
    parser.add_argument("--port", type=int, default=chosen.port, help="port (PORT; %(default)s)")
    parser.add_argument(
        "--workers", type=int, default=chosen.workers, help="processes (WEB_CONCURRENCY; %(default)s)"
    )
    options = parser.parse_args()
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
