"""What the framework finds wrong with a request, as our own sentences: the table `SENTENCES`, one row a kind.

A row makes the sentence from the field's name and what the framework says of it. A kind without a row is told as
"not what is expected here"; a test goes over all requests and finds the kinds that can come.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from typing import Any, Final

from app.engine.sentences import Sentence, counted, listed, said

Where = Sequence[str | int]
# Of what was sent, only a number that is short enough is repeated.
_LONGEST_NUMBER: Final = 1e15


def named(where: Where) -> str:
    """Return the field that a place in the body means: "units", or "inputs[0][2]" inside a list."""
    name, inside = "", ""
    for part in where:
        if isinstance(part, int):
            inside += f"[{part}]"
        elif part != "[key]":
            name, inside = part, ""
    return f"{name}{inside}"


def _says(sentence: Callable[[str], Sentence]) -> Callable[[str, dict[str, Any]], Sentence]:
    return lambda name, _found: sentence(name)


def _whole(name: str) -> Sentence:
    return said('"{name}" should be a whole number.', name=name)


def _number(name: str) -> Sentence:
    return said('"{name}" should be a number that fits into a double.', name=name)


def _text(name: str) -> Sentence:
    return said('"{name}" should be text.', name=name)


def _truth(name: str) -> Sentence:
    return said('"{name}" should be true or false.', name=name)


def _list(name: str) -> Sentence:
    return said('"{name}" should be a list.', name=name)


def _object(name: str) -> Sentence:
    return said('"{name}" should be a JSON object with named fields.', name=name)


def _missing(name: str) -> Sentence:
    return said('"{name}" is missing.', name=name)


def _unknown(name: str) -> Sentence:
    return said('There is no field "{name}" here.', name=name)


def _is_short(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and (isinstance(value, int) or isfinite(value)) and abs(value) < _LONGEST_NUMBER


def _bound(key: str, plain: Callable[..., Sentence], compared: Callable[..., Sentence]) -> Callable[..., Sentence]:
    """Return what says a bound, and what was sent beside it where that is a short number."""

    def of(name: str, found: dict[str, Any]) -> Sentence:
        bound, value = found["ctx"][key], found.get("input")
        return compared(name, bound, value) if _is_short(value) else plain(name, bound)

    return of


def _long(name: str, found: dict[str, Any]) -> Sentence:
    return counted(
        '"{name}" should have at most {count} entry.',
        '"{name}" should have at most {count} entries.',
        found["ctx"]["max_length"],
        name=name,
    )


def _short(name: str, found: dict[str, Any]) -> Sentence:
    return counted(
        '"{name}" should have at least {count} entry.',
        '"{name}" should have at least {count} entries.',
        found["ctx"]["min_length"],
        name=name,
    )


def _long_text(name: str, found: dict[str, Any]) -> Sentence:
    return counted(
        '"{name}" should have at most {count} character.',
        '"{name}" should have at most {count} characters.',
        found["ctx"]["max_length"],
        name=name,
    )


def _one_of(name: str, found: dict[str, Any]) -> Sentence:
    context = found["ctx"]
    names = re.findall(r"'([^']*)'", context.get("expected", context.get("expected_tags", "")))
    return said('"{name}" should be {names}.', name=name, names=listed(names))


def _chosen(name: str, found: dict[str, Any]) -> Sentence:
    """Return the sentence for a part whose `kind` says which fields it has."""
    key = found["ctx"]["discriminator"].strip("'")
    if found["type"] == "union_tag_not_found":
        return said('"{name}" should have a "{key}", which says what else it has.', name=name, key=key)
    return _one_of(f"{name}.{key}", found)


SENTENCES: Final[Mapping[str, Callable[[str, dict[str, Any]], Sentence]]] = {
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), _says(_whole)),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), _says(_number)),
    **dict.fromkeys(("string_type", "string_unicode"), _says(_text)),
    **dict.fromkeys(("bool_type", "bool_parsing"), _says(_truth)),
    **dict.fromkeys(("list_type", "tuple_type"), _says(_list)),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), _says(_object)),
    "missing": _says(_missing),
    "extra_forbidden": _says(_unknown),
    "greater_than_equal": _bound(
        "ge",
        lambda name, bound: said('"{name}" should be at least {least}.', name=name, least=bound),
        lambda name, bound, value: said(
            '"{name}" should be at least {least}, not {value}.', name=name, least=bound, value=value
        ),
    ),
    "less_than_equal": _bound(
        "le",
        lambda name, bound: said('"{name}" should be at most {most}.', name=name, most=bound),
        lambda name, bound, value: said(
            '"{name}" should be at most {most}, not {value}.', name=name, most=bound, value=value
        ),
    ),
    "greater_than": _bound(
        "gt",
        lambda name, bound: said('"{name}" should be above {least}.', name=name, least=bound),
        lambda name, bound, value: said(
            '"{name}" should be above {least}, not {value}.', name=name, least=bound, value=value
        ),
    ),
    "less_than": _bound(
        "lt",
        lambda name, bound: said('"{name}" should be below {most}.', name=name, most=bound),
        lambda name, bound, value: said(
            '"{name}" should be below {most}, not {value}.', name=name, most=bound, value=value
        ),
    ),
    "too_long": _long,
    "too_short": _short,
    "string_too_long": _long_text,
    "literal_error": _one_of,
    "union_tag_invalid": _chosen,
    "union_tag_not_found": _chosen,
}


def sentence_of(found: dict[str, Any]) -> Sentence:
    """Return the sentence for one of the framework's findings."""
    where = tuple(found["loc"])
    if found["type"] == "json_invalid":
        return said("This is not JSON: something is wrong at character {at}.", at=int(where[-1]) + 1)
    if where == ("body",) and found["type"] in {"missing", "model_attributes_type"}:
        return said("The body should be a JSON object, sent as application/json.")
    told = found.get("ctx", {}).get("sentence")
    if isinstance(told, Sentence):
        return told
    name = named(where[1:] if len(where) > 1 else where)
    row = SENTENCES.get(found["type"])
    return row(name, found) if row else said('"{name}" is not what is expected here.', name=name)
