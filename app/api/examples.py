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
    "bias": _example("A bias", {**_STEP, "parameter": {"layer": 1, "unit": 0, "input": "bias"}}),
}
TRAIN: Final = {
    "xor": _example(
        "XOR: 200 steps, the rate raised at step 100",
        {**_XOR, "steps": 200, "record_every": 50, "changes": [{"at_step": 100, "learning_rate": 1.0}]},
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
