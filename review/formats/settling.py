"""Edits made to a file's text, read again to see whether they say what was meant, and written in its encoding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from review.formats.runs import Block
from review.formats.splicing import Edit, Encode, Outcome, outcome
from review.model import ReadingHeader, Segment
from review.text import encodings


def applied(text: str, edits: Sequence[Edit]) -> str:
    """The file's text with the edits made."""
    parts, place = [], 0
    for start, end, new in edits:
        parts += [text[place:start], new]
        place = end
    return "".join([*parts, text[place:]])


def encoded(
    data: bytes, text: str, edits: Sequence[Edit], header: ReadingHeader, write: Callable[[str], bytes]
) -> bytes:
    """The file's bytes (without its mark) with the edits made; ``write`` encodes new text.

    Where an encoding has two codes for one character, what nobody touched is copied as bytes.
    """
    if not edits:
        return data
    if text.encode(header.encoding) == data:
        parts, place = [], 0
        for start, end, new in edits:
            parts += [text[place:start].encode(header.encoding), write(new)]
            place = end
        return b"".join([*parts, text[place:].encode(header.encoding)])
    places = sorted({place for edit in edits for place in edit[:2]})
    at = dict(zip(places, encodings.byte_offsets(data, header.encoding, places), strict=True))
    pieces, last = [], 0
    for start, end, new in edits:
        pieces += [data[last : at[start]], write(new)]
        last = at[end]
    return b"".join([*pieces, data[last:]])


def misread(before: Sequence[Block], made: Outcome, after: Sequence[Block]) -> list[int]:
    """The touched blocks (by their start) that are read as another text from the file as it was written.

    ``before`` and ``after``: all blocks of the file as it was and as it is.
    """
    every = [(block.start, made.expected.get(block.start, block.bare)) for block in before]
    wanted = [(start, text) for start, text in every if any(map(str.isalnum, text))]
    unread = {start for start, text in made.expected.items() if text.strip() and not any(map(str.isalnum, text))}
    now = [block.bare for block in after]
    if len(wanted) == len(now):
        return sorted(unread | {start for (start, text), other in zip(wanted, now, strict=True) if text != other})
    matcher = SequenceMatcher(None, [text for _, text in wanted], now, autojunk=False)
    lost = {
        place
        for tag, first, last, _, _ in matcher.get_opcodes()
        if tag != "equal"
        for place in range(first, max(last, first + 1))
    }
    starts = {start for place, (start, _) in enumerate(wanted) if {place - 1, place, place + 1} & lost}
    return sorted(unread | starts & set(made.expected)) or sorted(made.expected)[:1]


def settled(
    text: str,
    blocks: Sequence[Block],
    segments: Sequence[Segment],
    encode: Encode,
    careful: Encode,
    reread: Callable[[str], Sequence[Block]],
    tidy: Callable[[Outcome, bool], None] = lambda made, again: None,
) -> tuple[Outcome, list[str]]:
    """What to write, and warnings: what is written is read again (``reread`` gives the blocks of a file's text).

    Where rereading gives another text the sentence is written anew, by ``careful``; where it still does, it is named.
    ``tidy`` may change the edits of what is left empty (True: at the second try).
    """
    keyed = {block.start: block for block in blocks}
    made = outcome(text, keyed, segments, encode)
    tidy(made, False)
    wrong = misread(blocks, made, reread(applied(text, made.edits))) if made.edits else []
    if wrong:
        again = set(wrong)

        def either(new: str, block: Block, leads: bool) -> str:
            return (careful if block.start in again else encode)(new, block, leads)

        made = outcome(text, keyed, segments, either, again)
        tidy(made, True)
        wrong = misread(blocks, made, reread(applied(text, made.edits)))
    return made, _named(made, wrong)


def _named(made: Outcome, wrong: Sequence[int]) -> list[str]:
    """A warning that names the segments that will not be read again as they are; none where there are none."""
    if not wrong:
        return []
    names = list(dict.fromkeys(name for start in wrong for name in made.names.get(start, ())))
    shown = ", ".join(names[:10]) + (", ..." if len(names) > 10 else "") if names else "an inserted one"
    return [
        f"Segment {shown}: line breaks, repeated blanks or signs of the format's own in it are read another way than "
        "they were typed; look at it in the file."
    ]
