"""The program's own flags and risks for rated articles, as ``review flag`` would make them; or by models that have not
seen their documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from review.detectors import detectors, doubt
from review.errors import InputError
from review.model import Article, Flag, Rated
from review.steps import flagging
from review.steps.evaluating import learning
from review.steps.evaluating.learning import Outcome

Progress = Callable[[int, int], None]
FEWEST = 3
"""Documents without which nothing can be learned anew: one is left out, and two are checked against each other."""


def as_flagged(
    rated: Sequence[Rated],
    *,
    terms: Iterable[str] = (),
    only: Collection[str] | None = None,
    embed: Any = None,
    progress: Progress | None = None,
) -> tuple[list[Outcome], list[str]]:
    """What every detector and the shipped models say; a system's articles are one batch.

    Returns the outcomes in the order of ``rated``, and one sentence for each detector that failed. Raises InputError
    where ``only`` names a detector that there is not.
    """
    for name in only or ():
        if name not in detectors():
            raise InputError(f"There is no detector {name!r}; there are {', '.join(detectors())}.")
    first_pass, failures = _first_pass([item.article for item in rated], only)
    found = []
    for number, item in enumerate(rated):
        if progress:
            progress(number, len(rated))
        context = replace(
            flagging.context(item.article, terms), statistics=first_pass[item.article.system], embed=embed
        )
        judged = flagging.judge(item.article, context, only)
        failures |= dict.fromkeys(judged.failures)
        found.append(Outcome(item, judged.flags, judged.risks))
    if progress:
        progress(len(rated), len(rated))
    return found, list(failures)


def left_out(
    rated: Sequence[Rated],
    kind: str,
    *,
    groups: int | None = None,
    terms: Iterable[str] = (),
    embed: Any = None,
    progress: Progress | None = None,
) -> list[Outcome]:
    """The same, but the doubt model is learned anew for each document (or group), from all others.

    ``kind`` is the evidence that may be seen; where flags end is the shipped models' choice. Raises InputError for
    fewer than FEWEST documents.
    """
    documents = {item.document for item in rated}
    if not kind or len(documents) < FEWEST:
        have = f"{len(documents)} document" + ("" if len(documents) == 1 else "s")
        what = f"has {have}" if kind else "has no sources, references or alternatives"
        raise InputError(f"Learning anew needs evidence and at least {FEWEST} documents, and the file {what}.")
    items = [learned(item, kind, terms=terms, embed=embed) for item in rated]
    least = doubt.trained()[kind]["least"] if kind in doubt.trained() else learning.LEAST[len(learning.LEAST) // 2]
    found: dict[int, Outcome] = {}
    steps = groups or len(documents)
    for number, (models, mine) in enumerate(learning.left_out(items, groups)):
        if progress:
            progress(number, steps)
        outcomes = learning.outcomes(models | {"least": least}, mine, learning.statistics(models, items))
        found |= {id(item): outcome for item, outcome in zip(mine, outcomes, strict=True)}
    if progress:
        progress(steps, steps)
    return [found[id(item)] for item in items]


def learned(rated: Rated, kind: str, *, terms: Iterable[str] = (), embed: Any = None) -> learning.Learned:
    """A rated article made ready for learning, with what the other detectors say of it."""
    shown = learning.visible(rated, kind)
    context = replace(flagging.context(shown.article, terms), embed=embed)
    names = [name for name in detectors() if name != doubt.DETECTOR.name]
    flags: Sequence[Flag] = flagging.judge(shown.article, context, names).flags
    return learning.prepare(shown, kind, flags, context)


def kind_of(rated: Sequence[Rated]) -> str:
    """The evidence that the articles bring: source, reference, alternatives or both; "" for none."""
    everything = [segment for item in rated for segment in item.article.segments]
    return doubt.evidence_of(Article("", tuple(everything)))


def _first_pass(
    articles: Iterable[Article], only: Collection[str] | None
) -> tuple[dict[str, dict[str, Any]], dict[str, None]]:
    """What each system's articles say as a batch of their own, and the detectors that failed at it."""
    from review.steps import surveying

    systems: dict[str, list[Article]] = {}
    for article in articles:
        systems.setdefault(article.system, []).append(article)
    found: dict[str, dict[str, Any]] = {}
    failures: dict[str, None] = {}
    for system, batch in systems.items():
        found[system], failed = surveying.survey(batch, only)
        failures |= dict.fromkeys(failed)
    return found, failures


def seen_in_learning(rated: Sequence[Rated]) -> list[str]:
    """A sentence where the shipped models were learned from some of these documents; else nothing."""
    known = doubt.learned_from()
    names = {item.document for item in rated}
    seen = sum(doubt.fingerprint(name) in known for name in names)
    if not seen:
        return []
    return [
        f"The doubt model was learned from {seen} of these {len(names)} documents, so its figures are better than on "
        "new ones; `review evaluate --leave-out` learns it anew without each."
    ]


def embedder() -> Any:
    """The sentence embeddings that are switched on, or None."""
    return flagging.embedder()
