"""For teachers, in a browser: the page, the links it makes, and the pages that such links open."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.lab import wait_for_the_picture
from tests.browser.lessons import commit, open_lesson, put
from tests.browser.looks import WIDTHS, keeps_every_rule_in_each_look
from tests.browser.pages import PageOpener
from tests.browser.screenshots import shoot
from tests.browser.test_pseudo import TEXTS, untranslated

LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])
LAB_LINK = "teach/link?page=lab&preset=xor&hide=setup&lock=rate"


def sideways(page: Page) -> int:
    return page.evaluate("() => document.documentElement.scrollWidth - innerWidth")


@LANGUAGES
@pytest.mark.parametrize("path", ["teach", "teach/link", LAB_LINK])
def test_it_is_accessible_and_nothing_scrolls_sideways(open_page: PageOpener, language: str, path: str) -> None:
    page = open_page(f"/{language}/{path}", language=language)
    keeps_every_rule_in_each_look(page, f"{re.sub('[^a-z]+', '-', path)}-{language}", full_page=True)
    page.emulate_media(media="print")
    expect(page.locator(".site-nav")).to_be_hidden()


@LANGUAGES
def test_a_link_is_made_by_keyboard_and_copied(open_page: PageOpener, language: str) -> None:
    page = open_page(f"/{language}/", language=language, permissions=["clipboard-read", "clipboard-write"])
    page.click(".site-nav a[href$='/teach']")
    page.click("#one-neuron .teach-links li:last-child a")
    page.focus('input[name="hide"][value="xor"]')
    page.keyboard.press("Space")
    page.focus('input[name="lock"][value="b"]')
    page.keyboard.press("Space")
    page.focus("#make")
    page.keyboard.press("Enter")
    expect(page.locator("#link")).to_have_text(re.compile(f"/{language}/lessons/one-neuron\\?hide=xor&lock=b$"))
    page.focus("[data-copies=link]")
    page.keyboard.press("Enter")
    expect(page.locator("#toast")).not_to_be_empty()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == page.locator("#link").inner_text()
    page.click(f"[data-language={'en' if language == 'ru' else 'ru'}]")
    expect(page.locator('input[name="hide"][value="xor"]')).to_be_checked()
    with page.expect_download() as saved:
        page.click("a[download]")
    assert saved.value.suggested_filename == "backstep-lessons-one-neuron.svg"
    assert "<svg" in saved.value.path().read_text(encoding="utf-8")


def test_a_link_is_made_without_scripts(open_page: PageOpener) -> None:
    page = open_page("/en/teach/link", java_script_enabled=False)
    page.select_option("#page", "race")
    page.click(".link-page .button")
    page.select_option("#preset", "momentum")
    page.check("input[name=projector]")
    page.click("#make")
    expect(page.locator("#link")).to_have_text(re.compile(r"/en/race\?preset=momentum&projector$"))
    expect(page.locator("[data-copies]").first).to_be_hidden()


# What links open


def test_the_lab_opens_as_a_link_asks_and_goes_on_so(open_page: PageOpener) -> None:
    page = open_page("/en/lab?preset=xor&hide=setup,share,inside&lock=rate")
    wait_for_the_picture(page)
    expect(page.locator("#summary strong")).to_have_text("XOR")
    for gone in ("#setup-toggle", ".share", '[data-task-choice="inside"]'):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.locator('[data-task-choice="train"]')).to_be_visible()
    for fixed in ("#rate-slider", "#rate-field", "#rate-up", "#rate-down"):
        expect(page.locator(fixed)).to_be_disabled()
    before = page.locator("#rate-field").input_value()
    page.keyboard.press("]")
    page.keyboard.press("[")
    page.keyboard.press("[")
    assert page.locator("#rate-field").input_value() == before == "0.5"
    assert_accessible(page)
    page.wait_for_function("location.hash.length > 20")
    page.reload()
    expect(page.locator("#summary strong")).to_have_text("XOR")
    expect(page.locator("#rate-field")).to_be_disabled()
    page.click("[data-language=ru]")
    expect(page.locator("#rate-field")).to_be_disabled()
    expect(page.locator("#setup-toggle")).to_be_hidden()


def test_without_wishes_the_rate_can_be_changed(open_page: PageOpener) -> None:
    page = open_page("/en/lab?preset=xor")
    expect(page.locator("#summary strong")).to_have_text("XOR")
    page.keyboard.press("]")
    expect(page.locator("#rate-field")).not_to_have_value("0.5")
    expect(page.locator("#setup-toggle")).to_be_visible()


def test_the_race_opens_as_a_link_asks(open_page: PageOpener) -> None:
    page = open_page("/en/race?preset=momentum&hide=choice,course,runs")
    expect(page.locator("#race-map-plot .main-svg").first).to_be_visible(timeout=30_000)
    expect(page.locator("#runners")).to_contain_text("Nesterov")
    for gone in ("#race-choice", "#course", ".runners-card"):
        expect(page.locator(gone)).to_be_hidden()
    assert_accessible(page)


@pytest.mark.parametrize("path", ["lab", "race"])
def test_an_example_that_is_not_there_is_said_and_another_opens(open_page: PageOpener, path: str) -> None:
    page = open_page(f"/en/{path}?preset=nothing&hide=nothing&lock=nothing")
    expect(page.locator("#banner")).to_contain_text("of the name that the link asks for")
    expect(page.locator("#summary")).not_to_be_empty()


@LANGUAGES
def test_a_lesson_opens_as_a_link_asks(open_page: PageOpener, language: str) -> None:
    page = open_page(f"/{language}/lessons/one-neuron?hide=bias,more&lock=b,activation", language=language)
    expect(page.locator("#neuron-0-w1")).to_be_enabled()
    for fixed in ("b", "b-slider", "b-up", "b-down", "activation"):
        expect(page.locator(f"#neuron-0-{fixed}")).to_be_disabled()
    words = "fixed" if language == "en" else "закреплено"
    expect(page.locator("label[for=neuron-0-b]")).to_contain_text(words)
    expect(page.locator("label[for=neuron-0-w1]")).not_to_contain_text(words)
    expect(page.locator("#q-bias")).to_be_hidden()
    expect(page.locator("#q-part")).to_be_visible()
    expect(page.locator(".lesson-more").first).to_be_hidden()
    # What is fixed stays so when the rest changes.
    put(page, 0, w1=1, w2=1)
    expect(page.locator("#neuron-0-b")).to_be_disabled()
    expect(page.locator("#neuron-0-b")).to_have_value("0")
    assert_accessible(page)
    page.click(f"[data-language={'en' if language == 'ru' else 'ru'}]")
    expect(page.locator("#neuron-0-b")).to_be_disabled()


def test_a_hidden_block_is_not_waited_for(open_page: PageOpener) -> None:
    page = open_lesson(open_page, "the-slope?hide=minimum,nudge")
    commit(page, "sign", 2, by_keyboard=False)
    expect(page.locator("#q-minimum")).to_be_hidden()
    expect(page.locator("#q-nudge")).to_be_hidden()
    expect(page.locator("#q-maximum")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_lesson_on_a_projector_is_large_and_plain_and_can_be_left(open_page: PageOpener, theme: str) -> None:
    page = open_lesson(open_page, "the-slope?projector", dark=theme == "dark")
    expect(page.locator(".slopes-plot .main-svg").first).to_be_visible(timeout=30_000)
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.locator("link[href*='projector.css']")).to_have_count(1)
    shoot(page, f"lesson-projector-{theme}")
    small = """() => [...document.querySelectorAll('.lesson *')].filter((one) => one.checkVisibility()
        && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
        && !one.closest('math, .visually-hidden, figure') && parseFloat(getComputedStyle(one).fontSize) < 22)
        .map((one) => one.outerHTML.slice(0, 80))"""
    assert page.evaluate(small) == []
    assert sideways(page) <= 0
    assert_accessible(page)
    page.click("#projector-off")
    expect(page.locator(".site-header")).to_be_visible()
    assert page.url.endswith("/lessons/the-slope")


def test_every_text_comes_from_the_catalog_or_the_lesson(open_pseudo: PageOpener) -> None:
    for path in ("teach", "teach/link"):
        page = open_pseudo(f"/en/{path}")
        own = (".teach-about dd", ".teach-text", ".teach-wrong", ".teach-contents", ".link-ticks", ".link-code")
        parts = ", ".join((*own, "h2", "option", "#link"))
        page.evaluate("(own) => document.querySelectorAll(own).forEach((one) => one.remove())", parts)
        found = untranslated(page.evaluate(TEXTS))
        assert not found, "\n" + "\n".join(found)
        for width, height in WIDTHS:
            page.set_viewport_size({"width": width, "height": height})
            assert sideways(page) <= 0
