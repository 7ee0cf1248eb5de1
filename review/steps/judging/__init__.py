"""Judging: the plug-in judges that are switched on, asked about many articles, none able to stop the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from review.detectors import Context, Judge, Tally, Verdict, judges
from review.errors import InputError, StoreError
from review.log import log
from review.model import Article, Flag
from review.settings import Settings, settings
from review.steps import flagging
from review.steps.flagging import Flagged
from review.store import Store
from review.store.answers import Answers
from review.text.bared import BaredArticle

PATIENCE = 3
"""Articles in a row at which a judge may fail before it is not asked about the rest."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What one judge says of the ``number``-th article: a verdict for each segment that is not deleted, in order.

    ``failure`` is one sentence where the judge failed at this article, else "".
    """

    judge: str
    number: int
    verdicts: tuple[Verdict, ...]
    failure: str = ""

    @property
    def flags(self) -> tuple[Flag, ...]:
        return tuple(flag for verdict in self.verdicts for flag in verdict.flags)


@dataclass(slots=True)
class Outcome:
    """How the asking of one judge went: segments checked of those asked about, and the judge's own tally."""

    asked: int = 0
    checked: int = 0
    tally: Tally = field(default_factory=Tally)
    reasons: dict[str, int] = field(default_factory=dict)

    def add(self, judged: Judged) -> None:
        """Count one article's verdicts."""
        self.asked += len(judged.verdicts)
        for verdict in judged.verdicts:
            self.checked += verdict.checked
            if not verdict.checked:
                self.reasons[verdict.reason] = self.reasons.get(verdict.reason, 0) + 1


def names(text: str) -> list[str]:
    """The names in a list parted by commas or spaces, each once."""
    return list(dict.fromkeys(name for name in re.split(r"[\s,]+", text) if name))


def chosen(given: Iterable[str] = (), known: Settings | None = None) -> list[Judge]:
    """The judges of these names, or those that REVIEW_JUDGES switches on. Raises InputError for an unknown one."""
    wanted = list(dict.fromkeys(given))
    where = "--judge" if wanted else "REVIEW_JUDGES"
    found = judges()
    wanted = wanted or names((known or settings()).judges)
    for name in wanted:
        if name not in found:
            raise InputError(f"{where}: there is no judge {name!r}; there are {', '.join(found)}.")
    return [found[name] for name in wanted]


def ready(asked: Iterable[Judge], known: Settings | None = None) -> None:
    """Raise InputError for a judge that cannot be asked here, saying what to install or to set."""
    for judge in asked:
        able, reason = availability(judge, known or settings())
        if not able:
            raise InputError(f"The judge {judge.name} is not available. {reason}")


@contextmanager
def memory() -> Iterator[MutableMapping[str, str]]:
    """Where answers are kept: the database if there is one, else this process alone."""
    path = settings().database_path
    if path is not None and not path.exists():
        yield {}
        return
    try:
        store = Store.open()
    except StoreError as error:  # a file can be flagged without the database
        log("warning", "answers are not kept", error=error)
        yield {}
        return
    with store:
        yield Answers(store)


def living(article: Article) -> Article:
    """The article as judges are asked about it: an id for each segment, those that were struck out left out."""
    article = flagging.identified(article)
    return replace(article, segments=tuple(segment for segment in article.segments if not segment.deleted))


def ask(
    asked: Sequence[Judge],
    articles: Sequence[Article],
    context: Context,
    outcomes: dict[str, Outcome] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Judged]:
    """Ask each judge about all articles; yields article by article, one judge after the other.

    Every segment that is not deleted gets a verdict from every judge, whatever fails; ``outcomes`` counts them
    by the judge's name. ``progress`` is called with the articles' number so far after each verdict; what it
    raises ends the asking.
    """
    outcomes = {} if outcomes is None else outcomes
    given = [BaredArticle(living(article)) for article in articles]
    articles = [one.article for one in given]
    for place, judge in enumerate(asked):
        outcome = outcomes.setdefault(judge.name, Outcome())
        for judged in _hear(judge, articles, context, outcome.tally, progress, place * len(articles)):
            judged = _placed(judged, given[judged.number])
            outcome.add(judged)
            yield judged


def _placed(judged: Judged, given: BaredArticle) -> Judged:
    """What was said of texts without inline codes, told of the texts with them."""
    if given.same:
        return judged
    verdicts = tuple(replace(one, flags=tuple(given.back(one.flags))) for one in judged.verdicts)
    return replace(judged, verdicts=verdicts)


def _hear(
    judge: Judge,
    articles: list[Article],
    context: Context,
    tally: Tally,
    progress: Callable[[int], None] | None,
    before: int,
) -> Iterator[Judged]:
    able, reason = availability(judge, context.settings or settings())
    start, failed = 0, 0
    if not able:
        for number, article in enumerate(articles):
            yield _judged(judge, number, article, {}, reason)
        return
    while start < len(articles) and failed < PATIENCE:
        said: dict[str, Verdict] = {}
        verdicts: Iterator[Verdict] | None = None
        at, failure = 0, ""
        try:
            while start + at < len(articles):
                try:
                    verdicts = judge.judge(articles[start:], context, tally) if verdicts is None else verdicts
                    verdict = next(verdicts, None)
                except Exception as error:  # noqa: BLE001 - whatever one judge does, the others must be heard
                    failure = f"{type(error).__name__}: {error}"
                    break
                while verdict is None or verdict.article > at:
                    yield _judged(judge, start + at, articles[start + at], said, "It gave no answer.")
                    at, said, failed = at + 1, {}, 0
                    if start + at == len(articles):
                        break
                if verdict is not None and verdict.article == at:
                    said.setdefault(verdict.segment, verdict)
                if progress:
                    progress(before + start + at)
        finally:
            close = getattr(verdicts, "close", None)
            if close:
                close()
        if failure:
            failed += 1
            sentence = f"The judge {judge.name} failed in the article {articles[start + at].name!r}: {failure}"
            yield _judged(judge, start + at, articles[start + at], said, f"It failed: {failure}", sentence)
            at += 1
        start += at
    for number in range(start, len(articles)):
        yield _judged(judge, number, articles[number], {}, f"It failed at {PATIENCE} articles in a row.")


def availability(judge: Judge, known: Settings) -> tuple[bool, str]:
    """Whether a judge can be asked here; if not, what to install or to set."""
    try:
        return judge.available(known)
    except Exception as error:  # noqa: BLE001 - a judge that cannot say so is not available
        return False, f"It failed: {type(error).__name__}: {error}"


def _judged(
    judge: Judge, number: int, article: Article, said: Mapping[str, Verdict], reason: str, failure: str = ""
) -> Judged:
    """The verdicts in the article's order; a segment without one is not checked, for this reason."""
    verdicts = tuple(
        replace(said[segment.id], article=number)
        if segment.id in said
        else Verdict(number, segment.id, False, reason=reason)
        for segment in article.segments
    )
    return Judged(judge.name, number, verdicts, failure)


def joined(article: Article, items: Sequence[Flagged], heard: Iterable[Judged], least: float = 0.0) -> list[Flagged]:
    """The segments of an article with the judges' flags among the detectors', and their verdicts.

    ``items`` are what ``flagging.flagged`` gave for it; judges' flags below the confidence ``least`` are left out.
    """
    heard = list(heard)
    if not heard:
        return list(items)
    machine = flagging.identified(replace(article, segments=tuple(item.segment for item in items)))
    risks = {segment.id: item.risk for segment, item in zip(machine.segments, items, strict=True)}
    flags, risks = flagging.with_judges(
        machine,
        [flag for item in items for flag in item.flags],
        risks,
        [flag for judged in heard for flag in judged.flags if flag.confidence >= least],
    )
    said: dict[str, dict[str, Verdict]] = {}
    for judged in heard:
        for verdict in judged.verdicts:
            said.setdefault(verdict.segment, {})[judged.judge] = verdict
    return [replace(item, judged=said.get(item.segment.id, {})) for item in flagging.joined(machine, flags, risks)]
