"""The browser is found where it is; where there is none, one sentence says what to do."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.browser import chromium


def found(environment: dict[str, str], on_path: dict[str, str], files: set[str]) -> Path | None:
    return chromium.find(None, environment, on_path.get, lambda path: str(path) in files)


def test_the_browser_that_was_asked_for_goes_before_all_others() -> None:
    environment = {"BACKSTEP_BROWSER": "/mine/chrome"}
    assert found(environment, {"chromium": "/usr/bin/chromium"}, {"/mine/chrome"}) == Path("/mine/chrome")


def test_a_wrong_wish_is_an_error_and_not_silently_another_browser() -> None:
    with pytest.raises(chromium.NoBrowserError, match="/mine/chrome"):
        found({"BACKSTEP_BROWSER": "/mine/chrome"}, {"chromium": "/usr/bin/chromium"}, set())


def test_a_browser_on_the_path_is_found_before_one_in_a_usual_place() -> None:
    usual = "/opt/google/chrome/chrome"
    assert found({}, {"msedge": "/b/msedge"}, {usual}) == Path("/b/msedge")
    assert found({}, {}, {usual}) == Path(usual)


def test_a_browser_that_playwright_has_downloaded_is_the_last_resort() -> None:
    downloaded = Path("/cache/chrome")
    assert chromium.find(downloaded, {}, {}.get, lambda path: path == downloaded) == downloaded
    assert chromium.find(downloaded, {}, {"chrome": "/b/chrome"}.get, lambda _: True) == Path("/b/chrome")


def test_a_browser_is_found_among_windows_programs() -> None:
    place = str(Path("C:/Programs") / "Microsoft/Edge/Application/msedge.exe")
    assert found({"PROGRAMFILES": "C:/Programs"}, {}, {place}) == Path(place)


def test_without_a_browser_and_without_rights_the_tests_fail_and_say_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chromium, "find", lambda also: None)
    monkeypatch.setattr(chromium, "administrator", lambda: None)
    with pytest.raises(chromium.NoBrowserError, match=r"install one of them .* BACKSTEP_BROWSER"):
        chromium.executable()


def test_nobody_takes_a_browser_that_another_worker_is_still_installing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "find", lambda also: Path("/usr/bin/chromium"))
    with ThreadPoolExecutor(1) as others:
        with chromium.one_at_a_time():
            look = others.submit(chromium.executable)
            with pytest.raises(TimeoutError):
                look.result(timeout=0.2)
        assert look.result(timeout=20) == Path("/usr/bin/chromium")


@pytest.mark.parametrize("rights", [[], ["/usr/bin/sudo", "-n"]])
def test_on_debian_the_browser_is_installed_if_we_may(rights: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        ran.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(chromium, "find", lambda also: Path("/usr/bin/chromium") if ran else None)
    monkeypatch.setattr(chromium, "administrator", lambda: rights)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(chromium.subprocess, "run", run)
    assert chromium.executable() == Path("/usr/bin/chromium")
    assert [command[: len(rights) + 2] for command in ran] == [
        [*rights, "/usr/bin/apt-get", "update"],
        [*rights, "/usr/bin/apt-get", "install"],
    ]
    assert "chromium-headless-shell" in ran[-1]


def test_where_debian_has_no_headless_one_the_whole_browser_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        ran.append(command)
        return subprocess.CompletedProcess(command, int("chromium-headless-shell" in command))

    monkeypatch.setattr(chromium, "administrator", list)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(chromium.subprocess, "run", run)
    assert chromium.install()
    assert "chromium" in ran[-1]
