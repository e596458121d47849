"""A link is an experiment: opened by somebody else, it gives the same numbers to the last bit."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import address, choose, open_lab, settle, wait_for_the_picture
from tests.browser.pages import PageOpener

# The module that the page itself has loaded: its store is the lab's.
STATE = """async () => {
    const main = document.querySelector('script[type=module]').src;
    const { store } = await import(main.replace('main.js', 'state.js'));
    const { now, trace, history, branches, branch, pinned, explanation, example, cursor, task } = store.get();
    const kept = branches.map(({ id, name, origin, step, history }) =>
        ({ id, name, origin, ...(id === branch ? {} : { step, losses: history.losses, edits: history.edits }) }));
    const { losses, changes, edits, turns } = history;
    return JSON.stringify({
        now, trace, losses: losses.slice(0, now.step + 1), changes, edits, turns, kept, branch, pinned, explanation,
        example, cursor, task,
    });
}"""
DO = """async ([name, ...args]) => {
    const main = document.querySelector('script[type=module]').src;
    const actions = await import(main.replace('main.js', 'actions.js'));
    await actions[name](...args);
}"""


def do(page: Page, name: str, *args: object) -> None:
    """Do what a control of the lab does, and wait until it is there."""
    page.evaluate(DO, [name, *args])
    settle(page)


def branch_a_shuffled_run(page: Page) -> None:
    """Two branches: a run with its rate changed, and one that goes on from its middle with a weight set by hand."""
    choose(page, "spiral")
    do(page, "toStep", 40)
    do(page, "setRate", 0.07)
    do(page, "toStep", 137)
    do(page, "toStep", 60)
    do(page, "setParameter", {"layer": 0, "unit": 1, "input": 0}, 0.123456789012345)
    do(page, "toStep", 75)
    do(page, "pin", {"kind": "parameter", "place": {"layer": 0, "unit": 1, "input": 0}})


@pytest.mark.parametrize("task", ["step", "train", "inside"])
def test_a_link_opened_in_another_browser_gives_the_same_numbers_to_the_last_bit(
    open_page: PageOpener, task: str
) -> None:
    page = open_lab(open_page)
    branch_a_shuffled_run(page)
    page.click(f'[data-task-choice="{task}"]')
    settle(page)
    _, hash_ = address(page).split("#")
    assert hash_.startswith("2.")
    wanted = page.evaluate(STATE)
    assert '"by":"weight"' in wanted
    assert '"learning_rate":0.07' in wanted
    other = open_page(f"/ru/lab#{hash_}", language="ru")
    wait_for_the_picture(other)
    expect(other.locator("#counter")).not_to_be_empty()
    settle(other)
    other.wait_for_function("() => location.hash.length > 2")
    assert other.evaluate(STATE) == wanted
    expect(other.locator("#banner")).to_be_hidden()


def test_a_link_of_the_first_version_still_opens_to_the_same_numbers(open_page: PageOpener) -> None:
    page = open_page(f"/en/lab#1.{FIRST}")
    wait_for_the_picture(page)
    expect(page.locator("#summary strong")).to_have_text("XOR")
    expect(page.locator("#counter")).to_contain_text("step 8 · 12 of")
    expect(page.locator("#rate-field")).to_have_value("0.1")
    settle(page)
    assert '"changes":[{"at_step":3,"learning_rate":0.1}]' in page.evaluate(STATE)


# As the lab's first version wrote it: XOR at step 7, its rate changed at step 3, after 12 operations.
FIRST = (
    "eyJwcmVzZXQiOiJ4b3IiLCJyYXRlIjowLjUsImNoYW5nZXMiOlt7ImF0X3N0ZXAiOjMsImxlYXJuaW5nX3JhdGUiOjAuMX1d"
    "LCJzdGVwIjo3LCJjdXJzb3IiOjEyLCJ3aG9sZSI6ZmFsc2UsImV4YW1wbGUiOjIsInRhc2siOiJzdGVwIn0"
)


def test_an_old_link_whose_loss_is_not_defined_for_its_output_says_so(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    choose(page, "xor")
    link = address(page)
    page.evaluate(
        """async () => {
            const main = document.querySelector('script[type=module]').src;
            const load = (name) => import(main.replace('main.js', name));
            const [{ store }, { toHash }] = await Promise.all(['state.js', 'url.js'].map(load));
            const state = store.get();
            const { experiment } = state;
            const [hidden, last] = experiment.network.layers;
            const network = { ...experiment.network, layers: [hidden, { ...last, activation: 'tanh' }] };
            globalThis.old = toHash({
                ...state, preset: '', experiment: { ...experiment, network },
                history: { ...state.history, experiment: { ...experiment, network } },
            });
        }"""
    )
    old = page.evaluate("globalThis.old")
    assert old
    assert not link.endswith(old)
    open_page.expect("422")
    again = open_page(f"/en/lab{old}")
    banner = again.locator("#banner")
    expect(banner).to_contain_text("The link could not be followed")
    expect(banner).to_contain_text('The loss "binary_cross_entropy" needs outputs from 0 to 1')
    wait_for_the_picture(again)
