"""MQM annotations as Marot and the WMT releases write them: a tab-separated table, a row a marked error.

Rows are read by ``mqm_rows``. Marked words stand between <v> and </v> in target or source; a span in the source
alone is an omission. "No-error" says that a rater found nothing. See github.com/google/wmt-mqm-human-evaluation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from review.errors import FormatError
from review.formats import mqm_table
from review.formats.base import Format, Source
from review.formats.mqm_rows import NO_ERROR, rows, sniff
from review.formats.mqm_table import marked
from review.model import Article, ErrorSpan, Rated, Segment

SEVERITY = {NO_ERROR: "", "neutral": "neutral", "minor": "minor", "major": "major", "critical": "critical"}
_DIMENSIONS = {
    "accuracy": "accuracy",
    "fluency": "linguistic conventions",
    "linguistic conventions": "linguistic conventions",
    "terminology": "terminology",
    "style": "style",
    "locale convention": "locale conventions",
    "locale conventions": "locale conventions",
    "audience appropriateness": "audience appropriateness",
    "design and markup": "design and markup",
    "source issue": "accuracy",
    "source error": "accuracy",
    "non-translation": "accuracy",
}


@dataclass(slots=True)
class _Piece:
    name: str
    source: str
    target: str
    raters: dict[str, None] = field(default_factory=dict)
    spans: list[ErrorSpan] = field(default_factory=list)


def read_rated(given: str | Path | Source, languages: tuple[str, str] = ("", "")) -> tuple[list[Rated], list[str]]:
    """The rated articles of an MQM file (gzip is unpacked), and warnings, one sentence each.

    An article is one system's output of a document; segments keep the file's order. A row whose text is not that of
    the segment's first row (spaces at its ends apart) is left out and counted in a warning; a mark that is not
    closed goes to the end of the text. Raises InputError and FormatError.
    """
    source_file = Source.of(given)
    path = source_file.name
    pieces: dict[tuple[str, str], dict[str, _Piece]] = {}
    others = unmarked = 0
    for row in rows(source_file):
        severity, line = row.severity, row.line
        if severity not in SEVERITY:
            raise FormatError(path, line, f"the severity is {severity!r}", f"Use one of {', '.join(SEVERITY)}.")
        source, source_spans = marked(row.source, path, line)
        target, target_spans = marked(row.target, path, line)
        key = row.segment
        piece = pieces.setdefault((row.system, row.document), {}).setdefault(key, _Piece(key, source, target))
        piece.raters.setdefault(row.rater)
        if not SEVERITY[severity]:
            continue
        category, subcategory = category_of(row.category)
        places = [("target", *span) for span in target_spans] + [("source", *span) for span in source_spans]
        if not places and subcategory == "non-translation":
            places = [("target", 0, len(target))]
        unmarked += not places
        for side, start, end in places:
            text, kept = (target, piece.target) if side == "target" else (source, piece.source)
            if text.strip() != kept.strip():
                others += 1
                continue
            shift = _indent(kept) - _indent(text)
            piece.spans.append(
                ErrorSpan(
                    id=f"{line}:{len(piece.spans)}",
                    segment=key,
                    start=min(max(0, start + shift), len(kept)),
                    end=min(max(0, end + shift), len(kept)),
                    category=category,
                    severity=severity,
                    rater=row.rater,
                    side=side,
                    subcategory=subcategory,
                    note=row.comment,
                )
            )
    warnings = []
    if others:
        warnings.append(f"{path}: {others} marks stand on another text than their segment's first row; left out.")
    if unmarked:
        warnings.append(f"{path}: {unmarked} rows mark an error but no words; they count for no span.")
    return [_rated(*key, found, languages) for key, found in pieces.items()], warnings


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def category_of(text: str) -> tuple[str, str]:
    """Category and sub-category as they are named here; what is not known keeps its words as the sub-category."""
    main, _, rest = text.strip().rstrip("!").partition("/")
    lower = main.lower()
    category = _DIMENSIONS.get(lower, "")
    if lower in ("source issue", "source error"):
        return category, "source error"
    if lower == "non-translation":
        return category, "non-translation"
    return category, re.sub(r"\s*\(.*\)", "", rest).lower() if category else text.strip().lower()


def _rated(system: str, document: str, pieces: dict[str, _Piece], languages: tuple[str, str]) -> Rated:
    segments = tuple(
        Segment(piece.target, key, name=key, source=piece.source, order=number, paragraph=number)
        for number, (key, piece) in enumerate(pieces.items())
    )
    return Rated(
        Article(document, segments, system, *languages),
        tuple(span for piece in pieces.values() for span in piece.spans),
        {key: tuple(piece.raters) for key, piece in pieces.items()},
        document,
    )


FORMAT = Format(
    "mqm",
    "MQM annotations (TSV of Marot and WMT)",
    (".tsv",),
    "text/tab-separated-values",
    lambda source, options: sniff(source),
    mqm_table.read,
    build=mqm_table.build,
    holds=frozenset({"source", "spans", "systems"}),
    judged=True,
    group="evaluation",
    about="errors that raters marked, one a row, on the text as imported",
)
