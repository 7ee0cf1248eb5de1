"""A reviewer replayed by the public API: what they must do until every wish is fulfilled."""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.learning.wishes import Batch, Wish, has
from review.model import Article, Choice, Proposal, ReadingHeader, Rule, Scope, Segment

WAYS = ("by hand", "with learned terms", "with propagation and learned terms")


@dataclass(slots=True)
class Entry:
    """A proposal and whether it was accepted."""

    proposal: Proposal
    accepted: bool


@dataclass(slots=True)
class Replayed:
    """What it took: acts by kind, entries decided about, places where a wish was not fulfilled."""

    by: dict[str, int]
    entries: list[Entry]
    left: int

    @property
    def acts(self) -> int:
        return sum(self.by.values())


def replay(batch: Batch, way: str) -> Replayed:
    """One reviewer, one way of working, one store of their own."""
    from review.store import Store

    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{Path(folder) / 'bench.sqlite3'}") as store:
        return Reviewer(store, batch, way).work()


class Reviewer:
    """Reads the batch segment by segment and does what is left to do."""

    def __init__(self, store: Any, batch: Batch, way: str) -> None:
        from review.store import articles, batches, people, pieces

        self.store, self.given, self.way = store, batch, way
        self.project, self.actor = store.write(people.ensure_local)
        header = ReadingHeader("lines")
        self.batch = store.write(lambda c: batches.create(c, self.project, self.actor, "batch", header))
        batches.add_articles(store, self.batch, [self._article(n, lines) for n, lines in enumerate(batch.documents)])
        store.write(lambda c: batches.publish(c, self.batch))
        with store.read() as connection:
            self.articles = articles.ids(connection, self.batch)
            self.segments = [pieces.ids(connection, article) for article in self.articles]
        self.line = {
            segment: line
            for segments, lines in zip(self.segments, batch.documents, strict=True)
            for segment, line in zip(segments, lines, strict=True)
        }
        self._only_terms()
        self.wanted: dict[int, list[Wish]] = defaultdict(list)
        for wish in batch.wishes:
            for line in wish.places:
                self.wanted[line].append(wish)
        self.by: dict[str, int] = defaultdict(int)
        self.entries: list[Entry] = []
        self.idle: set[int] = set()

    def _only_terms(self) -> None:
        """Switch the other detectors off: they have no part in this, and take their time."""
        from review.detectors import detectors
        from review.store import standings

        for name, detector in detectors().items():
            if name != "terminology":
                put = partial(standings.put, project=self.project, detector=name, state="off", rule=detector.rule)
                self.store.write(partial(put, by=self.actor, counts=(0, 0), worker=self.actor))

    def _article(self, number: int, lines: Sequence[int]) -> Article:
        given = self.given
        return Article(
            f"document {number}",
            tuple(
                Segment(given.output[line], source=given.source[line], order=order, paragraph=order)
                for order, line in enumerate(lines)
            ),
            system="mt",
            source_language="zh",
            target_language="en",
        )

    def work(self) -> Replayed:
        for article, segments in zip(self.articles, self.segments, strict=True):
            if self.entries and self.way != WAYS[0]:
                self._flags(article)
            for segment in segments:
                self._segment(segment)
            self.post("status", segments, {"status": "confirmed"})
            if self.way != WAYS[0]:
                self._proposals()
        left = sum(len(self._pending(segment)) for segments in self.segments for segment in segments)
        return Replayed(dict(self.by), self.entries, left)

    def _segment(self, segment: int) -> None:
        pending = self._pending(segment)
        if not pending:
            return
        text = before = self._text(segment)
        for wish in pending:
            text = _put(text, wish.wrong, self._rendering(segment, wish))
        if text == before:
            return
        self.post("edit", [segment], {"texts": [text]})
        self.by["edits"] += 1
        if self.way == WAYS[2]:
            for wish in pending:
                self._propagate(segment, wish)

    def _propagate(self, segment: int, wish: Wish) -> None:
        """Follow the rule of one wish elsewhere, where that is less work than doing it by hand."""
        from review.steps import finding, propagating

        scope, best = Scope(self.project), None
        for cost, source in ((1, ""), (2, wish.source)):
            rule = Rule(find=wish.wrong, replace=self._rendering(segment, wish), source=source)
            found = finding.find(self.store, scope, rule, limit=100_000)
            hits = [hit.segment for hit in found.rows if not hit.protected and not hit.skipped]
            gain = sum(wish in self._pending(one) for one in hits)
            wrong = [one for one in hits if has(self.given.target[self.line[one]], wish.wrong)]
            saved = gain - cost - len(wrong)
            if saved > 0 and (best is None or saved > best[0]):
                best = saved, cost, rule, wrong
        if best is not None:
            _, cost, rule, wrong = best
            choice = Choice(without=frozenset(wrong))
            propagating.propagate(self.store, self.actor, self.batch, scope, rule, choice, key=str(uuid4()))
            self.by["propagations"] += 1
            self.by["narrowed by a source term"] += cost - 1
            self.by["hits unticked"] += len(wrong)

    def _flags(self, article: int) -> None:
        """Accept what learned entries suggest and is wanted, all of the same at once; dismiss what is not."""
        from review.steps import reflagging

        entries = {(entry.proposal.deprecated.lower()) for entry in self.entries if entry.accepted}
        groups: dict[tuple[str, str], list[tuple[int, dict[str, Any]]]] = defaultdict(list)
        for key, listed in reflagging.refresh(self.store, article)["flags"].items():
            text = self._text(int(key))
            for flag in listed:
                surface = text[flag["start"] : flag["end"]]
                learned = any(surface.lower().startswith(wrong) for wrong in entries)
                if flag["detector"] == "terminology" and flag["side"] == "target" and learned and flag["suggestions"]:
                    groups[surface.lower(), flag["suggestions"][0]].append((int(key), flag))
        for (surface, suggestion), flags in groups.items():
            right = [
                (segment, flag) for segment, flag in flags if not has(self.given.target[self.line[segment]], surface)
            ]
            self.by["dismissals"] += len(flags) - len(right)
            self.by["accepted suggestions"] += min(1, len(right)) if len(right) == len(flags) else len(right)
            texts: dict[int, str] = {}
            for segment, flag in sorted(right, key=lambda item: -item[1]["start"]):
                text = texts.get(segment, self._text(segment))
                texts[segment] = text[: flag["start"]] + suggestion + text[flag["end"] :]
            if texts:
                kept = [{**flag, "segment": segment} for segment, flag in right]
                self.post("accept", list(texts), {"texts": [*texts.values()], "flags": kept, "suggestion": suggestion})

    def _proposals(self) -> None:
        """Decide about what is proposed: yes where the target text keeps the words in few of the examples shown."""
        from review.errors import RefusedError
        from review.steps import learning

        for proposal in learning.propose(self.store, self.project):
            if proposal.id in self.idle:
                continue
            shown = learning.impact(self.store, self.project, proposal)
            if shown.segments <= shown.articles + 1:
                self.idle.add(proposal.id)  # it never gets more: no articles are added
                continue
            wrong = proposal.deprecated.lower()
            bad = sum(has(self.given.target[self.line[one.segment]], wrong) for one in shown.examples)
            accepted = not shown.objection and 2 * bad < len(shown.examples)
            try:
                if accepted:
                    learning.accept(self.store, self.project, self.actor, proposal.id)
                else:
                    learning.decline(self.store, self.project, self.actor, proposal.id, "not always so")
            except RefusedError:
                accepted = False
                learning.decline(self.store, self.project, self.actor, proposal.id, "refused")
            self.by["decisions about proposals"] += 1
            self.entries.append(Entry(proposal, accepted))

    def _pending(self, segment: int) -> list[Wish]:
        wanted = self.wanted.get(self.line[segment], ())
        if not wanted:
            return []
        text = self._text(segment)
        return [wish for wish in wanted if has(text, wish.wrong)]

    def _rendering(self, segment: int, wish: Wish) -> str:
        """The right words as the target text of this segment writes them."""
        target = self.given.target[self.line[segment]]
        at = target.lower().find(wish.right)
        return target[at : at + len(wish.right)] if at >= 0 else wish.right

    def _text(self, segment: int) -> str:
        return self._piece(segment).state.text

    def _piece(self, segment: int) -> Any:
        from review.store import pieces

        with self.store.read() as connection:
            return pieces.of_segments(connection, [segment], bare=True)[segment]

    def post(self, kind: str, segments: Sequence[int], payload: dict[str, Any]) -> None:
        from review.steps import reviewing

        targets = [{"segment": segment, "base_version": None} for segment in segments]
        event = {"id": str(uuid4()), "kind": kind, "targets": targets, "payload": payload}
        answer = reviewing.record(self.store, self.actor, self.batch, [event])
        if answer["refused"]:
            raise AssertionError(answer["refused"])


def _put(text: str, wrong: str, right: str) -> str:
    """The words replaced wherever they stand; where they begin the text, with a capital."""

    def written(match: re.Match[str]) -> str:
        return right[:1].upper() + right[1:] if match.start() == 0 and match.group()[0].isupper() else right

    return re.sub(rf"(?<!\w){re.escape(wrong)}(?!\w)", written, text, flags=re.IGNORECASE)
