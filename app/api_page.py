"""`GET /docs`: the API for people, made from the OpenAPI document, without a script from elsewhere.

A new endpoint, field or example appears by itself. What a limit counts is said in `_COUNTED`.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup, escape

from app import limits

Render = Callable[[str, str, dict[str, Any]], str]
Schema = Mapping[str, Any]

_LINE: Final = 84  # characters of JSON that are easily taken in at once
_COUNTED: Final = {
    "body_bytes": "bytes in a body",
    "body_memory": "bytes of memory that reading a body may take",
    "body_seconds": "seconds for a body to arrive",
    "quiet_seconds": "seconds in which nothing of a body arrives",
    "bodies_bytes": "bytes in all bodies that are arriving",
    "names": "names in one part of a request",
    "head_bytes": "bytes in the head of a request",
    "head_fields": "fields in the head of a request",
    "address_bytes": "bytes in an address",
    "head_seconds": "seconds for the head of a request to arrive",
    "keep_seconds": "seconds a connection is kept without a request",
    "answer_seconds": "seconds for a client to take its answer",
    "connections": "connections at once",
    "pipelined": "requests that wait for the one before on their connection",
    "ending_seconds": "seconds for what is nearly done when the server ends",
    "inputs": "inputs of a network",
    "layers": "layers of a network",
    "units": "units of a layer",
    "parameters": "weights and biases of a network",
    "examples": "examples of a data set",
    "numbers": "numbers in data given outright",
    "trace_numbers": "numbers in the answer of a trace",
    "steps": "steps of one request; a run goes on from the state it left",
    "changes": "changes of the learning rate in a log",
    "frame_numbers": "numbers in all frames of an answer",
    "operations": "operations in a walk through a step",
    "paths": "paths that are listed; all are counted",
    "coarsest_grid": "points along a side of a picture, at least",
    "grid": "points along a side of a picture, at most",
    "grid_numbers": "answers of all units on a grid",
    "nudges": "nudges of a parameter",
    "line_points": "points on the line of a parameter",
    "map": "points along a side of a map of the loss",
    "radius": "how far from its centre a map along random directions may go",
    "moments": "moments of a path",
    "path_numbers": "numbers in all moments of a path",
    "ghosts": "updates of one parameter that are looked ahead",
    "rates": "learning rates that are tried at once",
    "rate_steps": "steps that each of them is tried for",
    "runs": "runs of a race",
    "surface": "points along a side of a surface",
    "walk_steps": "updates of each run of a race",
    "expression_characters": "characters of a formula",
    "expression_nodes": "numbers, names and operations in a formula",
    "expression_depth": "operations, or brackets, inside one another in a formula",
    "seconds": "seconds one request may take, by estimate",
    "seed": "the largest seed",
}
_TYPES: Final = {"integer": "whole number", "number": "number", "string": "text", "boolean": "true or false"}
_SEVERAL: Final = {"integer": "whole numbers", "number": "numbers", "string": "texts"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a model: everything about it that fits into a line, and the model it holds, if any."""

    name: str
    type: str
    required: bool
    default: str | None
    range: str | None
    choices: list[str]
    description: Markup
    model: "Model | None"


@dataclass(frozen=True, slots=True)
class Model:
    """An object with fields: what a body, an answer or a part of them is made of."""

    name: str
    description: Markup
    fields: list[Field]


@dataclass(frozen=True, slots=True)
class Example:
    """A request that can be sent as it is: its body as text to be read, and as the command that sends it."""

    name: str
    summary: str
    body: str
    command: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A path and a method: what it takes, what it gives, and how it refuses."""

    id: str
    method: str
    path: str
    summary: str
    description: Markup
    request: Model | None
    answer: Model
    refusals: list[tuple[str, Markup]]
    examples: list[Example]


def router(app: FastAPI, render: Render) -> APIRouter:
    """Return the route of the page about `app`."""
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @cache
    def page() -> tuple[str, str]:
        values = {
            "path": "docs",
            "languages": {},  # the names on this page are the wire's, and English like them
            "tags": endpoints_by_tag(app.openapi()),
            "limits": [(name, _amount(number), _COUNTED.get(name, "")) for name, number in limits.CATALOG.items()],
        }
        html = render("api.html", "en", values)
        return html, hashlib.sha256(html.encode()).hexdigest()[:16]

    @routes.get("/docs")
    async def get_docs(request: Request) -> Response:
        html, version = page()
        headers = {"ETag": f'W/"{version}"', "Cache-Control": "no-cache"}
        if version in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return HTMLResponse(html, headers=headers)

    return routes


def _amount(number: float) -> str:
    return "2⁵³ − 1" if number == 2**53 - 1 else f"{number:,.0f}"


def endpoints_by_tag(document: Schema) -> dict[str, list[Endpoint]]:
    """Return the endpoints of an OpenAPI document under the tags they have, in its order."""
    schemas = document["components"]["schemas"]
    found: dict[str, list[Endpoint]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            endpoint = _endpoint(path, method.upper(), operation, schemas)
            found.setdefault(operation["tags"][0], []).append(endpoint)
    return found


def _endpoint(path: str, method: str, operation: Schema, schemas: Schema) -> Endpoint:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    responses = operation["responses"]
    answer = responses["200"]["content"]["application/json"]["schema"]
    answer_model = _model_in(answer, schemas)
    assert answer_model is not None
    return Endpoint(
        id=re.sub(r"\W+", "-", path).strip("-"),
        method=method,
        path=path,
        summary=operation["summary"],
        description=_prose(operation.get("description", "")),
        request=_model_in(body["schema"], schemas) if body else None,
        answer=answer_model,
        refusals=_refusals(responses) if body else [],
        examples=list(_examples(path, body)) if body else [],
    )


def _refusals(responses: Schema) -> list[tuple[str, Markup]]:
    return [(code, _prose(said["description"])) for code, said in sorted(responses.items()) if code != "200"]


def _examples(path: str, body: Schema) -> Iterator[Example]:
    for name, example in body.get("examples", {}).items():
        yield Example(name, example["summary"], pretty(example["value"]), command(path, example["value"]))


def command(path: str, body: Any) -> str:
    """Return what sends a body from a terminal, to a server that runs where it does by itself."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).replace("'", "'\\''")
    return f"curl http://127.0.0.1:8000{path} -H 'Content-Type: application/json' -d '{text}'"


def pretty(value: Any, indent: int = 0) -> str:
    """Return JSON that breaks its lines only where they would become long."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(flat) + indent <= _LINE:
        return flat
    start, end = "\n" + " " * (indent + 2), "\n" + " " * indent
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {pretty(part, indent + 2)}" for key, part in value.items()]
        return "{" + start + f",{start}".join(parts) + end + "}"
    return "[" + start + f",{start}".join(pretty(part, indent + 2) for part in value) + end + "]"


def _prose(text: str) -> Markup:
    """Return a docstring as HTML: its paragraphs as one, `code` as code."""
    html = str(escape(" ".join(text.split())))
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", html))  # noqa: S704 - escaped just here


def _model_in(schema: Schema, schemas: Schema) -> Model | None:
    """Return the model a schema is, or is a list or a mapping of."""
    for part in _parts(schema):
        if "$ref" in part:
            name = part["$ref"].rpartition("/")[2]
            return _model(name, schemas)
    return None


def _parts(schema: Schema) -> Iterator[Schema]:
    """Yield a schema and everything inside it, but not what it refers to."""
    yield schema
    inside = [*schema.get("anyOf", ()), *schema.get("prefixItems", ())]
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            inside.append(schema[key])
    for part in inside:
        yield from _parts(part)


def _model(name: str, schemas: Schema) -> Model:
    schema = schemas[name]
    required = schema.get("required", ())
    fields = [_field(key, field, key in required, schemas) for key, field in schema["properties"].items()]
    return Model(name, _prose(schema.get("description", "")), fields)


def _field(name: str, schema: Schema, required: bool, schemas: Schema) -> Field:
    parts = list(_parts(schema))
    default = schema.get("default")
    return Field(
        name=name,
        type=_type(schema),
        required=required,
        default=None if default is None else json.dumps(default, ensure_ascii=False),
        range=next((text for text in map(_range, parts) if text), None),
        choices=next((part["enum"] for part in parts if "enum" in part), []),
        description=_prose(schema.get("description", "")),
        model=_model_in(schema, schemas),
    )


def _type(schema: Schema) -> str:
    """Return a type as it is said: "list of numbers", "object or null"."""
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(map(_type, schema["anyOf"])))
    if "$ref" in schema:
        return "object"
    kind: str = schema.get("type", "anything")
    if kind == "array":
        return _list(schema)
    if kind == "object":
        held = schema.get("additionalProperties")
        return f"{_several(held)} by name" if isinstance(held, dict) and held else "object"
    return _TYPES.get(kind, kind)


def _list(schema: Schema) -> str:
    if "prefixItems" in schema:
        return f"list of {len(schema['prefixItems'])} {_several(schema['prefixItems'][0])}"
    return f"list of {_several(schema['items'])}"


def _several(schema: Schema) -> str:
    """Return the plural of a type."""
    kinds = {part.get("type") for part in schema.get("anyOf", ())}
    if kinds == {"number", "null"}:
        return "numbers (or null)"
    if kinds:
        return _type(schema)
    if schema.get("type") == "array":
        return _list(schema).replace("list", "lists", 1)
    return "objects" if "$ref" in schema else _SEVERAL.get(schema.get("type", ""), _type(schema))


def _range(schema: Schema) -> str | None:
    """Return the numbers, or how many items, a schema allows."""
    low, high = schema.get("minimum"), schema.get("maximum")
    below = schema.get("exclusiveMaximum")
    if schema.get("type") == "array":
        low, high = schema.get("minItems"), schema.get("maxItems")
        if low == high and low is not None:
            return None
    words = [f"at least {low:,g}"] if low is not None else []
    if high is not None:
        words = [f"{low:,g} to {_amount(high)}"] if low is not None else [f"at most {_amount(high)}"]
    if below is not None:
        words.append(f"below {below:g}")
    if not words:
        return None
    return " and ".join(words) + (" of them" if schema.get("type") == "array" else "")
