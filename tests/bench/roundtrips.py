"""What a request costs over loopback, beside the engine's own time for the same work in this process."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from app.api.experiments import (
    data_of,
    first_parameters,
    fitting_examples,
    network_of,
    objective_of,
    optimizer_of,
    parameters_of,
)
from app.api.presets import PRESETS
from app.api.queries import SurveyQuery, TraceQuery, TrainQuery
from app.api.requests import InitializerRequest
from app.api.survey import subject_of
from app.engine.fast_training import train
from app.engine.survey import survey
from app.engine.training import Plan, Task, first_state, take_step
from tests.bench.measure import Row, side_by_side
from tests.running_server import RunningServer

REQUESTS = 200


def rows(*, repeats: int, share: float) -> list[Row]:
    """Start the real server and time both ways of each request."""
    count = max(2, round(REQUESTS * share))
    with tempfile.TemporaryDirectory() as folder:
        server = RunningServer(Path(folder) / "log")
        try:
            with httpx.Client(base_url=server.url, timeout=60) as client:
                return [_row(client, *case, count=count, repeats=repeats) for case in _cases()]
        finally:
            server.stop()


def _row(
    client: httpx.Client,
    name: str,
    path: str,
    body: dict[str, Any],
    alone: Callable[[], object],
    *,
    count: int,
    repeats: int,
) -> Row:
    answer = client.post(path, json=body)
    answer.raise_for_status()

    def compute(_repeat: int) -> None:
        for _ in range(count):
            alone()

    def ask(_repeat: int) -> None:
        for _ in range(count):
            client.post(path, json=body)

    return side_by_side(
        f"{name}, {len(answer.content) / 1000:.1f} kB",
        {"engine alone": compute, "round trip": ask},
        count=count,
        repeats=repeats,
    )


def _cases() -> list[tuple[str, str, dict[str, Any], Callable[[], object]]]:
    return [
        ("trace, worked example", "/api/trace", *_trace("worked", {})),
        ("trace, worked, operations", "/api/trace", *_trace("worked", {"example": 0})),
        ("trace, moons 120, operations", "/api/trace", *_trace("moons", {"example": 0})),
        ("train, XOR, 1 step", "/api/train", *_train("xor", 1)),
        ("train, XOR, 20 steps", "/api/train", *_train("xor", 20)),
        ("train, moons, 200 steps", "/api/train", *_train("moons", 200)),
        ("survey, spiral 200, 40 × 40", "/api/survey", *_survey("spiral")),
    ]


def _trace(preset: str, more: dict[str, Any]) -> tuple[dict[str, Any], Callable[[], object]]:
    experiment = dict(PRESETS[preset].experiment)
    network = network_of(TraceQuery.model_validate(_with_parameters(experiment)).network)
    body = _with_parameters(experiment) | more
    query = TraceQuery.model_validate(body)
    parameters = parameters_of(network, query.parameters)
    examples = fitting_examples(network, query.data, query.loss)
    optimizer = optimizer_of(query.optimizer)
    start = first_state(parameters, optimizer.name)
    return body, lambda: take_step(network, examples, objective_of(query), optimizer, start)


def _with_parameters(experiment: dict[str, Any]) -> dict[str, Any]:
    """An experiment as a trace takes it: with its first weights instead of the way to choose them."""
    body = {key: value for key, value in experiment.items() if key != "initializer"}
    if "parameters" not in body:
        query = TrainQuery.model_validate({**experiment, "steps": 0})
        chosen = query.initializer or InitializerRequest(name="xavier_uniform")
        body["parameters"] = [
            {"weights": own.weights.tolist(), "biases": own.biases.tolist()}
            for own in first_parameters(network_of(query.network), chosen)
        ]
    return body


def _survey(preset: str) -> tuple[dict[str, Any], Callable[[], object]]:
    experiment = _with_parameters(dict(PRESETS[preset].experiment))
    body = {name: experiment[name] for name in ("network", "parameters", "data", "loss")} | {"grid": {}}
    query = SurveyQuery.model_validate(body)
    network = network_of(query.network)
    data = data_of(network, query)
    subject = subject_of(query.grid, data, network, objective_of(query), data.test, ("grid",))
    parameters = parameters_of(network, query.parameters)
    return body, lambda: survey(subject, parameters)


def _train(preset: str, steps: int) -> tuple[dict[str, Any], Callable[[], object]]:
    body = {**PRESETS[preset].experiment, "steps": steps}
    query = TrainQuery.model_validate(body)
    network = network_of(query.network)
    optimizer = optimizer_of(query.optimizer)
    task = Task(network, fitting_examples(network, query.data, query.loss), objective_of(query), optimizer)
    assert query.initializer is not None
    start = first_state(first_parameters(network, query.initializer), optimizer.name)
    return body, lambda: train(task, start, Plan(steps))
