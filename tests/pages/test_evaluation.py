"""The Evaluation page: what it wants, how it waits, and what it shows."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from review.formats import Source
from review.steps import jobs, reviewing
from review.steps.evaluating import jobs as steps
from review.steps.evaluating import reports, running
from review.store import Store, articles, people
from tests.detectors import planted
from tests.pages.conftest import told
from tests.steps.evaluating.made import MQM

Show = Callable[..., AppTest]


@pytest.fixture
def marked(page_store: Store, batch: int) -> int:
    """The batch, once "Kaos" is marked in its first segment."""
    _, actor = page_store.write(people.ensure_local)
    with page_store.read() as connection:
        segment = articles.load(connection, articles.ids(connection, batch)[0]).segments[0]
    text = "The Kaos platform grew."
    span = {"id": "m1", "side": "target", "start": 4, "end": 8, "category": "terminology", "subcategory": "wrong term"}
    event = {
        "id": str(uuid4()),
        "kind": "mark",
        "targets": [{"segment": int(segment.id), "base_version": 0}],
        "payload": {"span": {**span, "severity": "major", "note": "", "missing": False, "text": text}},
    }
    assert reviewing.record(page_store, actor, batch, [event])["refused"] == []
    return batch


@pytest.fixture
def evaluated(show: Show, page_store: Store, marked: int) -> AppTest:
    """The page after the batch's evaluation."""
    test = show("evaluation")
    press(test, "Evaluate")
    jobs.work(page_store, threading.Event())
    return test.run()


def press(test: AppTest, label: str) -> AppTest:
    (button,) = [one for one in test.button if one.label == label]
    return button.click().run()


def labels(test: AppTest) -> Iterator[str]:
    return (one.label for one in test.button)


def test_without_marks_it_asks_for_a_file_and_says_which(show: Show) -> None:
    test = show("evaluation")
    assert not test.exception
    assert test.radio[0].value == "an MQM file"
    assert "system, doc, seg_id, rater, source, target, category and severity" in told(test)
    assert "A batch whose errors reviewers marked will do as well" in told(test)
    assert "Evaluate" not in labels(test)


def test_without_marks_the_way_of_the_batch_says_how_to_mark(show: Show, batch: int) -> None:
    test = show("evaluation")
    test.radio[0].set_value("a batch's marks").run()
    assert "No batch has an error marked yet" in told(test)
    assert "Evaluate" not in labels(test)


def test_a_batch_with_marks_is_offered_first(show: Show, marked: int) -> None:
    test = show("evaluation", batch=str(marked))
    assert test.radio[0].value == "a batch's marks"
    assert test.selectbox(key="evaluation-batch").options == ["Morning · 1 mark"]


def test_it_waits_with_a_way_to_cancel(show: Show, marked: int, page_store: Store) -> None:
    test = press(show("evaluation"), "Evaluate")
    assert "Waiting for its turn" in str(test.get("progress")[0].proto)
    press(test, "Cancel")
    jobs.work(page_store, threading.Event())
    test.run()
    assert "Cancelled" in told(test)
    press(test, "Start again")
    assert "Evaluate" in labels(test)


def test_figures_stand_in_tables_with_their_intervals_and_terms(evaluated: AppTest) -> None:
    assert not evaluated.exception
    assert "1 article · 1 document · 1 system · 2 segments · 1 rater" in told(evaluated)
    flags, segments, omissions, by_detector, by_category = [element.value for element in evaluated.dataframe]
    assert list(flags["Figure"])[:3] == ["Precision at 20% recall", "Flags a segment", "Precision"]
    assert list(flags.columns) == ["Figure", "All flags", "Sure flags"]  # one rater has no others
    assert "AUC of risk" in list(segments["Figure"])
    assert list(omissions["Figure"]) == ["Flags a segment", "Precision", "By chance", "Recall"]
    row = by_detector.set_index("Detector").loc["terminology"]
    assert (row["Flags a segment"], row["Precision"], row["Recall, major"]) == ("0.50", "1.00", "1.00")
    assert "terminology" in list(by_category["Category"])
    assert "by chance is a flag of as many words anywhere in the same segment" in told(evaluated)


def test_each_table_of_names_has_a_chart(evaluated: AppTest) -> None:
    charts = evaluated.get("vega_lite_chart")
    assert len(charts) == 2
    spec = json.loads(charts[0].proto.spec)
    assert {layer["mark"]["type"] for layer in spec["layer"]} == {"rule", "tick", "point"}


def test_figures_can_be_downloaded_and_another_evaluation_begun(evaluated: AppTest) -> None:
    assert [button.proto.label for button in evaluated.get("download_button")] == ["evaluation.csv", "evaluation.json"]
    press(evaluated, "Evaluate something else")
    assert not evaluated.dataframe
    assert "Evaluate" in labels(evaluated)


def followed(show: Show, store: Store, data: bytes) -> AppTest:
    """The page, following the evaluation of a file."""
    project, actor = store.write(people.ensure_local)
    payload = steps.of_file(store, Source("marks.tsv", data=data), ("zh", "en"))
    number = jobs.start(store, project, actor, "evaluate", payload)
    jobs.work(store, threading.Event())
    test = show("evaluation")
    test.session_state["job-evaluate"] = number
    return test.run()


def test_a_file_with_several_raters_shows_how_well_they_agree(show: Show, page_store: Store) -> None:
    test = followed(show, page_store, MQM.encode())
    assert "marks.tsv · 3 articles · 3 documents · 1 system · 3 segments · 2 raters" in told(test)
    flags = test.dataframe[0].value
    assert list(flags.columns) == ["Figure", "All flags", "Sure flags", "One rater"]
    precision = flags.set_index("Figure").loc["Precision"]
    assert precision["One rater"] == "1.00 (1.00–1.00)"


def test_what_the_reader_warns_of_is_shown(show: Show, page_store: Store) -> None:
    other = "A\td0\t1\t0\tr3\t港口。\tThe <v>harbour</v> opened.\tAccuracy/Mistranslation\tMajor\n"
    test = followed(show, page_store, (MQM + other).encode())
    assert any("1 marks stand on another text" in warning.value for warning in test.warning)


def test_many_warnings_are_folded_away(
    show: Show, page_store: Store, marked: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "seen_in_learning", lambda rated: [f"Warning {number}." for number in range(5)])
    project, actor = page_store.write(people.ensure_local)
    number = jobs.start(page_store, project, actor, "evaluate", steps.of_batch(marked))
    with planted.weights(tmp_path / "none.json", {}, monkeypatch):
        jobs.work(page_store, threading.Event())
    test = show("evaluation")
    test.session_state["job-evaluate"] = number
    test.run()
    assert [warning.value for warning in test.warning] == ["Warning 0.", "Warning 1.", "Warning 2."]
    assert test.expander[0].label == "2 more warnings"
    assert test.text[0].value == "Warning 3.\nWarning 4."


def test_a_file_that_cannot_be_read_is_one_sentence_and_a_way_back(show: Show, page_store: Store) -> None:
    test = followed(show, page_store, b"a\tb\n")
    (error,) = test.error
    assert error.value.startswith("marks.tsv, line 1: the header does not name the column system")
    press(test, "Start again")
    assert "MQM annotations" in str([element.proto for element in test.get("file_uploader")])


def test_every_figure_has_its_place_in_the_order() -> None:
    assert len(set(reports.in_order(["lift", "precision", "recall"]))) == 3
    with pytest.raises(ValueError, match="nothing"):
        reports.in_order(["nothing"])
