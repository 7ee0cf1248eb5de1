"""``score --scores``: scores from elsewhere stand beside sacrebleu's; ``--human`` says how far metrics agree."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from review.cli import main

TEXTS = {
    "ref.txt": [
        "The deputy secretary visited the plant.",
        "Dual circulation is a new pattern.",
        "It cost 1,234.5 yuan.",
    ],
    "one.en": ["The undersecretary visited the plant.", "Double cycle is a new pattern.", "It cost 1234.5 yuan."],
    "two.en": ["Undersecretary visited plant.", "Double cycle is pattern.", "Cost 1234.5 yuan."],
}
COMET = {"one.en": [{"mt": "x", "COMET": 0.875}] * 3, "two.en": [{"mt": "x", "COMET": score} for score in (0, 0.5, 1)]}
MQM = "one\t-1\none\tNone\none\t-2\ntwo\t-10\ntwo\t-1\ntwo\t-5\n"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, lines in TEXTS.items():
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    (tmp_path / "comet.json").write_text(json.dumps(COMET), "utf-8")
    (tmp_path / "mqm.seg.score").write_text(MQM, "utf-8")
    (tmp_path / "docs.tsv").write_text("line\tdoc\n1\tport\n2\tport\n3\tpost\n", "utf-8")
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["score", "one.en", "two.en", "-r", "ref.txt", *args])


def printed(*args: str) -> str:
    result = run(*args)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*args: str) -> str:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    return result.stderr


BOTH = ("--scores", "COMET=comet.json", "--scores", "mqm=mqm.seg.score")


def test_they_are_columns_of_the_table_with_their_signatures() -> None:
    result = run(*BOTH)
    assert result.stdout.splitlines()[0].split() == ["system", "BLEU", "chrF2", "COMET", "mqm"]
    assert result.stdout.splitlines()[3].split()[-2:] == ["0.5000", "-5.33"]
    assert "COMET: given|file:comet.json|sha256:" in result.stdout
    assert "mqm has no score for 1 of 3 segments of one; means are of the others." in result.stderr


def test_json_and_csv_hold_them_by_segment_and_document() -> None:
    data = json.loads(printed(*BOTH, "--format", "json", "--level", "segment"))
    first = data["systems"][0]
    assert first["metrics"]["mqm"]["score"] == -1.5
    assert [list(one["metrics"]) for one in first["segments"]] == [
        ["BLEU", "chrF2", "COMET", "mqm"], ["BLEU", "chrF2", "COMET"], ["BLEU", "chrF2", "COMET", "mqm"],
    ]  # fmt: skip
    text = printed(*BOTH, "--format", "csv", "--level", "document", "--documents", "docs.tsv")
    rows = [
        (row["system"], row["name"], row["score"])
        for row in csv.DictReader(io.StringIO(text))
        if row["metric"] == "mqm"
    ]
    assert rows == [
        ("one", "", "-1.5"), ("one", "port", "-1.0"), ("one", "post", "-2.0"),
        ("two", "", "-5.333333333333333"), ("two", "port", "-5.5"), ("two", "post", "-5.0"),
    ]  # fmt: skip
    assert r"COMET & mqm \\" in printed(*BOTH, "--format", "latex")


def test_paired_tests_are_made_of_them_too() -> None:
    data = json.loads(printed(*BOTH, "--compare", "bootstrap", "--trials", "50", "--format", "json"))
    results = {(one["system"], one["metric"]): one for one in data["comparison"]["results"]}
    assert set(results) == {
        (system, metric) for system in ("one", "two") for metric in ("BLEU", "chrF2", "COMET", "mqm")
    }
    assert results["one", "COMET"]["p_value"] is None
    assert 0 < results["two", "COMET"]["p_value"] <= 1


def test_a_file_for_each_system_is_given_by_commas() -> None:
    for name, scores in (("one.txt", "1\n2\n3\n"), ("two.txt", "4\n5\n6\n")):
        Path(name).write_text(scores)
    data = json.loads(printed("--scores", "MetricX=one.txt,two.txt", "--format", "json"))
    assert [one["metrics"]["MetricX"]["score"] for one in data["systems"]] == [2.0, 5.0]
    assert data["systems"][0]["metrics"]["MetricX"]["signature"].endswith("|better:lower")


def test_the_direction_can_be_said_and_counts_for_limits() -> None:
    lower = run("--scores", "X=mqm.seg.score", "--scores-direction", "X=lower", "--fail-under", "x=-3")
    assert lower.exit_code == 1
    assert lower.stderr.endswith("review: one: X -1.50 is above -3.\n")
    higher = run("--scores", "X=mqm.seg.score", "--fail-under", "X=-3")
    assert higher.stderr.endswith("review: two: X -5.33 is below -3.\n")


def test_agreement_is_printed_below_the_table_and_stands_in_json() -> None:
    text = printed(*BOTH, "--human", "mqm")
    assert "Agreement with mqm" in text
    last = [line.split()[:4] for line in text.splitlines()[-6:]]
    assert sorted(last[:3]) == [[name, "system", "2", "2"] for name in ("BLEU", "COMET", "chrF2")]
    assert [row[1:] for row in last[3:]] == [["segment", "2", "5"]] * 3
    data = json.loads(printed(*BOTH, "--human", "mqm", "--format", "json"))
    found = {(one["metric"], one["level"]): one for one in data["agreement"]}
    assert len(found) == 6
    assert found["COMET", "system"]["accuracy"] == 1.0
    assert (found["COMET", "segment"]["scores"], found["COMET", "segment"]["segments"]) == (5, 3)
    assert set(found["COMET", "segment"]["intervals"]) == {"pearson", "accuracy"}
    assert "Agreement with mqm" in printed(*BOTH, "--human", "mqm", "--compare", "bootstrap", "--trials", "9")


def test_without_scores_from_elsewhere_json_is_as_it_was() -> None:
    assert set(json.loads(printed("--format", "json"))) == {"systems", "segments", "warnings"}


@pytest.mark.parametrize(
    ("args", "part"),
    [
        (("--scores", "COMET"), "--scores 'COMET' is not of the form NAME=FILE"),
        (("--scores", "COMET="), "is not of the form NAME=FILE"),
        (("--scores", "=comet.json"), "need a name"),
        (("--scores", "COMET=none.json"), "none.json cannot be read"),
        (("--scores", "COMET=."), "is a folder"),
        (("--scores", "BLEU=comet.json"), "BLEU is a metric that is computed here"),
        (("--scores", "X=comet.json", "--scores", "x=comet.json"), "Scores called x are given twice"),
        (("--scores", "X=ref.txt"), "ref.txt, line 1: 'deputy' is not a number"),
        (("--scores", "X=bad.txt"), "bad.txt: there are 2 scores of one, and the text has 3 segments"),
        (("--scores", "X=other.txt"), "other.txt, line 1: there are scores of 'three', and the systems are one, two"),
        (("--scores", "X=empty.txt"), "empty.txt: the file is empty"),
        (("--scores", "X=number.txt"), "number.txt names no systems, and 2 are scored"),
        ((*BOTH, "--scores-direction", "mqm=up"), "not of the form NAME=lower or NAME=higher"),
        ((*BOTH, "--scores-direction", "da=lower"), "names 'da', of which there are no --scores"),
        ((*BOTH, "--human", "da"), "no scores called 'da' to agree with; there are: COMET, mqm"),
        (("--human", "mqm"), "There are no scores from elsewhere"),
        ((*BOTH, "--human", "mqm", "--format", "csv"), "printed as table or json"),
        ((*BOTH, "-f", "json"), "printed as table, json, csv or latex"),
        ((*BOTH, "-b"), "printed as table, json, csv or latex"),
        (("--reference-name", "refA"), "is for a folder of mt-metrics-eval"),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_printed(
    files: Path, args: tuple[str, ...], part: str
) -> None:
    for name, text in (
        ("bad.txt", "one 1\none 2\ntwo 1\ntwo 2\ntwo 3\n"), ("other.txt", "three 1\n"), ("empty.txt", ""),
        ("number.txt", "1\n2\n3\n"),
    ):  # fmt: skip
        (files / name).write_text(text)
    assert part in refused(*args)


def test_a_batch_has_no_scores_from_elsewhere() -> None:
    result = CliRunner().invoke(main, ["score", "--batch", "1", "--scores", "X=comet.json"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "leave out --scores" in result.stderr


def test_other_scores_of_one_program_are_held_against_an_earlier_run(files: Path) -> None:
    scores = ("--scores", "COMET=comet.json")
    printed(*scores, "--format", "json", "--output", "run.json")
    worse = {**COMET, "one.en": [{"mt": "x", "COMET": 0.5}] * 3}
    (files / "comet.json").write_text(json.dumps(worse), "utf-8")
    result = run(*scores, "--baseline", "run.json", "--max-drop", "comet=0.25")
    assert result.exit_code == 1
    assert "one: COMET fell by 0.38 (from 0.88 to 0.50), more than the 0.25 allowed" in result.output


def test_segments_that_have_no_score_now_did_not_get_worse(files: Path) -> None:
    scores = ("--scores", "COMET=comet.json")
    printed(*scores, "--format", "json", "--level", "segment", "--output", "run.json")
    worse = {**COMET, "one.en": [{"mt": "x", "COMET": score} for score in (None, 0.875, 0.25)]}
    (files / "comet.json").write_text(json.dumps(worse), "utf-8")
    result = run(*scores, "--baseline", "run.json", "--max-drop", "comet=0.25")
    assert "1 of 2 segments got worse and 0 better; the worst: line 3 (0.9 to 0.2)." in result.output
