"""HEAD works wherever GET does: the same status, the same headers, no body."""

import re

import httpx
import pytest
from fastapi.routing import iter_route_contexts

from app.lessons.lesson import CONTENT, course
from app.main import create_app
from tests.api.conftest import Client
from tests.running_server import RunningServer

FILLED = {"code": "en", "slug": course([CONTENT]).lessons[0].slug, "version": "0", "path:path": "js/main.js"}
ROUTES = [(one.path, one.methods) for one in iter_route_contexts(create_app().routes)]
PATHS = [re.sub(r"\{([^}]+)\}", lambda name: FILLED[name[1]], path) for path, methods in ROUTES if "GET" in methods]
POSTS = [path for path, methods in ROUTES if "GET" not in methods]
KINDS = {
    "/healthz",
    "/openapi.json",
    "/docs",
    "/oembed",
    "/",
    "/api/catalog",
    "/en/lab",
    "/en/teach",
    "/en/worksheet",
}


def test_the_sweep_goes_over_every_kind_of_address() -> None:
    assert set(PATHS) >= KINDS
    assert any(path.startswith("/static/") for path in PATHS)
    assert any(path.startswith("/plotly/") for path in PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_a_head_is_the_get_without_its_body(client: Client, path: str) -> None:
    got, head = client.get(path), client.send("HEAD", path)
    assert got.content or got.is_redirect
    assert head.content == b""
    assert head.status_code == got.status_code
    assert dict(head.headers) == dict(got.headers)


@pytest.mark.parametrize("path", POSTS)
def test_where_there_is_no_get_there_is_no_head(client: Client, path: str) -> None:
    assert client.send("HEAD", path).status_code == 405


def test_who_may_get_is_told_that_head_will_do_too(client: Client) -> None:
    assert client.send("DELETE", "/api/catalog").headers["allow"] == "GET, HEAD"
    assert client.send("GET", "/api/trace").headers["allow"] == "POST"


@pytest.mark.parametrize("path", ["/healthz", "/en/lab", "/api/catalog", "/api/nothing"])
def test_a_real_connection_takes_the_next_request_after_a_head(server: RunningServer, path: str) -> None:
    with httpx.Client(base_url=server.url) as browser:
        head, got = browser.head(path), browser.get(path)
    assert head.content == b""
    assert head.status_code == got.status_code
    assert head.headers.get("content-length") == got.headers.get("content-length")
