"""Broken characters: mojibake, entities, escapes, and characters that nobody sees."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag
from review.text.scripts import RANGES

ENTITY = re.compile(
    r"&(?:amp;)*(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|&(?:nbsp|quot|ldquo|rdquo|mdash)(?![\w;])"
)
BARE = re.compile(r"(?<![\w&])(?:nbsp|ldquo|rdquo|lsquo|rsquo|mdash|hellip|middot);")
LEAD = "\u00c2-\u00f4"
TRAIL = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022"
    "\u2026\u2030\u2039\u203a\u20ac\u2122"
)
MOJIBAKE = re.compile(rf"(?:[{LEAD}][{TRAIL}]{{1,3}})+|ï¿½|锟斤拷|烫烫烫|屯屯屯|\ufffd+")
INVISIBLE = re.compile(
    r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]+"
    r"|(?<![\u0600-\u0dff])[\u200c\u200d](?![\u0600-\u0dff\ufe0f\U0001f000-\U0001faff\u2600-\u27bf])"
)
RTL = re.compile(f"[{RANGES['Arabic']}{RANGES['Hebrew']}]")
DIRECTIONS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+")
"""Marks that steer letters among which some run from right to left; there they are part of the text."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ue000-\uf8ff]+")
ESCAPE = re.compile(
    r"(?<![\w:\\])\\(?:r\\n|[nrt])(?![a-z])|(?<=[\w.!?,])\\(?:r\\n|[nrt])(?=[A-Z\s\\]|$)|\\u[0-9a-fA-F]{4}"
    r"|\\[\"'/](?!\w:)|\\x[0-9a-fA-F]{2}"
)
PERCENT = re.compile(r"(?<![\w/=.?&%-])(?:%[0-9A-F]{2}){2,}")


class Encoding(Detector):
    name = "encoding"
    title = "Broken characters"
    advice = (
        "Text that was decoded with the wrong table, escaped once too often, or copied with its invisible marks "
        "shows “â€™” or “&quot;” to readers; put back the character that was meant."
    )
    source = "Robyn Speer, ftfy: fixes text for you, Zenodo 2019"
    category = "linguistic conventions"
    subcategory = "encoding"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        for segment in article.segments:
            text = segment.text
            if (
                text.isascii()
                and "&" not in text
                and "\\" not in text
                and ";" not in text
                and text.isprintable()
                and "%" not in text
            ):
                continue
            taken = bytearray(len(text))
            for pattern, describe in RULES:
                for match in pattern.finditer(text):
                    said = describe(match)
                    if pattern is INVISIBLE and DIRECTIONS.fullmatch(match.group()) and RTL.search(text):
                        continue
                    if said is None or any(taken[match.start() : match.end()]):
                        continue
                    taken[match.start() : match.end()] = b"\1" * len(match.group())
                    message, suggestions, confidence = said
                    yield self.flag(segment, *match.span(), message, confidence=confidence, suggestions=suggestions)

    examples = (
        Example(("The groupâ€™s profit rose.",), ("â€™",)),
        Example(("A cafÃ© in Paris",), ("Ã©",)),
        Example(("It said â€œyesâ€\x9d.",), ("â€œ", "â€\x9d")),
        Example(("Research &amp; development",), ("&amp;",)),
        Example(("&quot;Yes&quot;, he said.",), ("&quot;", "&quot;")),
        Example(("The port&#39;s cranes",), ("&#39;",)),
        Example(("10&nbsp;km",), ("&nbsp;",)),
        Example(("AT&amp;amp;T",), ("&amp;amp;",)),
        Example(("The first line.\\nThe second line.",), ("\\n",)),
        Example(("The na\u200bme is long.",), ("\u200b",)),
        Example(("\ufeffThe port opened.",), ("\ufeff",)),
        Example(("He left\ufffd early.",), ("\ufffd",)),
        Example(('He said \\"no\\".',), ('\\"', '\\"')),
        Example(("The caf\\u00e9 opened.",), ("\\u00e9",)),
        Example(("The price\x0b rose.",), ("\x0b",)),
        Example(("锟斤拷 said so.",), ("锟斤拷",)),
        Example(("Research & development; sales",)),
        Example(("Saved in C:\\new\\reports",)),
        Example(("Crème brûlée à la carte in São Paulo, naïve Ångström",)),
        Example(("قال \u200fأحمد\u200e إن شركة \u2067OpenPort\u2069 وصلت.",), target_language="ar"),
        Example(("AT&T; and others",)),
        Example(("👨\u200d👩\u200d👧 at the fair",)),
        Example(("https://example.org/a%20b",)),
        Example(("Growth of 5%, then 10%",)),
    )


Said = tuple[str, tuple[str, ...], float] | None


def _entity(match: re.Match[str]) -> Said:
    meant = match.group()
    for _ in range(4):
        meant = html.unescape(meant)
    if meant == match.group():
        return None
    meant = " " if meant == "\xa0" else meant
    return f"“{match.group()}” is the page's notation for “{meant}”.", (meant,), 0.95


def _bare(match: re.Match[str]) -> Said:
    meant = html.unescape("&" + match.group()).replace("\xa0", " ")
    return f"“{match.group()}” is what is left of the page's notation for “{meant}”.", (meant,), 0.85


def _mojibake(match: re.Match[str]) -> Said:
    broken = match.group()
    meant = _decode(broken)
    if meant is None:
        if broken[0] in "锟烫屯\ufffdï":
            return f"“{broken}” stands where a character could not be decoded; look it up in the original.", (), 0.95
        return None
    meant = meant.replace("\xa0", " ")
    return f"“{broken}” is “{meant}” decoded with the wrong table.", (meant,), 0.96


def _decode(broken: str) -> str | None:
    raw = bytearray()
    for char in broken:
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 0xFF:
                return None
            raw.append(ord(char))
    try:
        meant = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return meant if meant != "\ufffd" else None


def _invisible(match: re.Match[str]) -> Said:
    names = ", ".join(sorted({f"U+{ord(c):04X}" for c in match.group()}))
    return f"An invisible character ({names}) stands here; delete it.", ("",), 0.85


def _control(match: re.Match[str]) -> Said:
    names = ", ".join(sorted({f"U+{ord(c):04X}" for c in match.group()}))
    return f"A control character or private sign ({names}) stands here; delete it.", ("",), 0.85


def _escape(match: re.Match[str]) -> Said:
    raw = match.group()
    if raw[1] in "ux":
        meant = chr(int(raw[2:], 16))
        if not meant.isprintable():
            return None
    else:
        meant = raw[1] if raw[1] in "\"'/" else " "
    return f"“{raw}” is program notation for “{meant}”.", (meant,), 0.9


def _percent(match: re.Match[str]) -> Said:
    try:
        meant = bytes.fromhex(match.group().replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return f"“{match.group()}” is the notation of an address for “{meant}”.", (meant,), 0.85


RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Said]], ...] = (
    (ENTITY, _entity),
    (BARE, _bare),
    (MOJIBAKE, _mojibake),
    (INVISIBLE, _invisible),
    (CONTROL, _control),
    (ESCAPE, _escape),
    (PERCENT, _percent),
)

DETECTOR = Encoding()
