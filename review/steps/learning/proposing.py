"""Proposals made from lessons: what is the same is counted together, its source term found, and weighed.

A pair of words is shown where people corrected it in two segments or more, or, for a name, in one where its source
term is significant and stands beside the words in three. Single everyday words need three, and a source term where
there are sources: their renderings vary with taste. Nothing is shown where as many segments speak against it: those
that a person dealt with and that keep the words or have others instead (beside the source term, if there is one).
``make bench PART=learning`` says how often such entries are right; it measures them on other articles and other
systems than those with which these limits were chosen.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from threading import Lock
from typing import Any

from review.model import Job, Proposal, Taught
from review.steps import terms as termbases
from review.steps.learning.collecting import collect
from review.steps.terms.checking import wordings
from review.store import Connection, Store, batches, lessons, proposals
from review.store import jobs as queue
from review.store.lessons import Row, Settled
from review.text import inflection, matching
from review.text.learning import Sample, SourceTerm, source_term
from review.text.termbase import WRONG, primary

SAMPLED = 8_000
"""Segments in which words are counted to find source terms."""

SETTLED = 20_000
"""Segments that people dealt with, the newest, in which words that they kept are counted."""

TOGETHER = 50
"""Proposals written with the lock held once."""

MANY = 300
"""Words of which it is quicker to look for all in each text than to ask first whether one can be there."""

SHOWN = 20
"""Corrections that a proposal names."""

LEAST = 2
"""Corrected segments that make a proposal; where the source term is significant, one of them in STANDING will do."""

STANDING = 3
PLAIN = 3
"""Corrected segments for one everyday word in place of another."""


_ONE_AT_A_TIME = Lock()


def propose(store: Store, project: int) -> list[Proposal]:
    """The project's open proposals, those with the most corrections first: without those that its termbases cover,
    and without those that are one side of a conflict (see ``conflicts``).
    """
    from review.steps.learning.conflicts import among

    found = uncovered(store, project, ("open", "faint"))
    disputed = {one.id for conflict in among(found) for one in conflict.sides}
    return [one for one in found if one.state == "open" and one.id not in disputed]


def uncovered(store: Store, project: int, states: Sequence[str]) -> list[Proposal]:
    """Proposals in these states that no termbase covers, brought up to date first."""
    refresh(store, project)
    with store.read() as connection:
        found = proposals.rows(connection, project, states)
        known = _known(connection, project, {_fold(one.preferred) for one in found})
    return [one for one in found if not _covered(one, known)]


def get(store: Store, project: int, number: int) -> Proposal:
    """One proposal, whatever its state. Raises MissingError."""
    with store.read() as connection:
        return proposals.get(connection, project, number)


def refresh(store: Store, project: int, progress: Callable[[int, int], None] | None = None) -> int:
    """Bring the project's proposals up to date; cheap where nothing happened. Returns how many were looked at."""
    with _ONE_AT_A_TIME:
        return _refresh(store, project, progress)


def _refresh(store: Store, project: int, progress: Callable[[int, int], None] | None) -> int:
    changed, seq, dealt_with = collect(store, project)
    with store.read() as connection:
        before, known_batches = lessons.mark(connection, project)
        visible = batches.ids(connection, project)
        shown = ",".join(str(number) for number in visible)
        if shown != known_batches:
            changed = set(lessons.keys(connection, project))
        elif dealt_with:
            # What was confirmed or approved since may speak against what is proposed.
            changed |= {one.keys[0] for one in proposals.rows(connection, project)}
        if not changed:
            if (seq, shown) != (before, known_batches):
                store.write(lambda connection: lessons.set_mark(connection, project, seq, shown), background=True)
            return 0
        made, gone = _make(store, connection, project, changed, tuple(visible), progress)
    for start in range(0, len(made), TOGETHER):
        part = made[start : start + TOGETHER]
        store.write(partial(proposals.put, proposals=part), background=True)

    def end(connection: Connection) -> None:
        proposals.drop(connection, project, gone)
        lessons.set_mark(connection, project, seq, shown)

    store.write(end, background=True)
    return len(made)


def _make(
    store: Store,
    connection: Connection,
    project: int,
    keys: Collection[str],
    visible: tuple[int, ...],
    progress: Callable[[int, int], None] | None,
) -> tuple[list[Proposal], list[tuple[str, str]]]:
    """The proposals on these wrong words as they stand now, and the keys of those that nothing speaks for."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in lessons.of_keys(connection, project, keys):
        groups[row.wrong_key, row.right_key].append(row)
    earlier = proposals.on_keys(connection, project, keys)
    evidence = _Evidence(
        *_background(store, project, visible), lessons.settled(connection, project, SETTLED), list(groups.values()),
        _source_terms(connection, project),
    )  # fmt: skip
    made = []
    for done, (pair, rows) in enumerate(groups.items()):
        if progress:
            progress(done, len(groups))
        found = evidence.proposal(project, pair, rows, done)
        made.append(_reopened(found, earlier.get(pair), rows))
    return made, [pair for pair in earlier if pair not in groups]


def _reopened(found: Proposal, earlier: Proposal | None, rows: Iterable[Row]) -> Proposal:
    """A declined proposal stays so until evidence of another kind comes: by somebody who had not corrected it so
    before the decision, or with another source term. An accepted one stays accepted.
    """
    if earlier is None or earlier.state in ("open", "faint"):
        return found
    if earlier.state == "declined" and found.state == "open":
        before = {row.actor for row in rows if row.at <= earlier.decided_at}
        since = {row.actor for row in rows if row.at > earlier.decided_at}
        if since - before or (since and found.source and found.source != earlier.source):
            return found
    return replace(found, state=earlier.state)


class _Evidence:
    """What a project's texts say of pairs of words; ``groups`` are the lessons of each pair, in order."""

    def __init__(
        self,
        background: Sequence[tuple[str, str]],
        sample: Sample,
        settled: Sequence[Settled],
        groups: Sequence[Sequence[Row]],
        known: frozenset[str],
    ) -> None:
        self._settled, self._known = settled, known
        self._otherwise = _otherwise(groups)
        self._words = [_wording(rows) for rows in groups]
        self._sample = sample
        self._by_segment = {one.segment: one for one in settled}
        self._output: dict[tuple[int, str], set[int]] = defaultdict(set)
        self._kept: dict[int, set[int]] = defaultdict(set)
        self._inside: dict[int, Counter[bool]] = defaultdict(Counter)
        matcher = matching.Matcher(
            _phrase(text, owner, kind)
            for number, (wrong, right, kind) in enumerate(self._words)
            for owner, text in ((2 * number, wrong), (2 * number + 1, right))
        )
        worth = _worth(self._words)
        for source, target in background:
            for hit in matcher.find(target) if worth(target) else ():
                number, side = divmod(hit.phrase.owner, 2)
                if source:
                    self._output[number, "right" if side else "wrong"].add(self._sample.place[source])
                self._look(number, side, target, hit.start)
        for place, one in enumerate(settled):
            for hit in matcher.find(one.text) if worth(one.text) else ():
                number, side = divmod(hit.phrase.owner, 2)
                if not side:
                    self._kept[number].add(place)
                self._look(number, side, one.text, hit.start)

    def _look(self, number: int, side: int, text: str, start: int) -> None:
        """Remember whether the right words have a capital within a sentence."""
        if side and not matching.opens_sentence(text, start):
            self._inside[number][text[start].isupper()] += 1

    def proposal(self, project: int, pair: tuple[str, str], rows: Sequence[Row], number: int) -> Proposal:
        """What the lessons of one pair, the ``number``-th of all, come to."""
        wrong, right, kind = self._words[number]
        if kind == "opening":
            seen = self._inside[number]
            kind = "name" if seen[True] >= seen[False] else "inflected"
            if kind == "inflected":
                wrong, right = wrong[0].lower() + wrong[1:], right[0].lower() + right[1:]
        segments = {row.segment for row in rows}
        term = self._source(number, segments, (wrong, right))
        kept = len(self._against(number, pair, term, segments))
        sourced = any(self._by_segment[one].source for one in segments if one in self._by_segment)
        people = Counter(row.by for row in {row.segment: row for row in rows}.values())
        newest = sorted(rows, key=lambda row: (-row.at, row.segment))[:SHOWN]
        return Proposal(
            id=0,
            project=project,
            source=term.text if term else "",
            preferred=right,
            deprecated=wrong,
            matching=kind,
            source_language=_usual(row.source_language for row in rows) or ("zh" if term else ""),
            target_language=_usual(row.target_language for row in rows) or "en",
            times=len(segments),
            kept=kept,
            evidence=tuple(_taught(row) for row in newest),
            people=tuple(sorted(people.items(), key=lambda item: (-item[1], item[0]))),
            state="open" if telling(kind, (wrong, right), len(segments), kept, term, sourced) else "faint",
            together=term.together if term else 0,
            apart=term.apart if term else 0,
            score=round(term.score, 2) if term else 0.0,
            keys=pair,
        )

    def _source(self, number: int, segments: Collection[int], words: tuple[str, str]) -> SourceTerm | None:
        corrected = [self._by_segment[segment] for segment in sorted(segments) if segment in self._by_segment]
        anchors = {self._sample.add(one.source) for one in corrected if one.source}
        if not anchors:
            return None
        wrong, right = self._output[number, "wrong"], self._output[number, "right"]
        return source_term(self._sample, wrong, right, anchors, words, self._known)

    def _against(
        self, number: int, pair: tuple[str, str], term: SourceTerm | None, segments: Collection[int]
    ) -> set[int]:
        """Segments that somebody dealt with, where the wrong words stand still beside the source term or were
        corrected otherwise.
        """
        needle = term.text.lower() if term else ""
        found = {self._settled[place].segment for place in self._kept[number]} | self._otherwise[pair]
        return {
            segment
            for segment in found - set(segments)
            if segment in self._by_segment and needle in (self._by_segment[segment].source or "").lower()
        }


def telling(
    kind: str, words: tuple[str, str], times: int, kept: int, term: SourceTerm | None, sourced: bool = True
) -> bool:
    """Whether the evidence is enough to show a proposal: see the head of this file."""
    if kept >= times:
        return False
    wrong, right = (len(text.split()) for text in words)
    if kind == "inflected" and wrong == right == 1:
        return times >= PLAIN and (term is not None or not sourced)
    if kind == "name" and abs(wrong - right) <= 1 and term is not None and term.together >= STANDING:
        return True
    return times >= LEAST


def _otherwise(groups: Iterable[Sequence[Row]]) -> dict[tuple[str, str], set[int]]:
    """For each pair the segments in which the same words gave way to others."""
    by_wrong: dict[str, dict[str, set[int]]] = defaultdict(dict)
    for rows in groups:
        by_wrong[rows[0].wrong_key][rows[0].right_key] = {row.segment for row in rows}
    return {
        (wrong, right): set().union(*(more for other, more in rights.items() if other != right))
        for wrong, rights in by_wrong.items()
        for right in rights
    }


def _wording(rows: Sequence[Row]) -> tuple[str, str, str]:
    """The usual wrong and right words of lessons that are the same, and how they match. Where sentences begin
    nothing is learned of capitals, so those count only where there are no others.
    """
    sure = [row for row in rows if row.matching != "opening"] or list(rows)
    kinds = Counter(row.matching for row in sure)
    kind = max(sorted(kinds), key=lambda name: kinds[name])
    same = Counter((row.wrong, row.right) for row in sure if row.matching == kind)
    wrong, right = max(sorted(same), key=lambda words: (same[words], -len(words[0]) - len(words[1])))
    return wrong, right, kind


def _phrase(text: str, owner: int, kind: str) -> matching.Phrase:
    words = matching.words_of(text)
    allowed = tuple("s" if kind == "inflected" else "" for _ in words)
    return matching.Phrase(tuple(words), owner, allowed, inflection.head(words), (), kind == "case")


def _taught(row: Row) -> Taught:
    return Taught(
        row.segment, row.article, row.article_name, row.wrong, row.right, row.kind, row.event, row.actor, row.by, row.at
    )


def _usual(values: Iterable[str]) -> str:
    counted = Counter(values)
    return max(sorted(counted), key=lambda value: counted[value]) if counted else ""


@lru_cache(maxsize=2)
def _background(store: Store, project: int, visible: tuple[int, ...]) -> tuple[list[tuple[str, str]], Sample]:
    """Sources and machine outputs, which do not change while the same batches are there, and the sources counted."""
    with store.read() as connection:
        found = lessons.sample(connection, project, SAMPLED)
        language = lessons.source_language(connection, project)
    return found, Sample((source for source, _ in found if source), language or "zh")


def _worth(words: Iterable[tuple[str, str, str]]) -> Callable[[str], bool]:
    """A quick look whether any of these words can stand in a text: most texts need no more."""
    begins = {text[:3].lower() for wrong, right, _ in words for text in (wrong, right)}
    if len(begins) > MANY:
        return bool
    found = re.compile("|".join(sorted(re.escape(text) for text in begins)), re.IGNORECASE)
    return lambda text: found.search(text) is not None


def _source_terms(connection: Connection, project: int) -> frozenset[str]:
    """Every source term that the project's termbases know, in lower case."""
    found = set()
    for concepts in termbases.ranked(connection, project):
        for concept in concepts:
            ours = primary(concept.terms[-1].language) if concept.terms else ""
            found |= {term.text.lower() for term in concept.terms if primary(term.language) != ours}
    return frozenset(found)


def _known(connection: Connection, project: int, right: set[str]) -> dict[tuple[str, str], set[str]]:
    """What the termbases say already of words that are to be written as one of ``right`` (folded): by wrong and right
    words (folded) the source terms, "" for any text.
    """
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for concepts in termbases.ranked(connection, project):
        for concept in concepts:
            ours = primary(concept.terms[-1].language) if concept.terms else ""
            usual = [term.text for term in concept.terms if term.status in ("preferred", "admitted")]
            sources = {term.text.lower() for term in concept.terms if primary(term.language) != ours} or {""}
            for term in concept.terms:
                if term.status not in WRONG or not term.accepted or term.matching == "pattern":
                    continue
                listed = (text for one in ([term.instead] if term.instead else usual) for text in wordings(one))
                for text in right & {_fold(text) for text in listed}:
                    for wrong in wordings(term.text):
                        found[_fold(wrong), text] |= sources
    return found


def _covered(one: Proposal, known: dict[tuple[str, str], set[str]]) -> bool:
    """Whether a termbase says it already: the same words, for any text or for a source term within this one's."""
    source = one.source.lower()
    sources = known.get((_fold(one.deprecated), _fold(one.preferred)), ())
    return any(not there or not source or there in source or source in there for there in sources)


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def run(store: Store, job: Job, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Do a learning job, ``{}``: bring the project's proposals up to date."""
    count = refresh(store, job.project, progress)
    return {"proposals": count}


def queue_learning(connection: Connection, project: int, actor: int) -> None:
    """Queue learning, unless it waits already."""
    queue.enqueue_once(connection, "learn", project, actor, {})


JOBS = {"learn": run}
"""Kinds of jobs that this step does, for the worker."""
