"""What a metric is: sufficient statistics per segment, and one way to combine them into a score."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from review.errors import InputError
from review.metrics import surface
from review.model import Score

Row = list[Any]
"""One segment's sufficient statistics: whole numbers, but for TER's mean reference length."""


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


@dataclass(frozen=True, slots=True)
class Prepared:
    """References made ready for one metric: what it needs of each segment's, and how many each has."""

    infos: Sequence[Any]
    counts: Sequence[int]


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
    ``prepare`` the references, ``measure`` each segment, ``combine`` the rows of any set of segments.
    """

    name: ClassVar[str]
    aliases: ClassVar[tuple[str, ...]] = ()
    label: ClassVar[str]
    title: ClassVar[str]
    advice: ClassVar[str]
    higher_is_better: ClassVar[bool] = True

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

    def _native(self, level: str) -> Any:
        if level not in self._natives:
            self._natives[level] = self.create(level)
        return self._natives[level]

    def prepare(self, references: Sequence[Sequence[str | None]]) -> Prepared:
        """Read the reference streams (one per reference, each as long as the text; None where it has none).

        Raises InputError where a segment has no reference at all, or the streams differ in length.
        """
        lengths = {len(stream) for stream in references}
        if len(lengths) != 1:
            raise InputError(
                f"{self.label} needs reference streams of one length; these have {sorted(lengths)} segments."
            )
        counts = [sum(text is not None for text in texts) for texts in zip(*references, strict=True)]
        if 0 in counts:
            raise InputError(f"Segment {counts.index(0) + 1} has no reference; leave it out or give it one.")
        return Prepared(surface.prepare(self._native("system"), references), counts)

    def measure(self, hypotheses: Iterable[str], prepared: Prepared) -> Iterator[Row]:
        """Yield the sufficient statistics of each hypothesis against its references."""
        native = self._native("system")
        for hypothesis, info in zip(hypotheses, prepared.infos, strict=True):
            yield surface.measure(native, hypothesis, info)

    def combine(
        self, rows: Sequence[Row], counts: Iterable[int], *, level: str = "system", system: str = "", name: str = ""
    ) -> Score:
        """Make one score of the rows of any set of segments; ``counts`` are their numbers of references."""
        native = self._native(level)
        value, verbose = surface.combine(native, rows)
        return Score(self.label, value, surface.signature(native, counts), level, system, name, verbose)

    def compare(
        self, systems: Sequence[tuple[str, list[Row]]], counts: Iterable[int], test: str, trials: int, seed: int
    ) -> list[Comparison]:
        """Test each system against the first, by "bootstrap" or "randomization" (see Comparison)."""
        native = self._native("system")
        signature, results = surface.paired(native, counts, systems, TESTS[test], trials, seed)
        return [
            Comparison(name, self.label, signature, *numbers)
            for (name, _), numbers in zip(systems, results, strict=True)
        ]
