"""The only place where the engine's records and arrays become JSON.

JSON has no NaN and no Infinity: a number that is not finite becomes null. Doubles are printed with all the
digits they need, so that a value read back is the same double. A large answer is compressed here, where it is
made, in the thread of the computation; the server's own compression, on the event loop, is for small ones.
"""

import zlib
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import orjson
from fastapi import Response

from app.engine.pause import look_up

_OPTIONS: Final = orjson.OPT_SERIALIZE_NUMPY
_LARGEST_NATIVE: Final = 2**63 - 1
# Bytes from which on an answer is compressed here. Compressing fewer takes a millisecond or two.
LARGE: Final = 100_000
# gzip's own header and checksum, and the fastest level.
_GZIP: Final = 16 + zlib.MAX_WBITS
_FASTEST: Final = 1
_PIECE: Final = 500_000


def _plain(value: Any) -> Any:
    """Turn what orjson does not know into what it does."""
    if isinstance(value, np.ndarray):
        # Transposed and sliced views: orjson prints contiguous arrays only.
        return np.ascontiguousarray(value)
    if isinstance(value, Mapping):
        return dict(value)
    message = f"{type(value).__name__} has no form in JSON"
    raise TypeError(message)


def whole(number: int) -> int | orjson.Fragment:
    """Return an exact whole number of any size as it goes on the wire."""
    return number if abs(number) <= _LARGEST_NATIVE else orjson.Fragment(str(number).encode())


def to_json(content: Any) -> bytes:
    """Return `content` (records, arrays, mappings, sequences, text and numbers) as UTF-8 JSON."""
    return orjson.dumps(content, default=_plain, option=_OPTIONS)


def json_response(
    content: Any, status_code: int = 200, headers: Mapping[str, str] | None = None, *, accepted: str = ""
) -> Response:
    """Return the response that carries `content`; `accepted` are the encodings that may compress a large one."""
    body, about = to_json(content), dict(headers or {})
    if len(body) >= LARGE and "gzip" in accepted:
        body, about = _gzip(body), {**about, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(body, status_code, about, media_type="application/json")


def _gzip(body: bytes) -> bytes:
    """Return `body` compressed, piece by piece."""
    press = zlib.compressobj(_FASTEST, wbits=_GZIP)
    pieces = []
    for start in range(0, len(body), _PIECE):
        look_up()
        pieces.append(press.compress(body[start : start + _PIECE]))
    return b"".join([*pieces, press.flush()])
