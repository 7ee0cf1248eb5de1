"""Recording what reviewers do, and the article as it is shown."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from review.errors import AccessError, MissingError
from review.model import Correction, ReadingHeader
from review.steps import reviewing
from review.steps.replaying import replay
from review.store import Store, articles, batches, flags
from tests.steps.desk import TEXTS, Desk, article, flag


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def save(desk: Desk, *found: Any) -> None:
    desk.store.write(lambda connection: flags.save(connection, desk.article, found))


def shown(desk: Desk) -> dict[str, list[str]]:
    """The state of each flag by its surface's text."""
    return {
        segment["text"]: [one["state"] for one in segment["flags"]] for segment in desk.segments() if segment["flags"]
    }


def test_the_view_is_json_and_holds_what_the_page_needs(desk: Desk) -> None:
    view = json.loads(json.dumps(desk.view()))
    assert view["memberships"] == "owner"
    assert (view["hasSource"], view["hasReference"], view["targetDir"]) == (True, True, "ltr")
    first = view["segments"][0]
    assert first["text"] == first["hypothesis"] == TEXTS[0]
    assert first["source"] == "卡奥斯助力小企业。"
    assert first["references"] == ["Reference 0."]
    assert (first["version"], first["status"], first["words"]) == (0, "new", 4)
    assert [segment["paragraph"] for segment in view["segments"]] == [0, 0, 1, 1]


def test_an_edit_changes_the_text_and_makes_it_a_draft(desk: Desk) -> None:
    first = desk.ids()[0]
    desk.do("edit", [first], {"texts": ["COSMOPlat helps small firms."], "origin": "typed"})
    segment = desk.segments()[0]
    assert (segment["text"], segment["status"], segment["version"]) == ("COSMOPlat helps small firms.", "draft", 1)
    assert segment["hypothesis"] == TEXTS[0]


def test_a_second_arrival_is_an_acknowledgement_even_where_it_would_conflict_now(desk: Desk) -> None:
    first = desk.ids()[0]
    event = desk.event("edit", [first], {"texts": ["A"]})
    assert desk.post(event)["stored"] == [event["id"]]
    desk.do("edit", [first], {"texts": ["B"]})
    assert desk.post(event) == {"stored": [event["id"]], "refused": []}
    assert desk.texts()[0] == "B"


def test_an_id_twice_in_one_post_is_stored_once(desk: Desk) -> None:
    event = desk.event("edit", [desk.ids()[0]], {"texts": ["A"]})
    assert desk.post(event, event)["stored"] == [event["id"]] * 2
    assert desk.segments()[0]["version"] == 1


def test_an_edit_of_an_older_version_is_refused_with_the_segment_as_it_is(desk: Desk) -> None:
    first = desk.ids()[0]
    late = desk.event("edit", [first], {"texts": ["late"]})
    desk.do("edit", [first], {"texts": ["first"]}, actor=desk.colleague())
    answer = desk.post(late)
    assert answer["stored"] == []
    assert answer["refused"][0]["code"] == "conflict"
    assert answer["refused"][0]["current"]["text"] == "first"
    assert answer["refused"][0]["current"]["version"] == 1


def test_a_row_of_edits_with_foretold_versions_is_stored_in_one_post(desk: Desk) -> None:
    first = desk.ids()[0]
    posted = []
    for version in range(50):
        event = desk.event("edit", [first], {"texts": [f"text {version}"]})
        event["targets"][0]["base_version"] = version
        posted.append(event)
    assert len(desk.post(*posted)["stored"]) == 50
    assert desk.segments()[0]["version"] == 50
    assert desk.texts()[0] == "text 49"


def test_what_follows_a_refused_event_on_the_same_segment_is_refused_too(desk: Desk) -> None:
    first, second = desk.ids()[:2]
    bad = desk.event("edit", [first], {"texts": ["a\x00b"]})
    after = desk.event("edit", [first], {"texts": ["next"]})
    after["targets"][0]["base_version"] = 1
    other = desk.event("edit", [second], {"texts": ["other"]})
    answer = desk.post(bad, after, other)
    assert answer["stored"] == [other["id"]]
    assert [item["code"] for item in answer["refused"]] == ["invalid", "conflict"]


def test_accepting_everywhere_is_one_act_with_one_undo(desk: Desk) -> None:
    first, second = desk.ids()[:2]
    one, two, three = (
        flag(first, TEXTS[0], "Kaos", "COSMOPlat"),
        flag(second, TEXTS[1], "Kaos", "COSMOPlat"),
        flag(second, TEXTS[1], "Kaos", "COSMOPlat", nth=1),
    )
    save(desk, one, two, three)
    assert articles_row(desk).open_flags == 3
    views = [found for segment in desk.segments() for found in segment["flags"]]
    texts = [TEXTS[0].replace("Kaos", "COSMOPlat"), TEXTS[1].replace("Kaos", "COSMOPlat")]
    event = desk.do("accept", [first, second], {"texts": texts, "flags": views, "suggestion": "COSMOPlat"})
    save(desk)
    assert desk.texts()[:2] == texts
    assert shown(desk) == {texts[0]: ["accepted"], texts[1]: ["accepted", "accepted"]}
    spans = [(found["start"], found["end"]) for found in desk.segments()[1]["flags"]]
    assert [texts[1][start:end] for start, end in spans] == ["COSMOPlat", "COSMOPlat"]
    desk.do("undo", [first, second], {"event": event})
    assert desk.texts()[:2] == list(TEXTS[:2])
    assert shown(desk) == {}
    desk.do("redo", [first, second], {"event": event})
    assert desk.texts()[:2] == texts
    assert shown(desk) == {texts[0]: ["accepted"], texts[1]: ["accepted", "accepted"]}


def articles_row(desk: Desk) -> articles.ArticleRow:
    with desk.store.read() as connection:
        return articles.get(connection, desk.article)


def dismiss(desk: Desk, segment: int, found: Any, scope: str) -> str:
    view = next(one for item in desk.segments() for one in item["flags"] if one["id"] == found.id)
    return desk.do("dismiss", [segment], {"flag": view, "scope": scope, "reason": "a name"})


def test_a_dismissed_flag_stays_dismissed_when_flags_are_made_again(desk: Desk) -> None:
    first, second = desk.ids()[:2]
    found = [flag(first, TEXTS[0], "Kaos", "X"), flag(second, TEXTS[1], "Kaos", "X")]
    save(desk, *found)
    event = dismiss(desk, first, found[0], "place")
    assert shown(desk) == {TEXTS[0]: ["dismissed"], TEXTS[1]: ["open"]}
    assert articles_row(desk).open_flags == 1
    save(desk, *found)
    assert shown(desk) == {TEXTS[0]: ["dismissed"], TEXTS[1]: ["open"]}
    assert desk.segments()[0]["flags"][0]["event"] == event
    assert desk.segments()[0]["flags"][0]["reason"] == "a name"
    desk.do("restore", [first], {"dismissal": event})
    assert shown(desk) == {TEXTS[0]: ["open"], TEXTS[1]: ["open"]}
    assert articles_row(desk).open_flags == 2


@pytest.mark.parametrize(
    ("scope", "states"),
    [
        ("place", ["dismissed", "open", "open", "open"]),
        ("text", ["dismissed", "dismissed", "dismissed", "open"]),
        ("article", ["dismissed", "dismissed", "open", "dismissed"]),
        ("batch", ["dismissed", "dismissed", "dismissed", "dismissed"]),
        ("project", ["dismissed", "dismissed", "dismissed", "dismissed"]),
    ],
)
def test_a_dismissal_reaches_as_far_as_its_scope(store: Store, scope: str, states: list[str]) -> None:
    """The four flags: two of "Kaos" in one article, one in another, and another surface in the first."""
    desk = Desk(store, [article(), article(name="two")])

    def made() -> list[list[Any]]:
        ids = [
            [segment["id"] for segment in reviewing.view(store, key, desk.actor)["segments"]] for key in desk.articles
        ]
        return [
            [
                flag(ids[0][0], TEXTS[0], "Kaos", "X"),
                flag(ids[0][1], TEXTS[1], "Kaos", "X"),
                flag(ids[0][2], TEXTS[2], "double cycle", "X"),
            ],
            [flag(ids[1][0], TEXTS[0], "Kaos", "X")],
        ]

    def put() -> None:
        for key, found in zip(desk.articles, made(), strict=True):
            store.write(lambda connection, key=key, found=found: flags.save(connection, key, found))

    def seen() -> list[str]:
        with store.read() as connection:
            found = [flags.of(connection, key) for key in desk.articles]
        return [found[0][0].state, found[0][1].state, found[1][0].state, found[0][2].state]

    put()
    event = dismiss(desk, desk.ids()[0], made()[0][0], scope)
    assert seen() == states
    put()
    assert seen() == states, "and the same when flags are made again"
    desk.do("restore", [desk.ids()[0]], {"dismissal": event})
    assert seen() == ["open"] * 4
    desk_again = desk.event("redo", [desk.ids()[0]], {"event": event}, free=True)
    assert desk.post(desk_again)["refused"][0]["reason"].startswith("This act is not undone")


def test_a_dismissal_follows_its_words_and_dies_with_them(desk: Desk) -> None:
    second = desk.ids()[1]
    found = [flag(second, TEXTS[1], "Kaos", "X"), flag(second, TEXTS[1], "Kaos", "X", nth=1)]
    save(desk, *found)
    dismiss(desk, second, found[1], "place")
    assert shown(desk) == {TEXTS[1]: ["open", "dismissed"]}
    shorter = "COSMOPlat and Kaos again."
    desk.do("edit", [second], {"texts": [shorter]})
    save(desk, flag(second, shorter, "Kaos", "X"))
    assert shown(desk) == {shorter: ["dismissed"]}, "the second Kaos is the first now, and still the dismissed one"
    other = "COSMOPlat and Chaos again, says Kaos."
    desk.do("edit", [second], {"texts": [other]})
    save(desk, flag(second, other, "Kaos", "X"))
    assert shown(desk) == {other: ["open"]}


def test_a_dismissal_dies_when_the_source_changes(desk: Desk) -> None:
    first = desk.ids()[0]
    found = flag(first, TEXTS[0], "Kaos", "X")
    save(desk, found)
    dismiss(desk, first, found, "place")
    desk.do("repair", [first], {"sources": ["别的源文"]})
    save(desk, found)
    assert shown(desk) == {TEXTS[0]: ["open"]}


def test_undoing_a_dismissal_opens_the_flag(desk: Desk) -> None:
    first = desk.ids()[0]
    found = flag(first, TEXTS[0], "Kaos", "X")
    save(desk, found)
    event = dismiss(desk, first, found, "place")
    undo = desk.event("undo", [first], {"event": event}, free=True)
    assert desk.post(undo)["stored"] == [undo["id"]]
    assert shown(desk) == {TEXTS[0]: ["open"]}
    redo = desk.event("redo", [first], {"event": event}, free=True)
    assert desk.post(redo)["stored"] == [redo["id"]]
    assert shown(desk) == {TEXTS[0]: ["dismissed"]}


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


def test_deleted_segments_stay_in_view_and_come_back(desk: Desk) -> None:
    ids = desk.ids()
    event = desk.do("delete", ids[:3], {})
    assert desk.texts() == [TEXTS[3]]
    assert articles_row(desk).words == 3
    assert "restore it first" in desk.refused("edit", [ids[0]], {"texts": ["x"]})["reason"]
    desk.do("restore", [ids[0]], {"segment": True})
    assert desk.texts() == [TEXTS[0], TEXTS[3]]
    assert desk.refused("undo", ids[:3], {"event": event})["code"] == "conflict"


def test_progress_counts_confirmed_words(desk: Desk) -> None:
    ids = desk.ids()
    desk.do("status", ids[:2], {"status": "confirmed"})
    row = articles_row(desk)
    assert (row.words, row.done_words, row.changed) == (16, 8, 0)
    desk.do("edit", [ids[0]], {"texts": ["Two words"]})
    row = articles_row(desk)
    assert (row.words, row.done_words, row.changed) == (14, 4, 1)


def test_a_locked_segment_is_not_changed_until_it_is_unlocked(desk: Desk) -> None:
    first = desk.ids()[0]
    lock = desk.do("status", [first], {"locked": True})
    for kind, payload in (("edit", {"texts": ["x"]}), ("delete", {}), ("repair", {"sources": ["x"]})):
        assert "locked" in desk.refused(kind, [first], payload)["reason"]
    desk.do("undo", [first], {"event": lock})
    desk.do("edit", [first], {"texts": ["x"]})


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


def mark(text: str = TEXTS[0], **changes: Any) -> dict[str, Any]:
    span = {"id": "m1", "side": "target", "start": 0, "end": 4, "category": "terminology", "subcategory": "wrong term"}
    return {"span": {**span, "severity": "major", "note": "", "missing": False, "text": text, **changes}}


def test_a_mark_stays_on_the_text_it_was_made_on(desk: Desk) -> None:
    first = desk.ids()[0]
    desk.do("mark", [first], mark())
    desk.do("edit", [first], {"texts": ["Other words."]})
    found = desk.segments()[0]["marks"][0]
    assert found["text"][found["start"] : found["end"]] == "Kaos"
    assert found["rater"] == "Local user"
    assert "somebody else's" in desk.refused("unmark", [first], {"span": "m1"}, actor=desk.colleague())["reason"]
    desk.do("unmark", [first], {"span": "m1"})
    assert desk.segments()[0]["marks"] == []


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


def test_comments_follow_their_segment_into_a_merge(desk: Desk) -> None:
    ids = desk.ids()
    desk.do("comment", [ids[1]], {"comment": {"id": "c1", "text": "Why?", "start": None, "end": None}})
    desk.do("merge", ids[:2], {"new": desk.new()})
    assert [comment["text"] for comment in desk.segments()[0]["comments"]] == ["Why?"]


def test_what_was_removed_by_its_opposite_is_not_offered_for_undo(desk: Desk) -> None:
    first = desk.ids()[0]
    desk.do("mark", [first], mark())
    desk.do("unmark", [first], {"span": "m1"})
    assert desk.view()["undo"] == []


def test_viewers_and_strangers_may_not_write(desk: Desk) -> None:
    first = desk.ids()[0]
    viewer = desk.colleague("Viewer", "viewer")
    refusal = desk.refused("edit", [first], {"texts": ["x"]}, actor=viewer)
    assert (refusal["code"], refusal["current"]) == ("forbidden", None)
    assert desk.view(viewer)["memberships"] == "viewer"
    assert desk.refused("edit", [first], {"texts": ["x"]}, actor=999)["code"] == "forbidden"
    with pytest.raises(AccessError):
        desk.view(999)
    with pytest.raises(AccessError):
        reviewing.check_place(desk.store, 999, desk.batch, desk.article)
    with pytest.raises(MissingError):
        reviewing.check_place(desk.store, desk.actor, desk.batch + 1, desk.article)


def test_events_that_reach_into_another_batch_are_refused(desk: Desk) -> None:
    other = Desk(desk.store)
    event = other.event("edit", [other.ids()[0]], {"texts": ["x"]})
    answer = desk.post(event)
    assert answer["refused"][0]["code"] == "invalid"
    assert answer["refused"][0]["current"] is None
    assert other.texts() == list(TEXTS)


def test_an_id_of_another_persons_event_is_refused(desk: Desk) -> None:
    event = desk.event("edit", [desk.ids()[0]], {"texts": ["x"]})
    desk.post(event)
    assert desk.post(event, actor=desk.colleague())["refused"][0]["code"] == "invalid"


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("edit", {}),
        ("edit", {"texts": "x"}),
        ("edit", {"texts": []}),
        ("edit", {"texts": ["a", "b"]}),
        ("edit", {"texts": [1]}),
        ("edit", {"texts": ["\ud800"]}),
        ("edit", {"texts": ["a\x00"]}),
        ("edit", {"texts": ["x" * (1024 * 1024 + 1)]}),
        ("edit", {"texts": ["x"], "origin": "elsewhere"}),
        ("edit", {"texts": ["x"], "group": ["x"]}),
        ("accept", {"texts": ["x"], "flags": [], "suggestion": "x"}),
        ("accept", {"texts": ["x"], "flags": [{}], "suggestion": "x"}),
        ("dismiss", {"flag": None, "scope": "place"}),
        ("dismiss", {"flag": {"id": "1"}, "scope": "planet"}),
        ("restore", {"dismissal": "not-a-uuid"}),
        ("restore", {"segment": "yes"}),
        ("mark", mark(end=99)),
        ("mark", mark(start=3, end=2)),
        ("mark", mark(start=True)),
        ("mark", mark(category="nonsense")),
        ("mark", mark(severity="dire")),
        ("mark", mark(text="was never here")),
        ("unmark", {"span": {"id": 3}}),
        ("rate", {"value": 101}),
        ("rate", {"value": float("nan")}),
        ("rate", {"value": True}),
        ("comment", {"comment": {"id": "c", "text": "  "}}),
        ("comment", {"comment": {"id": "c", "text": "x", "start": 0, "end": 999}}),
        ("status", {}),
        ("status", {"status": "done"}),
        ("status", {"locked": 1}),
        ("split", {"new": [1, 2], "at": 3}),
        ("split", {"new": [2**41, 2**41], "at": 3}),
        ("insert", {"new": 2**53, "text": "", "before": False, "new_paragraph": False}),
        ("insert", {"new": 2**41, "text": None}),
        ("repair", {"sources": [1]}),
        ("undo", {"event": "x"}),
        ("undo", {"event": "00000000-0000-0000-0000-000000000000"}),
        ("assign", {"article": 1}),
        ("attach", {"side": "source", "texts": ["x"]}),
        ("nonsense", {}),
        ("edit", None),
        ("edit", []),
    ],
)
def test_a_wrong_payload_is_refused_in_one_sentence_and_changes_nothing(desk: Desk, kind: str, payload: Any) -> None:
    refusal = desk.refused(kind, [desk.ids()[0]], payload)
    assert refusal["code"] == "invalid"
    assert refusal["reason"].endswith(".")
    assert "cannot take this act" not in refusal["reason"], "foreseen, not caught at the last door"
    assert desk.texts() == list(TEXTS)


@pytest.mark.parametrize(
    "posted",
    [
        None,
        1,
        "x",
        [],
        {},
        {"id": 3, "kind": "edit"},
        {"id": "00000000-0000-0000-0000-000000000001"},
        {"id": "00000000-0000-0000-0000-000000000001", "kind": ["edit"], "targets": [], "payload": {}},
        {"id": "00000000-0000-0000-0000-000000000001", "kind": "edit", "targets": {}, "payload": {}},
        {"id": "00000000-0000-0000-0000-000000000001", "kind": "edit", "targets": [1], "payload": {"texts": ["x"]}},
        {
            "id": "00000000-0000-0000-0000-000000000001",
            "kind": "edit",
            "targets": [{"segment": 10**30, "base_version": 0}],
            "payload": {"texts": ["x"]},
        },
        {
            "id": "00000000-0000-0000-0000-000000000001",
            "kind": "edit",
            "targets": [{"segment": 1, "base_version": "0"}],
            "payload": {"texts": ["x"]},
        },
        {
            "id": "00000000-0000-0000-0000-000000000001",
            "kind": "edit",
            "targets": [{"segment": 424242, "base_version": 0}],
            "payload": {"texts": ["x"]},
        },
    ],
)
def test_whatever_is_no_event_is_refused(desk: Desk, posted: Any) -> None:
    answer = desk.post(posted)
    assert answer["stored"] == []
    assert answer["refused"][0]["code"] == "invalid"
    assert "cannot take this act" not in answer["refused"][0]["reason"]


def test_an_attached_source_keeps_all_work(store: Store) -> None:
    desk = Desk(store, [article(sources=None)])
    ids = desk.ids()
    desk.do("edit", [ids[0]], {"texts": ["Edited."]})
    desk.do("merge", ids[2:4], {"new": desk.new()})
    pending = desk.event("edit", [ids[0]], {"texts": ["Edited again."]})
    reviewing.attach(store, desk.actor, desk.article, "source", ["一", "二", None])
    reviewing.attach(store, desk.actor, desk.article, "reference", ["One", "Two", ""])
    reviewing.attach(store, desk.actor, desk.article, "alternative", ["1", "2", "3"], system="other")
    found = desk.view()
    assert found["hasSource"] is True
    assert [segment["source"] for segment in found["segments"]] == ["一", "二", None]
    assert found["segments"][0]["references"] == ["Reference 0.", "One"]
    assert found["segments"][0]["alternatives"] == [{"system": "other", "text": "1"}]
    assert found["segments"][0]["text"] == "Edited."
    assert desk.post(pending)["stored"] == [pending["id"]], "no edit is made stale by a source that arrives"


def test_the_way_to_a_text_is_told_with_the_article(desk: Desk) -> None:
    first = desk.ids()[0]
    found = flag(first, TEXTS[0], "Kaos", "COSMOPlat")
    save(desk, found)
    view = desk.segments()[0]["flags"][0]
    text = TEXTS[0].replace("Kaos", "COSMOPlat")
    desk.do("accept", [first], {"texts": [text], "flags": [view], "suggestion": "COSMOPlat"})
    desk.do("edit", [first], {"texts": [text + " Truly."]}, actor=desk.colleague())
    with desk.store.read() as connection:
        correction = articles.load(connection, desk.article).segments[0].correction
    assert correction is not None
    assert [(change.kind, change.actor) for change in correction.changes] == [
        ("accept", "Local user"),
        ("edit", "Colleague"),
    ]
    assert correction.changes[0].before == TEXTS[0]
    assert correction.changes[0].flag is not None
    assert correction.changes[0].flag["message"] == "Not Kaos."
    assert correction.author == "Colleague"
    with desk.store.read() as connection:
        assert articles.load(connection, desk.article).segments[3].correction is None


def test_deleting_on_a_flags_advice_is_told_with_the_flag_and_undone_with_it(desk: Desk) -> None:
    first = desk.ids()[0]
    save(desk, flag(first, TEXTS[0], TEXTS[0], ""))
    view = desk.segments()[0]["flags"][0]
    event = desk.do("delete", [first], {"flags": [view]})
    assert shown(desk)[TEXTS[0]][-1] == "accepted"
    with desk.store.read() as connection:
        correction = articles.load(connection, desk.article).segments[0].correction
    assert correction is not None
    assert [(change.kind, change.before, change.after) for change in correction.changes] == [("delete", TEXTS[0], "")]
    assert correction.changes[0].flag is not None
    desk.do("undo", [first], {"event": event})
    assert shown(desk) == {TEXTS[0]: ["open"]}


def test_the_changes_of_a_segment_lead_from_one_text_to_the_next(desk: Desk) -> None:
    """Through edits, a deletion, its undo, and a merge of which both parents' changes are told."""
    ids = desk.ids()
    desk.do("edit", [ids[0]], {"texts": ["One."]})
    deletion = desk.do("delete", [ids[0]], {})
    desk.do("edit", [ids[1]], {"texts": ["Two."]})
    desk.do("undo", [ids[0]], {"event": deletion})
    desk.do("merge", ids[:2], {"new": desk.new()})
    desk.do("edit", desk.ids()[:1], {"texts": ["One and two."]})
    with desk.store.read() as connection:
        correction = articles.load(connection, desk.article).segments[0].correction
    assert correction is not None
    assert [(change.kind, change.before, change.after) for change in correction.changes] == [
        ("edit", TEXTS[0], "One."),
        ("delete", "One.", ""),
        ("edit", TEXTS[1], "Two."),
        ("undo", "", "One."),
        ("edit", "One. Two.", "One and two."),
    ]


def test_corrections_that_a_file_brought_are_recorded_before_the_batch_shows(store: Store) -> None:
    read = article()
    given = (
        read.segments[0],
        replace(read.segments[1], correction=Correction("Corrected.", status="confirmed")),
        replace(read.segments[2], correction=Correction(TEXTS[2], status="confirmed")),
        replace(read.segments[3], correction=Correction(TEXTS[3], deleted=True)),
    )
    read = replace(read, segments=given)
    desk = Desk(store)
    batch = store.write(lambda c: batches.create(c, desk.project, desk.actor, "b", ReadingHeader("jsonl")))
    (desk.article,) = batches.add_articles(store, batch, [read])
    assert reviewing.record_corrections(store, desk.actor, batch, [(desk.article, read)]) == 3
    store.write(lambda c: batches.publish(c, batch))
    assert desk.texts() == [TEXTS[0], "Corrected.", TEXTS[2]]
    assert [segment["status"] for segment in desk.segments()] == ["new", "confirmed", "confirmed", "new"]
    assert replay(store).differences == []


def test_an_unknown_batch_and_one_still_coming_in_are_missing(desk: Desk) -> None:
    event = desk.event("edit", [desk.ids()[0]], {"texts": ["x"]})
    header = ReadingHeader("lines")
    staged = desk.store.write(lambda c: batches.create(c, desk.project, desk.actor, "staged", header))
    for batch in (999, staged):
        with pytest.raises(MissingError):
            reviewing.record(desk.store, desk.actor, batch, [event])
