"""Where a computation runs: small ones at once, larger ones in a bounded pool, none without bound.

A thread for a computation of a hundred microseconds costs more than the computation; one of a second on the
event loop makes everybody wait. So it is decided by a cost estimated from the shapes (`cost.py`). A handler calls
`answer`: what a request is read into is made at the desk, then the computation, its JSON and the compression of it.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from fastapi import Request, Response
from starlette.types import Receive

from app import limits
from app.api.cost import seconds_of_reading
from app.api.errors import Busy, RequestProblem
from app.api.wire import json_response
from app.engine.pause import watched
from app.engine.sentences import said
from app.settings import Settings

Result = TypeVar("Result")

_AT_ONCE_SECONDS: Final = 0.003


@dataclass(frozen=True, slots=True)
class Work:
    """A computation: `compute()` returns what the answer holds; `seconds`, by estimate, are those of JSON, too."""

    seconds: float
    compute: Callable[[], Any]


class NobodyWaits(Exception):  # noqa: N818 - ends a computation in its thread; nobody hears of it
    """Whoever asked for a computation has gone, or the server ends."""


@dataclass(slots=True, eq=False)
class _Errand:
    """A computation that somebody waits for, until it `is_over`."""

    is_over: bool = False

    def look(self) -> None:
        """End the computation that calls this if it is over."""
        if self.is_over:
            raise NobodyWaits


class Desk:
    """Runs computations for one process of the server."""

    def __init__(self, settings: Settings) -> None:
        self._pool = ThreadPoolExecutor(settings.slots, thread_name_prefix="compute")
        self._free = asyncio.Semaphore(settings.slots)
        self._room = settings.slots + settings.queue
        self._patience = settings.patience
        self._errands: set[_Errand] = set()
        self._is_open = True

    async def run(self, seconds: float, compute: Callable[[], Result], receive: Receive | None = None) -> Result:
        """Return `compute()`, which is estimated to take `seconds`; where `receive` says so, the client has gone.

        What nobody waits for any more ends when it looks up next, and its slot is free: if the client has gone, if
        this is cancelled, if the desk closes. Raises RequestProblem where it is more than one request may take,
        Busy where no slot became free or it was ended.
        """
        if seconds > limits.SECONDS:
            message = said(
                "This would take about {seconds} seconds; one request may take {most}. "
                "Ask for fewer steps at a time, fewer examples or a smaller network.",
                seconds=round(seconds),
                most=round(limits.SECONDS),
            )
            raise RequestProblem((), message, "too_large")
        if seconds <= _AT_ONCE_SECONDS:
            return compute()
        if len(self._errands) >= self._room or not self._is_open:
            raise Busy
        errand = _Errand()
        self._errands.add(errand)
        work = asyncio.ensure_future(self._in_a_slot(errand, compute))
        waits = {work} if receive is None else {work, asyncio.ensure_future(_gone(receive))}
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                return work.result()
            raise Busy
        except NobodyWaits:
            raise Busy from None
        finally:
            errand.is_over = True
            self._errands.discard(errand)
            for one in waits:
                one.cancel()

    async def _in_a_slot(self, errand: _Errand, compute: Callable[[], Result]) -> Result:
        try:
            async with asyncio.timeout(self._patience):
                await self._free.acquire()
        except TimeoutError:
            raise Busy from None
        job = asyncio.get_running_loop().run_in_executor(self._pool, _watched, errand, compute)
        # The slot is the thread's: it is free when the thread has ended the work.
        job.add_done_callback(self._freed)
        return await asyncio.shield(job)

    def _freed(self, job: asyncio.Future[Any]) -> None:
        self._free.release()
        if not job.cancelled():
            # Looked at, so that nothing is logged of what nobody waits for.
            job.exception()

    def close(self) -> None:
        """End the running computations when they look up next, and take no more."""
        self._is_open = False
        for errand in self._errands:
            errand.is_over = True
        self._pool.shutdown(wait=False, cancel_futures=True)


def _watched(errand: _Errand, compute: Callable[[], Result]) -> Result:
    errand.look()
    with watched(errand.look):
        return compute()


async def _gone(receive: Receive) -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def answer(request: Request, query: Any, prepare: Callable[[], Work]) -> Response:
    """Return the answer to `query`: `prepare` makes arrays of it and checks them, and says what is to be computed.

    Raises what `prepare` and the computation raise, and what `Desk.run` does.
    """
    work = await visit(request, seconds_of_reading(query), prepare)
    accepted = request.headers.get("accept-encoding", "")
    return await visit(request, work.seconds, lambda: json_response(work.compute(), accepted=accepted))


async def visit(request: Request, seconds: float, compute: Callable[[], Result]) -> Result:
    """Return `compute()`, run at the desk of the server that got the request; raises what `Desk.run` does."""
    desk: Desk = request.app.state.desk
    return await desk.run(seconds, compute, request.receive)
