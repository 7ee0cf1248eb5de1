"""What is known of each segment as a whole, from its words, its flags and the batch that it belongs to."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np

from review.detectors.doubt.words import ALONE, GIVEN, Compared, Words
from review.model import Flag, Segment

PLAIN = """size marked major major_top3 major_top6 marked_often major_once major_sum ratio ratio_off names numbers
functions recurring quoted source_size source_commas source_list source_latin first flags flags_major""".split()
"""Features of every segment; those that speak of the source are NaN without one."""

COMPARED = """likeness absent nowhere nowhere_names absent_numbers missing apart agreement less_alike covered
grams""".split()
"""Features that compare, once for references and once for alternatives."""

NEAR = "near_source near_reference near_alternatives source_near_reference source_near_alternatives".split()
"""Cosines of sentence embeddings, where a model is there."""

_FINGERPRINT = "marked major ratio_off names numbers functions recurring quoted near_source"
OF_BATCH = {
    "source": _FINGERPRINT,
    "reference": f"{_FINGERPRINT} reference_grams reference_covered near_reference",
    "alternatives": "major alternatives_grams near_source near_alternatives",
    "both": "major reference_grams reference_covered alternatives_grams near_source near_reference",
}
"""Features whose means over the batch (one system's articles) speak of its segments too, by kind of evidence."""

SAMPLE = 6
"""How many segments of an article, evenly spaced, count for its batch: a first pass must be cheap."""

SHRINK = 20
"""How many usual segments are added to a batch's mean."""

_COMMAS, _LATIN = re.compile("[,，;；、،]"), re.compile("[A-Za-z]{2,}")


def plain(words: Words, marked: np.ndarray, major: np.ndarray) -> np.ndarray:
    """An array of segments by PLAIN; ``marked`` and ``major`` are probabilities by word."""
    alone = {name: words.alone[:, at] for at, name in enumerate(ALONE)}
    rows = []
    for number, segment in enumerate(words.article.segments):
        here = slice(words.starts[number], words.starts[number + 1])
        size = here.stop - here.start
        if not size:
            rows.append([math.nan] * len(PLAIN))
            continue
        a, m = marked[here], major[here]
        high = np.sort(m)[::-1]
        rows.append(
            [
                math.log(size),
                a.mean(),
                m.mean(),
                high[:3].mean(),
                high[:6].mean(),
                (m > 0.25).mean(),
                1 - float(np.prod(1 - np.clip(m, 0, 0.9))),
                math.log1p(m.sum()),
                words.ratios[number],
                abs(words.ratios[number]),
                alone["name"][here].mean(),
                alone["number"][here].mean(),
                alone["function"][here].mean(),
                alone["recurring"][here].mean(),
                float(alone["quoted"][here].any()),
                *_source(segment.source),
                float(number == 0),
                *_flags(words.flags.get(segment.id, ())),
            ]
        )
    return np.array(rows, dtype=float).reshape(-1, len(PLAIN))


def _source(source: str | None) -> list[float]:
    if not source or not source.strip():
        return [math.nan] * 4
    return [
        math.log(len(source) + 1),
        10 * len(_COMMAS.findall(source)) / (len(source) + 1),
        float("、" in source),
        float(_LATIN.search(source) is not None),
    ]


def _flags(flags: Sequence[Flag]) -> list[float]:
    heavy = [flag.confidence for flag in flags if flag.severity in ("major", "critical")]
    return [math.log1p(len(flags)), max(heavy, default=0.0)]


def compared(words: Words, given: np.ndarray, results: Sequence[Compared | None]) -> np.ndarray:
    """An array of segments by COMPARED, from what ``Words.given`` returned."""
    column = {name: given[:, at] for at, name in enumerate(GIVEN)}
    rows = []
    for number, result in enumerate(results):
        here = slice(words.starts[number], words.starts[number + 1])
        if result is None or here.stop == here.start:
            rows.append([math.nan] * len(COMPARED))
            continue
        rows.append(
            [
                result.likeness,
                column["absent"][here].mean(),
                column["nowhere"][here].mean(),
                column["nowhere_name"][here].sum(),
                float(column["absent_number"][here].any()),
                result.missing,
                column["apart"][here].mean(),
                result.agreement,
                result.likeness - result.agreement,
                result.covered,
                result.grams,
            ]
        )
    return np.array(rows, dtype=float).reshape(-1, len(COMPARED))


def near(segments: Sequence[Segment], vector: Mapping[str, np.ndarray]) -> np.ndarray:
    """An array of segments by NEAR; ``vector`` holds each text's embedding, of length 1."""
    return np.array([_near(segment, vector) for segment in segments], dtype=float).reshape(-1, len(NEAR))


def _near(segment: Segment, vector: Mapping[str, np.ndarray]) -> list[float]:
    def cosine(one: str | None, others: Sequence[str]) -> float:
        own = vector.get(one or "")
        found = [float(own @ vector[other]) for other in others if other in vector] if own is not None else []
        return sum(found) / len(found) if found else math.nan

    text, source = segment.text, segment.source
    direct = cosine(source, [text])
    return [
        direct,
        cosine(text, segment.references),
        cosine(text, segment.alternatives),
        cosine(source, segment.references) - direct,
        cosine(source, segment.alternatives) - direct,
    ]


Sums = Mapping[str, Sequence[float]]
"""Count and sum of features over some segments, by name."""


def sums(names: Sequence[str], features: np.ndarray, wanted: Sequence[str]) -> dict[str, list[float]]:
    """Count and sum of the ``wanted`` columns that are there; segments without a value are not counted."""
    found = {}
    for name in wanted:
        if name in names:
            column = features[:, names.index(name)]
            found[name] = [int(np.isfinite(column).sum()), float(np.nansum(column))]
    return found


def merged(one: Sums, other: Sums) -> dict[str, list[float]]:
    """Two such counts and sums added."""
    names = dict.fromkeys([*one, *other])
    return {name: [sum(part.get(name, (0, 0.0))[at] for part in (one, other)) for at in (0, 1)] for name in names}


def means(counted: Sums, usual: Mapping[str, float]) -> list[float]:
    """The batch's means, in the order of ``usual``, as if SHRINK usual segments stood in it too."""
    found = []
    for name, mean in usual.items():
        count, total = counted.get(name, (0, 0.0))
        found.append((total + SHRINK * mean) / (count + SHRINK))
    return found
