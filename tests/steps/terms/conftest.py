"""A project whose articles the shipped termbase flags, and two people who edit its terms."""

from __future__ import annotations

import pytest

from review.model import Concept, Condition, Flag, Term
from review.steps import reflagging
from review.steps.terms import browsing
from review.store import Store, articles, flags, people
from tests.steps.desk import Desk, article

TEXTS = ("The Kaos platform grew.", "Kaos is big.", "The harbor is wide.")
SOURCES = ("卡奥斯成长了。", "卡奥斯很大。", "港口很宽。")


class House(Desk):
    """A reviewer and Ana, who edit the terms of the project."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, [article(TEXTS, SOURCES, "port")])
        self.ana = store.write(lambda c: people.ensure_actor(c, "local", "ana", "Ana"))
        store.write(lambda c: people.grant(c, self.project, self.ana, "reviewer"))

    def entry(self, name: str, termbase: str = "") -> browsing.Entry:
        found = browsing.find(browsing.entries(self.store, self.project), termbase, name)
        assert found is not None, f"no concept {name}"
        return found

    def flagged(self) -> list[tuple[str, tuple[str, ...]]]:
        """The words that terminology flags now, each with what to write."""
        reflagging.renew(self.store, self.article)
        with self.store.read() as connection:
            texts = {segment.id: segment.text for segment in articles.load(connection, self.article).segments}
            found: list[Flag] = [row.flag for row in flags.of(connection, self.article)]
        return [
            (texts[flag.segment][flag.start : flag.end], flag.suggestions)
            for flag in found
            if flag.detector == "terminology" and flag.side == "target"
        ]

    def confirm(self, number: int) -> None:
        """Confirm the segment of that number, from 0."""
        self.do("status", [self.ids()[number]], {"status": "confirmed"})


@pytest.fixture
def house(store: Store) -> House:
    return House(store)


@pytest.fixture
def harbour() -> Concept:
    """A concept of the project's own, not saved yet."""
    wrong = Term("harbor", "en", "deprecated", condition=Condition(telling="alone"))
    return Concept("", (Term("港口", "zh", matching="exact"), Term("harbour", "en"), wrong), termbase="project")
