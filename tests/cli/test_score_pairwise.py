"""``score --compare TEST --pairwise`` tests every system against every other, and ranks them."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from tests.cli.test_score import printed, run
from tests.metrics.rows import spoilt, texts

PAIRWISE = (
    "one.en",
    "two.en",
    "three.en",
    "-r",
    "ref.txt",
    "-m",
    "chrf",
    "ter",
    "--compare",
    "bootstrap",
    "--pairwise",
)


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two systems that are much alike, and one that says little."""
    monkeypatch.chdir(tmp_path)
    reference = texts(1, 60)
    systems = {"one": spoilt(reference, 2, 0.1), "two": spoilt(reference, 3, 0.1), "three": spoilt(reference, 4, 0.7)}
    for name, lines in (("ref.txt", reference), *((f"{key}.en", lines) for key, lines in systems.items())):
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return tmp_path


def test_every_pair_of_systems_is_tested_and_ranked(three: Path) -> None:
    data = json.loads(printed(*PAIRWISE, "--trials", "200", "--format", "json"))
    assert "comparison" not in data
    assert [one["metric"] for one in data["pairwise"]] == ["chrF2", "TER"]
    for found in data["pairwise"]:
        first = found["systems"][0]["name"]
        others = [one["name"] for one in found["systems"][1:]]
        asked = (f"{first}.en", *(f"{name}.en" for name in others), "-r", "ref.txt", "-m", found["metric"])
        alone = json.loads(printed(*asked, "--compare", "bootstrap", "--trials", "200", "--format", "json"))
        results = alone["comparison"]["results"]
        assert found["p_values"][0] == [one["p_value"] for one in results]
        assert [one["mean"] for one in found["systems"]] == [one["mean"] for one in results]
        assert found["signature"] == results[0]["signature"]
        assert found["adjusted"][0][0] is None
        assert found["adjusted"][0][1] >= found["p_values"][0][1]


def test_pairs_are_printed_with_lines_between_clusters(three: Path) -> None:
    lines = printed(*PAIRWISE).splitlines()
    assert lines[0] == "chrF2: paired bootstrap of every pair, 1000 trials"
    board = lines[2 : lines.index("")]
    assert board[0].split() == ["system", "ranks", "chrF2", "95%", "interval"]
    assert board[-1].startswith("three")
    assert set(board[-2]) == {"="}
    assert lines[-1].startswith("TER: nrefs:1|bs:1000|seed:12345")


def test_pairs_as_csv_have_a_row_for_each_system_and_other(three: Path) -> None:
    rows = list(csv.DictReader(printed(*PAIRWISE, "--format", "csv").splitlines()))
    assert len(rows) == 2 * 3 * 2
    assert {(row["system"], row["other"]) for row in rows if row["metric"] == "TER"} == {
        (one, other) for one in ("one", "two", "three") for other in ("one", "two", "three") if one != other
    }
    assert rows[-1]["system"] == "three"
    assert (rows[-1]["rank_low"], rows[-1]["rank_high"], rows[-1]["cluster"]) == ("3", "3", "2")


def test_many_pairs_come_with_a_warning(three: Path) -> None:
    (three / "four.en").write_text((three / "ref.txt").read_text("utf-8"), "utf-8")
    result = run("four.en", *PAIRWISE)
    assert "6 pairs of systems are compared by each metric" in result.stderr
    assert "pairs of systems" not in run(*PAIRWISE).stderr


def test_pairs_are_followed_by_the_baseline_that_was_asked_for(three: Path) -> None:
    printed("one.en", "two.en", "-r", "ref.txt", "-m", "chrf", "--format", "json", "--output", "run.json")
    text = printed("one.en", "two.en", "-r", "ref.txt", "-m", "chrf", *PAIRWISE[-3:], "--baseline", "run.json")
    assert text.startswith("chrF2: paired bootstrap of every pair")
    assert "\nAgainst run.json\n" in text
    assert text.count("+0.00") == 2


def test_sacrebleus_number_of_trials_counts_for_pairs_too(three: Path) -> None:
    text = printed(*PAIRWISE[:-3], "-pbs", "-pbsn", "77", "--pairwise")
    assert text.startswith("chrF2: paired bootstrap of every pair, 77 trials")
    result = run(*PAIRWISE[:-3], "-pbs", "-pbsn", "2000000", "--pairwise")
    assert result.exit_code == 2
    assert "2000000 trials are more than" in result.output


def test_too_few_trials_for_so_many_pairs_are_told_with_what_to_ask_for(three: Path) -> None:
    (three / "four.en").write_text((three / "ref.txt").read_text("utf-8"), "utf-8")
    few = run("four.en", *PAIRWISE, "--trials", "119").stderr
    assert "119 trials are too few" in few
    assert "ask for 120 --trials or more" in few
    enough = run("four.en", *PAIRWISE, "--trials", "120")
    assert "Read the adjusted p-values (Holm)" in enough.stderr
    assert "too few" not in enough.stderr


def test_scores_from_elsewhere_on_a_scale_of_one_have_four_decimals(three: Path) -> None:
    for name, step in (("one", 3), ("two", 5), ("three", 7)):
        numbers = (f"0.{number * step % 97:02d}\n" for number in range(60))
        (three / f"{name}.score").write_text("".join(numbers), "utf-8")
    given = ("--scores", "COMET=one.score,two.score,three.score", "--trials", "20", "-m", "chrf")
    text = printed("one.en", "two.en", "three.en", "-r", "ref.txt", "--compare", "bootstrap", "--pairwise", *given)
    boards = [part for part in text.split("\n\n") if "95% interval" in part]
    assert len(boards) == 2
    assert re.search(r"  \d\d\.\d\d  ", boards[0])
    assert re.search(r"  0\.\d{4}  0\.\d{4} to 0\.\d{4}", boards[1])
