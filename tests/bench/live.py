"""How fluent training looks: a real browser plays it, and what is shown in each second is counted.

Shown is what was drawn: the pictures of boundary and network, the loss curve, and the moments among them. A task is
a stretch in which the page can do nothing else; the browser reports those over 50 ms.
"""

import base64
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium
from tests.running_server import RunningServer

SECONDS: Final = 6.0
SPEEDS: Final = (100, 2000)

# Counts what is drawn, from before the page's own scripts run.
COUNT: Final = """
(() => {
  const counted = (window.counted = { moments: 0, boundary: 0, network: 0, loss: 0, frames: 0, tasks: [] });
  const of = (plot) => (plot?.id ?? '').replace('-plot', '');
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    if (of(this.canvas.parentElement) in counted) counted[of(this.canvas.parentElement)] += 1;
    return clear.apply(this, box);
  };
  let library;
  Object.defineProperty(window, 'Plotly', {
    configurable: true,
    get: () => library,
    set: (given) => {
      library = given;
      const react = given.react;
      given.react = (plot, ...rest) => {
        if (of(plot) === 'loss') counted.loss += 1;
        return react(plot, ...rest);
      };
    },
  });
  const frame = () => {
    counted.frames += 1;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) counted.tasks.push(duration);
  }).observe({ type: 'longtask' });
  addEventListener('DOMContentLoaded', () => {
    new MutationObserver(() => {
      counted.moments += 1;
    }).observe(document.querySelector('#counter'), { childList: true, characterData: true, subtree: true });
  });
})();
"""
RESET: Final = "Object.assign(counted, {moments: 0, boundary: 0, network: 0, loss: 0, frames: 0, tasks: []})"
READ: Final = "({...counted, tasks: [...counted.tasks]})"


@dataclass(frozen=True, slots=True)
class Live:
    """What was shown in a second of training, and the longest task in milliseconds (0: none over 50)."""

    name: str
    speed: int
    per_second: dict[str, float]
    longest: float


def experiments() -> dict[str, dict[str, Any]]:
    """Return what is played: the smallest problem and a middling one."""
    common = {
        "loss": "binary_cross_entropy",
        "optimizer": {"name": "sgd", "learning_rate": 0.1},
        "initializer": {"name": "xavier_uniform", "seed": 2},
    }
    output = {"units": 1, "activation": "sigmoid", "bias": True}
    hidden = {"activation": "tanh", "bias": True}
    return {
        "XOR 2-4-1": common
        | {
            "network": {"inputs": 2, "layers": [hidden | {"units": 4}, output]},
            "data": {"dataset": "xor"},
            "batch": {"size": None, "shuffle": False, "seed": 0},
        },
        "spiral 2-8-8-1, 10 of 200": common
        | {
            "network": {"inputs": 2, "layers": [hidden | {"units": 8}, hidden | {"units": 8}, output]},
            "data": {"dataset": "spiral", "samples": 200, "noise": 0.05, "seed": 2},
            "batch": {"size": 10, "shuffle": True, "seed": 0},
        },
    }


def address_of(experiment: dict[str, Any]) -> str:
    """Return the lab's path for an experiment in the task "train"."""
    run = {
        "id": 0,
        "name": "",
        "origin": None,
        "experiment": experiment,
        "rate": experiment["optimizer"]["learning_rate"],
        **{"changes": [], "edits": [], "turns": [], "step": 0},
    }
    link = {"preset": "", "runs": [run], "branch": 0, "cursor": 0, "whole": True, "example": 0}
    link |= {"task": "train", "pinned": None, "logarithmic": False}
    text = base64.urlsafe_b64encode(json.dumps(link).encode()).decode().rstrip("=")
    return f"/en/lab#2.{text}"


def rows(*, seconds: float = SECONDS) -> list[Live]:
    """Start the server and a browser, and play everything at each speed."""
    with started() as (browser, home):
        return [
            watch(browser, home, name, experiment, speed, seconds)
            for name, experiment in experiments().items()
            for speed in SPEEDS
        ]


@contextmanager
def started() -> Iterator[tuple[Browser, str]]:
    """Start a browser, and a server at the address that comes with it."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = RunningServer(Path(folder) / "log")
        program = chromium.executable(also=Path(playwright.chromium.executable_path))
        browser = playwright.chromium.launch(executable_path=program, args=list(chromium.ARGUMENTS))
        try:
            yield browser, server.url
        finally:
            browser.close()
            server.stop()


def watch(browser: Browser, home: str, name: str, experiment: dict[str, Any], speed: int, seconds: float) -> Live:
    """Play one experiment for so long, and count."""
    context = browser.new_context(base_url=home, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(COUNT)
    page.goto(address_of(experiment))
    page.wait_for_selector("#boundary-plot .main-svg")
    page.wait_for_selector("#loss-plot .main-svg")
    page.select_option("#speed", str(speed))
    page.click("#play")
    # The first second warms up: what comes later is compiled and fetched ahead.
    page.wait_for_timeout(1000 * min(1, seconds))
    found = count_for(page, seconds)
    context.close()
    return Live(name, speed, found["per_second"], found["longest"])


def count_for(page: Page, seconds: float) -> dict[str, Any]:
    """Return what was drawn each second, and the longest task."""
    page.evaluate(RESET)
    start = page.evaluate("performance.now()")
    page.wait_for_timeout(1000 * seconds)
    counted = page.evaluate(READ)
    passed = (page.evaluate("performance.now()") - start) / 1000
    tasks = counted.pop("tasks")
    return {
        "per_second": {what: times / passed for what, times in counted.items()},
        "longest": max(tasks, default=0.0),
    }


def table(found: list[Live]) -> str:
    """Return the rows as text."""
    names = ("moments", "boundary", "network", "loss", "frames")
    lines = [
        f"{'live, drawn each second':<32}" + "".join(f"{name:>11}" for name in names) + f"{'longest task':>15}"
    ]
    for row in found:
        cells = "".join(f"{row.per_second[name]:>11.1f}" for name in names)
        longest = f"{row.longest:.0f} ms" if row.longest else "< 50 ms"
        lines.append(f"{f'{row.name}, {row.speed}/s':<32}{cells}{longest:>15}")
    return "\n".join(lines)
