"""What was ticked and written in the preview, for hits that are shown and hits that are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from review.model import Choice
from review.steps.finding import Hit


@dataclass(slots=True)
class Chosen:
    """The state of a preview. ``every``: hits are ticked unless said otherwise, protected ones never are.

    ``ticks`` hold what differs from that, ``own`` the texts that were edited; both by segment. ``protected`` are those
    of the segments named in them that are. ``revision`` goes up where all ticks are set anew.
    """

    every: bool = True
    ticks: dict[int, bool] = field(default_factory=dict)
    own: dict[int, str] = field(default_factory=dict)
    protected: set[int] = field(default_factory=set)
    revision: int = 0

    def ticked(self, hit: Hit) -> bool:
        """Whether a hit would be changed."""
        return not hit.skipped and self.ticks.get(hit.segment, self.every and not hit.protected)

    def hear(self, page: tuple[Hit, ...], told: Mapping[str, Any] | None) -> bool:
        """Take what the table of this page says: ``{"revision", "ticks": {id: bool}, "own": {id: text}}``.

        What it does not name is as it was at first. Returns whether anything changed; a table that was told of
        other ticks is not listened to.
        """
        if not told or told.get("revision") != self.revision:
            return False
        before = (dict(self.ticks), dict(self.own))
        ticks, own = told.get("ticks") or {}, told.get("own") or {}
        for hit in page:
            key, default = str(hit.segment), self.every and not hit.protected
            self.ticks.pop(hit.segment, None)
            self.own.pop(hit.segment, None)
            if hit.skipped:
                continue
            if key in ticks and bool(ticks[key]) != default:
                self.ticks[hit.segment] = bool(ticks[key])
            if isinstance(own.get(key), str) and own[key].strip() and own[key] != hit.after:
                self.own[hit.segment] = own[key]
            if hit.protected:
                self.protected.add(hit.segment)
        return before != (self.ticks, self.own)

    def set_all(self, every: bool) -> None:
        """Tick all hits that are not protected, or none; texts that were edited stay."""
        self.every, self.ticks, self.revision = every, {}, self.revision + 1

    def choice(self) -> Choice:
        """The same for the act: an edited text counts where its segment is ticked."""
        including = {
            segment for segment, tick in self.ticks.items() if tick and (segment in self.protected or not self.every)
        }
        return Choice(
            every=self.every,
            without=frozenset(segment for segment, tick in self.ticks.items() if not tick),
            including=frozenset(including),
            own={segment: text for segment, text in self.own.items() if self._effective(segment)},
        )

    def _effective(self, segment: int) -> bool:
        return self.ticks.get(segment, self.every and segment not in self.protected)

    def told(self) -> str:
        """What differs from "all", in words; "" where nothing does."""
        choice = self.choice()
        unticked = len(choice.without)
        parts = []
        if not self.every:
            parts.append(f"{len(choice.including):,} ticked")
        elif unticked:
            parts.append(f"{unticked:,} unticked")
        if self.every and choice.including:
            parts.append(f"{len(choice.including):,} confirmed ticked")
        if choice.own:
            parts.append(f"{len(choice.own):,} edited by hand")
        return " · ".join(parts)
