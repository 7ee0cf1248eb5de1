"""The change report as HTML, to be read or printed: see ``report``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import BinaryIO

from review.formats import markup
from review.formats.base import Format
from review.formats.changes import DELETED, INSERTED, KEPT, Piece, iso
from review.formats.report import Row, rows, summary
from review.model import Article, ReadingHeader
from review.text.diff import opcodes

_ACTS = {
    "edit": "Edited",
    "accept": "Accepted",
    "propagate": "Propagated",
    "undo": "Undone",
    "redo": "Redone",
    "delete": "Deleted",
    "insert": "Inserted",
    "comment": "Comment",
}


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write one page: for each article how much was changed, then every act."""
    title = f"Changes: {header.extra.get('title') or header.name or 'corrected translation'}"
    for part in markup.page(title, (part for article in articles for part in _article(article))):
        out.write(part.encode("utf-8"))
    return []


def _article(article: Article) -> Iterator[str]:
    counts = summary(article)
    system = f" ({article.system})" if article.system else ""
    yield f"<h2>{escape(article.name + system)}</h2>\n"
    yield (
        f'<p class="about">{counts["segments"]} segments: {counts["changed"]} changed, {counts["deleted"]} deleted, '
        f"{counts['inserted']} inserted.</p>\n"
    )
    found = list(rows(article))
    if not found:
        return
    yield '<table>\n<thead><tr><th class="number" scope="col">No.</th><th scope="col">What</th>'
    yield '<th scope="col">Who and when</th><th scope="col">Why</th></tr></thead>\n<tbody>\n'
    for row in found:
        yield f'<tr><td class="number">{escape(row.segment.name)}</td>{_what(row, article.target_language)}'
        who = f"{_ACTS.get(row.act, row.act.capitalize())} by {row.by or 'unknown'}"
        yield f"<td>{escape(who)}<br>{escape(iso(row.at))}</td>{_why(row)}</tr>\n"
    yield "</tbody>\n</table>\n"


def _what(row: Row, language: str) -> str:
    found = []
    for tag, before, after in opcodes(row.before, row.after, language):
        if tag == "equal":
            found.append(Piece(KEPT, after))
        else:
            found += [Piece(DELETED, before), Piece(INSERTED, after)]
    html = markup.marked(piece for piece in found if piece.text)
    return f'<td class="text"{markup.direction(language)}>{html}</td>'


def _why(row: Row) -> str:
    lines = [row.reason] if row.reason else []
    if row.flag:
        lines.append(str(row.flag.get("message", "")))
        kind = ", ".join(str(row.flag.get(key, "")) for key in ("detector", "category", "severity"))
        lines.append(f"Flag: {kind}")
        if row.flag.get("evidence"):
            lines.append(f"Evidence: {row.flag['evidence']}")
    return "<td>" + "".join(f'<div dir="auto">{escape(line)}</div>' for line in lines) + "</td>"


FORMAT = Format(
    "report-html",
    "Change report, HTML",
    (".html",),
    "text/html",
    build=build,
    holds=frozenset({"machine", "comments", "history", "deleted", "inserted", "systems"}),
    group="report",
    about="every act, to read or to print; only what was worked on",
)
