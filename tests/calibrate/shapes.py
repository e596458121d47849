"""Random requests to every endpoint that computes, all legal, of every row of the tables; a seed makes them all."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from random import Random
from typing import Any, Final

from app import limits
from app.engine.activations import ACTIVATIONS
from app.engine.datasets import DATASETS
from app.engine.initializers import INITIALIZERS
from app.engine.losses import LOSSES, is_defined_for
from app.engine.optimizers import OPTIMIZERS
from app.engine.surfaces import SURFACES

Body = dict[str, Any]


def _spread(random: Random, low: float, high: float) -> int:
    """Return a whole number, small ones as often as large ones."""
    return round(low * (high / low) ** random.random())


def data_of(random: Random) -> tuple[Body, int, int | None]:
    """Return a data set, and how many inputs and classes it has (None: a number to predict)."""
    row = DATASETS[random.choice(list(DATASETS))]
    data: Body = {"dataset": row.name, "seed": random.randrange(1000)}
    if not row.is_fixed:
        data["samples"] = _spread(random, 4, row.samples.maximum or 1)
    data["noise"] = random.choice([0.0, row.noise.maximum])
    settings = {one.name: random.randint(int(one.minimum or 0), int(one.maximum or 0)) for one in row.settings}
    return {**data, **settings}, row.inputs(settings), row.classes(settings) if row.classes else None


def _network(random: Random, inputs: int, outputs: int, loss: str) -> Body:
    hidden = [name for name, row in ACTIVATIONS.items() if not row.last_layer_only]
    sizes = [_spread(random, 1, 150) for _ in range(random.choice([0, 1, 1, 1, 2, 2, 3, 5]))]
    layers = [{"units": size, "activation": random.choice(hidden)} for size in sizes]
    # No threshold and no softmax of one at the end: the loss may be infinite at once, and nothing is computed.
    fitting = [name for name in ACTIVATIONS if is_defined_for(loss, name) and name != "step"]
    fitting = [name for name in fitting if outputs > 1 or not ACTIVATIONS[name].last_layer_only]
    return {"inputs": inputs, "layers": [*layers, {"units": outputs, "activation": random.choice(fitting)}]}


def count_of(network: Body) -> int:
    """Return how many parameters a network has."""
    sizes = [network["inputs"], *(layer["units"] for layer in network["layers"])]
    return sum((before + 1) * after for before, after in pairwise(sizes))


def experiment_of(random: Random) -> Body:
    """Return a network, its data and its loss."""
    while True:
        data, inputs, classes = data_of(random)
        losses = [name for name, row in LOSSES.items() if classes or row.targets == "zero_one"]
        loss = random.choice(losses)
        many = classes and (classes > 2 or LOSSES[loss].targets == "one_hot")
        outputs = classes if many and classes else (2 if data["dataset"] == "worked" else 1)
        if data["dataset"] in ("line", "sine", "plane") and loss not in _FOR_NUMBERS:
            continue
        network = _network(random, inputs, outputs, loss)
        if count_of(network) <= limits.PARAMETERS:
            return {"network": network, "data": data, "loss": loss}


_FOR_NUMBERS: Final = ("mean_squared_error", "half_squared_error", "mean_absolute_error", "huber")


def parameters_of(random: Random, network: Body) -> list[Body]:
    """Return random parameters of a network."""
    sizes = [network["inputs"], *(layer["units"] for layer in network["layers"])]
    return [
        {
            "weights": [[random.gauss(0, before**-0.5) for _ in range(before)] for _ in range(after)],
            "biases": [random.gauss(0, 0.1) for _ in range(after)],
        }
        for before, after in pairwise(sizes)
    ]


def _moment(random: Random) -> Body:
    experiment = experiment_of(random)
    return {**experiment, "parameters": parameters_of(random, experiment["network"])}


def _optimizer(random: Random) -> Body:
    return {"name": random.choice(list(OPTIMIZERS)), "learning_rate": 0.001}


def _place(random: Random, network: Body) -> Body:
    layer = random.randrange(len(network["layers"]))
    return {"layer": layer, "unit": random.randrange(network["layers"][layer]["units"]), "input": 0}


def _batch(random: Random) -> Body:
    size = random.choice([None, None, _spread(random, 1, 500)])
    return {"size": size, "shuffle": random.random() < 0.5}


def _parameters(random: Random) -> Body:
    network = {
        "inputs": _spread(random, 1, 256),
        "layers": [{"units": _spread(random, 1, 190), "activation": "tanh"}],
    }
    return {"network": network, "initializer": {"name": random.choice(list(INITIALIZERS))}}


def _dataset(random: Random) -> Body:
    if random.random() < 0.3:
        rows, wide = _spread(random, 10, 10_000), _spread(random, 1, 30)
        inputs = [[random.random() for _ in range(wide)] for _ in range(rows)]
        return {"data": {"inputs": inputs, "targets": [[0.5]] * rows}}
    data = data_of(random)[0]
    # The worked example alone cannot be split.
    fraction = random.choice([0.0, 0.2]) if data["dataset"] != "worked" else 0.0
    return {"data": data, "test_fraction": fraction}


def _trace(random: Random) -> Body:
    moment = _moment(random)
    check = random.random() < 0.5
    example = {"example": 0} if random.random() < 0.3 else {}
    return {**moment, **example, "optimizer": _optimizer(random), "batch": _batch(random), "check": check}


def _explain(random: Random) -> Body:
    moment = _moment(random)
    body = {**moment, "parameter": _place(random, moment["network"]), "max_paths": _spread(random, 1, 1000)}
    if random.random() < 0.5:
        body["nudges"] = [0.1] * _spread(random, 1, limits.NUDGES)
        body["line"] = {"range": [-1, 1], "points": _spread(random, 2, limits.LINE_POINTS)}
    return body


def _train(random: Random) -> Body:
    body = {**experiment_of(random), "optimizer": _optimizer(random), "batch": _batch(random)}
    body["steps"] = _spread(random, 20, 5000)
    if random.random() < 0.5:
        body["record_every"] = max(1, body["steps"] // _spread(random, 1, 30))
        if random.random() < 0.5:
            body["survey"] = {"grid": {"resolution": _spread(random, 4, 60)}}
    return body


def _survey(random: Random) -> Body:
    return {**_moment(random), "grid": {"resolution": _spread(random, 4, 100)}, "outputs": random.random() < 0.5}


def _landscape(random: Random) -> Body:
    moment = _moment(random)
    kind = random.choice(["random", "parameters", "pca"])
    body = {**moment, "resolution": _spread(random, 4, limits.MAP), "gradients": random.random() < 0.3}
    if kind == "random":
        body["plane"] = {"kind": "random", "seed": 1, "normalization": "filter", "radius": 1.0}
    elif kind == "parameters":
        body["plane"] = {"kind": "parameters", "x": _place(random, moment["network"])}
    else:
        body["plane"] = {"kind": "pca"}
        most = min(limits.MOMENTS, limits.PATH_NUMBERS // count_of(moment["network"]))
        moments = _spread(random, 3, max(3, most))
        body["path"] = [parameters_of(random, moment["network"]) for _ in range(moments)]
    return body


def _curvature(random: Random) -> Body:
    return _moment(random)


def _step_sizes(random: Random) -> Body:
    points = _spread(random, 2, limits.LINE_POINTS)
    return {**_moment(random), "optimizer": _optimizer(random), "range": [0.001, 10.0], "points": points}


def _rates(random: Random) -> Body:
    return {**experiment_of(random), "optimizer": _optimizer(random), "batch": _batch(random)}


def _slope(random: Random) -> Body:
    moment = _moment(random)
    steps, points = _spread(random, 1, limits.GHOSTS), _spread(random, 2, limits.LINE_POINTS)
    place = {"parameter": _place(random, moment["network"]), "steps": steps, "points": points}
    return {**moment, **place, "optimizer": _optimizer(random)}


def _surface(random: Random) -> Body:
    return {"surface": random.choice(list(SURFACES)), "resolution": _spread(random, 20, limits.SURFACE)}


def _descent(random: Random) -> Body:
    row = SURFACES[random.choice(list(SURFACES))]
    runs = [{**_optimizer(random)} for _ in range(random.randint(1, limits.RUNS))]
    steps = _spread(random, 10, limits.WALK_STEPS)
    return {"surface": row.name, "start": list(row.start), "runs": runs, "steps": steps}


def _symmetry(random: Random) -> Body:
    runs = [{"seed": random.randrange(1000)} for _ in range(random.randint(1, limits.RUNS))]
    return {"runs": runs, "sweeps": _spread(random, 10, 1200)}


def _sabotage(random: Random) -> Body:
    return {"seed": random.randrange(1000)}


def _expression(random: Random) -> Body:
    terms = _spread(random, 5, 90)
    names = [f"x{number}" for number in range(terms)]
    return {"expression": " + ".join(f"tanh({name})" for name in names), "values": dict.fromkeys(names, 0.5)}


REQUESTS: Final[Mapping[str, Callable[[Random], Body]]] = {
    "/api/parameters": _parameters,
    "/api/dataset": _dataset,
    "/api/trace": _trace,
    "/api/explain": _explain,
    "/api/train": _train,
    "/api/survey": _survey,
    "/api/landscape": _landscape,
    "/api/curvature": _curvature,
    "/api/step-sizes": _step_sizes,
    "/api/rates": _rates,
    "/api/slope": _slope,
    "/api/surface": _surface,
    "/api/descent": _descent,
    "/api/symmetry": _symmetry,
    "/api/sabotage": _sabotage,
    "/api/expression": _expression,
}
