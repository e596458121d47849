"""The end of the server: what is nearly done is finished, the rest is told to come back, nobody is waited for."""

import asyncio
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import limits
from app.api.errors import plain_problem
from app.i18n import preferred


class Ending:
    """Whether the server is about to end, and what it is answering."""

    def __init__(self, at_once: Callable[[], None]) -> None:
        """`at_once` ends what need not be waited for."""
        self.running: set[asyncio.Task[object]] = set()
        self._at_once = at_once
        self._has_begun = False

    def begin(self) -> None:
        """Give what is running its time; further calls change nothing."""
        if not self._has_begun:
            self._has_begun = True
            self._at_once()
            asyncio.get_running_loop().call_later(limits.ENDING_SECONDS, self._cancel)

    def _cancel(self) -> None:
        for task in self.running:
            task.cancel()


class EndsInTime:
    """Answers 503 for a request that was cancelled before its answer began."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything through, and keep the list of what is running."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_begun = False

        async def send_on(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        running: set[asyncio.Task[object]] = scope["app"].state.ending.running
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            await self.app(scope, receive, send_on)
        except asyncio.CancelledError:
            task.uncancel()
            if has_begun:
                raise
            code = preferred(Headers(scope=scope).get("accept-language", ""))
            await plain_problem(503, code, {"Retry-After": "2"})(scope, receive, send)
        finally:
            running.discard(task)
