"""`filled(things)` goes through things and fails if there are none.

What is asserted of each of no things always holds: with this a loop cannot pass by having nothing to look at.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

Thing = TypeVar("Thing")


def filled(things: Iterable[Thing]) -> Iterator[Thing]:
    """Yield each; raise an AssertionError in the end if there was none."""
    count = 0
    for thing in things:
        count += 1
        yield thing
    assert count, "there is nothing here to go through"
