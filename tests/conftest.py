"""Fixtures for all tests: `server` is the running app; what it printed is shown when a test with it fails."""

from collections.abc import Generator

import pytest

from tests.running_server import RunningServer

CHARACTERS_OF_LOG = 4000


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[RunningServer]:
    """The app in a process of its own: `server.url` is its address. Started once (per worker of xdist)."""
    running = RunningServer(tmp_path_factory.mktemp("server") / "log.txt")
    yield running
    running.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    running = getattr(item, "funcargs", {}).get("server")
    if report.failed and running is not None:
        report.sections.append(("What the server printed last", running.log()[-CHARACTERS_OF_LOG:]))
    return report
