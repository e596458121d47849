"""The settings of the server: from the environment, of the right type, and told by --help."""

import os
import socket
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import httpx
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
    ("variable", "text", "wanted"),
    [
        ("PORT", "http", "a whole number from 1 to 65535"),
        ("PORT", "0", "a whole number from 1 to 65535"),
        ("PORT", "65536", "a whole number from 1 to 65535"),
        ("PORT", "9" * 5000, "a whole number from 1 to 65535"),
        ("WEB_CONCURRENCY", "1.5", "a whole number from 1 to 64"),
        ("WEB_CONCURRENCY", "0", "a whole number from 1 to 64"),
        ("BACKSTEP_SLOTS", "-1", "a whole number from 1 to 256"),
        ("BACKSTEP_QUEUE", "-1", "a whole number from 0 to 10000"),
        ("BACKSTEP_PATIENCE", "long", "a number from 0 to 3600"),
        ("BACKSTEP_PATIENCE", "nan", "a number from 0 to 3600"),
        ("BACKSTEP_PATIENCE", "inf", "a number from 0 to 3600"),
        ("BACKSTEP_PATIENCE", "-0.1", "a number from 0 to 3600"),
    ],
)
def test_a_variable_that_cannot_be_is_named(variable: str, text: str, wanted: str) -> None:
    with pytest.raises(ValueError, match=f'^{variable} should be {wanted}, not "{text[:60]}"\\.$'):
        load({variable: text})


@pytest.mark.parametrize("name", [name for name in VARIABLES if isinstance(getattr(Settings(), name), int | float)])
def test_the_ends_of_a_range_and_the_default_are_in_it(name: str) -> None:
    setting = next(one for one in fields(Settings) if one.name == name)
    least, most = setting.metadata["least"], setting.metadata["most"]
    assert least <= getattr(Settings(), name) <= most
    for end in (least, most):
        assert getattr(load({VARIABLES[name]: str(end)}), name) == end


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


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        ([], {"PORT": "http"}, 'PORT should be a whole number from 1 to 65535, not "http".'),
        ([], {"BACKSTEP_PATIENCE": "nan"}, 'BACKSTEP_PATIENCE should be a number from 0 to 3600, not "nan".'),
        (["--port", "99999"], {}, '--port should be a whole number from 1 to 65535, not "99999".'),
        (["--workers", "0"], {}, '--workers should be a whole number from 1 to 64, not "0".'),
    ],
)
def test_what_cannot_be_ends_the_start_with_one_sentence(
    arguments: list[str], environment: dict[str, str], sentence: str
) -> None:
    done = started(*arguments, **environment)
    assert done.returncode == 2
    assert done.stderr.strip() == sentence
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("host", ["no such host", "x" * 300, "::g", "256.1.1.1"])
def test_an_address_that_is_none_ends_the_start_with_one_sentence(host: str) -> None:
    done = started("--host", host, "--port", "8123")
    assert done.returncode == 2
    assert done.stderr.startswith(f"Port 8123 of {host} cannot be used: ")
    assert "Traceback" not in done.stdout + done.stderr


def test_an_address_of_six_groups_of_figures_is_listened_at() -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "app", "--host", "::1", "--port", str(port)]
    with (
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server,
        httpx.Client(transport=httpx.HTTPTransport(retries=8), base_url=f"http://[::1]:{port}") as client,
    ):
        try:
            assert server.stdout is not None
            assert server.stdout.readline() == f"Backstep is at http://[::1]:{port} (Ctrl+C stops it)\n"
            assert client.get("/healthz").status_code == 200
        finally:
            server.terminate()
