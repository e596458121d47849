"""Sockets: whatever is sent, and however slowly, there is a clear answer or an end, and never a traceback."""

import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import limits
from app.api import examples
from tests.api.hasty import BODY_SECONDS, CONNECTIONS, HEAD_SECONDS
from tests.running_server import HOST, RunningServer

LONGEST = 8.0  # seconds that any of these may take
MEGABYTES = 50
BODY = json.dumps(examples.TRACE["worked"]["value"]).encode()
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
POST = b"POST /api/trace HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
SIZED = POST + b"Content-Length: %d\r\n" % len(BODY)
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n"
IN_CHUNKS = b"%x\r\n%b\r\n0\r\n" % (len(BODY), BODY)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    server = RunningServer(tmp_path_factory.mktemp("hasty") / "log", "tests.api.hasty")
    yield server
    server.stop()
    # No traceback, and not a word of what anybody sent.
    assert server.log().splitlines() == [f"Backstep is at {server.url} (Ctrl+C stops it)"]


class Caller:
    """A client that says what it likes."""

    def __init__(self, server: RunningServer) -> None:
        self.began = time.monotonic()
        self._socket = socket.create_connection((HOST, server.port), timeout=LONGEST)

    def say(self, *parts: bytes) -> "Caller":
        """Send all parts, or as many as are taken."""
        try:
            for part in parts:
                self._socket.sendall(part)
        except (ConnectionError, TimeoutError):
            pass
        return self

    def wait(self) -> None:
        """Return when an answer begins; it is heard later."""
        self._socket.recv(1, socket.MSG_PEEK)

    def leave(self) -> None:
        """Close the connection, whatever comes."""
        self._socket.close()

    def hear(self) -> bytes:
        """Return what comes until the connection ends."""
        heard = b""
        try:
            while piece := self._socket.recv(65_536):
                heard += piece
        except ConnectionError:
            pass
        self.seconds = time.monotonic() - self.began
        self._socket.close()
        return heard


def answers(heard: bytes) -> list[tuple[int, Any]]:
    """Return status and JSON of each answer."""
    found = []
    while heard:
        head, _, rest = heard.partition(b"\r\n\r\n")
        status = int(head.split()[1])
        length = re.search(rb"content-length: (\d+)", head.lower())
        size = int(length[1]) if length else 0
        found.append((status, json.loads(rest[:size]) if size else None))
        heard = rest[size:]
    return found


# What is sent, and the status of each answer before the connection ends.
CLOSE = b"Connection: close\r\n"
TOLD: dict[str, tuple[bytes, list[int]]] = {
    "words": (b"hello\r\n\r\n", [400]),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", [400]),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [400]),
    "HTTP/1.0": (b"GET /healthz HTTP/1.0\r\n\r\n", [200]),
    "HTTP/1.0 with a body": (SIZED.replace(b"HTTP/1.1", b"HTTP/1.0") + b"\r\n" + BODY, [200]),
    "a long field": (GET + b"A: " + b"a" * limits.HEAD_BYTES + b"\r\n\r\n", [431]),
    "many fields": (GET + b"A: 1\r\n" * limits.HEAD_FIELDS + b"\r\n", [431]),
    "a long address": (b"GET /" + b"a" * limits.ADDRESS_BYTES + b" HTTP/1.1\r\nHost: x\r\n\r\n", [414]),
    "two lengths": (POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", [400]),
    "a length and chunks": (CHUNKED + b"Content-Length: 2\r\n\r\n" + IN_CHUNKS, [400]),
    "a negative length": (POST + b"Content-Length: -2\r\n\r\n{}", [400]),
    "a length that is no number": (POST + b"Content-Length: two\r\n\r\n{}", [400]),
    "a length too short": (POST + b"Content-Length: %d\r\n\r\n" % (len(BODY) - 1) + BODY, [422]),
    "a length too long": (POST + b"Content-Length: %d\r\n\r\n" % (len(BODY) + 1) + BODY, [408]),
    "chunks": (CHUNKED + CLOSE + b"\r\n" + IN_CHUNKS + b"\r\n", [200]),
    "fields after the body": (CHUNKED + CLOSE + b"\r\n" + IN_CHUNKS + b"Content-Encoding: gzip\r\n\r\n", [200]),
    "a chunk without a size": (CHUNKED + b"\r\nzz\r\n{}\r\n0\r\n\r\n", [400]),
    "a compressed body": (SIZED + CLOSE + b"Content-Encoding: gzip\r\n\r\n" + BODY, [415]),
    "compressed chunks": (POST + CLOSE + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + IN_CHUNKS + b"\r\n", [415]),
    "asked for first": (SIZED + CLOSE + b"Expect: 100-continue\r\n\r\n" + BODY, [100, 200]),
    "too long, asked for first": (POST + b"Expect: 100-continue\r\nContent-Length: 9999999\r\n\r\n", [413]),
    "one after the other": (GET + b"\r\n" + SIZED + b"\r\n" + BODY + GET + CLOSE + b"\r\n", [200, 200, 200]),
    "very many at once": ((GET + b"\r\n") * 5_000, [200] * (1 + limits.PIPELINED)),
    "words after a request": (GET + b"\r\nhello\r\n\r\n", [200]),
    "an upgrade": (GET + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n", [200]),
    "an upgrade with a body": (SIZED + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n" + BODY, [422]),
    "a zero": (GET + b"A: \x00\r\n\r\n", [400]),
    "an address outside ASCII": ("GET /é HTTP/1.1\r\nHost: x\r\n\r\n".encode(), [400]),
    "a body nobody reads": (GET + CLOSE + b"Content-Length: 5\r\n\r\nhello", [200]),
    "many words of a query": (b"GET /oembed?" + b"a=1&" * 7_000 + b" HTTP/1.1\r\n" + CLOSE + b"\r\n", [404]),
    "a part of a head": (GET, [408]),
    "a part of a body": (SIZED + b"\r\n" + BODY[:-1], [408]),
    "a part of a chunk": (CHUNKED + b"\r\n" + IN_CHUNKS[:99], [408]),
    "a part of a body nobody reads": (GET + b"Content-Length: 5\r\n\r\nhell", [200]),
    "nothing": (b"", []),
    "a request, and nothing more": (GET + b"\r\n", [200]),
    "a request, and an empty line": (GET + b"\r\n\r\n", [200]),
    "empty lines": (b"\r\n" * 9, []),
}


@pytest.mark.parametrize("kind", TOLD)
def test_each_is_told_what_is_wrong_and_comes_to_an_end(server: RunningServer, kind: str) -> None:
    sent, statuses = TOLD[kind]
    caller = Caller(server).say(sent)
    found = answers(caller.hear())
    assert [status for status, _ in found] == statuses
    told = [content["detail"][0]["msg"] for status, content in found if status >= 400]
    assert [sentence for sentence in told if not 10 < len(sentence) < 200] == []
    assert caller.seconds < LONGEST


def test_a_refusal_is_in_the_language_that_is_asked_for(server: RunningServer) -> None:
    head = GET + b"Accept-Language: ru\r\n"
    for sent in (head + b"A: 1\r\n" * 100 + b"\r\n", head + b"A: \x00\r\n\r\n", head + b"B: 2\r\n"):
        [(_, content)] = answers(Caller(server).say(sent).hear())
        assert re.search("[а-я]{3}", content["detail"][0]["msg"])


def memory(server: RunningServer, name: str) -> float:
    """Return what the server needs of memory, in MB."""
    status = Path(f"/proc/{server.process_id}/status").read_text()
    found = re.search(rf"{name}:\s*(\d+) kB", status)
    assert found
    return int(found[1]) / 1000


FLOODS = {
    "a field": (GET + b"A: ", b"a"),
    "an address": (b"GET /", b"a"),
    "fields": (GET, b"A: 1\r\n"),
    "fields after the body": (CHUNKED + b"\r\n" + IN_CHUNKS, b"A: 1\r\n"),
    "a field after the body": (CHUNKED + b"\r\n" + IN_CHUNKS + b"A: ", b"a"),
    "what a chunk may be called": (CHUNKED + b"\r\n5;", b"a"),
    "a body that is not read": (GET + b"Content-Length: 900000000\r\n\r\n", b"a"),
    "a body too long": (POST + b"Content-Length: 900000000\r\n\r\n", b"a"),
    "chunks too long": (CHUNKED + b"\r\n20000000\r\n", b"a"),
}


@pytest.mark.parametrize("kind", FLOODS)
def test_a_hundred_megabytes_of_anything_are_not_kept(server: RunningServer, kind: str) -> None:
    start, piece = FLOODS[kind]
    before = memory(server, "VmRSS")
    block = piece * (1_000_000 // len(piece))
    caller = Caller(server).say(start, *[block] * 100)
    heard = caller.hear()
    assert memory(server, "VmHWM") - before < MEGABYTES
    assert caller.seconds < LONGEST
    assert {status for status, _ in answers(heard)} <= {200, 400, 413, 414, 431}


def test_what_is_refused_while_it_is_sent_is_told_so(server: RunningServer) -> None:
    for keep in (b"", CLOSE):
        caller = Caller(server).say(POST, keep, b"Content-Length: 9000000\r\n\r\n")
        time.sleep(0.2)
        for _ in range(9):
            caller.say(b" " * 1_000_000)
        assert answers(caller.hear())[0][0] == 413


def test_a_slow_but_honest_body_arrives(server: RunningServer) -> None:
    caller = Caller(server).say(SIZED, CLOSE, b"\r\n")
    pieces = 6
    for number in range(pieces):
        time.sleep(HEAD_SECONDS / 3)
        caller.say(BODY[number * len(BODY) // pieces : (number + 1) * len(BODY) // pieces])
    assert [status for status, _ in answers(caller.hear())] == [200]
    assert caller.seconds > HEAD_SECONDS


def test_a_body_that_drips_has_its_time_and_no_more(server: RunningServer) -> None:
    caller = Caller(server).say(SIZED, b"\r\n")
    while time.monotonic() - caller.began < BODY_SECONDS + 0.5:
        time.sleep(0.2)
        caller.say(b"{")
    assert [status for status, _ in answers(caller.hear())] == [408]


def test_an_answer_that_nobody_takes_is_not_kept_for_ever(server: RunningServer) -> None:
    page = Caller(server).say(b"GET /en/lab HTTP/1.1\r\n", CLOSE, b"\r\n").hear().decode()
    plotly = re.search(r"/plotly/[^\"']+", page)
    assert plotly
    caller = Caller(server)
    caller.say(f"GET {plotly[0]} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 5)
    time.sleep(HEAD_SECONDS + 0.5)
    heard = caller.hear()
    # What was on its way comes, and then the end.
    assert len(heard) < 5 * 3_000_000
    assert caller.seconds < LONGEST


def test_those_who_only_hold_a_connection_make_room(server: RunningServer) -> None:
    holding = [Caller(server).say(GET if number % 2 else b"") for number in range(CONNECTIONS + 10)]
    caller = Caller(server).say(GET, CLOSE, b"\r\n")
    assert [status for status, _ in answers(caller.hear())] == [200]
    assert caller.seconds < HEAD_SECONDS
    assert holding[0].hear() == b""
    for one in holding[1:]:
        one.hear()
