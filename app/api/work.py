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

from app import limits
from app.api.cost import seconds_of_reading
from app.api.errors import Busy, RequestProblem
from app.api.wire import json_response
from app.engine.sentences import said
from app.settings import Settings

Result = TypeVar("Result")

_AT_ONCE_SECONDS: Final = 0.003


@dataclass(frozen=True, slots=True)
class Work:
    """A computation: `compute()` returns what the answer holds; `seconds`, by estimate, are those of JSON, too."""

    seconds: float
    compute: Callable[[], Any]


class Desk:
    """Runs computations for one process of the server."""

    def __init__(self, settings: Settings) -> None:
        self._pool = ThreadPoolExecutor(settings.slots, thread_name_prefix="compute")
        self._free = asyncio.Semaphore(settings.slots)
        self._room = settings.slots + settings.queue
        self._patience = settings.patience
        self._present = 0

    async def run(self, seconds: float, compute: Callable[[], Result]) -> Result:
        """Return `compute()`, which is estimated to take `seconds`.

        Raises RequestProblem where that is more than one request may take, Busy where no slot became free.
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
        if self._present >= self._room:
            raise Busy
        self._present += 1
        try:
            return await self._in_a_slot(compute)
        finally:
            self._present -= 1

    async def _in_a_slot(self, compute: Callable[[], Result]) -> Result:
        try:
            async with asyncio.timeout(self._patience):
                await self._free.acquire()
        except TimeoutError:
            raise Busy from None
        job = asyncio.get_running_loop().run_in_executor(self._pool, compute)
        # The slot is the thread's: it is free when the work ends, even if nobody waits for it any more.
        job.add_done_callback(lambda _done: self._free.release())
        return await asyncio.shield(job)

    def close(self) -> None:
        """Let the running computations end and take no more."""
        self._pool.shutdown(wait=False, cancel_futures=True)


async def answer(request: Request, query: Any, prepare: Callable[[], Work]) -> Response:
    """Return the answer to `query`: `prepare` makes arrays of it and checks them, and says what is to be computed.

    Raises what `prepare` and the computation raise, and what `Desk.run` does.
    """
    desk: Desk = request.app.state.desk
    work = await desk.run(seconds_of_reading(query), prepare)
    accepted = request.headers.get("accept-encoding", "")
    return await desk.run(work.seconds, lambda: json_response(work.compute(), accepted=accepted))
