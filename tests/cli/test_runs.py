"""``score --keep`` keeps scores under a name, and ``runs`` lists them over time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from review.cli import main
from review.settings import settings
from tests.cli.test_score import files, printed, refused
from tests.cli.test_score import run as score

__all__ = ["files"]


@pytest.fixture(autouse=True)
def database(tmp_path: Path, empty_store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    place = tmp_path / "db"
    place.mkdir()
    (place / "test.sqlite3").write_bytes(empty_store.read_bytes())
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{place / 'test.sqlite3'}")
    settings.cache_clear()
    yield
    settings.cache_clear()


def runs(*args: str) -> Result:
    return CliRunner().invoke(main, ["runs", *args])


def listed(*args: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(runs(*args, "--format", "json").stdout)["runs"]
    return found


def keep(*args: str) -> None:
    printed("-r", "ref.txt", "-m", "bleu", "chrf", *args)


def test_runs_are_listed_with_the_change_since_the_run_before(files: Path) -> None:
    keep("one.en", "--keep", "nightly", "--label", "abc123")
    keep("two.en", "--system", "one", "--keep", "nightly")
    first, second = listed("nightly")
    assert (first["label"], first["name"], first["by"], first["segments"]) == ("abc123", "nightly", "Local user", 3)
    [old, _], [new, _] = first["scores"], second["scores"]  # type: ignore[misc]
    assert (old["change"], new["change"]) == (None, new["score"] - old["score"])
    table = runs("nightly").stdout
    assert "abc123" in table
    assert f"{new['score']:.2f} ({new['change']:+.2f})" in table


def test_csv_has_one_score_a_row(files: Path) -> None:
    keep("one.en", "two.en", "--keep", "nightly")
    rows = list(csv.DictReader(io.StringIO(runs("nightly", "--format", "csv").stdout)))
    assert [(row["name"], row["system"], row["metric"]) for row in rows] == [
        ("nightly", system, metric) for system in ("one", "two") for metric in ("BLEU", "chrF2")
    ]
    [kept, *_] = listed("nightly")[0]["scores"]  # type: ignore[misc]
    assert (float(rows[0]["score"]), rows[0]["signature"]) == (kept["score"], kept["signature"])


def test_scores_of_another_signature_are_marked_and_named(files: Path) -> None:
    keep("one.en", "--keep", "nightly")
    keep("one.en", "-lc", "--keep", "nightly")
    lines = runs("nightly").stdout.splitlines()
    assert "(!)" in lines[3]
    assert "run 2, one BLEU: other signature (nrefs:1|case:lc" in lines[-1]
    broken = [one["broken"] for one in listed("nightly")[1]["scores"]]  # type: ignore[union-attr]
    assert broken == ["other signature", ""]


def test_the_newest_runs_alone_keep_their_change(files: Path) -> None:
    for _ in range(3):
        keep("one.en", "--keep", "nightly")
    [only] = listed("nightly", "--last", "1")
    assert (only["run"], [one["change"] for one in only["scores"]]) == (3, [0.0, 0.0])  # type: ignore[union-attr]


def test_without_a_name_all_runs_are_listed(files: Path) -> None:
    assert runs().stdout == "No scores are kept; score --keep NAME keeps them.\n"
    assert (listed(), runs("--format", "csv").stdout.count("\n")) == ([], 1)
    keep("one.en", "--keep", "a")
    keep("one.en", "--keep", "b")
    assert [one["name"] for one in listed()] == ["a", "b"]


def test_a_name_that_nothing_was_kept_under_is_refused_with_those_there_are(files: Path) -> None:
    keep("one.en", "--keep", "a")
    result = runs("b")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no run under 'b'; there are: a;" in result.stderr


def test_a_batch_is_kept_before_and_after_review(files: Path) -> None:
    record = {"article": "x", "segment": "1", "system": "mt", "hypothesis": "A port.", "references": ["The port."]}
    (files / "a.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    assert CliRunner().invoke(main, ["import", "a.jsonl", "--batch", "port"]).exit_code == 0
    printed("--batch", "port", "--keep", "port", "-m", "chrf")
    [found] = listed("port")
    assert [(one["text"], one["metric"]) for one in found["scores"]] == [  # type: ignore[union-attr]
        ("machine output", "chrF2"), ("after review", "chrF2"), ("machine output", "HTER"),
    ]  # fmt: skip
    assert found["batch"] == 1


def test_a_batch_is_checked_against_an_earlier_run_of_it(files: Path) -> None:
    record = {"article": "x", "segment": "1", "system": "mt", "hypothesis": "A port.", "references": ["The port."]}
    (files / "a.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    CliRunner().invoke(main, ["import", "a.jsonl", "--batch", "port"])
    printed("--batch", "port", "--format", "json", "--level", "segment", "--output", "base.json")
    text = printed("--batch", "port", "--baseline", "base.json", "--max-drop", "0")
    assert "mt BLEU: none of 1 segments got worse." in text
    data = json.loads((files / "base.json").read_text("utf-8"))
    data["systems"][0]["metrics"]["chrF2"]["score"] += 5
    data["systems"][0]["segment_scores"][0]["before"]["chrF2"] += 5
    (files / "base.json").write_text(json.dumps(data), "utf-8")
    result = score("--batch", "port", "--baseline", "base.json", "--max-drop", "1")
    assert result.exit_code == 1
    assert "chrF2 fell by 5.00" in result.stderr
    assert "the worst: segment x:1 (" in result.stderr


def test_a_run_that_fails_a_check_is_kept_and_one_that_cannot_be_scored_is_not(files: Path) -> None:
    assert score("one.en", "-r", "ref.txt", "--fail-under", "bleu=99", "--keep", "a").exit_code == 1
    refused("one.en", "-r", "ref.txt", "-m", "bleu", "--fail-under", "ter=1", "--keep", "a")
    assert len(listed("a")) == 1


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("--keep", ""), "A run is kept under a name"),
        (("--keep", "a\nb"), "The name of a run is one line"),
        (("--label", "x"), "--label belongs to a run that is kept"),
    ],
)
def test_wrong_use_is_one_sentence(files: Path, args: tuple[str, ...], sentence: str) -> None:
    assert sentence in refused("one.en", "-r", "ref.txt", *args)


def test_a_store_that_cannot_be_used_is_told_before_anything_is_scored(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (files / "file").touch()
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{files / 'file' / 'x.sqlite3'}")
    settings.cache_clear()
    monkeypatch.setattr("review.steps.scoring.measure", lambda *_, **__: pytest.fail("it was scored"))
    result = score("one.en", "-r", "ref.txt", "--keep", "a", "--output", "out.txt")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert not (files / "out.txt").exists()
