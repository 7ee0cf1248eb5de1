"""What a report of marked errors shows, by whose words, against which threshold; and what its numbers rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from review.errors import InputError
from review.metrics.mqm import BASES, Tally
from review.metrics.mqm_weights import Weights
from review.steps.scoring.mqm.reading import Scored
from review.text.counting import RULE

JUDGED = ("system", "document")
"""Levels that pass or fail."""


@dataclass(frozen=True, slots=True)
class View:
    """A penalty is told for ``size`` words of ``basis`` (source or target); ``threshold`` is the most that passes."""

    level: str = "system"
    basis: str = "source"
    size: int = 1000
    threshold: Fraction | None = None

    def verdict(self, tally: Tally) -> str | None:
        """pass or fail of a system or document; None where there is no threshold, or no words."""
        rate = tally.per_words(self.basis, self.size) if tally.level in JUDGED else None
        if self.threshold is None or rate is None:
            return None
        return "pass" if rate <= self.threshold else "fail"


def failures(scored: Scored, view: View) -> list[str]:
    """One sentence for each system whose penalty is above the threshold. Raises InputError where words are missing."""
    if view.threshold is None:
        return []
    said = []
    for tally in scored.ratings.tallies("system"):
        rate = tally.per_words(view.basis, view.size)
        if rate is None:
            other = next(name for name in BASES if name != view.basis)
            raise InputError(f"{tally.system} has no words of the {view.basis}; count those of --words {other}.")
        if rate > view.threshold:
            most = f"{float(view.threshold):g}"
            said.append(f"{tally.system}: penalty {float(rate):.2f} per {_size(view)}, above the threshold of {most}.")
    return said


def cautions(scored: Scored, view: View) -> list[str]:
    """What a reader of penalties by words must know."""
    ratings = scored.ratings
    empty = ratings.words[:, BASES.index(view.basis)] == 0
    none = len(set(ratings.cell_item[empty].tolist()))
    if not none:
        return []
    if empty.all():
        return [f"No segment has words of the {view.basis}; there is no penalty per {view.size:,} words."]
    rest = f"of {len(ratings.items)} segments have no words of the {view.basis}, in a system or in all"
    return [f"{none} {rest}; their penalties count all the same."]


def notes(scored: Scored, view: View) -> list[str]:
    """What the numbers rest on: weights, means, words."""
    said = [
        f"Weights: {weights_text(scored.ratings.weights)}.",
        "MQM: a segment's penalty, mean over its raters (0 where one marked nothing), then over segments; lower is "
        "better.",
        f"Words: of the {view.basis}; {RULE}.",
        *scored.notes,
    ]
    if view.level == "rater":
        said.append("Raters saw different segments unless their counts say otherwise; their means are no ranking.")
    if view.threshold is not None:
        said.append(f"Verdict: pass where the penalty per {_size(view)} is at most {float(view.threshold):g}.")
    return said


def weights_text(weights: Weights) -> str:
    """The rules in their order, on one line."""

    def rule(severities: Sequence[str], categories: Sequence[str], weight: Fraction) -> str:
        parts = [_shown(patterns) for patterns in (severities, categories) if tuple(patterns) != ("*",)]
        return f"{' '.join(parts) or 'all else'} {float(weight):g}"

    found = ", ".join(rule(one.severities, one.categories, one.weight) for one in weights.rules)
    where = f" ({weights.source})" if weights.source and weights.source.lower() != weights.name.lower() else ""
    return f"{weights.name}{where}, the first that fits: {found}"


def _shown(patterns: Sequence[str]) -> str:
    return "|".join(pattern.replace("[[]", "[") for pattern in patterns)


def _size(view: View) -> str:
    return f"{view.size:,} words of the {view.basis}"
