"""A Word document that came from elsewhere, with corrections in it."""

from __future__ import annotations

import io
import zipfile

from tests.formats.helpers import at, edit, read, written

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>'
)


def document(*paragraphs: str) -> bytes:
    """A document with paragraphs of these XML contents."""
    body = "".join(f"<w:p>{content}</w:p>" for content in paragraphs)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def body(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def texts(data: bytes) -> list[str]:
    return [segment.hypothesis for article in read(data)[1] for segment in article.segments]


def test_codes_beside_the_highest_literal_number_can_be_written_again() -> None:
    file = document(run("Ships &lt;99999&gt; come ") + run("daily", "<w:b/>") + run(" now."))
    assert texts(file) == ["Ships <99999> come <1>daily</1> now."]
    out, warnings = edit(file, at(0, "Ships <99999> come <1>hourly</1> now."))
    assert texts(out) == ["Ships <99999> come <1>hourly</1> now."]
    assert "<w:b/>" in body(out)
    assert warnings == []


def test_numbers_of_codes_keep_clear_of_literal_ones_on_both_sides() -> None:
    file = document(run("See &lt;2&gt; and &lt;99998&gt; ") + run("here", "<w:b/>") + run("."))
    assert texts(file) == ["See <2> and <99998> <3>here</3>."]


END_GONE = '<w:pPr><w:rPr><w:del w:id="1" w:author="Ann"/></w:rPr></w:pPr>'


def test_a_paragraph_that_was_deleted_already_leaves_no_empty_one_in_a_clean_document() -> None:
    gone = '<w:del w:id="2" w:author="Ann"><w:r><w:delText>Away.</w:delText></w:r></w:del>'
    file = document(run("First."), END_GONE + gone, run("Last."))
    header, articles = read(file)
    out, warnings = written(header, articles, file, "docx-clean")
    assert body(out).count("<w:p>") == 2
    assert texts(out) == ["First.", "Last."]
    assert warnings == []


def test_paragraphs_that_a_change_joined_already_are_told_of() -> None:
    file = document(END_GONE + run("First "), run("and last."))
    header, articles = read(file)
    out, warnings = written(header, articles, file, "docx-clean")
    assert texts(out) == ["First", "and last."]
    assert warnings == [
        "Paragraphs that a tracked change of the document joins to the next stay apart: 1; join them in Word."
    ]


def test_sentences_that_a_source_made_one_stay_as_they_are_where_nobody_touched_them() -> None:
    file = document("<w:r><w:t>Line one.</w:t><w:br/><w:t>Line two.</w:t></w:r>", run("The end."))
    header, articles = read(file, source="第一行，第二行。\n完。\n".encode())
    assert articles[0].segments[0].hypothesis == "Line one. Line two."
    assert written(header, articles, file) == (file, [])
