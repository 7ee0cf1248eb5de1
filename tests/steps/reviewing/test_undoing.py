"""Undo and redo, each person their own."""

from __future__ import annotations

from tests.steps.desk import TEXTS, Desk, flag, mark


def test_undoing_a_dismissal_opens_the_flag(desk: Desk) -> None:
    first = desk.ids()[0]
    found = flag(first, TEXTS[0], "Kaos", "X")
    desk.save(found)
    event = desk.dismiss(first, found, "place")
    undo = desk.event("undo", [first], {"event": event}, free=True)
    assert desk.post(undo)["stored"] == [undo["id"]]
    assert desk.states() == {TEXTS[0]: ["open"]}
    redo = desk.event("redo", [first], {"event": event}, free=True)
    assert desk.post(redo)["stored"] == [redo["id"]]
    assert desk.states() == {TEXTS[0]: ["dismissed"]}


def test_only_your_own_acts_can_be_undone(desk: Desk) -> None:
    first = desk.ids()[0]
    event = desk.do("edit", [first], {"texts": ["mine"]}, actor=desk.colleague())
    assert "somebody else's" in desk.refused("undo", [first], {"event": event})["reason"]


def test_an_edit_that_another_built_upon_cannot_be_undone(desk: Desk) -> None:
    first = desk.ids()[0]
    event = desk.do("edit", [first], {"texts": ["mine"]})
    desk.do("edit", [first], {"texts": ["theirs"]}, actor=desk.colleague())
    assert desk.refused("undo", [first], {"event": event})["reason"].startswith("This was changed since")


def test_undo_and_redo_go_back_and_forth_and_survive_a_reload(desk: Desk) -> None:
    first = desk.ids()[0]
    acts = [desk.do("edit", [first], {"texts": [text]}) for text in ("a", "b", "c")]
    assert [step["event"] for step in desk.view()["undo"]] == acts
    for act in reversed(acts):
        desk.do("undo", [first], {"event": act})
    assert desk.texts()[0] == TEXTS[0]
    assert desk.view()["undo"] == []
    assert [step["event"] for step in desk.view()["redo"]] == acts[::-1]
    for act in acts:
        desk.do("redo", [first], {"event": act})
    assert desk.texts()[0] == "c"
    assert desk.segments()[0]["version"] == 9
    assert [step["event"] for step in desk.view()["undo"]] == acts
    assert desk.view(desk.colleague())["undo"] == [], "each person undoes their own"


def test_a_new_act_ends_what_could_be_redone(desk: Desk) -> None:
    first = desk.ids()[0]
    act = desk.do("edit", [first], {"texts": ["a"]})
    desk.do("undo", [first], {"event": act})
    desk.do("edit", [first], {"texts": ["b"]})
    assert desk.view()["redo"] == []


def test_an_act_is_not_undone_twice(desk: Desk) -> None:
    first = desk.ids()[0]
    act = desk.do("edit", [first], {"texts": ["a"]})
    desk.do("undo", [first], {"event": act})
    assert "undone already" in desk.refused("undo", [first], {"event": act})["reason"]


def test_marks_and_comments_are_undone_and_redone(desk: Desk) -> None:
    first = desk.ids()[0]
    marking = desk.do("mark", [first], mark())
    comment = {"comment": {"id": "c1", "text": "Why?", "start": 0, "end": 4}}
    commenting = desk.do("comment", [first], comment)
    assert [step["kind"] for step in desk.view()["undo"]] == ["mark", "comment"]
    for act in (commenting, marking):
        desk.do("undo", [first], {"event": act})
    assert (desk.segments()[0]["marks"], desk.segments()[0]["comments"]) == ([], [])
    desk.do("redo", [first], {"event": marking})
    desk.do("redo", [first], {"event": commenting})
    assert len(desk.segments()[0]["marks"]) == len(desk.segments()[0]["comments"]) == 1
    assert desk.segments()[0]["version"] == 0, "neither is a change of the segment"


def test_what_was_removed_by_its_opposite_is_not_offered_for_undo(desk: Desk) -> None:
    first = desk.ids()[0]
    desk.do("mark", [first], mark())
    desk.do("unmark", [first], {"span": "m1"})
    assert desk.view()["undo"] == []
