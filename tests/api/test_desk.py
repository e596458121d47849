"""All that takes long is done at the desk, not on the event loop: data, parameters, JSON and its compression."""

import gzip
import json
import threading
from typing import Any

import pytest

from app import worksheet_pages
from app.api import examples, experiments, wire
from app.api.cost import (
    ACTIVATION_COSTS,
    DATASET_COSTS,
    FUSED_COSTS,
    LOSS_COSTS,
    OPTIMIZER_COSTS,
    SURFACE_COSTS,
    seconds_of_activation,
    seconds_of_data,
    seconds_of_loss,
    seconds_of_update,
)
from app.api.requests import DataRequest
from app.engine import datasets
from app.engine.activations import ACTIVATIONS
from app.engine.datasets import DATASETS
from app.engine.losses import FUSED, LOSSES
from app.engine.network import Layer, Network, Objective
from app.engine.optimizers import OPTIMIZERS
from app.engine.surfaces import SURFACES
from app.lessons import faded
from app.lessons.faded import BLANKS
from tests.api.conftest import Client

DOGS = {"dataset": "dogs", "samples": 2000, "side": 12, "noise": 0.3}
EXAMPLES = {
    "/api/trace": examples.TRACE["worked"],
    "/api/explain": examples.EXPLAIN["hidden"],
    "/api/survey": examples.SURVEY["grid"],
    "/api/train": examples.TRAIN["xor"],
    "/api/landscape": examples.LANDSCAPE["plane"],
    "/api/curvature": examples.CURVATURE["worked"],
    "/api/step-sizes": examples.STEP_SIZES["worked"],
    "/api/rates": examples.RATES["xor"],
    "/api/slope": examples.SLOPE["worked"],
    "/api/dataset": examples.DATASET["moons"],
}


def noted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[str]:
    """Note the threads in which a function is called."""
    threads: list[str] = []
    usual = getattr(module, name)

    def call(*args: Any, **named: Any) -> Any:
        threads.append(threading.current_thread().name)
        return usual(*args, **named)

    monkeypatch.setattr(module, name, call)
    return threads


def test_every_endpoint_that_takes_data_is_tried_here(client: Client) -> None:
    schema = client.get("/openapi.json").json()
    models = schema["components"]["schemas"]

    def fields(operation: Any) -> set[str]:
        body = operation["requestBody"]["content"]["application/json"]["schema"]
        return set(models[body["$ref"].rsplit("/", 1)[-1]]["properties"])

    takes_data = {
        path for path, item in schema["paths"].items() if "post" in item and "data" in fields(item["post"])
    }
    assert takes_data == set(EXAMPLES)


@pytest.mark.parametrize("path", EXAMPLES)
def test_a_large_data_set_is_made_at_the_desk(client: Client, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    threads = noted(monkeypatch, datasets, "examples")
    client.post(path, {**EXAMPLES[path]["value"], "data": DOGS})
    assert len(threads) == 1
    assert threads[0].startswith("compute")


def test_large_first_parameters_are_drawn_at_the_desk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = noted(monkeypatch, experiments, "initialize")
    network = {"inputs": 200, "layers": [{"units": 200, "activation": "tanh"}]}
    client.ok("/api/parameters", {"network": network, "initializer": {"name": "he_normal"}})
    assert threads[0].startswith("compute")


def test_a_large_answer_is_compressed_at_the_desk_and_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = noted(monkeypatch, wire, "_gzip")
    body = json.dumps({"data": {"dataset": "digits", "samples": 1797}})
    about = {"Content-Type": "application/json"}
    plain = client.send("POST", "/api/dataset", body, {**about, "Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert threads == []
    packed = client.send("POST", "/api/dataset", body, {**about, "Accept-Encoding": "gzip"})
    assert threads[0].startswith("compute")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert int(packed.headers["content-length"]) < len(plain.content) / 4
    assert packed.json() == plain.json()


@pytest.mark.parametrize("name", ["worksheet", "worksheet.py"])
def test_a_long_worksheet_is_made_at_the_desk(client: Client, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    threads = noted(monkeypatch, worksheet_pages, "problems")
    assert client.get(f"/en/{name}?lesson=2&count=40&seed=3").status_code == 200
    assert threads
    assert all(thread.startswith("compute") for thread in threads)


@pytest.mark.parametrize(
    ("path", "more"), [("/api/pass", {}), ("/api/pass/answer", {"blank": next(iter(BLANKS)), "answer": 0.5})]
)
def test_a_pass_that_is_drawn_is_drawn_at_the_desk(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str, more: dict[str, Any]
) -> None:
    threads = noted(monkeypatch, faded, "drawn")
    faded.pass_of.cache_clear()
    client.ok(path, {"seed": 77, **more})
    assert threads
    assert all(thread.startswith("compute") for thread in threads)


def test_what_the_desk_compresses_is_one_gzip_file() -> None:
    body = {"numbers": list(range(200_000))}
    response = wire.json_response(body, accepted="gzip, br")
    assert json.loads(gzip.decompress(bytes(response.body))) == body


def test_every_row_of_the_tables_has_a_measured_cost() -> None:
    assert set(ACTIVATION_COSTS) == set(ACTIVATIONS)
    assert set(LOSS_COSTS) == set(LOSSES)
    assert set(FUSED_COSTS) == set(FUSED)
    assert set(OPTIMIZER_COSTS) == set(OPTIMIZERS)
    assert set(DATASET_COSTS) == set(DATASETS)
    assert set(SURFACE_COSTS) == set(SURFACES)


def test_a_row_that_was_never_measured_is_as_dear_as_the_dearest(monkeypatch: pytest.MonkeyPatch) -> None:
    dearest = max(seconds_of_activation(name, 1, 1e6) for name in ACTIVATIONS)
    assert seconds_of_activation("new", 1, 1e6) >= dearest
    network = Network(2, (Layer(1, "relu"),))
    assert seconds_of_loss(network, Objective("new"), 0, 1e6) >= max(
        seconds_of_loss(network, Objective(name), 0, 1e6) for name in LOSSES
    )
    updates = [seconds_of_update(name, 1e6) for name in OPTIMIZERS]
    monkeypatch.setattr("app.api.cost.OPTIMIZER_COSTS", {name: OPTIMIZER_COSTS[name] for name in ("sgd", "adamw")})
    assert seconds_of_update("adam", 1e6) >= 0.9 * max(updates)


@pytest.mark.parametrize("name", [name for name, row in DATASETS.items() if not row.is_fixed])
def test_the_estimate_of_a_data_set_grows_with_its_examples_pixels_and_noise(name: str) -> None:
    row = DATASETS[name]

    def seconds(samples: float | None, noise: float = 0.0, **settings: float | None) -> float:
        return seconds_of_data(DataRequest(dataset=name, samples=int(samples or 0), noise=noise, **settings))

    most = row.samples.maximum
    assert seconds(most) > 2 * seconds(10)
    assert seconds(most, row.noise.maximum or 0.0) > 1.5 * seconds(most)
    if row.image_side and row.settings:
        side = row.settings[0]
        noise = row.noise.maximum or 0.0
        assert seconds(most, noise, side=side.maximum) > 2 * seconds(most, noise, side=side.minimum)
