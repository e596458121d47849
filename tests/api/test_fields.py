"""What every field of a request is if it is left out, and its least value: both are promised to clients."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tests.api.conftest import Client

# The least number: what is counted from 0, or may be nothing; what there is one of; what has two ends.
LEAST = {
    0: "at_step example input l1 l2 layer learning_rate max_paths noise seed step steps sweeps test_fraction unit"
    " updates white",
    1: "gradient_stride inputs record_every samples size steps unit_stride units",
    2: "points",
    4: "resolution",
}
# The least number of entries.
FEWEST = {1: "inputs layers pixels rates runs start targets weights", 2: "range x_range y_range"}
# A run may have no steps, and so only shows its start; the others would have nothing to say.
MAY_HAVE_NO_STEPS = {"TrainQuery"}

DEFAULTS: dict[str, set[Any]] = {
    # Of one field in several requests: a grid, a map of the loss, a surface; steps tried, steps drawn ahead.
    "resolution": {40, 51, 81},
    "steps": {20, 5},
    "points": {81},
    "unit_stride": {3},
    "gradient_stride": {1},
    "radius": {1.0},
    "max_paths": {50},
    **{name: {0} for name in ("seed", "step", "updates", "example", "l1", "l2", "test_fraction")},
    **{name: {False} for name in ("gradients", "check", "outputs", "shuffle")},
    # A layer has biases unless it is said that it has none; an initializer starts them at 0.
    "bias": {True, 0.0},
    # Settings of optimizers, initializers and data sets.
    "learning_rate": {0.1},
    "momentum": {0.9},
    "beta1": {0.9},
    "beta2": {0.999},
    "decay": {0.99},
    "epsilon": {1e-8},
    "weight_decay": {0.01},
    "low": {-0.5},
    "high": {0.5},
    "std": {0.5},
    "value": {0.5},
    "arms": {2},
    "classes": {2},
    "side": {8},
    "white": {255.0},
}


def models(client: Client) -> dict[str, Any]:
    """Return the schemas of everything that a body is made of."""
    document = client.app.openapi()
    schemas, found, todo = document["components"]["schemas"], {}, []
    for methods in document["paths"].values():
        todo += [operation["requestBody"] for operation in methods.values() if "requestBody" in operation]
    while todo:
        part = todo.pop()
        if isinstance(part, dict):
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found[name] = schemas[name]
                todo.append(schemas[name])
            todo += list(part.values())
        elif isinstance(part, list):
            todo += part
    return found


def bounds(client: Client, bound: str) -> Iterator[tuple[str, str, float]]:
    """Yield for every field with such a bound its model, its name and the bound."""
    for model, schema in models(client).items():
        for name, field in schema.get("properties", {}).items():
            for part in (field, *field.get("anyOf", ())):
                if bound in part:
                    yield model, name, part[bound]


def test_the_least_number_of_each_field(client: Client) -> None:
    expected = {name: least for least, names in LEAST.items() for name in names.split() if name != "steps"}
    found = list(bounds(client, "minimum"))
    assert {name: least for _, name, least in found if name != "steps"} == expected
    wrong = [one for one in found if one[1] != "steps" and one[2] != expected[one[1]]]
    assert wrong == []
    assert {model for model, name, least in found if name == "steps" and least == 0} == MAY_HAVE_NO_STEPS
    assert {least for _, name, least in found if name == "steps"} == {0, 1}


def test_the_fewest_entries_of_each_list(client: Client) -> None:
    expected = {name: fewest for fewest, names in FEWEST.items() for name in names.split()}
    found = list(bounds(client, "minItems"))
    assert {name for _, name, _ in found} == set(expected)
    assert [one for one in found if one[2] != expected[one[1]]] == []


def test_what_a_field_is_if_it_is_left_out(client: Client) -> None:
    found: dict[str, set[Any]] = defaultdict(set)
    for schema in models(client).values():
        for name, field in schema.get("properties", {}).items():
            if isinstance(field.get("default"), bool | int | float):
                found[name].add(field["default"])
    assert found == DEFAULTS
