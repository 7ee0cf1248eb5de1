"""``python -m review score``: systems against references, or a batch before and after its review."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from review.cli._greedy import GreedyCommand
from review.errors import InputError

if TYPE_CHECKING:
    from review.metrics import Options
    from review.steps.scoring import Table
    from review.steps.scoring.systems import Progress

_QUICK = 2000
"""Steps that take no progress bar."""


def _names_metric(word: str) -> bool:
    from review.metrics import known

    return known(word)


@click.command(
    "score",
    cls=GreedyCommand,
    greedy={("-m", "--metric", "--metrics"): _names_metric, ("-i", "--input"): lambda word: True},
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

    paths, reference_paths = _paths(asked)
    names = scoring.system_names(paths, asked["systems"])
    limits = _limits(asked["fail_under"])
    options = _options(asked)
    wanted = asked["names"] or (("bleu",) if _sacrebleu_style(asked) else ("bleu", "chrf"))
    references = [scoring.read_lines(path) for path in reference_paths]
    texts = {name: scoring.read_lines(path) for name, path in zip(names, paths, strict=True)}
    _same_counts(dict(zip(paths, texts.values(), strict=True)), dict(zip(reference_paths, references, strict=True)))
    source = scoring.read_lines(asked["source"]) if asked["source"] else []
    if source:
        _same_counts({asked["source"]: source}, {reference_paths[0]: references[0]})
    documents = scoring.read_documents(asked["documents"], len(references[0])) if asked["documents"] else None
    with progress_bar(len(references[0]) * len(texts)) as progress:
        table = scoring.score(
            texts, references, wanted, options,
            language=_target(asked["pair"]), documents=documents, level=asked["level"], progress=progress,
        )  # fmt: skip
    problems = scoring.too_low(table, limits)
    return _written(asked, table, paths, source), problems, table.warnings


def _written(asked: dict[str, Any], table: Table, paths: list[str], source: list[str]) -> str:
    from review.steps.scoring import reports

    width, style, native, level = asked["width"], asked["style"], asked["native"], asked["level"]
    names = list(table.systems) if asked["systems"] else ["System 1" if path == "-" else path for path in paths]
    if asked["score_only"]:
        return reports.score_only(table, _or(width, 1))
    if native == "json" or style == "sacrebleu-json":
        return reports.sacrebleu_json(table, names, _or(width, 1))
    if native == "text":
        single = len(table.systems) == 1
        return (
            reports.sacrebleu_text(table, _or(width, 1))
            if single
            else reports.table_text(table, "system", _or(width, 1))
        )
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

    for name in ("hypotheses", "inputs", "references", "source", "documents"):
        if asked[name]:
            raise InputError(f"--batch has its own texts; leave out {_spelled(name)}, or leave out --batch.")
    if asked["score_only"] or _sacrebleu_style(asked) or asked["style"] == "latex":
        raise InputError("A batch is printed as table, json or csv; choose one of them with --format.")
    limits = _limits(asked["fail_under"])
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
            articles, asked["names"] or ("bleu", "chrf"), _options(asked),
            tokenize=_options(asked).tokenize if asked["tokenize"] or asked["pair"] else "", progress=progress,
        )  # fmt: skip
    level, width = asked["level"], asked["width"]
    if asked["style"] == "json":
        text = reports.as_json(reports.batch_data(name, found, level))
    elif asked["style"] == "csv" or level == "segment":
        text = reports.batch_csv(found, level, width)
    else:
        text = reports.batch_text(found, level, _or(width, 2))
    return text, scoring.too_low(scoring.machine_table(found), limits), found.warnings


def _paths(asked: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The hypotheses and the references. With -i and without -r, bare files are references (sacrebleu's way)."""
    hypotheses, references = [*asked["hypotheses"], *asked["inputs"]], list(asked["references"])
    if asked["inputs"] and not references:
        hypotheses, references = list(asked["inputs"]), list(asked["hypotheses"])
    for path in (*hypotheses, *references):
        if path != "-" and not Path(path).exists() and _names_metric(path):
            raise InputError(f"{path} is a metric and there is no file of that name; ask for metrics by -m {path}.")
    if not hypotheses:
        raise InputError("There is nothing to score; name a hypothesis file, - for standard input, or --batch.")
    if not references:
        raise InputError("There is no reference; name one with -r.")
    if [*hypotheses, *references].count("-") > 1:
        raise InputError("Standard input can be read once; name a file for the others.")
    return hypotheses, references


def _same_counts(texts: dict[str, list[str]], references: dict[str, list[str]]) -> None:
    (first, lines), *_ = references.items()
    for path, found in (*references.items(), *texts.items()):
        if len(found) != len(lines):
            line = min(len(found), len(lines)) + 1
            raise InputError(
                f"{path} has {len(found)} lines and {first} has {len(lines)}: from line {line} on one of them has no "
                "partner; give files line by line alike."
            )


def _options(asked: dict[str, Any]) -> Options:
    from review.metrics import Options, tokenizers

    tokenize = asked["tokenize"] or tokenizers.SUITABLE.get(_target(asked["pair"]), "13a")
    tokenizers.check(tokenize)
    names = (
        "lowercase", "smooth_method", "smooth_value", "chrf_lowercase", "chrf_whitespace",
        "ter_case_sensitive", "ter_normalized", "ter_no_punct", "ter_asian_support",
    )  # fmt: skip
    return Options(tokenize=tokenize, **{name: asked[name] for name in names})


def _target(pair: str) -> str:
    if pair and len([part for part in pair.split("-") if part]) != 2:
        raise InputError(f"The language pair {pair!r} is not of the form zh-en; give source and target.")
    return pair.split("-")[1] if pair else ""


def _limits(texts: tuple[str, ...]) -> dict[str, float]:
    limits = {}
    for text in (part for group in texts for part in group.split(",")):
        name, _, number = text.partition("=")
        try:
            limits[name.strip()] = float(number)
        except ValueError:
            raise InputError(f"--fail-under {text!r} is not of the form bleu=30; give a metric and a number.") from None
    return limits


def _sacrebleu_style(asked: dict[str, Any]) -> bool:
    return bool(asked["native"] or asked["score_only"] or asked["style"] == "sacrebleu-json")


def _spelled(name: str) -> str:
    return {"hypotheses": "the files", "inputs": "-i", "references": "-r"}.get(name, f"--{name}")


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
