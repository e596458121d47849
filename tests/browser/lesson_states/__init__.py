"""For every prediction and every task of every lesson: states that are wrong, nearly right and right.

A file a lesson, named like it, with `STATES`. `test_lesson_states.py` drives them, and fails where one misses.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from tests.browser.lesson_states.state import State

HERE = Path(__file__).parent


def states_of(lesson: str) -> Mapping[str, list[State]]:
    """The rows of a lesson, by block; none where the lesson has no file yet."""
    name = lesson.replace("-", "_")
    if not (HERE / f"{name}.py").exists():
        return {}
    found: Mapping[str, list[State]] = import_module(f"{__name__}.{name}").STATES
    return found
