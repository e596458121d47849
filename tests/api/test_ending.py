"""The end of the server: within five seconds, whatever is open; what is nearly done is answered, the rest told."""

import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from app import limits
from app.api import examples
from tests.api.test_connections import BODY, GET, SIZED, Caller, answers
from tests.running_server import RunningServer

MOST_SECONDS = 5.0
# A run that takes far longer than the server waits, on a quick machine too, and one that does not.
LONG = {**examples.TRAIN["xor"]["value"], "steps": limits.STEPS, "record_every": None}
LONG["data"] = {"dataset": "moons", "samples": 60}
WIDE = {"units": 48, "activation": "gelu"}
LONG["network"] = {"inputs": 2, "layers": [WIDE, WIDE, LONG["network"]["layers"][-1]]}
SHORT = {**examples.TRAIN["xor"]["value"], "steps": 2_500, "record_every": None}


def asked(path: str, body: Any) -> bytes:
    content = json.dumps(body).encode()
    length = f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    return f"POST {path} HTTP/1.1\r\nHost: x\r\n{length}".encode() + content


@pytest.mark.parametrize("workers", [1, 2])
def test_the_server_ends_in_time_whatever_is_open(tmp_path: Path, workers: int) -> None:
    server = RunningServer(tmp_path / "log", workers=workers)
    callers: dict[str, Caller] = {}
    unread, short = Caller(server), Caller(server)
    try:
        callers |= {
            "nothing": Caller(server),
            "a part of a head": Caller(server).say(GET),
            "a part of a body": Caller(server).say(SIZED, b"\r\n", BODY[:-1]),
            "a part of a large body": Caller(server).say(
                SIZED.replace(b"%d" % len(BODY), b"3000000"), b"\r\n", b" " * 2_000_000
            ),
            "a long computation": Caller(server).say(asked("/api/train", LONG)),
            "a body that is not read": Caller(server).say(GET + b"Content-Length: 9\r\n\r\n"),
            "kept": Caller(server).say(GET, b"\r\n"),
        }
        unread.say((b"GET /en/lab HTTP/1.1\r\nHost: x\r\n\r\n") * 9)
        for answered in ("a body that is not read", "kept"):
            callers[answered].wait()
        time.sleep(0.7)
        short.say(asked("/api/train", SHORT))
        time.sleep(0.1)
        begun = time.monotonic()
        server.signal(signal.SIGTERM)
        assert server.wait(MOST_SECONDS * 2) is not None
        seconds = time.monotonic() - begun
        found = {name: [status for status, _ in answers(one.hear())] for name, one in callers.items()}
        assert found == {
            "nothing": [],
            "a part of a head": [503],
            "a part of a body": [503],
            "a part of a large body": [503],
            "a long computation": [503],
            "a body that is not read": [200],
            "kept": [200],
        }
        assert [status for status, _ in answers(short.hear())] == [200]
        unread.hear()
        assert seconds < MOST_SECONDS
        assert server.log().splitlines() == [f"Backstep is at {server.url} (Ctrl+C stops it)"]
    finally:
        server.stop()
        for one in (*callers.values(), unread, short):
            one.leave()
