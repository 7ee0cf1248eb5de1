"""``python -m review score``: systems against references, or a batch before and after its review."""

from __future__ import annotations

from typing import Any

import click

from review.cli import (
    _flag_output,
    _score_batch,
    _score_checks,
    _score_files,
    _score_folder,
    _score_given,
    _score_large,
    _score_pairwise,
    _score_sacrebleu,
    _score_slices,
)
from review.cli import _score_input as given
from review.cli._greedy import GreedyCommand

_SECTIONS = {
    "What is scored": (
        "references", "inputs", "systems", "batch", "source", "documents", "reference_names",
        "scores", "scores_direction", "human",
    ),
    "By which metrics": (
        "names", "tokenize", "pair", "lowercase", "smooth_method", "smooth_value", "chrf_lowercase", "chrf_whitespace",
        "ter_case_sensitive", "ter_normalized", "ter_no_punct", "ter_asian_support",
    ),
    "What is shown": ("level", "sentence_level", "by", "buckets", "histogram", "differ", "most"),
    "Whether a difference is real": (
        "compare", "pairwise", "trials", "seed", "paired_bs", "paired_ar", "confidence", "confidence_n",
    ),
    "Checks, and runs that are kept": ("fail_under", "baseline", "max_drop", "junit", "keep", "label"),
    "How, and where": ("style", "native", "width", "score_only", "output", "scheduler"),
}  # fmt: skip
"""The headings of ``--help``."""


@click.command(
    "score",
    cls=GreedyCommand,
    sections=_SECTIONS,
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
    help="bleu, chrf, chrf++, ter; commas or spaces. [default: bleu chrf; bleu for -b, -f, -sl, sacrebleu-json]",
)  # fmt: skip
@click.option("--tokenize", "-tok", default="", metavar="T", help="BLEU's tokenizer. [default: 13a, or by language]")
@click.option("--lowercase", "-lc", is_flag=True, help="BLEU of lower-cased text.")
@click.option(
    "-l", "--language-pair", "pair", default="", metavar="zh-en", help="The languages, to choose a tokenizer."
)
@click.option("--smooth-method", type=click.Choice(["exp", "floor", "add-k", "none"]), default="exp", help="For BLEU.")
@click.option("--smooth-value", "-sv", type=float, help="For BLEU's floor and add-k.")
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
@_score_pairwise.option
@_score_sacrebleu.options
@click.option("--trials", type=click.IntRange(1), help="For --compare. [default: bootstrap 1000, randomization 10000]")
@click.option("--seed", type=click.IntRange(1), default=12345, show_default=True, help="For --compare.")
@click.option(
    "--level", type=click.Choice(["system", "document", "segment"]), default="system", show_default=True,
    help="Also print scores of each document or segment.",
)  # fmt: skip
@_score_slices.options
@click.option(
    "--scheduler", metavar="ADDRESS",
    help="Measure on the Dask cluster of tcp://host:port. [default: REVIEW_SCHEDULER; else threads here]",
)  # fmt: skip
@_score_checks.options
@click.option(
    "--format", "style", type=click.Choice(["table", "json", "csv", "latex", "sacrebleu-json"]), default="table",
    show_default=True, help="How to print.",
)  # fmt: skip
@click.option("-f", "native", type=click.Choice(["json", "text", "latex"]), help="sacrebleu's own formats.")
@click.option("-w", "--width", type=click.IntRange(0, 17), help="Decimals. [default: 2; sacrebleu's formats 1]")
@click.option("-b", "--score-only", is_flag=True, help="Print the numbers alone.")
@click.option("--output", "-o", default="-", metavar="P", help="Write to a file instead of the screen.")
@_score_given.options
@_score_folder.options
@click.pass_context
def score(context: click.Context, **asked: Any) -> None:
    """Score translations with sacrebleu's BLEU, chrF, chrF++ and TER, each with its signature.

    HYPOTHESIS is a file with one segment a line (.gz too; - is standard input), one file a system; references
    are line by line alike. A .jsonl or .parquet file brings references, systems and articles as columns, and may be
    of any size; a folder of mt-metrics-eval is a whole test set. With --batch, each system of an imported batch is
    scored before and after review.

    \b
    python -m review score mt.txt -r reference.txt
    python -m review score a.txt b.txt -r ref1.txt -r ref2.txt -m bleu chrf ter --format json
    python -m review score systems.jsonl --system NAME --scheduler tcp://host:8786
    python -m review score a.txt b.txt -r reference.txt --by length --differ a b
    python -m review score --batch news-2024-06 --level document
    python -m review score --batch news-2024-06 --by flags --by risk
    python -m review score mt.txt -r ref.txt --baseline run.json --max-drop 0.5 --junit checks.xml
    """
    from review.steps import scoring

    checks = _score_checks.Asked(asked)
    columns = [] if asked["batch"] else _score_large.paths(asked)
    with scoring.place(asked["scheduler"]) as mapper:
        if columns:
            done = _score_large.scored(asked, checks, columns, mapper)
        else:
            done = (_score_batch if asked["batch"] else _score_files).scored(asked, checks, mapper)
    for sentence in (*done.warnings, *done.verdict.warnings):
        click.echo(f"review: warning: {sentence}", err=True)
    if done.run:
        _score_checks.keep(done.run)
    checks.write_junit(done.verdict)
    _flag_output.put([done.text], asked["output"])
    for sentence in done.verdict.problems:
        click.echo(f"review: {sentence}", err=True)
    if done.verdict.problems:
        context.exit(1)


COMMAND = score
