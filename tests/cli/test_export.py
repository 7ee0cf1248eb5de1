"""``review export`` and ``review formats``: bytes to a file, a folder or a pipe."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from review.cli import main
from review.settings import settings

NEWS = "A Headline\r\n\r\nOne thing. Another.".encode("utf-16")

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command on a database of its own, in a folder of its own, with an article in it."""
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path / 'cli.sqlite3'}")
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()
    (tmp_path / "news.txt").write_bytes(NEWS)

    def command(*given: object) -> Result:
        return CliRunner().invoke(main, [str(item) for item in given])

    assert command("import", "news.txt").exit_code == 0
    yield command
    settings.cache_clear()


def test_an_export_is_the_file_as_it_came(run: Run, tmp_path: Path) -> None:
    assert run("export", "--batch", "1").stdout_bytes == NEWS
    assert run("export", "--batch", "news", "--output", "out.txt").stdout == ""
    assert (tmp_path / "out.txt").read_bytes() == NEWS


def test_an_export_into_a_folder_is_named_by_the_program(run: Run, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    assert run("export", "--batch", "1", "--format", "html", "--output", "made").exit_code == 0
    assert "<td" in (tmp_path / "made" / "news side by side.html").read_text()


def test_several_files_need_a_folder_or_an_archive(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.en").write_text("x\n")
    (tmp_path / "b.en").write_text("y\n")
    assert run("import", "a.en", "b.en", "--format", "lines", "--batch", "two").exit_code == 0
    done = run("export", "--batch", "two")
    assert done.exit_code == 2
    assert "came in 2 files; give --output a folder or a name ending in .zip" in done.stderr
    assert run("export", "--batch", "two", "--output", "two.zip").exit_code == 0
    assert sorted(zipfile.ZipFile(tmp_path / "two.zip").namelist()) == ["a.en", "b.en"]
    (tmp_path / "made").mkdir()
    assert run("export", "--batch", "two", "--output", "made").exit_code == 0
    assert (tmp_path / "made" / "b.en").read_text() == "y\n"
    assert run("export", "--batch", "two", "--system", "b").stdout == "y\n"
    assert run("export", "--batch", "two", "--article", "two", "--system", "a", "--format", "text").stdout == "x\n"
    assert "in several systems" in run("export", "--batch", "two", "--article", "two").stderr


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("--batch", "none"), "There is no batch 'none'"),
        (("--batch", "1", "--format", "none"), "There is no format 'none'"),
        (("--batch", "1", "--article", "none"), "There is no article 'none'"),
        (("--batch", "1", "--output", "no/where/x"), "cannot be written: No such file"),
    ],
)
def test_what_cannot_be_exported_is_one_sentence_and_exit_2(run: Run, given: tuple[str, ...], sentence: str) -> None:
    done = run("export", *given)
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_formats_are_listed_with_what_can_be_done(run: Run) -> None:
    listed = [line.split(maxsplit=2) for line in run("formats").stdout.splitlines()]
    assert ["article", "ro-", "Article, plain text (.txt, .text)"] in listed
    assert [can for name, can, _ in listed if name == "report"] == ["--w"]


def test_what_a_format_cannot_tell_is_said_and_strict_refuses(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("mt,ref\none,uno\ntwo,dos\n")
    assert run("import", "t.csv").exit_code == 0
    done = run("export", "--batch", "t", "--format", "text")
    assert (done.exit_code, done.stdout) == (0, "one\n\ntwo\n")
    assert done.stderr == "review: Clean article cannot hold the references of 2 segments.\n"
    done = run("export", "--batch", "t", "--format", "text", "--output", "out.txt", "--strict")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.splitlines()[1] == "review: Nothing was written; leave out --strict, or choose another format."
    assert not (tmp_path / "out.txt").exists()
    done = run("export", "--batch", "t", "--format", "csv", "--output", "out.csv", "--strict")
    assert (done.exit_code, done.stderr) == (0, "")
    assert (tmp_path / "out.csv").exists()


def test_the_formats_are_listed_as_json_too(run: Run) -> None:
    found = {item["name"]: item for item in json.loads(run("formats", "--format", "json").stdout)}
    assert (found["article"]["read"], found["article"]["write"], found["article"]["over"]) == (True, False, ["article"])
    assert (found["docx"]["read"], found["docx"]["write"]) == (False, True)
    assert "comments" in found["docx"]["holds"]
    assert found["csv"]["suffixes"] == [".csv"]


def test_a_pipe_is_written_to_and_stays_a_pipe(run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        assert run("export", "--batch", "1", "--output", "pipe").exit_code == 0
        assert os.read(reader, 1000) == NEWS
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_link_stays_a_link_and_its_file_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert run("export", "--batch", "1", "--output", "link.txt").exit_code == 0
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == NEWS


def test_an_export_that_fails_leaves_nothing_behind(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "out.txt").write_text("old")
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr("review.cli.export.os.replace", full)
    done = run("export", "--batch", "1", "--output", "out.txt")
    assert done.exit_code == 2
    assert "out.txt cannot be written: No space left on device" in done.stderr
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "out.txt").read_text() == "old"
