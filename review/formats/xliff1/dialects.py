"""How far a segment is, as XLIFF 1.2 and the tools with dialects of it write it.

    status      XLIFF 1.2, state of <target>       sdl:seg conf          mq:status             m:confirmed
    draft       needs-review-translation           Draft                 PartiallyEdited       0
    confirmed   translated                         Translated            ManuallyConfirmed     the level of the job
    approved    signed-off, approved="yes"         ApprovedTranslation   Proofread             the level of the job
    rejected    needs-translation                  RejectedTranslation   Rejected              0

Trados keeps one word a segment, memoQ and Phrase one a unit. Whatever else a file says is left alone and says nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from review.formats.xml import Document, Node

SDL = "http://sdl.com/FileTypes/SdlXliff/1.0"
MEMOQ = "MQXliff"
PHRASE = "http://www.memsource.com/mxlf/2.0"

DIALECTS = {"sdlxliff": SDL, "mqxliff": MEMOQ, "mxliff": PHRASE}
"""The dialects by name, with the namespaces that they are told by."""

_READ = {
    "": {"translated": "confirmed", "signed-off": "approved", "final": "approved"},
    "sdlxliff": {
        "Translated": "confirmed",
        "ApprovedTranslation": "approved",
        "ApprovedSignOff": "approved",
        "RejectedTranslation": "rejected",
        "RejectedSignOff": "rejected",
    },
    "mqxliff": {
        "ManuallyConfirmed": "confirmed",
        "Reviewer1Confirmed": "approved",
        "Reviewer2Confirmed": "approved",
        "Proofread": "approved",
        "Rejected": "rejected",
    },
}
_WRITTEN = {
    "": {
        "draft": "needs-review-translation",
        "confirmed": "translated",
        "approved": "signed-off",
        "rejected": "needs-translation",
    },
    "sdlxliff": {
        "draft": "Draft",
        "confirmed": "Translated",
        "approved": "ApprovedTranslation",
        "rejected": "RejectedTranslation",
    },
    "mqxliff": {
        "draft": "PartiallyEdited",
        "confirmed": "ManuallyConfirmed",
        "approved": "Proofread",
        "rejected": "Rejected",
    },
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """A file's dialect ("" is plain XLIFF 1.2), the prefix of its namespace, and at which level Phrase confirms.

    ``attribute`` of <trans-unit> tells the status, by its namespace; "" where none does.
    """

    name: str = ""
    prefix: str = ""
    level: int = 1
    attribute: str = ""

    @property
    def named(self) -> str:
        """The same as the file writes it; "" where it names no prefix for the namespace."""
        local = {"mqxliff": "status", "mxliff": "confirmed"}.get(self.name, "")
        return f"{self.prefix}:{local}" if local and self.prefix else ""

    def read(self, word: str) -> str:
        """The status that a word of this dialect says, or ""."""
        if self.name == "mxliff":
            return "confirmed" if word.isascii() and word.isdigit() and 0 < self.level <= int(word[:4]) else ""
        return _READ[self.name].get(word, "")

    def write(self, status: str) -> str:
        """The word of this dialect for a status."""
        if self.name == "mxliff":
            return str(self.level) if status in ("confirmed", "approved") else "0"
        return _WRITTEN[self.name][status]


PLAIN = Dialect()
_ATTRIBUTES = {"mqxliff": f"{{{MEMOQ}}}status", "mxliff": f"{{{PHRASE}}}confirmed"}


def dialect_of(document: Document, root: Node) -> Dialect:
    """The dialect that the root's namespaces speak for."""
    head = document.body[root.start : root.inner].decode("utf-8", "replace")
    for name, space in DIALECTS.items():
        found = re.search(rf"""xmlns(?::([^\s=]+))?\s*=\s*["']{re.escape(space)}["']""", head)
        if found:
            level = root.get(f"{{{PHRASE}}}level") if name == "mxliff" else ""
            number = int(level[:4]) if level.isascii() and level.isdigit() else 1
            return Dialect(name, found[1] or "", number, _ATTRIBUTES.get(name, ""))
    return PLAIN
