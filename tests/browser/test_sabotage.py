"""The instrument of sabotage, in a lesson put beside the others: found by its evidence, in both languages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.engine.bugs import BUGS, EASY
from app.engine.sabotage import PASSES, accepted, plant, worst_error
from tests.browser.axe import assert_accessible
from tests.browser.lessons import keeps_every_rule_in_each_look
from tests.browser.pages import PageOpener
from tests.browser.profiles import Profiles
from tests.browser.test_pseudo import TEXTS, untranslated
from tests.filled import filled
from tests.running_server import RunningServer

LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])
# A walk by clicks is in English, one by keys in Russian: each way, and each language, once.
IN_ENGLISH = pytest.mark.parametrize("language", ["en"])
IN_RUSSIAN = pytest.mark.parametrize("language", ["ru"])
DONE = re.compile("is-done")

LESSON = """---
title: {title}
idea: {title}
minutes: 5
order: 99
---
::: instrument sabotage
bugs: {bugs}
:::

::: task layer
check: layer_found = 1

{title}
---
{title}
:::

::: task find
check: found = 1

{title}
---
{title}
:::

::: task three
check: kinds_found >= 2, tries >= 3

{title}
---
{title}
:::
"""


def started(folder: Path, module: str = "app") -> RunningServer:
    """A server with two lessons about sabotage."""
    for bugs in ("easy", "all"):
        place = folder / f"sabotage-{bugs}"
        place.mkdir()
        for code, title in (("en", "Somebody was here"), ("ru", "Здесь кто-то был")):
            (place / f"{code}.md").write_text(LESSON.format(title=title, bugs=bugs), encoding="utf-8")
    return RunningServer(folder / "log.txt", module=module, BACKSTEP_LESSONS=str(folder))


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    running = started(tmp_path_factory.mktemp("lessons"))
    yield running
    running.stop()


@pytest.fixture
def open_own(browser: Browser, profiles: Profiles, own_server: RunningServer) -> Iterator[PageOpener]:
    opener = PageOpener(browser, own_server.url, profiles)
    yield opener
    assert opener.close() == []


def opened(open_own: PageOpener, language: str, bugs: str = "all", **more) -> Page:
    page = open_own(f"/{language}/lessons/sabotage-{bugs}", language=language, **more)
    expect(page.locator("input[name=sabotage-0-bug]").first).to_be_visible()
    return page


def other(page: Page, *, by_keyboard: bool = False) -> int:
    """Take other numbers; return their seed."""
    with page.expect_request("**/api/sabotage") as asked:
        if by_keyboard:
            page.focus(".lesson-sabotage [data-part=other]")
            page.keyboard.press("Enter")
        else:
            page.click(".lesson-sabotage [data-part=other]")
    expect(page.locator("input[name=sabotage-0-bug]").first).to_be_visible()
    seed: int = asked.value.post_data_json["seed"]
    return seed


def choose(page: Page, kind: str, value: str, *, by_keyboard: bool) -> None:
    choice = page.locator(f"#sabotage-0-{kind}-{value}")
    if not by_keyboard:
        page.locator(f"label:has(#sabotage-0-{kind}-{value})").click()
    else:
        names = [one.get_attribute("value") for one in page.locator(f"input[name=sabotage-0-{kind}]").all()]
        page.locator(f"#sabotage-0-{kind}-{names[0]}").focus()
        page.keyboard.press("Space")
        for _ in range(names.index(value)):
            page.keyboard.press("ArrowDown")
    expect(choice).to_be_checked()


def guess(page: Page, layer: int, bug: str, *, by_keyboard: bool = False) -> None:
    choose(page, "layer", str(layer), by_keyboard=by_keyboard)
    choose(page, "bug", bug, by_keyboard=by_keyboard)
    if by_keyboard:
        page.focus(".lesson-sabotage [data-part=check]")
        page.keyboard.press("Enter")
    else:
        page.click(".lesson-sabotage [data-part=check]")
    expect(page.locator(".lesson-sabotage .lesson-verdict p").first).to_be_visible()


def walk(page: Page, *, by_keyboard: bool) -> None:
    seed = other(page, by_keyboard=by_keyboard)
    case = plant(seed)
    check = page.locator(".lesson-sabotage [data-part=check]")
    expect(check).to_be_disabled()
    wrong = next(name for name in BUGS if (case.layer, name) not in accepted(case))
    guess(page, case.layer, wrong, by_keyboard=by_keyboard)
    expect(page.locator(".lesson-sabotage .is-wrong")).to_be_visible()
    expect(page.locator("#q-layer")).to_have_class(DONE)
    expect(page.locator("#q-find")).not_to_have_class(DONE)
    guess(page, case.layer, case.bug, by_keyboard=by_keyboard)
    expect(page.locator(".lesson-sabotage .is-right")).to_be_visible()
    expect(page.locator("#q-find")).to_have_class(DONE)
    expect(page.locator("#q-three")).not_to_have_class(DONE)
    found = {case.bug}
    while len(found) < 2:
        case = plant(other(page, by_keyboard=by_keyboard))
        guess(page, case.layer, case.bug, by_keyboard=by_keyboard)
        expect(page.locator(".lesson-sabotage .is-right")).to_be_visible()
        found.add(case.bug)
    expect(page.locator("#q-three")).to_have_class(DONE)


@IN_RUSSIAN
def test_it_is_found_by_keyboard_alone(open_own: PageOpener, language: str) -> None:
    walk(opened(open_own, language), by_keyboard=True)


@IN_ENGLISH
def test_it_is_found_by_single_clicks(open_own: PageOpener, language: str) -> None:
    walk(opened(open_own, language), by_keyboard=False)


@LANGUAGES
def test_a_wrong_guess_is_told_where_to_look_and_never_what_it_is(open_own: PageOpener, language: str) -> None:
    page = opened(open_own, language, "easy")
    expect(page.locator("input[name=sabotage-0-bug]")).to_have_count(len(EASY))
    case = plant(other(page), EASY)
    verdict = page.locator(".lesson-sabotage .lesson-verdict")
    said = set()
    for layer in range(3):
        for bug in EASY:
            if (layer, bug) in accepted(case):
                continue
            guess(page, layer, bug)
            expect(verdict.locator("p")).to_have_count(3)
            said.add(verdict.locator("p").nth(1).inner_text())
            if language == "ru":
                assert re.search("[а-я]", verdict.inner_text())
                assert not re.search("[a-z]{4}", verdict.inner_text())
    assert 2 <= len(said) <= 3
    choose(page, "layer", "0", by_keyboard=False)
    expect(verdict).to_be_empty()


def test_the_evidence_on_screen_is_the_engines(open_own: PageOpener) -> None:
    page = opened(open_own, "en")
    case = plant(other(page))
    for layer, back in filled(enumerate(case.came_back)):
        choose(page, "layer", str(layer), by_keyboard=False)
        rows = page.locator(".sabotage-table").first.locator("tbody tr")
        gradients = [*back.dW.ravel(), *back.db]
        expect(rows).to_have_count(len(gradients))
        numerical = [*case.check.numerical[layer].weights.ravel(), *case.check.numerical[layer].biases]
        for row, gradient, twin in zip(rows.all(), gradients, numerical, strict=True):
            cells = row.locator("td")
            shown = [(cells.nth(at).get_attribute("title") or "").replace("−", "-") for at in (1, 2, 3)]
            values = [float(text.replace("·10", "e").translate(RAISED)) for text in shown]
            assert values == pytest.approx([gradient, twin, gradient / twin], rel=1e-12)
        failing = page.locator(".sabotage-table tr.is-failing").count()
        assert (failing > 0) == (worst_error(case.check, layer) > PASSES)
    page.click(".sabotage-evidence summary")
    choose(page, "bug", "sum", by_keyboard=False)
    expect(page.locator(".sabotage-evidence details")).to_have_attribute("open", "")


RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def test_without_a_server_the_guess_stays_and_is_checked_when_it_is_back(open_own: PageOpener) -> None:
    page = opened(open_own, "en")
    case = plant(other(page))
    open_own.expect("Failed to load resource")
    page.route("**/api/sabotage/verdict", lambda route: route.fulfill(status=503))
    choose(page, "layer", str(case.layer), by_keyboard=False)
    choose(page, "bug", case.bug, by_keyboard=False)
    page.click(".lesson-sabotage [data-part=check]")
    expect(page.locator("#banner")).to_be_visible()
    page.unroute("**/api/sabotage/verdict")
    expect(page.locator(".lesson-sabotage .is-right")).to_be_visible()
    expect(page.locator("#banner")).to_be_hidden()


@LANGUAGES
def test_no_rule_is_broken_in_any_look(open_own: PageOpener, language: str) -> None:
    page = opened(open_own, language)
    expect(page.locator(".lesson-sabotage .main-svg").first).to_be_visible(timeout=30_000)
    assert_accessible(page)
    case = plant(other(page))
    guess(page, case.layer, case.bug)
    page.click(".sabotage-evidence summary")
    page.locator(".numbers-switch").click()
    keeps_every_rule_in_each_look(page, f"sabotage-{language}")


def test_every_text_of_it_comes_from_the_catalog(browser: Browser, tmp_path: Path) -> None:
    running = started(tmp_path, "tests.pseudo")
    opener = PageOpener(browser, running.url)
    for is_right in (False, True):
        page = opened(opener, "en")
        expect(page.locator(".lesson-sabotage .main-svg").first).to_be_visible(timeout=30_000)
        case = plant(other(page))
        wrong = next(name for name in BUGS if (case.layer, name) not in accepted(case))
        guess(page, case.layer, case.bug if is_right else wrong)
        page.locator(".numbers-switch").click()
        page.click(".sabotage-evidence summary")
        page.evaluate("() => document.body.replaceChildren(document.querySelector('.lesson-sabotage'))")
        assert untranslated(page.evaluate(TEXTS)) == []
    assert opener.close() == []
    running.stop()
