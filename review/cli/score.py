"""``python -m review score``: systems against references, or a batch before and after its review."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from review.cli import _score_input as given
from review.cli import _score_pairwise as pairs
from review.cli._greedy import GreedyCommand
from review.errors import InputError

if TYPE_CHECKING:
    from review.steps.scoring import Measured, Table
    from review.steps.scoring.systems import Progress

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
@click.option("--documents", metavar="TSV", help="Which line is of which document: columns line and doc.")
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
@pairs.option
@click.option("--trials", type=click.IntRange(1), help="For --compare. [default: bootstrap 1000, randomization 10000]")
@click.option("--seed", type=click.IntRange(1), default=12345, show_default=True, help="For --compare.")
@click.option(
    "--level", type=click.Choice(["system", "document", "segment"]), default="system", show_default=True,
    help="Also print scores of each document or segment.",
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
@click.pass_context
def score(context: click.Context, **asked: Any) -> None:
    """Score translations with sacrebleu's BLEU, chrF, chrF++ and TER, each with its signature.

    HYPOTHESIS is a file with one segment a line (.gz too; - is standard input), one file a system; references
    are line by line alike. With --batch, each system of an imported batch is scored before and after review.

    \b
    python -m review score mt.txt -r reference.txt
    python -m review score a.txt b.txt -r ref1.txt -r ref2.txt -m bleu chrf ter --format json
    python -m review score --batch news-2024-06 --level document
    """
    text, problems, warnings = _batch(asked) if asked["batch"] else _files(asked)
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


def _files(asked: dict[str, Any]) -> tuple[str, list[str], tuple[str, ...]]:
    from review.steps import scoring

    paths, reference_paths = given.paths(asked)
    names = scoring.system_names(paths, asked["systems"])
    limits = given.limits(asked["fail_under"])
    options = given.options(asked)
    test = given.paired_test(asked, len(names))
    pairs.check(asked, test)
    wanted = asked["names"] or (("bleu",) if _sacrebleu_style(asked) else ("bleu", "chrf"))
    references = [scoring.read_lines(path) for path in reference_paths]
    texts = {name: scoring.read_lines(path) for name, path in zip(names, paths, strict=True)}
    given.same_counts(
        dict(zip(paths, texts.values(), strict=True)), dict(zip(reference_paths, references, strict=True))
    )
    source = scoring.read_lines(asked["source"]) if asked["source"] else []
    if source:
        given.same_counts({asked["source"]: source}, {reference_paths[0]: references[0]})
    documents = scoring.read_documents(asked["documents"], len(references[0])) if asked["documents"] else None
    scoring.check_documents(len(references[0]), documents, asked["level"])
    with progress_bar(len(references[0]) * len(texts)) as progress:
        found = scoring.measure(
            texts, references, wanted, options, language=given.target(asked["pair"]), progress=progress
        )
    table = scoring.combine(found, documents, asked["level"])
    problems = scoring.too_low(table, limits)
    shown = list(table.systems) if asked["systems"] else ["System 1" if path == "-" else path for path in paths]
    if test:
        text, more = _compared(asked, found, table, test, shown, source)
        return text, problems, (*table.warnings, *more)
    return _written(asked, table, shown, source), problems, table.warnings


def _compared(
    asked: dict[str, Any], found: Measured, table: Table, test: str, shown: list[str], source: list[str]
) -> tuple[str, tuple[str, ...]]:
    from review.steps import scoring
    from review.steps.scoring import reports
    from review.steps.scoring.significance import rounded, trials_of

    if asked["pairwise"]:
        return pairs.written(asked, found, table, test, source)
    number = trials_of(test, asked["trials"])
    results = scoring.compare(found, test, number, asked["seed"])
    if asked["native"] == "json" or asked["style"] == "sacrebleu-json":
        text = reports.comparison_sacrebleu(results, shown)
    elif asked["style"] == "json":
        comparison = reports.comparison_data(results, test, number, asked["seed"])
        text = reports.as_json({**reports.as_data(table, source), "comparison": comparison})
    elif asked["style"] == "csv":
        text = reports.comparison_csv(results, asked["width"])
    else:
        text = reports.comparison_text(results, test, number, _or(asked["width"], 2))
    return text, tuple(rounded(results))


def _written(asked: dict[str, Any], table: Table, shown: list[str], source: list[str]) -> str:
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
        return reports.as_json(reports.as_data(table, source))
    if style == "csv":
        return reports.table_csv(table, width)
    return reports.table_text(table, level, _or(width, 2))


def _batch(asked: dict[str, Any]) -> tuple[str, list[str], tuple[str, ...]]:
    from review.steps import scoring
    from review.steps.scoring import reports
    from review.store import Store, people

    for name in (
        "hypotheses",
        "inputs",
        "references",
        "source",
        "documents",
        "compare",
        "pairwise",
        "paired_bs",
        "paired_ar",
    ):
        if asked[name]:
            raise InputError(f"A batch is scored before and after review; leave out {_spelled(name)}, or --batch.")
    if asked["score_only"] or _sacrebleu_style(asked) or asked["style"] == "latex":
        raise InputError("A batch is printed as table, json or csv; choose one of them with --format.")
    limits = given.limits(asked["fail_under"])
    store = Store.open()
    try:
        project, _ = store.write(people.ensure_local)
        name, articles = scoring.load(store, project, asked["batch"])
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
        )  # fmt: skip
    level, width = asked["level"], asked["width"]
    if asked["style"] == "json":
        text = reports.as_json(reports.batch_data(name, found, level))
    elif asked["style"] == "csv" or level == "segment":
        text = reports.batch_csv(found, level, width)
    else:
        text = reports.batch_text(found, level, _or(width, 2))
    return text, scoring.too_low(scoring.machine_table(found), limits), found.warnings


def _sacrebleu_style(asked: dict[str, Any]) -> bool:
    return bool(asked["native"] or asked["score_only"] or asked["style"] == "sacrebleu-json")


def _spelled(name: str) -> str:
    return {"hypotheses": "the files", "inputs": "-i", "references": "-r"}.get(name, f"--{name.replace('_', '-')}")


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
