"""A Pearmut campaign made from a batch: its documents, to be judged there. Segments' outputs stand side by side.

All systems' outputs of a document whose segments have the same names and sources are one document, which raters see
together; others are documents of their own. Nobody's judgements are in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from review.formats.base import Format
from review.formats.pearmut._writing import item_id
from review.formats.study import documents, names
from review.model import Article, ReadingHeader


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write the campaign: ESA, every rater draws from all documents."""
    found: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    said = more = 0
    for article in documents(articles):
        said += len(article.spans) + sum(rating.value is not None for rating in article.ratings)
        more += sum(len(segment.references) > 1 for segment in article.segments)
        own = names(article)
        shared = tuple((one.source, one.references[:1]) for one in article.segments)
        items = found.setdefault((article.name, tuple(own), shared), [])
        for place, (segment, name) in enumerate(zip(article.segments, own, strict=True)):
            if place == len(items):
                item: dict[str, Any] = {
                    "item_id": item_id(article, name),
                    "document": article.name,
                    "segment": segment.name,
                    "src": segment.source,
                }
                if segment.references:
                    item["ref"] = segment.references[0]
                items.append({**item, "tgt": {}})
            items[place]["tgt"][article.system] = segment.hypothesis
    title = str(header.extra.get("title") or header.name or "campaign")
    campaign = {
        "info": {"assignment": "single-stream", "protocol": "ESA", "users": 1},
        "campaign_id": title,
        "data": list(found.values()),
    }
    out.write(json.dumps(campaign, ensure_ascii=False, indent=1).encode("utf-8") + b"\n")
    warnings = []
    if said:
        warnings.append(f"{said} marks and ratings are left out: a campaign is what is still to be judged.")
    if more:
        warnings.append(f"{more} segments have several references; the first is written.")
    return warnings


FORMAT = Format(
    "pearmut-campaign",
    "Pearmut campaign, to be judged there (JSON)",
    (".json",),
    "application/json",
    build=build,
    holds=frozenset({"source", "references", "systems"}),
    judged=True,
    group="evaluation",
    about="the batch as a new study: no judgements in it",
)
