"""What the model sees of words and segments."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from review.detectors import Context, doubt
from review.detectors.doubt import segments as whole
from review.detectors.doubt.words import ALONE, GIVEN, Words
from review.model import Article, Segment
from tests.detectors.doubt.conftest import KINDS, NEW, only


@pytest.mark.parametrize("kind", KINDS)
def test_features_have_a_column_for_each_name_and_a_row_for_each_word_and_segment(kind: str) -> None:
    article = only(kind, NEW[0].article)
    evidence = doubt.gather(article, (), kind)
    words = sum(len(found) for found in evidence.words.lexemes)
    assert evidence.rows.shape == (words, len(doubt.word_names(kind)))
    half = np.full(words, 0.5)
    own = doubt.own_features(evidence, half, half)
    assert own.shape == (len(article.segments), len(doubt.own_names(kind, near=False)))
    assert np.isfinite(evidence.rows).all()


def test_vectors_add_their_columns_where_a_model_is_there() -> None:
    def embed(texts: list[str]) -> np.ndarray:
        rows = np.array([[len(text), 1.0] for text in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    evidence = doubt.gather(NEW[0].article, (), "both", Context(embed=embed))
    half = np.full(len(evidence.rows), 0.5)
    own = doubt.own_features(evidence, half, half)
    assert own.shape[1] == len(doubt.own_names("both", near=True))
    assert evidence.near is not None
    assert np.isfinite(evidence.near).all()


def test_a_segment_without_the_evidence_is_not_known_rather_than_nothing() -> None:
    first, *rest = NEW[0].article.segments
    article = replace(NEW[0].article, segments=(replace(first, source=None, references=(), alternatives=()), *rest))
    words = Words(article)
    rows, compared = words.given("references")
    here = slice(0, words.starts[1])
    assert np.isnan(rows[here]).all()
    assert np.isfinite(rows[words.starts[1] :]).all()
    assert compared[0] is None
    assert np.isnan(whole.compared(words, rows, compared)[0]).all()
    half = np.full(words.count, 0.5)
    plain = whole.plain(words, half, half)
    of_source = [at for at, name in enumerate(whole.PLAIN) if name.startswith("source_")]
    assert np.isnan(plain[0, of_source]).all()
    assert np.isfinite(plain[1:]).all()


def test_a_segment_without_words_is_not_known_at_all() -> None:
    words = Words(Article("x", (Segment("…", "0"), Segment("A port", "1")), target_language="en"))
    plain = whole.plain(words, np.full(2, 0.5), np.full(2, 0.5))
    assert np.isnan(plain[0]).all()
    assert plain[1, whole.PLAIN.index("size")] == pytest.approx(math.log(2))


def test_a_word_that_the_others_do_not_have_shows() -> None:
    segment = Segment("The lantern is near", "0", alternatives=("The port is near", "The port is close"))
    rows, (compared,) = Words(Article("x", (segment,), target_language="en")).given("alternatives")
    column = {name: rows[:, at].tolist() for at, name in enumerate(GIVEN)}
    assert column["absent"] == [0.0, 1.0, 0.0, 0.5]
    assert column["nowhere"] == [0.0, 1.0, 0.0, 0.0]
    assert compared is not None
    assert compared.missing == pytest.approx(1 / 4)  # "port" for four words


@pytest.mark.parametrize(
    ("segment", "kind"),
    [
        (Segment("A port", source="港口"), "source"),
        (Segment("A port", references=("A harbour",)), "reference"),
        (Segment("A port", source="港口", alternatives=("A harbour",)), "alternatives"),
        (Segment("A port", references=("A",), alternatives=("A harbour",)), "both"),
        (Segment("A port", source=" ", references=(" ",)), ""),
    ],
)
def test_the_evidence_is_what_most_segments_have(segment: Segment, kind: str) -> None:
    assert doubt.evidence_of(Article("x", (segment, segment, Segment("bare")))) == kind
    assert doubt.evidence_of(Article("x", (segment, Segment("bare")))) == ""


def test_every_feature_has_one_name() -> None:
    for names in (ALONE, GIVEN, whole.PLAIN, whole.COMPARED, whole.NEAR):
        assert len(set(names)) == len(names)
