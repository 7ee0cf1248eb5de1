"""MQM files: marks become spans, raters who found nothing are raters too, and what is wrong has its line."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError, InputError
from review.formats import Source
from review.formats.mqm import category_of, read_rated
from review.model import CATEGORIES, ErrorSpan, Rated

HEADER = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\tcomment"


def row(
    target: str = "The port is <v>big</v>.",
    *,
    source: str = "港口很大。",
    category: str = "Accuracy/Mistranslation",
    severity: str = "Major",
    rater: str = "r1",
    segment: str = "7",
    system: str = "A",
    comment: str = "",
) -> str:
    return "\t".join((system, "news", "1", segment, rater, source, target, category, severity, comment))


def read(*rows: str, header: str = HEADER) -> tuple[list[Rated], list[str]]:
    data = "\n".join((header, *rows)) + "\n"
    return read_rated(Source("marks.tsv", data=data.encode()), ("zh", "en"))


def surfaces(rated: Rated) -> list[str]:
    texts = {segment.id: segment for segment in rated.article.segments}

    def surface(span: ErrorSpan) -> str:
        segment = texts[span.segment]
        return (segment.text if span.side == "target" else segment.source or "")[span.start : span.end]

    return [surface(span) for span in rated.spans]


def test_a_mark_is_a_span_on_the_text_without_marks() -> None:
    (rated,), warnings = read(row(comment="too weak"))
    (span,) = rated.spans
    assert warnings == []
    assert [segment.text for segment in rated.article.segments] == ["The port is big."]
    assert (rated.document, rated.article.name, rated.article.system) == ("news", "news", "A")
    assert (rated.article.source_language, rated.article.target_language) == ("zh", "en")
    assert (span.side, span.category, span.subcategory, span.severity) == (
        "target",
        "accuracy",
        "mistranslation",
        "major",
    )
    assert (span.rater, span.note, surfaces(rated)) == ("r1", "too weak", ["big"])


def test_one_row_may_hold_several_marks_and_marks_beyond_the_basic_plane() -> None:
    (rated,), _ = read(row("<v>👍 The</v> port 𠮷 <v>is</v> <v>big</v>."))
    assert surfaces(rated) == ["👍 The", "is", "big"]
    assert len({span.id for span in rated.spans}) == 3


def test_a_mark_in_the_source_alone_is_an_omission() -> None:
    (rated,), _ = read(row("The port.", source="港口<v>很大</v>。", category="Accuracy/Omission"))
    assert [(span.side, span.subcategory) for span in rated.spans] == [("source", "omission")]
    assert surfaces(rated) == ["很大"]


def test_who_found_nothing_is_a_rater_all_the_same() -> None:
    (rated,), warnings = read(row(), row("The port is big.", category="No-error", severity="no-error", rater="r2"))
    assert dict(rated.raters) == {"1:7": ("r1", "r2")}
    assert len(rated.spans) == 1
    assert warnings == []


def test_a_non_translation_marks_all_of_the_target() -> None:
    (rated,), _ = read(row("Gibberish it is", category="Non-translation!"))
    assert surfaces(rated) == ["Gibberish it is"]
    assert rated.spans[0].subcategory == "non-translation"


def test_raters_whose_copies_differ_in_spaces_at_the_ends_mark_the_same_words() -> None:
    (rated,), warnings = read(
        row(),
        row("  The port is <v>big</v>. ", rater="r2"),
        row("The <v>port</v> is big.", rater="r3"),
    )
    assert surfaces(rated) == ["big", "big", "port"]
    assert warnings == []


def test_a_mark_on_another_text_is_left_out_and_said() -> None:
    (rated,), (warning,) = read(row(), row("The harbour is <v>big</v>.", rater="r2"))
    assert surfaces(rated) == ["big"]
    assert rated.raters["1:7"] == ("r1", "r2")
    assert "1 marks stand on another text" in warning


def test_a_row_with_an_error_but_no_words_is_said() -> None:
    (rated,), (warning,) = read(row("The port is big."))
    assert rated.spans == ()
    assert "1 rows mark an error but no words" in warning


def test_a_mark_that_is_not_closed_goes_to_the_end() -> None:
    (rated,), _ = read(row("The port <v>is big."))
    assert surfaces(rated) == ["is big."]


def test_articles_are_a_systems_output_of_a_document_in_the_files_order() -> None:
    rated, _ = read(row(segment="2"), row(segment="1"), row(system="B", segment="1"), row(segment="2", rater="r2"))
    assert [(item.article.system, [s.id for s in item.article.segments]) for item in rated] == [
        ("A", ["1:2", "1:1"]),
        ("B", ["1:1"]),
    ]


@pytest.mark.parametrize(
    ("written", "category", "subcategory"),
    [
        ("Fluency/Punctuation", "linguistic conventions", "punctuation"),
        ("Terminology/Inappropriate for context", "terminology", "inappropriate for context"),
        ("Style/Awkward (unnatural)", "style", "awkward"),
        ("Locale convention/Date format", "locale conventions", "date format"),
        ("Source issue", "accuracy", "source error"),
        ("Other", "", "other"),
    ],
)
def test_categories_have_the_names_used_here(written: str, category: str, subcategory: str) -> None:
    assert category_of(written) == (category, subcategory)
    assert category in ("", *CATEGORIES)


@pytest.mark.parametrize(
    ("rows", "header", "said"),
    [
        ([row(severity="awful")], HEADER, "marks.tsv, line 2: the severity is 'awful'"),
        ([row(), row("a </v>b")], HEADER, "marks.tsv, line 3: </v> stands without <v>"),
        ([row("a <v>b <v>c</v>")], HEADER, "line 2: a mark begins within a mark"),
        ([row()], HEADER.replace("rater", "name"), "line 1: the header does not name the column rater"),
        (["A\tnews\t1"], HEADER, "line 2: the row has 3 cells under 10 columns"),
        ([], HEADER, "line 1: there is no annotation under the header"),
        ([], "", "line 1: the header does not name the column system"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(rows: list[str], header: str, said: str) -> None:
    with pytest.raises(FormatError) as raised:
        read(*rows, header=header)
    assert said in str(raised.value)


def test_bytes_that_are_not_utf_8_are_said_with_their_line() -> None:
    data = f"{HEADER}\n{row()}\n".encode() + "A\tnews\té".encode("latin-1")
    with pytest.raises(FormatError, match=r"marks\.tsv, line 3: this is not UTF-8"):
        read_rated(Source("marks.tsv", data=data))


@pytest.mark.parametrize("cut", [12, -6])
def test_broken_packing_is_one_sentence(cut: int, tmp_path: Path) -> None:
    path = tmp_path / "marks.tsv.gz"
    path.write_bytes(gzip.compress(f"{HEADER}\n{row()}\n".encode())[:cut])
    with pytest.raises(InputError, match="is not a whole gzip file; pack it again"):
        read_rated(path)


def test_damaged_packing_is_one_sentence() -> None:
    data = bytearray(gzip.compress(f"{HEADER}\n{row()}\n".encode()))
    data[12:40] = b"\xff" * 28
    with pytest.raises(InputError, match="is not a whole gzip file"):
        read_rated(Source("marks.tsv.gz", data=bytes(data)))


def test_packed_files_are_read_like_others(tmp_path: Path) -> None:
    data = f"{HEADER}\n{row()}\n".encode()
    (tmp_path / "marks.tsv").write_bytes(data)
    (tmp_path / "marks.tsv.gz").write_bytes(gzip.compress(data))
    assert read_rated(tmp_path / "marks.tsv") == read_rated(tmp_path / "marks.tsv.gz")


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_rated(tmp_path / "none.tsv")


@given(st.lists(st.tuples(st.text("ab 中👍", min_size=1, max_size=5), st.booleans()), min_size=1, max_size=6))
def test_marked_words_are_found_where_they_stood(parts: list[tuple[str, bool]]) -> None:
    target = "x" + "".join(f"<v>{text}</v>" if marked else text for text, marked in parts) + "x"
    (rated,), _ = read(row(target))
    assert rated.article.segments[0].text == "x" + "".join(text for text, _ in parts) + "x"
    assert surfaces(rated) == [text for text, marked in parts if marked]


@pytest.mark.real_data
def test_the_published_file_has_its_published_shape(shared_data: Path) -> None:
    rated, warnings = read_rated(shared_data / "mqm-wmt23-zh-en-dev.tsv.gz", ("zh", "en"))
    assert warnings == []
    assert len(rated) == 190
    assert len({item.document for item in rated}) == 19
    assert sum(len(item.article.segments) for item in rated) == 1890
    assert {len(raters) for item in rated for raters in item.raters.values()} == {3}
