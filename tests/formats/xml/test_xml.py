"""XML by the byte: nodes know where they stand, splices touch nothing else, and hostile files are refused."""

from __future__ import annotations

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError
from review.formats.base import Source
from review.formats.xml import XML, Node, Splices, escaped, open_document, original_document, quoted, scan, visible

PLAIN = """<?xml version="1.0" encoding="utf-8"?>
<!-- a remark -->
<r xmlns="urn:r" xmlns:o="urn:o">
  <u id="1" o:conf="draft" xml:lang='en'><t>Kaos &amp; <g id="1">co</g><x/>.<!--in--><?p i?></t></u>
  <u id="2"><t/></u>
</r>
"""


def opened(text: str | bytes, **more: str) -> object:
    data = text.encode() if isinstance(text, str) else text
    return open_document(Source("a.xml", data=data), **more)


def units(text: str | bytes, **more: str) -> tuple[object, list[Node]]:
    document = opened(text, **more)
    return document, [node for event, node in scan(document, frozenset({"u"})) if event == "whole"]


def written(splices: Splices) -> bytes:
    out = io.BytesIO()
    splices.write(out)
    return out.getvalue()


def test_elements_outside_begin_and_end_and_whole_ones_hold_everything() -> None:
    document = opened(PLAIN)
    told = [(event, node.name, node.space) for event, node in scan(document, frozenset({"u"}))]
    assert told == [("start", "r", "urn:r"), ("whole", "u", "urn:r"), ("whole", "u", "urn:r"), ("end", "r", "urn:r")]


def test_a_node_says_what_it_is_and_where_it_stands() -> None:
    _, (first, second) = units(PLAIN)
    text = first.first("t")
    assert first.attributes == {"id": "1", "{urn:o}conf": "draft", XML + "lang": "en"}
    assert text.text == "Kaos & co."
    assert [child if isinstance(child, str) else child.name for child in text.children] == [
        "Kaos & ", "g", "x", ".", "#comment", "#pi",
    ]  # fmt: skip
    assert text.content == b'Kaos &amp; <g id="1">co</g><x/>.<!--in--><?p i?>'
    assert [node.written for node in text.elements()] == [b'<g id="1">co</g>', b"<x/>"]
    assert [child.written for child in text.children if not isinstance(child, str)][2:] == [b"<!--in-->", b"<?p i?>"]
    assert (first.line, second.line) == (4, 5)
    assert second.first("t").empty
    assert first.parent.name == "r"
    assert [node.name for node in first.all()] == ["t", "g", "x"]


def test_splices_change_what_they_are_told_and_nothing_else() -> None:
    document, (first, second) = units(PLAIN)
    splices = Splices(document)
    splices.content(first.first("t"), escaped("a < b"))
    splices.attribute(first, "o:conf", 'said "so"')
    splices.attribute(first, "xml:lang", None)
    splices.attribute(second, "new", "1")
    splices.content(second.first("t"), b"<x/>")
    splices.after(second, b"<!-- end -->")
    assert written(splices).decode() == (
        PLAIN.replace('Kaos &amp; <g id="1">co</g><x/>.<!--in--><?p i?>', "a &lt; b")
        .replace("o:conf=\"draft\" xml:lang='en'", 'o:conf="said &quot;so&quot;"')
        .replace('<u id="2"><t/></u>', '<u new="1" id="2"><t><x/></t></u><!-- end -->')
    )


def test_replacements_that_overlap_are_a_mistake_of_the_program() -> None:
    document, (first, _) = units(PLAIN)
    splices = Splices(document)
    splices.content(first.first("t"), b"")
    splices.content(first.first("t").first("g"), b"")
    with pytest.raises(AssertionError, match="overlap"):
        written(splices)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", b""),
    ],
)
def test_a_file_comes_back_in_its_own_encoding_with_its_own_mark(encoding: str, mark: bytes) -> None:
    text = PLAIN.replace("utf-8", encoding.removesuffix("-le").removesuffix("-be"))
    data = mark + text.encode(encoding)
    document, (first, _) = units(data)
    assert written(Splices(document)) == data
    splices = Splices(document)
    splices.content(first.first("t"), escaped("新"))
    assert "新".encode(encoding) in written(splices)
    again = original_document(io.BytesIO(data), document.header("x"))
    assert again == document


def test_what_the_encoding_lacks_becomes_a_reference() -> None:
    document, (first, _) = units(PLAIN.replace("utf-8", "iso-8859-1").encode("latin-1"))
    splices = Splices(document)
    splices.content(first.first("t"), escaped("é 卡"))
    assert b"<t>\xe9 &#21345;</t>" in written(splices)


def test_an_encoding_with_two_codes_for_one_character_comes_back_byte_for_byte() -> None:
    # 0xED40 and 0xFA5C are the same character in cp932; encoding gives the second.
    data = PLAIN.replace("utf-8", "cp932").encode().replace(b"Kaos", b"Kaos \xed\x40")
    document, (_, second) = units(data)
    splices = Splices(document)
    splices.content(second.first("t"), escaped("あ"))
    assert written(splices) == data.replace(b"<t/>", b"<t>" + "あ".encode("cp932") + b"</t>")


@given(st.text(), st.text())
def test_any_text_comes_back_as_it_was_or_visibly_replaced(text: str, value: str) -> None:
    document, (first, second) = units(PLAIN)
    (text, _), (value, _) = visible(text), visible(value)
    splices = Splices(document)
    splices.content(first.first("t"), escaped(text))
    splices.attribute(second, "said", value)
    _, (first, second) = units(written(splices))
    assert first.first("t").text == text
    assert second.get("said") == value


def test_what_xml_cannot_hold_is_shown_and_named() -> None:
    assert visible("a\x01b\ufffe") == ("a␁b\ufffd", ["U+0001", "U+FFFE"])
    assert visible("fine\t\n") == ("fine\t\n", [])
    assert quoted('a"\n<') == b"a&quot;&#10;&lt;"


HOSTILE = {
    "empty": ("  ", "the file is empty"),
    "entities": ('<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>', "declares entities"),
    "outer entities": ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>', "declares entities"),
    "parameter entities": ('<!DOCTYPE r [<!ENTITY % a "b">]><r/>', "declares entities"),
    "unknown entity": ("<r>&nbsp;</r>", "named that is declared nowhere"),
    "unknown entity under a DTD": ('<!DOCTYPE r SYSTEM "r.dtd"><r><u>&nbsp;</u></r>', "“nbsp” is declared nowhere"),
    "cut off": ("<r><u>", "line 1: the XML breaks here"),
    "mismatched": ("<r>\n<u></r>", "line 2: the XML breaks here (mismatched tag)"),
    "twice the same attribute": ('<r a="1" a="2"/>', "duplicate attribute"),
    "prefix without a namespace": ("<o:r/>", "unbound prefix"),
    "too deep": ("<r>" + "<u>" * 101, "more than 100 deep"),
    "too large": ("<r><u>" + "<a/>" * 100_001, "more than 100,000 elements"),
    "text": ("Kaos", "line 1: the XML breaks here"),
    "control character": ("<r>\x01</r>", "the XML breaks here"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_one_sentence(name: str) -> None:
    text, said = HOSTILE[name]
    with pytest.raises(FormatError) as caught:
        list(scan(opened(text), frozenset({"u"})))
    assert said in str(caught.value)
    assert str(caught.value).startswith("a.xml")


def test_a_file_that_is_not_in_its_encoding_is_refused() -> None:
    with pytest.raises(FormatError, match="line 2: the text is not UTF-8"):
        opened(b"<r>\n\xff</r>")
    with pytest.raises(FormatError, match="says utf-16, but the file is not in it"):
        opened('<?xml version="1.0" encoding="utf-16"?><r/>')
    with pytest.raises(FormatError, match="the encoding is unknown"):
        opened('<?xml version="1.0" encoding="klingon"?><r/>')
    assert opened("<r>é</r>".encode("latin-1"), encoding="latin-1").body == "<r>é</r>".encode()
