"""References and other outputs stand beside the segments that they belong to, or are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from review.errors import InputError
from review.formats import Source
from review.steps.evaluating import attaching
from tests.steps.evaluating.made import rated


def lines(folder: Path, name: str, *texts: str) -> str:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{text}\n" for text in texts), "utf-8")
    return str(path)


def test_references_and_outputs_stand_in_the_files_order(tmp_path: Path) -> None:
    first, second = attaching.attach(
        [rated(), rated(system="B")],
        [lines(tmp_path, "ref.en", "one", "two")],
        [lines(tmp_path, name, f"{name} one", f"{name} two") for name in ("A", "B", "C", "D")],
        at_most=2,
    )
    assert [segment.references for segment in first.article.segments] == [("one",), ("two",)]
    assert first.article.segments[0].alternatives == ("B one", "C one")  # a system is no alternative to itself
    assert second.article.segments[1].alternatives == ("A two", "C two")


def test_a_table_says_which_line_is_which_segment(tmp_path: Path) -> None:
    lines(tmp_path, "documents.tsv", "line\tdoc\tsegment", "1\tother\t0", "2\td\t1", "3\td\t0")
    reference = lines(tmp_path, "systems/ref.en", "other", "second", "first")
    (found,) = attaching.attach([rated()], [reference])
    assert [segment.references for segment in found.article.segments] == [("first",), ("second",)]


def test_bytes_do_as_well_as_paths(tmp_path: Path) -> None:
    paths = lines(tmp_path, "ref.en", "one", "two"), lines(tmp_path, "B.en", "three", "four")
    table = lines(tmp_path, "table.tsv", "line\tdoc\tsegment", "2\td\t0", "1\td\t1")
    sources = [Source(Path(path).name, data=Path(path).read_bytes()) for path in (*paths, table)]
    by_path = attaching.attach([rated()], [paths[0]], [paths[1]], table)
    assert attaching.attach([rated()], sources[:1], sources[1:2], sources[2]) == by_path
    assert by_path[0].article.segments[0].alternatives == ("four",)


@pytest.mark.parametrize(
    ("reference", "table", "said"),
    [
        (("one",), (), "has 1 lines and the MQM file 2 segments; name a table"),
        (("one", "two"), ("line\tdoc\tsegment", "1\td\t0"), "does not list segment 1 of d"),
        (("one", "two"), ("line\tdoc", "1\td"), "line 1: the header does not name line, document and segment"),
        (("one", "two"), ("line\tdoc\tsegment", "3\td\t0"), "line 2: line 3 is not among the 2 lines"),
        (("one", "two"), ("line\tdoc\tsegment", "x\td\t0"), "line 2: the row does not give line"),
    ],
)
def test_files_that_do_not_fit_are_refused(
    reference: tuple[str, ...], table: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    documents = lines(tmp_path, "table.tsv", *table) if table else ""
    with pytest.raises(InputError) as raised:
        attaching.attach([rated()], [lines(tmp_path, "ref.en", *reference)], (), documents)
    assert said in str(raised.value)


def test_files_of_unequal_length_are_refused(tmp_path: Path) -> None:
    paths = [lines(tmp_path, "a.en", "one", "two"), lines(tmp_path, "b.en", "one")]
    with pytest.raises(InputError, match=r"b\.en has 1 lines and .*a\.en has 2; give parallel files"):
        attaching.attach([rated()], [paths[0]], [paths[1]])
