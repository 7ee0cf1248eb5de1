"""Marks and the space around them, in text of Latin script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors._article import target_language, target_scripts
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.locales import Locale, locale

SPACE_BEFORE = re.compile(r"(?<=[\w)”’\"])[ \xa0]+(?P<mark>[,;:!?]|\.(?![\w.]))(?!\w*[:)(DP])")
PERCENT = re.compile(r"(?<=\d)[ \xa0]+%")
LOST_AFTER_STOP = re.compile(
    r"(?P<word>(?<![a-z])[a-z]{2,30}[”’\")]?)(?P<mark>[.!?;])(?P<next>[A-Z][a-z]{1,}(?:\s|,|['’])|[A-Z]\s)"
)
LOST_AFTER_COMMA = re.compile(
    r"(?P<word>(?<![A-Za-z])[A-Za-z]{2,30}|\d[A-Za-z]{1,30})(?P<mark>[,;])(?P<next>[A-Za-z]{2,30}|a\s)"
)
LOST_AFTER_BRACKET = re.compile(r"(?P<word>(?<![A-Za-z])[A-Za-z]{3,30})(?P<mark>\()(?P<next>[A-Za-z]{3,30}\s)")
LOST_UNIT = re.compile(
    r"(?<![\w.,/-])(?P<number>\d[\d,.]*)(?P<unit>million|billion|trillion|percent|per\scent"
    r"|yuan|people|years?|months?|days?|hours?"
    r"|minutes|kilomet(?:re|er)s|met(?:re|er)s|tons|tonnes|cases|companies|times)\b"
)
DOUBLED = re.compile(
    r"(?P<run>[,;:]\s?[,;:]+|,\s?\.(?!\d)|(?<![.\w])\.\s?,|(?<!\.)\.\.(?![./])|[!?。]\.(?!\w)"
    r"|[?!]{4,}|(?<=[a-z])\s\.\s?\.(?!\.)|[、,]{2,})"
)
EMPTY = re.compile(r"\(\s*\)|（\s*）|\[\s*\](?!\()|“\s*”|‘\s*’|《\s*》|(?<![\"\w])\"\s?\"(?![\"\w])")
APOSTROPHE = re.compile(
    r"(?P<word>(?<![A-Za-z])[A-Za-z]{1,30})(?:\s[’']\s?|[’']\s)(?P<end>s|t|re|ve|ll)\b(?=[\s.,;:!?])"
)
INNER = re.compile(r"(?P<open>[(\[“‘])[ \xa0]+(?=\w)|(?<=\w)[ \xa0]+(?P<close>[)\]”’](?=[\s.,;:]|$))")
PAIRS = {"(": ")", "[": "]", "{": "}", "（": "）", "【": "】"}
NEAR = 4
"""Segments that a quotation may run on for."""

HALVES = PAIRS | {"(": ")）", "（": "）)"}
"""What closes a bracket; that a pair is half wide is said elsewhere."""

LOUD = str.maketrans("", "", "？！؟（）")
"""Marks that may stand twice."""

LIST_OR_FACE = re.compile(r"(?:^|\s)\(?\w{1,2}$|[:;]-?$")
"""Before a closing bracket: the number of a list, or the eyes of a face."""

URL = re.compile(r"https?:|www\.|@|\w\.(?:com|cn|org|net|js|py|io|gov|edu)\b")

WORD = re.compile(r"\S+")


class Punctuation(Detector):
    name = "punctuation"
    title = "Punctuation and space"
    advice = "No space before a mark and one after it; brackets and quotation marks come in pairs and hold something."
    source = "The Chicago Manual of Style, 17th edition, chapter 6"
    category = "linguistic conventions"
    subcategory = "punctuation"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        conventions = locale(target_language(article))
        if "Latin" not in target_scripts(article):
            yield from self._brackets(article)
            if conventions is not None and conventions.marks:
                yield from self._own(article, conventions)
            return
        french = target_language(article).lower().startswith("fr")
        curly = conventions is None or "“" in {opening for opening, _ in conventions.quotes}
        percent = french or (conventions is not None and conventions.before_percent != "")
        for segment in article.segments:
            text = segment.text
            links = [m.span() for m in WORD.finditer(text) if URL.search(m.group())] if URL.search(text) else []
            for start, end, message, suggestion, sure in _marks(text, french, percent, curly):
                if not any(start < b and a < end for a, b in links):
                    yield self.flag(segment, start, end, message, confidence=sure, suggestions=suggestion)
        yield from self._brackets(article)
        if curly:
            yield from self._quotations(article)

    def _own(self, article: Article, conventions: Locale) -> Iterator[Flag]:
        """The marks of another script: a space before one, or one twice."""
        own = "".join(conventions.marks.values())
        comma, closing = re.escape(own.translate(LOUD)), re.escape(own.replace("（", ""))
        for segment in article.segments:
            for match in re.finditer(rf"(?<=[^\W\d])[ \u00a0]+(?P<mark>[{closing}])", segment.text):
                message = f"No space stands before “{match['mark']}”."
                yield self.flag(segment, *match.span(), message, confidence=0.8, suggestions=(match["mark"],))
            for match in re.finditer(rf"(?P<mark>[{comma}])\s?(?P=mark)(?!(?P=mark))", segment.text):
                if segment.text[match.start() - 1 : match.start()] != match["mark"]:
                    message = f"“{match.group()}” is one mark too many."
                    yield self.flag(segment, *match.span(), message, confidence=0.8, suggestions=(match["mark"],))

    def _brackets(self, article: Article) -> Iterator[Flag]:
        """A bracket without its other half in the paragraph."""
        paragraphs: dict[int, list[Segment]] = {}
        lines = len({s.paragraph for s in article.segments}) == 1
        for number, segment in enumerate(article.segments):
            paragraphs.setdefault(number if lines else segment.paragraph, []).append(segment)
        for segments in paragraphs.values():
            stack: list[tuple[Segment, int, str]] = []
            for segment in segments:
                for at, char in enumerate(segment.text):
                    if char in PAIRS:
                        stack.append((segment, at, char))
                    elif char in PAIRS.values():
                        if stack and char in HALVES[stack[-1][2]]:
                            stack.pop()
                        elif not (char in ")）" and LIST_OR_FACE.search(segment.text[:at])):
                            yield self._lonely(segment, at, char)
            for segment, at, char in stack:
                yield self._lonely(segment, at, char)

    def _quotations(self, article: Article) -> Iterator[Flag]:
        """A curly quotation mark without its other half near by."""
        opened: tuple[int, Segment, int] | None = None
        for number, segment in enumerate(article.segments):
            for at, char in enumerate(segment.text):
                if char == "“":
                    if opened and segment.text[:at].strip():  # at its beginning, a paragraph goes on with a quotation
                        yield self._lonely(*opened[1:], char)
                    opened = (number, segment, at)
                elif char == "”":
                    if opened is None or number - opened[0] > NEAR:
                        yield self._lonely(segment, at, char)
                    opened = None
        if opened:
            yield self._lonely(*opened[1:], "“")

    def _lonely(self, segment: Segment, at: int, char: str) -> Flag:
        half = "closing" if char in PAIRS or char == "“" else "opening"
        message = f"The mark {char} has no {half} half."
        if char in "“”" and segment.text.count('"') % 2:
            message = f"The mark {char} pairs with a straight quotation mark."
        return self.flag(segment, at, at + 1, message, confidence=0.45 if char in "“”" else 0.6)

    examples = (
        Example(("Prices rose , and wages fell.",), (" ,",)),
        Example(("The port opened .",), (" .",)),
        Example(("Who came ?",), (" ?",)),
        Example(("The port opened today.The mayor spoke.",), ("today.The",)),
        Example(("Prices rose,and wages fell.",), ("rose,and",)),
        Example(("The group(founded in 1984) grew.",), ("group(founded",)),
        Example(("It cost 5million yuan.",), ("5million",)),
        Example(("Apples,, pears",), (",,",)),
        Example(("The end of it..",), ("..",)),
        Example(("The end,. of it",), (",.",)),
        Example(("He called it “”.",), ("“”",)),
        Example(("The group () grew.",), ("()",)),
        Example(("The city ' s port",), ("city ' s",)),
        Example(("It don 't work.",), ("don 't",)),
        Example(("The group ( founded in 1984) grew.",), ("( ",)),
        Example(("The group (founded in 1984 grew.",), ("(",)),
        Example(("He said “go and left.",), ("“",)),
        Example(("Well... it works. Or does it?!",)),
        Example(("Apple Inc., which makes phones, grew 3.5%, to 1,000.",)),
        Example(("Visit example.com,www.example.org or write to a.b@example.org.",)),
        Example(("The U.S.A. and Node.js and .NET",)),
        Example(("It opened at 10:30; the ratio was 3:1.",)),
        Example(("“I came,” he said (late). “I saw.”",)),
        Example(("1) apples 2) pears a) plums",)),
        Example(("The 1990s' and the workers' rights",)),
        Example(("Il a dit : oui !",), target_language="fr"),
        Example(("Etwa 60 % der Stadt; „gut so“, sagte er.",), target_language="de"),
        Example(("该部（承担一半费用同意。",), ("（",), target_language="zh"),
        Example(("价格上涨，，工资下降 。",), ("，，", " 。"), target_language="zh"),
        Example(("وصلت السفينة ، ثم غادرت.",), (" ،",), target_language="ar"),
        Example(("真的吗？？不会吧。。。（见附录)",), target_language="zh"),
        Example(("وصلت السفينة (وهي كبيرة إلى الميناء.",), ("(",), target_language="ar"),
        Example(("1）价格上涨，工资下降（一）。",), target_language="zh"),
    )


def _marks(
    text: str, spaced: bool, percent: bool, curly: bool
) -> Iterator[tuple[int, int, str, tuple[str, ...], float]]:
    if not percent:
        for m in PERCENT.finditer(text):
            yield m.start(), m.end(), "No space stands between a number and its percent sign.", ("%",), 0.6
    if not spaced:
        for m in SPACE_BEFORE.finditer(text):
            yield m.start(), m.end(), f"No space stands before “{m['mark']}”.", (m["mark"],), 0.85
    for pattern, sure in ((LOST_AFTER_STOP, 0.88), (LOST_AFTER_COMMA, 0.85)):
        for m in pattern.finditer(text):
            if m["mark"] == ";" and text[: m.start()].rfind("&") == m.start() - 1:
                continue  # an entity
            word = m["next"].rstrip(" ,'’")
            end = m.start("next") + len(word)
            fixed = f"{m['word']}{m['mark']} {word}"
            yield m.start(), end, f"The space after “{m['mark']}” was lost.", (fixed,), sure
    for m in LOST_AFTER_BRACKET.finditer(text):
        fixed = f"{m['word']} ({m['next'].rstrip()}"
        yield m.start(), m.end() - 1, "The space before the bracket was lost.", (fixed,), 0.7
    for m in LOST_UNIT.finditer(text):
        yield m.start(), m.end(), "The space between number and word was lost.", (f"{m['number']} {m['unit']}",), 0.85
    for m in DOUBLED.finditer(text):
        run = "".join(m["run"].split())
        fixed = "." if "." in run else "?" if "?" in run else run[0]
        if fixed != m["run"]:
            yield m.start(), m.end(), f"“{m['run'].strip()}” is one mark too many.", (fixed,), 0.8
    for m in EMPTY.finditer(text):
        message = f"“{m.group()}” holds nothing: what stood inside was lost, or the marks are left over."
        yield m.start(), m.end(), message, (), 0.85
    for m in APOSTROPHE.finditer(text):
        fixed = f"{m['word']}’{m['end']}"
        yield m.start(), m.end(), "The apostrophe belongs to the word; close the space.", (fixed,), 0.88
    for m in INNER.finditer(text):
        mark = m["open"] or m["close"]
        if mark in "“”‘’" and not curly:
            continue  # these open and close otherwise in this language
        yield m.start(), m.end(), f"No space stands on the inner side of “{mark}”.", (mark,), 0.7


DETECTOR = Punctuation()
