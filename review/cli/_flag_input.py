"""What ``flag`` reads: the articles of a file or of a batch, one at a time, flagged as they come.

Where judges are to be asked they are asked first, about all articles, which are then held in memory.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import click

from review.cli._flag_order import in_file_order
from review.errors import InputError

if TYPE_CHECKING:
    from review.cli._judging import Panel
    from review.formats.places import Places
    from review.steps.flagging import Flagged

MOST = 20
"""Articles in which one detector's failing is told; in further ones it is counted."""


@dataclass(slots=True)
class Notices:
    """What there is to say besides the flags; bounded, however many articles there are.

    ``failures`` are (detector, sentence), ``failed`` how often each detector failed.
    """

    warnings: dict[str, None] = field(default_factory=dict)
    failures: list[tuple[str, str]] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)

    def warn(self, sentences: Iterable[str]) -> None:
        """Add sentences that are not there yet."""
        self.warnings |= dict.fromkeys(sentences)

    def fail(self, sentences: Iterable[str]) -> None:
        """Add what ``flagging.judge`` says of detectors, or a judge of itself, that failed in an article."""
        for sentence in sentences:
            detector = sentence.split(" failed")[0].split()[-1]
            self.failed[detector] += 1
            if self.failed[detector] <= MOST:
                self.failures.append((detector, sentence))

    def told(self) -> Iterator[tuple[str, str]]:
        """Every sentence with the detector that it is about, "" for none."""
        yield from (("", sentence) for sentence in self.warnings)
        yield from self.failures
        for detector, count in self.failed.items():
            if count > MOST:
                yield detector, f"The detector {detector} failed in {count - MOST:,} more articles."

    def say(self) -> None:
        """Print them on standard error."""
        for _, sentence in self.told():
            click.echo(f"review: warning: {sentence}", err=True)


@dataclass(slots=True)
class Input:
    """A stream of flagged segments in the order to print them in, used once.

    ``count`` is how many will come, 0 if unknown. ``uri`` names the file, "" where there is none; ``places`` finds
    words in it, or is None, and ``beside`` does in the file given as its source.
    """

    segments: Iterator[Flagged]
    count: int = 0
    uri: str = ""
    places: Places | None = None
    beside_uri: str = ""
    beside: Places | None = None


def of_file(path: str, asked: dict[str, Any], notices: Notices, panel: Panel) -> Input:
    """Open a file, or standard input for "-". Raises ReviewError where it cannot be read, at once or further on."""
    from review import formats
    from review.steps import surveying

    known(asked["detectors"])
    options: dict[str, Any] = {
        key: asked[key] or None for key in ("source", "references", "alternatives", "documents", "encoding")
    }
    options |= {key: asked[key] for key in ("source_language", "target_language")}
    source = formats.Source.of(sys.stdin.buffer if path == "-" else path)
    reading = formats.read(source, asked["input_format"], **options)
    notices.warn(reading.warnings)
    articles: Iterable[Any] = reading.articles
    first_pass, failures = surveying.survey(
        formats.read(source, asked["input_format"], **options).articles, asked["detectors"] or None
    )
    notices.fail(failures)
    if panel.judges:
        articles = list(articles)
        panel.ask(articles)
    segments = _flagged(articles, asked, first_pass, notices, panel)
    extra = reading.header.extra
    found = Input(segments if extra.get("adjacent", True) else in_file_order(segments), extra.get("count", 0))
    if asked["style"] == "sarif" and path != "-":
        from review.formats.places import Places

        found.uri, found.places = uri(path), Places(source, reading.header, asked["encoding"] or "")
        if asked["source"] and reading.header.format == "lines":
            side = formats.Source.of(asked["source"])
            found.beside_uri = uri(asked["source"])
            found.beside = Places(side, reading.header, asked["encoding"] or "")
    return found


def _flagged(
    articles: Iterable[Any], asked: dict[str, Any], first_pass: dict[str, Any], notices: Notices, panel: Panel
) -> Iterator[Flagged]:
    """Flag articles one by one; of each only what is said of its segments is kept, and not for long."""
    from review.steps import flagging

    for number, article in enumerate(articles):
        context = replace(flagging.context(article, asked["terms"], embed=True), statistics=first_pass)
        found, failures = flagging.flagged(article, context, asked["detectors"] or None, asked["min_confidence"])
        notices.fail(failures)
        if asked["style"] != "jsonl":  # only a program reads weak doubts
            found = [replace(item, flags=tuple(flagging.telling(item.flags))) for item in found]
        yield from panel.joined(number, article, found)


def of_batch(batch: str, asked: dict[str, Any], panel: Panel) -> Input:
    """Open an imported batch. Raises MissingError for an unknown one."""
    from review.store import Store, articles, batches, people

    given = [name for name in ("source", "references", "alternatives", "terms", "documents") if asked[name]]
    if given:
        raise InputError(f"A batch has its own sources and terms; leave out --{given[0].removesuffix('s')}.")
    known(asked["detectors"])
    store = Store.open()
    try:
        project, _ = store.write(people.ensure_local)
        with store.read() as connection:
            row = batches.find(connection, project, batch)
            wanted = articles.ids(connection, row.id)
        panel.ask_about_batch(store, project, wanted)
    except BaseException:
        store.close()
        raise
    return Input(_of_batch(store, row.id, wanted, asked, panel), row.segments)


def _of_batch(store: Any, batch: int, wanted: Iterable[int], asked: dict[str, Any], panel: Panel) -> Iterator[Flagged]:
    from review.steps import flagging, reflagging, surveying
    from review.store import articles, flags

    with store:
        anew = surveying.renew(store, batch) is not None
        for number in wanted:
            reflagging.renew(store, number, again=anew)
            with store.read() as connection:
                article = articles.load(connection, number, history=False)
                rows = flags.of(connection, number)
                risks = {str(segment): value for segment, value in flags.risks(connection, number).items()}
            opened = [row.flag for row in rows if row.state == "open"]
            if asked["detectors"]:
                named = (*asked["detectors"], *(judge.name for judge in panel.judges))
                opened = [flag for flag in opened if flag.detector in named]
            kept = [flag for flag in opened if flag.confidence >= asked["min_confidence"]]
            items = flagging.joined(article, kept, None if asked["detectors"] else risks)
            yield from panel.with_verdicts(store, article, items)


def known(names: Iterable[str]) -> None:
    """Raise InputError for a name that no detector has."""
    from review.detectors import detectors

    for name in names:
        if name not in detectors():
            raise InputError(f"There is no detector {name!r}; there are {', '.join(detectors())}.")


def uri(path: str) -> str:
    """A path as SARIF names it: a relative one stays relative."""
    from pathlib import Path
    from urllib.parse import quote

    given = Path(path)
    return given.as_uri() if given.is_absolute() else quote(given.as_posix())
