"""WMT's test sets in XML: each output is an article, corrections go into its segments, all else stays as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review import formats
from review.errors import FormatError
from review.formats import Source
from review.model import Article, ReadingHeader, Segment
from tests.formats.helpers import at, corrected, deleted, edit, inserted, read, written

SET = """<?xml version='1.0' encoding='utf-8'?>
<!-- made by hand -->
<dataset id="port2026">
  <doc origlang="zh" id="port.1">
    <src lang="zh"><p><seg id="1">港口很大。</seg>
      <seg id="2">它&lt;很&gt;新。</seg></p><p><seg id="3">完。</seg></p></src>
    <ref lang="en" translator="A"><p><seg id="1">A big port.</seg><seg id="2">It is new.</seg></p></ref>
    <hyp lang="en" system="Quay-1"><p><seg id="1">The port is big.</seg>
      <seg id="2">It &amp; new.</seg></p><p><seg id="3"/></p></hyp>
    <hyp system="Quay-2" lang="en"><p><seg id="1">Port big.</seg><seg id="2">New.</seg></p>
      <p><seg id="3">End.</seg></p></hyp>
  </doc>
  <doc origlang="zh" id="port.2"><src lang="zh"><p><seg id="1">空。</seg></p></src></doc>
</dataset>
""".encode()


def test_a_test_set_is_known_by_its_root() -> None:
    assert formats.recognise(Source("a.xml", data=SET), formats.Options()).name == "wmt-xml"
    assert formats.recognise(Source("a.xml", data=b"<tmx version='1.4'/>"), formats.Options()).name != "wmt-xml"


def test_each_output_is_an_article_with_source_references_and_paragraphs() -> None:
    reading = formats.read(SET)
    one, two = reading.articles
    assert (one.name, one.system, two.system) == ("port.1", "Quay-1", "Quay-2")
    assert (one.source_language, one.target_language) == ("zh", "en")
    assert [(item.name, item.source, item.hypothesis, item.references, item.paragraph) for item in one.segments] == [
        ("1", "港口很大。", "The port is big.", ("A big port.",), 0),
        ("2", "它<很>新。", "It & new.", ("It is new.",), 0),
        ("3", "完。", "", ("",), 1),
    ]
    assert reading.warnings == ("pasted text: documents without any output are left out: port.2.",)


def test_what_nobody_touched_is_the_same_byte_for_byte_in_any_encoding() -> None:
    for data in (
        SET,
        SET.decode().replace("utf-8", "utf-16").encode("utf-16"),
        b"\xef\xbb\xbf" + SET.replace(b"\n", b"\r\n"),
    ):
        header, found = read(data)
        assert written(header, found, data) == (data, [])


def test_a_correction_is_written_into_its_segment_alone() -> None:
    data, warnings = edit(SET, at(1, "It is <new>."))
    assert (data, warnings) == (SET.replace(b"It &amp; new.", b"It is &lt;new&gt;."), [])
    data, _ = edit(SET, at(2, "The end."))
    assert data == SET.replace(b'<seg id="3"/></p></hyp>\n    <hyp', b'<seg id="3">The end.</seg></p></hyp>\n    <hyp')


def test_deleted_and_inserted_sentences_keep_the_count_and_are_named() -> None:
    data, warnings = edit(SET, lambda items: [deleted(items[0]), items[1], inserted("More."), items[2]])
    assert data == SET.replace(b"The port is big.", b"").replace(b"It &amp; new.", b"It &amp; new. More.")
    assert warnings == [
        "Deleted or merged away, so left empty to keep the count: seg: 1.",
        "1 inserted sentences stand at the end of the segment before them.",
    ]


def test_characters_that_xml_cannot_hold_are_written_visibly_and_named() -> None:
    data, warnings = edit(SET, at(0, "A\x01b"))
    assert "A␁b" in data.decode()
    assert warnings == ["XML cannot hold these characters; signs stand for them: U+0001."]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("dataset", "other", "its first element is <other>"),
        ('<seg id="2">It', "<seg>It", "line 7: a <seg> has no id"),
        ('<seg id="2">It &', '<seg id="1">It &', "two <seg> of one <hyp> have the id '1'"),
        ('<seg id="2">It &', '<seg id="9">It &', "has a <seg> '9' that the source has not"),
        ('<seg id="1">Port big.</seg>', "", "the <hyp> of 'Quay-2' has no <seg> '1'"),
        ("Port big.", "Port <b>big</b>.", "the <seg> '1' holds an element"),
        ("Quay-2", "Quay-1", "has two outputs by 'Quay-1'"),
        ("</hyp>", "", "the XML breaks here"),
        ("hyp", "out", "there is no output of a system"),
        ("<!-- made by hand -->", '<!DOCTYPE a [<!ENTITY b "c">]>', "declares entities"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(old: str, new: str, why: str) -> None:
    with pytest.raises(FormatError, match=why):
        read(SET.decode().replace(old, new).encode(), "wmt-xml")


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("<&>\"'\r\n\t"), max_size=12)


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), min_size=1, max_size=4))
def test_what_is_written_and_read_again_is_the_same(rows: list[tuple[str, str, str, str]]) -> None:
    found = [
        Article(
            "port",
            tuple(
                Segment(row[place], name=str(n + 1), source=row[2], references=(row[3],), order=n, paragraph=n // 2)
                for n, row in enumerate(rows)
            ),
            system,
            "zh",
            "en",
        )
        for place, system in enumerate(("A & <b>", '"B"'))
    ]
    data, warnings = written(ReadingHeader("wmt-xml"), found)
    _, again = read(data, "wmt-xml")
    if any("\uffff" in text or "\ufffe" in text for row in rows for text in row):
        assert warnings
        return
    assert [[(s.name, s.source, s.hypothesis, s.references, s.paragraph) for s in one.segments] for one in again] == [
        [(s.name, s.source, s.hypothesis, s.references, s.paragraph) for s in one.segments] for one in found
    ]
    assert [(one.name, one.system) for one in again] == [(one.name, one.system) for one in found]
    assert data.count(b"<src ") == 1


def test_outputs_that_share_no_source_are_documents_of_their_own() -> None:
    found = [
        Article("port", (Segment("a", name="1", source=source),), system)
        for system, source in (("A", "x"), ("B", "y"), ("C", "x"))
    ]
    _, again = read(written(ReadingHeader("wmt-xml"), found)[0])
    assert [(one.name, one.system) for one in again] == [("port", "A"), ("port", "C"), ("port (2)", "B")]


def test_the_corrected_text_is_what_is_written_from_scratch() -> None:
    article = Article("port", (corrected(Segment("a", name="1"), "b"), deleted(Segment("c", name="2"))), "A")
    data, warnings = written(ReadingHeader("wmt-xml"), [article])
    assert [item.hypothesis for item in read(data)[1][0].segments] == ["b", ""]
    assert warnings == ["Deleted segments are left empty to keep the count: port 2."]
