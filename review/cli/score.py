"""``python -m review score``: systems against references, or a batch before and after its review."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from review.cli import _score_folder as folders
from review.cli import _score_given as elsewhere
from review.cli import _score_input as given
from review.cli import _score_large as large
from review.cli import _score_slices as parts
from review.cli._greedy import GreedyCommand
from review.errors import InputError

if TYPE_CHECKING:
    from review.steps.scoring import Measured, Table
    from review.steps.scoring.systems import Progress
    from review.workers import Mapper

_QUICK = 2000
"""Steps that take no progress bar."""


@click.command(
    "score",
    cls=GreedyCommand,
    greedy={("-m", "--metric", "--metrics"): given.names_metric, ("-i", "--input"): lambda word: True},
)
@click.argument("hypotheses", nargs=-1, metavar="HYPOTHESIS...")
@click.option("-r", "--reference", "references", multiple=True, metavar="P", help="A reference; repeat it for more.")
@click.option(
    "-i", "--input", "inputs", multiple=True, metavar="P...",
    help="Hypotheses; without -r the other files are then references, as with sacrebleu.",
)  # fmt: skip
@click.option("--batch", metavar="N", help="Score an imported batch, by name or number, before and after its review.")
@click.option("--source", metavar="P", help="The source, line by line; shown with segments.")
@click.option(
    "--documents", metavar="TSV", help="Which line is of which document: columns line and doc, and others for --by."
)
@click.option(
    "-m", "--metric", "--metrics", "names", multiple=True, metavar="NAME...",
    help="bleu, chrf, chrf++, ter; several by spaces or commas. [default: bleu chrf; bleu for -b, -f, sacrebleu-json]",
)  # fmt: skip
@click.option("--tokenize", "-tok", default="", metavar="T", help="BLEU's tokenizer. [default: 13a, or by language]")
@click.option("--lowercase", "-lc", is_flag=True, help="BLEU of lower-cased text.")
@click.option(
    "-l", "--language-pair", "pair", default="", metavar="zh-en", help="The languages, to choose a tokenizer."
)
@click.option("--smooth-method", type=click.Choice(["exp", "floor", "add-k", "none"]), default="exp", help="For BLEU.")
@click.option("--smooth-value", type=float, help="For BLEU's floor and add-k.")
@click.option("--chrf-lowercase", is_flag=True, help="chrF of lower-cased text.")
@click.option("--chrf-whitespace", is_flag=True, help="chrF with spaces as characters.")
@click.option("--ter-case-sensitive", is_flag=True, help="TER that minds letter case.")
@click.option("--ter-normalized", is_flag=True, help="TER with punctuation cut off words.")
@click.option("--ter-no-punct", is_flag=True, help="TER without punctuation.")
@click.option(
    "--ter-asian-support", is_flag=True, help="TER of Chinese and Japanese characters; with --ter-normalized."
)
@click.option("--system", "systems", multiple=True, metavar="N", help="A name for each hypothesis; of a batch, which.")
@click.option(
    "--compare", type=click.Choice(["bootstrap", "randomization"]),
    help="Test whether each system differs from the first (sacrebleu's paired tests).",
)  # fmt: skip
@click.option("--paired-bs", is_flag=True, help="The same as --compare bootstrap.")
@click.option("--paired-ar", is_flag=True, help="The same as --compare randomization.")
@click.option("--trials", type=click.IntRange(1), help="For --compare. [default: bootstrap 1000, randomization 10000]")
@click.option("--seed", type=click.IntRange(1), default=12345, show_default=True, help="For --compare.")
@click.option(
    "--level", type=click.Choice(["system", "document", "segment"]), default="system", show_default=True,
    help="Also print scores of each document or segment.",
)  # fmt: skip
@parts.options
@click.option(
    "--scheduler", metavar="ADDRESS",
    help="Measure on the Dask cluster of tcp://host:port. [default: REVIEW_SCHEDULER; else threads here]",
)  # fmt: skip
@click.option(
    "--fail-under", multiple=True, metavar="M=X", help="Exit 1 where metric M is worse than X (TER: above X)."
)
@click.option(
    "--format", "style", type=click.Choice(["table", "json", "csv", "latex", "sacrebleu-json"]), default="table",
    show_default=True, help="How to print.",
)  # fmt: skip
@click.option("-f", "native", type=click.Choice(["json", "text", "latex"]), help="sacrebleu's own formats.")
@click.option("-w", "--width", type=click.IntRange(0, 17), help="Decimals. [default: 2; sacrebleu's formats 1]")
@click.option("-b", "--score-only", is_flag=True, help="Print the numbers alone.")
@click.option("--output", "-o", default="-", metavar="P", help="Write to a file instead of the screen.")
@elsewhere.options
@folders.options
@click.pass_context
def score(context: click.Context, **asked: Any) -> None:
    """Score translations with sacrebleu's BLEU, chrF, chrF++ and TER, each with its signature.

    HYPOTHESIS is a file with one segment a line (.gz too; - is standard input), one file a system; references
    are line by line alike. A .jsonl or .parquet file brings references, systems and articles as columns, and may be
    of any size. With --batch, each system of an imported batch is scored before and after review.

    \b
    python -m review score mt.txt -r reference.txt
    python -m review score a.txt b.txt -r ref1.txt -r ref2.txt -m bleu chrf ter --format json
    python -m review score systems.jsonl --system NAME --scheduler tcp://host:8786
    python -m review score a.txt b.txt -r reference.txt --by length --differ a b
    python -m review score --batch news-2024-06 --level document
    python -m review score --batch news-2024-06 --by flags --by risk
    """
    from review.steps import scoring

    columns = [] if asked["batch"] else large.paths(asked)
    with scoring.place(asked["scheduler"]) as mapper:
        if columns:
            text, problems, warnings = _columns(asked, columns, mapper)
        else:
            text, problems, warnings = _batch(asked, mapper) if asked["batch"] else _files(asked, mapper)
    for sentence in warnings:
        click.echo(f"review: warning: {sentence}", err=True)
    if asked["output"] == "-":
        click.echo(text, nl=False)
    else:
        try:
            Path(asked["output"]).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise InputError(f"{asked['output']} cannot be written ({error.strerror}); choose another place.") from None
    for sentence in problems:
        click.echo(f"review: {sentence}", err=True)
    if problems:
        context.exit(1)


def _files(asked: dict[str, Any], mapper: Mapper) -> tuple[str, list[str], tuple[str, ...]]:
    from review.steps import scoring
    from review.steps.scoring import reports

    asked, told = folders.opened(asked)
    elsewhere.check(asked)
    paths, reference_paths = given.paths(asked)
    names = scoring.system_names(paths, asked["systems"])
    limits = given.limits(asked["fail_under"])
    options = given.options(asked)
    test = given.paired_test(asked, len(names))
    plan = parts.plan(asked)
    pair = parts.pair(plan, {**dict(zip(paths, names, strict=True)), **{name: name for name in names}})
    wanted = asked["names"] or (("bleu",) if _sacrebleu_style(asked) else ("bleu", "chrf"))
    references = [scoring.read_lines(path) for path in reference_paths]
    texts = {name: scoring.read_lines(path) for name, path in zip(names, paths, strict=True)}
    given.same_counts(
        dict(zip(paths, texts.values(), strict=True)), dict(zip(reference_paths, references, strict=True))
    )
    source = scoring.read_lines(asked["source"]) if asked["source"] else []
    if source:
        given.same_counts({asked["source"]: source}, {reference_paths[0]: references[0]})
    columns, documents, cautions = given.columns(asked, len(references[0]))
    scoring.check_documents(len(references[0]), documents, asked["level"])
    others = elsewhere.read(asked, dict(zip(names, paths, strict=True)), len(references[0]), documents, columns)
    groups, notes = parts.file_groups(plan, columns, references[0], source) if plan else ([], [])
    with progress_bar(len(references[0]) * len(texts)) as progress:
        found = scoring.measure(
            texts, references, wanted, options, language=given.target(asked["pair"]), progress=progress,
            mapper=mapper, shelf=scoring.Shelf(),
        )  # fmt: skip
    found = scoring.join(found, others)
    if test:
        found = scoring.testable(found)
    table = scoring.extend(scoring.combine(found, documents, asked["level"]), others)
    problems = scoring.too_low(table, limits, others.metrics)
    agreed = elsewhere.agreements(asked, found, others)
    shown = list(table.systems) if asked["systems"] else ["System 1" if path == "-" else path for path in paths]
    if plan:
        more = parts.of_files(
            plan, found, groups, pair, texts, references=references, documents=documents or (), source=source
        )
        more.notes = (*cautions, *notes)
        text = parts.written(
            asked, more, lambda: {**reports.as_data(table, source), **agreed.data},
            lambda: _written(asked, table, shown, source, {}),
        )  # fmt: skip
        return text + agreed.text, problems, (*told, *table.warnings, *more.notes)
    if test:
        text = _compared(asked, found, table, test, shown, source, agreed.data)
    else:
        text = _written(asked, table, shown, source, agreed.data)
    return text + agreed.text, problems, (*told, *table.warnings, *cautions)


def _columns(asked: dict[str, Any], paths: list[str], mapper: Mapper) -> tuple[str, list[str], tuple[str, ...]]:
    from review.steps import scoring

    limits = given.limits(asked["fail_under"])
    options = given.options(asked)
    test = given.paired_test(asked, 2)
    wanted = asked["names"] or (("bleu",) if _sacrebleu_style(asked) else ("bleu", "chrf"))
    with progress_bar(_QUICK) as progress:
        found, documents = scoring.measure_files(
            paths, wanted, options, systems=asked["systems"], unnamed=scoring.system_names(paths),
            documents=asked["level"] == "document", language=given.target(asked["pair"]), progress=progress,
            mapper=mapper,
        )  # fmt: skip
    table = scoring.combine(found, documents, asked["level"])
    problems, shown = scoring.too_low(table, limits), list(table.systems)
    if test:
        return _compared(asked, found, table, test, shown, [], {}), problems, table.warnings
    return _written(asked, table, shown, [], {}), problems, table.warnings


def _compared(
    asked: dict[str, Any], found: Measured, table: Table, test: str, shown: list[str], source: list[str],
    more: dict[str, Any],
) -> str:  # fmt: skip
    from review.steps import scoring
    from review.steps.scoring import reports
    from review.steps.scoring.significance import TRIALS

    trials = asked["trials"] or TRIALS[test]
    results = scoring.compare(found, test, trials, asked["seed"])
    if asked["native"] == "json" or asked["style"] == "sacrebleu-json":
        return reports.comparison_sacrebleu(results, shown)
    if asked["style"] == "json":
        comparison = reports.comparison_data(results, test, trials, asked["seed"])
        return reports.as_json({**reports.as_data(table, source), "comparison": comparison, **more})
    if asked["style"] == "csv":
        return reports.comparison_csv(results, asked["width"])
    return reports.comparison_text(results, test, trials, _or(asked["width"], 2))


def _written(asked: dict[str, Any], table: Table, shown: list[str], source: list[str], more: dict[str, Any]) -> str:
    from review.steps.scoring import reports

    width, style, native, level = asked["width"], asked["style"], asked["native"], asked["level"]
    if asked["score_only"]:
        return reports.score_only(table, _or(width, 1))
    if native == "json" or style == "sacrebleu-json":
        return reports.sacrebleu_json(table, shown, _or(width, 1))
    if native == "text":
        if len(table.systems) == 1:
            return reports.sacrebleu_text(table, _or(width, 1))
        return reports.table_text(table, "system", _or(width, 1))
    if native == "latex" or style == "latex":
        return reports.table_latex(table, level, _or(width, 1 if native else 2))
    if style == "json":
        return reports.as_json({**reports.as_data(table, source), **more})
    if style == "csv":
        return reports.table_csv(table, width)
    return reports.table_text(table, level, _or(width, 2))


def _batch(asked: dict[str, Any], mapper: Mapper) -> tuple[str, list[str], tuple[str, ...]]:
    from review.steps import scoring
    from review.steps.scoring import reports
    from review.store import Store, people

    for name in (
        "hypotheses", "inputs", "references", "source", "documents", "compare", "paired_bs", "paired_ar",
        "scores", "scores_direction", "human", "reference_names",
    ):  # fmt: skip
        if asked[name]:
            raise InputError(f"A batch is scored before and after review; leave out {_spelled(name)}, or --batch.")
    if asked["score_only"] or _sacrebleu_style(asked) or asked["style"] == "latex":
        raise InputError("A batch is printed as table, json or csv; choose one of them with --format.")
    limits = given.limits(asked["fail_under"])
    plan = parts.plan(asked)
    store = Store.open()
    try:
        project, _ = store.write(people.ensure_local)
        name, articles = scoring.load(store, project, asked["batch"])
        known = plan and parts.known(plan, store, project, asked["batch"], articles)
    finally:
        store.close()
    if asked["systems"]:
        there = sorted({article.system for article in articles})
        missing = [system for system in asked["systems"] if system not in there]
        if missing:
            raise InputError(f"The batch has no system {missing[0]!r}; its systems are: {', '.join(there)}.")
        articles = [article for article in articles if article.system in asked["systems"]]
    with progress_bar(sum(len(article.segments) for article in articles)) as progress:
        found = scoring.review_scores(
            articles, asked["names"] or ("bleu", "chrf"), given.options(asked),
            tokenize=given.options(asked).tokenize if asked["tokenize"] or asked["pair"] else "", progress=progress,
            mapper=mapper, shelf=scoring.Shelf(),
        )  # fmt: skip
    level, width, warnings = asked["level"], asked["width"], found.warnings
    if plan and known:
        more = parts.of_batch(plan, found, known)
        text = parts.written(
            asked,
            more,
            lambda: reports.batch_data(name, found, level),
            lambda: reports.batch_text(found, level, _or(width, 2)),
        )
        warnings = (*warnings, *more.notes)
    elif asked["style"] == "json":
        text = reports.as_json(reports.batch_data(name, found, level))
    elif asked["style"] == "csv" or level == "segment":
        text = reports.batch_csv(found, level, width)
    else:
        text = reports.batch_text(found, level, _or(width, 2))
    return text, scoring.too_low(scoring.machine_table(found), limits), warnings


def _sacrebleu_style(asked: dict[str, Any]) -> bool:
    return bool(asked["native"] or asked["score_only"] or asked["style"] == "sacrebleu-json")


def _spelled(name: str) -> str:
    return {
        "hypotheses": "the files",
        "inputs": "-i",
        "references": "-r",
        "reference_names": "--reference-name",
    }.get(name, f"--{name.replace('_', '-')}")


def _or(width: int | None, usual: int) -> int:
    return usual if width is None else width


@contextmanager
def progress_bar(size: int) -> Iterator[Progress | None]:
    """A progress bar on a terminal for more than a little work; nothing in a pipe."""
    if size < _QUICK or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label="Scoring", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield progress


COMMAND = score
