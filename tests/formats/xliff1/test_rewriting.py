"""XLIFF 1.2 written over its original: the text and the words for how far it is, and not a byte more."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from review.errors import InputError
from review.model import Correction, Segment
from tests.formats.helpers import again, at, corrected, deleted, edit, inserted, read, written
from tests.formats.xliff1.samples import MEMOQ, PHRASE, PLAIN, SAMPLES, TRADOS, document, unit


def said(segment: Segment, status: str, text: str | None = None) -> Segment:
    return replace(segment, correction=Correction(segment.hypothesis if text is None else text, status))


def changed(data: str | bytes, **texts: str | Segment | None) -> tuple[str, list[str]]:
    """Write with other texts, or statuses after "=", by the segment's name (its "#" and ":" as "_")."""
    data = data.encode() if isinstance(data, str) else data
    header, articles = read(data)
    new = []
    for article in articles:
        made = []
        for segment in article.segments:
            key = "u" + re.sub(r"[#:]", "_", segment.name)
            value = texts.get(key)
            if isinstance(value, str):
                text, _, status = value.partition("=")
                made.append(said(segment, status or "draft", text or None))
            else:
                made.append(segment)
        new.append(replace(article, segments=tuple(made)))
    out, warnings = written(header, new, data)
    return out.decode(), warnings


@pytest.mark.parametrize(("name", "data"), SAMPLES.items(), ids=list(SAMPLES))
def test_an_untouched_file_is_written_byte_for_byte(name: str, data: bytes) -> None:
    assert again(data) == data, name


def test_only_the_text_and_its_state_change() -> None:
    out, warnings = changed(PLAIN, up1="Last year <1>Rizhao Port</1> grew 5%<2/>.")
    assert out == PLAIN.replace(
        '<target state="needs-translation">Last year <g id="1" ctype="bold">Rizhao</g>',
        '<target state="needs-review-translation">Last year <g id="1" ctype="bold">Rizhao Port</g>',
    )
    assert warnings == []


def test_codes_may_be_moved() -> None:
    out, _ = changed(PLAIN, up1="<2/><1>Rizhao</1> grew.=confirmed")
    target = '<target state="translated"><x id="2" ctype="image"/><g id="1" ctype="bold">Rizhao</g> grew.</target>'
    assert target in out


HALVES = '<mrk mtype="seg" mid="a">{}</mrk><mrk mtype="seg" mid="b">{}</mrk>'
START, END = '<bx id="1"/>', '<ex id="1"/>'
PARTED = document(
    unit(f"{START}一二{END}", None, f"<seg-source>{HALVES.format(START + '一', '二' + END)}</seg-source>")
)


@pytest.mark.parametrize(
    ("texts", "found", "left"),
    [
        ({"u1_a": "<1>One"}, ["<1>One", ""], 0),
        ({"u1_b": "Two</1>"}, ["", "Two</1>"], 0),
        ({"u1_a": "<1>One", "u1_b": "Two</1>"}, ["<1>One", "Two</1>"], 0),
        ({"u1_a": "<1>One", "u1_b": "Two"}, ["One", "Two"], 1),
    ],
)
def test_what_is_translated_in_part_can_be_read_again(texts: dict[str, str], found: list[str], left: int) -> None:
    out, warnings = changed(PARTED, **texts)
    told = [text.replace("<1>", START).replace("</1>", END) for text in found]
    assert f'<target state="needs-review-translation">{HALVES.format(*told)}</target>' in out
    assert len(warnings) == left
    assert [item.hypothesis for item in read(out.encode())[1][0].segments] == found


def test_half_of_a_pair_is_left_out_and_named() -> None:
    out, warnings = changed(document(unit('一<bpt id="1">[</bpt>二<ept id="1">]</ept>')), u1="One <1>two")
    assert '<target state="needs-review-translation">One two</target>' in out
    assert warnings == ["Inline codes that were out of order were left out: unit 1."]
    assert read(out.encode())[1][0].segments[0].hypothesis == "One two"


def test_a_lacking_target_is_added_behind_the_source_with_the_codes_of_the_source() -> None:
    out, _ = changed(PLAIN, up3="See the <1>site</1>.")
    new = (
        '\n        <target state="needs-review-translation">See the '
        '<bpt id="1">&lt;a href="x"&gt;</bpt>site<ept id="1">&lt;/a&gt;</ept>.</target>'
    )
    place = PLAIN.index("</source>", PLAIN.index('id="p3"')) + len("</source>")
    assert out == PLAIN[:place] + new + PLAIN[place:]


def test_confirming_changes_the_state_alone_and_nothing_else_does() -> None:
    assert changed(PLAIN, utitle="=confirmed")[0] == PLAIN
    assert changed(PLAIN, up1="=draft")[0] == PLAIN
    out, _ = changed(PLAIN, up1="=approved")
    assert out == PLAIN.replace('<trans-unit id="p1">', '<trans-unit approved="yes" id="p1">').replace(
        'state="needs-translation"', 'state="signed-off"'
    )


def test_approval_that_no_longer_holds_is_taken_back() -> None:
    out, _ = changed(PLAIN, up4_1="The first.")
    expected = PLAIN.replace('id="p4" approved="yes"', 'id="p4" approved="no"')
    expected = expected.replace('state="final"', 'state="needs-review-translation"').replace(">First.", ">The first.")
    assert out == expected


def test_a_unit_is_as_far_as_its_last_segment() -> None:
    out, _ = changed(PLAIN, up4_1="The first.=approved", up4_2="The second.=confirmed")
    assert 'approved="no"' in out
    assert '<target state="translated"><mrk mtype="seg" mid="1">The first.</mrk>' in out


def test_text_is_escaped() -> None:
    out, _ = changed(PLAIN, up4_1="a < b & c ]]> <9> \r")
    assert ">a &lt; b &amp; c ]]&gt; &lt;9&gt; &#13;</mrk>" in out
    assert read(out.encode())[1][0].segments[3].hypothesis == "a < b & c ]]> <9> \r"


def test_cdata_is_replaced_where_it_is_edited() -> None:
    header, articles = read(PLAIN.encode())
    cargo = replace(articles[1], segments=(corrected(articles[1].segments[0], "Cargo < freight"),))
    out, _ = written(header, [articles[0], cargo], PLAIN.encode())
    assert b">Cargo &lt; freight</target>" in out


def test_cdata_beside_an_edit_stays() -> None:
    data = document(unit('一<x id="1"/>', '<![CDATA[A & B]]><x id="1"/>c'))
    out, _ = edit(data, at(0, "A & B<1/>d"))
    assert b'<![CDATA[A & B]]><x id="1"/>d</target>' in out


def test_comments_in_a_target_stay_where_they_are() -> None:
    data = document(unit("一", "A<!-- so -->B"))
    out, _ = edit(data, at(0, "A<1/>C"))
    assert b"A<!-- so -->C</target>" in out


def test_line_ends_about_a_text_stay_and_new_ones_are_told() -> None:
    data = document(unit("一", "\n   One\n   two\n  "))
    assert b">\n   Three\n  </target>" in edit(data, at(0, "Three"))[0]
    out, _ = edit(data, at(0, "Three\nfour"))
    assert re.search(rb'<target xml:space="preserve"[^>]*>Three\nfour</target>', out)
    assert read(out)[1][0].segments[0].hypothesis == "Three\nfour"


def test_an_empty_tag_is_filled() -> None:
    for empty in ("<target/>", "<target />", "<target></target>"):
        out, _ = edit(document(unit("一", None, empty)), at(0, "One"))
        assert re.search(rb'<target state="needs-review-translation" ?>One</target>', out), empty


def test_a_prefix_of_the_namespace_is_kept() -> None:
    data = document(unit("一")).replace(b"xmlns=", b"xmlns:o=")
    data = re.sub(rb"<(/?)(\w)", rb"<\1o:\2", data).replace(b"<o:?", b"<?")
    out, _ = edit(data, at(0, "One"))
    assert b'</o:source><o:target state="needs-review-translation">One</o:target>' in out


def test_segments_without_target_get_the_frame_of_seg_source() -> None:
    first, second = '<bpt id="1">[</bpt>A', 'B<ept id="1">]</ept>'
    frame = f'<{{0}}><mrk mtype="seg" mid="a">{first}</mrk><mrk mtype="seg" mid="b">{second}</mrk></{{0}}>'
    data = document(unit(first + second, None, frame.format("seg-source") + frame.format("target")))
    out, warnings = edit(data, lambda found: [deleted(found[0]), found[1]])
    assert [item.hypothesis for item in read(out)[1][0].segments] == ["<1>", "B</1>"]
    assert warnings


def test_inserted_sentences_stand_at_the_end_of_the_unit_before() -> None:
    out, warnings = edit(PLAIN.encode(), lambda found: [inserted("New."), found[0], inserted("More."), *found[1:]])
    assert b">New. Port throughput grows More.</target>" in out
    assert warnings == ["An inserted sentence stands at the end of: unit title."]


def test_characters_that_xml_cannot_hold_are_shown_and_named() -> None:
    out, warnings = edit(document(unit("一", "One")), at(0, "One\x01"))
    assert "One\u2401".encode() in out
    assert warnings == ["U+0001, which XML cannot hold, is shown by a sign: unit 1."]


def test_halves_that_would_break_the_file_are_left_out() -> None:
    data = document(unit('<g id="1">一</g>', '<g id="1">A</g>'))
    out, warnings = edit(data, at(0, "</1>A<1>"))
    assert b">A</target>" in out
    assert warnings == ["Inline codes that were out of order were left out: unit 1."]


def test_what_the_encoding_lacks_is_written_as_a_reference() -> None:
    data = document(unit("x", "One")).replace(b'version="1.0"?', b'version="1.0" encoding="iso-8859-1"?')
    out, _ = edit(data, at(0, "Zürich 港"))
    assert "Zürich &#28207;".encode("latin-1") in out


@pytest.mark.parametrize("place", ["1:9", "1:1#2"])
def test_a_place_that_the_original_lacks_is_refused(place: str) -> None:
    with pytest.raises(InputError, match=f"no unit at {place}"):
        edit(document(unit("一", "One")), lambda found: [replace(corrected(found[0], "x"), locators=(place,))])


def test_trados_gets_its_word_for_each_segment() -> None:
    out, _ = changed(TRADOS, u4f1_2="<2>Efficiency</2> is very high.=approved", u4f2="A new berth.", u4f3="=rejected")
    expected = TRADOS.replace("</mrk> is high.", "</mrk> is very high.")
    expected = expected.replace('id="2" conf="Draft"', 'id="2" conf="ApprovedTranslation"')
    expected = expected.replace('<sdl:seg id="3"/>', '<sdl:seg conf="Draft" id="3"/>')
    expected = expected.replace('conf="ApprovedSignOff"', 'conf="RejectedTranslation"')
    new = '<target><mrk mtype="seg" mid="3">A new berth.</mrk></target>'
    expected = expected.replace("新泊位。</mrk></seg-source>", "新泊位。</mrk></seg-source>" + new)
    assert out == expected


def test_a_locked_segment_that_was_changed_is_named() -> None:
    assert changed(TRADOS, u4f3="Signed!")[1] == ["Locked in the tool that the file is from, and changed: unit 4f3."]


def test_memoq_gets_its_word_and_keeps_the_reviewers() -> None:
    out, _ = changed(MEMOQ, u1="Berth <1>three</1>", u2="  Two blanks<1/>=confirmed", u3="=approved")
    expected = MEMOQ.replace("ManuallyConfirmed", "PartiallyEdited").replace("NotStarted", "ManuallyConfirmed")
    ph = '<ph id="1">&lt;mq:ch val="&amp;#9;" /&gt;</ph>'
    expected = expected.replace("No. 3", "three").replace('preserve"></target>', f'preserve">  Two blanks{ph}</target>')
    assert out == expected


def test_phrase_gets_the_level_of_its_job() -> None:
    out, warnings = changed(PHRASE, uT_1="=approved", uT_0="<1>Cargo</1> volume")
    expected = PHRASE.replace('id="T:0" m:confirmed="2"', 'id="T:0" m:confirmed="0"').replace("Freight", "Cargo")
    expected = expected.replace('id="T:1" m:confirmed="1"', 'id="T:1" m:confirmed="2"')
    assert out == expected
    assert warnings == ["Phrase's files say no approval; approved units were written as confirmed: 1."]


def test_codes_of_phrase_move_and_are_written_as_phrase_writes_them() -> None:
    data = PHRASE.encode()
    out, warnings = edit(data, at(0, "Volume of <1>cargo</1>"))
    assert b"<target>Volume of {1&gt;cargo&lt;1}</target>" in out
    assert not warnings
    _, (article,) = read(out)
    assert article.segments[0].hypothesis == "Volume of <1>cargo</1>"
    _, warnings = edit(data, at(1, "is {9} large"))
    assert warnings == ["Text that looks like an inline code of Phrase will be one there: unit T:1."]
