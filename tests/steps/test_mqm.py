"""Marked errors of files and batches: what is read, what is said of it, and whether systems differ."""

from __future__ import annotations

import gzip
import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from review.errors import FormatError, InputError, MissingError
from review.formats import Source
from review.metrics.mqm import Collector, Ratings
from review.metrics.mqm_weights import find_weights
from review.model import Article, Segment
from review.steps.scoring import mqm
from review.steps.scoring.mqm import Pair, comparing, drawing
from review.store import Store
from tests.steps.desk import SOURCES, TEXTS, Desk, article, mark

WMT = find_weights("wmt")
HEADER = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"


def row(
    system: str = "A", segment: str = "1", rater: str = "r1", severity: str = "Major", category: str = "Style/Awkward",
    *, target: str = "The <v>port</v>.", document: str = "d",
) -> str:  # fmt: skip
    return "\t".join((system, document, segment, segment, rater, "港口。", target, category, severity)) + "\n"


def scored(*rows: str) -> mqm.Scored:
    return mqm.of_file(Source("marks.tsv", data=(HEADER + "".join(rows)).encode()), WMT)


def score(found: mqm.Scored) -> dict[str, Fraction]:
    return {tally.system: tally.score for tally in found.ratings.tallies("system")}


def test_every_row_counts_once_however_many_words_it_marks_and_on_whatever_text() -> None:
    found = scored(
        row(target="<v>The</v> <v>port</v>."),
        row(severity="minor", target="The port."),
        row(severity="minor", target="A <v>port</v>."),
        row(rater="r2", category="No-error", severity="no-error", target="The port."),
    )
    assert score(found) == {"A": Fraction(7, 2)}
    assert found.warnings == ("1 rows stand on another text than their segment's first row; they count.",)


def test_spaces_at_the_ends_make_no_other_text() -> None:
    assert scored(row(), row(rater="r2", target=" The <v>port</v>. ")).warnings == ()


def test_what_a_reader_would_not_expect_is_said() -> None:
    found = scored(row(), row(), row(rater="r2"), row(rater="r2", severity="No-error"), row("B", "2"), row("B", "3"))
    assert found.warnings == (
        "Not every system has all 3 segments (A 1, B 2); each mean is over its own.",
        "Segments have 1 to 2 raters; each segment counts the same.",
        "1 row repeats an earlier one, mark and all; it counts.",
        "1 ratings say both that there is no error and that there are some.",
    )


def test_segments_whose_raters_are_not_the_same_in_all_systems_are_said() -> None:
    found = scored(row(), row("B", rater="r2"), row(segment="2"), row("B", "2"), row(segment="3", rater="r2"))
    assert found.ratings.rated_alike() == 2
    assert any(warning.startswith("In 2 of 3 segments all systems have the same raters;") for warning in found.warnings)


def test_packed_files_and_standard_input_are_read_like_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = (HEADER + row()).encode()
    (tmp_path / "m.tsv.gz").write_bytes(gzip.compress(data))
    assert score(mqm.of_file(str(tmp_path / "m.tsv.gz"), WMT)) == {"A": 5}
    for content in (data, gzip.compress(data)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert mqm.of_file("-", WMT).title == "standard input"


def test_marots_names_of_columns_and_rows_of_automatic_scores_are_understood() -> None:
    header = "system\tdoc\tdocSegId\tglobalSegId\trater\tsource\ttarget\tcategory\tseverity\tmetadata\n"
    rows = "A\td\t1\t9\t\t港\tport\t\t\t{}\nA\td\t1\t9\tr\t港\tport\tno_error\tno_error\t{}\n"
    found = mqm.of_file(Source("marot.tsv", data=(header + rows).encode()), WMT)
    assert found.ratings.items == (("d", "1:9"),)
    assert score(found) == {"A": 0}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row(), row(severity="awful")], "marks.tsv, line 3: WMT weights have no rule for severity 'awful'"),
        ([row(""), row()], "marks.tsv, line 2: the row has no system"),
        ([row(rater="")], "marks.tsv, line 2: the row has no rater"),
        ([row(severity="")], "marks.tsv, line 2: the row has no severity"),
        ([row(segment="")], "marks.tsv, line 2: the row has no seg_id"),
        (["A\td\n"], "marks.tsv, line 2: the row has 2 cells under 9 columns"),
        ([], "marks.tsv, line 1: there is no annotation under the header"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(rows: list[str], said: str) -> None:
    with pytest.raises(FormatError) as raised:
        scored(*rows)
    assert said in str(raised.value)


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def of_batch(desk: Desk, batch: str = "batch") -> mqm.Scored:
    return mqm.of_batch(desk.store, desk.project, batch, WMT)


def test_marks_of_reviewers_score_a_batch_as_a_file_would(desk: Desk) -> None:
    first, second, *_ = desk.ids()
    desk.do("mark", [first], mark())
    desk.do("mark", [second], mark(TEXTS[1], id="m2", severity="minor", category="linguistic conventions",
                                   subcategory="punctuation"), actor=desk.colleague())  # fmt: skip
    found = of_batch(desk)
    (tally,) = found.ratings.tallies("system")
    # Two raters of four segments: 5 and 0.1, each by one of them.
    assert tally.score == (Fraction(5, 2) + Fraction(1, 20)) / 4
    assert (tally.system, tally.segments, tally.ratings, tally.raters) == ("mt", 4, 8, 2)
    assert tally.words[0] == sum(len(text) - 1 for text in SOURCES)
    assert set(found.ratings.raters) == {"Local user", "Colleague"}
    assert set(tally.by("category")) == {"terminology/wrong term", "linguistic conventions/punctuation"}
    assert "Of 1 articles of the batch, 1 have a rater; the others are left out." in found.notes
    assert found.warnings == ()


def test_a_batch_in_which_somebody_rated_and_marked_nothing_has_no_penalty(desk: Desk) -> None:
    desk.do("rate", [desk.ids()[0]], {"value": 90})
    assert score(of_batch(desk)) == {"mt": 0}


def test_what_is_left_out_of_a_batch_is_said(desk: Desk) -> None:
    first, second, third, _ = desk.ids()
    desk.do("mark", [first], mark())
    desk.do("edit", [second], {"texts": ["A new text."], "origin": "typed"})
    desk.do("mark", [second], mark("A new text.", id="m2"))
    desk.do("delete", [third], {})
    found = of_batch(desk)
    assert score(found) == {"mt": Fraction(5, 3)}
    assert found.warnings == (
        "1 marks stand on text that reviewers had changed or deleted; left out.",
        "1 segments that reviewers deleted are left out.",
    )


def test_systems_of_a_batch_share_segments_by_name(store: Store) -> None:
    def made(system: str) -> Article:
        segments = tuple(Segment(f"{system} {n}.", name=str(n), source="港。") for n in (1, 2))
        return Article("one", segments, system, "zh", "en")

    desk = Desk(store, [made("a"), made("b"), article(name="other")])
    for number, system in zip(desk.articles[:2], "ab", strict=True):
        desk.article = number
        desk.do("mark", [desk.ids()[0]], mark(f"{system} 1.", id=f"m{system}", severity="minor"))
    found = of_batch(desk)
    assert found.ratings.items == (("one", "1"), ("one", "2"))
    assert score(found) == {"a": Fraction(1, 2), "b": Fraction(1, 2)}


def test_articles_of_one_name_and_system_stay_apart(store: Store) -> None:
    desk = Desk(store, [article(TEXTS[:1], SOURCES[:1]), article(TEXTS[:1], SOURCES[:1])])
    for number in desk.articles:
        desk.article = number
        desk.do("mark", [desk.ids()[0]], mark(id=f"m{number}"))
    found = of_batch(desk)
    assert score(found) == {"mt": 5}
    assert len(found.ratings.items) == 2


def test_a_batch_without_ratings_and_an_unknown_one_are_said(desk: Desk) -> None:
    with pytest.raises(InputError, match="Nobody has marked or rated anything in batch"):
        of_batch(desk)
    with pytest.raises(MissingError, match="There is no batch 'none'"):
        of_batch(desk, "none")


def made(table: dict[str, list[Any]], raters: int = 1) -> Ratings:
    """Systems with so many minor errors in each segment; None: nobody rated it."""
    collector = Collector(WMT)
    for system, counts in table.items():
        for segment, count in enumerate(counts):
            for rater in range(raters if count is not None else 0):
                collector.add(system, "d", str(segment), f"r{rater}", severity="", target="a")
                for _ in range(count):
                    collector.add(system, "d", str(segment), f"r{rater}", severity="minor", target="a")
    return collector.done()


@pytest.mark.parametrize("test", ["bootstrap", "randomization"])
def test_systems_that_differ_everywhere_differ_and_equal_ones_do_not(test: str) -> None:
    ratings = made({"worst": [9, 8] * 20, "best": [0, 1] * 20, "twin": [0, 1] * 20})
    found = mqm.compare(ratings, test, 200)
    assert [(pair.better, pair.worse) for pair in found.pairs] == [
        ("best", "twin"), ("best", "worst"), ("twin", "worst"),
    ]  # fmt: skip
    assert [pair.difference for pair in found.pairs] == [0, 8, 8]
    assert [pair.p_value for pair in found.pairs] == [1, 1 / 201, 1 / 201]
    assert found.clusters == {"best": 1, "twin": 1, "worst": 2}
    if test == "bootstrap":
        assert found.pairs[1].interval is not None
        low, high = found.pairs[1].interval
        assert 7.5 < low < 8 < high < 8.5
        assert found.intervals["best"][0] < 0.5 < found.intervals["best"][1]
    else:
        assert found.pairs[1].interval is None
        assert found.intervals == {}


def test_one_segment_is_no_evidence_by_randomization() -> None:
    """Every shuffle of one segment comes out as it was."""
    (pair,) = mqm.compare(made({"a": [0], "b": [7]}), "randomization", 100).pairs
    assert (pair.p_value, pair.difference) == (1, 7)


def test_randomization_of_few_segments_is_near_the_count_of_all_shuffles() -> None:
    values = np.array([1, 2, 0, 3, -1])
    signs = np.array([[1 if number >> bit & 1 else -1 for bit in range(5)] for number in range(32)])
    every = np.mean(np.abs(signs @ values) >= values.sum())
    (pair,) = mqm.compare(made({"a": [1] * 5, "b": [2, 3, 1, 4, 0]}), "randomization", 20_000).pairs
    assert pair.p_value == pytest.approx(every, abs=0.02)


def test_pairs_are_compared_on_the_segments_that_both_have() -> None:
    ratings = made({"a": [0, 0, 9, None], "b": [1, 1, None, None], "c": [None, None, None, 5]}, raters=3)
    found = mqm.compare(ratings, "randomization", 100)
    pairs = {(pair.better, pair.worse): pair for pair in found.pairs}
    # By all of their segments a is worse than b, by those that both have it is better.
    assert pairs["b", "a"].segments == 2
    assert pairs["b", "a"].difference == -1
    assert pairs["a", "c"] == Pair("a", "c", 0, 0, None, None)
    assert found.clusters == {"b": 1, "a": 1, "c": 1}
    assert "Pairs are compared on the segments that both systems have: 0 to 2 of 4." in found.warnings
    assert "A pair has 0 segments in common; a test that draws fewer than 30 says little." in found.warnings


@pytest.mark.parametrize("test", ["bootstrap", "randomization"])
def test_documents_are_drawn_whole(test: str) -> None:
    """Forty segments of two documents are much evidence as segments, and little as documents."""
    collector = Collector(WMT)
    for system, errors in (("a", 1), ("b", 2)):
        for segment in range(40):
            for _ in range(errors + segment % 3):
                collector.add(system, f"d{segment % 2}", str(segment), "r", severity="minor", target="a")
    ratings = collector.done()
    (loose,) = mqm.compare(ratings, test, 200).pairs
    (whole,) = mqm.compare(ratings, test, 200, unit="document").pairs
    assert (loose.units, whole.units, loose.segments, whole.segments) == (40, 2, 40, 40)
    assert loose.difference == whole.difference == 1
    assert loose.p_value == 1 / 201
    if test == "randomization":
        assert whole.p_value == pytest.approx(0.5, abs=0.1)
    else:
        assert whole.interval == (1, 1)


def test_documents_of_unequal_length_are_means_over_their_segments() -> None:
    """By hand: of two documents, of one and of three segments, the four draws have means 4, 1, 1 and 0."""
    means = drawing.resampled(np.array([[4.0, 0.0]]), np.array([1.0, 3.0]), 400, 1)
    assert {float(value) for value in means.ravel()} == {4.0, 1.0, 0.0}


def test_a_pair_that_differs_the_other_way_round_parts_no_cluster() -> None:
    ratings = made({"a": [0] * 40 + [99] * 40, "b": [1] * 40 + [None] * 40})
    (pair,) = mqm.compare(ratings, "randomization", 200).pairs
    assert pair.significant
    assert (pair.better, pair.difference) == ("b", -1)
    assert mqm.compare(ratings, "randomization", 200).clusters == {"b": 1, "a": 1}


@pytest.mark.parametrize("test", ["bootstrap", "randomization"])
def test_the_seed_decides_the_draws_and_blocks_do_not(test: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    ratings = made({"a": rng.integers(4, size=30).tolist(), "b": rng.integers(4, size=30).tolist()})
    whole = mqm.compare(ratings, test, 300, 7)
    assert mqm.compare(ratings, test, 300, 7) == whole
    assert mqm.compare(ratings, test, 300, 8) != whole
    monkeypatch.setattr(drawing, "BLOCK", 100)
    assert mqm.compare(ratings, test, 300, 7) == whole


def test_a_comparison_needs_two_systems_a_test_and_a_number_of_trials_that_ends() -> None:
    with pytest.raises(InputError, match="two systems or more"):
        mqm.compare(made({"a": [1]}), "bootstrap")
    with pytest.raises(InputError, match="There is no test 'guess'"):
        mqm.compare(made({"a": [1], "b": [1]}), "guess")
    with pytest.raises(InputError, match="1000001 trials are more than"):
        mqm.compare(made({"a": [1], "b": [1]}), "bootstrap", 1_000_001)


def test_p_values_are_adjusted_for_the_number_of_pairs() -> None:
    places = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)]
    p_values = (0.04, 0.01, None, 0.03, 0.9)
    pairs = {place: Pair("a", "b", 9, 9, 1.0, each) for place, each in zip(places, p_values, strict=True)}
    assert [pair.adjusted for pair in comparing.adjusted(pairs, 4)] == [0.09, 0.04, None, 0.09, 0.9]


def test_clusters_end_where_all_above_beat_all_below() -> None:
    def pair(better: str, worse: str, p_value: float) -> Pair:
        return Pair(better, worse, 99, 99, 1.0, p_value)

    pairs = [pair("a", "b", 0.5), pair("a", "c", 0.01), pair("b", "c", 0.2), pair("a", "d", 0.01),
             pair("b", "d", 0.01), pair("c", "d", 0.01)]  # fmt: skip
    assert comparing.clusters("abcd", pairs) == {"a": 1, "b": 1, "c": 1, "d": 2}


def test_segment_scores_are_below_zero_in_the_order_of_segments() -> None:
    found = scored(row("B", "10"), row("B", "9", severity="no-error"), row("A", "9", rater="r2", severity="minor"))
    assert mqm.segment_scores(found.ratings) == "B\t0.0\nB\t-5.0\nA\t-1.0\nA\tNone\n"


def test_segment_scores_stand_on_the_lines_that_a_table_gives(tmp_path: Path) -> None:
    found = scored(row(segment="1"), row(segment="2", severity="minor", document="e"))
    table = tmp_path / "documents.tsv"
    table.write_text("line\tdoc\tsegment\n2\te\t2\n4\td\t1\n1\tf\t1\n", "utf-8")
    assert mqm.segment_scores(found.ratings, str(table)) == "A\tNone\nA\t-1.0\nA\tNone\nA\t-5.0\n"
    assert mqm.segment_scores(found.ratings, str(table), 5).endswith("A\t-5.0\nA\tNone\n")


@pytest.mark.parametrize(
    ("table", "lines", "said"),
    [
        ("line\tdoc\n", None, "line 1: the header does not name line, document and segment"),
        ("line\tdoc\tsegment\nx\td\t1\n", None, "line 2: the row does not give line, document and segment"),
        ("line\tdoc\tsegment\n3\td\t1\n", 2, "line 2: line 3 is not among the 2 lines"),
        ("line\tdoc\tsegment\n0\td\t1\n", None, "line 2: line 0 is not a line of any text"),
        ("line\tdoc\tsegment\n1\td\t2\n", None, "does not list segment 1:1 of d"),
    ],
)
def test_a_table_that_does_not_fit_is_said(tmp_path: Path, table: str, lines: int | None, said: str) -> None:
    path = tmp_path / "documents.tsv"
    path.write_text(table, "utf-8")
    with pytest.raises(InputError) as raised:
        mqm.segment_scores(scored(row()).ratings, str(path), lines)
    assert said in str(raised.value)


def test_a_line_beyond_any_text_is_said(tmp_path: Path) -> None:
    path = tmp_path / "documents.tsv"
    for line, said in (
        ("9" * 15, "is not a line of any text"),
        ("9" * 5000, "does not give line, document and segment"),
    ):
        path.write_text(f"line\tdoc\tsegment\n{line}\td\t1\n", "utf-8")
        with pytest.raises(FormatError, match=said):
            mqm.segment_scores(scored(row()).ratings, str(path))


def test_two_segments_on_one_line_are_said(tmp_path: Path) -> None:
    path = tmp_path / "documents.tsv"
    path.write_text("line\tdoc\tsegment\n1\td\t1\n1\td\t2\n", "utf-8")
    with pytest.raises(InputError, match="gives line 1 to segment 1:1 of d and segment 2:2 of d; give each its own"):
        mqm.segment_scores(scored(row(), row(segment="2")).ratings, str(path))


def test_a_system_with_a_space_in_its_name_has_no_segment_scores() -> None:
    with pytest.raises(InputError, match="The system 'my system' has a space in its name"):
        mqm.segment_scores(scored(row("my system")).ratings)
