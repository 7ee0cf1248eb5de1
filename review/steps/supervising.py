"""The worker process beside the app: started, watched, started again where it ended by itself, ended with the app."""

from __future__ import annotations

import subprocess
import sys
import threading

from review.log import log

COMMAND = (sys.executable, "-m", "review", "work", "--follow")
LONGEST_PAUSE = 30.0
PATIENCE = 10.0
"""Seconds that the worker has to finish its step."""


class Worker:
    """Keeps one worker running from ``start`` to ``stop``. The worker also ends with its standard input, so that
    none is left behind by an app that was killed."""

    def __init__(self, command: tuple[str, ...] = COMMAND, pause: float = 1.0) -> None:
        self._command, self._pause = command, pause
        self._stopping = threading.Event()
        self._changed = threading.Condition()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, name="worker-watch", daemon=True)
        self.starts = 0

    def start(self) -> Worker:
        """Start the worker and watch over it."""
        self._thread.start()
        return self

    def wait_for_start(self, number: int, patience: float = 60.0) -> int:
        """Wait until the worker has been started ``number`` times; returns its process id.

        Raises TimeoutError.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self.starts >= number and self._process is not None, patience):
                raise TimeoutError(f"the worker was started {self.starts} times")
            assert self._process is not None
            return self._process.pid

    def stop(self, patience: float = PATIENCE) -> None:
        """Ask the worker to finish its step and end; end it after ``patience`` seconds."""
        with self._changed:
            self._stopping.set()
            process = self._process
        if process is not None and process.poll() is None:
            if process.stdin:
                process.stdin.close()
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._thread.join()

    def _watch(self) -> None:
        pause = self._pause
        while not self._stopping.is_set():
            with self._changed:
                if self._stopping.is_set():
                    return
                self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE)
                self.starts += 1
                self._changed.notify_all()
            log("info", "worker started", process=self._process.pid)
            code = self._process.wait()
            if self._stopping.is_set():
                return
            log("error", "worker ended by itself and is started again", code=code, pause=pause)
            self._stopping.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
