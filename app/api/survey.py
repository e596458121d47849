"""`POST /api/survey`: what a network does with all the data at one moment; a run's frames can say it, too."""

from typing import Annotated, Final

import numpy as np
from fastapi import APIRouter, Body, Request, Response

from app import limits
from app.api import examples as shown
from app.api.answers import SurveyAnswer
from app.api.bodies import BodyRoute
from app.api.cost import (
    seconds_of_gradient,
    seconds_of_json,
    seconds_of_loss,
    seconds_of_rounding,
    seconds_per_pass,
)
from app.api.errors import RequestProblem
from app.api.experiments import Data, Where, data_of, network_of, objective_of, parameters_of
from app.api.queries import SurveyQuery
from app.api.requests import GridRequest, Range
from app.api.work import Work, answer
from app.engine import responses
from app.engine.network import Network, Objective
from app.engine.progress import HALVINGS
from app.engine.sentences import said
from app.engine.survey import Subject, survey
from app.engine.training import Examples

router = APIRouter(tags=["Survey"], route_class=BodyRoute)

# A level of a picture is about 4 bytes on the way, where a double is 20.
_LEVELS_PER_NUMBER: Final = 5
# The diagnosis and the pictures of a small layer: their calls are everything.
_SECONDS_PER_LAYER: Final = 1e-4
_SECONDS_PER_UNIT: Final = 2e-6
# |f′| of a unit for an example, an output that may be an answer, and a number that becomes a level of a picture.
_SECONDS_PER_SLOPE: Final = 4e-9
_SECONDS_PER_ANSWER: Final = 4e-8
_SECONDS_PER_LEVEL: Final = 1.5e-8
_SECONDS_PER_HALVING: Final = 2e-5
_SECONDS_PER_EXAMPLE: Final = 8e-7


@router.post("/survey", response_model=SurveyAnswer, summary="What a network does with all the data")
async def post_survey(
    request: Request, query: Annotated[SurveyQuery, Body(openapi_examples=shown.SURVEY)]
) -> Response:
    """How many it gets right, what it answers where, and whether its units and layers learn.

    The gradients here are those of the loss over all training examples.
    """

    def work() -> Work:
        network = network_of(query.network)
        parameters = parameters_of(network, query.parameters)
        data = data_of(network, query)
        subject = subject_of(query.grid, data, network, objective_of(query), data.test, ("grid",))
        # All examples have at most `limits.NUMBERS` numbers, so their outputs fit into an answer.
        kept = data.examples.targets.size if query.outputs else 0
        seconds = seconds_of_survey(subject) + seconds_of_bounds(subject) + seconds_of_json(2 * kept)
        return Work(seconds, lambda: survey(subject, parameters, keeps_outputs=query.outputs))

    return await answer(request, query, work)


def subject_of(
    grid: GridRequest | None,
    data: Data,
    network: Network,
    objective: Objective,
    test: Examples | None,
    where: Where,
) -> Subject:
    """Return what is to be surveyed; `where` is the field of the grid, should it be too fine for the network."""
    return Subject(
        network,
        objective,
        data.train,
        test,
        data.has_classes,
        _grid_of(grid, data, network, where) if grid else None,
    )


def _grid_of(request: GridRequest, data: Data, network: Network, where: Where) -> responses.Grid | None:
    wide = data.raw.shape[1]
    if wide > 2:
        return None
    numbers = request.resolution**wide * sum(layer.units for layer in network.layers)
    if numbers > limits.GRID_NUMBERS:
        message = said(
            "On this grid the units would answer {numbers} times; {most} is the most. Use a coarser grid.",
            numbers=numbers,
            most=limits.GRID_NUMBERS,
        )
        raise RequestProblem((*where, "resolution"), message, "too_large")
    return responses.grid_over(
        data.raw,
        data.features,
        resolution=request.resolution,
        unit_stride=request.unit_stride,
        x_range=_ends(request.x_range),
        y_range=_ends(request.y_range),
    )


def _ends(ends: Range | None) -> responses.Range | None:
    return None if ends is None else (ends[0], ends[1])


def seconds_of_survey(subject: Subject) -> float:
    """Estimate one survey: a pass there and back over the examples, one over the grid, and its pictures."""
    network, examples = subject.network, subject.train.inputs.shape[0]
    tested = subject.test.inputs.shape[0] if subject.test else 0
    units = sum(layer.units for layer in network.layers)
    seconds: float = seconds_of_gradient(network, examples, subject.objective)
    seconds += seconds_per_pass(network, tested) + seconds_of_rounding(network, examples + tested)
    seconds += _SECONDS_PER_LAYER * len(network.layers) + _SECONDS_PER_UNIT * units
    seconds += _SECONDS_PER_SLOPE * units * examples + _SECONDS_PER_ANSWER * network.outputs * (examples + tested)
    if subject.grid:
        points = subject.grid.inputs.shape[0]
        seconds += (
            seconds_per_pass(network, points) + _SECONDS_PER_LEVEL * points * units / subject.grid.unit_stride
        )
    return seconds + seconds_of_json(numbers_of_survey(subject))


def seconds_of_bounds(subject: Subject) -> float:
    """Estimate the lowest loss there is: of examples with the same inputs, one answer has to serve all."""
    inputs, network, objective = subject.train.inputs, subject.network, subject.objective
    count = int(inputs.shape[0])
    members = np.unique(inputs, axis=0, return_counts=True)[1]
    shared = members[members > 1]
    # Once for each such group, and once for all examples together.
    searches = (count, *map(float, shared))
    halvings = sum(_SECONDS_PER_HALVING + seconds_of_loss(network, objective, 1, one) for one in searches)
    return HALVINGS * halvings + _SECONDS_PER_EXAMPLE * count


def numbers_of_survey(subject: Subject) -> int:
    """Return how many numbers a survey has, its levels counted by the room they take."""
    units = sum(layer.units for layer in subject.network.layers)
    outputs = subject.network.outputs
    measured = 2 * (4 + outputs**2) if subject.has_classes else 8
    numbers = measured + 4 * units + 3 * len(subject.network.layers) + 8
    grid = subject.grid
    if grid is None:
        return numbers
    if grid.y is None:
        numbers += grid.x.size * outputs
    columns, rows = -(-grid.x.size // grid.unit_stride), -(-grid.rows // grid.unit_stride)
    levels = (units - outputs) * columns * rows + (outputs + 1) * int(grid.inputs.shape[0])
    return numbers + 2 * int(grid.x.size) + 2 * units + levels // _LEVELS_PER_NUMBER
