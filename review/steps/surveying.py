"""Surveying: the first pass over a batch, in which detectors count what they compare each article with later."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from review.detectors import Detector, detectors
from review.model import Article
from review.steps.flagging import identified
from review.store import Store, articles, surveys
from review.text.bared import bare_article


def surveyors(only: Collection[str] | None = None) -> dict[str, Detector]:
    """The detectors (of those named ``only``) that survey the batch, by name."""
    return {
        name: detector
        for name, detector in detectors().items()
        if type(detector).survey is not Detector.survey and (only is None or name in only)
    }


def survey(given: Iterable[Article], only: Collection[str] | None = None) -> tuple[dict[str, Any], list[str]]:
    """Count over all articles what each surveying detector asks for, one article at a time.

    Returns the counts by detector, for ``Context.statistics``, and one sentence for each detector that failed:
    it has no counts, and so stays silent, and never stops the others. Memory is bounded by what ``merge`` keeps.
    """
    asked = surveyors(only)
    totals: dict[str, Any] = {}
    failures: dict[str, str] = {}
    for article in given if asked else ():
        machine = bare_article(
            identified(replace(article, segments=tuple(s for s in article.segments if not s.deleted)))
        )
        for name, detector in asked.items():
            if name in failures:
                continue
            try:
                totals[name] = detector.merge(totals.get(name), detector.survey(machine))
            except Exception as error:  # noqa: BLE001 - whatever one detector does, the others must count
                totals.pop(name, None)
                failures[name] = f"The detector {name} failed: {type(error).__name__}: {error}"
    return totals, list(failures.values())


def version() -> str:
    """The surveying detectors with their versions: counts made by others are out of date."""
    return " ".join(f"{name}.{detector.rule}" for name, detector in surveyors().items())


def renew(store: Store, batch: int) -> list[str] | None:
    """Survey a stored batch and keep the counts, if that was not done by these detectors yet.

    Returns one sentence for each detector that failed, or None where nothing was to be done. Reads one article
    at a time.
    """
    made = version()
    with store.read() as connection:
        if surveys.made_by(connection, batch) == made:
            return None
        wanted = articles.ids(connection, batch)

    def each() -> Iterable[Article]:
        for number in wanted:
            with store.read() as connection:
                article = articles.load(connection, number, history=False)
            yield article

    totals, failures = survey(each())
    store.write(lambda connection: surveys.save(connection, batch, made, totals), background=True)
    return failures


def statistics(store: Store, batch: int) -> dict[str, Any]:
    """The counts of a batch by detector, {} before its first survey or where other detectors made it."""
    made = version()
    with store.read() as connection:
        return surveys.counts(connection, batch, made)
