"""What was saved as JSON, CSV and text: the page's downloads and the command's output."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from review.formats.formulas import safe
from review.steps.saving.articles import Reviewed, Stretch, per_thousand, reviewed, stretches
from review.steps.saving.counting import CAPTIONS, Counted, Counts, count
from review.steps.saving.learned import Learned, learned
from review.store import Store

STRETCHES = 12
"""Rows of the table from article to article."""
LONGEST = 34
"""Characters of an article's name in the text table."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything about a project or a batch of it, but nobody's time. ``scope`` names it."""

    scope: str
    counted: Counted
    articles: list[Reviewed]
    learned: Learned


def report(store: Store, project: int, batch: int | None = None, scope: str = "", *, measured: bool = True) -> Report:
    """Count and list. Without ``measured`` no text is read, so that any project is quick."""
    counted = count(store, project, batch)
    return Report(scope, counted, reviewed(store, project, batch, measured=measured), learned(store, project, batch))


def headline(found: Counted) -> str:
    """What it comes to, in one sentence: "16 corrections saved: 2 acts corrected 18 segments."."""
    total = found.total
    saved = "1 correction saved" if found.saved == 1 else f"{found.saved:,} corrections saved"
    acts = "1 act" if total.acts == 1 else f"{total.acts:,} acts"
    segments = "1 segment" if total.segments == 1 else f"{total.segments:,} segments"
    return f"{saved}: {acts if total.acts else 'acts begun in other batches'} corrected {segments}."


def trend(articles: Sequence[Reviewed]) -> tuple[Stretch, Stretch] | None:
    """The first and the last quarter of the articles that somebody began with; None for fewer than four."""
    begun = [one for one in articles if one.begun_at is not None]
    if len(begun) < 4:
        return None
    size = len(begun) // 4
    (first,), (last,) = stretches(begun[:size], 1), stretches(begun[-size:], 1)
    shift = len(begun) - size
    return first, Stretch(last.start + shift, last.end + shift, last.first, last.begun, last.done, last.now, last.rate)


def data(found: Report, *, people: bool) -> dict[str, Any]:
    """The report as JSON values; ``people`` by name only where the reader may see them."""
    counted = found.counted
    named = [{"name": name, "ways": _ways(ways)} for name, ways in counted.people.items()]
    return {
        "scope": found.scope,
        "saved": counted.saved,
        **_counts(counted.total),
        "ways": _ways(counted.ways),
        "days": [{"day": one.day.isoformat(), "ways": _ways(one.ways)} for one in counted.days],
        **({"people": named} if people else {}),
        "terms": {
            "own": found.learned.terms,
            "open": found.learned.open,
            "hidden": found.learned.hidden,
            "accepted": found.learned.accepted,
            "dismissed": found.learned.dismissed,
        },
        "articles": [_row(place, one) for place, one in enumerate(found.articles, 1)],
    }


def as_json(found: Report, *, people: bool) -> str:
    """The report as JSON text."""
    return json.dumps(data(found, people=people), ensure_ascii=False, indent=2) + "\n"


def as_csv(articles: Sequence[Reviewed]) -> str:
    """A line for each article in reviewing order."""
    out = io.StringIO()
    rows = [_flat(place, one) for place, one in enumerate(articles, 1)]
    writer = csv.DictWriter(out, list(rows[0]) if rows else ["order", "article"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def as_text(found: Report) -> str:
    """The report as tables of plain text."""
    if found.counted.total == Counts() and not found.articles:
        return f"{found.scope}: nothing has been corrected yet.\n"
    lines = [f"{found.scope}: {headline(found.counted)}", ""]
    rows = [("", "acts", "segments")]
    rows += [
        (CAPTIONS[way], f"{one.acts:,}" if way != "import" else "", f"{one.segments:,}")
        for way, one in found.counted.ways.items()
        if one != Counts()
    ]
    lines += _table(rows)
    if len(found.counted.people) > 1:
        rows = [("", "acts", "segments")]
        for name, ways in found.counted.people.items():
            total = sum((one for way, one in ways.items() if way != "import"), Counts())
            rows.append((name, f"{total.acts:,}", f"{total.segments:,}"))
        lines += ["", *_table(rows)]
    if found.articles:
        lines += ["", "Flags per 1,000 words, in the order in which reviewing began:", ""]
        head = ("articles", "first flagged", "when begun", "now", "changed")
        lines += _table([head, *(_stretch(one) for one in stretches(found.articles, STRETCHES))])
        lines += ["", *_table([("article", "segments", "changed", "rate", "HTER"), *map(_line, found.articles[:50])])]
        if len(found.articles) > 50:
            lines.append(f"The first 50 of {len(found.articles):,}; --format json has all.")
    if found.learned.terms:
        lines += ["", about_terms(found.learned)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def about_terms(found: Learned) -> str:
    """What the reviewers' own terms do, in one sentence."""
    terms = "1 term" if found.terms == 1 else f"{found.terms:,} terms"
    return (
        f"{terms} that reviewers added or accepted: {found.open:,} flags open now, {found.accepted:,} accepted, "
        f"{found.dismissed:,} dismissed."
    )


def number(value: float | None, digits: int = 1) -> str:
    """A number for a table; a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}"


def _stretch(one: Stretch) -> tuple[str, ...]:
    place = f"{one.start}" if one.start == one.end else f"{one.start} to {one.end}"
    return (place, number(one.first), number(one.begun), number(one.now), f"{one.rate:.0%}")


def _line(one: Reviewed) -> tuple[str, ...]:
    name = f"{one.name} ({one.system})" if one.system and one.system != one.name else one.name
    short = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
    return (short, f"{one.segments:,}", f"{one.changed:,}", f"{one.rate:.0%}", number(one.hter))


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(
            text.ljust(width) if place == 0 else text.rjust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def _counts(one: Counts) -> dict[str, int]:
    return {"acts": one.acts, "segments": one.segments}


def _ways(ways: Mapping[str, Counts]) -> dict[str, dict[str, int]]:
    return {way: _counts(one) for way, one in ways.items()}


def _pair(one: tuple[int, int] | None) -> dict[str, Any] | None:
    return None if one is None else {"flags": one[0], "words": one[1], "per_1000": per_thousand([one])}


def _row(place: int, one: Reviewed) -> dict[str, Any]:
    return {
        "order": place if one.begun_at is not None else None,
        "article": one.article,
        "name": one.name,
        "system": one.system,
        "batch": one.batch_name,
        "begun": _when(one.begun_at),
        "finished": one.finished,
        "segments": one.segments,
        "changed": one.changed,
        "rate": one.rate,
        "words": one.words,
        "hter": one.hter,
        "character_rate": one.characters,
        "ways": one.ways,
        "flags": {name: _pair(getattr(one, name)) for name in ("first", "begun", "done", "now")},
    }


def _flat(place: int, one: Reviewed) -> dict[str, Any]:
    row = _row(place, one)
    flags = {f"flags_{name}": pair and pair["flags"] for name, pair in row.pop("flags").items()}
    rates = {f"flags_per_1000_{name}": per_thousand([getattr(one, name)]) for name in ("first", "begun", "done", "now")}
    ways = {f"segments_{way}": row["ways"].get(way, 0) for way in CAPTIONS}
    del row["ways"]
    return {
        name: safe(value) if isinstance(value, str) else value
        for name, value in {**row, **ways, **flags, **rates}.items()
    }


def _when(at: int | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at / 1_000_000, UTC).isoformat(timespec="seconds")
