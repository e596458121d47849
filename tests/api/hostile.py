"""`python -m tests.api.hostile`: four million hostile bytes of every kind for every endpoint, and what each costs.

Runs by itself, so that the memory is the server's alone. Prints one line of JSON a body. The time that the event
loop stands still is counted in this process's seconds of work: other processes do not matter.
"""

import asyncio
import contextlib
import io
import itertools
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app import limits
from app.api.weight import weight
from app.main import create_app
from tests.api.test_refusals import POSTS, body_schema, changed, example_of, places

SIZE = limits.BODY_BYTES - 20_000
HOLE = 12_321
EACH = 12  # bodies for each endpoint


def many(piece: bytes, end: bytes = b"", size: int = SIZE) -> bytes:
    return piece * (size // len(piece)) + end


def listed(piece: bytes, size: int = SIZE) -> bytes:
    """A list of many equal entries, and something wrong at its end."""
    return b"[" + many(piece, size=size) + b"null]"


def heavy(piece: bytes) -> int:
    """Return the size at which so many pieces are just not too heavy to be read."""
    return int(0.98 * limits.BODY_MEMORY / weight(piece)) * len(piece)


def names(count: int, value: bytes) -> bytes:
    # Written one by one: a list of them would need more memory than the server.
    text = io.BytesIO(b'{"n": ')
    text.seek(0, io.SEEK_END)
    text.write(value)
    for number in range(count):
        text.write(b',"n%06d":%b' % (number, value))
    text.write(b"}")
    return text.getvalue()


ROW = b"[" + many(b"0.1,", b"1],", 400)
NAME = b'"n000000":"",'
# Each is made where it is needed, and not kept: its memory would hide what the server takes.
KINDS: dict[str, Callable[[], bytes]] = {
    "empty lists": lambda: listed(b"[],"),
    "fewer empty lists": lambda: listed(b"[],", heavy(b"[],")),
    "empty objects": lambda: listed(b"{},"),
    "fewer empty objects": lambda: listed(b"{},", heavy(b"{},")),
    "empty texts": lambda: listed(b'"",'),
    "fewer texts": lambda: listed(b'"ab",', heavy(b'"ab",')),
    "whole numbers": lambda: listed(b"300,"),
    "fewer whole numbers": lambda: listed(b"300,", heavy(b"300,")),
    "numbers": lambda: listed(b"0.1,", heavy(b"0.1,")),
    "rows of numbers": lambda: listed(ROW, heavy(ROW)),
    "not a number": lambda: listed(b"NaN,"),
    "infinite": lambda: listed(b"-Infinity,"),
    "enormous numbers": lambda: listed(b"1" * 4_000 + b","),
    "one long number": lambda: b"0." + many(b"1"),
    "one long text": lambda: b'"' + many(b"x", b'"'),
    "one wide text": lambda: b'"' + many("\U0001f600".encode(), b'"'),
    "escapes": lambda: b'"' + many(b"\\u00e9", b'"'),
    "names": lambda: names(300_000, b"1"),
    "fewer names": lambda: names(heavy(NAME) // len(NAME), b'""'),
    "one name again": lambda: b"{" + many(b'"a":1,', b'"a":2}'),
    "nesting": lambda: many(b"["),
    "nested objects": lambda: many(b'{"a":'),
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
        for place, (kind, make) in itertools.islice(zip(where, kinds, strict=False), EACH):
            around = json.dumps(changed(example, place, HOLE) if place else HOLE).encode()
            yield path, kind, ".".join(map(str, place)), around.replace(str(HOLE).encode(), make())


def forget_the_peak() -> None:
    """Begin anew with `peak_megabytes`, where the system can: what it took to make a body is not the server's."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak_megabytes() -> float:
    """Return the most memory this process has had since it was forgotten.

    Where the system says nothing of that it is the most it ever had, which a parent hands on to its children.
    """
    try:
        line = next(one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmHWM"))
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / (1_000_000 if sys.platform == "darwin" else 1_000)
    return int(line.split()[1]) / 1_000


def megabytes_now() -> float:
    """Return the memory this process has, where the system says it; else the most it has had."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return peak_megabytes()
    return pages * resource.getpagesize() / 1_024_000


async def main() -> None:
    app = create_app()
    heart = Heart()
    async with app.router.lifespan_context(app):
        beating = asyncio.create_task(heart.beat())
        for path in POSTS:
            await answer(app, path, json.dumps(example_of(path)).encode())
        start = megabytes_now()
        for path, kind, place, body in bodies():
            await asyncio.sleep(0.002)
            forget_the_peak()
            before, heart.longest = megabytes_now(), 0.0
            status = await answer(app, path, body)
            await asyncio.sleep(0.002)
            memory = {"grown": peak_megabytes() - before, "kept": megabytes_now() - start}
            found = {"path": path, "kind": kind, "place": place, "status": status, "stop": heart.longest}
            print(json.dumps({**found, **memory}), flush=True)
        beating.cancel()


if __name__ == "__main__":
    asyncio.run(main())
