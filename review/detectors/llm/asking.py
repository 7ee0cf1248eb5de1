"""Many questions under way at once, each text asked about once, and an end where asking is of no use."""

from __future__ import annotations

from collections.abc import MutableMapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from review.detectors.judging import Tally
from review.detectors.llm.answers import UnreadableError, read
from review.detectors.llm.endpoint import Endpoint, NoAnswerError

WORKERS = 4
"""Requests under way at once."""

AHEAD = 2 * WORKERS
"""Questions begun before the first of them is ended, so that no worker stands idle."""

READINGS = 3
"""How often a text is asked about while answers cannot be read, a little less strictly each time."""

GIVE_UP = 5
"""Segments in a row without an answer, after which the rest of a batch is not asked about."""

Messages = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Question:
    """One text's: its key in the cache, and the answer or the promise of one."""

    key: str
    answer: str | Future[str]


class Asking:
    """The questions of one batch. Use it in a ``with`` statement, from one thread; answers go into the cache."""

    def __init__(self, endpoint: Endpoint, cache: MutableMapping[str, str], tally: Tally) -> None:
        self.tally = tally
        self._endpoint, self._cache = endpoint, cache
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="llm")
        self._under_way: dict[str, Future[str]] = {}
        self._in_a_row = 0
        self._ended = ""

    def __enter__(self) -> Asking:
        return self

    def __exit__(self, *_: Any) -> None:
        """Let go of what is not ended; a request under way ends by itself, unheard."""
        self._endpoint.stop.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def begin(self, key: str, messages: Messages) -> Question:
        """Take the answer that is kept, or ask for one; a text that is being asked about is not asked about again."""
        kept = self._cache.get(key)
        if kept is not None:
            try:
                read(kept)
            except UnreadableError:
                pass
            else:
                self.tally.cached += 1
                return Question(key, kept)
        if key not in self._under_way:
            self._under_way[key] = self._pool.submit(self._ask, messages)
        return Question(key, self._under_way[key])

    def end(self, question: Question) -> str:
        """Wait for the answer, which can be read, and keep it. Raises NoAnswerError and UnreadableError."""
        if isinstance(question.answer, str):
            return question.answer
        try:
            content = question.answer.result()
        except NoAnswerError as error:
            self._in_a_row += 1
            if self._in_a_row >= GIVE_UP and not self._ended:
                self._ended = f"{str(error).rstrip('.')}; after {GIVE_UP} such segments it was not asked again."
            raise
        except UnreadableError:
            self._in_a_row = 0
            raise
        finally:
            self._under_way.pop(question.key, None)
        self._in_a_row = 0
        if self._cache.get(question.key) != content:
            self._cache[question.key] = content
        return content

    def _ask(self, messages: Messages) -> str:
        for attempt in range(READINGS):
            if self._ended:
                raise NoAnswerError(self._ended)
            try:
                content = self._endpoint.complete(messages, temperature=0.3 * attempt)
                read(content)
            except UnreadableError:
                if attempt + 1 == READINGS:
                    raise
            except NoAnswerError as error:
                if error.final and not self._ended:
                    self._ended = str(error)
                raise
            except Exception as error:  # whatever went wrong, this text alone is not checked
                raise NoAnswerError(f"Asking failed ({type(error).__name__}).") from error
            else:
                return content
        raise AssertionError("READINGS is above 0")
