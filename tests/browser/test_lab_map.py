"""The map of the loss: the engine's own numbers, weights put somewhere by click and keyboard, and every plane."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.lab import at, choose, in_each_size, open_lab, settle
from tests.browser.pages import PageOpener
from tests.filled import filled

CAPTION = "#map-caption"


def trained(open_page: PageOpener, steps: int = 4) -> tuple[Page, list[Any]]:
    """The moons after some steps, looked inside; what is asked of the map, and its answers, as they come."""
    page = open_lab(open_page)
    heard: list[Any] = []

    def keep(response: Any) -> None:
        if response.url.endswith("/api/landscape") and response.ok:
            heard.append((json.loads(response.request.post_data), response.json()))

    page.on("response", keep)
    choose(page, "moons")
    page.click('[data-task-choice="inside"]')
    expect(page.locator(CAPTION)).to_contain_text("It goes through step 0")
    for _ in range(steps):
        page.click("#forward")
    expect(page.locator(CAPTION)).to_contain_text(f"It goes through step {steps}")
    settle(page)
    return page, heard


def kind(page: Page, value: str, words: str | re.Pattern[str]) -> None:
    page.locator(f'#map label:has(input[value="{value}"])').click()
    expect(page.locator(CAPTION)).to_contain_text(words)
    fresh(page)


def fresh(page: Page) -> None:
    """Wait until the map is of what is on screen, and drawn."""
    expect(page.locator("#map")).not_to_have_class(re.compile("stale"))
    settle(page)


def press(page: Page, across: float, down: float) -> None:
    """Click on the map, at shares of its size."""
    plot = page.locator("#map-plot")
    box = plot.bounding_box()
    assert box
    plot.click(position={"x": box["width"] * across, "y": box["height"] * down})


def drawn(page: Page) -> list[dict[str, Any]]:
    return page.evaluate(
        """() => document.querySelector('#map-plot').data.map(({ type, x, y, customdata, mode }) =>
            ({ type, x, y, customdata, mode }))"""
    )


def test_the_map_shows_what_the_engine_says_and_a_click_puts_the_weights_there(open_page: PageOpener) -> None:
    page, heard = trained(open_page)
    _, answer = heard[-1]
    dots = next(trace for trace in drawn(page) if trace["customdata"])
    assert dots["x"] == answer["path"]["x"]
    assert dots["y"] == answer["path"]["y"]
    assert [one["step"] for one in dots["customdata"]] == [0, 1, 2, 3, 4]
    assert answer["path"]["loss"][4] == pytest.approx(answer["centre"]["loss"], rel=1e-12)
    page.click("#back")
    fresh(page)
    press(page, 0.3, 0.7)
    expect(page.locator("#announcer")).to_contain_text("A new branch")
    expect(page.locator("#map .figure-plot")).to_be_visible()
    fresh(page)
    place = page.evaluate("() => ['x', 'y'].map((axis) => document.querySelector(`#map-${axis}-value`).value)")
    centre = heard[-1][1]["centre"]
    values = [float(text.replace("−", "-")) for text in place]
    assert values == pytest.approx([centre["x"], centre["y"]], abs=1e-9)
    assert len({one["branch"] for trace in drawn(page) for one in trace["customdata"] or []}) == 2
    page.click("#undo")
    expect(page.locator("#announcer")).to_contain_text("Undone: two weights by hand")
    # The same without a mouse.
    page.locator("#map-place summary").click()
    page.fill("#map-x-value", "0,75")
    page.click("#map-y-up")
    page.keyboard.press("Enter")
    page.click("#map-put")
    fresh(page)
    asked, _ = heard[-1]
    x = asked["plane"]["x"]
    assert asked["parameters"][x["layer"]]["weights"][x["unit"]][x["input"]] == 0.75
    page.fill("#map-x-value", "far")
    page.click("#map-put")
    expect(page.locator("#map-problem")).to_contain_text("A weight is a number")


def test_every_plane_has_its_map_and_says_what_it_is(open_page: PageOpener) -> None:
    page, heard = trained(open_page)
    kind(page, "pca", re.compile(r"This plane holds [\d.]+\s% of the variance of the path over 67 parameters"))
    shares = heard[-1][1]["explained_variance"]
    expect(page.locator(CAPTION)).to_contain_text(f"{100 * sum(shares):.3g} %")
    walk = heard[-1][1]["random_walk_variance"]
    expect(page.locator(CAPTION)).to_contain_text(f"about {100 * sum(walk):.2g} %")
    press(page, 0.4, 0.75)
    expect(page.locator("#map-note")).to_contain_text("all 67 parameters at once")
    kind(page, "random", "two random directions")
    page.click("#map-seed")
    expect(page.locator("#map-seed-words")).to_have_text("seed 1")
    fresh(page)
    page.check("#map-arrows")
    page.wait_for_function("() => document.querySelector('#map-plot').data[1]?.mode === 'lines'")
    page.uncheck("#map-following")
    page.click("#back")
    expect(page.locator(CAPTION)).to_contain_text(
        re.compile(r"The map is that of step 4\. At step 3 the true loss is")
    )
    page.locator("#map .numbers-switch input").check()
    expect(page.locator("#map .numbers tbody tr")).to_have_count(6)
    kind(page, "parameters", "two of the 67 parameters")
    page.click("#map-choose")
    for term, then in (("weight 2 0 0", "And another one"), ("weight 2 0 3", "")):
        page.mouse.move(5, 5)
        expect(page.locator("#network-plot")).not_to_have_class(re.compile("is-pointing"))
        page.mouse.move(*at(page, term))
        expect(page.locator("#network-plot")).to_have_class(re.compile("is-pointing"))
        page.mouse.click(*at(page, term))
        expect(page.locator("#map-note")).to_contain_text(then)
        fresh(page)
    expect(page.locator("#map-x")).to_have_value("2 0 0")
    expect(page.locator("#map-y")).to_have_value("2 0 3")
    expect(page.locator("#card")).to_be_hidden()
    kind(page, "solid", "a thread leads from each")
    page.wait_for_function("() => document.querySelector('#map-plot').data[0].type === 'surface'")
    page.click('[data-task-choice="train"]')
    page.wait_for_function("() => document.querySelectorAll('#map-plot canvas').length <= 1")


def test_the_map_is_accessible_and_fits_every_size(open_page: PageOpener) -> None:
    page, _ = trained(open_page)
    for width, _height in filled(in_each_size(page)):
        page.locator("#map-plot").scroll_into_view_if_needed()
        fresh(page)
        assert page.evaluate("() => document.documentElement.scrollWidth") == width
        # The scale of colours lies below the map on a phone, and stands beside it elsewhere.
        page.wait_for_function(
            """(lies) => {
                const { width, height } = document.querySelector('#map-plot .colorbar').getBoundingClientRect();
                return width > height === lies;
            }""",
            arg=width < 640,
        )
    assert_accessible(page, within="#map")
