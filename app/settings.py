"""Every setting of the server, from the environment: the fields of `Settings`, read once by `load`.

To add one, add a field with its metadata; `python -m app --help` and the README's table list them.
"""

import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any


def _setting(variable: str, default: Any, description: str, most: float = 0, least: float = 0) -> Any:
    """Describe a setting; a number is from `least` to `most`."""
    metadata = {"variable": variable, "description": description, "least": least, "most": most}
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Settings:
    """How this copy of the server runs; every field is an environment variable of the same type."""

    host: str = _setting("HOST", "127.0.0.1", "address to listen on")
    port: int = _setting("PORT", 8000, "port to listen on", 65_535, 1)
    workers: int = _setting("WEB_CONCURRENCY", 1, "processes that share the work", 64, 1)
    slots: int = _setting(
        "BACKSTEP_SLOTS", min(os.cpu_count() or 1, 256), "long computations at once, in each process", 256, 1
    )
    queue: int = _setting("BACKSTEP_QUEUE", 32, "long computations that may wait for a slot", 10_000)
    patience: float = _setting(
        "BACKSTEP_PATIENCE", 5.0, "seconds one waits before it is told to come back (503)", 3_600
    )
    lessons: str = _setting("BACKSTEP_LESSONS", "", "folders of lessons of your own, beside those that come along")


def read(setting: Field[Any], text: str, source: str) -> Any:
    """Return what a text means for a setting; raises ValueError naming its `source`, such as "PORT"."""
    kind: Any = setting.type
    if kind is str:
        return text
    least, most = setting.metadata["least"], setting.metadata["most"]
    try:
        value = kind(text)
    except ValueError:
        value = None
    # NaN is not between any two numbers.
    if value is None or not least <= value <= most:
        wanted = "a whole number" if kind is int else "a number"
        message = f'{source} should be {wanted} from {least:g} to {most:g}, not "{text[:60]}".'
        raise ValueError(message)
    return value


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raises ValueError naming the variable whose value it cannot have."""
    given = {
        setting.name: read(setting, environment[variable], variable)
        for setting in fields(Settings)
        if environment.get(variable := setting.metadata["variable"])
    }
    return Settings(**given)
