"""The columns of an original file, by place: what the store does not keep is read where it stands."""

from __future__ import annotations

import codecs
import json

import pytest

from review.formats import Source, bundle, labels, read
from review.model import Article, Reading, Segment

TABLE = 'domain,mt\nnews,"One,\ntwo."\n\n"a ""b""",Three.\n ,Four.\n'


def opened(content: bytes, name: str) -> tuple[Reading, list[Article]]:
    reading = read(Source(name, data=content))
    return reading, list(reading.articles)


def by_segment(reading: Reading, found: list[Article], content: bytes, column: str) -> list[str | None]:
    values = labels.values(reading.header, content, column)
    return [values.get(labels.place(segment)) for article in found for segment in article.segments]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_cells_of_a_table_go_with_its_rows_in_any_encoding(encoding: str) -> None:
    content = TABLE.encode(encoding)
    reading, found = opened(content, "table.csv")
    assert labels.names(reading.header, content) == ["domain", "mt"]
    assert by_segment(reading, found, content, "domain") == ["news", 'a "b"', ""]


def test_windows_line_ends_and_tabs_are_read_alike() -> None:
    content = b"hypothesis\tgenre\r\nOne.\tx\r\nTwo.\t\r\n"
    reading, found = opened(content, "table.tsv")
    assert by_segment(reading, found, content, "genre") == ["x", ""]


def test_keys_of_json_lines_are_columns_where_their_values_are_plain() -> None:
    rows = [
        {"hypothesis": "One.", "year": 2024, "tags": ["a"], "meta": {"x": 1}, "done": True},
        {"hypothesis": "Two.", "year": None, "late": "yes"},
    ]
    content = codecs.BOM_UTF8 + "\n\n".join(json.dumps(row) for row in rows).encode()
    reading, found = opened(content, "batch.jsonl")
    assert labels.names(reading.header, content) == ["hypothesis", "year", "done", "late"]
    assert by_segment(reading, found, content, "year") == ["2024", ""]
    assert by_segment(reading, found, content, "done") == ["true", None]
    assert by_segment(reading, found, content, "late") == [None, "yes"]


def test_files_of_a_bundle_have_their_columns_together() -> None:
    contents = {"a.csv": b"mt,domain\nOne.,news\n", "b.jsonl": b'{"hypothesis": "Two.", "genre": "talk"}\n'}
    readings = [opened(content, name) for name, content in contents.items()]
    header = bundle.header([reading.header for reading, _ in readings])
    packed = bundle.pack([Source(name, data=content) for name, content in contents.items()]).read()
    assert labels.names(header, packed) == ["mt", "domain", "hypothesis", "genre"]
    marked = [
        segment
        for number, (_, found) in enumerate(readings, 1)
        for article in bundle.marked(found, number)
        for segment in article.segments
    ]
    assert [labels.values(header, packed, "genre").get(labels.place(segment)) for segment in marked] == [None, "talk"]


def test_other_formats_and_lost_originals_have_no_columns() -> None:
    reading, _ = opened(b"One.\n", "plain.txt")
    assert labels.names(reading.header, b"One.\n") == []
    table, _ = opened(b"mt,domain\nOne.,news\n", "a.csv")
    assert labels.names(table.header, b"") == []


def test_a_merged_segment_is_where_its_first_row_is_and_an_inserted_one_nowhere() -> None:
    assert labels.place(Segment("x", locators=("row:3:2", "row:4:2"))) == "row:3"
    assert labels.place(Segment("x", locators=("2/line:7",))) == "2/line:7"
    assert labels.place(Segment("x")) == ""
