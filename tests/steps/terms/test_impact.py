"""Before a concept is saved, it is shown what it flags, what it flags no longer, and where it would be wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review.model import Concept, Condition, Term
from review.steps.terms import editing, impact
from review.steps.terms.shipped import shipped
from review.steps.terms.validating import circles
from review.text import rendering
from review.text.rules import Replacer
from review.text.termbase import WRONG
from tests.steps.terms.conftest import House


def words(places: tuple[impact.Place, ...]) -> list[str]:
    return [place.words for place in places]


def test_a_new_concept_is_shown_with_the_places_it_flags(house: House, harbour: Concept) -> None:
    found = impact.impact(house.store, house.project, None, harbour)
    assert (found.flagged, found.added, found.ended, found.wrongly) == (1, 1, 0, 0)
    assert [(name, count) for _, _, name, count in found.articles] == [("port", 1)]
    [place] = found.added_places
    assert (place.words, place.instead, place.number, place.segment) == ("harbor", "harbour", 3, house.ids()[2])


def test_confirmed_text_is_counted_as_wrongly_flagged(house: House, harbour: Concept) -> None:
    house.confirm(2)
    found = impact.impact(house.store, house.project, None, harbour)
    assert (found.wrongly, words(found.wrong_places)) == (1, ["harbor"])


def test_an_edit_shows_what_it_adds_and_what_it_ends(house: House, harbour: Concept) -> None:
    after = replace(harbour, terms=(*harbour.terms[:2], Term("wide", "en", "forbidden", instead="broad")))
    found = impact.impact(house.store, house.project, harbour, after)
    assert (words(found.added_places), words(found.ended_places)) == (["wide"], ["harbor"])
    gone = impact.impact(house.store, house.project, harbour, None)
    assert (gone.flagged, gone.added, gone.ended) == (0, 0, 1)


def test_the_source_decides_as_it_does_where_flags_are_made(house: House) -> None:
    term = Term("big", "en", "deprecated", condition=Condition(source=("卡奥斯",), telling="source"))
    here = Concept("x", (Term("很大", "zh"), Term("large", "en"), term))
    assert impact.impact(house.store, house.project, None, here).added == 1
    elsewhere = Concept("x", (Term("很宽", "zh"), Term("large", "en"), term))
    assert impact.impact(house.store, house.project, None, elsewhere).added == 0


@pytest.mark.parametrize(
    ("text", "matching"), [("{harbor|harbors} is", "inflected"), ("harbors? is", "pattern"), ("harbor is", "exact")]
)
def test_patterns_and_slots_are_looked_for_too(house: House, text: str, matching: str) -> None:
    wrong = Term(text, "en", "deprecated", matching=matching, condition=Condition(telling="alone"))
    found = impact.impact(house.store, house.project, None, Concept("x", (Term("quay", "en"), wrong)))
    assert words(found.added_places) == ["harbor is"]


def test_what_an_impact_says_is_what_is_flagged_then(house: House, harbour: Concept) -> None:
    entry = house.entry("cosmoplat")
    before = dict(house.flagged())
    found = impact.impact(house.store, house.project, entry.concept, None)
    assert set(words(found.ended_places)) == {"Kaos"}
    editing.remove(house.store, house.project, house.actor, [entry.named])
    assert set(before) - set(dict(house.flagged())) == {"Kaos"}


def test_two_concepts_that_ask_for_each_other_are_named(harbour: Concept) -> None:
    back = Concept(
        "back", (Term("港口", "zh"), Term("harbor", "en"), Term("harbour", "en", "deprecated")), termbase="x"
    )
    [said] = circles(harbour, [back])
    assert "“harbor” is to be “harbour” here, and “harbour” is to be “harbor” in back (x)" in said
    elsewhere = replace(back, terms=(Term("海", "zh"), *back.terms[1:]))
    assert circles(harbour, [elsewhere, harbour]) == []


def test_every_shipped_concept_and_a_merge_of_many_can_be_looked_for() -> None:
    """Long renderings with many choices come as several patterns, each within what the engine takes."""
    concepts = shipped("zh", "en")
    whole = replace(concepts[0], terms=tuple(term for concept in concepts[:6] for term in concept.terms))
    for concept in (*concepts, whole):
        for rule in impact.rules(concept):
            Replacer(rule)


def test_the_patterns_of_a_rendering_fit_each_of_its_wordings() -> None:
    concept = shipped("zh", "en")[0]
    term = next(term for term in concept.terms if term.status in WRONG and "{" in term.text)
    replacers = [Replacer(rule) for rule in impact.rules(replace(concept, terms=(concept.terms[0], term)))]
    for wording, _ in rendering.parse(term.text).wordings():
        text = f"It is the {wording.replace(rendering.NAME, 'Qingdao')} there."
        assert any(replacer.changes(text, concept.terms[0].text) for replacer in replacers), wording
