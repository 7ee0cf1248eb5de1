"""Columns to group a batch by, read from the file that it came as: the store keeps those alone that it knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from review.errors import InputError
from review.formats import labels
from review.model import Article

if TYPE_CHECKING:
    from review.model import ReadingHeader
    from review.store import Store


def column_names(store: Store, batch: int) -> list[str]:
    """The columns of a batch's file: of a table all, of JSON Lines the keys, of other formats none."""
    return labels.names(*_original(store, batch))


def column(store: Store, batch: int, articles: Iterable[Article], name: str) -> dict[str, str]:
    """The value of a column by segment id; "" where it is empty, no entry for what has no place in the file.

    A merged segment has the value of its first row. Raises InputError, naming the columns, where there is no such one.
    """
    header, original = _original(store, batch)
    found = labels.values(header, original, name)
    if not found:
        known = labels.names(header, original)
        there = f"; the file has {', '.join(known)}" if known else ", for the file that it came as has none"
        raise InputError(f"The batch has no column {name!r}{there}.")
    return {
        segment.id: found[place]
        for article in articles
        for segment in article.segments
        if (place := labels.place(segment)) in found
    }


def _original(store: Store, batch: int) -> tuple[ReadingHeader, bytes]:
    from review.store import batches

    with store.read() as connection:
        return batches.header(connection, batch), batches.original(connection, batch) or b""
