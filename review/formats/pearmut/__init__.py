"""Campaigns and annotations of Pearmut (github.com/zouharvi/pearmut), a tool for DA, ESA and MQM studies.

    campaign       {"info": {...}, "campaign_id": "...", "data": [...]}: documents of items to be judged
    annotations    JSON Lines, or {"campaign": [...]} as downloaded: one entry for a document that a user submitted

An item has ``src``, ``ref`` (either may be null or absent), and ``tgt``, a text by each model. In an entry,
``annotation`` has for each item, by model, a score from 0 to 100 or null and ``error_spans``: ``start_i`` and ``end_i``
(inclusive) count UTF-16 units without line feeds, as the page does; the place behind the text is "[missing]".
"""

from __future__ import annotations

from review.formats.base import Format
from review.formats.pearmut._reading import read, sniff
from review.formats.pearmut._writing import build

FORMAT = Format(
    "pearmut",
    "Pearmut annotations (JSON Lines)",
    (".jsonl", ".json"),
    "application/x-ndjson",
    sniff,
    read,
    build=build,
    holds=frozenset({"source", "references", "spans", "ratings", "systems"}),
    judged=True,
    group="evaluation",
    about="what raters said, as Pearmut's log has it, on the text as imported",
)
