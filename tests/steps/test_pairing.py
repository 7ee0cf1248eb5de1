"""Segments of two systems stand for each other by article and name, whatever reviewers did to either."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review.errors import InputError
from review.model import Correction
from review.steps import scoring
from review.steps.scoring import slices
from review.steps.scoring.leaderboard import comparable
from review.steps.scoring.pairing import named
from review.store import Store
from tests.steps.desk import TEXTS, Desk, article


def pairs(desk: Desk) -> list[tuple[str, str]]:
    """The references of the segments that are compared; the desk's are told apart by number."""
    _, loaded = scoring.load(desk.store, desk.project, desk.batch)
    found = scoring.review_scores(loaded, ["chrf"])
    one, other = found.sheets
    mine, theirs = named(one), named(other)
    measured, _ = comparable(found)
    shared = [(mine[key], theirs[key]) for key in mine if key in theirs]
    assert len(measured.counts) == len(shared)
    assert len(slices.batch_differing(found, "mt", "other", "chrf")) <= len(shared)
    return [(one.references.texts[rank][0], other.references.texts[at][0]) for rank, at in shared]


@pytest.fixture(params=["named", "unnamed", "all alike"])
def desk(store: Store, request: pytest.FixtureRequest) -> Desk:
    made = article()
    if request.param != "unnamed":
        names = [str(at) if request.param == "named" else "same" for at in range(1, len(TEXTS) + 1)]
        segments = [replace(one, name=name) for one, name in zip(made.segments, names, strict=True)]
        made = replace(made, segments=tuple(segments))
    return Desk(
        store, [made, replace(made, system="other"), article(name="two"), replace(article(name="two"), system="other")]
    )


def test_what_nobody_touched_meets_in_full(desk: Desk) -> None:
    found = pairs(desk)
    assert len(found) == 2 * len(TEXTS)
    assert all(mine == theirs for mine, theirs in found)


@pytest.mark.parametrize("act", ["merge", "split", "insert"])
def test_what_reviewers_made_has_no_partner_and_moves_no_other(desk: Desk, act: str) -> None:
    first, second, *_ = desk.ids()
    if act == "merge":
        desk.do("merge", [first, second], {"new": desk.new()})
    elif act == "split":
        desk.do("split", [first], {"new": [desk.new(), desk.new()], "at": 4, "source_at": 2})
    else:
        desk.do("insert", [first], {"new": desk.new(), "text": "A new one.", "before": False})
    found = pairs(desk)
    assert all(mine == theirs for mine, theirs in found)
    assert len(found) >= len(TEXTS)


def test_one_of_several_equal_names_that_is_left_alone_has_no_partner() -> None:
    made = article()
    segments = tuple(replace(one, name="same", id=str(at)) for at, one in enumerate(made.segments))
    merged = replace(segments[0], id="9", name="", parents=("0", "1", "2"))
    found = scoring.review_scores(
        [
            replace(made, segments=(merged, segments[3]), id="a"),
            replace(made, segments=segments, system="other", id="b"),
        ],
        ["chrf"],
    )
    with pytest.raises(InputError, match="no segment in common"):
        comparable(found)


def test_a_name_that_stands_once_is_kept_in_an_article_with_a_new_segment() -> None:
    made = article()
    segments = [replace(one, name=str(at), id=str(at)) for at, one in enumerate(made.segments, 1)]
    inserted = replace(segments[0], id="9", name="", correction=Correction("A new one.", inserted=True))
    changed = replace(made, segments=(inserted, *segments), id="a")
    other = replace(made, segments=tuple(segments), system="other", id="b")
    found = scoring.review_scores([changed, other], ["chrf"])
    assert len(comparable(found)[0].counts) == len(TEXTS)
