"""Edits written over the original: text, states, codes, merges; every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.model import Correction, Segment
from tests.formats.helpers import AT, corrected, deleted, edit, inserted, read, written
from tests.formats.xliff2.samples import document, file, pair, segment, unit
from tests.formats.xliff2.valid import ACCEPTED

FIXED = 'canCopy="no" canDelete="no"'
TWO = unit(
    pair('<pc id="1">你好</pc>。', '<pc id="1">Hello</pc>.', 'id="s1" state="translated"')
    + "<ignorable><source> </source><target> </target></ignorable>"
    + pair('再见<ph id="2"/>。', 'Goodbye<ph id="2"/>.', 'id="s2"')
)


def with_status(place: int, status: str, text: str | None = None) -> Callable[[list[Segment]], Sequence[Segment]]:
    """A change of one segment's status, and of its text where given."""

    def change(segments: list[Segment]) -> Sequence[Segment]:
        old = segments[place]
        segments[place] = replace(old, correction=Correction(old.text if text is None else text, status, "Li Wei", AT))
        return segments

    return change


def merged(first: Segment, second: Segment) -> Segment:
    """Two segments as one, as a merge makes it."""
    text = f"{first.text} {second.text}"
    return replace(
        first,
        hypothesis=text,
        locators=(*first.locators, *second.locators),
        parents=("a", "b"),
        codes=(*first.codes, *(code for code in second.codes if code not in first.codes)),
        correction=Correction(text, "draft", "Li Wei", AT),
    )


def test_only_the_text_between_the_target_s_tags_changes() -> None:
    made, warnings = edit(TWO, with_status(1, "draft", "See you<2/> & <all>."))
    old = '<segment id="s2"><source>再见<ph id="2"/>。</source><target>Goodbye<ph id="2"/>.'
    new = '<segment state="translated" id="s2"><source>再见<ph id="2"/>。</source>'
    new += '<target>See you<ph id="2"/> &amp; &lt;all&gt;.'
    assert made == TWO.replace(old.encode(), new.encode())
    assert warnings == []


@pytest.mark.parametrize(
    ("status", "state"),
    [("draft", "translated"), ("confirmed", "reviewed"), ("approved", "final"), ("rejected", "initial")],
)
def test_a_status_is_written_as_a_state(status: str, state: str) -> None:
    data = segment("你好", "Hello", 'state="translated" subState="my:x" id="s"')
    made, _ = edit(data, with_status(0, status, "Hi"))
    expected = b'state="translated" subState="my:x"' if state == "translated" else f'state="{state}"'.encode()
    assert made == data.replace(b'state="translated" subState="my:x"', expected).replace(b"Hello", b"Hi")


@pytest.mark.parametrize("state", ["initial", "translated", "reviewed", "final"])
def test_an_unchanged_segment_keeps_its_state(state: str) -> None:
    data = segment("你好", "Hello", f'state="{state}" subState="my:x"')
    assert edit(data, with_status(0, "draft"))[0] == data


@pytest.mark.parametrize(("state", "status"), [("reviewed", "confirmed"), ("final", "approved")])
def test_a_state_is_read_as_a_status_and_written_the_same(state: str, status: str) -> None:
    data = segment("你好", "Hello", f'state="{state}" subState="my:x"')
    header, (article,) = read(data)
    assert article.segments[0].correction == Correction("Hello", status)
    assert written(header, [article], data) == (data, [])


@pytest.mark.parametrize("state", ["initial", "translated"])
def test_other_states_say_nothing(state: str) -> None:
    _, (article,) = read(segment("你好", "Hello", f'state="{state}"'))
    assert article.segments[0].correction is None


def test_confirming_alone_changes_the_state_alone() -> None:
    data = segment("你好", "Hello", 'id="s"')
    assert edit(data, with_status(0, "confirmed"))[0] == data.replace(b"<segment id", b'<segment state="reviewed" id')


def test_a_missing_target_is_added_behind_the_source() -> None:
    data = file(
        '<unit id="u1">\n <segment>\n  <source xml:space="preserve">你<ph id="1"/></source>\n </segment>\n</unit>'
    )
    made, _ = edit(data, with_status(0, "draft", "You<1/>"))
    assert made == data.replace(b"<segment>", b'<segment state="translated">').replace(
        b"</source>", b'</source>\n  <target xml:space="preserve">You<ph id="1"/></target>'
    )


def test_a_new_target_says_its_language_where_it_would_inherit_another() -> None:
    data = unit(pair("你好"), 'id="u1" xml:lang="zh"')
    made, _ = edit(data, with_status(0, "draft", "Hello"))
    assert b'<target xml:lang="en">Hello</target>' in made
    assert read(made)[1][0].segments[0].hypothesis == "Hello"


def test_the_language_of_the_first_target_is_written() -> None:
    data = document(
        '<file id="f"><unit id="u"><segment><source>a</source></segment></unit></file>', "2.0", 'srcLang="zh"'
    )
    made, warnings = edit(data, with_status(0, "draft", "Hello"), target_language="en")
    assert b'<xliff trgLang="en" ' in made
    assert warnings == []
    made, warnings = edit(data, with_status(0, "draft", "Hello"))
    assert b'trgLang="und"' in made
    assert warnings


def test_an_empty_target_tag_is_filled() -> None:
    data = unit("<segment><source>a</source><target/></segment>")
    assert b"<target>b</target>" in edit(data, with_status(0, "draft", "b"))[0]


def test_prefixes_are_kept() -> None:
    data = ACCEPTED["prefixes"]
    made, _ = edit(data, with_status(0, "draft", "b<1/>\x01"))
    assert b'<x:target>b<x:ph id="1"/><x:cp hex="0001"/></x:target>' in made
    assert read(made)[1][0].segments[0].hypothesis == "b<1/><2/>"


def test_a_code_that_the_target_lacks_comes_from_the_source() -> None:
    data = segment('<pc id="1" type="fmt">你</pc>好<sc id="2" disp="x"/>。<ec startRef="2"/>', "Hello.")
    made, warnings = edit(data, with_status(0, "draft", "<1>Hel</1>lo<2>.</2>"))
    assert b'<target><pc id="1" type="fmt">Hel</pc>lo<sc id="2" disp="x"/>.<ec startRef="2"/></target>' in made
    assert warnings == []


def test_what_looks_like_a_code_is_text() -> None:
    data = segment('按 &lt;3> 键<ph id="1"/>', "Press &lt;3>")
    _, (article,) = read(data)
    assert article.segments[0].source == "按 <3> 键<4/>"
    assert [code.token for code in article.segments[0].codes] == ["<4/>"]
    made, _ = edit(data, with_status(0, "draft", "Press <3> now<4/> <1/>"))
    assert b'<target>Press &lt;3&gt; now<ph id="1"/> &lt;1/&gt;</target>' in made


def test_half_a_pair_is_left_out_and_named() -> None:
    made, warnings = edit(TWO, with_status(0, "draft", "<1>Hello"))
    assert b"<target>Hello</target>" in made
    assert warnings == ["Inline codes that had lost their other half, or belong to another unit, were left out: u1#1."]


def test_a_half_in_another_segment_goes_with_its_other_half() -> None:
    data = unit(pair('<sc id="1"/>a', '<sc id="1"/>b') + pair('c<ec startRef="1"/>', 'd<ec startRef="1"/>'))
    made, warnings = edit(data, with_status(0, "draft", "b"))
    assert made.count(b'<sc id="1"/>') == made.count(b'<ec startRef="1"/>') == 1
    assert "u1#2" in warnings[0]
    read(made)


def test_a_half_whose_other_half_is_not_translated_yet_stays() -> None:
    data = unit(pair('<sc id="1"/>a', '<sc id="1"/>b') + pair('c<ec startRef="1"/>'))
    made, warnings = edit(data, with_status(0, "draft", "<1>new"))
    assert b'<target><sc id="1"/>new</target>' in made
    assert warnings == []
    read(made)


def test_codes_that_may_not_move_are_put_back_in_order() -> None:
    codes = f'<ph id="1" canReorder="firstNo" {FIXED}/>, <ph id="2" canReorder="no" {FIXED}/>'
    made, warnings = edit(segment(codes, codes), with_status(0, "approved", "<2/> and <1/>"))
    assert read(made)[1][0].segments[0].hypothesis == "<1/> and <2/>"
    assert "Codes that may not change places" in warnings[0]


def test_what_lacks_a_code_it_must_have_is_not_called_final() -> None:
    data = segment('<ph id="1" canDelete="no"/>a', "b")
    made, warnings = edit(data, with_status(0, "approved"))
    assert b'state="reviewed"' in made
    assert "said to be reviewed only" in warnings[0]
    read(made)


def test_merged_segments_of_a_unit_share_the_first_target_and_their_codes() -> None:
    made, warnings = edit(TWO, lambda segments: [merged(*segments)])
    assert '<target><pc id="1">Hello</pc> Goodbye<ph id="2"/>.</target>'.replace(" Good", ". Good").encode() in made
    assert '再见<ph id="2"/>。</source><target></target>'.encode() in made
    assert warnings == ["Deleted or merged into another segment, so left with an empty target: u1#3."]
    _, (article,) = read(made)
    assert [item.hypothesis for item in article.segments] == ["<1>Hello</1>. Goodbye<2/>.", ""]


def test_a_merge_over_units_leaves_foreign_codes_out_and_says_so() -> None:
    data = file(f'<unit id="u1">{pair("a", "b")}</unit><unit id="u2">' + pair('c<ph id="7"/>', "d") + "</unit>")

    def change(segments: list[Segment]) -> Sequence[Segment]:
        both = merged(*segments)
        return [replace(both, correction=Correction("b<1/> d", "draft", "Li Wei", AT))]

    made, warnings = edit(data, change)
    assert [item.hypothesis for item in read(made)[1][0].segments] == ["b d", ""]
    assert len(warnings) == 2


def test_deleted_and_inserted_segments_are_named() -> None:
    made, warnings = edit(TWO, lambda segments: [deleted(segments[0]), segments[1], inserted("New.")])
    assert [item.hypothesis for item in read(made)[1][0].segments] == ["", "Goodbye<2/>. New."]
    assert len(warnings) == 2
    made, warnings = edit(TWO, lambda segments: [inserted("New."), *segments])
    assert read(made)[1][0].segments[0].hypothesis == "New. <1>Hello</1>."
    assert warnings


def test_halves_of_a_split_are_joined_again() -> None:
    def split(segments: list[Segment]) -> Sequence[Segment]:
        first, second = segments
        half = replace(first, hypothesis="<1>Hel", parents=("a",))
        return [half, replace(first, hypothesis="lo</1>.", parents=("a",), locators=()), second]

    made, warnings = edit(TWO, split)
    assert b'<target><pc id="1">Hel lo</pc>.</target>' in made
    assert warnings == []


def test_units_not_to_be_translated_are_left_out_and_left_alone() -> None:
    data = document(
        '<file id="f" translate="no"><unit id="a"><segment><source>x</source></segment></unit>'
        '<group id="g" translate="yes"><unit id="b"><segment><source>y</source></segment></unit></group>'
        f'<unit id="c" translate="yes">{pair("z", "Z")}</unit></file>'
    )
    _, (article,) = read(data)
    assert [item.source for item in article.segments] == ["y", "z"]
    assert edit(data, with_status(1, "draft", "New"))[0] == data.replace(
        b"<segment><source>z</source><target>Z", b'<segment state="translated"><source>z</source><target>New'
    )


def test_a_code_that_something_refers_to_is_kept_at_the_end() -> None:
    data = ACCEPTED["matches"]
    assert [code.fixed for code in read(data)[1][0].segments[0].codes] == [False, False, True, True]
    made, warnings = edit(data, with_status(0, "draft", "Hello"))
    assert b'<target>Hello<mrk id="m2" type="my:x"></mrk></target>' in made
    assert warnings == ["Codes that something refers to stand empty at the end of the target: u1#1."]
    read(made)


def test_a_comment_inside_an_edited_target_is_named() -> None:
    data = segment("a", "b<!-- why -->c")
    made, warnings = edit(data, with_status(0, "draft", "d"))
    assert b"<target>d</target>" in made
    assert warnings == ["Comments inside the target were left out: u1#1."]


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_the_encoding_comes_back(encoding: str) -> None:
    text = segment("你好", "Hello").decode().replace("UTF-8", "UTF-16" if encoding == "utf-16" else "GB18030")
    if encoding == "utf-8-sig":
        text = text.replace(' encoding="GB18030"', "")
    data = text.replace("\n", "\r\n").encode(encoding)
    made, _ = edit(data, with_status(0, "draft", "Hi 你"))
    wanted = text.replace("\n", "\r\n").replace("Hello", "Hi 你").replace("<segment>", '<segment state="translated">')
    assert made == wanted.encode(encoding)


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(sorted(ACCEPTED)), data=st.data())
def test_any_edit_can_be_read_again_and_leaves_other_segments_as_they_were(name: str, data: st.DataObject) -> None:
    original = ACCEPTED[name]
    header, (first, *rest) = read(original)
    place = data.draw(st.integers(0, len(first.segments) - 1))
    old = first.segments[place]
    tokens = [code.token for code in old.codes]
    plain = data.draw(st.lists(st.sampled_from(["words", " & ", "<x>", "词", "\n", "]]>", "<9/>"]), max_size=4))
    pieces = data.draw(st.permutations([*plain, *data.draw(st.lists(st.sampled_from(tokens or [""]), unique=True))]))
    status = data.draw(st.sampled_from(["draft", "confirmed", "approved", "rejected"]))
    new = corrected(old, "".join(pieces))
    assert new.correction is not None
    new = replace(new, correction=replace(new.correction, status=status))
    segments = (*first.segments[:place], new, *first.segments[place + 1 :])
    made, warnings = written(header, [replace(first, segments=segments), *rest], original)
    _, (again, *others) = read(made)
    told = " ".join(warnings)
    assert told or [shape(item.text) for item in again.segments] == [shape(item.text) for item in segments]
    assert len(again.segments) == len(segments)
    assert others == rest


def shape(text: str) -> str:
    """A text with codes whatever their numbers, which go by the order in which they come."""
    return re.sub("[0-9]+", "1", text)
