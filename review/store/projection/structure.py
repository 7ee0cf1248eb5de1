"""Acts that make segments: merge, split, insert."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from review.errors import RefusedError
from review.model import Code, Event
from review.store.cutting import cut, join, likely_place, same_place
from review.store.piece import Piece, State
from review.store.positions import between
from review.store.projection.nouns import Decision, World, raised, unlocked
from review.text import codes


def merge(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    unlocked(pieces)
    if any(piece.state.deleted for piece in pieces):
        raise RefusedError("One of the segments is deleted; restore it first.")
    for left, right in pairwise(pieces):
        if world.following(left) != right.id:
            raise RefusedError("Only segments that follow each other can be merged.")
    first = pieces[0]
    sources = [piece.source for piece in pieces if piece.source is not None]
    systems = list(dict.fromkeys(name for piece in pieces for name, _ in piece.alternatives))
    count = max(len(piece.references) for piece in pieces)
    for piece in pieces:
        decision.change(piece, raised(piece.state, retired=True))
    decision.make(
        Piece(
            id=event.payload["new"],
            article=first.article,
            position=between(first.position, world.next_position(first)),
            paragraph=first.paragraph,
            name="",
            hypothesis=join(piece.hypothesis for piece in pieces),
            base_source=join(sources) if sources else None,
            references=tuple(
                join(piece.references[number] for piece in pieces if number < len(piece.references))
                for number in range(count)
            ),
            alternatives=tuple(
                (name, join(text for piece in pieces for system, text in piece.alternatives if system == name))
                for name in systems
            ),
            locators=tuple(locator for piece in pieces for locator in piece.locators),
            parents=tuple(piece.id for piece in pieces),
            origin=event.id,
            state=State(join(piece.state.text for piece in pieces), version=1, status="draft"),
            codes=_together(pieces),
            notes=tuple(dict.fromkeys(note for piece in pieces for note in piece.notes)),
        )
    )


def _together(pieces: Sequence[Piece]) -> tuple[Code, ...]:
    """The codes of all. Raises RefusedError where one token stands for two of them."""
    found: dict[str, Code] = {}
    for piece in pieces:
        for code in piece.codes:
            known = found.setdefault(code.token, code)
            again = any(code in other.codes and not _halves(other, piece) for other in pieces if other is not piece)
            if known != code or again:
                raise RefusedError(
                    f"Both segments have an inline code {code.token}; what shares no unit of the file cannot be merged."
                )
    return tuple(found.values())


def _halves(one: Piece, other: Piece) -> bool:
    """True for parts of one segment, or of one unit of the file."""
    return bool(set(one.parents) & set(other.parents)) or bool(_units(one) & _units(other))


def _units(piece: Piece) -> set[str]:
    return {locator.rpartition("#")[0] or locator for locator in piece.locators}


def split(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    unlocked(pieces)
    piece = pieces[0]
    if piece.state.deleted:
        raise RefusedError("The segment is deleted; restore it first.")
    text, at = piece.state.text, event.payload["at"]
    if codes.outside(piece.codes, text, at) != at:
        raise RefusedError("The cut is inside an inline code; put it before or behind the code.")

    def halves_of(other: str, place: int) -> tuple[str, str]:
        return cut(other, codes.outside(piece.codes, other, place))

    texts = cut(text, at)
    if not all(texts):
        raise RefusedError("There must be text on both sides of the cut.")
    share = at / len(text)
    hypotheses = halves_of(piece.hypothesis, same_place(text, piece.hypothesis, at))
    sources: tuple[str | None, str | None] = (None, None)
    if piece.source is not None:
        source_at = event.payload.get("source_at")
        sources = halves_of(piece.source, likely_place(piece.source, share) if source_at is None else source_at)
    references = [halves_of(other, likely_place(other, share)) for other in piece.references]
    alternatives = [(name, halves_of(other, likely_place(other, share))) for name, other in piece.alternatives]
    decision.change(piece, raised(piece.state, retired=True))
    position = piece.position
    for side, key in enumerate(event.payload["new"]):
        position = between(position, world.next_position(piece))
        decision.make(
            Piece(
                id=key,
                article=piece.article,
                position=position,
                paragraph=piece.paragraph,
                name="",
                hypothesis=hypotheses[side],
                base_source=sources[side],
                references=tuple(halves[side] for halves in references),
                alternatives=tuple((name, halves[side]) for name, halves in alternatives),
                # The first half stands for the place in the file; the second goes in after it.
                locators=() if side else piece.locators,
                parents=(piece.id,),
                origin=event.id,
                state=State(texts[side], version=1, status="draft"),
                codes=piece.codes,
                notes=piece.notes,
            )
        )


def insert(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    neighbour, payload = pieces[0], event.payload
    if payload["before"]:
        position = between(world.previous_position(neighbour), neighbour.position)
    else:
        position = between(neighbour.position, world.next_position(neighbour))
    decision.change(neighbour, raised(neighbour.state))
    decision.make(
        Piece(
            id=payload["new"],
            article=neighbour.article,
            position=position,
            paragraph=payload["new"] if payload["new_paragraph"] else neighbour.paragraph,
            name="",
            hypothesis="",
            base_source=None if neighbour.source is None else "",
            references=(),
            alternatives=(),
            locators=(),
            parents=(),
            origin=event.id,
            state=State(payload["text"], version=1, status="draft"),
        )
    )
