"""`look_up()`: where a long computation may be ended, because nobody waits for it any more.

The engine's loops call it once for each layer, tile, product or row. It calls the hook of `watched`, which ends the
computation by raising an exception of its own. Without a hook nothing happens, and no number ever depends on one.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_hook: Final[ContextVar[Callable[[], None] | None]] = ContextVar("hook", default=None)


def look_up() -> None:
    """Call the hook of the computation that runs in this thread; raises what the hook raises."""
    hook = _hook.get()
    if hook is not None:
        hook()


@contextmanager
def watched(hook: Callable[[], None]) -> Generator[None]:
    """Have `hook` called whenever the computation inside looks up."""
    token = _hook.set(hook)
    try:
        yield
    finally:
        _hook.reset(token)
