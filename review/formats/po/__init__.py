"""PO, gettext's files: each msgstr a segment, each plural form one too. A locator is ``entry:N``, the Nth msgstr.

Line ends at the beginning and end of a string belong to the program that shows it, not to the text: they are kept
apart, and stay as the original's (gettext asks for the same ones in msgid and msgstr). An entry marked fuzzy is a
draft; drafts and rejected segments are written fuzzy, confirmed and approved ones not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from review.errors import FormatError, InputError
from review.formats import plain, states
from review.formats.base import Format, Options, Source
from review.formats.folding import Line, numbered
from review.formats.grouping import Index, Key, Row
from review.formats.po._parsing import Entry, String, entries, escaped
from review.formats.po._wrapping import WIDTH, quoted, width
from review.model import Article, Reading, ReadingHeader, Segment
from review.text import codes, encodings

_CHARSET = re.compile(rb"charset=([A-Za-z0-9._:-]{1,40})")
_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z]{2,3}(?:[_-][A-Za-z0-9]+)*)", re.MULTILINE)
_UNSURE = ("draft", "rejected")
_SURE = ("confirmed", "approved")


def read(source: Source, options: Options) -> Reading:
    """Read a file's entries as segments of one article. Obsolete entries are left alone.

    The encoding is that of the byte order mark, the options, the header (charset=), or UTF-8. Raises FormatError.
    """
    opened = plain.open_text(source, options.encoding or _charset(source))
    text = "".join(line for _, line in plain.lines(opened))
    target = options.target_language
    for entry in entries(source.name, text):
        if _is_header(entry):
            found = _LANGUAGE.search(entry.translations[0].text)
            target = target or (found[1].replace("_", "-") if found else "")
            break

    def rows(offset: int, _: int) -> Iterator[Row]:
        for number, entry, form in _numbered(source.name, text):
            key = Key("", options.system, options.source_language, target)
            yield Row(offset, number, key, _segment(number, entry, form))

    index = Index(rows)
    if not index.count:
        raise FormatError(source.name, None, "the file has no message", "Choose a PO file with entries.")
    header = opened.header("po", count=index.count, adjacent=True)
    return Reading(header, index.articles(options.name or source.stem, options.article_lines))


def _charset(source: Source) -> str:
    """The encoding that the header says, "" where it says none that is known."""
    found = _CHARSET.search(source.head())
    try:
        return encodings.known(found[1].decode("ascii")) if found else ""
    except InputError:
        return ""


def _is_header(entry: Entry) -> bool:
    return entry.id is not None and not entry.id.text and entry.context is None


def _numbered(name: str, text: str) -> Iterator[tuple[int, Entry, int]]:
    """Each translation's number, its entry, and its place among the plural forms."""
    number = 0
    for entry in entries(name, text):
        if not _is_header(entry):
            for form in range(len(entry.translations)):
                number += 1
                yield number, entry, form


def _source(entry: Entry, form: int) -> String:
    """What a form translates: the singular for the first of several, else the plural."""
    assert entry.id is not None
    if entry.plural is None or (form == 0 and len(entry.translations) > 1):
        return entry.id
    return entry.plural


def _parts(text: str) -> tuple[str, str, str]:
    """Line ends before a text, the text, line ends behind it."""
    core = text.strip("\n")
    start = text.index(core) if core else 0
    return text[:start], core, text[start + len(core) :]


def _segment(number: int, entry: Entry, form: int) -> Segment:
    text = _parts(entry.translations[form].text)[1]
    context = [f"context: {entry.context.text}"] if entry.context else []
    forms = len(entry.translations)
    plural = [f"plural form {form} of {forms}"] if entry.plural else []
    return Segment(
        text,
        name=str(number),
        source=_parts(_source(entry, form).text)[1],
        paragraph=-1,
        locators=(f"entry:{number}",),
        correction=states.correction(text, text, "draft") if entry.fuzzy and text else None,
        notes=(*context, *plural, *(note for line in entry.comments if (note := _note(line)))),
    )


def _note(line: str) -> str:
    kind, rest = line[1:2], line[2:].strip()
    if kind == ":":
        return f"at {rest}"
    if kind == "|":
        return f"before: {rest}"
    return rest if kind == "." else line[1:].strip()


def rewrite(header: ReadingHeader, original: BinaryIO, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Copy the original with the changed msgstr in their places, and fuzzy set or taken off; return warnings."""
    data = original.read()
    _, text = plain.decode(data, header)
    found, warnings = numbered((article.segments for article in articles), "entry")
    wrap = not any(width(line.rstrip()) > WIDTH + 1 and " " in line[20:] for line in text.split("\n") if '"' in line)
    patches: list[tuple[int, int, str]] = []
    fuzzy = 0
    entry_lines: list[Line] = []
    for number, entry, form in _numbered(header.name, text):
        if number in found:
            line, string = found[number], entry.translations[form]
            before, was, after = _parts(string.text)
            if not was:
                before, _, after = _parts(_source(entry, form).text)
            if line.text != was:
                keyword = "msgstr" if entry.plural is None else f"msgstr[{form}]"
                full = before + line.text + after if line.text else ""
                patches.append((string.start, string.end, quoted(full, keyword, header.newline, wrap)))
            entry_lines.append(line)
        if form == len(entry.translations) - 1:
            unsure = any(line.status in _UNSURE for line in entry_lines)
            sure = len(entry_lines) == form + 1 and all(line.status in _SURE for line in entry_lines)
            if unsure and not entry.fuzzy:
                fuzzy += 1
                patches.append(_flagged(entry, text, header.newline))
            elif sure and entry.fuzzy:
                patches.append(_unflagged(entry, text))
            entry_lines = []
    plain.patch(data, header, plain.between(sorted(patches), len(text)), out)
    return warnings + _told(fuzzy)


def _told(fuzzy: int) -> list[str]:
    if not fuzzy:
        return []
    entries_are = "1 entry is" if fuzzy == 1 else f"{fuzzy:,} entries are"
    return [f"{entries_are} not confirmed, so marked fuzzy; msgfmt leaves fuzzy entries out."]


def _flagged(entry: Entry, text: str, newline: str) -> tuple[int, int, str]:
    if entry.flags is None:
        return entry.begin, entry.begin, f"#, fuzzy{newline}"
    place = text.index("#,", entry.flags[0]) + 2
    return place, place, " fuzzy,"


def _unflagged(entry: Entry, text: str) -> tuple[int, int, str]:
    assert entry.flags is not None
    start, end = entry.flags
    line = text[start:end]
    kept = [flag for flag in line.strip()[2:].split(",") if flag.strip() != "fuzzy"]
    ending = line[len(line.rstrip("\r\n")) :]
    return start, end, f"#,{','.join(kept)}{ending}" if kept else ""


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write a PO file in UTF-8, an entry for each segment with a source; the others are named in a warning.

    Raises FormatError where no segment has one.
    """
    seen: set[str] = set()
    left: list[str] = []
    fuzzy = 0
    first = True
    for article in articles:
        if first:
            language = article.target_language.replace("-", "_")
            out.write(
                f'msgid ""\nmsgstr ""\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
                f'"Content-Transfer-Encoding: 8bit\\n"\n"Language: {escaped(language)}\\n"\n'.encode()
            )
            first = False
        for number, segment in enumerate(article.segments, 1):
            name = f"{article.name}/{segment.name or number}"
            source = codes.bare(segment.codes, segment.source or "")
            if not source or segment.deleted:
                left.append(name)
                continue
            unsure = states.written(segment) in _UNSURE
            fuzzy += unsure
            context = name if source in seen else ""
            seen.add(source)
            out.write("".join(_entry(segment, source, context, unsure)).encode("utf-8"))
    if not seen:
        what = "no segment has a source, and a PO entry begins with it"
        raise FormatError(header.name or "export", None, what, "Attach the source, or choose another format.")
    warnings = _told(fuzzy)
    if left:
        shown = ", ".join(left[:10]) + (", ..." if len(left) > 10 else "")
        warnings.append(f"Deleted segments and those without a source are not in the file: {shown}.")
    return warnings


def _entry(segment: Segment, source: str, context: str, unsure: bool) -> Iterator[str]:
    yield "\n"
    for note in segment.notes:
        yield from (f"#. {line}\n" for line in re.split(r"[\r\n\x0b\x0c\x85\u2028\u2029]+", note))
    if unsure:
        yield "#, fuzzy\n"
    if context:
        yield f"msgctxt {quoted(context, 'msgctxt', chr(10))}\n"
    text = codes.bare(segment.codes, segment.text)
    yield f"msgid {quoted(source, 'msgid', chr(10))}\n"
    yield f"msgstr {quoted(text, 'msgstr', chr(10))}\n"


def sniff(source: Source, options: Options) -> float:
    """Sure of a msgid and a msgstr at the beginning of lines; willing to believe the suffix."""
    head = source.head()
    text = head.decode(encodings.mark(head[:4])[0] or "latin-1", "ignore")
    if all(re.search(rf'^{word}[ \t]+"', text, re.MULTILINE) for word in ("msgid", r"msgstr(?:\[\d\])?")):
        return 0.9
    return 0.8 if source.suffix in FORMAT.suffixes else 0.0


FORMAT = Format(
    "po",
    "PO, messages of a program (gettext)",
    (".po", ".pot"),
    "text/x-gettext-translation",
    sniff,
    read,
    rewrite,
    build,
    holds=frozenset(("source", "notes")),
    about="for gettext: what is not confirmed is marked fuzzy",
)
