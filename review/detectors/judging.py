"""What a plug-in judge is: an outside opinion, off by default, asked about many articles at once."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from review.detectors.base import Context, Detector
from review.model import Article, Flag
from review.settings import Settings


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge says of one segment of the ``article``-th article it was given.

    ``checked`` False is "not checked" and never "no error"; ``reason`` then says why in one sentence.
    ``score`` is the judge's own number for the segment, or None; what it means stands in ``scale``.
    """

    article: int
    segment: str
    checked: bool
    flags: tuple[Flag, ...] = ()
    score: float | None = None
    scale: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What asking would take: segments not in the cache, calls, seconds, and cost in ``currency`` (None: unknown)."""

    segments: int
    calls: int
    seconds: float | None = None
    cost: float | None = None
    currency: str = "USD"
    note: str = ""


@dataclass(slots=True)
class Tally:
    """What happened while a judge was asked: spans it quoted that stand nowhere, answers from the cache, failures."""

    unlocatable: int = 0
    cached: int = 0
    failures: dict[str, int] = field(default_factory=dict)


class Judge(Detector):
    """A judge. A file of this room sets ``JUDGE`` to an instance of a subclass; detectors of every day set DETECTOR."""

    @abstractmethod
    def available(self, settings: Settings) -> tuple[bool, str]:
        """Whether it can be asked here; if not, what to install or to set, in one sentence."""

    @abstractmethod
    def estimate(self, articles: Sequence[Article], context: Context) -> Estimate:
        """What asking about these articles would take, without asking."""

    @abstractmethod
    def judge(self, articles: Sequence[Article], context: Context, tally: Tally | None = None) -> Iterator[Verdict]:
        """One verdict for each segment, article by article, in order; a failure says "not checked"."""

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        """The flags of the verdicts on one article."""
        for verdict in self.judge((article,), context):
            yield from verdict.flags
