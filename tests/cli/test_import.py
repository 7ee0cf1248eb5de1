"""``review import``: one line that says what came in, one sentence that says why nothing did."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from review.cli import main
from review.cli.import_ import columns_of
from review.errors import InputError
from review.settings import settings
from review.store import Store, articles, batches, people

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run the command on a database of its own, in a folder of its own."""
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path / 'cli.sqlite3'}")
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()
    yield lambda *given, stdin=None: CliRunner().invoke(main, [str(item) for item in given], input=stdin)
    settings.cache_clear()


def stored() -> list[tuple[str, str, int]]:
    with Store.open() as store:
        project, _ = store.write(people.ensure_local)
        with store.read() as connection:
            return [(row.name, row.system, row.segments) for row in articles.rows(connection, project)]


def test_an_article_is_imported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text("Headline\n\nOne thing. Another.\n")
    done = run("import", "news.txt")
    assert (done.exit_code, done.stdout) == (0, "Batch 1: news, 1 article, 3 segments.\n")
    assert stored() == [("news", "", 3)]


def test_systems_source_and_references_are_read_side_by_side(run: Run, tmp_path: Path) -> None:
    for name, text in (("a.en", "x\ny\n"), ("b.en", "p\nq\n"), ("s.zh", "甲\n乙\n"), ("r.en", "r\ns\n")):
        (tmp_path / name).write_text(text)
    done = run(
        "import", "a.en", "b.en", "--source", "s.zh", "--reference", "r.en", "--format", "lines", "--batch", "two",
        "--system", "Alpha", "--system", "Beta", "--from", "zh", "--to", "en",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert stored() == [("two", "Alpha", 2), ("two", "Beta", 2)]


def test_standard_input_and_columns(run: Run) -> None:
    done = run("import", "-", "--columns", "hypothesis=b,source=a", "--format", "csv", stdin="a,b\n甲,one\n")
    assert done.exit_code == 0, done.output
    with Store.open() as store:
        project, _ = store.write(people.ensure_local)
        with store.read() as connection:
            row = batches.rows(connection, project)[0]
            article = articles.load(connection, articles.ids(connection, row.id)[0])
    assert (row.name, article.segments[0].source) == ("standard input", "甲")


@pytest.mark.parametrize(
    ("data", "options", "sentence"),
    [
        (b"", (), "f.txt: the file is empty."),
        ("文本".encode("gb18030"), (), "Set the encoding to gb18030 (--encoding gb18030)."),
        (b"a\n", ("--encoding", "nope"), "No encoding is called 'nope'"),
        (b"a\n", ("--format", "nope"), "There is no format 'nope'"),
        (b"a\n", ("--system", "a", "--system", "b"), "There are 1 files and 2 systems"),
        (b"a\n", ("--columns", "x"), "--columns has 'x'; write ROLE=COLUMN"),
        (b"a\n", ("--source", "-", "--reference", "-"), "Standard input can be read once only"),
        (b"a\n", ("--source", "gone.txt"), "gone.txt cannot be read: No such file"),
    ],
    ids=["empty", "encoding", "unknown encoding", "format", "systems", "columns", "two stdin", "no source"],
)
def test_what_cannot_be_imported_is_one_sentence_and_exit_2(
    run: Run, tmp_path: Path, data: bytes, options: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "f.txt").write_bytes(data)
    done = run("import", "f.txt", *options)
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert done.stderr.startswith("review: ")
    assert done.stderr.count("\n") == 1
    assert stored() == []


def test_columns_are_read_from_one_option_or_several() -> None:
    assert columns_of(("a=b,c=d", "e=f")) == {"a": "b", "c": "d", "e": "f"}
    with pytest.raises(InputError):
        columns_of(("a=",))


def test_it_works_as_a_program_with_what_was_left_out_on_standard_error(tmp_path: Path) -> None:
    (tmp_path / "a.en").write_text("x\ny\n")
    (tmp_path / "docs.tsv").write_text("line\tdoc\n1\tA\n")
    done = subprocess.run(
        [sys.executable, "-m", "review", "import", "a.en", "--format", "lines", "--documents", "docs.tsv"],
        cwd=tmp_path,
        env={
            **os.environ,
            "REVIEW_DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "Batch 1: a, 1 article, 1 segment.\n"
    assert done.stderr == "review: 1 of 2 lines are in no document of docs.tsv and were left out.\n"
