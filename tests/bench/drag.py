"""How soon a race follows when its start is dragged: from a move of the pointer to the paths of the new start.

The server is asked and everything is drawn anew in between. One move waits for the one before, so that a time is
that of one redraw; a frame of the screen has 100 ms.
"""

from dataclasses import dataclass
from statistics import median
from typing import Final

from playwright.sync_api import Browser, Page

from tests.bench.live import started

MOVES: Final = 60
# Races of the catalog by name.
RACES: Final = {"rates": "five rates, 60 updates", "seven": "seven optimizers, 300 updates"}

# The runs' numbers are known again in the very moment in which the paths of the new start can be drawn.
COUNT: Final = """
(() => {
  const counted = (window.counted = { moved: 0, times: [] });
  addEventListener('pointermove', () => { counted.moved = performance.now(); }, true);
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    const isMap = this.canvas.parentElement?.id === 'race-map-plot';
    if (isMap && counted.moved && !document.querySelector('.runner-outcome.is-unknown')) {
      counted.times.push(performance.now() - counted.moved);
      counted.moved = 0;
    }
    return clear.apply(this, box);
  };
})();
"""


@dataclass(frozen=True, slots=True)
class Drag:
    """Milliseconds from a move to its redraw."""

    name: str
    times: tuple[float, ...]


def rows(*, moves: int = MOVES) -> list[Drag]:
    """Drag the start of each race so often."""
    with started() as (browser, home):
        return [Drag(words, drag(browser, home, name, moves)) for name, words in RACES.items()]


def drag(browser: Browser, home: str, name: str, moves: int) -> tuple[float, ...]:
    """Drag one start about, and return the times."""
    context = browser.new_context(base_url=home, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(COUNT)
    page.goto("/en/race")
    page.wait_for_selector("#race-map-plot .main-svg")
    page.select_option("#race-name", name)
    page.wait_for_timeout(500)
    page.wait_for_function("() => !document.querySelector('.runner-outcome.is-unknown')")
    page.wait_for_timeout(500)  # it is drawn, too
    x, y = start_of(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("Object.assign(counted, { moved: 0, times: [] })")
    for move in range(1, moves + 1):
        page.mouse.move(x + 2 * (move % 40), y + (move % 30))
        page.wait_for_function("(count) => counted.times.length >= count", arg=move)
    page.mouse.up()
    times = page.evaluate("counted.times")
    context.close()
    return tuple(times)


def start_of(page: Page) -> tuple[float, float]:
    """Where in the window the start is."""
    box = page.locator("#race-map-plot").bounding_box()
    assert box
    x, y = page.evaluate(
        """() => {
            const { xaxis, yaxis } = document.querySelector('#race-map-plot')._fullLayout;
            const [x, y] = ['x', 'y'].map((axis) =>
                Number(document.querySelector(`#start-${axis}`).value.replace('−', '-')));
            return [xaxis._offset + xaxis.d2p(x), yaxis._offset + yaxis.d2p(y)];
        }"""
    )
    return box["x"] + x, box["y"] + y


def table(found: list[Drag]) -> str:
    """Return the rows as text."""
    lines = [f"{'dragging, to the redraw':<32}{'median':>11}{'of 20, one':>13}{'longest':>11}"]
    for row in found:
        ordered = sorted(row.times)
        late = ordered[int(0.95 * (len(ordered) - 1))]
        lines.append(f"{row.name:<32}{median(ordered):>8.0f} ms{late:>10.0f} ms{ordered[-1]:>8.0f} ms")
    return "\n".join(lines)
