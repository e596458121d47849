"""Every setting of the server, from the environment: the table `SETTINGS`, read once by `load`.

To add one, add a field with its metadata; `python -m app --help` and the README's table list them.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


def _setting(variable: str, default: Any, description: str) -> Any:
    return field(default=default, metadata={"variable": variable, "description": description})


@dataclass(frozen=True, slots=True)
class Settings:
    """How this copy of the server runs; every field is an environment variable of the same type."""

    host: str = _setting("HOST", "127.0.0.1", "address to listen on")
    port: int = _setting("PORT", 8000, "port to listen on")
    workers: int = _setting("WEB_CONCURRENCY", 1, "processes that share the work")
    slots: int = _setting("BACKSTEP_SLOTS", os.cpu_count() or 1, "long computations at once, in each process")
    queue: int = _setting("BACKSTEP_QUEUE", 32, "long computations that may wait for a slot")
    patience: float = _setting("BACKSTEP_PATIENCE", 5.0, "seconds one waits before it is told to come back (503)")
    lessons: str = _setting("BACKSTEP_LESSONS", "", "folders of lessons of your own, beside those that come along")


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raises ValueError naming the variable that has the wrong type."""
    given: dict[str, Any] = {}
    for setting in fields(Settings):
        variable = setting.metadata["variable"]
        text = environment.get(variable, "")
        if not text:
            continue
        kind: Any = setting.type
        try:
            given[setting.name] = kind(text)
        except ValueError:
            message = f'{variable} should be of type {kind.__name__}, not "{text}".'
            raise ValueError(message) from None
    return Settings(**given)
