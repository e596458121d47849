"""Lessons, the lab and races in other people's pages: the code that embeds one, and `GET /oembed`, which gives it.

The frame is a sandbox that allows scripts and nothing else: no cookies, no storage, no way out of it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Request, Response
from markupsafe import escape

from app.api.errors import refusal
from app.api.wire import json_response
from app.engine.sentences import Sentence, said
from app.i18n import LANGUAGES, languages
from app.lessons.lesson import Lesson
from app.links import Target, Wish, address, targets

_WIDTH: Final = 800
# As high as a screen; a page that listens gives the lesson all the room it needs.
_HEIGHT: Final = 900
_PATH: Final = re.compile(rf"/({'|'.join(LANGUAGES)})/(?:embed/)?(lab|race|lessons/[a-z0-9-]+)")

# What a page around a lesson may hold, so that the frame is as high as the lesson.
LISTENER: Final = """<script>
  addEventListener('message', ({ source, data }) => {
    if (data?.source !== 'backstep' || data.type !== 'height') return;
    for (const frame of document.querySelectorAll('iframe'))
      if (frame.contentWindow === source) frame.style.height = `${data.height}px`;
  });
</script>"""


def frame(link: str, title: str, width: str = "100%", height: int = _HEIGHT) -> str:
    """Return the HTML that embeds the page of a link; `width` is in pixels or percent."""
    return (
        f'<iframe src="{escape(link)}" title="{escape(title)}" width="{width}" height="{height}"'
        ' sandbox="allow-scripts" loading="lazy"></iframe>'
    )


def embedded(base: str, language: str, target: Target, wish: Wish) -> str:
    """Return the address at which a page can be framed."""
    return address(base, language, replace(target, path=f"embed/{target.path}"), wish)


def titled(language: str, target: Target, lessons: Sequence[Lesson]) -> str:
    """Return what a page is called."""
    lesson = next((one for one in lessons if target.path == f"lessons/{one.slug}"), None)
    if lesson is not None:
        return lesson.pages[language].title
    return languages()[language].translations.gettext(target.path.capitalize())


def router(lessons: Sequence[Lesson]) -> APIRouter:
    """Return the route of oEmbed."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/oembed")
    async def get_oembed(request: Request) -> Response:
        query = request.query_params
        if query.get("format", "json") != "json":
            return _refused(request, 501, "format", said("Only json is spoken here."))
        sizes = {}
        for name, most in (("maxwidth", _WIDTH), ("maxheight", _HEIGHT)):
            text = query.get(name, str(most))
            if not re.fullmatch(r"[1-9][0-9]{0,5}", text):
                wrong = said('"{name}" should be a whole number of pixels, at least 1.', name=name)
                return _refused(request, 422, name, wrong)
            sizes[name] = min(int(text), most)
        made = _rich(request, lessons, query.get("url", ""), sizes["maxwidth"], sizes["maxheight"])
        if made is None:
            example = f"{request.base_url}en/lessons/{lessons[0].slug}" if lessons else str(request.base_url)
            wrong = said(
                '"url" should be the address of a lesson, the lab or a race, such as {example}.', example=example
            )
            return _refused(request, 404, "url", wrong)
        return json_response(made, headers={"Access-Control-Allow-Origin": "*"})

    return routes


def _rich(request: Request, lessons: Sequence[Lesson], url: str, width: int, height: int) -> dict[str, Any] | None:
    """Return what oEmbed 1.0 calls a rich answer; None if the address is not one of a page that can be framed."""
    try:
        asked = urlsplit(url)
    except ValueError:
        return None
    found = _PATH.fullmatch(asked.path)
    if found is None or asked.netloc not in ("", request.base_url.netloc):
        return None
    language, path = found.groups()
    target = targets(lessons, language).get(path)
    if target is None:
        return None
    query = parse_qs(asked.query)
    wish = Wish(query.get("preset", [""])[0], _names(query, "hide"), _names(query, "lock"))
    base = str(request.base_url)
    link = embedded(base, language, target, wish)
    if asked.fragment and not target.path.startswith("lessons/"):
        link += f"#{asked.fragment}"  # the experiment, or the race
    title = titled(language, target, lessons)
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Backstep",
        "provider_url": base,
        "width": width,
        "height": height,
        "html": frame(link, title, str(width), height),
    }


def _names(query: dict[str, list[str]], key: str) -> list[str]:
    return [name for text in query.get(key, []) for name in text.split(",")]


def _refused(request: Request, status: int, field: str, sentence: Sentence) -> Response:
    return refusal(request, status, ("query", field), sentence, "oembed", {"Access-Control-Allow-Origin": "*"})
