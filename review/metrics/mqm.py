"""Scores of the errors that people marked (MQM): penalties, and what they rest on.

A rater's penalty of a segment is the sum of the weights of the errors that they marked there; who saw it and marked
none has 0. A segment's is the mean over its raters, a system's the mean over its segments: lower is better. Freitag
et al., "Experts, Errors, and Context" (TACL, 2021). A row is an error, however many words it marks. Penalties are
added up as whole numbers and divided as fractions, so neither the order of rows nor rounding decides a verdict.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from review.errors import FormatError
from review.metrics.mqm_weights import Weights, folded
from review.text.counting import count_words

LEVELS = ("system", "document", "segment", "rater", "category")
BASES = ("source", "target")
"""Whose words are counted."""

_SEVERITIES = ("critical", "major", "minor", "neutral")


@dataclass(frozen=True, slots=True)
class Kind:
    """Errors of one severity and category, as written first, and what one of them weighs."""

    severity: str
    category: str
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found in some segments of a system (of all systems where ``system`` is "").

    ``name`` is the document, segment, rater or category, "" for the whole system; a segment's ``document`` stands
    beside it. ``found`` holds how many errors of each kind there are, and their penalty: the sum over segments of
    the mean over raters. ``words`` are those of ``segments``, by ``BASES``. ``whole`` is the system's
    penalty, of which documents, segments and categories are parts; raters' penalties are none.
    """

    level: str
    system: str
    name: str
    found: Mapping[Kind, tuple[int, Fraction]]
    segments: int
    ratings: int
    raters: int
    words: tuple[int, int]
    document: str = ""
    whole: Fraction | None = None

    @property
    def penalty(self) -> Fraction:
        """The penalty of all kinds."""
        return sum((penalty for _, penalty in self.found.values()), Fraction(0))

    @property
    def score(self) -> Fraction:
        """The mean penalty of a segment: MQM."""
        return self.penalty / self.segments

    @property
    def share(self) -> float | None:
        """Which part of the system's penalty this is; None where that is 0 or this is no part."""
        return float(self.penalty / self.whole) if self.whole else None

    @property
    def errors(self) -> int:
        """How many rows mark an error."""
        return sum(count for count, _ in self.found.values())

    def per_words(self, basis: str, size: int = 1000) -> Fraction | None:
        """The penalty of ``size`` words of source or target; None where there are none."""
        words = self.words[BASES.index(basis)]
        return self.penalty * size / words if words else None

    def by(self, what: str) -> dict[str, tuple[int, Fraction]]:
        """Errors and penalty by "severity" (the heaviest first) or "category" (the costliest first)."""
        sums: dict[str, tuple[int, Fraction]] = {}
        for kind, (count, penalty) in self.found.items():
            name = kind.severity if what == "severity" else kind.category
            others = sums.get(name, (0, Fraction(0)))
            sums[name] = (others[0] + count, others[1] + penalty)
        names = in_order(sums) if what == "severity" else sorted(sums, key=lambda one: (-sums[one][1], one))
        return {name: sums[name] for name in names}


def in_order(severities: Iterable[str]) -> list[str]:
    """Severities from most to least; those that are not known come last."""
    known = {name: at for at, name in enumerate(_SEVERITIES)}
    return sorted(severities, key=lambda name: (known.get(name, len(known)), name))


@dataclass
class Collector:
    """Takes rows one at a time and keeps three whole numbers of each. ``name`` is the file's, for what is said."""

    weights: Weights
    name: str = ""
    _systems: dict[str, int] = field(default_factory=dict)
    _items: dict[tuple[str, str], int] = field(default_factory=dict)
    _raters: dict[str, int] = field(default_factory=dict)
    _kinds: dict[tuple[str, str], int] = field(default_factory=dict)
    _named: list[Kind] = field(default_factory=list)
    _categories: dict[str, str] = field(default_factory=dict)
    _cells: dict[tuple[int, int], int] = field(default_factory=dict)
    _words: array[int] = field(default_factory=lambda: array("q"))
    _texts: list[int] = field(default_factory=list)
    _rows: array[int] = field(default_factory=lambda: array("q"))
    _seen: set[int] = field(default_factory=set)
    _others: int = 0
    _twice: int = 0

    def add(
        self, system: str, document: str, segment: str, rater: str, *,
        severity: str, category: str = "", source: str = "", target: str = "", mark: str = "", line: int | None = None,
    ) -> None:  # fmt: skip
        """One error, or ``severity`` "": the rater saw the segment. Texts are without marks; ``mark`` has them.

        The words counted are those of a segment's first row. Raises FormatError where no rule weighs the error.
        """
        item = self._items.setdefault((document, segment), len(self._items))
        place = (self._systems.setdefault(system, len(self._systems)), item)
        cell = self._cells.setdefault(place, len(self._cells))
        if cell == len(self._texts):
            self._words.extend((count_words(source), count_words(target)))
            self._texts.append(hash((source, target)))
        elif self._texts[cell] != hash((source, target)):
            self._others += 1
        kind = self._kind(severity, category, line) if severity else -1
        rater_at = self._raters.setdefault(rater, len(self._raters))
        self._rows.extend((cell, rater_at, kind))
        if mark and severity:
            same = hash((cell, rater_at, kind, mark))
            self._twice += same in self._seen
            self._seen.add(same)

    def _kind(self, severity: str, category: str, line: int | None) -> int:
        written = (severity, category)
        if written not in self._kinds:
            key = (folded(severity), folded(category))
            if key not in self._kinds:
                weight = self.weights.of(*key)
                if weight is None:
                    what = f"{self.weights.name} weights have no rule for severity {severity!r}, category {category!r}"
                    raise FormatError(
                        self.name, line, what, "Correct it, or name a file with such a rule as --weights."
                    )
                self._kinds[key] = len(self._named)
                self._named.append(Kind(key[0], self._categories.setdefault(key[1], category.strip()), weight))
            self._kinds[written] = self._kinds[key]
        return self._kinds[written]

    def done(self) -> Ratings:
        """Everything that was taken, ready to be counted."""
        return Ratings(
            self.weights, tuple(self._systems), tuple(self._items), tuple(self._raters), tuple(self._named),
            np.array(list(self._cells), dtype=np.int64).reshape(-1, 2), _matrix(self._words, 2), _matrix(self._rows, 3),
            self._others, self._twice,
        )  # fmt: skip


def _matrix(numbers: array[int], columns: int) -> np.ndarray:
    return np.frombuffer(numbers, dtype=np.int64).reshape(-1, columns) if numbers else np.zeros((0, columns), np.int64)


class Ratings:
    """All errors of all systems, segments (``items``: document and segment) and raters, as numbers.

    A cell is a system's segment that somebody rated; a rating is a cell and a rater.
    """

    def __init__(
        self,
        weights: Weights,
        systems: tuple[str, ...],
        items: tuple[tuple[str, str], ...],
        raters: tuple[str, ...],
        kinds: tuple[Kind, ...],
        cells: np.ndarray,
        words: np.ndarray,
        rows: np.ndarray,
        others: int = 0,
        twice: int = 0,
    ) -> None:
        self.weights, self.systems, self.items, self.raters, self.kinds = weights, systems, items, raters, kinds
        self.words, self.others, self.twice = words, others, twice
        self.cell_system, self.cell_item = cells[:, 0], cells[:, 1]
        ratings, at = np.unique(rows[:, 0] * max(1, len(raters)) + rows[:, 1], return_inverse=True)
        self.rating_cell, self.rating_rater = np.divmod(ratings, max(1, len(raters)))
        marked = rows[:, 2] >= 0
        self.error_rating, self.error_kind = at.ravel()[marked], rows[marked, 2]
        self.raters_of = np.bincount(self.rating_cell, minlength=len(cells))
        clean = np.bincount(at.ravel()[~marked], minlength=len(ratings)) > 0
        self.contradictions = int((clean & (np.bincount(self.error_rating, minlength=len(ratings)) > 0)).sum())
        self._units = np.array([int(kind.weight * weights.scale) for kind in kinds] or [0], dtype=np.int64)

    def tallies(self, level: str) -> list[Tally]:
        """The tallies of a level, by system (the best first), then in the order of the rows."""
        systems = self._tallies("system", self.cell_system)
        best = sorted(systems, key=lambda at: (systems[at].score, at))
        if level == "system":
            return [systems[at] for at in best]
        rank = {self.systems[at]: place for place, at in enumerate(best)}
        wholes = {tally.system: tally.penalty for tally in systems.values()}
        if level == "rater":
            found = list(self._by_rater(self.cell_system).values())
            return sorted(found, key=lambda tally: rank[tally.system])
        if level == "category":
            found = [part for tally in systems.values() for part in _categories(tally)]
        else:
            documents = {name: at for at, name in enumerate(dict.fromkeys(name for name, _ in self.items))}
            place = np.array([documents[name] for name, _ in self.items], dtype=np.int64)
            inner = place[self.cell_item] if level == "document" else self.cell_item
            size = len(documents) if level == "document" else len(self.items)
            found = list(self._tallies(level, self.cell_system * size + inner, size, list(documents)).values())
        found.sort(key=lambda tally: rank[tally.system])
        return [replace(tally, whole=wholes[tally.system]) for tally in found]

    def raters_overall(self) -> list[Tally]:
        """Each rater over all systems, in the order of the rows."""
        return list(self._by_rater(np.zeros(len(self.cell_system), dtype=np.int64), everywhere=True).values())

    def rated_alike(self) -> int:
        """How many segments have the same raters in every system that has them."""
        raters: dict[int, list[int]] = {}
        for cell, rater in zip(self.rating_cell.tolist(), self.rating_rater.tolist(), strict=True):
            raters.setdefault(cell, []).append(rater)
        first: dict[int, list[int]] = {}
        unlike = {
            item
            for cell, item in enumerate(self.cell_item.tolist())
            if first.setdefault(item, raters[cell]) != raters[cell]
        }
        return len(self.items) - len(unlike)

    def means(self) -> np.ndarray:
        """The mean penalty of each system's segment, shape (systems, items); NaN where nobody rated it."""
        sums = np.zeros(len(self.cell_system), dtype=np.int64)
        np.add.at(sums, self.rating_cell[self.error_rating], self._units[self.error_kind])
        table = np.full((len(self.systems), len(self.items)), np.nan)
        table[self.cell_system, self.cell_item] = sums / (self.raters_of * self.weights.scale)
        return table

    def _tallies(
        self, level: str, group: np.ndarray, size: int = 1, documents: list[str] | None = None
    ) -> dict[int, Tally]:
        """``group`` numbers each cell: system * size + what is inside the system."""
        names, at = np.unique(group, return_inverse=True)
        at = at.ravel()
        cells = np.bincount(at)
        ratings = np.bincount(at[self.rating_cell])
        words = np.zeros((len(names), 2), dtype=np.int64)
        np.add.at(words, at, self.words)
        raters = _different(at[self.rating_cell], self.rating_rater)
        cell = self.rating_cell[self.error_rating]
        found = self._found(at[cell], self.raters_of[cell], len(names))
        made = {}
        for number, key in enumerate(names.tolist()):
            system, inner = divmod(key, size)
            document, name = "", ""
            if level == "document":
                name = (documents or [])[inner]
            elif level == "segment":
                document, name = self.items[inner]
            made[key] = Tally(
                level, self.systems[system], name, found[number], int(cells[number]), int(ratings[number]),
                int(raters[number]), (int(words[number, 0]), int(words[number, 1])), document,
            )  # fmt: skip
        return made

    def _by_rater(self, outer: np.ndarray, everywhere: bool = False) -> dict[int, Tally]:
        size = len(self.raters)
        names, at = np.unique(outer[self.rating_cell] * size + self.rating_rater, return_inverse=True)
        at = at.ravel()
        ratings = np.bincount(at)
        words = np.zeros((len(names), 2), dtype=np.int64)
        np.add.at(words, at, self.words[self.rating_cell])
        found = self._found(at[self.error_rating], np.ones(len(self.error_rating), dtype=np.int64), len(names))
        made = {}
        for number, key in enumerate(names.tolist()):
            system, rater = divmod(key, size)
            here = int(ratings[number])
            made[key] = Tally(
                "rater", "" if everywhere else self.systems[system], self.raters[rater], found[number],
                here, here, 1, (int(words[number, 0]), int(words[number, 1])),
            )  # fmt: skip
        return made

    def _found(self, group: np.ndarray, divisor: np.ndarray, groups: int) -> list[dict[Kind, tuple[int, Fraction]]]:
        """The errors and the penalty of each kind in each group; an error counts its weight by its ``divisor``."""
        found: list[dict[Kind, tuple[int, Fraction]]] = [{} for _ in range(groups)]
        kinds, most = len(self.kinds), int(divisor.max(initial=1)) + 1
        keys, counts = np.unique((group * kinds + self.error_kind) * most + divisor, return_counts=True)
        for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
            place, parts = divmod(key, most)
            number, kind_at = divmod(place, kinds)
            kind = self.kinds[kind_at]
            others = found[number].get(kind, (0, Fraction(0)))
            found[number][kind] = (others[0] + count, others[1] + kind.weight * count / parts)
        return found


def _different(group: np.ndarray, what: np.ndarray) -> np.ndarray:
    """How many different values there are in each group (numbered from 0, none empty)."""
    most = int(what.max(initial=0)) + 1
    return np.bincount(np.unique(group * most + what) // most)


def _categories(tally: Tally) -> list[Tally]:
    groups: dict[str, dict[Kind, tuple[int, Fraction]]] = {}
    for kind, numbers in tally.found.items():
        groups.setdefault(kind.category, {})[kind] = numbers
    basis = (tally.segments, tally.ratings, tally.raters, tally.words)
    parts = [Tally("category", tally.system, name, found, *basis) for name, found in groups.items()]
    return sorted(parts, key=lambda part: (-part.penalty, part.name))
