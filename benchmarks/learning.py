"""What a correction saves: a reviewer replayed by the public API, acts with and without; how often entries are right.

The batch is one system's output of half of the WMT23 zh-en documents; the target text is the reference, or another
system's output. The reviewer wants one kind of thing, which is found without the program's own rules (``wishes``):

    a run of one to five words that the target text replaces (difflib over words), with a content word on both sides,
    is a wish where it recurs: in two segments or more the output has the words and the target text has not, the target
    text has the others and the output has not, and all these sources share a run of two Chinese characters or more
    that stands in less than a tenth of the batch's sources and explains the words: where it stands, the output has the
    wrong ones or the right ones at least every other time. A reviewer who has settled on these words wants them in
    every segment that has the source words and the wrong ones, but where the target text keeps the wrong ones itself;
    at least half of those must read so in the target text, else it is no wish.

Words that differ in endings alone, numbers and function words are no wishes. The reviewer reads every segment in order
and must end with every wish fulfilled. A hit or a flag is wrong where the target text keeps the words; where it has
neither wording, either will do. An act is what the person must cause: an edit of a segment (with all its wishes at
once); a confirmed propagation, one act more where it is narrowed by a source term, and one for each wrong hit unticked;
an accepted suggestion (once for all of the same in an article, as Shift+A does it, where none of those is wrong, else
one by one); a dismissal of each wrong flag of a learned entry; a decision about a proposal. What saves no act is not
done: a propagation that costs more than it changes, a decision about an entry that would flag little more than one
segment in each article. Confirming segments costs the same in all ways of working and is left out.

Beside that, entries are learned from a half that is wholly edited into the target text, and all that are proposed and
not refused are held against the other half, which they never saw: how many of their hits differ from the target text.
The limits of ``steps.learning.proposing`` were chosen on other systems' outputs, learning from the half that is not
learned from here.
"""

from __future__ import annotations

import difflib
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks import flags as wmt
from review.model import Article, Choice, Proposal, ReadingHeader, Rule, Scope, Segment

RUNS = (("ONLINE-A", "reference"), ("NLLB_Greedy", "ONLINE-W"))
"""Systems that are replayed, each with the text that it is made to read as."""

STUDIED = ("HW-TSC", "IOL_Research", "Lan-BridgeMT", "ONLINE-A", "ONLINE-B", "ONLINE-W", "ONLINE-Y")
"""Systems from whose post-edits entries are learned; the limits were chosen with ONLINE-M and ANVITA."""

WAYS = ("by hand", "with learned terms", "with propagation and learned terms")
_WORD = re.compile(r"[A-Za-z0-9À-ɏ]+(?:[’'\-.][A-Za-z0-9À-ɏ]+)*")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def run() -> dict[str, Any]:
    """Replay every run, study every system; nothing where the real data is not there."""
    if not wmt.DATA.is_dir():
        return {"skipped": "the real data (../shared/data) is not on this machine"}
    figures: dict[str, Any] = {
        f"{system} made to read as {target}": measure(system, target, half=1) for system, target in RUNS
    }
    figures[f"entries learned from post-edits of {len(STUDIED)} systems into the reference"] = studied(STUDIED, half=1)
    return figures


def measure(system: str, target: str, *, half: int, ways: Sequence[str] = WAYS) -> dict[str, Any]:
    """Acts in each way of working."""
    batch = Batch.of(system, target, half)
    found: dict[str, Any] = {
        "segments": len(batch.lines),
        "wishes": len(batch.wishes),
        "places where they are wanted": sum(len(wish.places) for wish in batch.wishes),
    }
    for way in ways:
        replayed = replay(batch, way)
        found[f"acts {way}"] = replayed.acts
        if way != WAYS[0]:
            found[f"  of them {way}"] = ", ".join(
                f"{count} {name}" for name, count in sorted(replayed.by.items()) if count
            )
        found[f"  places left {way}"] = replayed.left
    return found


def studied(systems: Iterable[str], *, half: int) -> dict[str, Any]:
    """Entries learned from one half of the documents, system by system, and what they flag in the other half."""
    refused, hits, sums = 0, 0, [0, 0, 0]
    accepted = 0
    for system in systems:
        _, entries = study(system, "reference", half=half)
        kept = [entry for entry in entries if entry.accepted]
        refused += len(entries) - len(kept)
        accepted += len(kept)
        for place, count in enumerate(flagged(Batch.of(system, "reference", 1 - half), kept)):
            sums[place] += count
    hits, otherwise, preferred = sums
    return {
        "entries proposed": accepted + refused,
        "of them refused, for what they would flag in the text learned from": refused,
        "hits in the documents not learned from": hits,
        "of them read otherwise in the target text, %": 100 * otherwise / max(1, hits),
        "of them read there as the entry prefers, %": 100 * preferred / max(1, hits),
    }


@dataclass(frozen=True, slots=True)
class Wish:
    """``wrong`` is to be read ``right`` (both lower case) in ``places`` (line numbers)."""

    wrong: str
    right: str
    source: str
    places: frozenset[int]


@dataclass(slots=True)
class Batch:
    """Half of the documents: line numbers, the texts by line, and what the reviewer wants."""

    documents: list[list[int]]
    source: list[str]
    output: list[str]
    target: list[str]
    wishes: list[Wish] = field(default_factory=list)

    @property
    def lines(self) -> list[int]:
        return [line for document in self.documents for line in document]

    @classmethod
    def of(cls, system: str, target: str, half: int) -> Batch:
        lines = wmt.read_lines()
        listed = wmt.documents(lines, news=False)[half::2]
        documents = [[int(segment.id) - 1 for segment in article.segments] for article in listed]
        wanted = lines["reference"] if target == "reference" else _system(target)
        made = cls(documents, lines["source"], _system(system), wanted)
        made.wishes = wishes(made)
        return made


def _system(name: str) -> list[str]:
    path = wmt.DATA / "wmt23-zh-en" / "systems" / f"{name}.en"
    return path.read_bytes().decode("utf-8").removesuffix("\n").split("\n")


def wishes(batch: Batch) -> list[Wish]:
    """What the reviewer wants (see the head of this file), in the order in which it first stands in the batch."""
    pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for line in batch.lines:
        for pair in _replaced(batch.output[line], batch.target[line]):
            pairs[pair].append(line)
    found, taken = [], set()
    for (wrong, right), aligned in sorted(pairs.items(), key=lambda item: (-len(set(item[1])), item[0])):
        clear = [line for line in dict.fromkeys(aligned) if _differs(batch, line, wrong, right)]
        source = _shared([batch.source[line] for line in clear]) if len(clear) > 1 else ""
        standing = [line for line in batch.lines if source in batch.source[line]]
        if not source or 10 * len(standing) >= len(batch.lines):
            continue
        if 2 * sum(has(batch.output[n], wrong) or has(batch.output[n], right) for n in standing) < len(standing):
            continue
        places = frozenset(
            line
            for line in standing
            if has(batch.output[line], wrong) and not has(batch.target[line], wrong) and (line, wrong) not in taken
        )
        sure = sum(_differs(batch, line, wrong, right) for line in places)
        if sure > 1 and 2 * sure >= len(places):
            taken |= {(line, wrong) for line in places}
            found.append(Wish(wrong, right, source, places))
    order = {line: place for place, line in enumerate(batch.lines)}
    return sorted(found, key=lambda wish: (min(order[line] for line in wish.places), wish.wrong))


def _replaced(output: str, target: str) -> Iterable[tuple[str, str]]:
    old, new = _WORD.findall(output), _WORD.findall(target)
    for tag, start, end, other, until in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace" and end - start <= 5 and until - other <= 5:
            wrong, right = _trimmed(old[start:end]), _trimmed(new[other:until])
            if wrong and right and not _endings(wrong, right):
                yield " ".join(wrong), " ".join(right)


def _trimmed(words: Iterable[str]) -> list[str]:
    from review.text.lexemes import FUNCTION_WORDS

    kept = [word.lower().replace("’", "'").removesuffix("'s") for word in words]
    while kept and kept[0] in FUNCTION_WORDS["en"]:
        kept.pop(0)
    while kept and kept[-1] in FUNCTION_WORDS["en"]:
        kept.pop()
    return [] if any(word[0].isdigit() for word in kept) else kept


def _endings(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether words differ in their last two letters at most."""
    return len(one) == len(other) and all(
        a.startswith(b[: max(3, min(len(a), len(b)) - 2)]) for a, b in zip(one, other, strict=True)
    )


def _shared(sources: Sequence[str]) -> str:
    """The longest run of two Chinese characters or more in all sources."""
    for size in range(min(len(source) for source in sources), 1, -1):
        for run in _HAN.findall(sources[0]):
            for at in range(len(run) - size + 1):
                part = run[at : at + size]
                if all(part in source for source in sources):
                    return str(part)
    return ""


def has(text: str, words: str) -> bool:
    """Whether whole words stand in a text, letter case aside."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def _differs(batch: Batch, line: int, wrong: str, right: str) -> bool:
    output, target = batch.output[line], batch.target[line]
    return has(output, wrong) and not has(target, wrong) and has(target, right) and not has(output, right)


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


def study(system: str, target: str, *, half: int) -> tuple[Batch, list[Entry]]:
    """The entries that come of a half wholly edited into the target text and confirmed: all that are proposed, and not
    refused for what they would flag in that text.
    """
    from review.errors import RefusedError
    from review.steps import learning
    from review.store import Store

    batch = Batch.of(system, target, half)
    entries: list[Entry] = []
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{Path(folder) / 'bench.sqlite3'}") as store:
        reviewer = Reviewer(store, batch, WAYS[1])
        for segments in reviewer.segments:
            texts = [batch.target[reviewer.line[segment]] for segment in segments]
            reviewer.post("edit", segments, {"texts": texts})
            reviewer.post("status", segments, {"status": "confirmed"})
        for proposal in learning.propose(store, reviewer.project):
            accepted = True
            try:
                learning.accept(store, reviewer.project, reviewer.actor, proposal.id)
            except RefusedError:
                accepted = False
            entries.append(Entry(proposal, accepted))
    return batch, entries


def flagged(batch: Batch, entries: Sequence[Entry]) -> tuple[int, int, int]:
    """What entries flag in the machine's output: how many hits, how many of those read otherwise in the target text
    (which has not the flagged words), and how many read there as the entry prefers.
    """
    hits = otherwise = preferred = 0
    for entry in entries:
        one = entry.proposal
        wrong, right = one.deprecated.lower(), one.preferred.lower()
        for line in batch.lines:
            if has(batch.output[line], wrong) and one.source in batch.source[line]:
                hits += 1
                otherwise += not has(batch.target[line], wrong)
                preferred += not has(batch.target[line], wrong) and has(batch.target[line], right)
    return hits, otherwise, preferred
