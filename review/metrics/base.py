"""What a metric is: sufficient statistics per segment, and one way to combine them into a score."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from review.errors import InputError
from review.metrics import kernels, surface
from review.model import Score

Matrix = np.ndarray
"""Sufficient statistics, a row a segment and a column for each of ``Metric.columns``: int64, TER's float64."""


@dataclass(frozen=True, slots=True)
class Options:
    """What can be set, under sacrebleu's names and with its defaults."""

    tokenize: str = "13a"
    lowercase: bool = False
    smooth_method: str = "exp"
    smooth_value: float | None = None
    chrf_lowercase: bool = False
    chrf_whitespace: bool = False
    ter_case_sensitive: bool = False
    ter_normalized: bool = False
    ter_no_punct: bool = False
    ter_asian_support: bool = False


class Prepared:
    """The references of some segments: one tuple of texts a segment, none of them empty.

    ``made`` holds what a metric made of them, by ``Metric.key`` (n-grams, packed code points), so that many
    systems share the work; it is built at first use and is never sent to another process.
    """

    __slots__ = ("counts", "made", "texts")

    def __init__(self, texts: Sequence[tuple[str, ...]]) -> None:
        self.texts = texts
        self.counts = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        self.made: dict[str, Any] = {}

    @classmethod
    def of(cls, references: Sequence[Sequence[str | None]], label: str = "A metric") -> Prepared:
        """Read reference streams: each as long as the text, None where it has no reference.

        Raises InputError where a segment has no reference at all, or the streams differ in length.
        """
        lengths = {len(stream) for stream in references}
        if len(lengths) != 1:
            raise InputError(f"{label} needs reference streams of one length; these have {sorted(lengths)} segments.")
        if len(references) == 1 and None not in references[0]:
            return cls([(text,) for text in references[0]])  # type: ignore[misc]
        texts = [tuple(text for text in texts if text is not None) for texts in zip(*references, strict=True)]
        if () in texts:
            raise InputError(f"Segment {texts.index(()) + 1} has no reference; leave it out or give it one.")
        return cls(texts)

    def __len__(self) -> int:
        return len(self.texts)

    def take(self, positions: Iterable[int]) -> Prepared:
        """The references of some segments, by position from 0."""
        return Prepared([self.texts[position] for position in positions])

    def part(self, start: int, stop: int) -> Prepared:
        """The references of the segments from ``start`` up to ``stop``."""
        return Prepared(self.texts[start:stop])

    def __reduce__(self) -> tuple[type[Prepared], tuple[Sequence[tuple[str, ...]]]]:
        return Prepared, (self.texts,)


TESTS = {"bootstrap": "bs", "randomization": "ar"}
"""The paired tests, and sacrebleu's short names of them."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A system against the first (Koehn, 2004; Riezler and Maxwell, 2005).

    ``p_value`` is None for the first itself; ``mean`` and ``interval`` (half of the 95% interval) are the
    bootstrap's and None for randomization.
    """

    system: str
    metric: str
    signature: str
    score: float
    p_value: float | None
    mean: float | None
    interval: float | None


class Metric(ABC):
    """One automatic metric. A file of this room sets ``METRIC`` to a subclass.

    ``name`` is what a user types, ``label`` what sacrebleu calls the score. The way to a score is
    ``prepare`` the references, ``measure`` the segments, ``combine`` the rows of any set of segments.
    ``milliseconds`` is about what sacrebleu needs for a segment.
    """

    name: ClassVar[str]
    aliases: ClassVar[tuple[str, ...]] = ()
    label: ClassVar[str]
    title: ClassVar[str]
    advice: ClassVar[str]
    higher_is_better: ClassVar[bool] = True
    milliseconds: ClassVar[float] = 1.0
    dtype: ClassVar[type[np.generic]] = np.int64

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self._natives: dict[str, Any] = {}

    @abstractmethod
    def create(self, level: str) -> Any:
        """Make sacrebleu's own object for scores of ``level``: system, document or segment."""

    @property
    @abstractmethod
    def columns(self) -> tuple[str, ...]:
        """The names of the numbers in a row."""

    @property
    @abstractmethod
    def key(self) -> str:
        """Everything that decides the rows: metric, the options that matter to it, sacrebleu's version."""

    @property
    def proven(self) -> bool:
        """True where this configuration's kernel is proven equal to sacrebleu; else sacrebleu measures itself."""
        return False

    def __reduce__(self) -> tuple[type[Metric], tuple[Options]]:
        return type(self), (self.options,)

    def _native(self, level: str) -> Any:
        if level not in self._natives:
            self._natives[level] = self.create(level)
        return self._natives[level]

    def prepare(self, references: Sequence[Sequence[str | None]]) -> Prepared:
        """``Prepared.of``, with this metric's name in what it says."""
        return Prepared.of(references, self.label)

    def measure(self, hypotheses: Sequence[str], prepared: Prepared, *, fast: bool | None = None) -> Matrix:
        """The sufficient statistics of each hypothesis against its references, shape (segments, columns).

        ``fast`` asks for the kernel, where this configuration is proven; None decides by the amount of work.
        """
        if len(hypotheses) != len(prepared):
            raise InputError(f"There are {len(hypotheses)} segments and references for {len(prepared)}.")
        if fast is None:
            fast = self.proven and kernels.worth(self.milliseconds * len(hypotheses) / 1000)
        if not len(hypotheses):
            return np.zeros((0, len(self.columns)), dtype=self.dtype)
        if fast and self.proven:
            return self._measure_fast(hypotheses, prepared)
        return self._measure_native(hypotheses, prepared)

    def _measure_native(self, hypotheses: Sequence[str], prepared: Prepared) -> Matrix:
        native, key = self._native("system"), f"sacrebleu {self.key}"
        if key not in prepared.made:
            prepared.made[key] = surface.prepare(native, prepared.texts)
        infos = prepared.made[key]
        rows = [surface.measure(native, text, info) for text, info in zip(hypotheses, infos, strict=True)]
        return np.array(rows, dtype=self.dtype)

    def _measure_fast(self, hypotheses: Sequence[str], prepared: Prepared) -> Matrix:
        raise NotImplementedError

    def add(self, rows: Matrix) -> list[Any]:
        """The rows' sum as sacrebleu adds them up, as Python's own numbers."""
        return list(np.asarray(rows).sum(axis=0).tolist())

    def combine(
        self, rows: Matrix, counts: Iterable[int], *, level: str = "system", system: str = "", name: str = ""
    ) -> Score:
        """Make one score of the rows of any set of segments; ``counts`` are their numbers of references."""
        return self.score(self.add(np.asarray(rows)), counts, level=level, system=system, name=name)

    def score(
        self, sums: Sequence[Any], counts: Iterable[int], *, level: str = "system", system: str = "", name: str = ""
    ) -> Score:
        """Make one score of rows that are added up already (see ``add``)."""
        native = self._native(level)
        value, verbose = surface.score(native, list(sums))
        return Score(self.label, value, surface.signature(native, counts), level, system, name, verbose)

    def values(self, sums: Matrix, level: str = "system") -> np.ndarray:
        """The score of each row of ``sums`` (k, columns), shape (k,): many segments, documents or resamples at once."""
        native = self._native(level)
        return np.array([surface.score(native, row)[0] for row in sums.tolist()])

    def interval(self, score: Score, rows: Matrix, counts: Iterable[int], trials: int, seed: int) -> Score:
        """A system's score with mean and 95% interval by bootstrap, as ``sacrebleu --confidence`` finds them."""
        told, mean, half = surface.interval(self._native("system"), counts, rows, trials, seed)
        return replace(score, signature=told, mean=mean, interval=half)

    def compare(
        self, systems: Sequence[tuple[str, Matrix]], counts: Iterable[int], test: str, trials: int, seed: int
    ) -> list[Comparison]:
        """Test each system against the first, by "bootstrap" or "randomization" (see Comparison)."""
        native = self._native("system")
        lists = [(name, rows.tolist()) for name, rows in systems]
        signature, results = surface.paired(native, counts, lists, TESTS[test], trials, seed)
        return [
            Comparison(name, self.label, signature, *numbers)
            for (name, _), numbers in zip(systems, results, strict=True)
        ]
