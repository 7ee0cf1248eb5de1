"""CSV and TSV: columns found, rows checked, single cells rewritten."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError, InputError
from review.formats import cells
from review.formats.cells import Dialect, Malformed, Unclosed, quoted, records, scan
from review.formats.columns import guess
from review.model import Article, Correction, ReadingHeader, Segment
from review.model.status import STATUSES
from tests.formats.helpers import HOSTILE, again, at, corrected, deleted, edit, inserted, read, write, written

CELL = st.text(st.sampled_from('ab"," é中\n\r\t;\u2028\u0085'), max_size=8)


def table(rows: list[list[str]], **dialect: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode()


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6))
def test_any_csv_is_read_as_the_csv_module_reads_it_and_comes_back(rows: list[list[str]]) -> None:
    data = table([["source", "translation", "note"], *rows])
    header, articles = read(data, "csv")
    segments = [segment for article in articles for segment in article.segments]
    assert [[segment.source, segment.hypothesis] for segment in segments] == [row[:2] for row in rows]
    assert write(header, articles, data) == data


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=5), st.integers(0, 9), CELL)
def test_one_changed_cell_is_the_only_one(rows: list[list[str]], place: int, new: str) -> None:
    data = table([["translation", "note"], *rows])
    place %= len(rows)
    out, _ = edit(data, at(place, new), "csv")
    rows = [list(row) for row in rows]
    rows[place][0] = new
    assert list(csv.reader(io.StringIO(out.decode(), newline=""))) == [["translation", "note"], *rows]


def test_the_dialect_of_a_file_is_kept() -> None:
    data = b'source;mt\r\n"a";"one"\r\nb;two\r\n'
    assert again(data, "csv") == data
    assert edit(data, at(0, "ein"), "csv")[0] == b'source;mt\r\n"a";"ein"\r\nb;two\r\n'
    assert edit(data, at(1, 'z;"w"'), "csv")[0] == b'source;mt\r\n"a";"one"\r\nb;"z;""w"""\r\n'


def test_quotes_in_a_tsv_are_signs_like_others_unless_cells_begin_with_them() -> None:
    data = 'src\tmt\n甲\t5" disk\n乙\ttwo\n'.encode()
    header, (article,) = read(data, "tsv")
    assert header.extra["quoting"] is False
    assert article.segments[0].hypothesis == '5" disk'
    assert edit(data, at(1, 'a "b"\tc\nd'), "tsv")[0] == 'src\tmt\n甲\t5" disk\n乙\ta "b" c d\n'.encode()
    assert read(b'mt\tx\n"a\tb"\tc\n', "tsv")[1][0].segments[0].hypothesis == "a\tb"
    assert read(b'mt\tx\n"open\tc\n', "tsv")[1][0].segments[0].hypothesis == '"open'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_untouched_tables_come_back_in_their_encoding(encoding: str) -> None:
    data = '原文,译文\r\n"一","one"\r\n\r\n二,two'.encode(encoding)
    assert again(data, "csv", encoding="gb18030" if encoding == "gb18030" else "") == data


def test_rows_of_one_article_need_not_be_adjacent() -> None:
    data = b"doc,system,mt\na,s,1\nb,s,2\na,s,3\na,t,4\n"
    _, articles = read(data, "csv")
    assert [(a.name, a.system, [s.hypothesis for s in a.segments]) for a in articles] == [
        ("a", "s", ["1", "3"]),
        ("b", "s", ["2"]),
        ("a", "t", ["4"]),
    ]
    assert articles[0].segments[1].locators == ("row:4:3",)


def test_a_post_edit_column_is_read_as_a_correction_and_written_instead_of_the_translation() -> None:
    data = b"mt,pe,x\none,eins,1\ntwo,,2\n"
    _, (article,) = read(data, "csv")
    assert [segment.text for segment in article.segments] == ["eins", "two"]
    assert edit(data, at(1, "zwei"), "csv")[0] == b"mt,pe,x\none,eins,1\ntwo,zwei,2\n"
    assert edit(data, at(0, "one"), "csv")[0] == b"mt,pe,x\none,one,1\ntwo,,2\n"


def test_the_review_in_a_table_from_scratch_is_read_again() -> None:
    data = b"mt,status\none,confirmed\ntwo,whatever\nthree,deleted\nfour,new\n"
    header, (article,) = read(data, "csv")
    assert again(data, "csv") == data
    assert [(s.correction and s.correction.status, s.deleted) for s in article.segments] == [
        ("confirmed", False),
        (None, False),
        ("draft", True),
        (None, False),
    ]
    _, (found,) = read(write(header, [article], None, "csv"), "csv")
    assert [(s.text, s.deleted) for s in found.segments] == [(s.text, s.deleted) for s in article.segments]
    assert found.segments[0].correction == article.segments[0].correction


def test_a_row_keeps_its_place_when_its_segment_is_deleted() -> None:
    out, warnings = edit(b"mt,x\na,1\nb,2\n", lambda s: [deleted(s[0]), s[1], inserted("c")], "csv")
    assert out == b"mt,x\n,1\nb c,2\n"
    assert len(warnings) == 2


def test_columns_are_guessed_by_name() -> None:
    found = guess(["Doc ID", "seg_id", "原文", "译文", "ref_1", "ref_2", "Engine", "note"])
    assert found == {
        "hypothesis": [3],
        "source": [2],
        "reference": [4, 5],
        "article": [0],
        "segment": [1],
        "system": [6],
    }
    assert guess(["zh", "en"], "zh", "en") == {"hypothesis": [1], "source": [0]}
    assert "hypothesis" not in guess(["zh", "en"])


def test_columns_can_be_given_by_name_or_number() -> None:
    data = b"left,right\na,b\n"
    assert read(data, "csv", columns={"hypothesis": "right"})[1][0].segments[0].hypothesis == "b"
    _, (article,) = read(data, "csv", columns={"hypothesis": "1", "source": "2"})
    assert [segment.hypothesis for segment in article.segments] == ["left", "a"], "numbers mean: no header"


@pytest.mark.parametrize(
    ("data", "options", "part"),
    [
        (b"a,b\n1,2\n", {}, r"line 1: no column holds the translation \(there are: a, b\).*--columns hypothesis=NAME"),
        (b"mt\nx\n", {"columns": {"hypothesis": "nope"}}, "line 1: there is no column 'nope'"),
        (b"mt,mt\na,b\n", {}, r"line 1: several columns are called 'mt'\. Rename all but one"),
        (b"mt,src,src\na,b,c\n", {}, "line 1: several columns are called 'src'"),
        (b'mt,x\na,1\n"b,2\n', {}, r"line 3: a quote is opened here and not closed.*quoting off \(--quoting none\)"),
        (b'mt,x\n"a"b,2\n', {}, "line 2: a quote is opened here and not closed"),
        (b"mt,x\na,1\nb\n", {}, "line 3: the row has 1 cells, the header has 2"),
        (b"mt,x\na,1,2\n", {}, "line 2: the row has 3 cells, the header has 2"),
        (b"mt,x\n", {}, "no row follows the header"),
        (b"mt,x\ra,b\r", {}, "line 1: its lines end in carriage returns alone"),
        (b"\n\r\n", {}, "blank lines only"),
        (b'mt\n"' + b"a\n" * 600_000, {}, "line 2: a quote is opened here and not closed"),
    ],
    ids=[
        "no column",
        "unknown column",
        "two translations",
        "two sources",
        "unclosed",
        "after quote",
        "short",
        "long",
        "no rows",
        "returns",
        "blank",
        "endless quote",
    ],
)
def test_a_bad_table_is_refused_with_line_and_remedy(data: bytes, options: dict[str, object], part: str) -> None:
    with pytest.raises(FormatError, match=part):
        read(data, "csv", **options)


def test_wrong_options_are_refused() -> None:
    with pytest.raises(InputError, match="'color' is nothing a column can be"):
        read(b"mt\nx\n", "csv", columns={"color": "mt"})
    with pytest.raises(InputError, match="give one character"):
        read(b"mt\nx\n", "csv", delimiter="ab")
    with pytest.raises(InputError, match="give minimal or none"):
        read(b"mt\nx\n", "csv", quoting="all")


def test_scanning_says_what_is_open_and_what_is_wrong() -> None:
    assert [cell.value for cell in scan('a,"b ""c""",\r\n', Dialect())] == ["a", 'b "c"', ""]
    with pytest.raises(Unclosed):
        scan('a,"b\n', Dialect())
    with pytest.raises(Malformed):
        scan('"b" c,d\n', Dialect())
    assert quoted("a\tb\nc", Dialect("\t", False)) == "a b c"


def test_an_open_quote_is_searched_for_its_end_once(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[int] = []
    closing = cells._closing

    def counted(text: str, place: int) -> int:
        searched.append(len(text) - place)
        return closing(text, place)

    monkeypatch.setattr(cells, "_closing", counted)
    lines = ['"\n', *['""\n'] * 300, 'a",b\n']
    (found,) = records(((None, line) for line in lines), Dialect())
    assert [cell.value for cell in found[2] or ()] == ["\n" + '"\n' * 300 + "a", "b"]
    assert sum(searched) < len(found[1])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_and_written_as_text(text: str) -> None:
    data = table([["mt"], ["before"], [text]])
    assert read(data, "csv")[1][0].segments[1].hypothesis == text
    out = edit(data, at(0, text), "csv")[0]
    assert [row[0] for row in csv.reader(io.StringIO(out.decode(), newline=""))] == ["mt", text, text]


def test_the_rewrite_leaves_formulas_as_they_came_and_a_new_table_makes_them_harmless() -> None:
    data = b"mt\n=1+1\n"
    header, articles = read(data, "csv")
    assert write(header, articles, data) == data
    assert b"'=1+1" in write(header, articles, None, "csv")


@pytest.mark.parametrize("kind", ["csv", "tsv"])
def test_a_new_text_that_a_spreadsheet_would_run_is_written_as_it_is_and_said(kind: str) -> None:
    data = table([["mt", "x"], ["one", "1"], ["- two", "2"], ["three", "3"]], delimiter="," if kind == "csv" else "\t")
    out, warnings = edit(data, at(0, "=cmd|' /C calc'!A0"), kind)
    assert out == data.replace(b"one", b"=cmd|' /C calc'!A0")
    assert len(warnings) == 1
    other = "tsv" if kind == "csv" else "csv"
    assert "a spreadsheet may run it: row 2. Export as " + other in warnings[0]
    assert edit(data, at(1, "- zwei"), kind)[1] == [], "it came as such"
    assert edit(data, at(2, "drei"), kind)[1] == []


TEXT = st.text(st.sampled_from("'=+-@\t\r\n ＝a,\";字"), max_size=6) | st.sampled_from(
    ["- dash item", "'=1", "''-x", "'"]
)


@given(
    st.lists(st.tuples(TEXT, TEXT, TEXT, st.sampled_from(["", *STATUSES, "gone"])), min_size=1, max_size=5),
    st.sampled_from(["csv", "tsv"]),
)
def test_any_review_goes_into_a_new_table_and_comes_back(rows: list[tuple[str, str, str, str]], kind: str) -> None:
    segments = tuple(
        Segment(
            hypothesis,
            name=str(number),
            source=source,
            references=(source,),
            correction=Correction(hypothesis, "draft", deleted=True)
            if status == "gone"
            else Correction(text if status != "new" else hypothesis, status)
            if status
            else None,
        )
        for number, (hypothesis, text, source, status) in enumerate(rows)
    )
    header, _ = read(b"mt\nx\n", "csv")
    data = write(header, [Article("a", segments)], None, kind)
    header, (found,) = read(data, kind)
    assert write(header, [found], data) == data
    assert [(s.hypothesis, s.text, s.source, s.references, s.deleted) for s in found.segments] == [
        (s.hypothesis, s.text, s.source, s.references, s.deleted) for s in segments
    ]
    assert [s.correction.status if s.correction else "new" for s in found.segments] == [
        s.correction.status if s.correction else "new" for s in segments
    ]


def test_a_table_of_ours_stays_safe_when_it_is_corrected() -> None:
    header, articles = read(b"mt\none\ntwo\n", "csv")
    data = write(header, articles, None, "csv")
    out, warnings = edit(data, at(0, "- eins"), "csv")
    assert b",one,'- eins,draft\r\n" in out
    assert warnings == []
    assert read(out, "csv")[1][0].segments[0].text == "- eins"


def test_apostrophes_in_tables_of_others_stay() -> None:
    assert read(b"mt\n'- a\n", "csv")[1][0].segments[0].hypothesis == "'- a"


def test_a_status_column_is_kept_true() -> None:
    data = b"mt,pe,status\none,,new\ntwo,,ready\nthree,,deleted\nfour,,\nfive,,ready\n"

    def review(found: list[Segment]) -> list[Segment]:
        back = corrected(found[2], "three")
        return [deleted(found[0]), deleted(found[1]), back, corrected(found[3], "vier"), corrected(found[4], "fünf")]

    out, warnings = edit(data, review, "csv")
    lines = ["one,,deleted", "two,,deleted", "three,three,draft", "four,vier,", "five,fünf,ready"]
    assert out.decode() == "\n".join(["mt,pe,status", *lines, ""])
    assert not any("read again" in warning for warning in warnings)
    assert [s.deleted for s in read(out, "csv")[1][0].segments] == [True, True, False, False, False]


def test_a_deletion_that_a_table_cannot_tell_is_said_with_what_to_do() -> None:
    out, warnings = edit(b"mt,pe\none,eins\ntwo,\n", lambda s: [deleted(s[0]), s[1]], "csv")
    assert out == b"mt,pe\none,\ntwo,\n"
    assert any("back when the table is read again: row 2. Export as jsonl, or add a column" in w for w in warnings)
    _, warnings = edit(b"mt\none\ntwo\n", lambda s: [deleted(s[0]), s[1]], "csv")
    assert len(warnings) == 1, "where the translation itself is written over, nothing comes back"


def test_a_table_from_scratch_is_read_again_as_it_was() -> None:
    data = 'doc,source,mt,ref1,ref2\nA,"一,二",one,x,y\nB,三,"th\nree",p,q\n'.encode()
    header, articles = read(data, "csv")
    for kind in ("csv", "tsv"):
        _, found = read(write(header, articles, None, kind), kind)
        assert [(a.name, [(s.name, s.source, s.hypothesis, s.references) for s in a.segments]) for a in found] == [
            (a.name, [(s.name, s.source, s.hypothesis, s.references) for s in a.segments]) for a in articles
        ]


def test_what_has_no_column_is_counted_and_given_columns_are_used() -> None:
    one, two = (Article(name, (Segment("x", references=refs),)) for name, refs in (("a", ("r",)), ("b", ("r", "s"))))
    out, warnings = written(ReadingHeader("csv"), [one, two], None, "csv")
    assert b",r,s" not in out
    assert warnings == ["References and other translations that had no column were left out: 1. Export as jsonl."]
    out, warnings = written(ReadingHeader("csv", extra={"sides": (2, 0)}), [one, two], None, "csv")
    assert (out.splitlines()[2], warnings) == (b"b,,,,x,x,new,r,s", [])
