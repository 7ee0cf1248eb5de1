"""Patterns that users write, run by RE2: no pattern can take longer than its text is long, times a constant."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from review.errors import InputError

LONGEST = 1000
"""Code points of a pattern."""
MEMORY = 1 << 20
"""Bytes that a compiled pattern may take."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: letter case does not count, a dot stands for anything but a line end."""

    text: str
    engine: Any

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where it stands, from left to right without overlap: code points, end-exclusive; never an empty span."""
        return [match.span() for match in self.engine.finditer(text) if match.start() < match.end()]


@lru_cache(maxsize=1024)
def compiled(text: str) -> Pattern:
    """Compile a pattern. Raises InputError, in the form "what; remedy", where the engine refuses it."""
    import re2

    if not text.strip():
        raise InputError("The pattern is empty; write one or leave it out.")
    if len(text) > LONGEST:
        raise InputError(f"The pattern {text[:40]!r}... is longer than {LONGEST:,} characters; split it.")
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = MEMORY
    try:
        engine = re2.compile(text, options)
    except re2.error as error:
        raise InputError(
            f"The pattern {text!r} is refused ({_why(error)}); write it in RE2's syntax, which has no look-around "
            "and no back-references."
        ) from None
    except UnicodeEncodeError:
        raise InputError(f"The pattern {text!r} holds half a character; write it again.") from None
    if engine.search("") is not None:
        raise InputError(f"The pattern {text!r} fits a text without letters; make it ask for at least one.")
    return Pattern(text, engine)


def _why(error: Exception) -> str:
    reason = error.args[0] if error.args else "unknown reason"
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
