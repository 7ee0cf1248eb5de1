"""The doubt model: what it sees, which stretches it chooses, what it learns, and what its flags advise."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.detectors import Context, doubt
from review.detectors.doubt import segments as whole
from review.detectors.doubt.advice import advice
from review.detectors.doubt.logistic import Logistic, fit
from review.detectors.doubt.spans import LONGEST, SPAN, SURE, Windows, chosen, held_back, windows
from review.detectors.doubt.words import ALONE, GIVEN, Words
from review.model import Article, Segment
from review.steps.evaluating import learning
from tests.detectors import planted

KINDS = ("source", "reference", "alternatives", "both")
TRAINING = planted.rated()
NEW = planted.rated(documents=2, seed=99)


@pytest.fixture(scope="module")
def models() -> dict[str, dict[str, Any]]:
    """Models for each kind of evidence, learned from the planted articles."""
    return {kind: planted.learned(TRAINING, kind) for kind in KINDS}


@pytest.fixture
def loaded(models: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same models, read from a file as the shipped ones are."""
    with planted.weights(tmp_path / "weights.json", models, monkeypatch):
        yield


def only(kind: str, article: Article) -> Article:
    rated = replace(NEW[0], article=article, spans=(), raters={})
    return learning.visible(rated, kind).article


# What it sees


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


# Which stretches it chooses

PROBABILITIES = st.lists(st.floats(0.01, 0.95), max_size=10)


@given(PROBABILITIES, st.data())
def test_stretches_are_all_there_are_and_their_features_are_what_they_say(
    marked: list[float], data: st.DataObject
) -> None:
    def column() -> np.ndarray:
        numbers = data.draw(st.lists(st.floats(0, 0.9), min_size=len(marked), max_size=len(marked)))
        return np.array(numbers, dtype=float)

    m, major, function, flagged = np.array(marked, dtype=float), column(), column().round(), column()
    found = windows(m, major, function, flagged, 0.3)
    places = [(a, b) for a in range(len(m)) for b in range(a, min(a + LONGEST, len(m)))]
    assert sorted(zip(found.first.tolist(), found.last.tolist(), strict=True)) == places
    assert found.features.shape == (len(places), len(SPAN))
    for first, last, row in zip(found.first, found.last, found.features, strict=True):
        part = slice(first, last + 1)
        expected = {
            "words": last - first + 1,
            "log_words": math.log(last - first + 1),
            "marked_max": m[part].max(),
            "marked_mean": m[part].mean(),
            "major_max": major[part].max(),
            "major_mean": major[part].mean(),
            "marked_once": math.log(1 - np.prod(1 - m[part]) + 1e-9),
            "major_once": math.log(1 - np.prod(1 - major[part]) + 1e-9),
            "first_function": function[first],
            "last_function": function[last],
            "functions": function[part].mean(),
            "flagged": flagged[part].max(),
            "risk": 0.3,
            "segment_marked": m.mean(),
            "segment_major": major.mean(),
            "size": math.log(len(m)),
        }
        assert dict(zip(SPAN, row, strict=True)) == pytest.approx(expected, abs=1e-6)


@given(PROBABILITIES, st.data())
def test_chosen_stretches_do_not_overlap_and_are_short(marked: list[float], data: st.DataObject) -> None:
    m = np.array(marked, dtype=float)
    found = windows(m, m / 2, np.zeros(len(m)), np.zeros(len(m)), 0.5)
    count = len(found.first)
    confidence = np.array(data.draw(st.lists(st.floats(0.01, 0.99), min_size=count, max_size=count)), dtype=float)
    may_be_sure = data.draw(st.booleans())
    taken: set[int] = set()
    for first, last, sure in chosen(found, confidence, m, 0.75, 0.2, may_be_sure):
        here = set(range(first, last + 1))
        assert 1 <= len(here) <= LONGEST
        assert not here & taken
        assert 0 < sure < 1
        assert may_be_sure or sure < SURE
        taken |= here
    assert taken >= {at for at, value in enumerate(marked) if value >= 0.2}


def test_a_sure_stretch_stands_out_from_its_segment() -> None:
    found = Windows(np.array([0, 1, 0]), np.array([0, 1, 1]), np.zeros((3, len(SPAN))))
    marked = np.array([0.9, 0.1])
    picked = list(chosen(found, np.array([0.95, 0.1, 0.96]), marked, 0.75, 0.99, True))
    assert picked == [(0, 0, 0.95)]  # longer is likelier, but no likelier than any stretch of its length


@given(st.floats(0, 1), st.floats(0, 1))
def test_what_is_held_back_keeps_its_order_below_sure(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert held_back(one, 1.0) < SURE
    assert held_back(one, 1.5) == one
    if low >= SURE:
        assert held_back(low, 1.0) <= held_back(high, 1.0)


# What it learns


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


# What its flags advise


def advise(text: str, wrong: str, **given: tuple[str, ...]) -> tuple[str, tuple[str, ...], str]:
    at = [word.lower() for word in text.rstrip(".").split()].index(wrong)
    return advice(Segment(text, "0", **given), at, at, "en")  # type: ignore[arg-type]


def test_a_reference_says_what_stands_there() -> None:
    message, suggestions, evidence = advise("The deputy spoke.", "deputy", references=("The vice mayor spoke.",))
    assert message == "“deputy” is “vice mayor” in the reference."
    assert suggestions == ("vice mayor",)
    assert evidence == "reference: vice mayor"


def test_two_outputs_that_agree_say_so() -> None:
    message, suggestions, evidence = advise(
        "The lantern opened.", "lantern", alternatives=("The port opened.", "The port opened today.")
    )
    assert message == "“lantern” is “port” in both other systems."
    assert suggestions == ("port",)
    assert evidence == "other system: port; other system: port"


def test_outputs_that_differ_are_counted() -> None:
    message, suggestions, _ = advise(
        "The lantern opened.",
        "lantern",
        references=("The port opened.",),
        alternatives=("The port opened.", "The harbour opened."),
    )
    assert message == "“lantern” is “port” in 2 of 3 (the reference and both other systems)."
    assert suggestions == ("port", "harbour")


def test_a_word_that_nobody_else_has_is_said_to_have_nothing_in_its_place() -> None:
    message, suggestions, _ = advise("The port newly opened.", "newly", references=("The port opened.",))
    assert message == "“newly” has nothing in its place in the reference."
    assert suggestions == ()


def test_a_word_that_others_have_too_is_said_to_stand_there() -> None:
    message, suggestions, _ = advise("The port opened.", "port", references=("The port of Rizhao opened.",))
    assert message == "“port” stands in the reference too, but wordings like it are often changed."
    assert suggestions == ()


def test_without_other_texts_it_sends_to_the_source() -> None:
    message, suggestions, evidence = advise("The port opened.", "port")
    assert "check it against the source" in message
    assert (suggestions, evidence) == ((), "")


def test_another_sentence_is_no_suggestion() -> None:
    other = ("One two three four five six seven eight nine ten eleven.",)
    message, suggestions, _ = advise("Lantern.", "lantern", references=other)
    assert message == "“Lantern” has nothing in its place in the reference."
    assert suggestions == ()


def test_every_feature_has_one_name() -> None:
    for names in (ALONE, GIVEN, SPAN, whole.PLAIN, whole.COMPARED, whole.NEAR):
        assert len(set(names)) == len(names)
