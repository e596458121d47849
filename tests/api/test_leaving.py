"""What nobody waits for any more ends: the client has gone, the request was cancelled, or the server ends."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from fastapi import FastAPI

from app.api.errors import Busy
from app.api.work import Desk
from app.engine.pause import look_up, watched
from app.main import create_app
from app.settings import Settings
from tests.api.costly import COSTLY

ONE_SLOT = Settings(slots=1, queue=2, patience=10)
LONG = 1.0
# The longest slice is one activation of the widest layer and most examples; other tests run beside this one.
SECONDS = 1.5


def computes_for_ever() -> None:
    while True:
        np.tanh(np.zeros(1000))
        look_up()


def with_desk(test: Callable[[Desk], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        desk = Desk(ONE_SLOT)
        try:
            await asyncio.wait_for(test(desk), 10)
        finally:
            desk.close()

    asyncio.run(run())


async def soon(work: Awaitable[Any]) -> Any:
    """Return what comes within the time in which a slot has to be free again."""
    return await asyncio.wait_for(work, SECONDS)


def test_without_a_hook_nothing_happens_when_a_computation_looks_up() -> None:
    look_up()
    with pytest.raises(ZeroDivisionError), watched(lambda: print(1 // 0)):
        look_up()
    look_up()


def test_work_whose_client_has_gone_ends_and_its_slot_is_free() -> None:
    async def test(desk: Desk) -> None:
        async def receive() -> Any:
            await asyncio.sleep(0.05)
            return {"type": "http.disconnect"}

        with pytest.raises(Busy):
            await soon(desk.run(LONG, computes_for_ever, receive))
        assert await soon(desk.run(LONG, lambda: "free")) == "free"

    with_desk(test)


def test_a_client_that_says_something_else_has_not_gone() -> None:
    async def test(desk: Desk) -> None:
        said = iter([{"type": "http.request", "body": b""}] * 3)

        async def receive() -> Any:
            await asyncio.sleep(0)
            return next(said, None) or await asyncio.Event().wait()

        assert await desk.run(LONG, lambda: time.sleep(0.1) or "done", receive) == "done"

    with_desk(test)


def test_work_that_is_cancelled_ends_and_its_slot_is_free() -> None:
    async def test(desk: Desk) -> None:
        task = asyncio.create_task(desk.run(LONG, computes_for_ever))
        await asyncio.sleep(0.05)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await soon(task)
        assert await soon(desk.run(LONG, lambda: "free")) == "free"

    with_desk(test)


def test_one_that_leaves_while_it_waits_for_a_slot_is_never_computed() -> None:
    async def test(desk: Desk) -> None:
        first = asyncio.create_task(desk.run(LONG, computes_for_ever))
        await asyncio.sleep(0.05)
        waiting = asyncio.create_task(desk.run(LONG, lambda: pytest.fail("it was computed")))
        await asyncio.sleep(0.05)
        waiting.cancel()
        first.cancel()
        await asyncio.gather(first, waiting, return_exceptions=True)
        assert await soon(desk.run(LONG, lambda: "free")) == "free"

    with_desk(test)


def test_a_desk_that_closes_ends_its_work_with_a_refusal_and_takes_no_more() -> None:
    async def test(desk: Desk) -> None:
        task = asyncio.create_task(desk.run(LONG, computes_for_ever))
        await asyncio.sleep(0.05)
        desk.close()
        with pytest.raises(Busy):
            await soon(task)
        with pytest.raises(Busy):
            await desk.run(LONG, lambda: pytest.fail("it was computed"))

    with_desk(test)


async def left(app: FastAPI, path: str, body: Any, after: float) -> int:
    """Send a request whose client goes away; return the status that nobody sees any more."""
    messages = [{"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}]
    status = 0

    async def receive() -> Any:
        if messages:
            return messages.pop()
        await asyncio.sleep(after)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)

    headers = [(b"content-type", b"application/json"), (b"accept-encoding", b"gzip")]
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers}
    await app({**scope, "http_version": "1.1", "scheme": "http", "server": ("test", 80)}, receive, send)
    return status


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return create_app(ONE_SLOT, {})


@pytest.mark.parametrize("name", COSTLY)
def test_a_costly_request_that_was_left_frees_its_slot_within_a_second(app: FastAPI, name: str) -> None:
    path, body = COSTLY[name]

    async def test() -> None:
        async with app.router.lifespan_context(app):
            desk: Desk = app.state.desk
            status = await asyncio.wait_for(left(app, path, body, 0.2), 5)
            assert status in (200, 503)
            start = time.monotonic()
            assert await desk.run(LONG, lambda: "free") == "free"
            assert time.monotonic() - start < SECONDS

    asyncio.run(test())
