"""``score --baseline``: each score beside an earlier run's, and exit 1 where one fell further than is allowed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_score import ONE, files, printed, refused, run

__all__ = ["files"]
METRICS = ("-r", "ref.txt", "-m", "bleu", "chrf", "ter")


@pytest.fixture
def base(files: Path) -> Path:
    """A run of both systems with single segments' scores, in base.json."""
    printed("one.en", "two.en", *METRICS, "--level", "segment", "--format", "json", "--output", "base.json")
    return files


def worse(folder: Path) -> None:
    """System one as it was, but for its last line."""
    (folder / "one.en").write_text("".join(f"{line}\n" for line in (*ONE[:2], "Nothing like it.")), "utf-8")


def test_csv_has_baseline_and_difference_in_the_systems_rows(base: Path) -> None:
    args = ("one.en", *METRICS, "--baseline", "base.json", "--level", "segment", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(printed(*args))))
    assert {(row["level"], row["difference"]) for row in rows} == {("system", "0.0"), ("segment", "")}
    assert all(row["baseline"] == row["score"] for row in rows if row["level"] == "system")


def data(*args: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*args, "--format", "json").stdout)
    return found


def test_the_table_shows_baseline_score_and_difference(base: Path) -> None:
    worse(base)
    result = run("one.en", *METRICS, "--baseline", "base.json")
    assert result.exit_code == 0
    head, _, *rows = result.stdout.split("Against base.json\n")[1].splitlines()
    assert head.split() == ["system", "metric", "baseline", "score", "difference", "drop", "allowed"]
    assert [row.split()[:2] for row in rows[:3]] == [["one", "BLEU"], ["one", "chrF2"], ["one", "TER"]]
    before, after, difference = map(float, rows[0].split()[2:5])
    assert (before > after, difference) == (True, pytest.approx(after - before, abs=0.011))


def test_json_holds_the_same_to_full_precision(base: Path) -> None:
    worse(base)
    old = {one["name"]: one["metrics"] for one in json.loads((base / "base.json").read_text("utf-8"))["systems"]}
    found = data("one.en", *METRICS, "--baseline", "base.json", "--max-drop", "bleu=0.5")
    new = found["systems"][0]["metrics"]
    for row in found["baseline"]["differences"]:
        label = row["metric"]
        assert (row["baseline"], row["score"]) == (old["one"][label]["score"], new[label]["score"])
        assert row["difference"] == row["score"] - row["baseline"]
        assert row["drop_allowed"] == (0.5 if label == "BLEU" else None)
    assert [(one["metric"], one["check"], one["passed"]) for one in found["checks"]] == [("BLEU", "max-drop", False)]


@pytest.mark.parametrize(
    ("drop", "failing"),
    [
        ("100", []),
        ("0", ["BLEU", "chrF2", "TER"]),
        ("bleu=0", ["BLEU"]),
        ("bleu=100,0", ["chrF2", "TER"]),
        ("TER=0,chrF2=100", ["TER"]),
    ],
)
def test_a_drop_that_is_not_allowed_is_exit_code_1_and_one_sentence_each(
    base: Path, drop: str, failing: list[str]
) -> None:
    worse(base)
    result = run("one.en", "two.en", *METRICS, "--baseline", "base.json", "--max-drop", drop)
    assert result.exit_code == (1 if failing else 0)
    sentences = result.stderr.splitlines()
    assert [sentence.split()[2] for sentence in sentences] == failing
    for sentence in sentences:
        assert "more than the 0 allowed" in sentence
        assert ("rose" if " TER " in sentence else "fell") in sentence


def test_what_gets_better_never_fails_and_ter_gets_better_by_falling(base: Path) -> None:
    (base / "one.en").write_text((base / "ref.txt").read_text("utf-8"), "utf-8")
    found = data("one.en", *METRICS, "--baseline", "base.json", "--max-drop", "0")
    signs = {row["metric"]: row["difference"] > 0 for row in found["baseline"]["differences"]}
    assert signs == {"BLEU": True, "chrF2": True, "TER": False}
    assert all(one["passed"] for one in found["checks"])


def test_a_run_against_itself_passes_with_nothing_allowed(base: Path) -> None:
    assert run("one.en", "two.en", *METRICS, "--baseline", "base.json", "--max-drop", "0").exit_code == 0


def test_fallen_segments_are_counted_and_the_worst_named_by_line(base: Path) -> None:
    worse(base)
    result = run("one.en", "two.en", *METRICS, "--baseline", "base.json", "--max-drop", "chrf=1")
    assert "1 of 3 segments got worse and 0 better; the worst: line 3 (" in result.stderr
    assert "two chrF2: none of 3 segments got worse." in result.stdout
    found = data("one.en", "two.en", *METRICS, "--baseline", "base.json")
    [row] = [one for one in found["baseline"]["differences"] if (one["system"], one["metric"]) == ("one", "chrF2")]
    assert (row["segments"]["fell"], row["segments"]["worst"][0]["line"]) == (1, "3")


def test_without_segment_scores_in_the_baseline_only_systems_are_compared(base: Path) -> None:
    printed("one.en", *METRICS, "--format", "json", "--output", "plain.json")
    assert "segments" not in data("one.en", *METRICS, "--baseline", "plain.json")["baseline"]["differences"][0]


def test_the_only_system_of_each_run_is_compared_whatever_its_name(base: Path) -> None:
    printed("one.en", "-r", "ref.txt", "--format", "json", "--output", "only.json")
    found = data("one.en", "-r", "ref.txt", "--system", "tonight", "--baseline", "only.json")
    assert [row["difference"] for row in found["baseline"]["differences"]] == [0.0, 0.0]


def test_what_only_one_run_has_is_warned_of(base: Path) -> None:
    result = run("one.en", "ref.txt", "-r", "ref.txt", "-m", "bleu", "chrf++", "--baseline", "base.json")
    assert result.exit_code == 0
    assert "base.json has no chrF2++ of one: it is not compared." in result.stderr
    assert "base.json has no system ref: its scores are not compared." in result.stderr
    assert "base.json also has two, which this run does not score." in result.stderr
    assert "base.json also has chrF2, TER, which this run does not score." in result.stderr


def test_another_number_of_segments_is_warned_of_and_lines_are_not_compared(base: Path) -> None:
    for name in ("one.en", "ref.txt"):
        (base / name).write_text("".join((base / name).read_text("utf-8").splitlines(keepends=True)[:2]), "utf-8")
    result = run("one.en", *METRICS, "--baseline", "base.json", "--format", "json")
    assert "base.json is of 3 segments and this run of 2" in result.stderr
    assert "segments" not in json.loads(result.stdout)["baseline"]["differences"][0]


def test_scores_of_different_signatures_are_refused_with_both(base: Path) -> None:
    sentence = refused("one.en", *METRICS, "-lc", "--baseline", "base.json")
    assert "case:mixed" in sentence
    assert "case:lc" in sentence


def test_an_interval_does_not_make_a_score_another_one(base: Path) -> None:
    printed("one.en", "-r", "ref.txt", "-ci", "-cin", "10", "--format", "json", "--output", "ci.json")
    assert run("one.en", "-r", "ref.txt", "--baseline", "ci.json", "--max-drop", "0").exit_code == 0


def test_a_comparison_of_systems_can_be_checked_too(base: Path) -> None:
    args = ("one.en", "two.en", *METRICS, "--baseline", "base.json", "--paired-bs", "--trials", "10")
    assert "Against base.json" in printed(*args)
    assert {"comparison", "baseline"} <= set(data(*args))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "base.json, line 1: this is not JSON"),
        ('{"systems": [', "base.json, line 1: this is not JSON"),
        ("[1, 2]", "this is JSON, but no scores of systems"),
        ('{"systems": 3}', "this is JSON, but no scores of systems"),
        ('{"systems": []}', "there is no score in it"),
        ('{"systems": [{"name": "a", "metrics": {"BLEU": {"score": "x", "signature": ""}}}]}', "no scores of systems"),
        ('{"systems": [{"name": "a", "metrics": {"BLEU": {"score": NaN, "signature": ""}}}]}', "no scores of systems"),
        ('{"systems": [{"name": "a", "metrics": {"BLEU": {"score": 1e999, "signature": ""}}}]}', "no scores"),
        ('{"name": "BLEU", "score": 3.0}', "no scores of systems"),
        ("[" * 100_000, "not JSON that can be read"),
    ],
)
def test_a_baseline_that_is_none_is_refused_in_one_sentence(base: Path, content: str, sentence: str) -> None:
    (base / "base.json").write_text(content, "utf-8")
    said = refused("one.en", *METRICS, "--baseline", "base.json")
    assert sentence in said
    assert "review score wrote with --format json" in said


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("--baseline", "no.json"), "The baseline no.json cannot be read (No such file or directory)"),
        (("--baseline", "."), "The baseline . cannot be read (Is a directory)"),
        (("--max-drop", "1"), "--max-drop needs an earlier run"),
        (("--baseline", "base.json", "--max-drop", "much"), "'much' is not of the form 0.5 or bleu=0.5"),
        (("--baseline", "base.json", "--max-drop", "-1"), "give a number from 0 up"),
        (("--baseline", "base.json", "--max-drop", "nan"), "is not of the form"),
        (("--baseline", "base.json", "--max-drop", "meteor=1"), "There is no metric 'meteor'"),
        (("--baseline", "base.json", "--max-drop", "chrf++=1"), "The drop of chrF2++ cannot be checked"),
        (("--baseline", "base.json", "--max-drop", "bleu=1,BLEU=2"), "BLEU has two limits (1 and 2)"),
        (("--fail-under", "bleu=1", "--fail-under", "BLEU=2"), "BLEU has two limits"),
        (("--fail-under", "bleu=inf"), "not of the form bleu=30"),
        (("--baseline", "base.json", "--system", "other"), "base.json has no system and metric of this run"),
    ],
)
def test_wrong_use_is_one_sentence(base: Path, args: tuple[str, ...], sentence: str) -> None:
    assert sentence in refused("one.en", "-r", "ref.txt", *args)
