"""Patterns that users write, run by RE2: no pattern can take longer than its text is long, times a constant."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    """A compiled pattern: letter case counts only where asked, a dot stands for anything but a line end."""

    text: str
    engine: Any

    @property
    def groups(self) -> int:
        """How many groups it has, without the whole (group 0)."""
        return int(self.engine.groups)

    def found(self, raw: bytes, begin: int = 0) -> Iterator[tuple[int, int]]:
        """Where it stands in UTF-8, from ``begin`` on, from left to right without overlap, in bytes; never empty.

        A byte that is no UTF-8 (0xff) is in no match, so it can part texts.
        """
        for match in self.engine.finditer(raw, begin):
            start, end = match.span()
            if start < end:
                yield start, end

    def parts(self, raw: bytes, begin: int) -> list[str]:
        """The whole and each group of the first match from byte ``begin`` on, "" for a group that took no part."""
        match = self.engine.search(raw, begin)
        parts = () if match is None else (match[0], *match.groups())
        return [(part or b"").decode("utf-8", "ignore") for part in parts]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where it stands, from left to right without overlap: code points, end-exclusive; never an empty span."""
        return [match.span() for match in self.engine.finditer(text) if match.start() < match.end()]


@lru_cache(maxsize=1024)
def compiled(text: str, case: bool = False) -> Pattern:
    """Compile a pattern; with ``case`` letter case counts.

    Raises InputError, in the form "what; remedy", where the engine refuses it.
    """
    import re2

    if not text.strip():
        raise InputError("The pattern is empty; write one or leave it out.")
    if len(text) > LONGEST:
        raise InputError(f"The pattern {text[:40]!r}... is longer than {LONGEST:,} characters; split it.")
    options = re2.Options()
    options.case_sensitive = case
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


@lru_cache(maxsize=256)
def longest(text: str) -> Pattern:
    """A pattern that the program wrote itself: letter case does not count, and of several matches the longest does."""
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.longest_match = True
    options.log_errors = False
    return Pattern(text, re2.compile(text, options))


def escaped(text: str) -> str:
    """A pattern for just these characters."""
    import re2

    return str(re2.escape(text))


_EDGES = re.compile(r"(?<!\[)\^|\$|\\[AzC]")


def edged(text: str) -> bool:
    """Whether a pattern may ask where a text begins or ends, so that texts must be looked at one by one."""
    return _EDGES.search(text) is not None


def _why(error: Exception) -> str:
    reason = error.args[0] if error.args else "unknown reason"
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
