"""`POST /api/trace` and `POST /api/explain`: one gradient step laid open, and one gradient taken apart."""

from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Body, Request, Response

from app import limits
from app.api import examples as shown
from app.api.answers import ExplainAnswer, TraceAnswer
from app.api.errors import RequestProblem
from app.api.experiments import (
    batching_of,
    fitting_examples,
    network_of,
    objective_of,
    optimizer_of,
    optimizer_state_of,
    parameters_of,
)
from app.api.requests import ExplainQuery, OptimizerRequest, PlaceRequest, TraceQuery
from app.api.wire import json_response, whole
from app.api.work import Desk, seconds_per_step
from app.engine.chain import Chain, Place, chain, listing_cost
from app.engine.flat import place_in_vector
from app.engine.gradient_check import NUDGE, check_gradients, numerical_gradient, relative_error
from app.engine.network import Network, Objective, loss_of
from app.engine.training import Examples, OptimizerChoice, State, Step, batch_of, take_step
from app.engine.walkthrough import Operation, count_operations, walkthrough

router = APIRouter(tags=["Step"])

_SECONDS_PER_PATH = 1e-7
_SECONDS_PER_NUMBER = 5e-8
_SECONDS_PER_OPERATION = 2e-5


class _Asked:
    """A step to be made: everything a trace or an explanation is computed from."""

    def __init__(self, query: TraceQuery | ExplainQuery) -> None:
        self.network: Network = network_of(query.network)
        self.objective: Objective = objective_of(query)
        self.optimizer: OptimizerChoice = optimizer_of(query.optimizer or OptimizerRequest(name="sgd"))
        parameters = parameters_of(self.network, query.parameters)
        memory = optimizer_state_of(self.network, self.optimizer.name, parameters, query.optimizer_state)
        self.state = State(query.step, parameters, memory)
        examples = fitting_examples(self.network, query.data, query.loss)
        self.batch: Examples = batch_of(examples, batching_of(query.batch), query.step)
        self.count = int(self.batch.inputs.shape[0])
        if query.example is not None and query.example >= self.count:
            message = f"The batch has {self.count} examples, numbered from 0; there is no number {query.example}."
            raise RequestProblem(("example",), message)

    @property
    def numbers(self) -> int:
        """How many numbers the answer has."""
        units = sum(layer.units for layer in self.network.layers)
        wide = self.network.inputs + self.network.outputs
        return self.count * (wide + 5 * units) + 4 * self.network.parameter_count

    @property
    def seconds(self) -> float:
        """What the step alone is estimated to take."""
        return seconds_per_step(self.network, self.count)

    def take(self) -> Step:
        """Make the step; numbers that do not fit into a double become null on the wire."""
        with np.errstate(all="ignore"):
            return take_step(self.network, self.batch, self.objective, self.optimizer, self.state)


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


@router.post("/trace", response_model=TraceAnswer, summary="One gradient step laid open")
async def post_trace(
    request: Request, query: Annotated[TraceQuery, Body(openapi_examples=shown.TRACE)]
) -> Response:
    """Forward pass, loss, backward pass and update of one batch, every number of each."""
    asked = _Asked(query)
    if asked.numbers > limits.TRACE_NUMBERS:
        message = (
            f"The answer would have {asked.numbers:,} numbers; {limits.TRACE_NUMBERS:,} is the most. "
            "Use fewer examples."
        )
        raise RequestProblem(("data",), message, "too_large")
    seconds = 3 * asked.seconds + _SECONDS_PER_NUMBER * asked.numbers
    if query.example is not None:
        operations = count_operations(asked.network)
        if operations > limits.OPERATIONS:
            message = (
                f"A walk through this network has up to {operations:,} operations; "
                f"{limits.OPERATIONS:,} is the most."
            )
            raise RequestProblem(("example",), message, "too_large")
        seconds += operations * _SECONDS_PER_OPERATION
    if query.check:
        seconds += 2 * asked.network.parameter_count * asked.seconds
    return await _desk(request).run(seconds, lambda: json_response(_trace(query, asked)))


def _trace(query: TraceQuery, asked: _Asked) -> dict[str, Any]:
    step = asked.take()
    batch = asked.batch
    with np.errstate(all="ignore"):
        updated_loss = loss_of(asked.network, step.after.parameters, batch.inputs, batch.targets, asked.objective)
    return {
        "inputs": batch.inputs,
        "targets": batch.targets,
        "loss": step.loss.loss,
        "data_loss": step.loss.data_loss,
        "penalty": step.loss.penalty,
        "example_losses": step.loss.examples,
        "layers": _layers(step),
        "updated_parameters": step.after.parameters,
        "optimizer_state": step.after.optimizer_state,
        "updated_loss": updated_loss,
        "operations": _operations(query, asked, step),
        "gradient_check": _gradient_check(asked, step) if query.check else None,
    }


def _layers(step: Step) -> list[dict[str, Any]]:
    return [
        {
            "z": passed.z,
            "a": passed.a,
            "derivative": back.derivative,
            "da": back.da,
            "delta": back.delta,
            "dW": back.dW,
            "db": back.db,
        }
        for passed, back in zip(step.passed, step.came_back, strict=True)
    ]


def _operations(query: TraceQuery, asked: _Asked, step: Step) -> list[dict[str, Any]] | None:
    if query.example is None:
        return None
    with np.errstate(all="ignore"):
        found = walkthrough(
            asked.network, asked.objective, asked.optimizer, step, asked.batch.targets, query.example
        )
    return [_operation(operation) for operation in found]


def _operation(operation: Operation) -> dict[str, Any]:
    fields = {name: getattr(operation, name) for name in Operation.__slots__}
    if operation.rest is not None:
        fields["rest"] = {"count": operation.rest[0], "contribution": operation.rest[1]}
    return fields


def _gradient_check(asked: _Asked, step: Step) -> dict[str, Any]:
    with np.errstate(all="ignore"):
        check = check_gradients(asked.network, asked.state.parameters, asked.batch, asked.objective, step.came_back)
    return {
        "numerical": check.numerical,
        "relative_errors": check.relative_errors,
        "worst": check.worst,
        "nudge": NUDGE,
    }


@router.post("/explain", response_model=ExplainAnswer, summary="The chain rule for one parameter")
async def post_explain(
    request: Request, query: Annotated[ExplainQuery, Body(openapi_examples=shown.EXPLAIN)]
) -> Response:
    """The gradient of one parameter as factors, as all its paths to the loss, and by nudging."""
    asked = _Asked(query)
    place = _place_in(asked.network, query.parameter)
    candidates = listing_cost(asked.network, place.layer, asked.count, max(query.max_paths, 1))
    seconds = 4 * asked.seconds + _SECONDS_PER_PATH * candidates + _SECONDS_PER_NUMBER * asked.count
    return await _desk(request).run(seconds, lambda: json_response(_explanation(query, asked, place)))


def _place_in(network: Network, request: PlaceRequest) -> Place:
    """Return the place, if the network has it."""
    place = request.place()
    counts = [("layer", place.layer, len(network.layers))]
    if place.layer < len(network.layers):
        counts.append(("unit", place.unit, network.layers[place.layer].units))
        counts.append(("input", place.input or 0, network.fan_ins[place.layer]))
    for field, number, count in counts:
        if number >= count:
            message = f"There is no {field} {number}: here they are numbered from 0 to {count - 1}."
            raise RequestProblem(("parameter", field), message)
    return place


def _explanation(query: ExplainQuery, asked: _Asked, place: Place) -> dict[str, Any]:
    with np.errstate(all="ignore"):
        step = asked.take()
        found = chain(asked.network, asked.objective, step, place, example=query.example, max_paths=query.max_paths)
        numerical = numerical_gradient(
            asked.network,
            asked.state.parameters,
            asked.batch,
            asked.objective,
            place_in_vector(asked.network, place.layer, place.unit, place.input),
        )
        error = float(relative_error(found.gradient, numerical))
    own = asked.state.parameters[place.layer]
    value = own.biases[place.unit] if place.input is None else own.weights[place.unit, place.input]
    return {
        "value": float(value),
        "loss": step.loss.loss,
        "gradient": found.gradient,
        "penalty_gradient": found.penalty_gradient,
        "numerical_gradient": numerical,
        "relative_error": error,
        "nudge": NUDGE,
        **_chain(found),
    }


def _chain(found: Chain) -> dict[str, Any]:
    counts = found.multiplications
    return {
        "example": found.example,
        "factors": found.factors,
        "example_gradients": found.example_gradients,
        "paths": found.paths,
        "rest": {"count": whole(found.rest_count), "contribution": found.rest_contribution},
        "path_count": whole(found.path_count),
        "multiplications": {
            "paths": whole(counts.paths),
            "nudging": whole(counts.nudging),
            "backpropagation": whole(counts.backpropagation),
        },
    }
