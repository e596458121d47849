"""Serves folders of this repository to the browser, for modules that are tested without the app."""

import threading
from collections.abc import Mapping
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote, urlsplit

EMPTY_PAGE = b'<!doctype html><meta charset="utf-8"><title>Test</title><link rel="icon" href="data:,">'


class FileServer(ThreadingHTTPServer):
    """Serves each of `folders` (path on the server → folder) on a free port; `/` is an empty page."""

    daemon_threads = True

    def __init__(self, folders: Mapping[str, Path], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folders = folders
        self.headers = headers or {}
        self.url = f"http://127.0.0.1:{self.server_port}"
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self) -> "FileServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()


class Handler(SimpleHTTPRequestHandler):
    """Answers with files as they are now; scripts are scripts, whatever the system's registry of types says."""

    server: FileServer
    extensions_map: ClassVar = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}

    def do_GET(self) -> None:
        if urlsplit(self.path).path != "/":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(EMPTY_PAGE)))
        self.end_headers()
        self.wfile.write(EMPTY_PAGE)

    def translate_path(self, path: str) -> str:
        wanted = unquote(urlsplit(path).path)
        for prefix, folder in self.server.folders.items():
            if wanted.startswith(f"{prefix}/") and ".." not in wanted:
                return str(folder / wanted.removeprefix(f"{prefix}/"))
        return str(Path(__file__).parent / "nothing is here")

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
