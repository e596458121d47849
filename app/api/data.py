"""`POST /api/parameters` and `POST /api/dataset`: what an experiment starts from."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response

from app.api import examples as shown
from app.api.answers import DatasetAnswer, FirstParameters
from app.api.bodies import BodyRoute
from app.api.cost import seconds_of_json
from app.api.experiments import first_parameters, held_out, named_and_examples, network_of
from app.api.queries import DatasetQuery, ParametersQuery
from app.api.work import Work, answer
from app.engine.datasets import Examples as NamedExamples
from app.engine.datasets import Indices
from app.engine.training import Examples

router = APIRouter(tags=["Start"], route_class=BodyRoute)


@router.post("/parameters", response_model=FirstParameters, summary="First weights and biases")
async def post_parameters(
    request: Request, query: Annotated[ParametersQuery, Body(openapi_examples=shown.PARAMETERS)]
) -> Response:
    """The same network, initializer and seed give the same numbers on every machine."""

    def work() -> Work:
        network = network_of(query.network)
        parameters = first_parameters(network, query.initializer)
        count = network.parameter_count
        return Work(seconds_of_json(count), lambda: {"parameters": parameters, "count": count})

    return await answer(request, query, work)


@router.post("/dataset", response_model=DatasetAnswer, summary="The examples of a data set")
async def post_dataset(
    request: Request, query: Annotated[DatasetQuery, Body(openapi_examples=shown.DATASET)]
) -> Response:
    """Inputs and targets, the targets in the form the loss compares with."""

    def work() -> Work:
        examples, named = named_and_examples(query.data, query.loss)
        train, test = held_out(examples, query.test_fraction, query.data.seed)
        numbers = examples.inputs.size + examples.targets.size + train.size + test.size
        if named and named.row.image_side and not query.data.noise:
            # Without noise most pixels of a picture are paper, or have one digit or two.
            numbers //= 4
        return Work(seconds_of_json(numbers), lambda: _dataset(query, examples, named, train, test))

    return await answer(request, query, work)


def _dataset(
    query: DatasetQuery, examples: Examples, named: NamedExamples | None, train: Indices, test: Indices
) -> dict[str, Any]:
    side = named.row.image_side if named else None
    return {
        "inputs": examples.inputs,
        "targets": examples.targets,
        "task": named.row.task if named else None,
        "classes": named.classes if named else None,
        "image_side": side(named.settings) if named and side else None,
        "feature_names": query.data.features,
        "train_indices": train,
        "test_indices": test,
    }
