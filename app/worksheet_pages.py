"""`GET /{language}/worksheet` and its script: a printable sheet, all of which is in its address.

A plain form asks for it, so that it needs no JavaScript; what cannot be understood is said beside its field.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from starlette.exceptions import HTTPException

from app import limits
from app.api.work import visit
from app.i18n import LANGUAGES, Language
from app.lessons.lesson import Lesson, Page
from app.lessons.questions import SLIPS
from app.lessons.sheet_script import script
from app.lessons.worksheets import Problem, problems, questions, rounded, signs

Render = Callable[[str, str, dict[str, Any]], str]

_DEFAULTS: Final = {"lesson": "2", "count": "6", "seed": "1", "paper": "a4", "key": "yes"}
_CHOICES: Final = {"paper": ("a4", "letter"), "key": ("yes", "no")}
_SECONDS_PER_PROBLEM: Final = 1.5e-3
_WHOLE: Final = re.compile(r"[0-9]{1,16}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for: each field as it was written, and which of them make no sense."""

    fields: Mapping[str, str]
    lesson: Lesson | None
    wrong: frozenset[str]

    @property
    def query(self) -> str:
        """The address of this very sheet, after its `?`; what is not said is as it usually is."""
        said = {name: text for name, text in self.fields.items() if name in ("lesson", "count", "seed")}
        others = {name: self.fields[name] for name in _CHOICES if self.fields[name] != _DEFAULTS[name]}
        return urlencode(said | others)

    def other(self) -> str:
        """Return the same sheet with other numbers."""
        seed = (int(self.fields["seed"]) + 1) % (limits.SEED + 1)
        return Wanted({**self.fields, "seed": str(seed)}, self.lesson, self.wrong).query


def _wanted(request: Request, lessons: Sequence[Lesson]) -> Wanted:
    given = {name: request.query_params.get(name, usual).strip() for name, usual in _DEFAULTS.items()}
    lesson = next((one for one in lessons if given["lesson"] in (one.slug, str(one.order))), None)
    wrong = {name for name, choices in _CHOICES.items() if given[name] not in choices}
    wrong |= set() if lesson else {"lesson"}
    for name, least, most in (("count", 1, limits.PROBLEMS), ("seed", 0, limits.SEED)):
        if not (_WHOLE.fullmatch(given[name]) and least <= int(given[name]) <= most):
            wrong.add(name)
    named = {} if lesson is None else {"lesson": lesson.slug}
    return Wanted(given | named, lesson, frozenset(wrong))


def router(render: Render, languages: Mapping[str, Language], lessons: Sequence[Lesson]) -> APIRouter:
    """Return the routes of worksheets."""
    routes = APIRouter(include_in_schema=False)

    def page(request: Request, code: str, wanted: Wanted, sound: int = 200) -> Response:
        values = _values(request, code, wanted, lessons)
        status = 422 if wanted.wrong else sound
        return HTMLResponse(render("worksheet.html", code, values), status, {"Cache-Control": "no-cache"})

    @routes.get("/{code}/worksheet")
    async def get_worksheet(request: Request, code: str) -> Response:
        wanted = _wanted(_spoken(request, code), lessons)
        return await visit(request, _seconds(wanted), lambda: page(request, code, wanted))

    @routes.get("/{code}/worksheet.py")
    async def get_script(request: Request, code: str) -> Response:
        wanted = _wanted(_spoken(request, code), lessons)
        return await visit(request, _seconds(wanted), lambda: script_of(request, code, wanted))

    def script_of(request: Request, code: str, wanted: Wanted) -> Response:
        made = _problems(wanted, code)
        if not made or wanted.lesson is None:
            return page(request, code, wanted, 404)
        about = (wanted.lesson.pages[code].title, _address(request, code, wanted))
        content = script(about, made, languages[code].translations.gettext)
        name = f"{wanted.lesson.slug}-{wanted.fields['seed']}.py"
        return PlainTextResponse(content, headers={"Content-Disposition": f'attachment; filename="{name}"'})

    return routes


def _seconds(wanted: Wanted) -> float:
    """Estimate a sheet, or nothing to speak of where it is refused."""
    return 0.0 if wanted.wrong else int(wanted.fields["count"]) * _SECONDS_PER_PROBLEM


def _spoken(request: Request, code: str) -> Request:
    if code not in LANGUAGES:
        raise HTTPException(404)
    return request


def _problems(wanted: Wanted, code: str) -> tuple[Problem, ...]:
    if wanted.wrong or wanted.lesson is None:
        return ()
    seed, count = int(wanted.fields["seed"]), int(wanted.fields["count"])
    return problems(wanted.lesson.pages[code], code, seed, count)


def _address(request: Request, code: str, wanted: Wanted) -> str:
    return f"{request.base_url}{code}/worksheet?{wanted.query}"


def _values(request: Request, code: str, wanted: Wanted, lessons: Sequence[Lesson]) -> dict[str, Any]:
    """Return what the template shows."""
    listed: list[tuple[str, Page]] = [(one.slug, one.pages[code]) for one in lessons]
    return {
        "path": f"worksheet?{wanted.query}",
        "wanted": wanted,
        "lesson": wanted.lesson.pages[code] if wanted.lesson else None,
        "problems": _problems(wanted, code),
        "has_key": wanted.fields["key"] == "yes",
        "address": _address(request, code, wanted),
        "listed": [(slug, page) for slug, page in listed if questions(page) or slug == wanted.fields["lesson"]],
        "limits": limits,
        "slips": SLIPS,
        "number": lambda value: rounded(value, code),
        "signs": lambda sign: signs(sign, code),
    }
