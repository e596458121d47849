"""Asks the scripts that are tested, on an empty page, what they would show of what the running app answers."""

import json
from collections.abc import Callable
from typing import Any

import httpx
from playwright.sync_api import Browser

from tests.browser.file_server import FileServer
from tests.browser.pages import Observer
from tests.browser.test_javascript import FOLDERS

Ok = Callable[[str, Any], Any]


def shown_of(
    browser: Browser, url: str, asked: Callable[[Ok], list[Any] | dict[str, Any]], script: str
) -> tuple[Any, Any]:
    """Return what `asked` makes of the app's answers, and what `script`, a file in tests/js, shows of it."""
    with httpx.Client(base_url=url) as client:

        def ok(path: str, body: Any) -> Any:
            answer = client.post(path, json=body)
            assert answer.status_code == 200, answer.text
            return answer.json()

        made = asked(ok)
    with FileServer(FOLDERS) as files, browser.new_context(base_url=files.url) as context:
        observer = Observer(context, files.url)
        page = context.new_page()
        page.goto("/")
        show = f"async (asked) => (await import('/tests/js/{script}')).shownOf(asked)"
        found = json.loads(page.evaluate(show, json.dumps(made)))
        assert observer.complaints == []
    return made, found
