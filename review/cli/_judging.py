"""The judges of ``flag``: which are asked, what that would take, and how it went."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from review.errors import InputError

if TYPE_CHECKING:
    from review.detectors import Judge
    from review.model import Article
    from review.steps.flagging import Flagged
    from review.steps.judging import Judged, Outcome
    from review.store import Store

F = TypeVar("F", bound=Callable[..., Any])


def options(command: F) -> F:
    """Give a command --judge and --estimate."""
    command = click.option(
        "--estimate", is_flag=True, help="Print what asking the judges would take, in calls, time and cost, and stop."
    )(command)
    return click.option(
        "--judge",
        "judges",
        multiple=True,
        metavar="NAME",
        help="Ask this plug-in judge too; may be repeated (default: those of REVIEW_JUDGES).",
    )(command)


class Panel:
    """The judges of one run. Without any it does nothing, and hands on what it is given."""

    def __init__(self, asked: Mapping[str, Any], warn: Callable[[Iterable[str]], None]) -> None:
        """Raises InputError for a judge that there is not, or that cannot be asked here."""
        from review.steps import judging

        self._warn, self._estimate = warn, bool(asked["estimate"])
        # Whoever names detectors wants those alone, and no paid service unless it is named as well.
        self._named: Sequence[str] = asked["judges"]
        silent = asked["detectors"] and not self._named
        self.judges: Sequence[Judge] = () if silent else judging.chosen(self._named)
        self.outcomes: dict[str, Outcome] = {}
        self._heard: dict[int, list[Judged]] = {}
        self._least = float(asked["min_confidence"])
        judging.ready(self.judges)
        self._need_one_to_estimate()

    def ask(self, articles: Sequence[Article]) -> None:
        """Ask about the articles of a file, as the machine wrote them."""
        if not self.judges:
            return
        from review.detectors import Context
        from review.settings import settings
        from review.steps import judging
        from review.steps.judging import telling

        given = [replace(a, segments=tuple(replace(s, correction=None) for s in a.segments)) for a in articles]
        with judging.memory() as cache:
            context = Context(settings=settings(), cache=cache)
            self._tell(telling.estimates(self.judges, given, context))
            for judged in judging.ask(self.judges, given, context, self.outcomes):
                self._heard.setdefault(judged.number, []).append(judged)
                self._warn([judged.failure] if judged.failure else [])

    def joined(self, number: int, article: Article, items: list[Flagged]) -> list[Flagged]:
        """The segments of the ``number``-th article of a file with the judges' flags among the others."""
        if not self.judges:
            return items
        from review.steps import judging

        return judging.joined(article, items, self._heard.pop(number, ()), self._least)

    def ask_about_batch(self, store: Store, project: int, wanted: Sequence[int]) -> None:
        """Ask about articles of the store, whose flags are then made again; not the judges that the project has off.

        Raises InputError for one of those that was asked for by name.
        """
        if not self.judges:
            return
        from review.steps import reflagging
        from review.steps.judging import batches

        with store.read() as connection:
            self.judges = reflagging.judges_of(connection, project, self._named)
        self._need_one_to_estimate()
        self._tell(batches.estimates(store, wanted, self.judges))
        for article in batches.judge_articles(store, wanted, self.judges, self.outcomes):
            reflagging.renew(store, article, again=True)

    def with_verdicts(self, store: Store, article: Article, items: Iterable[Flagged]) -> Iterator[Flagged]:
        """The segments of an article of the store with what the judges of this run said of them."""
        from review.steps.judging.batches import verdicts

        said = verdicts(store, article, [judge.name for judge in self.judges]) if self.judges else {}
        for item in items:
            yield replace(item, judged=said.get(item.segment.id, {}))

    def lines(self) -> Iterator[str]:
        """How it went, a line a judge."""
        from review.steps.judging import telling

        for name, outcome in self.outcomes.items():
            yield telling.outcome(name, outcome) + "\n"

    def missing(self) -> list[str]:
        """The lines of judges that did not check everything."""
        return [
            line.rstrip()
            for line, outcome in zip(self.lines(), self.outcomes.values(), strict=True)
            if outcome.checked < outcome.asked
        ]

    def _need_one_to_estimate(self) -> None:
        if self._estimate and not self.judges:
            raise InputError("--estimate is about judges, and none is asked; name one with --judge.")

    def _tell(self, estimates: Iterable[str]) -> None:
        for line in estimates:
            click.echo(line if self._estimate else f"review: {line}", err=not self._estimate)
        if self._estimate:
            raise click.exceptions.Exit(0)


def shown(item: Flagged) -> dict[str, dict[str, Any]]:
    """The verdicts on a segment as JSON Lines show them."""
    return {
        name: {"checked": verdict.checked, "score": verdict.score, "reason": verdict.reason}
        for name, verdict in item.judged.items()
    }
