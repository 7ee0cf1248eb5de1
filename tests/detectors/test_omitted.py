"""Omissions: silent without a model, and on any model's own scale."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.detectors import Context, detectors
from review.detectors.omitted import LITTLE, NONE, PAIRS, _scale, clauses, pieces
from review.model import Article, Segment
from review.steps.flagging import detect

WORDS = (("港", "port"), ("茶", "tea"), ("雨", "rain"), ("路", "road"))


def likeness(texts: Sequence[str]) -> np.ndarray:
    """Vectors that know four words in two languages, and the pairs that a model's scale is told from."""
    known = [*WORDS, *PAIRS]
    rows = np.array([[0.05 + (theirs in text or ours in text) for theirs, ours in known] for text in texts])
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def deaf(texts: Sequence[str]) -> np.ndarray:
    """Vectors of a model that sees every text alike."""
    return np.ones((len(texts), 4), np.float32) / 2


SHORT = Article(
    "a",
    (
        Segment("They built the port.", "0", source="他们修了港口，大家都喝了很多茶。"),
        Segment("It rained a lot: rain and more rain.", "1", source="雨下得很大。"),
        Segment("The road goes on and on, a long road.", "2", source="路还很长很长。"),
    ),
    source_language="zh",
    target_language="en",
)


def test_what_has_no_counterpart_is_flagged_on_the_source() -> None:
    flags, failures = detect(SHORT, Context(embed=likeness), only=["omitted"])
    assert failures == []
    (flag,) = flags
    assert (flag.segment, flag.side, flag.category, flag.subcategory) == ("0", "source", "accuracy", "omission")
    assert (SHORT.segments[0].source or "")[flag.start : flag.end] == "大家都喝了很多茶"


@pytest.mark.parametrize("embed", [None, deaf], ids=["no model", "a model that knows no translation"])
def test_it_is_silent_where_nothing_can_be_told(embed: object) -> None:
    assert detect(SHORT, Context(embed=embed), only=["omitted"]) == ([], [])  # type: ignore[arg-type]


def test_a_segment_of_the_usual_length_is_not_looked_at() -> None:
    asked: list[str] = []

    def embed(texts: Sequence[str]) -> np.ndarray:
        asked.extend(texts)
        return likeness(texts)

    assert list(detectors()["omitted"].detect(Article("a", SHORT.segments[1:]), Context(embed=embed))) == []
    assert asked == []


def test_the_limits_lie_on_the_model_s_own_scale() -> None:
    none, little = _scale(likeness)
    rows = likeness([text for pair in PAIRS for text in pair])
    unlike = float(rows[0] @ rows[3])
    assert none == pytest.approx(unlike + NONE * (1 - unlike), abs=1e-2)
    assert little == pytest.approx(unlike + LITTLE * (1 - unlike), abs=1e-2)


def test_clauses_stand_between_punctuation_but_numbers_stay_whole() -> None:
    text = "\u201cIt sold 1,200 cars\u201d, he said: at 8:30, or 9.5% \u2013 a lot."
    assert [text[start:end] for start, end in clauses(text)] == [
        "It sold 1,200 cars",
        "he said",
        "at 8:30",
        "or 9.5%",
        "a lot",
    ]
    assert [("甲，乙—丙", part)[0][slice(*part)] for part in clauses("甲，乙—丙")] == ["甲", "乙", "丙"]


@given(st.text("ab ,.港。1", max_size=40), st.floats(1, 20))
def test_clauses_and_pieces_are_parts_of_the_text(text: str, length: float) -> None:
    ends = [0]
    for start, end in clauses(text):
        assert ends[-1] <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        ends.append(end)
    assert all(piece and piece in text for piece in pieces(text, length))


def test_pieces_cover_a_long_clause_by_halves() -> None:
    text = "one two three four five six seven eight"
    found = list(pieces(text, 13))
    assert found[0] == "one two three"
    assert found[-1].endswith("eight")
    assert {word for piece in found for word in piece.split()} == set(text.split())
    assert list(pieces("short", 13)) == []
