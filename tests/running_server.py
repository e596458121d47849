"""The real app, started as its users start it, for tests that need a server."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10


class RunningServer:
    """`python -m app` in a process of its own on a free port of this machine; `log()` is what it printed."""

    def __init__(
        self, log_file: Path, module: str = "app", directory: Path = ROOT, workers: int = 1, **environment: str
    ) -> None:
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self._log_file = log_file
        command = [
            sys.executable,
            "-m",
            module,
            "--host",
            HOST,
            "--port",
            str(self.port),
            "--workers",
            str(workers),
        ]
        with log_file.open("wb") as log:
            self._process = subprocess.Popen(
                command,
                cwd=directory,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
            )
        try:
            self._wait_until_healthy()
        except BaseException:
            self.stop()
            raise

    @property
    def process_id(self) -> int:
        """The number of the server's process."""
        return self._process.pid

    def log(self) -> str:
        """Return everything the server has printed, its errors included."""
        return self._log_file.read_text(encoding="utf-8", errors="replace")

    def signal(self, number: int) -> None:
        """Send a signal to the process."""
        self._process.send_signal(number)

    def wait(self, seconds: float) -> int | None:
        """Return the process's exit code, or None if it has not ended by then."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def stop(self) -> None:
        """End the server's process, kindly at first."""
        self._process.terminate()
        try:
            self._process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._is_healthy():
            if self._process.poll() is not None:
                raise RuntimeError(f"The server ended by itself ({self._process.returncode}):\n{self.log()}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"/healthz was not answered within {SECONDS_TO_START} s:\n{self.log()}")
            time.sleep(0.05)

    def _is_healthy(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=SECONDS_TO_START)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.client.OK
        except OSError:
            return False
        finally:
            connection.close()


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])
