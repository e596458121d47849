"""`python -m tests.api.hostile`: four million hostile bytes of every kind for every endpoint, and what each costs.

Runs by itself, so that the memory is the server's alone. Prints one line of JSON a body. The time that the event
loop stands still is counted in this process's seconds of work: other processes do not matter.
"""

import asyncio
import itertools
import json
import resource
import sys
import time
from collections.abc import Iterator
from typing import Any

from app import limits
from app.main import create_app
from tests.api.test_refusals import POSTS, body_schema, changed, example_of, places

SIZE = limits.BODY_BYTES - 20_000
HOLE = 12_321
EACH = 13  # bodies for each endpoint


def many(piece: bytes, end: bytes = b"", size: int = SIZE) -> bytes:
    return piece * (size // len(piece)) + end


def listed(piece: bytes, share: float = 1.0) -> bytes:
    """A list of many equal entries, and something wrong at its end."""
    return b"[" + many(piece, size=int(SIZE * share)) + b"null]"


def names(count: int, value: bytes) -> bytes:
    return b"{" + b",".join(b'"n%06d":%b' % (number, value) for number in range(count)) + b"}"


# The shares are about the most that is not refused for its weight.
KINDS: dict[str, bytes] = {
    "empty lists": listed(b"[],"),
    "fewer empty lists": listed(b"[],", 0.12),
    "empty objects": listed(b"{},"),
    "fewer empty objects": listed(b"{},", 0.03),
    "empty texts": listed(b'"",'),
    "fewer texts": listed(b'"ab",', 0.5),
    "whole numbers": listed(b"300,"),
    "fewer whole numbers": listed(b"300,", 0.55),
    "numbers": listed(b"0.1,", 0.9),
    "rows of numbers": listed(b"[" + many(b"0.1,", b"1],", 400)),
    "not a number": listed(b"NaN,"),
    "infinite": listed(b"-Infinity,"),
    "enormous numbers": listed(b"1" * 4_000 + b","),
    "one long number": b"0." + many(b"1"),
    "one long text": b'"' + many(b"x", b'"'),
    "one wide text": b'"' + many("\U0001f600".encode(), b'"'),
    "escapes": b'"' + many(b"\\u00e9", b'"'),
    "names": names(300_000, b"1"),
    "fewer names": names(140_000, b'""'),
    "one name again": b"{" + many(b'"a":1,', b'"a":2}'),
    "nesting": many(b"["),
    "nested objects": many(b'{"a":'),
}


async def answer(app: Any, path: str, body: bytes) -> int:
    """Return the status of the answer."""
    pieces = iter([{"type": "http.request", "body": body, "more_body": False}])
    found: list[int] = []

    async def receive() -> Any:
        piece = next(pieces, None)
        return piece or await asyncio.Event().wait()

    async def send(message: Any) -> None:
        found.append(message.get("status", 0))

    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "http_version": "1.1"}
    await app({**scope, "headers": [(b"content-type", b"application/json")], "state": {}}, receive, send)
    return found[0]


class Heart:
    """Beats in the event loop; `longest` is the most work that was done between two beats, in seconds."""

    longest = 0.0

    async def beat(self) -> None:
        last = time.process_time()
        while True:
            await asyncio.sleep(0.0005)
            now = time.process_time()
            self.longest, last = max(self.longest, now - last), now


def bodies() -> Iterator[tuple[str, str, str, bytes]]:
    """Yield path, kind, place and body: for every endpoint the next kinds, each at the next of its places."""
    kinds = itertools.cycle(KINDS.items())
    for path in POSTS:
        example = example_of(path)
        where = itertools.cycle([*places(body_schema(path), example), ()])
        for place, (kind, text) in itertools.islice(zip(where, kinds, strict=False), EACH):
            around = json.dumps(changed(example, place, HOLE) if place else HOLE).encode()
            yield path, kind, ".".join(map(str, place)), around.replace(str(HOLE).encode(), text)


def peak_megabytes() -> float:
    """Return the most memory this process has had."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1_000_000 if sys.platform == "darwin" else 1_000)


async def main() -> None:
    app = create_app()
    heart = Heart()
    async with app.router.lifespan_context(app):
        beating = asyncio.create_task(heart.beat())
        for path in POSTS:
            await answer(app, path, json.dumps(example_of(path)).encode())
        start = peak_megabytes()
        for path, kind, place, body in bodies():
            await asyncio.sleep(0.002)
            heart.longest = 0.0
            status = await answer(app, path, body)
            await asyncio.sleep(0.002)
            found = {"path": path, "kind": kind, "place": place, "status": status, "stop": heart.longest}
            print(json.dumps({**found, "grown": peak_megabytes() - start}), flush=True)
        beating.cancel()


if __name__ == "__main__":
    asyncio.run(main())
