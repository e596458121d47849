"""States of the lesson about losses."""

from playwright.sync_api import Page

from tests.browser.lesson_states.state import State


def says(prediction: str, target: int):
    def say(page: Page) -> None:
        page.check(f"input[name=losses-0-target][value='{target}']")
        page.locator("#losses-0-prediction").fill(prediction)
        page.locator("#losses-0-prediction").press("Enter")

    return say


STATES = {
    "sure": [
        State("wrong", says("0.3", 0), {"prediction": 0.3, "target": 0}, None),
        State("near", says("0.97", 0), {"prediction": 0.97, "target": 0, "largest": "entropy"}, None),
        # Sure and right: another thing than what was asked.
        State("near", says("0.98", 1), {"target": 1, "largest": "entropy"}, None, fresh=True),
        State("right", says("0.99", 0), {"prediction": 0.99, "target": 0, "largest": "entropy"}, 3),
    ],
    "slope": [
        State("wrong", says("0.57", 0), {"prediction": 0.57, "slopes_differ": 0.14}, False),
        State("near", says("0.49", 0), {"prediction": 0.49, "slopes_differ": 0.02}, False),
        State("right", says("0.5", 0), {"prediction": 0.5, "target": 0, "slopes_differ": 0}, True),
        State("right", says("0.5", 1), {"prediction": 0.5, "target": 1, "slopes_differ": 0}, True, fresh=True),
    ],
    "right": [
        State("wrong", says("0.1", 0), {"target": 0, "worst": (0.1, 0.11)}, False),
        State("near", says("0.81", 1), {"target": 1, "worst": (0.2, 0.22)}, False),
        State("right", says("0.82", 1), {"target": 1, "worst": (0.19, 0.2)}, True),
    ],
}
