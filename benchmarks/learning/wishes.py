"""What a replayed reviewer wants: words that the target text replaces again and again where the source has a term."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks import flags as wmt

_WORD = re.compile(r"[A-Za-z0-9À-ɏ]+(?:[’'\-.][A-Za-z0-9À-ɏ]+)*")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Wish:
    """``wrong`` is to be read ``right`` (both lower case) in ``places`` (line numbers)."""

    wrong: str
    right: str
    source: str
    places: frozenset[int]


@dataclass(slots=True)
class Batch:
    """Half of the documents: line numbers, the texts by line, and what the reviewer wants."""

    documents: list[list[int]]
    source: list[str]
    output: list[str]
    target: list[str]
    wishes: list[Wish] = field(default_factory=list)

    @property
    def lines(self) -> list[int]:
        return [line for document in self.documents for line in document]

    @classmethod
    def of(cls, system: str, target: str, half: int) -> Batch:
        lines = wmt.read_lines()
        listed = wmt.documents(lines, news=False)[half::2]
        documents = [[int(segment.id) - 1 for segment in article.segments] for article in listed]
        wanted = lines["reference"] if target == "reference" else _system(target)
        made = cls(documents, lines["source"], _system(system), wanted)
        made.wishes = wishes(made)
        return made


def _system(name: str) -> list[str]:
    path = wmt.DATA / "wmt23-zh-en" / "systems" / f"{name}.en"
    return path.read_bytes().decode("utf-8").removesuffix("\n").split("\n")


def wishes(batch: Batch) -> list[Wish]:
    """What the reviewer wants (see the head of this file), in the order in which it first stands in the batch."""
    pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for line in batch.lines:
        for pair in _replaced(batch.output[line], batch.target[line]):
            pairs[pair].append(line)
    found, taken = [], set()
    for (wrong, right), aligned in sorted(pairs.items(), key=lambda item: (-len(set(item[1])), item[0])):
        clear = [line for line in dict.fromkeys(aligned) if _differs(batch, line, wrong, right)]
        source = _shared([batch.source[line] for line in clear]) if len(clear) > 1 else ""
        standing = [line for line in batch.lines if source in batch.source[line]]
        if not source or 10 * len(standing) >= len(batch.lines):
            continue
        if 2 * sum(has(batch.output[n], wrong) or has(batch.output[n], right) for n in standing) < len(standing):
            continue
        places = frozenset(
            line
            for line in standing
            if has(batch.output[line], wrong) and not has(batch.target[line], wrong) and (line, wrong) not in taken
        )
        sure = sum(_differs(batch, line, wrong, right) for line in places)
        if sure > 1 and 2 * sure >= len(places):
            taken |= {(line, wrong) for line in places}
            found.append(Wish(wrong, right, source, places))
    order = {line: place for place, line in enumerate(batch.lines)}
    return sorted(found, key=lambda wish: (min(order[line] for line in wish.places), wish.wrong))


def _replaced(output: str, target: str) -> Iterable[tuple[str, str]]:
    old, new = _WORD.findall(output), _WORD.findall(target)
    for tag, start, end, other, until in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace" and end - start <= 5 and until - other <= 5:
            wrong, right = _trimmed(old[start:end]), _trimmed(new[other:until])
            if wrong and right and not _endings(wrong, right):
                yield " ".join(wrong), " ".join(right)


def _trimmed(words: Iterable[str]) -> list[str]:
    from review.text.lexemes import FUNCTION_WORDS

    kept = [word.lower().replace("’", "'").removesuffix("'s") for word in words]
    while kept and kept[0] in FUNCTION_WORDS["en"]:
        kept.pop(0)
    while kept and kept[-1] in FUNCTION_WORDS["en"]:
        kept.pop()
    return [] if any(word[0].isdigit() for word in kept) else kept


def _endings(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether words differ in their last two letters at most."""
    return len(one) == len(other) and all(
        a.startswith(b[: max(3, min(len(a), len(b)) - 2)]) for a, b in zip(one, other, strict=True)
    )


def _shared(sources: Sequence[str]) -> str:
    """The longest run of two Chinese characters or more in all sources."""
    for size in range(min(len(source) for source in sources), 1, -1):
        for run in _HAN.findall(sources[0]):
            for at in range(len(run) - size + 1):
                part = run[at : at + size]
                if all(part in source for source in sources):
                    return str(part)
    return ""


def has(text: str, words: str) -> bool:
    """Whether whole words stand in a text, letter case aside."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def _differs(batch: Batch, line: int, wrong: str, right: str) -> bool:
    output, target = batch.output[line], batch.target[line]
    return has(output, wrong) and not has(target, wrong) and has(target, right) and not has(output, right)
