"""The report of a review as one HTML page, to be read, printed and kept: it loads nothing, and opens offline.

It answers what was changed, by whom, when and why, article by article: see ``report`` for the acts.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from typing import BinaryIO

from review.formats import markup
from review.formats.base import Format
from review.formats.changes import DELETED, INSERTED, KEPT, Piece, day, iso, pieces, touched
from review.formats.report import Row, rows, summary
from review.model import Article, ErrorSpan, ReadingHeader, Segment
from review.text import codes
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
_COUNTS = ("segments", "changed", "deleted", "inserted", "confirmed", "approved", "comments", "flags", "errors")
_HEADS = ("Segments", "Changed", "Deleted", "Inserted", "Confirmed", "Approved", "Comments", "Flags taken", "Errors")

_MEMORY = 8 << 20


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write one page: how much was changed and by whom, then for each article every segment that was worked on."""
    title = f"Changes: {header.extra.get('title') or header.name or 'corrected translation'}"
    lines: list[tuple[str, dict[str, int]]] = []
    total: Counter[str] = Counter()
    people: dict[str, Counter[str]] = {}
    with tempfile.SpooledTemporaryFile(max_size=_MEMORY) as body:
        for number, article in enumerate(articles, 1):
            counts = _counts(article, people)
            total.update(counts)
            lines.append((_name(article), counts))
            for part in _article(article, number, counts):
                body.write(part.encode("utf-8"))
        body.seek(0)
        head, foot = _frame(title)
        out.write(head.encode("utf-8"))
        out.write("".join(_overview(lines, total, people)).encode("utf-8"))
        while chunk := body.read(1 << 16):
            out.write(chunk)
        out.write(foot.encode("utf-8"))
    return []


def _frame(title: str) -> tuple[str, str]:
    """The page around its body."""
    head, foot = "".join(markup.page(title, ["\0"])).split("\0")
    return head, foot


def _name(article: Article) -> str:
    return article.name + (f" ({article.system})" if article.system else "")


def _counts(article: Article, people: dict[str, Counter[str]]) -> dict[str, int]:
    """What the overview counts in an article; ``people`` gets who did how much of it."""
    found: Counter[str] = Counter(summary(article))
    for segment in article.segments:
        if segment.correction and not segment.deleted:
            found[segment.correction.status] += 1
    for row in rows(article):
        person = people.setdefault(row.by or "unknown", Counter())
        person["comments" if row.act == "comment" else "acts"] += 1
        if row.act == "accept":
            person["flags"] += 1
            found["flags"] += 1
        found["comments"] += row.act == "comment"
    for span in article.spans:
        people.setdefault(span.rater or "unknown", Counter())["errors"] += 1
    found["errors"] = len({(span.rater, span.error) for span in article.spans})
    return {name: found[name] for name in _COUNTS}


def _line(first: str, counts: dict[str, int] | Counter[str]) -> str:
    return f"<tr>{first}" + "".join(f'<td class="count">{counts[name]:,}</td>' for name in _COUNTS) + "</tr>\n"


def _overview(
    lines: list[tuple[str, dict[str, int]]], total: Counter[str], people: dict[str, Counter[str]]
) -> Iterator[str]:
    share = f" ({_touched(total) / total['segments']:.0%})" if total["segments"] else ""
    yield (
        f'<p class="about">{_many(len(lines), "article")}, {_many(total["segments"], "segment")}, of which '
        f"{_touched(total):,}{share} were changed, deleted or inserted. Below stand the segments that somebody "
        "worked on; the others are as they came. <del>Red and struck through</del> is what the machine wrote and was "
        "taken out, <ins>green and underlined</ins> what stands there now. Times are UTC.</p>\n"
    )
    heads = "".join(f'<th class="count" scope="col">{head}</th>' for head in _HEADS)
    yield f'<table class="counts">\n<thead><tr><th scope="col">Article</th>{heads}</tr></thead>\n<tbody>\n'
    for number, (name, counts) in enumerate(lines, 1):
        shown = f'<a href="#article-{number}">{escape(name)}</a>' if len(lines) > 1 else escape(name)
        yield _line(f'<th scope="row" dir="auto">{shown}</th>', counts)
    yield "</tbody>\n"
    if len(lines) > 1:
        whole = _line('<th scope="row">All</th>', total)
        yield f"<tfoot>{whole}</tfoot>\n"
    yield "</table>\n"
    if people:
        yield '<table class="counts">\n<thead><tr><th scope="col">Who</th><th class="count" scope="col">Changes</th>'
        yield '<th class="count" scope="col">Flags taken</th><th class="count" scope="col">Comments</th>'
        yield '<th class="count" scope="col">Errors marked</th></tr></thead>\n<tbody>\n'
        for name in sorted(people, key=lambda name: (-people[name].total(), name)):
            cells = (people[name][key] for key in ("acts", "flags", "comments", "errors"))
            numbers = "".join(f'<td class="count">{number:,}</td>' for number in cells)
            yield f'<tr><th scope="row" dir="auto">{escape(name)}</th>{numbers}</tr>\n'
        yield "</tbody>\n</table>\n"


def _touched(total: Counter[str]) -> int:
    return total["changed"] + total["deleted"] + total["inserted"]


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _article(article: Article, number: int, counts: dict[str, int]) -> Iterator[str]:
    yield f'<h2 id="article-{number}" dir="auto">{escape(_name(article))}</h2>\n'
    yield (
        f'<p class="about">{_many(counts["segments"], "segment")}: {counts["changed"]} changed, '
        f"{counts['deleted']} deleted, {counts['inserted']} inserted.</p>\n"
    )
    source = any(segment.source for segment in article.segments)
    groups = list(_by_segment(article))
    if groups:
        yield '<table class="changes">\n<thead><tr><th class="number" scope="col">No.</th>'
        yield '<th scope="col">Source</th>' if source else ""
        yield '<th scope="col">What was changed</th><th scope="col">By whom, when, why</th></tr></thead>\n<tbody>\n'
        for segment, found in groups:
            yield _segment(article, segment, found, source)
        yield "</tbody>\n</table>\n"
    else:
        yield "<p>Nothing was changed in it.</p>\n"
    yield from _judgements(article)


def _by_segment(article: Article) -> Iterator[tuple[Segment, list[Row]]]:
    for _, group in groupby(rows(article), key=lambda row: id(row.segment)):
        found = list(group)
        yield found[0].segment, found


def _segment(article: Article, segment: Segment, found: list[Row], source: bool) -> str:
    language = article.target_language
    status = segment.correction.status if segment.correction else "new"
    label = "deleted" if segment.deleted else status if status != "new" else ""
    shown = markup.bare(segment)
    parts = [f'<tr><td class="number">{escape(segment.name or str(segment.order + 1))}</td>']
    if source:
        parts.append(markup.cell(shown.source or "", article.source_language))
    marked = markup.marked(pieces(shown, language)) if touched(segment) else escape(shown.text)
    note = f'<div class="note">{escape(label.capitalize())}</div>' if label else ""
    parts.append(f'<td class="text"{markup.direction(language)}>{marked}{note}</td><td>')
    steps = sum(row.act != "comment" for row in found) > 1
    parts += [_act(row, steps, language) for row in found]
    return "".join([*parts, "</td></tr>\n"])


def _act(row: Row, step: bool, language: str) -> str:
    """One act: who, when, why; with its own differences where it is one of several."""
    at = f', <time datetime="{iso(row.at)}">{day(row.at)}</time>' if row.at else ""
    who = f"{_ACTS.get(row.act, row.act.capitalize())} by {row.by or 'unknown'}"
    lines = [f'<div class="who"><span dir="auto">{escape(who)}</span>{at}</div>']
    if step and row.act != "comment":
        before, after = (codes.bare(row.segment.codes, text) for text in (row.before, row.after))
        lines.append(
            f'<div class="step"{markup.direction(language)}>{markup.marked(_pieces(before, after, language))}</div>'
        )
    lines += [f'<div class="why" dir="auto">{escape(line)}</div>' for line in _why(row)]
    return f'<div class="act">{"".join(lines)}</div>'


def _pieces(before: str, after: str, language: str) -> list[Piece]:
    found = []
    for tag, was, now in opcodes(before, after, language):
        found += [Piece(KEPT, now)] if tag == "equal" else [Piece(DELETED, was), Piece(INSERTED, now)]
    return [piece for piece in found if piece.text]


def _why(row: Row) -> list[str]:
    lines = [row.reason] if row.reason else []
    if row.flag:
        flag = row.flag
        lines.append(str(flag.get("message", "")))
        kind = ", ".join(str(flag.get(key, "")) for key in ("detector", "category", "severity"))
        lines.append(f"Flag: {kind}")
        if flag.get("suggestions"):
            lines.append("Suggested: " + " | ".join(map(str, flag["suggestions"])))
        if flag.get("evidence"):
            lines.append(f"Evidence: {flag['evidence']}")
    return [line for line in lines if line]


def _judgements(article: Article) -> Iterator[str]:
    """What raters marked, and their ratings."""
    known = {segment.id or str(segment.order): segment for segment in article.segments}
    if article.spans:
        yield '<h3>Marked errors</h3>\n<table class="changes">\n<thead><tr><th class="number" scope="col">No.</th>'
        yield '<th scope="col">Where in the machine translation</th><th scope="col">What and by whom</th>'
        yield "</tr></thead>\n<tbody>\n"
        for span in article.spans:
            segment = known.get(span.segment)
            kind = ", ".join(part for part in (span.category, span.subcategory, span.severity) if part)
            name = escape(segment.name if segment else "")
            yield f'<tr><td class="number">{name}</td>{_where(span, segment, article)}<td>'
            yield f'<div class="who" dir="auto">{escape(kind)}</div><div dir="auto">by {escape(span.rater)}</div>'
            yield f'<div class="why" dir="auto">{escape(span.note)}</div></td></tr>\n' if span.note else "</td></tr>\n"
        yield "</tbody>\n</table>\n"
    given = [rating for rating in article.ratings if rating.value is not None]
    if given:
        yield '<h3>Ratings</h3>\n<table class="counts">\n<thead><tr><th scope="col">Of</th>'
        yield '<th scope="col">By</th><th class="count" scope="col">0 to 100</th></tr></thead>\n<tbody>\n'
        for rating in given:
            of = known.get(rating.segment)
            name = (of.name if of else rating.segment) if rating.segment else "the article"
            yield f'<tr><td>{escape(name)}</td><td dir="auto">{escape(rating.rater)}</td>'
            yield f'<td class="count">{rating.value:g}</td></tr>\n'
        yield "</tbody>\n</table>\n"


def _where(span: ErrorSpan, segment: Segment | None, article: Article) -> str:
    """The text with the span marked."""
    source = span.side == "source"
    text = (segment.source or "" if source else segment.hypothesis) if segment else ""
    language = article.source_language if source else article.target_language
    if segment is None:
        return '<td class="text">in a segment that was merged or split since</td>'
    before, inside, after = text[: span.start], text[span.start : span.end], text[span.end :]
    if span.missing:
        shown = f'{escape(text)}<div class="note">Something is missing</div>'
    elif inside:
        shown = f"{escape(before)}<mark>{escape(inside)}</mark>{escape(after)}"
    else:
        shown = f"<mark>{escape(text)}</mark>"
    return f'<td class="text"{markup.direction(language)}>{shown}</td>'


FORMAT = Format(
    "report-html",
    "Report of the review, HTML",
    (".html",),
    "text/html",
    build=build,
    holds=frozenset(
        {"source", "machine", "comments", "history", "status", "deleted", "inserted", "spans", "ratings", "systems"}
    ),
    group="report",
    about="what was changed, by whom, when and why, with counts, comments and marked errors; opens offline, prints",
)
