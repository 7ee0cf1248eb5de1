"""Flags are those of every detector, and nobody is judged by what was learned of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from review.detectors import doubt
from review.errors import InputError
from review.model import Segment
from review.steps.evaluating import learning, measuring, running
from tests.detectors import planted
from tests.steps.evaluating.made import rated, span, values


def test_models_that_judge_a_document_have_not_seen_it(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [
        learning.prepare(learning.visible(item, "reference"), "reference", (), learning.Context())
        for item in planted.rated(documents=3, segments=2)
    ]
    seen: list[set[str]] = []
    monkeypatch.setattr(learning, "train", lambda given: seen.append({item.rated.document for item in given}) or {})
    held = [{item.rated.document for item in mine} for _, mine in learning.left_out(items)]
    assert held == [{"d0"}, {"d1"}, {"d2"}]
    assert seen == [{"d1", "d2"}, {"d0", "d2"}, {"d0", "d1"}]
    seen.clear()
    grouped = [{item.rated.document for item in mine} for _, mine in learning.left_out(items, 2)]
    assert grouped == [{"d0", "d2"}, {"d1"}]


def test_only_the_evidence_of_a_kind_is_visible() -> None:
    (item, *_) = planted.rated(documents=1, segments=1)
    for kind, references, alternatives in (
        ("source", 0, 0),
        ("reference", 1, 0),
        ("alternatives", 0, 2),
        ("both", 1, 2),
    ):
        (segment,) = learning.visible(item, kind).article.segments
        assert (len(segment.references), len(segment.alternatives)) == (references, alternatives)
        assert segment.source


def test_learned_anew_it_finds_what_was_planted_in_each_document() -> None:
    given = planted.rated(documents=4)
    moves: list[tuple[int, int]] = []
    outcomes = running.left_out(given, "both", progress=lambda done, total: moves.append((done, total)))
    assert [outcome.rated.document for outcome in outcomes] == [item.document for item in given]
    assert moves == [(at, 4) for at in range(5)]
    compared = measuring.Comparison(outcomes, trials=1)
    assert values(compared.of_segments())["AUC of risk"] == 1.0
    assert values(compared.of_flags(compared.judged))["recall of major spans"] > 0.9


@pytest.mark.parametrize(("documents", "kind"), [(2, "both"), (3, "")])
def test_too_little_to_learn_from_is_said(documents: int, kind: str) -> None:
    with pytest.raises(InputError, match="at least 3 documents"):
        running.left_out(planted.rated(documents=documents), kind)


def test_documents_that_the_weights_were_learned_from_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = planted.rated(documents=3, segments=1)
    names = [doubt.fingerprint("d1")]
    with planted.weights(tmp_path / "w.json", {}, monkeypatch, names=names):
        (said,) = running.seen_in_learning(given)
        assert "from 1 of these 3 documents" in said
        assert running.seen_in_learning([item for item in given if item.document != "d1"]) == []


def test_flags_are_those_of_every_detector_and_a_system_is_a_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from review.steps import surveying

    surveyed: list[list[str]] = []
    survey = surveying.survey

    def watched(articles: Any, only: Any = None) -> Any:
        batch = list(articles)
        surveyed.append([article.system for article in batch])
        return survey(batch, only)

    monkeypatch.setattr(surveying, "survey", watched)
    doubled = rated(span(0, 2, "r1"))
    doubled = replace(
        doubled, article=replace(doubled.article, segments=(Segment("The the port opened.", "0"), Segment("So.", "1")))
    )
    with planted.weights(tmp_path / "none.json", {}, monkeypatch):
        outcomes, failures = running.as_flagged([doubled, rated(document="e", system="B")])
    assert failures == []
    assert surveyed == [["A"], ["B"]]
    assert [found.detector for found in outcomes[0].flags if found.segment == "0"] == ["doubled"]


def test_an_unknown_detector_is_said() -> None:
    with pytest.raises(InputError, match="There is no detector 'nobody'; there are "):
        running.as_flagged([rated()], only=["nobody"])
