"""Hearing what was done: the words that a screen reader says, and the sound of the loss."""

import itertools
import re

from playwright.sync_api import expect

from tests.browser.lab import choose, open_lab, settle
from tests.browser.pages import PageOpener
from tests.browser.test_lab_share import grown
from tests.filled import filled


def test_an_update_is_answered_by_what_became_of_the_weight(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#announcer")).not_to_be_empty()  # the words come with the first action
    page.keyboard.press("Home")
    for _ in range(40):
        page.keyboard.press("ArrowRight")
        words = page.locator("#announcer").text_content() or ""
        if words.startswith("Weight from hidden unit 1 to output unit 1"):
            break
    assert words == "Weight from hidden unit 1 to output unit 1 fell from 0.4 to 0.3589: its gradient was +0.08217."
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#announcer")).to_have_text("Step 1 is done: the loss went from 0.2984 to 0.291.")


def test_training_is_announced_at_most_once_a_second(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    choose(page, "xor")
    page.click('[data-task-choice="train"]')
    page.evaluate(
        """() => {
            window.heard = [];
            const announcer = document.querySelector('#announcer');
            new MutationObserver(() => heard.push([announcer.textContent, performance.now()]))
                .observe(announcer, { childList: true });
        }"""
    )
    page.click("#play")
    page.wait_for_function("() => heard.filter(([words]) => words.startsWith('Step ')).length >= 3")
    page.click("#play")
    expect(page.locator("#announcer")).to_contain_text("Stopped at step")
    heard = page.evaluate("() => heard")
    assert heard[0][0].startswith("Training from step 0")
    assert all(re.search(r"loss \d", words) for words, _ in heard[1:]), heard
    told = [at for words, at in heard if words.startswith("Step ")]
    assert all(later - earlier >= 900 for earlier, later in filled(itertools.pairwise(told))), heard


def test_a_run_is_told_by_what_was_changed_on_the_way(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    grown(page)
    words = page.locator("#inspector-body").inner_text()
    assert "At step 2 the learning rate was raised from 0.5 to 1." in words
    assert "In 1 step the loss" in words


def test_the_loss_sounds_only_when_asked_for_falls_with_it_and_stops_with_it(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    page.evaluate(
        """() => {
            window.heard = [];
            const set = AudioParam.prototype.setTargetAtTime;
            AudioParam.prototype.setTargetAtTime = function (value, ...rest) {
                heard.push([this.maxValue > 1e6 ? 'gain' : 'pitch', value]);
                return set.call(this, value, ...rest);
            };
        }"""
    )
    choose(page, "xor")
    page.keyboard.press("Shift+ArrowRight")
    settle(page)
    assert page.evaluate("() => heard") == []
    page.click("#share")
    page.check("#share-sound")
    page.keyboard.press("Escape")
    page.click('[data-task-choice="train"]')
    page.select_option("#speed", "500")
    page.click("#play")
    page.wait_for_function("() => Number(document.querySelector('#timeline').value) > 400")
    page.click("#play")
    page.wait_for_function("() => heard.findLast(([kind]) => kind === 'gain')?.[1] === 0")
    heard = page.evaluate("() => heard")
    pitches = [value for kind, value in heard if kind == "pitch"]
    gains = [value for kind, value in heard if kind == "gain"]
    assert pitches[-1] < pitches[0]
    assert all(27.5 <= pitch <= 1760 for pitch in pitches)
    assert 0 < max(gains) <= 0.1
    assert gains[-1] == 0
