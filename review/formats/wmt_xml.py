"""Test sets of WMT in XML: documents with a source, references, and outputs of systems, segment by segment.

    <dataset id="..."><doc id="..." origlang="zh">
      <src lang="zh"><p><seg id="1">...</seg></p></src>
      <ref lang="en" translator="A"><p><seg id="1">...</seg></p></ref>
      <hyp lang="en" system="..."><p><seg id="1">...</seg></p></hyp>
    </doc></dataset>

Each output is an article; a <p> is a paragraph; segments belong together by their ids. A <collection> may stand around
documents. Corrections are written into the <hyp> of their system; everything else stays byte for byte. As sacrebleu
and the WMT releases since 2021 read and write it; see github.com/wmt-conference/wmt-format-tools.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from review.errors import FormatError
from review.formats.base import Format, Options, Source
from review.formats.folding import fold
from review.formats.study import listed, names
from review.formats.xml import Document, Node, Splices, escaped, open_document, original_document, quoted, scan, visible
from review.model import Article, Reading, ReadingHeader, Segment
from review.text.bared import bare_article
from review.text.sentences import join

WANTED = "Give a test set of WMT, with the outputs of systems (<hyp>) in it."
_WHOLE = frozenset({"doc"})


def read(source: Source, options: Options) -> Reading:
    """Read a test set. Raises InputError and FormatError, so where there is no output of a system."""
    document = open_document(source, options.encoding)
    articles: list[Article] = []
    warnings: list[str] = []
    alone: list[str] = []
    seen: set[tuple[str, str]] = set()
    for number, doc in enumerate(_docs(document), 1):
        name = doc.get("id") or f"document {number}"
        found = list(_articles(document, doc, name, options))
        if not found:
            alone.append(name)
        for article in found:
            key = (article.name, article.system)
            if key in seen:
                what = f"the document {name!r} has two outputs by {article.system!r}"
                raise FormatError(source.name, doc.line, what, "Give each system another name.")
            seen.add(key)
        articles += found
    if not articles:
        raise FormatError(source.name, None, "there is no output of a system in it", WANTED)
    warnings += listed(f"{source.name}: documents without any output are left out", alone)
    header = document.header("wmt-xml", count=sum(len(article.segments) for article in articles))
    return Reading(header, iter(articles), tuple(warnings))


def _docs(document: Document) -> Iterator[Node]:
    """Every <doc>. Raises FormatError where the file is something else."""
    root = True
    for event, node in scan(document, _WHOLE):
        if root and node.name not in ("dataset", "doc"):
            what = f"its first element is <{node.name[:50]}>, not <dataset>"
            raise FormatError(document.name, node.line, what, WANTED)
        root = False
        if event == "whole":
            yield node


def _segments(document: Document, side: Node) -> dict[str, tuple[Node, int]]:
    """The <seg> of a side by id, each with the number of its paragraph. Raises FormatError."""
    found: dict[str, tuple[Node, int]] = {}
    paragraphs: dict[int, int] = {}
    for seg in side.all("seg"):
        key = seg.get("id")
        if not key:
            raise FormatError(document.name, seg.line, "a <seg> has no id", "Number the segments.")
        if key in found:
            what = f"two <seg> of one <{side.name}> have the id {key[:50]!r}"
            raise FormatError(document.name, seg.line, what, "Number the segments anew.")
        if next(seg.elements(), None) is not None:
            what = f"the <seg> {key[:50]!r} holds an element; segments are text alone"
            raise FormatError(document.name, seg.line, what, "Take the markup out.")
        above = seg.parent.start if seg.parent is not None else 0
        found[key] = (seg, paragraphs.setdefault(above, len(paragraphs)))
    return found


def _articles(document: Document, doc: Node, name: str, options: Options) -> Iterator[Article]:
    src = doc.first("src")
    sources = _segments(document, src) if src is not None else {}
    references = [_segments(document, ref) for ref in doc.elements("ref")]
    for hyp in doc.elements("hyp"):
        own = _segments(document, hyp)
        system = hyp.get("system") or options.system
        extra = sorted(set(own) - set(sources), key=str) if sources else []
        if extra:
            what = f"the <hyp> of {system!r} has a <seg> {extra[0][:50]!r} that the source has not"
            raise FormatError(document.name, own[extra[0]][0].line, what, "Give each <seg> the id of its source.")
        lacking = [key for key in sources if key not in own]
        if lacking:
            what = f"the <hyp> of {system!r} has no <seg> {lacking[0][:50]!r}"
            raise FormatError(document.name, hyp.line, what, "Give every segment of the source, empty if need be.")
        segments = tuple(
            Segment(
                seg.text,
                name=key,
                source=sources[key][0].text if key in sources else None,
                references=tuple(side[key][0].text if key in side else "" for side in references),
                order=place,
                paragraph=paragraph,
                locators=(f"seg:{seg.start}",),
            )
            for place, (key, (seg, paragraph)) in enumerate(own.items())
        )
        if segments:
            languages = (src.get("lang") if src is not None else "") or doc.get("origlang"), hyp.get("lang")
            yield Article(
                name,
                segments,
                system,
                options.source_language or languages[0],
                options.target_language or languages[1],
            )


def rewrite(header: ReadingHeader, original: BinaryIO, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Copy the original with the corrected text of its outputs; every <seg> stays, so that the count does."""
    document = original_document(original, header)
    nodes = {node.start: node for doc in _docs(document) for hyp in doc.elements("hyp") for node in hyp.all("seg")}
    texts: dict[int, str] = {}
    emptied: list[str] = []
    inserted = 0
    for article in articles:
        waiting, last = "", -1
        for unit in fold(article.segments):
            places = [int(item.partition(":")[2]) for item in unit.locators if item.startswith("seg:")]
            if not places:
                inserted += bool(unit.text)
                if last < 0:
                    waiting = join((waiting, unit.text))
                elif unit.text:
                    texts[last] = join((texts.get(last, nodes[last].text), unit.text))
                continue
            last = places[0]
            if waiting or unit.touched:
                texts[last] = join((waiting, unit.text))
                texts.update((place, "") for place in places[1:])
            emptied += [nodes[place].get("id") for place in (places if unit.deleted else places[1:])]
            waiting = ""
    splices = Splices(document)
    unheld: dict[str, None] = {}
    for place, text in texts.items():
        shown = _shown(text, unheld)
        if shown != nodes[place].text:
            splices.content(nodes[place], escaped(shown))
    splices.write(out)
    warnings = listed("Deleted or merged away, so left empty to keep the count: seg", emptied)
    if inserted:
        warnings.append(f"{inserted} inserted sentences stand at the end of the segment before them.")
    return warnings + _unheld(unheld)


def _shown(text: str, unheld: dict[str, None]) -> str:
    shown, found = visible(text)
    unheld.update(dict.fromkeys(found))
    return shown


def _unheld(unheld: dict[str, None]) -> list[str]:
    return listed("XML cannot hold these characters; signs stand for them", list(unheld))


class _Doc:
    """A document on its way into a file: what its outputs share, and each of them."""

    def __init__(self, article: Article, name: str, ids: list[str]) -> None:
        self.name, self.ids, self.first = name, ids, article
        self.shared = _shared(article)
        self.outputs: dict[str, Article] = {article.system: article}

    def takes(self, article: Article, ids: list[str]) -> bool:
        return ids == self.ids and _shared(article) == self.shared and article.system not in self.outputs


def _shared(article: Article) -> list[tuple[str | None, tuple[str, ...], int]]:
    return [(segment.source, segment.references, segment.paragraph) for segment in article.segments]


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write a test set; the outputs of one document whose segments, sources and references are alike stand together.

    Inline codes of the file that the batch came in are left out: they are no words.
    """
    found: dict[str, list[_Doc]] = {}
    deleted: list[str] = []
    for article in map(bare_article, articles):
        ids, docs = names(article), found.setdefault(article.name, [])
        deleted += [f"{article.name} {key}" for key, one in zip(ids, article.segments, strict=True) if one.deleted]
        doc = next((doc for doc in docs if doc.takes(article, ids)), None)
        if doc is not None:
            doc.outputs[article.system] = article
        else:
            docs.append(_Doc(article, f"{article.name} ({len(docs) + 1})" if docs else article.name, ids))
    unheld: dict[str, None] = {}

    def attribute(text: str) -> bytes:
        return b'"' + quoted(_shown(text, unheld)) + b'"'

    def side(tag: bytes, close: bytes, doc: _Doc, texts: list[str]) -> None:
        out.write(b"    <" + tag + b">\n")
        last = None
        for key, segment, text in zip(doc.ids, doc.first.segments, texts, strict=True):
            if segment.paragraph != last:
                out.write((b"" if last is None else b"      </p>\n") + b"      <p>\n")
                last = segment.paragraph
            seg = b"        <seg id=" + attribute(key) + b">" + escaped(_shown(text, unheld)) + b"</seg>\n"
            out.write(seg)
        out.write(b"      </p>\n    </" + close + b">\n")

    title = str(header.extra.get("title") or header.name or "test set")
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<dataset id=' + attribute(title) + b">\n")
    for doc in (doc for docs in found.values() for doc in docs):
        article = doc.first
        origin, target = attribute(article.source_language), attribute(article.target_language)
        out.write(b"  <doc id=" + attribute(doc.name) + b" origlang=" + origin + b">\n")
        if any(segment.source is not None for segment in article.segments):
            side(b"src lang=" + origin, b"src", doc, [segment.source or "" for segment in article.segments])
        for number in range(max((len(segment.references) for segment in article.segments), default=0)):
            given = [(*segment.references, *[""] * (number + 1))[number] for segment in article.segments]
            letter = attribute(chr(65 + number) if number < 26 else str(number + 1))
            side(b"ref lang=" + target + b" translator=" + letter, b"ref", doc, given)
        for system, output in doc.outputs.items():
            now = ["" if segment.deleted else segment.text for segment in output.segments]
            side(b"hyp lang=" + target + b" system=" + attribute(system), b"hyp", doc, now)
        out.write(b"  </doc>\n")
    out.write(b"</dataset>\n")
    return listed("Deleted segments are left empty to keep the count", deleted) + _unheld(unheld)


def sniff(source: Source, options: Options) -> float:
    """Sure of <dataset> with documents in it."""
    head = source.head()
    text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    return 0.97 if re.search(r"<dataset\b", text) and re.search(r"<(doc|collection)\b", text) else 0.0


FORMAT = Format(
    "wmt-xml",
    "WMT test set (XML)",
    (".xml",),
    "application/xml",
    sniff,
    read,
    rewrite,
    build,
    holds=frozenset({"source", "references", "systems"}),
    group="evaluation",
    about="documents with source, references and each system's corrected output",
)
