"""A finger or a wheel over any figure moves the page and does nothing else; what a figure is for still works."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.lessons.lesson import CONTENT, course
from tests.browser.lab import choose, open_lab, settle
from tests.browser.pages import PageOpener, wait_until, wait_until_drawn
from tests.browser.race import open_race
from tests.filled import filled

PHONE: dict[str, Any] = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
SWIPE = 240
# How many figures a lesson has at least that a finger can begin on.
LEAST = {
    "one-neuron": 3,
    "the-slope": 2,
    "the-chain-rule": 2,
    "the-learning-rate": 3,
    "training": 2,
    "the-landscape": 3,
    "when-it-does-not-learn": 3,
    "the-lab": 2,
}
# The first lesson's figure is made of buttons: what a finger does there is tested with the lesson.
SLUGS = [lesson.slug for lesson in course([CONTENT]).lessons if lesson.slug != "a-picture-is-numbers"]

# Everything a press on a figure could change: facts, fields, captions, cards, the address.
STATE = """() => JSON.stringify([
    location.hash,
    [...document.querySelectorAll('[data-facts]')].map((one) => one.dataset.facts),
    [...document.querySelectorAll('input, select')].map((one) => [one.id, one.value, one.checked]),
    [...document.querySelectorAll('figcaption')].map((one) => one.textContent),
    [...document.querySelectorAll('dialog[open], #card:not([hidden])')].map((one) => one.id),
    document.querySelector('#card-heading, #card h2')?.textContent ?? '',
])"""
# The figures that are seen, and the places where a finger may begin: in the middle, and on what can be pressed.
FIGURES = """() => [...document.querySelectorAll('.figure-plot')].map((plot, index) => ({ plot, index }))
    .filter(({ plot }) => plot.checkVisibility() && plot.clientHeight > 40
        && plot.querySelector('.main-svg, canvas'))
    .map(({ index }) => index)"""
PLACES = """(index) => {
    const plot = document.querySelectorAll('.figure-plot')[index];
    plot.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { left, top, width, height } = plot.getBoundingClientRect();
    const marks = [...plot.querySelectorAll('.point, .points path, .annotation')]
        .map((one) => one.getBoundingClientRect())
        .map((box) => [box.x + box.width / 2, box.y + box.height / 2]);
    const inside = ([x, y]) => x > 4 && x < innerWidth - 4 && y > 330 && y < innerHeight - 230
        && plot.contains(document.elementFromPoint(x, y));
    const middle = [left + width / 2, top + height / 2];
    return [middle, ...[marks[0], marks[Math.floor(marks.length / 2)]].filter(Boolean)].filter(inside);
}"""


def swipe(page: Page, x: float, y: float, across: float = 0, down: float = -SWIPE) -> None:
    """Draw a finger over the page, as far as asked, in twelve moves."""
    touch = page.context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 13):
        point = {"x": x + across * part / 12, "y": y + down * part / 12}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        page.wait_for_timeout(16)
    page.wait_for_timeout(100)
    # A finger that rests before it is lifted does not throw the page.
    touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    page.wait_for_timeout(50)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(200)  # a card that opens, and a page that leaps to it, would do so by now
    touch.detach()


def scroll_of(page: Page) -> float:
    return float(page.evaluate("scrollY"))


def room_below(page: Page) -> float:
    return float(page.evaluate("document.documentElement.scrollHeight - innerHeight - scrollY"))


def settled(page: Page) -> str:
    """The state, once it is the same for a while: instruments come when they are near."""
    before, state = "", ""
    for _ in range(80):
        page.wait_for_timeout(100)
        wait_until_drawn(page)
        before, state = state, page.evaluate(STATE)
        if state == before:
            break
    return before


def swiped_over(page: Page, places_each: int = 3) -> int:
    """Swipe over every figure that is seen; return how many swipes there were.

    Where a figure has more places than are tried, the figures take turns in them.
    """
    count, wrong = 0, []
    for figure in filled(page.locator(".figure-plot").all()):
        if figure.is_visible():  # what nobody has seen yet is not drawn yet
            figure.scroll_into_view_if_needed()
            expect(figure.locator(".main-svg, canvas").first).to_be_attached()
    wait_until_drawn(page)
    for index in page.evaluate(FIGURES):
        for turn in range(places_each):
            wait_until_drawn(page)
            places = page.evaluate(PLACES, index)
            if turn >= len(places) or room_below(page) < SWIPE:
                break
            number = (turn + index) % len(places)
            before, scrolled = settled(page), scroll_of(page)
            swipe(page, *places[number])
            moved, after = scroll_of(page) - scrolled, page.evaluate(STATE)
            name = (
                page.evaluate("(i) => document.querySelectorAll('.figure-plot')[i].id", index) or f"figure {index}"
            )
            if not SWIPE / 2 < moved < SWIPE * 1.3:
                wrong.append(f"{name}, place {number}: the page moved by {moved}")
            if after != before:
                pairs = zip(json.loads(before), json.loads(after), strict=True)
                wrong.append(f"{name}, place {number}: {[pair for pair in pairs if pair[0] != pair[1]]}"[:600])
            count += 1
    assert not wrong, "\n".join(wrong)
    return count


def phone_lab(open_page: PageOpener) -> Page:
    return open_lab(open_page, size=(390, 844), has_touch=True, is_mobile=True)


def turn_to(page: Page, task: str) -> None:
    page.click(f'[data-task-choice="{task}"]')
    settle(page)


def trained(page: Page) -> None:
    turn_to(page, "train")
    page.click("#play")
    page.wait_for_timeout(400)
    page.click("#play")
    settle(page)


def inside(page: Page) -> None:
    trained(page)
    turn_to(page, "inside")
    page.click("#votes-pin")
    page.click("#check-all")
    page.wait_for_timeout(1500)
    settle(page)


LAB: dict[str, tuple[Callable[[Page], None], int]] = {
    "step": (settle, 1),
    "train": (trained, 2),
    "inside": (inside, 4),
}


@pytest.mark.parametrize("task", LAB)
def test_a_swipe_over_a_figure_of_the_lab_scrolls_the_page(open_page: PageOpener, task: str) -> None:
    page = phone_lab(open_page)
    act, least = LAB[task]
    act(page)
    assert swiped_over(page) >= least


def test_a_swipe_over_a_race_scrolls_the_page(open_page: PageOpener) -> None:
    race = open_race(open_page, **PHONE)
    race.settle()
    assert swiped_over(race.page) >= 2


@pytest.mark.parametrize("slug", SLUGS)
def test_a_swipe_over_a_figure_of_a_lesson_scrolls_the_page(open_page: PageOpener, slug: str) -> None:
    page = open_page(f"/en/lessons/{slug}", **PHONE)
    for _ in range(60):  # instruments come when they are near
        page.evaluate("scrollBy({ top: 500, behavior: 'instant' })")
        page.wait_for_timeout(100)
        if room_below(page) < 1:
            break
    for instrument in filled(page.locator("[data-instrument]").all()):
        expect(instrument.locator(":scope > :visible").first).to_be_visible()
    assert swiped_over(page, places_each=1) >= LEAST.get(slug, 1)


def test_a_tap_on_a_unit_still_opens_its_card(open_page: PageOpener) -> None:
    page = phone_lab(open_page)
    settle(page)
    page.locator("#network-plot").evaluate("(one) => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
    # Where Plotly has a point that carries a pick: on a unit or a line.
    place = page.evaluate(
        """() => {
            const plot = document.querySelector('#network-plot');
            const { left, top } = plot.getBoundingClientRect();
            const { xaxis, yaxis } = plot._fullLayout;
            const at = (x, y) => [left + xaxis._offset + xaxis.d2p(x), top + yaxis._offset + yaxis.d2p(y)];
            for (const { x, y, customdata } of plot.data)
                for (const [index, pick] of (customdata ?? []).entries())
                    if (pick?.pin?.kind === 'unit') return at(x[index], y[index]);
            return null;
        }"""
    )
    assert place
    page.touchscreen.tap(*place)
    expect(page.locator("#card")).to_be_visible()


# Three dimensions


def solid_lab(open_page: PageOpener, **more: Any) -> Page:
    page = open_lab(open_page, **more)
    choose(page, "xor")
    turn_to(page, "inside")
    # The buttons of a task work when its scripts have come: then its figures are drawn.
    page.locator("#map-plot").scroll_into_view_if_needed()
    expect(page.locator("#map-plot .main-svg").first).to_be_visible()
    page.locator("label", has=page.locator('input[name="map-form"][value="solid"]')).first.click()
    page.locator("#map-plot").scroll_into_view_if_needed()
    # The canvas of the flat map is there before; what is said beside it would tell why there is no other.
    wait_until(
        page,
        """() => {
            const plot = document.querySelector('#map-plot');
            plot.scrollIntoView({ block: 'center', behavior: 'instant' });  // what is not seen is not drawn
            return plot._fullLayout?.scene?._scene;
        }""",
    )
    expect(page.locator("#map-note")).not_to_contain_text("three dimensions")
    settle(page)
    return page


def eye(page: Page) -> list[float]:
    return page.evaluate(
        """() => {
            const { eye } = document.querySelector('#map-plot')._fullLayout.scene._scene.getCamera();
            return [eye.x, eye.y, eye.z];
        }"""
    )


def far(point: list[float]) -> float:
    return sum(one * one for one in point) ** 0.5


def middle(page: Page) -> tuple[float, float]:
    page.locator("#map-plot").evaluate("(one) => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = page.locator("#map-plot").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_wheel_over_three_dimensions_scrolls_the_page_and_zooms_with_ctrl(open_page: PageOpener) -> None:
    page = solid_lab(open_page)
    page.mouse.move(*middle(page))
    before, scrolled = eye(page), scroll_of(page)
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(400)
    assert scroll_of(page) == pytest.approx(scrolled - 200, abs=5)
    assert eye(page) == pytest.approx(before)
    page.mouse.move(*middle(page))
    scrolled = scroll_of(page)
    page.keyboard.down("Control")
    page.mouse.wheel(0, 200)
    page.keyboard.up("Control")
    page.wait_for_timeout(600)
    assert scroll_of(page) == scrolled
    assert far(eye(page)) > 1.05 * far(before)


def test_a_finger_scrolls_and_turns_three_dimensions_and_two_zoom(open_page: PageOpener) -> None:
    page = solid_lab(open_page, size=(390, 844), has_touch=True, is_mobile=True)
    x, y = middle(page)
    before, scrolled = eye(page), scroll_of(page)
    swipe(page, x, y, down=200)
    assert scroll_of(page) < scrolled - 100
    assert eye(page) == pytest.approx(before)
    x, y = middle(page)
    scrolled = scroll_of(page)
    swipe(page, x - 60, y, across=120, down=4)
    assert scroll_of(page) == pytest.approx(scrolled, abs=5)
    assert max(abs(one - other) for one, other in zip(eye(page), before, strict=True)) > 0.1
    before, (x, y) = eye(page), middle(page)
    touch = page.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 40), *(("touchMove", 40 + 10 * n) for n in range(1, 9)), ("touchEnd", 0)):
        points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}] if apart else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(30)
    page.wait_for_timeout(500)
    assert far(eye(page)) < 0.95 * far(before)


# A flat map is painted on a canvas, too: that one has no such context.
LOSE = """() => {
    const solid = (one) => one.getContext('webgl') ?? one.getContext('webgl2');
    const canvas = [...document.querySelectorAll('#map-plot canvas')].find(solid);
    const context = solid(canvas);
    globalThis.lost = canvas;
    context.getExtension('WEBGL_lose_context').loseContext();
}"""
IS_THERE = """() => {
    const solid = (one) => one.getContext('webgl') ?? one.getContext('webgl2');
    const canvas = [...document.querySelectorAll('#map-plot canvas')].find(solid);
    return canvas && canvas !== globalThis.lost && !solid(canvas).isContextLost();
}"""


def test_three_dimensions_that_were_lost_are_drawn_again_and_given_up_in_words(open_page: PageOpener) -> None:
    page = solid_lab(open_page)
    for _ in range(3):
        page.wait_for_function(IS_THERE)  # before that, the canvas is that of the flat map
        page.evaluate(LOSE)
        page.wait_for_function(IS_THERE)
        settle(page)
    page.evaluate(LOSE)
    expect(page.locator("#map-note")).to_contain_text("has stopped drawing in three dimensions")
    expect(page.locator('input[name="map-form"][value="flat"]')).to_be_checked()
    expect(page.locator("#map-plot .main-svg").first).to_be_visible()
