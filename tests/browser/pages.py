"""Opens pages and listens to them: whatever a page complains about fails the test that opened it."""

import contextlib
import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, ViewportSize

from tests.browser.profiles import Profiles

LOCALES = {"en": "en-US", "ru": "ru-RU"}
MILLISECONDS_TO_WAIT = 20_000  # for what comes at once unless the machine is busy

# What the browser says of itself, or of how Plotly letters its figures in three dimensions; not of the page.
NOT_THE_PAGE = re.compile(
    r"(\[\.WebGL-0x[0-9a-f]+\])?(GL Driver Message|GroupMarkerNotSet\(crbug\.com)"
    r"|Canvas2D: Multiple readback operations"
)


# Plotly's figures are drawn a frame or more after what they show: all that were asked for are there.
DRAWN = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const main = document.querySelector('script[type=module]').src;
    const { isDrawn } = await import(main.replace(/[^/]+$/, 'mount.js'));
    await frame(); // what was measured anew asks now
    const end = performance.now() + 20_000;
    do {
        await frame();
        if (performance.now() > end) throw new Error('The figures never come to rest.');
    } while (!isDrawn());
    await frame();
}"""


def wait_until(page: Page, holds: str) -> None:
    """Wait until an asynchronous function returns true: Playwright's own wait takes a promise for true."""
    page.evaluate(
        f"""async () => {{
            const holds = {holds};
            const end = performance.now() + {MILLISECONDS_TO_WAIT};
            while (!(await holds())) {{
                if (performance.now() > end) throw new Error(`This never came true: ${{holds}}`);
                await new Promise(requestAnimationFrame);
            }}
        }}"""
    )


def wait_until_drawn(page: Page) -> None:
    """Wait until no figure of the page waits for its turn to be drawn, after a change of size too."""
    page.evaluate(DRAWN)


class Observer:
    """Collects a context's complaints: of console and scripts, failed requests, requests to other hosts."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.complaints: list[str] = []
        self._home = urlsplit(home).netloc
        self._context = context
        self._listeners: dict[Any, Any] = {
            "console": self._console,
            "weberror": lambda error: self.complaints.append(f"script error: {error.error}"),
            "request": self._request,
            "requestfailed": self._request_failed,
            "page": self._page,
        }
        for event, listener in self._listeners.items():
            context.on(event, listener)

    def stop(self) -> None:
        """Hear no more."""
        for event, listener in self._listeners.items():
            self._context.remove_listener(event, listener)

    def _page(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._address(socket.url))
        page.on("crash", lambda _: self.complaints.append("the page crashed"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not NOT_THE_PAGE.match(message.text):
            self.complaints.append(f"console {message.type}: {message.text} ({message.location['url']})")

    def _request(self, request: Request) -> None:
        self._address(request.url)

    def _address(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme not in ("data", "blob") and address.netloc != self._home:
            self.complaints.append(f"request to another host: {url}")

    def _request_failed(self, request: Request) -> None:
        # An aborted request is no failure: the newer answer overtakes the older one.
        if request.failure and "ERR_ABORTED" not in request.failure:
            self.complaints.append(f"request failed: {request.failure} ({request.url})")


class PageOpener:
    """The fixture `open_page`: call it to open a page; `expect` declares a complaint that is meant to come."""

    def __init__(self, browser: Browser, home: str, profiles: Profiles | None = None) -> None:
        self._browser = browser
        self._home = home
        self._profiles = profiles
        self._expected: list[str] = []
        self._opened: list[tuple[BrowserContext, Observer]] = []

    def __call__(
        self,
        path: str,
        *,
        width: int = 1440,
        height: int = 900,
        language: str = "en",
        dark: bool = False,
        reduced_motion: bool = True,
        fresh: bool = False,
        **options: Any,
    ) -> Page:
        """Open a path of the app, as in a browser that has never been here; `options` are those of `new_context`.

        The scripts of a `fresh` one have never been here either: what is loaded can be measured, or withheld.
        """
        look: dict[str, Any] = {
            "color_scheme": "dark" if dark else "light",
            "reduced_motion": "reduce" if reduced_motion else "no-preference",
        }
        locale, size = LOCALES[language], ViewportSize(width=width, height=height)
        profile = self._profiles.lend(self._home, locale) if self._profiles and not (fresh or options) else None
        context = profile or self._browser.new_context(
            base_url=self._home, locale=locale, viewport=size, **look, **options
        )
        self._opened.append((context, Observer(context, self._home)))
        context.set_default_timeout(MILLISECONDS_TO_WAIT)
        page = context.new_page()
        if profile:
            page.set_viewport_size(size)
            page.emulate_media(**look)
        page.goto(path)
        return page

    def expect(self, pattern: str) -> None:
        """Declare that some complaint will match this regular expression; if none does, the test fails."""
        self._expected.append(pattern)

    def close(self) -> list[str]:
        """Close all pages; return what they complained about unexpectedly, and what was expected in vain."""
        for context, observer in self._opened:
            for page in context.pages:
                with contextlib.suppress(Error):  # a page that has crashed
                    page.evaluate("0")  # what happened before this has been reported after it
            observer.stop()
            if not (self._profiles and self._profiles.take_back(context)):
                context.close()
        complaints = [complaint for _, observer in self._opened for complaint in observer.complaints]
        unexpected = [text for text in complaints if not any(re.search(e, text) for e in self._expected)]
        in_vain = [e for e in self._expected if not any(re.search(e, text) for text in complaints)]
        return unexpected + [f"expected, but did not happen: {pattern}" for pattern in in_vain]
