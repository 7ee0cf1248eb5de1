"""Word documents as articles: sentences, codes, notes, and what is refused."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress

import docx
import pytest

from review import formats
from review.errors import FormatError, ReviewError
from tests.formats.docx.documents import document, part, parts, saved, with_body, with_part
from tests.formats.helpers import read

FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def texts(data: bytes) -> list[str]:
    return [segment.hypothesis for article in read(data)[1] for segment in article.segments]


def test_sentences_stand_in_the_order_of_the_document_tables_cell_by_cell() -> None:
    def table(made: docx.document.Document) -> None:
        cells = made.add_table(1, 2).rows[0].cells
        cells[0].text, cells[1].text = "Left cell.", "Right cell."
        made.add_paragraph("Last.")
        made.sections[0].header.paragraphs[0].text = "The head."
        made.sections[0].footer.paragraphs[0].text = "The foot."

    _, (article,) = read(document(["One. Two."], also=table))
    assert [(s.hypothesis, s.paragraph) for s in article.segments] == [
        ("One.", 0),
        ("Two.", 0),
        ("Left cell.", 1),
        ("Right cell.", 2),
        ("Last.", 3),
        ("The head.", 4),
        ("The foot.", 5),
    ]
    assert article.segments[1].locators == ("word/document.xml:0#5:9:1",)


def test_a_change_of_style_is_a_pair_and_runs_that_look_the_same_are_one() -> None:
    data = document([("The dual ", ""), ("circu", "b"), ("lation", "b"), " grows.", " Next ", ("one", "i"), "."])
    data = with_part(data, "word/document.xml", part(data).replace(b"<w:b/></w:rPr><w:t>lation",
        b'<w:b w:val="1"/><w:lang w:val="en-GB"/><w:noProof/></w:rPr><w:t>lation'))  # fmt: skip
    _, (article,) = read(data)
    first, second = article.segments
    assert first.hypothesis == "The dual <1>circulation</1> grows."
    assert [(code.token, code.shown, code.fixed) for code in first.codes] == [
        ("<1>", "bold", False),
        ("</1>", "/bold", False),
    ]
    assert second.hypothesis == "Next <2>one</2>."


def test_a_sentence_of_one_style_has_no_codes() -> None:
    assert texts(document([("All of it is bold. ", "b"), ("This is not.", "")])) == [
        "All of it is bold.",
        "This is not.",
    ]


def test_what_looks_like_a_code_is_text_and_codes_count_from_above_it() -> None:
    _, (article,) = read(document(["Press <3> and ", ("go", "b"), "."]))
    assert article.segments[0].hypothesis == "Press <3> and <4>go</4>."
    assert [code.token for code in article.segments[0].codes] == ["<4>", "</4>"]


@pytest.mark.parametrize(
    ("xml", "text", "shown"),
    [
        ("<w:r><w:t>One</w:t><w:tab/><w:t>two.</w:t></w:r>", "One<1/>two.", "tab"),
        ('<w:r><w:t>So it is</w:t><w:footnoteReference w:id="2"/><w:t>.</w:t></w:r>', "So it is<1/>.", "footnote 2"),
        (f"<w:r><w:t xml:space='preserve'>Page </w:t></w:r>{FIELD.format(code=' PAGE ', shown='7')}"
         "<w:r><w:t> of it.</w:t></w:r>", "Page <1/>of it.", "field PAGE: 7"),
        (FIELD.format(code=' HYPERLINK "http://example.org" ', shown="Here") + "<w:r><w:t>it is.</w:t></w:r>",
         "<1>Here</1>it is.", "link http://example.org"),
        ('<w:hyperlink w:anchor="top"><w:r><w:t>Up</w:t></w:r></w:hyperlink><w:r><w:t>, they say.</w:t></w:r>',
         "<1>Up</1>, they say.", "link top"),
        ('<w:fldSimple w:instr=" DATE "><w:r><w:t>today</w:t></w:r></w:fldSimple><w:r><w:t>it is.</w:t></w:r>',
         "<1/>it is.", "field DATE: today"),
        ('<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>b.</w:t></w:r>', "A\u2011b.", None),
        ('<w:bookmarkStart w:id="1" w:name="x"/><w:r><w:t>A </w:t></w:r><w:proofErr w:type="spellStart"/>'
         '<w:r w:rsidR="1"><w:t xml:space="preserve"> b.</w:t></w:r>', "A b.", None),
    ],
)  # fmt: skip
def test_things_are_codes(xml: str, text: str, shown: str | None) -> None:
    _, (article,) = read(with_body(document(["x."]), f"<w:p>{xml}</w:p>"))
    first = article.segments[0]
    assert first.hypothesis == text
    assert (first.codes[0].shown if first.codes else None) == shown


def test_a_line_break_parts_sentences_and_is_in_none() -> None:
    assert texts(with_body(document(["x."]), "<w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t></w:r></w:p>"))[:2] == [
        "One",
        "two",
    ]


def test_tracked_changes_are_read_as_accepted_and_counted() -> None:
    xml = (
        '<w:p><w:r><w:t>It is </w:t></w:r><w:del w:id="1" w:author="A"><w:r><w:delText>not </w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="A"><w:r><w:t>so</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>'
    )
    reading = formats.read(with_body(document(["x."]), xml.replace("<w:t>It is ", '<w:t xml:space="preserve">It is ')))
    assert next(reading.articles).segments[0].hypothesis == "It is so."
    assert reading.warnings == ("2 tracked changes were in the document already and read as if accepted.",)


def test_comments_are_notes_of_the_sentences_that_they_stand_on() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("First one. ")
    made.add_comment(paragraph.add_run("Second one."), text="Is it?", author="Ada")
    _, (article,) = read(saved(made))
    assert [segment.notes for segment in article.segments] == [(), ("Ada: Is it?",)]


def test_text_boxes_are_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    xml = (
        f"<w:p><w:r><mc:AlternateContent {spaces}><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
        "<w:t>Beside.</w:t></w:r></w:p>"
    )
    assert texts(with_body(document(["x."]), xml)) == ["Beside.", "In the box.", "x."]


PLAIN = document(["Some text."])


def zipped(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Word 97 to 2003, or one with a password"),
        (b"{\\rtf1 text}", "this is RTF"),
        (b"Just text.", "no Word document"),
        (PLAIN[: len(PLAIN) // 2], "damaged or cut off"),
        (with_part(PLAIN, "word/document.xml", None), r"holds no word/document\.xml"),
        (zipped(mimetype="x", content_dot_xml="<a/>"), "an OpenDocument file"),
        (zipped(xl__workbook_dot_xml="<a/>"), "an Excel workbook"),
        (zipped(readme="x"), "a ZIP archive, no Word document"),
        (zipped(word__vbaProject_dot_bin="x"), "macros without a document"),
        (
            with_part(PLAIN, "word/document.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + part(PLAIN)[55:]),
            "entities|breaks",
        ),
        (with_part(PLAIN, "word/document.xml", part(PLAIN)[:-30]), "the XML breaks"),
        (with_part(PLAIN, "word/media/x.xml", b" " * (5 << 20)), "unpacks to more than 300 times"),
        (document([""]), "holds no text"),
        (with_part(PLAIN, "word/document.xml", b"<document><p/></document>"), "no text of Word's"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(FormatError, match=sentence):
        list(formats.read(data, "docx", filename="a.docx").articles)


def test_the_size_that_an_archive_unpacks_to_is_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review.formats.docx.package.PART", 100)
    with pytest.raises(FormatError, match="unpacks to more than"):
        formats.read(PLAIN, "docx")
    monkeypatch.setattr("review.formats.docx.package.MEMBERS", 3)
    with pytest.raises(FormatError, match="more than 3 members"):
        formats.read(PLAIN, "docx")


def test_a_wrong_suffix_is_seen_by_content() -> None:
    assert formats.read(PLAIN, filename="report.txt").header.format == "docx"
    with pytest.raises(FormatError, match="OpenDocument"):
        formats.read(zipped(mimetype="x", content_dot_xml="<a/>"), filename="report.docx")


@pytest.mark.parametrize("seed", range(60))
def test_a_part_with_damage_is_read_or_refused(seed: int) -> None:
    rng = random.Random(seed)
    data = document(["A ", ("bold", "b"), " word. Another."], ["More."])
    name = rng.choice([name for name in parts(data) if name.endswith((".xml", ".rels"))])
    broken = bytearray(part(data, name))
    for _ in range(rng.randint(1, 5)):
        place = rng.randrange(len(broken))
        if rng.random() < 0.5:
            broken[place] = rng.randrange(256)
        else:
            del broken[place : place + rng.randint(1, 40)]
    with suppress(ReviewError):
        assert list(formats.read(with_part(data, name, bytes(broken)), "docx").articles)
