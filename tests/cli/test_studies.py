"""A study from the command line: in, counted, proved, and out again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from review.cli import main
from review.settings import settings
from tests.steps.test_judgements import TABLE

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command on a database of its own; it must succeed."""
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path / 'cli.sqlite3'}")
    settings.cache_clear()

    def command(*given: object) -> Result:
        done = CliRunner().invoke(main, [str(item) for item in given])
        assert done.exit_code == 0, done.stderr
        return done

    yield command
    settings.cache_clear()


def test_a_study_is_imported_counted_proved_and_exported_again(run: Run, tmp_path: Path) -> None:
    (tmp_path / "marks.tsv").write_bytes(TABLE)
    done = run("import", str(tmp_path / "marks.tsv"), "--batch", "study")
    assert "study, 2 articles, 3 segments" in done.stdout
    assert "“Other” (1)" in done.stderr
    own = json.loads(run("mqm", "--batch", "study", "--format", "json").stdout)["systems"]
    file = json.loads(run("mqm", str(tmp_path / "marks.tsv"), "--format", "json").stdout)["systems"]
    assert [(one["name"], one["mqm"]) for one in own] == [(one["name"], one["mqm"]) for one in file]
    run("replay")
    run("export", "--batch", "study", "--output", str(tmp_path / "again.tsv"))
    assert (tmp_path / "again.tsv").read_bytes() == TABLE


def test_a_study_goes_from_one_tool_to_the_other_and_back(run: Run, tmp_path: Path) -> None:
    (tmp_path / "marks.tsv").write_bytes(TABLE)
    run("import", str(tmp_path / "marks.tsv"), "--batch", "mqm")
    for batch, format, name in (
        ("mqm", "pearmut", "a.jsonl"),
        ("pearmut", "appraise-csv", "b.csv"),
        ("appraise-csv", "mqm", "c.tsv"),
    ):
        assert run("export", "--batch", batch, "--format", format, "--output", str(tmp_path / name)).stderr == ""
        run("import", str(tmp_path / name), "--batch", format, "--from", "zh", "--to", "en")
    assert sorted((tmp_path / "c.tsv").read_bytes().splitlines()) == sorted(TABLE.splitlines())


def test_a_batch_without_judgements_is_a_campaign(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("The port is big. It grew.\n", "utf-8")
    run("import", str(tmp_path / "one.txt"), "--batch", "one")
    run("export", "--batch", "one", "--format", "pearmut-campaign", "--output", str(tmp_path / "campaign.json"))
    campaign = json.loads((tmp_path / "campaign.json").read_text("utf-8"))
    assert [item["tgt"] for item in campaign["data"][0]] == [{"": "The port is big."}, {"": "It grew."}]
