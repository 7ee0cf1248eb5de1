"""An evaluation as a table, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from review.steps.evaluating import measuring, reports
from tests.steps.evaluating.made import OUTCOMES


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
