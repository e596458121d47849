"""`POST /api/explain`: one gradient taken apart, and the loss as its parameter moves."""

from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Body, Request, Response

from app.api import examples as shown
from app.api.answers import ExplainAnswer
from app.api.asked import Asked, asked_of
from app.api.bodies import BodyRoute
from app.api.experiments import place_of
from app.api.queries import ExplainQuery
from app.api.requests import LineRequest
from app.api.wire import whole
from app.api.work import Work, answer
from app.engine.arrays import Array
from app.engine.chain import (
    CANDIDATES_AT_ONCE,
    Chain,
    Multiplications,
    Place,
    chain,
    count_multiplications,
    listing_cost,
    one_layer_deeper,
)
from app.engine.flat import place_in_vector
from app.engine.gradient_check import NUDGE, compare_at, numerical_gradient, relative_error
from app.engine.network import Network, divisor
from app.engine.nudges import line, nudge
from app.engine.training import Step
from app.engine.walkthrough import Term, da_terms

router = APIRouter(tags=["Step"], route_class=BodyRoute)

# What asking takes beside all below.
_SECONDS_OF_ASKING = 8e-4
_SECONDS_PER_PATH = 1.5e-7
_SECONDS_PER_EXAMPLE = 1e-6
# A path that is written out.
_SECONDS_PER_LISTED = 2e-5
# One that is compared with all others, for each part of the examples.
_SECONDS_PER_SORTED = 2e-6


@router.post("/explain", response_model=ExplainAnswer, summary="The chain rule for one parameter")
async def post_explain(
    request: Request, query: Annotated[ExplainQuery, Body(openapi_examples=shown.EXPLAIN)]
) -> Response:
    """The gradient of one parameter as factors, as all its paths to the loss, and by nudging.

    With `nudges` and `line`, also how the loss moves with the parameter.
    """

    def work() -> Work:
        asked = asked_of(query)
        place = place_of(asked.network, query.parameter, ("parameter",))
        candidates = listing_cost(asked.network, place.layer, asked.count, max(query.max_paths, 1))
        passes = 2 + 2 * len(query.nudges) + (query.line.points if query.line else 0)
        seconds = _SECONDS_OF_ASKING + asked.seconds + asked.seconds_of_comparison
        seconds += passes * asked.seconds_of_loss
        seconds += _SECONDS_PER_PATH * candidates + _SECONDS_PER_EXAMPLE * asked.count
        listed = min(query.max_paths, candidates)
        seconds += listed * (_SECONDS_PER_LISTED + _SECONDS_PER_SORTED * candidates / CANDIDATES_AT_ONCE)
        return Work(seconds, lambda: _explanation(query, asked, place))

    return await answer(request, query, work)


def _explanation(query: ExplainQuery, asked: Asked, place: Place) -> dict[str, Any]:
    own = asked.state.parameters[place.layer]
    value = own.biases[place.unit] if place.input is None else own.weights[place.unit, place.input]
    where = place_in_vector(asked.network, place.layer, place.unit, place.input)
    around = (asked.network, asked.state.parameters, asked.batch, asked.objective, where)
    with np.errstate(all="ignore"):
        step = asked.take()
        found = chain(asked.network, asked.objective, step, place, example=query.example, max_paths=query.max_paths)
        numerical = numerical_gradient(*around)
        return {
            "value": float(value),
            "indices": asked.indices,
            "loss": step.loss.loss,
            "numerical_gradient": numerical,
            "relative_error": float(relative_error(found.gradient, numerical)),
            "comparison": compare_at(*around, found.gradient),
            "nudge": NUDGE,
            "da_terms": _da_terms(asked.network, step, place, query.example),
            "votes": found.example_gradients * divisor(asked.batch.targets, asked.objective),
            "nudges": nudge(*around, query.nudges),
            "line": line(*around, _values(query.line)) if query.line else None,
            "multiplications": _counts(found.multiplications),
            "multiplications_deeper": _counts(
                count_multiplications(one_layer_deeper(asked.network), asked.objective, asked.count)
            ),
            **_chain(found),
        }


def _values(request: LineRequest) -> Array:
    low, high = request.range
    values: Array = np.linspace(low, high, request.points)
    return values


def _da_terms(network: Network, step: Step, place: Place, example: int) -> tuple[Term, ...] | None:
    """Return the sum that ∂L/∂a of the parameter's unit is; in the last layer it comes from the loss alone."""
    if place.layer == len(network.layers) - 1:
        return None
    return da_terms(step, place.layer, place.unit, example)


def _counts(counts: Multiplications) -> dict[str, Any]:
    return {
        "paths": whole(counts.paths),
        "nudging": whole(counts.nudging),
        "backpropagation": whole(counts.backpropagation),
    }


def _chain(found: Chain) -> dict[str, Any]:
    return {
        "gradient": found.gradient,
        "penalty_gradient": found.penalty_gradient,
        "example": found.example,
        "factors": found.factors,
        "example_gradients": found.example_gradients,
        "paths": found.paths,
        "rest": {"count": whole(found.rest_count), "contribution": found.rest_contribution},
        "path_count": whole(found.path_count),
    }
