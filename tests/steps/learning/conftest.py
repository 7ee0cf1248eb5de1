"""A project in which Karo stands six times for 卡罗丝, and much else that has nothing to do with it."""

from __future__ import annotations

import pytest

from review.steps import learning
from review.store import Store
from tests.steps.desk import Desk, article

FIRMS = "甲乙丙丁戊己"
KARO = [f"Today Karo helps firm {letter}." for letter in "ABCDEF"]
BEFORE = ("今天", "这次", "此时", "这样", "如今", "当前")
KARO_SOURCES = [f"{now}卡罗丝助力{letter}企业。" for now, letter in zip(BEFORE, FIRMS, strict=True)]
OTHERS = [f"Sentence {letter} is about something else." for letter in "ABCDEFGHIJKLMNOPQRST"]
OTHER_SOURCES = [f"第{letter}句话讲的是别的事情。" for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"]


class Learner(Desk):
    """A desk at which words are replaced."""

    def replace(self, place: int, wrong: str, right: str, actor: int | None = None) -> str:
        """Edit a segment; returns the event's id."""
        one = self.segments()[place]
        return self.do("edit", [one["id"]], {"texts": [one["text"].replace(wrong, right)]}, actor=actor)

    def approve(self, *places: int) -> None:
        ids = self.ids()
        self.do("status", [ids[place] for place in places], {"status": "approved"})

    def proposed(self) -> list[tuple[str, str, str]]:
        return [(one.deprecated, one.preferred, one.source) for one in learning.propose(self.store, self.project)]

    def only(self) -> int:
        """The number of the one open proposal."""
        (one,) = learning.propose(self.store, self.project)
        return one.id


@pytest.fixture
def desk(store: Store) -> Learner:
    return Learner(store, [article(KARO, KARO_SOURCES, "karo"), article(OTHERS, OTHER_SOURCES, "others")])
