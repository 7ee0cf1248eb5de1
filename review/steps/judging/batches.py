"""Judges asked about the articles of the store, and what they could not check there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from review.detectors import Context, Judge, Verdict
from review.log import log
from review.model import Article
from review.settings import settings
from review.steps.judging import Judged, Outcome, ask, living, telling
from review.store import Connection, Store, articles, judgements, standings
from review.store.answers import Answers
from review.store.judgements import Judgement

TOGETHER = 10_000
"""Segments that a judge is given at once."""

PART = 150
"""Segments whose judgements are stored with the lock held once."""


def context(store: Store) -> Context:
    """What judges get besides the articles: the settings, and the answers that the store keeps."""
    return Context(settings=settings(), cache=Answers(store))


def estimates(store: Store, wanted: Sequence[int], asked: Sequence[Judge]) -> list[str]:
    """One sentence a judge and ten thousand segments: what asking about these articles would take."""
    return [line for part in _parts(store, wanted) for line in telling.estimates(asked, part, context(store))]


def judge_articles(
    store: Store,
    wanted: Sequence[int],
    asked: Sequence[Judge],
    outcomes: dict[str, Outcome] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[int]:
    """Ask the judges about these articles; yields an article's id each time that its judgements are stored.

    What was asked before comes from the store's answers. ``progress`` is called with the number of articles
    done so far, each counted once a judge.
    """
    done = 0
    for part in _parts(store, wanted):
        told = partial(_told, progress, done) if progress else None
        for judged in ask(asked, part, context(store), outcomes, told):
            article = part[judged.number]
            if judged.failure:
                log("error", "judge failed", article=article.id, judge=judged.judge)
            _save(store, article, judged)
            yield int(article.id)
        done += len(part) * len(asked)


def verdicts(store: Store, article: Article, names: Sequence[str]) -> dict[str, dict[str, Verdict]]:
    """What these judges said of an article of the store as it is given, by segment and name."""
    said: dict[str, dict[str, Verdict]] = {}
    with store.read() as connection:
        for item in judgements.standing(connection, article):
            if item.judge in names:
                said.setdefault(item.segment, {})[item.judge] = Verdict(
                    0, item.segment, item.checked, item.flags, item.score, item.scale, item.reason
                )
    return said


def unchecked(store: Store, article: int) -> list[str]:
    """One sentence for each judge that was asked about the article and whose word is wanting for some segments."""
    with store.read() as connection:
        off = standings.of_article(connection, article).off
        names = [name for name in judgements.judges(connection, article) if name not in off]
        if not names:
            return []
        loaded = articles.load(connection, article, history=False)
        standing = judgements.standing(connection, loaded)
    alive = len(living(loaded).segments)
    lines = []
    for name in names:
        mine = [item for item in standing if item.judge == name]
        outcome = Outcome(alive, sum(item.checked for item in mine))
        for item in mine:
            if not item.checked:
                outcome.reasons[item.reason] = outcome.reasons.get(item.reason, 0) + 1
        if changed := alive - len(mine):
            outcome.reasons["The text was changed since it was asked."] = changed
        if outcome.checked < alive:
            missing = alive - outcome.checked
            lines.append(f"Not checked by {name}: {missing} of {alive} segments{telling.why(outcome.reasons)}.")
    return lines


def _told(progress: Callable[[int], None], done: int, here: int) -> None:
    progress(done + here)


def _parts(store: Store, wanted: Sequence[int]) -> Iterator[list[Article]]:
    """The articles in groups of about TOGETHER segments, so that memory does not grow with the batch."""
    part: list[Article] = []
    for number in wanted:
        with store.read() as connection:
            part.append(articles.load(connection, number, history=False))
        if sum(len(article.segments) for article in part) >= TOGETHER:
            yield part
            part = []
    if part:
        yield part


def _save(store: Store, article: Article, judged: Judged) -> None:
    found = [
        Judgement(v.segment, judged.judge, v.checked, v.flags, v.score, v.scale, v.reason) for v in judged.verdicts
    ]

    def write(connection: Connection, part: list[Judgement]) -> None:
        judgements.save(connection, article, part)

    for start in range(0, len(found), PART):
        store.write(partial(write, part=found[start : start + PART]), background=True)
