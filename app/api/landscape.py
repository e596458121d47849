"""`POST /api/landscape`: the loss over a line or a plane of parameters, and a path seen from it."""

from collections.abc import Sequence
from typing import Annotated, Any, Final

import numpy as np
from fastapi import APIRouter, Body, Request, Response

from app.api import examples as shown
from app.api.asked import batch_examples
from app.api.bodies import BodyRoute
from app.api.cost import seconds_of_batch_loss, seconds_of_json, seconds_of_losses, seconds_of_slopes
from app.api.errors import RequestProblem
from app.api.experiments import network_of, objective_of, parameters_of, path_of, place_of
from app.api.landscape_answers import LandscapeAnswer
from app.api.queries import LandscapeQuery
from app.api.requests import LinePlane, PathPlane, RandomPlane, Range
from app.api.work import Work, answer
from app.engine import landscape
from app.engine.arrays import Array
from app.engine.fast_landscape import grid_of, losses_at, slopes_at
from app.engine.flat import unflatten
from app.engine.landscape import Landscape, Path, Plane
from app.engine.network import Network, Parameters

router = APIRouter(tags=["Landscape"], route_class=BodyRoute)

# What every plane of drawn directions or of a path takes, a number that is drawn, and a group of weights that is
# given a length.
_SECONDS_PER_PLANE: Final = 3e-4
_SECONDS_PER_DRAW: Final = 1e-6
_SECONDS_PER_GROUP: Final = 9e-5
# A moment of a path, and a number of it.
_SECONDS_PER_MOMENT: Final = 5e-5
_SECONDS_PER_PLACE: Final = 8e-8
# Of a singular value decomposition: a number of the matrix, times its smaller side.
_SECONDS_PER_SQUARE: Final = 2.5e-9


@router.post("/landscape", response_model=LandscapeAnswer, summary="The loss over a plane of parameters")
async def post_landscape(
    request: Request, query: Annotated[LandscapeQuery, Body(openapi_examples=shown.LANDSCAPE)]
) -> Response:
    """Every point is the real network's loss; a `path` lies off the plane, and it is said how far."""

    def work() -> Work:
        network = network_of(query.network)
        parameters = parameters_of(network, query.parameters)
        examples = batch_examples(network, query)
        path = path_of(network, query.path)
        places = _places(query, network)
        points = query.resolution ** (len(places) or 2)
        count, objective = examples.inputs.shape[0], objective_of(query)
        first = min((layer for layer, _, _ in places), default=0)
        seconds = seconds_of_losses(network, count, points + len(path), objective, first)
        seconds += len(path) * seconds_of_batch_loss(network, count, objective)
        if query.gradients:
            sloped = (-(-query.resolution // query.gradient_stride)) ** (len(places) or 2)
            seconds += seconds_of_slopes(network, count, sloped, objective, len(places) or 2, first)
        numbers = points * (1 + 2 * query.gradients / query.gradient_stride**2)
        numbers += 0 if places else 2 * network.parameter_count  # its directions are told
        seconds += seconds_of_json(numbers) + _seconds_of_plane(query, network, len(path))

        def compute() -> dict[str, Any]:
            with np.errstate(all="ignore"):
                plane = _plane(query, network, parameters, path, places)
            return _answer(query, Landscape(network, objective, examples, plane), path)

        return Work(seconds, compute)

    return await answer(request, query, work)


def _places(query: LandscapeQuery, network: Network) -> list[tuple[int, int, int | None]]:
    """Return the one or two parameters of the plane; none where it is made of other directions."""
    asked = query.plane
    if not isinstance(asked, LinePlane):
        return []
    places = [place_of(network, asked.x, ("plane", "x"))]
    if asked.y is not None:
        places.append(place_of(network, asked.y, ("plane", "y")))
    return [(place.layer, place.unit, place.input) for place in places]


def _seconds_of_plane(query: LandscapeQuery, network: Network, moments: int) -> float:
    """Estimate what it takes to find the directions: to draw them, or to take a path apart."""
    numbers = network.parameter_count
    if isinstance(query.plane, RandomPlane):
        is_by_unit = query.plane.normalization == "filter"
        groups = sum(layer.units for layer in network.layers) if is_by_unit else len(network.layers)
        return _SECONDS_PER_PLANE + groups * _SECONDS_PER_GROUP + 2 * numbers * _SECONDS_PER_DRAW
    if isinstance(query.plane, PathPlane):
        # Random walks as long are looked at once only: what is known of them is kept.
        seen = moments * (_SECONDS_PER_MOMENT + numbers * _SECONDS_PER_PLACE)
        return _SECONDS_PER_PLANE + seen + moments * numbers * min(moments, numbers) * _SECONDS_PER_SQUARE
    return 0.0


def _plane(
    query: LandscapeQuery,
    network: Network,
    parameters: Parameters,
    path: Sequence[Parameters],
    places: Sequence[tuple[int, int, int | None]],
) -> Plane:
    """Return the plane that is asked for."""
    asked = query.plane
    if isinstance(asked, RandomPlane):
        return landscape.random_plane(network, parameters, asked.seed, asked.normalization)
    try:
        if isinstance(asked, PathPlane):
            return landscape.plane_of_path(network, parameters, path)
        return landscape.plane_of_parameters(network, parameters, places)
    except ValueError as error:
        raise RequestProblem(("path",) if isinstance(asked, PathPlane) else ("plane", "y"), error.args[0]) from None


def _answer(query: LandscapeQuery, seen: Landscape, path: Sequence[Parameters]) -> dict[str, Any]:
    with np.errstate(all="ignore"):
        walked = landscape.seen_from(seen, path) if path else None
        axes = [_axis(query, seen.plane, walked, number) for number in range(len(seen.plane.directions))]
        x, y = axes[0], axes[1] if len(axes) > 1 else None
        losses = losses_at(seen, grid_of(x, y)).reshape(-1, x.size)
        centre = losses_at(seen, np.array([seen.plane.centre]))
        return {
            "x": x,
            "y": y,
            "loss": losses,
            "centre": {**_coordinates(seen.plane.centre), "loss": float(centre[0])},
            "path": _path(seen, walked) if walked else None,
            "explained_variance": seen.plane.shares,
            "random_walk_variance": seen.plane.random_walk_shares,
            "directions": _directions(query, seen),
            "moving": dict(
                zip(("weights", "biases"), landscape.moving_numbers(seen.network, seen.plane), strict=True)
            ),
            "gradients": _gradients(seen, x, y, query.gradient_stride) if query.gradients else None,
        }


def _axis(query: LandscapeQuery, plane: Plane, walked: Path | None, number: int) -> Array:
    """Return the grid's coordinates along a direction, as asked or so that the path is on it."""
    asked, centre = query.plane, plane.centre[number]
    others = walked.coordinates[:, number] if walked else np.empty(0)
    if isinstance(asked, RandomPlane):
        low, high = -asked.radius, asked.radius
    else:
        given: Range | None = (asked.x_range, asked.y_range)[number]
        if given is not None:
            low, high = given
        elif isinstance(asked, LinePlane):
            low, high = landscape.range_of_parameter(centre, others)
        else:
            low, high = landscape.range_about(centre, others)
    axis: Array = np.linspace(low, high, query.resolution)
    return axis


def _coordinates(point: Sequence[float]) -> dict[str, float | None]:
    return {"x": point[0], "y": point[1] if len(point) > 1 else None}


def _path(seen: Landscape, walked: Path) -> dict[str, Any]:
    along = walked.coordinates
    return {
        "x": along[:, 0],
        "y": along[:, 1] if along.shape[1] > 1 else None,
        "loss": walked.losses,
        "slice_loss": losses_at(seen, along),
        "distance": walked.distances,
    }


def _directions(query: LandscapeQuery, seen: Landscape) -> list[Parameters] | None:
    if isinstance(query.plane, LinePlane):
        return None
    return [unflatten(direction, seen.network) for direction in seen.plane.directions]


def _gradients(seen: Landscape, x: Array, y: Array | None, stride: int) -> dict[str, Any]:
    x, y = x[::stride], None if y is None else y[::stride]
    slopes = slopes_at(seen, grid_of(x, y)).slopes.reshape(len(seen.plane.directions), -1, x.size)
    return {"x": x, "y": y, "dx": slopes[0], "dy": slopes[1] if y is not None else None}
