"""Where a computation runs: small ones at once, larger ones in a bounded pool, none without bound.

A thread for a computation of a hundred microseconds costs more than the computation; one of a second on the
event loop makes everybody wait. So it is decided by a cost estimated from the shapes.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from fastapi import Request

from app import limits
from app.api.errors import Busy, RequestProblem
from app.engine.network import Network
from app.engine.sentences import said
from app.settings import Settings

Result = TypeVar("Result")

# Measured on a small laptop, rounded up: what a NumPy call costs, and a multiply-add in a matrix product.
_CALL_SECONDS: Final = 1e-6
_MULTIPLY_SECONDS: Final = 5e-10
_CALLS_PER_LAYER: Final = 20
# An activation of a unit, and its 8 bits in a picture.
_RESPONSE_SECONDS: Final = 3e-8
_AT_ONCE_SECONDS: Final = 0.003


def seconds_per_step(network: Network, examples: int) -> float:
    """Estimate one forward and backward pass over a batch."""
    layers = len(network.layers)
    return _CALL_SECONDS * _CALLS_PER_LAYER * (layers + 1) + (
        3 * _MULTIPLY_SECONDS * network.parameter_count * examples
    )


def seconds_per_pass(network: Network, examples: int) -> float:
    """Estimate one forward pass over many examples; here the activations count, too."""
    units = sum(layer.units for layer in network.layers)
    multiplications = network.parameter_count * examples
    return _CALL_SECONDS * _CALLS_PER_LAYER * len(network.layers) + (
        _MULTIPLY_SECONDS * multiplications + _RESPONSE_SECONDS * units * examples
    )


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


def desk_of(request: Request) -> Desk:
    """Return the desk of the server that got the request."""
    desk: Desk = request.app.state.desk
    return desk
