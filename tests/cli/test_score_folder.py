"""``score FOLDER``: a test set of mt-metrics-eval is scored as if its files had been named one by one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from review.cli import main
from tests.formats.evalset import OUTPUTS, REFERENCES, evalset, write


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return evalset(tmp_path / "wmt99")


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["score", *args])


def data(*args: str) -> dict[str, Any]:
    result = run("wmt99", *args, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def labels(found: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(label for one in found["systems"] for label in one["metrics"]))


def refused(*args: str) -> str:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_all_systems_are_scored_against_the_first_reference_beside_all_scores_that_fit() -> None:
    found = data()
    assert [one["name"] for one in found["systems"]] == ["Alpha", "Beta-2.0", "Gamma"]
    assert labels(found) == ["BLEU", "chrF2", "COMET-22-refA", "MetricX-23-QE-src", "mqm", "wmt-z"]
    assert found["systems"][2]["metrics"]["mqm"]["score"] == pytest.approx(-2.7)
    assert "wmt-z" not in found["systems"][2]["metrics"]
    assert {one["human"] for one in found["agreement"]} == {"mqm", "wmt-z"}
    by_comet = [one for one in found["agreement"] if (one["metric"], one["human"]) == ("COMET-22-refA", "mqm")]
    assert [(one["level"], one["accuracy"]) for one in by_comet] == [
        ("system", 1.0),
        ("segment", pytest.approx(5 / 7)),
    ]


def test_it_is_what_naming_the_files_gives(tmp_path: Path) -> None:
    for name in ("Alpha", "Gamma"):
        (tmp_path / f"{name}.txt").write_text("\n".join(OUTPUTS[name]) + "\n")
    (tmp_path / "ref.txt").write_text("\n".join(REFERENCES["refB"]) + "\n")
    one = data("--system", "Alpha", "--system", "Gamma", "--reference-name", "refB", "-m", "bleu", "ter")
    result = run("Alpha.txt", "Gamma.txt", "-r", "ref.txt", "-m", "bleu", "ter", "--format", "json")
    other = json.loads(result.stdout)
    for mine, its in zip(one["systems"], other["systems"], strict=True):
        assert {label: mine["metrics"][label] for label in ("BLEU", "TER")} == its["metrics"]


def test_references_are_chosen_by_name_and_decide_which_metrics_fit() -> None:
    both = data("--reference-name", "refA", "--reference-name", "refB")
    assert labels(both)[2:] == ["COMET-22-refA", "COMET-22-refA.refB", "MetricX-23-QE-src", "mqm", "BLEU-all", "wmt-z"]
    assert both["systems"][0]["metrics"]["BLEU"]["signature"].startswith("nrefs:2|")
    other = run("wmt99", "--reference-name", "refB")
    assert "COMET" not in other.stdout
    assert "Scores made with another reference are left out (3)" in other.stderr


def test_scores_and_systems_are_chosen_by_name() -> None:
    found = data("--scores", "COMET-22-refA.refB", "--scores", "mqm", "--system", "refB", "--system", "Alpha")
    assert [one["name"] for one in found["systems"]] == ["refB", "Alpha"]
    assert labels(found)[2:] == ["COMET-22-refA.refB", "mqm"]
    Path("mine.txt").write_text("1\n2\n3\n")
    found = data("--scores", "mine=mine.txt", "--scores", "COMET-22-refA", "--human", "mine", "--system", "Alpha")
    assert labels(found)[2:] == ["COMET-22-refA", "mine"]
    assert "agreement" not in found


def test_documents_are_those_of_the_folder() -> None:
    first = data("--level", "document")["systems"][0]
    assert [(one["name"], one["metrics"]["mqm"]["score"]) for one in first["documents"]] == [
        ("port.1", -1.0),
        ("post.2", 0.0),
    ]
    segments = data("--level", "segment")["systems"][0]["segments"]
    assert [(one["document"], one["source"]) for one in segments][2] == ("post.2", "还有一行。")


def test_other_formats_print_the_scores_without_agreement() -> None:
    result = run("wmt99", "--format", "csv")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 18)
    assert "COMET-22-refA" in run("wmt99", "--format", "latex").stdout


def test_systems_own_scores_that_are_no_means_are_told(folder: Path) -> None:
    write(folder, "human-scores/zh-en.mqm.sys.score", "Alpha -0.5\nBeta-2.0 -7\n")
    assert "mqm: what is shown are means over segments" in run("wmt99").stderr
    assert "COMET-22-refA: what" not in run("wmt99").stderr


def test_what_is_missing_or_unknown_is_said_in_one_sentence(folder: Path) -> None:
    assert "(no system-outputs in it); name one of its test sets: wmt99" in refused(".")
    assert "is a folder; score it alone" in refused("wmt99", "wmt99/sources/zh-en.txt")
    assert "has no outputs for de-en; it has zh-en" in refused("wmt99", "-l", "de-en")
    assert "There is no reference 'refC' for zh-en; there are refA, refB" in refused(
        "wmt99", "--reference-name", "refC"
    )
    assert "There is no system 'Delta'" in refused("wmt99", "--system", "Delta")
    assert "The folder has no scores called 'x'; there are: mqm, wmt-z, COMET" in refused("wmt99", "--scores", "x")
    assert "The folder has no scores called 'x'" in refused("wmt99", "--human", "x")
    assert "leave one of them out" in refused("wmt99", "-r", "wmt99/sources/zh-en.txt", "--reference-name", "refA")
    write(folder, "human-scores/zh-en.da.seg.score", "Delta\t1\nDelta\t1\nDelta\t1\n")
    assert "zh-en.da.seg.score, line 1: there are scores of 'Delta'" in refused("wmt99")
    write(folder, "human-scores/zh-en.da.seg.score", "Alpha\t1\nAlpha\t1\n")
    assert "there are 2 scores of Alpha, and the text has 3 segments" in refused("wmt99")
    write(folder, "human-scores/zh-en.da.seg.score", "Alpha\t1\nAlpha\tnone\nAlpha\t0\n")
    write(folder, "documents/zh-en.docs", "news\tport\n")
    assert "it names the documents of 1 lines, and there are 3" in refused("wmt99")
    shutil.rmtree(folder / "references")
    assert "wmt99 has no reference for zh-en; name one with -r" in refused("wmt99")


@pytest.mark.parametrize("form", [("-b",), ("-f", "text"), ("--format", "sacrebleu-json")])
def test_sacrebleus_own_output_is_of_a_folder_too_without_the_scores_beside(form: tuple[str, ...]) -> None:
    result = run("wmt99", *form)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "mqm" not in result.stdout
    assert "Scores from elsewhere are printed as" in refused("wmt99", "--scores", "mqm", *form)
