"""Concepts are edited, removed and merged with a history; what is not the project's own is never changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review.errors import AccessError, ConflictError, InputError, RefusedError
from review.model import Concept, Condition, Evidence, Term
from review.steps.terms import bring_in, by_name, editing, history, merging
from review.steps.terms.editing import Named
from review.store import Store, concept_changes, people
from tests.steps.desk import Desk, article
from tests.steps.terms.conftest import House


def wrong(concept: Concept, text: str) -> Concept:
    """The concept with one more rendering that is not to be written."""
    term = Term(text, "en", "deprecated", condition=Condition(telling="alone"))
    return replace(concept, terms=(*concept.terms, term))


def story(house: House, name: str, termbase: str = "project") -> list[tuple[int, str, str]]:
    with house.store.read() as connection:
        return [(v.number, v.act, v.by) for v in history.history(connection, house.project, termbase, name)]


def test_an_edit_flags_at_once_and_its_history_says_who_and_what(house: House, harbour: Concept) -> None:
    saved = editing.save(house.store, house.project, house.actor, harbour)
    assert ("harbor", ("harbour",)) in house.flagged()
    changed = replace(saved.concept, subject="sea", terms=saved.concept.terms[:2])
    again = editing.save(house.store, house.project, house.ana, changed, saved.version)
    assert (again.version, "harbor" in dict(house.flagged())) == (2, False)
    assert story(house, again.concept.id) == [(2, "edited", "Ana"), (1, "added", "Local user")]
    with house.store.read() as connection:
        last = history.history(connection, house.project, "project", again.concept.id)[0]
    assert {(one.what, one.before, one.after) for one in last.differences} == {
        ("subject", "none", "sea"),
        ("deprecated", "harbor", ""),
    }


def test_saving_what_is_as_it_was_makes_no_version(house: House, harbour: Concept) -> None:
    saved = editing.save(house.store, house.project, house.actor, harbour)
    assert editing.save(house.store, house.project, house.ana, saved.concept, 1).version == 1
    assert len(story(house, saved.concept.id)) == 1


def test_the_second_editor_is_told_who_was_first_and_nothing_is_written(house: House, harbour: Concept) -> None:
    saved = editing.save(house.store, house.project, house.actor, harbour)
    editing.save(house.store, house.project, house.ana, replace(saved.concept, subject="sea"), 1)
    with pytest.raises(ConflictError, match="Ana changed this concept") as caught:
        editing.save(house.store, house.project, house.actor, replace(saved.concept, subject="land"), 1)
    assert (caught.value.current["version"], caught.value.current["by"]) == (2, "Ana")
    editing.remove(house.store, house.project, house.ana, [house.entry(saved.concept.id).named])
    with pytest.raises(ConflictError, match="Ana removed this concept"):
        editing.save(house.store, house.project, house.actor, replace(saved.concept, subject="land"), 2)


def test_a_shipped_concept_stays_and_the_project_s_own_goes_before_it(house: House) -> None:
    before = by_name()
    entry = house.entry("cosmoplat")
    assert entry.version == 0
    assert "Kaos" in dict(house.flagged())
    kept = tuple(term for term in entry.concept.terms if term.status == "preferred")
    saved = editing.save(house.store, house.project, house.actor, replace(entry.concept, terms=kept), 0)
    assert saved.concept.termbase == "project"
    assert "Kaos" not in dict(house.flagged())
    assert by_name() == before
    assert house.entry("cosmoplat", "zh-en-news").concept.termbase == "project"
    with pytest.raises(ConflictError, match="switched off"):
        editing.save(house.store, house.project, house.ana, entry.concept, 0)
    history.undo(house.store, house.project, house.actor, saved.change)
    assert "Kaos" in dict(house.flagged())
    assert house.entry("cosmoplat").concept == entry.concept


def test_removing_a_shipped_concept_switches_it_off_here_and_undo_switches_it_on(house: House) -> None:
    act = editing.remove(house.store, house.project, house.actor, [house.entry("cosmoplat").named])
    assert "Kaos" not in dict(house.flagged())
    other = house.store.write(lambda c: people.ensure_project(c, "other"))
    from review.steps.terms import browsing

    assert not browsing.find(browsing.entries(house.store, other), "", "cosmoplat").off  # type: ignore[union-attr]
    again = history.undo(house.store, house.project, house.actor, act)
    assert "Kaos" in dict(house.flagged())
    history.undo(house.store, house.project, house.actor, again)
    assert "Kaos" not in dict(house.flagged())
    editing.use_again(house.store, house.project, house.actor, Named("zh-en-news", "cosmoplat"))
    assert "Kaos" in dict(house.flagged())


def test_several_are_removed_and_come_back_in_one_act(house: House, harbour: Concept) -> None:
    names = [
        editing.save(house.store, house.project, house.actor, concept).concept.id
        for concept in (harbour, replace(harbour, terms=(Term("quay", "en"),)))
    ]
    wanted = [house.entry(name).named for name in names] + [house.entry("cosmoplat").named]
    act = editing.remove(house.store, house.project, house.actor, wanted)
    assert house.flagged() == []
    history.undo(house.store, house.project, house.ana, act)
    assert {"harbor", "Kaos"} <= set(dict(house.flagged()))
    assert [house.entry(name).version for name in names] == [3, 3]


def test_undo_says_no_where_somebody_changed_it_since(house: House, harbour: Concept) -> None:
    saved = editing.save(house.store, house.project, house.actor, harbour)
    editing.save(house.store, house.project, house.ana, replace(saved.concept, subject="sea"), 1)
    with pytest.raises(ConflictError, match="was changed since"):
        history.undo(house.store, house.project, house.actor, saved.change)
    assert house.entry(saved.concept.id).concept.subject == "sea"


def test_any_version_can_be_put_back(house: House, harbour: Concept) -> None:
    saved = editing.save(house.store, house.project, house.actor, harbour)
    name = saved.concept.id
    editing.save(house.store, house.project, house.ana, replace(saved.concept, terms=saved.concept.terms[:2]), 1)
    with pytest.raises(ConflictError):
        history.put_back(house.store, house.project, house.actor, saved.change, 1)
    back = history.put_back(house.store, house.project, house.actor, saved.change, 2)
    assert (back.version, back.concept) == (3, saved.concept)
    assert story(house, name)[0] == (3, "put back", "Local user")
    editing.remove(house.store, house.project, house.actor, [house.entry(name).named])
    history.put_back(house.store, house.project, house.actor, saved.change, None)
    assert house.entry(name).version == 5
    with house.store.read() as connection:
        removal = history.history(connection, house.project, "project", name)[1]
    with pytest.raises(RefusedError):
        history.put_back(house.store, house.project, house.actor, removal.change, 5)


def test_merging_keeps_every_term_the_first_one_s_status_and_names_what_differs(house: House, harbour: Concept) -> None:
    first = editing.save(house.store, house.project, house.actor, replace(harbour, subject="sea")).concept
    terms = (
        Term("海港", "zh"),
        Term("seaport", "en"),
        Term("harbour", "en", "admitted"),
        Term("haven", "en", "forbidden"),
    )
    second = editing.save(house.store, house.project, house.actor, Concept("haven", terms, "ships", termbase="project"))
    made = merging.united([first, second.concept])
    assert [(term.text, term.status) for term in made.concept.terms] == [
        ("港口", "preferred"),
        ("海港", "admitted"),
        ("harbour", "preferred"),
        ("harbor", "deprecated"),
        ("seaport", "preferred"),
        ("haven", "forbidden"),
    ]
    assert any("“harbour” is preferred in" in one and "admitted in haven" in one for one in made.conflicts)
    assert any("The subject of haven" in one for one in made.conflicts)
    assert any("several preferred renderings now: “harbour”, “seaport”" in one for one in made.conflicts)
    named = [house.entry(first.id).named, house.entry("haven").named, house.entry("cosmoplat").named]
    saved = editing.merge(house.store, house.project, house.actor, made.concept, named)
    assert house.entry(first.id).concept == saved.concept
    assert house.entry("cosmoplat").concept == saved.concept
    history.undo(house.store, house.project, house.actor, saved.change)
    assert house.entry(first.id).concept == first
    assert house.entry("haven").concept == second.concept
    assert not house.entry("cosmoplat").off


def test_what_cannot_be_merged_is_said(house: House, harbour: Concept) -> None:
    german = Concept("de", (Term("港口", "zh"), Term("Hafen", "de")), termbase="project")
    with pytest.raises(InputError, match="different languages"):
        merging.united([harbour, german])
    with pytest.raises(InputError, match="two concepts"):
        merging.united([harbour])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"terms": (Term("harbor", "en", "deprecated"),)}, "no preferred rendering"),
        ({"terms": (Term(" ", "en"),)}, "no preferred rendering"),
        ({"terms": (Term("harbour", "en"), Term("harbour", "en", "deprecated"))}, "stands there twice"),
        ({"terms": (Term("harbour", "en"), Term("{a", "en", "deprecated"))}, "brace"),
        ({"terms": (Term("harbour", "en"), Term("(", "en", "deprecated", matching="pattern"))}, "pattern"),
        ({"terms": (Term("harbour", "en", evidence=Evidence("x", "javascript:alert(1)")),)}, "address"),
        ({"terms": (Term("harbour", "en", evidence=Evidence("x", "", "yesterday")),)}, "date"),
        ({"terms": (Term("harbour", "en english"),)}, "language"),
        ({"category": "nonsense"}, "category"),
        ({"definition": "x" * 3000}, "longer than"),
    ],
)
def test_what_cannot_be_a_concept_is_refused(
    house: House, harbour: Concept, change: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        editing.save(house.store, house.project, house.actor, replace(harbour, **change))  # type: ignore[arg-type]
    with house.store.read() as connection:
        from review.store import terms

        assert terms.version(connection, house.project) == 0


def test_spaces_are_tidied_and_empty_terms_left_out(house: House, harbour: Concept) -> None:
    loose = replace(harbour, terms=(*harbour.terms, Term("  ", "en"), Term(" sea  port ", "en", "admitted")))
    saved = editing.save(house.store, house.project, house.actor, loose)
    assert [term.text for term in saved.concept.terms] == ["港口", "harbour", "harbor", "sea port"]


def test_who_may_only_look_changes_nothing(house: House, harbour: Concept) -> None:
    house.store.write(lambda c: people.grant(c, house.project, house.ana, "viewer"))
    for act in (
        lambda: editing.save(house.store, house.project, house.ana, harbour),
        lambda: editing.remove(house.store, house.project, house.ana, [house.entry("cosmoplat").named]),
    ):
        with pytest.raises(AccessError):
            act()


def test_what_would_flag_confirmed_text_is_refused_with_examples_unless_a_lead_gives_a_reason(
    house: House, harbour: Concept
) -> None:
    house.confirm(2)
    with pytest.raises(RefusedError, match=r"flag 1 of 1 confirmed or approved segments .*“harbor” in port 3"):
        editing.save(house.store, house.project, house.actor, harbour)
    with pytest.raises(AccessError, match="lead or an owner"):
        editing.save(house.store, house.project, house.ana, harbour, override="the client wants it")
    saved = editing.save(house.store, house.project, house.actor, harbour, override="the client wants it")
    with house.store.read() as connection:
        [version] = history.history(connection, house.project, "project", saved.concept.id)
    assert version.note == "all the same: the client wants it"
    again = editing.save(house.store, house.project, house.ana, replace(saved.concept, subject="sea"), 1)
    assert again.version == 2, "what is flagged already is no reason"


def test_a_circle_is_named_and_refused_and_a_concept_may_turn_itself_round(house: House, harbour: Concept) -> None:
    saved = editing.save(house.store, house.project, house.actor, harbour)
    source, right, bad = harbour.terms
    turned = (source, replace(bad, status="preferred", condition=None), replace(right, status="deprecated"))
    with pytest.raises(RefusedError, match="whoever follows one is flagged by the other"):
        editing.save(house.store, house.project, house.actor, replace(harbour, terms=turned))
    assert editing.save(house.store, house.project, house.actor, replace(saved.concept, terms=turned), 1).version == 2


def test_what_is_used_here_is_not_used_again_and_another_project_s_own_terms_stay_there(
    house: House, harbour: Concept
) -> None:
    other = house.store.write(lambda c: people.ensure_project(c, "other"))
    house.store.write(lambda c: people.grant(c, other, house.ana, "owner"))
    secret = editing.save(house.store, house.project, house.actor, replace(harbour, definition="secret")).concept
    for termbase, name in ((f"project@{house.project}", secret.id), ("zh-en-news", "cosmoplat"), ("project", "x")):
        with pytest.raises(ConflictError, match="used here already"):
            editing.use_again(house.store, other, house.ana, Named(termbase, name))
    with house.store.read() as connection:
        assert concept_changes.recent(connection, other) == []


def test_a_concept_of_a_termbase_whose_name_is_a_number_is_edited_as_any_other(house: House, harbour: Concept) -> None:
    bring_in(house.store, house.project, house.actor, "2024", [replace(harbour, id="h")])
    changed = replace(harbour, id="h", termbase="2024", subject="x")
    saved = editing.save(house.store, house.project, house.ana, changed, 1)
    assert (saved.version, saved.concept.termbase, saved.concept.subject) == (2, "2024", "x")


def test_a_merge_that_would_flag_confirmed_text_is_refused_unless_a_lead_gives_a_reason(
    house: House, harbour: Concept
) -> None:
    house.confirm(2)
    source, right, bad = harbour.terms
    bound = replace(bad, condition=Condition(telling="source"))
    elsewhere = replace(harbour, terms=(replace(source, text="海港"), right, bound))
    given = (elsewhere, replace(harbour, terms=(source, right)))
    saved = [editing.save(house.store, house.project, house.ana, one).concept for one in given]
    named = [house.entry(one.id).named for one in saved]
    made = merging.united(saved).concept
    with pytest.raises(RefusedError, match=r"“harbor” in port 3"):
        editing.merge(house.store, house.project, house.ana, made, named)
    with pytest.raises(AccessError, match="lead or an owner"):
        editing.merge(house.store, house.project, house.ana, made, named, override="it is so")
    done = editing.merge(house.store, house.project, house.actor, made, named, override="it is so")
    assert story(house, done.concept.id)[0][1] == "merged"
    assert house.flagged()[-1] == ("harbor", ("harbour",))


def test_a_segment_with_the_words_several_times_is_one_of_those_that_were_approved(
    store: Store, harbour: Concept
) -> None:
    texts = ["The harbor is a harbor.", *(f"Quay number {number} is wide." for number in range(20))]
    sources = ["港口是港口。", *(f"{number}号港口很宽。" for number in range(20))]
    desk = Desk(store, [article(texts, sources, "many")])
    desk.do("status", desk.ids(), {"status": "confirmed"})
    assert editing.save(store, desk.project, desk.actor, harbour).version == 1, "1 of 21 is less than 5 %"
