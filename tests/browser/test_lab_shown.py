"""The lab on a projector, on paper and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_accessible
from tests.browser.lab import (
    accessible_in_each_look,
    address,
    choose,
    in_each_size,
    open_lab,
    settle,
    wait_for_the_picture,
)
from tests.browser.pages import PageOpener
from tests.browser.screenshots import shoot
from tests.filled import filled

PROJECTED = ((1920, 1080), (1280, 720))

# What is written smaller than 24 px. Figures are enlarged as a whole; indices of formulas may be small.
SMALL_LETTERS = """() => {
    const found = [];
    for (const element of document.querySelectorAll('main *')) {
        const isWritten = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
        const isHidden = element.closest('figcaption, .visually-hidden, math, .hoverlayer') !== null
            || element.getBoundingClientRect().width === 0 || getComputedStyle(element).clipPath !== 'none';
        if (!isWritten || isHidden) continue;
        const scale = element.closest('.main-svg') ? 24 / 14 : 1;
        const size = parseFloat(getComputedStyle(element).fontSize) * scale;
        if (size < 23.9) found.push([element.tagName, element.textContent, size]);
    }
    return found;
}"""


@pytest.mark.parametrize("task", ["step", "train", "inside"])
def test_on_a_projector_all_is_large_and_of_strong_contrast(open_page: PageOpener, task: str) -> None:
    page = open_page("/en/lab?projector", width=PROJECTED[0][0], height=PROJECTED[0][1])
    expect(page.locator("#counter")).not_to_be_empty()
    page.click(f'[data-task-choice="{task}"]')
    page.keyboard.press("ArrowRight")
    wait_for_the_picture(page)
    settle(page)
    expect(page.locator(".site-header")).to_be_hidden()
    for look in filled(accessible_in_each_look(page, f"projector-{task}", PROJECTED)):
        assert page.evaluate(SMALL_LETTERS) == [], look


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_colour_of_letters_on_a_projector_is_at_seven_to_one(open_page: PageOpener, dark: bool) -> None:
    page = open_page("/en/lab?projector", dark=dark)
    colours = page.evaluate(
        """() => Object.fromEntries(['ink', 'muted', 'positive', 'negative', 'back', 'paper', 'panel', 'soft'].map(
            (name) => [name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()]))"""
    )
    for letters in ("ink", "muted", "positive", "negative", "back"):
        for ground in ("paper", "panel", "soft"):
            one, other = sorted((_luminance(colours[letters]), _luminance(colours[ground])), reverse=True)
            assert (one + 0.05) / (other + 0.05) >= 7, f"{letters} on {ground}"


def test_projector_mode_is_switched_by_key_and_button_is_in_the_address_and_keeps_the_state(
    open_page: PageOpener,
) -> None:
    page = open_lab(open_page)
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#counter")).to_contain_text("step 2 ")
    page.keyboard.press("p")
    expect(page.locator("html")).to_have_attribute("data-projector", "")
    assert re.search(r"/en/lab\?projector#2\.", address(page))
    page.reload()
    wait_for_the_picture(page)
    expect(page.locator("#counter")).to_contain_text("step 2 ")
    page.click("#projector-off")
    expect(page.locator(".site-header")).to_be_visible()
    assert "projector" not in page.url


def test_what_is_pointed_at_on_a_projector_is_what_is_found(open_page: PageOpener) -> None:
    page = open_page("/en/lab?projector")
    wait_for_the_picture(page)
    # The circle of the second output unit, where the screen has it.
    place = page.evaluate(
        """() => {
            const plot = document.querySelector('#network-plot');
            const isIt = (text) => text.includes('output unit 2');
            const units = plot.data.find((trace) => trace.hovertext?.some(isIt));
            const index = units.hovertext.findIndex(isIt);
            const box = plot.getBoundingClientRect();
            const scale = box.width / plot.layout.width;
            return [box.x + scale * units.x[index], box.y + scale * units.y[index]];
        }"""
    )
    page.mouse.move(place[0] - 3, place[1])
    page.mouse.move(*place)
    expect(page.locator("#network-plot .hoverlayer")).to_contain_text("output unit 2")


@pytest.mark.parametrize("task", ["step", "train", "inside"])
def test_on_paper_a_dark_lab_is_light_as_wide_as_the_page_and_without_controls(
    open_page: PageOpener, task: str
) -> None:
    page = open_lab(open_page, dark=True)
    page.click(f'[data-task-choice="{task}"]')
    page.keyboard.press("ArrowRight")
    settle(page)
    page.set_viewport_size({"width": 688, "height": 1000})
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    shoot(page, f"print-{task}")
    drawn = page.evaluate(
        """() => [...document.querySelectorAll('.figure-plot')].filter((plot) => plot.layout && plot.clientWidth)
            .map((plot) => [plot.layout.width, plot.layout.font.color])"""
    )
    assert drawn
    for width, colour in drawn:
        assert width <= 688
        assert colour.lower() == "#5f5b53"
    for selector in ("button:visible", "select:visible", "input:visible"):
        shown = page.locator(f"main {selector}").evaluate_all(
            """(all) => all.filter((one) => getComputedStyle(one).borderTopWidth !== '0px')
                .map((one) => one.outerHTML)"""
        )
        assert shown == []
    expect(page.locator("#inspector-body")).to_be_visible()
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("task", ["step", "train", "inside"])
def test_on_a_phone_nothing_scrolls_sideways_and_the_transport_is_under_the_thumb(
    open_page: PageOpener, task: str
) -> None:
    page = open_lab(open_page, size=(390, 700), has_touch=True)
    choose(page, "xor")
    page.click(f'[data-task-choice="{task}"]')
    settle(page)
    for width, height in filled(in_each_size(page, ((390, 700), (320, 700)))):
        shoot(page, f"phone-{task}-{width}")
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
        for control in ("#rewind", "#back", "#play", "#forward", "#speed"):
            box = page.locator(control).bounding_box()
            assert box, control
            assert box["height"] >= 44, control
            assert box["y"] + box["height"] <= height, control
            assert box["x"] + box["width"] <= width, control
        for figure in filled(page.locator(".figure:visible").all()):
            box = figure.bounding_box()
            assert box, figure
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        assert_accessible(page)
