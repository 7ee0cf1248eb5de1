"""``python -m review flag``: what the detectors say of a file or of a batch."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from review.errors import InputError
from review.model import SEVERITIES

if TYPE_CHECKING:
    from review.steps.flagging import Flagged


@click.command("flag")
@click.argument("path", required=False, metavar="PATH")
@click.option("--batch", metavar="N", help="Flag an imported batch, by name or number, instead of a file.")
@click.option("--source", metavar="P", help="The text that was translated.")
@click.option("--reference", "references", multiple=True, metavar="P", help="A human translation; may be repeated.")
@click.option(
    "--alternative", "alternatives", multiple=True, metavar="P", help="Another system's output; may be repeated."
)
@click.option(
    "--terms",
    multiple=True,
    metavar="P",
    help="A termbase (CSV or TBX) before the shipped ones; may be repeated, the first goes before the others.",
)
@click.option("--from", "source_language", metavar="CODE", help="Language of the source (default: by its script).")
@click.option("--to", "target_language", metavar="CODE", help="Language of the translation (default: by its words).")
@click.option("--input-format", metavar="NAME", help="article, lines, csv, tsv or jsonl (default: by content).")
@click.option("--documents", metavar="TSV", help="For lines: a table of line, document and segment number.")
@click.option("--encoding", metavar="NAME", help="For files that are not UTF-8 and have no byte order mark.")
@click.option("--detector", "detectors", multiple=True, metavar="NAME", help="Run this one only; may be repeated.")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="X", help="Leave out less certain flags."
)
@click.option("--format", "style", type=click.Choice(["table", "jsonl"]), default="table", help="How to print.")
@click.option("--output", "-o", default="-", metavar="P", help="Write to a file instead of the screen.")
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Exit 1 where a flag is this severe or more.")
@click.pass_context
def COMMAND(context: click.Context, path: str | None, batch: str | None, **asked: Any) -> None:
    """Flag awkward renderings, page leftovers and slips in a translation; "-" is standard input.

    The table has two lines a flag. JSON Lines have one segment a line, in input order, flagged or not; places are
    code points of "hypothesis", or of "text" where a reviewer changed it.

    \b
    python -m review flag article.txt
    python -m review flag mt.txt --source source.txt --format jsonl --output flags.jsonl
    python -m review flag --batch news-2024-06 --fail-on major
    """
    if (path is None) == (batch is None):
        raise InputError("Name either a file or a --batch to flag.")
    warn = _Warnings()
    segments = list(_of_batch(batch, asked) if batch is not None else _of_file(str(path), asked, warn))
    lines = _jsonl(segments) if asked["style"] == "jsonl" else _table(segments)
    _put(lines, asked["output"])
    warn.say()
    if asked["fail_on"]:
        limit = SEVERITIES.index(asked["fail_on"])
        count = sum(SEVERITIES.index(flag.severity) >= limit for item in segments for flag in item.flags)
        if count:
            click.echo(f"review: {count} flags are {asked['fail_on']} or worse (--fail-on).", err=True)
            context.exit(1)


def _of_file(path: str, asked: dict[str, Any], warn: _Warnings) -> Iterator[Flagged]:
    from review import formats
    from review.steps import flagging, surveying

    _known(asked["detectors"])
    kind = asked["input_format"]
    options: dict[str, Any] = {
        key: asked[key] or None for key in ("source", "references", "alternatives", "documents", "encoding")
    }
    options |= {key: asked[key] for key in ("source_language", "target_language")}
    reading = formats.read(sys.stdin.buffer if path == "-" else path, kind, **options)
    articles = list(reading.articles)
    warn.add(reading.warnings)
    statistics, failures = surveying.survey(articles, asked["detectors"] or None)
    warn.add(failures)
    move = _bar(len(articles))
    found = []
    for article in articles:
        context = replace(flagging.context(article, asked["terms"]), statistics=statistics)
        flagged, failures = flagging.flagged(article, context, asked["detectors"] or None, asked["min_confidence"])
        warn.add(failures)
        found += flagged
        move()
    yield from flagging.in_file_order(found)


def _of_batch(batch: str, asked: dict[str, Any]) -> Iterator[Flagged]:
    from review.steps import flagging, reflagging, surveying
    from review.store import Store, articles, batches, flags, people

    given = [name for name in ("source", "references", "alternatives", "terms", "documents") if asked[name]]
    if given:
        raise InputError(f"A batch has its own sources and terms; leave out --{given[0].removesuffix('s')}.")
    _known(asked["detectors"])
    with Store.open() as store:
        project, _ = store.write(people.ensure_local)
        with store.read() as connection:
            row = batches.find(connection, project, batch)
            wanted = articles.ids(connection, row.id)
        move = _bar(len(wanted))
        anew = surveying.renew(store, row.id) is not None
        for number in wanted:
            reflagging.renew(store, number, again=anew)
            with store.read() as connection:
                article = articles.load(connection, number, history=False)
                rows = flags.of(connection, number)
            opened = [row.flag for row in rows if row.state == "open"]
            if asked["detectors"]:
                opened = [flag for flag in opened if flag.detector in asked["detectors"]]
            yield from flagging.joined(article, [f for f in opened if f.confidence >= asked["min_confidence"]])
            move()


def _known(names: Iterable[str]) -> None:
    from review.detectors import detectors

    for name in names:
        if name not in detectors():
            raise InputError(f"There is no detector {name!r}; there are {', '.join(detectors())}.")


def _jsonl(segments: Iterable[Flagged]) -> Iterator[str]:
    for item in segments:
        line: dict[str, Any] = {
            "article": item.article,
            "segment": item.name,
            "system": item.system,
            "hypothesis": item.segment.hypothesis,
        }
        if item.segment.text != item.segment.hypothesis:
            line["text"] = item.segment.text
        line["risk"] = item.risk
        line["flags"] = [
            {
                "side": flag.side,
                "start": flag.start,
                "end": flag.end,
                "detector": flag.detector,
                "category": flag.category,
                "subcategory": flag.subcategory,
                "severity": flag.severity,
                "confidence": round(flag.confidence, 3),
                "message": flag.message,
                "suggestions": list(flag.suggestions),
            }
            for flag in item.flags
        ]
        yield json.dumps(line, ensure_ascii=False) + "\n"


def _table(segments: list[Flagged]) -> Iterator[str]:
    title: tuple[str, str] | None = None
    for item in segments:
        if not item.flags:
            continue
        if (item.article, item.system) != title:
            title = (item.article, item.system)
            yield f"{item.article}{f' ({item.system})' if item.system else ''}\n"
        for flag in item.flags:
            text = item.segment.text if flag.side == "target" else item.segment.source or ""
            surface = _short(text[flag.start : flag.end]) or "(whole segment)"
            advice = " or ".join(f"“{_short(s)}”" if s else "delete" for s in flag.suggestions[:3])
            where = "" if flag.side == "target" else " in the source"
            yield f"  {item.name:>4}  {flag.severity:<8}  {flag.detector} {flag.confidence:.2f}  “{surface}”{where}"
            yield f" → {advice}\n" if advice else "\n"
            yield f"        {flag.message}\n"
    count = sum(len(item.flags) for item in segments)
    touched = sum(bool(item.flags) for item in segments)
    yield f"{count} flag{'' if count == 1 else 's'} in {touched} of {len(segments)} segments.\n"


def _short(text: str) -> str:
    inner = " ".join(text.split())
    if len(inner) <= 1 and not inner.isalnum():  # where space is the matter, show it
        before, after = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
        return "␣" * before + inner + "␣" * (after if inner else 0)
    text = inner
    return text if len(text) <= 60 else text[:57].rstrip() + "..."


def _put(lines: Iterable[str], output: str) -> None:
    if output == "-":
        for line in lines:
            click.echo(line, nl=False)
        return
    try:
        with Path(output).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines)
    except OSError as error:
        raise InputError(f"{output} cannot be written ({error.strerror}); choose another place.") from None


def _bar(length: int) -> Callable[[], None]:
    """What to call after each article: moves a progress bar on a terminal, does nothing in a pipe."""
    if not sys.stderr.isatty() or length < 2:
        return lambda: None
    bar: Any = click.progressbar(length=length, label="Flagging", file=sys.stderr)
    bar.render_progress()
    return lambda: bar.update(1) if bar.pos + 1 < length else (bar.update(1), bar.render_finish())[0]


class _Warnings:
    """Sentences for standard error, each once."""

    def __init__(self) -> None:
        self.sentences: dict[str, None] = {}

    def add(self, sentences: Iterable[str]) -> None:
        self.sentences |= dict.fromkeys(sentences)

    def say(self) -> None:
        for sentence in self.sentences:
            click.echo(f"review: warning: {sentence}", err=True)
