"""The lesson on the chain rule walked to its end: every number the engine's, every mistake marked at its place."""

import contextlib
import re

import pytest
from playwright.sync_api import Error, Locator, Page, Route, expect

from app.engine.expression import backward, forward
from app.engine.parsing import parse
from tests.browser.lessons import answer, answer_all, commit, done, keeps_every_rule_in_each_look, open_lesson
from tests.browser.pages import PageOpener
from tests.browser.test_pseudo import TEXTS, untranslated

LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])
# A walk by clicks is in English, one by keys in Russian: each way, and each language, once.
IN_ENGLISH = pytest.mark.parametrize("language", ["en"])
IN_RUSSIAN = pytest.mark.parametrize("language", ["ru"])
SHOWN = re.compile("is-shown")
DONE = re.compile("is-done")
SLUG = "the-chain-rule"
QUESTIONS = {"product": "chain_product", "weight": "chain_weight", "paths": "two_paths"}
ALL = 8
OWN = "relu(w*x + b)*v - relu(w*x + b)^2"


def formula(page: Page, place: int) -> Locator:
    """A formula of the lesson, mounted and read."""
    one = page.locator("[data-instrument=expression]").nth(place)
    one.scroll_into_view_if_needed()
    expect(one.locator(".formula-told p").first).to_be_visible(timeout=30_000)
    expect(one).not_to_have_class(re.compile("is-stale"))
    return one


def press(one: Locator, name: str, times: int = 1) -> None:
    for _ in range(times):
        one.locator(f"button[id$='-{name}']").click()


def write(one: Locator, text: str) -> None:
    field = one.locator("input[id$='-formula']")
    field.fill(text)
    field.press("Enter")


def written(one: Locator, text: str) -> None:
    """Write a formula that can be read, and wait until it is."""
    write(one, text)
    expect(one).not_to_have_class(re.compile("is-stale"))


def put(one: Locator, name: str, text: str) -> None:
    field = one.locator(f"input[id$='-value-{name}']")
    field.fill(text)
    field.press("Enter")
    expect(one).not_to_have_class(re.compile("is-stale"))


def counter(one: Locator) -> str:
    return one.locator(".counter").inner_text()


def is_done(page: Page, name: str) -> None:
    expect(page.locator(f"#q-{name}")).to_have_class(DONE)


def is_open(page: Page, name: str) -> None:
    assert not DONE.search(page.locator(f"#q-{name}").get_attribute("class") or "")


@IN_ENGLISH
def test_the_lesson_by_single_clicks(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, SLUG, language)
    chain = formula(page, 0)
    press(chain, "forward", 4)
    is_open(page, "forward")
    press(chain, "forward")
    is_done(page, "forward")
    commit(page, "order", 2, by_keyboard=False)
    outcome = page.locator("#q-order [data-part=outcome]")
    press(chain, "forward", 8)
    expect(outcome).not_to_have_class(SHOWN)
    press(chain, "forward")
    expect(outcome).to_have_class(SHOWN)
    is_open(page, "shut")
    for _ in range(9):
        chain.locator("button[id$='-value-w_in-down']").click()
    is_done(page, "shut")
    twice = formula(page, 1)
    commit(page, "meet", 1, by_keyboard=False)
    press(twice, "forward", 11)
    expect(page.locator("#q-meet [data-part=outcome]")).to_have_class(SHOWN)
    answer_all(page, QUESTIONS, language, by_keyboard=False)
    own = formula(page, 2)
    press(own, "last")
    is_open(page, "own")
    written(own, OWN)
    expect(own.locator(".counter")).to_contain_text("0")
    is_open(page, "own")
    press(own, "last")
    is_done(page, "own")
    assert done(page) == ALL
    page.reload()
    expect(page.locator(".lesson-block.is-done")).to_have_count(ALL)


@IN_RUSSIAN
def test_the_lesson_by_keyboard_alone(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, SLUG, language)
    chain = formula(page, 0)
    chain.locator("button[id$='-first']").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    is_done(page, "forward")
    page.focus("#q-order [data-part=skip]")
    page.keyboard.press("Enter")
    chain.locator("button[id$='-forward']").focus()
    page.keyboard.press("End")
    expect(page.locator("#q-order [data-part=outcome]")).to_have_class(SHOWN)
    page.keyboard.press("ArrowLeft")
    assert re.match(r"\D*13\D+14", counter(chain))
    page.keyboard.press("Home")
    assert re.match(r"\D*0\D+14", counter(chain))
    # In a field the arrows move the cursor, and nothing else.
    chain.locator("input[id$='-formula']").focus()
    page.keyboard.press("ArrowRight")
    assert re.match(r"\D*0\D+14", counter(chain))
    put(chain, "w_in", "-0,3")
    chain.locator("button[id$='-last']").press("Enter")
    is_done(page, "shut")
    twice = formula(page, 1)
    commit(page, "meet", 3, by_keyboard=True)
    twice.locator("button[id$='-forward']").focus()
    for _ in range(11):
        page.keyboard.press("Space")
    expect(page.locator("#q-meet [data-part=outcome]")).to_have_class(SHOWN)
    answer_all(page, QUESTIONS, language, by_keyboard=True)
    own = formula(page, 2)
    written(own, OWN)
    expect(own.locator("input[id$='-value-v']")).to_be_visible()
    own.locator("button[id$='-last']").press("Enter")
    is_done(page, "own")
    page.focus(".lesson-more summary")
    page.keyboard.press("Enter")
    expect(page.locator(".lesson-more div")).to_be_visible()
    assert done(page) == ALL


def numbers_of(one: Locator) -> list[list[str]]:
    """The table of a formula: for each node its label, value, gradient and local derivatives."""
    one.locator(".numbers-switch").click()
    expect(one.locator(".numbers tbody tr").first).to_be_visible()
    rows = one.locator(".numbers tbody tr").all()
    return [[text.replace("−", "-") for text in row.locator("th, td").all_inner_texts()] for row in rows]


def test_every_number_is_the_engines(open_page: PageOpener) -> None:
    page = open_lesson(open_page, SLUG)
    own = formula(page, 2)
    text = "tanh(w*x + b)^2 - max(w, 0.3)/x"
    written(own, text)
    assert counter(own) == "step 0 of 17"
    put(own, "x", "1.7")
    put(own, "w", "0.45")
    put(own, "b", "-0.2")
    press(own, "last")
    graph = parse(text, most_nodes=99, most_depth=99)
    passed = forward(graph, {"x": 1.7, "w": 0.45, "b": -0.2})
    gradients = backward(graph, passed).gradients
    rows = numbers_of(own)
    assert len(rows) == len(graph.nodes)
    for row, node, value, gradient in zip(rows, graph.nodes, passed.values, gradients, strict=True):
        assert row[0] == node.label
        assert float(row[1]) == value
        assert row[2] == "—" if not node.varies else float(row[2]) == gradient
    told = own.locator(".formula-told").inner_text()
    assert f"{gradients[0]:.4g}".replace("-", "−") in told


def test_a_mistake_is_marked_at_its_character_and_what_was_there_turns_grey(open_page: PageOpener) -> None:
    open_page.expect("422")
    page = open_lesson(open_page, SLUG)
    own = formula(page, 2)
    press(own, "last")
    words = own.locator(".formula .problem")
    for text, mark, said in (
        ("w*x + )", ")", "At “)”, character 7: a number, a name"),
        ("w*x + foo(b)", "foo", "At “foo”, character 7: there is no such function"),
        ("w*x +", "\u00a0", "At the end of the formula"),
        ("2x", "x", "A product is written with *"),
        ("0,5*x", ",", "Decimals have a point, as in 0.5."),
        ("", "\u00a0", "There is no formula yet."),
    ):
        write(own, text)
        expect(words).to_contain_text(said)
        expect(own.locator(".formula-under mark")).to_have_text(mark)
        expect(own.locator("input[id$='-formula']")).to_have_attribute("aria-invalid", "true")
        expect(own).to_have_class(re.compile("is-stale"))
        expect(own.locator("button[id$='-back']")).to_have_attribute("aria-disabled", "true")
    # The formula as it was: nothing of the walk is lost.
    written(own, "w*x + b")
    expect(words).to_be_empty()
    assert counter(own) == "step 7 of 7, backward"
    write(own, "w*y")
    expect(own.locator("input[id$='-value-y']")).to_have_value("1")
    own.get_by_role("button", name="The first formula again").click()
    expect(own.locator("input[id$='-formula']")).to_have_value("w*x + b")
    expect(own.get_by_role("button", name="The first formula again")).to_be_hidden()


def test_a_formula_is_read_when_the_typing_pauses_and_values_change_it_where_the_walk_stands(
    open_page: PageOpener,
) -> None:
    page = open_lesson(open_page, SLUG)
    own = formula(page, 2)
    own.locator("input[id$='-formula']").fill("")
    own.locator("input[id$='-formula']").press_sequentially("w*x", delay=20)
    expect(own.locator(".counter")).to_have_text("step 0 of 4")
    press(own, "last")
    told = own.locator(".formula-told")
    expect(told).to_contain_text("1 × 2 = 2.")
    put(own, "x", "3.5")
    expect(told).to_contain_text("1 × 3.5 = 3.5.")
    assert counter(own) == "step 4 of 4, backward"


def test_the_answer_to_an_older_formula_is_not_shown(open_page: PageOpener) -> None:
    page = open_lesson(open_page, SLUG)
    own = formula(page, 2)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/expression", hold)
    write(own, "w + x")
    write(own, "w*x*b")
    expect(own).to_have_class(re.compile("is-stale"))
    expect(own).to_have_class(re.compile("is-grey"))
    assert len(held) == 2
    held[1].continue_()
    expect(own.locator(".counter")).to_have_text("step 0 of 7")
    expect(own).not_to_have_class(re.compile("is-grey"))
    with contextlib.suppress(Error):  # it was given up
        held[0].continue_()
    page.wait_for_timeout(200)
    expect(own.locator(".counter")).to_have_text("step 0 of 7")


def test_what_has_no_value_is_said_and_harms_nothing(open_page: PageOpener) -> None:
    page = open_lesson(open_page, SLUG)
    own = formula(page, 2)
    written(own, "log(x)*w")
    put(own, "x", "-1")
    press(own, "forward")
    expect(own.locator(".formula-told")).to_contain_text("A logarithm needs a value above 0.")
    press(own, "last")
    expect(own.locator("figcaption")).to_contain_text("Gradients: x none; w none.")
    put(own, "x", "1")
    expect(own.locator("figcaption")).to_contain_text("x +0.5; w 0.")


def test_the_step_is_marked_in_the_formula_itself(open_page: PageOpener) -> None:
    page = open_lesson(open_page, SLUG)
    chain = formula(page, 0)
    expect(chain.locator(".formula-under mark")).to_have_count(0)
    marks = []
    for _ in range(6):
        press(chain, "forward")
        marks.append(chain.locator(".formula-under mark").inner_text())
    whole = "(relu(x*w_in)*w_out - y)^2"
    assert marks == ["x*w_in", "relu(x*w_in)", "relu(x*w_in)*w_out", "relu(x*w_in)*w_out - y", whole, whole]


@LANGUAGES
def test_no_rule_is_broken_in_any_look(open_page: PageOpener, language: str) -> None:
    open_page.expect("422")
    page = open_lesson(open_page, SLUG, language)
    for place in range(3):
        one = formula(page, place)
        expect(one.locator(".main-svg").first).to_be_visible(timeout=30_000)
        press(one, "forward", (3, 11, 7)[place])
    answer(page, "product", 9999)
    numbers_of(formula(page, 1))
    states = {"walking": lambda: None, "mistaken": lambda: write(formula(page, 2), "w*x + foo(")}
    for state, reach in states.items():
        reach()
        keeps_every_rule_in_each_look(page, f"{SLUG}-{state}-{language}")


def test_every_text_of_the_instrument_comes_from_the_catalog(open_pseudo: PageOpener) -> None:
    open_pseudo.expect("422")
    page = open_pseudo(f"/en/lessons/{SLUG}")
    own = formula(page, 2)
    # The lesson's own words are a file of their own.
    own.evaluate(
        """(own) => document.querySelectorAll('body > :not(main), main > *').forEach((one) => {
            one.hidden = one !== own;
        })"""
    )
    found: list[str] = []
    for _ in range(7):
        press(own, "forward")
        found += untranslated(page.evaluate(TEXTS))
    write(own, "w*x + )")
    expect(own.locator(".formula .problem")).not_to_be_empty()
    found += untranslated(page.evaluate(TEXTS))
    assert found == []
