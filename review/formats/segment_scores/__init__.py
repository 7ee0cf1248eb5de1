"""Scores of segments that another program computed, read from whatever it wrote; told by content.

JSON: a list of numbers; an object with a list for each system; lists or lines of objects with ``score`` (``COMET`` as
``comet-score --to_json`` writes it, ``prediction`` as MetricX does), and ``system`` and ``segment`` or ``line`` where
they have them. Tables (CSV, TSV) with a column ``score`` and perhaps ``system``, ``segment`` or ``line``, ``document``.
Lines of system and score, as mt-metrics-eval's ``.seg.score`` and ``.sys.score``. What ``comet-score`` prints. One
number a line.
"""

from __future__ import annotations

import hashlib

from review.errors import FormatError
from review.formats.base import Source, unpacked
from review.formats.segment_scores import listed, objects, tabular
from review.formats.segment_scores.base import REMEDY, Row, Rows, ScoreFile

__all__ = ["Row", "ScoreFile", "read"]


def read(source: Source) -> ScoreFile:
    """Read a file of scores (gzip is unpacked). Raises InputError and FormatError, naming the line."""
    data = unpacked(source)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormatError(source.name, line, "this is not UTF-8 text", "Save the file as UTF-8.") from None
    rows = Rows(source.name)
    if not text.strip():
        raise FormatError(source.name, None, "the file is empty", REMEDY)
    if objects.recognise(text):
        objects.read(text, rows)
    elif tabular.recognise(text):
        tabular.read(text, rows)
    else:
        listed.read(text, rows)
    if not any(row.value is not None for found in rows.systems.values() for row in found):
        raise FormatError(source.name, None, "there is no score in it", REMEDY)
    digest = hashlib.sha256(data).hexdigest()
    return ScoreFile(source.name, digest, {name: tuple(found) for name, found in rows.systems.items()})
