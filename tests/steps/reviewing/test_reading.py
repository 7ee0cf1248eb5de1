"""Whatever does not fit is refused in one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.steps.desk import TEXTS, Desk, mark


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("edit", {}),
        ("edit", {"texts": "x"}),
        ("edit", {"texts": []}),
        ("edit", {"texts": ["a", "b"]}),
        ("edit", {"texts": [1]}),
        ("edit", {"texts": ["\ud800"]}),
        ("edit", {"texts": ["a\x00"]}),
        ("edit", {"texts": ["x" * (1024 * 1024 + 1)]}),
        ("edit", {"texts": ["x"], "origin": "elsewhere"}),
        ("edit", {"texts": ["x"], "group": ["x"]}),
        ("accept", {"texts": ["x"], "flags": [], "suggestion": "x"}),
        ("accept", {"texts": ["x"], "flags": [{}], "suggestion": "x"}),
        ("dismiss", {"flag": None, "scope": "place"}),
        ("dismiss", {"flag": {"id": "1"}, "scope": "planet"}),
        ("restore", {"dismissal": "not-a-uuid"}),
        ("restore", {"segment": "yes"}),
        ("mark", mark(end=99)),
        ("mark", mark(start=3, end=2)),
        ("mark", mark(start=True)),
        ("mark", mark(category="nonsense")),
        ("mark", mark(severity="dire")),
        ("mark", mark(text="was never here")),
        ("unmark", {"span": {"id": 3}}),
        ("rate", {"value": 101}),
        ("rate", {"value": float("nan")}),
        ("rate", {"value": True}),
        ("comment", {"comment": {"id": "c", "text": "  "}}),
        ("comment", {"comment": {"id": "c", "text": "x", "start": 0, "end": 999}}),
        ("status", {}),
        ("status", {"status": "done"}),
        ("status", {"locked": 1}),
        ("split", {"new": [1, 2], "at": 3}),
        ("split", {"new": [2**41, 2**41], "at": 3}),
        ("insert", {"new": 2**53, "text": "", "before": False, "new_paragraph": False}),
        ("insert", {"new": 2**41, "text": None}),
        ("repair", {"sources": [1]}),
        ("undo", {"event": "x"}),
        ("undo", {"event": "00000000-0000-0000-0000-000000000000"}),
        ("assign", {"article": 1}),
        ("attach", {"side": "source", "texts": ["x"]}),
        ("nonsense", {}),
        ("edit", None),
        ("edit", []),
    ],
)
def test_a_wrong_payload_is_refused_in_one_sentence_and_changes_nothing(desk: Desk, kind: str, payload: Any) -> None:
    refusal = desk.refused(kind, [desk.ids()[0]], payload)
    assert refusal["code"] == "invalid"
    assert refusal["reason"].endswith(".")
    assert "cannot take this act" not in refusal["reason"], "foreseen, not caught at the last door"
    assert desk.texts() == list(TEXTS)


@pytest.mark.parametrize(
    "posted",
    [
        None,
        1,
        "x",
        [],
        {},
        {"id": 3, "kind": "edit"},
        {"id": "00000000-0000-0000-0000-000000000001"},
        {"id": "00000000-0000-0000-0000-000000000001", "kind": ["edit"], "targets": [], "payload": {}},
        {"id": "00000000-0000-0000-0000-000000000001", "kind": "edit", "targets": {}, "payload": {}},
        {"id": "00000000-0000-0000-0000-000000000001", "kind": "edit", "targets": [1], "payload": {"texts": ["x"]}},
        {
            "id": "00000000-0000-0000-0000-000000000001",
            "kind": "edit",
            "targets": [{"segment": 10**30, "base_version": 0}],
            "payload": {"texts": ["x"]},
        },
        {
            "id": "00000000-0000-0000-0000-000000000001",
            "kind": "edit",
            "targets": [{"segment": 1, "base_version": "0"}],
            "payload": {"texts": ["x"]},
        },
        {
            "id": "00000000-0000-0000-0000-000000000001",
            "kind": "edit",
            "targets": [{"segment": 424242, "base_version": 0}],
            "payload": {"texts": ["x"]},
        },
    ],
)
def test_whatever_is_no_event_is_refused(desk: Desk, posted: Any) -> None:
    answer = desk.post(posted)
    assert answer["stored"] == []
    assert answer["refused"][0]["code"] == "invalid"
    assert "cannot take this act" not in answer["refused"][0]["reason"]
