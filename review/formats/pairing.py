"""An article's sentences put beside those of its source, references and other translations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from review.model import Segment
from review.settings import settings
from review.text.alignment import Bead, align, sureness
from review.text.embedding import load
from review.text.sentences import join, unwrap

Side = Sequence[Sequence[str]]
"""The other text: paragraphs of sentences."""

DOUBTFUL = 0.7
"""Below this share of sure beads the user is told to look."""


class Sentence(NamedTuple):
    """A sentence of the translation: its range in the file (code points), its text, its paragraph."""

    start: int
    end: int
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Spread:
    """A text laid over given segments: one string a segment ("" where nothing fits), and how sure it is, 0 to 1.

    ``lost`` are texts that belong to no segment, each with the number of segments that stand before it.
    """

    texts: tuple[str, ...]
    sureness: float
    lost: tuple[tuple[int, str], ...] = ()


def spread(side: Side, segments: Side) -> Spread:
    """Lay a text over segments that stay as they are, given as paragraphs of their texts.

    Where one sentence belongs to several segments the first one gets it.
    """
    flat = [sentence for paragraph in side for sentence in paragraph]
    beads = beads_of(side, segments)
    texts = [""] * sum(len(paragraph) for paragraph in segments)
    lost, seen = [], 0
    for bead in beads:
        mine = [flat[index] for index in bead.sources]
        if not bead.targets:
            lost.append((seen, join(mine)))
        elif len(mine) == len(bead.targets):
            for index, text in zip(bead.targets, mine, strict=True):
                texts[index] = text
        elif mine:
            texts[bead.targets[0]] = join(mine)
        seen += len(bead.targets)
    return Spread(tuple(texts), sureness(beads), tuple(lost))


def beads_of(side: Side, target: Side) -> list[Bead]:
    """Align; texts with the same number of sentences in each paragraph are paired one to one."""
    if [len(paragraph) for paragraph in side] == [len(paragraph) for paragraph in target]:
        return [Bead((index,), (index,)) for index in range(sum(map(len, target)))]
    return align(side, target, load(settings().embedding))


def pair_up(
    text: str,
    found: list[list[Sentence]],
    source: Side | None,
    references: Sequence[Side],
    alternatives: Sequence[Side],
) -> tuple[list[Segment], list[str]]:
    """Segments of an article with everything beside them, and warnings.

    The source (or, without one, the first reference) leads: sentences of one paragraph that share a source
    sentence become one segment, and a source sentence that nothing translates an empty one where it belongs.
    """
    warnings: list[str] = []
    leading = source if source is not None else (references[0] if references else None)
    rows = [(sentence, "") for paragraph in found for sentence in paragraph]
    if leading is not None:
        rows, sure = _led(text, found, leading)
        if sure < DOUBTFUL:
            warnings.append(
                f"Only {sure:.0%} of the sentences were matched with confidence; look at the pairs, and merge, "
                "split or re-pair them in review."
            )
    segments = [
        Segment(
            hypothesis=sentence.text,
            name=str(order + 1),
            source=side if source is not None else None,
            references=(side,) if source is None and references else (),
            order=order,
            paragraph=sentence.paragraph,
            locators=(f"{sentence.start}:{sentence.end}",),
        )
        for order, (sentence, side) in enumerate(rows)
    ]
    for side in references[0 if source is not None else 1 :]:
        texts = kept(spread(side, by_paragraph(segments)))
        segments = [
            replace(segment, references=(*segment.references, text))
            for segment, text in zip(segments, texts, strict=True)
        ]
    for side in alternatives:
        texts = kept(spread(side, by_paragraph(segments)))
        segments = [
            replace(segment, alternatives=(*segment.alternatives, text))
            for segment, text in zip(segments, texts, strict=True)
        ]
    return segments, warnings


def by_paragraph(segments: Sequence[Segment]) -> list[list[str]]:
    """The current texts of segments, as paragraphs."""
    found: list[list[str]] = []
    last: int | None = None
    for segment in segments:
        if segment.paragraph != last:
            found.append([])
        found[-1].append(segment.text)
        last = segment.paragraph
    return found


def kept(laid: Spread) -> list[str]:
    """The texts with the lost ones added to the segment before, so that none goes missing."""
    texts = list(laid.texts)
    for before, text in laid.lost:
        if texts:
            place = max(before - 1, 0)
            texts[place] = join((texts[place], text) if before else (text, texts[place]))
    return texts


def _led(text: str, found: list[list[Sentence]], leading: Side) -> tuple[list[tuple[Sentence, str]], float]:
    """The translation's sentences, merged and with gaps filled so that each has its part of the leading text."""
    sentences = [sentence for paragraph in found for sentence in paragraph]
    flat = [sentence for paragraph in leading for sentence in paragraph]
    beads = beads_of(leading, [[sentence.text for sentence in paragraph] for paragraph in found])
    rows: list[tuple[Sentence, str]] = []
    for bead in beads:
        side = join(flat[index] for index in bead.sources)
        mine = [sentences[index] for index in bead.targets]
        if not mine:
            here = rows[-1][0].end if rows else sentences[0].start
            paragraph = rows[-1][0].paragraph if rows else sentences[0].paragraph
            rows.append((Sentence(here, here, "", paragraph), side))
        elif mine[0].paragraph == mine[-1].paragraph:
            start, end = mine[0].start, mine[-1].end
            rows.append((Sentence(start, end, unwrap(text[start:end]), mine[0].paragraph), side))
        else:
            rows.append((mine[0], side))
            rows += [(sentence, "") for sentence in mine[1:]]
    return rows, sureness(beads)
