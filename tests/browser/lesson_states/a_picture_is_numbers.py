"""States of the first lesson."""

from playwright.sync_api import Page

from tests.browser.lesson_states.state import State


def stamp(name: str):
    return lambda page: page.click(f"[data-stamp={name}]")


def dots(*places: int, ink: int = 0):
    """A blank picture with some dots of one ink."""

    def draw(page: Page) -> None:
        page.click("[data-stamp=blank]")
        page.check(f"input[name=pixels-shade][value='{ink}']")
        for place in places:
            page.locator(".pixel").nth(place).click()

    return draw


STATES = {
    "cat": [
        State("wrong", stamp("blank"), {"stamp": "blank", "says": "nothing"}, None),
        State("near", stamp("dog"), {"stamp": "dog", "says": "dog"}, None),
        State("right", stamp("cat"), {"stamp": "cat", "says": "dog"}, 2),
    ],
    "fool": [
        State("wrong", stamp("cat"), {"says": "dog", "stamp": "cat"}, False),
        State("near", dots(10, ink=255), {"says": "nothing", "ink": 0}, False),
        State("right", dots(10, ink=128), {"says": "dog", "ink": 1, "total": 127}, True),
    ],
}
