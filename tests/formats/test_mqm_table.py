"""MQM tables as batches: rows become marks and words of raters who found nothing, and come out as they came."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings

from review import formats
from review.errors import FormatError
from review.formats import Source
from review.formats.mqm_rows import rows
from review.model import Article, Rating, Segment
from tests.formats.helpers import read, written
from tests.formats.judged import TEXTS, articles, told
from tests.formats.test_mqm import HEADER, row


def table(*lines: str) -> bytes:
    return ("\n".join((HEADER, *lines)) + "\n").encode()


def test_an_mqm_table_is_known_by_its_header() -> None:
    source = Source("marks.tsv", data=table(row()))
    assert formats.recognise(source, formats.Options()).name == "mqm"
    plain = Source("plain.tsv", data=b"source\thypothesis\na\tb\n")
    assert formats.recognise(plain, formats.Options()).name == "tsv"


def test_rows_become_segments_marks_and_words_of_raters_who_found_nothing() -> None:
    _, (article,) = read(
        table(row(comment="too weak"), row("The port is big.", rater="r2", severity="No-error", category="No-error"))
    )
    (span,) = article.spans
    assert (article.name, article.system, [one.name for one in article.segments]) == ("news", "A", ["1:7"])
    assert article.segments[0].hypothesis[span.start : span.end] == "big"
    assert (span.segment, span.rater, span.category, span.subcategory) == ("0", "r1", "accuracy", "mistranslation")
    assert (span.severity, span.note) == ("major", "too weak")
    assert article.ratings == (Rating("r2", None, "0"),)


def test_an_error_marked_in_several_places_is_one() -> None:
    header, found = read(table(row("<v>The</v> port is <v>big</v>.", source="<v>港口</v>很大。")))
    assert [(one.id, one.side) for one in found[0].spans] == [
        ("0:0", "target"),
        ("0:0..1", "target"),
        ("0:0..2", "source"),
    ]
    assert len({one.error for one in found[0].spans}) == 1
    assert written(header, found)[0] == table(row("<v>The</v> port is <v>big</v>.", source="<v>港口</v>很大。"))


def test_an_error_without_marked_words_stays_one_of_the_whole_segment() -> None:
    data = table(
        row("The port is big.", category="Non-translation!"),
        row("The port is big.", category="Other", severity="Minor"),
    )
    reading = formats.read(data, "mqm")
    (article,) = reading.articles
    assert [(one.start, one.end, one.category, one.subcategory) for one in article.spans] == [
        (0, 0, "accuracy", "non-translation"), (0, 0, "", "Other"),
    ]  # fmt: skip
    assert "“Other” (1)" in reading.warnings[0]
    assert written(reading.header, [article])[0] == data


def test_a_mark_on_another_text_is_kept_in_words_and_named() -> None:
    reading = formats.read(table(row(), row("A <v>large</v> port.", comment="so")), "mqm")
    (article,) = reading.articles
    assert [(one.start, one.end, one.note) for one in article.spans] == [(12, 15, ""), (0, 0, "so “large”")]
    assert reading.warnings[0].endswith("lines: 3.")


def test_marks_move_with_the_blanks_before_a_text() -> None:
    _, (article,) = read(table(row("  The port is <v>big</v>."), row("<v>The</v> port is big. ")))
    text = article.segments[0].hypothesis
    assert [text[one.start : one.end] for one in article.spans] == ["big", "The"]


def test_a_segment_that_nobody_judged_comes_back() -> None:
    header, found = read(table(row("Only text.", rater="", category="", severity="")))
    assert (found[0].spans, found[0].ratings, len(found[0].segments)) == ((), (), 1)
    assert written(header, found)[0] == table(row("Only text.", rater="", category="", severity=""))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (row(severity="Awful"), "line 2: the severity is 'awful'"),
        (row(rater=""), "line 2: the row has no rater"),
        (row("a </v> b"), "line 2: </v> stands without <v>"),
        (row("a <v> b <v> c"), "line 2: a mark begins within a mark"),
        (row("a\0b"), "line 2: the row holds a NUL character"),
        ("A\tb", "line 2: the row has 2 cells"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(line: str, why: str) -> None:
    with pytest.raises(FormatError, match=why):
        read(table(line), "mqm")


def test_what_a_table_cannot_hold_is_written_visibly_and_named() -> None:
    article = Article(
        "d", (Segment("a\tb <v>\nc", name="1:1", source="s"),), "A", ratings=(Rating("r", 70, "0"), Rating("r", 5))
    )
    data, warnings = written(formats.read(table(row()), "mqm").header, [article])
    assert "a␉b ‹v›␊c" in data.decode()
    assert warnings[0] == (
        "Tabs, line ends and the marks <v> and </v> in texts are written as ␉, ␊, ␍, ‹v› and ‹/v›; segments: d 1:1."
    )
    assert warnings[1] == "2 ratings are left out: an MQM table has no place for numbers."


@settings(deadline=None, max_examples=60)
@given(given=articles(TEXTS, numbers=False))
def test_what_is_written_and_read_again_is_the_same(given: list[Article]) -> None:
    header = formats.read(table(row()), "mqm").header
    data, warnings = written(header, given)
    assert not warnings
    _, again = read(data, "mqm", source_language="zh", target_language="en")
    assert told(again) == told(given)


@pytest.mark.real_data
@pytest.mark.parametrize(("name", "differ"), [("mqm-wmt23-zh-en-dev", 41), ("mqm-ted-en-de", 1)])
def test_the_rows_of_wmt_come_out_again(shared_data: Path, name: str, differ: int) -> None:
    """All rows, but blanks at the ends of texts (those of a segment's first row), and marks that were not closed."""
    path = shared_data / f"{name}.tsv.gz"
    reading = formats.read(path)
    assert reading.header.format == "mqm"
    data, warnings = written(reading.header, list(reading.articles))
    assert not warnings
    before, after = (
        Counter(
            (one.system, one.document, one.segment, one.rater, one.source.strip(), one.target.strip(), one.category,
             one.severity, one.comment)
            for one in rows(given)
        )
        for given in (path, Source("again.tsv", data=data))
    )  # fmt: skip
    lost, new = before - after, after - before
    assert sum(lost.values()) == sum(new.values()) == differ
    squeezed = [Counter() for _ in (lost, new)]
    for found, side in zip(squeezed, (lost, new), strict=True):
        for key, many in side.items():
            found[*key[:5], key[5].replace("</v>", "").replace(" ", ""), *key[6:]] += many
    assert squeezed[0] == squeezed[1]
