"""An article's sentences put beside those of its source, references and other translations.

Two loose documents of any formats whose reading is running text (``Format.running``: plain text, Word, HTML, Markdown)
are paired by alignment. A format need do nothing for it but set ``running`` and read an article in paragraphs of
sentences: ``formats.read`` gives the reading to ``beside``, which reads the other files by ``formats.read`` too. A
segment that it makes of several has the locators of all of them, as after a merge in review; a source sentence that
nothing translates becomes an empty segment without a locator, as an inserted one. ``folding.fold`` knows both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from review.formats.base import Options, Source, alone
from review.model import Reading, Segment
from review.settings import settings
from review.text import codes
from review.text.alignment import Bead, align, sureness
from review.text.embedding import load
from review.text.sentences import guess_language, join, unwrap

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
            warnings.append(_doubt(sure))
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


def side_of(side: Source, options: Options, language: str = "") -> list[list[str]]:
    """The sentences of a file of any running format, by paragraph, without its inline codes: the other side.

    What is no such file is read as plain text. Raises FormatError as the formats do.
    """
    from review import formats
    from review.formats.article import paragraphs

    chosen = alone(options)
    kind = formats.recognise(side, chosen)
    if kind.read is None or not is_document(side, chosen):
        return paragraphs(side, chosen, language)
    reading = kind.read(side, replace(chosen, target_language=language, source_language="", name="", system=""))
    found: list[list[str]] = []
    for article in reading.articles:
        bare = [replace(s, hypothesis=codes.bare(s.codes, s.hypothesis), correction=None) for s in article.segments]
        found += by_paragraph([segment for segment in bare if segment.hypothesis.strip()])
    return found


def is_document(side: Source, options: Options | None = None) -> bool:
    """True for a file of a running format that is no plain text."""
    from review import formats

    kind = formats.recognise(side, options or Options())
    return kind.running and kind.name != formats.TEXT_LIKE


def beside(reading: Reading, options: Options) -> Reading:
    """The reading of one running text with its source, references and alternatives, named in ``options``, beside it.

    The source (or, without one, the first reference) leads, as in ``pair_up``. The first article gets them: a running
    format reads one. Raises FormatError.
    """
    made = list(reading.articles)
    if not made:
        return replace(reading, articles=iter(made))
    article = made[0]
    source = side_of(options.source, options, options.source_language) if options.source else None
    references = [side_of(item, options, article.target_language) for item in options.references]
    alternatives = [side_of(item, options, article.target_language) for item in options.alternatives]
    segments = list(article.segments)
    warnings = list(reading.warnings)
    leading = source if source is not None else (references.pop(0) if references else None)
    if leading is not None:
        segments, sure = _merged(segments, leading, is_source=source is not None)
        if sure < DOUBTFUL:
            warnings.append(_doubt(sure))
    for side in references:
        texts = kept(spread(side, bare_paragraphs(segments)))
        pairs = zip(segments, texts, strict=True)
        segments = [replace(segment, references=(*segment.references, text)) for segment, text in pairs]
    for side in alternatives:
        texts = kept(spread(side, bare_paragraphs(segments)))
        pairs = zip(segments, texts, strict=True)
        segments = [replace(segment, alternatives=(*segment.alternatives, text)) for segment, text in pairs]
    language = article.source_language
    if source is not None and not language:
        language = guess_language(" ".join(text for paragraph in source for text in paragraph))
    made[0] = replace(article, segments=tuple(segments), source_language=language)
    count = sum(len(item.segments) for item in made)
    header = replace(reading.header, extra={**reading.header.extra, "count": count})
    return replace(reading, header=header, articles=iter(made), warnings=tuple(warnings))


def bare_paragraphs(segments: Sequence[Segment]) -> list[list[str]]:
    """The current texts of segments without inline codes, as paragraphs."""
    return by_paragraph([replace(s, hypothesis=codes.bare(s.codes, s.text), correction=None) for s in segments])


def _merged(segments: list[Segment], leading: Side, is_source: bool) -> tuple[list[Segment], float]:
    """Segments with their part of the leading text: those of one paragraph that share a sentence of it made one."""
    flat = [sentence for paragraph in leading for sentence in paragraph]
    beads = beads_of(leading, bare_paragraphs(segments))
    found: list[Segment] = []

    def add(segment: Segment, text: str) -> None:
        given = {"source": text} if is_source else {"references": (text, *segment.references)}
        order = len(found)
        found.append(replace(segment, order=order, name=str(order + 1), **given))

    for bead in beads:
        text = join(flat[index] for index in bead.sources)
        mine = [segments[index] for index in bead.targets]
        if not mine:
            add(Segment("", paragraph=found[-1].paragraph if found else segments[0].paragraph), text)
        elif mine[0].paragraph == mine[-1].paragraph:
            add(_one(mine), text)
        else:
            for number, segment in enumerate(mine):
                add(segment, "" if number else text)
    return found, sureness(beads)


def _one(segments: Sequence[Segment]) -> Segment:
    """Segments of one paragraph as one."""
    if len(segments) == 1:
        return segments[0]
    return replace(
        segments[0],
        hypothesis=join(segment.hypothesis for segment in segments),
        locators=tuple(locator for segment in segments for locator in segment.locators),
        codes=tuple(code for segment in segments for code in segment.codes),
        notes=tuple(dict.fromkeys(note for segment in segments for note in segment.notes)),
    )


def _doubt(sure: float) -> str:
    return (
        f"Only {sure:.0%} of the sentences were matched with confidence; look at the pairs, and merge, "
        "split or re-pair them in review."
    )


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
