"""Accessibility rules, checked by axe-core: `assert_accessible(page)` in each state a page can be in."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.pages import MILLISECONDS_TO_WAIT

# All rules that are on by themselves (WCAG 2 A and AA, best practices), and those axe calls experimental.
# Off remain those for WCAG's AAA, which ask for 7 : 1 everywhere, the obsolete ones, and the one that never breaks
# (hidden-content only says that something is hidden).
EXPERIMENTAL = (
    "css-orientation-lock",
    "focus-order-semantics",
    "label-content-name-mismatch",
    "p-as-heading",
    "table-fake-caption",
    "td-has-header",
)


# What another theme can break of a page that was looked at in one: all other rules read no colour.
OF_COLOUR = ("color-contrast", "link-in-text-block")


# What is out of date is grey until its answer comes, and what fades is paler on its way: no page looks so. (What
# nothing comes of, since it was refused, stays grey.)
AT_REST = """async () => {
    const end = performance.now() + MILLISECONDS;
    const grey = () => [...document.querySelectorAll('.stale, .is-old, .is-stale:not(.is-grey), .is-waiting')]
        .filter((one) => one.checkVisibility());
    const moving = () => document.getAnimations()
        .filter((one) => one.playState === 'running' && one.effect.getComputedTiming().endTime !== Infinity);
    for (;;) {
        const left = [...grey(), ...moving().map((one) => one.effect.target)];
        if (!left.length) return [];
        if (performance.now() > end) return left.map((one) => one.cloneNode(false).outerHTML);
        await new Promise(requestAnimationFrame);
    }
}"""


def assert_accessible(
    page: Page, within: str | None = None, without: tuple[str, ...] = (), only: tuple[str, ...] = ()
) -> None:
    """Fail with a readable list if axe finds a violation on the page, or in the part that `within` selects.

    `without` names rules that a test leaves out and says why; `only`, where given, those that are asked.
    """
    __tracebackhide__ = True
    found = violations(page, within, without, only)
    assert not found, f"{page.url}: {len(found)} broken accessibility rules\n\n" + "\n\n".join(
        map(described, found)
    )


def violations(
    page: Page, within: str | None = None, without: tuple[str, ...] = (), only: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """Return axe's violations, one a rule."""
    rules = {rule: {"enabled": True} for rule in EXPERIMENTAL} | {rule: {"enabled": False} for rule in without}
    chosen = {"runOnly": {"type": "rule", "values": list(only)}} if only else {"rules": rules}
    if not page.evaluate("typeof globalThis.axe?.run === 'function'"):
        page.evaluate(Axe().axe_script)
    left = page.evaluate(AT_REST.replace("MILLISECONDS", str(MILLISECONDS_TO_WAIT)))
    assert not left, f"{page.url}: these never came to rest: {left}"
    found: list[dict[str, Any]] = page.evaluate(
        "async ([within, options]) => (await axe.run(within ?? document, options)).violations",
        [within, {"resultTypes": ["violations"], **chosen}],
    )
    return found


def described(violation: dict[str, Any]) -> str:
    """Return a violation in a few lines: the rule, and for each element what is wrong with it."""
    lines = [f"{violation['id']} ({violation['impact']}): {violation['help']}"]
    for node in violation["nodes"]:
        lines.append(f"  {' '.join(map(str, node['target']))}    {' '.join(node['html'].split())[:160]}")
        lines.extend(f"    {line.strip()}" for line in node["failureSummary"].splitlines()[1:])
    return "\n".join(lines)
