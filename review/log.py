"""JSON lines on standard error, with job and event ids; never segment text or tokens."""

from __future__ import annotations

import json
import logging
import sys
import time
from typing import Any

_logger = logging.getLogger("review")


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[1] is not None:
            trace = record.exc_info[2]
            while trace and trace.tb_next:
                trace = trace.tb_next
            line["error"] = type(record.exc_info[1]).__name__
            if trace:
                line["where"] = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        return json.dumps(line, ensure_ascii=False)


class _Stderr(logging.Handler):
    """Writes to whatever standard error is now, not to what it was at the start."""

    def emit(self, record: logging.LogRecord) -> None:
        print(self.format(record), file=sys.stderr, flush=True)


def set_up(level: str = "warning") -> None:
    """Send the program's log to standard error from ``level`` up. Calling it again changes the level."""
    _logger.setLevel(level.upper())
    _logger.propagate = False
    if not _logger.handlers:
        handler = _Stderr()
        handler.setFormatter(_JsonLines())
        _logger.addHandler(handler)


def log(level: str, event: str, *, error: BaseException | None = None, **fields: object) -> None:
    """Write one line. ``fields`` hold ids and counts; an error is named by type and place, not by its text."""
    number = logging.getLevelNamesMapping()[level.upper()]
    _logger.log(number, event, extra={"fields": fields}, exc_info=error)
