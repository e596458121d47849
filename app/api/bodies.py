"""How a body comes in: bounded in size, in time and in memory, and a large one read in a thread of its own.

`BodyRoute` does it for every endpoint that takes a body: what the framework gets is checked already.
"""

import asyncio
import gc
import json
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect

from app import limits
from app.api.errors import MOST_DETAILS, Busy
from app.api.weight import check_weight

# Returns the checked value, and what is wrong with it; `ModelField.validate` of the framework.
Check = Callable[..., tuple[Any, list[dict[str, Any]]]]

# A body up to here is parsed and checked within 3 ms.
_AT_ONCE_BYTES: Final = 64_000
# Digits of a whole number: the time to read and to print one goes with their square.
_LONGEST_NUMBER: Final = 1_000


class _Read(Request):
    """A request whose body was read: to the framework it is the checked value."""

    value: Any = None

    async def body(self) -> bytes:
        return b"{}"

    async def json(self) -> Any:
        return self.value


class Bodies:
    """All bodies that are on their way into one process."""

    def __init__(self) -> None:
        # One at a time: the memory that reading takes is needed once.
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="read")
        # The bytes of those that are still arriving, by what may end their wait, the oldest first.
        self._arriving: dict[asyncio.Timeout, int] = {}
        self._sent_away: set[asyncio.Timeout] = set()
        self._waiting = 0
        self._is_open = True

    async def read(self, request: Request, check: Check) -> Request:
        """Return the request with its body checked.

        Raises HTTPException, Busy, RequestProblem or RequestValidationError for one that cannot be taken.
        """
        _check_headers(request.headers)
        body = await self._arrived(request)
        if not body or not _is_json(request.headers):
            # The framework says what it misses.
            known = Request(request.scope, request.receive)
            known._body = bytes(body[:1])
            return known
        read = _Read(request.scope, request.receive)
        read.value = await self._understood(body, check)
        return read

    def close(self) -> None:
        """Take no more, and let those go that are still arriving."""
        self._is_open = False
        for patience in list(self._arriving):
            self._send_away(patience)
        self._reader.shutdown(wait=False)

    async def _arrived(self, request: Request) -> bytearray:
        loop = asyncio.get_running_loop()
        end = loop.time() + limits.BODY_SECONDS
        body = bytearray()
        patience = asyncio.timeout(None)
        try:
            async with patience:
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > limits.BODY_BYTES:
                        raise HTTPException(413)
                    self._keep(patience, len(body))
                    patience.reschedule(min(end, loop.time() + limits.QUIET_SECONDS))
        except TimeoutError:
            if patience in self._sent_away:
                raise Busy from None
            raise HTTPException(408, headers={"Connection": "close"}) from None
        except ClientDisconnect:
            raise HTTPException(400) from None
        finally:
            self._arriving.pop(patience, None)
            self._sent_away.discard(patience)
        return body

    def _keep(self, patience: asyncio.Timeout, size: int) -> None:
        """Remember how much has come; where all together are too much, the oldest that is unfinished goes."""
        self._arriving[patience] = size
        if self._waiting + sum(self._arriving.values()) > limits.BODIES_BYTES:
            self._send_away(next(iter(self._arriving)))

    def _send_away(self, patience: asyncio.Timeout) -> None:
        self._sent_away.add(patience)
        self._arriving.pop(patience)
        patience.reschedule(asyncio.get_running_loop().time())

    async def _understood(self, body: bytearray, check: Check) -> Any:
        if len(body) <= _AT_ONCE_BYTES:
            return _understand(body, check)
        size = len(body)
        if self._waiting + size > limits.BODIES_BYTES or not self._is_open:
            raise Busy
        self._waiting += size
        try:
            return await asyncio.get_running_loop().run_in_executor(self._reader, _understand_large, body, check)
        finally:
            self._waiting -= size


class BodyRoute(APIRoute):
    """A route that reads its body with the server's `Bodies` before the framework sees it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request."""
        handle = super().get_route_handler()
        if self.body_field is None:
            return handle
        check: Check = self.body_field.validate

        async def read_and_handle(request: Request) -> Response:
            bodies: Bodies = request.app.state.bodies
            return await handle(await bodies.read(request, check))

        return read_and_handle


def _check_headers(headers: Headers) -> None:
    """Refuse by its headers what needs not be read."""
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > limits.BODY_BYTES:
        raise HTTPException(413)
    codings = [headers.get("content-encoding", "identity"), headers.get("transfer-encoding", "chunked")]
    if [coding.strip().lower() for coding in codings] != ["identity", "chunked"]:
        raise HTTPException(415)


def _is_json(headers: Headers) -> bool:
    kind, _, form = headers.get("content-type", "").partition(";")[0].strip().lower().partition("/")
    return kind == "application" and (form == "json" or form.endswith("+json"))


def _float(text: str) -> float:
    """Read a number, or one of the words NaN, Infinity and -Infinity."""
    return float(text)


def _int(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise ValueError
    return int(text)


# The parser gives the interpreter to no other thread before its end. Code in Python for every number does, and so
# the event loop never waits for a whole body.
_GIVING_WAY: Final[dict[str, Any]] = {"parse_float": _float, "parse_int": _int, "parse_constant": _float}


def _understand_large(body: bytearray, check: Check) -> Any:
    """Do it without the collector, which would look through all that was parsed again and again, for nothing."""
    gc.disable()
    try:
        return _understand(body, check)
    finally:
        gc.enable()


def _understand(body: bytearray, check: Check) -> Any:
    """Return the checked value of a JSON text, and empty it: what is parsed is not needed any more."""
    check_weight(body)
    ways = _GIVING_WAY if len(body) > _AT_ONCE_BYTES else {}
    try:
        parsed = json.loads(body, **ways)
    except json.JSONDecodeError as error:
        found = {"type": "json_invalid", "loc": ("body", error.pos), "msg": error.msg, "input": None}
        raise RequestValidationError([found]) from None
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    body.clear()
    value, problems = check(parsed, loc=("body",))
    if problems:
        # An error lives on for a while: it takes along no more of what was sent than is said of it.
        del parsed
        raise RequestValidationError([_briefly(one) for one in problems[:MOST_DETAILS]])
    return value


def _briefly(problem: dict[str, Any]) -> dict[str, Any]:
    given = problem.get("input")
    return {**problem, "input": given if isinstance(given, int | float) else None}
