"""Sharing an experiment, and undoing."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.lab import (
    address,
    choose,
    counter,
    exact_parameters,
    open_lab,
    settle,
    wait_for_the_picture,
)
from tests.browser.pages import PageOpener

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def grown(page: Page) -> None:
    """A run with two branches: to step 4, and from step 2 on by another rate."""
    choose(page, "xor")
    page.click('[data-task-choice="train"]')
    for step in range(1, 5):
        page.keyboard.press("ArrowRight")
        expect(page.locator("#counter")).to_contain_text(f"step {step} of")
    for step in (3, 2):
        page.keyboard.press("ArrowLeft")
        expect(page.locator("#counter")).to_contain_text(f"step {step} of 4")
    page.keyboard.press("]")
    expect(page.locator("#counter")).to_contain_text("step 2 of 2")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#counter")).to_contain_text("step 3 of 3")
    settle(page)


def press_share(page: Page, item: str) -> None:
    page.click("#share")
    page.click(f"#share-{item}")


def clipboard(page: Page) -> str:
    return page.evaluate("() => navigator.clipboard.readText()")


def drop(page: Page, kind: str, content: str, name: str = "experiment.json") -> None:
    page.evaluate(
        """([kind, content, name]) => {
            const data = new DataTransfer();
            if (kind === 'file') data.items.add(new File([content], name));
            else data.setData('text/plain', content);
            for (const type of ['dragenter', 'dragover', 'drop'])
                document.body.dispatchEvent(
                    new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        [kind, content, name],
    )


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """(text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', text);
            document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
        }""",
        text,
    )


def test_a_copied_link_opens_the_same_numbers_in_another_browser(open_page: PageOpener) -> None:
    page = open_lab(open_page, **CLIPBOARD)
    grown(page)
    press_share(page, "link")
    expect(page.locator("#toast")).to_contain_text("The link is copied")
    link = clipboard(page)
    other = open_page(link, language="ru")
    wait_for_the_picture(other)
    expect(other.locator("#rate-field")).to_have_value("1")
    settle(other)
    assert exact_parameters(other) == exact_parameters(page)
    assert len(json.loads(_text_of(other))["runs"]) == 2


def _text_of(page: Page) -> str:
    """The experiment on screen, as the menu saves it."""
    with page.expect_download() as saved:
        press_share(page, "save")
    return Path(saved.value.path()).read_text(encoding="utf-8")


def test_a_saved_file_is_what_is_copied_and_opens_again_when_chosen(open_page: PageOpener, tmp_path: Path) -> None:
    page = open_lab(open_page, **CLIPBOARD)
    grown(page)
    numbers, where = exact_parameters(page), counter(page)
    with page.expect_download() as saved:
        press_share(page, "save")
    assert saved.value.suggested_filename == "backstep-xor-3.json"
    expect(page.locator("#toast")).to_contain_text("Saved as backstep-xor-3.json")
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    press_share(page, "json")
    expect(page.locator("#toast")).to_contain_text("copied as JSON")
    assert clipboard(page) == file.read_text(encoding="utf-8")
    choose(page, "moons")
    page.click("#share")
    with page.expect_file_chooser() as chooser:
        page.click("#share-open")
    chooser.value.set_files(file)
    expect(page.locator("#counter")).to_have_text(where)
    expect(page.locator("#toast")).to_contain_text("backstep-xor-3.json is open")
    settle(page)
    assert exact_parameters(page) == numbers


@pytest.mark.parametrize("way", ["file dropped", "text dropped", "JSON pasted", "link pasted"])
def test_an_experiment_is_opened_however_it_is_brought(open_page: PageOpener, way: str) -> None:
    page = open_lab(open_page)
    grown(page)
    numbers, where = exact_parameters(page), counter(page)
    link, text = address(page), _text_of(page)
    choose(page, "moons")
    settle(page)
    if way == "file dropped":
        drop(page, "file", text)
    elif way == "text dropped":
        drop(page, "text", link)
    else:
        paste(page, text if way == "JSON pasted" else f"  {link}\n")
    expect(page.locator("#counter")).to_have_text(where)
    expect(page.locator("#toast")).to_contain_text("is open")
    expect(page.locator("#drop")).to_be_hidden()
    settle(page)
    assert exact_parameters(page) == numbers
    page.click("#undo")
    expect(page.locator("#summary")).to_contain_text("moons", ignore_case=True)


@pytest.mark.parametrize(
    ("bring", "complaint"),
    [
        (lambda page: drop(page, "file", "no JSON", "notes.txt"), "notes.txt is not an experiment of this lab"),
        (lambda page: drop(page, "file", '{"a": 1}'), "experiment.json is not an experiment"),
        (lambda page: paste(page, '{"backstep": 2'), "could not be read"),
        (lambda page: paste(page, "http://127.0.0.1/en/lab#2.garbage"), "could not be read"),
        (lambda page: page.evaluate("() => { location.hash = '#2.garbage'; }"), "could not be read"),
        (
            lambda page: paste(
                page, json.dumps({"backstep": 2, "preset": "gone", "runs": [{"id": 0, "rate": 1, "step": 0}]})
            ),
            "an example this lab does not have",
        ),
        (
            lambda page: paste(
                page, json.dumps({"backstep": 2, "preset": "xor", "runs": [{"id": 0, "rate": 1, "step": 10**7}]})
            ),
            "a run longer than",
        ),
    ],
    ids=[
        "no JSON",
        "another JSON",
        "half a JSON",
        "a bad link",
        "a bad address",
        "no such example",
        "too long a run",
    ],
)
def test_what_cannot_be_opened_changes_nothing_and_says_so(open_page: PageOpener, bring, complaint: str) -> None:
    page = open_lab(open_page)
    page.keyboard.press("ArrowRight")
    where, numbers = counter(page), exact_parameters(page)
    bring(page)
    expect(page.locator("#banner")).to_contain_text(complaint)
    expect(page.locator("#banner")).to_contain_text("Nothing was changed")
    assert (counter(page), exact_parameters(page)) == (where, numbers)


def test_what_makes_no_sense_in_a_file_is_named_and_the_rest_is_opened(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    grown(page)
    numbers = exact_parameters(page)
    content = json.loads(_text_of(page))
    content.update(task="fly", pinned={"kind": "parameter", "place": {"layer": 9, "unit": 0, "input": 0}})
    choose(page, "moons")
    drop(page, "file", json.dumps(content))
    expect(page.locator("#banner")).to_contain_text("left out: the task, the pinned number.")
    page.click('[data-task-choice="train"]')
    settle(page)
    assert exact_parameters(page) == numbers


def test_text_that_is_no_link_and_a_paste_into_a_field_are_left_alone(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    paste(page, "What is a gradient?")
    page.locator("#rate-field").focus()
    page.evaluate(
        """() => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', '{"backstep": 2');
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
        }"""
    )
    page.wait_for_timeout(300)
    expect(page.locator("#banner")).to_be_hidden()
    expect(page.locator("#toast")).to_be_empty()


def test_while_something_is_dragged_over_the_lab_it_shows_where_to_drop_it(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    enter = """(type) => {
        const data = new DataTransfer();
        data.items.add(new File(['{}'], 'a.json'));
        const event = new DragEvent(type, { dataTransfer: data, bubbles: true });
        document.querySelector('#summary').dispatchEvent(event);
    }"""
    page.evaluate(enter, "dragenter")
    expect(page.locator("#drop")).to_contain_text("Drop it here")
    page.evaluate(enter, "dragleave")
    expect(page.locator("#drop")).to_be_hidden()


def long_experiment(page: Page) -> str:
    """An experiment with more weights set by hand than an address holds."""
    content = json.loads(_text_of(page))
    edits = [{"at_step": 0, "layer": 0, "unit": 0, "input": 0, "value": 0.15 + step / 1000} for step in range(200)]
    content["runs"][0]["edits"] = edits
    return json.dumps(content)


def test_an_experiment_too_long_for_an_address_travels_as_a_file_and_survives_a_reload(
    open_page: PageOpener,
) -> None:
    page = open_lab(open_page, **CLIPBOARD)
    drop(page, "file", long_experiment(page))
    expect(page.locator("#toast")).to_contain_text("is open")
    page.keyboard.press("ArrowRight")
    assert address(page).endswith("/en/lab#kept")
    numbers, where = exact_parameters(page), counter(page)
    assert "w = 0.349" in numbers
    with page.expect_download():
        press_share(page, "link")
    expect(page.locator("#toast")).to_contain_text("too long for an address, so it was saved as a file instead")
    page.reload()
    wait_for_the_picture(page)
    expect(page.locator("#counter")).to_have_text(where)
    settle(page)
    assert exact_parameters(page) == numbers
    page.click('a[data-language="ru"]')
    wait_for_the_picture(page)
    settle(page)
    assert exact_parameters(page).replace(",", ".") == numbers
    other = open_page("/en/lab#kept")
    expect(other.locator("#banner")).to_contain_text("only the browser tab it was made in has kept it")
    expect(other.locator("#banner")).to_contain_text("Here is the worked example instead")


def test_going_to_the_content_by_the_skip_link_keeps_the_experiment(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#counter")).to_contain_text("step 2 ")
    page.evaluate("() => { location.hash = '#main'; }")
    page.wait_for_timeout(300)
    expect(page.locator("#counter")).to_contain_text("step 2 ")
    expect(page.locator("#banner")).to_be_hidden()


def test_undo_and_redo_name_what_they_do_and_do_it(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    undo, redo = page.locator("#undo"), page.locator("#redo")
    expect(undo).to_be_disabled()
    expect(redo).to_be_disabled()
    page.keyboard.press("]")
    expect(undo).to_have_attribute("title", "Undo: learning rate")
    expect(page.locator("#announcer")).to_have_text("The learning rate is 1; it was 0.5.")
    undo.click()
    expect(page.locator("#rate-field")).to_have_value("0.5")
    expect(page.locator("#announcer")).to_contain_text("Undone: learning rate.")
    expect(redo).to_have_attribute("title", "Redo: learning rate")
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("#rate-field")).to_have_value("1")
    page.keyboard.press("Control+z")
    expect(page.locator("#rate-field")).to_have_value("0.5")
    page.keyboard.press("Control+y")
    expect(page.locator("#rate-field")).to_have_value("1")


def test_the_three_tasks_are_one_tab_stop_and_arrows_choose(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    page.locator('input[name="task"]:checked').focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#main")).to_have_attribute("data-task", "train")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#main")).to_have_attribute("data-task", "inside")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.name") != "task"


def test_the_menu_closes_by_escape_by_a_click_beside_it_and_by_leaving_it(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    menu = page.locator("#share-menu")
    page.locator("#share").focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    expect(page.locator("#share")).to_have_attribute("aria-expanded", "true")
    assert_accessible(page)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.id") == "share-link"
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    assert page.evaluate("() => document.activeElement.id") == "share"
    page.click("#share")
    page.click("#summary")
    expect(menu).to_be_hidden()
    page.click("#share")
    page.locator("#share-print").focus()
    page.keyboard.press("Tab")
    expect(menu).to_be_hidden()
