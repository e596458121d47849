"""Where work runs: dear work is refused, long work waits for a slot, small work never waits."""

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from app import limits
from app.api import examples
from app.api.cost import seconds_per_step
from app.api.errors import Busy, RequestProblem
from app.api.work import Desk
from app.engine.network import Layer, Network, Objective
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import Client, problems

LONG = 1.0  # seconds, by estimate: enough to need a slot
SECONDS_TO_WAIT = 10
FEW = Settings(slots=1, queue=1, patience=0.2)
WORKED = examples.TRACE["worked"]["value"]
# A run that is estimated to be long enough for a slot, and is over soon.
RUN = {**examples.TRAIN["xor"]["value"], "steps": 400, "record_every": None}


class Held:
    """Work that goes on until it is released."""

    def __init__(self) -> None:
        self.started = threading.Event()
        self.released = threading.Event()

    def __call__(self) -> str:
        self.started.set()
        assert self.released.wait(SECONDS_TO_WAIT)
        return "done"


async def begun(desk: Desk, work: Held) -> "asyncio.Task[str]":
    """Return the task of work that has taken its slot."""
    task = asyncio.create_task(desk.run(LONG, work))
    assert await asyncio.to_thread(work.started.wait, SECONDS_TO_WAIT)
    return task


def run(test: Callable[[Desk], Coroutine[Any, Any, None]]) -> None:
    """Run a test with a desk of one slot and a queue of one."""

    async def with_desk() -> None:
        desk = Desk(FEW)
        try:
            await test(desk)
        finally:
            desk.close()

    asyncio.run(with_desk())


def test_dear_work_is_refused_before_it_begins() -> None:
    async def test(desk: Desk) -> None:
        with pytest.raises(RequestProblem, match=r"about 100 seconds; one request may take 20"):
            await desk.run(100, lambda: pytest.fail("it was begun"))

    run(test)


def test_small_work_is_done_at_once_and_on_this_thread() -> None:
    async def test(desk: Desk) -> None:
        held = Held()
        task = await begun(desk, held)
        assert await desk.run(0.001, threading.get_ident) == threading.get_ident()
        held.released.set()
        assert await task == "done"
        assert await desk.run(LONG, threading.get_ident) != threading.get_ident()

    run(test)


def test_one_waits_its_patience_and_the_next_is_turned_away_at_once() -> None:
    async def test(desk: Desk) -> None:
        held = Held()
        task = await begun(desk, held)
        waiting = asyncio.create_task(desk.run(LONG, lambda: "waited"))
        await asyncio.sleep(0)
        start = time.monotonic()
        with pytest.raises(Busy):
            await desk.run(LONG, lambda: "too many")
        assert time.monotonic() - start < FEW.patience / 2
        with pytest.raises(Busy):
            await waiting
        held.released.set()
        assert await task == "done"
        assert await desk.run(LONG, lambda: "free again") == "free again"

    run(test)


def test_one_that_waits_gets_the_slot_when_it_becomes_free() -> None:
    async def test(desk: Desk) -> None:
        held = Held()
        task = await begun(desk, held)
        waiting = asyncio.create_task(desk.run(LONG, lambda: "next"))
        await asyncio.sleep(0)
        held.released.set()
        assert (await task, await waiting) == ("done", "next")

    run(test)


def test_a_slot_is_free_after_work_that_fails() -> None:
    async def test(desk: Desk) -> None:
        for _ in range(5):
            with pytest.raises(ZeroDivisionError):
                await desk.run(LONG, lambda: 1 // 0)
        assert await desk.run(LONG, lambda: "sound") == "sound"

    run(test)


def test_the_slot_of_one_that_has_left_is_free_only_when_its_work_ends() -> None:
    async def test(desk: Desk) -> None:
        held = Held()
        task = await begun(desk, held)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        with pytest.raises(Busy):
            await desk.run(LONG, lambda: "too early")
        held.released.set()
        await asyncio.sleep(FEW.patience / 4)
        assert await desk.run(LONG, lambda: "free") == "free"

    run(test)


def test_the_estimate_grows_with_layers_units_and_examples() -> None:
    def net(units: int, layers: int) -> Network:
        return Network(2, (*[Layer(units, "tanh")] * layers, Layer(1, "sigmoid")))

    def step(units: int, layers: int, examples: int) -> float:
        return seconds_per_step(net(units, layers), examples, Objective("binary_cross_entropy"), "adam")

    assert step(2, 1, 4) < step(2, 2, 4)
    assert step(100, 2, 100) < step(200, 2, 100)
    assert step(100, 2, 100) < step(100, 2, 10_000)


# Over HTTP


@asynccontextmanager
async def served(settings: Settings) -> AsyncIterator[tuple[httpx.AsyncClient, Desk]]:
    app = create_app(settings)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as http,
    ):
        yield http, app.state.desk


def test_a_request_that_would_take_too_long_is_refused_and_says_what_to_change(client: Client) -> None:
    layer = {"units": 150, "activation": "tanh"}
    network = {"inputs": 2, "layers": [layer, layer, {"units": 1, "activation": "sigmoid"}]}
    data = {"dataset": "moons", "samples": limits.EXAMPLES}
    body = {**RUN, "network": network, "data": data, "steps": limits.STEPS, "batch": {"size": None}}
    start = time.monotonic()
    (problem,) = client.refused("/api/train", body)
    assert time.monotonic() - start < 2
    assert problem["type"] == "too_large"
    assert "fewer steps" in problem["msg"]


def test_when_everyone_computes_one_is_told_to_come_back_and_small_work_goes_on() -> None:
    async def test() -> None:
        async with served(Settings(slots=1, queue=0, patience=0.1)) as (http, desk):
            held = Held()
            task = await begun(desk, held)
            busy = await http.post("/api/train", json=RUN)
            assert busy.status_code == 503
            assert int(busy.headers["retry-after"]) > 0
            assert "try again" in problems(busy)[0]["msg"]
            start = time.monotonic()
            answers = [await http.post("/api/trace", json=WORKED) for _ in range(20)]
            assert {answer.status_code for answer in answers} == {200}
            assert (await http.get("/healthz")).status_code == 200
            assert time.monotonic() - start < 2
            held.released.set()
            await task
            assert (await http.post("/api/train", json=RUN)).status_code == 200

    asyncio.run(test())


def test_while_a_long_run_is_computed_small_requests_are_answered() -> None:
    long_run = json.dumps({**RUN, "steps": limits.STEPS})

    async def test() -> None:
        async with served(Settings(slots=2, queue=2)) as (http, _):
            headers = {"Content-Type": "application/json"}
            training = asyncio.create_task(http.post("/api/train", content=long_run, headers=headers))
            await asyncio.sleep(0.05)
            answered = 0
            while not training.done() and answered < 20:
                assert (await http.post("/api/trace", json=WORKED)).status_code == 200
                answered += 1
            assert answered >= 5
            assert (await training).status_code == 200

    asyncio.run(test())


def test_a_client_in_the_same_process_need_not_start_the_app() -> None:
    async def asked() -> list[int]:
        http = httpx.AsyncClient(transport=httpx.ASGITransport(create_app()), base_url="http://test")
        answers = [await http.get("/en/lab"), await http.post("/api/train", json=RUN)]
        return [one.status_code for one in answers]

    assert asyncio.run(asked()) == [200, 200]
