"""Parallel lines: split on line feeds alone, counted, and rewritten line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError
from review.model import Segment
from tests.formats.helpers import HOSTILE, again, at, corrected, deleted, edit, inserted, read, write

TEXT = st.text(st.sampled_from("ab é。\r\n\n\u2028\u0085中👍\t"), min_size=1, max_size=60)


def test_lines_are_split_on_line_feeds_alone() -> None:
    _, (article,) = read("one\u2028still one\u0085still\r\ntwo\rstill two\n\nfour".encode(), "lines")
    assert [segment.hypothesis for segment in article.segments] == [
        "one\u2028still one\u0085still",
        "two\rstill two",
        "",
        "four",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32-le", "gb18030", "cp932"])
def test_untouched_lines_come_back_byte_for_byte(encoding: str) -> None:
    data = "一\r\n二\n\n三".encode(encoding)
    marked = encoding in ("utf-8", "utf-8-sig", "utf-16")
    assert again(data, "lines", encoding="" if marked else encoding) == data


@given(TEXT)
def test_any_lines_come_back_byte_for_byte(text: str) -> None:
    data = f"{text}\nx".encode()
    assert again(data, "lines") == data


@given(TEXT, st.integers(0, 30))
def test_one_changed_line_changes_that_line_only(text: str, place: int) -> None:
    data = f"{text}\nx".encode()
    lines = data.split(b"\n")
    place %= len(lines) - (lines[-1] == b"")
    out, _ = edit(data, at(place, "new 字"), "lines")
    end = b"\r" if lines[place].endswith(b"\r") and place < len(lines) - 1 else b""
    lines[place] = "new 字".encode() + end
    assert out.split(b"\n") == lines


def test_line_feeds_in_a_correction_do_not_make_two_lines() -> None:
    assert edit(b"one\ntwo\n", at(0, "a\nb"), "lines")[0] == b"a b\ntwo\n"


def test_a_deleted_line_stays_empty_and_an_inserted_one_joins_the_line_before() -> None:
    out, warnings = edit(b"one\ntwo\nthree\n", lambda s: [deleted(s[0]), s[1], inserted("new"), s[2]], "lines")
    assert out == b"\ntwo new\nthree\n"
    assert warnings == [
        "Deleted or merged away, so left empty to keep the count: line 1.",
        "One inserted sentence stands at the end of the line before it.",
    ]


def test_merged_lines_stand_in_the_first_and_split_ones_in_their_own() -> None:
    def change(segments: list[Segment]) -> list[Segment]:
        one, two, three = segments
        both = Segment("one two", locators=(*one.locators, *two.locators), parents=("1", "2"))
        first = Segment("th", locators=three.locators, parents=("3",))
        return [corrected(both, "one and two"), first, corrected(Segment("ree", parents=("3",)), "ree!")]

    out, warnings = edit(b"one\ntwo\nthree\n", change, "lines")
    assert out == b"one and two\n\nth ree!\n"
    assert warnings == ["Deleted or merged away, so left empty to keep the count: line 2."]


def test_an_insertion_before_the_first_line_joins_it() -> None:
    assert edit(b"one\ntwo\n", lambda s: [inserted("new"), *s], "lines")[0] == b"new one\ntwo\n"


def test_files_beside_it_are_read_line_by_line() -> None:
    _, (article,) = read(
        b"a\nb\n", "lines", source="甲\n乙\n".encode(), references=[b"x\ny\n", b"p\nq"], alternatives=[b"m\nn\n"]
    )
    second = article.segments[1]
    assert (second.source, second.references, second.alternatives) == ("乙", ("y", "q"), ("n",))


def test_unequal_counts_are_an_error_that_names_both() -> None:
    with pytest.raises(
        FormatError, match=r"line 3: it has 2 lines, but source has 3.*choose the format article \(--format article\)"
    ):
        read(b"a\nb\n", "lines", source=b"1\n2\n3\n")


def test_a_long_file_is_cut_into_articles() -> None:
    _, articles = read(b"a\n" * 2500, "lines", name="set")
    assert [(article.name, len(article.segments)) for article in articles] == [
        ("set (lines 1-1000)", 1000),
        ("set (lines 1001-2000)", 1000),
        ("set (lines 2001-2500)", 500),
    ]
    assert articles[1].segments[0].locators == ("line:1001",)


def test_documents_name_the_articles_even_where_they_are_torn_apart() -> None:
    documents = b"line\tdoc\tsegment\n1\tA\t1\n2\tB\t1\n4\tA\t2\n"
    reading = read(b"a\nb\nc\nd\n", "lines", documents=documents)
    assert [(a.name, [(s.name, s.hypothesis) for s in a.segments]) for a in reading[1]] == [
        ("A", [("1", "a"), ("2", "d")]),
        ("B", [("1", "b")]),
    ]
    assert write(*reading, b"a\nb\nc\nd\n") == b"a\nb\nc\nd\n"


def test_documents_may_be_one_row_a_line() -> None:
    _, articles = read(b"a\nb\nc\n", "lines", documents=b"news\tA\nnews\tA\nnews\tB\n")
    assert [(article.name, len(article.segments)) for article in articles] == [("A", 2), ("B", 1)]


@pytest.mark.parametrize(
    ("documents", "part"),
    [
        (b"line\tdoc\n9\tA\n", "line 2: line 9 is named, but the text has 2 lines"),
        (b"line\tdoc\nx\tA\n", "line 2: the row does not give a line number"),
        (b"line\tsegment\n1\t1\n", "no column is called doc"),
        (b"A\n", "neither a header with 'line' nor one document's name for each of the 2 lines"),
    ],
)
def test_bad_documents_are_refused(documents: bytes, part: str) -> None:
    with pytest.raises(FormatError, match=part):
        read(b"a\nb\n", "lines", documents=documents)


def test_a_file_of_blank_lines_is_refused() -> None:
    with pytest.raises(FormatError, match="blank lines only"):
        read(b"\n \r\n\n", "lines")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_and_written_as_text(text: str) -> None:
    data = f"before\n{text}\nafter\n".encode()
    assert read(data, "lines")[1][0].segments[1].hypothesis == text
    assert edit(data, at(0, text), "lines")[0] == f"{text}\n{text}\nafter\n".encode()


def test_lines_from_scratch_are_one_a_segment() -> None:
    header, articles = read(b"one\ntwo\n", "lines")
    assert write(header, articles, None, "lines") == b"one\ntwo\n"


def test_wmt_systems_come_back_byte_for_byte(shared_data: Path) -> None:
    folder = shared_data / "wmt23-zh-en"
    data = (folder / "systems" / "ONLINE-A.en").read_bytes()
    header, articles = read(data, "lines", source=folder / "source.zh", documents=folder / "documents.tsv")
    assert len(articles) == 38
    assert write(header, articles, data) == data


def test_a_text_given_for_the_table_of_documents_is_refused() -> None:
    text = b"This is a whole sentence of the text.\nAnd here is another one of them.\n"
    with pytest.raises(FormatError, match="nor one document's name for each of the 2 lines"):
        read(b"a\nb\n", "lines", documents=text)
