"""Partitions of a file hold all its rows, each once and in order, however it is cut."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from review.errors import FormatError, InputError, MissingError
from review.formats import partitions

ROWS: list[dict[str, Any]] = [
    {
        "article": f"a{number // 10}",
        "segment": str(number),
        "system": "ABC"[number % 3],
        "hypothesis": f"Translation {number}: 双循环 {'long ' * (number % 17)}",
        "references": [f"Reference {number}"] + ([f"Another {number}"] if number % 4 == 0 else []),
    }
    for number in range(100)
]


def lines(folder: Path, rows: list[dict[str, Any]] = ROWS) -> str:
    path = folder / "data.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return str(path)


def parquet(folder: Path, rows: list[dict[str, Any]] = ROWS, groups: int = 7) -> str:
    path = str(folder / "data.parquet")
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=groups)
    return path


def rows(path: str, size: int, batch: int = 2000) -> list[dict[str, Any]]:
    found = []
    for partition in partitions.cut(partitions.look(path), size):
        for columns in partitions.read(partition, batch):
            assert len(columns) <= batch
            for article, segment, system, hypothesis, references in zip(
                columns.articles, columns.segments, columns.systems, columns.hypotheses, columns.references, strict=True
            ):
                found.append(
                    {
                        "article": article,
                        "segment": segment,
                        "system": system,
                        "hypothesis": hypothesis,
                        "references": list(references),
                    }
                )
    return found


@pytest.mark.parametrize("write", [lines, parquet])
@pytest.mark.parametrize("size", [1, 2, 3, 10, 33, 1000])
@pytest.mark.parametrize("batch", [4, 2000])
def test_all_rows_are_there_in_order(tmp_path: Path, write: Callable[[Path], str], size: int, batch: int) -> None:
    assert rows(write(tmp_path), size, batch) == ROWS


@pytest.mark.parametrize("groups", [1, 25, 40, 100])
def test_row_groups_are_joined_or_cut(tmp_path: Path, groups: int) -> None:
    path = parquet(tmp_path, groups=groups)
    assert rows(path, 10) == ROWS
    cut = partitions.cut(partitions.look(path), 10)
    assert 8 <= len(cut) <= 12
    assert sum(partition.rows for partition in cut) == 100


def test_a_partition_is_about_as_large_as_asked(tmp_path: Path) -> None:
    cut = partitions.cut(partitions.look(lines(tmp_path)), 10)
    assert 8 <= len(cut) <= 12
    assert cut[0].start == 0
    assert cut[-1].stop == (tmp_path / "data.jsonl").stat().st_size
    assert all(one.stop == other.start for one, other in pairwise(cut))


def test_blank_lines_a_mark_and_a_missing_last_line_end_are_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    text = "\ufeff" + "\r\n\n".join(json.dumps(row) for row in ROWS)
    path.write_bytes(text.encode("utf-8"))
    assert rows(str(path), 10) == ROWS


def test_what_looks_like_a_line_end_stays_inside_a_text(tmp_path: Path) -> None:
    row = {**ROWS[0], "hypothesis": "one\u2028two\u0085three"}
    assert rows(lines(tmp_path, [row]), 10)[0]["hypothesis"] == "one\u2028two\u0085three"


@pytest.mark.parametrize("write", [lines, parquet])
def test_names_may_be_missing_or_numbers_and_reference_may_be_one_text(
    tmp_path: Path, write: Callable[[Path, list[dict[str, Any]]], str]
) -> None:
    path = write(tmp_path, [{"hypothesis": "a", "reference": "b", "segment": 7}])
    assert rows(path, 10) == [
        {"article": "", "segment": "7", "system": "", "hypothesis": "a", "references": ["b"]},
    ]


@pytest.mark.parametrize("write", [lines, parquet])
def test_blank_references_are_none(tmp_path: Path, write: Callable[[Path, list[dict[str, Any]]], str]) -> None:
    path = write(tmp_path, [{"hypothesis": "a", "references": ["", "b", " "]}])
    assert rows(path, 10)[0]["references"] == ["b"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"hypothesis": "a"}', "the line has no reference"),
        ('{"hypothesis": "a", "references": []}', "the line has no reference"),
        ('{"hypothesis": "a", "references": ["  "]}', "the line has no reference"),
        ('{"references": ["a"]}', "the line has no hypothesis"),
        ('{"hypothesis": 1, "references": ["a"]}', "hypothesis is no text"),
        ('{"hypothesis": "a", "references": [1]}', "references is no list of texts"),
        ('{"hypothesis": "a", "references": ["a"], "system": []}', "system is no name or number"),
        ("[]", "the line is no JSON object"),
        ("{", "this is not JSON"),
    ],
)
def test_a_bad_line_is_named_by_its_number_in_the_file(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "data.jsonl"
    good = json.dumps(ROWS[0])
    path.write_text("\n".join([good] * 49 + [text] + [good] * 50), "utf-8")
    with pytest.raises(FormatError, match=what) as caught:
        rows(str(path), 10)
    assert caught.value.line == 50


def test_other_encodings_are_told_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    good = json.dumps(ROWS[0]).encode()
    path.write_bytes(b"\n".join([good] * 30 + ['{"hypothesis": "naïve", "references": ["a"]}'.encode("latin-1")]))
    with pytest.raises(FormatError, match="line 31: this is not UTF-8 text"):
        rows(str(path), 10)


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data.jsonl"
    path.write_text('{"hypothesis": "' + "a" * 1_100_000 + '", "references": ["a"]}', "utf-8")
    with pytest.raises(FormatError, match="a line is longer than 1048576 bytes"):
        rows(str(path), 10)


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ({"hypothesis": ["a", "b"]}, "there is no column 'references'"),
        ({"text": ["a"], "references": ["b"]}, "there is no column 'hypothesis'"),
        ({"hypothesis": [1], "references": ["b"]}, "the column 'hypothesis' is of type int64"),
        ({"hypothesis": ["a"], "references": [[1]]}, "the column 'references' is of type list<"),
        ({"hypothesis": ["a"], "references": ["b"], "segment": [1.5]}, "the column 'segment' is of type double"),
        ({"hypothesis": ["a"] * 3, "references": [["b"], ["b"], []]}, "row 3 has no reference"),
        ({"hypothesis": ["a"] * 3, "references": [["b"], None, ["b"]]}, "row 2 has no reference"),
        ({"hypothesis": ["a", None], "references": ["b", "b"]}, "row 2 has no hypothesis"),
        ({"hypothesis": pa.array([], pa.string()), "references": pa.array([], pa.string())}, "holds no segments"),
    ],
)
def test_a_bad_table_is_told(tmp_path: Path, table: dict[str, Any], what: str) -> None:
    path = str(tmp_path / "data.parquet")
    pq.write_table(pa.table(table), path, row_group_size=1)
    with pytest.raises(FormatError, match=what):
        rows(path, 1)


def test_coded_and_large_texts_are_texts(tmp_path: Path) -> None:
    path = str(tmp_path / "data.parquet")
    pq.write_table(
        pa.table(
            {
                "hypothesis": pa.array(["a", "b"], pa.large_string()),
                "references": pa.array([["c"], ["d"]], pa.large_list(pa.large_string())),
                "system": pa.array(["x", "x"]).dictionary_encode(),
                "article": pa.nulls(2),
            }
        ),
        path,
    )
    found = rows(path, 10)
    assert [(row["system"], row["article"], row["hypothesis"], row["references"]) for row in found] == [
        ("x", "", "a", ["c"]),
        ("x", "", "b", ["d"]),
    ]


def test_a_file_that_is_no_parquet_is_told(tmp_path: Path) -> None:
    path = tmp_path / "data.parquet"
    path.write_bytes(b"PAR1 and then nothing of the kind")
    with pytest.raises(FormatError, match="this is no whole Parquet file"):
        partitions.look(str(path))


def test_a_parquet_file_that_is_damaged_inside_is_told(tmp_path: Path) -> None:
    path = Path(parquet(tmp_path))
    data = bytearray(path.read_bytes())
    data[4:400] = b"\xff" * 396
    path.write_bytes(data)
    with pytest.raises(FormatError, match="this is no whole Parquet file"):
        rows(str(path), 10)


def test_without_pyarrow_parquet_says_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = parquet(tmp_path)
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    with pytest.raises(MissingError, match="needs the package pyarrow; pip install pyarrow"):
        partitions.look(path)


def test_a_missing_file_a_folder_and_an_empty_one_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        partitions.look(str(tmp_path / "no.jsonl"))
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(InputError, match="is a folder"):
        partitions.look(str(tmp_path / "folder.jsonl"))
    (tmp_path / "empty.jsonl").write_text(" \n")
    with pytest.raises(FormatError, match="the file holds no segments"):
        partitions.look(str(tmp_path / "empty.jsonl"))


def test_who_reads_another_file_than_was_cut_is_told(tmp_path: Path) -> None:
    path = Path(lines(tmp_path))
    partition = partitions.cut(partitions.look(str(path)), 10)[0]
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    with pytest.raises(InputError, match="is not the file that was asked about"):
        list(partitions.read(partition))
    path.unlink()
    with pytest.raises(InputError, match="put it where every worker reads it under the same path"):
        list(partitions.read(partition))
