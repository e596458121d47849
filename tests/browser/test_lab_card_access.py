"""The card for everyone: accessibility of each of its sections, in every size, light and dark."""

from typing import Any

import pytest

from tests.browser.lab import accessible_in_each_look
from tests.browser.pages import PageOpener
from tests.browser.test_lab_card import EXPERIMENT, open_link, see
from tests.filled import filled

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
def test_the_card_is_accessible_in_every_size_and_theme(open_page: PageOpener, state: str) -> None:
    pinned, section = STATES[state]
    page = open_link(open_page, EXPERIMENT, pinned, width=390, height=844)
    see(page, section)
    if section == "notations":
        page.locator('input[name="ask-notation"][value="all"]').check(force=True)
    for look in filled(accessible_in_each_look(page, f"card-{state}")):
        assert page.locator("#card").is_visible(), look
        card = page.evaluate(
            "() => { const card = document.querySelector('#card'); return card.scrollWidth - card.clientWidth; }"
        )
        assert card <= 0, f"the card is wider than its place by {card} px in {look}"
