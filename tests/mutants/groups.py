"""The groups of files whose mutants are counted, and the tests that are run for a file of each."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from tests.mutants.javascript import javascript_mutants
from tests.mutants.mutant import Mutant
from tests.mutants.python import python_mutants

IMPORTED = re.compile(r"(?:from|import\()\s*'(?P<path>\.[^']+)'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Files (patterns, less those in `but`), the tests of all of them, and the share that is to be noticed.

    `last` are tests in Python of what is written in JavaScript: they are run if the tests in JavaScript pass.
    `slow` are tests that start servers or measure time: they are run only for files that they import or are named
    after, and for those in `served`, which only such tests can see at work.
    """

    name: str
    files: Sequence[str]
    tests: Sequence[str] = ()
    last: Sequence[str] = ()
    but: Sequence[str] = ()
    slow: Sequence[str] = ()
    served: Sequence[str] = ()
    wanted: float = 0.85
    is_mathematics: bool = False


PYTHON_PAGES = (
    "tests/api",
    "tests/lessons",
    "tests/test_messages.py",
    "tests/test_assets.py",
    "tests/test_wire_types.py",
)
SLOW = tuple(
    f"tests/api/test_{name}.py"
    for name in ("bodies", "connections", "cost", "ending", "holding", "leaving", "settings", "work")
)
SERVED = ("app/__main__.py", "app/connections.py", "app/ending.py", "app/main.py", "app/settings.py")
# These write the formulas, the code and the sentences with numbers that are shown.
MATHEMATICS = (
    "static/js/lib/formulas.js",
    "static/js/lib/card/*.js",
    "static/js/lib/told/*.js",
    "static/js/lib/faded/formulas.js",
    "static/js/lib/mathml.js",
)

GROUPS = (
    Group(name="engine", files=("app/engine/*.py",), tests=("tests/engine",), wanted=0.95),
    Group(
        name="mathematics",
        files=(*MATHEMATICS, "app/lessons/question_scripts.py", "app/lessons/slip_scripts.py"),
        tests=("tests/lessons",),
        last=("tests/browser/test_shown.py",),
        wanted=0.95,
        is_mathematics=True,
    ),
    # examples.py holds what the documentation shows as examples; cost.py is made of measured times, which
    # `make calibrate` holds against the clock, and tests with a margin that a busy machine needs.
    Group(
        name="API",
        files=("app/api/*.py", "app/limits.py"),
        but=("app/api/examples.py", "app/api/cost.py"),
        tests=("tests/api",),
        slow=SLOW,
        served=("app/api/bodies.py", "app/api/work.py", "app/api/errors.py"),
    ),
    Group(
        name="lessons",
        files=("app/lessons/*.py", "app/lessons/*/*.py"),
        but=("app/lessons/question_scripts.py", "app/lessons/slip_scripts.py"),
        tests=("tests/lessons", "tests/api"),
        slow=SLOW,
    ),
    Group(name="pages", files=("app/*.py",), but=("app/limits.py",), tests=PYTHON_PAGES, slow=SLOW, served=SERVED),
    # wire.js is generated.
    Group(
        name="JavaScript",
        files=("static/js/lib/**/*.js", "static/js/views/**/*.js"),
        but=("static/js/lib/wire.js", *MATHEMATICS),
    ),
)


def mutants_of(group: Group, root: Path) -> list[Mutant]:
    """Return every mutant of the group's files."""
    found = []
    for path in files_of(group, root):
        source = (root / path).read_text(encoding="utf-8")
        if path.endswith(".py"):
            found += python_mutants(path, source)
        else:
            found += javascript_mutants(path, source, is_mathematics=group.is_mathematics)
    return found


def files_of(group: Group, root: Path) -> list[str]:
    left_out = {path for pattern in group.but for path in root.glob(pattern)}
    found = {path for pattern in group.files for path in root.glob(pattern)} - left_out
    return sorted(path.relative_to(root).as_posix() for path in found)


def tests_of(group: Group, file: str, root: Path) -> list[str]:
    """Return the files of tests to run for a file, those first that are nearest to it."""
    return python_tests(group, file, root) if file.endswith(".py") else javascript_tests(file, root)


def python_tests(group: Group, file: str, root: Path) -> list[str]:
    """Return the group's tests: first those that import the file or are named after it."""
    module, stem = file.removesuffix(".py").replace("/", "."), PurePosixPath(file).stem
    folder, _, name = module.rpartition(".")
    near = re.compile(
        rf"\bfrom {re.escape(module)} import|\bfrom {re.escape(folder)} import .*\b{re.escape(name)}\b"
    )
    paths = [
        path
        for one in group.tests
        for path in ([root / one] if one.endswith(".py") else sorted((root / one).glob("test_*.py")))
    ]

    def distance(path: Path) -> int:
        if path.stem == f"test_{stem}":
            return 0
        return 1 if near.search(path.read_text(encoding="utf-8")) else 2

    far = {path.relative_to(root).as_posix(): distance(path) for path in paths}
    tests = sorted(far, key=far.__getitem__)  # those as far in the group's own order
    return [path for path in tests if far[path] < 2 or path not in group.slow or file in group.served]


def javascript_tests(file: str, root: Path) -> list[str]:
    """Return the tests in JavaScript that load a file, those first that have the fewest imports between."""
    importers = importers_in(root)
    distances, todo = {file: 0}, deque([file])
    while todo:
        here = todo.popleft()
        for importer in importers.get(here, ()):
            if importer not in distances:
                distances[importer] = distances[here] + 1
                todo.append(importer)
    tests = [path for path in distances if path.endswith(".test.js")]
    return sorted(tests, key=lambda path: (not own(path, file), distances[path], path))


@cache
def importers_in(root: Path) -> dict[str, set[str]]:
    """Return for each script the scripts that import it."""
    importers: dict[str, set[str]] = {}
    for folder in ("static/js", "tests/js"):
        for path in (root / folder).rglob("*.js"):
            for found in IMPORTED.finditer(path.read_text(encoding="utf-8")):
                target = (path.parent / found["path"]).resolve().relative_to(root.resolve()).as_posix()
                importers.setdefault(target, set()).add(path.relative_to(root).as_posix())
    return importers


def own(test: str, file: str) -> bool:
    """Tell whether a test is named after the file."""
    return PurePosixPath(test).name == PurePosixPath(file).name.replace(".js", ".test.js")
