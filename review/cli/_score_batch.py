"""``score --batch``: each system of an imported batch, before and after its review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from review.cli import _score_checks
from review.cli import _score_input as given
from review.cli import _score_slices as slices
from review.cli._progress import progress_bar
from review.cli._score_output import Done, metrics, sacrebleu_style, width_or
from review.errors import InputError

if TYPE_CHECKING:
    from review.workers import Mapper

_OF_FILES = (
    "hypotheses", "inputs", "references", "source", "documents", "compare", "pairwise", "paired_bs", "paired_ar",
    "confidence", "sentence_level", "scores", "scores_direction", "human", "reference_names",
)  # fmt: skip
_SPELLED = {"hypotheses": "the files", "inputs": "-i", "references": "-r", "reference_names": "--reference-name"}


def scored(asked: dict[str, Any], checks: _score_checks.Asked, mapper: Mapper) -> Done:
    """Score a batch by name or number. Raises InputError for what only files can be asked."""
    from review.steps import scoring
    from review.steps.scoring import reports
    from review.store import Store, batches, people

    for name in _OF_FILES:
        if asked[name]:
            spelled = _SPELLED.get(name, f"--{name.replace('_', '-')}")
            raise InputError(f"A batch is scored before and after review; leave out {spelled}, or --batch.")
    if asked["score_only"] or sacrebleu_style(asked) or asked["style"] == "latex":
        raise InputError("A batch is printed as table, json or csv; choose one of them with --format.")
    plan = slices.plan(asked)
    store = Store.open()
    try:
        project, _ = store.write(people.ensure_local)
        name, articles = scoring.load(store, project, asked["batch"])
        known = plan and slices.known(plan, store, project, asked["batch"], articles)
        with store.read() as connection:
            number = batches.find(connection, project, asked["batch"]).id
    finally:
        store.close()
    if asked["systems"]:
        there = sorted({article.system for article in articles})
        missing = [system for system in asked["systems"] if system not in there]
        if missing:
            raise InputError(f"The batch has no system {missing[0]!r}; its systems are: {', '.join(there)}.")
        articles = [article for article in articles if article.system in asked["systems"]]
    options = given.options(asked)
    tokenize = options.tokenize if asked["tokenize"] or asked["pair"] else ""
    shelf = scoring.Shelf()
    with progress_bar(sum(len(article.segments) for article in articles)) as progress:
        found = scoring.review_scores(
            articles,
            metrics(asked),
            options,
            tokenize=tokenize,
            progress=progress,
            mapper=mapper,
            shelf=shelf,
        )
    verdict = checks.of(scoring.machine_table(found), _score_checks.of_articles(found))
    run = None
    if asked["keep"]:
        run = scoring.runs.of_batch(
            asked["keep"], asked["label"], found, articles, options, tokenize=tokenize, batch=number
        )
    level, width = asked["level"], asked["width"]
    warnings = (*found.warnings, shelf.refused) if shelf.refused else found.warnings
    if plan and known:
        more = slices.of_batch(plan, found, known)
        text = slices.written(
            asked,
            more,
            lambda: {**reports.batch_data(name, found, level), **verdict.data()},
            lambda: reports.batch_text(found, level, width_or(width, 2)) + verdict.text(width),
        )
        warnings = (*warnings, *more.notes)
    elif asked["style"] == "json":
        text = reports.as_json({**reports.batch_data(name, found, level), **verdict.data()})
    elif asked["style"] == "csv" or level == "segment":
        text = reports.batch_csv(found, level, width)
    else:
        text = reports.batch_text(found, level, width_or(width, 2)) + verdict.text(width)
    return Done(text, verdict, warnings, run)
