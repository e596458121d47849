"""Browsers that keep what they have compiled from test to test: a page opens there in less than half of the time.

A context of a browser forgets everything, its compiled scripts too, and Plotly's alone take longer than all else on
a page. So the tests take turns with a profile: what a page could have left there is gone before the next one comes.
"""

import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from playwright.sync_api import BrowserContext, Error, Playwright

from tests.browser import chromium

# All that an origin may leave behind but its files.
LEFT_BEHIND = "cookies,local_storage,indexeddb,cache_storage,service_workers,file_systems"
MOST = 4  # open at once; each is a browser of its own


class Profiles:
    """A profile for each server and language, lent to one test at a time."""

    def __init__(self, playwright: Playwright, program: Path) -> None:
        self._playwright = playwright
        self._program = program
        self._folder = tempfile.TemporaryDirectory(prefix="backstep-profiles-", ignore_cleanup_errors=True)
        self._free: dict[tuple[str, str], BrowserContext] = {}
        self._lent: dict[BrowserContext, tuple[str, str]] = {}
        self._made = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for context in (*self._free.values(), *self._lent):
            with suppress(Error):
                context.close()
        self._folder.cleanup()

    def lend(self, home: str, locale: str) -> BrowserContext | None:
        """Return the profile for a server's pages in a language, None if somebody has it."""
        place = home, locale
        if place in self._lent.values():
            return None
        context = self._free.pop(place, None) or self._new(home, locale)
        self._lent[context] = place
        return context

    def take_back(self, context: BrowserContext) -> bool:
        """Close a test's pages and forget what they left; return whether this was a profile at all."""
        place = self._lent.pop(context, None)
        if place is None:
            return False
        blank, *pages = context.pages
        for page in pages:
            page.close()
        context.set_offline(False)
        context.unroute_all()
        context.clear_permissions()
        session = context.new_cdp_session(blank)
        session.send("Storage.clearDataForOrigin", {"origin": place[0], "storageTypes": LEFT_BEHIND})
        session.detach()
        self._free[place] = context  # as the last: the one that rests longest is closed first
        if len(self._free) > MOST:
            self._free.pop(next(iter(self._free))).close()
        return True

    def _new(self, home: str, locale: str) -> BrowserContext:
        self._made += 1
        return self._playwright.chromium.launch_persistent_context(
            Path(self._folder.name) / str(self._made),
            executable_path=self._program,
            args=list(chromium.ARGUMENTS),
            base_url=home,
            locale=locale,
            viewport={"width": 1440, "height": 900},
            color_scheme="light",
            reduced_motion="reduce",
        )
