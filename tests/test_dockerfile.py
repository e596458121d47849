"""What can be said about the Dockerfile without building it."""

import importlib.util
import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[1]
SHELL_OF_CMD = ["sh", "-c"]


def instructions(text: str) -> list[tuple[str, str]]:
    """Return a Dockerfile's instructions, each with what follows it, continued lines joined."""
    kept = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    joined = re.sub(r"\\\n\s*", "", kept)
    return [(word.upper(), rest) for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]


INSTRUCTIONS = instructions((ROOT / "Dockerfile").read_text(encoding="utf-8"))
LAST_STAGE = INSTRUCTIONS[max(i for i, (word, _) in enumerate(INSTRUCTIONS) if word == "FROM") :]


def given(word: str) -> list[str]:
    """Return what follows each instruction of this name in the stage that is shipped."""
    return [rest for name, rest in LAST_STAGE if name == word]


def environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for rest in given("ENV") for pair in rest.split())


def test_continued_lines_and_comments_are_read_as_docker_reads_them() -> None:
    assert instructions("# c\nRUN a \\\n  b\n\nUSER 1\n") == [("RUN", "a b"), ("USER", "1")]


def test_every_file_that_is_copied_exists_and_is_not_ignored() -> None:
    from_here = [rest.split()[:-1] for word, rest in INSTRUCTIONS if word == "COPY" and "--from" not in rest]
    sources = {source for sources in from_here for source in sources}
    assert sources == {"requirements.txt", "app", "templates", "static"}
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for source in sources:
        assert (ROOT / source).exists(), source
        assert f"!{source}" in allowed


def test_what_the_last_stage_takes_over_was_made_in_the_first() -> None:
    copies = [rest.split() for rest in given("COPY")]
    assert all(copy[0] == "--from=build" for copy in copies)
    workdirs = {rest for word, rest in INSTRUCTIONS if word == "WORKDIR"}
    assert workdirs == {"/srv/backstep"}
    made = {f"/srv/backstep/{name}" for name in ("app", "templates", "static")} | {"/opt/venv"}
    assert {copy[1] for copy in copies} == made


def test_nothing_is_built_in_the_last_stage() -> None:
    assert given("RUN") == []


def test_it_does_not_run_as_root() -> None:
    (user,) = given("USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)


def test_both_stages_have_the_same_python_and_one_that_the_project_allows() -> None:
    images = {rest.split()[0] for word, rest in INSTRUCTIONS if word == "FROM"}
    (image,) = images
    name, _, tag = image.partition(":")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert name == "python"
    assert tag.removesuffix("-slim") in SpecifierSet(project["requires-python"])


def test_only_locked_and_verified_packages_are_installed() -> None:
    (install,) = [rest for word, rest in INSTRUCTIONS if word == "RUN" and " install " in rest]
    assert "--require-hashes" in install
    assert install.endswith("-r requirements.txt")


def test_the_health_check_asks_a_route_that_the_app_has() -> None:
    (check,) = given("HEALTHCHECK")
    command = json.loads(check[check.index("[") :])
    path = re.search(r"127\.0\.0\.1:\{[^}]*\}(/[a-z]+)", command[-1])
    assert path
    compile(command[-1], "HEALTHCHECK", "exec")
    sources = [file.read_text(encoding="utf-8") for file in (ROOT / "app").rglob("*.py")]
    assert any(f'"{path[1]}"' in source for source in sources), f"{path[1]} is not in app/"


def test_the_command_starts_a_module_that_exists_with_the_host_and_port_of_the_environment() -> None:
    (command,) = given("CMD")
    words = json.loads(command)
    assert words[:2] == SHELL_OF_CMD
    module = re.fullmatch(r'exec python -m (\w+) --host "\$HOST" --port "\$PORT"', words[2])
    assert module
    assert importlib.util.find_spec(f"{module[1]}.__main__")


@pytest.mark.parametrize(
    ("name", "value"),
    [("HOST", "0.0.0.0"), ("PORT", "8000"), ("PYTHONDONTWRITEBYTECODE", "1")],  # noqa: S104
)
def test_the_environment_is_that_of_a_container(name: str, value: str) -> None:
    assert environment()[name] == value
    assert given("EXPOSE") == ["8000"]
