"""Fixtures for tests in a real browser.

`open_page(path, …)` opens a page of the app and fails the test if the page complains; `browser` is Playwright's.
Every test in this folder carries the mark `browser`: `-m "not browser"` leaves them out.
"""

import asyncio
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser import chromium
from tests.browser.pages import MILLISECONDS_TO_WAIT, PageOpener
from tests.browser.profiles import Profiles
from tests.running_server import RunningServer

LOOP = pytest.StashKey[asyncio.AbstractEventLoop]()  # Playwright's, once it has started


def pytest_configure(config: pytest.Config) -> None:
    expect.set_options(timeout=MILLISECONDS_TO_WAIT)
    config.addinivalue_line("markers", "browser: runs in a real browser")


# Playwright's loop stays marked as running between its calls; `asyncio.run` would refuse in other tests. So the
# mark is taken off after each test, and set before the first fixture of the next: one that is made for a whole file
# comes before all that are made for a test.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    asyncio._set_running_loop(item.config.stash.get(LOOP, None))
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Generator[None]:
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browsers(request: pytest.FixtureRequest) -> Generator[tuple[Browser, Profiles]]:
    """Playwright's browser and the profiles, started once (per worker of xdist)."""
    with sync_playwright() as playwright:
        program = chromium.executable(also=Path(playwright.chromium.executable_path))
        started = playwright.chromium.launch(executable_path=program, args=list(chromium.ARGUMENTS))
        with Profiles(playwright, program) as profiles:
            request.config.stash[LOOP] = started._loop
            yield started, profiles
            asyncio._set_running_loop(started._loop)
        started.close()


@pytest.fixture(scope="session")
def browser(browsers: tuple[Browser, Profiles]) -> Browser:
    """The browser for what needs one that has never been here."""
    return browsers[0]


@pytest.fixture(scope="session")
def profiles(browsers: tuple[Browser, Profiles]) -> Profiles:
    """Browsers that keep the app's compiled scripts."""
    return browsers[1]


@pytest.fixture
def open_page(browser: Browser, profiles: Profiles, server: RunningServer) -> Generator[PageOpener]:
    """Open pages of the app; see PageOpener. All are closed in the end, and none may have complained."""
    opener = PageOpener(browser, server.url, profiles)
    yield opener
    complaints = opener.close()
    if complaints:
        pytest.fail("The page complained:\n  " + "\n  ".join(complaints), pytrace=False)


@pytest.fixture(scope="session")
def pseudo_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[RunningServer]:
    """The app in a language where every message is bracketed and twice as long."""
    running = RunningServer(tmp_path_factory.mktemp("pseudo") / "log.txt", module="tests.pseudo")
    yield running
    running.stop()


@pytest.fixture
def open_pseudo(browser: Browser, profiles: Profiles, pseudo_server: RunningServer) -> Generator[PageOpener]:
    """Open pages in that language; none may complain."""
    opener = PageOpener(browser, pseudo_server.url, profiles)
    yield opener
    assert opener.close() == []
