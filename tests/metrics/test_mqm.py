"""Penalties: exact sums, means over raters and then segments, whatever the order of the rows."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError
from review.metrics.mqm import Collector, Ratings, Tally
from review.metrics.mqm_weights import find_weights

WMT = find_weights("wmt")
Row = tuple[str, str, str, str, str]
"""System, segment, rater, severity ("" for none), category."""


def rated(*rows: Row, document: str = "d", source: str = "港口", target: str = "The port is big.") -> Ratings:
    collector = Collector(WMT, "marks.tsv")
    for system, segment, rater, severity, category in rows:
        collector.add(
            system, document, segment, rater, severity=severity, category=category, source=source, target=target
        )
    return collector.done()


def by_name(tallies: list[Tally]) -> dict[tuple[str, str], Tally]:
    return {(tally.system, tally.name): tally for tally in tallies}


def test_a_score_is_the_mean_over_raters_then_over_segments() -> None:
    (tally,) = rated(
        ("A", "1", "r1", "major", "Accuracy/Mistranslation"),
        ("A", "1", "r1", "minor", "Style/Awkward"),
        ("A", "1", "r2", "minor", "Fluency/Punctuation"),
        ("A", "2", "r1", "minor", "Style/Awkward"),
    ).tallies("system")
    assert tally.score == (Fraction(6 * 10 + 1, 20) + 1) / 2
    assert (tally.segments, tally.ratings, tally.raters, tally.errors) == (2, 3, 2, 4)
    assert {name: count for name, (count, _) in tally.by("severity").items()} == {"major": 1, "minor": 3}


def test_a_rater_who_saw_a_segment_and_marked_nothing_counts_zero() -> None:
    (tally,) = rated(("A", "1", "r1", "major", "x"), ("A", "1", "r2", "", "No-error")).tallies("system")
    assert tally.score == Fraction(5, 2)
    (tally,) = rated(("A", "1", "r1", "", "")).tallies("system")
    assert (tally.score, tally.errors, tally.share, tally.ratings) == (0, 0, None, 1)


def test_who_says_both_that_there_are_errors_and_none_is_counted() -> None:
    ratings = rated(("A", "1", "r1", "", ""), ("A", "1", "r1", "minor", "x"), ("A", "1", "r2", "", ""))
    assert ratings.contradictions == 1
    assert ratings.tallies("system")[0].score == Fraction(1, 2)


def test_the_best_system_comes_first_and_equals_keep_their_order() -> None:
    ratings = rated(
        ("A", "1", "r", "major", "x"), ("B", "1", "r", "minor", "x"), ("C", "1", "r", "", ""), ("D", "1", "r", "", "")
    )
    assert [tally.system for tally in ratings.tallies("system")] == ["C", "D", "B", "A"]
    assert [tally.system for tally in ratings.tallies("document")] == ["C", "D", "B", "A"]


def test_documents_segments_and_categories_are_parts_of_their_system() -> None:
    collector = Collector(WMT)
    for document, segment, rater, severity, category in (
        ("one", "1", "r1", "major", "Accuracy/Mistranslation"),
        ("one", "1", "r2", "minor", "accuracy/mistranslation"),
        ("one", "2", "r1", "", "No-error"),
        ("two", "1", "r2", "minor", "Style/Awkward"),
    ):
        collector.add("A", document, segment, rater, severity=severity, category=category, source="港口", target="Port")
    ratings = collector.done()
    (whole,) = ratings.tallies("system")
    assert whole.penalty == 4
    documents = by_name(ratings.tallies("document"))
    assert {name: (tally.penalty, tally.segments, tally.share) for (_, name), tally in documents.items()} == {
        "one": (3, 2, 0.75),
        "two": (1, 1, 0.25),
    }
    assert [(t.document, t.name, t.score) for t in ratings.tallies("segment")] == [
        ("one", "1", 3),
        ("one", "2", 0),
        ("two", "1", 1),
    ]
    # Both ways to write a category are one, under the name written first.
    assert [(t.name, t.errors, t.score) for t in ratings.tallies("category")] == [
        ("Accuracy/Mistranslation", 2, 1),
        ("Style/Awkward", 1, Fraction(1, 3)),
    ]
    assert sum(t.score for t in ratings.tallies("category")) == whole.score


def test_a_raters_score_is_over_the_segments_that_they_rated() -> None:
    ratings = rated(
        ("A", "1", "r1", "major", "x"),
        ("A", "2", "r1", "", ""),
        ("A", "1", "r2", "minor", "x"),
        ("B", "1", "r2", "", ""),
    )
    found = by_name(ratings.tallies("rater"))
    assert {key: (tally.score, tally.segments) for key, tally in found.items()} == {
        ("B", "r2"): (0, 1),
        ("A", "r1"): (Fraction(5, 2), 2),
        ("A", "r2"): (1, 1),
    }
    assert [(t.name, t.system, t.score, t.segments) for t in ratings.raters_overall()] == [
        ("r1", "", Fraction(5, 2), 2),
        ("r2", "", Fraction(1, 2), 2),
    ]


def test_penalties_by_words_count_each_segment_once_whoever_rated_it() -> None:
    ratings = rated(
        ("A", "1", "r1", "major", "x"),
        ("A", "1", "r2", "", ""),
        ("A", "2", "r1", "", ""),
        source="港口",
        target="One two three",
    )
    (tally,) = ratings.tallies("system")
    assert tally.words == (4, 6)
    assert tally.per_words("source") == Fraction(5, 2) * 1000 / 4
    assert tally.per_words("target", 100) == Fraction(5, 2) * 100 / 6
    assert rated(("A", "1", "r1", "", ""), source="").tallies("system")[0].per_words("source") is None


def test_ten_tenths_are_one_and_no_more() -> None:
    rows = [("A", "1", "r", "minor", "Fluency/Punctuation")] * 3
    (tally,) = rated(*rows, source="字" * 300).tallies("system")
    assert tally.per_words("source") == 1


def test_means_have_a_hole_where_nobody_rated() -> None:
    ratings = rated(
        ("A", "1", "r1", "minor", "Fluency/Punctuation"), ("A", "1", "r2", "", ""), ("B", "2", "r1", "major", "x")
    )
    np.testing.assert_array_equal(ratings.means(), [[0.05, math.nan], [math.nan, 5.0]])


def test_rows_on_another_text_and_rows_that_repeat_one_are_counted_and_count() -> None:
    collector = Collector(WMT)
    for target, mark in (("a port", "a <v>port</v>"), ("a port", "a <v>port</v>"), ("the port", "the <v>port</v>")):
        collector.add("A", "d", "1", "r", severity="minor", category="x", target=target, mark=mark)
    ratings = collector.done()
    assert (ratings.others, ratings.twice) == (1, 1)
    assert ratings.tallies("system")[0].score == 3
    assert ratings.tallies("system")[0].words == (0, 2)


def test_an_error_that_no_rule_weighs_is_said_with_its_line() -> None:
    collector = Collector(WMT, "marks.tsv")
    with pytest.raises(FormatError, match=r"marks\.tsv, line 7: WMT weights have no rule for severity 'awful'"):
        collector.add("A", "d", "1", "r", severity="awful", category="Style", line=7)


ROWS = st.lists(
    st.tuples(
        st.sampled_from("AB"),
        st.sampled_from("123"),
        st.sampled_from(["r1", "r2", "r3"]),
        st.sampled_from(["", "minor", "major", "critical", "neutral"]),
        st.sampled_from(["Fluency/Punctuation", "Style/Awkward", "Non-translation!"]),
    ),
    min_size=1,
    max_size=30,
)


def by_hand(rows: list[Row]) -> dict[str, Fraction]:
    """The definition, word for word."""
    raters: dict[tuple[str, str], dict[str, Fraction]] = {}
    for system, segment, rater, severity, category in rows:
        weight = (WMT.of(severity, category) or Fraction(0)) if severity else Fraction(0)
        here = raters.setdefault((system, segment), {})
        here[rater] = here.get(rater, Fraction(0)) + weight
    means = {place: sum(found.values()) / len(found) for place, found in raters.items()}
    systems = {system for system, _ in means}
    every = {system: [mean for (name, _), mean in means.items() if name == system] for system in systems}
    return {system: sum(found, Fraction(0)) / len(found) for system, found in every.items()}


@given(ROWS, st.randoms())
def test_scores_are_the_definition_and_mind_no_order(rows: list[Row], random: object) -> None:
    shuffled = sorted(rows, key=lambda _: random.random())  # type: ignore[attr-defined]
    expected = by_hand(rows)
    for given_rows in (rows, shuffled):
        ratings = rated(*given_rows)
        systems = ratings.tallies("system")
        assert {tally.system: tally.score for tally in systems} == expected
        for level in ("document", "segment", "category"):
            for whole in systems:
                parts = [tally for tally in ratings.tallies(level) if tally.system == whole.system]
                assert sum(part.penalty for part in parts) == whole.penalty
                assert sum(part.errors for part in parts) == whole.errors
        means = {name: np.nanmean(row) for name, row in zip(ratings.systems, ratings.means(), strict=True)}
        assert means == pytest.approx({name: float(score) for name, score in expected.items()})
