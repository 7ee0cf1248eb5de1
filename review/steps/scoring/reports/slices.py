"""Groups of segments, histograms, and segments that differ: JSON, CSV and plain tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from review.model import Score
from review.steps.scoring.reports.layout import as_csv, finer, metrics_data, plain, rounded, signatures
from review.steps.scoring.slices import SMALL, Difference, Histogram, Slice

BEFORE, AFTER = "machine output", "after review"
_TEXTS = {"before": BEFORE, "after": AFTER, "": ""}


def _sides(one: Slice) -> list[tuple[str, tuple[Score, ...]]]:
    """The scores of a slice by text; files have one text without a name."""
    return [(BEFORE, one.scores), (AFTER, one.after)] if one.after else [("", one.scores)]


def slices_data(found: Sequence[Slice]) -> list[dict[str, Any]]:
    """Groups as JSON data, one entry a group and system; ``small`` where a group has too few segments to say much."""
    return [
        {
            "by": one.by,
            "group": one.group.name,
            **({"without": True} if one.group.without else {}),
            "system": one.system,
            "segments": one.segments,
            "small": one.group.small,
            "metrics": metrics_data(one.scores),
            **({"after_review": {"metrics": metrics_data(one.after)}} if one.after else {}),
        }
        for one in found
    ]


def slices_csv(found: Sequence[Slice], width: int | None = None) -> str:
    """Groups as CSV, one score a row; ``text`` is empty where there is one text only."""
    header = ("by", "group", "system", "text", "segments", "small", "metric", "score", "signature")
    rows = [
        (
            one.by, one.group.name, one.system, text, one.segments, "yes" if one.group.small else "no",
            score.metric, rounded(score.value, width), score.signature,
        )
        for one in found
        for text, scores in _sides(one)
        for score in scores
    ]  # fmt: skip
    return as_csv(rows, header)


def slices_text(found: Sequence[Slice], width: int = 2) -> str:
    """Groups in columns, a table for each thing they were grouped by; small groups carry an asterisk."""
    parts = []
    for by in dict.fromkeys(one.by for one in found):
        own = [one for one in found if one.by == by]
        two = any(one.after for one in own)
        labels = list(dict.fromkeys(score.metric for one in own for score in one.scores))
        every = [score for one in own for _, scores in _sides(one) for score in scores]
        widths = {label: width + finer(score for score in every if score.metric == label) for label in labels}
        header = [by, "system", *(["text"] if two else []), "segments", *labels]
        rows = [
            [
                *(one.group.name, one.system, text)[: 2 + two],
                f"{one.segments}{'*' if one.group.small else ' '}",
                *(f"{found[label]:.{widths[label]}f}" if label in found else "" for label in labels),
            ]
            for one in own
            for text, scores in _sides(one)
            for found in [{score.metric: score.value for score in scores}]
        ]
        few = f"* fewer than {SMALL} segments: these scores say little\n" if any(one.group.small for one in own) else ""
        lines = signatures(score for one in own for score in one.scores)
        parts.append(f"By {by}\n{plain(header, rows, 2 + two)}{few}\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def histograms_data(found: Sequence[Histogram]) -> list[dict[str, Any]]:
    """Histograms as JSON data; ``to`` is null in the last bin, which has no end."""
    return [
        {
            "system": one.system,
            **({"text": _TEXTS[one.text]} if one.text else {}),
            "metric": one.metric,
            "bins": [{"from": part.start, "to": part.end, "segments": part.size} for part in one.bins],
        }
        for one in found
    ]


def histograms_csv(found: Sequence[Histogram]) -> str:
    """Histograms as CSV, one bin a row; ``to`` is empty in the last bin."""
    rows = [
        (one.system, _TEXTS[one.text], one.metric, part.start, "" if part.end is None else part.end, part.size)
        for one in found
        for part in one.bins
    ]
    return as_csv(rows, ("system", "text", "metric", "from", "to", "segments"))


def histograms_text(found: Sequence[Histogram]) -> str:
    """How many segments of each system score from 0, from 10, ... by each metric; a table for each kind of bins."""
    two = any(one.text for one in found)
    tables: dict[tuple[str, ...], list[Histogram]] = {}
    for one in found:
        tables.setdefault(tuple(f"{part.start:.3g}" for part in one.bins), []).append(one)
    parts = []
    for starts, own in tables.items():
        header = ["system", *(["text"] if two else []), "metric", *starts]
        rows = [
            [one.system, *([_TEXTS[one.text]] if two else []), one.metric, *(str(part.size) for part in one.bins)]
            for one in own
        ]
        parts.append(plain(header, rows, 2 + two))
    return "Segments by score, from\n" + "\n".join(parts)


def differing_data(found: Sequence[Difference], systems: tuple[str, str], metric: str) -> dict[str, Any]:
    """Segments that differ as JSON data: ``difference`` is the first system's score less the second's."""
    listed = []
    for one in found:
        entry: dict[str, Any] = {"line": one.line}
        if one.document:
            entry["document"] = one.document
        if one.source:
            entry["source"] = one.source
        entry["references"] = list(one.references)
        entry["difference"] = one.difference
        entry["systems"] = [
            {
                "name": name,
                "text": text,
                "score": score,
                **({"article_id": one.places[side].article, "id": one.places[side].segment} if one.places else {}),
            }
            for side, (name, text, score) in enumerate(zip(systems, one.texts, one.scores, strict=True))
        ]
        listed.append(entry)
    return {"metric": metric, "systems": list(systems), "segments": listed}


def differing_csv(found: Sequence[Difference], systems: tuple[str, str], metric: str, width: int | None = None) -> str:
    """Segments that differ as CSV, one segment a row; several references stand on lines of one cell."""
    names = [f"{name} {what}" for what in (metric, "text") for name in systems]
    rows = [
        (
            one.document, one.line, rounded(one.difference, width), *(rounded(score, width) for score in one.scores),
            *one.texts, "\n".join(one.references), one.source,
        )
        for one in found
    ]  # fmt: skip
    return as_csv(rows, ("document", "line", "difference", *names, "references", "source"))


def differing_text(found: Sequence[Difference], systems: tuple[str, str], metric: str, width: int = 2) -> str:
    """Segments that differ, each with its texts below each other."""
    first, second = systems
    if not found:
        return f"{first} and {second} have the same {metric} in every segment.\n"
    widest = max(map(len, (*systems, "reference")))
    parts = [f"Where {first} and {second} differ most by {metric} ({first} less {second})\n"]
    for one in found:
        place = f"{one.document}, line {one.line}" if one.document else f"line {one.line}"
        scores = ", ".join(f"{name} {score:.{width}f}" for name, score in zip(systems, one.scores, strict=True))
        texts = [("source", one.source)] if one.source else []
        texts += [("reference", text) for text in one.references]
        texts += list(zip(systems, one.texts, strict=True))
        lines = "".join(f"  {name:<{widest}}  {text}\n" for name, text in texts)
        parts.append(f"{place}: {one.difference:+.{width}f} ({scores})\n{lines}")
    return "\n".join(parts)
