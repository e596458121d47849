"""Valid requests, broken at random places: whatever comes of it, the answer is 200 or a 4xx of the one shape."""

import copy
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.api import examples, expression, sabotage, symmetry
from tests.api.conftest import Client, problems

SOUND: list[tuple[str, Any]] = [
    (path, example["value"])
    for path, of_path in (
        ("/api/parameters", examples.PARAMETERS),
        ("/api/dataset", examples.DATASET),
        ("/api/trace", examples.TRACE),
        ("/api/explain", examples.EXPLAIN),
        ("/api/survey", examples.SURVEY),
        ("/api/train", examples.TRAIN),
        ("/api/landscape", examples.LANDSCAPE),
        ("/api/curvature", examples.CURVATURE),
        ("/api/step-sizes", examples.STEP_SIZES),
        ("/api/rates", examples.RATES),
        ("/api/slope", examples.SLOPE),
        ("/api/surface", examples.SURFACE),
        ("/api/descent", examples.DESCENT),
        ("/api/expression", expression.EXAMPLES),
        *sabotage.EXAMPLES.items(),
        *symmetry.EXAMPLES.items(),
    )
    for example in of_path.values()
]
NAMES = sorted(
    {
        "inputs",
        "targets",
        "dataset",
        "samples",
        "noise",
        "features",
        "weights",
        "biases",
        "updates",
        "slots",
        "state",
    }
    | {"optimizer_state", "initializer", "test", "test_fraction", "changes", "target_loss", "l1", "l2", "reduction"}
    | {
        "seed",
        "step",
        "steps",
        "size",
        "shuffle",
        "example",
        "check",
        "std",
        "low",
        "high",
        "arms",
        "side",
        "momentum",
    }
    | {
        "grid",
        "resolution",
        "unit_stride",
        "x_range",
        "y_range",
        "outputs",
        "survey",
        "nudges",
        "line",
        "range",
        "points",
    }
    | {
        "sgd",
        "adam",
        "softmax",
        "relu",
        "step",
        "line",
        "digits",
        "dogs",
        "blobs",
        "cross_entropy",
        "hinge",
        "bias",
    }
)
SIMPLE = st.one_of(
    st.sampled_from(
        [None, True, False, 0, 1, -1, 2, 3, 0.5, -0.0, 1.5, 1e-320, 1e150, 1e300, -1e308, 2**53, 2**63]
    ),
    st.sampled_from([10**400, float("nan"), float("inf"), "", "NaN", "\ud800", "\0", "x" * 5000, "1"]),
    st.sampled_from(NAMES),
)
ODD = st.one_of(
    SIMPLE,
    st.lists(SIMPLE, max_size=4),
    st.lists(st.lists(SIMPLE, max_size=3), max_size=3),
    st.dictionaries(st.sampled_from([*NAMES, "\ud800", ""]), SIMPLE, max_size=3),
    st.sampled_from([[0.5] * 50_000, [[0.5] * 2] * 12_000, [[]] * 20_000, {f"k{n}": n for n in range(5_000)}]),
)
MOST_PLACES = 1000  # what is larger has been broken enough
KINDS = st.sampled_from(["replace", "replace", "replace", "drop", "double", "add", "move"])


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every (container, key) inside a value."""
    found: list[tuple[Any, Any]] = []
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        found += [(value, key), *places(value[key])]
    return found


def mutate(draw: st.DrawFn, body: Any) -> None:
    """Break a body, in place, at one place."""
    inside = places(body)
    container, key = inside[draw(st.integers(0, len(inside) - 1))]
    kind = draw(KINDS)
    if kind == "replace":
        container[key] = copy.deepcopy(draw(ODD))
    elif kind == "drop":
        del container[key]
    elif kind == "double" and isinstance(container, list):
        container.append(copy.deepcopy(container[key]))
    elif kind == "move":
        container[key] = copy.deepcopy(inside[draw(st.integers(0, len(inside) - 1))][0])
    elif isinstance(container, dict):
        container[draw(st.sampled_from([*NAMES, "\ud800", ""]))] = copy.deepcopy(draw(ODD))


@st.composite
def broken(draw: st.DrawFn) -> tuple[str, bytes]:
    path, body = copy.deepcopy(draw(st.sampled_from(SOUND)))
    for _ in range(draw(st.integers(1, 2))):
        if 0 < len(places(body)) < MOST_PLACES:
            mutate(draw, body)
    return path, json.dumps(body).encode()[:3_900_000]


@settings(derandomize=True, deadline=None, max_examples=1000, suppress_health_check=list(HealthCheck))
@given(broken())
def test_a_broken_request_is_answered_or_refused_in_the_one_shape(
    client: Client, request: tuple[str, bytes]
) -> None:
    answer = client.post(*request)
    if answer.status_code == 200:
        assert answer.json()
    else:
        assert 400 <= answer.status_code < 500
        problems(answer)
