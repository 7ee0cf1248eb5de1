"""The parent's end of the talk with ``runner.py``: start it, ask it, wait no longer than allowed, end it."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

RUNNER = Path(__file__).with_name("runner.py")
_TAIL = 3
_SHOWN = 300


class Lost(Exception):
    """The child died, fell silent or talks nonsense; it has been ended. ``str`` is one sentence saying which."""


class Declined(Exception):
    """The child lives and says in one sentence why it cannot: no such model, no comet, a batch that fails."""


class Child:
    """One running model. ``seconds`` is how long the start and each answer may take.

    Raises Lost or Declined when the model cannot be started. To be closed in any case.
    """

    def __init__(self, python: str, model: str, seconds: float) -> None:
        self._seconds = seconds
        self._number = 0
        self._errors: deque[str] = deque(maxlen=_TAIL)
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        try:
            self._process = subprocess.Popen(
                [python, "-u", str(RUNNER), model],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
                env=environment(),
                start_new_session=True,
            )
        except OSError as error:
            raise Declined(f"{python} cannot be run ({error.strerror}).") from None
        assert self._process.stdout
        assert self._process.stderr
        self._readers = [
            threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True),
            threading.Thread(target=self._listen, args=(self._process.stderr,), daemon=True),
        ]
        for reader in self._readers:
            reader.start()
        try:
            hello = self._answer("load its model")
            if "error" in hello:
                raise Declined(_short(str(hello["error"])))
            if hello.get("ready") is not True:
                raise self._lost("answered what is no answer")
        except Declined:
            self.close()
            raise
        self.references = str(hello.get("references", "used"))

    def ask(self, samples: Sequence[dict[str, str]]) -> list[tuple[float | None, list[dict[str, Any]]]]:
        """Score and error spans of each sample. Raises Lost, or Declined where only this batch failed."""
        self._number += 1
        question = json.dumps({"id": self._number, "samples": list(samples)}) + "\n"
        writer = threading.Thread(target=self._write, args=(question,), daemon=True)
        writer.start()  # a child that does not read must not hold us past the time-out
        said = self._answer("answer")
        if said.get("id") == self._number and "error" in said:
            raise Declined(_short(str(said["error"])))
        scores, spans = said.get("scores"), said.get("spans")
        fits = isinstance(scores, list) and isinstance(spans, list) and len(scores) == len(spans) == len(samples)
        if said.get("id") != self._number or not fits:
            raise self._lost("answered what is no answer")
        return list(zip(scores or (), spans or (), strict=True))

    def close(self) -> None:
        """End the child, and wait until it is gone."""
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)  # it leads a group of its own
        self._process.wait()
        for reader in self._readers:
            reader.join(timeout=5)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            with contextlib.suppress(OSError):  # what was written to a dead child is lost, and known to be
                if pipe:
                    pipe.close()

    def _answer(self, what: str) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=self._seconds)
        except queue.Empty:
            raise self._lost(f"did not {what} within {self._seconds:g} s") from None
        if line is None:
            raise self._lost("ended")
        try:
            said = json.loads(line)
        except ValueError:
            said = None
        if not isinstance(said, dict):
            raise self._lost("answered what is no answer")
        return said

    def _lost(self, what: str) -> Lost:
        self.close()
        code = self._process.returncode
        if what == "ended":
            what = f"ended with code {code}" if code >= 0 else f"was ended by signal {-code}"
        tail = _short(" / ".join(self._errors))
        return Lost(f"COMET {what}{f'; its last words: {tail}' if tail else ''}.")

    def _write(self, question: str) -> None:
        assert self._process.stdin
        with contextlib.suppress(OSError, ValueError):  # it is dead; whoever waits for the answer hears of it
            self._process.stdin.write(question)
            self._process.stdin.flush()

    def _read(self, pipe: IO[str]) -> None:
        for line in pipe:
            self._lines.put(line)
        self._lines.put(None)

    def _listen(self, pipe: IO[str]) -> None:
        for line in pipe:
            if line.strip():
                self._errors.append(line.strip())


def environment() -> dict[str, str]:
    """What the child may know: everything but our own settings, and where Python's own library is."""
    return {key: value for key, value in os.environ.items() if not key.startswith("REVIEW_") and key != "PYTHONHOME"}


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else "..." + text[3 - _SHOWN :]
