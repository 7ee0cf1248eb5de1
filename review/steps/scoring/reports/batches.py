"""A batch before and after review: against references, and apart from that against its own post-edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from review.steps.scoring.batches import BatchScores, Scope
from review.steps.scoring.effort import Effort
from review.steps.scoring.reports.layout import as_csv, metrics_data, plain, rounded, signatures

OWN_POST_EDIT = "own post-edit"
"""What HTER and edit distance are measured against. Never to be ranked with independent references."""


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


def batch_csv(found: BatchScores, level: str = "system", width: int | None = None) -> str:
    """Every score of the batch, one a row; ``text`` says which text was scored, ``against`` what against."""
    header = ("system", "level", "name", "scope", "text", "against", "metric", "score", "signature")
    rows: list[Sequence[object]] = []
    for scope in (*found.systems, *(found.articles if level == "document" else ())):
        kind = "confirmed" if scope.confirmed_only else "all"
        place = (scope.system, "document" if scope.article else "system", scope.article, kind)
        for text, scores in (("machine output", scope.before), ("after review", scope.after)):
            rows += [(*place, text, "reference", s.metric, rounded(s.value, width), s.signature) for s in scores]
        work = scope.effort
        own = (*place, "machine output", OWN_POST_EDIT)
        rows.append((*own, "HTER", rounded(work.hter.value, width), work.hter.signature))
        rows.append((*own, "word edits", work.word_edits, ""))
        rows.append((*own, "character edits", work.character_edits, ""))
        rows.append((*own, "changed segments", work.changed, ""))
    if level == "segment":
        for row in found.segments:
            place = (row.system, "segment", f"{row.article}:{row.number}", row.status)
            for text, values in (("machine output", row.before), ("after review", row.after)):
                rows += [(*place, text, "reference", name, rounded(v, width), "") for name, v in values.items()]
            rows.append((*place, "machine output", OWN_POST_EDIT, "HTER", rounded(row.edits.hter, width), ""))
    return as_csv(rows, header)


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
