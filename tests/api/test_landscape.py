"""`POST /api/landscape`, `/curvature`, `/step-sizes`, `/slope`: their numbers beside one another, and bad input."""

from typing import Any

import numpy as np
import pytest

from app import limits
from app.api import examples, presets
from tests.api.conftest import Client

MOONS = presets.PRESETS["moons"].experiment
FIELDS = ("network", "data", "loss", "reduction", "l1", "l2", "test_fraction")
X, Y = {"layer": 0, "unit": 1, "input": 0}, {"layer": 1, "unit": 0, "input": "bias"}


@pytest.fixture(scope="module")
def run(client: Client) -> dict[str, Any]:
    """Moons for 12 steps of small, shuffled batches, every moment kept."""
    batch = {"size": 16, "shuffle": True, "seed": 3}
    answer = client.ok("/api/train", {**MOONS, "batch": batch, "steps": 12, "record_every": 1})
    base = {name: MOONS[name] for name in FIELDS if name in MOONS}
    return {"frames": answer["frames"], "base": base, "batch": batch, "losses": answer["losses"]}


def about(run: dict[str, Any], step: int, **more: Any) -> dict[str, Any]:
    return {**run["base"], "parameters": run["frames"][step]["parameters"], **more}


def with_values(parameters: Any, x: float, y: float) -> Any:
    changed = [{"weights": [[*row] for row in own["weights"]], "biases": [*own["biases"]]} for own in parameters]
    changed[0]["weights"][1][0] = x
    changed[1]["biases"][0] = y
    return changed


def test_every_point_of_a_map_is_the_loss_a_survey_has_there(client: Client, run: dict[str, Any]) -> None:
    plane = {"kind": "parameters", "x": X, "y": Y, "x_range": [-2, 1], "y_range": [-1, 2]}
    body = about(run, 5, plane=plane, resolution=7)
    answer = client.ok("/api/landscape", body)
    assert answer["x"] == np.linspace(-2, 1, 7).tolist()
    assert answer["y"] == np.linspace(-1, 2, 7).tolist()
    for row, y in ((0, -1.0), (3, 0.5), (6, 2.0)):
        for column, x in ((0, -2.0), (4, 0.0), (6, 1.0)):
            moved = with_values(body["parameters"], x, y)
            there = client.ok("/api/survey", {**run["base"], "parameters": moved})["train"]["loss"]
            assert answer["loss"][row][column] == pytest.approx(there, abs=1e-12)
    own = body["parameters"]
    assert answer["centre"] == {
        "x": own[0]["weights"][1][0],
        "y": own[1]["biases"][0],
        "loss": pytest.approx(run["frames"][5]["loss"], abs=1e-12),
    }
    assert answer["path"] is answer["gradients"] is answer["directions"] is answer["explained_variance"] is None
    assert answer["random_walk_variance"] is None


def test_a_line_has_one_row_and_no_y(client: Client, run: dict[str, Any]) -> None:
    answer = client.ok(
        "/api/landscape", about(run, 0, plane={"kind": "parameters", "x": X}, resolution=9, gradients=True)
    )
    assert answer["y"] is None
    assert np.array(answer["loss"]).shape == (1, 9)
    assert answer["centre"]["y"] is None
    assert np.array(answer["gradients"]["dx"]).shape == (1, 9)
    assert answer["gradients"]["dy"] is None


def test_the_plane_of_a_path_is_that_of_its_svd_and_its_moments_have_their_own_losses(
    client: Client, run: dict[str, Any]
) -> None:
    path = [frame["parameters"] for frame in run["frames"]]
    answer = client.ok("/api/landscape", about(run, 12, plane={"kind": "pca"}, resolution=5, path=path))

    def flat(parameters: Any) -> Any:
        return np.concatenate([np.ravel(own[part]) for own in parameters for part in ("weights", "biases")])

    places = np.array([flat(moment) for moment in path])
    _, singular, rows = np.linalg.svd(places - places.mean(axis=0), full_matrices=False)
    np.testing.assert_allclose(answer["explained_variance"], singular[:2] ** 2 / (singular**2).sum(), rtol=1e-9)
    walk = answer["random_walk_variance"]
    assert len(walk) == 2
    assert 0.0 < walk[1] < walk[0] < sum(walk) < 1.0
    moved = places - places[12]
    np.testing.assert_allclose(np.abs(answer["path"]["x"]), np.abs(moved @ rows[0]), atol=1e-10)
    np.testing.assert_allclose(np.abs(answer["path"]["y"]), np.abs(moved @ rows[1]), atol=1e-10)
    np.testing.assert_allclose(answer["path"]["loss"], [frame["loss"] for frame in run["frames"]], rtol=1e-12)
    # A moment is its point on the plane and what is off it.
    across, up = (flat(direction) for direction in answer["directions"])
    for step in (0, 4):
        on_plane = answer["path"]["x"][step] * across + answer["path"]["y"][step] * up
        assert np.linalg.norm(moved[step] - on_plane) == pytest.approx(answer["path"]["distance"][step], abs=1e-10)
    assert min(answer["x"]) < min(answer["path"]["x"])
    assert max(answer["y"]) > max(answer["path"]["y"])
    assert answer["path"]["slice_loss"][12] == pytest.approx(answer["path"]["loss"][12], abs=1e-12)


def test_directions_of_a_random_plane_lead_to_its_points_and_a_stride_thins_the_gradients(
    client: Client, run: dict[str, Any]
) -> None:
    plane = {"kind": "random", "seed": 5, "normalization": "layer", "radius": 0.5}
    body = about(run, 3, plane=plane, resolution=9, gradients=True, gradient_stride=4)
    answer = client.ok("/api/landscape", body)
    assert (answer["x"][0], answer["x"][-1]) == (-0.5, 0.5)
    assert np.array(answer["gradients"]["dx"]).shape == (3, 3)
    assert answer["gradients"]["x"] == answer["x"][::4]
    moved = [
        {
            part: (np.array(own[part]) + 0.5 * np.array(d0[part]) - 0.25 * np.array(d1[part])).tolist()
            for part in ("weights", "biases")
        }
        for own, d0, d1 in zip(body["parameters"], *answer["directions"], strict=True)
    ]
    there = client.ok("/api/survey", {**run["base"], "parameters": moved})["train"]["loss"]
    assert answer["loss"][2][8] == pytest.approx(there, abs=1e-12)


def test_a_map_can_be_of_one_batch(client: Client, run: dict[str, Any]) -> None:
    body = about(run, 4, plane={"kind": "random"}, resolution=4, batch=run["batch"]) | {"step": 4}
    assert client.ok("/api/landscape", body)["centre"]["loss"] == pytest.approx(run["losses"][4], abs=1e-12)
    assert client.ok("/api/curvature", {k: v for k, v in body.items() if k not in ("plane", "resolution")})[
        "loss"
    ] == pytest.approx(run["losses"][4], abs=1e-12)


def test_the_curvature_of_a_path_is_that_of_each_of_its_moments(client: Client, run: dict[str, Any]) -> None:
    path = [frame["parameters"] for frame in run["frames"][:3]]
    answer = client.ok("/api/curvature", about(run, 1, path=path))
    singles = [client.ok("/api/curvature", {**run["base"], "parameters": moment}) for moment in path]
    assert [{**one, "path": None} for one in answer["path"]] == singles
    assert {**answer, "path": None} == singles[1]
    assert answer["critical_learning_rate"] == 2 / answer["sharpness"]
    assert answer["gradient_norm"] > 0


def test_the_slope_of_a_parameter_is_the_gradient_a_trace_has_and_its_step_lands_where_the_trace_does(
    client: Client, run: dict[str, Any]
) -> None:
    body = about(run, 6, optimizer=MOONS["optimizer"])
    trace = client.ok("/api/trace", body)
    answer = client.ok("/api/slope", {**body, "parameter": X, "steps": 3, "points": 11})
    assert answer["gradient"] == pytest.approx(trace["layers"][0]["dW"][1][0], rel=1e-10)
    assert answer["loss"] == pytest.approx(trace["loss"], abs=1e-12)
    assert answer["step"] == answer["ghosts"][0]
    assert len(answer["ghosts"]) == 3
    after = trace["updated_parameters"][0]["weights"][1][0]
    assert answer["step"]["value"] == pytest.approx(after, rel=1e-10)
    assert answer["together"] == {"value": after, "loss": trace["updated_loss"]}
    assert answer["values"][0] == answer["range"][0]
    assert answer["minimum"]["loss"] == min(answer["losses"])


@pytest.mark.parametrize("optimizer", ["sgd", "adamw"])
def test_the_loss_at_the_rate_in_force_is_the_one_a_trace_updates_to(
    client: Client, run: dict[str, Any], optimizer: str
) -> None:
    rate = 0.3
    body = about(run, 6, optimizer={"name": optimizer, "learning_rate": rate})
    answer = client.ok("/api/step-sizes", {**body, "range": [rate, 30.0], "points": 21})
    assert answer["losses"][0] == pytest.approx(client.ok("/api/trace", body)["updated_loss"], rel=1e-9)
    assert answer["rates"] == pytest.approx(np.geomspace(rate, 30.0, 21).tolist())
    assert answer["direction"] == ("gradient" if optimizer == "sgd" else "update")
    assert answer["slope"] < 0


PLANE = examples.LANDSCAPE["plane"]["value"]
BASE = {key: value for key, value in PLANE.items() if key != "plane"}
CURVATURE = examples.CURVATURE["worked"]["value"]
RATES = examples.STEP_SIZES["worked"]["value"]
SLOPE = examples.SLOPE["worked"]["value"]
MOMENT = BASE["parameters"]


@pytest.mark.parametrize(
    ("path", "body", "field", "words"),
    [
        ("landscape", {**BASE, "plane": {"kind": "parameters", "x": {**X, "layer": 2}}}, "layer", "no layer 2"),
        ("landscape", {**BASE, "plane": {"kind": "parameters", "x": X, "y": X}}, "y", "same parameter"),
        ("landscape", {**BASE, "plane": {"kind": "pca"}}, "path", "train a few steps"),
        ("landscape", {**BASE, "plane": {"kind": "pca"}, "path": [MOMENT] * 5}, "path", "third different moment"),
        ("landscape", {**BASE, "plane": {"kind": "hexagon"}}, "plane", 'should be "parameters", "random" or "pca"'),
        ("landscape", {**PLANE, "resolution": 3}, "resolution", "4"),
        ("landscape", {**PLANE, "resolution": 10_000}, "resolution", "101"),
        ("landscape", {**BASE, "plane": {"kind": "random", "radius": 0}}, "radius", "should be above 0"),
        ("landscape", {**PLANE, "path": [MOMENT[:1]]}, "path", "1 layer, but"),
        ("landscape", {**PLANE, "path": [MOMENT] * (limits.MOMENTS + 1)}, "path", str(limits.MOMENTS)),
        ("curvature", {**CURVATURE, "path": [[{"weights": [[1.0]]}] * 2]}, "weights", "2 × 2"),
        ("step-sizes", {**RATES, "range": [0.0, 1.0]}, "range", "above 0"),
        ("step-sizes", {**RATES, "range": [2.0, 1.0]}, "range", "not below"),
        ("step-sizes", {**RATES, "points": 1}, "points", "2"),
        ("slope", {**SLOPE, "steps": 0}, "steps", "1"),
        ("slope", {**SLOPE, "parameter": {"layer": 0, "unit": 9, "input": 0}}, "unit", "no unit 9"),
        ("slope", {**SLOPE, "range": [1.0]}, "range", "at least 2 entries"),
    ],
)
def test_what_makes_no_sense_is_refused_and_the_field_named(
    client: Client, path: str, body: Any, field: str, words: str
) -> None:
    (problem,) = client.refused(f"/api/{path}", body)
    assert field in problem["loc"]
    assert words in problem["msg"]


def test_a_path_of_too_many_numbers_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PATH_NUMBERS", 30)
    (problem,) = client.refused("/api/landscape", {**PLANE, "path": [MOMENT] * 3})
    assert problem["loc"] == ["body", "path"]
    assert "36 numbers" in problem["msg"]


def test_a_map_that_would_take_minutes_is_refused_before_it_is_begun(client: Client) -> None:
    network = {
        "inputs": 64,
        "layers": [{"units": 200, "activation": "tanh"}, {"units": 10, "activation": "softmax"}],
    }
    initializer = {"name": "xavier_uniform", "seed": 0}
    parameters = client.ok("/api/parameters", {"network": network, "initializer": initializer})["parameters"]
    body = {
        "network": network,
        "parameters": parameters,
        "data": {"dataset": "digits"},
        "loss": "cross_entropy",
        "plane": {"kind": "random"},
        "resolution": 101,
        "gradients": True,
    }
    (problem,) = client.refused("/api/landscape", body)
    assert "seconds" in problem["msg"]


def test_weights_that_have_grown_beyond_all_are_answered_with_nulls(client: Client) -> None:
    huge = [{"weights": [[1e300, -1e300], [1e300, 1e300]], "biases": [1e300, 0.0]} for _ in range(2)]
    network = {"inputs": 2, "layers": [{"units": 2, "activation": "identity"}] * 2}
    base = {**BASE, "network": network, "parameters": huge}
    assert client.ok("/api/landscape", {**base, "plane": PLANE["plane"], "resolution": 4})["centre"]["loss"] is None
    curvature = client.ok("/api/curvature", {k: v for k, v in base.items() if k != "resolution"})
    assert (curvature["sharpness"], curvature["critical_learning_rate"], curvature["converged"]) == (
        None,
        None,
        False,
    )
    optimizer = {"name": "sgd", "learning_rate": 0.1}
    moment = {k: v for k, v in base.items() if k != "resolution"} | {"optimizer": optimizer}
    assert client.ok("/api/step-sizes", {**moment, "range": [0.1, 1.0]})["best_rate"] is None
    slope = client.ok("/api/slope", {**moment, "parameter": {"layer": 0, "unit": 0, "input": 0}})
    assert slope["loss"] is None


@pytest.mark.parametrize("normalization", ["filter", "layer", "none"])
@pytest.mark.parametrize(("here", "there"), [(1e155, -1e155), (5e307, -5e307), (1e308, -1e308), (1.0, 1e308)])
def test_a_path_that_diverged_is_seen_from_a_random_plane_as_far_as_doubles_go(
    client: Client, here: float, there: float, normalization: str
) -> None:
    body = {
        "network": {"inputs": 1, "layers": [{"units": 1, "activation": "identity"}]},
        "data": {"dataset": "line"},
        "loss": "mean_squared_error",
        "parameters": [{"weights": [[here]], "biases": [0.0]}],
        "path": [[{"weights": [[there]], "biases": [0.0]}], [{"weights": [[0.5]], "biases": [0.0]}]],
        "plane": {"kind": "random", "normalization": normalization},
        "resolution": 5,
    }
    path = client.ok("/api/landscape", body)["path"]
    assert path["loss"][0] is None
    assert path["loss"][1] is not None


def test_the_plane_of_a_path_longer_than_a_double_is_refused(client: Client) -> None:
    moments = [[{"weights": [[value]], "biases": [0.0]}] for value in (1.7e308, 1.0, 2.0)]
    body = {
        "network": {"inputs": 1, "layers": [{"units": 1, "activation": "identity"}]},
        "data": {"dataset": "line"},
        "loss": "mean_squared_error",
        "parameters": [{"weights": [[-1.7e308]], "biases": [0.0]}],
        "path": moments,
        "plane": {"kind": "pca"},
    }
    (problem,) = client.refused("/api/landscape", body)
    assert problem["loc"][-1] == "path"
    assert "diverged" in problem["msg"]
