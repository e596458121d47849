"""The card for everyone: accessibility of each of its sections, in every size, light and dark."""

from typing import Any

import pytest

from tests.browser.axe import assert_accessible
from tests.browser.lab import settle
from tests.browser.pages import PageOpener
from tests.browser.screenshots import shoot
from tests.browser.test_lab_card import EXPERIMENT, open_link, see

STATES: dict[str, tuple[dict[str, Any], str]] = {
    "value": ({"kind": "parameter", "place": {"layer": 1, "unit": 1, "input": 2}}, "value"),
    "notations": ({"kind": "parameter", "place": {"layer": 0, "unit": 2, "input": 0}}, "notations"),
    "chain": ({"kind": "parameter", "place": {"layer": 0, "unit": 0, "input": 1}}, "chain"),
    "paths": ({"kind": "parameter", "place": {"layer": 0, "unit": 0, "input": "bias"}}, "paths"),
    "unit": ({"kind": "unit", "layer": 1, "unit": 0}, "operations"),
    "connections": ({"kind": "unit", "layer": 0, "unit": 0}, "connections"),
    "loss": ({"kind": "loss"}, "examples"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_card_is_accessible_in_every_size(open_page: PageOpener, state: str, dark: bool) -> None:
    pinned, section = STATES[state]
    for width, height in ((1440, 900), (390, 844), (320, 640)):
        page = open_link(open_page, EXPERIMENT, pinned, width=width, height=height, dark=dark)
        see(page, section)
        if section == "notations":
            page.locator('input[name="ask-notation"][value="all"]').check(force=True)
        settle(page)
        shoot(page, f"card-{state}-{'dark' if dark else 'light'}-{width}")
        assert_accessible(page)
        wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"scrolls sideways by {wide} px at {width}"
        card = page.evaluate(
            "() => { const card = document.querySelector('#card'); return card.scrollWidth - card.clientWidth; }"
        )
        assert card <= 0, f"the card is wider than its place by {card} px at {width}"
        page.close()
