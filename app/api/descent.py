"""`POST /api/surface` and `/api/descent`: surfaces to walk down, and walks on them, without a network."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Body, Request, Response

from app.api import examples as shown
from app.api.bodies import BodyRoute
from app.api.cost import seconds_of_descent, seconds_of_surface
from app.api.errors import RequestProblem
from app.api.experiments import optimizer_of
from app.api.landscape_answers import DescentAnswer, SurfaceGridAnswer
from app.api.queries import DescentQuery, SurfaceQuery
from app.api.rates import verdicts
from app.api.work import Work, answer
from app.engine.arrays import Array
from app.engine.descent import critical_learning_rate, descend
from app.engine.fast_landscape import grid_of
from app.engine.rates import STEPS, look_down
from app.engine.sentences import counted, said
from app.engine.surfaces import SURFACES

router = APIRouter(tags=["Race"], route_class=BodyRoute)


@router.post("/surface", response_model=SurfaceGridAnswer, summary="A surface's values on a grid")
async def post_surface(
    request: Request, query: Annotated[SurfaceQuery, Body(openapi_examples=shown.SURFACE)]
) -> Response:
    """The surfaces of the catalog, of one or two variables."""

    def work() -> Work:
        surface = SURFACES[query.surface]
        if surface.y_range is None and query.y_range is not None:
            raise RequestProblem(
                ("y_range",), said('"{name}" has one variable and so no y_range.', name=surface.name)
            )

        def compute() -> dict[str, Any]:
            x = _axis(query.x_range or surface.x_range, query.resolution)
            y = None if surface.y_range is None else _axis(query.y_range or surface.y_range, query.resolution)
            with np.errstate(all="ignore"):
                return {"x": x, "y": y, "values": surface.function(grid_of(x, y)).reshape(-1, x.size)}

        points = query.resolution**surface.variables
        return Work(seconds_of_surface(surface.name, points), compute)

    return await answer(request, query, work)


def _axis(ends: Sequence[float], points: int) -> Array:
    low, high = ends
    axis: Array = np.linspace(low, high, points)
    return axis


@router.post("/descent", response_model=DescentAnswer, summary="Gradient descent on a surface, several at once")
async def post_descent(
    request: Request, query: Annotated[DescentQuery, Body(openapi_examples=shown.DESCENT)]
) -> Response:
    """All runs start at one place; each is told by its outcome.

    Converged: the gradient is a thousandth of that at the start. Oscillating: it goes back and forth. Diverged: it
    left everything far behind. Else it is slow. `rates` says of each run what other learning rates would do in the
    first 20 steps, as `/api/rates` does of a network.
    """

    def work() -> Work:
        surface = SURFACES[query.surface]
        if len(query.start) != surface.variables:
            message = counted(
                'A start on "{name}" is {count} number, but there are {given}.',
                'A start on "{name}" is {count} numbers, but there are {given}.',
                surface.variables,
                name=surface.name,
                given=len(query.start),
            )
            raise RequestProblem(("start",), message, "shape")

        def compute() -> dict[str, Any]:
            optimizers = [optimizer_of(run) for run in query.runs]
            walks = [descend(surface, query.start, optimizer, query.steps) for optimizer in optimizers]
            judged = [verdicts(look_down(surface, query.start, optimizer), STEPS) for optimizer in optimizers]
            limit, at = critical_learning_rate(surface, query.start)
            return {
                "surface": surface.name,
                "runs": [
                    {**{field.name: getattr(walk, field.name) for field in fields(walk)}, "rates": rates}
                    for walk, rates in zip(walks, judged, strict=True)
                ],
                "critical_learning_rate": limit,
                "critical_at": at,
            }

        seconds = sum(seconds_of_descent(surface.name, run.name, query.steps) for run in query.runs)
        return Work(seconds, compute)

    return await answer(request, query, work)
