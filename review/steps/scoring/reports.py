"""Scores as JSON, CSV, LaTeX, plain tables, and in sacrebleu's own words."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from review.metrics import surface
from review.model import Score
from review.steps.scoring.batches import BatchScores, Scope
from review.steps.scoring.effort import Effort
from review.steps.scoring.systems import Table

OWN_POST_EDIT = "own post-edit"
"""What HTER and edit distance are measured against. Never to be ranked with independent references."""

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


def metrics_data(scores: Iterable[Score]) -> dict[str, dict[str, Any]]:
    """Each score under sacrebleu's label, with its signature and the counts behind it."""
    return {
        one.metric: {
            "score": one.value,
            "signature": one.signature,
            **({"verbose": one.verbose} if one.verbose else {}),
        }
        for one in scores
    }


def effort_data(effort: Effort) -> dict[str, Any]:
    """The editor's work, labelled with what it was measured against."""
    return {
        "against": OWN_POST_EDIT,
        "segments": effort.segments,
        "changed": effort.changed,
        "changed_share": effort.changed_share,
        "HTER": {"score": effort.hter.value, "signature": effort.hter.signature},
        "word_edits": effort.word_edits,
        "words": effort.words,
        "word_edit_rate": effort.word_rate,
        "character_edits": effort.character_edits,
        "characters": effort.characters,
        "character_edit_rate": effort.character_rate,
    }


def _scope_data(scope: Scope) -> dict[str, Any]:
    return {
        "segments": scope.segments,
        "with_reference": scope.referenced,
        "metrics": metrics_data(scope.before),
        "after_review": {"metrics": metrics_data(scope.after)},
        "post_edit": effort_data(scope.effort),
    }


def batch_data(name: str, found: BatchScores, level: str = "system") -> dict[str, Any]:
    """A batch's scores as JSON data: ``metrics`` is the machine's output, ``after_review`` the current text."""
    confirmed = {
        (scope.system, scope.article_id): scope for scope in (*found.systems, *found.articles) if scope.confirmed_only
    }
    systems = []
    for scope in found.systems:
        if scope.confirmed_only:
            continue
        entry = {"name": scope.system, **_scope_data(scope)}
        if (scope.system, "") in confirmed:
            entry["confirmed"] = _scope_data(confirmed[scope.system, ""])
        if level == "document":
            parts = [part for part in found.articles if part.system == scope.system and not part.confirmed_only]
            entry["documents"] = [{"name": part.article, "id": part.article_id, **_scope_data(part)} for part in parts]
        if level == "segment":
            entry["segment_scores"] = [
                {
                    "document": row.article,
                    "segment": row.number,
                    "id": row.segment.id,
                    "status": row.status,
                    "before": dict(row.before),
                    "after": dict(row.after),
                    "HTER": row.edits.hter,
                    "word_edits": row.edits.word,
                    "character_edits": row.edits.character,
                }
                for row in found.segments
                if row.system == scope.system
            ]
        systems.append(entry)
    return {"batch": name, "systems": systems, "warnings": list(found.warnings)}


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


def table_csv(table: Table, width: int | None = None) -> str:
    """Every score of the table, one a row; to full precision unless ``width`` gives decimals."""
    values = (
        (one.system, one.level, one.name, one.metric, _rounded(one.value, width), one.signature) for one in table.scores
    )
    return as_csv(values, _COLUMNS)


def _rounded(value: float, width: int | None) -> object:
    return value if width is None else f"{value:.{width}f}"


def batch_csv(found: BatchScores, level: str = "system", width: int | None = None) -> str:
    """Every score of the batch, one a row; ``text`` says which text was scored, ``against`` what against."""
    header = ("system", "level", "name", "scope", "text", "against", "metric", "score", "signature")
    rows: list[Sequence[object]] = []
    for scope in (*found.systems, *(found.articles if level == "document" else ())):
        kind = "confirmed" if scope.confirmed_only else "all"
        place = (scope.system, "document" if scope.article else "system", scope.article, kind)
        for text, scores in (("machine output", scope.before), ("after review", scope.after)):
            rows += [(*place, text, "reference", s.metric, _rounded(s.value, width), s.signature) for s in scores]
        work = scope.effort
        own = (*place, "machine output", OWN_POST_EDIT)
        rows.append((*own, "HTER", _rounded(work.hter.value, width), work.hter.signature))
        rows.append((*own, "word edits", work.word_edits, ""))
        rows.append((*own, "character edits", work.character_edits, ""))
        rows.append((*own, "changed segments", work.changed, ""))
    if level == "segment":
        for row in found.segments:
            place = (row.system, "segment", f"{row.article}:{row.number}", row.status)
            for text, values in (("machine output", row.before), ("after review", row.after)):
                rows += [(*place, text, "reference", name, _rounded(v, width), "") for name, v in values.items()]
            rows.append((*place, "machine output", OWN_POST_EDIT, "HTER", _rounded(row.edits.hter, width), ""))
    return as_csv(rows, header)


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


def _grid(table: Table, level: str, width: int) -> tuple[list[str], list[list[str]]]:
    labels = list(dict.fromkeys(one.metric for one in table.scores))
    named = level != "system"
    header = ["system", *([level] if named else []), *labels]
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for one in table.at(level):
        cells.setdefault((one.system, one.name), {})[one.metric] = f"{one.value:.{width}f}"
    rows = [
        [place[0], *([place[1]] if named else []), *(row.get(label, "") for label in labels)]
        for place, row in cells.items()
    ]
    return header, rows


def signatures(scores: Iterable[Score]) -> list[str]:
    """One line for each metric: its label and its signature."""
    return list(dict.fromkeys(f"{one.metric}: {one.signature}" for one in scores))


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


def batch_text(found: BatchScores, level: str = "system", width: int = 2) -> str:
    """A batch's scores in two tables that stay apart: against references, and against its own post-edit."""
    scopes = found.articles if level == "document" else found.systems
    place = ["system", *(["document"] if level == "document" else []), "segments"]

    def where(scope: Scope) -> list[str]:
        kind = "confirmed" if scope.confirmed_only else "all"
        return [scope.system, *([scope.article] if scope.article else []), kind]

    parts = []
    if found.has_references:
        header = [*place, "text", *found.labels]
        rows = [
            [*where(scope), text, *(f"{one.value:.{width}f}" for one in scores)]
            for scope in scopes
            for text, scores in (("machine output", scope.before), ("after review", scope.after))
            if scores
        ]
        lines = signatures(one for scope in scopes for one in scope.before)
        parts.append("Against references\n" + plain(header, rows, len(place) + 1) + "\n" + "\n".join(lines) + "\n")
    else:
        parts.append("No segment has a reference: only the editor's work can be measured.\n")
    header = [*place, "count", "changed", "HTER", "word edits", "character edits"]
    rows = [
        [
            *where(scope),
            str(scope.segments),
            f"{scope.effort.changed_share:.0%}",
            f"{scope.effort.hter.value:.{width}f}",
            str(scope.effort.word_edits),
            str(scope.effort.character_edits),
        ]
        for scope in scopes
    ]
    title = "Machine output against its own post-edit (the editor's work; not a rank)\n"
    lines = [line.replace("TER:", "HTER:", 1) for line in signatures(scope.effort.hter for scope in scopes)]
    parts.append(title + plain(header, rows, len(place)) + "\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def sacrebleu_order(scores: Iterable[Score]) -> list[Score]:
    """sacrebleu prints metrics in the order of their names in capitals."""
    return sorted(scores, key=lambda one: one.metric.upper())


def sacrebleu_json(table: Table, names: Sequence[str], width: int = 1) -> str:
    """What ``sacrebleu`` prints as JSON; it calls systems by ``names``, the paths as they were given."""
    if len(table.systems) == 1:
        found = [surface.formatted(one, width, as_json=True) for one in sacrebleu_order(table.at("system"))]
        return (found[0] if len(found) == 1 else "[\n" + ",\n".join(found) + "\n]") + "\n"
    listed = []
    for name, system in zip(names, table.systems, strict=True):
        scores = sacrebleu_order(table.at("system", system))
        entry = {"system": name}
        entry.update({one.metric: surface.formatted(one, width, score_only=True) for one in scores})
        listed.append(entry)
    return json.dumps(listed, indent=4) + "\n"


def sacrebleu_text(table: Table, width: int = 1) -> str:
    """What ``sacrebleu -f text`` prints for one system: a line for each metric, aligned at the equals sign."""
    lines = [surface.formatted(one, width) for one in sacrebleu_order(table.at("system"))]
    widest = max(line.index("=") - 1 for line in lines)
    return "".join(f"{line[: line.index('=') - 1]:>{widest}}{line[line.index('=') - 1 :]}\n" for line in lines)


def score_only(table: Table, width: int = 1) -> str:
    """The numbers alone: of one system a line for each metric, as sacrebleu; of several a line for each system."""
    lines = []
    for system in table.systems:
        ordered = sacrebleu_order(table.at("system", system))
        lines.append([surface.formatted(one, width, score_only=True) for one in ordered])
    return "\n".join(lines[0] if len(lines) == 1 else [" ".join(line) for line in lines]) + "\n"
