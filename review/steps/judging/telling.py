"""What asking judges would take, and how it went, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from review.detectors import Context, Judge
from review.model import Article
from review.steps.judging import Outcome, living

SHOWN = 300
"""Code points of a reason in a line."""


def estimates(asked: Sequence[Judge], articles: Sequence[Article], context: Context) -> list[str]:
    """One sentence a judge: what asking it about these articles would take. Nobody is asked."""
    alive = [living(article) for article in articles]
    return [_estimate(judge, alive, context) for judge in asked]


def _estimate(judge: Judge, articles: Sequence[Article], context: Context) -> str:
    try:
        found = judge.estimate(articles, context)
    except Exception as error:  # noqa: BLE001 - an estimate is no reason to stop
        return f"{judge.name}: no estimate ({type(error).__name__}: {error})"
    calls = f" in {_plural(found.calls, 'call')}" if found.calls != found.segments else ""
    parts = [f"{_plural(found.segments, 'segment')} to ask about{calls}"]
    if found.seconds is not None:
        parts.append(f"at least {_time(found.seconds)}")
    parts.append("cost not known" if found.cost is None else f"about {found.cost:.4f} {found.currency}")
    note = f" ({found.note})" if found.note else ""
    return f"{judge.name}: {', '.join(parts)}{note}"


def outcome(name: str, found: Outcome) -> str:
    """How it went: "llm: 18 of 20 segments checked, 2 not checked (why); 1 quote stood nowhere"."""
    line = f"{name}: {found.checked} of {_plural(found.asked, 'segment')} checked"
    if missing := found.asked - found.checked:
        line += f", {missing} not checked{why(found.reasons)}"
    if lost := found.tally.unlocatable:
        line += f"; {_plural(lost, 'quote')} stood nowhere"
    return line


def why(reasons: dict[str, int]) -> str:
    """The commonest reason in brackets, and how many others there are; "" without any."""
    ranked = sorted(reasons, key=lambda reason: -reasons[reason])
    if not ranked:
        return ""
    first = " ".join(ranked[0].split()).rstrip(".")
    first = first if len(first) <= SHOWN else first[: SHOWN - 3].rstrip() + "..."
    more = f"; and {_plural(len(ranked) - 1, 'other reason')}" if ranked[1:] else ""
    return f" ({first}{more})"


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _time(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
