"""A project's termbases on the command line: listed, brought in, taken out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from review.cli import main
from review.settings import settings

CSV = "id,source,preferred,deprecated\na,港口,harbour,harbor\nb,码头,wharf,quay\n"


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path / 'r.sqlite3'}")
    settings.cache_clear()
    yield
    settings.cache_clear()


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["terms", *words])


@pytest.fixture
def client(tmp_path: Path) -> Path:
    path = tmp_path / "client.csv"
    path.write_text(CSV, "utf-8")
    return path


def test_a_termbase_comes_in_is_listed_and_goes_out(client: Path, tmp_path: Path) -> None:
    assert run("import", str(client)).output == "client: 2 concepts brought in.\n"
    assert run("list", "--bases").output.splitlines()[0] == "client\t2 concepts\ton\town"
    assert run("list", "--termbase", "client", "--search", "码头").output == "client\tb\t码头\twharf\tquay\n"
    [line] = run("list", "--termbase", "client", "--search", "harbor", "--format", "jsonl").output.splitlines()
    assert (json.loads(line)["id"], json.loads(line)["version"]) == ("a", 1)
    out = tmp_path / "out.tbx"
    assert run("export", "client", "--format", "tbx-v3", "--output", str(out)).exit_code == 0
    assert run("import", str(out), "--name", "again").output == "again: 2 concepts brought in.\n"


def test_bringing_in_again_says_what_changes_and_a_dry_run_changes_nothing(client: Path) -> None:
    run("import", str(client))
    client.write_text(CSV.replace("quay", "dock").replace("\na,", "\nc,"), "utf-8")
    said = "(1 new, 1 changed, 1 gone, 0 as before)."
    assert run("import", str(client), "--dry-run").output == f"client: 2 concepts would be brought in {said}\n"
    assert "quay" in run("list", "--termbase", "client").output
    assert run("import", str(client)).output == f"client: 2 concepts brought in {said}\n"
    assert "dock" in run("list", "--termbase", "client").output


def test_what_cannot_be_read_is_one_sentence_with_its_line_and_nothing_comes_in(client: Path) -> None:
    client.write_text("preferred,matching\nx,loose\ny,odd\n", "utf-8")
    result = run("import", str(client))
    assert result.exit_code == 2
    assert result.stderr.startswith("review: client.csv, line 2: The matching is 'loose'")
    assert "1 more entries" in result.stderr
    assert "client" not in run("list", "--bases").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export", "nothing"), "There is no termbase 'nothing'; there are zh-en-news"),
        (("list", "--termbase", "nothing"), "There is no termbase 'nothing'"),
        (("import", "/no/such/file.csv"), "/no/such/file.csv cannot be read"),
        (("list", "--project", "nowhere"), "There is no project 'nowhere'"),
    ],
)
def test_what_is_not_there_is_said(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
