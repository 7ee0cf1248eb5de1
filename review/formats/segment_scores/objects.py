"""Scores as JSON: lists, objects with a list for each system, objects with one score each; JSON Lines too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from review.formats.segment_scores.base import DOCUMENT, SCORE, SEGMENT, SYSTEM, Rows


def recognise(text: str) -> bool:
    """True for what can only be JSON."""
    return text.lstrip()[:1] in ("[", "{")


def read(text: str, rows: Rows) -> None:
    """Read one JSON value, or one object a line. Raises FormatError."""
    try:
        value = json.loads(text)
    except RecursionError:
        rows.refuse(None, "the JSON is nested too deeply")
    except json.JSONDecodeError as error:
        if error.msg != "Extra data" or not text.lstrip().startswith("{"):
            rows.refuse(error.lineno, f"this is not JSON ({error.msg}, column {error.colno})")
        _read_lines(text, rows)
        return
    except ValueError:
        rows.refuse(None, "the JSON holds a number that is too long")
    if isinstance(value, list):
        _read_list("", value, rows)
    elif _named(value, SCORE) is not None and not isinstance(value[_key(value, SCORE)], list | dict):
        _read_list("", [value], rows)
    elif isinstance(value.get("scores"), list):
        _read_list(str(value.get("system", "")), value["scores"], rows)
    else:
        _read_systems(value, rows)


def _read_lines(text: str, rows: Rows) -> None:
    for at, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            rows.refuse(at, "the line is not JSON")
        _read_one("", value, rows, line=at)


def _read_systems(value: Mapping[str, Any], rows: Rows) -> None:
    """An object that has for each system a list of scores, or one score."""
    if not value:
        rows.refuse(None, "there is no score in it")
    for system, found in value.items():
        if isinstance(found, list):
            _read_list(system, found, rows)
        elif isinstance(found, dict | str | bool):
            rows.refuse(None, f"the key {system[:40]!r} holds neither a list of scores nor a score")
        else:
            rows.add(system, 0, found, item=1)


def _read_list(system: str, values: Iterable[Any], rows: Rows) -> None:
    for at, value in enumerate(values, 1):
        _read_one(system, value, rows, item=at)


def _read_one(system: str, value: Any, rows: Rows, line: int = 0, item: int = 0) -> None:
    if not isinstance(value, dict):
        rows.add(system, line, value, item=item)
        return
    if _key(value, SCORE) is None:
        where = f"item {item}" if item else "the object"
        rows.refuse(line, f"{where} has no key score, COMET or prediction", "Give each object its score.")
    named = _named(value, SYSTEM)
    document = _named(value, DOCUMENT)
    rows.add(
        system or ("" if named is None else str(named)),
        line,
        _named(value, SCORE),
        _named(value, SEGMENT),
        "" if document is None else str(document),
        item,
    )


def _key(value: Mapping[str, Any], names: Iterable[str]) -> str | None:
    keys = {key.lower(): key for key in reversed(list(value))}
    return next((keys[name] for name in names if name in keys), None)


def _named(value: Mapping[str, Any], names: Iterable[str]) -> Any:
    key = _key(value, names)
    return None if key is None else value[key]
