"""Whatever is sent, the answer is a 4xx that names the field and says in a sentence what it should be."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from app import limits
from app.api import examples
from app.engine.activations import ACTIVATIONS
from app.engine.datasets import DATASETS
from app.engine.features import FEATURES
from app.engine.initializers import INITIALIZERS
from app.engine.losses import LOSSES
from app.engine.optimizers import OPTIMIZERS
from tests.api.conftest import Client, problems

TRACE, EXPLAIN, TRAIN, DATASET = "/api/trace", "/api/explain", "/api/train", "/api/dataset"
SURVEY = "/api/survey"
BODIES = {
    TRACE: examples.TRACE["worked"]["value"],
    EXPLAIN: examples.EXPLAIN["hidden"]["value"],
    TRAIN: examples.TRAIN["xor"]["value"],
    SURVEY: examples.SURVEY["grid"]["value"],
    DATASET: examples.DATASET["moons"]["value"],
    "/api/parameters": examples.PARAMETERS["xor"]["value"],
}
SQUARE = [[0.1, 0.2], [0.3, 0.4]]
LAYER = {"weights": SQUARE, "biases": [0, 0]}
LINE = {"units": 2, "activation": "sigmoid"}


def given(inputs: Any, targets: Any) -> dict[str, Any]:
    return {"data": {"inputs": inputs, "targets": targets}}


def net(*layers: dict[str, Any], inputs: int = 2) -> dict[str, Any]:
    return {"network": {"inputs": inputs, "layers": list(layers)}}


# What is sent instead, the field that is named, and what the sentence has to hold.
WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    # Shapes: both are named.
    (TRACE, {"parameters": [LAYER]}, "parameters", "1 layer, but the network has 2"),
    (
        TRACE,
        {"parameters": [{"weights": [[1, 2]]}, LAYER]},
        "parameters.0.weights",
        "1 × 2, but the layer needs 2 × 2",
    ),
    (
        TRACE,
        {"parameters": [{"weights": [[1], [2]]}, LAYER]},
        "parameters.0.weights",
        "2 × 1, but the layer needs 2 × 2",
    ),
    (
        TRACE,
        {"parameters": [LAYER, {"weights": [[1, 2], [3]]}]},
        "parameters.1.weights",
        "they have 1 and 2 numbers",
    ),
    (
        TRACE,
        {"parameters": [LAYER, {"weights": SQUARE, "biases": [1]}]},
        "parameters.1.biases",
        "have the shape 1, but the layer needs 2",
    ),
    (
        TRACE,
        {"parameters": [LAYER, {"weights": SQUARE, "biases": []}]},
        "parameters.1.biases",
        "have the shape 0, but the layer needs 2",
    ),
    (TRACE, {"parameters": [LAYER, {"weights": []}]}, "parameters.1.weights", "at least 1 entry"),
    (TRACE, {"parameters": [LAYER, {"weights": [[], []]}]}, "parameters.1.weights", "at least one number"),
    (TRACE, {"parameters": []}, "parameters", "0 layers, but the network has 2"),
    (TRACE, given([[1, 2, 3]], [[0, 1]]), "data.inputs", "1 × 3, but the network takes 2"),
    (TRACE, given([[1, 2]], [[0]]), "data.targets", "1 × 1, but the network's last layer has 2"),
    (TRACE, given([[1, 2]], [[0, 1], [1, 0]]), "data.targets", "1 × 2 and the targets 2 × 2"),
    (TRACE, given([[1, 2], [3]], [[0, 1], [1, 0]]), "data.inputs", "they have 1 and 2 numbers"),
    (TRACE, given([[1, 2]], [[], []]), "data.targets", "at least one number"),
    (TRACE, given([], []), "data.inputs", "at least 1 entry"),
    (TRACE, {"data": {"dataset": "xor"}}, "data.targets", "4 × 1, but the network's last layer has 2"),
    (TRAIN, {"test": {"dataset": "plane"}}, "test.targets", "between 0 and 1"),
    (TRAIN, {"test": {"inputs": [[1, 2, 3]], "targets": [[1]]}}, "test.inputs", "1 × 3, but the network takes 2"),
    (TRAIN, {"state": {"parameters": [LAYER]}}, "state.parameters", "1 layer, but the network has 2"),
    # Names that make no sense where they stand.
    (
        TRACE,
        net({"units": 2, "activation": "softmax"}, LINE),
        "network.layers.0.activation",
        "only stand in the last",
    ),
    (TRACE, {"reduction": "max"}, "reduction", 'should be "mean" or "sum".'),
    (TRACE, {"data": {"dataset": "line"}, "loss": "cross_entropy"}, "data", "this loss needs classes"),
    (TRACE, {"data": {"dataset": "line"}, "loss": "hinge"}, "data", "this loss needs classes"),
    (TRACE, {"data": {"dataset": "line"}, "loss": "binary_cross_entropy"}, "data.targets", "between 0 and 1"),
    (DATASET, {"data": {"dataset": "digits", "features": ["x1"]}}, "data", "two inputs"),
    (DATASET, {"data": {"dataset": "xor", "features": []}}, "data", "at least one feature"),
    (DATASET, {"data": {"dataset": "xor", "features": ["x1", "x1"]}}, "data", "only once"),
    (TRACE, {"optimizer": {"name": "sgd", "momentum": 0.9}}, "optimizer", 'choose "learning_rate"'),
    (TRACE, {"data": {"dataset": "worked", "arms": 3}}, "data", "none to choose"),
    (
        TRACE,
        {"optimizer_state": {"slots": {"velocity": [LAYER, LAYER]}}},
        "optimizer_state.slots",
        "remembers nothing",
    ),
    (
        TRACE,
        {"optimizer": {"name": "adam"}, "optimizer_state": {"slots": {"velocity": [LAYER, LAYER]}}},
        "optimizer_state.slots",
        '"mean" and "squares"',
    ),
    (
        TRACE,
        {"optimizer": {"name": "momentum"}, "optimizer_state": {"slots": {"velocity": [LAYER]}}},
        "optimizer_state.slots.velocity",
        "1 layer, but the network has 2",
    ),
    (EXPLAIN, {"parameter": {"layer": 0, "unit": 0, "input": "weight"}}, "parameter.input", 'or "bias"'),
    # Places and numbers out of range.
    (EXPLAIN, {"parameter": {"layer": 2, "unit": 0, "input": 0}}, "parameter.layer", "no layer 2"),
    (EXPLAIN, {"parameter": {"layer": 1, "unit": 2, "input": 0}}, "parameter.unit", "numbered from 0 to 1"),
    (EXPLAIN, {"parameter": {"layer": 1, "unit": 1, "input": 2}}, "parameter.input", "numbered from 0 to 1"),
    (EXPLAIN, {"parameter": {"layer": 1, "unit": 1, "input": -1}}, "parameter.input", "counted from 0"),
    (EXPLAIN, {"parameter": {"layer": 1, "unit": 1, "input": 0.5}}, "parameter.input", "counted from 0"),
    (EXPLAIN, {"parameter": {"layer": 1, "unit": 1, "input": True}}, "parameter.input", "counted from 0"),
    (EXPLAIN, {"parameter": {"layer": -1, "unit": 0, "input": 0}}, "parameter.layer", "should be at least 0"),
    (EXPLAIN, {"example": 1}, "example", "1 example, numbered from 0"),
    (TRACE, {"example": 1}, "example", "there is no number 1"),
    (TRACE, {"batch": {"size": 0}}, "batch.size", "should be at least 1"),
    (TRACE, {"batch": {"size": 1.5}}, "batch.size", "should be a whole number"),
    (TRACE, {"l1": -0.1}, "l1", "should be at least 0"),
    (TRACE, {"optimizer": {"name": "sgd", "learning_rate": -1}}, "optimizer", "at least 0, not -1"),
    (TRACE, {"optimizer": {"name": "adam", "beta1": 1}}, "optimizer", "below 1"),
    (TRAIN, {"changes": [{"at_step": -1, "learning_rate": 1}]}, "changes.0.at_step", "should be at least 0"),
    (
        TRAIN,
        {"changes": [{"at_step": 1, "learning_rate": -1}]},
        "changes.0.learning_rate",
        "should be at least 0",
    ),
    (TRAIN, {"record_every": 0}, "record_every", "should be at least 1"),
    (TRAIN, {"steps": -1}, "steps", "should be at least 0"),
    (TRAIN, {"test_fraction": 1}, "test_fraction", "should be below 1"),
    (TRAIN, {"test_fraction": 0.5, "test": {"dataset": "xor"}}, "test_fraction", "not both"),
    (DATASET, {"data": {"dataset": "moons", "noise": -1}}, "data.noise", "should be at least 0"),
    (DATASET, {"data": {"dataset": "xor", "samples": 5}}, "data", "always 4"),
    # What a loss cannot take.
    (TRACE, {"loss": "binary_cross_entropy", **given([[1, 2]], [[2, 0]])}, "data.targets", "between 0 and 1"),
    (TRACE, {"loss": "cross_entropy", **given([[1, 2]], [[0.5, 0.6]])}, "data.targets", "adding up to 1"),
    (TRACE, {"loss": "hinge", **given([[1, 2]], [[0, 1]])}, "data.targets", "−1 or 1"),
    # Data that is not one of its two forms.
    (TRACE, {"data": {}}, "data", "either"),
    (TRACE, {"data": {"inputs": [[1, 2]]}}, "data", "both"),
    (TRACE, {"data": {"dataset": "xor", "inputs": [[1, 2]], "targets": [[1, 2]]}}, "data", "either"),
    (TRACE, {"data": {"inputs": [[1, 2]], "targets": [[1, 2]], "noise": 1}}, "data", "either"),
    # More than is computed here.
    (TRACE, net(*[LINE] * (limits.LAYERS + 1)), "network.layers", f"at most {limits.LAYERS:,} entries"),
    (TRACE, net(), "network.layers", "at least 1 entry"),
    (
        TRACE,
        net({"units": limits.UNITS + 1, "activation": "relu"}),
        "network.layers.0.units",
        f"should be at most {limits.UNITS:,}",
    ),
    (TRACE, net({"units": 0, "activation": "relu"}), "network.layers.0.units", "should be at least 1"),
    (TRACE, net(LINE, inputs=limits.INPUTS + 1), "network.inputs", f"should be at most {limits.INPUTS:,}"),
    (
        TRACE,
        net({"units": 250, "activation": "relu"}, {"units": 250, "activation": "relu"}),
        "network.layers",
        "63,500",
    ),
    (TRAIN, {"steps": limits.STEPS + 1}, "steps", f"should be at most {limits.STEPS:,}"),
    (
        TRAIN,
        {"steps": 20_000, "record_every": 1, "optimizer": {"name": "adam"}},
        "record_every",
        "Record less often",
    ),
    (
        TRAIN,
        {"changes": [{"at_step": 1, "learning_rate": 1}] * (limits.CHANGES + 1)},
        "changes",
        f"at most {limits.CHANGES:,}",
    ),
    (
        DATASET,
        {"data": {"dataset": "moons", "samples": limits.EXAMPLES + 1}},
        "data.samples",
        f"should be at most {limits.EXAMPLES:,}",
    ),
    (DATASET, given([[0]] * (limits.EXAMPLES + 1), [[0]]), "data.inputs", f"at most {limits.EXAMPLES:,}"),
    (DATASET, given([[0] * 100] * 4001, [[0]] * 4001), "data", "404,101 numbers"),
    (EXPLAIN, {"max_paths": limits.PATHS + 1}, "max_paths", f"should be at most {limits.PATHS:,}"),
    (DATASET, {"data": {"dataset": "moons", "seed": limits.SEED + 1}}, "data.seed", f"at most {limits.SEED:,}"),
]


def at(problem: dict[str, Any]) -> str:
    start, *rest = problem["loc"]
    assert start == "body"
    return ".".join(map(str, rest))


@pytest.mark.parametrize(("path", "instead", "field", "sentence"), WRONG, ids=lambda value: str(value)[:40])
def test_a_wrong_value_is_refused_with_its_field_and_a_sentence(
    client: Client, path: str, instead: dict[str, Any], field: str, sentence: str
) -> None:
    found = client.refused(path, {**BODIES[path], **instead})
    told = [problem["msg"] for problem in found if at(problem) == field]
    assert told, found
    assert sentence in told[0]


@pytest.mark.parametrize(
    ("path", "field", "instead", "table"),
    [
        (TRACE, "loss", lambda name: {"loss": name}, LOSSES),
        (TRACE, "optimizer.name", lambda name: {"optimizer": {"name": name}}, OPTIMIZERS),
        (TRACE, "network.layers.0.activation", lambda name: net({"units": 2, "activation": name}), ACTIVATIONS),
        (TRACE, "data.dataset", lambda name: {"data": {"dataset": name}}, DATASETS),
        (DATASET, "data.features.0", lambda name: {"data": {"dataset": "xor", "features": [name]}}, FEATURES),
        ("/api/parameters", "initializer.name", lambda name: {"initializer": {"name": name}}, INITIALIZERS),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("name", ["", "Tanh", "\ud800", "x" * 5000, "нет"], ids=["", "T", "half", "long", "ru"])
def test_an_unknown_name_is_answered_with_the_known_ones(
    client: Client, path: str, field: str, instead: Any, table: Any, name: str
) -> None:
    found = client.refused(path, {**BODIES[path], **instead(name)})
    (told,) = [problem["msg"] for problem in found if at(problem) == field]
    assert all(f'"{known}"' in told for known in table)
    assert "x" * 70 not in told


# Fields


@pytest.mark.parametrize("path", BODIES)
def test_a_field_that_is_missing_or_unknown_is_named(client: Client, path: str) -> None:
    body = BODIES[path]
    required = {at(problem) for problem in client.refused(path, {})}
    assert required
    for field in required:
        (problem,) = client.refused(path, {key: value for key, value in body.items() if key != field})
        assert (at(problem), problem["msg"]) == (field, f'"{field}" is missing.')
    (problem,) = client.refused(path, {**body, "learning_rate": 1})
    assert (at(problem), problem["msg"]) == ("learning_rate", 'There is no field "learning_rate" here.')
    for strange in ("\ud800", "x" * 5000, ""):
        client.refused(path, {**body, strange: 1})


PLACES = {
    "a weight": ("0.15", "parameters"),
    "an input": ("0.05", "data"),
    "a rate": ("0.625", "optimizer"),
    "a penalty": ("0.375", "l2"),
    "a seed": ("77", "batch"),
    "a count": ("88", "step"),
}
LITERALS = [
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    "-1e999",
    "1" + "0" * 400,
    '"NaN"',
    '"1.5"',
    "true",
    "[]",
    "{}",
]


@pytest.mark.parametrize("literal", LITERALS, ids=lambda text: text[:10])
@pytest.mark.parametrize("place", PLACES)
def test_what_is_not_an_ordinary_number_is_refused(client: Client, place: str, literal: str) -> None:
    number, field = PLACES[place]
    body = {**BODIES[TRACE], **given([[0.05, 0.1]], [[0, 1]]), "l2": 0.375, "batch": {"seed": 77}, "step": 88}
    body["optimizer"] = {"name": "sgd", "learning_rate": 0.625}
    text = json.dumps(body)
    assert client.post(TRACE, text.encode()).status_code == 200
    found = client.refused(
        TRACE, text.replace(f" {number}", f" {literal}").replace(f"[{number}", f"[{literal}").encode()
    )
    assert {at(problem).split(".")[0] for problem in found} == {field}
    assert "00000" not in json.dumps(found)


def test_a_number_of_more_digits_than_python_reads_is_refused(client: Client) -> None:
    body = json.dumps(BODIES[TRACE]).replace("0.15", "1" + "0" * 10_000)
    client.refused(TRACE, body.encode(), 400)


@pytest.mark.parametrize("nothing", ["a bias", "loss", "network", "optimizer"])
def test_null_is_refused_where_a_value_is_needed(client: Client, nothing: str) -> None:
    without = (
        {nothing: None} if nothing in BODIES[TRACE] else {"parameters": [{**LAYER, "biases": [0, None]}, LAYER]}
    )
    (problem,) = client.refused(TRACE, {**BODIES[TRACE], **without})
    assert at(problem) == (nothing if nothing in BODIES[TRACE] else "parameters.0.biases.1")


# Bodies


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        (b"", 422, "JSON object"),
        (b"null", 422, "JSON object"),
        (b"[]", 422, "JSON object"),
        (b'"text"', 422, "JSON object"),
        (b"1e999", 422, "JSON object"),
        (b"{", 422, "This is not JSON"),
        (b'{"a": 1,}', 422, "This is not JSON"),
        (b"\xff\xfe\xfa", 400, "UTF-8"),
        (b'{"loss": "\xff"}', 400, "UTF-8"),
        (b"[" * 300 + b"]" * 300, 422, "JSON object"),
        (b"[" * 100_000 + b"]" * 100_000, 400, "not nested deeply"),
        (b'{"a":' * 10_000, 400, "not nested deeply"),
        (b'{"a":' * 100_000, 422, "of memory"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_body_that_cannot_be_read_is_refused(client: Client, body: bytes, status: int, sentence: str) -> None:
    found = client.refused(TRACE, body, status)
    assert sentence in found[0]["msg"]


@pytest.mark.parametrize("depth", [1, 20, 300, 5_000, 100_000])
@pytest.mark.parametrize("field", ["parameters", "network", "loss", "optimizer_state", "nonsense"])
def test_deep_nesting_is_refused_wherever_it_stands(client: Client, field: str, depth: int) -> None:
    text = json.dumps({**BODIES[TRACE], field: 12321}).replace("12321", "[" * depth + "]" * depth)
    answer = client.post(TRACE, text.encode())
    assert answer.status_code in {400, 422}
    problems(answer)


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_a_body_of_another_type_is_refused(client: Client, kind: str) -> None:
    content = json.dumps(BODIES[TRACE]).encode()
    answer = client.send("POST", TRACE, content, {"Content-Type": kind})
    assert answer.status_code == 422
    assert "application/json" in problems(answer)[0]["msg"]


def test_a_body_over_the_limit_is_refused_whether_it_says_its_length_or_not(client: Client) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(limits.BODY_BYTES // 100_000 + 1):
            yield b" " * 100_000

    for content in (b" " * (limits.BODY_BYTES + 1), pieces()):
        answer = client.send("POST", TRACE, content, {"Content-Type": "application/json"})
        assert answer.status_code == 413
        assert f"{limits.BODY_BYTES:,}" in problems(answer)[0]["msg"]


def test_a_body_just_under_the_limit_is_read(client: Client) -> None:
    content = json.dumps(BODIES[TRACE]).encode().ljust(limits.BODY_BYTES)
    assert client.post(TRACE, content).status_code == 200


# Addresses


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", TRACE, 405),
        ("PUT", TRACE, 405),
        ("DELETE", "/api/catalog", 405),
        ("POST", "/healthz", 405),
        ("BREW", TRACE, 405),
        ("GET", "/api/nothing", 404),
        ("POST", "/api/nothing", 404),
        ("GET", "/api/", 404),
        ("GET", "/api/%ff%00", 404),
        ("GET", "/api/../../etc/passwd", 404),
        ("GET", "/static/0/nothing.js", 404),
        ("GET", "/static/0/../app/main.py", 404),
    ],
)
def test_a_wrong_address_or_method_is_refused(client: Client, method: str, path: str, status: int) -> None:
    answer = client.send(method, path)
    assert answer.status_code == status
    if "etc/passwd" not in path and ".py" not in path:
        problems(answer)
    if status == 405:
        assert answer.headers["allow"]
