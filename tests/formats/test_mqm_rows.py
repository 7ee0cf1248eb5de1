"""Rows of MQM files, one at a time."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from review import formats
from review.errors import FormatError, InputError
from review.formats import Source
from review.formats.mqm_rows import Row, rows, without_marks
from review.settings import settings

HEADER = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\tcomment\n"


def read(text: str) -> list[Row]:
    return list(rows(Source("marks.tsv", data=text.encode())))


def test_a_row_has_its_line_and_its_marks() -> None:
    (row,) = read(f"{HEADER}\nA\td\t1\t7\tr\t港<v>口</v>\t<v>port\u2028</v>\tStyle/Awkward\tMajor\ttoo weak\n")
    assert row == Row(3, "A", "d", "1:7", "r", "港<v>口</v>", "<v>port\u2028</v>", "Style/Awkward", "major", "too weak")
    assert (without_marks(row.source), without_marks(row.target)) == ("港口", "port\u2028")


def test_columns_stand_in_any_order_and_line_ends_may_be_windows() -> None:
    text = "\ufeffSeverity\tcategory\ttarget\tsource\trater\tseg_id\tdoc\tsystem\r\nminor\tx\tb\ta\tr\t7\td\tA\r\n"
    assert read(text) == [Row(2, "A", "d", ":7", "r", "a", "b", "x", "minor", "")]


@pytest.mark.parametrize(
    ("category", "severity"), [("No-error", "no_error"), ("No-error", "No-error"), ("No-error", ""), ("x", "no-error")]
)
def test_no_error_is_written_in_several_ways(category: str, severity: str) -> None:
    (row,) = read(f"{HEADER}A\td\t1\t7\tr\ta\tb\t{category}\t{severity}\t\n")
    assert row.severity == "no-error"


def test_rows_come_before_the_rest_is_read() -> None:
    reading = rows(Source("marks.tsv", data=f"{HEADER}A\td\t1\t7\tr\ta\tb\tx\tminor\t\nbroken\n".encode()))
    assert next(reading).line == 2
    with pytest.raises(FormatError, match="line 3: the row has 1 cells under 10 columns"):
        next(reading)


@pytest.fixture
def one_megabyte(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The largest file taken has a megabyte."""
    monkeypatch.setenv("REVIEW_UPLOAD_MEGABYTES", "1")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.usefixtures("one_megabyte")
def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    row = "A\td\t1\t7\tr\ta\tb\tx\tminor\t\n"
    path = tmp_path / "marks.tsv.gz"
    for body in (row * 100_000, "A" * 3_000_000):
        path.write_bytes(gzip.compress((HEADER + body).encode()))
        with pytest.raises(InputError, match="unpacks to more than 1 MB"):
            list(rows(path))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_table_in_utf_16_is_known_and_refused_rather_than_read_as_any_table(encoding: str) -> None:
    source = Source("marks.tsv", data=f"{HEADER}A\td\t1\t7\tr\ta\tb\tx\tminor\t\n".encode(encoding))
    assert formats.recognise(source, formats.Options(encoding=encoding)).name == "mqm"
    with pytest.raises(FormatError, match=r"line 1: this is not UTF-8 text\. Save the file as UTF-8"):
        list(rows(source))
