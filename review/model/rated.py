"""Articles as human raters judged them: what evaluation compares with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from review.model.article import Article
from review.model.flag import ErrorSpan


@dataclass(frozen=True, slots=True)
class Rated:
    """An article with every rater's error spans.

    ``raters`` names who looked at each segment (by id), also where they marked nothing. ``document`` is the
    article's name without its system.
    """

    article: Article
    spans: tuple[ErrorSpan, ...]
    raters: Mapping[str, tuple[str, ...]]
    document: str
