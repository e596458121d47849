"""`POST /api/curvature`, `/api/step-sizes` and `/api/slope`: what the learning rate does at a moment."""

from dataclasses import asdict
from typing import Annotated, Any, Final

import numpy as np
from fastapi import APIRouter, Body, Request, Response

from app.api import examples as shown
from app.api.asked import batch_examples
from app.api.bodies import BodyRoute
from app.api.cost import (
    seconds_of_gradient,
    seconds_of_losses,
    seconds_of_product,
    seconds_of_slopes,
    seconds_per_step,
)
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
from app.api.work import Work, answer
from app.engine.arrays import frozen
from app.engine.curvature import MOST_PRODUCTS, bend
from app.engine.landscape import Landscape, plane_of_parameters
from app.engine.network import Network, Objective
from app.engine.slope import slope
from app.engine.step_sizes import step_sizes
from app.engine.training import State

router = APIRouter(tags=["Landscape"], route_class=BodyRoute)

# This many products with the Hessian are usual before the sharpness is found.
_USUAL_PRODUCTS: Final = 32
# Each product is made orthogonal, number by number, to all before it.
_SECONDS_PER_NUMBER: Final = 1.2e-9
# The small matrix that the products make has its eigenvalues found each time.
_SECONDS_PER_SQUARE: Final = 2e-6
# Losses on a line that are looked at while the lowest is found, so many times.
_LOOKS: Final = 17
_ROUNDS: Final = 6
# Slopes between two updates of one parameter.
_SLOPES_PER_UPDATE: Final = 34


def seconds_per_bend(network: Network, examples: int, objective: Objective) -> float:
    """Estimate how long it takes to find the sharpness at one moment."""
    products = min(_USUAL_PRODUCTS, network.parameter_count, MOST_PRODUCTS)
    seconds = seconds_of_gradient(network, examples, objective)
    seconds += products * seconds_of_product(network, examples, objective)
    return seconds + products**2 * (network.parameter_count * _SECONDS_PER_NUMBER + _SECONDS_PER_SQUARE)


@router.post("/curvature", response_model=CurvatureAnswer, summary="How sharply the loss is bent")
async def post_curvature(
    request: Request, query: Annotated[CurvatureQuery, Body(openapi_examples=shown.CURVATURE)]
) -> Response:
    """The largest eigenvalue of the loss's Hessian, and the learning rate beyond which its direction bounces."""

    def work() -> Work:
        network = network_of(query.network)
        parameters = parameters_of(network, query.parameters)
        examples, objective = batch_examples(network, query), objective_of(query)
        path = path_of(network, query.path)
        seconds = (1 + len(path)) * seconds_per_bend(network, examples.inputs.shape[0], objective)

        def compute() -> dict[str, Any]:
            bends = [asdict(bend(network, moment, examples, objective)) for moment in (parameters, *path)]
            return {**bends[0], "path": bends[1:] if query.path is not None else None}

        return Work(seconds, compute)

    return await answer(request, query, work)


@router.post("/step-sizes", response_model=StepSizesAnswer, summary="The loss after one step, for every rate")
async def post_step_sizes(
    request: Request, query: Annotated[StepSizesQuery, Body(openapi_examples=shown.STEP_SIZES)]
) -> Response:
    """A good single step is not a good rate: what rates do over more steps, `/api/rates` says."""

    def work() -> Work:
        network = network_of(query.network)
        state = _state(network, query)
        examples, optimizer = batch_examples(network, query), optimizer_of(query.optimizer)
        low, high = query.range
        rates = np.geomspace(low, high, query.points)
        count, objective = examples.inputs.shape[0], objective_of(query)
        seconds = seconds_per_step(network, count, objective, optimizer.name)
        seconds += seconds_of_losses(network, count, query.points, objective)
        seconds += _ROUNDS * seconds_of_losses(network, count, _LOOKS, objective)
        seconds += seconds_of_slopes(network, count, 1, objective, 1)

        def compute() -> dict[str, Any]:
            found = step_sizes(network, examples, objective, optimizer, state, frozen(rates))
            fields = {name: getattr(found, name) for name in found.__slots__}
            return {**fields, "direction": "gradient" if optimizer.name == "sgd" else "update"}

        return Work(seconds, compute)

    return await answer(request, query, work)


@router.post("/slope", response_model=SlopeAnswer, summary="The loss along one parameter, and its next updates")
async def post_slope(
    request: Request, query: Annotated[SlopeQuery, Body(openapi_examples=shown.SLOPE)]
) -> Response:
    """Where the coming update takes one parameter, whether it jumps over a minimum, and where all together land."""

    def work() -> Work:
        network = network_of(query.network)
        state = _state(network, query)
        place = place_of(network, query.parameter, ("parameter",))
        examples, optimizer = batch_examples(network, query), optimizer_of(query.optimizer)
        plane = plane_of_parameters(network, state.parameters, [(place.layer, place.unit, place.input)])
        ends = (query.range[0], query.range[1]) if query.range else None
        count, objective, first = examples.inputs.shape[0], objective_of(query), place.layer
        seconds = seconds_of_losses(network, count, query.points, objective, first)
        seconds += query.steps * seconds_of_slopes(network, count, _SLOPES_PER_UPDATE, objective, 1, first)
        seconds += (1 + query.steps) * seconds_of_slopes(network, count, 1, objective, 1, first)
        seconds += seconds_per_step(network, count, objective, optimizer.name)

        def compute() -> dict[str, Any]:
            line = Landscape(network, objective, examples, plane)
            found = slope(line, optimizer, state, steps=query.steps, points=query.points, ends=ends)
            return {**{name: getattr(found, name) for name in found.__slots__}, "step": found.ghosts[0]}

        return Work(seconds, compute)

    return await answer(request, query, work)


def _state(network: Network, query: UpdateQuery) -> State:
    parameters = parameters_of(network, query.parameters)
    memory = optimizer_state_of(network, query.optimizer.name, parameters, query.optimizer_state)
    return State(query.step, parameters, memory)
