"""A project's termbases: their order, switching them, bringing in and taking out; every change flags again."""

from __future__ import annotations

import pytest

from review.errors import AccessError, InputError, MissingError
from review.model import Article, Concept, Flag, ReadingHeader, Segment, Term
from review.steps import reflagging, terms
from review.steps.terms import Base
from review.store import Store, articles, batches, flags, people
from review.store import jobs as queue

TEXT = "The Kaos platform grew."
CSV = "source,preferred,forbidden\n卡奥斯,Kaos Cloud,Kaos !\n".encode()


@pytest.fixture
def place(store: Store) -> tuple[int, int, int]:
    """A project, its user, and an article that the shipped termbase flags."""
    project, actor = store.write(people.ensure_local)
    batch = store.write(lambda c: batches.create(c, project, actor, "b", ReadingHeader("lines")))
    segments = (Segment(TEXT, source="卡奥斯成长了。"),)
    (article,) = batches.add_articles(store, batch, [Article("a", segments, "", "zh", "en")])
    store.write(lambda c: batches.publish(c, batch))
    return project, actor, article


def order(store: Store, project: int) -> list[tuple[str, bool]]:
    with store.read() as connection:
        return [(base.name, base.enabled) for base in terms.bases(connection, project)]


def suggested(store: Store, article: int) -> list[tuple[str, ...]]:
    """The suggestions of the terminology flags, made again where they are out of date."""
    reflagging.renew(store, article)
    with store.read() as connection:
        found: list[Flag] = [row.flag for row in flags.of(connection, article)]
    return [flag.suggestions for flag in found if flag.detector == "terminology"]


SHIPPED = [(path.stem, True) for path in terms.files()]


def test_at_first_there_are_the_shipped_ones_all_on(store: Store, place: tuple[int, int, int]) -> None:
    assert order(store, place[0]) == SHIPPED
    assert suggested(store, place[2])[0][0] == "COSMOPlat"


def test_reviewers_own_terms_come_first_then_what_was_brought_in(store: Store, place: tuple[int, int, int]) -> None:
    project, actor, article = place
    reading = terms.preview(CSV, "client.csv")
    assert terms.bring_in(store, project, actor, "client", reading.concepts) == 1
    terms.add_term(store, actor, article, wrong="platform grew", preferred="platform expanded")
    assert order(store, project) == [("project", True), ("client", True), *SHIPPED]


def test_a_termbase_that_is_brought_in_wins_over_the_shipped_ones(store: Store, place: tuple[int, int, int]) -> None:
    project, actor, article = place
    terms.bring_in(store, project, actor, "client", terms.preview(CSV, "client.csv").concepts)
    assert suggested(store, article)[0][0] == "Kaos Cloud"
    terms.move(store, project, actor, "client", 5)
    assert order(store, project)[-1] == ("client", True)
    assert suggested(store, article)[0][0] == "COSMOPlat"
    terms.move(store, project, actor, "client", -5)
    assert order(store, project)[0] == ("client", True)
    assert suggested(store, article)[0][0] == "Kaos Cloud"
    terms.remove(store, project, actor, "client")
    assert order(store, project) == SHIPPED
    assert suggested(store, article)[0][0] == "COSMOPlat"


def test_a_shipped_one_can_be_switched_off_and_on_for_a_project(store: Store, place: tuple[int, int, int]) -> None:
    project, actor, article = place
    for name, _ in SHIPPED:
        terms.switch(store, project, actor, name, False)
    assert order(store, project) == [(name, False) for name, _ in SHIPPED]
    assert suggested(store, article) == []
    other = store.write(lambda c: people.ensure_project(c, "other"))
    assert order(store, other) == SHIPPED
    terms.switch(store, project, actor, "zh-en-news", True)
    assert suggested(store, article)[0][0] == "COSMOPlat"


def test_each_change_queues_the_project_s_batches(store: Store, place: tuple[int, int, int]) -> None:
    project, actor, article = place
    concepts = terms.preview(CSV, "client.csv").concepts
    for change in (
        lambda: terms.bring_in(store, project, actor, "client", concepts),
        lambda: terms.switch(store, project, actor, "client", False),
        lambda: terms.move(store, project, actor, "client", 1),
        lambda: terms.remove(store, project, actor, "client"),
    ):
        reflagging.renew(store, article)
        with store.read() as connection:
            assert batches.flagged_otherwise(connection, project, reflagging.rules()) == []
        change()
        with store.read() as connection:
            assert len(batches.flagged_otherwise(connection, project, reflagging.rules())) == 1
            assert [job.kind for job in queue.rows(connection, project)] == ["flag"]


def test_bringing_in_again_replaces_what_was_there(store: Store, place: tuple[int, int, int]) -> None:
    project, actor, _ = place
    terms.bring_in(store, project, actor, "client", terms.preview(CSV, "client.csv").concepts)
    terms.bring_in(store, project, actor, "client", [Concept("x", (Term("harbour", "en"),))])
    with store.read() as connection:
        assert terms.concepts_of(connection, project, "client") == [
            Concept("x", (Term("harbour", "en"),), termbase="client")
        ]
        assert terms.bases(connection, project)[0] == Base("client", True, False, 1)


@pytest.mark.parametrize("kind", ["csv", "tbx-v2", "tbx-v3", "tbx-v3-dct"])
def test_a_termbase_goes_out_and_comes_in_again_the_same(store: Store, place: tuple[int, int, int], kind: str) -> None:
    project, actor, _ = place
    data, lost = terms.export(store, project, "zh-en-news", kind)
    assert lost == []
    terms.bring_in(store, project, actor, "copy", terms.preview(data, "copy.x").concepts)
    with store.read() as connection:
        again, first = (terms.concepts_of(connection, project, name) for name in ("copy", "zh-en-news"))
    assert [(one.id, one.terms, one.definition, one.category) for one in again] == [
        (one.id, one.terms, one.definition, one.category) for one in first
    ]


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "zh-en-news"])
def test_a_name_that_cannot_be_is_refused(store: Store, place: tuple[int, int, int], name: str) -> None:
    with pytest.raises(InputError):
        terms.bring_in(store, place[0], place[1], name, [Concept("x", (Term("harbour", "en"),))])
    assert order(store, place[0]) == SHIPPED


def test_what_is_not_there_or_may_not_go_is_refused(store: Store, place: tuple[int, int, int]) -> None:
    project, actor, article = place
    with pytest.raises(MissingError):
        terms.switch(store, project, actor, "nothing", False)
    with pytest.raises(MissingError):
        terms.export(store, project, "nothing", "csv")
    with pytest.raises(InputError, match="switch it off"):
        terms.remove(store, project, actor, "zh-en-news")
    with pytest.raises(InputError, match="no concept"):
        terms.bring_in(store, project, actor, "client", [])
    with store.read() as connection:
        assert articles.get(connection, article).batch


def test_who_may_only_look_changes_nothing(store: Store, place: tuple[int, int, int]) -> None:
    guest = store.write(lambda c: people.ensure_actor(c, "issuer", "guest", "Guest"))
    store.write(lambda c: people.grant(c, place[0], guest, "viewer"))
    with pytest.raises(AccessError):
        terms.switch(store, place[0], guest, "zh-en-news", False)
    assert order(store, place[0]) == SHIPPED


def test_an_order_that_was_chosen_stays_when_another_comes_in(store: Store, place: tuple[int, int, int]) -> None:
    project, actor, _ = place
    concept = [Concept("x", (Term("harbour", "en"),))]
    terms.bring_in(store, project, actor, "one", concept)
    terms.move(store, project, actor, "one", 5)
    terms.bring_in(store, project, actor, "two", concept)
    assert [name for name, _ in order(store, project)] == [*(name for name, _ in SHIPPED), "one", "two"]


def neighbour(store: Store) -> tuple[int, int, int]:
    """Another project with its own owner and an article of the same text."""
    project = store.write(lambda c: people.ensure_project(c, "neighbour"))
    actor = store.write(lambda c: people.ensure_actor(c, "i", "n", "Neighbour"))
    store.write(lambda c: people.grant(c, project, actor, "owner"))
    batch = store.write(lambda c: batches.create(c, project, actor, "b", ReadingHeader("lines")))
    segments = (Segment(TEXT, source="卡奥斯成长了。"),)
    (article,) = batches.add_articles(store, batch, [Article("a", segments, "", "zh", "en")])
    store.write(lambda c: batches.publish(c, batch))
    return project, actor, article


def test_a_shared_termbase_is_off_elsewhere_until_it_is_switched_on(store: Store, place: tuple[int, int, int]) -> None:
    project, actor, _ = place
    other, owner, article = neighbour(store)
    terms.bring_in(store, project, actor, "client", terms.preview(CSV, "client.csv").concepts)
    terms.share(store, project, actor, "client", True)
    key = f"client@{project}"
    with store.read() as connection:
        shared = terms.bases(connection, other)[-1]
    assert (shared.name, shared.title, shared.whose, shared.enabled, shared.own) == (
        key,
        "client",
        "default",
        False,
        False,
    )
    assert suggested(store, article)[0][0] == "COSMOPlat"
    terms.switch(store, other, owner, key, True)
    terms.move(store, other, owner, key, -9)
    assert suggested(store, article)[0][0] == "Kaos Cloud"


def test_a_change_of_a_shared_termbase_flags_again_wherever_it_is_on(store: Store, place: tuple[int, int, int]) -> None:
    project, actor, _ = place
    other, owner, article = neighbour(store)
    terms.bring_in(store, project, actor, "client", terms.preview(CSV, "client.csv").concepts)
    terms.share(store, project, actor, "client", True)
    key = f"client@{project}"
    terms.switch(store, other, owner, key, True)
    terms.move(store, other, owner, key, -9)
    suggested(store, article)
    terms.bring_in(store, project, actor, "client", terms.preview(CSV.replace(b"Cloud", b"Net"), "client.csv").concepts)
    with store.read() as connection:
        assert len(batches.flagged_otherwise(connection, other, reflagging.rules())) == 1
        assert [job.kind for job in queue.rows(connection, other)] == ["flag"]
    assert suggested(store, article)[0][0] == "Kaos Net"
    terms.share(store, project, actor, "client", False)
    assert suggested(store, article)[0][0] == "COSMOPlat"
    terms.share(store, project, actor, "client", True)
    assert suggested(store, article)[0][0] == "Kaos Net", "it is on there still, so it flags again"


def test_only_its_own_project_changes_a_shared_termbase_and_only_a_lead_shares_it(
    store: Store, place: tuple[int, int, int]
) -> None:
    project, actor, _ = place
    other, owner, _ = neighbour(store)
    terms.bring_in(store, project, actor, "client", terms.preview(CSV, "client.csv").concepts)
    reviewer = store.write(lambda c: people.ensure_actor(c, "i", "r", "Reviewer"))
    store.write(lambda c: people.grant(c, project, reviewer, "reviewer"))
    with pytest.raises(AccessError, match="owner or the lead"):
        terms.share(store, project, reviewer, "client", True)
    terms.share(store, project, actor, "client", True)
    key = f"client@{project}"
    with pytest.raises(InputError, match="belongs to the project default"):
        terms.remove(store, other, owner, key)
    with pytest.raises(InputError, match="looks like another project"):
        terms.bring_in(store, other, owner, key, [Concept("x", (Term("harbour", "en"),))])
    with pytest.raises(InputError, match="own project"):
        terms.share(store, other, owner, key, True)
    with pytest.raises(AccessError):
        terms.switch(store, project, owner, "client", False)
