"""``score`` takes JSON Lines and Parquet whose columns hold everything, and prints what it prints for lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from review.cli import main

TEXTS = {
    "A": ["the cat sat on the mat", "a dog ran far away today"],
    "B": ["cats sit on mats now", "the dog ran away today"],
}
REFERENCE = ["the cat sat on the mat", "the dog ran far away today"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.jsonl"
    rows = [
        {"article": f"n{number}", "segment": 1, "system": system, "hypothesis": text, "references": [REFERENCE[number]]}
        for system, texts in TEXTS.items()
        for number, text in enumerate(texts)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def score(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["score", *map(str, arguments)])


def test_it_prints_what_lines_print(data: Path) -> None:
    for name, texts in {**TEXTS, "reference": REFERENCE}.items():
        (data.parent / f"{name}.txt").write_text("\n".join(texts) + "\n")
    by_lines = [data.parent / "A.txt", data.parent / "B.txt", "-r", data.parent / "reference.txt"]
    for options in (
        ["--format", "json", "-m", "bleu", "chrf", "chrf++", "ter"],
        ["--level", "segment"],
        ["--compare", "bootstrap", "--trials", "10"],
        ["--format", "csv"],
    ):
        expected = score(*by_lines, *options)
        found = score(data, *options)
        assert expected.exit_code == 0
        assert (found.exit_code, found.output) == (0, expected.output)


def test_documents_are_the_articles(data: Path) -> None:
    found = score(data, "--level", "document", "--format", "csv", "--system", "A")
    assert found.exit_code == 0
    assert "A,document,n0,BLEU," in found.output
    assert "A,document,n1,BLEU," in found.output
    assert "\nB," not in found.output


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["-r", "reference.txt"], "has references as a column; leave out -r"),
        (["--source", "source.txt"], "has source as a column; leave out --source"),
        (["--documents", "d.tsv"], "has documents as a column; leave out --documents"),
        (["other.txt"], "other.txt is not; score them apart"),
        (["--by", "length"], "scored by system, document and segment; leave out --by"),
        (["--scores", "COMET=x.json"], "leave out --scores"),
        (["--system", "C"], "There is no system 'C'; there are: A, B"),
        (["--system", "A", "--compare", "bootstrap"], "A comparison needs two systems or more"),
        (["--scheduler", "localhost:8786"], "write it as tcp://host:port"),
    ],
)
def test_what_does_not_go_together_is_one_sentence(data: Path, arguments: list[str], what: str) -> None:
    found = score(data, *arguments)
    assert found.exit_code == 2
    assert what in found.output
    assert found.output.count("\n") == 1


def test_a_bad_line_ends_it_without_a_score(data: Path) -> None:
    data.write_text(data.read_text() + '{"hypothesis": "x"}\n')
    found = score(data)
    assert (found.exit_code, found.output.count("\n")) == (2, 1)
    assert f"{data}, line 5: the line has no reference." in found.output


def test_a_packed_file_of_columns_is_not_taken_for_lines(data: Path) -> None:
    result = CliRunner().invoke(main, ["score", str(data / "systems.jsonl.gz"), "-r", str(data / "ref.txt")])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "systems.jsonl.gz is packed; unpack it first" in result.stderr
