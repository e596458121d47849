"""The requests shown, and sent by its buttons, on the OpenAPI page; a test sends every one of them."""

from typing import Any, Final

from app.api.presets import PRESETS

_WORKED: Final = dict(PRESETS["worked"].experiment)
_XOR: Final = dict(PRESETS["xor"].experiment)
_STEP: Final = {key: _WORKED[key] for key in ("network", "parameters", "data", "loss", "optimizer")}


def _example(summary: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"summary": summary, "value": value}


PARAMETERS: Final = {
    "xor": _example("First weights for XOR", {"network": _XOR["network"], "initializer": _XOR["initializer"]})
}
DATASET: Final = {
    "moons": _example(
        "Half moons, a quarter kept for testing",
        {"data": {"dataset": "moons", "samples": 40, "noise": 0.1, "seed": 2}, "test_fraction": 0.25},
    ),
    "spiral": _example(
        "Three spiral arms, for cross-entropy, with a feature",
        {
            "data": {"dataset": "spiral", "samples": 30, "arms": 3, "features": ["x1", "x2", "x1*x2"]},
            "loss": "cross_entropy",
        },
    ),
}
TRACE: Final = {
    "worked": _example("The worked example: one step", _STEP),
    "operations": _example("The same, operation by operation", {**_STEP, "example": 0, "check": True}),
}
EXPLAIN: Final = {
    "hidden": _example(
        "The first hidden weight: two paths",
        {**_STEP, "parameter": {"layer": 0, "unit": 0, "input": 0}},
    ),
    "nudges": _example(
        "The same weight moved: by less and less, and along a line",
        {
            **_STEP,
            "parameter": {"layer": 0, "unit": 0, "input": 0},
            "nudges": [1, 0.1, 0.01, 0.001],
            "line": {"range": [-2, 2], "points": 21},
        },
    ),
    "bias": _example("A bias", {**_STEP, "parameter": {"layer": 1, "unit": 0, "input": "bias"}}),
}
SURVEY: Final = {
    "worked": _example(
        "The worked example: every output, and whether every layer learns",
        {**{key: _STEP[key] for key in ("network", "parameters", "data", "loss")}, "outputs": True},
    ),
    "grid": _example(
        "One neuron on AND: what it gets right, and its answers on a grid",
        {
            "network": PRESETS["and"].experiment["network"],
            "parameters": [{"weights": [[2.0, 2.0]], "biases": [-3.0]}],
            "data": {"dataset": "and"},
            "loss": "binary_cross_entropy",
            "grid": {"resolution": 8, "x_range": [-0.5, 1.5], "y_range": [-0.5, 1.5]},
        },
    ),
}
TRAIN: Final = {
    "xor": _example(
        "XOR: 200 steps, the rate raised at step 100",
        {**_XOR, "steps": 200, "record_every": 50, "changes": [{"at_step": 100, "learning_rate": 1.0}]},
    ),
    "survey": _example(
        "XOR, with what the network answers at every kept moment",
        {**_XOR, "steps": 100, "record_every": 50, "survey": {"grid": {"resolution": 10}}},
    ),
    "diverges": _example(
        "A rate far too high: it reports when",
        {
            "network": {"inputs": 1, "layers": [{"units": 1, "activation": "identity"}]},
            "data": {"dataset": "line"},
            "loss": "mean_squared_error",
            "optimizer": {"name": "sgd", "learning_rate": 10.0},
            "batch": {"size": None},
            "steps": 1000,
        },
    ),
}
LANDSCAPE: Final = {
    "plane": _example(
        "The worked example: the loss over two of its weights",
        {
            **{key: _STEP[key] for key in ("network", "parameters", "data", "loss")},
            "plane": {
                "kind": "parameters",
                "x": {"layer": 0, "unit": 0, "input": 0},
                "y": {"layer": 1, "unit": 0, "input": 0},
            },
            "resolution": 11,
        },
    ),
    "random": _example(
        "Along two random directions, with gradients",
        {
            **{key: _STEP[key] for key in ("network", "parameters", "data", "loss")},
            "plane": {"kind": "random", "seed": 1, "normalization": "filter", "radius": 1.0},
            "resolution": 9,
            "gradients": True,
            "gradient_stride": 4,
        },
    ),
}
CURVATURE: Final = {
    "worked": _example(
        "The worked example: how sharply the loss is bent, and the limit of the learning rate",
        {key: _STEP[key] for key in ("network", "parameters", "data", "loss")},
    )
}
STEP_SIZES: Final = {
    "worked": _example(
        "The worked example: the loss after one step, for every learning rate",
        {**_STEP, "range": [0.001, 1000.0], "points": 25},
    )
}
RATES: Final = {
    "xor": _example("XOR: what every learning rate does in the first 20 steps", _XOR),
    "digits": _example(
        "Handwritten digits, from a seed, for three rates: one slow, one good, one that kills units",
        {**PRESETS["digits"].experiment, "rates": [0.01, 0.2, 2.45]},
    ),
}
SLOPE: Final = {
    "worked": _example(
        "The first hidden weight alone, and its next five updates",
        {**_STEP, "parameter": {"layer": 0, "unit": 0, "input": 0}, "points": 21},
    )
}
SURFACE: Final = {
    "two_valleys": _example("Two valleys, along a line", {"surface": "two_valleys", "resolution": 13}),
    "beale": _example("Beale's function, a part of it", {"surface": "beale", "resolution": 9, "x_range": [2, 4]}),
}
DESCENT: Final = {
    "parabola": _example(
        "Three rates on one parabola: one arrives, one bounces, one flies away",
        {
            "surface": "parabola",
            "start": [-2.5],
            "runs": [{"name": "sgd", "learning_rate": rate} for rate in (0.5, 1.95, 2.5)],
            "steps": 20,
        },
    ),
    "ravine": _example(
        "Plain descent, momentum and Adam in the ravine",
        {
            "surface": "ravine",
            "start": [-3.5, 0.8],
            "runs": [
                {"name": "sgd", "learning_rate": 0.05},
                {"name": "momentum", "learning_rate": 0.02},
                {"name": "adam", "learning_rate": 0.3},
            ],
            "steps": 30,
        },
    ),
}
