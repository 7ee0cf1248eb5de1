"""Flags against marks: every measure in cases small enough to count by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.metrics.spans import (
    LONGEST,
    Marked,
    character_counts,
    credits,
    f1,
    judge,
    majors,
    overlaps,
    precision_at,
)

# "aa bb cc dd": two raters; the first marks "bb" as major and "cc" as minor, the second "bb cc" as major.
WORDS = ((0, 2), (3, 5), (6, 8), (9, 11))
SEGMENT = Marked(11, WORDS, (((3, 5, True), (6, 8, False)), ((3, 8, True),)))
CLEAN = Marked(11, WORDS, ((), ()))


def flag(start: int, end: int, confidence: float = 0.5, segment: int = 0, major: bool = False):  # type: ignore[no-untyped-def]
    return segment, start, end, confidence, "numbers", "accuracy", major


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [((0, 2), (2, 4), False), ((0, 3), (2, 4), True), ((2, 2), (2, 4), True), ((2, 2), (0, 2), False)],
)
def test_spans_overlap_where_they_share_a_character(
    one: tuple[int, int], other: tuple[int, int], expected: bool
) -> None:
    assert overlaps(*one, *other) is expected
    assert overlaps(*other, *one) is expected


def test_chance_is_the_share_of_places_that_would_be_right() -> None:
    assert SEGMENT.chance(1) == 2 / 4  # bb, cc
    assert SEGMENT.chance(2) == 1.0  # aa bb, bb cc, cc dd
    assert SEGMENT.chance(9) == 1.0  # as long as the segment, at most
    assert CLEAN.chance(1) == 0.0
    assert Marked(0, (), ((),)).chance(1) == 0.0


def test_a_flag_is_right_and_finds_each_raters_major_spans() -> None:
    wrong, right, half = judge([SEGMENT], [flag(0, 2), flag(3, 5), flag(6, 8)])
    assert (wrong.right, wrong.found, wrong.chance) == (False, frozenset(), 0.5)
    assert (right.right, right.found) == (True, {(0, 0), (1, 0)})
    assert (half.right, half.found) == (True, {(1, 0)})
    assert majors([SEGMENT, CLEAN]) == 2


def test_a_flag_of_too_many_words_does_not_count_unless_length_is_free() -> None:
    words = tuple((2 * at, 2 * at + 1) for at in range(LONGEST + 1))
    long = Marked(2 * LONGEST + 2, words, (((0, 1, True),),))
    whole = flag(0, 2 * LONGEST + 1)
    assert judge([long], [whole]) == []
    assert len(judge([long], [whole], None)) == 1
    assert len(judge([long], [flag(0, 2 * LONGEST - 1)])) == 1


def test_a_major_span_is_credited_to_the_surest_flag_that_finds_it() -> None:
    assert credits(judge([SEGMENT], [flag(6, 8, 0.4), flag(3, 5, 0.9)])) == [0, 2]
    assert credits(judge([SEGMENT], [flag(6, 8, 0.9), flag(3, 5, 0.4)])) == [1, 1]
    assert credits(judge([SEGMENT], [flag(3, 5, 0.5), flag(3, 5, 0.5)])) == [2, 0]


def at_recall(recall: float, flags: list[tuple[float, bool, int]], total: int) -> float | None:
    columns = [np.array(column, dtype=float) for column in zip(*flags, strict=True)]
    return precision_at(recall, *columns, total)


def test_precision_at_a_recall_is_the_best_there_or_beyond() -> None:
    flags = [(0.9, False, 0), (0.8, True, 1), (0.7, True, 1), (0.6, False, 0)]
    assert at_recall(0.5, flags, 2) == 2 / 3  # reached after two flags (1/2), better after three
    assert at_recall(1.0, flags, 2) == 2 / 3
    assert at_recall(1.0, flags, 3) is None


def test_flags_of_one_confidence_come_together() -> None:
    assert at_recall(0.1, [(0.9, True, 1), (0.9, False, 0), (0.1, False, 0)], 2) == 1 / 2
    assert at_recall(0.1, [(0.9, False, 0), (0.9, True, 1), (0.1, False, 0)], 2) == 1 / 2


def test_without_flags_or_spans_there_is_no_precision() -> None:
    nothing = np.array([])
    assert precision_at(0.2, nothing, nothing, nothing, 3) is None
    assert at_recall(0.2, [(0.5, True, 0)], 0) is None


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.5, 0.9]), st.booleans()), min_size=1, max_size=8), st.floats(0, 1))
def test_precision_at_agrees_with_trying_every_threshold(flags: list[tuple[float, bool]], recall: float) -> None:
    total = sum(right for _, right in flags) + 1
    tried = []
    for threshold in (0.1, 0.5, 0.9):
        taken = [right for confidence, right in flags if confidence >= threshold]
        if taken and sum(taken) / total >= recall:
            tried.append(sum(taken) / len(taken))
    expected = max(tried, default=None)
    assert at_recall(recall, [(c, r, int(r)) for c, r in flags], total) == pytest.approx(expected)


def test_characters_are_counted_for_each_rater() -> None:
    judged = judge([SEGMENT, CLEAN], [flag(3, 5, major=True), flag(0, 2, segment=1)])
    both, said, marked, half = character_counts([SEGMENT, CLEAN], judged)
    # Two flagged characters in each segment, two raters: 8. Marked: 2 + 2 by the first, 5 by the second.
    assert (both, said, marked) == (4, 8, 9)
    assert half == 4  # both raters call "bb" major, as the flag does
    assert f1(both, said, marked) == 2 * 4 / 17


def test_another_severity_is_worth_half() -> None:
    judged = judge([SEGMENT], [flag(6, 8, major=True)])
    both, _, _, half = character_counts([SEGMENT], judged)
    assert (both, half) == (4, 3)  # "cc": minor for the first rater (2 halves), major for the second (2)


def test_overlapping_flags_count_each_character_once() -> None:
    judged = judge([SEGMENT], [flag(3, 5), flag(3, 8), flag(4, 5, major=True)])
    assert character_counts([SEGMENT], judged)[1] == 2 * 5


def test_f1_of_nothing_is_nothing() -> None:
    assert f1(0, 0, 0) == 0.0


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(1, 4), st.booleans()), max_size=4))
def test_character_f1_is_that_of_the_sets_of_characters(marks: list[tuple[int, int, bool]]) -> None:
    spans = tuple((start, min(11, start + size), heavy) for start, size, heavy in marks)
    segment = Marked(11, WORDS, (spans,))
    both, said, marked, half = character_counts([segment], judge([segment], [flag(3, 8)]))
    theirs = set(itertools.chain.from_iterable(range(start, end) for start, end, _ in spans))
    assert (both, said, marked) == (len(theirs & set(range(3, 8))), 5, len(theirs))
    assert both / 2 <= half <= both
