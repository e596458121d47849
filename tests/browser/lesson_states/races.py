"""What the rows of lessons with races share: a race is told by its place in the lesson."""

from collections.abc import Callable

from playwright.sync_api import Page


def race(place: int, step: str | int = "last", **numbers: float) -> Callable[[Page], None]:
    """Type the numbers of a race (`rate`, `start`, or `start0` and `start1`), then go to a step of it."""

    def run(page: Page) -> None:
        one = page.locator("[data-instrument=race]").nth(place)
        for name, value in numbers.items():
            end = {"rate": "rate-0", "start": "start-0"}.get(name, name.replace("start", "start-"))
            field = one.locator(f"input[type=text][id$='-{end}']")
            field.fill(f"{value:g}")
            field.press("Enter")
        if step == "last":
            one.locator("button[id$=-last]").click()
        else:
            one.locator("button[id$=-first]").click()
            for _ in range(int(step)):
                one.locator("button[id$=-forward]").click()

    return run
