"""Corrected text back into its Markdown, and articles as Markdown from scratch.

What a reviewer typed is text: signs that would be markup get a backslash (CommonMark 0.31, section 2.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import BinaryIO

from review.formats import plain, runs, splicing
from review.formats.markdown._blocks import CELL, text_of
from review.formats.text import clean
from review.model import Article, Correction, ReadingHeader
from review.text.codes import bare

_SIGNS = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)|[`*_\[\]]|<(?=[A-Za-z/!?])|~(?=~)|(?<=~)~|&(?=#?\w{1,32};)|!$")
_LEADING = re.compile(r"\A(\d{1,9})?([#>+=~|:-]|(?<=\d)[.)])")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_LINES = re.compile(r"[ \t]*[\r\n]\s*")
_GONE = re.compile("[\0\ud800-\udfff]")
_ENDS = tuple(".!?:;…。！？：；”\"'’)）」』")
_HEADLINE = 200
_NOTHING = "<!-- -->"
"""What stands for text without being any."""


def escaped(text: str, block: runs.Block, leads: bool) -> str:
    """Text as Markdown that is read as this text. ``leads``: it stands where its block begins."""
    written = _SIGNS.sub(r"\\\g<0>", _LINES.sub(" ", _GONE.sub("\ufffd", text)))
    if block.kind == CELL:
        written = written.replace("|", r"\|")
    return _LEADING.sub(r"\1\\\2", written.lstrip(" \t")) if leads else written


def careful(text: str, block: runs.Block, leads: bool) -> str:
    """The same with a backslash before every sign that could ever need one."""
    written = _PUNCTUATION.sub(r"\\\g<0>", _LINES.sub(" ", _GONE.sub("\ufffd", text)))
    return written.lstrip(" \t") if leads else written


def rewrite(header: ReadingHeader, original: BinaryIO, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Copy the original with the corrected sentences in their places; return warnings.

    A paragraph or heading of which nothing is left goes with its lines; list items, quotes and cells are emptied.
    """
    data = original.read()
    bom, text = plain.decode(data, header)
    made = next(iter(articles), None)
    if made is None:
        out.write(data)
        return []
    found = text_of(text)
    emptied: list[int] = []

    def tidy(outcome: splicing.Outcome, again: bool) -> None:
        emptied.clear()
        for start in outcome.emptied:
            if start in found.lines:
                first, last = found.lines[start]
                inside = [edit for edit in outcome.edits if not first <= edit.start < last]
                outcome.edits = sorted([*inside, splicing.Edit(first, last, "")], key=lambda edit: edit[:2])
                continue
            emptied.append(start)
            if again:  # an empty item would take the text after it, or part a list
                outcome.edits = sorted(
                    [splicing.Edit(start, start, _NOTHING), *outcome.edits], key=lambda edit: edit[:2]
                )

    def reread(new: str) -> list[runs.Block]:
        return text_of(new.encode(header.encoding, "xmlcharrefreplace").decode(header.encoding)).blocks

    outcome, warnings = splicing.settled(text, found.blocks, made.segments, escaped, careful, reread, tidy)

    def write(new: str) -> bytes:
        return new.encode(header.encoding, "xmlcharrefreplace")

    out.write(bom + splicing.encoded(data[len(bom) :], text, outcome.edits, header, write))
    told = []
    if emptied:
        told.append(f"Deleted, so left empty where they stand in lists, quotes and tables: {len(emptied)}.")
    if outcome.moved:
        told.append(f"Merged across blocks, so written into the first of them: {outcome.moved} segments.")
    return told + warnings


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write the clean articles in UTF-8; a headline as a heading, a rule between one article and the next."""
    for number, article in enumerate(articles):
        paragraphs = clean(_without_codes(article))
        block = runs.Block("paragraph", 0, 0, ())
        written = [escaped(" ".join(paragraph.split()), block, leads=True) for paragraph in paragraphs]
        first = paragraphs[0] if paragraphs else ""
        if len(paragraphs) > 1 and len(first) <= _HEADLINE and not first.endswith(_ENDS):
            written[0] = "# " + re.sub(r"#$", r"\\#", written[0])
        out.write((("\n---\n\n" if number else "") + "\n\n".join(written) + "\n").encode("utf-8"))
    return []


def _without_codes(article: Article) -> Article:
    made = []
    for segment in article.segments:
        now = segment.correction or Correction(segment.hypothesis)
        made.append(replace(segment, correction=replace(now, text=bare(segment.codes, segment.text))))
    return replace(article, segments=tuple(made))
