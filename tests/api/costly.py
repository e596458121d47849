"""The costliest requests that are still taken, one or more of every endpoint that computes for long."""

from typing import Any, Final

from app import limits
from app.engine.initializers import initialize
from app.engine.network import Layer, Network

_ALL: Final = {"size": None}
_ADAM: Final = {"name": "adam", "learning_rate": 0.001}
_SINES: Final = {"dataset": "sine", "samples": limits.EXAMPLES}
_MOONS: Final = {"dataset": "moons", "samples": limits.EXAMPLES}
_DIGITS: Final = {"dataset": "digits", "samples": 1797}
_DOGS: Final = {"dataset": "dogs", "samples": 2000, "side": 12, "noise": 0.3}


def network(inputs: int, *layers: tuple[int, str]) -> dict[str, Any]:
    """Return a network as a request has it."""
    return {"inputs": inputs, "layers": [{"units": units, "activation": name} for units, name in layers]}


def parameters(of: dict[str, Any]) -> list[dict[str, Any]]:
    """Return parameters that fit a network."""
    layers = tuple(Layer(layer["units"], layer["activation"]) for layer in of["layers"])
    made = initialize(Network(of["inputs"], layers), "xavier_uniform", 1)
    return [{"weights": own.weights.tolist(), "biases": own.biases.tolist()} for own in made]


_WIDE: Final = network(1, (256, "gelu"), (1, "identity"))
_LARGE: Final = network(1, (200, "gelu"), (200, "gelu"), (1, "identity"))
_DEEP: Final = network(2, *[(60, "gelu")] * 11, (1, "sigmoid"))
_FOR_DIGITS: Final = network(64, (256, "tanh"), (100, "gelu"), (10, "softmax"))
_FOR_DOGS: Final = network(144, (200, "silu"), (60, "gelu"), (1, "sigmoid"))
_SINE_MOMENT: Final = {"network": _LARGE, "data": _SINES, "loss": "huber", "parameters": parameters(_LARGE)}
_DIGITS_MOMENT: Final = {
    **{"network": _FOR_DIGITS, "data": _DIGITS, "loss": "cross_entropy"},
    "parameters": parameters(_FOR_DIGITS),
}
_LINE: Final = network(1, (1, "identity"))
_FIRST: Final = {"layer": 0, "unit": 0, "input": 0}
_PLANE: Final = {"kind": "random", "seed": 1, "normalization": "filter", "radius": 1.0}


# By a name: the endpoint and the body.
COSTLY: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "wide training": (
        "/api/train",
        {"network": _WIDE, "data": _SINES, "loss": "huber", "optimizer": _ADAM, "batch": _ALL, "steps": 40},
    ),
    "deep training": (
        "/api/train",
        {
            **{"network": _DEEP, "data": _MOONS, "loss": "binary_cross_entropy"},
            **{"optimizer": _ADAM, "batch": _ALL, "steps": 12},
        },
    ),
    "long training": (
        "/api/train",
        {
            **{"network": network(2, (8, "tanh"), (1, "sigmoid")), "data": {"dataset": "xor"}},
            **{"loss": "binary_cross_entropy", "optimizer": _ADAM, "batch": _ALL, "steps": limits.STEPS},
        },
    ),
    "frames with surveys": (
        "/api/train",
        {
            **{"network": network(144, (20, "gelu"), (1, "sigmoid")), "data": _DOGS},
            **{"loss": "binary_cross_entropy", "optimizer": _ADAM, "batch": {"size": 10}},
            **{"steps": 400, "record_every": 10, "survey": {}},
        },
    ),
    "gradient check": (
        "/api/trace",
        {
            **{"network": network(64, (12, "gelu"), (10, "softmax")), "data": _DIGITS, "loss": "cross_entropy"},
            "parameters": parameters(network(64, (12, "gelu"), (10, "softmax"))),
            **{"optimizer": _ADAM, "check": True},
        },
    ),
    "large trace": (
        "/api/trace",
        {
            **{"network": network(64, (64, "tanh"), (10, "softmax")), "data": _DIGITS, "loss": "cross_entropy"},
            "parameters": parameters(network(64, (64, "tanh"), (10, "softmax"))),
            "optimizer": _ADAM,
        },
    ),
    "nudges": ("/api/explain", {**_SINE_MOMENT, "parameter": _FIRST, "max_paths": 1, "nudges": [0.1] * 20}),
    "paths": (
        "/api/explain",
        {
            **{"network": network(1, (2, "tanh"), (200, "tanh"), (1, "identity")), "data": _SINES, "loss": "huber"},
            "parameters": parameters(network(1, (2, "tanh"), (200, "tanh"), (1, "identity"))),
            **{"parameter": _FIRST, "max_paths": limits.PATHS},
        },
    ),
    "survey": ("/api/survey", {**_DIGITS_MOMENT, "outputs": True}),
    "survey of pairs": (
        "/api/survey",
        {
            **{"network": _LINE, "parameters": parameters(_LINE), "loss": "huber"},
            "data": {
                "inputs": [[number // 2] for number in range(6000)],
                "targets": [[number] for number in range(6000)],
            },
        },
    ),
    "map": ("/api/landscape", {**_DIGITS_MOMENT, "plane": _PLANE, "resolution": 20}),
    "map with gradients": (
        "/api/landscape",
        {**_DIGITS_MOMENT, "plane": _PLANE, "resolution": 10, "gradients": True},
    ),
    "curvature": ("/api/curvature", {**_SINE_MOMENT, "data": {"dataset": "sine", "samples": 5000}}),
    "step sizes": (
        "/api/step-sizes",
        {**_SINE_MOMENT, "optimizer": _ADAM, "range": [0.001, 1.0], "points": 20, "batch": {"size": 5000}},
    ),
    "rates": (
        "/api/rates",
        {"network": _FOR_DOGS, "data": _DOGS, "loss": "binary_cross_entropy", "optimizer": _ADAM, "batch": _ALL},
    ),
    "slope": ("/api/slope", {**_DIGITS_MOMENT, "optimizer": _ADAM, "parameter": _FIRST, "steps": 2, "points": 20}),
    "descent": (
        "/api/descent",
        {"surface": "beale", "start": [1, 1.5], "runs": [_ADAM] * limits.RUNS, "steps": limits.WALK_STEPS},
    ),
    "symmetry": (
        "/api/symmetry",
        {"runs": [{"seed": seed} for seed in range(limits.RUNS)], "sweeps": limits.WALK_STEPS},
    ),
    "dogs": ("/api/dataset", {"data": _DOGS}),
    "first weights": ("/api/parameters", {"network": _LARGE, "initializer": {"name": "he_normal"}}),
}
