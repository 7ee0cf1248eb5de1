"""What a document says, as articles and segments."""

from __future__ import annotations

from review import formats
from review.model import Article, Segment
from tests.formats.helpers import read
from tests.formats.xliff2.samples import PLAIN, document, file, pair, segment, unit
from tests.formats.xliff2.valid import ACCEPTED, EVERYTHING

SECOND = 'id="s"'


def articles(data: bytes) -> list[Article]:
    return read(data)[1]


def segments(data: bytes) -> tuple[Segment, ...]:
    (article,) = articles(data)
    return article.segments


def test_each_file_is_an_article_with_its_languages() -> None:
    first, second = articles(EVERYTHING)
    assert (first.name, second.name) == ("新闻.docx", "pasted text f2")
    assert {(item.source_language, item.target_language) for item in (first, second)} == {("zh", "en")}
    assert [item.locators for item in first.segments] == [
        ("f=f1/u=u1#3",),
        ("f=f1/u=u1#1",),
        ("f=f1/u=u2#1",),
    ]
    assert [item.paragraph for item in first.segments] == [0, 0, 1]


def test_segments_come_in_the_order_of_their_targets() -> None:
    assert [item.source for item in segments(ACCEPTED["ignorables and order"])] == ["b", "d", "c", "a"]


def test_names_are_those_of_units_and_of_segments_where_there_are_several() -> None:
    data = file(f'<unit id="a">{PLAIN}</unit><unit id="b">{pair("x", None, SECOND)}{PLAIN}</unit>')
    assert [item.name for item in segments(data)] == ["a", "b s", "b 2"]


def test_codes_are_tokens_that_source_and_target_share() -> None:
    data = unit(
        '<originalData><data id="d">&lt;b&gt;</data><data id="e">&lt;/b&gt;</data></originalData>'
        + pair(
            '<pc id="x" dataRefStart="d" dataRefEnd="e">你</pc><ph id="y" disp="[img]" canDelete="no"/>'
            '<sc id="z" isolated="yes"/><cp hex="0001"/><mrk id="m" translate="no">好</mrk>',
            '<ph id="y" disp="[img]" canDelete="no"/>a<pc id="x" dataRefStart="d" dataRefEnd="e">b</pc>',
        )
    )
    (found,) = segments(data)
    assert found.source == "<1>你</1><2/><3/><4/><5>好</5>"
    assert found.hypothesis == "<2/>a<1>b</1>"
    shown = {code.token: (code.shown, code.fixed) for code in found.codes}
    assert shown["<1>"] == ("<b>", False)
    assert shown["</1>"] == ("</b>", False)
    assert shown["<2/>"] == ("[img]", True)
    assert shown["<4/>"] == ("U+0001", False)


def test_starts_and_ends_are_pairs_over_segments_too() -> None:
    assert [item.source for item in segments(ACCEPTED["start and end apart"])] == ["<1>a", "c</1>"]
    assert [item.source for item in segments(ACCEPTED["annotations over segments"])] == ["<1>a", "b</1>"]


def test_codes_of_one_unit_have_different_numbers_in_its_segments() -> None:
    data = unit(pair('<ph id="1"/>a') + pair('<ph id="2"/>b'))
    assert [item.source for item in segments(data)] == ["<1/>a", "<2/>b"]


def test_a_character_that_xml_can_hold_is_itself() -> None:
    (found,) = segments(ACCEPTED["code points"])
    assert found.source == "a<1/><2/>\x85"


def test_sections_references_and_blanks_are_text() -> None:
    (found,) = segments(segment("<![CDATA[<a> & b]]> &#x4F60;  two\n lines", "<!-- no -->c<?no d?>&amp;"))
    assert found.source == "<a> & b 你  two\n lines"
    assert found.hypothesis == "c&"


def test_candidates_are_alternatives_of_their_segment() -> None:
    first, second = segments(
        unit(
            "<mtc:matches>"
            '<mtc:match ref="#s1"><source>a</source><target>one</target></mtc:match>'
            '<mtc:match ref="#s2"><source>a</source><target>two <ph id="1"/><ph id="9"/></target></mtc:match>'
            '<mtc:match ref="#s2" reference="yes"><source>a</source><target xml:lang="fr">trois</target></mtc:match>'
            "</mtc:matches>" + pair("a", None, 'id="s1"') + pair('b<ph id="1"/>', None, 'id="s2"')
        )
    )
    assert first.alternatives == ("one",)
    assert second.alternatives == ("two <1/>",)


def test_notes_come_with_the_first_segment_below_them() -> None:
    data = document(
        '<file id="f"><notes><note>of the file</note></notes><group id="g"><notes><note>of the group</note></notes>'
        f'<unit id="u"><notes><note>of the unit</note></notes>{PLAIN}'
        + pair('<mrk id="m" type="comment" value="of a span">a</mrk>')
        + f'</unit><unit id="v">{PLAIN}</unit></group></file>'
    )
    first, second, third = segments(data)
    assert first.notes == ("of the file", "of the group", "of the unit", "of a span")
    assert second.notes == ("of the unit", "of a span")
    assert third.notes == ()


def test_notes_of_the_document_come_first() -> None:
    data = document(f'<notes><note>all</note></notes><file id="f"><unit id="u">{PLAIN}</unit></file>', "2.2")
    assert segments(data)[0].notes == ("all",)


def test_broken_editing_hints_are_warned_of() -> None:
    reading = formats.read(ACCEPTED["code missing before the end"])
    assert reading.warnings == ("1 segment has a target without a code that may not be deleted: unit “u1”.",)
    reading = formats.read(ACCEPTED["state without target in 2.0"])
    assert reading.warnings == ("1 segment has a state beyond initial, but no target: unit “u1”.",)


def test_a_plain_unit_is_read_as_any_other() -> None:
    inside = "<source>你好</source>\n<target>Hi > all</target>\n"
    quick = f'<unit id="u1">\n <segment id="s" state="final">{inside}</segment></unit>'
    slow = quick.replace('<unit id="u1">', '<unit id="u1" name="">')
    assert segments(file(quick)) == segments(file(slow))
    quick = quick.replace("<target>Hi > all</target>", "").replace(' state="final"', "")
    assert segments(file(quick)) == segments(file(quick.replace("<segment ", "<segment  ")))
