import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import drag, grids, live
from tests.bench.live import Live
from tests.bench.measure import Row, side_by_side, table
from tests.bench.steps import plain_losses, problems, rows, time_steps


def test_every_problem_computes_the_same_losses_both_ways_and_is_timed():
    timed = rows(repeats=1, share=0.02)
    assert [row.name for row in timed] == [problem.name for problem in problems()]
    for row in timed:
        assert list(row.microseconds) == ["plain loop", "fast_training", "training"]
        assert min(row.microseconds.values()) > 0.0
        assert row.ratios["plain loop"] == 1.0


def test_ways_that_compute_something_else_are_not_timed(monkeypatch):
    monkeypatch.setattr("tests.bench.steps.plain_losses", lambda *given: [2 * x for x in plain_losses(*given)])
    with pytest.raises(AssertionError, match="Not equal"):
        time_steps(problems()[0], 1, 3)


def test_contenders_take_turns_and_are_compared_with_the_first():
    calls = []
    row = side_by_side(
        "turns", {"a": lambda r: calls.append(("a", r)), "b": lambda r: calls.append(("b", r))}, count=1, repeats=2
    )
    assert calls == [("a", 0), ("b", 0), ("a", 1), ("b", 1)]
    assert row.ratios["a"] == 1.0


def test_the_table_names_each_set_of_contenders_once():
    step, trip = {"plain": 2.0, "ours": 1.0}, {"trace": 900.0}
    lines = table([Row("x", step, step), Row("y", step, step), Row("z", trip, trip)]).splitlines()
    assert [line.split()[0] for line in lines] == ["plain", "x", "y", "trace", "z"]


def test_every_grid_is_computed_the_same_both_ways_and_is_timed():
    timed = grids.rows(repeats=1, share=0.01)
    assert len(timed) == len(grids.LOOPS) == 2
    for row in timed:
        assert list(row.microseconds) == ["plain loop", "fast_landscape"]
        assert min(row.microseconds.values()) > 0.0


def test_a_grid_that_differs_is_not_timed(monkeypatch):
    plain_losses = grids.plain_losses
    monkeypatch.setattr("tests.bench.grids.plain_losses", lambda *given: 1.0001 * plain_losses(*given))
    with pytest.raises(AssertionError, match="Not equal"):
        grids.time_grid(problems()[2], 1, grids.points_of(0.01))


def test_it_runs_from_the_command_line():
    parts = ["--only", "steps", "--only", "grids", "--only", "requests"]
    command = [sys.executable, "-m", "tests.bench", "--repeats", "1", "--share", "0.01", *parts]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "spiral 2-8-8-1, all 200" in done.stdout
    assert "51 × 51 points, digits 64-32-10" in done.stdout
    assert "trace, worked example" in done.stdout
    assert "five rates, 60 updates" not in done.stdout
    assert done.stderr == ""


def test_what_a_browser_shows_is_counted_and_timed():
    name, experiment = next(iter(live.experiments().items()))
    with live.started() as (browser, home):
        shown = live.watch(browser, home, name, experiment, 2000, 0.5)
        times = drag.drag(browser, home, "rates", 5)
    assert shown.per_second["moments"] > 0
    assert shown.per_second["frames"] > 0
    assert len(times) == 5
    assert min(times) > 0


def test_the_live_table_has_what_was_drawn_each_second_and_the_longest_task():
    drawn = {"moments": 33.0, "boundary": 32.0, "network": 31.0, "loss": 30.0, "frames": 60.0}
    first, second, third = live.table([Live("a", 100, drawn, 0.0), Live("b", 20, drawn, 123.4)]).splitlines()
    assert first.split()[-2:] == ["longest", "task"]
    assert second.split() == ["a,", "100/s", "33.0", "32.0", "31.0", "30.0", "60.0", "<", "50", "ms"]
    assert third.split()[-2:] == ["123", "ms"]


def test_the_table_of_drags_has_the_middle_the_late_and_the_longest():
    _, row = drag.table([drag.Drag("a", tuple(float(time) for time in range(1, 102)))]).splitlines()
    assert row.split() == ["a", "51", "ms", "96", "ms", "101", "ms"]
