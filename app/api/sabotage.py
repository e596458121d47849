"""`POST /api/sabotage` and `/api/sabotage/verdict`: one mistake in a backward pass, to be found with the check."""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

import numpy as np
from fastapi import APIRouter, Body, Response
from fastapi import Request as HttpRequest
from pydantic import Field

from app import limits
from app.api.answers import Answer, Double, DoubleMatrix, LayerParametersAnswer
from app.api.bodies import BodyRoute
from app.api.errors import RequestProblem
from app.api.requests import OneOf, Request, Seed
from app.api.work import Work, answer
from app.engine.arrays import Array
from app.engine.bugs import BUGS, EASY, LEARNING_RATE, OBJECTIVE
from app.engine.network import LayerParameters
from app.engine.sabotage import PASSES, Planted, judge, plant, worst_error
from app.engine.sentences import said

router = APIRouter(tags=["Lessons"], route_class=BodyRoute)

# Measured, rounded up: a network or two, each parameter nudged both ways.
_SECONDS: Final = 0.009

_KINDS: Final[dict[str, Sequence[str]]] = {"all": tuple(BUGS), "easy": EASY}
BugName = Annotated[str, OneOf(said("mistake"), BUGS)]

_SABOTAGE_EXAMPLES: Final = {
    "all": {"summary": "Any mistake", "value": {"seed": 7}},
    "easy": {"summary": "One that is easily found", "value": {"seed": 7, "bugs": "easy"}},
}
_VERDICT_EXAMPLES: Final = {
    "guess": {"summary": "A guess", "value": {"seed": 7, "layer": 0, "bug": "wrong_sign"}},
}
EXAMPLES: Final = {"/api/sabotage": _SABOTAGE_EXAMPLES, "/api/sabotage/verdict": _VERDICT_EXAMPLES}


class SabotageQuery(Request):
    """A case by its seed, its mistake one of all or one of the easy ones."""

    seed: Seed
    bugs: Literal["all", "easy"] = "all"


class SabotageVerdictQuery(SabotageQuery):
    """A guess: in which layer (counted from 0) the mistake is, and which one it is."""

    layer: Annotated[int, Field(ge=0, lt=limits.LAYERS)]
    bug: BugName


class SabotageLayerAnswer(Answer):
    """A layer, and what the broken pass has computed in it; every gradient beside its numerical twin.

    `ratios` are gradient over numerical gradient. `before` is the right gradient over the batch before, `updated`
    what the layer would be after the step. `passes`: no relative error is larger than `tolerance`.
    """

    units: int
    activation: str
    parameters: LayerParametersAnswer
    updated: LayerParametersAnswer
    x: DoubleMatrix
    z: DoubleMatrix
    a: DoubleMatrix
    derivative: DoubleMatrix
    da: DoubleMatrix
    delta: DoubleMatrix
    gradients: LayerParametersAnswer
    numerical: LayerParametersAnswer
    ratios: LayerParametersAnswer
    relative_errors: LayerParametersAnswer
    before: LayerParametersAnswer
    worst: Double
    passes: bool


class BugAnswer(Answer):
    """A mistake that can be guessed."""

    name: str
    label: str


class SabotageAnswer(Answer):
    """A case, with all the evidence there is, and the mistakes that it may be; not which it is."""

    inputs: DoubleMatrix
    targets: DoubleMatrix
    loss: str
    reduction: str
    learning_rate: float
    tolerance: float
    layers: list[SabotageLayerAnswer]
    bugs: list[BugAnswer]


class SabotageVerdictAnswer(Answer):
    """Whether layer and mistake are right; what it was, where both are; else where to look next."""

    layer_is_right: bool
    bug_is_right: bool
    is_right: bool
    label: str | None
    description: str | None
    hint: str | None


@router.post("/sabotage", response_model=SabotageAnswer, summary="One mistake in a backward pass")
async def post_sabotage(
    request: HttpRequest, query: Annotated[SabotageQuery, Body(openapi_examples=_SABOTAGE_EXAMPLES)]
) -> Response:
    """Everything that the broken pass has computed, and the gradient check beside it."""

    def work() -> Work:
        kinds = _KINDS[query.bugs]

        def compute() -> dict[str, Any]:
            case = plant(query.seed, kinds)
            return {
                "inputs": case.batch.inputs,
                "targets": case.batch.targets,
                "loss": OBJECTIVE.loss,
                "reduction": OBJECTIVE.reduction,
                "learning_rate": LEARNING_RATE,
                "tolerance": PASSES,
                "layers": [_layer(case, index) for index in range(len(case.came_back))],
                "bugs": [{"name": name, "label": BUGS[name].label} for name in kinds],
            }

        return Work(_SECONDS, compute)

    return await answer(request, query, work)


@router.post("/sabotage/verdict", response_model=SabotageVerdictAnswer, summary="Is it that mistake, and there?")
async def post_sabotage_verdict(
    request: HttpRequest, query: Annotated[SabotageVerdictQuery, Body(openapi_examples=_VERDICT_EXAMPLES)]
) -> Response:
    """Of a wrong guess it is said what to look at, and never what it is."""

    def work() -> Work:
        def compute() -> dict[str, Any]:
            case = plant(query.seed, _KINDS[query.bugs])
            layers = len(case.came_back)
            if query.layer >= layers:
                message = said(
                    "There is no layer {number}: here they are numbered from 0 to {last}.",
                    number=query.layer,
                    last=layers - 1,
                )
                raise RequestProblem(("layer",), message)
            verdict = judge(case, query.layer, query.bug)
            found = BUGS[query.bug] if verdict.is_right else None
            return {
                "layer_is_right": verdict.layer_is_right,
                "bug_is_right": verdict.bug_is_right,
                "is_right": verdict.is_right,
                "label": found and found.label,
                "description": found and found.description,
                "hint": verdict.hint,
            }

        return Work(_SECONDS, compute)

    return await answer(request, query, work)


def _layer(case: Planted, index: int) -> dict[str, Any]:
    own, back = case.own, case.came_back[index]
    passed, parameters = own.passed[index], own.parameters[index]
    numerical = case.check.numerical[index]
    worst = worst_error(case.check, index)
    return {
        "units": own.network.layers[index].units,
        "activation": own.network.layers[index].activation,
        "parameters": parameters,
        "updated": LayerParameters(
            parameters.weights - LEARNING_RATE * back.dW, parameters.biases - LEARNING_RATE * back.db
        ),
        "x": passed.x,
        "z": passed.z,
        "a": passed.a,
        "derivative": back.derivative,
        "da": back.da,
        "delta": back.delta,
        "gradients": LayerParameters(back.dW, back.db),
        "numerical": numerical,
        "ratios": LayerParameters(_ratio(back.dW, numerical.weights), _ratio(back.db, numerical.biases)),
        "relative_errors": case.check.relative_errors[index],
        "before": LayerParameters(own.before[index].dW, own.before[index].db),
        "worst": worst,
        "passes": worst <= PASSES,
    }


def _ratio(gradient: Array, numerical: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return gradient / numerical
