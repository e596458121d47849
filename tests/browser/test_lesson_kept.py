"""The experiment in a lesson's lab: a reload and the other language find it as it was, and it can be forgotten."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import PageOpener, wait_until_drawn
from tests.browser.test_lesson_labs import open_lab_lesson

STATE = """async () => {
    const lesson = document.querySelector('script[type=module]').src;
    const [{ store }, { toText }] = await Promise.all(
        ['state.js', 'url.js'].map((name) => import(lesson.replace('lesson.js', name))));
    return [toText(store.get()), JSON.stringify(store.get().now.parameters)];
}"""


def there_again(page: Page) -> None:
    page.locator("[data-instrument=lab]").scroll_into_view_if_needed()
    expect(page.locator("[data-instrument=lab] .main-svg").first).to_be_visible(timeout=30_000)
    expect(page.locator("#counter")).not_to_be_empty()
    wait_until_drawn(page)


def some_steps(page: Page) -> None:
    """Three steps of the second experiment, the last by another rate."""
    page.select_option("#lesson-preset", index=1)
    expect(page.locator("#counter")).to_have_text(re.compile(r"\D0\D+0$"))
    for step in (1, 2):
        page.click("#forward")
        expect(page.locator("#counter")).to_contain_text(f" {step} ")
    page.click("#rate-up")
    page.click("#forward")
    expect(page.locator("#counter")).to_contain_text(" 3 ")


def test_a_reload_and_the_other_language_find_the_experiment_as_it_was(open_page: PageOpener) -> None:
    page = open_lab_lesson(open_page, "training", "en")
    some_steps(page)
    before, preset = page.evaluate(STATE), page.locator("#lesson-preset").input_value()
    page.reload()
    there_again(page)
    expect(page.locator("#lesson-preset")).to_have_value(preset)
    assert page.evaluate(STATE) == before
    expect(page.locator("#undo")).to_be_disabled()
    page.click("a[data-language=ru]")
    page.wait_for_url("**/ru/lessons/training")
    there_again(page)
    assert page.evaluate(STATE) == before
    page.goto("/en/lessons/the-lab")
    there_again(page)
    expect(page.locator("#counter")).to_have_text("step 0 of 0")


def test_who_forgets_what_was_done_forgets_the_experiments_too(open_page: PageOpener) -> None:
    page = open_lab_lesson(open_page, "training", "en")
    some_steps(page)
    page.click("#q-rough [data-part=skip]")
    page.goto("/en/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#progress-clear")
    page.goto("/en/lessons/training")
    there_again(page)
    expect(page.locator("#counter")).to_have_text("step 0 of 0")


@pytest.mark.parametrize("kept", ["{", '{"backstep": 2, "preset": "worked", "runs": []}', '{"backstep": 99}'])
def test_what_cannot_be_read_any_longer_is_left_alone(open_page: PageOpener, kept: str) -> None:
    page = open_lab_lesson(open_page, "training", "en")
    page.evaluate("() => addEventListener('pagehide', (event) => event.stopImmediatePropagation(), true)")
    page.add_init_script(f"sessionStorage.setItem('backstep.experiment.training', {kept!r})")
    page.reload()
    there_again(page)
    expect(page.locator("#counter")).to_have_text("step 0 of 0")
    expect(page.locator("#lab-banner")).to_be_hidden()
