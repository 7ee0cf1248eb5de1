"""Harper's linters, one a thread and dialect: they take half a second to build and bear one caller at a time."""

from __future__ import annotations

import threading
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, NamedTuple

from review.detectors.grammar.rules import NOISE

DIALECTS = {"us": 0, "gb": 1, "uk": 1, "ie": 1, "nz": 2, "au": 2, "ca": 3, "in": 4}
"""Harper's number of a region's English."""

INSERT_AFTER = 2
"""Harper's number for a suggestion that is put behind the words."""

_OWN = threading.local()


def installed() -> bool:
    """Whether the package is there, without importing it."""
    return find_spec("harper") is not None


def dialect(language: str) -> int | None:
    """Harper's number for the region of a BCP 47 tag (en-GB, en-Latn-AU), or None where none is given."""
    for part in language.lower().replace("_", "-").split("-")[1:]:
        if part in DIALECTS:
            return DIALECTS[part]
    return None


def linter(number: int, *, spelling_only: bool = False) -> Any:
    """This thread's linter of a dialect, its rules chosen."""
    import harper

    kept: dict[tuple[int, bool], Any] = _OWN.__dict__.setdefault("linters", {})
    if (number, spelling_only) not in kept:
        made = harper.Linter(harper.Dialect(number))
        config = made.get_default_lint_config()
        made.set_lint_config({rule: _chosen(rule, on, spelling_only) for rule, on in config.items()})
        kept[number, spelling_only] = made
    return kept[number, spelling_only]


def _chosen(rule: str, on: bool, spelling_only: bool) -> bool:
    return rule == "SpellCheck" if spelling_only else on and rule not in NOISE


class Finding(NamedTuple):
    """What Harper says of ``[start, end)`` (code points). ``fixes`` are what to write instead, in its order."""

    rule: str
    kind: str
    start: int
    end: int
    message: str
    fixes: tuple[str, ...]


@lru_cache(maxsize=2048)
def findings(text: str, number: int) -> tuple[Finding, ...]:
    """What Harper says of a text in a dialect. Kept, because an article is checked again after each correction."""
    found = []
    for rule, lints in linter(number).organized_lints(text, language="plaintext").items():
        for lint in lints:
            surface = text[lint.span.start : lint.span.end]
            fixes = tuple(
                (surface if fix.kind == INSERT_AFTER else "") + fix.replacement_text for fix in lint.suggestions
            )
            found.append(
                Finding(rule, lint.lint_kind, lint.span.start, lint.span.end, lint.message, tuple(dict.fromkeys(fixes)))
            )
    return tuple(found)


@lru_cache(maxsize=2048)
def known(word: str, numbers: tuple[int, ...]) -> bool:
    """Whether the dictionary of one of these dialects has the word."""
    return any(not linter(number, spelling_only=True).lint(word, language="plaintext") for number in numbers)
