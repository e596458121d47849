"""Each prediction and each task of each lesson in a wrong, a nearly right and a right state.

The states are rows of `lesson_states`, reached as a learner would.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from app.lessons.lesson import CONTENT, course
from tests.browser.lesson_states import states_of
from tests.browser.lesson_states.state import State, made_of_it, show_instrument, wait_for_facts
from tests.browser.lessons import open_lesson
from tests.browser.pages import PageOpener
from tests.filled import filled

LESSONS = {lesson.slug: lesson for lesson in course([CONTENT]).lessons}
KINDS = {"wrong", "near", "right"}
# A figure that is not seen is not drawn.
SMALL: ViewportSize = {"width": 700, "height": 240}
# Predictions whose outcome is a fixed number, each with the reason why neither a state nor the engine decides it.
FIXED: dict[tuple[str, str], str] = {}


def blocks_of(slug: str) -> dict[str, str]:
    """The predictions and tasks of a lesson: their kind by name."""
    blocks = LESSONS[slug].pages["en"].blocks
    return {block.name: block.kind for block in blocks if block.kind in ("predict", "task")}


@pytest.mark.parametrize("slug", LESSONS)
def test_every_prediction_and_task_has_a_right_a_wrong_and_a_nearly_right_state(slug: str) -> None:
    rows = states_of(slug)
    assert set(rows) == set(blocks_of(slug))
    for name, states in rows.items():
        assert {state.kind for state in states} == KINDS, name
        assert states[-1].kind == "right", name


def test_no_outcome_is_fixed_without_a_reason() -> None:
    fixed = {
        (slug, block.name)
        for slug, lesson in LESSONS.items()
        for block in lesson.pages["en"].blocks
        if block.kind == "predict" and is_fixed(Path(CONTENT / slug / "en.md"), block.name)
    }
    assert fixed == set(FIXED)


def is_fixed(file: Path, name: str) -> bool:
    text = file.read_text(encoding="utf-8").partition(f"::: predict {name}\n")[2]
    line = next(one for one in text.splitlines() if one.startswith("outcome:"))
    return line.removeprefix("outcome:").strip().isdigit()


def begin_anew(page: Page) -> None:
    """Forget what was done, and what the lab keeps."""
    page.add_init_script("sessionStorage.getItem('anew') && (localStorage.clear(), sessionStorage.clear())")
    page.evaluate("sessionStorage.setItem('anew', '1')")
    page.reload()


def is_done(page: Page, name: str) -> bool:
    return bool(page.locator(f"#q-{name}.is-done").count())


def begin(page: Page, name: str, kind: str, state: State) -> None:
    """Be at a block that is not done yet, with a prediction made."""
    if state.fresh or is_done(page, name):
        begin_anew(page)
    show_instrument(page, name)
    if kind == "predict" and page.locator(f"#q-{name} [data-part=commit]").is_visible():
        page.click(f"#q-{name} .lesson-option:nth-of-type(1)")
        page.click(f"#q-{name} [data-part=commit]")


@pytest.mark.parametrize("slug", [slug for slug in LESSONS if states_of(slug)])
def test_what_a_lesson_makes_of_a_state_is_so(open_page: PageOpener, slug: str) -> None:
    page = open_lesson(open_page, slug)
    page.set_viewport_size(SMALL)
    kinds = blocks_of(slug)
    for name, states in filled(states_of(slug).items()):
        for index, state in filled(enumerate(states)):
            if index == 0 or state.fresh:
                begin(page, name, kinds[name], state)
            state.acts(page)
            wait_for_facts(page, name, state.facts)
            assert made_of_it(page, name) == state.then, (name, state.kind, dict(state.facts))


def test_the_signs_stand_at_the_option_that_happened_and_at_a_wrong_one(open_page: PageOpener) -> None:
    page = open_lesson(open_page, "a-picture-is-numbers")
    page.click("#q-cat .lesson-option:nth-of-type(1)")
    page.click("#q-cat [data-part=commit]")
    expect(page.locator("#q-cat .option-mark")).to_have_count(0)
    page.click("[data-stamp=cat]")
    marks = [f"#q-cat .lesson-option:nth-of-type({option}) .option-mark" for option in (1, 2, 3)]
    expect(page.locator(marks[0])).to_have_text("✗this did not happen")
    expect(page.locator(marks[1])).to_have_text("✓this happened")
    expect(page.locator(marks[2])).to_have_count(0)
    page.reload()
    expect(page.locator(marks[1])).to_have_text("✓this happened")
    expect(page.locator("#q-cat [data-part=happened]")).to_have_text("“A dog”")


def test_a_prediction_that_was_not_seen_yet_waits_after_a_reload_too(open_page: PageOpener) -> None:
    page = open_lesson(open_page, "a-picture-is-numbers")
    page.click("#q-cat [data-part=skip]")
    page.reload()
    wait_for_facts(page, "cat", {"stamp": "blank"})
    assert not is_done(page, "cat")
    page.click("[data-stamp=cat]")
    wait_for_facts(page, "cat", {"stamp": "cat"})
    assert is_done(page, "cat")


def test_what_is_told_keeps_the_numbers_of_its_moment(open_page: PageOpener) -> None:
    page = open_lesson(open_page, "a-picture-is-numbers")
    wait_for_facts(page, "fool", {"stamp": "blank"})
    page.check("input[name=pixels-shade][value='128']")
    page.locator(".pixel").nth(10).click()
    told = page.locator("#q-fool [data-fact=total]")
    expect(told).to_have_text("127")
    page.click("[data-stamp=dog]")
    wait_for_facts(page, "fool", {"stamp": "dog"})
    expect(told).to_have_text("127")
    page.reload()
    expect(told).to_have_text("127")
