"""Merging, splitting and inserting."""

from __future__ import annotations

from review.store import articles
from tests.steps.desk import TEXTS, Desk


def test_segments_are_merged_and_the_merge_undone(desk: Desk) -> None:
    ids = desk.ids()
    new = desk.new()
    event = desk.do("merge", ids[:2], {"new": new})
    first = desk.segments()[0]
    assert desk.ids() == [new, *ids[2:]]
    assert first["text"] == f"{TEXTS[0]} {TEXTS[1]}"
    assert first["source"] == "卡奥斯助力小企业。卡奥斯和卡奥斯。", "nothing goes between Chinese sentences"
    assert first["references"] == ["Reference 0. Reference 1."]
    assert first["version"] == 1
    with desk.store.read() as connection:
        merged = articles.load(connection, desk.article).segments[0]
    assert merged.parents == (str(ids[0]), str(ids[1]))
    assert merged.locators == ("line:1", "line:2")
    undo = desk.event("undo", ids[:2], {"event": event}, free=True)
    for target in undo["targets"]:
        target["base_version"] = 1
    assert desk.post(undo)["stored"] == [undo["id"]]
    assert desk.ids() == ids
    assert [segment["version"] for segment in desk.segments()[:2]] == [2, 2]
    redo = desk.event("redo", ids[:2], {"event": event})
    assert desk.post(redo)["stored"] == [redo["id"]]
    assert desk.ids() == [new, *ids[2:]]


def test_a_merge_cannot_be_undone_once_somebody_edited_what_it_made(desk: Desk) -> None:
    ids = desk.ids()
    new = desk.new()
    event = desk.do("merge", ids[:2], {"new": new})
    desk.do("edit", [new], {"texts": ["changed"]}, actor=desk.colleague())
    refusal = desk.refused("undo", ids[:2], {"event": event})
    assert refusal["code"] == "conflict"
    assert refusal["reason"].startswith("This was changed since")


def test_only_neighbours_can_be_merged(desk: Desk) -> None:
    ids = desk.ids()
    assert "follow each other" in desk.refused("merge", [ids[0], ids[2]], {"new": desk.new()})["reason"]
    assert "follow each other" in desk.refused("merge", [ids[1], ids[0]], {"new": desk.new()})["reason"]


def test_a_segment_is_split_with_its_source_and_reference(desk: Desk) -> None:
    second = desk.ids()[1]
    left, right = desk.new(), desk.new()
    event = desk.do("split", [second], {"new": [left, right], "at": 5, "source_at": 3})
    found = desk.segments()
    assert [segment["id"] for segment in found][1:3] == [left, right]
    assert [segment["text"] for segment in found[1:3]] == ["Kaos", "and Kaos again."]
    assert [segment["hypothesis"] for segment in found[1:3]] == ["Kaos", "and Kaos again."]
    assert [segment["source"] for segment in found[1:3]] == ["卡奥斯", "和卡奥斯。"]
    with desk.store.read() as connection:
        loaded = articles.load(connection, desk.article).segments
    assert [segment.locators for segment in loaded[1:3]] == [("line:2",), ()]
    desk.do("undo", [second], {"event": event})
    assert desk.texts() == list(TEXTS)


def test_a_split_of_an_edited_segment_cuts_the_hypothesis_at_the_same_place(desk: Desk) -> None:
    second = desk.ids()[1]
    desk.do("edit", [second], {"texts": ["COSMOPlat and COSMOPlat again."]})
    desk.do("split", [second], {"new": [desk.new(), desk.new()], "at": 14, "source_at": None})
    assert [segment["hypothesis"] for segment in desk.segments()[1:3]] == ["Kaos and", "Kaos again."]


def test_a_cut_needs_text_on_both_sides(desk: Desk) -> None:
    second = desk.ids()[1]
    for at in (0, len(TEXTS[1])):
        refusal = desk.refused("split", [second], {"new": [desk.new(), desk.new()], "at": at})
        assert "both sides" in refusal["reason"]
    assert desk.refused("split", [second], {"new": [desk.new(), desk.new()], "at": 99})["code"] == "invalid"


def test_sentences_are_inserted_before_and_after_in_any_number(desk: Desk) -> None:
    ids = desk.ids()
    for number in range(40):
        payload = {"new": desk.new(), "text": f"n{number}", "before": number % 2 == 1, "new_paragraph": False}
        desk.do("insert", [ids[1]], payload)
    before = [f"n{number}" for number in range(1, 40, 2)]
    after = [f"n{number}" for number in range(38, -1, -2)]
    assert desk.texts() == [TEXTS[0], *before, TEXTS[1], *after, *TEXTS[2:]]
    assert {segment["paragraph"] for segment in desk.segments()[:42]} == {0}


def test_an_inserted_sentence_may_be_a_paragraph_of_its_own(desk: Desk) -> None:
    payload = {"new": desk.new(), "text": "Alone.", "before": False, "new_paragraph": True}
    desk.do("insert", [desk.ids()[0]], payload)
    assert [segment["paragraph"] for segment in desk.segments()] == [0, 1, 2, 3, 3]
    assert desk.segments()[1]["inserted"] is True
