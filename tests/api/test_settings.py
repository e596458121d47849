"""The settings of the server: from the environment, of the right type, and told by --help."""

import os
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from app.settings import Settings, load

ROOT = Path(__file__).parents[2]
VARIABLES = {setting.name: setting.metadata["variable"] for setting in fields(Settings)}


def test_without_an_environment_every_setting_has_its_default() -> None:
    assert load({}) == Settings()
    assert (Settings().host, Settings().port, Settings().workers) == ("127.0.0.1", 8000, 1)
    assert Settings().slots >= 1


def test_every_setting_comes_from_a_variable_of_its_own() -> None:
    assert len(set(VARIABLES.values())) == len(VARIABLES)
    given = {"host": "0.0.0.0", "port": 9, "workers": 3, "slots": 5, "queue": 7, "patience": 1.5}  # noqa: S104
    given |= {"lessons": "mine"}
    assert given.keys() == VARIABLES.keys()
    assert load({VARIABLES[name]: str(value) for name, value in given.items()}) == Settings(**given)  # type: ignore[arg-type]


def test_a_variable_that_is_empty_counts_as_none() -> None:
    assert load(dict.fromkeys(VARIABLES.values(), "")) == Settings()


@pytest.mark.parametrize(
    ("variable", "text", "kind"),
    [("PORT", "http", "int"), ("WEB_CONCURRENCY", "1.5", "int"), ("BACKSTEP_PATIENCE", "long", "float")],
)
def test_a_variable_of_the_wrong_type_is_named(variable: str, text: str, kind: str) -> None:
    with pytest.raises(ValueError, match=rf'{variable} should be of type {kind}, not "{text}"'):
        load({variable: text})


def test_settings_cannot_be_changed_while_the_server_runs() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]


def started(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_tells_the_options_their_variables_and_what_holds_now() -> None:
    done = started("--help", PORT="8123")
    assert done.returncode == 0
    for word in ("--host", "--port", "--workers", "HOST", "PORT", "WEB_CONCURRENCY", "8123"):
        assert word in done.stdout


def test_a_wrong_variable_ends_the_start_with_one_sentence() -> None:
    done = started(PORT="http")
    assert done.returncode == 2
    assert done.stderr.strip() == 'PORT should be of type int, not "http".'
    assert "Traceback" not in done.stdout + done.stderr
