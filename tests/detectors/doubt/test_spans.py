"""Which stretches are in doubt."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.detectors.doubt.spans import LONGEST, SPAN, SURE, Windows, chosen, held_back, windows

PROBABILITIES = st.lists(st.floats(0.01, 0.95), max_size=10)


@given(PROBABILITIES, st.data())
def test_stretches_are_all_there_are_and_their_features_are_what_they_say(
    marked: list[float], data: st.DataObject
) -> None:
    def column() -> np.ndarray:
        numbers = data.draw(st.lists(st.floats(0, 0.9), min_size=len(marked), max_size=len(marked)))
        return np.array(numbers, dtype=float)

    m, major, function, flagged = np.array(marked, dtype=float), column(), column().round(), column()
    found = windows(m, major, function, flagged, 0.3)
    places = [(a, b) for a in range(len(m)) for b in range(a, min(a + LONGEST, len(m)))]
    assert sorted(zip(found.first.tolist(), found.last.tolist(), strict=True)) == places
    assert found.features.shape == (len(places), len(SPAN))
    for first, last, row in zip(found.first, found.last, found.features, strict=True):
        part = slice(first, last + 1)
        expected = {
            "words": last - first + 1,
            "log_words": math.log(last - first + 1),
            "marked_max": m[part].max(),
            "marked_mean": m[part].mean(),
            "major_max": major[part].max(),
            "major_mean": major[part].mean(),
            "marked_once": math.log(1 - np.prod(1 - m[part]) + 1e-9),
            "major_once": math.log(1 - np.prod(1 - major[part]) + 1e-9),
            "first_function": function[first],
            "last_function": function[last],
            "functions": function[part].mean(),
            "flagged": flagged[part].max(),
            "risk": 0.3,
            "segment_marked": m.mean(),
            "segment_major": major.mean(),
            "size": math.log(len(m)),
        }
        assert dict(zip(SPAN, row, strict=True)) == pytest.approx(expected, abs=1e-6)


@given(PROBABILITIES, st.data())
def test_chosen_stretches_do_not_overlap_and_are_short(marked: list[float], data: st.DataObject) -> None:
    m = np.array(marked, dtype=float)
    found = windows(m, m / 2, np.zeros(len(m)), np.zeros(len(m)), 0.5)
    count = len(found.first)
    confidence = np.array(data.draw(st.lists(st.floats(0.01, 0.99), min_size=count, max_size=count)), dtype=float)
    may_be_sure = data.draw(st.booleans())
    taken: set[int] = set()
    for first, last, sure in chosen(found, confidence, m, 0.75, 0.2, may_be_sure):
        here = set(range(first, last + 1))
        assert 1 <= len(here) <= LONGEST
        assert not here & taken
        assert 0 < sure < 1
        assert may_be_sure or sure < SURE
        taken |= here
    assert taken >= {at for at, value in enumerate(marked) if value >= 0.2}


def test_a_sure_stretch_stands_out_from_its_segment() -> None:
    found = Windows(np.array([0, 1, 0]), np.array([0, 1, 1]), np.zeros((3, len(SPAN))))
    marked = np.array([0.9, 0.1])
    picked = list(chosen(found, np.array([0.95, 0.1, 0.96]), marked, 0.75, 0.99, True))
    assert picked == [(0, 0, 0.95)]  # longer is likelier, but no likelier than any stretch of its length


@given(st.floats(0, 1), st.floats(0, 1))
def test_what_is_held_back_keeps_its_order_below_sure(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert held_back(one, 1.0) < SURE
    assert held_back(one, 1.5) == one
    if low >= SURE:
        assert held_back(low, 1.0) <= held_back(high, 1.0)
