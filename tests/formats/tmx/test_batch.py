"""TMX as a batch of segments to review, and back."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from review import formats
from review.errors import FormatError, ReviewError
from review.formats.base import Options, Source
from review.model import Article, Code, ReadingHeader, Segment
from tests.formats.helpers import HOSTILE, again, at, corrected, deleted, edit, inserted, read, write, written
from tests.formats.tmx.samples import DTD, GOOD
from tests.formats.tmx.test_hostile import BAD

DATA = GOOD.encode()
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufffe\uffff"), max_size=20).filter(
    lambda text: all(sign >= " " or sign in "\t\n" for sign in text)
)


def segments(data: bytes, **options: Any) -> list[Segment]:
    return [segment for article in read(data, "tmx", **options)[1] for segment in article.segments]


def one(target: str, source: str = "源") -> bytes:
    """A file of one unit."""
    return (
        f'<tmx version="1.4"><header srclang="zh"/><body><tu><tuv xml:lang="zh"><seg>{source}</seg></tuv>'
        f'<tuv xml:lang="en"><seg>{target}</seg></tuv></tu></body></tmx>'
    ).encode()


def test_each_unit_is_a_segment_with_its_codes_and_notes() -> None:
    header, (article,) = read(DATA)
    assert header.format == "tmx"
    assert (article.source_language, article.target_language) == ("zh-CN", "en-GB")
    first, second = article.segments
    assert (first.source, first.hypothesis) == ("卡奥斯<1>平台</1>", "The <1>COSMOPlat</1> platform<2/>")
    assert first.codes == (Code("<1>", "<b>"), Code("</1>", "</b>"), Code("<2/>", "ph"))
    assert (first.name, first.notes, first.locators) == ("7", ("check",), ("tu:1",))
    assert (second.name, second.hypothesis) == ("2", "The last.")


def test_of_several_languages_the_first_is_read_and_the_others_are_named() -> None:
    reading = formats.read(DATA)
    assert "de (1)" in reading.warnings[0]
    assert "--to chooses" in reading.warnings[0]
    german = segments(DATA, target_language="de")
    assert [segment.hypothesis for segment in german] == ["Die Plattform", ""]
    assert [segment.hypothesis for segment in segments(DATA, target_language="en")] == [
        segment.hypothesis for segment in segments(DATA)
    ]
    assert segments(DATA, source_language="de", target_language="zh")[0].source == "Die Plattform"


def test_a_second_translation_into_the_same_language_is_an_alternative() -> None:
    data = one("a</seg></tuv><tuv xml:lang='en'><seg>b")
    assert segments(data)[0].alternatives == ("b",)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a<bpt i='1'/>b<ept i='1'/>", "a<1>b</1>"),
        ("<bpt i='1'>x</bpt>a<bpt i='2'/>b<ept i='2'/>c<ept i='1'/>", "<1>a<2>b</2>c</1>"),
        ("a<bpt i='1'/>b", "a<1/>b"),
        ("a<ept i='1'/>b<bpt i='1'/>", "a<1/>b<2/>"),
        ("<it pos='begin'/>a<hi type='b'>b<ph/></hi><ut>z</ut>", "<1/>a<2>b<3/></2><4/>"),
        ("a<ph>x<sub>in</sub></ph>", "a<1/>"),
        ("&lt;7&gt; a<ph/>", "<7> a<8/>"),
        ("a<!-- note -->b", "a<1/>b"),
    ],
)
def test_inline_elements_are_codes(markup: str, text: str) -> None:
    data = one(markup)
    (segment,) = segments(data)
    assert segment.hypothesis == text
    out, _ = edit(data, at(0, text + " more"))
    assert out == data.replace(b"</seg></tuv></tu>", b" more</seg></tuv></tu>")


def test_writing_changes_the_translation_alone() -> None:
    assert again(DATA) == DATA
    out, warnings = edit(DATA, at(0, "A <2/><1>KAOS & co</1>"))
    assert warnings == []
    wanted = GOOD.replace("The <bpt", 'A <ph x="2"/><bpt').replace(">COSMOPlat<", ">KAOS &amp; co<")
    assert out.decode() == wanted.replace(' platform<ph x="2"/>', "")


def test_a_code_that_only_the_source_has_can_be_put_in() -> None:
    data = one("plain", "<ph x='1'>{img}</ph>源")
    out, _ = edit(data, at(0, "plain <1/>"))
    assert b"<seg>plain <ph x='1'>{img}</ph></seg></tuv></tu>" in out


def test_codes_that_would_not_close_are_refused_by_their_unit() -> None:
    with pytest.raises(FormatError, match=r"unit 1: the inline codes are out of order\. Put each pair"):
        edit(one("a <hi>b</hi>"), at(0, "a </1>b<1>"))


def test_a_unit_without_translation_gets_one() -> None:
    data = (
        b'<tmx version="1.4"><header srclang="zh"/><body>\n <tu>\n  <tuv xml:lang="zh"><seg>\xe6\xba\x90</seg></tuv>\n'
        b" </tu></body></tmx>"
    )
    with pytest.raises(FormatError, match=r"all texts are in zh\. Say into which"):
        read(data)
    header, (article,) = read(data, target_language="en")
    made = replace(article, segments=(corrected(article.segments[0], "source"),))
    out = write(header, [made], data)
    assert b'</tuv>\n  <tuv xml:lang="en"><seg>source</seg></tuv>\n </tu>' in out


def test_the_layout_of_a_file_is_kept_around_its_texts() -> None:
    data = one("\n    The port.\n  ")
    assert segments(data)[0].hypothesis == "The port."
    assert edit(data, at(0, "A port."))[0] == data.replace(b"The port.", b"A port.")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_the_encoding_is_kept(encoding: str) -> None:
    data = GOOD.replace("utf-8", encoding.replace("-sig", "")).encode(encoding)
    assert again(data) == data
    out, _ = edit(data, at(1, "Das Ende €."))
    assert out == GOOD.replace("utf-8", encoding.replace("-sig", "")).replace("The last.", "Das Ende €.").encode(
        encoding
    )


def test_what_xml_cannot_hold_is_made_visible_and_told() -> None:
    out, warnings = edit(DATA, at(1, "bell \x07"))
    assert segments(out)[1].hypothesis == "bell ␇"
    assert "U+0007" in warnings[0]


@settings(deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4), st.integers(0, 9), TEXT)
def test_any_text_comes_back_and_one_edit_changes_one_translation(
    rows: list[tuple[str, str]], place: int, new: str
) -> None:
    start, middle, stop = '<tu><tuv xml:lang="zh"><seg>', '</seg></tuv><tuv xml:lang="en"><seg>', "</seg></tuv></tu>"
    units = [start + escape(source) + middle + escape(text) + stop for source, text in rows]
    head, foot = '<tmx version="1.4"><header srclang="zh"/><body>', "</body></tmx>"
    data = (head + "".join(units) + foot).encode()
    place %= len(rows)
    out, warnings = edit(data, at(place, new))
    before, after = segments(data), segments(out)
    kept = _unpadded(new)
    assert kept == new or before[place].hypothesis == new or "Line ends" in warnings[0]
    assert [s.hypothesis for s in after] == [kept if n == place else s.hypothesis for n, s in enumerate(before)]
    others = head + "".join(units[:place])
    assert out.startswith(others.encode())
    assert out.endswith(("".join(units[place + 1 :]) + foot).encode())


@settings(deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4))
def test_a_new_file_reads_as_what_it_was_made_from(rows: list[tuple[str, str]]) -> None:
    made = [Segment(text, name=str(n), source=source, locators=()) for n, (source, text) in enumerate(rows, 1)]
    out = write(ReadingHeader("tmx"), [Article("a", tuple(made), source_language="zh", target_language="en")])
    found = segments(out)
    expected = [(_unpadded(s.source or ""), _unpadded(s.hypothesis)) for s in made]
    assert [(s.source, s.hypothesis) for s in found] == expected


def test_an_emptied_translation_takes_the_line_ends_around_it_along() -> None:
    out, _ = edit(one("\n  Port\n"), at(0, ""))
    assert segments(out)[0].hypothesis == ""


def _unpadded(text: str) -> str:
    from review.formats.tmx._codes import padding

    before, after = padding(text)
    return text[len(before) : len(text) - len(after)]


def test_a_new_file_holds_codes_and_notes_and_keeps_to_the_standard() -> None:
    codes = tuple(Code(token, "[b]") for token in ("<1>", "</1>", "<2/>", "<3>"))
    rows = [
        Segment("b <1>a</1> <2/> <3>", name="x", source="甲<1>乙</1><2/><3>", codes=codes, notes=("look\x01",)),
        *(Segment(text, source=text) for text in HOSTILE),
        deleted(Segment("gone", name="7", source="丙")),
        inserted("new"),
    ]
    out, warnings = written(ReadingHeader("tmx"), [Article("a", tuple(rows), "", "zh", "en")])
    assert "U+0001" in warnings[0]
    assert "7 of a, an inserted one of a" in warnings[1]
    dtd = etree.DTD(io.StringIO(DTD))
    assert dtd.validate(etree.fromstring(out)), dtd.error_log
    found = segments(out)
    assert (found[0].hypothesis, found[0].source) == ("b <1>a</1> <2/> <3/>", "甲<1>乙</1><2/><3/>")
    assert found[0].notes == ("look␁",)
    assert [segment.hypothesis for segment in found[1:]] == list(HOSTILE)
    with pytest.raises(FormatError, match="no segment has a source"):
        write(ReadingHeader("tmx"), [Article("a", (Segment("x"),))])


@pytest.mark.parametrize("name", [name for name in BAD if name not in ("entity in a note",)])
def test_what_a_memory_refuses_a_batch_refuses(name: str) -> None:
    data, *_ = BAD[name]
    with pytest.raises(FormatError):
        read(data if isinstance(data, bytes) else data.encode(), "tmx")


def test_a_file_is_told_by_its_content() -> None:
    assert formats.recognise(Source("upload", data=DATA), Options()).name == "tmx"
    assert formats.recognise(Source("upload", data=GOOD.encode("utf-16")), Options()).name == "tmx"


def test_damage_anywhere_gives_a_sentence_or_a_reading() -> None:
    dice = random.Random(6)
    for _ in range(500):
        start = dice.randrange(len(DATA))
        end = start + dice.choice([1, 1, 5, 50])
        bad = DATA[:start] + dice.choice([b"", b"<", b'"', b"\xff", DATA[start:end] * 2, b">"]) + DATA[end:]
        try:
            edit(bad, at(0, "new"), "tmx")
        except ReviewError:
            continue
