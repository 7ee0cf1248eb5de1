"""Systems of a batch are compared on the segments that all of them have, as sacrebleu would compare them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review.errors import InputError
from review.metrics import Prepared, metrics
from review.model import Article, Segment
from review.steps import scoring
from review.steps.scoring import significance
from review.steps.scoring.leaderboard import comparable, compare_batch
from review.steps.scoring.systems import Measured
from tests.metrics.test_equality import HYPOTHESIS, REFERENCE, SECOND


def article(system: str, texts: list[str], references: list[str] | None = REFERENCE, name: str = "news") -> Article:
    segments = tuple(
        Segment(text, id=f"{system}{at}", name=str(at + 1), references=(references[at],) if references else ())
        for at, text in enumerate(texts)
    )
    return Article(name, segments, system=system, target_language="en", id=f"{system}-{name}")


def test_every_pair_is_compared_as_the_same_files_would_be() -> None:
    texts = {"a": HYPOTHESIS, "b": SECOND, "c": [*REFERENCE[:-1], "something else"]}
    found = scoring.review_scores([article(name, each) for name, each in texts.items()], ["bleu", "chrf"])
    results, warnings = compare_batch(found, "bootstrap", 50)
    chosen = metrics(["bleu", "chrf"])
    kept = [at for at, text in enumerate(REFERENCE) if text.strip()]
    prepared = Prepared([(REFERENCE[at],) for at in kept])
    rows = {
        (name, metric.name): metric.measure([each[at] for at in kept], prepared)
        for name, each in texts.items()
        for metric in chosen
    }
    wanted = significance.pairwise(Measured(("a", "b", "c"), tuple(chosen), prepared.counts, rows), "bootstrap", 50)
    assert warnings == []
    for one, other in zip(results, wanted, strict=True):
        assert (one.metric, one.systems, one.scores, one.ranks) == (
            other.metric,
            other.systems,
            other.scores,
            other.ranks,
        )
        assert one.p_values.tolist()[0][1:] == other.p_values.tolist()[0][1:]


def test_systems_in_another_order_of_articles_meet_by_name() -> None:
    one = [article("a", HYPOTHESIS[:60], REFERENCE[:60], "x"), article("a", HYPOTHESIS[60:], REFERENCE[60:], "y")]
    two = [article("b", SECOND[60:], REFERENCE[60:], "y"), article("b", SECOND[:60], REFERENCE[:60], "x")]
    found = scoring.review_scores([*one, *two], ["chrf"])
    measured, warnings = comparable(found)
    [chrf] = metrics(["chrf"])
    kept = [at for at, text in enumerate(REFERENCE) if text.strip()]
    wanted = chrf.measure([SECOND[at] for at in kept], Prepared([(REFERENCE[at],) for at in kept]))
    assert measured.rows["b", "chrf"].tolist() == wanted.tolist()
    assert warnings == []


def test_segments_that_a_system_lacks_are_left_out_and_said_to_be() -> None:
    short = article("b", SECOND[:50], REFERENCE[:50])
    found = scoring.review_scores([article("a", HYPOTHESIS), short], ["chrf"])
    measured, [warning] = comparable(found)
    shared = sum(bool(text.strip()) for text in REFERENCE[:50])
    assert len(measured.counts) == shared
    assert warning.startswith(f"{shared} segments that all systems have are compared")


def test_names_that_stand_twice_meet_in_their_order() -> None:
    def twice(system: str, texts: list[str]) -> Article:
        made = article(system, texts, REFERENCE[:4])
        return replace(made, segments=tuple(replace(one, name="same") for one in made.segments))

    found = scoring.review_scores([twice("a", HYPOTHESIS[:4]), twice("b", SECOND[:4])], ["chrf"])
    measured, _ = comparable(found)
    assert len(measured.counts) == sum(bool(text.strip()) for text in REFERENCE[:4])


@pytest.mark.parametrize(
    ("articles", "sentence"),
    [
        ([article("a", HYPOTHESIS)], "two systems or more"),
        ([article("a", HYPOTHESIS), article("b", SECOND, None)], "two systems or more"),
        ([article("a", HYPOTHESIS), article("b", SECOND, name="other")], "no segment in common"),
    ],
    ids=["one system", "one without references", "nothing in common"],
)
def test_what_cannot_be_compared_is_refused(articles: list[Article], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        comparable(scoring.review_scores(articles, ["chrf"]))
