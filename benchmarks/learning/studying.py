"""Entries learned from whole post-edits of one half of the documents, and what they flag in the other half."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.learning.reviewer import WAYS, Entry, Reviewer
from benchmarks.learning.wishes import Batch, has


def study(system: str, target: str, *, half: int) -> tuple[Batch, list[Entry]]:
    """The entries that come of a half wholly edited into the target text and confirmed: all that are proposed, and not
    refused for what they would flag in that text.
    """
    from review.errors import RefusedError
    from review.steps import learning
    from review.store import Store

    batch = Batch.of(system, target, half)
    entries: list[Entry] = []
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{Path(folder) / 'bench.sqlite3'}") as store:
        reviewer = Reviewer(store, batch, WAYS[1])
        for segments in reviewer.segments:
            texts = [batch.target[reviewer.line[segment]] for segment in segments]
            reviewer.post("edit", segments, {"texts": texts})
            reviewer.post("status", segments, {"status": "confirmed"})
        for proposal in learning.propose(store, reviewer.project):
            accepted = True
            try:
                learning.accept(store, reviewer.project, reviewer.actor, proposal.id)
            except RefusedError:
                accepted = False
            entries.append(Entry(proposal, accepted))
    return batch, entries


def flagged(batch: Batch, entries: Sequence[Entry]) -> tuple[int, int, int]:
    """What entries flag in the machine's output: how many hits, how many of those read otherwise in the target text
    (which has not the flagged words), and how many read there as the entry prefers.
    """
    hits = otherwise = preferred = 0
    for entry in entries:
        one = entry.proposal
        wrong, right = one.deprecated.lower(), one.preferred.lower()
        for line in batch.lines:
            if has(batch.output[line], wrong) and one.source in batch.source[line]:
                hits += 1
                otherwise += not has(batch.target[line], wrong)
                preferred += not has(batch.target[line], wrong) and has(batch.target[line], right)
    return hits, otherwise, preferred
