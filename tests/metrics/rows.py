"""Rows of made-up systems for tests of many scores at once."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from review.metrics import Metric, Options, metrics

WORDS = "the The port of Qingdao handled 1,234.5 tonnes , 5% more than last year ( state-owned ) 双循环 a.b é".split()


def texts(seed: int, count: int) -> list[str]:
    """Segments of up to a dozen words, some of them empty."""
    maker = random.Random(seed)
    return [" ".join(maker.choices(WORDS, k=maker.randrange(13))) for _ in range(count)]


def spoilt(lines: Sequence[str], seed: int, share: float) -> list[str]:
    """The same with a share of their words left out."""
    maker = random.Random(seed)
    return [" ".join(word for word in line.split() if maker.random() > share) for line in lines]


def measured(
    name: str, count: int, references: int = 1, options: Options | None = None
) -> tuple[Metric, dict[str, np.ndarray], np.ndarray]:
    """A metric, rows of five systems (one like another, one that says nothing), and the numbers of references."""
    [metric] = metrics([name], options)
    reference = texts(1, count)
    prepared = metric.prepare([reference, *(spoilt(reference, seed, 0.15) for seed in range(2, references + 1))])
    good, bad = spoilt(reference, 11, 0.2), spoilt(texts(2, count), 12, 0.3)
    systems = {"good": good, "near": spoilt(reference, 13, 0.25), "same": good, "bad": bad, "silent": [""] * count}
    return metric, {key: metric.measure(lines, prepared) for key, lines in systems.items()}, prepared.counts
