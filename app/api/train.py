"""`POST /api/train`: gradient steps from a state, to the same bits however a run is split."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response

from app import limits
from app.api import examples as shown
from app.api.answers import TrainAnswer
from app.api.bodies import BodyRoute
from app.api.cost import seconds_of_batch_loss, seconds_of_json, seconds_per_update
from app.api.errors import RequestProblem
from app.api.experiments import (
    Data,
    batching_of,
    data_of,
    first_parameters,
    fitting_examples,
    network_of,
    objective_of,
    optimizer_of,
    optimizer_state_of,
    parameters_of,
)
from app.api.queries import RatesQuery, TrainQuery
from app.api.requests import InitializerRequest
from app.api.survey import numbers_of_survey, seconds_of_bounds, seconds_of_survey, subject_of
from app.api.work import Work, answer
from app.engine.fast_training import train
from app.engine.network import Network
from app.engine.optimizers import OPTIMIZERS
from app.engine.sentences import said
from app.engine.survey import Subject, survey
from app.engine.training import Change, Frame, Plan, Run, State, Task, first_state

router = APIRouter(tags=["Train"], route_class=BodyRoute)


@router.post("/train", response_model=TrainAnswer, summary="Steps of gradient descent from a state")
async def post_train(
    request: Request, query: Annotated[TrainQuery, Body(openapi_examples=shown.TRAIN)]
) -> Response:
    """Send the `state` of an answer to go on from it; the log of `changes` goes along whole."""

    def work() -> Work:
        network = network_of(query.network)
        data = data_of(network, query)
        task = _task(query, network, data)
        subject = None
        if query.survey is not None:
            subject = subject_of(
                query.survey.grid, data, task.network, task.objective, task.test, ("survey", "grid")
            )
        start = start_of(query, task)
        changes = tuple(Change(change.at_step, change.learning_rate) for change in query.changes)
        plan = Plan(query.steps, changes, query.record_every, query.target_loss)
        return Work(_seconds(task, plan, subject), lambda: _run(train(task, start, plan), subject))

    return await answer(request, query, work)


def _task(query: TrainQuery, network: Network, data: Data) -> Task:
    test = data.test
    if query.test is not None:
        if test is not None:
            message = said('Give "test" or "test_fraction", not both.')
            raise RequestProblem(("test_fraction",), message)
        test = fitting_examples(network, query.test, query.loss, ("test",))
    return Task(
        network, data.train, objective_of(query), optimizer_of(query.optimizer), batching_of(query.batch), test
    )


def start_of(query: TrainQuery | RatesQuery, task: Task) -> State:
    """Return the state that a run begins at: the one given, or the first weights."""
    network, optimizer = task.network, task.optimizer.name
    if query.state is None:
        chosen = query.initializer or InitializerRequest(name="xavier_uniform")
        return first_state(first_parameters(network, chosen), optimizer)
    parameters = parameters_of(network, query.state.parameters, ("state", "parameters"))
    memory = optimizer_state_of(
        network, optimizer, parameters, query.state.optimizer_state, ("state", "optimizer_state")
    )
    return State(query.state.step, parameters, memory)


def _seconds(task: Task, plan: Plan, subject: Subject | None) -> float:
    """Estimate the run, frames and their surveys included; refuse frames that would not fit into an answer."""
    count = task.examples.inputs.shape[0]
    steps = plan.steps * seconds_per_update(task)
    written = seconds_of_json(3 * plan.steps + _state_numbers(task.network, task.optimizer.name))
    if plan.record_every is None:
        return steps + written
    frames = plan.steps // plan.record_every + 2
    surveyed = numbers_of_survey(subject) if subject else 0
    numbers = frames * (_state_numbers(task.network, task.optimizer.name) + surveyed)
    if numbers > limits.FRAME_NUMBERS:
        message = said(
            "These frames would hold {numbers} numbers; {most} is the most. "
            "Record less often or ask for fewer steps.",
            numbers=numbers,
            most=limits.FRAME_NUMBERS,
        )
        raise RequestProblem(("record_every",), message, "too_large")
    tested = task.test.inputs.shape[0] if task.test else 0
    seconds_per_frame = seconds_of_batch_loss(task.network, count + tested, task.objective)
    if subject:
        seconds_per_frame += seconds_of_survey(subject)
        written += seconds_of_bounds(subject)
    return steps + written + frames * seconds_per_frame + seconds_of_json(numbers)


def _state_numbers(network: Network, optimizer: str) -> int:
    return network.parameter_count * (1 + len(OPTIMIZERS[optimizer].slots))


def _run(run: Run, subject: Subject | None) -> dict[str, Any]:
    return {
        "state": run.state,
        "steps": run.steps,
        "losses": run.losses,
        "learning_rates": run.learning_rates,
        "frames": [_frame(frame, subject) for frame in run.frames],
        "diverged_at": run.diverged_at,
        "stopped": run.stopped,
    }


def _frame(frame: Frame, subject: Subject | None) -> dict[str, Any]:
    return {
        "step": frame.step,
        "loss": frame.loss,
        "test_loss": frame.test_loss,
        "parameters": frame.state.parameters,
        "optimizer_state": frame.state.optimizer_state,
        "survey": survey(subject, frame.state.parameters) if subject else None,
    }
