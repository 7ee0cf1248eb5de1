"""When to ask: a clock that tests can wind, and no more requests a minute than agreed."""

from __future__ import annotations

import threading
import time


class Clock:
    """The machine's own time. Tests pass one that does not wait."""

    def now(self) -> float:
        """Seconds, from an arbitrary beginning."""
        return time.monotonic()

    def today(self) -> float:
        """Seconds since 1970, for a Retry-After that names a date."""
        return time.time()

    def sleep(self, seconds: float, stop: threading.Event) -> None:
        """Wait, but not longer than until ``stop`` is set."""
        stop.wait(seconds)


class Pace:
    """Hands out times to ask at, ``60 / per_minute`` seconds apart, to any number of threads."""

    def __init__(self, per_minute: int, clock: Clock) -> None:
        self._gap = 60.0 / per_minute
        self._clock = clock
        self._lock = threading.Lock()
        self._next = clock.now()

    def wait(self, stop: threading.Event) -> None:
        """Return when it is this thread's turn, or ``stop`` is set."""
        with self._lock:
            now = self._clock.now()
            at = max(now, self._next)
            self._next = at + self._gap
        if at > now:
            self._clock.sleep(at - now, stop)

    def hold(self, seconds: float) -> None:
        """Hand out no time before ``seconds`` have passed: the service asked for it."""
        with self._lock:
            self._next = max(self._next, self._clock.now() + seconds)
