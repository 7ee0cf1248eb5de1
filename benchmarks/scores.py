"""Scores: equal to sacrebleu's own and to the published ones, and what they cost (WMT23 zh-en, 1,976 segments)."""

from __future__ import annotations

import csv
import time
from pathlib import Path
from typing import Any

from review.metrics import metrics
from review.steps import scoring

DATA = Path(__file__).parents[2] / "shared" / "data" / "wmt23-zh-en"
TER_SEGMENTS = 200
"""TER is slow; the first of the segments stand for all."""


def run() -> dict[str, Any]:
    """Score every system; count what is equal and time what is ours and what is sacrebleu's."""
    if not DATA.is_dir():
        return {"skipped": f"no real data at {DATA}"}
    from sacrebleu.metrics import BLEU, CHRF, TER

    reference = scoring.read_lines(str(DATA / "reference.refA.en"))
    paths = sorted((DATA / "systems").glob("*.en"))
    systems = {path.stem: scoring.read_lines(str(path)) for path in paths}
    natives = {"bleu": BLEU(), "chrf": CHRF(), "chrf++": CHRF(word_order=2), "ter": TER()}
    figures: dict[str, Any] = {"systems": len(systems), "segments of each": len(reference)}
    for name, native in natives.items():
        some = {"first": next(iter(systems.values()))} if name == "ter" else systems
        size = TER_SEGMENTS if name == "ter" else len(reference)
        figures[name] = _against_sacrebleu(name, native, {k: v[:size] for k, v in some.items()}, reference[:size])
    figures["published"] = _against_published(systems, reference)
    texts = next(iter(systems.values()))
    started = time.process_time()
    scoring.effort(texts, [text.replace("the", "a") for text in texts], "en")
    figures["the editor's work, ms a segment"] = 1000 * (time.process_time() - started) / len(texts)
    return figures


def _against_sacrebleu(name: str, native: Any, systems: dict[str, list[str]], reference: list[str]) -> dict[str, Any]:
    started = time.process_time()
    theirs = [native.corpus_score(texts, [reference]).score for texts in systems.values()]
    middle = time.process_time()
    table = scoring.score(systems, [reference], [name])
    ours = [one.value for one in table.scores]
    end = time.process_time()
    segments = len(systems) * len(reference)
    same = all(one.signature == str(native.get_signature()) for one in table.scores)
    return {
        "equal to sacrebleu (==)": f"{sum(a == b for a, b in zip(ours, theirs, strict=True))} of {len(theirs)}",
        "signatures equal": same,
        "ms a segment": 1000 * (end - middle) / segments,
        "ms a segment, sacrebleu": 1000 * (middle - started) / segments,
    }


def _against_published(systems: dict[str, list[str]], reference: list[str]) -> str:
    with (DATA / "published-scores.tsv").open(encoding="utf-8", newline="") as file:
        published = {
            (row["system"], row["metric"]): float(row["score"]) for row in csv.DictReader(file, delimiter="\t")
        }
    names = {metric.label: metric.name for metric in metrics(["bleu", "chrf"])}
    table = scoring.score(systems, [reference], names.values())
    equal = sum(one.value == published[one.system, f"{names[one.metric]}-refA"] for one in table.scores)
    return f"{equal} of {len(table.scores)} equal (==)"
