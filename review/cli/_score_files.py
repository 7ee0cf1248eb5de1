"""``score`` of files: what was given is read and checked, measured, and handed to what prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from review.cli import _score_checks, _score_output, _score_pairwise
from review.cli import _score_folder as folders
from review.cli import _score_given as elsewhere
from review.cli import _score_input as given
from review.cli import _score_slices as slices
from review.cli._progress import progress_bar
from review.cli._score_output import Done, Shown

if TYPE_CHECKING:
    from review.workers import Mapper


def scored(asked: dict[str, Any], checks: _score_checks.Asked, mapper: Mapper) -> Done:
    """Score hypothesis files (or the folder of a test set) against reference files."""
    from review.steps import scoring
    from review.steps.scoring import reports

    asked, told = folders.opened(asked)
    elsewhere.check(asked)
    paths, reference_paths = given.paths(asked)
    names = scoring.system_names(paths, asked["systems"])
    options = given.options(asked)
    test = given.paired_test(asked, len(names))
    steps = given.alone(asked, len(names), _score_output.metrics(asked))
    _score_pairwise.check(asked, test)
    plan = slices.plan(asked)
    pair = slices.pair(plan, {**dict(zip(paths, names, strict=True)), **{name: name for name in names}})
    references = [scoring.read_lines(path) for path in reference_paths]
    texts = {name: scoring.read_lines(path) for name, path in zip(names, paths, strict=True)}
    by_path = dict(zip(reference_paths, references, strict=True))
    given.same_counts(dict(zip(paths, texts.values(), strict=True)), by_path)
    given.referenced(list(texts.values()), by_path)
    source = scoring.read_lines(asked["source"]) if asked["source"] else []
    if source:
        given.same_counts({asked["source"]: source}, {reference_paths[0]: references[0]})
    columns, documents, cautions = given.columns(asked, len(references[0]))
    scoring.check_documents(len(references[0]), documents, asked["level"])
    others = elsewhere.read(asked, dict(zip(names, paths, strict=True)), len(references[0]), documents, columns)
    groups, notes = slices.file_groups(plan, columns, references[0], source) if plan else ([], [])
    shelf = scoring.Shelf()
    with progress_bar(len(references[0]) * len(texts) * steps) as progress:
        found = scoring.measure(
            texts, references, _score_output.metrics(asked), options, language=given.target(asked["pair"]),
            progress=progress, mapper=mapper, shelf=shelf,
        )  # fmt: skip
    told = (*told, shelf.refused) if shelf.refused else told
    found = scoring.join(found, others)
    if test:
        found = scoring.testable(found)
    level = "segment" if asked["sentence_level"] else asked["level"]
    table = scoring.extend(scoring.combine(found, documents, level), others)
    verdict = checks.of(table, _score_checks.of_lines(found))
    table = _score_output.with_intervals(asked, found, table)
    agreed = elsewhere.agreements(asked, found, others)
    run = None
    if asked["keep"]:
        run = scoring.runs.of_files(asked["keep"], asked["label"], table, texts, references, options)
    systems = list(table.systems) if asked["systems"] else ["System 1" if path == "-" else path for path in paths]
    shown = Shown(found, table, systems, source, verdict, agreed.data, agreed.text)
    if plan:
        more = slices.of_files(
            plan, found, groups, pair, texts, references=references, documents=documents or (), source=source
        )
        more.notes = (*cautions, *notes)
        text = slices.written(
            asked,
            more,
            lambda: {**reports.as_data(table, source), **shown.data()},
            lambda: _score_output.plain(asked, shown),
        )
        return Done(text + agreed.text, verdict, (*told, *table.warnings, *more.notes), run)
    text, warnings = _score_output.written(asked, shown, test)
    return Done(text, verdict, (*told, *table.warnings, *cautions, *warnings), run)
