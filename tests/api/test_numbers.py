"""The numbers of the answers: published ones, the engine's own, and the identities between them."""

import json
import math
from typing import Any

import numpy as np
import pytest

from app import limits
from app.api import examples, presets
from app.api.examples import TRACE
from app.engine import training
from app.engine.activations import ACTIVATIONS
from app.engine.initializers import initialize
from app.engine.losses import LOSSES
from app.engine.network import Layer, Network, Objective
from app.engine.training import Batching, Change, Examples, OptimizerChoice, Plan, Task, first_state, take_step
from tests.api.conftest import Client
from tests.filled import filled

WORKED = TRACE["worked"]["value"]
HIDDEN = examples.EXPLAIN["hidden"]["value"]
MOONS = {**presets.PRESETS["moons"].experiment, "steps": 40}


def test_the_worked_example_has_its_published_figures(client: Client) -> None:
    # Matt Mazur, A Step by Step Backpropagation Example, 2015: rounded to nine places there.
    answer = client.ok("/api/trace", WORKED)
    hidden, last = answer["layers"]
    assert hidden["z"][0][0] == pytest.approx(0.3775, abs=1e-12)
    assert hidden["a"][0] == pytest.approx([0.593269992, 0.596884378], abs=1e-9)
    assert last["a"][0] == pytest.approx([0.75136507, 0.772928465], abs=1e-9)
    assert answer["loss"] == pytest.approx(0.298371109, abs=1e-9)
    assert last["da"][0][0] == pytest.approx(0.74136507, abs=1e-8)
    assert last["derivative"][0][0] == pytest.approx(0.186815602, abs=1e-9)
    assert last["delta"][0] == pytest.approx([0.138498562, -0.038098236], abs=1e-9)
    assert last["dW"][0][0] == pytest.approx(0.082167041, abs=1e-9)
    assert hidden["dW"][0][0] == pytest.approx(0.000438568, abs=1e-9)
    after = answer["updated_parameters"]
    assert after[0]["weights"] == [
        pytest.approx([0.149780716, 0.19956143], abs=1e-8),
        pytest.approx([0.24975114, 0.29950229], abs=1e-8),
    ]
    assert after[1]["weights"] == [
        pytest.approx([0.35891648, 0.408666186], abs=1e-8),
        pytest.approx([0.511301270, 0.561370121], abs=1e-8),
    ]
    # The article prints 0.291027924; by its own new weights, with a pocket calculator, it is 0.291027774.
    assert answer["updated_loss"] == pytest.approx(0.291027774, abs=1e-9)


def test_frozen_biases_stay_as_they_were_given(client: Client) -> None:
    trace = client.ok("/api/trace", WORKED)
    assert [layer["biases"] for layer in trace["updated_parameters"]] == [[0.35, 0.35], [0.6, 0.6]]
    assert all(all(layer["db"]) for layer in filled(trace["layers"]))
    steps = {key: WORKED[key] for key in ("network", "data", "loss", "optimizer")}
    run = client.ok("/api/train", {**steps, "state": {"parameters": WORKED["parameters"]}, "steps": 100})
    assert [layer["biases"] for layer in run["state"]["parameters"]] == [[0.35, 0.35], [0.6, 0.6]]
    assert run["losses"][0] == trace["loss"]
    assert run["losses"][1] == trace["updated_loss"]


def test_the_updated_loss_is_the_loss_of_the_next_trace(client: Client) -> None:
    body = {**WORKED, "optimizer": {"name": "adam", "learning_rate": 0.1}}
    for _ in range(3):
        answer = client.ok("/api/trace", body)
        more = {"parameters": answer["updated_parameters"], "optimizer_state": answer["optimizer_state"]}
        body = {**body, **more}
        assert client.ok("/api/trace", body)["loss"] == answer["updated_loss"]


def overflowing(hidden: str) -> dict[str, Any]:
    """A step whose rate throws a weight beyond all doubles; the output stays between 0 and 1 all the same."""
    layers = [{"units": 1, "activation": hidden}, {"units": 1, "activation": "sigmoid"}]
    return {
        "network": {"inputs": 1, "layers": layers},
        "parameters": [{"weights": [[0.0]], "biases": [0.1]}, {"weights": [[1.0]], "biases": [0.0]}],
        "data": {"inputs": [[1e12]], "targets": [[1.0]]},
        "loss": "half_squared_error",
        "optimizer": {"name": "sgd", "learning_rate": 1e299},
    }


def has_null(value: Any) -> bool:
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value is None or any(map(has_null, children))


def test_the_updated_loss_is_null_exactly_where_an_updated_weight_is(client: Client) -> None:
    rows = [name for name, row in ACTIVATIONS.items() if not row.last_layer_only]
    overflown = []
    for hidden in filled(rows):
        answer = client.ok("/api/trace", overflowing(hidden))
        assert (answer["updated_loss"] is None) == has_null(answer["updated_parameters"]), hidden
        assert answer["loss"] is not None
        overflown += [hidden] * has_null(answer["updated_parameters"])
    assert overflown == [name for name in rows if name != "step"]


def test_what_all_parameters_together_come_to_has_no_loss_where_one_of_them_is_null(client: Client) -> None:
    body = overflowing("tanh") | {"parameter": {"layer": 0, "unit": 0, "input": 0}}
    assert client.ok("/api/slope", body)["together"] == {"value": None, "loss": None}
    calm = body | {"optimizer": {"name": "sgd", "learning_rate": 0.1}}
    assert not has_null(client.ok("/api/slope", calm)["together"])


# The engine's own


def moons(client: Client) -> tuple[Network, Examples]:
    layers = MOONS["network"]["layers"]
    network = Network(2, tuple(Layer(layer["units"], layer["activation"], layer["bias"]) for layer in layers))
    data = client.ok("/api/dataset", {"data": MOONS["data"], "loss": MOONS["loss"]})
    return network, Examples(np.array(data["inputs"]), np.array(data["targets"]))


def plain(parameters: Any) -> Any:
    return [{"weights": own.weights.tolist(), "biases": own.biases.tolist()} for own in parameters]


def test_a_trace_is_the_engines_step(client: Client) -> None:
    network, data = moons(client)
    start = initialize(network, "xavier_uniform", 2)
    objective = Objective("binary_cross_entropy", "mean", l2=0.01)
    optimizer = OptimizerChoice("sgd", {"learning_rate": 0.5})
    step = take_step(network, data, objective, optimizer, first_state(start, "sgd"))
    body = {key: MOONS[key] for key in ("network", "data", "loss", "optimizer")}
    answer = client.ok("/api/trace", {**body, "parameters": plain(start), "l2": 0.01})
    assert (answer["loss"], answer["penalty"]) == (step.loss.loss, step.loss.penalty)
    assert answer["example_losses"] == step.loss.examples.tolist()
    for told, passed, back in filled(zip(answer["layers"], step.passed, step.came_back, strict=True)):
        for name in ("z", "a"):
            assert told[name] == getattr(passed, name).tolist()
        for name in ("derivative", "da", "delta", "dW", "db"):
            assert told[name] == getattr(back, name).tolist()
    assert answer["updated_parameters"] == plain(step.after.parameters)


def test_a_run_is_the_engines_run(client: Client) -> None:
    network, data = moons(client)
    settings = {"learning_rate": 0.05, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
    task = Task(
        network,
        data,
        Objective("binary_cross_entropy"),
        OptimizerChoice("adam", settings),
        Batching(16, shuffle=True, seed=3),
    )
    plan = Plan(40, (Change(20, 0.01),), record_every=10)
    run = training.train(task, first_state(initialize(network, "xavier_uniform", 2), "adam"), plan)
    answer = client.ok(
        "/api/train",
        {
            **MOONS,
            "optimizer": {"name": "adam", "learning_rate": 0.05},
            "batch": {"size": 16, "shuffle": True, "seed": 3},
            "changes": [{"at_step": 20, "learning_rate": 0.01}],
            "record_every": 10,
        },
    )
    assert answer["losses"] == list(run.losses)
    assert answer["learning_rates"] == list(run.learning_rates)
    assert answer["state"]["parameters"] == plain(run.state.parameters)
    assert [(frame["step"], frame["loss"]) for frame in answer["frames"]] == [
        (frame.step, frame.loss) for frame in run.frames
    ]


def test_the_gradient_check_that_is_shown_is_right_and_would_notice_a_wrong_one(client: Client) -> None:
    check = client.ok("/api/trace", {**WORKED, "check": True})["gradient_check"]
    assert check["worst"] < 1e-6
    kinked = {**WORKED, "network": {"inputs": 2, "layers": [{"units": 2, "activation": "relu"}] * 2}}
    at_kink = [{"weights": [[0.0, 0.0], [0.0, 0.0]], "biases": [0.0, 0.0]}] * 2
    worst = client.ok("/api/trace", {**kinked, "parameters": at_kink, "check": True})["gradient_check"]["worst"]
    assert worst > 0.1


# One gradient, taken apart


def body_of(client: Client, loss: str, last: str, more: dict[str, Any]) -> dict[str, Any]:
    network = {
        "inputs": 3,
        "layers": [
            {"units": 4, "activation": "tanh"},
            {"units": 3, "activation": "gelu"},
            {"units": 2, "activation": last},
        ],
    }
    start = client.ok("/api/parameters", {"network": network, "initializer": {"name": "normal", "seed": 11}})
    inputs = np.random.default_rng(5).normal(size=(4, 3)).tolist()
    rows = [[1, 0], [0, 1], [0, 1], [1, 0]]
    targets = [[2 * y - 1 for y in row] for row in rows] if loss == "hinge" else rows
    data = {"inputs": inputs, "targets": targets}
    return {"network": network, "parameters": start["parameters"], "data": data, "loss": loss, **more}


def pairs() -> list[tuple[str, str]]:
    lasts = [row.name for row in ACTIVATIONS.values()]
    probabilities = {"binary_cross_entropy": ("sigmoid",), "cross_entropy": ("softmax", "sigmoid")}
    return [(loss, last) for loss in LOSSES for last in probabilities.get(loss, lasts)]


@pytest.mark.parametrize(("loss", "last"), pairs())
def test_paths_rest_and_penalty_add_up_to_the_gradient(client: Client, loss: str, last: str) -> None:
    more = {"l1": 0.01, "l2": 0.02, "reduction": "sum"}
    body = body_of(client, loss, last, more)
    trace = client.ok("/api/trace", {**body, "optimizer": {"name": "sgd"}})
    for place in (
        {"layer": 0, "unit": 1, "input": 2},
        {"layer": 1, "unit": 0, "input": "bias"},
        {"layer": 2, "unit": 1, "input": 0},
    ):
        for most in (0, 3, 1000):
            answer = client.ok("/api/explain", {**body, "parameter": place, "max_paths": most})
            listed = [path["contribution"] for path in answer["paths"]]
            whole = math.fsum([*listed, answer["rest"]["contribution"], answer["penalty_gradient"]])
            assert whole == pytest.approx(answer["gradient"], rel=1e-12, abs=1e-12)
            back = trace["layers"][place["layer"]]
            is_bias = place["input"] == "bias"
            row = back["db"] if is_bias else back["dW"][place["unit"]]
            assert answer["gradient"] == row[place["unit"] if is_bias else place["input"]]
            assert len(listed) == min(most, answer["path_count"])
            products = [math.prod(path["derivatives"]) for path in answer["paths"]]
            assert products == pytest.approx(listed, rel=1e-12, abs=1e-300)
            assert listed == sorted(listed, key=abs, reverse=True)


def test_the_product_of_the_factors_is_the_gradient_of_one_example(client: Client) -> None:
    answer = client.ok("/api/explain", HIDDEN)
    product = math.prod(factor["value"] for factor in answer["factors"])
    assert product == pytest.approx(answer["gradient"], rel=1e-12)
    assert answer["gradient"] == pytest.approx(0.000438568, abs=1e-9)
    assert answer["relative_error"] < 1e-6
    assert answer["path_count"] == 2


def deep(client: Client, units: int, examples: int) -> dict[str, Any]:
    """Return the body of an explanation in a net of 12 layers of as many units."""
    layers = [{"units": units, "activation": "tanh"}] * 12
    network = {"inputs": 1, "layers": layers}
    start = client.ok("/api/parameters", {"network": network, "initializer": {"name": "xavier_normal"}})
    data = {"inputs": [[0.5]] * examples, "targets": [[0.0] * units] * examples}
    place = {"layer": 0, "unit": 0, "input": 0}
    fields = {"network": network, "parameters": start["parameters"], "data": data, "parameter": place}
    return {**fields, "loss": "half_squared_error"}


def test_more_paths_than_fit_into_64_bits_are_counted_exactly(client: Client) -> None:
    units, count = 64, 3
    answer = client.post("/api/explain", deep(client, units, count))
    assert answer.status_code == 200
    paths = count * units**11
    assert paths > 2**63
    assert f'"path_count":{paths}' in answer.text
    found = json.loads(answer.text)
    assert found["rest"]["count"] == paths - 50
    passes = units + 11 * units**2
    walks = sum(units * ((1 if k == 0 else units) + 1) * units ** (11 - k) * (2 * (11 - k) + 2) for k in range(12))
    assert found["multiplications"]["paths"] == count * (passes + walks)
    assert found["multiplications"]["backpropagation"] < 2**32


def test_a_listing_that_would_take_long_is_refused_and_a_shorter_one_is_not(client: Client) -> None:
    body = deep(client, 64, 500)
    (problem,) = client.refused("/api/explain", {**body, "max_paths": limits.PATHS})
    assert problem["type"] == "too_large"
    assert "seconds" in problem["msg"]
    assert client.ok("/api/explain", {**body, "max_paths": 0})["paths"] == []


# Numbers that do not fit into a double


def test_what_overflows_is_null_and_the_run_says_since_when(client: Client) -> None:
    body = examples.TRAIN["diverges"]["value"]
    answer = client.ok("/api/train", {**body, "record_every": 1})
    assert answer["stopped"] == "diverged"
    assert answer["diverged_at"] == answer["steps"][-1] < 999
    assert all(loss is not None for loss in answer["losses"][:-1])
    flat = json.dumps(answer["state"])
    assert "null" not in flat
    again = client.ok("/api/train", {**body, "steps": 5, "state": answer["state"]})
    assert again["diverged_at"] == answer["diverged_at"]
    assert again["losses"] == answer["losses"][-1:]


@pytest.mark.parametrize("activation", ["identity", "relu", "softplus"])
def test_a_trace_with_numbers_too_large_has_nulls(client: Client, activation: str) -> None:
    layers = [{"units": 2, "activation": activation}, {"units": 2, "activation": "identity"}]
    huge = [{"weights": [[1e308, 1e308], [1e308, -1e308]], "biases": [0.0, 0.0]}] * 2
    body = {**WORKED, "network": {"inputs": 2, "layers": layers}, "parameters": huge, "example": 0, "check": True}
    body["data"] = {"inputs": [[1e308, 1e308]], "targets": [[0.0, 1.0]]}
    answer = client.ok("/api/trace", body)
    assert answer["layers"][0]["z"][0][0] is None
    assert answer["loss"] is None
    asked = {key: value for key, value in body.items() if key != "check"}
    explained = client.ok("/api/explain", {**asked, "parameter": {"layer": 0, "unit": 0, "input": 0}})
    assert explained["gradient"] is None
