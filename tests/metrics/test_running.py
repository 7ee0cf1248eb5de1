"""Scores that follow corrections are the scores of the corrected text, to the last bit."""

from __future__ import annotations

import random

import numpy as np
import pytest

from review.metrics import Prepared, metrics
from review.metrics.running import Running
from tests.metrics.test_equality import HYPOTHESIS, REFERENCE, SECOND, near

EDITED = near(HYPOTHESIS, 9)
GROUPS = [None if number % 7 == 0 else f"d{number % 4}" for number in range(len(HYPOTHESIS))]
VARYING = [
    (one, two, one + two) if number % 3 else (one,)
    for number, (one, two) in enumerate(zip(REFERENCE, SECOND, strict=True))
]


@pytest.mark.parametrize("name", ["bleu", "chrf", "chrf++", "ter"])
@pytest.mark.parametrize("references", [[(text,) for text in REFERENCE], VARYING], ids=["one", "one or three"])
def test_after_many_corrections_every_score_is_that_of_the_corrected_text(
    name: str, references: list[tuple[str, ...]]
) -> None:
    [metric] = metrics([name])
    prepared = Prepared(references)
    running = Running(metric, metric.measure(HYPOTHESIS, prepared), prepared.counts, GROUPS)
    texts = list(HYPOTHESIS)
    for position in random.Random(4).choices(range(len(texts)), k=60):
        texts[position] = EDITED[position] if texts[position] == HYPOTHESIS[position] else ""
        running.replace(position, metric.measure([texts[position]], prepared.part(position, position + 1))[0])
    rows = metric.measure(texts, prepared)
    assert running.system("s") == metric.combine(rows, prepared.counts, system="s")
    for group in ("d0", "d1", "d2", "d3"):
        members = [position for position, name in enumerate(GROUPS) if name == group]
        wanted = metric.combine(rows[members], prepared.counts[members], level="document", name=group)
        assert running.group(group) == wanted
    assert running.segment(5) == metric.combine(rows[5:6], prepared.counts[5:6], level="segment", name="6")


def test_lengths_that_change_are_added_in_sacrebleus_order() -> None:
    [ter] = metrics(["ter"])
    rows = np.array([[1.0, 1 / 3], [2.0, 5 / 3], [1.0, 4.0], [3.0, 7 / 3]])
    running = Running(ter, rows.copy(), np.array([3, 3, 1, 3]), ["a", "a", None, "b"])
    rows[1] = [5.0, 10 / 3]
    running.replace(1, rows[1])
    assert running.system() == ter.combine(rows, [3, 1])
    assert running.group("a") == ter.combine(rows[:2], [3], level="document", name="a")


def test_a_group_that_nothing_is_in_has_no_score() -> None:
    [chrf] = metrics(["chrf"])
    prepared = Prepared([("a",)])
    with pytest.raises(KeyError):
        Running(chrf, chrf.measure(["a"], prepared), prepared.counts).group("d")
