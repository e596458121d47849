"""Tries one mutant: writes it into a copy of the tree, runs tests there, and puts the file back."""

import contextlib
import math
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.browser import chromium
from tests.browser.file_server import FileServer
from tests.browser.pages import Observer
from tests.mutants.mutant import Mutant

COPIED = ("app", "static", "templates", "tests", "pyproject.toml", "README.md", "Makefile", "package.json")
MOST_BYTES = 6 * 2**30  # of memory, for a mutant that never stops asking for more
RUN = """async (file) => {
    const harness = await import('/tests/js/harness.js');
    await import(file);
    return await harness.run();
}"""


def copy_of(root: Path, into: Path) -> Path:
    """Copy what the tests need."""
    for name in COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, into / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (root / name).exists():
            shutil.copy(root / name, into / name)
    return into


@contextlib.contextmanager
def planted(mutant: Mutant, copy: Path) -> Generator[None]:
    """Change the file in the copy for a while. Its bytecode goes: the time in it counts whole seconds only."""
    path = copy / mutant.file
    try:
        write(path, mutant.mutated)
        yield
    finally:
        write(path, mutant.source)


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    for stale in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
        stale.unlink()


def python_passes(copy: Path, tests: Sequence[str], seconds: float) -> bool:
    """Run tests in Python until one fails; it is a failure, too, if they take longer, or compute a third as long.

    So what only waits for a busy processor is not taken for noticed.
    The process is a fork of this one, which has the large packages loaded already.
    """
    child = os.fork()
    if child == 0:
        os._exit(_pytest(copy, tests, seconds))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _pytest(copy: Path, tests: Sequence[str], seconds: float) -> int:
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        most = math.ceil(seconds / 3)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5))
        os.chdir(copy)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        for name in [name for name in sys.modules if name.split(".")[0] in ("app", "tests")]:
            del sys.modules[name]
        sys.path[:] = [
            str(copy),
            *(path for path in sys.path if not (Path(path or ".") / "tests" / "mutants").exists()),
        ]
        return int(
            pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0", *tests])
        )
    except BaseException:
        return 99


def browser_tests_pass(copy: Path, tests: Sequence[str], seconds: float) -> bool:
    """Run tests in Python that drive a browser: not in a fork of a process that drives one itself."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]
    try:
        done = (
            subprocess.run(command, cwd=copy, capture_output=True, timeout=seconds, check=False) if tests else None
        )
    except subprocess.TimeoutExpired:
        return False
    return done is None or done.returncode == 0


class JavascriptTests:
    """Runs tests in JavaScript, in one browser that stays open."""

    def __init__(self, copy: Path) -> None:
        self._folders = {"/static": copy / "static", "/tests/js": copy / "tests" / "js"}
        self._files = FileServer(self._folders).__enter__()
        self._playwright = sync_playwright().start()
        self._browser: Browser | None = None
        self._process = 0

    def close(self) -> None:
        self._stop()
        self._playwright.stop()
        self._files.__exit__()

    def _started(self) -> Browser:
        if self._browser is None:
            program = chromium.executable(also=Path(self._playwright.chromium.executable_path))
            self._browser = self._playwright.chromium.launch(executable_path=program, args=list(chromium.ARGUMENTS))
            processes = self._browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
            self._process = next(int(one["id"]) for one in processes if one["type"] == "browser")
        return self._browser

    def _stop(self) -> None:
        if self._browser is not None:
            with contextlib.suppress(Error):
                self._browser.close()
        self._browser = None

    @contextlib.contextmanager
    def _no_longer_than(self, seconds: float) -> Generator[None]:
        """End the browser's process after so long: a page in an endless loop answers nothing, not even an end."""
        timer = threading.Timer(seconds, self._end)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)

    def passes(self, tests: Sequence[str], seconds: float) -> bool:
        """Run files of tests until one fails, complains or takes longer."""
        return all(self._file_passes(f"/{test}", seconds) for test in tests)

    def _file_passes(self, test: str, seconds: float) -> bool:
        browser = self._started()
        with self._no_longer_than(seconds):
            try:
                results, complaints = self._results(browser, test)
            except Error:
                self._stop()
                return False
        return bool(results) and all(one["passed"] for one in results) and not complaints

    def _results(self, browser: Browser, test: str) -> tuple[list[dict[str, Any]], list[str]]:
        with browser.new_context(base_url=self._files.url) as context:
            observer = Observer(context, self._files.url)
            page = context.new_page()
            page.goto("/")
            results = page.evaluate(RUN, test)
            page.evaluate("new Promise((done) => setTimeout(done))")
        return results, observer.complaints
