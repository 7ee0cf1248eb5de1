"""What a metric is: sufficient statistics per segment, and one way to combine them into a score."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from review.errors import InputError, ReviewError
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

    @property
    def flat(self) -> list[str]:
        """All references in one list, those of a segment beside each other."""
        return [text for texts in self.texts for text in texts]

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
    bootstrap's and None for randomization. All are sacrebleu's, which adds a resample up in float32; where that
    rounds (sums past 2**24), the same numbers of exact sums stand in ``exact_...``, which are None elsewhere.
    """

    system: str
    metric: str
    signature: str
    score: float
    p_value: float | None
    mean: float | None
    interval: float | None
    exact_p_value: float | None = None
    exact_mean: float | None = None
    exact_interval: float | None = None


class Metric(ABC):
    """One automatic metric. A file of this room sets ``METRIC`` to a subclass.

    ``name`` is what a user types, ``label`` what sacrebleu calls the score. The way to a score is
    ``prepare`` the references, ``measure`` the segments, ``combine`` the rows of any set of segments.
    ``milliseconds`` is about what sacrebleu needs for a segment.
    """

    name: str
    aliases: ClassVar[tuple[str, ...]] = ()
    label: str
    title: ClassVar[str]
    advice: ClassVar[str]
    higher_is_better: bool = True
    milliseconds: ClassVar[float] = 1.0
    kernel: ClassVar[str] = ""
    """The file of ``kernels`` that measures proven configurations."""
    dtype: ClassVar[type[np.generic]] = np.int64
    sacrebleu: ClassVar[bool] = True
    """False for numbers from elsewhere: tests then add them up in float64, and a single column is averaged."""

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

        ``fast`` asks for the kernel, where this configuration is proven; None decides by the amount of work. Where
        the kernel does not work (numba is missing or broken, its cache is full), sacrebleu measures.
        """
        if len(hypotheses) != len(prepared):
            raise InputError(f"There are {len(hypotheses)} segments and references for {len(prepared)}.")
        if fast is None:
            fast = self.proven and kernels.worth(self.milliseconds * len(hypotheses) / 1000, [self.kernel])
        if not len(hypotheses):
            return np.zeros((0, len(self.columns)), dtype=self.dtype)
        if fast and self.proven:
            try:
                return self._measure_fast(hypotheses, prepared)
            except ReviewError:
                raise
            except Exception as error:  # noqa: BLE001  numba's errors are of many kinds, and none is of the text
                kernels.failed(error)
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
        """The score of each row of ``sums`` (k, columns), shape (k,): many segments, documents or resamples at once.

        Whole numbers (of any dtype) are scored as sacrebleu scores the sums of ``level``. Rows of float32 are scored in
        float32, as sacrebleu's bootstrap does; the dtype of the result is then what numpy makes of its scores.
        """
        if sums.dtype == np.float32:
            return self.resampled(sums)
        native = self._native(level)
        return np.array([surface.score(native, row)[0] for row in sums.astype(self.dtype).tolist()])

    def resampled(self, sums: Matrix) -> np.ndarray:
        """The scores (k,) of a test's resamples, which sacrebleu reads from rows of numpy's and not from lists."""
        native = self._native("system")
        rows = sums if sums.dtype == np.float32 else sums.astype(self.dtype)
        # A copy, because add-k smoothing writes into the row (and rounds what it adds to whole numbers).
        return np.array([surface.score(native, row.copy())[0] for row in rows])

    near: Callable[[Matrix], np.ndarray] | None = None
    """What ``resampled`` gives of whole numbers, to within 1e-9, where that is quicker."""

    def interval(self, score: Score, rows: Matrix, counts: Iterable[int], trials: int, seed: int) -> Score:
        """A system's score with mean and 95% interval by bootstrap, as ``sacrebleu --confidence`` finds them."""
        told, mean, half = surface.interval(self._native("system"), counts, rows, trials, seed)
        return replace(score, signature=told, mean=mean, interval=half)

    def tested_as(self, counts: Iterable[int], test: str, trials: int, seed: int) -> str:
        """The signature of a paired test, "bootstrap" or "randomization"."""
        return surface.paired_signature(self._native("system"), counts, TESTS[test], trials, seed)
