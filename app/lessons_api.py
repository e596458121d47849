"""`POST /api/detector`, `/api/tangent`, `/api/question` and `/api/answer`: what lessons compute with.

A question is a value like an experiment: its kind and its seed are all of it. The right answer stays here.
"""

from dataclasses import fields
from typing import Annotated, Any, Final, Literal

import numpy as np
from fastapi import APIRouter, Body, Response
from pydantic import Field

from app.api.answers import Answer, Double, DoubleMatrix
from app.api.bodies import BodyRoute
from app.api.errors import RequestProblem
from app.api.experiments import unequal_rows
from app.api.requests import Number, OneOf, Request, Seed, SurfaceName
from app.api.wire import json_response
from app.engine.detector import WHITE, detect
from app.engine.sentences import said
from app.engine.surfaces import SURFACES
from app.engine.tangent import tangent
from app.lessons.questions import QUESTIONS, SLIPS, example, judge

router = APIRouter(tags=["Lessons"], route_class=BodyRoute)

_SIDE: Final = 32
Brightness = Annotated[Number, Field(ge=0.0, le=WHITE)]
QuestionName = Annotated[str, OneOf(said("question"), QUESTIONS)]

_DETECTOR_EXAMPLES: Final = {"speck": {"summary": "A speck of dust", "value": {"pixels": [[255, 255], [0, 255]]}}}
_TANGENT_EXAMPLES: Final = {
    "parabola": {"summary": "A tenth beside 2", "value": {"surface": "parabola", "at": 2, "nudge": 0.1}}
}
_QUESTION_EXAMPLES: Final = {
    "neuron": {"summary": "What comes out of a neuron", "value": {"question": "neuron_z", "seed": 1}}
}
_ANSWER_EXAMPLES: Final = {
    "wrong": {"summary": "A wrong answer", "value": {"question": "neuron_z", "seed": 1, "answer": 0.5}}
}
EXAMPLES: Final = {
    "/api/detector": _DETECTOR_EXAMPLES,
    "/api/tangent": _TANGENT_EXAMPLES,
    "/api/question": _QUESTION_EXAMPLES,
    "/api/answer": _ANSWER_EXAMPLES,
}


class DetectorQuery(Request):
    """A picture: rows of brightness, 0 (black) to 255 (white)."""

    pixels: Annotated[
        list[Annotated[list[Brightness], Field(min_length=1, max_length=_SIDE, fail_fast=True)]],
        Field(min_length=1, max_length=_SIDE, fail_fast=True),
    ]
    white: Brightness = WHITE


class DetectorAnswer(Answer):
    """Every stage of `is_non_zero(sum(abs(pixel − white)))`."""

    difference: DoubleMatrix
    distance: DoubleMatrix
    total: Double
    is_a_dog: bool


class TangentQuery(Request):
    """A place on a surface of one variable, and how far from it the secant reaches."""

    surface: SurfaceName
    at: Number
    nudge: Number


class TangentAnswer(Answer):
    """Value, slope and bend there, the value nearby, the slope of the secant, and what kind of place it is."""

    value: Double
    slope: Double
    bend: Double
    nudged_value: Double
    secant: Double
    kind: Literal["rising", "falling", "minimum", "maximum", "inflection"]


class QuestionQuery(Request):
    """A question of a kind, with the numbers that a seed stands for."""

    question: QuestionName
    seed: Seed


class QuestionAnswer(Answer):
    """The numbers that are given, and by how much an answer may be off."""

    given: dict[str, float | list[float]]
    tolerance: float


class AnswerQuery(QuestionQuery):
    """An answer to it."""

    answer: Number


class WayAnswer(Answer):
    """A step of the way to the answer, in words and in signs; the value of the last is null until it was found."""

    label: str
    sign: str
    value: Double


class SlipAnswer(Answer):
    """A usual mistake that gives this very answer, and the line it happened in."""

    name: str
    label: str
    line: int


class VerdictAnswer(Answer):
    """Whether it is right; if not, every slip that it matches, and the lines up to there, or else the first."""

    is_right: bool
    slips: list[SlipAnswer]
    lines: list[WayAnswer]


@router.post("/detector", response_model=DetectorAnswer, summary="Is anything there that is not white?")
async def post_detector(
    query: Annotated[DetectorQuery, Body(openapi_examples=_DETECTOR_EXAMPLES)],
) -> Response:
    """Apply a rule without weights: it tells something from nothing."""
    widths = {len(row) for row in query.pixels}
    if len(widths) > 1:
        raise RequestProblem(("pixels",), unequal_rows(widths), "shape")
    found = detect(np.array(query.pixels, dtype=np.float64), query.white)
    return json_response(
        {
            "difference": found.difference,
            "distance": found.distance,
            "total": found.total,
            "is_a_dog": found.is_a_dog,
        }
    )


@router.post("/tangent", response_model=TangentAnswer, summary="How steep is it there?")
async def post_tangent(
    query: Annotated[TangentQuery, Body(openapi_examples=_TANGENT_EXAMPLES)],
) -> Response:
    """Return the derivative at a place, and the slope of a secant that comes near to it."""
    surface = SURFACES[query.surface]
    if surface.variables != 1:
        raise RequestProblem(
            ("surface",), said('"{name}" has two variables; a tangent needs one.', name=surface.name)
        )
    if query.nudge == 0.0:
        raise RequestProblem(("nudge",), said("A secant needs two places: the nudge should not be 0."))
    found = tangent(surface, query.at, query.nudge)
    return json_response({field.name: getattr(found, field.name) for field in fields(found)})


@router.post("/question", response_model=QuestionAnswer, summary="A question's numbers")
async def post_question(
    query: Annotated[QuestionQuery, Body(openapi_examples=_QUESTION_EXAMPLES)],
) -> Response:
    """Return the numbers of a seed: the same on every machine."""
    question = QUESTIONS[query.question]
    return json_response({"given": example(question, query.seed).given, "tolerance": question.tolerance})


@router.post("/answer", response_model=VerdictAnswer, summary="Is it right, and if not, which slip was it?")
async def post_answer(
    query: Annotated[AnswerQuery, Body(openapi_examples=_ANSWER_EXAMPLES)],
) -> Response:
    """Compare an answer with the right one, and with what the usual mistakes give."""
    verdict = judge(QUESTIONS[query.question], query.seed, query.answer)
    lines: list[dict[str, Any]] = [
        {"label": label, "sign": sign, "value": value} for label, sign, value in verdict.lines
    ]
    slips = [{"name": one.name, "label": SLIPS[one.name]["label"], "line": one.line} for one in verdict.slips]
    return json_response({"is_right": verdict.is_right, "slips": slips, "lines": lines})
