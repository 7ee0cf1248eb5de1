"""A language model as a judge: any OpenAI-compatible endpoint, asked for MQM errors segment by segment."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Iterator, Sequence

from review.detectors.base import Context
from review.detectors.judging import Estimate, Judge, Tally, Verdict
from review.detectors.llm import prompt
from review.detectors.llm.answers import Error, UnreadableError, read
from review.detectors.llm.asking import AHEAD, READINGS, Asking, Messages, Question
from review.detectors.llm.endpoint import Endpoint, NoAnswerError, address
from review.detectors.llm.pace import Clock
from review.model import SEVERITIES, Article, Flag, Segment
from review.settings import Settings, settings
from review.text.locating import Span, locate
from review.text.matching import has_cjk

PENALTIES = {"neutral": 0.0, "minor": 1.0, "major": 5.0, "critical": 25.0}
"""WMT's weights of severities; minor punctuation weighs 0.1."""

SCALE = "MQM penalty by WMT weights; 0 is best"
CONFIDENCE = 0.5
"""Not measured: it depends on the model."""

ANSWER_TOKENS = 150
"""Assumed length of an answer, for the estimate of its cost."""


class LanguageModel(Judge):
    """Asks for each segment alone, so that an answer holds whatever is edited around it."""

    name = "llm"
    title = "Language model"
    advice = "Weigh what a language model marks as an error; it reads well and invents now and then."
    source = "Kocmi and Federmann, GEMBA-MQM, WMT 2023 (arXiv:2310.13988)"
    category = "accuracy"
    version = prompt.VERSION
    examples = ()

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or Clock()

    def available(self, settings: Settings) -> tuple[bool, str]:
        """Whether an address and a model are set."""
        missing = [name for name in ("url", "model") if not getattr(settings, f"llm_{name}").strip()]
        if missing:
            return False, f"Set {' and '.join(f'REVIEW_LLM_{name.upper()}' for name in missing)} to ask it."
        try:
            address(settings.llm_url)
        except ValueError as error:
            return False, str(error)
        key = settings.llm_key.strip()
        if not key.isascii() or not key.isprintable():
            return False, "REVIEW_LLM_KEY holds signs that no key has; copy it again."
        return True, ""

    def estimate(self, articles: Sequence[Article], context: Context) -> Estimate:
        """Calls for texts that are not in the cache; the time is what the rate limit alone takes."""
        chosen = context.settings or settings()
        cache = {} if context.cache is None else context.cache
        wanted: dict[str, Messages] = {}
        segments = 0
        for article in articles:
            for segment in article.segments:
                messages = _messages(article, segment)
                key = _key(chosen.llm_model, messages)
                if segment.text.strip() and (key in wanted or key not in cache):
                    segments += 1
                    wanted[key] = messages
        cost = None
        if chosen.llm_price_in or chosen.llm_price_out:
            asked = sum(_tokens(message["content"]) for messages in wanted.values() for message in messages)
            cost = (asked * chosen.llm_price_in + len(wanted) * ANSWER_TOKENS * chosen.llm_price_out) / 1e6
        note = "time at the rate limit alone"
        if cost is not None:
            note += f"; cost with {ANSWER_TOKENS} tokens an answer, no retries"
        return Estimate(segments, len(wanted), len(wanted) * 60.0 / chosen.llm_per_minute, cost, note=note)

    def judge(self, articles: Sequence[Article], context: Context, tally: Tally | None = None) -> Iterator[Verdict]:
        """One verdict for each segment, in order; answers go into the cache as they come."""
        tally = Tally() if tally is None else tally
        chosen = context.settings or settings()
        able, reason = self.available(chosen)
        if not able:
            for number, article in enumerate(articles):
                yield from (_unchecked(number, segment, reason, tally) for segment in article.segments)
            return
        cache = {} if context.cache is None else context.cache
        waiting: deque[tuple[int, Segment, Question | None]] = deque()
        with Asking(Endpoint(chosen, self._clock), cache, tally) as asking:
            for number, article in enumerate(articles):
                for segment in article.segments:
                    question = None
                    if segment.text.strip():
                        messages = _messages(article, segment)
                        question = asking.begin(_key(chosen.llm_model, messages), messages)
                    waiting.append((number, segment, question))
                    if len(waiting) >= AHEAD:
                        yield self._end(asking, *waiting.popleft())
            while waiting:
                yield self._end(asking, *waiting.popleft())

    def _end(self, asking: Asking, number: int, segment: Segment, question: Question | None) -> Verdict:
        """The verdict on a segment whose answer is there, or is waited for."""
        if question is None:
            return _unchecked(number, segment, "There is no text to judge.", asking.tally)
        try:
            content = asking.end(question)
        except NoAnswerError as error:
            return _unchecked(number, segment, str(error), asking.tally)
        except UnreadableError as error:
            reason = f"The model's answer cannot be used: {error} ({READINGS} tries)."
            return _unchecked(number, segment, reason, asking.tally)
        return self._verdict(number, segment, read(content), asking.tally)

    def _verdict(self, number: int, segment: Segment, errors: list[Error], tally: Tally) -> Verdict:
        flags: dict[str, Flag] = {}
        taken: dict[str, list[Span]] = {"target": [], "source": []}
        lost = 0
        for error in errors:
            side, span = _place(error, segment, taken)
            if span is None:
                lost += 1
                continue
            taken[side].append(span)
            made = self._flag(error, segment, side, span)
            known = flags.get(made.id)
            if known is None or SEVERITIES.index(made.severity) > SEVERITIES.index(known.severity):
                flags[made.id] = made
        tally.unlocatable += lost
        reason = f"{lost} of {len(errors)} quotes stood nowhere in the segment." if lost else ""
        score = sum(_penalty(error) for error in errors)
        return Verdict(number, segment.id, True, tuple(flags.values()), round(score, 1), SCALE, reason)

    def _flag(self, error: Error, segment: Segment, side: str, span: Span) -> Flag:
        surface = segment.text[slice(*span)]
        changes = side == "target" and span[0] < span[1] and error.suggestion not in (None, surface)
        return self.flag(
            segment,
            *span,
            error.reason,
            severity=error.severity,
            confidence=CONFIDENCE,
            suggestions=(error.suggestion,) if changes and error.suggestion is not None else (),
            side=side,
            category=error.category,
            subcategory=error.subcategory,
        )


def _unchecked(number: int, segment: Segment, reason: str, tally: Tally) -> Verdict:
    tally.failures[reason] = tally.failures.get(reason, 0) + 1
    return Verdict(number, segment.id, False, reason=reason)


def _place(error: Error, segment: Segment, taken: dict[str, list[Span]]) -> tuple[str, Span | None]:
    """The side and the place of a quote; an empty one stands for the whole segment."""
    if not error.quote.strip():
        return error.side, (0, 0)
    bodies = {"target": segment.text, "source": segment.source or ""}
    span = locate(error.quote, bodies[error.side], taken[error.side])
    other = "source" if error.side == "target" else "target"
    if span is None and error.quote in bodies[other]:  # the side is what models mistake most easily
        return other, locate(error.quote, bodies[other], taken[other])
    return error.side, span


def _penalty(error: Error) -> float:
    return 0.1 if (error.severity, error.subcategory) == ("minor", "punctuation") else PENALTIES[error.severity]


def _messages(article: Article, segment: Segment) -> Messages:
    return prompt.messages(segment.text, segment.source, article.source_language, article.target_language)


def _key(model: str, messages: Messages) -> str:
    """A name for the answer: the judge's, and a hash of prompt version, model and conversation."""
    asked = json.dumps([prompt.VERSION, model, messages])
    return f"llm:{hashlib.sha256(asked.encode('ascii')).hexdigest()}"


def _tokens(text: str) -> int:
    """About how many tokens a text has: four letters to one, a Chinese or Japanese character each its own."""
    wide = sum(has_cjk(sign) for sign in text) if has_cjk(text) else 0
    return wide + (len(text) - wide + 3) // 4


JUDGE = LanguageModel()
