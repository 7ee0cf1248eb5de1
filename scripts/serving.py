"""A real server in a process of its own, on a free port and its own database."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0
"""Seconds until a server that does not answer is given up."""


class Served:
    """``streamlit run app.py`` on ``database``. Use as a context manager, or ``start`` and ``stop``.

    ``base`` is a base path without slashes at its ends, or "". A server that is killed can be started again
    on the same port and database. What it prints goes to ``log``, a file beside the database.
    """

    def __init__(self, database: Path, *, base: str = "", samples: bool = True, port: int | None = None) -> None:
        self.database, self.base, self.port = database, base, port or free_port()
        self.log = database.with_suffix(".log")
        self.environment = {
            **os.environ,
            "REVIEW_DATABASE_URL": f"sqlite:///{database}",
            "REVIEW_SAMPLES": str(int(samples)),
        }
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the app is, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}" + (f"/{self.base}" if self.base else "")

    def start(self, *, wait: bool = True) -> Served:
        """Start it, and wait until it answers. Raises RuntimeError with what it printed if it does not."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        command += ["--server.baseUrlPath", self.base] if self.base else []
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        if wait:
            self.wait_until_healthy()
        return self

    def wait_until_healthy(self) -> None:
        """Ask /healthz until it says yes."""
        deadline = time.monotonic() + PATIENCE
        while not self.healthy():
            if self.process is None or self.process.poll() is not None or time.monotonic() > deadline:
                printed = self.log.read_text("utf-8", errors="replace")[-3000:]
                self.stop()
                raise RuntimeError(f"The server did not start. It printed:\n{printed}")
            time.sleep(0.02)

    def healthy(self) -> bool:
        """Whether /healthz says that the app and its store answer."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            asked.request("GET", f"/{self.base}/healthz" if self.base else "/healthz")
            return asked.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asked.close()

    def kill(self) -> None:
        """End it as a power cut would: at once, nothing finished."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ask it to end; end it after ten seconds."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def __enter__(self) -> Served:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
