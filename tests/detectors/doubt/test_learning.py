"""What is learned from planted errors is found in new articles, in any language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from review.detectors import Context, doubt
from review.detectors.doubt import segments as whole
from review.detectors.doubt.logistic import Logistic, fit
from review.detectors.doubt.spans import SURE
from review.model import Article, Flag, Rated, Segment
from review.steps.evaluating import learning
from tests.detectors import planted
from tests.detectors.doubt.conftest import KINDS, NEW, only


def test_a_logistic_model_finds_the_weights_that_made_its_labels() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(4000, 2)) * [1.0, 5.0] + [0.0, 3.0]
    z = 0.5 + 2.0 * x[:, 0] - 0.2 * (x[:, 1] - 3)
    model = fit(("a", "b"), x, 1 / (1 + np.exp(-z)), 0.001)
    assert model.weights / model.scale == pytest.approx([2.0, -0.2], rel=0.01)
    assert model.predict(x) == pytest.approx(1 / (1 + np.exp(-z)), abs=0.01)


def test_what_is_known_nowhere_has_no_weight_and_makes_no_number_odd() -> None:
    x = np.array([[0.0, np.nan], [1.0, np.nan], [0.0, np.nan], [1.0, np.nan]])
    model = fit(("a", "b"), x, np.array([0.0, 1, 0, 1]), 0.1)
    assert model.weights[1] == 0
    assert np.isfinite(list(model.to_json()["features"].values())).all()
    assert np.isfinite(model.predict(np.array([[1.0, 7.0], [np.nan, np.nan]]))).all()


def test_a_model_is_the_same_after_its_json() -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=(50, 3))
    model = fit(("a", "b", "c"), x, (x[:, 0] > 0).astype(float), 1.0)
    again = Logistic.from_json(model.to_json())
    assert again.names == model.names
    assert again.predict(x) == pytest.approx(model.predict(x), abs=1e-3)
    assert again.to_json() == model.to_json()


@pytest.mark.parametrize("kind", KINDS[1:])
def test_learned_from_planted_errors_it_finds_those_of_new_articles(kind: str, models: dict[str, Any]) -> None:
    hits = missed = 0
    for item in NEW:
        article = only(kind, item.article)
        weighed = doubt.DETECTOR.weigh(article, (), Context(), models[kind])
        assert weighed is not None
        bad = [weighed.risks[segment.id] for segment in article.segments if int(segment.id) % 2]
        good = [weighed.risks[segment.id] for segment in article.segments if not int(segment.id) % 2]
        assert min(bad) > max(good)
        for span in item.spans:
            found = any(f.segment == span.segment and f.start < span.end and span.start < f.end for f in weighed.flags)
            hits, missed = hits + found, missed + (not found)
    assert hits > 0
    assert missed == 0


def test_from_the_source_alone_risks_are_probabilities(models: dict[str, Any]) -> None:
    article = only("source", NEW[0].article)
    weighed = doubt.DETECTOR.weigh(article, (), Context(), models["source"])
    assert weighed is not None
    assert set(weighed.risks) == {segment.id for segment in article.segments}
    assert all(0 < risk < 1 for risk in weighed.risks.values())


def test_models_from_a_file_say_what_they_said_before(loaded: None, models: dict[str, Any]) -> None:
    article = NEW[0].article
    read = doubt.DETECTOR.weigh(article, (), Context())
    kept = doubt.DETECTOR.weigh(article, (), Context(), models["both"])
    assert read is not None
    assert kept is not None
    assert read.risks == pytest.approx(dict(kept.risks), abs=1e-3)
    assert [(f.segment, f.start, f.end) for f in read.flags] == [(f.segment, f.start, f.end) for f in kept.flags]
    assert len({flag.id for flag in read.flags}) == len(read.flags)


def test_models_learned_without_vectors_pass_over_them(models: dict[str, Any]) -> None:
    def embed(texts: list[str]) -> np.ndarray:
        return np.tile(np.array([1.0, 0.0], dtype=np.float32), (len(texts), 1))

    article = NEW[0].article
    with_vectors = doubt.DETECTOR.weigh(article, (), Context(embed=embed), models["both"])
    without = doubt.DETECTOR.weigh(article, (), Context(), models["both"])
    assert with_vectors is not None
    assert without is not None
    assert with_vectors.risks == without.risks


def test_without_evidence_or_models_it_is_silent(loaded: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = Article("x", (Segment("The lantern is near", "0"),), target_language="en")
    assert doubt.DETECTOR.weigh(bare, (), Context()) is None
    assert list(doubt.DETECTOR.detect(bare, Context())) == []
    assert doubt.DETECTOR.survey(bare) == {}
    with planted.weights(tmp_path / "none.json", {}, monkeypatch):
        assert doubt.DETECTOR.weigh(NEW[0].article, (), Context()) is None


def test_the_batch_speaks_of_its_segments_too(loaded: None) -> None:
    counts = [doubt.DETECTOR.survey(item.article) for item in NEW]
    total = None
    for one in counts:
        total = doubt.DETECTOR.merge(total, one)
    assert set(total) == {"both"}
    assert set(total["both"]) == {"A", "B"}
    for name, (count, value) in total["both"]["A"].items():
        mine = [one["both"]["A"][name] for one in counts if "A" in one["both"]]
        assert (count, value) == (sum(part[0] for part in mine), pytest.approx(sum(part[1] for part in mine)))
    article = NEW[0].article
    alone = doubt.DETECTOR.weigh(article, (), Context())
    together = doubt.DETECTOR.weigh(article, (), Context(statistics={"doubt": total}))
    assert alone is not None
    assert together is not None
    assert set(alone.risks) == set(together.risks)


def test_means_are_drawn_to_the_usual_where_a_batch_is_small() -> None:
    usual = {"marked": 0.5}
    assert whole.means({}, usual) == [0.5]
    assert whole.means({"marked": [whole.SHRINK, whole.SHRINK * 0.1]}, usual) == [pytest.approx(0.3)]


TARGETS = {
    "ar": ("👍 افتتح المصباح اليوم في المدينة.", ("👍 افتتح الميناء اليوم في المدينة.",) * 2, "المصباح"),
    "zh": ("👍日照灯笼今天启用。", ("👍日照港口今天启用。",) * 2, "灯笼"),
    "de": ("👍 Die Laterne wurde heute eröffnet.", ("👍 Der Hafen wurde heute eröffnet.",) * 2, "Laterne"),
}


@pytest.mark.parametrize("language", TARGETS)
def test_other_languages_are_flagged_in_code_points_and_never_surely(language: str, loaded: None) -> None:
    text, others, wrong = TARGETS[language]
    segment = Segment(text, "0", source="source", alternatives=others)
    weighed = doubt.DETECTOR.weigh(
        Article("x", (segment,), source_language="en", target_language=language), (), Context()
    )
    assert weighed is not None
    start = text.index(wrong)
    assert any(flag.start < start + len(wrong) and start < flag.end for flag in weighed.flags)
    for flag in weighed.flags:
        assert flag.confidence < SURE
        assert text[flag.start : flag.end].strip() == text[flag.start : flag.end] != ""
        assert "👍" not in text[flag.start : flag.end]
    bare = replace(segment, alternatives=())
    silent = doubt.DETECTOR.weigh(Article("x", (bare,), source_language="en", target_language=language), (), Context())
    assert silent is not None
    assert silent.flags == ()


def remarks(item: Rated) -> list[Flag]:
    """On each segment one flag of a detector that is always right, where an error was planted, and a wrong one."""
    found = []
    for segment in item.article.segments:
        spans = {(span.start, span.end) for span in item.spans if span.segment == segment.id}
        places = [("numbers", start, end) for start, end in spans] + [("length", 0, 3)]
        for detector, start, end in places:
            key = f"{detector}{segment.id}"
            found.append(Flag(key, segment.id, start, end, detector, "accuracy", "minor", 0.5, "So."))
    return found


def test_how_sure_other_detectors_are_is_learned_too() -> None:
    items = [
        learning.prepare(item, "both", remarks(item), Context()) for item in planted.rated(documents=8, segments=8)
    ]
    models = learning.train(items) | {"least": 0.3}
    assert models["flag"].names[2:] == ("length", "numbers")
    (new, *_) = NEW
    weighed = doubt.DETECTOR.weigh(new.article, remarks(new), Context(), models)
    assert weighed is not None
    applied = weighed.applied(remarks(new))
    assert [(flag.id, flag.detector) for flag in applied] == [(flag.id, flag.detector) for flag in remarks(new)]
    right = [flag.confidence for flag in applied if flag.detector == "numbers"]
    wrong = [flag.confidence for flag in applied if flag.detector == "length"]
    assert min(right) > 0.7 > 0.3 > max(wrong)
    assert max(right) < SURE  # its detector was not sure either
