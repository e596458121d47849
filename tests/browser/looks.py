"""Every look of a page: each width in light and dark. All rules hold, and nothing scrolls sideways.

Below `COLOURED` pixels no style sheet gives a colour of its own: colours, and the dark theme, are looked at above.
"""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from tests.browser.axe import OF_COLOUR, assert_accessible
from tests.browser.screenshots import shoot
from tests.filled import filled

WIDTHS = ((1440, 900), (390, 844), (320, 640))
COLOURED = 390
Size = tuple[int, int]


def nothing(_: Page) -> None:
    """A page whose scripts draw nothing is there at once."""


def each_look(
    page: Page,
    name: str,
    *,
    sizes: tuple[Size, ...] = WIDTHS,
    settle: Callable[[Page], None] = nothing,
    full_page: bool = False,
) -> Iterator[str]:
    """Turn the page to each size in light and then in dark, and look at it once `settle` is through.

    Yields the look, such as "390-dark", for what else is to be seen there.
    """
    for theme, rules in (("light", ()), ("dark", OF_COLOUR)):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        for width, height in filled([one for one in sizes if theme == "light" or one[0] >= COLOURED]):
            page.set_viewport_size({"width": width, "height": height})
            settle(page)
            look = f"{width}-{theme}"
            shoot(page, f"{name}-{look}", full_page=full_page)
            assert_accessible(page, only=rules, without=() if width >= COLOURED else OF_COLOUR)
            wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"scrolls sideways by {wide} px in {look}"
            yield look


def keeps_every_rule_in_each_look(page: Page, name: str, **how) -> None:
    """The same where nothing else is to be seen; `how` as for each_look."""
    for _ in each_look(page, name, **how):
        pass
