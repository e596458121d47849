"""What holds for every file of the repository, and for the files that lock its dependencies."""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.filled import filled

ROOT = Path(__file__).parents[1]
NOT_OURS = (".git", ".venv", "node_modules", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache")
LOCKS = ("requirements.txt", "requirements-dev.txt")
FEWEST_FILES_OF_A_COMPILED_PACKAGE = 10  # Linux, macOS and Windows, several versions of Python

# Written in pieces, so that this file does not hold what it forbids.
FORBIDDEN = {
    "a path of somebody's machine": "|".join(
        (
            r"(?<![\w.}/-])/(?:" + "root" + "|" + "work" + r")/",
            "/" + r"home/[a-z]",
            "/" + r"Users/\w",
            r"[A-Za-z]:\\" + "Users",
            "/opt/" + r"(?:wheels|pypi)",
            r"\." + "pyenv",
        )
    ),
    "a path beside the repository": r"\.\./" + "shared" + r"\b",
    "the host of a package registry": "|".join(
        (r"pypi\." + "org", "python" + r"hosted\.org", r"registry\." + r"(?:npmjs|yarnpkg)", r"npmjs\." + "org")
    ),
    "a mark of an unfinished merge": r"^(?:<{7}|>{7}|\|{7})(?: |$)|^={7}$",
}


def repository_files() -> list[Path]:
    """Return the files that are, or would be, in the repository."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        command = [git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        if listed.returncode == 0:
            paths = (ROOT / name.decode() for name in listed.stdout.split(b"\0") if name)
            return sorted(path for path in paths if path.is_file())
    everything = (path for path in ROOT.rglob("*") if path.is_file())
    return sorted(path for path in everything if not set(path.relative_to(ROOT).parts) & set(NOT_OURS))


def texts() -> dict[str, str]:
    """Return the repository's text files by their path; what is not UTF-8, or holds a zero, is no text."""
    read = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in repository_files()}
    return {name: content.decode() for name, content in read.items() if is_text(content)}


def is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False


def found_in(text: str, pattern: str) -> list[str]:
    return [found[0] for found in re.finditer(pattern, text, re.MULTILINE)]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    holding = {name: found for name, text in texts().items() if (found := found_in(text, FORBIDDEN[what]))}
    assert not holding


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a path of somebody's machine", "cd /" + "root/x"),
        ("a path of somebody's machine", "see '/" + "work/main'"),
        ("a path of somebody's machine", "C:" + r"\Users\ann"),
        ("a path of somebody's machine", "/" + "home/ann/x"),
        ("a path beside the repository", "see ../" + "shared/x"),
        ("the host of a package registry", "https://" + "pypi" + ".org/simple"),
        ("the host of a package registry", "https://registry." + "npmjs" + ".org/typescript"),
        ("a mark of an unfinished merge", "a\n" + "<" * 7 + " HEAD\nb\n"),
        ("a mark of an unfinished merge", "a\n" + "=" * 7 + "\nb\n"),
    ],
)
def test_what_is_forbidden_would_be_found(what: str, text: str) -> None:
    assert found_in(text, FORBIDDEN[what])


@pytest.mark.parametrize("text", ["/framework/x", "the root / work / home", "${ROOT}/root/x", "Title\n" + "=" * 8])
def test_what_only_looks_alike_is_not_found(text: str) -> None:
    assert not [what for what, pattern in FORBIDDEN.items() if found_in(text, pattern)]


def test_every_text_ends_with_one_line_end_and_has_only_unix_ones() -> None:
    filled = {name: text for name, text in texts().items() if text}
    assert "tests/test_repository.py" in filled
    assert not [name for name, text in filled.items() if not text.endswith("\n")]
    assert not [name for name, text in filled.items() if text.endswith("\n\n")]
    assert not [name for name, text in filled.items() if "\r" in text]


# The locks


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(lock: str) -> dict[str, list[tuple[Requirement, int]]]:
    """Return a lock's entries by package: each requirement, and how many hashes of files it has."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    entries: dict[str, list[tuple[Requirement, int]]] = {}
    for line in text.splitlines():
        if line and not line.lstrip().startswith("#"):
            requirement = Requirement(line.split(" --hash=")[0].strip())
            hashes = line.count("--hash=sha256:")
            entries.setdefault(canonicalize_name(requirement.name), []).append((requirement, hashes))
    return entries


def dependencies(lock: str) -> list[str]:
    described = project()
    if lock == "requirements.txt":
        return described["project"]["dependencies"]
    extras = described["project"]["optional-dependencies"].values()
    return sum(extras, described["project"]["dependencies"] + described["build-system"]["requires"])


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_every_dependency_in_a_version_that_is_allowed(lock: str) -> None:
    entries = locked(lock)
    for dependency in filled(map(Requirement, dependencies(lock))):
        pinned = entries.get(canonicalize_name(dependency.name))
        assert pinned, f"{dependency.name} is not in {lock}: make lock"
        for requirement, _ in pinned:
            (pin,) = requirement.specifier
            assert pin.operator == "=="
            assert pin.version in dependency.specifier, f"{requirement} in {lock}: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_has_the_hashes_of_every_platform_and_names_no_index(lock: str) -> None:
    entries = locked(lock)
    assert not re.search(r"(?m)^\s*--(?!hash)|://| @ ", (ROOT / lock).read_text(encoding="utf-8"))
    assert all(hashes for pinned in filled(entries.values()) for _, hashes in pinned)
    for package in ("numpy", "orjson", "pydantic-core"):
        assert all(hashes > FEWEST_FILES_OF_A_COMPILED_PACKAGE for _, hashes in filled(entries[package]))


def test_both_locks_agree() -> None:
    to_run, to_develop = (
        {name: [str(requirement) for requirement, _ in pinned] for name, pinned in locked(lock).items()}
        for lock in LOCKS
    )
    assert to_run.items() <= to_develop.items()


def test_the_javascript_lock_names_no_addresses_and_is_that_of_the_package() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    lock = json.loads(text)
    assert '"resolved"' not in text
    assert lock["packages"][""]["devDependencies"] == package["devDependencies"]
    assert all(re.fullmatch(r"[\d.]+", version) for version in package["devDependencies"].values())
    assert all("integrity" in entry for name, entry in lock["packages"].items() if name)


def test_the_types_of_the_figures_are_those_of_the_script_that_is_served() -> None:
    import plotly

    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    with script.open(encoding="utf-8") as lines:
        served = re.search(r"plotly\.js v([\d.]+)", lines.read(200))
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert served
    assert package["devDependencies"]["plotly.js-dist-min"] == served[1]
