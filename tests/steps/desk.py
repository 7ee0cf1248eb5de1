"""A reviewer at work, for tests: one imported article, and short words for what can be done to it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from review.model import Article, Flag, ReadingHeader, Segment, flag_id
from review.steps import reviewing
from review.store import Store, articles, batches, flags, people

TEXTS = (
    "Kaos helps small firms.",
    "Kaos and Kaos again.",
    "A double cycle is planned.",
    "The last sentence.",
)
SOURCES = ("卡奥斯助力小企业。", "卡奥斯和卡奥斯。", "规划双循环。", "最后一句。")


def article(texts: Sequence[str] = TEXTS, sources: Sequence[str] | None = SOURCES, name: str = "one") -> Article:
    """An article of two paragraphs."""
    return Article(
        name,
        tuple(
            Segment(
                hypothesis=text,
                source=None if sources is None else sources[place],
                references=(f"Reference {place}.",),
                paragraph=place // 2,
                locators=(f"line:{place + 1}",),
            )
            for place, text in enumerate(texts)
        ),
        system="mt",
        source_language="zh",
        target_language="en",
    )


class Desk:
    """Posts events as the page does, and reads the view back."""

    def __init__(self, store: Store, given: Sequence[Article] | None = None, seed: int = 1) -> None:
        self.store = store
        self.random = random.Random(seed)
        self.project, self.actor = store.write(people.ensure_local)
        header = ReadingHeader("lines")
        self.batch = store.write(lambda c: batches.create(c, self.project, self.actor, "batch", header))
        self.articles = batches.add_articles(store, self.batch, given or [article()])
        store.write(lambda c: batches.publish(c, self.batch))
        self.article = self.articles[0]

    def view(self, actor: int | None = None) -> dict[str, Any]:
        return reviewing.view(self.store, self.article, actor or self.actor)

    def segments(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.view()["segments"]
        return found

    def ids(self) -> list[int]:
        return [segment["id"] for segment in self.segments()]

    def texts(self) -> list[str]:
        return [segment["text"] for segment in self.segments() if not segment["deleted"]]

    def new(self) -> int:
        return self.random.randrange(2**40, 2**53)

    def event(
        self, kind: str, segments: Sequence[int], payload: dict[str, Any], *, free: bool = False
    ) -> dict[str, Any]:
        """An event on segments at the versions that they have now; ``free`` leaves the versions out."""
        versions = {segment["id"]: segment["version"] for segment in self.segments()}
        return {
            "id": str(uuid4()),
            "kind": kind,
            "targets": [{"segment": key, "base_version": None if free else versions.get(key)} for key in segments],
            "payload": payload,
        }

    def post(self, *events: Any, actor: int | None = None) -> dict[str, Any]:
        return reviewing.record(self.store, actor or self.actor, self.batch, list(events))

    def do(self, kind: str, segments: Sequence[int], payload: dict[str, Any], actor: int | None = None) -> str:
        """Post one event that must be stored; returns its id."""
        event = self.event(kind, segments, payload)
        answer = self.post(event, actor=actor)
        assert answer == {"stored": [event["id"]], "refused": []}, answer
        return str(event["id"])

    def refused(self, kind: str, segments: Sequence[int], payload: dict[str, Any], actor: int | None = None) -> Any:
        """Post one event that must be refused; returns the refusal."""
        answer = self.post(self.event(kind, segments, payload), actor=actor)
        assert answer["stored"] == [], answer
        assert len(answer["refused"]) == 1
        return answer["refused"][0]

    def save(self, *found: Flag) -> None:
        """Put these flags in place of the article's."""
        self.store.write(lambda connection: flags.save(connection, self.article, found))

    def states(self) -> dict[str, list[str]]:
        """The state of each flag, by its segment's text."""
        return {
            segment["text"]: [one["state"] for one in segment["flags"]]
            for segment in self.segments()
            if segment["flags"]
        }

    def row(self) -> articles.ArticleRow:
        with self.store.read() as connection:
            return articles.get(connection, self.article)

    def dismiss(self, segment: int, found: Flag, scope: str) -> str:
        view = next(one for item in self.segments() for one in item["flags"] if one["id"] == found.id)
        return self.do("dismiss", [segment], {"flag": view, "scope": scope, "reason": "a name"})

    def colleague(self, name: str = "Colleague", role: str = "reviewer") -> int:
        def write(connection: Any) -> int:
            made = people.ensure_actor(connection, "test", name, name)
            people.grant(connection, self.project, made, role)
            return made

        return self.store.write(write)


def flag(
    segment: int, text: str, surface: str, suggestion: str, *, detector: str = "terminology", nth: int = 0
) -> Flag:
    """A flag on the ``nth`` appearance of a surface."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(surface, start + 1)
    return Flag(
        id=flag_id(str(segment), detector, 1, "target", surface, nth),
        segment=str(segment),
        start=start,
        end=start + len(surface),
        detector=detector,
        category="terminology",
        severity="major",
        confidence=0.9,
        message=f"Not {surface}.",
        suggestions=(suggestion,),
    )


def mark(text: str = TEXTS[0], **changes: Any) -> dict[str, Any]:
    """The payload of a mark on the first four characters of a text."""
    span = {"id": "m1", "side": "target", "start": 0, "end": 4, "category": "terminology", "subcategory": "wrong term"}
    return {"span": {**span, "severity": "major", "note": "", "missing": False, "text": text, **changes}}
