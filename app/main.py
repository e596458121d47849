"""`create_app()`: a table of contents of the server."""

import os
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from app import (
    __version__,
    api_page,
    embedding,
    i18n,
    lessons_api,
    pages,
    pass_api,
    teach_pages,
    worksheet_pages,
)
from app.api import (
    answers,
    catalog,
    curvature,
    data,
    descent,
    explain,
    expression,
    health,
    landscape,
    rates,
    sabotage,
    survey,
    symmetry,
    trace,
    train,
)
from app.api.bodies import Bodies
from app.api.errors import add_error_handlers, http_problem
from app.api.work import Desk
from app.assets import Assets
from app.ending import Ending, EndsInTime
from app.headers import HeadAsGet, SecurityHeaders
from app.i18n import Language
from app.lessons.lesson import CONTENT, Course, course
from app.settings import Settings, load

STATIC = Path(__file__).parents[1] / "static"

_DESCRIPTION = """An experiment is a value, not a session: a request holds everything its answer depends on."""


def create_app(settings: Settings | None = None, languages: Mapping[str, Language] | None = None) -> FastAPI:
    """Return the application: the API, the pages (in all languages, or those given by code) and their files."""
    chosen = settings or load()
    spoken = languages or i18n.languages()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        # A thread that computes gives way to the event loop after a millisecond, not after five.
        sys.setswitchinterval(0.001)
        open_for_work(app)
        yield {"ending": app.state.ending.begin}  # connections are told of the end before the application is
        app.state.bodies.close()
        app.state.desk.close()

    def open_for_work(app: FastAPI) -> None:
        app.state.desk = Desk(chosen)
        app.state.bodies = Bodies()
        app.state.ending = Ending(app.state.bodies.close)

    app = FastAPI(
        title="Backstep",
        version=__version__,
        description=_DESCRIPTION,
        license_info={"name": "MIT", "identifier": "MIT"},
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    open_for_work(app)  # a client in the same process may not run the lifespan
    assets = Assets(STATIC)
    render = pages.renderer(assets, spoken)

    app.include_router(_api())
    app.include_router(health.router)
    app.include_router(assets.router())
    app.include_router(api_page.router(app, render))
    lessons = _course(chosen)
    app.include_router(pages.router(assets, render, spoken, lessons))
    app.include_router(embedding.router(lessons.lessons))
    app.include_router(teach_pages.router(render, lessons.lessons))
    app.include_router(worksheet_pages.router(render, spoken, lessons.lessons))

    add_error_handlers(app)
    _answer_http_problems(app, pages.not_found(render))

    # From the inside out: the end of the server, compression, headers, HEAD.
    app.add_middleware(EndsInTime)
    app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=1)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(HeadAsGet)
    return app


def _course(settings: Settings) -> Course:
    """Return the lessons, those of `BACKSTEP_LESSONS` too; one with a mistake is left out, and the mistake said."""
    folders = [Path(folder) for folder in settings.lessons.split(os.pathsep) if folder]
    found = course([CONTENT, *folders])
    for problem in found.problems:
        print(problem, file=sys.stderr)
    return found


def _api() -> APIRouter:
    refusals: dict[int | str, dict[str, Any]] = {
        422: {"model": answers.Refusal, "description": "The request does not make sense; each field says why"},
        413: {"model": answers.Refusal, "description": "The body is too large"},
        503: {"model": answers.Refusal, "description": "All slots are taken; come back after `Retry-After`"},
    }
    api = APIRouter(prefix="/api", responses=refusals)
    for part in (
        *(catalog, data, trace, explain, survey, train, landscape, curvature, rates, descent, lessons_api),
        *(pass_api, symmetry, sabotage, expression),
    ):
        api.include_router(part.router)
    return api


def _answer_http_problems(app: FastAPI, page_not_found: Callable[[Request], Response]) -> None:
    async def answer(request: Request, error: Exception) -> Response:
        is_page = not request.url.path.startswith(("/api/", "/static/", "/plotly/", "/healthz"))
        if is_page and isinstance(error, HTTPException) and error.status_code == 404:
            return page_not_found(request)
        return http_problem(request, error)

    app.add_exception_handler(HTTPException, answer)
