"""`POST /api/curvature`, `/api/step-sizes` and `/api/slope`: what the learning rate does at a moment."""

from dataclasses import asdict
from typing import Annotated, Any, Final

import numpy as np
from fastapi import APIRouter, Body, Request, Response

from app.api import examples as shown
from app.api.asked import batch_examples
from app.api.bodies import BodyRoute
from app.api.experiments import (
    network_of,
    objective_of,
    optimizer_of,
    optimizer_state_of,
    parameters_of,
    path_of,
    place_of,
)
from app.api.landscape_answers import CurvatureAnswer, SlopeAnswer, StepSizesAnswer
from app.api.queries import CurvatureQuery, SlopeQuery, StepSizesQuery, UpdateQuery
from app.api.wire import json_response
from app.api.work import desk_of, seconds_per_pass, seconds_per_step
from app.engine.arrays import frozen
from app.engine.curvature import MOST_PRODUCTS, bend
from app.engine.landscape import Landscape, plane_of_parameters
from app.engine.network import Network
from app.engine.slope import slope
from app.engine.step_sizes import step_sizes
from app.engine.training import State

router = APIRouter(tags=["Landscape"], route_class=BodyRoute)

# A product with the Hessian is about two gradient steps; this many are usual before the sharpness is found.
_STEPS_PER_PRODUCT: Final = 2
_USUAL_PRODUCTS: Final = 40
# Each product is made orthogonal, number by number, to all before it.
_SECONDS_PER_NUMBER: Final = 2e-9
# Losses on a line that are looked at while the lowest is found.
_LOOKS: Final = 100
# Slopes between two updates of one parameter, and the update itself.
_SLOPES_PER_UPDATE: Final = 36
_SLOPE_PASSES: Final = 3


def seconds_per_bend(network: Network, examples: int) -> float:
    """Estimate how long it takes to find the sharpness at one moment."""
    products = min(_USUAL_PRODUCTS, network.parameter_count, MOST_PRODUCTS)
    steps = products * _STEPS_PER_PRODUCT * seconds_per_step(network, examples)
    return steps + products**2 * network.parameter_count * _SECONDS_PER_NUMBER


@router.post("/curvature", response_model=CurvatureAnswer, summary="How sharply the loss is bent")
async def post_curvature(
    request: Request, query: Annotated[CurvatureQuery, Body(openapi_examples=shown.CURVATURE)]
) -> Response:
    """The largest eigenvalue of the loss's Hessian, and the learning rate beyond which its direction bounces."""
    network = network_of(query.network)
    parameters = parameters_of(network, query.parameters)
    examples, objective = batch_examples(network, query), objective_of(query)
    path = path_of(network, query.path)
    seconds = (1 + len(path)) * seconds_per_bend(network, examples.inputs.shape[0])

    def answer() -> dict[str, Any]:
        bends = [asdict(bend(network, moment, examples, objective)) for moment in (parameters, *path)]
        return {**bends[0], "path": bends[1:] if query.path is not None else None}

    return await desk_of(request).run(seconds, lambda: json_response(answer()))


@router.post("/step-sizes", response_model=StepSizesAnswer, summary="The loss after one step, for every rate")
async def post_step_sizes(
    request: Request, query: Annotated[StepSizesQuery, Body(openapi_examples=shown.STEP_SIZES)]
) -> Response:
    """A good single step is not a good rate: what rates do over more steps, `/api/rates` says."""
    network = network_of(query.network)
    state = _state(network, query)
    examples, optimizer = batch_examples(network, query), optimizer_of(query.optimizer)
    low, high = query.range
    rates = np.geomspace(low, high, query.points)
    seconds = (query.points + _LOOKS) * seconds_per_pass(network, examples.inputs.shape[0])

    def answer() -> dict[str, Any]:
        found = step_sizes(network, examples, objective_of(query), optimizer, state, frozen(rates))
        fields = {name: getattr(found, name) for name in found.__slots__}
        return {**fields, "direction": "gradient" if optimizer.name == "sgd" else "update"}

    return await desk_of(request).run(seconds, lambda: json_response(answer()))


@router.post("/slope", response_model=SlopeAnswer, summary="The loss along one parameter, and its next updates")
async def post_slope(
    request: Request, query: Annotated[SlopeQuery, Body(openapi_examples=shown.SLOPE)]
) -> Response:
    """Where the coming update takes one parameter, whether it jumps over a minimum, and where all together land."""
    network = network_of(query.network)
    state = _state(network, query)
    place = place_of(network, query.parameter, ("parameter",))
    examples, optimizer = batch_examples(network, query), optimizer_of(query.optimizer)
    plane = plane_of_parameters(network, state.parameters, [(place.layer, place.unit, place.input)])
    ends = (query.range[0], query.range[1]) if query.range else None
    passes = query.points + _SLOPE_PASSES * _SLOPES_PER_UPDATE * query.steps
    seconds = passes * seconds_per_pass(network, examples.inputs.shape[0])

    def answer() -> dict[str, Any]:
        line = Landscape(network, objective_of(query), examples, plane)
        found = slope(line, optimizer, state, steps=query.steps, points=query.points, ends=ends)
        return {**{name: getattr(found, name) for name in found.__slots__}, "step": found.ghosts[0]}

    return await desk_of(request).run(seconds, lambda: json_response(answer()))


def _state(network: Network, query: UpdateQuery) -> State:
    parameters = parameters_of(network, query.parameters)
    memory = optimizer_state_of(network, query.optimizer.name, parameters, query.optimizer_state)
    return State(query.step, parameters, memory)
