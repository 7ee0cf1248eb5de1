"""Scores from elsewhere find their systems and segments, join the others, and agree with people or do not."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from review.errors import InputError
from review.formats import Source
from review.metrics import agreement
from review.metrics.given import Given
from review.steps import scoring
from review.steps.scoring import Wanted, reports
from review.steps.scoring.given import Elsewhere, direction

REFERENCE = ["The port is busy.", "The real economy grows.", "One more line here.", "Another sentence of it."]
TEXTS = {
    "A": ["The port is busy.", "Physical economy grows.", "One more line there.", "Another one."],
    "B": ["Harbour busy.", "The real economy grows.", "A line more.", "Another sentence of it."],
    "C": ["Port is very busy.", "Economy real.", "Line.", "Sentence."],
}
SYSTEMS = {"A": "mt/A.en", "B": "mt/B.en", "C": "mt/C.en"}


def given_as(
    text: str,
    name: str = "COMET",
    file: str = "scores",
    systems: Mapping[str, str] = SYSTEMS,
    count: int = 4,
    documents: Sequence[str | None] | None = None,
    numbers: Sequence[str | None] | None = None,
    others: Sequence[str] = (),
    direction: str = "",
) -> Elsewhere:
    source = Source(file, data=text.encode())
    return scoring.read_given([Wanted(name, (source,), direction)], systems, count, documents, numbers, others)


def scores_of(found: Elsewhere, system: str, name: str = "COMET") -> list[float | None]:
    return [total if there else None for total, there in found.rows[system, name].tolist()]


def pairs(scores: Mapping[str, Sequence[object]]) -> str:
    return "".join(f"{system}\t{score}\n" for system, values in scores.items() for score in values)


def refused(text: str, **how: object) -> str:
    with pytest.raises(InputError) as caught:
        given_as(text, **how)  # type: ignore[arg-type]
    return str(caught.value)


def test_systems_are_known_by_name_or_by_the_end_of_their_path() -> None:
    for keys in (("A", "B", "C"), ("mt/A.en", "/data/mt/B.en", "C.en"), ("A.en.gz", "mt/B", "C")):
        found = given_as(pairs({key: [1, 2, 3, place] for place, key in enumerate(keys)}))
        assert [scores_of(found, system)[3] for system in SYSTEMS] == [0, 1, 2]


def test_a_system_that_could_be_two_is_neither() -> None:
    paths = {"x/out": "x/out.en", "y/out": "y/out.en"}
    assert "there are scores of 'out.en'" in refused(pairs({"out.en": [1, 2]}), systems=paths, count=2)


def test_one_system_needs_no_name_and_several_get_a_file_each() -> None:
    assert scores_of(given_as("1\n2\nNone\n4\n", systems={"A": ""}), "A") == [1, 2, None, 4]
    files = tuple(Source(f"{at}.txt", data=f"{at}\n{at}\n".encode()) for at in (1, 2))
    found = scoring.read_given([Wanted("X", files)], {"A": "", "B": ""}, 2)
    assert [scores_of(found, system, "X") for system in "AB"] == [[1, 1], [2, 2]]
    assert "file:1.txt+2.txt|" in found.metrics[0].signature
    assert "scores names no systems, and 3 are scored; write COMET=FILE,FILE" in refused("1\n2\n3\n4\n")


def test_numbered_segments_go_to_their_lines_in_any_order() -> None:
    found = given_as("system,line,score\nA,4,0.4\nA,1,0.1\nB,2,0.2\n")
    assert scores_of(found, "A") == [0.1, None, None, 0.4]
    assert scores_of(found, "B") == [None, 0.2, None, None]
    assert found.warnings == (
        "COMET has no scores of C.",
        "COMET has no score for 2 of 4 segments of A, 3 of 4 segments of B; means are of the others.",
    )


def test_segments_numbered_within_documents_are_found_by_the_table_of_documents() -> None:
    text = "document,segment,score\npost,1,0.3\nport,2,0.2\nport,1,0.1\n"
    found = given_as(text, systems={"A": ""}, documents=["port", "port", "post", None])
    assert scores_of(found, "A") == [0.1, 0.2, 0.3, None]
    assert "Say which line is of which document" in refused(text, systems={"A": ""})
    assert "document 'post' has no segment 1 (it has 0)" in refused(text, systems={"A": ""}, documents=["port"] * 4)


def test_a_table_may_number_the_segments_of_a_document_itself() -> None:
    text = "document,segment,score\nport,101,0.1\nport,102,0.2\n"
    documents, numbers = ["port", "post", "port", None], ["102", "1", "101", None]
    found = given_as(text, systems={"A": ""}, documents=documents, numbers=numbers)
    assert scores_of(found, "A") == [0.2, None, 0.1, None]


def test_segments_numbered_through_all_documents_are_lines() -> None:
    text = "document,segment,score\nport,1,0.1\npost,3,0.3\n"
    found = given_as(text, systems={"A": ""}, documents=["port", "port", "post", "post"])
    assert scores_of(found, "A") == [0.1, None, 0.3, None]


def test_one_number_for_each_system_is_a_score_of_systems() -> None:
    for text, file in ((pairs({"A": [3], "B": [2]}), "mqm.sys.score"), ('{"A": 3, "B": 2, "C": null}', "x.json")):
        found = given_as(text, file=file)
        assert (found.metrics, dict(found.whole[0].values)) == ((), {"A": 3, "B": 2})
        assert "|level:system|" in found.whole[0].metric.signature
    assert given_as(pairs({"A": [3]}), file="x.seg.score", count=1).metrics
    assert "there are 1 scores of A, and the text has 4" in refused(pairs({"A": [3]}), file="x.seg.score")


@pytest.mark.parametrize(
    ("name", "scores", "way"),
    [
        ("COMET-22", [-1, 1], "higher"),
        ("MetricX-23-QE", [0, 3], "lower"),
        ("metricx24", [-3, 0], "higher"),
        ("TER-refA", [40], "lower"),
        ("human.mqm", [1.5], "lower"),
        ("mqm", [-1.5, 0], "higher"),
        ("characTER", [0.5], "lower"),
        ("interest", [0.5], "higher"),
        ("mqm", [0], "higher"),
    ],
)
def test_what_is_better_is_told_by_name_and_sign(name: str, scores: list[float], way: str) -> None:
    assert direction(name, scores) == way


def test_what_is_better_can_be_said() -> None:
    text = pairs({"A": [1, 2, 3, 4]})
    assert not given_as(text, direction="lower").metrics[0].higher_is_better
    assert given_as(text, name="mqm", direction="higher").metrics[0].higher_is_better


def test_systems_that_are_not_scored_now_may_stand_in_the_file() -> None:
    text = pairs({"A": [1, 1, 1, 1], "D": [1, 1, 1, 1]})
    assert scores_of(given_as(text, others=["D"]), "A") == [1, 1, 1, 1]
    assert "scores, line 5: there are scores of 'D', and the systems are A, B, C" in refused(text)


@pytest.mark.parametrize(
    ("text", "how", "part"),
    [
        (pairs({"A": [1, 2, 3]}), {}, "there are 3 scores of A, and the text has 4 segments"),
        (pairs({"A": [1] * 5}), {}, "there are 5 scores of A, and the text has 4 segments"),
        (pairs({"A": [1] * 4, "mt/A.en": [1] * 4}), {}, "COMET has scores of A twice"),
        ("line,score\n5,1\n", {"systems": {"A": ""}}, "scores, line 2: segment 5 is scored, and the text has 4"),
        ('[{"score": 1, "line": 1}, {"score": 2}]', {"systems": {"A": ""}}, "this score names no segment"),
        (pairs({"D": [1] * 4}), {"others": ["D"]}, "COMET has no scores of A, B, C"),
        (pairs({"A": [1] * 4}), {"name": "BLEU"}, "BLEU is a metric that is computed here"),
        (pairs({"A": [1] * 4}), {"name": ""}, "need a name"),
        (pairs({"A": [1, 2]}), {"file": "mqm.sys.score"}, "mqm.sys.score, line 2: A has a second score"),
        (pairs({"A": [1, 2]}), {"file": "mqm.doc.score"}, "scores of documents or domains"),
    ],
)
def test_scores_that_do_not_fit_the_text_are_refused(text: str, how: dict[str, object], part: str) -> None:
    assert part in refused(text, **how)


def test_a_name_is_given_once() -> None:
    source = Source("scores", data=pairs({"A": [1] * 4}).encode())
    with pytest.raises(InputError, match="Scores called comet are given twice"):
        scoring.read_given([Wanted("COMET", (source,)), Wanted("comet", (source,))], SYSTEMS, 4)


def test_systems_own_scores_that_are_no_means_are_told() -> None:
    segments, totals = pairs({"A": [1, 2, 3, 4], "B": [1, 1, 1, 1]}), pairs({"A": [2.5], "B": [7]})
    files = [Source(f"x.{level}.score", data=text.encode()) for level, text in (("seg", segments), ("sys", totals))]
    found = scoring.read_given([Wanted("X", (files[0],), totals=files[1])], SYSTEMS, 4)
    assert found.warnings[-1].endswith("are others (B has 7, and its mean is 1).")


def measured(found: Elsewhere) -> scoring.Measured:
    return scoring.join(scoring.measure(TEXTS, [REFERENCE], ["bleu", "ter"]), found)


def test_they_stand_in_the_table_by_system_document_and_segment() -> None:
    found = measured(given_as(pairs({"A": [0.5, 0.7, None, 0.9], "B": [1, 1, 1, 1]})))
    documents = ["port", "port", "post", "post"]
    by_document = scoring.combine(found, documents, "document")
    values = {(one.system, one.level, one.name): one.value for one in by_document.scores if one.metric == "COMET"}
    assert values == pytest.approx(
        {
            ("A", "system", ""): 0.7,
            ("A", "document", "port"): 0.6,
            ("A", "document", "post"): 0.9,
            ("B", "system", ""): 1.0,
            ("B", "document", "port"): 1.0,
            ("B", "document", "post"): 1.0,
        }
    )
    by_segment = scoring.combine(found, level="segment")
    mine = [(one.system, one.name, one.value) for one in by_segment.at("segment") if one.metric == "COMET"]
    assert mine[:3] == [("A", "1", 0.5), ("A", "2", 0.7), ("A", "4", 0.9)]
    assert "nan" not in reports.as_json(reports.as_data(by_segment)).lower()


def test_scores_of_whole_systems_end_each_systems_row() -> None:
    elsewhere = given_as(pairs({"A": [3], "B": [2]}), file="x.sys.score")
    table = scoring.extend(scoring.combine(measured(elsewhere)), elsewhere)
    assert [(one.system, one.metric) for one in table.scores][2:6] == [
        ("A", "COMET"), ("B", "BLEU"), ("B", "TER"), ("B", "COMET"),
    ]  # fmt: skip
    assert table.scores[2].value == 3


def test_scores_on_a_scale_of_one_are_printed_finer() -> None:
    table = scoring.combine(measured(given_as(pairs({system: [0.5, 0.25, 0.125, 0.5] for system in "ABC"}))))
    assert "0.3438" in reports.table_text(table)
    assert f"{table.scores[0].value:.2f} " in reports.table_text(table)
    assert "0.3438" in reports.table_latex(table)


def test_tests_of_systems_leave_out_what_a_system_has_none_of() -> None:
    found = measured(given_as(pairs({"A": [1, 2, 3, 4], "B": [1, 1, 2, 2]})))
    kept = scoring.testable(found)
    assert [metric.name for metric in kept.metrics] == ["bleu", "ter"]
    assert kept.warnings[-1] == "COMET is not compared, for C has none of it."
    whole = measured(given_as(pairs({"A": [1, 2, 3, 4], "B": [1, 1, 2, 2], "C": [1, 1, 1, None]})))
    results = scoring.compare(scoring.testable(whole), "bootstrap", 50)
    assert [one.system for one in results if one.metric == "COMET"] == ["A", "B", "C"]
    assert all(one.mean is not None and math.isfinite(one.mean) for one in results)


def test_limits_hold_for_scores_from_elsewhere_in_their_direction() -> None:
    elsewhere = given_as(pairs({"A": [1, 2, 3, 4], "B": [9, 9, 9, 9], "C": [0, 0, 0, 1]}), name="MetricX")
    table = scoring.combine(measured(elsewhere))
    assert scoring.too_low(table, {"metricx": 5}, elsewhere.metrics) == ["B: MetricX 9.00 is above 5."]


HUMAN = {"A": [-1, -5, 0, -2], "B": [-6, 0, -7, 0], "C": [-9, None, -25, -20]}
OTHER = {"A": [0.5, 0.2, 0.9, 0.3], "B": [0.1, 0.6, 0.4, 0.8], "C": [0.05, 0.9, 0.0, 0.15]}


def agreed(**more: str) -> dict[tuple[str, str], scoring.Agreement]:
    wanted = [("mqm", pairs(HUMAN)), ("COMET", pairs(OTHER)), *more.items()]
    files = [Wanted(name, (Source(f"{name}.seg.score", data=text.encode()),)) for name, text in wanted]
    found = scoring.read_given(files, SYSTEMS, 4)
    results = scoring.agreements(measured(found), ["MQM"], found, trials=50)
    return {(one.metric, one.level): one for one in results}


def test_agreement_is_of_the_segments_that_people_scored() -> None:
    found = agreed()
    assert list(found) == [(metric, level) for metric in ("BLEU", "TER", "COMET") for level in ("system", "segment")]
    segments = found["COMET", "segment"]
    cells = [(h, o) for system in SYSTEMS for h, o in zip(HUMAN[system], OTHER[system], strict=True) if h is not None]
    human, other = np.array(cells).T
    assert (segments.scores, segments.segments, segments.systems) == (11, 4, 3)
    for name in ("pearson", "spearman", "kendall"):
        assert segments.values[name] == pytest.approx(getattr(agreement, name)(human, other))
    columns = [
        [(HUMAN[system][at], OTHER[system][at]) for system in SYSTEMS if HUMAN[system][at] is not None]
        for at in range(4)
    ]
    alike = [
        (one[0] > two[0]) == (one[1] > two[1])  # type: ignore[operator]
        for column in columns for place, one in enumerate(column) for two in column[:place]
    ]  # fmt: skip
    assert segments.values["accuracy"] == pytest.approx(sum(alike) / len(alike))
    systems = found["COMET", "system"]
    means = np.array([[-2.0, -3.25, -18.0], [0.475, 0.475, 0.2 / 3]])
    assert systems.values["pearson"] == pytest.approx(agreement.pearson(*means))


def test_sacrebleus_metrics_agree_by_their_own_system_and_segment_scores() -> None:
    found = agreed()
    scores = []
    for system, texts in TEXTS.items():
        there = [at for at in range(4) if HUMAN[system][at] is not None]
        part = scoring.score({system: [texts[at] for at in there]}, [[REFERENCE[at] for at in there]], ["bleu", "ter"])
        scores.append([one.value for one in part.scores])
    bleu, ter = np.array(scores).T
    human = np.array([-2.0, -3.25, -18.0])
    assert found["BLEU", "system"].values["pearson"] == pytest.approx(agreement.pearson(bleu, human))
    assert found["TER", "system"].values["pearson"] == pytest.approx(-agreement.pearson(ter, human))
    assert found["TER", "system"].values["accuracy"] == agreement.accuracy(-ter, human)


def test_what_says_the_same_as_people_agrees_in_full_in_either_direction() -> None:
    flipped = {system: [None if h is None else -h for h in scores] for system, scores in HUMAN.items()}
    found = agreed(again=pairs(HUMAN), MetricX=pairs(flipped))
    for metric in ("again", "MetricX"):
        for level in ("system", "segment"):
            assert set(found[metric, level].values.values()) == {1.0}
            assert all(low <= 1.0 <= high + 1e-12 for low, high in found[metric, level].intervals.values())


def test_intervals_hold_the_number_and_come_out_alike_each_time() -> None:
    one, again = agreed(), agreed()
    for key, found in one.items():
        wanted = {"pearson", "accuracy"} if key[1] == "segment" else set(agreement.NAMES)
        assert set(found.intervals) == wanted
        assert found.intervals == again[key].intervals
        assert all(low <= high for low, high in found.intervals.values())


def test_people_who_scored_systems_alone_agree_by_system_without_an_interval() -> None:
    files = [
        Wanted("mqm", (Source("mqm.sys.score", data=b"A 3\nB 2\nC 1\n"),), "higher"),
        Wanted("X", (Source("X.sys.score", data=b"A 30\nB 20\nC 40\n"),)),
        Wanted("COMET", (Source("C.seg.score", data=pairs(OTHER).encode()),)),
    ]
    found = scoring.read_given(files, SYSTEMS, 4)
    results = {one.metric: one for one in scoring.agreements(measured(found), ["mqm"], found)}
    assert list(results) == ["BLEU", "TER", "COMET", "X"]
    assert results["X"].values["accuracy"] == pytest.approx(1 / 3)
    assert {(one.level, len(one.intervals)) for one in results.values()} == {("system", 0)}


def test_agreement_needs_scores_of_that_name_and_two_systems() -> None:
    found = given_as(pairs({"A": [1, 2, 3, 4]}))
    with pytest.raises(InputError, match="no scores called 'da' to agree with; there are: COMET"):
        scoring.agreements(measured(found), ["da"])
    alone = scoring.join(scoring.measure({"A": TEXTS["A"]}, [REFERENCE]), given_as("1\n2\n3\n4\n", systems={"A": ""}))
    with pytest.raises(InputError, match="two systems or more"):
        scoring.agreements(alone, ["COMET"])


def test_a_metric_without_any_common_segment_has_no_agreement() -> None:
    found = scoring.read_given(
        [
            Wanted("mqm", (Source("m", data=b"system,line,score\nA,1,-1\nB,1,-2\n"),)),
            Wanted("COMET", (Source("c", data=b"system,line,score\nA,2,1\nB,2,2\n"),)),
        ],
        SYSTEMS, 4,
    )  # fmt: skip
    results = [one for one in scoring.agreements(measured(found), ["mqm"], found) if one.metric == "COMET"]
    assert [(one.systems, one.scores) for one in results] == [(0, 0), (0, 0)]
    assert {value["pearson"] for value in reports.agreement_data(results)} == {None}
    assert reports.agreement_text(results).count(" -") >= 8


def test_a_given_metric_is_measured_beside_sacrebleus() -> None:
    found = measured(given_as(pairs(OTHER)))
    assert isinstance(found.metrics[-1], Given)
    assert set(found.rows) == {(system, name) for system in SYSTEMS for name in ("bleu", "ter", "COMET")}
