"""The way to the present state, read from the events: changes and comments of segments."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from review.model import Change, Comment
from review.store.pieces import Piece


def trail(
    connection: Connection, article: int, found: Sequence[Piece]
) -> tuple[dict[int, list[Change]], dict[int, list[Comment]], dict[int, str]]:
    """By segment, the changes of its text and its comments, oldest first; and actors' names by id."""
    return {}, {}, {}
