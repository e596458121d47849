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
from app.assets import FOR_EVER, Asset, Assets
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


class Made:
    """A page as it is sent, the same for everyone: so it is compressed once, and as small as can be."""

    def __init__(self, html: str) -> None:
        self._page = Asset(html.encode(), "text/html; charset=utf-8")
        self._version = hashlib.sha256(self._page.content).hexdigest()[:16]

    def sent(self, request: Request) -> Response:
        """Return the page, or word that the browser has it already."""
        etag = {"ETag": f'W/"{self._version}"'}
        if self._version in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={**etag, "Cache-Control": "no-cache"})
        response = self._page.response(request, "no-cache")
        response.headers.update(etag)
        return response


class _Pages:
    """The pages of instruments, made when they are first asked for."""

    def __init__(self, assets: Assets, render: Render, languages: Mapping[str, Language]) -> None:
        self._assets, self._render, self._languages = assets, render, languages
        self._spoken_first = _spoken_first(assets)
        self.lab, self.race, self.more_messages = cache(self._lab), cache(self._race), cache(self._more_messages)

    def _made(self, code: str, name: str, start: dict[str, Any]) -> Made:
        start["plotly"] = self._assets.plotly_url
        return Made(self._render(f"{name}.html", code, {"path": name, "start": start}))

    def _lab(self, code: str) -> Made:
        more = f"/{code}/messages/{self.more_messages(code)[1]}.json"
        spoken = _translated(self._languages[code], self._spoken_first)
        return self._made(code, "lab", {"catalog": _lab_catalog(), "messages": spoken, "more": more})

    def _race(self, code: str) -> Made:
        rows = _race_catalog()
        names = _spoken_by(self._assets, "js/race.js") | set(table_messages(rows))
        return self._made(code, "race", {"catalog": rows, "messages": _translated(self._languages[code], names)})

    def _more_messages(self, code: str) -> tuple[bytes, str]:
        everything = self._languages[code].messages
        content = to_json({name: text for name, text in everything.items() if name not in self._spoken_first})
        return content, hashlib.sha256(content).hexdigest()[:16]


def router(assets: Assets, render: Render, languages: Mapping[str, Language]) -> APIRouter:
    """Return the routes of all pages."""
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    pages = _Pages(assets, render, languages)

    @routes.get("/")
    async def get_root(request: Request) -> Response:
        code = preferred(request.headers.get("accept-language", ""))
        return RedirectResponse(f"/{code}/lab", 307, {"Vary": "Accept-Language", "Cache-Control": "no-cache"})

    @routes.get("/{code}/")
    async def get_language(code: str) -> Response:
        return RedirectResponse(f"/{_known(code)}/lab", 307)

    @routes.get("/{code}/lab")
    async def get_lab(request: Request, code: str) -> Response:
        return pages.lab(_known(code)).sent(request)

    @routes.get("/{code}/race")
    async def get_race(request: Request, code: str) -> Response:
        return pages.race(_known(code)).sent(request)

    @routes.get("/{code}/messages/{version}.json")
    async def get_messages(code: str, version: str) -> Response:
        content, current = pages.more_messages(_known(code))
        # A page from before an update still gets its words, but must not keep them.
        caching = FOR_EVER if version == current else "no-cache"
        return Response(content, media_type="application/json", headers={"Cache-Control": caching})

    return routes


def _translated(language: Language, names: set[str]) -> dict[str, Any]:
    return {name: text for name, text in language.messages.items() if name in names}


def _spoken_by(assets: Assets, script: str) -> set[str]:
    """Return the messages of a script and of all that it loads at once."""
    modules = (script_messages(assets.text(module)) for module in assets.modules(script))
    return {message if isinstance(message, str) else message[0] for messages in modules for message in messages}


def _spoken_first(assets: Assets) -> set[str]:
    """Return the messages of the scripts that the lab loads at once, and the names of what can be chosen."""
    return _spoken_by(assets, "js/main.js") | set(table_messages(_lab_catalog(), ("label",)))


def _lab_catalog() -> dict[str, Any]:
    """Return what the lab can choose from: all but the surfaces, which are walked without a network."""
    return {name: rows for name, rows in catalog().items() if name not in ("surfaces", "races")}


def _race_catalog() -> dict[str, Any]:
    """Return what a race can be made of."""
    return {name: rows for name, rows in catalog().items() if name in ("optimizers", "surfaces", "races", "limits")}


def not_found(render: Render) -> Callable[[Request], Response]:
    """Return what answers a wrong address, in the language of its first part or else the browser's."""

    def page(request: Request) -> Response:
        first = request.url.path.split("/")[1]
        code = first if first in LANGUAGES else preferred(request.headers.get("accept-language", ""))
        return HTMLResponse(render("not_found.html", code, {"path": "lab"}), 404)

    return page
