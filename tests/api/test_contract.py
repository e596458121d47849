"""The paths and field names that are promised, and that every answer is as its model says."""

import json
import re
import struct
from typing import Any

import pytest
from pydantic import BaseModel

from app import lessons_api, pass_api
from app.api import answers, catalog_answers, examples, expression, landscape_answers, presets, sabotage, symmetry
from app.limits import CATALOG
from tests.api.conftest import Client
from tests.filled import filled

MODELS: dict[str, type[BaseModel]] = {
    "/api/catalog": catalog_answers.CatalogAnswer,
    "/api/parameters": answers.FirstParameters,
    "/api/dataset": answers.DatasetAnswer,
    "/api/trace": answers.TraceAnswer,
    "/api/explain": answers.ExplainAnswer,
    "/api/survey": answers.SurveyAnswer,
    "/api/train": answers.TrainAnswer,
    "/api/landscape": landscape_answers.LandscapeAnswer,
    "/api/curvature": landscape_answers.CurvatureAnswer,
    "/api/step-sizes": landscape_answers.StepSizesAnswer,
    "/api/rates": landscape_answers.RatesAnswer,
    "/api/slope": landscape_answers.SlopeAnswer,
    "/api/surface": landscape_answers.SurfaceGridAnswer,
    "/api/descent": landscape_answers.DescentAnswer,
    "/api/expression": expression.ExpressionAnswer,
    "/api/detector": lessons_api.DetectorAnswer,
    "/api/tangent": lessons_api.TangentAnswer,
    "/api/question": lessons_api.QuestionAnswer,
    "/api/answer": lessons_api.VerdictAnswer,
    "/api/symmetry": symmetry.SymmetryAnswer,
    "/api/sabotage": sabotage.SabotageAnswer,
    "/api/sabotage/verdict": sabotage.SabotageVerdictAnswer,
    "/api/pass": pass_api.PassAnswer,
    "/api/pass/answer": pass_api.PassVerdict,
    "/healthz": answers.HealthAnswer,
}
EXAMPLES = [
    pytest.param(path, example["value"], id=f"{path.removeprefix('/api/')}-{name}")
    for path, of_path in (
        ("/api/parameters", examples.PARAMETERS),
        ("/api/dataset", examples.DATASET),
        ("/api/trace", examples.TRACE),
        ("/api/explain", examples.EXPLAIN),
        ("/api/survey", examples.SURVEY),
        ("/api/train", examples.TRAIN),
        ("/api/landscape", examples.LANDSCAPE),
        ("/api/curvature", examples.CURVATURE),
        ("/api/step-sizes", examples.STEP_SIZES),
        ("/api/rates", examples.RATES),
        ("/api/slope", examples.SLOPE),
        ("/api/surface", examples.SURFACE),
        ("/api/descent", examples.DESCENT),
        ("/api/expression", expression.EXAMPLES),
        *lessons_api.EXAMPLES.items(),
        *symmetry.EXAMPLES.items(),
        *sabotage.EXAMPLES.items(),
        *pass_api.EXAMPLES.items(),
    )
    for name, example in of_path.items()
]

WORKED = examples.TRACE["worked"]["value"]
HIDDEN = examples.EXPLAIN["hidden"]["value"]
XOR = examples.TRAIN["xor"]["value"]
MOONS = {**presets.PRESETS["moons"].experiment, "steps": 30}
SPIRAL = {
    "network": {
        "inputs": 3,
        "layers": [{"units": 5, "activation": "relu"}, {"units": 3, "activation": "softmax"}],
    },
    "data": {"dataset": "spiral", "samples": 45, "arms": 3, "features": ["x1", "x2", "sin(x1)"]},
    "loss": "cross_entropy",
    "optimizer": {"name": "adam", "learning_rate": 0.02},
    "batch": {"size": 10, "shuffle": True, "seed": 4},
    "initializer": {"name": "he_normal", "seed": 5},
    "steps": 12,
    "l1": 0.001,
    "l2": 0.01,
    "reduction": "sum",
}
TOO_FAST = examples.TRAIN["diverges"]["value"]


def checked(client: Client, path: str, body: Any = None) -> Any:
    """Return an answer after holding its text, strictly, to the model it is documented with."""
    answer = client.get(path) if body is None else client.post(path, body)
    assert answer.status_code == 200, answer.text[:1000]
    MODELS[path].model_validate_json(answer.text, strict=True)
    assert not re.search(r"\b(NaN|Infinity)\b", answer.text)
    return answer.json()


def stepped(client: Client, experiment: Any, **more: Any) -> dict[str, Any]:
    """Return the body of a trace of an experiment's first parameters."""
    start = client.ok("/api/train", {**experiment, "steps": 0})["state"]
    fields = ("network", "data", "loss", "optimizer", "batch", "l1", "l2", "reduction")
    kept = {name: experiment[name] for name in fields if name in experiment}
    return {**kept, "parameters": start["parameters"], **more}


@pytest.mark.parametrize(("path", "body"), EXAMPLES)
def test_every_example_of_the_page_is_answered_as_its_model_says(client: Client, path: str, body: Any) -> None:
    checked(client, path, body)


@pytest.mark.parametrize("path", ["/api/catalog", "/healthz"])
def test_what_takes_no_body_is_answered_as_its_model_says(client: Client, path: str) -> None:
    checked(client, path)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"features": ["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"]},
        {"noise": 0.2, "seed": 2**53 - 1},
    ],
    ids=str,
)
@pytest.mark.parametrize("fraction", [0.0, 0.25, 0.99])
def test_a_dataset_is_answered_as_its_model_says(client: Client, more: dict[str, Any], fraction: float) -> None:
    body = {"data": {"dataset": "circles", "samples": 20, **more}, "test_fraction": fraction}
    answer = checked(client, "/api/dataset", body)
    assert sorted(answer["train_indices"] + answer["test_indices"]) == list(range(20))
    assert len(answer["inputs"][0]) == len(more.get("features", "12"))
    assert answer["task"] == "classification"


@pytest.mark.parametrize("more", [{}, {"check": True, "example": 3}, {"step": 7, "example": 0}], ids=str)
@pytest.mark.parametrize("experiment", [MOONS, SPIRAL], ids=["moons", "spiral"])
def test_a_trace_is_answered_as_its_model_says(client: Client, experiment: Any, more: dict[str, Any]) -> None:
    answer = checked(client, "/api/trace", stepped(client, experiment, **more))
    size = experiment["batch"]["size"] or 120
    assert len(answer["inputs"]) == len(answer["targets"]) == len(answer["example_losses"]) in {size, 45 % size}
    assert (answer["gradient_check"] is not None) == ("check" in more)
    assert (answer["operations"] is not None) == ("example" in more)


@pytest.mark.parametrize("place", [{"layer": 0, "unit": 1, "input": 0}, {"layer": 1, "unit": 2, "input": "bias"}])
@pytest.mark.parametrize("most", [0, 1, 1000])
def test_an_explanation_is_answered_as_its_model_says(client: Client, place: Any, most: int) -> None:
    body = stepped(client, SPIRAL, parameter=place, max_paths=most, example=2)
    answer = checked(client, "/api/explain", body)
    assert len(answer["paths"]) == min(most, answer["path_count"])
    assert answer["rest"]["count"] == answer["path_count"] - len(answer["paths"])


@pytest.mark.parametrize(
    "more",
    [
        {"record_every": 5},
        {"record_every": 5, "test_fraction": 0.2},
        {"record_every": 7, "test": {"dataset": "moons", "samples": 9, "seed": 3}},
        {"target_loss": 0.5},
        {"steps": 0, "record_every": 1},
        {"changes": [{"at_step": 3, "learning_rate": 0.0}]},
    ],
    ids=str,
)
def test_a_run_is_answered_as_its_model_says(client: Client, more: dict[str, Any]) -> None:
    answer = checked(client, "/api/train", {**MOONS, **more})
    assert len(answer["steps"]) == len(answer["losses"]) == len(answer["learning_rates"])
    if "record_every" in more:
        kept = [frame["step"] for frame in answer["frames"]]
        wanted = set(range(0, answer["state"]["step"] + 1, more["record_every"])) | {answer["state"]["step"]}
        assert kept == sorted(wanted)
        tested = bool(more.get("test") or more.get("test_fraction"))
        assert all((frame["test_loss"] is not None) == tested for frame in answer["frames"])
    else:
        assert answer["frames"] == []


def test_a_run_that_diverges_is_answered_as_its_model_says(client: Client) -> None:
    answer = checked(client, "/api/train", {**TOO_FAST, "record_every": 10})
    assert answer["stopped"] == "diverged"
    assert answer["diverged_at"] == answer["steps"][-1] == answer["state"]["step"]


def names(value: Any) -> set[str]:
    return set(value)


def test_the_names_that_are_promised_are_there(client: Client) -> None:
    catalog = client.ok("/api/catalog")
    tables = {"activations", "losses", "optimizers", "initializers", "datasets", "presets", "health", "limits"}
    assert tables <= names(catalog)
    assert catalog["limits"] == CATALOG

    parameters = client.ok("/api/parameters", examples.PARAMETERS["xor"]["value"])
    assert names(parameters) >= {"parameters", "count"}
    assert [names(layer) for layer in parameters["parameters"]] == [{"weights", "biases"}] * 2
    assert names(client.ok("/api/dataset", {"data": {"dataset": "xor"}})) >= {"inputs", "targets", "task"}

    trace = client.ok("/api/trace", WORKED)
    losses = {"loss", "data_loss", "penalty", "example_losses", "updated_loss"}
    assert names(trace) >= losses | {"layers", "updated_parameters", "optimizer_state"}
    assert all(names(layer) >= {"z", "a", "derivative", "delta", "dW", "db"} for layer in filled(trace["layers"]))

    explained = client.ok("/api/explain", HIDDEN)
    numbers = {"gradient", "numerical_gradient", "relative_error", "penalty_gradient", "path_count"}
    assert names(explained) >= numbers | {"factors", "paths", "rest", "multiplications"}
    assert all(names(factor) >= {"name", "value"} for factor in filled(explained["factors"]))
    assert all(names(path) >= {"contribution", "units", "derivatives"} for path in filled(explained["paths"]))
    assert names(explained["rest"]) >= {"count", "contribution"}
    assert names(explained["multiplications"]) >= {"paths", "nudging", "backpropagation"}

    run = client.ok("/api/train", XOR)
    assert names(run) >= {"state", "steps", "losses", "frames", "learning_rates", "diverged_at", "stopped"}
    assert names(run["state"]) >= {"step", "parameters", "optimizer_state"}
    assert all(names(frame) >= {"step", "loss", "parameters"} for frame in filled(run["frames"]))

    survey = client.ok("/api/survey", examples.SURVEY["grid"]["value"])
    assert names(survey) >= {"train", "test", "responses", "layers"}
    assert names(survey["train"]) >= {"loss", "count", "right", "accuracy", "confusion", "outputs"}
    assert names(survey["responses"]) >= {"x", "y", "outputs", "winners", "units", "curve"}
    assert names(survey["responses"]["outputs"][0]) == {"low", "high", "levels"}
    assert all(names(layer) >= {"gradient_norm", "state", "units"} for layer in filled(survey["layers"]))
    assert all(names(unit) >= {"slope", "active", "state"} for unit in filled(survey["layers"][0]["units"]))


# The OpenAPI document


def document(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.ok("/openapi.json")
    return found


def test_the_openapi_document_describes_every_path(client: Client) -> None:
    described = document(client)
    assert re.fullmatch(r"3\.[12]\.\d+", described["openapi"])
    assert described["info"]["title"] == "Backstep"
    assert set(MODELS) <= set(described["paths"])
    for path, methods in described["paths"].items():
        for operation in filled(methods.values()):
            assert operation["summary"], path
            assert operation["description"], path
            assert "$ref" in operation["responses"]["200"]["content"]["application/json"]["schema"], path


def test_every_reference_of_the_openapi_document_leads_somewhere(client: Client) -> None:
    described = document(client)
    references = re.findall(r'"\$ref": ?"([^"]+)"', json.dumps(described))
    assert references
    for reference in references:
        start, *steps = reference.split("/")
        assert start == "#"
        found: Any = described
        for step in steps:
            found = found[step]
        assert found


def test_every_path_that_takes_a_body_shows_an_example_of_it(client: Client) -> None:
    operations = [(path, one) for path, methods in document(client)["paths"].items() for one in methods.values()]
    for path, operation in filled([pair for pair in operations if "requestBody" in pair[1]]):
        shown = operation["requestBody"]["content"]["application/json"]["examples"]
        assert shown, path
        for example in shown.values():
            assert client.post(path, example["value"]).status_code == 200
        assert {"413", "422", "503"} <= set(operation["responses"])


# Doubles


DOUBLES = (0.1, 0.1 + 0.2, 1 / 3, -0.0, 5e-324, 2.2250738585072014e-308, 1e22, 1e23, -1.7976931348623157e308, 2**53)


def bits(numbers: Any) -> list[bytes]:
    return [struct.pack("<d", number) for number in numbers]


def test_a_double_comes_back_as_the_same_double(client: Client) -> None:
    body = {"data": {"inputs": [list(DOUBLES)], "targets": [list(DOUBLES)]}}
    answer = client.ok("/api/dataset", body)
    assert bits(answer["inputs"][0]) == bits(answer["targets"][0]) == bits(DOUBLES)


SPLIT = {
    "moons": {**MOONS, "batch": {"size": 32, "shuffle": True, "seed": 9}},
    "spiral": SPIRAL,
    "momentum": {**XOR, "optimizer": {"name": "momentum", "learning_rate": 0.3, "momentum": 0.8}},
}
CHANGES = [{"at_step": 4, "learning_rate": 0.2}, {"at_step": 9, "learning_rate": 0.01}]


@pytest.mark.parametrize("name", SPLIT)
@pytest.mark.parametrize("changes", [[], CHANGES], ids=["steady", "changes"])
def test_a_run_in_two_requests_is_the_run_in_one_to_the_bit(client: Client, name: str, changes: Any) -> None:
    experiment = {**SPLIT[name], "changes": changes, "record_every": 3}
    whole = client.ok("/api/train", {**experiment, "steps": 24})
    first = client.ok("/api/train", {**experiment, "steps": 12})
    second = client.ok("/api/train", {**experiment, "steps": 12, "state": first["state"]})
    assert json.dumps(second["state"]) == json.dumps(whole["state"])
    for series in ("losses", "steps", "learning_rates"):
        assert first[series] + second[series] == whole[series]
    assert first["frames"][:-1] + second["frames"] == whole["frames"]
    again = client.post("/api/train", {**experiment, "steps": 24}).content
    assert again == client.post("/api/train", {**experiment, "steps": 24}).content
