"""A rule that goes in a circle, or flags approved text, is refused with its reasons; a lead may overrule that."""

from __future__ import annotations

import pytest

from review.errors import AccessError, RefusedError
from review.settings import settings
from review.steps import terms
from review.steps.terms import Wording
from review.store import Store
from review.store import terms as stored
from tests.steps.desk import Desk, article


@pytest.fixture
def desk(store: Store) -> Desk:
    texts = [f"The Kaos plant {letter} grew." for letter in "ABCDEFGHIJ"]
    sources = [f"{'卡奥斯' if place < 8 else '开奥斯'}工厂{place}增长。" for place in range(10)]
    return Desk(store, [article(texts, sources)])


def add(desk: Desk, wrong: str, preferred: str, source: str = "", override: str = "", actor: int | None = None) -> str:
    return terms.add_term(
        desk.store, actor or desk.actor, desk.article, source=source, wrong=wrong, preferred=preferred,
        override=override,
    )  # fmt: skip


def confirm(desk: Desk, *places: int, status: str = "confirmed") -> None:
    ids = desk.ids()
    desk.do("status", [ids[place] for place in places], {"status": status})


def test_a_rule_and_its_opposite_are_a_circle(desk: Desk) -> None:
    add(desk, "agency", "bureau")
    with pytest.raises(RefusedError, match="“bureau” to “agency” to “bureau”"):
        add(desk, "bureau", "agency")


def test_a_longer_circle_is_named_whole_letter_case_aside(desk: Desk) -> None:
    add(desk, "agency", "bureau")
    add(desk, "Bureau", "department")
    with pytest.raises(RefusedError, match="“department” to “Agency” to “bureau” to “department”"):
        add(desk, "department", "Agency")


def test_letter_case_alone_can_go_in_a_circle(desk: Desk) -> None:
    add(desk, "cosmoplat", "COSMOPlat")
    add(desk, "Cosmoplat", "COSMOPlat")
    with pytest.raises(RefusedError, match="circle"):
        add(desk, "COSMOPlat", "cosmoplat")


def test_rules_for_source_terms_that_never_meet_are_no_circle(desk: Desk) -> None:
    add(desk, "agency", "bureau", source="局")
    add(desk, "bureau", "agency", source="机构")
    with pytest.raises(RefusedError, match="circle"):
        add(desk, "bureau", "agency")


def test_terms_of_every_termbase_that_is_on_count(desk: Desk) -> None:
    """The shipped terms forbid “double cycle” for “dual circulation”."""
    with pytest.raises(RefusedError, match="circle"):
        add(desk, "dual circulation", "double cycle", source="双循环")
    for name in ("zh-en-news", "zh-en-calques"):
        terms.switch(desk.store, desk.project, desk.actor, name, False)
    add(desk, "dual circulation", "double cycle", source="双循环")


def test_no_entry_is_left_of_what_was_refused(desk: Desk) -> None:
    confirm(desk, 0)
    with pytest.raises(RefusedError):
        add(desk, "Kaos", "COSMOPlat")
    with desk.store.read() as connection:
        assert stored.concepts(connection, desk.project) == []


def test_what_would_flag_approved_text_is_refused_with_three_examples(desk: Desk) -> None:
    confirm(desk, 0, 1, 2, 3)
    with pytest.raises(RefusedError) as refused:
        add(desk, "Kaos", "COSMOPlat", source="卡奥斯")
    said = str(refused.value)
    assert "4 of 4 confirmed or approved segments whose source has 卡奥斯 (100%; 5% are allowed)" in said
    assert said.count("The Kaos plant") == 3
    assert "(one, 1)" in said


def test_text_that_nobody_approved_is_no_hindrance(desk: Desk) -> None:
    add(desk, "Kaos", "COSMOPlat")


def test_a_source_term_narrows_it(desk: Desk) -> None:
    confirm(desk, 8, status="approved")
    with pytest.raises(RefusedError, match="Give it a source term"):
        add(desk, "Kaos", "COSMOPlat")
    add(desk, "Kaos", "COSMOPlat", source="卡奥斯")


def test_the_share_is_of_the_approved_segments_with_an_occasion(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = desk.ids()
    for place in range(3):
        desk.do("edit", [ids[place]], {"texts": [f"The COSMOPlat plant {place} grew."]})
    confirm(desk, 0, 1, 2, 3)
    share = terms.approved(desk.store, desk.project, Wording("卡奥斯", "Kaos", "COSMOPlat"))
    assert (share.flagged, share.of, share.share) == (1, 4, 0.25)
    assert terms.approved(desk.store, desk.project, Wording("", "Kaos", "COSMOPlat")).of == 4
    monkeypatch.setenv("REVIEW_LEARNED_SHARE", "0.25")
    settings.cache_clear()
    try:
        add(desk, "Kaos", "COSMOPlat", source="卡奥斯")
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_a_lead_overrules_with_a_reason_that_is_kept(desk: Desk) -> None:
    confirm(desk, 0)
    add(desk, "Kaos", "COSMOPlat", override="the client says so")
    with desk.store.read() as connection:
        (concept,) = stored.concepts(connection, desk.project)
    assert concept.terms[-1].note == "Added all the same: the client says so"


def test_a_reviewer_does_not_overrule(desk: Desk) -> None:
    confirm(desk, 0)
    with pytest.raises(AccessError, match="Only a lead or an owner"):
        add(desk, "Kaos", "COSMOPlat", override="I say so", actor=desk.colleague())


def test_signs_that_a_database_query_could_take_for_its_own_are_letters(desk: Desk) -> None:
    confirm(desk, 0)
    assert terms.approved(desk.store, desk.project, Wording("%", "Kaos", "COSMOPlat")).of == 0
    assert terms.approved(desk.store, desk.project, Wording("", "50%_", "half")).flagged == 0
