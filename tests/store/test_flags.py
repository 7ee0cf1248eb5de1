"""Flags as saved: replaced as a whole, and counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review.model import Concept, Term
from review.store import Store, articles, flags, terms
from tests.steps.desk import TEXTS, Desk, flag


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def row(desk: Desk) -> articles.ArticleRow:
    with desk.store.read() as connection:
        return articles.get(connection, desk.article)


def test_flags_come_back_as_they_were_made(desk: Desk) -> None:
    first, second = desk.ids()[:2]
    made = [
        replace(flag(first, TEXTS[0], "Kaos", "COSMOPlat"), evidence="Haier", subcategory="wrong term"),
        flag(second, TEXTS[1], "Kaos", "x"),
        flag(second, TEXTS[1], "Kaos", "x", nth=1),
    ]
    desk.store.write(lambda c: flags.save(c, desk.article, reversed(made)))
    with desk.store.read() as connection:
        found = flags.of(connection, desk.article)
    assert [item.flag for item in found] == made
    assert {item.state for item in found} == {"open"}
    assert (row(desk).open_flags, row(desk).worst_severity) == (3, "major")
    desk.store.write(lambda c: flags.save(c, desk.article, []))
    assert (row(desk).open_flags, row(desk).worst_severity) == (0, "")


def test_a_flag_made_twice_or_for_a_segment_that_is_gone_is_dropped(desk: Desk) -> None:
    first = desk.ids()[0]
    one = flag(first, TEXTS[0], "Kaos", "x")
    lost = replace(one, segment="999", id="0" * 16)
    desk.store.write(lambda c: flags.save(c, desk.article, [one, one, lost]))
    assert row(desk).open_flags == 1


def test_what_flags_were_made_for_is_kept_with_the_article(desk: Desk) -> None:
    assert (row(desk).flagged_revision, row(desk).flagged_terms) == (-1, -1)
    first = desk.ids()[0]
    desk.do("edit", [first], {"texts": ["x"]})
    desk.store.write(lambda c: flags.save(c, desk.article, [], revision=0, terms=3, rules="abc"))
    found = row(desk)
    assert (found.revision, found.flagged_revision, found.flagged_terms, found.flagged_rules) == (1, 0, 3, "abc")
    desk.store.write(lambda c: flags.save(c, desk.article, []))
    assert row(desk).flagged_revision == 1


def test_flags_on_deleted_segments_are_not_counted(desk: Desk) -> None:
    first = desk.ids()[0]
    desk.store.write(lambda c: flags.save(c, desk.article, [flag(first, TEXTS[0], "Kaos", "x")]))
    desk.do("delete", [first], {})
    assert row(desk).open_flags == 0
    desk.do("restore", [first], {"segment": True})
    assert row(desk).open_flags == 1


def test_an_articles_risk_is_the_mean_of_its_segments_by_length(desk: Desk) -> None:
    ids = desk.ids()
    risks = {str(key): 0.5 for key in ids}
    desk.store.write(lambda c: flags.save(c, desk.article, [], risks=risks))
    assert row(desk).risk == pytest.approx(0.5)
    assert [segment["risk"] for segment in desk.segments()] == [0.5] * 4


def test_flags_of_a_long_article_are_saved_in_parts_to_the_same_end(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flags, "PART", 2)
    desk = Desk(store)
    ids = desk.ids()
    made = [
        flag(ids[0], TEXTS[0], "Kaos", "x"),
        flag(ids[1], TEXTS[1], "Kaos", "x"),
        flag(ids[2], TEXTS[2], "cycle", "x"),
    ]
    flags.save_in_parts(store, desk.article, made, risks={str(ids[0]): 0.5}, revision=0, terms=1, rules="r")
    assert (row(desk).open_flags, row(desk).flagged_terms, row(desk).flagged_rules) == (3, 1, "r")
    flags.save_in_parts(store, desk.article, made[1:])
    with store.read() as connection:
        assert [item.flag for item in flags.of(connection, desk.article)] == made[1:]
    assert row(desk).risk == 0


def test_a_flag_whose_words_have_changed_is_not_shown_until_flags_are_made_again(desk: Desk) -> None:
    first = desk.ids()[0]
    desk.store.write(lambda c: flags.save(c, desk.article, [flag(first, TEXTS[0], "Kaos", "x")]))
    desk.do("edit", [first], {"texts": ["Other words."]})
    assert desk.segments()[0]["flags"] == []


@pytest.mark.parametrize("part", [1, 100])
def test_flags_of_a_segment_that_was_changed_while_they_were_made_are_dropped(
    store: Store, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    """Their places are those of the older text, where other words stand now."""
    monkeypatch.setattr(flags, "PART", part)
    desk = Desk(store)
    first, second, third = desk.ids()[:3]
    with store.read() as connection:
        read = articles.load(connection, desk.article)
    made = [flag(first, TEXTS[0], "Kaos", "x"), flag(second, TEXTS[1], "Kaos", "x"), flag(third, TEXTS[2], "A", "x")]
    desk.do("edit", [first], {"texts": ["Helping Kaos."]})
    desk.do("repair", [third], {"sources": ["另一句。"]})
    made_for = {"judged": read, "revision": 0, "terms": 0, "rules": "r"}
    if part == 1:
        assert flags.save_in_parts(store, desk.article, made, **made_for)  # type: ignore[arg-type]
    else:
        assert store.write(lambda c: flags.save(c, desk.article, made, **made_for))  # type: ignore[arg-type]
    assert desk.states() == {TEXTS[1]: ["open"]}
    assert row(desk).open_flags == 1
    assert row(desk).flagged_revision < row(desk).text_revision, "they are made again"


def test_flags_for_an_older_text_or_older_terms_do_not_replace_later_ones(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(store)
    first = desk.ids()[0]
    old = [flag(first, TEXTS[0], "Kaos", "x")]
    desk.do("edit", [desk.ids()[3]], {"texts": ["x"]})
    store.write(lambda c: flags.save(c, desk.article, [], revision=1, terms=0))
    monkeypatch.setattr(flags, "PART", 2)
    assert not flags.save_in_parts(store, desk.article, old, revision=0, terms=0)
    assert not store.write(lambda c: flags.save(c, desk.article, old, revision=0, terms=0))
    store.write(lambda c: terms.add(c, desk.project, Concept("", (Term("a", "en"),)), desk.actor))
    assert not flags.save_in_parts(store, desk.article, old, revision=1, terms=0)
    assert desk.states() == {}
    assert flags.save_in_parts(store, desk.article, old, revision=1, terms=1)
    assert desk.states() == {TEXTS[0]: ["open"]}
