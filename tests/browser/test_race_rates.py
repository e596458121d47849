"""In a race, too, the slider of a rate says what each rate does over some steps."""

import re

from playwright.sync_api import expect

from tests.browser.pages import PageOpener
from tests.browser.race import open_race
from tests.filled import filled


def test_the_slider_of_a_run_has_the_colours_of_what_was_tried(open_page: PageOpener) -> None:
    race = open_race(open_page)
    page = race.page
    race.choose("momentum")
    for index, run in filled(enumerate(race.answer["runs"])):
        page.click(f"#runner-choose-{index}")
        judged = run["rates"]
        style = page.locator("#row-run-learning_rate input[type=range]").get_attribute("style") or ""
        before = [None, *judged["verdicts"]]
        bands = [one for one, last in zip(judged["verdicts"], before, strict=False) if one != last]
        assert re.findall(r"--zone-([a-z-]+)\)", style) == [one.replace("_", "-") for one in bands]
        name = judged["own"]["verdict"].replace("_", " ")
        expect(page.locator("#runner-verdict")).to_contain_text(f"This rate, in 20 steps: {name}")
