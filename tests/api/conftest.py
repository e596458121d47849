"""Fixtures for tests of the server without a network: `client` speaks to the app in this very process."""

import asyncio
import json
from collections.abc import Generator, Mapping
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.main import create_app


class Client:
    """Sends requests to the app, one at a time; what the app does not catch is raised here."""

    def __init__(self, app: FastAPI, runner: asyncio.Runner) -> None:
        self.app = app
        self._runner = runner
        self._http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")

    def send(self, method: str, path: str, content: Any = None, headers: Mapping[str, str] | None = None) -> Any:
        """Return the answer to any request; `content` is bytes, or an async iterator of them."""
        return self._runner.run(self._http.request(method, path, content=content, headers=headers))

    def get(self, path: str, **headers: str) -> Any:
        """Return the answer to a GET; `accept_language="ru"` is a header."""
        return self.send("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, path: str, body: Any) -> Any:
        """Return the answer to a POST of JSON, given as a value or as bytes."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.send("POST", path, content, {"Content-Type": "application/json"})

    def ok(self, path: str, body: Any = None) -> Any:
        """Return the JSON of an answer, which has to be a 200."""
        answer = self.get(path) if body is None else self.post(path, body)
        assert answer.status_code == 200, answer.text[:1000]
        return answer.json()

    def refused(self, path: str, body: Any, status: int = 422) -> list[dict[str, Any]]:
        """Return the problems of a refusal, which has to have the one shape."""
        answer = self.post(path, body)
        assert answer.status_code == status, (answer.status_code, answer.text[:1000])
        return problems(answer)


def problems(answer: Any) -> list[dict[str, Any]]:
    """Return the problems a refusal lists, after checking its shape."""
    assert answer.headers["content-type"] == "application/json"
    content = answer.json()
    assert list(content) == ["detail"]
    found: list[dict[str, Any]] = content["detail"]
    assert found
    for problem in found:
        assert set(problem) == {"loc", "msg", "type"}
        assert problem["loc"]
        assert all(isinstance(part, str | int) for part in problem["loc"])
        assert all(len(str(part)) < 70 for part in problem["loc"])
        assert 10 < len(problem["msg"]) <= 401  # a sentence
    assert "Traceback" not in answer.text
    assert 'File "' not in answer.text
    return found


@pytest.fixture(scope="session")
def client() -> Generator[Client]:
    """The app with its lifespan, started once (per worker of xdist)."""
    app = create_app()
    with asyncio.Runner() as runner:
        lifespan = app.router.lifespan_context(app)
        runner.run(lifespan.__aenter__())
        yield Client(app, runner)
        runner.run(lifespan.__aexit__(None, None, None))
