"""The Terms page: what flags, and who says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from review.model import Concept, Term
from review.steps import terms
from review.steps.terms import browsing, editing, history
from review.store import Store, people
from tests.pages.conftest import told

Show = Callable[..., AppTest]


def test_the_shipped_terms_are_there_with_what_not_to_write(show: Show) -> None:
    test = show("terms")
    assert not test.exception
    frame = test.dataframe[0].value.set_index("Source term")
    row = frame[frame.index.str.contains("卡奥斯")].iloc[0]
    assert "COSMOPlat" in row["Write"]
    assert "Kaos" in row["Do not write"]


def test_a_search_finds_a_term_in_either_language(show: Show) -> None:
    test = show("terms")
    for text in ("双循环", "Dual circulation"):
        test.text_input(key="terms-search").set_value(text).run()
        assert any("双循环" in term for term in test.dataframe[0].value["Source term"])


def test_a_search_without_a_hit_says_how_to_add_a_term(show: Show) -> None:
    test = show("terms")
    test.text_input(key="terms-search").set_value("no such term at all").run()
    assert "No term matches" in told(test)


@pytest.fixture
def harbour(page_store: Store) -> Concept:
    """A concept of the project's own."""
    project, actor = page_store.write(people.ensure_local)
    terms_ = (Term("港口", "zh", matching="exact"), Term("harbour", "en"), Term("harbor", "en", "deprecated"))
    return editing.save(page_store, project, actor, Concept("port", terms_, termbase="project")).concept


def entry(store: Store, name: str) -> browsing.Entry:
    project, _ = store.write(people.ensure_local)
    found = browsing.find(browsing.entries(store, project), "", name)
    assert found is not None
    return found


def field(test: AppTest, label: str) -> object:
    """The text field of that label."""
    return next(one for one in test.text_input if one.label == label)


def test_the_address_opens_a_concept_beside_the_list(show: Show) -> None:
    test = show("terms", concept="cosmoplat", termbase="zh-en-news")
    assert not test.exception
    assert test.subheader[0].value == "卡奥斯"
    assert "comes with the program" in told(test)
    assert "Used by Haier Group" in told(test)
    assert len(test.dataframe[0].value) > 600


def test_an_address_that_names_nothing_says_so(show: Show) -> None:
    assert "names a concept that is not there" in told(show("terms", concept="nothing"))


def test_an_edit_shows_what_it_flags_before_it_is_saved_and_can_be_undone(
    show: Show, page_store: Store, batch: int, harbour: Concept
) -> None:
    test = show("terms", concept="port", termbase="project")
    assert test.button(key="terms-save").disabled
    field(test, "Rendering 2").set_value("platform").run()  # type: ignore[attr-defined]
    assert not test.exception
    assert "Flags **0 places**" in told(test), "the source does not say 港口"
    field(test, "Source term 1").set_value("平台").run()  # type: ignore[attr-defined]
    assert "Flags **1 place** in all articles: **1** new, **0** no longer, **0** in confirmed text." in told(test)
    assert "The Kaos **platform** grew\\. → harbour" in told(test)
    test.button(key="terms-save").click().run()
    assert not test.exception
    assert entry(page_store, "port").concept.terms[2].text == "platform"
    assert "Saved 平台" in told(test)
    test.button(key="terms-undo").click().run()
    assert entry(page_store, "port").concept == harbour
    assert "Undone" in told(test)


def test_what_cannot_be_saved_is_said_and_stays_typed(show: Show, harbour: Concept) -> None:
    test = show("terms", concept="port", termbase="project")
    field(test, "Rendering 1").set_value("harbor").run()  # type: ignore[attr-defined]
    assert "stands there twice" in told(test)
    assert test.button(key="terms-save").disabled
    assert field(test, "Rendering 1").value == "harbor"  # type: ignore[attr-defined]


def test_the_second_editor_is_told_and_loses_nothing_typed(show: Show, page_store: Store, harbour: Concept) -> None:
    from dataclasses import replace

    project, _ = page_store.write(people.ensure_local)
    ana = page_store.write(lambda c: people.ensure_actor(c, "local", "ana", "Ana"))
    page_store.write(lambda c: people.grant(c, project, ana, "reviewer"))
    test = show("terms", concept="port", termbase="project")
    field(test, "Rendering 2").set_value("haven").run()  # type: ignore[attr-defined]
    editing.save(page_store, project, ana, replace(harbour, subject="sea"), 1)
    test.button(key="terms-save").click().run()
    assert not test.exception
    assert "Ana changed this concept in the meantime; nothing of yours was lost or saved." in told(test)
    assert "Ana saved version 2" in told(test)
    assert field(test, "Rendering 2").value == "haven"  # type: ignore[attr-defined]
    assert entry(page_store, "port").concept.subject == "sea"
    test.button(key="terms-mine").click().run()
    assert field(test, "Rendering 2").value == "haven"  # type: ignore[attr-defined]
    test.button(key="terms-save").click().run()
    assert entry(page_store, "port").version == 3
    assert entry(page_store, "port").concept.terms[2].text == "haven"


def test_going_to_another_concept_keeps_what_was_typed(show: Show, harbour: Concept) -> None:
    test = show("terms", concept="port", termbase="project")
    field(test, "Subject").set_value("sea").run()  # type: ignore[attr-defined]
    test.query_params["concept"], test.query_params["termbase"] = "cosmoplat", "zh-en-news"
    test.run()
    assert field(test, "Subject").value == "Shandong, Qingdao, Haier"  # type: ignore[attr-defined]
    test.query_params["concept"], test.query_params["termbase"] = "port", "project"
    test.run()
    assert field(test, "Subject").value == "sea"  # type: ignore[attr-defined]
    test.button(key="terms-discard").click().run()
    assert field(test, "Subject").value == ""  # type: ignore[attr-defined]


def test_a_concept_is_added_and_its_history_puts_a_version_back(show: Show, page_store: Store) -> None:
    test = show("terms")
    test.button(key="terms-add").click().run()
    for label, text in (("Source term 1", "码头"), ("Rendering 1", "wharf"), ("Rendering 2", "dock")):
        field(test, label).set_value(text).run()  # type: ignore[attr-defined]
    test.button(key="terms-save").click().run()
    assert not test.exception
    name = str(test.query_params["concept"])
    assert [term.text for term in entry(page_store, name).concept.terms] == ["码头", "wharf", "dock"]
    field(test, "Rendering 2").set_value("").run()  # type: ignore[attr-defined]
    test.button(key="terms-save").click().run()
    assert len(entry(page_store, name).concept.terms) == 2
    back = [button for button in test.button if button.label == "Put this version back"]
    assert len(back) == 1
    back[0].click().run()
    assert not test.exception
    assert len(entry(page_store, name).concept.terms) == 3
    assert entry(page_store, name).version == 3


def test_a_shipped_concept_is_switched_off_here_and_used_again(show: Show, page_store: Store) -> None:
    test = show("terms", concept="cosmoplat", termbase="zh-en-news")
    test.button(key="terms-remove").click().run()
    assert entry(page_store, "cosmoplat").off
    assert "Switched off 卡奥斯 here" in told(test)
    assert "Changed lately" in told(test)
    test.query_params["concept"], test.query_params["termbase"] = "cosmoplat", "zh-en-news"
    test.run()
    test.button(key="terms-again").click().run()
    assert not test.exception
    assert not entry(page_store, "cosmoplat").off


def test_the_list_is_narrowed(show: Show, harbour: Concept) -> None:
    test = show("terms")
    test.selectbox(key="terms-show").set_value("mine").run()
    assert list(test.dataframe[0].value["Source term"]) == ["港口"]
    test.selectbox(key="terms-show").set_value("all").run()
    test.selectbox(key="terms-base").set_value("project").run()
    assert len(test.dataframe[0].value) == 1


CSV = "source,preferred,forbidden\n卡奥斯,Kaos Cloud,Kaos !\n".encode()


def upload(test: AppTest, name: str, data: bytes) -> AppTest:
    return test.file_uploader(key="termbase-file").upload(name, data).run()


def order(store: Store) -> list[tuple[str, bool]]:
    project, _ = store.write(people.ensure_local)
    with store.read() as connection:
        return [(base.name, base.enabled) for base in terms.bases(connection, project)]


def test_a_termbase_is_previewed_brought_in_moved_and_removed(show: Show, page_store: Store) -> None:
    test = upload(show("terms", tab="termbases"), "client.csv", CSV)
    assert "1 concept, 3 terms (2 preferred, 1 forbidden) in zh, en." in told(test)
    test.button(key="termbase-in").click().run()
    assert not test.exception
    assert order(page_store)[0] == ("client", True)
    test.button(key="termbase-down-client").click().run()
    assert order(page_store)[1] == ("client", True)
    test.button(key="termbase-away-client").click().run()
    assert "client" not in dict(order(page_store))


def test_a_shipped_termbase_is_switched_off(show: Show, page_store: Store) -> None:
    test = show("terms", tab="termbases")
    test.toggle(key="termbase-on-zh-en-news").set_value(False).run()
    assert ("zh-en-news", False) in order(page_store)
    listed = show("terms").dataframe[0].value
    assert not any("COSMOPlat" in row for row in listed["Write"])


def test_what_cannot_be_read_is_listed_by_line_and_nothing_is_brought_in(show: Show, page_store: Store) -> None:
    test = upload(show("terms", tab="termbases"), "client.csv", b"preferred,matching\nx,loose\ny,\n,\nz,odd\n")
    assert "2 entries cannot be read; nothing is brought in" in told(test)
    problems = test.dataframe[0].value
    assert list(problems["Line"]) == [2, 5]
    assert not [button for button in test.button if button.key == "termbase-in"]
    assert (
        upload(show("terms", tab="termbases"), "x.tbx", b"PK\x03\x04")
        .error[0]
        .value.startswith("x.tbx: the file is a ZIP")
    )


def test_a_termbase_is_prepared_for_download(show: Show) -> None:
    test = show("terms", tab="termbases")
    test.selectbox(key="termbase-kind").set_value("tbx-v2").run()
    test.button(key="termbase-prepare").click().run()
    assert not test.exception
    assert [button.label for button in test.get("download_button")] == ["Download zh-en-news.tbx"]


def test_an_import_into_a_termbase_that_is_there_says_what_it_changes(show: Show, page_store: Store) -> None:
    project, actor = page_store.write(people.ensure_local)
    data = b"id,preferred,deprecated\na,harbour,harbor\nb,wharf,quay\nc,pier,jetty\n"
    terms.bring_in(page_store, project, actor, "client", terms.preview(data, "client.csv").concepts)
    changed = b"id,preferred,deprecated\na,harbour,harbor\nb,wharf,dock\nd,berth,slot\n"
    test = upload(show("terms", tab="termbases"), "client.csv", changed)
    assert "1 new, 1 changed, 1 gone, 1 as they are" in told(test)
    rows = test.dataframe[1].value
    assert list(rows["What"]) == ["new", "changed", "gone"]
    assert "deprecated: quay → –; deprecated: – → dock" in rows["How"][1]
    test.button(key="termbase-in").click().run()
    assert not test.exception
    with page_store.read() as connection:
        versions = history.history(connection, project, "client", "b")
        gone = history.history(connection, project, "client", "c")
    assert [(one.number, one.act) for one in versions] == [(2, "brought in")]
    assert gone[0].act == "not in the file"


def test_a_termbase_is_shared_with_all_projects_and_no_longer(show: Show, page_store: Store, harbour: Concept) -> None:
    test = show("terms", tab="termbases")
    other = page_store.write(lambda c: people.ensure_project(c, "other"))
    test.toggle(key="termbase-share-project").set_value(True).run()
    assert not test.exception
    with page_store.read() as connection:
        assert [base.title for base in terms.bases(connection, other) if base.owner] == ["project"]
    test.toggle(key="termbase-share-project").set_value(False).run()
    with page_store.read() as connection:
        assert [base.title for base in terms.bases(connection, other) if base.owner] == []
