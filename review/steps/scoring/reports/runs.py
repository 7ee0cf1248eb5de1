"""Kept runs over time: JSON, CSV and a plain table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from review.steps.scoring.reports.layout import as_csv, plain, rounded
from review.steps.scoring.runs import OTHER_SIGNATURE, Point

_COLUMNS = (
    "name", "run", "at", "label", "by", "batch", "segments", "system", "text", "metric", "score", "change", "broken",
    "signature", "mean", "interval",
)  # fmt: skip


def runs_data(points: Sequence[Point]) -> dict[str, Any]:
    """The runs as JSON data, each score with its ``change`` since the run before, or why there is none (``broken``)."""
    listed: dict[int, dict[str, Any]] = {}
    for point in points:
        run, score = point.run, point.score
        entry = listed.setdefault(
            run.id,
            {
                "name": run.name,
                "run": run.id,
                "at": _iso(run.at),
                "label": run.label,
                "by": run.actor,
                "batch": run.batch,
                "segments": run.segments,
                "options": dict(run.options),
                "texts": dict(run.texts),
                "scores": [],
            },
        )
        entry["scores"].append(
            {
                "system": score.system,
                "text": score.text,
                "metric": score.metric,
                "score": score.value,
                "signature": score.signature,
                "change": point.change,
                "broken": point.broken,
                **({} if score.interval is None else {"mean": score.mean, "interval": score.interval}),
            }
        )
    return {"runs": list(listed.values())}


def runs_csv(points: Sequence[Point], width: int | None = None) -> str:
    """Every score of every run, one a row."""

    def number(value: float | None) -> object:
        return "" if value is None else rounded(value, width)

    rows = [
        (
            point.run.name, point.run.id, _iso(point.run.at), point.run.label, point.run.actor,
            "" if point.run.batch is None else point.run.batch, point.run.segments, point.score.system,
            point.score.text, point.score.metric, number(point.score.value), number(point.change), point.broken,
            point.score.signature, number(point.score.mean), number(point.score.interval),
        )
        for point in points
    ]  # fmt: skip
    return as_csv(rows, _COLUMNS)


def runs_text(points: Sequence[Point], width: int = 2) -> str:
    """A line for each run and system: its scores, in brackets the change; what is not comparable is told below."""
    labels = list(dict.fromkeys(point.score.metric for point in points))
    rows: dict[tuple[int, str, str], list[str]] = {}
    cells: dict[tuple[int, str, str], dict[str, str]] = {}
    notes = []
    for point in points:
        run, score = point.run, point.score
        key = (run.id, score.system, score.text)
        when = datetime.fromtimestamp(run.at / 1e6, UTC).strftime("%Y-%m-%d %H:%M")
        rows.setdefault(key, [run.name, str(run.id), when, run.label, score.system, score.text])
        moved = "" if point.change is None else f" ({point.change:+.{width}f})"
        cells.setdefault(key, {})[score.metric] = f"{score.value:.{width}f}{' (!)' if point.broken else moved}"
        if point.broken:
            told = f" ({score.signature})" if point.broken == OTHER_SIGNATURE else ""
            notes.append(f"! {run.name}, run {run.id}, {score.system} {score.metric}: {point.broken}{told}.\n")
    table = [[*row, *(cells[key].get(label, "") for label in labels)] for key, row in rows.items()]
    head = ["name", "run", "when (UTC)", "label", "system", "text", *labels]
    kept = [place for place, title in enumerate(head) if title in ("name", "run") or any(row[place] for row in table)]
    texts = sum(place < 6 for place in kept)
    shown = plain([head[place] for place in kept], [[row[place] for place in kept] for row in table], texts)
    legend = "\n! cannot be compared with the run before:\n" if notes else ""
    return shown + legend + "".join(notes)


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at / 1e6, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
