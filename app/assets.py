"""The static files, read and compressed once, each under an address that changes with its content.

All of `static/` shares one hash: modules import each other relatively, so one changed file moves the whole
tree to a new address, and a browser may keep the old one for ever. Plotly comes from its own package, under
a hash of its own, and is compressed when it is first asked for.
"""

import gzip
import hashlib
import mimetypes
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response
from rcssmin import cssmin
from rjsmin import jsmin
from starlette.exceptions import HTTPException

FOR_EVER: Final = "public, max-age=31536000, immutable"
_HASH_DIGITS: Final = 12
_MINIFIERS: Final[dict[str, Callable[[str], str]]] = {".js": jsmin, ".css": cssmin}
# `import … from './x.js'` and `export … from './x.js'`, as prettier writes them; not `import('./x.js')`.
_STATIC_IMPORT: Final = re.compile(r"^(?:import|export|\})[^'(]*'(\.[^']+)';$", re.MULTILINE)
_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}


@dataclass(frozen=True)
class Asset:
    """A file's bytes and media type; `compressed` is made when it is first used."""

    content: bytes
    media_type: str

    @cached_property
    def compressed(self) -> bytes:
        """The content as gzip, always the same bytes."""
        return gzip.compress(self.content, 9, mtime=0)

    def response(self, request: Request, cache_control: str) -> Response:
        """Return the file as this client takes it."""
        headers = {"Cache-Control": cache_control, "Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(self.compressed, media_type=self.media_type, headers=headers)
        return Response(self.content, media_type=self.media_type, headers=headers)


class Assets:
    """Everything a page loads: `url(path)` is its address."""

    def __init__(self, folder: Path) -> None:
        paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
        self._files = {name: _read(path) for name, path in paths.items()}
        self._imports = {name: _imports(name, path) for name, path in paths.items() if path.suffix == ".js"}
        self._hash = _hash(b"".join(name.encode() + file.content for name, file in self._files.items()))
        plotly = files("plotly") / "package_data" / "plotly.min.js"
        self._plotly = Asset(plotly.read_bytes(), _TYPES[".js"])
        # Maps, which we do not draw, bring a style element of their own unless something has its id already;
        # our headers would refuse it, aloud.
        found = re.findall(rb'getElementById\("([0-9a-f]{64})"\)', self._plotly.content)
        self.plotly_styles = [name.decode() for name in found]
        self.plotly_url = f"/plotly/{_hash(self._plotly.content)}/plotly.min.js"

    def url(self, path: str) -> str:
        """Return the address of a file of `static/`; raises KeyError if there is none."""
        if path not in self._files:
            raise KeyError(path)
        return f"/static/{self._hash}/{path}"

    def text(self, path: str) -> str:
        """Return what is sent of a file of `static/`."""
        return self._files[path].content.decode()

    @property
    def scripts(self) -> list[str]:
        """Every script there is."""
        return list(self._imports)

    def modules(self, path: str) -> list[str]:
        """Return a module and all that it imports at once: what a page loads side by side."""
        found = [path]
        for module in found:
            found += [imported for imported in self._imports[module] if imported not in found]
        return found

    def router(self) -> APIRouter:
        """Return the routes of all files."""
        router = APIRouter(include_in_schema=False)

        @router.get("/static/{version}/{path:path}")
        async def get_static(request: Request, version: str, path: str) -> Response:
            if path not in self._files:
                raise HTTPException(404)
            # A page from before an update still gets its file, but must not keep it.
            return self._files[path].response(request, FOR_EVER if version == self._hash else "no-cache")

        @router.get(self.plotly_url)
        def get_plotly(request: Request) -> Response:
            return self._plotly.response(request, FOR_EVER)

        return router


def _read(path: Path) -> Asset:
    """Read a file; scripts and style sheets go out without their comments, which are a third of them."""
    guessed = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    minify = _MINIFIERS.get(path.suffix)
    content = minify(path.read_text(encoding="utf-8")).encode() if minify else path.read_bytes()
    return Asset(content, _TYPES.get(path.suffix, guessed))


def _imports(name: str, path: Path) -> list[str]:
    """Return the files that a module imports at once."""
    targets = _STATIC_IMPORT.findall(path.read_text(encoding="utf-8"))
    return [posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) for target in targets]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_HASH_DIGITS]
