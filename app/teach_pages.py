"""`GET /{language}/teach`, the teachers' page, and `/{language}/teach/link`, which makes links.

Both need no JavaScript: what a link asks for is chosen in a plain form, and the address, its QR code and the code
that embeds it come with the page.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import segno
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from starlette.exceptions import HTTPException

from app.embedding import LISTENER, embedded, frame, titled
from app.i18n import LANGUAGES
from app.lessons.lesson import DONE, Lesson
from app.lessons.questions import SLIPS
from app.lessons.worksheets import questions
from app.links import Choice, Target, Wish, address, targets

Render = Callable[[str, str, dict[str, Any]], str]

_MATHS: Final = re.compile(r"<math.*?</math>", re.DOTALL)
_SHOWN: Final = 90  # characters of a question by which it is known again
_DOT: Final = 6  # pixels a dot of a QR code: read by a phone from the other end of a table


def router(render: Render, lessons: Sequence[Lesson]) -> APIRouter:
    """Return the routes for teachers."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/{code}/teach")
    async def get_teach(code: str) -> Response:
        listed = [_listed(lesson, _known(code)) for lesson in lessons]
        return _page(render("teach.html", code, {"path": "teach", "lessons": listed, "slips": SLIPS}))

    @routes.get("/{code}/teach/link")
    async def get_link(request: Request, code: str) -> Response:
        found = targets(lessons, _known(code))
        wanted = request.query_params.get("page", next(iter(found)))
        target = found.get(wanted)
        values = {"path": _path(request), "targets": _titles(lessons, code), "target": target, "wanted": wanted}
        if target is None:
            return _page(render("teach-link.html", code, values), 422)
        return _page(render("teach-link.html", code, values | _made(request, code, target, lessons)))

    return routes


def _known(code: str) -> str:
    if code not in LANGUAGES:
        raise HTTPException(404)
    return code


def _page(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status, {"Cache-Control": "no-cache"})


def _path(request: Request) -> str:
    """Return the path of the page itself, with what was chosen, for the other language."""
    return "teach/link" + (f"?{request.url.query}" if request.url.query else "")


def _listed(lesson: Lesson, code: str) -> dict[str, Any]:
    page = lesson.pages[code]
    things = [block for block in page.blocks if block.kind in DONE]
    return {
        "slug": lesson.slug,
        "page": page,
        "notes": lesson.notes.get(code),
        "has_sheet": bool(questions(page)),
        "things": len(things),
    }


def _titles(lessons: Sequence[Lesson], code: str) -> list[tuple[str, str]]:
    """Return the lessons that links can lead to, by path."""
    return [
        (f"lessons/{lesson.slug}", f"{lesson.pages[code].order}. {lesson.pages[code].title}") for lesson in lessons
    ]


def _made(request: Request, code: str, target: Target, lessons: Sequence[Lesson]) -> dict[str, Any]:
    """Return the link that was asked for, in every form; what the page does not have is left out of it."""
    query = request.query_params
    wish = Wish(query.get("preset", ""), query.getlist("hide"), query.getlist("lock"), "projector" in query)
    asked, base = query.get("language", code), str(request.base_url)
    language = asked if asked in LANGUAGES else code
    link = address(base, language, target, wish)
    return {
        "wish": wish,
        "language": language,
        "link": link,
        "frame": frame(embedded(base, language, target, wish), titled(language, target, lessons)),
        "listener": LISTENER if target.path.startswith("lessons/") else None,
        "qr": _qr(link),
        "shown": _shown,
    }


def _qr(link: str) -> str | None:
    """Return a QR code as the address of a picture; None for a link that is too long for one."""
    try:
        made = segno.make(link, error="m", micro=False)
    except segno.DataOverflowError:
        return None
    return str(made.svg_data_uri(scale=_DOT, border=4, light="#ffffff"))


def _shown(choice: Choice) -> str:
    """Return a lesson's own text short enough for a list, its formulas left out."""
    text = Markup(_MATHS.sub("…", choice.label)).striptags()  # noqa: S704 - it becomes text here
    if len(text) <= _SHOWN:
        return text
    return text[:_SHOWN].rsplit(" ", 1)[0].rstrip(" .,:;…—") + "…"
