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
from app.assets import FOR_EVER, Assets
from app.i18n import LANGUAGES, Language, preferred
from app.messages import script_messages, table_messages

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

    spoken_first = _spoken_first(assets)

    @cache
    def more_messages(code: str) -> tuple[bytes, str]:
        more = {name: text for name, text in languages[code].messages.items() if name not in spoken_first}
        content = to_json(more)
        return content, hashlib.sha256(content).hexdigest()[:16]

    @cache
    def lab_page(code: str) -> tuple[str, str]:
        first = {name: text for name, text in languages[code].messages.items() if name in spoken_first}
        more = f"/{code}/messages/{more_messages(code)[1]}.json"
        start = {"catalog": _lab_catalog(), "messages": first, "more": more, "plotly": assets.plotly_url}
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

    @routes.get("/{code}/messages/{version}.json")
    async def get_messages(code: str, version: str) -> Response:
        content, current = more_messages(_known(code))
        # A page from before an update still gets its words, but must not keep them.
        caching = FOR_EVER if version == current else "no-cache"
        return Response(content, media_type="application/json", headers={"Cache-Control": caching})

    return routes


def _spoken_first(assets: Assets) -> set[str]:
    """Return the messages of the scripts that the lab loads at once, and the names of what can be chosen."""
    scripts = (script_messages(assets.text(module)) for module in assets.modules("js/main.js"))
    said = {message if isinstance(message, str) else message[0] for messages in scripts for message in messages}
    return said | set(table_messages(_lab_catalog(), ("label",)))


def _lab_catalog() -> dict[str, Any]:
    """Return what the lab can choose from: all but the surfaces, which are walked without a network."""
    return {name: rows for name, rows in catalog().items() if name != "surfaces"}


def not_found(render: Render) -> Callable[[Request], Response]:
    """Return what answers a wrong address, in the language of its first part or else the browser's."""

    def page(request: Request) -> Response:
        first = request.url.path.split("/")[1]
        code = first if first in LANGUAGES else preferred(request.headers.get("accept-language", ""))
        return HTMLResponse(render("not_found.html", code, {"path": "lab"}), 404)

    return page
