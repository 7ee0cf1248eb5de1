"""TMX is read as it was meant, and what is written is TMX 1.4 that reads the same."""

from __future__ import annotations

import io
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.formats.base import Source
from review.formats.tmx import read, write
from review.formats.tmx._stream import elements
from review.model import Unit
from tests.formats.tmx.samples import DTD, GOOD, units, written


def valid(data: bytes) -> None:
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True))
    dtd = etree.DTD(io.StringIO(DTD))
    assert dtd.validate(root), dtd.error_log


def test_texts_languages_people_and_dates_are_read() -> None:
    first, second, third = units(GOOD)
    assert first.source == "卡奥斯<b>平台</b>"
    assert first.target == "The <b>COSMOPlat</b> platform"
    assert (first.source_language, first.target_language, first.by) == ("zh-CN", "en-GB", "BEN")
    assert first.at == 1735787045 * 1_000_000
    assert (second.target, second.by, second.number) == ("Die Plattform", "ANNA", 1)
    assert (third.source, third.target, third.at, third.number) == ("最后一句。", "The last.", None, 2)
    assert first.note == "check"
    assert ["tu", "domain", "", "news"] in first.props["props"]
    assert ["target", "q", "", "9"] in first.props["props"]


def test_the_header_is_read_before_the_units() -> None:
    found = read(Source.of(GOOD.encode(), "m.tmx"))
    assert found.header["srclang"] == "zh-CN"
    assert found.header["version"] == "1.4"
    assert found.header["props"] == [["header", "client", "", "Port"]]


def test_where_inline_elements_stood_is_kept_and_written_again() -> None:
    data = written(units(GOOD))
    valid(data)
    text = data.decode()
    assert '<seg>卡奥斯<bpt i="1">&lt;b&gt;</bpt>平台<ept i="1">&lt;/b&gt;</ept></seg>' in text
    assert '<ept i="1">&lt;/b&gt;</ept> platform<ph x="2"/></seg>' in text
    assert text.count("<tu ") + text.count("<tu>") == 2
    assert text.count("<tuv ") == 5


def test_what_was_written_reads_the_same() -> None:
    once = units(GOOD)
    assert units(written(once)) == once


@pytest.mark.parametrize(
    "seg",
    [
        "a<it pos='begin'>&lt;i&gt;</it>b",
        "<ph>1<sub>inner <bpt i='1'>x</bpt>y<ept i='1'/></sub>2</ph>",
        "<hi type='name'>K<hi>a</hi></hi>os",
        "<ph/><ph/>a<ph/><ut>u</ut>",
        " a <hi> b </hi> ",
    ],
)
def test_inline_elements_of_every_kind_go_round(seg: str) -> None:
    text = GOOD.replace("最后一句。", seg)
    once = units(text)
    data = written(once)
    valid(data)
    assert units(data) == once
    assert seg.replace("'", '"') in data.decode()


def test_a_half_of_a_pair_without_its_number_is_written_as_standing_alone() -> None:
    data = written(units(GOOD.replace("最后一句。", "a<bpt>x</bpt>b<ept>y</ept>")))
    valid(data)
    assert '<it pos="begin">x</it>b<it pos="end">y</it>' in data.decode()


def test_elements_that_tmx_does_not_know_lose_their_tags_and_keep_their_text() -> None:
    made = units(GOOD.replace("最后一句。", "a<g id='1'>b<ph>c</ph></g>d"))
    assert made[2].source == "abcd"
    valid(written(made))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-8"])
def test_every_unicode_encoding_is_read(encoding: str) -> None:
    label = "UTF-16" if "16" in encoding else "utf-8"
    assert units(GOOD.replace('"utf-8"', f'"{label}"').encode(encoding)) == units(GOOD)


def test_a_declared_encoding_is_believed() -> None:
    text = GOOD.replace('"utf-8"', '"gb18030"')
    assert units(text.encode("gb18030"))[2].source == "最后一句。"


def test_tmx_1_1_has_its_languages_in_lang() -> None:
    old = GOOD.replace("xml:lang", "lang").replace('version="1.4"', 'version="1.1"').replace("tmx14", "tmx11")
    assert units(old) == units(GOOD)


def test_a_file_whose_source_is_all_begins_with_its_first_text() -> None:
    assert [unit.source_language for unit in units(GOOD.replace('srclang="zh-CN"', 'srclang="*all*"'))] == ["zh-CN"] * 3


def test_languages_can_be_chosen_and_turned_round() -> None:
    (first, second) = units(GOOD, "en", "zh")
    assert (first.source_language, first.target_language) == ("en-GB", "zh-CN")
    assert second.source == "The last."
    assert [unit.target for unit in units(GOOD, "zh", "de")] == ["Die Plattform"]


def test_units_without_two_texts_are_counted_with_their_line() -> None:
    text = GOOD.replace("The last.", " ")
    found = read(Source.of(text.encode(), "m.tmx"))
    assert len(list(found.units)) == 2
    assert found.warnings == ["1 unit was left out (line 12): there is no text in two languages."]


def test_a_text_laid_out_over_lines_loses_the_layout() -> None:
    assert units(GOOD.replace("The last.", "\n   The last.\n "))[2].target == "The last."


def test_what_the_program_writes_of_its_own_is_valid_and_reads_the_same() -> None:
    own = [
        Unit("源文", "Text & <more>", "zh", "en", by="Local user", at=1_700_000_000_000_000, note="a note"),
        Unit("源文", "Other", "zh", "en"),
        Unit("without languages", "x", "", ""),
    ]
    data = written(own)
    valid(data)
    again = units(data)
    assert [(unit.source, unit.target, unit.by, unit.at, unit.note) for unit in again] == [
        (unit.source, unit.target, unit.by, unit.at, unit.note) for unit in own
    ]
    assert again[2].source_language == ""


def test_characters_that_xml_does_not_allow_are_put_out_as_such() -> None:
    out = io.BytesIO()
    assert write([Unit("a\x01b", "c\ufffe", "zh", "en")], out).replaced == 2
    valid(out.getvalue())


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1).filter(
    lambda text: bool(text.strip())
)


@given(st.lists(st.builds(Unit, WORDS, WORDS, st.just("zh"), st.just("en"), by=st.text(string.ascii_letters))))
def test_any_texts_go_round(given_units: list[Unit]) -> None:
    again = units(written(given_units)) if given_units else []
    assert [(unit.source, unit.target, unit.by) for unit in again] == [
        (unit.source, unit.target, unit.by) for unit in given_units
    ]


def test_a_unit_that_was_read_is_let_go() -> None:
    body = "<tu><tuv xml:lang='zh-CN'><seg>句子</seg></tuv><tuv xml:lang='en'><seg>A.</seg></tuv></tu>\n" * 3_000
    source = Source.of(GOOD.replace("<body>", "<body>" + body).encode(), "m.tmx")
    kept = [len(element.getparent()) for element in elements(source) if element.tag == "tu"]
    assert len(kept) == 3_002
    assert max(kept) < 1_000  # those of one piece of the file
    assert min(kept[-100:]) < 200
