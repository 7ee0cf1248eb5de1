"""Pearmut's campaigns and annotations: end_i is inclusive, places are the page's, and everything comes back."""

from __future__ import annotations

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

ITEM = {"item_id": "port_#_0", "src": "港口很大。", "tgt": {"A": "The port is big.", "B": "A big port."}}


def entry(annotation: Any, item: Any = None, **more: Any) -> dict[str, Any]:
    return {"annotation": [annotation], "item": [item or ITEM], "user_id": "eve", "item_i": 0, **more}


def lines(*entries: dict[str, Any]) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entries).encode()


def span(start: Any, end: Any, severity: str | None = "minor", category: str | None = None) -> dict[str, Any]:
    return {"start_i": start, "end_i": end, "severity": severity, "category": category}


def answer(*spans: dict[str, Any], score: Any = None) -> dict[str, Any]:
    return {"score": score, "error_spans": list(spans)}


def test_annotations_and_campaigns_are_known_by_their_keys() -> None:
    campaign = json.dumps({"info": {}, "data": [[[ITEM]]]}, indent=1).encode()
    for data, name in ((lines(entry({"A": answer()})), "a.jsonl"), (campaign, "c.json")):
        assert formats.recognise(Source(name, data=data), formats.Options()).name == "pearmut"
    own = b'{"hypothesis": "a"}\n'
    assert formats.recognise(Source("a.jsonl", data=own), formats.Options()).name == "jsonl"


def test_each_model_is_an_article_and_end_i_is_the_last_character() -> None:
    _, (a, b) = read(
        lines(entry({"A": answer(span(4, 7, "major", "Accuracy/Mistranslation"), score=70), "B": answer(score=95)}))
    )
    (one,) = a.spans
    assert (a.name, a.system, b.name, b.system) == ("port", "A", "port", "B")
    assert (a.segments[0].hypothesis[one.start : one.end], a.segments[0].source) == ("port", "港口很大。")
    assert (one.rater, one.severity, one.category, one.subcategory) == ("eve", "major", "accuracy", "mistranslation")
    assert (a.ratings, b.ratings) == ((Rating("eve", 70, "0"),), (Rating("eve", 95, "0"),))


def test_null_severity_category_source_and_score_are_taken() -> None:
    item = {"item_id": "x", "src": None, "tgt": {"A": "Big."}}
    reading = formats.read(lines(entry({"A": answer(span(0, 2, None), span(3, 3))}, item)))
    (a,) = reading.articles
    assert a.segments[0].source is None
    assert [(one.severity, one.category, one.note) for one in a.spans] == [
        ("neutral", "", "no severity given"), ("minor", "", ""),
    ]  # fmt: skip
    assert a.ratings == (Rating("eve", None, "0"),)
    assert any("1 spans without a severity" in warning for warning in reading.warnings)
    data, _ = written(reading.header, [a])
    assert json.loads(data)["annotation"][0]["A"] == answer(span(0, 2, None), span(3, 3))


def test_places_count_utf16_without_line_feeds_and_the_one_behind_the_text_is_missing() -> None:
    item = {"item_id": "x", "tgt": {"A": "a😀\nbc"}}
    _, (a,) = read(lines(entry({"A": answer(span(1, 2), span(3, 4), span(5, 5))}, item)))
    text = a.segments[0].hypothesis
    assert [text[one.start : one.end] for one in a.spans] == ["😀", "bc", ""]
    assert [one.missing for one in a.spans] == [False, False, True]


def test_several_raters_and_models_of_one_document_are_put_together() -> None:
    second = {**ITEM, "tgt": {"B": "A big port.", "C": "Port."}}
    data = lines(entry({"A": answer(score=10)}), entry({"C": answer(score=20)}, second, user_id="bob", item_i=3))
    _, found = read(data)
    assert [(one.name, one.system, one.ratings) for one in found] == [
        ("port", "A", (Rating("eve", 10, "0"),)), ("port", "B", ()), ("port", "C", (Rating("bob", 20, "0"),)),
    ]  # fmt: skip


def test_the_last_word_on_a_document_counts_and_a_reset_takes_it_back() -> None:
    first, last = entry({"A": answer(score=10)}), entry({"A": answer(score=90)})
    assert read(lines(first, last))[1][0].ratings == (Rating("eve", 90, "0"),)
    again = read(
        lines(first, entry("__RESET__") | {"annotation": "__RESET__"}, entry({"B": answer(score=1)}, user_id="b"))
    )
    assert [one.ratings for one in again[1]] == [(), (Rating("b", 1, "0"),)]


def test_a_download_a_list_and_a_single_entry_are_read_alike() -> None:
    one, two = entry({"A": answer(score=10)}), entry({"A": answer(score=20)}, user_id="bob")
    shapes = (lines(one, two), json.dumps([one, two]).encode(), json.dumps({"mine": [one, two]}, indent=1).encode())
    found = [[item.ratings for item in read(data, "pearmut")[1]] for data in shapes]
    assert found[0] == found[1] == found[2] != []


def test_tutorials_forms_comments_and_text_fields_are_left_out_and_named() -> None:
    form = {**entry({}), "item": [{"text": "Your language?", "form": "string"}], "annotation": ["en"], "item_i": 9}
    said = entry({"A": {**answer(score=1), "textfield": "A port."}}, comment="hm")
    reading = formats.read(lines(entry({"A": answer()}, item_i="welcome_0"), form, said))
    assert len(list(reading.articles)) == 2
    assert [warning.split(": ", 1)[1] for warning in reading.warnings] == [
        "2 forms, tutorials and checks are left out.",
        "1 comments by raters are left out.",
        "1 text fields and sliders of raters are left out; scores are taken.",
    ]


def test_a_campaign_brings_documents_of_all_tasks_and_its_own_spans() -> None:
    other = {
        "item_id": "rail_#_0",
        "ref": "The railway.",
        "tgt": {"A": "Rail way."},
        "error_spans": {"A": [span(0, 3)]},
    }
    reading = formats.read(json.dumps({"info": {}, "data": [[[ITEM]], [[other]]]}).encode())
    found = list(reading.articles)
    assert [(one.name, one.system) for one in found] == [("port", "A"), ("port", "B"), ("rail", "A")]
    assert found[2].segments[0].references == ("The railway.",)
    assert [(one.rater, one.start, one.end) for one in found[2].spans] == [("pre-filled", 0, 4)]
    assert "pre-filled" in reading.warnings[0]
    flat = formats.read(json.dumps({"info": {}, "data": [[ITEM], [other]]}).encode())
    assert [one.name for one in flat.articles] == ["port", "port", "rail"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (lines(entry({"A": answer(span(4, 99))})), "line 1: entry 1, A: the span 4 to 99 does not lie within its"),
        (lines(entry({"A": answer(span(5, 4))})), "does not lie within"),
        (lines(entry({"A": answer(span(1.5, 4))})), "a span has no start_i and end_i"),
        (lines(entry({"A": answer(span(0, 1, "awful"))})), "the severity is 'awful'"),
        (lines(entry({"A": answer(score=101)})), "the score is '101'"),
        (lines(entry({"A": answer(score=True)})), "the score is 'True'"),
        (lines(entry({"A": answer(score=1)}, user_id=None)), "the entry has no user_id"),
        (lines(entry({"A": answer()}, {"item_id": "x", "tgt": {"A": "a\0"}})), "a character that cannot be kept"),
        (lines(entry({"A": answer()}, {"item_id": "x", "tgt": ["a"]})), "tgt is no object"),
        (lines({"annotation": [{}], "user_id": "e", "item_i": 0}), "the entry has no texts"),
        (lines({**entry({}), "annotation": []}), "there is not one annotation for each item"),
        (lines(entry({"A": answer()})) + b"{", "line 2: this is not JSON"),
        (lines({"a": 1}), "this is no campaign and no annotation"),
        (b'{"info": {}, "data": []}', "there is no translation in it"),
        (b"[" * 100_000, "nested too deeply"),
        (b"\xff\xfe{", "not UTF-8"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(FormatError, match=why):
        read(data, "pearmut")


@settings(deadline=None, max_examples=60)
@given(given=articles())
def test_what_is_written_and_read_again_is_the_same(given: list[Article]) -> None:
    data, warnings = written(ReadingHeader("pearmut"), given)
    assert not warnings
    _, again = read(data, "pearmut", source_language="zh", target_language="en")
    assert told(again) == told(given)


@settings(deadline=None, max_examples=40)
@given(given=articles())
def test_a_campaign_made_of_articles_has_all_their_texts(given: list[Article]) -> None:
    data, _ = written(ReadingHeader("pearmut-campaign"), given, format="pearmut-campaign")
    _, again = read(data, "pearmut")
    texts = {(one.name, one.system): [(item.hypothesis, item.source) for item in one.segments] for one in given}
    assert {(one.name, one.system): [(item.hypothesis, item.source) for item in one.segments] for one in again} == texts
