"""`POST /api/survey`, and the surveys in the frames of a run: their numbers, from outside the engine."""

from math import hypot, log, tanh
from typing import Any

import numpy as np
import pytest

from app import limits
from app.api import answers, examples, presets
from app.api.experiments import data_of, network_of, objective_of
from app.api.queries import TrainQuery
from app.api.survey import numbers_of_survey, subject_of
from tests.api.conftest import Client
from tests.filled import filled

SURVEY = "/api/survey"
AND = examples.SURVEY["grid"]["value"]
MOONS = {**presets.PRESETS["moons"].experiment, "steps": 20}
FIELDS = ("network", "data", "loss", "reduction", "l1", "l2", "test_fraction")


def surveyed(client: Client, body: Any) -> Any:
    """Return a survey, after holding its text, strictly, to its model."""
    answer = client.post(SURVEY, body)
    assert answer.status_code == 200, answer.text[:1000]
    answers.SurveyAnswer.model_validate_json(answer.text, strict=True)
    return answer.json()


def asked(experiment: Any, parameters: Any, **more: Any) -> dict[str, Any]:
    return {**{name: experiment[name] for name in FIELDS if name in experiment}, "parameters": parameters, **more}


def test_one_neuron_on_and_worked_by_hand(client: Client) -> None:
    # ŷ = σ(2x₁ + 2x₂ − 3): the corners have z = −3, −1, −1, 1, so all four lie on their side.
    z = np.array([-3.0, -1.0, -1.0, 1.0])
    y = np.array([0.0, 0.0, 0.0, 1.0])
    predictions = 1 / (1 + np.exp(-z))
    answer = surveyed(client, {**AND, "outputs": True})
    told = answer["train"]
    assert told["loss"] == pytest.approx(
        -np.mean([log(p if t else 1 - p) for p, t in zip(predictions, y, strict=True)])
    )
    assert (told["count"], told["right"], told["accuracy"]) == (4, 4, 1.0)
    assert told["confusion"] == [[3, 0], [0, 1]]
    assert np.ravel(told["outputs"]) == pytest.approx(predictions)
    assert answer["test"] is None
    errors = (predictions - y) / 4
    inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    (layer,) = answer["layers"]
    assert layer["gradient_norm"] == pytest.approx(hypot(*(errors @ inputs), errors.sum()))
    (unit,) = layer["units"]
    assert unit["slope"] == pytest.approx(np.mean(predictions * (1 - predictions)))
    assert (unit["active"], unit["state"]) == (1.0, None)
    (picture,) = answer["responses"]["outputs"]
    levels = np.array(picture["levels"])
    assert levels.shape == (8, 8)
    for (row, column), level in filled(np.ndenumerate(levels)):
        x1, x2 = answer["responses"]["x"][column], answer["responses"]["y"][row]
        expected = 1 / (1 + np.exp(3 - 2 * x1 - 2 * x2))
        assert picture["low"] + (picture["high"] - picture["low"]) * level / 255 == pytest.approx(
            expected, abs=2e-3
        )
    assert answer["responses"]["winners"] is None
    assert answer["responses"]["units"] == []
    assert answer["responses"]["curve"] is None


def test_without_a_grid_or_asking_for_outputs_neither_is_answered(client: Client) -> None:
    answer = surveyed(client, {**AND, "grid": None})
    assert answer["responses"] is None
    assert answer["train"]["outputs"] is None


def test_a_grid_left_to_its_defaults(client: Client) -> None:
    start = client.ok("/api/train", {**MOONS, "steps": 0})["state"]["parameters"]
    answer = surveyed(client, asked(MOONS, start, grid={}))["responses"]
    data = np.array(client.ok("/api/dataset", {"data": MOONS["data"]})["inputs"])
    for axis, column in zip((answer["x"], answer["y"]), data.T, strict=True):
        tenth = (column.max() - column.min()) / 10
        assert len(axis) == 40
        assert (axis[0], axis[-1]) == pytest.approx((column.min() - tenth, column.max() + tenth))
    assert np.shape(answer["outputs"][0]["levels"]) == (40, 40)
    assert [np.shape([unit["levels"] for unit in layer]) for layer in answer["units"]] == [(6, 14, 14)] * 2


def test_features_are_made_of_every_point_of_the_grid(client: Client) -> None:
    body = {
        "network": {"inputs": 2, "layers": [{"units": 1, "activation": "identity"}]},
        "data": {"dataset": "circles", "samples": 20, "features": ["x1^2", "x1*x2"]},
        "loss": "mean_squared_error",
        "parameters": [{"weights": [[1.0, 10.0]], "biases": [0.5]}],
        "grid": {"resolution": 5, "x_range": [-1, 1], "y_range": [0, 2]},
    }
    answer = surveyed(client, body)["responses"]
    (picture,) = answer["outputs"]
    for (row, column), level in filled(np.ndenumerate(np.array(picture["levels"]))):
        x1, x2 = answer["x"][column], answer["y"][row]
        shown = picture["low"] + (picture["high"] - picture["low"]) * level / 255
        assert shown == pytest.approx(x1 * x1 + 10 * x1 * x2 + 0.5, abs=(picture["high"] - picture["low"]) / 500)


def test_one_input_is_answered_with_a_curve_of_doubles(client: Client) -> None:
    body = {
        "network": {"inputs": 1, "layers": [{"units": 1, "activation": "tanh"}]},
        "data": {"dataset": "line", "samples": 20},
        "loss": "mean_squared_error",
        "parameters": [{"weights": [[2.0]], "biases": [0.25]}],
        "grid": {"resolution": 7, "x_range": [-3, 3]},
    }
    answer = surveyed(client, body)
    found = answer["responses"]
    assert found["y"] is None
    assert found["x"] == [-3, -2, -1, 0, 1, 2, 3]
    assert np.ravel(found["curve"]) == pytest.approx([tanh(2 * x + 0.25) for x in found["x"]], rel=1e-15)
    assert np.shape(found["outputs"][0]["levels"]) == (1, 7)
    assert answer["train"]["right"] is answer["train"]["accuracy"] is answer["train"]["confusion"] is None


def test_several_classes_have_winners_and_many_inputs_have_no_grid(client: Client) -> None:
    for name, has_grid in (("blobs", True), ("digits", False)):
        experiment = presets.PRESETS[name].experiment
        start = client.ok("/api/train", {**experiment, "steps": 0})["state"]["parameters"]
        answer = surveyed(client, asked(experiment, start, grid={"resolution": 10}))
        classes = len(answer["train"]["confusion"])
        assert classes == experiment["network"]["layers"][-1]["units"]
        assert np.sum(answer["train"]["confusion"]) == answer["train"]["count"]
        assert (answer["responses"] is not None) == has_grid
        if has_grid:
            assert np.shape(answer["responses"]["winners"]) == (10, 10)
            assert set(np.ravel(answer["responses"]["winners"])) <= set(range(classes))


@pytest.mark.parametrize(
    ("loss", "targets", "right"),
    [
        ("hinge", [[1], [-1], [1]], 2),
        ("binary_cross_entropy", [[1], [0], [1]], 3),
        ("mean_squared_error", [[1], [0], [1]], None),
    ],
)
def test_data_given_outright_have_classes_where_the_loss_says_so(
    client: Client, loss: str, targets: Any, right: int | None
) -> None:
    body = {
        "network": {"inputs": 1, "layers": [{"units": 1, "activation": "sigmoid"}]},
        "data": {"inputs": [[3], [-3], [2]], "targets": targets},
        "loss": loss,
        "parameters": [{"weights": [[1]], "biases": [0]}],
    }
    # A sigmoid is never below 0, the middle of −1 and 1.
    assert surveyed(client, body)["train"]["right"] == right


@pytest.mark.parametrize("fraction", [0.25, 0.6])
def test_what_is_held_out_is_tested_and_not_trained_on(client: Client, fraction: float) -> None:
    experiment = {**MOONS, "test_fraction": fraction}
    run = client.ok("/api/train", {**experiment, "record_every": 20})
    parted = client.ok("/api/dataset", {"data": MOONS["data"], "test_fraction": fraction})
    answer = surveyed(client, asked(experiment, run["state"]["parameters"], outputs=True))
    last = run["frames"][-1]
    assert (answer["train"]["loss"], answer["test"]["loss"]) == (last["loss"], last["test_loss"])
    targets = np.array(parted["targets"])
    for name, rows in (("train", parted["train_indices"]), ("test", parted["test_indices"])):
        told = answer[name]
        assert told["count"] == len(told["outputs"]) == len(rows)
        is_right = (np.array(told["outputs"]) > 0.5) == (targets[rows] > 0.5)
        assert told["right"] == is_right.sum()


def test_the_gradients_are_those_of_a_trace_of_all_training_examples(client: Client) -> None:
    experiment = {**MOONS, "test_fraction": 0.25, "l2": 0.01, "reduction": "sum"}
    start = client.ok("/api/train", {**experiment, "steps": 0})["state"]["parameters"]
    body = asked(experiment, start)
    trace = client.ok("/api/trace", {**body, "optimizer": MOONS["optimizer"]})
    survey = surveyed(client, body)
    assert survey["train"]["loss"] == trace["loss"]
    for told, layer in filled(zip(survey["layers"], trace["layers"], strict=True)):
        numbers = [*np.ravel(layer["dW"]), *layer["db"]]
        assert told["gradient_norm"] == pytest.approx(np.sqrt(np.sum(np.square(numbers))))
        slopes = np.abs(layer["derivative"])
        assert [unit["slope"] for unit in told["units"]] == pytest.approx(list(slopes.mean(axis=0)))
        assert [unit["active"] for unit in told["units"]] == list((slopes > 0).mean(axis=0))


def test_every_frame_of_a_run_has_its_survey_where_one_is_asked_for(client: Client) -> None:
    grid = {"resolution": 6, "unit_stride": 2}
    experiment = {**MOONS, "test_fraction": 0.2, "record_every": 10}
    plain = client.post("/api/train", experiment)
    answer = client.post("/api/train", {**experiment, "survey": {"grid": grid}})
    answers.TrainAnswer.model_validate_json(answer.text, strict=True)
    run = answer.json()
    for frame in run["frames"]:
        assert frame["survey"] == surveyed(client, asked(experiment, frame["parameters"], grid=grid))
    assert all(frame["survey"] is None for frame in plain.json()["frames"])
    assert [{**frame, "survey": None} for frame in run["frames"]] == plain.json()["frames"]
    bare = client.ok("/api/train", {**experiment, "survey": {}})["frames"][0]["survey"]
    assert bare["responses"] is None
    given = {**MOONS, "record_every": 20, "survey": {}, "test": {"dataset": "moons", "samples": 9, "seed": 3}}
    assert client.ok("/api/train", given)["frames"][0]["survey"]["test"]["count"] == 9


@pytest.mark.parametrize("activation", ["identity", "relu", "sigmoid", "softplus"])
def test_numbers_too_large_are_null_and_their_layers_explode(client: Client, activation: str) -> None:
    body = {
        "network": {
            "inputs": 2,
            "layers": [{"units": 2, "activation": activation}, {"units": 1, "activation": "identity"}],
        },
        "data": {"dataset": "xor"},
        "loss": "mean_squared_error",
        "parameters": [
            {"weights": [[1e308, 1e308], [1e308, -1e308]], "biases": [1e308, 0]},
            {"weights": [[1e308, -1e308]], "biases": [1e308]},
        ],
        "grid": {"resolution": 4, "x_range": [-1e308, 1e308]},
        "outputs": True,
    }
    answer = surveyed(client, body)
    assert answer["train"]["loss"] is None
    assert answer["layers"][-1]["state"] == "exploding"
    assert answer["layers"][-1]["gradient_norm"] is None


# What is too much


def test_a_grid_finer_than_the_network_can_answer_is_refused_by_its_field(client: Client) -> None:
    network = {
        "inputs": 2,
        "layers": [{"units": 120, "activation": "tanh"}] * 2 + [{"units": 1, "activation": "sigmoid"}],
    }
    start = client.ok("/api/parameters", {"network": network, "initializer": {"name": "zeros"}})["parameters"]
    body = {**AND, "network": network, "parameters": start}
    (problem,) = client.refused(SURVEY, {**body, "grid": {"resolution": 100}})
    assert problem["loc"] == ["body", "grid", "resolution"]
    assert f"{limits.GRID_NUMBERS:,}" in problem["msg"]
    assert surveyed(client, {**body, "grid": {"resolution": 80}})["responses"]
    run = {**MOONS, "network": network, "survey": {"grid": {"resolution": 100}}}
    (problem,) = client.refused("/api/train", run)
    assert problem["loc"] == ["body", "survey", "grid", "resolution"]


def test_surveys_count_among_the_numbers_of_the_frames(client: Client) -> None:
    experiment = {**MOONS, "steps": 2000, "record_every": 1, "optimizer": {"name": "sgd", "learning_rate": 0.1}}
    assert len(client.ok("/api/train", experiment)["frames"]) == 2001
    (problem,) = client.refused("/api/train", {**experiment, "survey": {"grid": {}}})
    assert problem["loc"] == ["body", "record_every"]
    fewer = {**experiment, "steps": 200, "survey": {"grid": {}}}
    answer = client.post("/api/train", fewer)
    assert answer.status_code == 200
    assert len(answer.content) < 20 * limits.FRAME_NUMBERS


@pytest.mark.parametrize("name", ["spiral", "sine", "blobs", "digits", "circles", "unscaled"])
@pytest.mark.parametrize("grid", [None, {}, {"resolution": 100, "unit_stride": 1}, {"resolution": 5}], ids=str)
def test_a_survey_takes_the_room_it_is_counted_with(client: Client, name: str, grid: Any) -> None:
    experiment = presets.PRESETS[name].experiment
    query = TrainQuery.model_validate({**experiment, "steps": 0, "survey": {"grid": grid}})
    network = network_of(query.network)
    data = data_of(network, query)
    assert query.survey
    subject = subject_of(query.survey.grid, data, network, objective_of(query), data.test, ())
    start = client.ok("/api/train", {**experiment, "steps": 0})["state"]["parameters"]
    answer = client.post(SURVEY, asked(experiment, start, grid=grid))
    # Names and brackets are there whatever the numbers.
    assert 3 * numbers_of_survey(subject) < len(answer.content) < 25 * numbers_of_survey(subject) + 500


def test_as_many_outputs_as_can_be_given_are_answered(client: Client) -> None:
    network = {"inputs": 1, "layers": [{"units": 200, "activation": "identity"}]}
    start = client.ok("/api/parameters", {"network": network, "initializer": {"name": "zeros"}})["parameters"]
    count = 1990  # 399,990 numbers are the most that can be given outright
    data = {"inputs": [[0.0]] * count, "targets": [[0.0] * 200] * count}
    body = {"network": network, "parameters": start, "data": data, "loss": "huber", "outputs": True}
    assert len(surveyed(client, body)["train"]["outputs"]) == count
