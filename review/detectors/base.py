"""What a detector is: an opinion about text, with its advice, its source, its rule and its examples."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from review.model import Article, Flag, Segment, flag_id
from review.settings import Settings
from review.text.termbase import TermIndex

if TYPE_CHECKING:
    from review.text.embedding import Embed


@dataclass(frozen=True, slots=True)
class Context:
    """What ``steps`` hands to a detector besides the article.

    ``statistics`` holds, by detector name, what that detector's ``survey`` returned for the whole batch.
    ``embed`` turns n texts into an array of n rows of length 1 (float32), or is None where no model is
    installed. ``cache`` keeps answers that cost time or money, by a key that the asker makes.
    """

    terms: TermIndex | None = None
    statistics: Mapping[str, Any] = field(default_factory=dict)
    settings: Settings | None = None
    embed: Embed | None = None
    cache: MutableMapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A short article, one string a segment, and the surfaces that must be flagged in it, in order.

    An empty ``flags`` means that nothing may be flagged. ``sources`` is empty or one string a segment;
    ``references`` and ``alternatives`` are empty or one tuple a segment. ``codes`` are tokens that are inline codes.
    """

    targets: tuple[str, ...]
    flags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    source_language: str = "zh"
    target_language: str = "en"
    references: tuple[tuple[str, ...], ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    codes: tuple[str, ...] = ()


class Detector(ABC):
    """One kind of awkwardness. A file of this room sets ``DETECTOR`` to an instance of a subclass.

    ``version`` goes up when the rule changes, so that older dismissals no longer hold. ``needs`` names
    the evidence without which it stays silent: source, references, alternatives, terms, survey, embed.
    ``coded``: it is given the texts with the inline codes of their file; all others get them without.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    advice: ClassVar[str]
    source: ClassVar[str]
    category: ClassVar[str]
    subcategory: ClassVar[str] = ""
    version: ClassVar[int] = 1
    needs: ClassVar[frozenset[str]] = frozenset()
    coded: ClassVar[bool] = False
    examples: ClassVar[tuple[Example, ...]]

    @abstractmethod
    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        """Yield a flag for each awkward span of the article's current text (``segment.text``)."""

    @property
    def rule(self) -> str:
        """What the flags follow from: when it changes, batches are flagged again."""
        return str(self.version)

    def available(self, settings: Settings) -> tuple[bool, str]:
        """Whether it can look at all here; if not, what to install or to set, in one sentence."""
        return True, ""

    def survey(self, article: Article) -> Any:
        """Return counts of one article, to be merged over a batch by ``merge``. Only with need "survey".

        It reads what the machine wrote (``segment.hypothesis``), so that a reviewer's edits do not change what
        is said of the rest of the batch. The counts are kept as JSON: dicts with text keys, lists, numbers.
        """
        return None

    def merge(self, total: Any, counts: Any) -> Any:
        """Return ``total`` (None at first) with the counts of one more article; what it was given may be changed.

        Here for dicts of numbers, of such dicts, and so on: equal keys are added up. ``trimmed`` keeps the memory
        of a batch of any size within bounds.
        """
        return counts if total is None else trimmed(added(total, counts))

    def flag(
        self,
        segment: Segment,
        start: int,
        end: int,
        message: str,
        *,
        severity: str = "minor",
        confidence: float = 0.5,
        suggestions: tuple[str, ...] = (),
        evidence: str = "",
        side: str = "target",
        category: str = "",
        subcategory: str = "",
    ) -> Flag:
        """Build a flag on ``[start, end)`` of the segment's text (or source), code points."""
        text = (segment.source or "") if side == "source" else segment.text
        surface = text[start:end]
        occurrence = text[:start].count(surface) if surface else 0
        return Flag(
            id=flag_id(segment.id, self.name, self.version, side, surface, occurrence),
            segment=segment.id,
            start=start,
            end=end,
            detector=self.name,
            category=category or self.category,
            subcategory=subcategory or ("" if category else self.subcategory),
            severity=severity,
            confidence=confidence,
            message=message,
            suggestions=suggestions,
            evidence=evidence,
            side=side,
            version=self.version,
        )


MOST_KEYS = 20_000
"""Keys of one survey, counted at each level; beyond it the rarest are forgotten."""


def added(total: dict[str, Any], counts: Mapping[str, Any]) -> dict[str, Any]:
    """``total`` with ``counts`` added in place: numbers are summed, dicts merged, other values of ``total`` kept."""
    for key, value in counts.items():
        mine = total.get(key)
        if mine is None:
            total[key] = value
        elif isinstance(mine, dict):
            added(mine, value)
        elif isinstance(mine, int | float):
            total[key] = mine + value
    return total


def trimmed(total: dict[str, Any]) -> dict[str, Any]:
    """``total`` without the keys seen once at each level that holds more than MOST_KEYS numbers, or the later half."""
    for value in total.values():
        if isinstance(value, dict):
            trimmed(value)
    if len(total) > MOST_KEYS and all(isinstance(value, int | float) for value in total.values()):
        for key in [key for key, value in total.items() if value <= 1]:
            del total[key]
        for key in sorted(total, key=lambda key: total[key])[: max(0, len(total) - MOST_KEYS)]:
            del total[key]
    return total
