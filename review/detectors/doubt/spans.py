"""Which stretches of up to six words are doubtful, and how likely an editor is to change something in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

LONGEST = 6
"""Words in a stretch, at most: a longer flag says no more than that the segment is bad."""

SPAN = """words log_words marked_max marked_mean major_max major_mean marked_once major_once first_function
last_function functions flagged risk segment_marked segment_major size""".split()

SURE, BEYOND_CHANCE = 0.9, 1.4
"""From this confidence on a flag counts as sure, if it is that many times likelier than any stretch of its length."""

_SURE_PULL = 0.7
"""How far sure stretches are chosen for what sets them off from their segment, rather than for their length."""


@dataclass(frozen=True, slots=True)
class Windows:
    """Every stretch of 1 to LONGEST words in a segment: first word, last word (inclusive), features by SPAN."""

    first: np.ndarray
    last: np.ndarray
    features: np.ndarray

    def place(self, first: int, last: int) -> int:
        """The row of the stretch from word ``first`` to ``last``. Raises ValueError where there is none."""
        found = np.flatnonzero((self.first == first) & (self.last == last))
        if not len(found):
            raise ValueError(f"no stretch from {first} to {last}")
        return int(found[0])


def windows(marked: np.ndarray, major: np.ndarray, function: np.ndarray, flagged: np.ndarray, risk: float) -> Windows:
    """All stretches of one segment, from the probabilities of its words. All arrays have one entry a word."""
    size = len(marked)
    firsts, lasts, rows = [], [], []
    running = {
        "marked_max": np.zeros(size),
        "major_max": np.zeros(size),
        "flagged": np.zeros(size),
        "clean": np.zeros(size),
        "clean_major": np.zeros(size),
        "marked": np.zeros(size),
        "major": np.zeros(size),
        "function": np.zeros(size),
    }
    means = (float(marked.mean()), float(major.mean())) if size else (0.0, 0.0)
    safe, safe_major = np.log1p(-np.clip(marked, 0, 0.999)), np.log1p(-np.clip(major, 0, 0.999))
    for count in range(1, min(LONGEST, size) + 1):
        ends = np.arange(count - 1, size)
        keep = size - count + 1
        for name, values in (("marked_max", marked), ("major_max", major), ("flagged", flagged)):
            running[name] = np.maximum(running[name][:keep], values[ends])
        for name, values in (
            ("clean", safe),
            ("clean_major", safe_major),
            ("marked", marked),
            ("major", major),
            ("function", function),
        ):
            running[name] = running[name][:keep] + values[ends]
        once, once_major = -np.expm1(running["clean"]), -np.expm1(running["clean_major"])
        whole = np.ones(keep)
        rows.append(
            np.column_stack(
                [
                    whole * count,
                    whole * np.log(count),
                    running["marked_max"],
                    running["marked"] / count,
                    running["major_max"],
                    running["major"] / count,
                    np.log(once + 1e-9),
                    np.log(once_major + 1e-9),
                    function[:keep],
                    function[ends],
                    running["function"] / count,
                    running["flagged"],
                    whole * risk,
                    whole * means[0],
                    whole * means[1],
                    whole * np.log(size),
                ]
            )
        )
        firsts.append(np.arange(keep))
        lasts.append(ends)
    if not rows:
        return Windows(np.zeros(0, int), np.zeros(0, int), np.zeros((0, len(SPAN))))
    return Windows(np.concatenate(firsts), np.concatenate(lasts), np.concatenate(rows))


def chosen(
    found: Windows, confidence: np.ndarray, marked: np.ndarray, likely: float, least: float, may_be_sure: bool
) -> Iterator[tuple[int, int, float]]:
    """Stretches that do not overlap: first and last word, and confidence.

    First those that are sure and stand out from their segment, then the likeliest of what is left down to the
    confidence ``likely`` (all below SURE unless ``may_be_sure``), then runs of words of which each is ``marked`` with
    a probability of at least ``least``.
    """
    if not len(found.first):
        return
    length = found.last - found.first + 1
    usual = np.ones(LONGEST + 1)
    for count in range(1, int(length.max()) + 1):
        usual[count] = confidence[length == count].mean()
    odds, usual_odds = _logit(confidence), _logit(usual)[length]
    taken = np.zeros(len(marked), dtype=bool)
    for pull, floor in ((_SURE_PULL, SURE), (0.0, likely)):
        able = np.flatnonzero(confidence >= floor)
        for at in able[np.argsort(-(odds - pull * usual_odds)[able], kind="stable")]:
            first, last = int(found.first[at]), int(found.last[at])
            if not taken[first : last + 1].any():
                taken[first : last + 1] = True
                beyond = float(confidence[at] / usual[length[at]]) if may_be_sure else 0.0
                yield first, last, held_back(float(confidence[at]), beyond)
    for first, last in _runs((marked >= least) & ~taken):
        yield first, last, min(float(confidence[found.place(first, last)]), likely)


def _runs(doubtful: np.ndarray) -> Iterator[tuple[int, int]]:
    """Runs of true entries as (first, last), cut into pieces of LONGEST."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], doubtful.astype(int), [0]])))
    for start, end in edges.reshape(-1, 2).tolist():
        for first in range(start, end, LONGEST):
            yield first, min(first + LONGEST, end) - 1


def held_back(confidence: float, beyond: float) -> float:
    """The confidence, kept just below SURE (in the same order) where it says little beyond chance."""
    if confidence < SURE or beyond >= BEYOND_CHANCE:
        return confidence
    return SURE - 0.02 + 0.0199 * (confidence - SURE) / (1 - SURE)


def _logit(p: np.ndarray) -> np.ndarray:
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(p / (1 - p)))
