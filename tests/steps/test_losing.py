"""What an export would lose is said before it is written, in numbers, and nothing that it keeps."""

from __future__ import annotations

import json
from typing import Any

import pytest

from review.formats import find
from review.metrics.mqm_weights import find_weights
from review.steps import exporting
from review.steps.scoring import mqm
from review.steps.scoring.reports.mqm import View, as_data
from review.store import Store
from tests.steps.desk import Desk
from tests.steps.test_exporting import act, desk_of

ROWS = b"".join(
    json.dumps({"article": "a", "hypothesis": text, "source": "x", "references": ["r", "s"], "system": "q"}).encode()
    + b"\n"
    for text in ("One. Uno.", "Two.", "Three.", "Four.")
)


@pytest.fixture
def desk(store: Store) -> Desk:
    """A batch in which somebody edited, deleted, inserted, merged, split, commented and confirmed."""
    desk = desk_of(store, ("rows.jsonl", ROWS))
    act(desk, "split", [0], {"new": [2**41 + 1, 2**41 + 2], "at": 5, "source_at": None})
    act(desk, "merge", [2, 3], {"new": 2**41 + 3})
    act(desk, "insert", [2], {"new": 2**41 + 4, "text": "New.", "before": False, "new_paragraph": False})
    act(desk, "edit", [2], {"texts": ["Two, three."]})
    act(desk, "delete", [4], {})
    act(desk, "status", [2], {"status": "confirmed"})
    act(desk, "comment", [2], {"comment": {"id": "c1", "text": "Why?"}})
    return desk


def lost(store: Store, desk: Desk, format: str, **more: Any) -> str:
    found = exporting.losses(store, desk.batch, format, dry=False, **more)
    assert len(found) <= 1
    return found[0] if found else ""


def test_the_clean_text_tells_nothing_but_the_text(store: Store, desk: Desk) -> None:
    sentence = lost(store, desk, "text")
    assert sentence.startswith("Clean article cannot hold 1 comment, ")
    for part in ("which segment was deleted", "1 inserted sentence apart", "1 merge", "1 split", "the system's name"):
        assert part in sentence
    assert "marked error" not in sentence


def test_a_format_is_not_blamed_for_what_it_holds(store: Store, desk: Desk) -> None:
    sentence = lost(store, desk, "jsonl")
    assert "1 comment" in sentence
    for part in ("deleted", "split", "source", "reference", "system"):
        assert part not in lost(store, desk, "csv")
    assert "comment" not in lost(store, desk, "docx")


def test_the_original_keeps_what_came_with_it_and_its_warnings_are_told(store: Store, desk: Desk) -> None:
    said, *warnings = exporting.losses(store, desk.batch, "original")
    assert "1 merge and 1 split" in said or "1 merge, 1 split" in said
    assert "source" not in said
    assert "reference" not in said
    assert any("Deleted or merged away" in warning for warning in warnings)


def test_nothing_is_lost_where_nothing_was_done(store: Store) -> None:
    desk = desk_of(store, ("rows.jsonl", ROWS))
    assert exporting.losses(store, desk.batch, "original") == []
    assert exporting.losses(store, desk.batch, "jsonl") == []


@pytest.mark.parametrize("format", ["docx", "docx-clean"])
def test_codes_and_notes_that_a_new_document_leaves_out_are_said(store: Store, format: str) -> None:
    row = {"hypothesis": "A <1>port</1>.", "codes": [["<1>", "b", True], ["</1>", "b", True]], "notes": ["Headline."]}
    desk = desk_of(store, ("rows.jsonl", json.dumps(row).encode() + b"\n"))
    assert "the notes of 1 segment and the inline codes of 1 segment" in lost(store, desk, format)


def test_a_clean_document_does_not_tell_what_was_deleted(store: Store, desk: Desk) -> None:
    assert "which segment was deleted" in lost(store, desk, "docx-clean")
    assert "deleted" not in lost(store, desk, "docx")


@pytest.mark.parametrize("format", ["mqm", "appraise-csv", "pearmut", "pearmut-campaign", "wmt-xml"])
def test_studies_hold_no_inline_codes_and_marks_stand_on_the_same_words(store: Store, format: str) -> None:
    row = {
        "article": "a", "system": "q", "source": "<1>港口</1>大。", "hypothesis": "The <1>port</1> is big.",
        "references": ["A <1>port</1>."], "codes": [["<1>", "b", True], ["</1>", "b", True]],
    }  # fmt: skip
    desk = desk_of(store, ("rows.jsonl", json.dumps(row).encode() + b"\n"))
    span = {"id": "m1", "side": "target", "start": 4, "end": 15, "category": "accuracy", "severity": "major"}
    act(desk, "mark", [0], {"span": {**span, "text": row["hypothesis"]}})
    made = exporting.download(store, desk.batch, format)
    assert b"<1>" not in made.data
    assert b"&lt;1" not in made.data
    if format not in ("wmt-xml", "pearmut-campaign"):
        again = desk_of(store, (made.filename, made.data), format=format).segments()[0]
        assert [again["hypothesis"][m["start"] : m["end"]] for m in again["marks"]] == ["port"]


def test_a_table_from_scratch_has_a_column_for_every_reference(store: Store) -> None:
    more = ROWS + b'{"article": "b", "hypothesis": "Five.", "references": ["1", "2", "3"]}\n'
    desk = desk_of(store, ("rows.jsonl", more))
    warnings: list[str] = []
    made = exporting.download(store, desk.batch, "csv", warnings=warnings)
    assert made.data.decode("utf-8-sig").splitlines()[0].endswith("reference_1,reference_2,reference_3")
    assert warnings == []


@pytest.mark.parametrize("format", ["xliff", "xliff2"])
def test_a_new_xliff_holds_what_one_over_its_original_cannot(store: Store, desk: Desk, format: str) -> None:
    new = lost(store, desk, format)
    assert not [word for word in ("comment", "merge", "split", "inserted", "machine", "status") if word in new]
    kind = find(format)
    assert kind.kept == {"status"}


def test_a_new_memory_has_merged_and_split_segments_as_they_are(store: Store, desk: Desk) -> None:
    sentence = lost(store, desk, "tmx")
    assert "comment" in sentence
    assert "merge" not in sentence
    assert "split" not in sentence


def test_inline_codes_are_no_words_that_errors_are_counted_on(store: Store) -> None:
    texts = {"coded": "The port <1/> is big.", "plain": "The port is big."}
    lines = [{"system": key, "hypothesis": text, "codes": [["<1/>", "b", True]]} for key, text in texts.items()]
    desk = desk_of(store, ("rows.jsonl", b"\n".join(json.dumps(line).encode() for line in lines)))
    for article, (key, text) in zip(desk.articles, texts.items(), strict=True):
        desk.article = article
        span = {"id": key, "side": "target", "start": 0, "end": 3, "category": "accuracy", "severity": "major"}
        act(desk, "mark", [0], {"span": {**span, "text": text}})
    scored = mqm.of_batch(store, desk.project, desk.batch, find_weights("wmt"))
    coded, plain = as_data(scored, View(basis="target"), ())["systems"]
    assert coded["per_words"] == plain["per_words"] > 0
