"""Rules and choices as JSON brings them: from the page, or from a job's payload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from review.errors import InputError
from review.model import Choice, Rule
from review.steps.reviewing import checking as check

LONGEST = 1000
"""Code points of what a rule finds, writes or asks of the source."""

MOST = 100_000
"""Segments that a choice names one by one."""


def rule_of(payload: Any) -> Rule:
    """A rule as JSON brings it: ``Rule``'s fields, all but ``find`` and ``replace`` optional. Raises InputError."""
    given = check.mapping(payload, "The rule")
    if not {"find", "replace"} <= given.keys() or given.keys() - {field.name for field in fields(Rule)}:
        raise InputError("A rule needs what to find and what to write instead.")
    flags = ("inflected", "case", "keep_case")
    read: dict[str, Any] = {name: check.flag(given[name], f"The rule's {name}") for name in flags if name in given}
    words = given.keys() - set(flags)
    read |= {name: check.text(given[name], f"The rule's {name}", most=LONGEST) for name in sorted(words)}
    return Rule(**read)


def choice_of(payload: Any) -> Choice:
    """A choice as JSON brings it, all of it optional: ids as lists, own texts under ids as text. Raises InputError."""
    given = check.mapping(payload, "The choice")
    own = check.mapping(given.get("own", {}), "The own texts")
    if len(own) > MOST:
        raise InputError(f"A choice can hold {MOST:,} texts of its own at most; do the rest in another act.")
    return Choice(
        every=check.flag(given.get("every", True), "every"),
        without=_ids(given.get("without", []), "without"),
        including=_ids(given.get("including", []), "including"),
        own={_id(key): check.text(text, "The text") for key, text in own.items()},
    )


def told(choice: Choice) -> dict[str, Any]:
    """A choice as JSON, as ``choice_of`` reads it."""
    own = {str(key): text for key, text in choice.own.items()}
    return {
        "every": choice.every,
        "without": sorted(choice.without),
        "including": sorted(choice.including),
        "own": own,
    }


def rule_told(rule: Rule) -> Mapping[str, Any]:
    """A rule as JSON, as ``rule_of`` reads it."""
    return asdict(rule)


def _ids(value: Any, what: str) -> frozenset[int]:
    found = check.listing(value, what, most=MOST)
    return frozenset(check.whole(item, f"A segment in {what}", least=1) for item in found)


def _id(key: str) -> int:
    if not (key.isascii() and key.isdigit() and len(key) < 17):
        raise InputError("An own text stands under its segment's number.")
    return int(key)
