"""Rules: what a correction says beyond its segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

RULE_KINDS = ("words", "literal", "pattern")


@dataclass(frozen=True, slots=True)
class Rule:
    """What to write instead of what, wherever it stands in a translation.

    ``kind``: "words" (whole words, and with ``inflected`` their endings, which the replacement takes over),
    "literal" (these characters, within words too), "pattern" (RE2; the replacement may hold ``\\1``). ``case``:
    letter case counts. ``keep_case``: the replacement takes the letter case of what it replaces. ``source``, where
    it is not "", must stand in the source segment as well, found as ``source_kind`` says.
    """

    find: str
    replace: str
    kind: str = "words"
    inflected: bool = True
    case: bool = False
    keep_case: bool = True
    source: str = ""
    source_kind: str = "words"


@dataclass(frozen=True, slots=True)
class Replacement:
    """``text`` in the place of ``[start, end)`` (code points of the text before)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a rule is followed: one batch, or (None) every visible batch of the project; in a batch, one article."""

    project: int
    batch: int | None = None
    article: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of a rule's hits are followed: all that are not protected, but those ``without``; of the protected
    (confirmed, approved) those ``including``. ``own`` are whole texts, by segment id, that stand as they are:
    edited in the preview, or of segments that are no hits. With ``every`` False only ``including`` and ``own`` count.
    """

    every: bool = True
    without: frozenset[int] = frozenset()
    including: frozenset[int] = frozenset()
    own: Mapping[int, str] = field(default_factory=dict)
