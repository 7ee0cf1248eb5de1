"""``score`` refuses what cannot be scored in one sentence, before it writes anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_score import files, printed, refused, run

__all__ = ["files"]


def write(folder: Path, name: str, *lines: str) -> None:
    (folder / name).write_text("".join(f"{line}\n" for line in lines), "utf-8")


def test_a_segment_without_reference_is_named_by_line(files: Path) -> None:
    write(files, "hole.txt", "One.", "", "Three.")
    assert "hole.txt, line 2: there is no reference for this segment" in refused("one.en", "-r", "hole.txt")


def test_one_reference_of_several_is_enough(files: Path) -> None:
    write(files, "hole.txt", "One.", "", "Three.")
    printed("one.en", "-r", "hole.txt", "-r", "ref.txt")
    write(files, "hole2.txt", "One.", "", "Three.")
    assert "hole.txt, line 2" in refused("one.en", "-r", "hole.txt", "-r", "hole2.txt")


def test_a_line_that_is_empty_in_all_files_is_scored(files: Path) -> None:
    write(files, "a.txt", "One.", "", "Three.")
    printed("a.txt", "-r", "a.txt")


def test_a_second_reference_that_lacks_lines_is_refused_by_line(files: Path) -> None:
    write(files, "short.txt", "One.", "Two.")
    said = refused("one.en", "-r", "ref.txt", "-r", "short.txt")
    assert "short.txt has 2 lines and ref.txt has 3: from line 3 on" in said


def test_an_empty_second_reference_is_refused(files: Path) -> None:
    (files / "empty.txt").touch()
    assert "empty.txt is empty" in refused("one.en", "-r", "ref.txt", "-r", "empty.txt")


@pytest.mark.parametrize("args", [("-m", "meteor"), ("--tokenize", "moses"), ("-r", "short.txt"), ("-r", "none.txt")])
def test_a_file_that_was_there_stays_as_it_was(files: Path, args: tuple[str, ...]) -> None:
    write(files, "short.txt", "One.")
    write(files, "out.json", "earlier")
    before = sorted(path.name for path in files.iterdir())
    refused("one.en", "-r", "ref.txt", *args, "--format", "json", "--output", "out.json")
    assert (files / "out.json").read_text("utf-8") == "earlier\n"
    assert sorted(path.name for path in files.iterdir()) == before


@pytest.mark.parametrize("output", ["no/where.txt", "ref.txt/x", "."])
def test_an_output_that_cannot_be_written_is_told_before_anything_is_scored(
    files: Path, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scored(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("review.steps.scoring.measure", scored)
    assert "cannot be written" in refused("one.en", "-r", "ref.txt", "--output", output)
    assert sorted(path.name for path in files.iterdir()) == ["one.en", "ref.txt", "two.en"]


def test_a_failing_check_still_writes_the_whole_output(files: Path) -> None:
    result = run("one.en", "-r", "ref.txt", "--fail-under", "bleu=99", "--output", "out.txt")
    assert result.exit_code == 1
    assert (files / "out.txt").read_text("utf-8") == printed("one.en", "-r", "ref.txt")


@pytest.mark.parametrize(("language", "package"), [("ja", "sacrebleu[ja]"), ("ko", "sacrebleu[ko]")])
def test_a_missing_tokenizer_package_is_named_before_any_file_is_read(
    files: Path, language: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    said = refused("one.en", "-r", "ref.txt", "-l", f"en-{language}")
    assert f"pip install '{package}'" in said
    assert "pip install 'sentencepiece'" in refused("one.en", "-r", "ref.txt", "--tokenize", "flores200")
