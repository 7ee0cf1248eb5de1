"""How far long work is: a bar with a time estimate on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

QUICK = 2000
"""Steps that take no progress bar."""


@contextmanager
def progress_bar(size: int, label: str = "Scoring") -> Iterator[Callable[[int, int], None] | None]:
    """Yields what is told of (done, all) steps, or None: for less than ``QUICK`` steps and where nobody watches.

    Parts come from threads in any order, so ``done`` only ever grows; the estimate is the mean time of all steps so
    far, and there is none before the first part is in.
    """
    if size < QUICK or not sys.stderr.isatty():
        yield None
        return
    bar: Any = click.progressbar(length=size, label=label, file=sys.stderr)
    with bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            steps = max(0, min(done, total) - bar.pos)
            if bar.pos + steps:
                # click's own, a mean of the last means, would trail behind a slow start.
                bar.avg = [(time.time() - bar.start) / (bar.pos + steps)]
            bar.update(steps)

        yield progress
