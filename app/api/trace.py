"""`POST /api/trace`: one gradient step laid open."""

from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Body, Request, Response

from app import limits
from app.api import examples as shown
from app.api.answers import TraceAnswer
from app.api.asked import Asked, asked_of
from app.api.bodies import BodyRoute
from app.api.cost import seconds_of_json, seconds_of_rounding
from app.api.errors import RequestProblem
from app.api.queries import TraceQuery
from app.api.work import Work, answer
from app.engine.flat import place_at
from app.engine.gradient_check import NUDGE, check_gradients
from app.engine.measures import middle_of
from app.engine.network import loss_of
from app.engine.rounding import rounding_of
from app.engine.sentences import said
from app.engine.training import Step
from app.engine.walkthrough import Operation, count_operations, walkthrough

router = APIRouter(tags=["Step"], route_class=BodyRoute)

_SECONDS_PER_OPERATION = 2e-5


@router.post("/trace", response_model=TraceAnswer, summary="One gradient step laid open")
async def post_trace(
    request: Request, query: Annotated[TraceQuery, Body(openapi_examples=shown.TRACE)]
) -> Response:
    """Forward pass, loss, backward pass and update of one batch, every number of each."""

    def work() -> Work:
        asked = asked_of(query)
        numbers = _numbers(asked)
        if numbers > limits.TRACE_NUMBERS:
            message = said(
                "The answer would have {numbers} numbers; {most} is the most. Use fewer examples.",
                numbers=numbers,
                most=limits.TRACE_NUMBERS,
            )
            raise RequestProblem(("data",), message, "too_large")
        seconds = asked.seconds + asked.seconds_of_loss + _seconds_of_answer(asked, numbers)
        if query.example is not None:
            operations = count_operations(asked.network, len(asked.made.features) if asked.made else 0)
            if operations > limits.OPERATIONS:
                message = said(
                    "A walk through this network has up to {operations} operations; {most} is the most.",
                    operations=operations,
                    most=limits.OPERATIONS,
                )
                raise RequestProblem(("example",), message, "too_large")
            seconds += operations * _SECONDS_PER_OPERATION
        if query.check:
            seconds += (2 * asked.network.parameter_count + 1) * asked.seconds_of_loss + asked.seconds_of_comparison
        return Work(seconds, lambda: _trace(query, asked))

    return await answer(request, query, work)


def _seconds_of_answer(asked: Asked, numbers: int) -> float:
    """Estimate the rounding of every number, which of them are undecided, and the JSON of all."""
    return seconds_of_rounding(asked.network, asked.count) + seconds_of_json(numbers)


def _numbers(asked: Asked) -> int:
    """Return how many numbers the answer has."""
    units = sum(layer.units for layer in asked.network.layers)
    wide = asked.network.inputs + asked.network.outputs
    return asked.count * (wide + 5 * units) + 4 * asked.network.parameter_count


def _trace(query: TraceQuery, asked: Asked) -> dict[str, Any]:
    step = asked.take()
    batch = asked.batch
    with np.errstate(all="ignore"):
        updated_loss = loss_of(asked.network, step.after.parameters, batch.inputs, batch.targets, asked.objective)
    return {
        "indices": asked.indices,
        "raw_inputs": asked.made.raw if asked.made else None,
        "inputs": batch.inputs,
        "targets": batch.targets,
        "loss": step.loss.loss,
        "data_loss": step.loss.data_loss,
        "penalty": step.loss.penalty,
        "example_losses": step.loss.examples,
        "layers": _layers(asked, step),
        "updated_parameters": step.after.parameters,
        "optimizer_state": step.after.optimizer_state,
        "updated_loss": updated_loss,
        "operations": _operations(query, asked, step),
        "gradient_check": _gradient_check(asked, step) if query.check else None,
    }


def _layers(asked: Asked, step: Step) -> list[dict[str, Any]]:
    rounding = rounding_of(asked.network, asked.state.parameters, step.passed)
    middle = middle_of(asked.objective.loss)
    return [
        {
            "z": passed.z,
            "a": passed.a,
            "derivative": back.derivative,
            "da": back.da,
            "delta": back.delta,
            "dW": back.dW,
            "db": back.db,
            "undecided": np.argwhere(np.abs(passed.a - middle) <= off).tolist(),
        }
        for passed, back, off in zip(step.passed, step.came_back, rounding, strict=True)
    ]


def _operations(query: TraceQuery, asked: Asked, step: Step) -> list[dict[str, Any]] | None:
    if query.example is None:
        return None
    with np.errstate(all="ignore"):
        found = walkthrough(
            asked.network, asked.objective, asked.optimizer, step, asked.batch.targets, query.example, asked.made
        )
    return [_operation(operation) for operation in found]


def _operation(operation: Operation) -> dict[str, Any]:
    fields = {name: getattr(operation, name) for name in Operation.__slots__}
    if operation.rest is not None:
        fields["rest"] = {"count": operation.rest[0], "contribution": operation.rest[1]}
    return fields


def _gradient_check(asked: Asked, step: Step) -> dict[str, Any]:
    with np.errstate(all="ignore"):
        check = check_gradients(asked.network, asked.state.parameters, asked.batch, asked.objective, step.came_back)
    layer, unit, source = place_at(asked.network, check.worst_place)
    return {
        "numerical": check.numerical,
        "relative_errors": check.relative_errors,
        "worst": check.worst,
        "worst_place": {"layer": layer, "unit": unit, "input": "bias" if source is None else source},
        "comparison": check.comparison,
        "nudge": NUDGE,
    }
