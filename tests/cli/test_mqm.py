"""The mqm command: tables, JSON and CSV by a file or a batch, checks that fail, a sentence for what goes wrong."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from review.cli import main
from review.settings import settings
from review.store import Store
from tests.steps.desk import Desk, mark

HEADER = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"
PUBLISHED = {
    "ref": "0.91", "Facebook-AI": "1.06", "Online-W": "1.12", "VolcTrans-AT": "1.24", "metricsystem3": "1.44",
    "VolcTrans-GLAT": "1.49", "HuaweiTSC": "1.50", "metricsystem1": "1.63", "metricsystem2": "1.69",
    "metricsystem5": "1.72", "UEdin": "1.77", "metricsystem4": "1.78", "eTranslation": "1.97", "Nemo": "2.14",
}  # fmt: skip
"""The scores of mqm-ted-en-de that its README gives, the best first."""


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["mqm", *map(str, arguments)], input=stdin)


def row(system: str, segment: int, severity: str, category: str = "Style/Awkward", rater: str = "r1") -> str:
    cells = (system, "port", segment, segment, rater, "港口很大。", "The <v>port</v> is big.", category, severity)
    return "\t".join(map(str, cells)) + "\n"


MARKS = HEADER + "".join(
    (
        row("B", 1, "Major"),
        row("B", 2, "no-error", "No-error"),
        row("A", 1, "Minor", "Fluency/Punctuation"),
        row("A", 1, "Minor", rater="r2"),
        row("A", 2, "no-error", "No-error"),
    )
)
"""A: segment 1 has (0.1 + 1) / 2, segment 2 none. B: 5 and none. Four words of the source each."""


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    path = tmp_path / "marks.tsv"
    path.write_text(MARKS, "utf-8")
    return path


@pytest.fixture
def desk(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A reviewer at the database that the command opens."""
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path / 'test.sqlite3'}")
    settings.cache_clear()
    yield Desk(store)
    settings.cache_clear()


def data(*arguments: str | Path) -> dict[str, Any]:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_table_has_the_best_first_with_counts_and_says_what_it_rests_on(marks: Path) -> None:
    result = run(marks)
    assert result.exit_code == 0, result.output
    header, _, first, second, *rest = result.stdout.splitlines()
    assert header.split()[:4] == ["system", "MQM", "segments", "ratings"]
    assert first.split() == ["A", "0.28", "2", "3", "2", "0.05", "to", "1.00", "2", "0", "2", "68.75"]
    assert second.split() == ["B", "2.50", "2", "2", "1", "2.50", "to", "2.50", "1", "1", "0", "625.00"]
    assert any(line.startswith("Weights: WMT, the first that fits: neutral 0,") for line in rest)
    assert any(line.startswith("Words: of the source; a Chinese or Japanese character is a word") for line in rest)
    assert "Segments have 1 to 2 raters" in result.stderr


def test_json_has_systems_with_name_and_mqm_and_the_basis_of_every_number(marks: Path) -> None:
    found = data(marks)
    assert [(system["name"], system["mqm"]) for system in found["systems"]] == [("A", 0.275), ("B", 2.5)]
    a, b = found["systems"]
    assert (a["segments"], a["ratings"], a["raters"], a["errors"], a["words"]) == (2, 3, 2, 2, 8)
    assert a["categories"]["Fluency/Punctuation"] == {"errors": 1, "penalty": 0.05, "share": 1 / 11}
    assert b["severities"] == {"major": {"errors": 1, "penalty": 5.0, "share": 1.0}}
    assert (a["per_words"], a["quality"]) == (68.75, 93.125)
    assert a["rater_spread"]["lowest"] == 0.05
    assert b["rater_spread"]["standard_deviation"] is None
    assert found["basis"] == {
        "input": str(marks), "segments": 2, "raters": 2, "words": "source", "per_words": 1000, "threshold": None,
    }  # fmt: skip
    assert found["weights"]["name"] == "WMT"
    assert found["weights"]["rules"][-1] == {"severity": ["minor"], "category": ["*"], "weight": 1.0}
    assert found["warnings"] == [
        "Segments have 1 to 2 raters; each segment counts the same.",
        "In 1 of 2 segments all systems have the same raters; elsewhere differences between systems are mixed with "
        "differences between raters.",
    ]


def test_levels_stand_inside_their_systems(marks: Path) -> None:
    def inside(level: str) -> list[list[tuple[str, float]]]:
        found = data(marks, "--level", level)["systems"]
        return [[(part["name"], part["mqm"]) for part in system[f"by_{level}"]] for system in found]

    assert inside("document") == [[("port", 0.275)], [("port", 2.5)]]
    assert inside("segment") == [[("1:1", 0.55), ("2:2", 0.0)], [("1:1", 5.0), ("2:2", 0.0)]]
    assert inside("rater") == [[("r1", 0.05), ("r2", 1.0)], [("r1", 2.5)]]
    assert inside("category") == [[("Style/Awkward", 0.25), ("Fluency/Punctuation", 0.025)], [("Style/Awkward", 2.5)]]
    overall = data(marks, "--level", "rater")["raters"]
    assert [(one["name"], one["segments"], one["mqm"]) for one in overall] == [("r1", 4, 1.275), ("r2", 1, 1.0)]


@pytest.mark.parametrize("level", ["document", "segment", "rater", "category"])
def test_each_level_has_its_table(marks: Path, level: str) -> None:
    result = run(marks, "--level", level, "--words", "target", "--per-words", 100)
    assert result.exit_code == 0, result.output
    assert level in result.stdout.splitlines()[0].split()
    assert "per 100 words" in result.stdout.splitlines()[0]
    assert "Words: of the target;" in result.stdout


def test_csv_has_every_level_asked_for_to_full_precision(marks: Path) -> None:
    result = run(marks, "--level", "category", "--format", "csv")
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert [(one["level"], one["system"], one["name"], one["mqm"]) for one in rows][:4] == [
        ("system", "A", "", "0.275"), ("system", "B", "", "2.5"),
        ("category", "A", "Style/Awkward", "0.25"), ("category", "A", "Fluency/Punctuation", "0.025"),
    ]  # fmt: skip
    assert (rows[2]["minor"], rows[2]["major"], rows[2]["weights"]) == ("1", "0", "WMT")
    assert rows[2]["share"].startswith("0.909")


def test_a_penalty_above_the_threshold_fails(marks: Path) -> None:
    result = run(marks, "--threshold", "68.75")
    assert result.exit_code == 1
    verdicts = {line.split()[0]: line.split()[-1] for line in result.stdout.splitlines()[2:4]}
    assert verdicts == {"A": "pass", "B": "fail"}
    assert "review: B: penalty 625.00 per 1,000 words of the source, above the threshold of 68.75." in result.stderr
    assert run(marks, "--threshold", "62.5", "--per-words", "100").exit_code == 0
    found = json.loads(run(marks, "--threshold", "60", "--format", "json").stdout)
    assert [system["verdict"] for system in found["systems"]] == ["fail", "fail"]


def test_three_tenths_in_three_hundred_words_are_just_one_in_a_thousand(tmp_path: Path) -> None:
    cells = ("A", "d", "1", "1", "r", "字" * 300, "<v>x</v>", "Fluency/Punctuation", "Minor")
    lines = ["\t".join((*cells[:6], f"{n} <v>x</v>", *cells[7:])) + "\n" for n in range(3)]
    path = tmp_path / "marks.tsv"
    path.write_text(HEADER + "".join(lines), "utf-8")
    assert run(path, "--threshold", "1").exit_code == 0
    assert run(path, "--threshold", "0.999").exit_code == 1


def test_weights_of_a_file_count_instead(marks: Path, tmp_path: Path) -> None:
    weights = tmp_path / "ours.json"
    rules = [{"severity": "major", "weight": 10}, {"category": "Style/*", "weight": 0.5}, {"weight": 0}]
    weights.write_text(json.dumps({"name": "Ours", "rules": rules}), "utf-8")
    found = data(marks, "--weights", weights)
    assert [(system["name"], system["mqm"]) for system in found["systems"]] == [("A", 0.125), ("B", 5.0)]
    assert found["weights"]["source"] == str(weights)


@pytest.mark.parametrize("test", ["bootstrap", "randomization"])
def test_pairs_of_systems_are_tested(marks: Path, test: str) -> None:
    found = data(marks, "--compare", test, "--trials", 50, "--seed", 3)
    comparison = found["comparison"]
    assert (comparison["test"], comparison["trials"], comparison["seed"]) == (test, 50, 3)
    (pair,) = comparison["pairs"]
    assert (pair["better"], pair["worse"], pair["segments"], pair["difference"]) == ("A", "B", 2, 2.225)
    assert ("interval" in pair) == (test == "bootstrap")
    assert found["systems"][0]["cluster"] == 1
    table = run(marks, "--compare", test, "--trials", 50).stdout
    assert f"p-values, paired {test}, 50 draws of segments, seed 12345" in table
    by_document = data(marks, "--compare", test, "--trials", 50, "--units", "document")["comparison"]
    assert (by_document["units"], by_document["pairs"][0]["units"]) == ("documents", 1)
    rows = list(csv.DictReader(run(marks, "--compare", test, "--format", "csv").stdout.splitlines()))
    assert [(one["better"], one["worse"], one["difference"]) for one in rows] == [("A", "B", "2.225")]


def test_segment_scores_are_printed_or_written_beside(marks: Path, tmp_path: Path) -> None:
    lines = "B\t-5.0\nB\t0.0\nA\t-0.55\nA\t0.0\n"
    assert run(marks, "--format", "seg-score").stdout == lines
    output = tmp_path / "mqm.seg.score"
    result = run(marks, "--scores-out", output)
    assert result.exit_code == 0
    assert output.read_text("utf-8") == lines
    assert "MQM" in result.stdout


def test_standard_input_and_an_output_file(tmp_path: Path) -> None:
    output = tmp_path / "scores.json"
    result = run("-", "--format", "json", "--output", output, stdin=gzip.compress(MARKS.encode()))
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(output.read_text("utf-8"))["basis"]["input"] == "standard input"


def test_marks_of_a_batch_have_the_same_output(desk: Desk) -> None:
    desk.do("mark", [desk.ids()[0]], mark())
    found = data("--batch", "batch")
    assert [(system["name"], system["mqm"]) for system in found["systems"]] == [("mt", 1.25)]
    assert any("rater of all its segments" in note for note in found["notes"])
    assert "Of 1 articles of the batch, 1 have a rater" in run("--batch", "batch").stdout


def refused(*arguments: str | Path) -> str:
    """What is said of wrong use: one line, with exit code 2 and no partial result."""
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("review: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_wrong_use_is_said(marks: Path, desk: Desk) -> None:
    assert "Name either an MQM file or a --batch" in refused()
    assert "Name either an MQM file or a --batch" in refused(marks, "--batch", "batch")
    assert "Nobody has marked or rated anything in batch" in refused("--batch", "batch")
    assert "There is no batch 'none'" in refused("--batch", "none")
    assert "--trials belongs to a test" in refused(marks, "--trials", 5)
    assert "--units belongs to a test" in refused(marks, "--units", "document")
    assert "--lines belongs to --documents" in refused(marks, "--lines", 5)
    assert "--documents belongs to segment scores" in refused(marks, "--documents", "d.tsv")
    assert "Segment scores hold no comparison" in refused(marks, "--format", "seg-score", "--compare", "bootstrap")
    assert "There are no weights 'ours'" in refused(marks, "--weights", "ours")
    assert "cannot be read" in refused("none.tsv")


@pytest.mark.parametrize("threshold", ["x", "-1", "nan", "inf", "1e99", "1e-99"])
def test_a_threshold_that_is_no_penalty_is_said(marks: Path, threshold: str) -> None:
    assert f"--threshold {threshold} is no penalty" in refused(marks, "--threshold", threshold)


def test_one_system_cannot_be_compared(tmp_path: Path) -> None:
    path = tmp_path / "one.tsv"
    path.write_text(HEADER + row("A", 1, "Major"), "utf-8")
    assert "A comparison needs two systems or more" in refused(path, "--compare", "bootstrap")


def test_a_threshold_needs_words(tmp_path: Path) -> None:
    path = tmp_path / "one.tsv"
    path.write_text((HEADER + row("A", 1, "Major")).replace("港口很大。", ""), "utf-8")
    assert "A has no words of the source; count those of --words target." in refused(path, "--threshold", 5)
    result = run(path)
    assert result.exit_code == 0
    assert "No segment has words of the source; there is no penalty per 1,000 words." in result.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x\ty\n", "line 1: the header does not name the column system"),
        (MARKS + "A\tport\n", "line 7: the row has 2 cells under 9 columns"),
        (MARKS.replace("Major", "Awful"), "line 2: WMT weights have no rule for severity 'awful'"),
        ("", "line 1: the header does not name the column system"),
    ],
)
def test_a_broken_file_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "broken.tsv"
    path.write_text(text, "utf-8")
    assert f"{path}, {said}" in refused(path)


def test_a_place_that_cannot_be_written_is_said_before_anything_is(marks: Path, tmp_path: Path) -> None:
    scores = tmp_path / "mqm.seg.score"
    assert "cannot be written" in refused(marks, "--output", tmp_path, "--scores-out", scores)
    assert not scores.exists()
    assert "cannot be written" in refused(marks, "--scores-out", tmp_path / "none" / "x.seg.score")


@pytest.mark.real_data
def test_the_published_scores_are_reproduced_to_their_printed_digits(shared_data: Path) -> None:
    result = run(shared_data / "mqm-ted-en-de.tsv.gz", "--format", "json")
    assert result.exit_code == 0
    assert "segments all systems have the same raters; elsewhere" in result.stderr
    found = json.loads(result.stdout)["systems"]
    assert {system["name"]: f"{system['mqm']:.2f}" for system in found} == PUBLISHED
    assert [system["name"] for system in found] == list(PUBLISHED)
    assert {system["segments"] for system in found} == {529}


@pytest.mark.real_data
def test_news_of_three_raters_has_its_systems_apart_and_says_what_is_odd(shared_data: Path) -> None:
    path = shared_data / "mqm-wmt23-zh-en-dev.tsv.gz"
    result = run(path, "--compare", "randomization", "--trials", 1000, "--format", "json")
    found = json.loads(result.stdout)
    systems = found["systems"]
    assert [system["name"] for system in systems[:2]] == ["GPT4-5shot", "Lan-BridgeMT"]
    assert {(system["segments"], system["ratings"], system["raters"]) for system in systems} == {(189, 567, 8)}
    assert [system["cluster"] for system in systems[:3]] == [1, 1, 2]
    assert systems[-1]["name"] == "NLLB_MBR_BLEU"
    assert "1 row repeats an earlier one" in result.stderr
    table = shared_data / "wmt23-zh-en" / "documents.tsv"
    lines = run(path, "--format", "seg-score", "--documents", table, "--lines", 1976).stdout.splitlines()
    assert len(lines) == 10 * 1976
    assert sum(line.endswith("None") for line in lines) == 10 * (1976 - 189)


def test_the_report_and_the_segment_scores_need_two_places(marks: Path, tmp_path: Path) -> None:
    place = tmp_path / "both"
    assert "named for two outputs" in refused(marks, "--output", place, "--scores-out", place)
    assert not place.exists()


def test_a_test_with_too_few_trials_for_its_pairs_says_so(tmp_path: Path) -> None:
    path = tmp_path / "marks.tsv"
    path.write_text(HEADER + "".join(row(f"S{at}", 1, "Minor") for at in range(8)), "utf-8")
    few = run(path, "--compare", "bootstrap", "--trials", "559")
    assert "28 pairs are tested" in few.stderr
    assert "ask for 560 --trials or more" in few.stderr
    assert "(json and csv adjust by Holm)" in run(path, "--compare", "bootstrap", "--trials", "560").stderr


def test_the_file_of_marks_is_not_written_over(marks: Path) -> None:
    assert "would be written over" in refused(marks, "--output", marks)
    assert "would be written over" in refused(marks, "--scores-out", marks)
    assert marks.read_text("utf-8") == MARKS
