"""What tests of the lab share: opening it, choosing in it, reading it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import WIDTHS, each_look
from tests.browser.pages import PageOpener, wait_until, wait_until_drawn

SIZES = [pytest.param((1440, 900), id="laptop"), pytest.param((390, 844), id="phone")]
# The published figures of the worked example, to four significant digits.
LOSS, UPDATED_LOSS = "0.2984", "0.291"


def wait_for_the_picture(page: Page) -> None:
    expect(page.locator("#network-plot .main-svg").first).to_be_visible(timeout=30_000)


def open_lab(open_page: PageOpener, language: str = "en", size: tuple[int, int] = (1440, 900), **more) -> Page:
    page = open_page(f"/{language}/lab", width=size[0], height=size[1], language=language, **more)
    wait_for_the_picture(page)
    expect(page.locator("#counter")).not_to_be_empty()
    return page


def place(page: Page) -> str:
    return page.locator("#sheet-label").text_content() or ""


def choose(page: Page, preset: str) -> None:
    page.click("#setup-toggle")
    page.select_option("#preset", preset)
    label = page.locator(f'#preset option[value="{preset}"]').text_content() or ""
    expect(page.locator("#summary strong")).to_have_text(label)
    page.click("#setup-toggle")


def counter(page: Page) -> str:
    return page.locator("#counter").text_content() or ""


def picture(page: Page) -> str:
    return page.locator("#network-plot").text_content() or ""


def loss_shown(page: Page) -> float:
    """The last loss that the caption of the curve names."""
    # Figures are drawn in turns: the caption may come a moment after the words beside it.
    expect(page.locator("#loss-caption")).to_contain_text(re.compile(r"loss [\d.]+\d"))
    words = page.locator("#loss-caption").text_content() or ""
    found = re.search(r"loss ([\d.]+\d)", words)
    assert found, words
    return float(found[1])


def exact_parameters(page: Page) -> str:
    """The parameters on screen, every digit: from the hover texts, which show the full double."""
    return page.evaluate(
        """() => document.querySelector('#network-plot').data
            .flatMap((trace) => trace.hovertext ?? [])
            .flatMap((text) => text.match(/(?:w|b) = [^<]*/g) ?? []).join(' ')"""
    )


def choose_option(page: Page, control: str, value: str, *, by_keyboard: bool) -> None:
    """Choose in a menu: by the arrow keys, each of which chooses what it comes to, or at once."""
    menu = page.locator(control)
    if not by_keyboard:
        menu.select_option(value)
        return
    steps = menu.evaluate(
        "(menu, value) => [...menu.options].findIndex((one) => one.value === value) - menu.selectedIndex", value
    )
    menu.focus()
    for _ in range(abs(steps)):
        page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
    expect(menu).to_have_value(value)


def settle(page: Page) -> None:
    """Wait until what was asked for is there and drawn."""
    page.wait_for_function("() => !document.querySelector('#inspector').classList.contains('stale')")
    wait_until_drawn(page)


def address(page: Page) -> str:
    """The address, once it is that of what is on screen: it follows when things have come to rest."""
    wait_until(
        page,
        """async () => {
            const main = document.querySelector('script[type=module]').src;
            const load = (name) => import(main.replace('main.js', name));
            const [{ store }, { toHash, toText }, { kept }] = await Promise.all(
                ['state.js', 'url.js', 'kept.js'].map(load));
            const state = store.get();
            return location.hash === toHash(state) || (location.hash === '#kept' && kept() === toText(state));
        }""",
    )
    return page.evaluate("location.href")  # the page's own: what Playwright has heard may be older


def in_each_size(page: Page, sizes: tuple[tuple[int, int], ...] = WIDTHS) -> Iterator[tuple[int, int]]:
    """Turn the window to each size, and wait until everything is drawn anew."""
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        yield width, height


def accessible_in_each_look(page: Page, name: str, sizes: tuple[tuple[int, int], ...] = WIDTHS) -> Iterator[str]:
    """Every look of the lab, once its figures are drawn."""
    yield from each_look(page, name, sizes=sizes, settle=settle)


def diverge(page: Page) -> None:
    choose(page, "moons")
    page.click("#setup-toggle")
    page.select_option("#loss", "mean_squared_error")
    page.select_option("#activation-2", "identity")
    settle(page)
    page.click("#setup-toggle")
    page.click('[data-task-choice="train"]')
    page.locator("#rate-field").fill("30")
    page.keyboard.press("Enter")
    page.select_option("#speed", "100")
    page.click("#play")
    expect(page.locator("#banner .button-strong")).to_be_visible()


def at(page: Page, term: str, index: int = 0) -> tuple[float, float]:
    """Where in the window a number of the picture can be asked."""
    box = page.locator("#network-plot").bounding_box()
    assert box
    x, y = page.evaluate(
        """([term, index]) => document.querySelector('#network-plot').data.flatMap((trace) =>
            (trace.customdata ?? []).flatMap((pick, at) => pick.term === term ? [[trace.x[at], trace.y[at]]] : [])
        ).at(index)""",
        [term, index],
    )
    return box["x"] + x, box["y"] + y


def try_rate(page: Page, rate: str) -> dict:
    """Type a learning rate and return what the server answers about it."""

    def is_of_it(response) -> bool:
        if not response.url.endswith("/api/rates"):
            return False
        return response.request.post_data_json["optimizer"]["learning_rate"] == float(rate)

    with page.expect_response(is_of_it) as answered:
        page.locator("#rate-field").fill(rate)
        page.keyboard.press("Enter")
    return answered.value.json()


def verdict_words(answer: dict) -> str:
    """Return what the note has to say of an answer: how many steps, the loss before and after."""
    before, after = (f"{float(f'{value:.4g}'):g}" for value in (answer["loss"], answer["own"]["loss"]))
    return f"in {answer['steps']} steps the loss goes from {before} to {after}."
