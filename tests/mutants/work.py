"""Tries mutants, some at a time: each worker is a process with a copy of the tree of its own."""

import contextlib
import multiprocessing
import queue
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.groups import Group, tests_of
from tests.mutants.mutant import Mutant
from tests.mutants.trial import JavascriptTests, browser_tests_pass, copy_of, planted, python_passes

# For all tests of a module in Python, and for one file of tests in JavaScript: some ten times what they take.
PYTHON_SECONDS, JAVASCRIPT_SECONDS = 900.0, 60.0


@dataclass(frozen=True, slots=True)
class Outcome:
    group: str
    mutant: Mutant
    survived: bool


def work(todo: multiprocessing.Queue, done: multiprocessing.Queue, root: Path) -> None:
    """Try mutants in a copy of this process's own until there are no more."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder, contextlib.ExitStack() as ends:
        copy = copy_of(root, Path(folder).resolve())
        javascript: JavascriptTests | None = None
        while (task := todo.get()) is not None:
            group, mutant = task
            tests = tests_of(group, mutant.file, copy)
            with planted(mutant, copy):
                if mutant.file.endswith(".py"):
                    survived = python_passes(copy, tests, PYTHON_SECONDS)
                else:
                    javascript = javascript or ends.enter_context(contextlib.closing(JavascriptTests(copy)))
                    survived = javascript.passes(tests, JAVASCRIPT_SECONDS)
                    survived = survived and browser_tests_pass(copy, group.last, PYTHON_SECONDS)
            done.put(Outcome(group.name, mutant, survived))
        done.put(None)


def tried(tasks: Sequence[tuple[Group, Mutant]], jobs: int, root: Path) -> list[Outcome]:
    """Try each, some at a time."""
    context = multiprocessing.get_context("spawn")
    todo, done = context.Queue(), context.Queue()
    for task in [*tasks, *[None] * jobs]:
        todo.put(task)
    workers = [context.Process(target=work, args=(todo, done, root)) for _ in range(jobs)]
    for worker in workers:
        worker.start()
    outcomes: list[Outcome] = []
    left = jobs
    while left:
        try:
            outcome = done.get(timeout=30)
        except queue.Empty:
            if all(worker.is_alive() or worker.exitcode == 0 for worker in workers):
                continue
            raise RuntimeError("a worker has died") from None
        if outcome is None:
            left -= 1
            continue
        outcomes.append(outcome)
        print(f"\r{len(outcomes)} of {len(tasks)} ", end="", file=sys.stderr, flush=True)
        if outcome.survived:
            print(f"survived ({outcome.group}): {outcome.mutant}", flush=True)
    for worker in workers:
        worker.join()
    return outcomes
