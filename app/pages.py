"""The pages. A page is the same for everyone, so it is made once for each language, and kept."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
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
from app.i18n import DEFAULT, LANGUAGES, Language, preferred
from app.lessons.lesson import DONE, Course, Lesson
from app.links import LAB_PARTS, LESSON_PARTS, RACE_PARTS, selectors
from app.messages import LESSON_WORDS, script_messages, table_messages

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


# The style sheets of a lesson in the order they count, with the instruments that need them; without any: always.
SHEETS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("lab", "setup", "controls"), ()),
    **dict.fromkeys(("side", "train", "train-side", "card", "card-sections", "inside", "map", "steps"), ("lab",)),
    **dict.fromkeys(("print", "lesson"), ()),
    "pixels": ("pixels", "network", "losses", "symmetry", "sabotage"),
    "neuron": ("neuron", "network", "losses", "slope", "symmetry", "sabotage", "expression"),
    "symmetry": ("symmetry",),
    "sabotage": ("sabotage",),
    "expression": ("expression",),
    "lesson-race": ("race",),
    "lesson-faded": ("faded",),
    "lesson-lab": ("lab",),
}


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

    def __init__(
        self, assets: Assets, render: Render, languages: Mapping[str, Language], lessons: Sequence[Lesson]
    ) -> None:
        self._assets, self._render, self._languages = assets, render, languages
        self._lessons = lessons
        self._spoken_first = _spoken_first(assets)
        self.lab, self.race, self.more_messages = cache(self._lab), cache(self._race), cache(self._more_messages)
        self.contents, self.lesson, self.about = cache(self._contents), cache(self._lesson), cache(self._about)

    def _made(self, code: str, name: str, start: dict[str, Any], **values: Any) -> Made:
        start["plotly"] = self._assets.plotly_url
        return Made(self._render(f"{name}.html", code, {"path": name, "start": start, **values}))

    def _listed(self, code: str) -> list[dict[str, Any]]:
        """Return the lessons as a contents page names them, with what there is to do in each."""
        speaks = code if code in LANGUAGES else DEFAULT
        return [
            {
                "slug": lesson.slug,
                "page": lesson.pages[speaks],
                "things": [
                    block.name for block in lesson.pages[speaks].blocks if block.name and block.kind in DONE
                ],
            }
            for lesson in self._lessons
        ]

    def _contents(self, code: str) -> Made:
        rows = _race_catalog()
        names = _spoken_by(self._assets, self._assets.modules("js/contents.js")) | set(table_messages(rows))
        start: dict[str, Any] = {"catalog": rows, "messages": _translated(self._languages[code], names)}
        start["lessons"] = [{"slug": one["slug"], "things": one["things"]} for one in self._listed(code)]
        return self._made(code, "contents", start, path="", lessons=self._listed(code))

    def _lesson(self, code: str, slug: str, is_embedded: bool = False) -> Made:
        listed = self._listed(code)
        place = next((index for index, one in enumerate(listed) if one["slug"] == slug), None)
        if place is None:
            raise HTTPException(404)  # nothing is kept of an address that does not exist
        page = listed[place]["page"]
        instruments = sorted({one.name for one in page.blocks if one.kind == "instrument"})
        scripts = self._scripts("js/lesson.js", *(f"js/lessons/{name}.js" for name in instruments))
        rows = _catalog_of(instruments)
        names = _spoken_by(self._assets, scripts) | set(table_messages((LESSON_WORDS, rows)))
        if "lab" in instruments:
            names |= self._spoken_first  # the rest of what the lab can say is fetched when its parts are
        start: dict[str, Any] = {
            "messages": _translated(self._languages[code], names),
            "catalog": rows,
            # Whatever else the lab can say.
            "more": self._more_address(code) if "lab" in instruments else "",
            "lesson": slug,
            "parts": selectors(LESSON_PARTS),
            "blocks": [
                {"kind": one.kind, "name": one.name, **one.data} for one in page.blocks if one.kind != "text"
            ],
        }
        around = {"before": listed[place - 1] if place > 0 else None, "after": (*listed, None)[place + 1]}
        sheets = [name for name, wanted in SHEETS.items() if not wanted or set(wanted) & set(instruments)]
        values = {"lesson": page, "lessons": listed, "place": place, "path": f"lessons/{slug}"}
        values |= _around(start, is_embedded)
        return self._made(code, "lesson", start, **values, **around, scripts=scripts, sheets=sheets)

    def _scripts(self, *paths: str) -> list[str]:
        """Return some scripts and all that they import at once, each of them once."""
        return list(dict.fromkeys(module for path in paths for module in self._assets.modules(path)))

    def _lab(self, code: str, is_embedded: bool = False) -> Made:
        more = self._more_address(code)
        spoken = _translated(self._languages[code], self._spoken_first)
        start = {"catalog": _lab_catalog(), "messages": spoken, "more": more, "parts": selectors(LAB_PARTS)}
        return self._made(code, "lab", start, **_around(start, is_embedded))

    def _more_address(self, code: str) -> str:
        return f"/{code}/messages/{self.more_messages(code)[1]}.json"

    def _race(self, code: str, is_embedded: bool = False) -> Made:
        rows = _race_catalog()
        names = _spoken_by(self._assets, self._assets.modules("js/race.js")) | set(table_messages(rows))
        start = {"catalog": rows, "messages": _translated(self._languages[code], names)}
        start["parts"] = selectors(RACE_PARTS)
        return self._made(code, "race", start, **_around(start, is_embedded))

    def _about(self, code: str) -> Made:
        return Made(self._render("about.html", code, {"path": "about"}))

    def _more_messages(self, code: str) -> tuple[bytes, str]:
        names = _spoken_ever(self._assets) - self._spoken_first
        content = to_json(_translated(self._languages[code], names))
        return content, hashlib.sha256(content).hexdigest()[:16]


def _around(start: dict[str, Any], is_embedded: bool) -> dict[str, str]:
    """Return what stands around a page; its script is told, too."""
    start["embedded"] = is_embedded
    return {"frame": "embed.html" if is_embedded else "base.html"}


def router(assets: Assets, render: Render, languages: Mapping[str, Language], lessons: Course) -> APIRouter:
    """Return the routes of all pages."""
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    pages = _Pages(assets, render, languages, lessons.lessons)

    @routes.get("/")
    async def get_root(request: Request) -> Response:
        code = preferred(request.headers.get("accept-language", ""))
        return RedirectResponse(f"/{code}/", 307, {"Vary": "Accept-Language", "Cache-Control": "no-cache"})

    @routes.get("/{code}/")
    async def get_contents(request: Request, code: str) -> Response:
        return pages.contents(_known(code)).sent(request)

    @routes.get("/{code}/lessons/{slug}")
    async def get_lesson(request: Request, code: str, slug: str) -> Response:
        return pages.lesson(_known(code), slug).sent(request)

    @routes.get("/{code}/embed/lessons/{slug}")
    async def get_embedded(request: Request, code: str, slug: str) -> Response:
        return pages.lesson(_known(code), slug, is_embedded=True).sent(request)

    async def get_instrument(request: Request, code: str) -> Response:
        *_, place, name = request.url.path.split("/")
        made = {"lab": pages.lab, "race": pages.race}[name]
        return made(_known(code), is_embedded=place == "embed").sent(request)

    for path in ("lab", "race", "embed/lab", "embed/race"):
        routes.add_api_route(f"/{{code}}/{path}", get_instrument)

    @routes.get("/{code}/about")
    async def get_about(request: Request, code: str) -> Response:
        return pages.about(_known(code)).sent(request)

    @routes.get("/{code}/messages/{version}.json")
    async def get_messages(code: str, version: str) -> Response:
        content, current = pages.more_messages(_known(code))
        # A page from before an update still gets its words, but must not keep them.
        caching = FOR_EVER if version == current else "no-cache"
        return Response(content, media_type="application/json", headers={"Cache-Control": caching})

    return routes


def _translated(language: Language, names: set[str]) -> dict[str, Any]:
    return {name: text for name, text in language.messages.items() if name in names}


def _spoken_by(assets: Assets, scripts: Iterable[str]) -> set[str]:
    """Return the messages of scripts."""
    found = (script_messages(assets.text(script)) for script in scripts)
    return {message if isinstance(message, str) else message[0] for messages in found for message in messages}


def _spoken_first(assets: Assets) -> set[str]:
    """Return the messages of the scripts that the lab loads at once, and the names of what can be chosen."""
    return _spoken_by(assets, assets.modules("js/main.js")) | set(table_messages(_lab_catalog(), ("label",)))


def _spoken_ever(assets: Assets) -> set[str]:
    """Return all that scripts can say: what only templates say is in the pages already."""
    return _spoken_by(assets, assets.scripts) | set(table_messages(catalog()))


def _catalog_of(instruments: Sequence[str]) -> dict[str, Any]:
    """Return what the instruments of a lesson can choose from."""
    rows = _race_catalog() if "race" in instruments else {}
    return {**rows, **_lab_catalog()} if "lab" in instruments else rows


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
