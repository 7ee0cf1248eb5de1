"""Appraise's exports: rows by their places, spans as JSON, texts from the batches or in columns of their own."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given, settings

from review import formats
from review.errors import FormatError
from review.formats import Source
from review.model import Article, Rating, ReadingHeader
from tests.formats.helpers import read, written
from tests.formats.judged import articles, told

Cells = list[Any]


def cells(*spans: Any, user: str = "eng1", item: int = 1, score: Any = 70, **more: Any) -> Cells:
    row = {"user": user, "system": "sys.A", "item": item, "type": "TGT", "from": "eng", "to": "deu", "score": score,
           "document": "news#A", "complete": False, "spans": json.dumps(spans), "start": 1.0, "end": 2.0}  # fmt: skip
    return list((row | more).values())


def table(*rows: Cells) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def span(start: Any, end: Any, severity: Any = "minor", kind: Any = None) -> dict[str, Any]:
    return {"start_i": start, "end_i": end, "severity": severity, "error_type": kind}


def batches(*texts: str, number: int = 1) -> list[dict[str, Any]]:
    items = [
        {"itemID": place, "documentID": "news#A", "targetID": "sys.A", "sourceText": f"S{place}", "targetText": text}
        for place, text in enumerate(texts, 1)
    ]
    return [{"task": {"batchNo": number}, "items": items}]


def of(data: bytes, *texts: str) -> tuple[list[Article], tuple[str, ...]]:
    reading = formats.read(data, documents=json.dumps(batches(*texts)).encode())
    assert reading.header.format == "appraise-csv"
    return list(reading.articles), reading.warnings


def test_rows_are_known_without_a_header_and_with_one() -> None:
    header = b"username,systemID,itemID,score,documentID,mqm,sourceText,targetText\n"
    for data in (table(cells()), header + b"e,A,1,70,d,[],s,t\n"):
        assert formats.recognise(Source("a.csv", data=data), formats.Options()).name == "appraise-csv"
    plain = Source("a.csv", data=b"source,hypothesis\na,b\n")
    assert formats.recognise(plain, formats.Options()).name == "csv"


def test_texts_come_from_the_batches_and_segments_in_the_order_of_the_items() -> None:
    (article,), _ = of(table(cells(span(4, 7), item=2), cells(item=1, score=100)), "Hello.", "The port.")
    (one,) = article.spans
    assert (article.name, article.system, article.source_language, article.target_language) == (
        "news",
        "sys.A",
        "en",
        "de",
    )
    assert [(item.hypothesis, item.source) for item in article.segments] == [("Hello.", "S1"), ("The port.", "S2")]
    assert article.segments[1].hypothesis[one.start : one.end] == "port"
    assert article.ratings == (Rating("eng1", 100, "0"), Rating("eng1", 70, "1"))


def test_places_count_utf16_units_of_the_trimmed_text_and_both_words_for_missing_are_known() -> None:
    marks = [span(0, 1), span(3, 3), span("missing", "missing"), span(-1, -1)]
    (article,), _ = of(table(cells(*marks)), "  😀\nx ")
    text = article.segments[0].hypothesis
    assert [(text[one.start : one.end], one.missing) for one in article.spans] == [
        ("😀", False), ("x", False), ("", True), ("", True),
    ]  # fmt: skip


def test_scores_of_an_mqm_campaign_are_no_ratings() -> None:
    (article,), warnings = of(table(cells(span(0, 1, "major", ["Style", "Awkward style"]), score=0)), "Hello.")
    assert (article.spans[0].category, article.spans[0].subcategory) == ("style", "awkward")
    assert article.ratings == (Rating("eng1", None, "0"),)
    assert any("they are no ratings" in warning for warning in warnings)


def test_checks_of_raters_are_left_out_and_the_last_word_counts() -> None:
    bad = cells(item=3, type="BAD", document="news#A#bad1")
    (article,), warnings = of(table(bad, cells(score=10, end=9.0), cells(score=99, end=3.0)), "Hello.")
    assert article.ratings == (Rating("eng1", 10, "0"),)
    assert [warning.split(": ", 1)[1] for warning in warnings] == [
        "1 rows on items that check the raters (BAD, REF) are left out.",
        "1 rows were said again later by their users.",
    ]


def test_items_of_several_tasks_are_told_apart_by_what_a_user_did() -> None:
    tasks = [*batches("One.", "Two."), *batches("Three.", "Four.", "Five.", number=2)]
    reading = formats.read(table(cells(item=1), cells(item=3)), documents=json.dumps(tasks).encode())
    assert [item.hypothesis for item in next(reading.articles).segments] == ["Three.", "Five."]
    with pytest.raises(FormatError, match="2 texts are there for item 1 of news#A"):
        formats.read(table(cells(item=1)), documents=json.dumps(tasks).encode())
    told_apart = formats.read(table([*cells(item=1), 2, 77]), documents=json.dumps(tasks).encode())
    assert [item.hypothesis for item in next(told_apart.articles).segments] == ["Three."]


def test_raters_of_one_text_are_raters_of_one_segment() -> None:
    data = table(cells(item=1, score=1), cells(item=1, score=2, user="eng2"))
    (article,), _ = of(data, "Hello.")
    assert article.ratings == (Rating("eng1", 1, "0"), Rating("eng2", 2, "0"))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (table(cells(span(0, 9))), "line 1: the span 0 to 9 does not lie within its text"),
        (table(cells(), cells(span(3, 1))), "line 2: the span 3 to 1"),
        (table(cells(span(0, 1, "awful"))), "the severity is 'awful'"),
        (table(cells(span(0, 1, "minor", 7))), "error_type is no list"),
        (table(cells(score=101)), "the score is '101'"),
        (table(cells(score="many")), "the score is 'many'"),
        (table(cells(spans="[{")), "the spans are not JSON"),
        (table(cells(spans='["a"]')), "the spans are no list of objects"),
        (table(cells(spans='[{"note": "\\ud800"}]')), "the spans hold a character that cannot be kept"),
        (table(cells(spans='[{"note": "\\u0000"}]')), "the spans hold a character that cannot be kept"),
        (table(cells(user="")), "the row has no user"),
        (table(cells(), cells()[:9]), "line 2: the row has 9 cells, and the first 12"),
        (table(cells(item=5)), "no texts are there for item 5"),
        (table(["a", "b"]), "line 1: this is no row of Appraise"),
        (table(cells(type="BAD")), "there is no row on a system's output"),
        (b"", "the file is empty"),
        (b"\xff\xff", "the text is not UTF-8"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(data: bytes, why: str) -> None:
    with pytest.raises(FormatError, match=why):
        formats.read(data, "appraise-csv", documents=json.dumps(batches("Hello.", "You.")).encode())


def test_without_texts_the_batches_are_asked_for() -> None:
    with pytest.raises(FormatError, match=r"--documents batches\.json"):
        read(table(cells()))
    for wrong in (b"{", b"{}", b'[{"items": 1}]', b'[{"items": [{"itemID": 1}]}]'):
        with pytest.raises(FormatError, match=r"the batches|task 1"):
            formats.read(table(cells()), documents=wrong)


def test_what_is_written_begins_with_the_columns_of_appraise() -> None:
    found, _ = of(table(cells(span(4, 7), span("missing", "missing", "major"))), "The port.")
    data, warnings = written(ReadingHeader("appraise-csv"), found)
    (row,) = csv.reader(io.StringIO(data.decode(), newline=""))
    assert (row[:9], warnings) == (["eng1", "sys.A", "1", "TGT", "eng", "deu", "70", "news#sys.A", "False"], [])
    assert json.loads(row[9]) == [span(4, 7), span("missing", "missing", "major")]
    assert row[12:] == ["1", "S1", "The port.", ""]


@settings(deadline=None, max_examples=60)
@given(given=articles())
def test_what_is_written_and_read_again_is_the_same(given: list[Article]) -> None:
    data, warnings = written(ReadingHeader("appraise-csv"), given)
    assert not warnings
    _, again = read(data, "appraise-csv", source_language="zh", target_language="en")
    assert told(again) == told(given)
