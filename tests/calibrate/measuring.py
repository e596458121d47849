"""Time that requests really take beside what was estimated, both as the desk is told of them."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from time import thread_time
from typing import Any, Final

import httpx

from app import limits
from app.api.errors import RequestProblem
from app.api.work import Desk
from app.main import create_app
from tests.calibrate.pace import pace
from tests.calibrate.shapes import REQUESTS, Body
from tests.filled import filled

_HEADERS: Final = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}
_REPEATS: Final = 3


@dataclass(frozen=True, slots=True)
class Timed:
    """A visit to the desk, to read a request or to compute: the estimate, and what it took at the usual pace."""

    path: str
    part: str
    estimated: float
    measured: float
    body: Body

    @property
    def ratio(self) -> float:
        """How many times too dear the estimate is; below 1, too cheap."""
        return max(self.estimated, 1e-9) / self.measured


class _Visits:
    def __init__(self, most: float) -> None:
        self.most = most
        self.seconds: list[tuple[float, float]] = []

    async def run(self, seconds: float, compute: Callable[[], Any]) -> Any:
        if seconds > self.most:
            raise RequestProblem((), "too long to be measured", "too_large")  # type: ignore[arg-type]
        start = thread_time()
        made = compute()
        self.seconds.append((seconds, thread_time() - start))
        return made


@contextmanager
def _measured(most: float) -> Iterator[_Visits]:
    """Let the desk do everything at once, and note how long it takes."""
    visits, usual = _Visits(most), Desk.run
    Desk.run = lambda _desk, seconds, compute, *_: visits.run(seconds, compute)  # type: ignore[assignment, method-assign]
    try:
        yield visits
    finally:
        Desk.run = usual  # type: ignore[method-assign]


async def timed(path: str, body: Body, http: httpx.AsyncClient, visits: _Visits) -> list[Timed]:
    """Send a request a few times; return its visits with the least time of each, none if it is too long."""
    content, best, paces = json.dumps(body), list[tuple[float, float]](), list[float]()
    for _ in filled(range(_REPEATS)):
        visits.seconds.clear()
        paces.append(pace())
        response = await http.post(path, content=content, headers=_HEADERS)
        if response.status_code != 200:
            assert response.json()["detail"][0]["type"] in ("too_large", "http_413"), response.text
            return []
        if ended_early(response.json()):
            return []
        found = list(visits.seconds)
        best = [(own[0], min(own[1], was[1])) for own, was in zip(found, best or found, strict=True)]
    parts = ("reading", "computing")
    # Of both the least: a moment in which the machine was slow says nothing of another.
    return [
        Timed(path, part, estimated, measured / min(paces), body)
        for part, (estimated, measured) in zip(parts, best, strict=True)
    ]


def ended_early(answer: Any) -> bool:
    """Whether a run, or most of the runs of many rates, ended before the last step, which no estimate can know."""
    ends = answer["losses"] if "verdicts" in answer else ()
    return bool(answer.get("stopped")) or ends.count(None) > len(ends) / 2


async def sweep(per_endpoint: int, seed: int, *, most: float = limits.SECONDS) -> list[Timed]:
    """Measure random requests to every endpoint; what is estimated to take longer than `most` is left out."""
    app, found = create_app(), list[Timed]()
    http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")
    with _measured(most) as visits:
        async with app.router.lifespan_context(app), http:
            for path, make in REQUESTS.items():
                random = Random(f"{seed} {path}")  # noqa: S311 - shapes are no secrets
                for _ in range(per_endpoint):
                    found += await timed(path, make(random), http, visits)
    return found
