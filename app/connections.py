"""A connection, with an end to everything: a head too large or too slow, a body too slow, an answer nobody takes.

uvicorn's protocol for httptools reads heads of any size and waits for ever; its other one, for h11, has a limit for
heads alone and takes half as much time again for a request. What is not said here is as uvicorn does it.
"""

import asyncio
from typing import Any, Final, Literal

import httptools
from starlette.datastructures import Headers
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from app import limits
from app.api.errors import plain_problem
from app.engine.sentences import said
from app.headers import HEADERS
from app.i18n import preferred

# What has come of a request: nothing yet, a part of its head, its head and perhaps a part of its body, all of it.
Stage = Literal["idle", "head", "body", "whole"]

# A client that still writes cannot read why it was refused: it is listened to for a moment.
_LINGER_SECONDS: Final = 1.0
# An endpoint that reads a body sends a slow one away itself, with an answer. This ends what no endpoint reads.
_SPARE_SECONDS: Final = 5.0

_UNREADABLE: Final = said("What was sent is not a request in HTTP that can be read.")


class _Refused(Exception):  # noqa: N818 - a refusal of what was sent, not an error of ours
    """The request cannot be taken; raised inside the parser."""


class _Lingering:
    """What an answer is written to: a transport that is closed in the connection's own way."""

    def __init__(self, connection: "Connection") -> None:
        self.write = connection.transport.write
        self.is_closing = connection.transport.is_closing
        self.close = connection.close_when_heard


class Connection(HttpToolsProtocol):
    """One connection with a client."""

    stage: Stage = "idle"
    since = 0.0
    _deadline: asyncio.TimerHandle | None = None
    _stuck: asyncio.TimerHandle | None = None
    _status = 400
    _is_refused = False
    _head_bytes = 0
    _more_bytes = 0
    _fields = 0
    _running: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin; where there are too many, the one that has been without a request for longest goes."""
        super().connection_made(transport)
        self._enter("idle", limits.HEAD_SECONDS)
        if len(self.connections) > limits.CONNECTIONS:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget all that was waited for."""
        for timer in (self._deadline, self._stuck):
            if timer is not None:
                timer.cancel()
        self._forget()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what has come; drop it where the request was refused."""
        if self._is_refused or self.transport.is_closing():
            return
        before = self.stage
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # The request is answered as one that asks for nothing else; what follows could be anything.
            self.cycle.keep_alive = False
        except httptools.HttpParserError:
            self._refuse(self._status)
        else:
            self._check_amount(len(data), before)

    # What the parser tells

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        # Here, not where bytes come: an empty line, or what nobody reads any more, keeps no connection.
        self._unset_keepalive_if_required()
        self._head_bytes = self._more_bytes = self._fields = 0
        self._enter("head", limits.HEAD_SECONDS)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a field of the head; those after the body are for nobody."""
        self._fields += 1
        self._check(self._fields > limits.HEAD_FIELDS, 431)
        if self.stage == "head":
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Check the head, and begin to answer."""
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        self._check(len(self.url) > limits.ADDRESS_BYTES, 414)
        self._check(size > limits.HEAD_BYTES, 431)
        self._check(len(self.pipeline) >= limits.PIPELINED, 429)
        self._unset_keepalive_if_required()
        super().on_headers_complete()
        self.cycle.transport = _Lingering(self)  # type: ignore[assignment]
        self._enter("body", limits.BODY_SECONDS + _SPARE_SECONDS)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    def on_body(self, body: bytes) -> None:
        """Take a part of the body."""
        # Twice: once for itself, and once for as much around it.
        self._more_bytes -= 2 * len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request: from here on it is the server who takes its time."""
        self._enter("whole", None)
        super().on_message_complete()

    # What uvicorn tells

    def send_400_response(self, msg: str) -> None:
        """Refuse in the shape of all refusals."""
        self._refuse(400)

    def shutdown(self) -> None:
        """End: a request that is being answered has a little time, one that has not come whole has none."""
        if begin := self.app_state.get("ending"):
            begin()
        if self.stage == "head":
            self._refuse(503)
        else:
            super().shutdown()
            self._wait(limits.ENDING_SECONDS, self._end)

    def pause_writing(self) -> None:
        """Wait for a client that takes its answer slowly, not for ever."""
        super().pause_writing()
        self._stuck = self.loop.call_later(limits.ANSWER_SECONDS, self._cut)

    def resume_writing(self) -> None:
        """Go on with the answer."""
        super().resume_writing()
        if self._stuck is not None:
            self._stuck.cancel()

    # Ours

    @property
    def is_free(self) -> bool:
        """Whether nothing is being answered here."""
        return (self.cycle is None or self.cycle.response_complete) and not self.pipeline

    def _enter(self, stage: Stage, seconds: float | None) -> None:
        self.stage, self.since = stage, self.loop.time()
        self._wait(seconds, self._too_slow)

    def _wait(self, seconds: float | None, then: Any) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None if seconds is None else self.loop.call_later(seconds, then)

    def _check(self, is_wrong: bool, status: int) -> None:
        if is_wrong:
            self._status = status
            raise _Refused

    def _check_amount(self, count: int, before: Stage) -> None:
        """Refuse a head that goes on and on, and a body that is nearly all wrapping."""
        if self.stage == "head" and before != "body":
            self._head_bytes += count
            if self._head_bytes > limits.HEAD_BYTES:
                self._refuse(431)
        elif self.stage == before == "body":
            self._more_bytes += count
            if self._more_bytes > limits.HEAD_BYTES:
                self._refuse(400)

    def _too_slow(self) -> None:
        if self.stage == "head":
            self._refuse(408)
        elif self.flow.read_paused:
            self._wait(limits.QUIET_SECONDS, self._too_slow)  # it is the server that does not read
        else:
            self._cut()

    def _end(self) -> None:
        """End at last; what can still be told that there was no time is told so by the application."""
        if self.is_free or self.cycle.response_started:
            self._cut()
        else:
            self._wait(1.0, self._cut)

    def _make_room(self) -> None:
        free = [one for one in self.connections if isinstance(one, Connection) and one.is_free and one is not self]
        if free:
            min(free, key=lambda one: one.since)._cut()
        else:
            self._refuse(503)

    def _refuse(self, status: int) -> None:
        """Say why, where nobody else is speaking, and close; an answer that is being made is the last one."""
        self._is_refused = True
        if self.stage != "body" and not self.is_free:
            self.cycle.keep_alive = False
            return
        if not self.is_free:
            if self.cycle.response_started or self.pipeline:
                self._cut()
                return
            self._forget()
        self.transport.write(self._refusal(status))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._wait(_LINGER_SECONDS, self._cut)

    def _forget(self) -> None:
        """Let nothing more be written by what is being answered here."""
        self.pipeline.clear()
        if self._running is not None:
            self._running.disconnected = True
            self._running.message_event.set()

    def _cut(self) -> None:
        self._forget()
        self.transport.abort()

    def close_when_heard(self) -> None:
        """Close; a client that still writes would lose its answer if nobody listened any more."""
        if self.stage == "body" and self.transport.can_write_eof():
            self._is_refused = True
            self.flow.resume_reading()
            self.transport.write_eof()
            self._wait(_LINGER_SECONDS, self._cut)
        else:
            self.transport.close()

    def _refusal(self, status: int) -> bytes:
        sent = Headers(raw=self.headers or [])
        code = preferred(sent.get("accept-language", ""))
        answer = plain_problem(status, code, {"Connection": "close"}, _UNREADABLE if status == 400 else None)
        answer.headers.update(HEADERS)
        fields = [*self.server_state.default_headers, *answer.raw_headers]
        lines = b"".join(b"%b: %b\r\n" % field for field in fields)
        return STATUS_LINE[status] + lines + b"\r\n" + bytes(answer.body)
