"""Finds the browser the tests run in, or installs Debian's; without one the tests fail, they never skip.

Any Chromium, Chrome or Edge will do. BACKSTEP_BROWSER, the path of one, goes before all others.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ARGUMENTS = (
    "--disable-gpu",
    "--use-gl=angle",  # WebGL by the processor, for 3-D figures
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu-watchdog",  # which ends what is slow, as the processor's WebGL is on a busy machine,
    "--disable-domain-blocking-for-3d-apis",  # and after which a page gets no WebGL any more
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing beyond this machine is reached
)

# The first two are the same browser without its windows: a page opens there in a fifth of the time.
NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)

PLACES = (
    "/usr/bin/chromium",
    "/usr/lib/chromium/chromium",
    "/opt/google/chrome/chrome",
    "/opt/microsoft/msedge/msedge",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)

WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_PLACES = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)

DEBIAN_PACKAGES = ("fonts-liberation", "fonts-dejavu-core")  # with Cyrillic and mathematical letters
# Older releases have only the second.
DEBIAN_BROWSERS = ("chromium-headless-shell", "chromium")

ADVICE = (
    "The browser tests need Chromium, Chrome or Edge: install one of them "
    "(on Debian: sudo apt install chromium), or set BACKSTEP_BROWSER to the path of one."
)


class NoBrowserError(RuntimeError):
    """There is no browser to test in, and none could be installed."""


def executable(also: Path | None = None) -> Path:
    """Return the browser's program; install one where that is possible; raise NoBrowserError otherwise.

    `also` is a place to look in after all others.
    """
    # While another worker installs, the program is there before all that it needs: so the look waits, too.
    with one_at_a_time():
        found = find(also)
        if found is None and install():
            found = find(also)
    if found is None:
        raise NoBrowserError(ADVICE)
    return found


def find(
    also: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
    is_file: Callable[[Path], bool] = Path.is_file,
) -> Path | None:
    """Return the first browser that is installed, if any."""
    wanted = environment.get("BACKSTEP_BROWSER")
    if wanted:
        chosen = Path(which(wanted) or wanted)
        if is_file(chosen):
            return chosen
        raise NoBrowserError(f"BACKSTEP_BROWSER names {wanted}, but there is no such program.")
    on_path = (which(name) for name in NAMES)
    usual = [*places(environment), *([also] if also else [])]
    in_place = (str(place) for place in usual if is_file(place))
    return next((Path(program) for program in (*on_path, *in_place) if program), None)


def places(environment: Mapping[str, str]) -> Iterator[Path]:
    """Yield where browsers are usually installed."""
    yield from map(Path, PLACES)
    for folder in WINDOWS_FOLDERS:
        if folder in environment:
            yield from (Path(environment[folder]) / place for place in WINDOWS_PLACES)


def install() -> bool:
    """Install Debian's Chromium if this is Debian and we may; return whether that went well."""
    apt = shutil.which("apt-get")
    rights = administrator()
    if apt is None or rights is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}

    def succeeds(*step: str) -> bool:
        done = subprocess.run([*rights, apt, *step], env=environment, stdin=subprocess.DEVNULL, check=False)
        return done.returncode == 0

    packages = ("install", "--yes", "--no-install-recommends", *DEBIAN_PACKAGES)
    return succeeds("update") and any(succeeds(*packages, browser) for browser in DEBIAN_BROWSERS)


def administrator() -> list[str] | None:
    """Return what to write before a command to run it as root without being asked; None if we may not."""
    if getattr(os, "geteuid", lambda: 1)() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Keep the workers of xdist from installing at the same time. (Only Debian installs: fcntl is there.)"""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (Path(tempfile.gettempdir()) / "backstep-browser.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
