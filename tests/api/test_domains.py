"""A loss is refused for outputs that it is not defined for: every loss, every last activation, every path."""

import pytest

from app.api import examples
from app.api.presets import PRESETS
from app.engine.activations import ACTIVATIONS
from app.engine.losses import LOSSES
from tests.api.conftest import Client

LOGARITHMIC = ("binary_cross_entropy", "cross_entropy")
# By the definitions of the functions, not by the table: whose values never leave [0, 1].
SHARES = {"step", "sigmoid", "softmax"}
PAIRS = [(loss, activation) for loss in LOSSES for activation in ACTIVATIONS]
PARAMETERS = [{"weights": [[0.1, 0.2], [0.3, 0.4]]}]
RANGE = {"range": [0.01, 1.0]}
PLACE = {"layer": 0, "unit": 0, "input": 0}
REST = {
    "trace": {"optimizer": {"name": "sgd"}, "parameters": PARAMETERS},
    "explain": {"parameter": PLACE, "parameters": PARAMETERS},
    "survey": {"parameters": PARAMETERS},
    "train": {"optimizer": {"name": "sgd"}, "steps": 1},
    "rates": {"optimizer": {"name": "sgd"}, "state": {"parameters": PARAMETERS}},
    "landscape": {"plane": {"kind": "random"}, "resolution": 4, "parameters": PARAMETERS},
    "curvature": {"parameters": PARAMETERS},
    "step-sizes": {"optimizer": {"name": "sgd"}, "parameters": PARAMETERS, **RANGE},
    "slope": {"optimizer": {"name": "sgd"}, "parameters": PARAMETERS, "parameter": PLACE},
}


def body(loss: str, activation: str) -> dict[str, object]:
    wanted = [1.0, -1.0] if loss == "hinge" else [1.0, 0.0]
    return {
        "network": {"inputs": 2, "layers": [{"units": 2, "activation": activation}]},
        "data": {"inputs": [[0.5, -2.0]], "targets": [wanted]},
        "loss": loss,
    }


@pytest.mark.parametrize(("loss", "activation"), PAIRS, ids=map("-".join, PAIRS))
def test_a_loss_is_served_where_it_is_defined_and_refused_where_it_is_not(
    client: Client, loss: str, activation: str
) -> None:
    asked = {**body(loss, activation), **REST["trace"]}
    if loss not in LOGARITHMIC or activation in SHARES:
        client.ok("/api/trace", asked)
        return
    [problem] = client.refused("/api/trace", asked)
    assert problem["loc"] == ["body", "loss"]
    assert f'"{loss}" needs outputs from 0 to 1' in problem["msg"]
    assert f'"{activation}"' in problem["msg"]
    assert '"step", "sigmoid" or "softmax"' in problem["msg"]


@pytest.mark.parametrize("path", REST)
def test_every_path_with_a_loss_refuses_it(client: Client, path: str) -> None:
    client.ok(f"/api/{path}", {**body("binary_cross_entropy", "sigmoid"), **REST[path]})
    [problem] = client.refused(f"/api/{path}", {**body("binary_cross_entropy", "tanh"), **REST[path]})
    assert problem["type"] == "domain"


def test_the_paths_are_all_that_take_a_network_and_a_loss(client: Client) -> None:
    document = client.get("/openapi.json").json()
    taking = set()
    for path, methods in document["paths"].items():
        reference = methods.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json", {})
        name = reference.get("schema", {}).get("$ref", "").rpartition("/")[2]
        if {"network", "loss"} <= set(document["components"]["schemas"].get(name, {}).get("properties", {})):
            taking.add(path.removeprefix("/api/"))
    assert taking == set(REST)


def test_no_preset_and_no_example_has_such_a_loss() -> None:
    shown = [preset.experiment for preset in PRESETS.values()]
    for name in ("TRACE", "EXPLAIN", "SURVEY", "TRAIN"):
        shown += [example["value"] for example in getattr(examples, name).values()]
    for experiment in shown:
        last = experiment["network"]["layers"][-1]["activation"]
        assert experiment["loss"] not in LOGARITHMIC or last in SHARES
