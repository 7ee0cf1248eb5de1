"""COMET, CometKiwi and xCOMET, asked through a Python of their own, because what they pin clashes with what we do."""

from __future__ import annotations

import hashlib
import json
import math
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from review.detectors.base import Context
from review.detectors.comet.child import Child, Declined, Lost, environment
from review.detectors.judging import Estimate, Judge, Tally, Verdict
from review.model import SEVERITIES, Article, Flag, Segment
from review.settings import Settings

ASKED_AT_ONCE = 16
"""Segments in one question; an answer to so many is what the time-out is for."""

SCALE = "COMET: higher is better, mostly 0 to 1"
INSTALL = "pip install unbabel-comet 'setuptools<81'"


@dataclass(slots=True)
class _Item:
    """A segment that waits for its verdict; ``said`` is the model's answer, ``reason`` why there is none."""

    article: int
    segment: Segment
    key: str = ""
    said: tuple[float | None, list[dict[str, Any]]] | None = None
    reason: str = ""
    sample: dict[str, str] = field(default_factory=dict)


class Comet(Judge):
    name = "comet"
    title = "COMET's opinion"
    advice = "A trained metric scores each sentence, and xCOMET marks the words it takes for errors."
    source = "Guerreiro et al., xCOMET: Transparent Machine Translation Evaluation through Fine-grained Error Detection"
    category = "accuracy"
    needs = frozenset({"source"})
    examples = ()

    def available(self, settings: Settings) -> tuple[bool, str]:
        python, model = settings.comet_python, settings.comet_model
        if not python:
            return False, (
                f"COMET needs a Python of its own: make an environment, {INSTALL} in it, and set "
                "REVIEW_COMET_PYTHON to its python."
            )
        if not model:
            return False, (
                "REVIEW_COMET_MODEL is not set; set it to a checkpoint's path, or to the name of a model in COMET's "
                "cache, such as wmt22-cometkiwi-da."
            )
        if (model.startswith(("/", ".", "~")) or model.endswith(".ckpt")) and not Path(model).expanduser().exists():
            return False, f"REVIEW_COMET_MODEL is {model}, which is not there; set it to a checkpoint or its folder."
        reason = _without_comet(python)
        return not reason, reason

    def estimate(self, articles: Sequence[Article], context: Context) -> Estimate:
        waiting = [item for item in _items(articles, context) if item.sample and not item.said]
        calls = math.ceil(len(waiting) / ASKED_AT_ONCE)
        note = (
            "COMET runs on this machine: no text leaves it. How long it takes depends on the model and the processor."
        )
        return Estimate(len(waiting), calls, cost=0.0, note=note)

    def judge(self, articles: Sequence[Article], context: Context, tally: Tally | None = None) -> Iterator[Verdict]:
        """Verdicts as they come, which shows how far it is. The model lives as long as this call."""
        tally = tally if tally is not None else Tally()
        items = _items(articles, context)
        waiting = [item for item in items if item.sample and not item.said]
        tally.cached += sum(1 for item in items if item.said)
        settings = context.settings or Settings()
        if not (settings.comet_python and settings.comet_model):
            for item in waiting:
                item.reason = item.reason or self.available(settings)[1]
        with _Talk(context) as talk:
            for item in items:
                if item.sample and not item.said and not item.reason:
                    batch, waiting = waiting[:ASKED_AT_ONCE], waiting[ASKED_AT_ONCE:]
                    talk.ask(batch)
                yield self._verdict(item, tally)

    def _verdict(self, item: _Item, tally: Tally) -> Verdict:
        score, spans = item.said or (None, [])
        if score is None or not math.isfinite(score):
            reason = item.reason or "COMET gave no score."
            tally.failures[reason] = tally.failures.get(reason, 0) + 1
            return Verdict(item.article, item.segment.id, checked=False, reason=reason)
        flags = {flag.id: flag for span in spans for flag in self._flags(item.segment, span, tally)}
        return Verdict(item.article, item.segment.id, True, tuple(flags.values()), score, SCALE)

    def _flags(self, segment: Segment, span: dict[str, Any], tally: Tally) -> Iterator[Flag]:
        """xCOMET's span as a flag: without the space its tokenizer puts before a word; the confidence is its own."""
        text, severity = segment.text, str(span.get("severity"))
        start, end = int(span["start"]), int(span["end"])
        if not 0 <= start < end <= len(text):
            words = str(span.get("text") or "").strip()
            start = text.find(words) if words and text.count(words) == 1 else -1
            end = start + len(words)
        while 0 <= start < end and text[start].isspace():
            start += 1
        while 0 <= start < end and text[end - 1].isspace():
            end -= 1
        if not 0 <= start < end or severity not in SEVERITIES:
            tally.unlocatable += 1
            return
        confidence = min(max(float(span["confidence"]), 0.01), 1.0)
        message = f"xCOMET takes this for a {severity} error."
        yield self.flag(segment, start, end, message, severity=severity, confidence=round(confidence, 3))


class _Talk:
    """The talk of one call: starts the model when first needed, once more when it is lost, then gives up."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._child: Child | None = None
        self._lives = 2
        self._reason = ""

    def __enter__(self) -> _Talk:
        return self

    def __exit__(self, *_: object) -> None:
        if self._child:
            self._child.close()

    def ask(self, batch: list[_Item]) -> None:
        """Give each item what the model says, or the reason why it was not checked."""
        settings = self._context.settings or Settings()
        while self._lives and not self._reason:
            try:
                if self._child is None:
                    self._child = Child(settings.comet_python, settings.comet_model, settings.comet_timeout)
                self._take(batch, self._child)
                return
            except Lost as error:
                self._child, self._lives = None, self._lives - 1
                lost = str(error)
                if not self._lives:
                    self._reason = f"{lost} It was started twice."
            except Declined as error:
                if self._child is None:  # it never came up: the next batch would hear the same
                    self._reason = f"COMET cannot be asked: {error}"
                else:
                    for item in batch:
                        item.reason = f"COMET failed on this and the {len(batch) - 1} segments asked with it: {error}"
                    return
        for item in batch:
            item.reason = self._reason

    def _take(self, batch: list[_Item], child: Child) -> None:
        able = [item for item in batch if child.references != "needed" or "ref" in item.sample]
        for item in batch:
            item.reason = "" if item in able else "This COMET model needs a reference, and the segment has none."
        said = child.ask([item.sample for item in able]) if able else []
        for item, answer in zip(able, said, strict=True):
            item.said = answer
            if self._context.cache is not None and answer[0] is not None and math.isfinite(answer[0]):
                self._context.cache[item.key] = json.dumps(answer)


def _items(articles: Sequence[Article], context: Context) -> list[_Item]:
    """Every segment, in order, with what to ask, or what the cache knows, or why it cannot be asked."""
    settings = context.settings or Settings()
    model = _identity(settings.comet_model)
    items = []
    for number, article in enumerate(articles):
        for segment in article.segments:
            item = _Item(number, segment)
            if segment.deleted:
                item.reason = "The segment is deleted."
            elif not (segment.source or "").strip() or not segment.text.strip():
                item.reason = "COMET needs a source and a translation, and one of them is empty."
            else:
                item.sample = {"src": segment.source or "", "mt": segment.text}
                item.sample |= {"ref": segment.references[0]} if any(segment.references[:1]) else {}
                asked = json.dumps([Comet.version, model, item.sample], sort_keys=True)
                item.key = "comet:" + hashlib.sha256(asked.encode()).hexdigest()
                known = context.cache.get(item.key) if context.cache is not None else None
                item.said = _remembered(known) if known else None
            items.append(item)
    return items


def _remembered(text: str) -> tuple[float | None, list[dict[str, Any]]] | None:
    try:
        score, spans = json.loads(text)
        return float(score), list(spans)
    except (ValueError, TypeError):  # an older form of the cache
        return None


def _identity(model: str) -> list[object]:
    """What tells one model from another: its name, and for a file its size and time."""
    path = Path(model).expanduser()
    files = [path] if path.is_file() else sorted([*path.glob("*.ckpt"), *path.glob("checkpoints/*.ckpt")])
    return [model, *([file.stat().st_size, file.stat().st_mtime_ns] for file in files)]


@lru_cache(maxsize=4)
def _without_comet(python: str) -> str:
    """Why this Python cannot run COMET; "" where it has the package. Does not load it: that takes seconds."""
    look = "import importlib.util, sys; sys.exit(importlib.util.find_spec('comet') is None)"
    try:
        done = subprocess.run([python, "-c", look], env=environment(), capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        why = getattr(error, "strerror", "") or "it does not answer"
        return f"REVIEW_COMET_PYTHON is {python}, which cannot be run ({why}); set it to a Python that has COMET."
    return f"{python} has no COMET; {INSTALL} in its environment." if done.returncode else ""


JUDGE = Comet()
