"""Groups of segments: of one value of a column, of like length or risk, with a flag of a kind or without.

A group knows positions only (from 0, in ascending order), so that it fits any system and any metric. An empty one
is never scored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from review.errors import InputError

SMALL = 20
"""A group of fewer segments says little."""

LENGTHS = (10, 20, 40)
"""Words up to which a bucket of length goes; the last one has no end."""

EITHER = ("any flag", "no flag")
"""The two groups by flags that all segments are in, one or the other."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some segments and what they have in common. ``without``: what they have not (of a kind of flag)."""

    name: str
    positions: np.ndarray
    without: bool = False

    @property
    def small(self) -> bool:
        return len(self.positions) < SMALL


@dataclass(frozen=True, slots=True)
class Buckets:
    """How numbers are cut: up to and including each of ``bounds`` (the last bucket is open), or into ``parts``.

    Parts have about as many segments each; equal numbers stay together, so that they may differ.
    """

    bounds: tuple[float, ...] = ()
    parts: int = 0

    @classmethod
    def read(cls, text: str) -> Buckets:
        """Read "10,20,40" as bounds and "/4" as four parts. Raises InputError."""
        refusal = f"The buckets {text!r} are neither bounds that go up, as 10,20,40, nor a number of parts, as /4."
        try:
            if text.startswith("/"):
                found = cls(parts=int(text[1:]))
                good = 2 <= found.parts <= 100
            else:
                found = cls(tuple(float(part) for part in text.split(",")))
                good = bool(np.isfinite(found.bounds).all() and (np.diff(found.bounds) > 0).all())
        except ValueError:
            good = False
        if not good:
            raise InputError(refusal)
        return found

    def fixed(self, values: Iterable[float]) -> Buckets:
        """The same with bounds: parts are cut by these values, so that several systems share their bounds."""
        found = np.fromiter(values, dtype=float)
        if not self.parts or not len(found):
            return Buckets(self.bounds)
        shares = np.arange(1, self.parts) / self.parts
        # A bound is a value that is there, so that buckets can be named by it.
        return Buckets(tuple(np.unique(np.quantile(found, shares, method="inverted_cdf")).tolist()))


FIFTHS = Buckets(parts=5)
"""How risk is cut unless said otherwise."""


def by_label(labels: Sequence[str | None]) -> list[Group]:
    """A group for each label in the order of first appearance; segments with None or "" are in none."""
    members: dict[str, list[int]] = {}
    for position, label in enumerate(labels):
        if label:
            members.setdefault(label, []).append(position)
    return [Group(label, np.array(positions, dtype=np.intp)) for label, positions in members.items()]


def by_length(counts: Sequence[int], buckets: Buckets | None = None) -> list[Group]:
    """Buckets of length, shortest first, from each segment's number of words; some may be empty.

    Names are "1-10", "11-20", "41+"; segments without a word are a bucket "0" of their own.
    """
    values = np.asarray(counts, dtype=np.int64)
    bounds = (buckets or Buckets(LENGTHS)).fixed(values[values > 0].tolist()).bounds
    edges = np.unique(np.floor(bounds)).astype(np.int64)
    edges = edges[edges > 0]
    lows = [1, *(edge + 1 for edge in edges.tolist())]
    names = [f"{low}-{high}" if low < high else f"{low}" for low, high in zip(lows, edges.tolist(), strict=False)]
    names.append(f"{lows[-1]}+")
    places = np.where(values > 0, np.searchsorted(edges, values, side="left"), -1)
    return [Group(name, np.flatnonzero(places == number)) for number, name in enumerate(("0", *names), -1)]


def by_risk(risks: Sequence[float | None], buckets: Buckets | None = None) -> list[Group]:
    """Buckets of risk, riskiest first, fifths unless said otherwise; segments without a risk are in none.

    Names say which risks are in: "above 0.52", "above 0.31, up to 0.52". Some may be empty.
    """
    values = np.array([np.nan if risk is None else risk for risk in risks], dtype=float)
    known = ~np.isnan(values)
    edges = (buckets or FIFTHS).fixed(values[known].tolist()).bounds
    places = np.where(known, np.searchsorted(np.array(edges), values, side="left"), -1)
    found = []
    for number in range(len(edges), -1, -1):
        above = f"above {edges[number - 1]:.3g}" if number else ""
        upto = f"up to {edges[number]:.3g}" if number < len(edges) else ""
        name = ", ".join(part for part in (above, upto) if part) or "all"
        found.append(Group(name, np.flatnonzero(places == number)))
    return found


def by_flags(kinds: Sequence[Collection[str] | None]) -> list[Group]:
    """For each kind of flag the segments with at least one and those without; first those with any and with none.

    ``kinds`` are each segment's; a segment is in several groups, and in none where nobody has looked yet (None).
    The commonest kind comes first, then by name.
    """
    looked = np.array([names is not None for names in kinds], dtype=bool)
    some = np.array([bool(names) for names in kinds], dtype=bool)
    members: dict[str, list[int]] = {}
    for position, names in enumerate(kinds):
        for name in set(names or ()):
            members.setdefault(name, []).append(position)
    found = [Group(EITHER[0], np.flatnonzero(some)), Group(EITHER[1], np.flatnonzero(looked & ~some), without=True)]
    for name, positions in sorted(members.items(), key=lambda item: (-len(item[1]), item[0])):
        others = looked.copy()
        others[positions] = False
        found.append(Group(name, np.array(positions, dtype=np.intp)))
        found.append(Group(f"without {name}", np.flatnonzero(others), without=True))
    return found
