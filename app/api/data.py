"""`POST /api/parameters` and `POST /api/dataset`: what an experiment starts from."""

from typing import Annotated

from fastapi import APIRouter, Body, Response

from app.api import examples as shown
from app.api.answers import DatasetAnswer, FirstParameters
from app.api.bodies import BodyRoute
from app.api.experiments import examples_of, first_parameters, held_out, named_examples, network_of
from app.api.queries import DatasetQuery, ParametersQuery
from app.api.wire import json_response

router = APIRouter(tags=["Start"], route_class=BodyRoute)


@router.post("/parameters", response_model=FirstParameters, summary="First weights and biases")
async def post_parameters(
    query: Annotated[ParametersQuery, Body(openapi_examples=shown.PARAMETERS)],
) -> Response:
    """The same network, initializer and seed give the same numbers on every machine."""
    network = network_of(query.network)
    parameters = first_parameters(network, query.initializer)
    return json_response({"parameters": parameters, "count": network.parameter_count})


@router.post("/dataset", response_model=DatasetAnswer, summary="The examples of a data set")
async def post_dataset(query: Annotated[DatasetQuery, Body(openapi_examples=shown.DATASET)]) -> Response:
    """Inputs and targets, the targets in the form the loss compares with."""
    examples = examples_of(query.data, query.loss)
    train, test = held_out(examples, query.test_fraction, query.data.seed)
    named = named_examples(query.data) if query.data.dataset else None
    side = named.row.image_side if named else None
    return json_response(
        {
            "inputs": examples.inputs,
            "targets": examples.targets,
            "task": named.row.task if named else None,
            "classes": named.classes if named else None,
            "image_side": side(named.settings) if named and side else None,
            "feature_names": query.data.features,
            "train_indices": train,
            "test_indices": test,
        }
    )
