"""Slices: groups of segments, how their scores lie, and where two systems differ; each score is sacrebleu's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics import BLEU, CHRF, TER

from review.errors import InputError, MissingError
from review.steps import scoring
from review.steps.scoring import Measured, reports, slices
from review.steps.scoring.slices import Buckets

REFERENCE = [
    "The deputy secretary visited the plant in the afternoon.",
    "Dual circulation is a new pattern.",
    "It cost 1,234.5 yuan.",
    "Yes.",
    "The port of Rizhao handled 4.1 billion tonnes of cargo in the first half of the year, the office said.",
    "Growth was steady.",
]
OTHER = ["A vice secretary toured the factory.", None, "It was 1,234.5 yuan.", None, None, "It grew steadily."]
ONE = [
    "The undersecretary visited the plant in the afternoon.",
    "Double cycle is a new pattern.",
    "It cost 1234.5 yuan.",
    "Yes.",
    "Rizhao port handled 41 billion tons of goods in the first half year, the office said on Monday.",
    "The growth steady.",
]
TWO = [
    "Undersecretary visit.",
    "Dual circulation is a new pattern.",
    "Yuan.",
    "No!",
    "The port is busy.",
    "Growth was steady.",
]
LABELS = ["news", "talk", "news", None, "talk", ""]
NAMES = ("bleu", "chrf", "chrf++", "ter")


def natives() -> list[Any]:
    return [BLEU(), CHRF(), CHRF(word_order=2), TER()]


def measured(systems: dict[str, list[str]] | None = None, references: Sequence[Any] = (REFERENCE,)) -> Measured:
    return scoring.measure(systems or {"one": ONE, "two": TWO}, references, NAMES)


def members(groups: Sequence[slices.Group]) -> dict[str, list[int]]:
    return {group.name: group.positions.tolist() for group in groups if len(group.positions)}


def test_a_column_groups_by_its_values_in_their_order_and_leaves_out_what_has_none() -> None:
    assert members(slices.by_label(LABELS)) == {"news": [0, 2], "talk": [1, 4]}


def test_lengths_fall_into_buckets_that_hold_their_upper_bound() -> None:
    found = members(slices.by_length([10, 1, 11, 40, 41, 0, 20, 500]))
    assert found == {"0": [5], "1-10": [0, 1], "11-20": [2, 6], "21-40": [3], "41+": [4, 7]}


def test_buckets_without_segments_are_empty() -> None:
    found = slices.by_length([3, 50])
    assert [(group.name, len(group.positions)) for group in found] == [
        ("0", 0), ("1-10", 1), ("11-20", 0), ("21-40", 0), ("41+", 1),
    ]  # fmt: skip
    assert members(slices.by_length([])) == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [("5", ["1-5", "6+"]), ("1,2,3", ["1", "2", "3", "4+"]), ("/2", ["1-3", "4+"]), ("/3", ["1-2", "3-4", "5+"])],
)
def test_buckets_are_bounds_or_a_number_of_parts(text: str, names: list[str]) -> None:
    assert list(members(slices.by_length([1, 2, 3, 4, 5, 6], Buckets.read(text)))) == names


@pytest.mark.parametrize("text", ["", "a", "10,5", "10,10", "/1", "/x", "/1000", "nan", "1,inf", "10,,20", "/2.5"])
def test_buckets_that_mean_nothing_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="neither bounds that go up"):
        Buckets.read(text)


def test_risks_are_cut_into_fifths_riskiest_first() -> None:
    found = slices.by_risk([number / 10 for number in range(10)])
    assert [group.positions.tolist() for group in found if len(group.positions)] == [
        [8, 9],
        [6, 7],
        [4, 5],
        [2, 3],
        [0, 1],
    ]
    assert [found[0].name, found[1].name, found[-1].name] == ["above 0.7", "above 0.5, up to 0.7", "up to 0.1"]


def test_equal_risks_stay_together_and_unknown_ones_are_in_no_group() -> None:
    assert members(slices.by_risk([0.0, 0.0, None, 0.0, 0.0, 0.9])) == {"above 0": [5], "up to 0": [0, 1, 3, 4]}
    assert members(slices.by_risk([0.5, 0.5])) == {"up to 0.5": [0, 1]}
    assert members(slices.by_risk([None])) == {}


def test_each_kind_of_flag_has_a_group_with_it_and_one_without() -> None:
    found = slices.by_flags([{"style"}, set(), {"style", "terminology"}, None, {"accuracy"}])
    assert members(found) == {
        "any flag": [0, 2, 4],
        "no flag": [1],
        "style": [0, 2],
        "without style": [1, 4],
        "accuracy": [4],
        "without accuracy": [0, 1, 2],
        "terminology": [2],
        "without terminology": [0, 1, 4],
    }
    assert [group.without for group in found] == [False, True] * 4


@given(st.lists(st.integers(0, 60)), st.sampled_from([None, "7", "10,20,40", "/2", "/7"]))
def test_every_segment_is_in_one_bucket_of_length(counts: list[int], text: str | None) -> None:
    found = slices.by_length(counts, Buckets.read(text) if text else None)
    assert sorted(position for group in found for position in group.positions) == list(range(len(counts)))
    assert len({group.name for group in found}) == len(found)
    for group in (group for group in found if len(group.positions)):
        low, _, high = group.name.rstrip("+").partition("-")
        inside = [counts[position] for position in group.positions]
        assert min(inside) >= int(low)
        assert group.name.endswith("+") or max(inside) <= int(high or low)


@given(st.lists(st.none() | st.sampled_from([0.0, 0.1, 0.25, 0.5, 1.0])), st.sampled_from([None, "0.1,0.5", "/3"]))
def test_every_known_risk_is_in_one_bucket_and_higher_ones_come_first(
    risks: list[float | None], text: str | None
) -> None:
    found = [group for group in slices.by_risk(risks, Buckets.read(text) if text else None) if len(group.positions)]
    together = [position for group in found for position in group.positions.tolist()]
    assert sorted(together) == [position for position, risk in enumerate(risks) if risk is not None]
    lowest = [min(risks[position] or 0.0 for position in group.positions) for group in found]
    highest = [max(risks[position] or 0.0 for position in group.positions) for group in found]
    assert all(low > high for low, high in zip(lowest, highest[1:], strict=False))


@pytest.mark.parametrize("references", [(REFERENCE,), (REFERENCE, OTHER)], ids=["one reference", "some with two"])
@pytest.mark.parametrize("kind", ["column", "length", "flags", "risk"])
def test_each_score_of_a_group_is_sacrebleus_on_its_segments(references: Sequence[Any], kind: str) -> None:
    groups = {
        "column": slices.by_label(LABELS),
        "length": slices.by_length([len(text.split()) for text in REFERENCE], Buckets((3, 6))),
        "flags": slices.by_flags([{"style"}, set(), {"style", "accuracy"}, set(), {"accuracy"}, set()]),
        "risk": slices.by_risk([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], Buckets(parts=3)),
    }[kind]
    found = slices.score(measured(references=references), kind, groups)
    assert [(one.group.name, one.system) for one in found] == [
        (group.name, system) for group in groups if len(group.positions) for system in ("one", "two")
    ]
    for one in found:
        text = ONE if one.system == "one" else TWO
        at = one.group.positions
        picked = [[stream[place] for place in at] for stream in references]
        picked = [stream for stream in picked if any(stream)]
        own = natives()
        expected = [metric.corpus_score([text[place] for place in at], picked).score for metric in own]
        assert [score.value for score in one.scores] == expected
        assert [score.signature for score in one.scores] == [str(metric.get_signature()) for metric in own]
        assert one.segments == len(at)


def test_a_group_that_is_the_whole_text_has_the_systems_scores() -> None:
    found = measured()
    whole = slices.score(found, "all", slices.by_label(["x"] * len(ONE)))
    assert [score.value for one in whole for score in one.scores] == [
        score.value for score in scoring.combine(found).scores
    ]


def test_groups_of_fewer_than_twenty_segments_are_small() -> None:
    groups = slices.by_label(["few"] * 19 + ["enough"] * 20)
    assert {group.name: group.small for group in groups} == {"few": True, "enough": False}


def test_an_empty_group_has_no_score() -> None:
    empty = slices.Group("none", np.array([], dtype=np.intp))
    assert slices.score(measured(), "x", [empty]) == []


def test_a_histogram_counts_by_tens_and_its_last_bin_has_no_end() -> None:
    found = slices.histogram([0.0, 9.99, 10.0, 55.0, 99.9, 100.0, 260.0, None, float("nan"), -1.0])
    assert [(part.start, part.end) for part in found] == [
        (start, start + 10 if start < 100 else None) for start in range(0, 101, 10)
    ]
    assert [part.size for part in found] == [3, 1, 0, 0, 0, 1, 0, 0, 0, 1, 2]


def test_a_histogram_of_nothing_has_empty_bins_and_edges_can_be_chosen() -> None:
    assert [tuple(part) for part in slices.histogram([], [0, 50])] == [(0, 50, 0), (50, None, 0)]
    assert [part.size for part in slices.histogram([0.2, 0.4], [0, 0.25, 0.5])] == [1, 1, 0]


@pytest.mark.parametrize("edges", [[], [1, 1], [2, 1]])
def test_edges_that_do_not_go_up_are_refused(edges: list[float]) -> None:
    with pytest.raises(InputError, match="must go up"):
        slices.histogram([1.0], edges)


def test_segment_values_are_sacrebleus_sentence_scores() -> None:
    found = measured()
    own = [BLEU(effective_order=True), CHRF(), CHRF(word_order=2), TER()]
    for name, native in zip(NAMES, own, strict=True):
        expected = [
            native.sentence_score(text, [reference]).score for text, reference in zip(ONE, REFERENCE, strict=True)
        ]
        assert slices.segment_values(found, "one", name).tolist() == expected


def test_histograms_hold_every_segment_of_each_system_by_each_metric() -> None:
    found = slices.histograms(measured())
    assert [(one.system, one.metric) for one in found] == [
        (system, label) for system in ("one", "two") for label in ("BLEU", "chrF2", "chrF2++", "TER")
    ]
    assert {sum(part.size for part in one.bins) for one in found} == {len(ONE)}


@pytest.mark.parametrize("metric", ["chrf", "TER"])
def test_the_segments_that_differ_most_come_first_with_their_texts(metric: str) -> None:
    found = measured()
    own = CHRF() if metric == "chrf" else TER()
    scores = [
        tuple(own.sentence_score(text, [reference]).score for text in pair)
        for *pair, reference in zip(ONE, TWO, REFERENCE, strict=True)
    ]
    order = sorted(range(len(ONE)), key=lambda at: -abs(scores[at][0] - scores[at][1]))
    listed = slices.differing(
        found, "one", "two", metric, 4,
        texts=(ONE, TWO), references=[REFERENCE, OTHER], documents=LABELS, source=[f"s{at}" for at in range(6)],
    )  # fmt: skip
    assert [one.line - 1 for one in listed] == order[:4]
    for one in listed:
        at = one.line - 1
        assert one.scores == scores[at]
        assert one.difference == scores[at][0] - scores[at][1]
        assert (one.texts, one.source, one.document) == ((ONE[at], TWO[at]), f"s{at}", LABELS[at] or "")
        assert one.references == tuple(text for text in (REFERENCE[at], OTHER[at]) if text)


@pytest.mark.parametrize(("metric", "sign"), [("chrf", 1), ("ter", -1)])
def test_in_one_direction_only_segments_where_the_first_is_better_are_listed(metric: str, sign: int) -> None:
    found = measured()
    listed = slices.differing(found, "one", "two", metric, both_directions=False)
    gains = [sign * one.difference for one in listed]
    assert gains == sorted(gains, reverse=True)
    assert min(gains) > 0
    other = slices.differing(found, "two", "one", metric, both_directions=False)
    assert {one.line for one in listed}.isdisjoint({one.line for one in other})
    assert len(listed) + len(other) == len(slices.differing(found, "one", "two", metric))


def test_ties_come_in_their_order_and_equal_segments_are_left_out() -> None:
    texts = {"a": ["x y", "same", "x y", "p q"], "b": ["x z", "same", "x z", "p q"]}
    found = scoring.measure(texts, [["x y", "same", "x y", "p q"]], ["chrf"])
    assert [one.line for one in slices.differing(found, "a", "b", "chrf")] == [1, 3]
    assert [one.line for one in slices.differing(found, "a", "b", "chrf", 1)] == [1]


@pytest.mark.parametrize(
    ("asked", "error", "sentence"),
    [
        (("one", "three", "chrf"), InputError, "no system 'three'; the systems are: one, two"),
        (("one", "one", "chrf"), InputError, "compared with itself"),
        (("one", "two", "meteor"), MissingError, "no metric 'meteor'"),
        (("one", "two", "ter"), InputError, "TER was not asked for"),
    ],
)
def test_what_cannot_be_compared_is_refused(asked: tuple[str, str, str], error: type[Exception], sentence: str) -> None:
    found = scoring.measure({"one": ONE, "two": TWO}, [REFERENCE], ["chrf"])
    with pytest.raises(error, match=sentence):
        slices.differing(found, *asked)


def test_a_table_of_groups_marks_the_small_ones_and_names_the_signatures() -> None:
    text = reports.slices_text(slices.score(measured(), "domain", slices.by_label(LABELS)))
    lines = text.splitlines()
    assert lines[0] == "By domain"
    assert lines[1].split() == ["domain", "system", "segments", "BLEU", "chrF2", "chrF2++", "TER"]
    assert lines[3].split()[:3] == ["news", "one", "2*"]
    assert "* fewer than 20 segments" in text
    assert "TER: nrefs:1|case:lc" in text


def test_two_systems_without_a_difference_are_said_to_be_the_same() -> None:
    assert "the same chrF2 in every segment" in reports.differing_text([], ("one", "two"), "chrF2")
