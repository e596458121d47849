"""What a body would weigh once it is read, estimated from its bytes before anything is made of it.

Four million bytes are small, what they can stand for is not: as many empty lists as fit are 200 MB. So the signs
that make values are counted, and each is taken for what it costs at most.
"""

from typing import Final

from app import limits
from app.api.errors import RequestProblem
from app.engine.sentences import said

# Bytes of memory a sign stands for, the parsed value and the checked one together; measured with CPython, 64 bits.
_COSTS: Final = {
    b",": 40,  # a value: a double and its places in two lists
    b"[": 200,  # two lists, with the room they keep for more
    b"{": 900,  # a dictionary and a model, with its own dictionary and set of names
    b":": 150,  # a name, its place in the dictionary and in the parser's memory
    b'"': 20,  # half a string
}
# A whole number is remade as a double, beside itself.
_WHOLE: Final = 28
# The text beside the bytes; a letter outside ASCII can make all of it as wide as the widest.
_PLAIN, _WIDE = 2, 5


def weight(body: bytes | bytearray) -> int:
    """Return about how many bytes of memory the values of a JSON text take, rather too many than too few."""
    counts = {sign: body.count(sign) for sign in _COSTS}
    whole = max(0, counts[b","] - body.count(b"."))
    text = len(body) * (_PLAIN if body.isascii() else _WIDE)
    return text + _WHOLE * whole + sum(cost * counts[sign] for sign, cost in _COSTS.items())


def check_weight(body: bytes | bytearray) -> None:
    """Raise RequestProblem for a body whose values would take more memory than one request may."""
    if len(body) * max(_COSTS.values()) <= limits.BODY_MEMORY:
        return
    found = weight(body)
    if found > limits.BODY_MEMORY:
        message = said(
            "The body holds too many numbers, lists or names: they would take about {megabytes} MB of memory, and "
            "one request may take {most}. Send less data at a time.",
            megabytes=max(found // 1_000_000, limits.BODY_MEMORY // 1_000_000 + 1),
            most=limits.BODY_MEMORY // 1_000_000,
        )
        raise RequestProblem((), message, "too_large")
