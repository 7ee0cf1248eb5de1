"""What reviewers' own terms do: only flags on words that they call wrong are theirs."""

from __future__ import annotations

from review.steps import reflagging, terms
from review.steps.saving import Learned, learned
from review.store import Store
from tests.steps.desk import Desk, article


def test_without_a_term_of_their_own_nothing_is_counted(store: Store) -> None:
    desk = Desk(store)
    reflagging.renew(store, desk.article)
    assert learned(store, desk.project) == Learned(0)


def test_a_term_that_a_reviewer_adds_raises_flags_that_are_decided_on(store: Store) -> None:
    desk = Desk(store, [article(name="one"), article(name="two")])
    terms.add_term(store, desk.actor, desk.article, source="", wrong="small firm", preferred="smaller firm")
    for place in desk.articles:
        reflagging.renew(store, place)
    assert learned(store, desk.project) == Learned(1, open=2)
    first = desk.segments()[0]
    mine = next(one for one in first["flags"] if "smaller firms" in one["suggestions"])
    texts = [first["text"].replace("small firms", "smaller firms")]
    desk.do("accept", [first["id"]], {"texts": texts, "flags": [mine], "suggestion": "smaller firms"})
    reflagging.renew(store, desk.article)
    assert learned(store, desk.project, desk.batch) == Learned(1, open=1, accepted=1)
    desk.article = desk.articles[1]
    second = desk.segments()[0]
    other = next(one for one in second["flags"] if "smaller firms" in one["suggestions"])
    desk.do("dismiss", [second["id"]], {"flag": other, "scope": "place", "reason": ""})
    assert learned(store, desk.project) == Learned(1, hidden=1, accepted=1, dismissed=1)
    assert learned(store, desk.project, desk.batch + 1) == Learned(1)
