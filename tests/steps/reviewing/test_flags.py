"""Flags accepted and dismissed, and how far that reaches."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from review.steps import reviewing
from review.steps.replaying import replay
from review.store import Store, articles, flags
from tests.steps.desk import TEXTS, Desk, article, flag


def test_accepting_everywhere_is_one_act_with_one_undo(desk: Desk) -> None:
    first, second = desk.ids()[:2]
    one, two, three = (
        flag(first, TEXTS[0], "Kaos", "COSMOPlat"),
        flag(second, TEXTS[1], "Kaos", "COSMOPlat"),
        flag(second, TEXTS[1], "Kaos", "COSMOPlat", nth=1),
    )
    desk.save(one, two, three)
    assert desk.row().open_flags == 3
    views = [found for segment in desk.segments() for found in segment["flags"]]
    texts = [TEXTS[0].replace("Kaos", "COSMOPlat"), TEXTS[1].replace("Kaos", "COSMOPlat")]
    event = desk.do("accept", [first, second], {"texts": texts, "flags": views, "suggestion": "COSMOPlat"})
    desk.save()
    assert desk.texts()[:2] == texts
    assert desk.states() == {texts[0]: ["accepted"], texts[1]: ["accepted", "accepted"]}
    spans = [(found["start"], found["end"]) for found in desk.segments()[1]["flags"]]
    assert [texts[1][start:end] for start, end in spans] == ["COSMOPlat", "COSMOPlat"]
    desk.do("undo", [first, second], {"event": event})
    assert desk.texts()[:2] == list(TEXTS[:2])
    assert desk.states() == {}
    desk.do("redo", [first, second], {"event": event})
    assert desk.texts()[:2] == texts
    assert desk.states() == {texts[0]: ["accepted"], texts[1]: ["accepted", "accepted"]}


def test_a_dismissed_flag_stays_dismissed_when_flags_are_made_again(desk: Desk) -> None:
    first, second = desk.ids()[:2]
    found = [flag(first, TEXTS[0], "Kaos", "X"), flag(second, TEXTS[1], "Kaos", "X")]
    desk.save(*found)
    event = desk.dismiss(first, found[0], "place")
    assert desk.states() == {TEXTS[0]: ["dismissed"], TEXTS[1]: ["open"]}
    assert desk.row().open_flags == 1
    desk.save(*found)
    assert desk.states() == {TEXTS[0]: ["dismissed"], TEXTS[1]: ["open"]}
    assert desk.segments()[0]["flags"][0]["event"] == event
    assert desk.segments()[0]["flags"][0]["reason"] == "a name"
    desk.do("restore", [first], {"dismissal": event})
    assert desk.states() == {TEXTS[0]: ["open"], TEXTS[1]: ["open"]}
    assert desk.row().open_flags == 2


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
            store.write(partial(flags.save, article=key, flags=found))

    def seen() -> list[str]:
        with store.read() as connection:
            found = [flags.of(connection, key) for key in desk.articles]
        return [found[0][0].state, found[0][1].state, found[1][0].state, found[0][2].state]

    put()
    event = desk.dismiss(desk.ids()[0], made()[0][0], scope)
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
    desk.save(*found)
    desk.dismiss(second, found[1], "place")
    assert desk.states() == {TEXTS[1]: ["open", "dismissed"]}
    shorter = "COSMOPlat and Kaos again."
    desk.do("edit", [second], {"texts": [shorter]})
    desk.save(flag(second, shorter, "Kaos", "X"))
    assert desk.states() == {shorter: ["dismissed"]}, "the second Kaos is the first now, and still the dismissed one"
    other = "COSMOPlat and Chaos again, says Kaos."
    desk.do("edit", [second], {"texts": [other]})
    desk.save(flag(second, other, "Kaos", "X"))
    assert desk.states() == {other: ["open"]}


def test_a_dismissal_dies_when_the_source_changes(desk: Desk) -> None:
    first = desk.ids()[0]
    found = flag(first, TEXTS[0], "Kaos", "X")
    desk.save(found)
    desk.dismiss(first, found, "place")
    desk.do("repair", [first], {"sources": ["别的源文"]})
    desk.save(found)
    assert desk.states() == {TEXTS[0]: ["open"]}


def test_deleting_on_a_flags_advice_is_told_with_the_flag_and_undone_with_it(desk: Desk) -> None:
    first = desk.ids()[0]
    desk.save(flag(first, TEXTS[0], TEXTS[0], ""))
    view = desk.segments()[0]["flags"][0]
    event = desk.do("delete", [first], {"flags": [view]})
    assert desk.states()[TEXTS[0]][-1] == "accepted"
    with desk.store.read() as connection:
        correction = articles.load(connection, desk.article).segments[0].correction
    assert correction is not None
    assert [(change.kind, change.before, change.after) for change in correction.changes] == [("delete", TEXTS[0], "")]
    assert correction.changes[0].flag is not None
    desk.do("undo", [first], {"event": event})
    assert desk.states() == {TEXTS[0]: ["open"]}


def test_a_dismissal_of_words_that_changed_meanwhile_is_refused_and_silences_no_others(desk: Desk) -> None:
    """A colleague's edit moves the words; at the flag's old place others stand, which nobody dismissed."""
    first = desk.ids()[0]
    desk.save(flag(first, TEXTS[0], "Kaos", "X"))
    seen = {**desk.segments()[0]["flags"][0], "surface": "Kaos"}
    desk.do("edit", [first], {"texts": ["Fine Kaos."]}, actor=desk.colleague())
    fine, kaos = flag(first, "Fine Kaos.", "Fine", "Y"), flag(first, "Fine Kaos.", "Kaos", "X")
    desk.save(fine, kaos)
    refusal = desk.refused("dismiss", [first], {"flag": seen, "scope": "text"})
    assert (refusal["code"], refusal["current"]["text"]) == ("conflict", "Fine Kaos.")
    assert "words changed" in refusal["reason"]
    assert desk.states() == {"Fine Kaos.": ["open", "open"]}
    again = {**seen, "start": 5, "end": 9}
    desk.do("dismiss", [first], {"flag": again, "scope": "text"})
    assert desk.states() == {"Fine Kaos.": ["open", "dismissed"]}


@pytest.mark.parametrize("kind", ["accept", "delete"])
def test_an_acceptance_says_which_words_it_replaces_in_the_text_before_it(desk: Desk, kind: str) -> None:
    first = desk.ids()[0]
    desk.save(flag(first, TEXTS[0], "Kaos", "COSMOPlat"))
    view = desk.segments()[0]["flags"][0]
    payload = {"suggestion": "COSMOPlat", "texts": [TEXTS[0].replace("Kaos", "COSMOPlat")]} if kind == "accept" else {}
    refusal = desk.refused(kind, [first], {**payload, "flags": [{**view, "surface": "COSM"}]})
    assert refusal["code"] == "conflict"
    desk.do(kind, [first], {**payload, "flags": [{**view, "surface": "Kaos"}]})
    assert replay(desk.store).differences == []
