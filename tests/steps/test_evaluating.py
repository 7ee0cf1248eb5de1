"""Evaluating: evidence is attached, figures are those counted by hand, nobody is judged by what was learned of it."""

from __future__ import annotations

import csv
import io
import json
import math
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from review.detectors import doubt
from review.errors import InputError, MissingError
from review.formats import Source
from review.model import Article, ErrorSpan, Flag, Rated, Segment
from review.steps import jobs
from review.steps.evaluating import attaching, learning, measuring, recorded, reports, running
from review.steps.evaluating import jobs as evaluating
from review.steps.evaluating.learning import Outcome
from review.store import Store, batches, marks
from review.store import jobs as queue
from tests.detectors import planted
from tests.steps.desk import TEXTS, Desk, mark

WORDS = "aa bb cc dd"


def span(start: int, end: int, rater: str, severity: str = "major", **more: Any) -> ErrorSpan:
    side = more.pop("side", "target")
    key = f"{rater}{start}{side}"
    return ErrorSpan(key, more.pop("segment", "0"), start, end, "accuracy", severity, rater, side, **more)


def flag(start: int, end: int, confidence: float = 0.5, **more: Any) -> Flag:
    values = {"segment": "0", "detector": "numbers", "category": "accuracy", "severity": "major", **more}
    return Flag(f"{start}-{end}", start=start, end=end, confidence=confidence, message="So.", **values)


def rated(*spans: ErrorSpan, document: str = "d", system: str = "A", raters: tuple[str, ...] = ("r1", "r2")) -> Rated:
    segments = (Segment(WORDS, "0", source="甲乙丙丁"), Segment(WORDS, "1", source="甲乙丙丁", order=1))
    article = Article(document, segments, system, "zh", "en")
    return Rated(article, spans, {"0": raters, "1": raters}, document)


# Attaching


def lines(folder: Path, name: str, *texts: str) -> str:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{text}\n" for text in texts), "utf-8")
    return str(path)


def test_references_and_outputs_stand_in_the_files_order(tmp_path: Path) -> None:
    first, second = attaching.attach(
        [rated(), rated(system="B")],
        [lines(tmp_path, "ref.en", "one", "two")],
        [lines(tmp_path, name, f"{name} one", f"{name} two") for name in ("A", "B", "C", "D")],
        at_most=2,
    )
    assert [segment.references for segment in first.article.segments] == [("one",), ("two",)]
    assert first.article.segments[0].alternatives == ("B one", "C one")  # a system is no alternative to itself
    assert second.article.segments[1].alternatives == ("A two", "C two")


def test_a_table_says_which_line_is_which_segment(tmp_path: Path) -> None:
    lines(tmp_path, "documents.tsv", "line\tdoc\tsegment", "1\tother\t0", "2\td\t1", "3\td\t0")
    reference = lines(tmp_path, "systems/ref.en", "other", "second", "first")
    (found,) = attaching.attach([rated()], [reference])
    assert [segment.references for segment in found.article.segments] == [("first",), ("second",)]


def test_bytes_do_as_well_as_paths(tmp_path: Path) -> None:
    paths = lines(tmp_path, "ref.en", "one", "two"), lines(tmp_path, "B.en", "three", "four")
    table = lines(tmp_path, "table.tsv", "line\tdoc\tsegment", "2\td\t0", "1\td\t1")
    sources = [Source(Path(path).name, data=Path(path).read_bytes()) for path in (*paths, table)]
    by_path = attaching.attach([rated()], [paths[0]], [paths[1]], table)
    assert attaching.attach([rated()], sources[:1], sources[1:2], sources[2]) == by_path
    assert by_path[0].article.segments[0].alternatives == ("four",)


@pytest.mark.parametrize(
    ("reference", "table", "said"),
    [
        (("one",), (), "has 1 lines and the MQM file 2 segments; name a table"),
        (("one", "two"), ("line\tdoc\tsegment", "1\td\t0"), "does not list segment 1 of d"),
        (("one", "two"), ("line\tdoc", "1\td"), "line 1: the header does not name line, document and segment"),
        (("one", "two"), ("line\tdoc\tsegment", "3\td\t0"), "line 2: line 3 is not among the 2 lines"),
        (("one", "two"), ("line\tdoc\tsegment", "x\td\t0"), "line 2: the row does not give line"),
    ],
)
def test_files_that_do_not_fit_are_refused(
    reference: tuple[str, ...], table: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    documents = lines(tmp_path, "table.tsv", *table) if table else ""
    with pytest.raises(InputError) as raised:
        attaching.attach([rated()], [lines(tmp_path, "ref.en", *reference)], (), documents)
    assert said in str(raised.value)


def test_files_of_unequal_length_are_refused(tmp_path: Path) -> None:
    paths = [lines(tmp_path, "a.en", "one", "two"), lines(tmp_path, "b.en", "one")]
    with pytest.raises(InputError, match=r"b\.en has 1 lines and .*a\.en has 2; give parallel files"):
        attaching.attach([rated()], [paths[0]], [paths[1]])


# Measuring

OUTCOMES = [
    Outcome(
        rated(
            span(3, 5, "r1"),
            span(3, 8, "r2"),
            span(0, 2, "r1", "minor"),
            span(1, 2, "r1", side="source", subcategory="omission"),
            span(1, 3, "r2", side="source", subcategory="omission"),
        ),
        [
            flag(3, 5, 0.95),
            flag(9, 11, 0.4, detector="length", category="style"),
            flag(0, 2, side="source", subcategory="omission"),
            flag(3, 4, side="source", subcategory="mistranslation"),
        ],
        {"0": 0.8, "1": 0.3},
    ),
    Outcome(rated(document="e"), [flag(0, 2, 0.6, segment="1")], {"0": 0.1, "1": 0.6}),
]
COMPARED = measuring.Comparison(OUTCOMES, trials=20)


def values(figures: dict[str, measuring.Figure]) -> dict[str, float]:
    return {name: figure.value for name, figure in figures.items()}


def test_what_raters_say_is_laid_out_by_segment() -> None:
    first, second = learning.truth_of(OUTCOMES[0].rated)
    assert first.words == ((0, 2), (3, 5), (6, 8), (9, 11))
    assert first.raters == (((3, 5, True), (0, 2, False)), ((3, 8, True),))
    assert second.raters == ((), ())
    (source, _) = learning.truth_of(OUTCOMES[0].rated, "source")
    assert source.words == ((0, 1), (1, 2), (2, 3), (3, 4))


@pytest.mark.parametrize(
    ("raters", "accusers", "bad"),
    [
        (("r1",), ("r1",), True),
        (("r1", "r2"), ("r1",), False),
        (("r1", "r2", "r3"), ("r1", "r3"), True),
        ((), (), False),
    ],
)
def test_a_bad_segment_has_two_accusers_or_its_only_rater(
    raters: tuple[str, ...], accusers: tuple[str, ...], bad: bool
) -> None:
    item = rated(*(span(0, 2, name) for name in accusers), raters=raters)
    assert learning.bad_segments(item).tolist() == [bad, False]


def test_flags_are_measured_as_counted_by_hand() -> None:
    found = values(COMPARED.of_flags(COMPARED.judged))
    # Three flags on four segments: bb is right, dd and the one of the clean article are not.
    assert found["flags a segment"] == 3 / 4
    assert found["precision"] == pytest.approx(1 / 3)
    assert found["by chance"] == pytest.approx((3 / 4 + 3 / 4 + 0) / 3)  # aa, bb and cc are marked in the first
    assert found["lift"] == pytest.approx(1 / 1.5)
    assert found["recall of major spans"] == 1.0
    # Flagged for each of two raters: 2 * (2 + 2 + 2); marked 4 + 5; in common bb for both: 4, all major.
    assert found["character F1"] == pytest.approx(2 * 4 / (12 + 9))
    assert found["character F1, half credit"] == pytest.approx(2 * 4 / (12 + 9))
    assert COMPARED.precision_at().value == 1.0


def test_figures_have_intervals_over_documents() -> None:
    figure = COMPARED.of_flags(COMPARED.judged)["precision"]
    assert figure.low <= figure.value <= figure.high
    assert figure.low < figure.high
    alone = measuring.Comparison(OUTCOMES[:1], trials=20)
    assert math.isnan(alone.of_flags(alone.judged)["precision"].low)


def test_omissions_are_what_is_flagged_as_left_out_of_the_source() -> None:
    found = values(COMPARED.of_omissions())
    assert found == {
        "flags a segment": 1 / 4,  # the remark on a mistranslation claims no omission
        "precision": 1.0,
        "by chance": pytest.approx(1.0),  # two characters at any of three places: each touches a mark
        "recall": 1.0,
    }


def test_an_omission_may_be_as_long_as_a_clause() -> None:
    text = "甲乙丙丁戊己庚辛壬癸"
    segments = (Segment(WORDS, "0", source=text),)
    item = Rated(Article("d", segments, "A", "zh", "en"), (span(0, 10, "r1", side="source"),), {"0": ("r1",)}, "d")
    compared = measuring.Comparison([Outcome(item, [flag(0, 10, side="source", subcategory="omission")], {})], 1)
    assert values(compared.of_omissions())["recall"] == 1.0


def test_risks_are_measured_against_segments_that_two_raters_call_bad() -> None:
    found = values(COMPARED.of_segments())
    assert found["bad segments, share"] == 1 / 4
    assert found["AUC of risk"] == 1.0
    assert found["MCC at risk 0.5"] == pytest.approx((1 * 2 - 0 * 1) / math.sqrt(1 * 2 * 3 * 2))
    assert found["found in 20% of segments"] == 0.0  # a fifth of four segments is none
    assert COMPARED.penalties.tolist() == [(5 + 5 + 1 + 5 + 5) / 2, 0, 0, 0]


@pytest.mark.parametrize(
    ("severity", "subcategory", "weight"),
    [
        ("neutral", "", 0),
        ("minor", "grammar", 1),
        ("minor", "punctuation", 0.1),
        ("major", "punctuation", 5),
        ("critical", "", 25),
        ("major", "non-translation", 25),
    ],
)
def test_spans_weigh_what_wmt_gives_them(severity: str, subcategory: str, weight: float) -> None:
    assert measuring.penalty(span(0, 2, "r1", severity, subcategory=subcategory)) == weight


def test_one_rater_is_measured_against_the_others() -> None:
    item = rated(span(3, 5, "r1"), span(6, 8, "r1", "minor"), span(3, 8, "r2"))
    found = measuring.ceiling([item], trials=1)
    assert found is not None
    # r1's two spans overlap r2's, r2's one overlaps r1's; each rater's major span is found by the other.
    assert values(found)["precision"] == 1.0
    assert values(found)["recall of major spans"] == 1.0
    assert values(found)["flags a segment"] == 3 / 4
    assert measuring.ceiling([rated(span(3, 5, "r1"), raters=("r1",))]) is None


# Reports


def test_a_report_is_plain_data_with_nothing_where_there_is_no_figure() -> None:
    report = reports.report(OUTCOMES, 10)
    plain = json.loads(json.dumps(reports.as_json(report), allow_nan=False))
    assert plain[reports.FLAGS]["precision"]["value"] == pytest.approx(1 / 3)
    assert set(plain[reports.BY_DETECTOR]) == {"length", "numbers"}
    assert set(plain[reports.BY_CATEGORY]) == {"accuracy", "style"}
    assert plain[reports.SURELY]["precision"]["value"] == 1.0
    assert plain[reports.BY_DETECTOR]["length"]["precision"]["value"] == 0.0
    empty = reports.as_json(reports.report([replace(item, flags=()) for item in OUTCOMES], 10))
    assert empty[reports.FLAGS]["precision"] == {"value": None, "low": None, "high": None}
    assert reports.shown(reports.figure(empty[reports.FLAGS]["precision"])) == "–"


def test_the_table_names_every_group_and_explains_itself() -> None:
    text = "".join(reports.as_table(reports.report(OUTCOMES, 10)))
    for part in (reports.FLAGS, reports.SURELY, reports.SEGMENTS, reports.OMISSIONS, reports.CEILING):
        assert f"{part}\n" in text
    assert "by detector" in text
    assert "95%" in text.split("\n\n")[-1]
    without = "".join(reports.as_table(reports.report([replace(item, flags=()) for item in OUTCOMES], 10)))
    assert "by detector" not in without


def test_csv_has_a_row_for_each_figure_whatever_their_order() -> None:
    plain = reports.as_json(reports.report(OUTCOMES, 10))
    rows = list(csv.DictReader(io.StringIO(reports.as_csv(json.loads(json.dumps(plain, sort_keys=True))))))
    first = next(row for row in rows if (row["name"], row["figure"]) == ("length", "precision"))
    assert (first["group"], first["value"]) == (reports.BY_DETECTOR, "0.0")
    figures = [row["figure"] for row in rows if row["group"] == reports.SEGMENTS]
    assert figures == list(plain[reports.SEGMENTS])


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (measuring.Figure(0.683, 0.61, 0.745), "0.68 (0.61–0.74)"),
        (measuring.Figure(0.0123), "0.012"),
        (measuring.Figure(float("nan")), "–"),
    ],
)
def test_figures_are_short(figure: measuring.Figure, text: str) -> None:
    assert reports.shown(figure) == text


# Learning and running


def test_models_that_judge_a_document_have_not_seen_it(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [
        learning.prepare(learning.visible(item, "reference"), "reference", (), learning.Context())
        for item in planted.rated(documents=3, segments=2)
    ]
    seen: list[set[str]] = []
    monkeypatch.setattr(learning, "train", lambda given: seen.append({item.rated.document for item in given}) or {})
    held = [{item.rated.document for item in mine} for _, mine in learning.left_out(items)]
    assert held == [{"d0"}, {"d1"}, {"d2"}]
    assert seen == [{"d1", "d2"}, {"d0", "d2"}, {"d0", "d1"}]
    seen.clear()
    grouped = [{item.rated.document for item in mine} for _, mine in learning.left_out(items, 2)]
    assert grouped == [{"d0", "d2"}, {"d1"}]


def test_only_the_evidence_of_a_kind_is_visible() -> None:
    (item, *_) = planted.rated(documents=1, segments=1)
    for kind, references, alternatives in (
        ("source", 0, 0),
        ("reference", 1, 0),
        ("alternatives", 0, 2),
        ("both", 1, 2),
    ):
        (segment,) = learning.visible(item, kind).article.segments
        assert (len(segment.references), len(segment.alternatives)) == (references, alternatives)
        assert segment.source


def test_learned_anew_it_finds_what_was_planted_in_each_document() -> None:
    given = planted.rated(documents=4)
    moves: list[tuple[int, int]] = []
    outcomes = running.left_out(given, "both", progress=lambda done, total: moves.append((done, total)))
    assert [outcome.rated.document for outcome in outcomes] == [item.document for item in given]
    assert moves == [(at, 4) for at in range(5)]
    compared = measuring.Comparison(outcomes, trials=1)
    assert values(compared.of_segments())["AUC of risk"] == 1.0
    assert values(compared.of_flags(compared.judged))["recall of major spans"] > 0.9


@pytest.mark.parametrize(("documents", "kind"), [(2, "both"), (3, "")])
def test_too_little_to_learn_from_is_said(documents: int, kind: str) -> None:
    with pytest.raises(InputError, match="at least 3 documents"):
        running.left_out(planted.rated(documents=documents), kind)


def test_documents_that_the_weights_were_learned_from_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = planted.rated(documents=3, segments=1)
    names = [doubt.fingerprint("d1")]
    with planted.weights(tmp_path / "w.json", {}, monkeypatch, names=names):
        (said,) = running.seen_in_learning(given)
        assert "from 1 of these 3 documents" in said
        assert running.seen_in_learning([item for item in given if item.document != "d1"]) == []


def test_flags_are_those_of_every_detector_and_a_system_is_a_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from review.steps import surveying

    surveyed: list[list[str]] = []
    survey = surveying.survey

    def watched(articles: Any, only: Any = None) -> Any:
        batch = list(articles)
        surveyed.append([article.system for article in batch])
        return survey(batch, only)

    monkeypatch.setattr(surveying, "survey", watched)
    doubled = rated(span(0, 2, "r1"))
    doubled = replace(
        doubled, article=replace(doubled.article, segments=(Segment("The the port opened.", "0"), Segment("So.", "1")))
    )
    with planted.weights(tmp_path / "none.json", {}, monkeypatch):
        outcomes, failures = running.as_flagged([doubled, rated(document="e", system="B")])
    assert failures == []
    assert surveyed == [["A"], ["B"]]
    assert [found.detector for found in outcomes[0].flags if found.segment == "0"] == ["doubled"]


def test_an_unknown_detector_is_said() -> None:
    with pytest.raises(InputError, match="There is no detector 'nobody'; there are "):
        running.as_flagged([rated()], only=["nobody"])


# What reviewers recorded


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def test_marks_of_reviewers_make_rated_articles(desk: Desk) -> None:
    first, second, *_ = desk.ids()
    desk.do("mark", [first], mark())
    desk.do("mark", [second], mark(TEXTS[1], id="m2", severity="minor"), actor=desk.colleague())
    (item,) = recorded.rated(desk.store, desk.project, "batch")
    assert [(s.segment, s.start, s.end, s.severity) for s in item.spans] == [
        (str(first), 0, 4, "major"),
        (str(second), 0, 4, "minor"),
    ]
    assert {len(names) for names in item.raters.values()} == {2}
    assert len(item.raters) == len(TEXTS)
    assert item.document == "one"


def test_a_mark_on_a_text_that_a_reviewer_made_is_left_out_and_edits_do_not_move_others(desk: Desk) -> None:
    first, second, *_ = desk.ids()
    desk.do("mark", [first], mark())
    desk.do("edit", [first], {"texts": ["Small firms are helped."], "origin": "typed"})
    desk.do("edit", [second], {"texts": ["A new text."], "origin": "typed"})
    desk.do("mark", [second], mark("A new text.", id="m2"))
    (item,) = recorded.rated(desk.store, desk.project, str(desk.batch))
    assert [s.segment for s in item.spans] == [str(first)]
    assert item.article.segments[0].text == TEXTS[0]


def test_a_batch_without_marks_and_an_unknown_one_are_said(desk: Desk) -> None:
    with pytest.raises(InputError, match="Nobody has marked an error in batch"):
        recorded.rated(desk.store, desk.project, "batch")
    with pytest.raises(MissingError, match="There is no batch 'none'"):
        recorded.rated(desk.store, desk.project, "none")


def test_batches_with_marks_are_found_with_their_number(desk: Desk) -> None:
    first, second, *_ = desk.ids()

    def found() -> dict[int, int]:
        with desk.store.read() as connection:
            return marks.batches(connection, desk.project)

    assert found() == {}
    desk.do("mark", [first], mark())
    made = desk.do("mark", [second], mark(TEXTS[1], id="m2"))
    assert found() == {desk.batch: 2}
    desk.do("undo", [second], {"event": made})
    assert found() == {desk.batch: 1}


# As jobs

MQM = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n" + "".join(
    f"A\td{number}\t1\t{number}\tr{rater}\t港口。\t<v>The the</v> port opened.\tAccuracy/Mistranslation\tMajor\n"
    for number in range(3)
    for rater in (1, 2)
)


def run(desk: Desk, payload: dict[str, Any]) -> Any:
    number = jobs.start(desk.store, desk.project, desk.actor, "evaluate", payload)
    jobs.work(desk.store, threading.Event())
    with desk.store.read() as connection:
        return queue.get(connection, number)


def test_a_batch_is_evaluated_as_a_job(desk: Desk) -> None:
    desk.do("mark", [desk.ids()[0]], mark())
    job = run(desk, evaluating.of_batch(desk.batch))
    assert (job.state, job.error) == ("done", "")
    assert (job.result["articles"], job.result["segments"], job.result["raters"]) == (1, len(TEXTS), 1)
    assert job.result["files"] == []
    assert reports.CEILING not in job.result["report"]


def test_a_file_is_evaluated_as_a_job_with_what_stands_beside_it(desk: Desk) -> None:
    payload = evaluating.of_file(
        desk.store,
        Source("marks.tsv", data=MQM.encode()),
        ("zh", "en"),
        [Source("ref.en", data=b"The port opened.\n" * 3)],
        [Source("B.en", data=b"The port has opened.\n" * 3)],
        at_most=1,
    )
    job = run(desk, payload)
    assert (job.state, job.error) == ("done", "")
    assert job.result["files"] == ["marks.tsv", "ref.en", "B.en"]
    assert (job.result["documents"], job.result["raters"], job.total) == (3, 2, 3)
    doubled = job.result["report"][reports.BY_DETECTOR]["doubled"]
    assert doubled["precision"]["value"] == 1.0
    assert reports.CEILING in job.result["report"]


def test_a_file_that_cannot_be_read_fails_the_job_with_one_sentence(desk: Desk) -> None:
    job = run(desk, evaluating.of_file(desk.store, Source("marks.tsv", data=b"a\tb\n"), ("zh", "en")))
    assert job.state == "failed"
    assert job.error.startswith("marks.tsv, line 1: the header does not name the column system")


def test_a_batch_that_is_gone_fails_the_job_with_one_sentence(desk: Desk) -> None:
    job = run(desk, evaluating.of_batch(9999))
    assert (job.state, job.error) == ("failed", "There is no batch '9999'; import it first.")
    with desk.store.read() as connection:
        assert len(batches.rows(connection, desk.project)) == 1
