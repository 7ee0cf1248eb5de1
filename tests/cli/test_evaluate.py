"""The evaluate command: a table or JSON by a file or a batch, and one sentence for what goes wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from review.cli import main
from review.settings import settings
from review.steps.evaluating import reports
from review.store import Store
from tests.steps.desk import Desk, mark
from tests.steps.evaluating.made import MQM

FIGURE = {"value", "low", "high"}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    """Three documents of one segment, "The the" marked by two raters in each."""
    path = tmp_path / "marks.tsv"
    path.write_text(MQM, "utf-8")
    return path


@pytest.fixture
def desk(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A reviewer at the database that the command opens."""
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path / 'test.sqlite3'}")
    settings.cache_clear()
    yield Desk(store)
    settings.cache_clear()


def parallel(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def test_the_table_has_every_group_and_a_line_a_detector(marks: Path) -> None:
    result = run(marks, "--trials", 5, "--detector", "doubled")
    assert result.exit_code == 0, result.output
    for part in (reports.FLAGS, reports.SURELY, reports.SEGMENTS, reports.OMISSIONS, reports.CEILING):
        assert f"{part}\n" in result.stdout
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("doubled ")]
    assert line.split()[1:5] == ["1.00", "(1.00–1.00)", "1.00", "(1.00–1.00)"]


def test_json_has_figures_in_groups(marks: Path, tmp_path: Path) -> None:
    output = tmp_path / "evaluation.json"
    result = run(marks, "--trials", 5, "--detector", "doubled", "--format", "json", "--output", output)
    assert (result.exit_code, result.stdout) == (0, "")
    found = json.loads(output.read_text("utf-8"))
    named = {reports.BY_DETECTOR, reports.BY_CATEGORY}
    assert set(found) == {reports.FLAGS, reports.SURELY, reports.SEGMENTS, reports.OMISSIONS, reports.CEILING} | named
    for group, part in found.items():
        for figures in part.values() if group in named else [part]:
            assert all(set(figure) == FIGURE for figure in figures.values())
    assert found[reports.BY_DETECTOR]["doubled"]["recall of major spans"]["value"] == 1.0
    assert found[reports.SEGMENTS]["bad segments, share"]["value"] == 1.0
    assert found[reports.SEGMENTS]["AUC of risk"]["value"] is None  # all segments are bad


def test_references_and_outputs_may_stand_beside(marks: Path, tmp_path: Path) -> None:
    reference = parallel(tmp_path, "ref.en", *["The port opened."] * 3)
    other = parallel(tmp_path, "B.en", *["The port has opened."] * 3)
    result = run(marks, "--reference", reference, "--alternative", other, "--trials", 2, "--detector", "doubled")
    assert result.exit_code == 0, result.output


def test_marks_of_a_batch_do_as_well_as_a_file(desk: Desk) -> None:
    desk.do("mark", [desk.ids()[0]], mark())
    result = run("--batch", "batch", "--trials", 2, "--format", "json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found[reports.SEGMENTS]["bad segments, share"]["value"] == 1 / 4
    assert found[reports.BY_DETECTOR]["terminology"]["recall of major spans"]["value"] == 1.0
    assert reports.CEILING not in found


def test_warnings_go_to_standard_error(marks: Path) -> None:
    other = "A\td0\t1\t0\tr3\t港口。\tThe <v>harbour</v> opened.\tAccuracy/Mistranslation\tMajor\n"
    marks.write_text(MQM + other, "utf-8")
    result = run(marks, "--trials", 2, "--detector", "doubled", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)
    assert "warning: " in result.stderr
    assert "1 marks stand on another text" in result.stderr


def refused(*arguments: str | Path) -> str:
    """What is said of wrong use: one line, with exit code 2."""
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("review: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_a_file_and_a_batch_exclude_each_other(marks: Path) -> None:
    assert "Name either an MQM file or a --batch" in refused()
    assert "Name either an MQM file or a --batch" in refused(marks, "--batch", "port")


@pytest.mark.parametrize("option", ["--reference", "--alternative", "--documents"])
def test_a_batch_has_its_own_evidence(option: str, marks: Path) -> None:
    assert f"leave out {option}." in refused("--batch", "port", option, marks)


def test_a_batch_that_is_not_there_or_has_no_marks_is_said(desk: Desk) -> None:
    assert "There is no batch 'none'" in refused("--batch", "none")
    assert "Nobody has marked an error in batch" in refused("--batch", "batch")


def test_files_that_are_not_parallel_are_refused(marks: Path, tmp_path: Path) -> None:
    one, two = parallel(tmp_path, "a.en", "x", "y", "z"), parallel(tmp_path, "b.en", "x")
    assert "b.en has 1 lines and" in refused(marks, "--reference", one, "--alternative", two)
    assert "has 1 lines and the MQM file 3 segments" in refused(marks, "--reference", two)


def test_a_segment_that_the_table_of_documents_lacks_is_named(marks: Path, tmp_path: Path) -> None:
    one = parallel(tmp_path, "a.en", "x", "y")
    table = parallel(tmp_path, "table.tsv", "line\tdoc\tsegment", "1\td0\t0", "2\td1\t1")
    assert "does not list segment 1:2 of d2" in refused(marks, "--reference", one, "--documents", table)


@pytest.mark.parametrize(("output", "why"), [("", "it is a folder"), ("none/there.json", "its folder is not there")])
def test_an_output_that_cannot_be_is_said_before_the_work(output: str, why: str, tmp_path: Path) -> None:
    assert why in refused(tmp_path / "no-such-file.tsv", "--output", tmp_path / output)


def test_a_file_that_is_no_mqm_file_is_said(tmp_path: Path) -> None:
    assert "line 1: the header does not name the column system" in refused(parallel(tmp_path, "a.tsv", "x\ty"))
    assert "cannot be read" in refused(tmp_path / "none.tsv")


def test_an_unknown_detector_is_said(marks: Path) -> None:
    assert "There is no detector 'nobody'" in refused(marks, "--detector", "nobody")


def test_leaving_out_needs_documents_and_every_detector(marks: Path) -> None:
    first = MQM.splitlines(keepends=True)[:3]
    marks.write_text("".join(first), "utf-8")
    assert "at least 3 documents, and the file has 1 document." in refused(marks, "--leave-out")
    assert "leave out --detector" in refused(marks, "--leave-out", "--detector", "doubled")


@pytest.mark.real_data
def test_the_published_file_is_evaluated_without_a_warning_but_of_learning(shared_data: Path) -> None:
    result = run(shared_data / "mqm-wmt23-zh-en-dev.tsv.gz", "--trials", 1, "--detector", "doubled", "--format", "json")
    assert result.exit_code == 0
    assert all("learned from" in line for line in result.stderr.splitlines())
    assert json.loads(result.stdout)[reports.BY_DETECTOR]["doubled"]["lift"]["value"] > 1
