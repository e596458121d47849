"""`POST /api/pass` and `/api/pass/answer`: one whole pass through a small network, and the blanks in it.

A pass is a value like an experiment: its seed is all of it. What belongs into a blank stays here until it was
answered, or given up.
"""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, Response
from fastapi import Request as HttpRequest
from pydantic import Field

from app.api.answers import Answer, Double, DoubleVector, ParametersAnswer
from app.api.bodies import BodyRoute
from app.api.requests import Number, OneOf, Request, Seed
from app.api.work import Work, answer
from app.engine.sentences import said
from app.engine.walkthrough import Phase
from app.lessons.faded import BLANKS, LEVELS, TOLERANCE, judge, pass_of
from app.lessons.faded.said import SLIPS
from app.lessons.faded.setup import LineKind

router = APIRouter(tags=["Lessons"], route_class=BodyRoute)

# A pass, and each usual slip in it.
_SECONDS: Final = 0.005

_PASS_EXAMPLES: Final = {
    "worked": {"summary": "The published example, with nine blanks", "value": {"seed": 0, "blanks": "nine"}},
    "whole": {"summary": "Other numbers, without blanks", "value": {"seed": 1, "blanks": "none"}},
}
_ANSWER_EXAMPLES: Final = {
    "slip": {
        "summary": "With the output weights updated already",
        "value": {"seed": 0, "blank": "dW_h1_x1", "answer": 0.000364723},
    },
}
EXAMPLES: Final = {"/api/pass": _PASS_EXAMPLES, "/api/pass/answer": _ANSWER_EXAMPLES}


class PassQuery(Request):
    """The numbers of a seed (0: the published example), and how many of them are left out."""

    seed: Seed
    blanks: Annotated[str, OneOf(said("number of blanks"), LEVELS)] = "none"


class PassLine(Answer):
    """One number, in the order in which they are computed; null if it is a blank. Layers and units from 0."""

    name: str
    phase: Phase
    kind: LineKind
    value: Double
    layer: int | None
    unit: int | None
    input: int | None


class PassAnswer(Answer):
    """What is given, and the lines; `updated`: what stands in some if the output weights are updated too early."""

    inputs: DoubleVector
    targets: DoubleVector
    parameters: ParametersAnswer
    learning_rate: float
    tolerance: float
    blanks: list[str]
    lines: list[PassLine]
    updated: dict[str, float]


class PassAnswerQuery(Request):
    """What somebody put into a blank; null gives it up."""

    seed: Seed
    blank: Annotated[str, OneOf(said("blank"), BLANKS)]
    answer: Annotated[Number | None, Field(description="A number, or null to be told.")]


class PassSlip(Answer):
    """A usual mistake that gives this very answer."""

    name: str
    label: str


class PassVerdict(Answer):
    """Whether it is right within the tolerance, else which slips it matches; the value if right or given up."""

    is_right: bool
    slips: list[PassSlip]
    value: Double


@router.post("/pass", response_model=PassAnswer, summary="One whole pass, with blanks in it")
async def post_pass(
    request: HttpRequest, query: Annotated[PassQuery, Body(openapi_examples=_PASS_EXAMPLES)]
) -> Response:
    """Return forward pass, loss, backward pass and update of a 2-2-2 network, one number a line."""
    return await answer(request, query, lambda: Work(_SECONDS, lambda: _pass(query)))


def _pass(query: PassQuery) -> dict[str, Any]:
    made = pass_of(query.seed)
    blanks = LEVELS[query.blanks]
    lines: list[dict[str, Any]] = [
        {
            **{"name": line.name, "phase": line.phase, "kind": line.kind},
            **{"value": None if line.name in blanks else line.value},
            **{"layer": line.layer, "unit": line.unit, "input": line.input},
        }
        for line in made.lines
    ]
    return {
        "inputs": made.examples.inputs[0],
        "targets": made.examples.targets[0],
        "parameters": [{"weights": own.weights, "biases": own.biases} for own in made.parameters],
        "learning_rate": made.rate,
        "tolerance": TOLERANCE,
        "blanks": list(blanks),
        "lines": lines,
        "updated": dict(made.updated),
    }


@router.post(
    "/pass/answer", response_model=PassVerdict, summary="Does it belong there, and if not, which slip was it?"
)
async def post_pass_answer(
    request: HttpRequest, query: Annotated[PassAnswerQuery, Body(openapi_examples=_ANSWER_EXAMPLES)]
) -> Response:
    """Compare an answer with what belongs into the blank, and with what the usual mistakes put there."""
    return await answer(request, query, lambda: Work(_SECONDS, lambda: _verdict(query)))


def _verdict(query: PassAnswerQuery) -> dict[str, Any]:
    verdict = judge(query.seed, query.blank, query.answer)
    slips = [{"name": name, "label": SLIPS[name]["label"]} for name in verdict.slips]
    return {"is_right": verdict.is_right, "slips": slips, "value": verdict.value}
