"""Rows to articles: a row names its article, and rows of one article need not be adjacent."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from review.model import Article, Segment
from review.text.sentences import guess_language


class Key(NamedTuple):
    """What rows of one article have in common. ``article`` is "" where the file names none."""

    article: str
    system: str
    source_language: str
    target_language: str


class Row(NamedTuple):
    """One row: where it begins (bytes after the mark, line number), what it belongs to, what it holds."""

    offset: int
    line: int
    key: Key
    segment: Segment


SAMPLE = 4000
"""Characters of text by which an unnamed language is told."""

Rows = Callable[[int, int], Iterator[Row]]
"""Rows from an offset and line number on."""


class Index:
    """Where the runs of each article begin: found by reading all rows once, kept in 16 bytes a run."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.count = 0
        self.runs: dict[Key, array[int]] = {}
        self.samples = {"source": "", "target": ""}
        last: Key | None = None
        for row in rows(0, 1):
            if len(self.samples["target"]) < SAMPLE:
                self.samples["target"] += row.segment.hypothesis[:SAMPLE] + " "
                self.samples["source"] += (row.segment.source or "")[:SAMPLE] + " "
            if row.key != last:
                self.runs.setdefault(row.key, array("q")).extend((row.offset, row.line))
                last = row.key
            self.count += 1

    @property
    def adjacent(self) -> bool:
        """Whether the rows of each article stand together, so that articles come in the file's order."""
        return all(len(starts) == 2 for starts in self.runs.values())

    def articles(self, name: str, cut: int) -> Iterator[Article]:
        """The articles in order of first appearance; unnamed ones are called ``name`` and cut at ``cut`` segments."""
        for key, starts in self.runs.items():
            segments: list[Segment] = []
            paragraph, last = -1, -1
            part = 0
            for place in range(0, len(starts), 2):
                for row in self.rows(starts[place], starts[place + 1]):
                    if row.key != key:
                        break
                    if not key.article and len(segments) == cut:
                        yield self._article(key, f"{name} ({part * cut + 1}-{(part + 1) * cut})", segments)
                        segments, paragraph, part = [], -1, part + 1
                    # Files number paragraphs as they like; here the numbers go up. Unnumbered rows are one each.
                    number = row.segment.paragraph
                    paragraph += not segments or number < 0 or number != last
                    last = number
                    title = row.segment.name or str(part * cut + len(segments) + 1)
                    segments.append(replace(row.segment, name=title, order=len(segments), paragraph=paragraph))
            if segments:
                title = key.article or (f"{name} ({part * cut + 1}-{part * cut + len(segments)})" if part else name)
                yield self._article(key, title, segments)

    def _article(self, key: Key, name: str, segments: list[Segment]) -> Article:
        source = key.source_language or guess_language(self.samples["source"])
        target = key.target_language or guess_language(self.samples["target"])
        return Article(name, tuple(segments), key.system, source, target)
