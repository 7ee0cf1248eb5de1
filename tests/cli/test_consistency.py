"""``review consistency``: uneven terms and one term's renderings, as a table and as JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from review.cli import main
from review.settings import settings

PLACES = ("harbour", "market", "school", "museum", "theatre")


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A database with batch "names", in which 卡尔扎伊 is Karzai three times and Kalzay twice."""
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path / 'cli.sqlite3'}")
    settings.cache_clear()
    rows = [
        {"source": f"第{n}处站着卡尔扎伊。", "hypothesis": f"At the {PLACES[n]} number {n} stood {name}."}
        for n, name in enumerate(("Karzai", "Karzai", "Karzai", "Kalzay", "Kalzay"))
    ]
    rows += [{"source": f"没有人{n}。", "hypothesis": f"Nobody stood at the {PLACES[n % 5]} {n}."} for n in range(20)]
    file = tmp_path / "names.jsonl"
    languages = {"article": "names", "source_language": "zh", "target_language": "en"}
    file.write_text("".join(json.dumps({**languages, **row}) + "\n" for row in rows), "utf-8")
    runner = CliRunner()
    made = runner.invoke(main, ["import", str(file), "--batch", "names"])
    assert made.exit_code == 0, made.output
    return runner


def test_uneven_terms_are_listed_with_what_was_looked_at(runner: CliRunner) -> None:
    done = runner.invoke(main, ["consistency", "--batch", "names"])
    assert done.exit_code == 0, done.output
    first, *_, last = done.output.splitlines()
    assert first.split() == ["2", "of", "5", "otherwise", "卡尔扎伊", "(name):", "Karzai", "3,", "Kalzay", "2"]
    assert last == "1 terms rendered in several ways, in 25 of 25 segments."
    row = json.loads(runner.invoke(main, ["consistency", "--batch", "names", "--format", "jsonl"]).output)
    assert row["renderings"] == {"Karzai": 3, "Kalzay": 2}
    assert (row["term"], row["kind"], row["segments"], row["otherwise"]) == ("卡尔扎伊", "name", 5, 2)


def test_one_terms_renderings_are_listed_with_their_counts(runner: CliRunner) -> None:
    done = runner.invoke(main, ["consistency", "--batch", "names", "卡尔扎伊"])
    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [
        "     3  Karzai: 0 confirmed",
        "     2  Kalzay: 0 confirmed",
        "卡尔扎伊 stands in 5 segments; 5 were looked at.",
    ]
    lines = runner.invoke(
        main, ["consistency", "--batch", "names", "卡尔扎伊", "--format", "jsonl"]
    ).output.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [(row["rendering"], row["segments"], len(row["in"])) for row in rows] == [("Karzai", 3, 3), ("Kalzay", 2, 2)]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--batch", "none"], "no batch"),
        (["--batch", "names", " "], "Write the words of the source"),
        (["--batch", "names", "--output", "/nowhere/out"], "/nowhere/out"),
    ],
)
def test_bad_input_gets_a_sentence(runner: CliRunner, arguments: list[str], sentence: str) -> None:
    done = runner.invoke(main, ["consistency", *arguments])
    assert done.exit_code == 2
    assert sentence in done.output
