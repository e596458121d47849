"""How a body comes in: whatever it holds, it costs little memory, and the event loop goes on; a slow one goes."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from app import limits
from app.api import bodies, examples
from app.api.bodies import BodyRoute
from app.api.weight import weight
from app.main import create_app
from tests.api.conftest import Client, problems
from tests.api.test_refusals import POSTS

ROOT = Path(__file__).parents[2]
MEGABYTES, SECONDS = 50, 0.1
# What the allocator keeps for later, after three hundred bodies; the one in hand is the test's.
KEPT_MEGABYTES = 100
TRACE = "/api/trace"
WORKED = examples.TRACE["worked"]["value"]
JSON = {"Content-Type": "application/json"}
LARGE = json.dumps(WORKED).encode().ljust(200_000)


def test_no_body_costs_much_memory_or_stops_the_loop() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.api.hostile"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert {one["path"] for one in found} == set(POSTS)
    assert [one for one in found if one["status"] not in {200, 400, 422}] == []
    assert [one for one in found if one["grown"] > MEGABYTES or one["kept"] > KEPT_MEGABYTES] == []
    assert [one for one in found if one["stop"] > SECONDS] == []
    # A number of any length is a number; nothing else of this is what anybody asks for.
    assert {one["kind"] for one in found if one["status"] == 200} <= {"one long number"}
    assert "Traceback" not in done.stderr


# What the largest requests weigh


def rows(count: int, width: int) -> list[list[float]]:
    return [[0.12] * width for _ in range(count)]


def parameters(count: int) -> list[dict[str, Any]]:
    return [{"weights": rows(count // 100, 99), "biases": [0.12] * (count // 100)}]


def test_the_largest_requests_are_light_enough_to_be_read() -> None:
    data = {"inputs": rows(limits.EXAMPLES, 39), "targets": rows(limits.EXAMPLES, 1)}
    kept = parameters(limits.PARAMETERS)
    memory = {"updates": 5, "slots": {"mean": kept, "squares": kept}}
    run = {"data": data, "parameters": kept, "optimizer_state": memory}
    walk = {"data": data, "parameters": kept, "path": [parameters(400)] * limits.MOMENTS}
    for body in (run, walk):
        text = json.dumps(body, separators=(",", ":")).encode()
        assert len(text) < limits.BODY_BYTES
        assert weight(text) < limits.BODY_MEMORY


def test_what_is_too_heavy_is_refused_in_a_sentence(client: Client) -> None:
    (problem,) = client.refused(TRACE, b"[" + b"[]," * 500_000 + b"1]")
    assert problem["loc"] == ["body"]
    assert problem["type"] == "too_large"
    # Half a million lists of 200 bytes and values of 68, and twice 1.5 MB of text.
    assert f"take about 137 MB of memory, and one request may take {limits.BODY_MEMORY // 10**6}." in problem["msg"]


@pytest.mark.parametrize("text", ["[[0.5, 1], [20, 3e5]]", '{"a": {"b": [1]}, "c": "é"}', '["x", ["y"]]'])
def test_every_part_of_a_text_weighs_something(text: str) -> None:
    whole = weight(text.encode())
    assert whole > len(text) * 2
    for sign in set(text) & set(',[{:"é'):
        assert weight(text.replace(sign, " ").encode()) < whole


# Lists and objects


def schemas_of(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every part of a core schema."""
    if isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield value
        for inner in value.values():
            yield from schemas_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from schemas_of(inner)


def test_every_list_of_a_request_has_an_end_and_stops_at_its_first_mistake() -> None:
    routes = [route for route in routes_of(create_app().router) if route.body_field]
    assert len(routes) == len(POSTS)
    lists = [
        (route.path, schema)
        for route in routes
        for schema in schemas_of(TypeAdapter(route.body_field.field_info.annotation).core_schema)
        if schema["type"] in {"list", "dict"} and ("items_schema" in schema or "keys_schema" in schema)
    ]
    assert len(lists) > len(POSTS)
    assert [(path, one) for path, one in lists if not (one.get("fail_fast") and "max_length" in one)] == []


def routes_of(router: Any) -> Iterator[Any]:
    """Yield every route of the API, those of the routers inside too."""
    for route in router.routes:
        if hasattr(route, "original_router"):
            yield from routes_of(route.original_router)
        elif hasattr(route, "body_field"):
            yield route


def test_every_body_is_read_by_our_route() -> None:
    routes = [route for route in routes_of(create_app().router) if route.body_field]
    assert {type(route) for route in routes} == {BodyRoute}


def test_an_object_with_many_names_is_refused_as_a_whole(client: Client) -> None:
    many = {f"name {number}": number for number in range(limits.NAMES)}
    for where, body in (
        ((), {**WORKED, **many}),
        (("optimizer",), {**WORKED, "optimizer": {"name": "sgd", **many}}),
    ):
        (problem,) = client.refused(TRACE, body)
        assert problem["loc"] == ["body", *where]
        assert f"no part of a request has more than {limits.NAMES}" in problem["msg"]
    unknown = client.refused(TRACE, {**WORKED, **dict(list(many.items())[: limits.NAMES - len(WORKED)])})
    assert len(unknown) == 20


# How it arrives


async def pieces(*parts: bytes, wait: float = 0.0) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
        await asyncio.sleep(wait)


def test_a_large_body_is_read_like_a_small_one(client: Client) -> None:
    assert len(LARGE) > bodies._AT_ONCE_BYTES
    assert client.post(TRACE, LARGE).json() == client.ok(TRACE, WORKED)
    for wrong in ({"loss": "best"}, {"parameters": [[]]}, {"step": 10**30}):
        small = json.dumps({**WORKED, **wrong}).encode()
        assert client.refused(TRACE, small.ljust(200_000)) == client.refused(TRACE, small)


@pytest.mark.parametrize("code", ["en", "ru"])
def test_a_body_that_stops_on_its_way_is_sent_away(
    client: Client, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr(limits, "QUIET_SECONDS", 0.05)
    headers = {**JSON, "Accept-Language": code}
    answer = client.send("POST", TRACE, pieces(LARGE[:9], LARGE[9:], wait=1.0), headers)
    assert answer.status_code == 408
    assert answer.headers["connection"] == "close"
    (problem,) = problems(answer)
    assert f"{limits.BODY_SECONDS:.0f}" in problem["msg"]
    assert problem["msg"].isascii() == (code == "en")


def test_a_slow_body_has_its_time_and_no_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "QUIET_SECONDS", 0.4)
    parts = [LARGE[at : at + 20_000] for at in range(0, len(LARGE), 20_000)]
    assert client.send("POST", TRACE, pieces(*parts, wait=0.06), JSON).status_code == 200
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.3)
    assert client.send("POST", TRACE, pieces(*parts, wait=0.06), JSON).status_code == 408


def test_the_oldest_unfinished_body_goes_where_all_are_too_much(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BODIES_BYTES", len(LARGE) + 50_000)
    half = len(LARGE) // 2

    async def statuses() -> list[int]:
        old = asyncio.create_task(sent(pieces(LARGE[:half], LARGE[half:], wait=0.5)))
        await asyncio.sleep(0.1)
        new = asyncio.create_task(sent(pieces(LARGE)))
        return [await old, await new]

    async def sent(content: AsyncIterator[bytes]) -> int:
        answer = await client._http.request("POST", TRACE, content=content, headers=JSON)
        return int(answer.status_code)

    assert client._runner.run(statuses()) == [503, 200]
    assert client.app.state.bodies._arriving == {}
    assert client.app.state.bodies._waiting == 0


def test_where_it_ends_no_body_is_waited_for() -> None:
    app = create_app()

    async def status() -> tuple[int, float]:
        start = asyncio.get_running_loop().time()
        async with app.router.lifespan_context(app):
            client = Client(app, asyncio.Runner())
            content = pieces(LARGE[:9], LARGE[9:], wait=5.0)
            task = asyncio.create_task(client._http.request("POST", TRACE, content=content, headers=JSON))
            await asyncio.sleep(0.1)
            app.state.bodies.close()
            answer = await task
        return answer.status_code, asyncio.get_running_loop().time() - start

    found, seconds = asyncio.run(status())
    assert found == 503
    assert seconds < 3


CODINGS = [
    {"Content-Encoding": "gzip"},
    {"Content-Encoding": "br, gzip"},
    {"Transfer-Encoding": "gzip, chunked"},
]


@pytest.mark.parametrize("headers", CODINGS)
def test_a_compressed_body_is_refused(client: Client, headers: dict[str, str]) -> None:
    answer = client.send("POST", TRACE, json.dumps(WORKED).encode(), {**JSON, **headers})
    assert answer.status_code == 415
    assert "without compression" in problems(answer)[0]["msg"]


def test_a_body_that_says_it_is_too_long_is_not_waited_for(client: Client) -> None:
    async def never() -> AsyncIterator[bytes]:
        yield b"{"
        raise AssertionError

    answer = client.send("POST", TRACE, never(), {**JSON, "Content-Length": str(limits.BODY_BYTES + 1)})
    assert answer.status_code == 413
