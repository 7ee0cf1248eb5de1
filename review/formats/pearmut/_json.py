"""The records of a Pearmut file, whichever of its three shapes it has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from review.errors import FormatError
from review.formats.base import Source, unpacked
from review.text import encodings

WANTED = "Give a campaign, or the annotations as Pearmut keeps or downloads them."
RESET = "__RESET__"
"""The annotation of an entry that takes back what the user said of the document before."""


def records(source: Source) -> tuple[dict[str, Any] | None, list[tuple[str, int, dict[str, Any]]]]:
    """The campaign if the file is one, and all entries: where each stands in words, its line or 0, and itself.

    Raises FormatError where the file is not JSON or none of Pearmut's.
    """
    data = unpacked(source)
    kind, mark = encodings.mark(data[:4])
    try:
        text = data[mark:].decode(kind or "utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(source.name, None, "this is not UTF-8 text", "Save the file as UTF-8.") from error
    whole = _parsed(text)
    if whole is None:
        return None, list(_lines(source, text))
    if isinstance(whole, dict) and "data" in whole and "annotation" not in whole:
        return whole, []
    if isinstance(whole, dict) and "annotation" in whole:
        return None, [("entry 1", 1, whole)]
    if isinstance(whole, list):
        return None, [(f"entry {number}", 0, _entry(source, item)) for number, item in enumerate(whole, 1)]
    if isinstance(whole, dict) and whole and all(isinstance(value, list) for value in whole.values()):
        return None, [
            (f"{name}, entry {number}", 0, _entry(source, item))
            for name, entries in whole.items()
            for number, item in enumerate(entries, 1)
        ]
    raise FormatError(source.name, None, "this is no campaign and no annotation of Pearmut", WANTED)


def _parsed(text: str) -> Any:
    """The file as one JSON value; None where it is not one."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _lines(source: Source, text: str) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except RecursionError as error:
            raise FormatError(source.name, number, "the line is nested too deeply", WANTED) from error
        except json.JSONDecodeError as error:
            what = f"this is not JSON ({error.msg}, column {error.colno})"
            raise FormatError(source.name, number, what, WANTED) from error
        except ValueError as error:
            raise FormatError(source.name, number, "the line holds a number that is too long", WANTED) from error
        yield f"line {number}", number, _entry(source, found, number)


def _entry(source: Source, item: Any, line: int | None = None) -> dict[str, Any]:
    if not isinstance(item, dict) or ("annotation" not in item and "item" not in item):
        raise FormatError(source.name, line, "this is no annotation of Pearmut (it has no “annotation”)", WANTED)
    return item
