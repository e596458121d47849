"""The files a page loads: which modules go together, and that they travel without their comments."""

from pathlib import Path

import pytest

from app.assets import Assets
from tests.test_architecture import without_comments

STATIC = Path(__file__).parents[1] / "static"
SCRIPTS = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.js"))


@pytest.fixture(scope="module")
def assets() -> Assets:
    return Assets(STATIC)


def made_of(tmp_path: Path, **scripts: str) -> Assets:
    (tmp_path / "js").mkdir()
    for name, source in scripts.items():
        (tmp_path / "js" / f"{name}.js").write_text(source, encoding="utf-8")
    return Assets(tmp_path)


def names(paths: list[str]) -> list[str]:
    return [path.rsplit("/", 1)[1] for path in paths]


def test_a_module_comes_with_all_that_it_imports_at_once_and_nothing_that_it_imports_later(tmp_path: Path) -> None:
    assets = made_of(
        tmp_path,
        main="import { a } from './a.js';\nexport * from './b.js';\nconst later = () => import('./later.js');\n",
        a="import {\n  c,\n} from './c.js';\nexport const a = c;\n",
        b="import { c } from './c.js';\nexport const b = c;\n",
        c="export const c = 1;\n",
        later="export const d = 1;\n",
    )
    assert names(assets.modules("js/main.js")) == ["main.js", "a.js", "b.js", "c.js"]


def test_the_lab_loads_its_drawer_and_its_other_tasks_later(assets: Assets) -> None:
    at_once = names(assets.modules("js/main.js"))
    assert "mount.js" in at_once
    for later in ("setup.js", "card.js", "train.js", "inside.js", "boundary.js", "votes.js"):
        assert list(STATIC.rglob(later)), f"{later} is no script of the lab"
        assert later not in at_once


def test_scripts_and_styles_travel_without_their_comments_and_mean_the_same(tmp_path: Path) -> None:
    source = """/** A docstring. */
export const url = 'https://example.org'; // not a comment: //
export const pattern = /[/*"]+/g;
export const text = `// no comment ${url} /* nor this */`;
"""
    content = made_of(tmp_path, main=source)._files["js/main.js"].content.decode()
    for gone in ("A docstring", "not a comment"):
        assert gone not in content
    for kept in ("'https://example.org'", """/[/*"]+/g""", "`// no comment ${url} /* nor this */`"):
        assert kept in content


@pytest.mark.parametrize("name", SCRIPTS)
def test_of_our_own_scripts_nothing_but_comments_and_spaces_is_left_out(assets: Assets, name: str) -> None:
    source = (STATIC / name).read_text(encoding="utf-8")
    assert bare(assets._files[name].content.decode()) == bare(source)


def bare(source: str) -> str:
    """Return what is left of a script without any comment and space, by a reader of its own."""
    return "".join(without_comments(source).split())


def test_code_that_was_left_out_would_be_noticed() -> None:
    assert bare("const a = 1;\n/* b */\n") != bare("/* b */\n")


def test_a_file_that_is_not_there_has_no_address(assets: Assets) -> None:
    with pytest.raises(KeyError):
        assets.url("js/none.js")
