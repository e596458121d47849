"""Every preset runs, is accepted everywhere and learns; what is broken is ill, and its cure cures it."""

from collections.abc import Callable
from typing import Any, get_args

import numpy as np
import pytest

from app.api.preset import Group
from app.api.presets import PRESETS
from tests.api.conftest import Client
from tests.filled import filled

STEPS = {"worked": 1000, "moons": 1000, "spiral": 2000, "sine": 1000, "symmetry": 2000, "blobs": 100}
SOUND = [name for name, row in PRESETS.items() if row.group != "broken"]
BROKEN = [name for name, row in PRESETS.items() if row.group == "broken"]
FIELDS = ("network", "data", "loss", "reduction", "l1", "l2", "test_fraction")


def trained(client: Client, experiment: Any, steps: int, **more: Any) -> Any:
    """Return a run of an experiment, from its parameters if it has them written out."""
    body = {key: value for key, value in experiment.items() if key != "parameters"}
    if "parameters" in experiment:
        body["state"] = {"parameters": experiment["parameters"]}
    return client.ok("/api/train", {**body, "steps": steps, **more})


def surveys(client: Client, experiment: Any, steps: int, every: int) -> list[Any]:
    run = trained(client, experiment, steps, record_every=every, survey={})
    return [frame["survey"] for frame in run["frames"]]


def states_of_units(survey: Any) -> list[list[str | None]]:
    return [[unit["state"] for unit in layer["units"]] for layer in survey["layers"]]


def test_every_group_has_a_preset_and_names_are_the_tables_keys() -> None:
    assert {row.group for row in PRESETS.values()} == set(get_args(Group))
    assert all(name == row.name for name, row in PRESETS.items())
    assert PRESETS["worked"].task == "step"


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_accepted_by_every_path(client: Client, name: str) -> None:
    row = PRESETS[name]
    start = trained(client, row.experiment, 0, record_every=1, survey={"grid": {}})["state"]["parameters"]
    body = {field: row.experiment[field] for field in FIELDS if field in row.experiment}
    step = {**body, "parameters": start, "optimizer": row.experiment["optimizer"], "batch": row.experiment["batch"]}
    trace = client.ok("/api/trace", {**step, "example": row.example})
    assert any(np.ravel(trace["inputs"][row.example]))
    place = {"layer": 0, "unit": 0, "input": 0}
    line = {"range": [-2, 2], "points": 11}
    more = {"parameter": place, "example": row.example, "nudges": [0.1], "line": line}
    assert client.ok("/api/explain", {**step, **more})["path_count"] > 0
    client.ok("/api/survey", {**body, "parameters": start, "grid": {}, "outputs": True})
    parted = {"data": body["data"], "loss": body["loss"], "test_fraction": body.get("test_fraction", 0)}
    assert client.ok("/api/dataset", parted)["inputs"]


@pytest.mark.parametrize("name", SOUND)
def test_every_sound_preset_learns(client: Client, name: str) -> None:
    first, last = surveys(client, PRESETS[name].experiment, STEPS.get(name, 600), 2000)
    assert last["train"]["loss"] < 0.2 * first["train"]["loss"]
    if last["train"]["right"] is not None:
        assert last["train"]["accuracy"] > 0.98
    assert {layer["state"] for layer in last["layers"]} == {None}


def test_one_neuron_needs_the_squares_to_part_the_circles(client: Client) -> None:
    experiment = dict(PRESETS["circles"].experiment)
    assert surveys(client, experiment, 200, 200)[-1]["train"]["accuracy"] == 1.0
    experiment["data"] = {**experiment["data"], "features": ["x1", "x2"]}
    assert surveys(client, experiment, 2000, 2000)[-1]["train"]["accuracy"] < 0.7


def sharpnesses(client: Client, experiment: Any, steps: int, every: int, **more: Any) -> Any:
    """Return the sharpness at the kept moments of a run."""
    run = trained(client, experiment, steps, record_every=every, **more)
    body = {field: experiment[field] for field in FIELDS if field in experiment}
    moments = [frame["parameters"] for frame in run["frames"]]
    answer = client.ok("/api/curvature", {**body, "parameters": moments[0], "path": moments})
    return np.array([bend["sharpness"] for bend in answer["path"]])


def test_the_sharpness_rises_to_the_edge_of_stability_and_stays_there(client: Client) -> None:
    experiment = dict(PRESETS["edge"].experiment)
    limit = 2 / experiment["optimizer"]["learning_rate"]
    found = sharpnesses(client, experiment, 1500, 50) / limit
    assert found[0] < 0.6
    assert (found[10:] >= 0.9).all()
    assert (found <= 1.2).all()


def test_at_half_the_rate_the_sharpness_goes_on_to_rise(client: Client) -> None:
    experiment = dict(PRESETS["edge"].experiment)
    rate = experiment["optimizer"]["learning_rate"]
    limit = 2 / rate
    changes = [{"at_step": 1000, "learning_rate": rate / 2}]
    found = sharpnesses(client, experiment, 5000, 1000, changes=changes)
    assert found[1] < 1.2 * limit < found[-1]


def test_the_sine_jumps_at_three_times_the_rate(client: Client) -> None:
    experiment = dict(PRESETS["sine"].experiment)
    calm = np.array(trained(client, experiment, 1000)["losses"])
    experiment["optimizer"] = {"name": "sgd", "learning_rate": 0.3}
    rough = np.array(trained(client, experiment, 1000)["losses"])
    assert (np.diff(calm[100:]) <= 0).all()
    assert (np.diff(rough[100:]) > 0).any()


def test_digits_the_network_has_not_seen_are_mostly_right_and_at_last_learned_by_heart(client: Client) -> None:
    found = surveys(client, PRESETS["digits"].experiment, 2000, 200)
    assert found[3]["test"]["accuracy"] >= 0.85
    tests = [survey["test"]["loss"] for survey in found]
    trains = [survey["train"]["loss"] for survey in found]
    assert trains[-1] < 0.5 * trains[5]
    assert tests[-1] > min(tests)


def test_symmetry_is_learned_as_it_was_in_1986(client: Client) -> None:
    # Rumelhart, Hinton, Williams, Learning representations by back-propagating errors, Nature 323, figure 1.
    run = trained(client, PRESETS["symmetry"].experiment, 2000, record_every=2000, survey={})
    assert run["frames"][-1]["survey"]["train"]["right"] == 64
    for weights in filled(run["state"]["parameters"][0]["weights"]):
        left, right = np.array(weights[:3]), np.array(weights[:2:-1])
        assert left == pytest.approx(-right, rel=0.02)
        sizes = np.sort(np.abs(left))
        assert sizes / sizes[0] == pytest.approx([1, 2, 4], rel=0.03)


# What is broken


def with_hidden(experiment: Any, activation: str) -> Any:
    *hidden, last = experiment["network"]["layers"]
    layers = [*({**layer, "activation": activation} for layer in hidden), last]
    return {**experiment, "network": {**experiment["network"], "layers": layers}}


def with_initializer(experiment: Any, **initializer: Any) -> Any:
    return {**experiment, "initializer": {"seed": experiment["initializer"]["seed"], **initializer}}


CURES: dict[str, list[Callable[[Any], Any]]] = {
    "vanishing": [lambda sick: with_hidden(sick, "tanh")],
    "exploding": [lambda sick: with_initializer(sick, name="he_normal")],
    "dead": [
        lambda sick: with_initializer(sick, name="he_normal"),
        lambda sick: with_hidden(sick, "leaky_relu"),
    ],
    "equal": [lambda sick: with_initializer(sick, name="xavier_uniform")],
    "unscaled": [lambda sick: {**sick, "optimizer": {"name": "adam", "learning_rate": 0.1}}],
}


def test_the_first_of_seven_sigmoid_layers_vanish_and_nothing_is_learned(client: Client) -> None:
    found = surveys(client, PRESETS["vanishing"].experiment, 1000, 50)
    for survey in found[:2]:
        assert survey["layers"][0]["state"] == "vanishing"
        assert survey["layers"][-1]["state"] is None
        assert survey["network"]["state"] is None
    # Then the output has settled too: no layer learns while another stands still, all of them do.
    for survey in found[3:]:
        assert survey["network"]["state"] == "plateau"
        assert {layer["state"] for layer in survey["layers"]} == {None}
    assert found[-1]["train"]["loss"] == pytest.approx(np.log(2), abs=1e-3)


def test_the_layer_with_the_smallest_gradient_is_the_first_at_first_and_others_later(client: Client) -> None:
    found = surveys(client, PRESETS["vanishing"].experiment, 400, 10)
    smallest = {}
    for index, survey in enumerate(found):
        norms = [layer["gradient_norm"] for layer in survey["layers"]]
        smallest[10 * index] = norms.index(min(norms))
    assert [smallest[step] for step in (0, 10, 30, 100, 400)] == [0, 0, 1, 3, 3]


def test_weights_too_large_explode_and_the_run_diverges_after_three_steps(client: Client) -> None:
    experiment = PRESETS["exploding"].experiment
    run = trained(client, experiment, 100, record_every=1, survey={})
    assert {layer["state"] for layer in run["frames"][0]["survey"]["layers"]} == {"exploding"}
    assert (run["stopped"], run["diverged_at"]) == ("diverged", 3)


def test_every_hidden_unit_is_dead_and_stays_so(client: Client) -> None:
    for survey in filled(surveys(client, PRESETS["dead"].experiment, 600, 100)):
        assert states_of_units(survey) == [["dead"] * 8, [None]]
        assert survey["layers"][0]["gradient_norm"] == 0.0
    # The one answer it has left is half of what is asked, to the last bits: nothing is decided.
    assert survey["train"]["accuracy"] == 0.0
    assert survey["train"]["undecided"] == PRESETS["dead"].experiment["data"]["samples"]


def test_equal_units_stay_alike_and_xor_stays_unsolved(client: Client) -> None:
    for survey in filled(surveys(client, PRESETS["equal"].experiment, 1000, 100)):
        assert states_of_units(survey) == [["alike"] * 4, [None]]
    assert survey["train"]["right"] == 3


def houses() -> tuple[Any, Any]:
    data = PRESETS["unscaled"].experiment["data"]
    return np.array(data["inputs"]), np.array(data["targets"])


def best_loss(inputs: Any, targets: Any) -> float:
    """Return the least mean squared error of any straight prediction, by linear algebra."""
    table = np.column_stack([inputs, np.ones(len(inputs))])
    solution = np.linalg.lstsq(table, targets, rcond=None)[0]
    return float(np.mean((table @ solution - targets) ** 2))


def test_the_rate_of_the_unscaled_houses_is_at_the_edge_for_one_input_and_too_low_for_the_others(
    client: Client,
) -> None:
    experiment = PRESETS["unscaled"].experiment
    inputs, targets = houses()
    # The loss is a bowl: its curvatures are the eigenvalues of 2/n · XᵀX, with a column of 1 for the bias.
    table = np.column_stack([inputs, np.ones(len(inputs))])
    curvatures = np.linalg.eigvalsh(2 / len(inputs) * table.T @ table)
    rate = experiment["optimizer"]["learning_rate"]
    assert 1.5 < rate * curvatures[-1] < 2  # each step goes too far, and back, and too far: a zig-zag
    assert rate * curvatures[-2] < 1e-4  # thousands of steps to get anywhere
    losses = trained(client, experiment, 2000)["losses"]
    assert losses[-1] > 20 * best_loss(inputs, targets)
    doubled = {**experiment, "optimizer": {"name": "sgd", "learning_rate": 2 * rate}}
    assert trained(client, doubled, 1000)["stopped"] == "diverged"


def test_scaled_houses_are_learned_at_an_ordinary_rate(client: Client) -> None:
    inputs, targets = houses()
    scaled = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    experiment = {
        **PRESETS["unscaled"].experiment,
        "data": {"inputs": scaled.tolist(), "targets": targets.tolist()},
        "optimizer": {"name": "sgd", "learning_rate": 0.3},
    }
    losses = trained(client, experiment, 200)["losses"]
    assert losses[-1] == pytest.approx(best_loss(inputs, targets), rel=1e-3)


def test_every_broken_preset_has_a_cure_and_nothing_else_has() -> None:
    assert list(CURES) == BROKEN


@pytest.mark.parametrize(("name", "cure"), [(name, cure) for name, cures in CURES.items() for cure in cures])
def test_the_cure_works_without_any_other_change(client: Client, name: str, cure: Callable[[Any], Any]) -> None:
    sick = PRESETS[name].experiment
    healthy = surveys(client, cure(sick), 1000, 1000)[-1]["train"]
    ill = surveys(client, sick, 1000, 1000)[-1]["train"]
    assert ill["loss"] is None or healthy["loss"] < 0.7 * ill["loss"]
    assert ill["accuracy"] is None or healthy["accuracy"] > ill["accuracy"]
    assert healthy["accuracy"] is None or healthy["accuracy"] > 0.85
