"""Articles and what stands in them: the unit a reviewer reads, and the unit a reviewer corrects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from review.model.flag import ErrorSpan, Rating


@dataclass(frozen=True, slots=True)
class Code:
    """An inline code of the file that a segment came from: a tag, a field, a change of style.

    ``token`` is how the texts spell it: ``<1>`` opens, ``</1>`` closes, ``<1/>`` stands alone. ``shown`` is what it
    is in the file, shortened ("<b>", "image"). ``fixed``: it may not be left out. Tokens are unique in what may be
    merged in the file (an XLIFF unit, a paragraph); the same token in source and translation is the same code.
    """

    token: str
    shown: str = ""
    fixed: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """One act that changed a segment's text: what, by whom, when, why, and on which flag's advice.

    ``at`` is UTC microseconds. ``flag`` is the flag as recorded with the act, or None.
    """

    kind: str
    before: str
    after: str
    actor: str
    at: int
    reason: str = ""
    flag: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on a segment, or on the span ``[start, end)`` of its text (code points)."""

    id: str
    text: str
    actor: str
    at: int
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """The shared current text of a segment, and how it came about.

    ``author`` and ``at`` (UTC microseconds) belong to the last change of the text; ``changes`` is the
    whole way from the hypothesis, oldest first, and may be empty where only the text is known.
    """

    text: str
    status: str = "new"
    author: str = ""
    at: int = 0
    changes: tuple[Change, ...] = ()
    comments: tuple[Comment, ...] = ()
    deleted: bool = False
    inserted: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """One translated sentence or line: the machine's text, and what it can be checked against.

    ``id`` names the segment inside the program (unique in a store, "" before it is stored); ``name`` is
    its name or number in the file it came from. ``locators`` say where it stands in the original file, in
    the notation of the format that read it; they are several after a merge and none for an inserted
    sentence. ``parents`` are the ids of the segments that a merge or a split made it from. ``codes`` are the inline
    codes that its texts may hold; what else looks like one is text. ``notes`` are remarks that came with the file.
    """

    hypothesis: str
    id: str = ""
    name: str = ""
    source: str | None = None
    references: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    order: int = 0
    paragraph: int = 0
    locators: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    correction: Correction | None = None
    codes: tuple[Code, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The current text: the correction's where there is one, else the hypothesis."""
        return self.hypothesis if self.correction is None else self.correction.text

    @property
    def deleted(self) -> bool:
        """True where a reviewer struck the segment out."""
        return self.correction is not None and self.correction.deleted


@dataclass(frozen=True, slots=True)
class Article:
    """The ordered segments of one translated text (WMT: document). Languages are BCP 47, "" if unknown.

    ``spans`` and ``ratings`` are what raters said of the machine's translation; their ``segment`` is a segment's id
    or, where it has none yet, its order as text. ``raters`` there are names.
    """

    name: str
    segments: tuple[Segment, ...]
    system: str = ""
    source_language: str = ""
    target_language: str = ""
    id: str = ""
    spans: tuple[ErrorSpan, ...] = ()
    ratings: tuple[Rating, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingHeader:
    """What a file said about itself, kept so that it can be written again as it was.

    ``newline`` is the line end seen first; ``extra`` belongs to the format (delimiter, column names, ...).
    """

    format: str
    name: str = ""
    encoding: str = "utf-8"
    bom: bool = False
    newline: str = "\n"
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """An opened file: its header, and its articles as a stream (a fresh iterator, used once)."""

    header: ReadingHeader
    articles: Iterator[Article]
    warnings: tuple[str, ...] = ()
