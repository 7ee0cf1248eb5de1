"""Numbers whose value differs from the source's, compared as values and not as digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from review.detectors._article import target_language
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.numbers import Quantity, Reader, plain, reader, rounds
from review.text.numbers.units import unconverted

IMPLIED = {
    "周": (7,),
    "星期": (7,),
    "昼夜": (24,),
    "天": (24,),
    "世纪": (100,),
    "半": (2, 6, 30, 50),
    "新冠": (19,),
    "欧佩克": (10,),
    "季度": (4, 1, 2, 3),
    "上半年": (6, 1, 2),
    "下半年": (6, 2),
    "翻番": (2, 100),
    "翻一番": (2, 100),
    "翻两番": (4, 300),
    "同比": (),
    "一带一路": (1,),
    "下午": (),
    "中午": (12,),
    "午夜": (12, 24, 0),
    "正月": (1,),
    "腊月": (12,),
    "元旦": (1,),
    "国庆": (1,),
    "双十一": (11,),
    "双11": (11,),
    "全部": (100,),
    "百分百": (100,),
    "满分": (100,),
    "十三五": (13, 2016, 2020, 20),
    "十四五": (14, 2021, 2025, 25),
}
"""Values that a source may stand for without writing them."""

RELATIVE = re.compile(r"去年|今年|前年|明年|同比|上年|本年|当年|同期|次年|后年|年初|年底|年末|前一年|这一年")
"""With these the translator may name the year."""

MANY = 100
"""Numbers of one segment that are told of; every one is compared with every other."""

_HAN = r"[\u4e00-\u9fff]"
LIST_MARK = re.compile(
    r"^\s*(?:[(（]?\s*(?:\d{1,3}|[ivx]{1,4}|[A-Z]|[一二三四五六七八九十]{1,3})(?:\.\d{1,2}){0,3}\s*[)）.、．:：]"
    rf"|\d{{1,2}}\s?,(?=\s|{_HAN})|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\s|0?\d{{1,2}}\s+(?={_HAN}|[A-Z])"
    rf"|0\d(?={_HAN})|[一二三四五六七八九十]{{1,3}}\s?是)\s*"
)

LIST_NUMBER = re.compile(
    rf"^\s*[(（]?(?P<number>\d{{1,2}}(?:\.\d{{1,2}})*)(?:\s*[)）.、．,，]\s*(?!\d)|\s+(?={_HAN}|[A-Z][a-z]))"
)


class Numbers(Detector):
    name = "numbers"
    title = "Number differs from source"
    advice = (
        "万 is ten thousand and 亿 a hundred million: a number must come out with the same value, in English scales."
    )
    source = "GB/T 15835-2011, General rules for writing numerals in public texts"
    category = "accuracy"
    subcategory = "mistranslation"
    version = 2
    needs = frozenset({"source"})

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        theirs = reader(article.source_language)
        ours = reader(target_language(article))
        if theirs is None or ours is None:
            return
        segments = article.segments
        for at, segment in enumerate(segments):
            if segment.source and segment.text.strip():
                around = segments[max(0, at - 1) : at] + segments[at + 1 : at + 2]
                yield from self._compare(segment, segment.source, around, (theirs, ours))

    def _compare(
        self, segment: Segment, source: str, around: tuple[Segment, ...], readers: tuple[Reader, Reader]
    ) -> Iterator[Flag]:
        yield from self._list_marks(segment, source)
        theirs, ours = compare(source, segment.text, *readers)
        if theirs or ours:  # translators move a clause into the sentence before or after
            near = {value for s in around for q in readers[0].read(s.source or "") for value in q.readings}
            far = {value for s in around for q in readers[1].read(s.text) for value in q.readings}
            ours = [q for q in ours if not (q.value in near and q.value > 12)]
            theirs = [q for q in theirs if not (q.value in far and q.value > 12)]
        theirs = list({(q.kind, q.value): q for q in reversed(theirs)}.values())[::-1]  # 三成（30%） is said once
        theirs, ours = theirs[:MANY], ours[:MANY]
        pairs = list(_pairs(theirs, ours))
        for there, here in pairs:
            yield self._differs(segment, there, here, readers[1])
        told = {id(q) for pair in pairs for q in pair}
        for here in ours:
            if id(here) not in told:
                yield self.flag(
                    segment,
                    here.start,
                    here.end,
                    f"“{here.text}” has no counterpart among the source's numbers.",
                    severity="major",
                    confidence=0.75,
                    subcategory="addition",
                    category="accuracy",
                )
        for there in theirs:
            small = there.value <= 10 and there.value.denominator == 1 and there.kind == "number"
            if (
                id(there) not in told and not small and there.kind not in ("date", "time")
            ):  # these may be left to the context
                yield self.flag(
                    segment,
                    there.start,
                    there.end,
                    f"“{there.text}” of the source ({readers[1].write(there.value)}) is missing from the translation.",
                    severity="major",
                    confidence=0.55,
                    evidence=there.working,
                    side="source",
                    subcategory="omission",
                    category="accuracy",
                )

    def _list_marks(self, segment: Segment, source: str) -> Iterator[Flag]:
        """“3.” that became “4.”: the numbers that head the source and the translation."""
        there, here = LIST_NUMBER.match(source), LIST_NUMBER.match(segment.text)
        if there and here and re.split(r"\D+", there["number"]) != re.split(r"\D+", here["number"]):
            yield self.flag(
                segment,
                *here.span("number"),
                f"The source is headed {there['number']} and the translation {here['number']}.",
                severity="minor",
                confidence=0.8,
                suggestions=(there["number"],),
            )

    def _differs(self, segment: Segment, there: Quantity, here: Quantity, ours: Reader) -> Flag:
        ratio = here.value / there.value if there.value else Fraction(0)
        scaled = ratio not in (0, 1) and _power_of_ten(ratio)
        unit = "%" if there.kind == "percent" and "分之" not in there.text and "%" not in there.text else ""
        working = there.working or f"{there.text} is {plain(there.value)}{unit}"
        said = f"the translation says “{here.text}”" + (f", which is {plain(here.value)}" if here.working else "")
        if scaled:
            times = plain(ratio if ratio > 1 else 1 / ratio)
            said += f", {times} times too {'much' if ratio > 1 else 'little'}"
        return self.flag(
            segment,
            here.start,
            here.end,
            f"{working}; {said}.",
            severity="major",
            confidence=0.88 if scaled or here.kind == there.kind == "percent" else 0.8,
            suggestions=(_written(there, here, ours),),
            evidence=working,
        )

    examples = (
        Example(("It sold 3.5 million cars.",), ("3.5 million",), ("售出3.5万辆汽车。",)),
        Example(("Output reached 12 million yuan.",), ("12 million",), ("产值达12亿元。",)),
        Example(("Sales rose 15 percent.",), ("15 percent",), ("销售增长百分之五十。",)),
        Example(("More than 9% of the goods arrive by rail.",), ("9%",), ("九成以上的货物由铁路运来。",)),
        Example(("Nine out of ten arrive by rail.",), (), ("九成由铁路运来。",)),
        Example(("Some 30 people came.",), ("30",), ("约三百人参加。",)),
        Example(("He was born in 1986.",), ("1986",), ("他生于1968年。",)),
        Example(("Three in ten, or 50%, agreed.",), ("50%",), ("三成人（30%）同意。",)),
        Example(("The bridge is 2,500 meters long.",), ("2,500",), ("大桥全长2.5万米。",)),
        Example(("The budget is 320 million yuan.",), ("320 million",), ("预算为32亿元。",)),
        Example(("It has 23 branches and 900 staff.",), ("23",), ("公司有32家分公司、900名员工。",)),
        Example(("A total of 5,000 tons of grain were moved on 14 trains.",), ("14",), ("41趟列车运送粮食5000吨。",)),
        Example(("More than 40 firms took part.",), ("40",), ("参展企业400余家。",)),
        Example(("It grew to 1.5 billion yuan.",), ("1.5 billion",), ("增至一亿五千万元。",)),
        Example(("4. The road is closed.",), ("4",), ("3. 道路封闭。",)),
        Example(("3. The road is closed.",), (), ("3、道路封闭。",)),
        Example(("It sold 35,000 cars.",), (), ("售出3.5万辆汽车。",)),
        Example(("More than 50,000 people came.",), (), ("5万多人参加。",)),
        Example(("More than 13 million tons",), (), ("1300余万吨",)),
        Example(("It cost 23,000 yuan.",), (), ("花费2万3000元。",)),
        Example(("The road is 3 kilometers long.",), (), ("道路长3千米。",)),
        Example(("The parcel weighs 20 kilograms.",), (), ("包裹重20千克。",)),
        Example(("The pig weighs 100 kilograms.",), (), ("这头猪重200斤。",)),
        Example(("1. The first task is growth.",), (), ("一、首要任务是发展。",)),
        Example(("On February 10, 2023, the fair opened.",), (), ("2023.02.10，展会开幕。",)),
        Example(("Thirty percent agreed.",), (), ("三成的人同意。",)),
        Example(("One third of the firms lost money.",), (), ("三分之一的企业亏损。",)),
        Example(("Sales rose fivefold.",), (), ("销售增长4倍。",)),
        Example(("At 8 p.m. the show began.",), (), ("20时，演出开始。",)),
        Example(("The 20th National Congress",), (), ("二十大",)),
        Example(("From 3 to 5 million yuan",), (), ("300万至500万元",)),
        Example(("Two out of 120 voted against it.",), (), ("120人中有两人反对。",)),
        Example(("The post-90s generation",), (), ("90后",)),
        Example(("He came.",), (), ("他来了。",)),
    )


def compare(source: str, target: str, reads: Reader, writes: Reader) -> tuple[list[Quantity], list[Quantity]]:
    """The numbers of a source (read by ``reads``) that its translation does not have, and the other way round."""
    theirs, ours = reads.read(source), writes.read(target)
    marks = _mark(source), _mark(target)
    if not any(q.firm for q in theirs) and not any(q.firm for q in ours):
        return [], []
    available = {value for q in ours for value in q.readings}
    runs = set(re.findall(r"\d+", target))
    wanted = {value for q in theirs for value in q.readings}
    for word, values in IMPLIED.items():
        if word in source:
            wanted |= {Fraction(value) for value in values}
        if word in target:
            available |= {Fraction(value) for value in values}
    if RELATIVE.search(source):
        wanted |= {Fraction(year) for year in range(1990, 2040)}
    wanted |= {Fraction(run) for run in re.findall(r"\d+", source)}
    wanted |= {Fraction(run) for run in re.findall(r"\d+\.\d+", source)}
    missing = [q for q in theirs if q.firm and q.start >= marks[0] and not q.readings & available][: 2 * MANY]
    extra = [q for q in ours if q.firm and q.start >= marks[1] and not q.readings & wanted][: 2 * MANY]
    near = sorted(available)[: 4 * MANY], sorted(wanted)[: 4 * MANY]
    missing = [q for q in missing if not _met(q, near[0], runs)]
    extra = [q for q in extra if not any(rounds(w, q.value) for w in near[1])]
    return unconverted(source, theirs, missing, target, ours, extra)


def _met(quantity: Quantity, available: list[Fraction], runs: set[str]) -> bool:
    if any(rounds(quantity.value, value) for value in available):
        return True
    digits = re.findall(r"\d+", quantity.text)
    return bool(digits) and not any(sign.isalpha() for sign in quantity.text) and all(run in runs for run in digits)


def _pairs(theirs: list[Quantity], ours: list[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Unmatched numbers of both sides that are one and the same number, likeliest pairs first."""
    scored = sorted(
        ((_likeness(there, here, i, j), i, j) for i, there in enumerate(theirs) for j, here in enumerate(ours)),
        key=lambda item: (-item[0], item[1], item[2]),
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for likeness, i, j in scored:
        if likeness > 0 and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            yield theirs[i], ours[j]


def _likeness(there: Quantity, here: Quantity, i: int, j: int) -> float:
    if not there.value or not here.value:
        return 0.0
    score = 1.0 if there.kind == here.kind else 0.5 if "percent" not in (there.kind, here.kind) else 0.0
    if _power_of_ten(here.value / there.value):
        score += 3
    mine, other = _digits(there.value), _digits(here.value)
    if sorted(mine) == sorted(other):
        score += 2
    elif len(mine) == len(other):
        score += sum(a == b for a, b in zip(mine, other, strict=True)) / len(mine)
    return score - 0.3 * abs(i - j)


def _power_of_ten(ratio: Fraction) -> bool:
    if ratio <= 0:
        return False
    while ratio > 1:
        ratio /= 10
    while ratio < 1:
        ratio *= 10
    return ratio == 1


def _digits(value: Fraction) -> str:
    return plain(value).replace(",", "").replace(".", "").strip("0")


def _written(there: Quantity, here: Quantity, ours: Reader) -> str:
    """The source's value, written the way the translation wrote its own."""
    tail = re.search(
        r"\s?(?:[%٪]|percent(?:age points?)?|per cent|Prozent\w*|(?:في |ب)(?:ال)?(?:مئة|مائة))$", here.text
    )
    if there.kind == "percent":
        return ours.write_like(there.value, here.text) + (tail.group() if tail else ours.percent)
    if here.kind == "date" or (there.kind == "date" and 1000 <= there.value <= 2100):
        return str(there.value) + ("s" if here.text.endswith("s") else "")
    if there.kind == "ordinal" and here.kind == "ordinal" and "en" in ours.languages:
        number = int(there.value)
        ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"
    return ours.write_like(there.value, here.text)


def _mark(text: str) -> int:
    """Where the text proper begins, after a list mark; 0 without one."""
    match = LIST_MARK.match(text)
    return match.end() if match else 0


DETECTOR = Numbers()
