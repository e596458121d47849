"""What is cut off: measured on the page, in every width that it is turned to.

A caption, a table or a legend is cut off where a box that hides what is beyond it is smaller, where it leaves its
card, or where it leaves the page; letters of a figure are where they leave the figure. What scrolls is not: the
reader can have all of it.
"""

from collections.abc import Sequence

from playwright.sync_api import Page

from tests.browser.pages import wait_until_drawn
from tests.filled import filled

WIDTHS = (1440, 1024, 960, 768, 641, 390, 320)
HEIGHT = 900

# What belongs to figures, and what stands beside them in words and numbers.
LOOKED_AT = (
    "figcaption, figure .figure-head > *, figure .numbers, table, .figure-value, .legend, .legend > *,"
    " .card h2, .card h3, .card > p, .card .button, .card output"
)

# Figures are drawn when they are nearly seen.
SEE_ALL = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    for (const plot of document.querySelectorAll('.figure-plot')) {
        if (!plot.checkVisibility()) continue;
        plot.scrollIntoView();
        await frame();
        await frame();
    }
}"""

FIND = """(lookedAt) => {
    const isShown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
        && !one.closest('.visually-hidden, [inert]') && one.getBoundingClientRect().width > 2
        && getComputedStyle(one).clipPath === 'none';
    // Of words, the letters count: a box can be wider than what is in it.
    const boxOf = (one) => {
        if (one.matches('table')) return one.getBoundingClientRect();
        const words = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
        const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
        while (words.nextNode()) {
            const { parentElement: parent } = words.currentNode;
            if (parent.closest('.visually-hidden') || !isShown(parent)) continue;
            const range = document.createRange();
            range.selectNodeContents(words.currentNode);
            for (const { left, right, top, bottom } of range.getClientRects()) {
                if (left === right) continue;
                box.left = Math.min(box.left, left);
                box.right = Math.max(box.right, right);
                box.top = Math.min(box.top, top);
                box.bottom = Math.max(box.bottom, bottom);
            }
        }
        return { ...box, width: Math.max(0, box.right - box.left), height: Math.max(0, box.bottom - box.top) };
    };
    const name = (one) => one.tagName.toLowerCase() + (one.id ? '#' + one.id : '')
        + [...one.classList].map((name) => '.' + name).join('');
    const found = [];
    let count = 0;
    const looked = [...document.querySelectorAll(lookedAt)].filter(isShown);
    for (const one of looked) {
        const box = boxOf(one);
        if (box.width === 0 || box.height === 0) continue;
        const told = `${name(one)} “${one.textContent.trim().slice(0, 60)}”`;
        let canScroll = false;
        for (let outer = one; outer && outer !== document.documentElement; outer = outer.parentElement) {
            const { overflowX, overflowY, position } = getComputedStyle(outer);
            const edge = outer.getBoundingClientRect();
            const [wide, high] = [Math.max(box.right - edge.right, edge.left - box.left),
                Math.max(box.bottom - edge.bottom, edge.top - box.top)];
            if (['auto', 'scroll'].includes(overflowX) || ['auto', 'scroll'].includes(overflowY)) {
                canScroll = true;
                break;
            }
            if (['hidden', 'clip'].includes(overflowX) && wide > 1)
                found.push(`${told} is cut by ${wide.toFixed(1)} px at ${name(outer)}`);
            if (['hidden', 'clip'].includes(overflowY) && high > 1)
                found.push(`${told} is cut by ${high.toFixed(1)} px below or above ${name(outer)}`);
            if (outer !== one && outer.matches('.card, figure') && Math.max(wide, high) > 1)
                found.push(`${told} leaves ${name(outer)} by ${wide.toFixed(1)} or ${high.toFixed(1)} px`);
            if (position === 'fixed') break;
        }
        const page = document.documentElement.clientWidth;
        if (!canScroll && (box.right > page + 1 || box.left < -1))
            found.push(`${told} leaves the page`);
    }
    for (const one of document.querySelectorAll('.figure-plot .main-svg text')) {
        if (!one.checkVisibility() || one.closest('.hoverlayer') || !one.textContent.trim()) continue;
        const box = one.getBoundingClientRect();
        const edge = one.closest('.figure-plot').getBoundingClientRect();
        const out = Math.max(box.right - edge.right, edge.left - box.left,
            box.bottom - edge.bottom, edge.top - box.top);
        const isDrawnSo = Math.abs(one.closest('svg').getBoundingClientRect().width - edge.width) < 1;
        count += Number(isDrawnSo);
        const plot = name(one.closest('.figure-plot'));
        if (isDrawnSo && out > 2) found.push(`“${one.textContent}” of ${plot} is cut by ${out.toFixed(1)} px`);
    }
    return { found, looked: looked.length + count };
}"""


def assert_nothing_is_cut_off(page: Page, state: str = "", widths: Sequence[int] = WIDTHS) -> None:
    """Turn the page to each width and measure; `state` is what the page is called where something is found."""
    problems = []
    for width in filled(widths):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.evaluate(SEE_ALL)
        wait_until_drawn(page)
        seen = page.evaluate(FIND, LOOKED_AT)
        assert seen["looked"] > 0, f"{state} {width}: there is nothing to look at"
        problems += [f"{state} {width}: {problem}" for problem in seen["found"]]
    assert not problems, "\n" + "\n".join(problems)


def show_all_numbers(page: Page) -> None:
    """Open the table of every figure on the page."""
    page.evaluate(
        """() => document.querySelectorAll('.numbers-switch input').forEach((one) => {
            if (one.checkVisibility() && !one.checked) one.click();
        })"""
    )
