"""`python -m app`: start the server and say where it is."""

import argparse
import os
import socket
import sys
from dataclasses import fields, replace

import uvicorn

from app import limits, settings

DEFAULT_PORT = settings.Settings().port
_MOST_PORT = 65_535


# What can be chosen on the command line, too.
_OPTIONS = ("host", "port", "workers")


def _problem_with(host: str, port: int) -> str | None:
    """Return why nothing can listen there, in a sentence that says what to do, or None."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.create_server((host, port), family=family):
            return None
    except (OSError, UnicodeError) as error:
        code = getattr(error, "errno", None)
        reason = os.strerror(code) if code and code > 0 else str(error)
        other = port + 1 if port < _MOST_PORT else DEFAULT_PORT
        return f"Port {port} of {host} cannot be used: {reason}. Try --port {other}, or PORT={other} with make."


def _chosen() -> settings.Settings:
    """Return the settings of the environment, changed by the command line; raises ValueError with a sentence."""
    known = {one.name: one for one in fields(settings.Settings)}
    chosen = settings.load()
    variables = [f"  {one.metadata['variable']}: {one.metadata['description']}" for one in known.values()]
    parser = argparse.ArgumentParser(
        prog="python -m app",
        description="Start Backstep.",
        epilog="\n".join(["Settings from the environment:", *variables]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name in _OPTIONS:
        told = known[name].metadata
        parser.add_argument(
            f"--{name}", help=f"{told['description']} ({told['variable']}; {getattr(chosen, name)})"
        )
    given = {name: text for name, text in vars(parser.parse_args()).items() if text is not None}
    return replace(chosen, **{name: settings.read(known[name], text, f"--{name}") for name, text in given.items()})


def main() -> int:
    """Start the server with the settings of the environment, or of the command line."""
    try:
        chosen = _chosen()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    problem = _problem_with(chosen.host, chosen.port)
    if problem:
        print(problem, file=sys.stderr)
        return 2
    host = f"[{chosen.host}]" if ":" in chosen.host else chosen.host
    print(f"Backstep is at http://{host}:{chosen.port} (Ctrl+C stops it)", flush=True)
    # No access log: what learners do is nobody else's business.
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=chosen.host,
        port=chosen.port,
        workers=chosen.workers,
        access_log=False,
        log_level="warning",
        server_header=False,
        http="app.connections:Connection",
        ws="none",
        timeout_keep_alive=limits.KEEP_SECONDS,
        timeout_graceful_shutdown=round(limits.ENDING_SECONDS) + 1,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
