"""What may be chosen is read from the real catalog: the server takes each experiment that the drawer leads to."""

from collections.abc import Callable, Generator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser

from app.engine.activations import ACTIVATIONS
from app.engine.datasets import DATASETS
from app.engine.losses import LOSSES
from tests.browser.file_server import FileServer
from tests.browser.pages import Observer
from tests.browser.test_javascript import FOLDERS
from tests.filled import filled
from tests.running_server import RunningServer

FIRST = {
    **{"data": {"dataset": "xor", "seed": 0}, "loss": "binary_cross_entropy", "reduction": "mean"},
    "network": {
        "inputs": 2,
        "layers": [
            {"units": 2, "activation": "tanh", "bias": True},
            {"units": 1, "activation": "sigmoid", "bias": True},
        ],
    },
    **{"initializer": {"name": "xavier_uniform", "seed": 3}, "optimizer": {"name": "sgd", "learning_rate": 0.5}},
    **{"batch": {"size": None}, "l1": 0, "l2": 0, "test_fraction": 0},
}
Evaluate = Callable[..., Any]


@pytest.fixture(scope="module")
def catalog(server: RunningServer) -> dict[str, Any]:
    return httpx.get(f"{server.url}/api/catalog").json()


@pytest.fixture
def evaluate(browser: Browser) -> Generator[Evaluate]:
    """Call a function of tests/js/choices.js, on an empty page."""
    with FileServer(FOLDERS) as files, browser.new_context(base_url=files.url) as context:
        observer = Observer(context, files.url)
        page = context.new_page()
        page.goto("/")
        yield lambda name, *given: page.evaluate(
            """async ([name, given]) => {
                const made = (await import('/tests/js/choices.js'))[name];
                return typeof made === 'function' ? made(...given) : made;
            }""",
            [name, given],
        )
        assert observer.complaints == []


def test_the_server_takes_every_experiment_that_is_offered(
    evaluate: Evaluate, catalog: dict[str, Any], server: RunningServer
) -> None:
    offered = evaluate("choicesOf", catalog, FIRST)
    refused = []
    with httpx.Client(base_url=server.url, timeout=60) as client:
        for one in filled(offered):
            first = client.post("/api/parameters", json={key: one[key] for key in ("network", "initializer")})
            told = {key: one[key] for key in ("data", "network", "loss", "reduction", "optimizer")}
            size = {"batch": {"size": 2}} if DATASETS[one["data"]["dataset"]].samples.default > 2 else {}
            answer = client.post("/api/trace", json={**told, **size, "parameters": first.json().get("parameters")})
            if answer.status_code != 200 or answer.json()["loss"] is None:
                refused.append((told, answer.text[:300]))
    assert refused == []
    assert {one["data"]["dataset"] for one in offered} == set(DATASETS)


def test_each_loss_is_offered_with_the_outputs_that_it_can_compare(
    evaluate: Evaluate, catalog: dict[str, Any]
) -> None:
    single = set(ACTIVATIONS) - {"softmax"}
    below = {name for name, row in ACTIVATIONS.items() if row.lowest < 0}
    special = {"cross_entropy": {"softmax"}, "binary_cross_entropy": {"sigmoid"}, "hinge": below}
    kinds = {"hinge", "binary_cross_entropy", "cross_entropy"}
    seen = set()
    for one in filled(evaluate("offersOf", catalog, FIRST)):
        row = DATASETS[one["dataset"]]
        is_many = one["compared"]["network"]["layers"][-1]["units"] > 1
        seen.add((one["dataset"], one["loss"]))
        assert set(one["outputs"]) == special.get(one["loss"], set(ACTIVATIONS) if is_many else single), one
        assert one["loss"] not in kinds or row.task == "classification"
        assert one["compared"]["network"]["layers"][-1]["activation"] in one["outputs"]
    wanted = {
        (name, loss)
        for name, row in DATASETS.items()
        for loss in LOSSES
        if loss not in kinds or row.task == "classification"
    }
    assert seen == wanted


def test_the_usual_loss_is_the_one_that_is_fused_with_the_output(
    evaluate: Evaluate, catalog: dict[str, Any]
) -> None:
    usual = evaluate("usualOf", catalog, FIRST)
    numbers = ["mean_squared_error", "identity"]
    two, many = ["binary_cross_entropy", "sigmoid"], ["cross_entropy", "softmax"]
    wanted = {
        name: numbers if row.task == "regression" else two if row.classes(row.defaults) == 2 else many
        for name, row in DATASETS.items()
    }
    assert usual == wanted


def test_the_made_up_catalog_says_nothing_else_of_what_is_real(evaluate: Evaluate, catalog: dict[str, Any]) -> None:
    made_up = evaluate("MADE_UP")
    for table in ("activations", "losses"):
        real = {row["name"]: {**row, "label": ""} for row in catalog[table]}
        assert {row["name"]: {**row, "label": ""} for row in made_up[table]} == {
            row["name"]: real[row["name"]] for row in filled(made_up[table])
        }
