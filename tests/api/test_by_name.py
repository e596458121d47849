"""What is asked for by name comes out the same next year: links, printed sheets and lessons quote its numbers.

Whoever changes an experiment on purpose writes the new numbers here, and looks for sentences that quote the old.
"""

from typing import Any

import pytest

from app.api.presets import PRESETS
from app.api.races import RACES
from tests.api.conftest import Client

# The loss at the start, that of the example which is followed, and that after 20 steps or the last with a value.
LOSSES_OF_PRESETS: dict[str, tuple[float, float, float]] = {
    "worked": (0.298371109, 0.298371109, 0.149106135),
    "and": (0.851325569, 0.388667062, 0.412272718),
    "or": (1.33041893, 1.13307936, 0.315755582),
    "xor": (0.706497459, 0.71186979, 0.542530579),
    "nand": (0.851325569, 1.13307936, 0.315019028),
    "moons": (0.578388242, 0.491229285, 0.278457236),
    "circles": (0.53165638, 0.274930819, 0.315866169),
    "blobs": (1.85714317, 2.11975132, 0.552770655),
    "spiral": (0.643929716, 0.720046765, 0.801741435),
    "sine": (1.04001432, 0.668666919, 0.180364154),
    "edge": (0.365003485, 0.41439348, 0.182690995),
    "dogs": (0.694137693, 0.699109307, 0.62576358),
    "digits": (2.44587711, 2.29213295, 1.50131714),
    "symmetry": (7.0923375, 0.105828978, 3.99946149),
    "vanishing": (0.724445919, 0.975945107, 0.696923992),
    "exploding": (8513.47567, 200.353437, 4.1265542e202),
    "dead": (1.54858735, 0.0485873516, 0.705227176),
    "equal": (0.770494169, 0.334209073, 0.678793626),
    "unscaled": (14901.5484, 16796.4496, 8846.63811),
}
# The last number of every run, and how many values the longest has.
ENDS_OF_RACES: dict[str, tuple[list[float], int]] = {
    "rates": ([3.35643667, 0.54229447, 0.0129998616, 5.912065e-05, 708.240404], 61),
    "momentum": ([0.241700865, 1.74652304e-07, 4.52079815e-08, 0.0374766208], 81),
    "seven": ([5.47186514, 0.639443074, 0.738830753, 4.73877119, 3.80902511, 0.247655425, 0.202154688], 301),
    "limit": ([0.000682732814, 0.0, 0.000682732814, 154.879503], 41),
    "valleys": ([0.29414654, 0.294146481, -0.249149876, -0.295037872], 51),
    "wall": ([0.00414255954, 0.00318603629, 0.00145726712, 0.0106886556], 61),
    "inflection": ([0.00271282608, 4.66404212e-05, -1.44138242e201, -0.265300092], 41),
    "saddle": ([-0.248811227, -0.247631759, -0.249946896, -0.249987577, -0.2474293], 61),
    "himmelblau": ([4.40148788e-15, 65.6897326, 0.267847151, 0.157959377], 61),
    "beale": ([0.0207850455, 3.66296513e87, 0.0183276203, 0.0730278919, 0.0052740154], 201),
    "rastrigin": ([4.97479025, 4.97479026, 4.97479026, 4.97479026], 201),
}

OBJECTIVE = ("network", "data", "loss", "reduction", "l1", "l2", "test_fraction")


def started(client: Client, experiment: Any) -> Any:
    """Return the start of an experiment as a run of it takes it."""
    body = {key: value for key, value in experiment.items() if key != "parameters"}
    if "parameters" in experiment:
        return {**body, "state": {"parameters": experiment["parameters"]}}
    return {**body, "state": client.ok("/api/train", {**body, "steps": 0})["state"]}


def losses_of(client: Client, name: str) -> tuple[float, float, float]:
    row = PRESETS[name]
    body = started(client, row.experiment)
    objective = {field: body[field] for field in OBJECTIVE if field in body}
    moment = {"parameters": body["state"]["parameters"], "optimizer": body["optimizer"]}
    trace = client.ok("/api/trace", {**objective, **moment})
    losses = client.ok("/api/train", {**body, "steps": 21})["losses"]
    return trace["loss"], trace["example_losses"][row.example], last_number(losses)


def last_number(values: list[float | None]) -> float:
    return [value for value in values if value is not None][-1]


def test_every_experiment_and_every_race_is_here() -> None:
    assert list(LOSSES_OF_PRESETS) == list(PRESETS)
    assert list(ENDS_OF_RACES) == list(RACES)


@pytest.mark.parametrize("name", PRESETS)
def test_an_experiment_by_name_comes_out_as_it_always_did(client: Client, name: str) -> None:
    assert losses_of(client, name) == pytest.approx(LOSSES_OF_PRESETS[name], rel=1e-6)


@pytest.mark.parametrize("name", RACES)
def test_a_race_by_name_comes_out_as_it_always_did(client: Client, name: str) -> None:
    runs = client.ok("/api/descent", RACES[name].body())["runs"]
    ends, count = ENDS_OF_RACES[name]
    assert [last_number(run["values"]) for run in runs] == pytest.approx(ends, rel=1e-6)
    assert max(len(run["values"]) for run in runs) == count
