"""`POST /api/rates`: the definition on every preset, what it costs, and bad input."""

import time
from typing import Any

import numpy as np
import pytest

from app import limits
from app.api import rates as endpoint
from app.api.examples import RATES, TRAIN
from app.api.presets import PRESETS
from app.engine.network import Layer, Network, Objective
from app.engine.rates import DEFAULT_RATES
from app.engine.training import Batching, Examples, OptimizerChoice, Task
from tests.api.conftest import Client

XOR = RATES["xor"]["value"]
DIGITS = PRESETS["digits"].experiment
SMALL = [name for name in PRESETS if name != "exploding"]


def body_of(client: Client, name: str, steps: int) -> dict[str, Any]:
    """Return a question about a preset after `steps` steps."""
    experiment = {key: value for key, value in PRESETS[name].experiment.items() if key != "parameters"}
    given = PRESETS[name].experiment.get("parameters")
    state = {"state": {"parameters": given}} if given else {}
    return {**experiment, "state": client.ok("/api/train", {**experiment, **state, "steps": steps})["state"]}


def made(client: Client, body: dict[str, Any], rate: float, steps: int) -> tuple[float | None, int]:
    """Return what training with a rate comes to, by other endpoints: the loss of all examples, and dead units."""
    optimizer = {**body["optimizer"], "learning_rate": rate}
    run = client.ok("/api/train", {**body, "optimizer": optimizer, "steps": steps, "record_every": steps})
    if run["diverged_at"] is not None:
        return None, 0
    return run["frames"][-1]["loss"], dead_in(client, body, run["state"]["parameters"])


def dead_in(client: Client, body: dict[str, Any], parameters: Any) -> int:
    """Return how many hidden units have no slope for any training example."""
    fields = ("network", "data", "loss", "reduction", "l1", "l2", "test_fraction")
    asked = {name: body[name] for name in fields if name in body}
    layers = client.ok("/api/survey", {**asked, "parameters": parameters})["layers"]
    return sum(unit["active"] == 0 for layer in layers[:-1] for unit in layer["units"])


@pytest.mark.parametrize("steps", [0, 9, 60])
@pytest.mark.parametrize("name", PRESETS)
def test_of_every_preset_the_verdicts_are_those_of_training_itself(client: Client, name: str, steps: int) -> None:
    body = body_of(client, name, steps)
    answer = client.ok("/api/rates", body)
    loss, losses, verdicts = answer["loss"], answer["losses"], answer["verdicts"]
    assert answer["rates"] == DEFAULT_RATES.tolist()
    assert answer["steps"] == 20
    known = [one for one in losses if one is not None]
    if loss is None:
        assert set(verdicts) == {"flies_away"}
        return
    best = min(known)
    assert answer["best_loss"] == best
    assert answer["best_rate"] == answer["rates"][losses.index(best)]
    gain = loss - best
    for one, verdict, dead in zip(losses, verdicts, answer["newly_dead"], strict=True):
        if one is None or one > loss * (1 + 1e-9) + 1e-12:
            assert verdict == "flies_away"
        elif verdict == "good":
            assert loss - one >= gain / 2
        elif verdict in ("slow", "bounces"):
            assert loss - one < gain / 2 or dead > 0
        else:
            assert verdict is None or one > loss
    # The run that is recommended is really made: it gains at least half, and kills no unit.
    recommended = answer["recommended_rate"]
    if recommended is None:
        assert answer["settled"] or "good" not in verdicts
        return
    reached, dead = made(client, body, recommended, 20)
    assert reached == answer["recommended_loss"]
    assert loss - reached >= gain / 2
    assert dead <= dead_in(client, body, body["state"]["parameters"])
    own, _ = made(client, body, body["optimizer"]["learning_rate"], 20)
    assert own == answer["own"]["loss"]


def test_digits_recommends_no_rate_that_kills_and_calls_a_good_one_good(client: Client) -> None:
    for steps in (0, 5, 20):
        body = body_of(client, "digits", steps)
        answer = client.ok("/api/rates", body)
        assert answer["own"]["verdict"] == "good", steps  # 0.2 reaches 391 of 400
        assert 0.1 < answer["recommended_rate"] < 1
        three = client.ok("/api/rates", {**body, "rates": [0.01, 0.1, 0.2, 0.5, 2.45, 3.0, 69.7]})
        assert set(three["verdicts"][4:]) <= {"bounces", "flies_away"}
        assert three["newly_dead"][4] >= 13
        assert three["best_rate"] in (0.2, 0.5)


def test_where_the_loss_leaps_at_three_it_is_not_called_slow(client: Client) -> None:
    body = body_of(client, "digits", 150)
    optimizer = {"name": "sgd", "learning_rate": 3.0}
    answer = client.ok("/api/rates", {**body, "optimizer": optimizer})
    assert answer["loss"] < 0.4
    assert answer["own"]["verdict"] == "flies_away"
    assert answer["own"]["loss"] > 3 * answer["loss"]


def test_a_run_is_judged_by_its_training_examples_alone(client: Client) -> None:
    body = {**PRESETS["moons"].experiment, "test_fraction": 0.3}
    answer = client.ok("/api/rates", {**body, "rates": [0.1]})
    frame = client.ok("/api/train", {**body, "steps": 20, "record_every": 20})["frames"]
    assert answer["loss"] == frame[0]["loss"]
    optimizer = {**body["optimizer"], "learning_rate": 0.1}
    reached = client.ok("/api/train", {**body, "optimizer": optimizer, "steps": 20, "record_every": 20})["frames"]
    assert answer["losses"] == [reached[-1]["loss"]]


def test_the_limit_is_two_over_the_sharpness_of_all_examples(client: Client) -> None:
    body = body_of(client, "moons", 3)
    fields = ("network", "data", "loss")
    asked = {name: body[name] for name in fields} | {"parameters": body["state"]["parameters"]}
    curvature = client.ok("/api/curvature", asked)
    batch = {"size": 8, "shuffle": True, "seed": 1}
    assert client.ok("/api/rates", {**body, "batch": batch})["limit"] == curvature["critical_learning_rate"]
    flat = {**TRAIN["diverges"]["value"], "data": {"inputs": [[0.0]], "targets": [[0.0]]}}
    flat["network"] = {"inputs": 1, "layers": [{"units": 1, "activation": "identity", "bias": False}]}
    flat["steps"] = 20
    none = client.ok("/api/rates", flat)
    assert (none["limit"], none["sharpness"]) == (None, 0.0)


def test_where_the_limit_would_take_too_long_it_is_not_known(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.ok("/api/rates", XOR)["limit"] > 0
    monkeypatch.setattr(endpoint, "MOST_BENDING", 0.0)
    unknown = client.ok("/api/rates", XOR)
    assert (unknown["limit"], unknown["sharpness"]) == (None, None)


def test_rates_may_be_given_in_any_order_and_zero_moves_nothing(client: Client) -> None:
    answer = client.ok("/api/rates", {**XOR, "rates": [1.0, 0.0, 1e300, 0.5], "steps": 40})
    assert answer["rates"] == [1.0, 0.0, 1e300, 0.5]
    assert answer["losses"][1] == answer["loss"]
    assert answer["verdicts"][:3] == ["good", "slow", "flies_away"]
    assert answer["steps"] == 40


def test_where_all_is_learnt_it_says_so(client: Client) -> None:
    network = {"inputs": 1, "layers": [{"units": 1, "activation": "identity"}]}
    body = {
        "network": network,
        "data": {"inputs": [[1.0], [2.0]], "targets": [[2.0], [4.0]]},
        "loss": "mean_squared_error",
        "optimizer": {"name": "sgd", "learning_rate": 0.1},
        "state": {"parameters": [{"weights": [[2.0]], "biases": [0.0]}]},
    }
    answer = client.ok("/api/rates", body)
    assert (answer["loss"], answer["settled"], answer["recommended_rate"]) == (0.0, True, None)
    assert set(answer["verdicts"]) == {None}
    assert answer["own"]["verdict"] is None
    # Nearly learnt is not learnt.
    body["state"] = {"parameters": [{"weights": [[2.0 + 1e-7]], "biases": [0.0]}]}
    near = client.ok("/api/rates", body)
    assert not near["settled"]
    assert near["own"]["verdict"] == "good"


def task_of(units: int, examples: int, batch: int | None) -> Task:
    network = Network(64, (Layer(units, "tanh"), Layer(10, "softmax")))
    data = Examples(np.zeros((examples, 64)), np.zeros((examples, 10)))
    return Task(network, data, Objective("cross_entropy"), OptimizerChoice("sgd", {}), Batching(batch))


def test_what_costs_more_takes_fewer_steps_and_then_fewer_rates() -> None:
    assert endpoint.affordable(endpoint.price_of(task_of(16, 400, 32)), 20, 25, endpoint.BUDGET) == (20, 25)
    steps, count = endpoint.affordable(endpoint.price_of(task_of(64, 800, 100)), 20, 25, endpoint.BUDGET)
    assert endpoint.FEWEST_STEPS < steps < 20
    assert count == 25
    assert endpoint.price_of(task_of(64, 800, 100)).of(steps, 25) <= endpoint.BUDGET
    assert endpoint.price_of(task_of(64, 800, 100)).of(steps + 1, 25) > endpoint.BUDGET
    steps, count = endpoint.affordable(endpoint.price_of(task_of(128, 1797, None)), 20, 25, endpoint.BUDGET)
    assert (steps, count) == (endpoint.FEWEST_STEPS, endpoint.FEWEST_RATES)
    for asked in (1, 2, 5):
        assert endpoint.affordable(endpoint.price_of(task_of(128, 1797, None)), asked, asked, endpoint.BUDGET) == (
            asked,
            asked,
        )


def test_rates_that_are_left_out_are_left_out_evenly() -> None:
    assert endpoint.spread(DEFAULT_RATES, 25).tolist() == DEFAULT_RATES.tolist()
    few = endpoint.spread(DEFAULT_RATES, 5).tolist()
    assert few == [DEFAULT_RATES[index] for index in (0, 6, 12, 18, 24)]


def test_the_answer_says_how_many_steps_and_rates_it_took(client: Client) -> None:
    network = {
        "inputs": 64,
        "layers": [{"units": 250, "activation": "tanh"}, {"units": 10, "activation": "softmax"}],
    }
    body = {**DIGITS, "network": network, "batch": {"size": None}}
    answer = client.ok("/api/rates", body)
    assert answer["steps"] < 20
    assert (
        len(answer["rates"]) == len(answer["losses"]) == len(answer["verdicts"]) == len(answer["newly_dead"]) < 25
    )
    assert (answer["rates"][0], answer["rates"][-1]) == (DEFAULT_RATES[0], DEFAULT_RATES[-1])
    reached, _ = made(client, body, answer["rates"][1], answer["steps"])
    assert answer["losses"][1] == reached


@pytest.mark.parametrize("name", ["xor", "moons", "spiral", "digits", "dogs", "vanishing"])
def test_it_takes_no_longer_than_was_estimated(client: Client, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    body = body_of(client, name, 0)
    desk = client.app.state.desk
    estimated: list[float] = []
    run = desk.run

    async def noted(seconds: float, compute: Any, *_: Any) -> Any:
        # At once, in this thread, whose time can be told from that of all others.
        estimated.append(seconds)
        return await run(0.0, compute)

    monkeypatch.setattr(desk, "run", noted)
    spent = []
    for _ in range(3):
        begin = time.thread_time()
        client.ok("/api/rates", body)
        spent.append(time.thread_time() - begin)
    reading, computing = estimated[:2]
    assert computing <= endpoint.BUDGET
    # A machine on which much else is done is slower than the one that was measured.
    assert min(spent) < 2 * (reading + computing)


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"rates": []}, "rates", "1"),
        ({"rates": [0.1] * (limits.RATES + 1)}, "rates", str(limits.RATES)),
        ({"rates": [0.1, -1.0]}, "rates", "0"),
        ({"rates": [0.1, "fast"]}, "rates", "number"),
        ({"steps": 0}, "steps", "1"),
        ({"steps": limits.RATE_STEPS + 1}, "steps", f"{limits.RATE_STEPS:,}"),
        ({"state": {"parameters": [{"weights": [[1.0]]}]}}, "parameters", "1 layer,"),
        ({"optimizer": {"name": "adam", "learning_rate": -1}}, "optimizer", "0"),
        ({"test_fraction": 1}, "test_fraction", "1"),
    ],
)
def test_what_makes_no_sense_is_refused_and_the_field_named(
    client: Client, more: Any, field: str, words: str
) -> None:
    (problem,) = client.refused("/api/rates", {**XOR, **more})
    assert field in problem["loc"]
    assert words in problem["msg"]


def test_the_runs_of_a_race_are_told_what_other_rates_would_do(client: Client) -> None:
    body = {"surface": "parabola", "start": [-2.5], "steps": 3}
    runs = [{"name": "sgd", "learning_rate": rate} for rate in (0.0001, 0.5, 1.9999, 2.5)]
    answer = client.ok("/api/descent", {**body, "runs": runs})
    judged = [run["rates"] for run in answer["runs"]]
    assert [one["own"]["verdict"] for one in judged] == ["slow", "good", "bounces", "flies_away"]
    assert {one["steps"] for one in judged} == {20}
    for one in judged:
        assert one["rates"] == DEFAULT_RATES.tolist()
        assert one["loss"] == answer["runs"][0]["values"][0]
        assert one["verdicts"][-1] == "flies_away"
