"""A page with its text corrected: everything else byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.model import Segment
from tests.formats.helpers import HOSTILE, again, at, corrected, deleted, edit, inserted, read
from tests.formats.html.samples import NEWS

Change = Callable[[list[Segment]], Sequence[Segment]]


def page(data: str, change: Change) -> str:
    return edit(data.encode(), change, "html")[0].decode()


def test_an_untouched_page_comes_back_byte_for_byte() -> None:
    for data in (NEWS, NEWS.replace("\n", "\r\n"), "\ufeff" + NEWS):
        assert again(data.encode()) == data.encode()


def test_only_the_corrected_words_change() -> None:
    wanted = "The <1>port of Rizhao</1> handled 500 million tons of cargo in 2021, 4.2% more than in the year before."
    out = page(NEWS, at(3, wanted))
    assert out == NEWS.replace("tonnes of goods", "tons of cargo")


def test_entities_stay_where_the_text_stays() -> None:
    out = page("<p>A&nbsp;&mdash; one &amp; two.</p>", at(0, "A\u00a0— one & three."))
    assert out == "<p>A&nbsp;&mdash; one &amp; three.</p>"


def test_new_text_is_escaped() -> None:
    assert page("<p>One.</p>", at(0, "<script>1 & 2</script>")) == "<p>&lt;script&gt;1 &amp; 2&lt;/script&gt;</p>"
    description = '<meta name=description content="One."><p>a</p>'
    assert page(description, at(0, '"It\'s" one.')) == description.replace("One.", "&quot;It&#39;s&quot; one.")


def test_codes_move_with_the_text() -> None:
    assert page("<p>a <b class=x>b</b> c</p>", at(0, "<1>b</1> a c")) == "<p><b class=x>b</b> a c</p>"


def test_deleted_sentences_go_with_one_blank() -> None:
    data = "<p>One. Two. Three.</p><p>Four.</p>"
    assert page(data, lambda s: [s[0], deleted(s[1]), *s[2:]]) == "<p>One. Three.</p><p>Four.</p>"
    assert page(data, lambda s: [deleted(s[0]), *s[1:]]) == "<p>Two. Three.</p><p>Four.</p>"
    assert page(data, lambda s: [*s[:2], deleted(s[2]), s[3]]) == "<p>One. Two.</p><p>Four.</p>"


def test_a_deleted_sentence_leaves_tags_that_others_need_and_comments() -> None:
    data = "<p>One. <b>Two. Three.</b> Four<!-- c -->.</p>"
    assert page(data, lambda s: [s[0], deleted(s[1]), *s[2:]]) == "<p>One. <b>Three.</b> Four<!-- c -->.</p>"
    assert page(data, lambda s: [s[0], s[1], deleted(s[2]), s[3]]) == "<p>One. <b>Two.</b> Four<!-- c -->.</p>"
    assert page(data, lambda s: [*s[:3], deleted(s[3])]) == "<p>One. <b>Two. Three.</b><!-- c --></p>"


def test_white_space_that_nobody_sees_stays_where_nothing_was_deleted() -> None:
    data = "<p><b>中文。 </b>\n Port.</p><p>\u3000\u3000中文。</p>"
    assert page(data, at(1, "A port.")) == data.replace("Port", "A port")
    assert page(data, at(2, "中国。")) == data.replace("\u3000中文", "\u3000中国")


def test_an_emptied_block_is_told() -> None:
    out, warnings = edit(b"<p>One.</p><p>Two.</p>", lambda s: [deleted(s[0]), s[1]], "html")
    assert out == b"<p></p><p>Two.</p>"
    assert "One block is empty now" in warnings[0]


def test_inserted_sentences_stand_after_the_one_before() -> None:
    data = "<p>One.</p><p><b>Two.</b></p>"
    assert page(data, lambda s: [s[0], inserted("New.", 0), s[1]]) == "<p>One. New.</p><p><b>Two.</b></p>"
    assert page(data, lambda s: [s[0], inserted("New.", 1), s[1]]) == "<p>One.</p><p><b>New. Two.</b></p>"
    assert page(data, lambda s: [inserted("New.", 0), *s]) == "<p>New. One.</p><p><b>Two.</b></p>"
    assert page(data, lambda s: [deleted(s[0]), inserted("New.", 0), s[1]]) == "<p>New.</p><p><b>Two.</b></p>"


def merged(segments: list[Segment], text: str) -> Segment:
    first = segments[0]
    whole = " ".join(segment.hypothesis for segment in segments)
    locators = tuple(locator for segment in segments for locator in segment.locators)
    return corrected(replace(first, hypothesis=whole, locators=locators, parents=("1", "2")), text)


def test_merged_sentences_take_the_place_of_both() -> None:
    data = "<p>One.  Two. Three.</p>"
    assert page(data, lambda s: [merged(s[:2], "One. Two."), s[2]]) == data
    assert page(data, lambda s: [merged(s[:2], "One and two."), s[2]]) == "<p>One  and two. Three.</p>"


def test_a_merge_across_blocks_goes_into_the_first() -> None:
    out, warnings = edit(b"<p>One.</p><p>Two.</p>", lambda s: [merged(s, "One, two.")], "html")
    assert out == b"<p>One, two.</p><p></p>"
    assert any("Merged across blocks" in warning for warning in warnings)


def test_characters_that_the_encoding_lacks_are_written_as_numbers() -> None:
    data = "<meta charset=iso-8859-1><p>Caf\u00e9.</p>".encode("latin-1")
    assert edit(data, at(0, "Caf\u00e9 中."), "html")[0] == data.replace(b".</p>", b" &#20013;.</p>")


def test_an_encoding_with_two_codes_for_a_character_keeps_the_bytes_of_the_rest() -> None:
    data = b"<meta charset=shift_jis><p>\x87\x90 one.</p><p>\x81\xe0 two.</p>"
    assert again(data, "html") == data
    assert edit(data, at(1, "\u2252 2."), "html")[0] == data.replace(b"two", b"2")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_again_as_it_was_typed_or_named(text: str) -> None:
    out, warnings = edit(b"<p>One.</p><p>Two.</p>", at(0, text), "html")
    found = [segment.hypothesis for segment in read(out, "html")[1][0].segments]
    assert " ".join(found[:-1]) == text or any("Segment 1" in warning for warning in warnings)
    assert found[-1] == "Two."


def test_line_breaks_in_a_sentence_are_named() -> None:
    _, warnings = edit(b"<p>One.</p>", at(0, "One\n\ntwo."), "html")
    assert "Segment 1: line breaks" in warnings[0]


@pytest.mark.parametrize(
    "data",
    [
        "<b>" * 3000 + "x y",
        "<div>" * 3000 + "x y" + "</div>" * 3000,
        "a <b",
        'a <b class="never closed',
        "a <!-- never closed",
        "a </",
        "a <",
        "a &#x110000; &#0; &#xD800; \0 b",
        "<p>a<svg>b",
        "<title>a",
        "<p>" + "".join(f"<b{n}>" for n in range(300)) + "x" + "".join(f"</b{n}>y" for n in range(300)),
        "<table><td>a<tr><p>b</td><li>c</table></ul>",
        "a b" + "<br>" * 5000 + "c",
        '<p id=1 id=2 a=b\'c d="e>f">x y</p>',
    ],
)
def test_malformed_pages_come_back_byte_for_byte_and_can_be_corrected(data: str) -> None:
    assert again(data.encode(), "html") == data.encode()
    _, (article,) = read(data.encode(), "html")
    segment = article.segments[0]
    start, end = map(int, segment.locators[0].split("#")[1].split(":"))
    out = page(data, at(0, "New " + segment.hypothesis))
    assert out[:start] == data[:start]
    assert out.endswith(data[end:])


WORDS = st.sampled_from(
    ["Port", "grows", "中文。", "&amp;", "&nbsp;", "&mdash;", "a.", "It is.", "<3", "&lt;1&gt;", "\n"]
)
INLINE = st.sampled_from(
    ["<b>", "</b>", "<a href='x'>", "</a>", "<br>", "<img src=x>", "<!-- c -->", "<i>", "</i>", ""]
)
RUN = st.lists(st.tuples(INLINE, WORDS), min_size=1, max_size=8).map(
    lambda found: " ".join("".join(pair) for pair in found)
)
BLOCK = st.tuples(st.sampled_from(["p", "h2", "li", "td", "div", "blockquote"]), RUN).map(
    lambda found: f"<{found[0]}>{found[1]}</{found[0]}>"
)
PAGE = st.lists(st.one_of(BLOCK, RUN, st.sampled_from(["<hr>", "<pre>x</pre>", "<script>y</script>"])), max_size=6).map(
    lambda found: "<p>Start here.</p>\n" + "\n".join(found)
)
NEW = st.sampled_from(["Other.", "另一句。", "<b>&amp;", "1 < 2 & 3 > 2", "a_b *c* [d](e)", "&lt;", "'\""])


@settings(max_examples=150)
@given(PAGE, st.integers(0, 30), NEW)
def test_one_changed_sentence_changes_its_own_range_only(data: str, place: int, new: str) -> None:
    assert again(data.encode(), "html") == data.encode()
    _, (article,) = read(data.encode(), "html")
    segment = article.segments[place % len(article.segments)]
    start, end = map(int, segment.locators[0].split("#")[1].split(":"))
    wanted = segment.hypothesis + " " + new
    out, warnings = edit(data.encode(), at(segment.order, wanted), "html")
    text = out.decode()
    assert text[:start] == data[:start]
    assert text.endswith(data[end:])
    if not warnings:
        found = "".join(part.hypothesis for part in read(out, "html")[1][0].segments)
        assert "".join(new.split()) in "".join(found.split())


@settings(max_examples=100)
@given(PAGE, st.lists(st.booleans(), min_size=8, max_size=8))
def test_deleting_leaves_the_other_sentences_as_they_are(data: str, gone: list[bool]) -> None:
    _, (article,) = read(data.encode(), "html")

    def change(segments: list[Segment]) -> list[Segment]:
        return [deleted(item) if gone[n % 8] else item for n, item in enumerate(segments)]

    out = page(data, change)
    place = 0
    for number, segment in enumerate(article.segments):
        if not gone[number % 8]:
            start, end = map(int, segment.locators[0].split("#")[1].split(":"))
            place = out.index(data[start:end], place) + end - start
