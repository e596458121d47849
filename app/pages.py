"""The pages. A page is the same for everyone, so it is made once for each language, and kept."""

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.exceptions import HTTPException

from app import __version__
from app.api.catalog import catalog
from app.api.wire import to_json
from app.assets import Assets
from app.i18n import LANGUAGES, Language, preferred

_TEMPLATES: Final = Path(__file__).parents[1] / "templates"

Render = Callable[[str, str, dict[str, Any]], str]


def _json(content: Any) -> Markup:
    """Return JSON that can stand inside a script element: no text in it can end the element."""
    return Markup(to_json(content).decode().replace("<", "\\u003c"))  # noqa: S704 - escaped just here


def renderer(assets: Assets, languages: Mapping[str, Language]) -> Render:
    """Return `render(template, language, values)`."""
    environments = {}
    for code, language in languages.items():
        environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.install_gettext_translations(language.translations, newstyle=True)  # type: ignore[attr-defined]
        environment.globals.update(lang=code, languages=LANGUAGES, assets=assets, version=__version__, json=_json)
        environments[code] = environment

    def render(template: str, code: str, values: dict[str, Any]) -> str:
        return environments[code].get_template(template).render(values)

    return render


def _known(code: str) -> str:
    if code not in LANGUAGES:
        raise HTTPException(404)
    return code


def router(assets: Assets, render: Render, languages: Mapping[str, Language]) -> APIRouter:
    """Return the routes of all pages."""
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @cache
    def lab_page(code: str) -> tuple[str, str]:
        start = {"catalog": catalog(), "messages": languages[code].messages, "plotly": assets.plotly_url}
        html = render("lab.html", code, {"path": "lab", "start": start})
        return html, hashlib.sha256(html.encode()).hexdigest()[:16]

    @routes.get("/")
    async def get_root(request: Request) -> Response:
        code = preferred(request.headers.get("accept-language", ""))
        return RedirectResponse(f"/{code}/lab", 307, {"Vary": "Accept-Language", "Cache-Control": "no-cache"})

    @routes.get("/{code}/")
    async def get_language(code: str) -> Response:
        return RedirectResponse(f"/{_known(code)}/lab", 307)

    @routes.get("/{code}/lab")
    async def get_lab(request: Request, code: str) -> Response:
        html, version = lab_page(_known(code))
        headers = {"ETag": f'W/"{version}"', "Cache-Control": "no-cache"}
        if version in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return HTMLResponse(html, headers=headers)

    return routes


def not_found(render: Render) -> Callable[[Request], Response]:
    """Return what answers a wrong address, in the language of its first part or else the browser's."""

    def page(request: Request) -> Response:
        first = request.url.path.split("/")[1]
        code = first if first in LANGUAGES else preferred(request.headers.get("accept-language", ""))
        return HTMLResponse(render("not_found.html", code, {"path": "lab"}), 404)

    return page
