"""The article as a Word document with tracked changes, which Word and LibreOffice can accept or reject.

Rejecting all gives the machine's text, accepting all the corrected one (ISO/IEC 29500-1, 17.13.5: ``w:ins``,
``w:del``, and the same in a paragraph mark's properties for whole paragraphs).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import count, groupby
from typing import TYPE_CHECKING, Any, BinaryIO

from review.formats.changes import DELETED, INSERTED, KEPT, Piece, flowing, iso, touched
from review.model import Article, ReadingHeader, Segment
from review.text.codes import bare
from review.text.scripts import direction

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

NOBODY = "Rendition"
"""The author of a change whose author is not known: Word asks for one."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write one document; from the second article on each begins on a new page."""
    import docx

    document = docx.Document()
    document.core_properties.title = sound(str(header.extra.get("title") or header.name))[:255]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    writer = _Writer(document)
    for number, article in enumerate(articles):
        writer.article(without_codes(article), new_page=number > 0)
    document.save(out)
    return []


def without_codes(article: Article) -> Article:
    """The article with the codes of its file taken out of its texts."""
    return replace(article, segments=tuple(_bare(segment) for segment in article.segments))


def _bare(segment: Segment) -> Segment:
    if not segment.codes:
        return segment
    known, given = segment.codes, segment.correction
    return replace(
        segment,
        hypothesis=bare(known, segment.hypothesis),
        source=None if segment.source is None else bare(known, segment.source),
        references=tuple(bare(known, text) for text in segment.references),
        alternatives=tuple(bare(known, text) for text in segment.alternatives),
        correction=None if given is None else replace(given, text=bare(known, given.text)),
    )


def clean(article: Article) -> Article:
    """The article as if the current text were the machine's: nothing in it is a change."""
    segments = (
        replace(segment, hypothesis=segment.text, correction=None)
        for segment in article.segments
        if not segment.deleted
    )
    return replace(article, segments=tuple(segments))


def sound(text: str) -> str:
    """The text without what XML cannot hold."""
    return _FORBIDDEN.sub("�", text)


class _Writer:
    """Writes articles into one document; numbers its changes."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.ids = count(1)

    def article(self, article: Article, new_page: bool) -> None:
        groups = [list(group) for _, group in groupby(article.segments, key=lambda segment: segment.paragraph)]
        marks = _marks(groups)
        for number, (group, mark) in enumerate(zip(groups, marks, strict=True)):
            paragraph = self.document.add_paragraph()
            if new_page and number == 0:
                paragraph.paragraph_format.page_break_before = True
            rtl = direction(article.target_language) == "rtl"
            if rtl:
                paragraph._p.get_or_add_pPr().append(element("w:bidi"))
            if mark:
                kind, segment = mark
                self._mark(paragraph, kind, segment)
            for segment, pieces in flowing(group, article.target_language):
                runs = [self._run(paragraph, piece, segment, article.target_language, rtl) for piece in pieces]
                self._comments(segment, runs)

    def _run(self, paragraph: Paragraph, piece: Piece, segment: Segment, language: str, rtl: bool) -> Any:
        """Add a piece to a paragraph, within ``w:ins`` or ``w:del`` where it is a change."""
        run = element("w:r")
        properties = element("w:rPr")
        if rtl:
            properties.append(element("w:rtl"))
        if language:
            name = "w:eastAsia" if language.split("-")[0].lower() in ("zh", "ja", "ko") else "w:val"
            properties.append(element("w:lang", **{"w:bidi" if rtl else name: language}))
        if len(properties):
            run.append(properties)
        for part in re.split(r"(\t|\r\n|\n|\r)", sound(piece.text)):
            if part == "\t":
                run.append(element("w:tab"))
            elif part in ("\n", "\r", "\r\n"):
                run.append(element("w:br"))
            elif part:
                text = element("w:delText" if piece.kind == DELETED else "w:t")
                text.text = part
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                run.append(text)
        if piece.kind == KEPT:
            whole = run
        else:
            whole = self._change("w:ins" if piece.kind == INSERTED else "w:del", segment)
            whole.append(run)
        paragraph._p.append(whole)
        return whole

    def _change(self, tag: str, segment: Segment) -> Any:
        correction = segment.correction
        author = sound(correction.author if correction and correction.author else NOBODY)
        given = {"w:id": str(next(self.ids)), "w:author": author[:255]}
        if correction and correction.at:
            given["w:date"] = iso(correction.at)
        return element(tag, **given)

    def _mark(self, paragraph: Paragraph, kind: str, segment: Segment) -> None:
        """Track the paragraph's end: inserted or deleted with the paragraph itself."""
        properties = element("w:rPr")
        properties.append(self._change("w:ins" if kind == INSERTED else "w:del", segment))
        paragraph._p.get_or_add_pPr().append(properties)

    def _comments(self, segment: Segment, runs: list[Any]) -> None:
        """Word comments about a segment's runs (or the changes around them)."""
        if segment.correction is None or not runs:
            return
        for comment in segment.correction.comments:
            author = sound(comment.actor or NOBODY)
            initials = "".join(word[0] for word in author.split())[:3]
            made = self.document.comments.add_comment(text=sound(comment.text), author=author, initials=initials)
            if comment.at:
                made._comment_elm.set(_qualified("w:date"), iso(comment.at))
            key = {"w:id": str(made.comment_id)}
            runs[0].addprevious(element("w:commentRangeStart", **key))
            reference = element("w:r")
            reference.append(element("w:commentReference", **key))
            runs[-1].addnext(reference)
            runs[-1].addnext(element("w:commentRangeEnd", **key))


def _marks(groups: list[list[Segment]]) -> list[tuple[str, Segment] | None]:
    """What becomes of each paragraph's end, and by which segment's change.

    A paragraph that goes or comes takes its own end with it; the last one, whose end must stay, that of the
    paragraph before it.
    """
    found: list[tuple[str, Segment] | None] = [None] * len(groups)
    for number, group in enumerate(groups):
        gone = all(segment.deleted for segment in group)
        new = all(touched(segment) and not segment.hypothesis and not segment.deleted for segment in group)
        if gone or new:
            found[number] = (DELETED if gone else INSERTED, group[0])
    last = len(groups) - 1
    if found and found[last] is not None:
        first = last
        while first > 0 and found[first] is not None and found[first - 1] is not None:
            first -= 1
        found = found[: max(first - 1, 0)] + found[first:] + [None] if first else [*found[1:], None]
    return found


def element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(_qualified(name), value)
    return made


def _qualified(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))
