"""Side by side as HTML: source, the machine's translation, and the corrected one with its changes marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import BinaryIO

from review.formats import markup
from review.formats.changes import day, pieces, touched
from review.model import Article, ReadingHeader, Segment


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write one page with a table for each article; it loads nothing from elsewhere."""
    title = str(header.extra.get("title") or header.name or "Corrected translation")
    for part in markup.page(title, (part for article in articles for part in _article(article, title))):
        out.write(part.encode("utf-8"))
    return []


def _article(article: Article, title: str) -> Iterator[str]:
    source = any(segment.source is not None for segment in article.segments)
    changed = sum(touched(segment) for segment in article.segments)
    system = f" by {article.system}" if article.system else ""
    if article.name != title:
        yield f"<h2>{escape(article.name)}</h2>\n"
    yield f'<p class="about">{len(article.segments)} segments{escape(system)}, {changed} changed.</p>\n'
    yield '<table>\n<thead><tr><th class="number" scope="col">No.</th>'
    yield '<th scope="col">Source</th>' if source else ""
    yield '<th scope="col">Machine translation</th><th scope="col">Corrected translation</th></tr></thead>\n<tbody>\n'
    paragraph = article.segments[0].paragraph if article.segments else 0
    for number, segment in enumerate(article.segments, 1):
        fresh = segment.paragraph != paragraph
        paragraph = segment.paragraph
        segment = markup.bare(segment)
        yield '<tr class="paragraph">' if fresh else "<tr>"
        yield f'<td class="number">{escape(segment.name or str(number))}</td>'
        yield markup.cell(segment.source or "", article.source_language) if source else ""
        yield markup.cell(segment.hypothesis, article.target_language)
        yield _corrected(segment, article.target_language)
        yield "</tr>\n"
    yield "</tbody>\n</table>\n"


def _corrected(segment: Segment, language: str) -> str:
    notes = []
    if segment.correction:
        if segment.deleted:
            notes.append("Deleted")
        elif segment.correction.inserted and not segment.hypothesis:
            notes.append("Inserted")
        if touched(segment) and segment.correction.author:
            at = f", {day(segment.correction.at)} UTC" if segment.correction.at else ""
            notes.append(f"{segment.correction.author}{at}")
        notes += [f"{comment.actor}: {comment.text}" for comment in segment.correction.comments]
    shown = "".join(f'<div class="note" dir="auto">{escape(note)}</div>' for note in notes)
    return f'<td class="text"{markup.direction(language)}>{markup.marked(pieces(segment, language))}{shown}</td>'
