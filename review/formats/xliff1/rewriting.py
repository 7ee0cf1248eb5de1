"""XLIFF 1.2 written over the file it was read from: text in targets and the words for how far they are, and no more."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import BinaryIO

from review.errors import InputError
from review.formats.xliff1.balancing import Marks, balance, lone, whole
from review.formats.xliff1.braced import TAG
from review.formats.xliff1.dialects import MEMOQ, PHRASE, PLAIN, Dialect
from review.formats.xliff1.inline import SPACE, Content, wrapped
from review.formats.xliff1.placing import Placed, Put, placed
from review.formats.xliff1.units import Part, Unit, plain, status_of
from review.formats.xliff1.walking import Found, Walker
from review.formats.xml import Node, Splices, escaped, original_document, quoted, uncollected, visible
from review.model import Article, ReadingHeader
from review.text.codes import TOKEN

_EDGE = re.compile(rb"[ \t\r\n]*[\r\n][ \t\r\n]*")
_PRESERVE = ("xml:space", "preserve")


def rewrite(header: ReadingHeader, original: BinaryIO, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Copy the original with the corrected text in its targets; return warnings.

    Raises InputError where a segment stands at a place that the original does not have.
    """
    found = placed(articles)
    document = original_document(original, header)
    walker = Walker(document)
    writer = _Writer(Splices(document), found)
    left = {place.partition("#")[0] for place in found.puts}
    with uncollected():
        for number, node, preserve in walker.nodes():
            place = f"{walker.files}:{number}"
            if place not in left:
                continue
            left.remove(place)
            writer.dialect = walker.dialect
            put = found.puts.get(place)
            texts = plain(node, walker.checker, preserve) if put and walker.dialect is PLAIN else None
            if put and texts and texts[1] == put.text and status_of(texts, node) == put.status:
                continue
            item = walker.found(number, node, preserve)
            if writer.take(item):
                walker.keep()
        writer.finish()
    missing = sorted(left) or [place for place in found.puts if "#" in place and place not in writer.names]
    if missing:
        raise InputError(f"{header.name} has no unit at {missing[0]}; export over the file that was imported.")
    if len(writer.splices):
        writer.splices.write(out)
    else:
        original.seek(0)
        shutil.copyfileobj(original, out)
    return writer.warnings()


class _Writer:
    """Gathers what is to be replaced, unit by unit."""

    def __init__(self, splices: Splices, found: Placed) -> None:
        self.splices, self.found, self.dialect = splices, found, PLAIN
        self.body = splices.document.body
        self._waiting: list[Found] = []
        self._at: dict[str, Found] = {}
        self.names: dict[str, str] = {}
        self._unheld: dict[str, list[str]] = {}
        self._disordered: list[str] = []
        self._locked: list[str] = []
        self._braced: list[str] = []
        self._approved = 0

    def take(self, item: Found) -> bool:
        """Write a unit, or keep it (true) until all that is merged with it has been met."""
        places = [item.locator(place) for place in range(len(item.unit.parts))]
        puts = [self.found.puts[place] for place in places if place in self.found.puts]
        for number, place in enumerate(places):
            self.names[place] = item.name(number)
        if not any(put.merged or put.others for put in puts):
            self.unit(item)
            return False
        self._waiting.append(item)
        self._at.update((place, item) for place in places)
        return True

    def finish(self) -> None:
        """Write what was merged."""
        for item in self._waiting:
            self.unit(item)

    def unit(self, item: Found) -> None:
        """Write one unit that was worked on."""
        unit = item.unit
        puts = [self.found.puts.get(item.locator(place)) for place in range(len(unit.parts))]
        texts: list[str | None] = []
        for place, (part, put) in enumerate(zip(unit.parts, puts, strict=True)):
            text = self._text(unit, part, put, item.locator(place)) if put else None
            texts.append(None if text == unit.target_text(part) else text)
        if any(text is not None and _locked(unit, part) for part, text in zip(unit.parts, texts, strict=True)):
            self._locked.append(item.name(0))
        marks = [self._marks(item, place) for place in range(len(unit.parts))]
        if any(text is not None for text in texts) and any(marks):
            self._disordered += [item.name(place) for place in balance(unit, texts, marks)]
        words = self._words(unit, puts, texts)
        state = self._state(unit, words, any(text is not None for text in texts))
        names = [item.name(place) for place in range(len(unit.parts))]
        if any(text is not None for text in texts):
            self._contents(unit, texts, marks, names, state)
        elif state and unit.target is not None:
            self.splices.attribute(unit.target, "state", state)

    def _text(self, unit: Unit, part: Part, put: Put, locator: str) -> str:
        """The text to write; of a deleted one the halves of codes whose other halves stand in other segments."""
        if put.deleted and part.target is not None and part.target.marks:
            return "".join(lone(part.target))
        text, strange = visible(put.text)
        for sign in strange:
            self._unheld.setdefault(sign, []).append(self.names[locator])
        if self.dialect.name == "mxliff" and TAG.search(text):
            self._braced.append(self.names[locator])
        return text

    def _marks(self, item: Found, place: int) -> Marks:
        """How the codes are written that may stand in a place: its own, its unit's, those merged into it."""
        found: Marks = {}
        put = self.found.puts.get(item.locator(place))
        if put is None or not put.tokens:
            return found
        units = [item.unit, *(self._at[other].unit for other in put.others)]
        parts = ((unit, part) for unit in units for part in unit.parts)
        for unit, part in chain([(item.unit, item.unit.parts[place])], parts):
            if len(found) == len(put.tokens):
                break
            for token, marks in unit.marks(part).items():
                if token in put.tokens:
                    found.setdefault(token, marks)
        return found

    def _contents(
        self, unit: Unit, texts: Sequence[str | None], marks: Sequence[Marks], names: Sequence[str], state: str
    ) -> None:
        target = unit.target
        fresh = target is None or (unit.seg_source is not None and all(part.target is None for part in unit.parts))
        if not fresh:
            for place, (part, text) in enumerate(zip(unit.parts, texts, strict=True)):
                if text is None:
                    continue
                if part.target is not None:
                    self._replace(unit, part.target, text, marks[place], names[place])
                else:
                    self._segment(unit, place, text, marks[place], names[place])
            if state and target is not None:
                self.splices.attribute(target, "state", state)
            return
        keep = True
        written = []
        for place, text in enumerate(texts):
            runs, tokens = self._parsed(text or "", marks[place], names[place])
            keep = keep and (unit.keep_target or wrapped(runs) == runs)
            written.append(_joined(runs, tokens, marks[place]))
        data = self._segments(unit, written) if unit.seg_source is not None else written[0]
        if target is not None:
            self.splices.content(target, data)
            for name, value in (("state", state), *([] if keep else [_PRESERVE])):
                if value:
                    self.splices.attribute(target, name, value)
            return
        self._target(unit, data, state, keep)

    def _target(self, unit: Unit, data: bytes, state: str, keep: bool) -> None:
        """A target that was not there, behind the source and indented like it."""
        source = unit.source
        tag = source.tag.removesuffix("source") + "target"
        said = source.attributes.get(SPACE)
        given = [("xml:space", said)] if said and keep else [] if keep else [_PRESERVE]
        given += [("state", state)] if state else []
        attributes = b"".join(b" " + name.encode() + b'="' + quoted(value) + b'"' for name, value in given)
        before = self.body[unit.node.inner : source.start]
        indent = before[len(before.rstrip()) :]
        last = next((node for node in unit.node.elements("seg-source") if node.space == source.space), source)
        new = b"<" + tag.encode() + attributes + b">" + data + b"</" + tag.encode() + b">"
        self.splices.after(last, indent + new)

    def _segments(self, unit: Unit, written: Sequence[bytes]) -> bytes:
        """What stands in <seg-source>, with the text of each of its segments replaced."""
        assert unit.seg_source is not None
        parts, at = [], unit.seg_source.inner
        for part, data in zip(unit.parts, written, strict=True):
            node = part.source.node
            parts += [self.body[at : node.start], _filled(node, data)]
            at = node.end
        return b"".join((*parts, self.body[at : unit.seg_source.close]))

    def _segment(self, unit: Unit, place: int, text: str, marks: Marks, name: str) -> None:
        """A segment that the target lacks, behind the one before it that the target has."""
        runs, tokens = self._parsed(text, marks, name)
        node = unit.parts[place].source.node
        keep = unit.keep_target or wrapped(runs) == runs
        data = _filled(node, _joined(runs, tokens, marks), "" if keep else ' xml:space="preserve"')
        for before in range(place - 1, -1, -1):
            content = unit.parts[before].target
            if content is not None:
                gap = self.body[unit.parts[place - 1].source.node.end : node.start]
                self.splices.after(content.node, (gap if not gap.strip() else b"") + data)
                return
        after = next(part.target.node for part in unit.parts[place:] if part.target is not None)
        self.splices.before(after, data)

    def _replace(self, unit: Unit, content: Content, text: str, marks: Marks, name: str) -> None:
        """Write a text where another one stands: run by run where the codes between them are the same."""
        node, body, splices = content.node, self.body, self.splices
        runs, tokens = self._parsed(text, marks, name)
        preserve = content.keeps(unit.keep_target)
        shown = content.shown(preserve)
        if not preserve and wrapped(runs) != runs:
            splices.content(node, _joined(runs, tokens, marks))
            splices.attribute(node, *_PRESERVE)
            return
        lead, trail = (b"", b"") if preserve else _edges(body[node.inner : node.close], runs)
        if node.empty or tokens != content.tokens or any(mark.literal for mark in content.marks):
            splices.content(node, lead + _joined(runs, tokens, marks) + trail)
            return
        spans = [mark.span for mark in content.marks]
        starts = [node.inner, *(end for _, end in spans)]
        ends = [*(start for start, _ in spans), node.close]
        for place, (start, end, was, now) in enumerate(zip(starts, ends, shown, runs, strict=True)):
            if was != now:
                data = (lead if place == 0 else b"") + escaped(now) + (trail if place == len(runs) - 1 else b"")
                splices.replace(start, end, data)

    def _parsed(self, text: str, marks: Marks, name: str) -> tuple[list[str], list[str]]:
        """A text as runs and the tokens between them; a half of an element without its other half is left out."""
        runs, tokens, at = [""], [], 0
        found = [match for match in TOKEN.finditer(text) if match[0] in marks]
        sound = whole([match[0] for match in found], marks)
        for place, match in enumerate(found):
            runs[-1] += text[at : match.start()]
            at = match.end()
            if place in sound:
                tokens.append(match[0])
                runs.append("")
        runs[-1] += text[at:]
        if len(sound) < len(found):
            self._disordered.append(name)
        return runs, tokens

    def _words(self, unit: Unit, puts: Sequence[Put | None], texts: Sequence[str | None]) -> list[str]:
        """The status of each segment: the one to write, else "=" and the one that the file says."""
        found = []
        for part, put, text in zip(unit.parts, puts, texts, strict=True):
            was = unit.status(part, self.dialect)
            now = put.status if put is not None else ""
            if text is not None:
                found.append(now if now in ("confirmed", "approved", "rejected") else "draft")
            elif (
                now in ("", was)
                or part.target is None
                or (now not in ("confirmed", "approved", "rejected") and not was)
            ):
                found.append("=" + was)
            else:
                found.append(now if now in ("confirmed", "approved", "rejected") else "draft")
        return found

    def _state(self, unit: Unit, words: Sequence[str], changed: bool) -> str:
        """Write the words that the dialect has, and return what the target's state is to be ("" leaves it)."""
        rest = []
        for part, word in zip(unit.parts, words, strict=True):
            conf = unit.confs.get(part.mid)
            if conf is None:
                rest.append(word)
            elif not word.startswith("="):
                self.splices.attribute(conf, "conf", Dialect("sdlxliff").write(word))
        if not rest or all(word.startswith("=") for word in rest):
            return ""
        order = ("rejected", "", "draft", "confirmed", "approved")
        status = min((word.lstrip("=") for word in rest), key=order.index)
        if not status:
            if not changed:
                return ""
            status = "draft"
        return self._unit_state(unit, status)

    def _unit_state(self, unit: Unit, status: str) -> str:
        dialect, node, splices = self.dialect, unit.node, self.splices
        if dialect.attribute:
            self._approved += dialect.name == "mxliff" and status == "approved"
            if dialect.named:
                splices.attribute(node, dialect.named, dialect.write(status))
            if "approved" in node.attributes:
                splices.attribute(node, "approved", "yes" if status == "approved" else "no")
            told = unit.target is not None and "state" in unit.target.attributes
            return PLAIN.write(status) if told else ""
        if status == "approved":
            splices.attribute(node, "approved", "yes")
        elif node.attributes.get("approved") == "yes":
            splices.attribute(node, "approved", "no")
        return PLAIN.write(status)

    def warnings(self) -> list[str]:
        """What the file cannot tell, one sentence each."""
        puts = self.found.puts
        found = [
            _listed("Deleted, so the target is empty now: unit", [self.names[at] for at in puts if puts[at].deleted]),
            _listed(
                "Merged into another unit, so the target is empty now: unit",
                [self.names[at] for at in puts if puts[at].merged],
            ),
            _listed("An inserted sentence stands at the end of: unit", [self.names[at] for at in self.found.inserted]),
            _listed("Locked in the tool that the file is from, and changed: unit", self._locked),
            _listed("Text that looks like an inline code of Phrase will be one there: unit", self._braced),
            _listed("Inline codes that were out of order were left out: unit", self._disordered),
        ]
        found += [
            _listed(f"{sign}, which XML cannot hold, is shown by a sign: unit", at) for sign, at in self._unheld.items()
        ]
        if self.found.lost:
            found.append(f"Inserted sentences of an article of which no unit is left were left out: {self.found.lost}.")
        if self._approved:
            found.append(
                f"Phrase's files say no approval; approved units were written as confirmed: {self._approved:,}."
            )
        return [text for text in found if text]


def _locked(unit: Unit, part: Part) -> bool:
    """True where Trados, memoQ or Phrase say that a segment is not to be changed."""
    conf, given = unit.confs.get(part.mid), unit.node.attributes
    said = (conf.get("locked") if conf else "", *(given.get(f"{{{space}}}locked", "") for space in (MEMOQ, PHRASE)))
    return any(word in ("true", "locked", "yes", "1") for word in said)


def _listed(what: str, names: Iterable[str]) -> str:
    names = list(dict.fromkeys(names))
    return f"{what} {', '.join(names[:10])}{', ...' if len(names) > 10 else ''}." if names else ""


def _joined(runs: Sequence[str], tokens: Sequence[str], marks: Marks) -> bytes:
    """Runs and codes as the file writes them; of a code that stands there several times each in its turn."""
    counts: dict[str, int] = {}
    parts = [escaped(runs[0])]
    for token, run in zip(tokens, runs[1:], strict=True):
        count = counts[token] = counts.get(token, -1) + 1
        own = marks[token]
        parts += [own[min(count, len(own) - 1)].written, escaped(run)]
    return b"".join(parts)


def _filled(node: Node, data: bytes, more: str = "") -> bytes:
    """An element with other content, its opening tag as it is and what is added to it."""
    opening = node.document.body[node.start : node.inner].rstrip(b"/> \t\r\n")
    if data or not node.empty:
        return opening + more.encode() + b">" + data + b"</" + node.tag.encode("utf-8") + b">"
    return node.written


def _edges(raw: bytes, runs: Sequence[str]) -> tuple[bytes, bytes]:
    """White space with a line end at both ends of what stood there; it stays, unless it would swallow a blank."""
    first = _EDGE.match(raw)
    lead = first.group() if first else b""
    rest = raw[len(lead) :]
    trail = rest[len(rest.rstrip(b" \t\r\n")) :]
    trail = trail if b"\n" in trail or b"\r" in trail else b""
    if runs[0][:1] in (" ", "\t"):
        lead = b""
    if runs[-1][-1:] in (" ", "\t"):
        trail = b""
    return lead, trail
