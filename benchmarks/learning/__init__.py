"""What a correction saves: a reviewer replayed by the public API, acts with and without; how often entries are right.

The batch is one system's output of half of the WMT23 zh-en documents; the target text is the reference, or another
system's output. The reviewer wants one kind of thing, which is found without the program's own rules (``wishes``):

    a run of one to five words that the target text replaces (difflib over words), with a content word on both sides,
    is a wish where it recurs: in two segments or more the output has the words and the target text has not, the target
    text has the others and the output has not, and all these sources share a run of two Chinese characters or more
    that stands in less than a tenth of the batch's sources and explains the words: where it stands, the output has the
    wrong ones or the right ones at least every other time. A reviewer who has settled on these words wants them in
    every segment that has the source words and the wrong ones, but where the target text keeps the wrong ones itself;
    at least half of those must read so in the target text, else it is no wish.

Words that differ in endings alone, numbers and function words are no wishes. The reviewer reads every segment in order
and must end with every wish fulfilled. A hit or a flag is wrong where the target text keeps the words; where it has
neither wording, either will do. An act is what the person must cause: an edit of a segment (with all its wishes at
once); a confirmed propagation, one act more where it is narrowed by a source term, and one for each wrong hit unticked;
an accepted suggestion (once for all of the same in an article, as Shift+A does it, where none of those is wrong, else
one by one); a dismissal of each wrong flag of a learned entry; a decision about a proposal. What saves no act is not
done: a propagation that costs more than it changes, a decision about an entry that would flag little more than one
segment in each article. Confirming segments costs the same in all ways of working and is left out.

Beside that, entries are learned from a half that is wholly edited into the target text, and all that are proposed and
not refused are held against the other half, which they never saw: how many of their hits differ from the target text.
The limits of ``steps.learning.proposing`` were chosen on other systems' outputs, learning from the half that is not
learned from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks import flags as wmt
from benchmarks.learning.reviewer import WAYS, replay
from benchmarks.learning.studying import flagged, study
from benchmarks.learning.wishes import Batch

RUNS = (("ONLINE-A", "reference"), ("NLLB_Greedy", "ONLINE-W"))
"""Systems that are replayed, each with the text that it is made to read as."""

STUDIED = ("HW-TSC", "IOL_Research", "Lan-BridgeMT", "ONLINE-A", "ONLINE-B", "ONLINE-W", "ONLINE-Y")
"""Systems from whose post-edits entries are learned; the limits were chosen with ONLINE-M and ANVITA."""


def run() -> dict[str, Any]:
    """Replay every run, study every system; nothing where the real data is not there."""
    if not wmt.DATA.is_dir():
        return {"skipped": "the real data (../shared/data) is not on this machine"}
    figures: dict[str, Any] = {
        f"{system} made to read as {target}": measure(system, target, half=1) for system, target in RUNS
    }
    figures[f"entries learned from post-edits of {len(STUDIED)} systems into the reference"] = studied(STUDIED, half=1)
    return figures


def measure(system: str, target: str, *, half: int, ways: Sequence[str] = WAYS) -> dict[str, Any]:
    """Acts in each way of working."""
    batch = Batch.of(system, target, half)
    found: dict[str, Any] = {
        "segments": len(batch.lines),
        "wishes": len(batch.wishes),
        "places where they are wanted": sum(len(wish.places) for wish in batch.wishes),
    }
    for way in ways:
        replayed = replay(batch, way)
        found[f"acts {way}"] = replayed.acts
        if way != WAYS[0]:
            found[f"  of them {way}"] = ", ".join(
                f"{count} {name}" for name, count in sorted(replayed.by.items()) if count
            )
        found[f"  places left {way}"] = replayed.left
    return found


def studied(systems: Iterable[str], *, half: int) -> dict[str, Any]:
    """Entries learned from one half of the documents, system by system, and what they flag in the other half."""
    refused, hits, sums = 0, 0, [0, 0, 0]
    accepted = 0
    for system in systems:
        _, entries = study(system, "reference", half=half)
        kept = [entry for entry in entries if entry.accepted]
        refused += len(entries) - len(kept)
        accepted += len(kept)
        for place, count in enumerate(flagged(Batch.of(system, "reference", 1 - half), kept)):
            sums[place] += count
    hits, otherwise, preferred = sums
    return {
        "entries proposed": accepted + refused,
        "of them refused, for what they would flag in the text learned from": refused,
        "hits in the documents not learned from": hits,
        "of them read otherwise in the target text, %": 100 * otherwise / max(1, hits),
        "of them read there as the entry prefers, %": 100 * preferred / max(1, hits),
    }
