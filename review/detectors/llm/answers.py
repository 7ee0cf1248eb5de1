"""What the model answered, checked field by field: an answer that breaks its form is no answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from review.detectors.llm.prompt import SIDES
from review.model import CATEGORIES, SEVERITIES

_FENCE = re.compile(r"\A\s*```[a-zA-Z]*[ \t]*\n(.*?)\n?[ \t]*```\s*\Z", re.DOTALL)
_OLDER = {"fluency": "linguistic conventions", "locale convention": "locale conventions"}
"""MQM's former names for its dimensions, which models know too."""

REASON_LENGTH = 500
SUGGESTION_LENGTH = 2000
MOST = 100
"""Errors in one answer, at most."""


class UnreadableError(Exception):
    """The answer breaks its form; ``str(error)`` says how, without a word of the segment."""


@dataclass(frozen=True, slots=True)
class Error:
    """One error as the model told it. ``suggestion`` is None where there is none, "" to delete the quote."""

    quote: str
    side: str
    category: str
    subcategory: str
    severity: str
    reason: str
    suggestion: str | None


def read(content: str) -> list[Error]:
    """The errors in an answer: a JSON object, alone or in one code fence. Raises UnreadableError."""
    fenced = _FENCE.match(content)
    try:
        found = json.loads(fenced[1] if fenced else content)
    except (ValueError, RecursionError):
        raise UnreadableError("the answer is not JSON, or was cut off") from None
    errors = found.get("errors") if isinstance(found, dict) else None
    if not isinstance(errors, list):
        raise UnreadableError('the answer has no list of "errors"')
    if len(errors) > MOST:
        raise UnreadableError(f"the answer lists more than {MOST} errors")
    return [_error(item, number) for number, item in enumerate(errors, 1)]


def _error(item: Any, number: int) -> Error:
    if not isinstance(item, dict):
        raise UnreadableError(f"error {number} of the answer is no object")
    side = _text(item, "side", number, "translation").strip().lower()
    if side not in SIDES:
        raise UnreadableError(f"error {number} of the answer names an unknown side")
    category, _, subcategory = _text(item, "category", number).strip().lower().partition("/")
    category, subcategory = _OLDER.get(category.strip(), category.strip()), subcategory.strip()
    if category not in CATEGORIES:
        raise UnreadableError(f"error {number} of the answer names an unknown category")
    severity = _text(item, "severity", number).strip().lower()
    if severity not in SEVERITIES:
        raise UnreadableError(f"error {number} of the answer names an unknown severity")
    suggestion = None if item.get("suggestion") is None else _text(item, "suggestion", number)
    return Error(
        quote=_text(item, "quote", number),
        side="source" if side == "source" else "target",
        category=category,
        subcategory=subcategory if subcategory in CATEGORIES[category] else "",
        severity=severity,
        reason=_sentence(_text(item, "reason", number)),
        suggestion=suggestion if suggestion is None or len(suggestion) <= SUGGESTION_LENGTH else None,
    )


def _text(item: dict[str, Any], name: str, number: int, default: str | None = None) -> str:
    value = item.get(name, default)
    if not isinstance(value, str):
        raise UnreadableError(f'error {number} of the answer has no "{name}"')
    # Neither a lone half of a surrogate pair nor a NUL can be stored everywhere.
    return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _sentence(reason: str) -> str:
    """The reason as one line with a full stop."""
    line = " ".join(reason.split()) or "The model gives no reason."
    if len(line) > REASON_LENGTH:
        line = line[: REASON_LENGTH - 1].rstrip() + "..."
    return line if line.endswith((".", "?", "!", "。", "？", "！", "…")) else f"{line}."
