"""What an act does, decided from state alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from review.errors import ConflictError, RefusedError
from review.model import Event, Target
from review.store.piece import Piece, State
from review.store.positions import initial
from review.store.projection import Past, decide
from review.store.texts import digest


def piece(number: int, text: str = "Some text.", **state: Any) -> Piece:
    """The ``number``-th segment of article 1, as imported unless ``state`` says otherwise."""
    current = State(**{"text": text, **state})
    return Piece(number, 1, initial(number), 0, "", text, None, (), (), (), (), None, current)


class Imagined:
    """A world of three segments and whatever a test puts in."""

    def __init__(self, *pieces: Piece, past: Past | None = None) -> None:
        self.pieces = {item.id: item for item in pieces or (piece(1), piece(2), piece(3))}
        self._past = past

    def piece(self, segment: int) -> Piece:
        return self.pieces[segment]

    def next_position(self, piece: Piece) -> bytes | None:
        return initial(piece.id + 1)

    def previous_position(self, piece: Piece) -> bytes:
        return initial(piece.id - 1)

    def following(self, piece: Piece) -> int | None:
        return piece.id + 1

    def record(self, thing: str, key: Any) -> Mapping[str, Any] | None:
        return None

    def past(self, event: str) -> Past | None:
        return self._past


def event(kind: str, payload: dict[str, Any], *targets: tuple[int, int | None], actor: int = 1) -> Event:
    return Event("e1", kind, tuple(Target(*target) for target in targets), payload, actor=actor)


def hexed(text: str) -> str:
    return digest(text).hex()


def test_an_effect_names_only_what_differs() -> None:
    decision = decide(Imagined(), event("edit", {"texts": ["New."]}, (1, 0)))
    assert decision.effects == [
        {
            "segment": 1,
            "before": {"version": 0, "text": hexed("Some text."), "status": "new"},
            "after": {"version": 1, "text": hexed("New."), "status": "draft"},
        }
    ]
    assert "New." in decision.texts


def test_deciding_changes_nothing() -> None:
    world = Imagined()
    before = dict(world.pieces)
    first = decide(world, event("merge", {"new": 2**40}, (1, 0), (2, 0)))
    assert world.pieces == before
    assert decide(world, event("merge", {"new": 2**40}, (1, 0), (2, 0))).effects == first.effects


@pytest.mark.parametrize("base", [0, 2])
def test_another_version_than_the_actor_saw_is_a_conflict(base: int) -> None:
    world = Imagined(piece(1, version=1))
    with pytest.raises(ConflictError):
        decide(world, event("edit", {"texts": ["x"]}, (1, base)))
    assert decide(world, event("edit", {"texts": ["x"]}, (1, 1))).effects
    assert decide(world, event("edit", {"texts": ["x"]}, (1, None))).effects, "no version is any version"


def test_one_stale_target_of_several_refuses_the_whole_act() -> None:
    with pytest.raises(ConflictError):
        decide(Imagined(), event("delete", {}, (1, 0), (2, 7)))


def test_a_remark_needs_no_version() -> None:
    comment = {"comment": {"id": "c", "text": "x", "start": None, "end": None}}
    decision = decide(Imagined(piece(1, version=5)), event("comment", comment, (1, 0)))
    assert [next(iter(effect)) for effect in decision.effects] == ["comment"]


def test_what_was_merged_away_takes_no_acts() -> None:
    world = Imagined(piece(1, retired=True))
    for kind, payload in (("edit", {"texts": ["x"]}), ("delete", {}), ("status", {"status": "confirmed"})):
        with pytest.raises(ConflictError, match="merged or split"):
            decide(world, event(kind, payload, (1, 0)))


def test_an_undo_is_refused_where_a_field_that_it_would_set_was_changed_since() -> None:
    effect = {
        "segment": 1,
        "before": {"version": 0, "text": hexed("Old."), "status": "new"},
        "after": {"version": 1, "text": hexed("Some text."), "status": "draft"},
    }
    past = Past("e0", "edit", 1, (1,), (effect,), undone=False)
    undo = event("undo", {"event": "e0"}, (1, 1))
    decision = decide(Imagined(piece(1, version=1, status="draft"), past=past), undo)
    assert decision.effects[0]["after"] == {"text": hexed("Old."), "status": "new", "version": 2}
    with pytest.raises(RefusedError, match="changed since"):
        decide(Imagined(piece(1, version=1, status="confirmed"), past=past), undo)
    with pytest.raises(RefusedError, match="somebody else's"):
        decide(
            Imagined(piece(1, version=1, status="draft"), past=past), event("undo", {"event": "e0"}, (1, 1), actor=2)
        )
    with pytest.raises(RefusedError, match="locked"):
        decide(Imagined(piece(1, version=1, status="draft", locked=True), past=past), undo)
