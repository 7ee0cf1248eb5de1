"""XLIFF 1.2 read: articles, segments, alternatives, codes, notes, and how far each segment is."""

from __future__ import annotations

import pytest

from review import formats
from review.errors import FormatError
from review.model import Segment
from review.text.codes import lacking
from tests.formats.helpers import corrected, edit, read
from tests.formats.xliff1.samples import MEMOQ, PHRASE, PLAIN, SAMPLES, TRADOS, document, unit


def segments(data: bytes | str) -> list[Segment]:
    _, articles = read(data.encode() if isinstance(data, str) else data)
    return [segment for article in articles for segment in article.segments]


def one(*units: str) -> Segment:
    (segment,) = segments(document(*units))
    return segment


def statuses(found: list[Segment]) -> list[str]:
    return [item.correction.status if item.correction else "" for item in found]


def test_each_file_is_an_article_with_its_languages() -> None:
    header, articles = read(PLAIN.encode())
    assert header.format == "xliff"
    assert header.extra == {"dialect": "", "count": 6}
    assert [item.name for item in articles] == ["news/harbour.html", "news/cargo.html"]
    assert (articles[0].source_language, articles[0].target_language) == ("zh-CN", "en-GB")


def test_two_files_of_one_name_are_told_apart() -> None:
    file = 'original="a" source-language="zh" target-language="en" datatype="plaintext"'
    parts = document(unit("一", "One")).replace(b"</xliff>", b"") + f"<file {file}><body>".encode()
    _, articles = read(parts + unit("二", "Two").encode() + b"</body></file></xliff>")
    assert [item.name for item in articles] == ["a", "a (2)"]
    assert articles[1].segments[0].locators == ("2:1",)


def test_units_and_segments_of_units_are_segments() -> None:
    found = segments(PLAIN)
    assert [item.name for item in found] == ["title", "p1", "p3", "p4#1", "p4#2", "cargo"]
    assert [item.locators for item in found] == [("1:1",), ("1:2",), ("1:4",), ("1:5#1",), ("1:5#2",), ("2:1",)]
    assert [item.hypothesis for item in found[3:]] == ["First.", "Second.", "Cargo & freight"]
    assert [item.source for item in found[3:5]] == ["第一句。", "第二句。"]
    assert found[3].paragraph == found[4].paragraph != found[2].paragraph


def test_a_code_is_the_same_token_in_source_target_and_alternative() -> None:
    found = segments(PLAIN)[1]
    assert found.source == "去年<1>日照港</1>增长百分之五<2/>。"
    assert found.hypothesis == "Last year <1>Rizhao</1> grew 5%<2/>."
    assert found.alternatives == ("In the last year <1>Rizhao port</1> grew.",)
    assert found.references == ("Rizhao Port grew 5% last year.",)
    assert [(code.token, code.shown) for code in found.codes] == [("<1>", "bold"), ("</1>", "/bold"), ("<2/>", "image")]


def test_native_codes_show_what_they_are() -> None:
    found = segments(PLAIN)[2]
    assert found.hypothesis == ""
    assert found.source == "见<1>官网</1>。"
    assert [code.shown for code in found.codes] == ['<a href="x">', "</a>"]


def test_an_alternative_of_a_segment_stands_with_it() -> None:
    found = segments(PLAIN)
    assert [item.alternatives for item in found[3:5]] == [(), ("The second.",)]


def test_notes_are_read_with_who_wrote_them() -> None:
    assert segments(PLAIN)[0].notes == ("desk: At most 40 characters.",)


def test_states_are_read() -> None:
    assert statuses(segments(PLAIN)) == ["confirmed", "", "", "approved", "approved", ""]


@pytest.mark.parametrize(
    ("state", "status"),
    [("translated", "confirmed"), ("signed-off", "approved"), ("final", "approved"), ("new", ""), ("x-odd", "")],
)
def test_the_state_of_a_target_says_how_far_it_is(state: str, status: str) -> None:
    more = f'<target state="{state}">One</target>'
    assert statuses([one(unit("一", None, more))]) == [status]


def test_what_looks_like_a_token_stays_text() -> None:
    found = one(unit('A &lt;3/&gt; <x id="1"/>', 'B &lt;3/&gt; <x id="1"/>'))
    assert found.hypothesis == "B <3/> <4/>"
    assert [code.token for code in found.codes] == ["<4/>"]


def test_text_like_the_highest_token_leaves_room_for_codes() -> None:
    found = one(unit('&lt;99999&gt;<x id="1"/>', '&lt;99999&gt;<x id="1"/>'))
    assert found.hypothesis == "<99999><1/>"


def test_every_inline_element_is_a_code() -> None:
    inside = (
        '<g id="1">a</g><x id="2"/><bx id="3" rid="r"/>b<ex id="4" rid="r"/><bpt id="5">[</bpt>c<ept id="5">]</ept>'
        '<it id="6" pos="open">(</it><ph id="7">%s<sub>alt</sub></ph><mrk mtype="term">d</mrk>'
    )
    found = one(unit(inside, inside))
    assert found.hypothesis == found.source == "<1>a</1><2/><3>b</3><4>c</4><5/><6/><7>d</7>"


def test_comments_and_instructions_in_a_target_are_codes() -> None:
    found = one(unit("一", "A<!-- so -->B<?x y?>"))
    assert found.hypothesis == "A<1/>B<2/>"
    assert [code.shown for code in found.codes] == ["<!--so-->", "<?x y?>"]


def test_white_space_is_kept_where_it_counts() -> None:
    text = "\n  a  b\n  c\n"
    assert one(unit("一", text)).hypothesis == "a  b c"
    assert one(unit("一", text, attributes='id="1" xml:space="preserve"')).hypothesis == text
    assert segments(f"<?xml version='1.0'?>{MEMOQ.partition('?>')[2]}")[1].source == "  两格空白<1/>"


def test_white_space_is_inherited_from_groups_and_files() -> None:
    inside = unit("一", "\na")
    for data in (
        document(f'<group xml:space="preserve">{inside}</group>'),
        document(inside, file='original="a" source-language="zh" datatype="x" xml:space="preserve"'),
    ):
        assert segments(data)[0].hypothesis == "\na"


def test_what_is_not_to_be_translated_is_left_out() -> None:
    hidden = unit("二", attributes='id="2" translate="no"')
    group = f'<group translate="no">{unit("三", attributes=chr(105) + "d=" + chr(34) + "3" + chr(34))}</group>'
    yes = '<group translate="no"><trans-unit id="4" translate="yes"><source>四</source></trans-unit></group>'
    found = segments(document(unit("一", "One"), hidden, group, yes))
    assert [item.name for item in found] == ["1", "4"]


def test_a_file_with_nothing_to_translate_is_refused() -> None:
    with pytest.raises(FormatError, match="no unit in it is to be translated"):
        segments(document(unit("一", attributes='id="1" translate="no"')))


def test_one_segment_may_have_a_target_that_is_not_segmented() -> None:
    more = '<seg-source><mrk mtype="seg" mid="s">一</mrk></seg-source><target>One</target>'
    found = one(unit("一", None, more))
    assert (found.source, found.hypothesis, found.locators) == ("一", "One", ("1:1",))


def test_several_segments_with_one_flat_target_are_read_as_one() -> None:
    seg = '<seg-source><mrk mtype="seg" mid="a">一。</mrk><mrk mtype="seg" mid="b">二。</mrk></seg-source>'
    found = one(unit("一。二。", None, seg + "<target>One. Two.</target>"))
    assert (found.source, found.hypothesis) == ("一。二。", "One. Two.")


def test_trados_keeps_a_word_for_each_segment() -> None:
    found = segments(TRADOS)
    assert [item.name for item in found] == ["4f1#1", "4f1#2", "4f2", "4f3"]
    assert statuses(found) == ["confirmed", "", "", "approved"]
    assert found[1].hypothesis == "<2>Efficiency</2> is high."
    assert found[1].notes == ("Wei: Check the name.",)
    assert found[2].hypothesis == ""


def test_a_tracked_deletion_of_trados_is_no_text() -> None:
    more = '<mrk mtype="x-sdl-deleted">old </mrk><mrk mtype="x-sdl-added">new</mrk>'
    found = one(unit("一", more))
    assert found.hypothesis == "<1/><2>new</2>"
    assert [code.shown for code in found.codes] == ["sdl-deleted", "sdl-added", "/sdl-added"]


def test_the_dtd_of_old_versions_is_not_asked_for() -> None:
    named = b'<!DOCTYPE xliff PUBLIC "-//XLIFF//DTD XLIFF//EN" "http://example.org/xliff.dtd">\n<xliff'
    assert segments(document(unit("一", "One")).replace(b"<xliff", named))[0].hypothesis == "One"


def test_memoq_keeps_a_word_for_each_unit() -> None:
    found = segments(MEMOQ)
    assert statuses(found) == ["confirmed", "", "approved"]
    assert found[0].hypothesis == "Berth <1>No. 3</1>"
    assert found[0].notes == ("Which berth?",)


def test_phrase_confirms_at_the_level_of_the_job() -> None:
    header, articles = read(PHRASE.encode())
    found = articles[0].segments
    assert header.extra["dialect"] == "mxliff"
    assert statuses(list(found)) == ["confirmed", "", ""]
    assert found[0].alternatives == ("Cargo volume",)
    assert [item.paragraph for item in found] == [0, 0, 1]
    assert articles[0].source_language == "zh-cn"


@pytest.mark.parametrize(("name", "data"), SAMPLES.items(), ids=list(SAMPLES))
def test_files_are_known_by_their_content(name: str, data: bytes) -> None:
    assert formats.recognise(formats.Source("upload", data=data), formats.Options()).name == "xliff", name


def test_xliff_2_is_not_taken_for_it() -> None:
    data = b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh"><file id="f"/></xliff>'
    source = formats.Source("a.xlf", data=data)
    sniff = formats.find("xliff").sniff
    assert sniff is not None
    assert sniff(source, formats.Options()) == 0.0
    with pytest.raises(FormatError, match=r"XLIFF 2\.0, not 1\.2"):
        read(data, "xliff")


def test_a_unit_whose_id_is_empty_is_read_and_written() -> None:
    data = document(unit("一", "One", attributes='id=""'))
    assert [(item.name, item.hypothesis) for item in segments(data)] == [("", "One")]
    out, warnings = edit(data, lambda items: [corrected(items[0], "Two")])
    assert out == data.replace(b"<target>One", b'<target state="needs-review-translation">Two')
    assert not warnings


def test_every_text_of_an_alternative_is_offered() -> None:
    more = "<alt-trans><target>Uno</target><target>Eins</target></alt-trans>"
    (article,) = read(document(unit("一", "One", more)), "xliff")[1]
    assert article.segments[0].alternatives == ("Uno", "Eins")


def test_the_version_of_a_tools_own_namespace_is_not_the_version_of_xliff() -> None:
    file = PHRASE.replace('version="1.2" m:version="2.4"', 'm:version="2.4" version="1.2"').encode()
    assert b'"http://www.memsource.com/mxlf/2.0" m:version' in file
    assert formats.recognise(formats.Source("a.mxliff", data=file), formats.Options()).name == "xliff"


def test_the_codes_of_phrase_are_codes_although_they_are_characters_of_the_text() -> None:
    _, (article,) = read(PHRASE.encode())
    first = article.segments[0]
    assert (first.source, first.hypothesis) == ("<1>货运</1>量", "<1>Freight</1> volume")
    assert [(code.token, code.shown) for code in first.codes] == [("<1>", "{1>"), ("</1>", "<1}")]
    assert lacking(first.codes, first.hypothesis, "Freight volume", first.source)
    braces = unit("{1} {b>一&lt;b} {name}", "{b>One&lt;b} {1} {name}")
    _, (article,) = read(PHRASE.replace("</body>", f"{braces}</body>").encode())
    assert article.segments[-1].source == "<1/> <2>一</2> {name}"
    assert article.segments[-1].hypothesis == "<2>One</2> <1/> {name}"
    _, (article,) = read(document(braces), "xliff")
    assert article.segments[0].codes == (), "XLIFF 1.2 itself has no such codes"
