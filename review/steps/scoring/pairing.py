"""Which segments of a batch's systems stand for each other: those of one article and one name in the file."""

from __future__ import annotations

from collections import Counter

import numpy as np

from review.steps.scoring.sheets import Sheet

Name = tuple[str, str, int, int]
"""An article's name, a segment's, how often both came before in the system, and how often they come in all."""


def named(sheet: Sheet) -> dict[Name, int]:
    """The rank among the segments that have a reference, by name.

    Where a file named no segment of an article, they go by their numbers. What a reviewer merged, split or made has no
    name; where there is such a segment in an article, numbers are others than in the file, and the order of equal
    names may be: only names that stand once are then kept.
    """
    touched = {
        key
        for (key, _), segment in zip(sheet.places, sheet.segments, strict=True)
        if segment.parents or (segment.correction is not None and segment.correction.inserted)
    }
    numberless = touched | {key for (key, _), segment in zip(sheet.places, sheet.segments, strict=True) if segment.name}
    doubtful = {sheet.articles[key].name for key in touched}
    names = [
        (sheet.articles[key].name, segment.name or ("" if key in numberless else str(number)))
        for (key, number), segment in zip(sheet.places, sheet.segments, strict=True)
    ]
    often, seen = Counter(names), Counter[tuple[str, str]]()
    ranks = (np.cumsum(sheet.kept) - 1).tolist()
    found: dict[Name, int] = {}
    for name, kept, rank in zip(names, sheet.kept.tolist(), ranks, strict=True):
        article, own = name
        if own and kept and (often[name] == 1 or article not in doubtful):
            found[article, own, seen[name], often[name]] = rank
        seen[name] += 1
    return found
