"""Inline codes and notes of a file in the store: kept through every act, and never broken by one."""

from __future__ import annotations

from typing import Any

import pytest

from review.model import Article, Code, Segment
from review.steps.replaying import replay
from review.store import Store, articles
from tests.steps.desk import Desk

B = (Code("<1>", "<b>"), Code("</1>", "</b>"))
LINK = (Code("<2>", "<a>"), Code("</2>", "</a>"))
IMAGE = (Code("<1/>", "image"),)

SEGMENTS = (
    Segment("The <1>port</1> grew.", source="<1>港口</1>扩大。", locators=("u1#1",), codes=B, notes=("A headline.",)),
    Segment("See <2>the map</2> too.", source="另见<2>地图</2>。", locators=("u1#2",), codes=LINK, notes=("A link.",)),
    Segment("Ships <1>sail</1>.", source="船<1>航行</1>。", locators=("u2",), codes=B),
    Segment("A picture <1/> here.", source="图<1/>在此。", locators=("u3",), codes=IMAGE),
    Segment("Machines lose one.", source="机器<1/>丢了一个。", locators=("u4",), codes=IMAGE),
)


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, [Article("coded", SEGMENTS, source_language="zh", target_language="en")])


def loaded(desk: Desk) -> tuple[Segment, ...]:
    with desk.store.read() as connection:
        return articles.load(connection, desk.article).segments


def undo(desk: Desk, event: str, ids: list[int], versions: int) -> dict[str, Any]:
    made = desk.event("undo", ids, {"event": event}, free=True)
    for target in made["targets"]:
        target["base_version"] = versions
    return desk.post(made)


def test_the_view_tells_the_codes_and_notes_of_those_that_have_them(desk: Desk) -> None:
    first = desk.segments()[0]
    assert first["codes"] == [["<1>", "<b>", True], ["</1>", "</b>", True]]
    assert first["notes"] == ["A headline."]
    plain = Desk(desk.store).segments()[0]
    assert "codes" not in plain
    assert "notes" not in plain


def test_words_are_counted_without_codes(desk: Desk) -> None:
    assert [segment["words"] for segment in desk.segments()] == [3, 4, 2, 3, 3]
    first = desk.ids()[0]
    desk.do("edit", [first], {"texts": ["The old <1>port</1> grew."]})
    assert desk.segments()[0]["words"] == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The <1>port grew.", "The inline code </1> (</b>) is missing; put it back where it belongs."),
        ("The <1>port</1> grew.<1>", "The inline code <1> (<b>) stands there too often; take it out."),
        ("The </1>port<1> grew.", "The inline code </1> is out of order; each pair must enclose its text,"),
    ],
)
def test_an_edit_that_breaks_a_code_is_refused(desk: Desk, text: str, said: str) -> None:
    first = desk.ids()[0]
    refusal = desk.refused("edit", [first], {"texts": [text]})
    assert refusal["reason"].startswith(said)
    assert desk.texts()[0] == SEGMENTS[0].hypothesis


def test_a_code_that_the_machine_lost_may_be_put_in_and_the_original_put_back(desk: Desk) -> None:
    last = desk.ids()[4]
    desk.do("edit", [last], {"texts": ["Machines <1/>lose one."]})
    assert "is missing" in desk.refused("edit", [last], {"texts": ["They lose one."]})["reason"]
    desk.do("edit", [last], {"texts": [SEGMENTS[4].hypothesis], "origin": "original"})
    assert desk.texts()[4] == SEGMENTS[4].hypothesis


def test_parts_of_a_unit_are_merged_with_the_codes_and_notes_of_both(desk: Desk) -> None:
    ids = desk.ids()
    event = desk.do("merge", ids[:2], {"new": desk.new()})
    merged = loaded(desk)[0]
    assert merged.codes == B + LINK
    assert merged.notes == ("A headline.", "A link.")
    assert merged.hypothesis == "The <1>port</1> grew. See <2>the map</2> too."
    assert "</2>" in desk.refused("edit", [desk.ids()[0]], {"texts": ["<1>a</1> <2>b"]})["reason"]
    assert undo(desk, event, ids[:2], 1)["refused"] == []
    assert [one.codes for one in loaded(desk)[:2]] == [B, LINK]
    assert replay(desk.store).differences == []


def test_what_has_the_same_code_in_two_units_is_not_merged(desk: Desk) -> None:
    event = desk.do("merge", desk.ids()[:2], {"new": desk.new()})
    refusal = desk.refused("merge", desk.ids()[:2], {"new": desk.new()})
    assert refusal["reason"].startswith("Both segments have an inline code <1>")
    assert event
    assert len(desk.ids()) == 4


def test_both_halves_of_a_split_know_the_codes_and_are_merged_again(desk: Desk) -> None:
    first = desk.ids()[0]
    text = SEGMENTS[0].hypothesis
    new = [desk.new(), desk.new()]
    desk.do("split", [first], {"new": new, "at": text.index(" grew"), "source_at": 7})
    halves = loaded(desk)[:2]
    assert [half.text for half in halves] == ["The <1>port</1>", "grew."]
    assert [half.codes for half in halves] == [B, B]
    assert [half.source for half in halves] == ["<1>港口</1>", "扩大。"], (
        "a cut inside a code of the source moves behind it"
    )
    desk.do("edit", [new[1]], {"texts": ["has grown."]})
    assert "no place" in desk.refused("edit", [new[1]], {"texts": ["<1>has</1> grown."]})["reason"]
    desk.do("merge", new, {"new": desk.new()})
    assert loaded(desk)[0].text == "The <1>port</1> has grown."
    assert replay(desk.store).differences == []


def test_a_split_about_a_word_inside_a_pair_leaves_a_half_on_each_side(desk: Desk) -> None:
    second = desk.ids()[1]
    new = [desk.new(), desk.new()]
    desk.do("split", [second], {"new": new, "at": SEGMENTS[1].hypothesis.index("map")})
    assert [one.text for one in loaded(desk)[1:3]] == ["See <2>the", "map</2> too."]
    desk.do("edit", [new[0]], {"texts": ["Look at <2>the"]})
    desk.do("merge", new, {"new": desk.new()})
    assert loaded(desk)[1].text == "Look at <2>the map</2> too."


def test_no_split_cuts_a_code(desk: Desk) -> None:
    first = desk.ids()[0]
    at = SEGMENTS[0].hypothesis.index("</1>") + 2
    refusal = desk.refused("split", [first], {"new": [desk.new(), desk.new()], "at": at})
    assert refusal["reason"] == "The cut is inside an inline code; put it before or behind the code."


def test_an_inserted_sentence_has_no_codes(desk: Desk) -> None:
    desk.do(
        "insert", [desk.ids()[0]], {"new": desk.new(), "text": "A <1> more.", "before": False, "new_paragraph": False}
    )
    made = loaded(desk)[1]
    assert (made.codes, made.notes) == ((), ())
    desk.do("edit", [desk.ids()[1]], {"texts": ["No more."]})


def test_undo_and_redo_bring_codes_back_as_they_were(desk: Desk) -> None:
    last = desk.ids()[4]
    event = desk.do("edit", [last], {"texts": ["Machines <1/>lose one."]})
    assert undo(desk, event, [last], 1)["refused"] == []
    assert desk.texts()[4] == SEGMENTS[4].hypothesis
    desk.do("redo", [last], {"event": event})
    assert desk.texts()[4] == "Machines <1/>lose one."
    assert replay(desk.store).differences == []
