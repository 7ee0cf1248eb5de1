"""Reading without the garbage collector."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_within = 0
_was = False


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collector within: it would look through segments that are all kept, time and again.

    Several threads may be within at a time: the first in turns it off, the last out turns it on again if it was on.
    """
    global _within, _was
    with _lock:
        if not _within:
            _was = gc.isenabled()
            gc.disable()
        _within += 1
    try:
        yield
    finally:
        with _lock:
            _within -= 1
            if not _within and _was:
                gc.enable()
