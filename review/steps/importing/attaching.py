"""A source or a reference for an article that is already under review: laid over its segments, all work kept."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from review.errors import FormatError, InputError
from review.formats import Options, Source
from review.formats.lines import texts_of
from review.formats.pairing import DOUBTFUL, bare_paragraphs, is_document, kept, side_of, spread
from review.model import Article
from review.store import Store, articles

Given = str | os.PathLike[str] | bytes | BinaryIO


@dataclass(frozen=True, slots=True)
class Attached:
    """How well a text fitted: the share of sure pairs (0 to 1), and the segments that got none of it."""

    sureness: float
    segments: int
    without: int

    @property
    def message(self) -> str:
        """One sentence for the user."""
        told = f"{self.segments - self.without} of {self.segments} segments have their part"
        if self.sureness >= DOUBTFUL:
            return f"{told}."
        return f"{told}, but only {self.sureness:.0%} of the pairs are sure; check them, and re-pair where needed."


def attach_source(
    store: Store, actor: int, article: int, given: Given, name: str = "", options: Mapping[str, Any] | None = None
) -> Attached:
    """Give an article its source. Nothing that was done in it is touched. See ``attach_reference``."""
    return _attach(store, actor, article, given, name, options or {}, "source")


def attach_reference(
    store: Store, actor: int, article: int, given: Given, name: str = "", options: Mapping[str, Any] | None = None
) -> Attached:
    """Give an article one more reference.

    ``options`` may hold ``encoding``, ``language`` and ``format`` ("lines": line N belongs to segment N; "article":
    running text to be aligned; by default lines where the article came from lines). Raises InputError and FormatError.
    """
    return _attach(store, actor, article, given, name, options or {}, "reference")


def _attach(
    store: Store, actor: int, article: int, given: Given, name: str, options: Mapping[str, Any], side: str
) -> Attached:
    from review.steps import reviewing

    source = Source.of(given, name)
    with store.read() as connection:
        loaded = articles.load(connection, article)
    texts, sureness = lay(source, loaded, options)
    given_texts = [
        None if segment.deleted or (side != "source" and not text) else text
        for text, segment in zip(texts, loaded.segments, strict=True)
    ]
    reviewing.attach(store, actor, article, side, given_texts)
    live = [text for text, segment in zip(texts, loaded.segments, strict=True) if not segment.deleted]
    return Attached(sureness, len(live), sum(not text for text in live))


def lay(source: Source, article: Article, options: Mapping[str, Any]) -> tuple[list[str], float]:
    """The text's part for each segment ("" for none and for deleted ones), and how sure the whole is."""
    live = [segment for segment in article.segments if not segment.deleted]
    if not live:
        raise InputError(f"Every segment of {article.name} is deleted; restore one first.")
    encoding = str(options.get("encoding") or "")
    kind = str(options.get("format") or "")
    from_lines = all(locator.split("/")[-1].startswith(("line:", "row:")) for s in live for locator in s.locators)
    if kind not in ("", "lines", "article"):
        raise InputError(f"A source or reference is attached as lines or article, not as {kind}.")
    parts: list[str] | None = None
    sureness = 1.0
    if kind == "lines" or (not kind and from_lines and not is_document(source)):
        lines = texts_of(source, encoding)
        if len(lines) == len(live):
            parts = lines
        elif kind == "lines":
            raise FormatError(
                source.name,
                None,
                f"it has {len(lines)} lines, and the article {len(live)} segments",
                "Give one line a segment, or choose the layout of running text, which is aligned.",
            )
    if parts is None:
        language = str(options.get("language") or "")
        laid = spread(side_of(source, Options(encoding=encoding), language), bare_paragraphs(live))
        parts, sureness = kept(laid), laid.sureness
    place = iter(parts)
    return ["" if segment.deleted else next(place) for segment in article.segments], sureness
