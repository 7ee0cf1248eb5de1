"""The article as it is shown, and the way it came about."""

from __future__ import annotations

import json

from review.steps.replaying import replay
from review.store import articles
from tests.steps.desk import TEXTS, Desk, flag, mark


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


def test_comments_follow_their_segment_into_a_merge(desk: Desk) -> None:
    ids = desk.ids()
    desk.do("comment", [ids[1]], {"comment": {"id": "c1", "text": "Why?", "start": None, "end": None}})
    desk.do("merge", ids[:2], {"new": desk.new()})
    assert [comment["text"] for comment in desk.segments()[0]["comments"]] == ["Why?"]


def test_the_way_to_a_text_is_told_with_the_article(desk: Desk) -> None:
    first = desk.ids()[0]
    found = flag(first, TEXTS[0], "Kaos", "COSMOPlat")
    desk.save(found)
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


def test_a_comment_stays_on_its_words_and_without_them_is_on_the_whole_segment(desk: Desk) -> None:
    first, second = desk.ids()[:2]

    def words() -> list[str | None]:
        return [
            None if comment["start"] is None else segment["text"][comment["start"] : comment["end"]]
            for segment in desk.segments()
            for comment in segment["comments"]
        ]

    desk.do("comment", [first], {"comment": {"id": "c1", "text": "Small?", "start": 11, "end": 16}})
    desk.do("edit", [first], {"texts": ["The Kaos helps such small firms."]})
    assert words() == ["small"]
    with desk.store.read() as connection:
        correction = articles.load(connection, desk.article).segments[0].correction
    assert correction is not None
    assert (correction.comments[0].start, correction.comments[0].end) == (20, 25)
    gone = desk.do("edit", [first], {"texts": ["The Kaos helps many firms."]})
    assert words() == [None]
    desk.do("undo", [first], {"event": gone})
    assert words() == ["small"]
    split = desk.do("split", [first], {"new": [desk.new(), desk.new()], "at": 14, "source_at": None})
    assert desk.texts()[:2] == ["The Kaos helps", "such small firms."]
    assert words() == ["small"], "in the second half"
    desk.do("undo", [first], {"event": split})
    desk.do("merge", [first, second], {"new": desk.new()})
    assert words() == ["small"]
    assert replay(desk.store).differences == []
