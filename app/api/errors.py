"""How a request that cannot be served is answered: one shape, a sentence a student understands.

`{"detail": [{"loc": […], "msg": "…", "type": "…"}]}`, the framework's own shape, without its echo of the
input: a NaN in there would break the answer, and what was sent is nobody else's business. The sentence is in the
language that the request accepts (`Accept-Language`), English if it says nothing.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from app import limits
from app.api.refusals import sentence_of
from app.api.wire import json_response
from app.engine.sentences import Sentence, said
from app.i18n import in_language, preferred

_SENTENCES: Final = {
    400: said("The body could not be read: it should be JSON in UTF-8 that is not nested deeply."),
    404: said("There is nothing at this address."),
    405: said("This address does not take that method."),
    408: said(
        "The request came too slowly: it should arrive within {seconds} seconds, without long breaks.",
        seconds=round(limits.BODY_SECONDS),
    ),
    413: said("The body is larger than {most} bytes.", most=limits.BODY_BYTES),
    414: said("This address is too long."),
    415: said("A body is read as it is: send it without compression."),
    429: said("Too many requests at once on one connection."),
    431: said("The headers of this request are too many or too long."),
    500: said("Something went wrong here, not with you. It has been noted."),
    503: said("Everyone is computing just now. Please try again in a moment."),
}
_OF_THE_BODY: Final = {413, 415}
_ELSE: Final = said("The request cannot be served.")
_LONGEST_SENTENCE: Final = 400
_LONGEST_NAME: Final = 60
MOST_DETAILS: Final = 20


class RequestProblem(Exception):  # noqa: N818 - a problem with the request, not an error of ours
    """A request that does not make sense; `where` is the path of the field inside the body.

    `more`: what else does not, told after it.
    """

    def __init__(
        self,
        where: Iterable[str | int],
        message: Sentence,
        kind: str = "value_error",
        more: Sequence["RequestProblem"] = (),
    ) -> None:
        super().__init__(message)
        self.where = tuple(where)
        self.message = message
        self.kind = kind
        self.more = tuple(more)


class Busy(Exception):  # noqa: N818
    """All slots for long work are taken and stayed so."""


def shown(name: str, longest: int = _LONGEST_NAME) -> str:
    """Return text that was sent as it can be printed: with no half characters, and not at any length."""
    text = name[: longest + 1].encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= longest else f"{text[:longest]}…"


def _language(headers: Headers) -> str:
    return preferred(headers.get("accept-language", ""))


def _detail(where: Iterable[str | int], sentence: Sentence, kind: str, code: str) -> dict[str, Any]:
    place = [shown(part) if isinstance(part, str) else part for part in where]
    return {"loc": place, "msg": shown(in_language(sentence, code), _LONGEST_SENTENCE), "type": kind}


def problem_response(status: int, details: list[dict[str, Any]], headers: dict[str, str] | None = None) -> Response:
    """Return the one shape all refusals have."""
    return json_response({"detail": details}, status, headers)


def refusal(
    request: Request, status: int, where: Sequence[str], sentence: Sentence, kind: str, headers: dict[str, str]
) -> Response:
    """Return the refusal of one field, in the language that the request accepts."""
    return problem_response(status, [_detail(where, sentence, kind, _language(request.headers))], headers)


def plain_problem(
    status: int, code: str, headers: dict[str, str] | None = None, said_of_it: Sentence | None = None
) -> Response:
    """Return the refusal of a request as a whole, in a language."""
    sentence = said_of_it or _SENTENCES.get(status, _ELSE)
    where = "body" if status in _OF_THE_BODY else "request"
    return problem_response(status, [_detail([where], sentence, f"http_{status}", code)], headers)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    code = _language(request.headers)
    found = error.errors()[:MOST_DETAILS]
    return problem_response(422, [_detail(one["loc"], sentence_of(one), one["type"], code) for one in found])


def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestProblem)
    code = _language(request.headers)
    told = (error, *error.more)[:MOST_DETAILS]
    return problem_response(422, [_detail(("body", *one.where), one.message, one.kind, code) for one in told])


def _busy(request: Request, _error: Exception) -> Response:
    return plain_problem(503, _language(request.headers), {"Retry-After": "2"})


def http_problem(request: Request, error: Exception) -> Response:
    """Answer what the framework refused by itself."""
    assert isinstance(error, HTTPException)
    return plain_problem(error.status_code, _language(request.headers), dict(error.headers or {}))


def _unexpected(request: Request, _error: Exception) -> Response:
    return plain_problem(500, _language(request.headers))


def add_error_handlers(app: FastAPI) -> None:
    """Make every refusal have the one shape."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(RequestProblem, _problem)
    app.add_exception_handler(Busy, _busy)
    app.add_exception_handler(Exception, _unexpected)
