"""What deciding needs: the state before, what changes, and the shape of an effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from review.errors import RefusedError
from review.model import Event
from review.store.piece import Piece, State
from review.store.texts import digest

Effect = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier event, as undo sees it."""

    id: str
    kind: str
    actor: int
    segments: tuple[int, ...]
    effects: tuple[Effect, ...]
    undone: bool


class World(Protocol):
    """What ``decide`` may ask about the state before the event."""

    def piece(self, segment: int) -> Piece: ...

    def next_position(self, piece: Piece) -> bytes | None:
        """The position after a segment's in its article, of whatever row, or None at the end."""

    def previous_position(self, piece: Piece) -> bytes: ...

    def following(self, piece: Piece) -> int | None:
        """The id of the next segment that is not retired."""

    def record(self, thing: str, key: Any) -> Mapping[str, Any] | None:
        """The fields of a verdict, mark, comment, rating or assignment; None where there is none."""

    def past(self, event: str) -> Past | None: ...


@dataclass(slots=True)
class Decision:
    """The effects, and the texts that they name by hash."""

    effects: list[Effect] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)

    def keep(self, text: str) -> str:
        self.texts.add(text)
        return digest(text).hex()

    def change(self, piece: Piece, after: State) -> None:
        """Note what differs between a segment's state and the one it gets."""
        old, new = fields(piece.state), fields(after)
        names = [name for name in new if new[name] != old[name]]
        self.texts.add(after.text)
        if after.source is not None:
            self.texts.add(after.source)
        self.effects.append(
            {
                "segment": piece.id,
                "before": {name: old[name] for name in names},
                "after": {name: new[name] for name in names},
            }
        )

    def make(self, piece: Piece) -> None:
        """Note a segment that did not exist before."""
        made = {
            "article": piece.article,
            "position": piece.position.hex(),
            "paragraph": piece.paragraph,
            "name": piece.name,
            "hypothesis": self.keep(piece.hypothesis),
            "base_source": None if piece.base_source is None else self.keep(piece.base_source),
            "references": [self.keep(text) for text in piece.references],
            "alternatives": [{"system": name, "hash": self.keep(text)} for name, text in piece.alternatives],
            "locators": list(piece.locators),
            "parents": list(piece.parents),
            **fields(piece.state),
        }
        if piece.codes:
            made["codes"] = [[code.token, code.shown, code.fixed] for code in piece.codes]
        if piece.notes:
            made["notes"] = [self.keep(note) for note in piece.notes]
        self.keep(piece.state.text)
        self.effects.append({"segment": piece.id, "before": None, "after": made})

    def add(self, thing: str, key: Any, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
        self.effects.append({thing: key, "before": None if before is None else dict(before), "after": dict(after)})


def fields(state: State) -> dict[str, Any]:
    """A state as effects tell it."""
    return {
        "version": state.version,
        "text": digest(state.text).hex(),
        "status": state.status,
        "locked": state.locked,
        "deleted": state.deleted,
        "retired": state.retired,
        "source_set": state.source_set,
        "source": None if state.source is None else digest(state.source).hex(),
    }


Act = Callable[[World, Event, Sequence[Piece], Decision], None]


def raised(state: State, **changes: Any) -> State:
    return replace(state, version=state.version + 1, **changes)


def unlocked(pieces: Sequence[Piece]) -> None:
    if any(piece.state.locked for piece in pieces):
        raise RefusedError("The segment is locked; unlock it first.")
