"""Every refusal is a sentence of ours that names the field, for every request and every kind of wrong value.

The wrong requests are made from the OpenAPI document: each field of each body is left out, misspelt, and given each
kind of value that it cannot have.
"""

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from app.api.refusals import SENTENCES
from app.engine.sentences import counted, said
from app.i18n import in_language, language
from app.main import create_app
from tests.api.conftest import Client, problems
from tests.filled import filled

DOCUMENT = create_app().openapi()
SCHEMAS = DOCUMENT["components"]["schemas"]
POSTS = sorted(path for path, methods in DOCUMENT["paths"].items() if "post" in methods)
WRONG: tuple[Any, ...] = (
    *(None, True, "words", -1, 1.5, 10**400, -1e300, [], ["a"], [1, [2]], {}, {"a": 1}, "\ud83d", [[{}]], [5, 1]),
    *([0] * 1_200, "x" * 3_000),
)
# Words of the framework, in any form.
FRAMEWORK = re.compile(
    r"(?i)valid (?:integer|number|string|list|boolean|dict)|\bitems?\b|after validation|field required|"
    r"extra inputs|greater than|less than|dictionary|discriminator|\btag\b|value error|unable to parse|"
    r"finite number|\binput should\b|instance of|pydantic|union|literal"
)
LONGEST = 200


def schema_of(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return SCHEMAS[schema["$ref"].rpartition("/")[2]]
    for key in ("anyOf", "oneOf"):
        options = [one for one in schema.get(key, []) if one.get("type") != "null"]
        if options:
            return schema_of(options[0])
    return schema


def example_of(path: str) -> dict[str, Any]:
    """Return the first example of a path's body, with all that may be left out of the parts it has."""
    content = DOCUMENT["paths"][path]["post"]["requestBody"]["content"]["application/json"]
    return copy.deepcopy(next(iter(content["examples"].values()))["value"])


def body_schema(path: str) -> dict[str, Any]:
    return schema_of(DOCUMENT["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"])


def places(
    schema: dict[str, Any], value: Any, where: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    """Yield every field that a body has or could have, those inside the parts that it has too."""
    schema = schema_of(schema)
    if schema.get("properties"):
        for name, inner in schema["properties"].items():
            yield (*where, name)
            if isinstance(value, dict) and name in value:
                yield from places(inner, value[name], (*where, name))
    elif isinstance(value, list) and value and schema.get("items"):
        yield (*where, 0)
        yield from places(schema["items"], value[0], (*where, 0))


def changed(body: Any, where: tuple[str | int, ...], value: Any) -> Any:
    made = copy.deepcopy(body)
    inner = made
    for part in where[:-1]:
        inner = inner[part]
    inner[where[-1]] = value
    return made


def without(body: Any, where: tuple[str | int, ...]) -> Any:
    made = copy.deepcopy(body)
    inner = made
    for part in where[:-1]:
        inner = inner[part]
    del inner[where[-1]]
    return made


def has(body: Any, where: tuple[str | int, ...]) -> bool:
    for part in where:
        if isinstance(body, dict) and part not in body:
            return False
        body = body[part]
    return True


def wrong_bodies(path: str) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    body = example_of(path)
    for where in places(body_schema(path), body):
        for value in WRONG:
            yield where, changed(body, where, value)
        if has(body, where):
            yield where, without(body, where)
        if isinstance(where[-1], str):
            yield where, changed(body, (*where[:-1], f"{where[-1]}s_"), 1)


def fault_of(problem: dict[str, Any], is_russian: bool) -> str | None:
    message = problem["msg"]
    if FRAMEWORK.search(message):
        return "words of the framework"
    if not message.endswith("."):
        return "no full stop"
    if len(message) > (LONGEST if problem["type"] != "unknown_name" else 2 * LONGEST):
        return "too long"
    if is_russian and not re.search("[а-яё]", message):
        return "not in Russian"
    fields = [part for part in problem["loc"] if isinstance(part, str) and part not in ("body", "[key]")]
    from_framework = problem["type"] in SENTENCES
    if from_framework and fields and fields[-1] not in message and fields[-1][:50] not in message:
        return "the field is not named"
    return None


@pytest.mark.parametrize("path", POSTS)
def test_whatever_is_wrong_is_said_in_a_sentence_of_ours(client: Client, path: str) -> None:
    refused, faults = 0, []
    for number, (where, body) in enumerate(filled(wrong_bodies(path))):
        spoken = ("en", "ru")[number % 2]
        headers = {"Content-Type": "application/json", "Accept-Language": spoken}
        answer = client.send("POST", path, json.dumps(body).encode(), headers)
        assert answer.status_code in (200, 422), (where, answer.text[:300])
        if answer.status_code == 422:
            refused += 1
            for problem in filled(problems(answer)):
                fault = fault_of(problem, spoken == "ru")
                if fault:
                    faults.append((fault, where, problem))
    assert refused > 10
    assert not faults, faults[:5]


@pytest.mark.parametrize("spoken", ["en", "ru"])
@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'"words"', b"null", b"{'a': 1}", b'{"a": 1,}', b"\xff"])
def test_what_is_no_body_at_all_is_said_so_too(client: Client, body: bytes, spoken: str) -> None:
    headers = {"Content-Type": "application/json", "Accept-Language": spoken}
    answer = client.send("POST", "/api/trace", body, headers)
    assert answer.status_code in (400, 422)
    for problem in filled(problems(answer)):
        assert fault_of(problem, spoken == "ru") is None, problem


@pytest.mark.parametrize(
    ("spoken", "sentence"),
    [
        (None, '"layers" should have at least 1 entry.'),
        ("en-GB,en;q=0.9", '"layers" should have at least 1 entry.'),
        ("ru-RU,ru;q=0.9,en;q=0.8", "В поле «layers» должен быть хотя бы 1 элемент."),
        ("fr", '"layers" should have at least 1 entry.'),
    ],
)
def test_a_refusal_is_in_the_language_that_the_request_accepts(
    client: Client, spoken: str | None, sentence: str
) -> None:
    headers = {"Content-Type": "application/json", **({"Accept-Language": spoken} if spoken else {})}
    body = {"network": {"inputs": 1, "layers": []}, "initializer": {"name": "zeros"}}
    answer = client.send("POST", "/api/parameters", json.dumps(body).encode(), headers)
    assert [problem["msg"] for problem in problems(answer)] == [sentence]


def test_other_refusals_are_in_the_readers_language_too(client: Client) -> None:
    for method, path, words in (
        ("GET", "/api/nothing", "По этому адресу ничего нет."),
        ("DELETE", "/api/catalog", "Этот адрес не принимает такой метод."),
    ):
        answer = client.send(method, path, None, {"Accept-Language": "ru"})
        assert [problem["msg"] for problem in problems(answer)] == [words]


@pytest.mark.parametrize("count", [0, 1, 2, 5, 11, 21, 94])
def test_a_count_is_said_with_its_noun(count: int) -> None:
    sentence = counted(
        '"{name}" should have at least {count} entry.',
        '"{name}" should have at least {count} entries.',
        count,
        name="rows",
    )
    assert str(sentence) == f'"rows" should have at least {count} {"entry" if count == 1 else "entries"}.'
    ending = {1: "элемент", 21: "элемент", 2: "элемента", 94: "элемента"}.get(count, "элементов")
    assert in_language(sentence, "ru").endswith(f"{count} {ending}.")


def test_numbers_and_parts_of_a_sentence_are_written_as_the_language_writes_them() -> None:
    subject = said('The noise of "{name}"', name="moons")
    problem = said("should be at most {most}, not {value}", most=0.5, value=1234.5)
    sentence = said("{subject} {problem}.", subject=subject, problem=problem)
    assert str(sentence) == 'The noise of "moons" should be at most 0.5, not 1234.5.'
    assert in_language(sentence, "ru") == "Значение шума набора «moons» должно быть не больше 0,5, а не 1234,5."
    large = said("The body is larger than {most} bytes.", most=4_000_000)
    assert str(large) == "The body is larger than 4,000,000 bytes."
    assert "4\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000" in in_language(large, "ru")


def test_a_value_that_looks_like_a_template_is_left_alone() -> None:
    sentence = said('There is no field "{name}" here.', name="{count} {x!r}")
    assert str(sentence) == 'There is no field "{count} {x!r}" here.'
    assert "{count} {x!r}" in in_language(sentence, "ru")


def test_every_translation_names_what_its_sentence_names() -> None:
    from app.messages import ROOT, server_messages

    names = re.compile(r"\{(\w+)\}")
    known = language("ru").messages
    messages = [
        message if isinstance(message, str) else message[0]
        for path in (ROOT / "app").rglob("*.py")
        for message in server_messages(path.read_text(encoding="utf-8"))
    ]
    for one in filled(messages):
        found = known.get(one, one)  # a translation that is the same is not kept
        for form in filled(found if isinstance(found, list) else [found]):
            assert sorted(names.findall(form)) == sorted(names.findall(one)), one
