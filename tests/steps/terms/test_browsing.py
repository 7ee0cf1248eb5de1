"""The list of concepts: searched in both languages, narrowed, and kept true."""

from __future__ import annotations

from dataclasses import replace

from review.model import Concept, Evidence, Term
from review.steps.terms import browsing, editing
from tests.steps.terms.conftest import House


def names(house: House, what: str = browsing.ALL, actor: int | None = None, **narrow: str) -> list[str]:
    found = browsing.narrowed(browsing.entries(house.store, house.project), **narrow)
    return [entry.concept.id for entry in browsing.shown(house.store, house.project, actor or house.actor, found, what)]


def test_a_search_looks_at_both_languages_definitions_and_notes(house: House) -> None:
    for text in ("卡奥斯", "COSMOPlat industrial", "haier's industrial internet", "official english name"):
        assert "cosmoplat" in names(house, search=text)
    assert names(house, search="nothing holds this") == []


def test_subject_termbase_and_status_narrow_it(house: House, harbour: Concept) -> None:
    name = editing.save(house.store, house.project, house.actor, replace(harbour, subject="sea")).concept.id
    assert names(house, subject="sea") == names(house, termbase="project") == [name]
    assert name in names(house, status="deprecated")
    assert name not in names(house, status="forbidden")


def test_mine_are_those_i_added_or_changed(house: House, harbour: Concept) -> None:
    saved = editing.save(house.store, house.project, house.actor, harbour)
    assert names(house, browsing.MINE) == [saved.concept.id]
    assert names(house, browsing.MINE, house.ana) == []
    editing.save(house.store, house.project, house.ana, replace(saved.concept, subject="sea"), 1)
    assert names(house, browsing.MINE, house.ana) == [saved.concept.id]


def test_without_evidence_and_not_in_this_project(house: House, harbour: Concept) -> None:
    known = Concept("known", (Term("quay", "en", evidence=Evidence("Port of X")),), termbase="project")
    for concept in (harbour, known):
        editing.save(house.store, house.project, house.actor, concept)
    without = names(house, browsing.WITHOUT_EVIDENCE, termbase="project")
    assert len(without) == 1
    assert "known" not in without
    editing.remove(house.store, house.project, house.actor, [house.entry("cosmoplat").named])
    assert names(house, browsing.OFF) == ["cosmoplat"]
    assert "cosmoplat" not in names(house)


def test_what_flags_nothing_now_is_found(house: House, harbour: Concept) -> None:
    name = editing.save(house.store, house.project, house.actor, harbour).concept.id
    house.flagged()
    idle = names(house, browsing.NEVER)
    assert name not in idle
    assert "cosmoplat" not in idle
    assert "deputy-secretary" in idle


def test_what_an_address_names_is_found(house: House) -> None:
    assert house.entry("cosmoplat", "zh-en-news").base.title == "zh-en-news"
    assert browsing.find(browsing.entries(house.store, house.project), "zh-en-calques", "cosmoplat") is None
