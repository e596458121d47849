"""The server holds: whatever is computed, others are answered meanwhile; what was left is computed no further."""

import http.client
import json
import signal
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from app import limits
from tests.api.costly import COSTLY
from tests.api.test_connections import Caller
from tests.api.test_ending import asked
from tests.running_server import HOST, RunningServer

# Far more than `/healthz` takes where nothing stops the event loop, far less than where something does.
MOST_SECONDS = 1.0
LOOKED_SECONDS = 2.5


@pytest.fixture
def server(tmp_path: Path) -> Generator[RunningServer]:
    running = RunningServer(tmp_path / "log", BACKSTEP_SLOTS="2", BACKSTEP_QUEUE="64")
    yield running
    running.stop()


def seconds_of(server: RunningServer, path: str, body: Any = None) -> float:
    """Return how long an answer takes, which has to be a 200."""
    connection = http.client.HTTPConnection(HOST, server.port, timeout=30)
    content = None if body is None else json.dumps(body)
    start = time.monotonic()
    connection.request("GET" if body is None else "POST", path, content, {"Content-Type": "application/json"})
    status = connection.getresponse().status
    connection.close()
    assert status == 200
    return time.monotonic() - start


def test_two_long_requests_that_were_left_leave_the_slots_free(server: RunningServer) -> None:
    path, body = COSTLY["wide training"]
    left = [Caller(server).say(asked(path, body)) for _ in range(2)]
    time.sleep(1.0)
    for one in left:
        one.leave()
    needs_a_slot = {"data": {"dataset": "moons", "samples": limits.EXAMPLES, "noise": 0.1}}
    assert seconds_of(server, "/api/dataset", needs_a_slot) < MOST_SECONDS + 0.5


@pytest.mark.parametrize(
    "names", [["dogs"] * 64, ["wide training"] * 64, list(COSTLY)[:16]], ids=["dogs", "training", "sixteen"]
)
def test_beside_many_costly_requests_the_server_is_well_and_ends_in_time(
    server: RunningServer, names: list[str]
) -> None:
    callers = [Caller(server).say(asked(*COSTLY[name])) for name in names]
    waits = []
    end = time.monotonic() + LOOKED_SECONDS
    try:
        while time.monotonic() < end:
            waits.append(seconds_of(server, "/healthz"))
            time.sleep(0.02)
        assert len(waits) > 10
        assert max(waits) < MOST_SECONDS
        server.signal(signal.SIGTERM)
        assert server.wait(5.0) is not None
    finally:
        for caller in callers:
            caller.leave()
