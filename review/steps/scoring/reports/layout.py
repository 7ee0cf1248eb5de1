"""How reports are laid out: JSON, CSV for spreadsheets, columns of text."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from review.model import Score


def as_json(data: object) -> str:
    """JSON text as it is printed."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_csv(rows: Iterable[Sequence[object]], header: Sequence[str]) -> str:
    """CSV text; a cell that a spreadsheet would run as a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(
            [f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell for cell in row]
        )
    return out.getvalue()


def cell(score: Score, width: int) -> str:
    """A score in a table, in brackets the resamples' mean and half of their 95% interval where there are any."""
    if score.interval is None:
        return f"{score.value:.{width}f}"
    return f"{score.value:.{width}f} ({score.mean:.{width}f} ± {score.interval:.{width}f})"


def rounded(value: float, width: int | None) -> object:
    """The number itself, or its text with ``width`` decimals."""
    return value if width is None else f"{value:.{width}f}"


def p_value(value: float) -> str:
    """A p-value with four decimals; below that, that it is less."""
    return f"{value:.4f}" if value >= 0.00005 else "<0.0001"


def finer(scores: Iterable[Score]) -> int:
    """Decimals more than for percentages: 2 where scores from elsewhere are on a scale of about 1."""
    return 2 if all(fine(one.signature, one.value) for one in scores) else 0


def fine(signature: str, value: float) -> bool:
    """True for a score from elsewhere that may be on a scale of about 1."""
    return signature.startswith("given|") and abs(value) < 2


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def plain(header: Sequence[str], rows: Sequence[Sequence[str]], texts: int = 1) -> str:
    """A table in columns; the first ``texts`` columns are words, the others numbers."""
    widths = [max(_width(row[column]) for row in (header, *rows)) for column in range(len(header))]
    lines = []
    for row in (header, *rows):
        cells = []
        for column, cell in enumerate(row):
            gap = " " * (widths[column] - _width(cell))
            cells.append(cell + gap if column < texts else gap + cell)
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines) + "\n"


def metrics_data(scores: Iterable[Score]) -> dict[str, dict[str, Any]]:
    """Each score under sacrebleu's label, with its signature and the counts behind it."""
    return {
        one.metric: {
            "score": one.value,
            "signature": one.signature,
            **({"verbose": one.verbose} if one.verbose else {}),
            **({} if one.interval is None else {"mean": one.mean, "interval": one.interval}),
        }
        for one in scores
    }


def signatures(scores: Iterable[Score]) -> list[str]:
    """One line for each metric: its label and its signature."""
    return list(dict.fromkeys(f"{one.metric}: {one.signature}" for one in scores))
