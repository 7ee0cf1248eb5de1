"""Systems against references: JSON, CSV, LaTeX and plain tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from review.model import Score
from review.steps.scoring.reports.layout import as_csv, finer, metrics_data, plain, rounded, signatures
from review.steps.scoring.systems import Table

_LATEX = {
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\~{}",
    "^": r"\^{}",
}


_COLUMNS = ("system", "level", "name", "metric", "score", "signature")


def as_data(table: Table, source: Sequence[str] = ()) -> dict[str, Any]:
    """The scores as JSON data: systems with their metrics, and documents or segments where they were asked for."""
    systems = []
    for name in table.systems:
        entry: dict[str, Any] = {"name": name, "metrics": metrics_data(table.at("system", name))}
        documents = _by_name(table.at("document", name))
        segments = _by_name(table.at("segment", name))
        if documents:
            entry["documents"] = [{"name": key, "metrics": metrics_data(scores)} for key, scores in documents.items()]
        if segments:
            entry["segments"] = [_segment_data(key, scores, table, source) for key, scores in segments.items()]
        systems.append(entry)
    return {"systems": systems, "segments": table.segments, "warnings": list(table.warnings)}


def _by_name(scores: Iterable[Score]) -> dict[str, list[Score]]:
    groups: dict[str, list[Score]] = {}
    for score in scores:
        groups.setdefault(score.name, []).append(score)
    return groups


def _segment_data(name: str, scores: list[Score], table: Table, source: Sequence[str]) -> dict[str, Any]:
    line = int(name)
    entry: dict[str, Any] = {"line": line}
    if table.documents:
        entry["document"] = table.documents[line - 1]
    if source:
        entry["source"] = source[line - 1]
    return {**entry, "metrics": metrics_data(scores)}


def table_csv(table: Table, width: int | None = None) -> str:
    """Every score of the table, one a row; to full precision unless ``width`` gives decimals."""
    values = (
        (one.system, one.level, one.name, one.metric, rounded(one.value, width), one.signature) for one in table.scores
    )
    return as_csv(values, _COLUMNS)


def _grid(table: Table, level: str, width: int) -> tuple[list[str], list[list[str]]]:
    labels = list(dict.fromkeys(one.metric for one in table.scores))
    named = level != "system"
    header = ["system", *([level] if named else []), *labels]
    widths = {label: width + finer(one for one in table.scores if one.metric == label) for label in labels}
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for one in table.at(level):
        cells.setdefault((one.system, one.name), {})[one.metric] = f"{one.value:.{widths[one.metric]}f}"
    rows = [
        [place[0], *([place[1]] if named else []), *(row.get(label, "") for label in labels)]
        for place, row in cells.items()
    ]
    return header, rows


def table_text(table: Table, level: str = "system", width: int = 2) -> str:
    """The scores of one level in columns, with the signatures below."""
    header, rows = _grid(table, level, width)
    return plain(header, rows, 1 + (level != "system")) + "\n" + "\n".join(signatures(table.at(level))) + "\n"


def table_latex(table: Table, level: str = "system", width: int = 2) -> str:
    """The scores of one level as a booktabs table, with the signatures as comments."""

    def row(cells: Sequence[str]) -> str:
        return " & ".join("".join(_LATEX.get(character, character) for character in cell) for cell in cells) + r" \\"

    header, rows = _grid(table, level, width)
    texts = 1 + (level != "system")
    layout = "l" * texts + "r" * (len(header) - texts)
    lines = [rf"\begin{{tabular}}{{{layout}}}", r"\toprule", row(header), r"\midrule", *map(row, rows)]
    lines += [r"\bottomrule", r"\end{tabular}", *(f"% {line}" for line in signatures(table.at(level)))]
    return "\n".join(lines) + "\n"
