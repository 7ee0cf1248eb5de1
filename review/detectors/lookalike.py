"""Names that only spell out Chinese characters: “Kaos” for 卡奥斯, whose owner may call itself otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors._article import english
from review.detectors._evidence import MANY, from_chinese
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.names import Name, names
from review.text.pinyin import Reading, reading_of
from review.text.places import KINDS, WELL_KNOWN
from review.text.source_names import PERSONAL, SURNAMES
from review.text.termbase import TermIndex

CONFIDENCE = 0.3
"""Reviewers look up the name and mostly find it right: on expert marks such a name is no likelier to be an error."""

_BODY = (
    r"(?:集团|公司|股份|科技|工业|互联网|平台|品牌|系统|汽车|电器|电子|软件|智能|生物|医药|药业|能源|资本|基金|证券|银行|保险|控股|物流"
    r"|传媒|影业|游戏|直播|电商|商城|超市|酒店|餐饮|乐园|手机|芯片|大模型|应用|APP|App)"
)
BODY = re.compile(_BODY)
"""What follows the name of a firm, a brand or a product, which may have an official name in English."""

LIKELY = re.compile(rf"{_BODY}|[“「《\"]")
"""A source without any of these names no firm, brand or product that could be told."""

QUOTED = re.compile(r"[“”「」《》\"]")


class Lookalike(Detector):
    name = "lookalike"
    title = "Name spelt out in pinyin"
    advice = "A firm, a brand or a product has a name of its own in English: look for it before spelling it out."
    source = "ISO 7098:2015, Romanization of Chinese; each owner’s own English name comes first"
    category = "terminology"
    subcategory = "wrong term"
    needs = frozenset({"source"})

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article) or not from_chinese(article):
            return
        told: set[str] = set()
        for segment in article.segments:
            if segment.source and segment.text.strip() and LIKELY.search(segment.source):
                yield from self._segment(segment, segment.source, context.terms, told)

    def _segment(self, segment: Segment, source: str, terms: TermIndex | None, told: set[str]) -> Iterator[Flag]:
        for name in names(segment.text)[:MANY]:
            reading = None if name.text.isupper() or " " in name.text else reading_of(name.text, source)
            if reading is None or reading.text in told or not _official(source, reading, name):
                continue
            if terms is not None and any(
                hit.start < reading.end and reading.start < hit.end for hit in terms.find(source, "zh")
            ):
                continue
            told.add(reading.text)
            yield self.flag(
                segment,
                name.start,
                name.end,
                f"“{name.text}” spells out {reading.text}; check the official name.",
                severity="neutral",
                confidence=CONFIDENCE,
                evidence=f"{reading.text} is not in the termbase",
            )

    examples = (
        Example(("The platform Kaos helps firms.",), ("Kaos",), ("卡奥斯工业互联网平台助力企业。",)),
        Example(("The brand Lanjing grew.",), ("Lanjing",), ("“蓝鲸”品牌壮大。",)),
        Example(("He invested in Qiming.",), ("Qiming",), ("他投资了启明科技。",)),
        Example(("He works for Tianhong.",), ("Tianhong",), ("他在天虹集团工作。",)),
        Example(("The goods of Meidi sell well.",), ("Meidi",), ("美的电器畅销。",)),
        Example(("Cars by Lingpao are dear.",), ("Lingpao",), ("零跑汽车价格高。",)),
        Example(("The group Yili makes milk.",), ("Yili",), ("伊利集团生产牛奶。",)),
        Example(("A lab of Hanlan opened.",), ("Hanlan",), ("瀚蓝能源实验室成立。",)),
        Example(("A phone by Chuanyin sold well.",), ("Chuanyin",), ("传音手机畅销。",)),
        Example(("The novel “Doupo” is out.",), ("Doupo",), ("小说《斗破》出版。",)),
        Example(("The platform COSMOPlat helps firms.",), (), ("卡奥斯工业互联网平台助力企业。",)),
        Example(("He visited Xiaolin.",), (), ("他去了小林。",)),
        Example(("He met Zhao Chunshan.",), (), ("他会见了赵春山。",)),
        Example(("The city of Qingdao grew.",), (), ("“青岛”壮大。",)),
        Example(("The phones of Huawei sell.",), (), ("华为手机畅销。",)),
        Example(("The village Liujia grew.",), (), ("刘家村壮大。",)),
    )


def _official(source: str, reading: Reading, name: Name) -> bool:
    """Whether the characters name a firm, a brand or a product, and no person or place known by its pinyin."""
    before, after = source[: reading.start][-1:], source[reading.end :]
    if reading.text in WELL_KNOWN or any(known in reading.text for known in WELL_KNOWN) or after[:1] in KINDS:
        return False
    if before in SURNAMES and PERSONAL.match(after):
        return False
    quoted = bool(QUOTED.match(before)) and bool(QUOTED.match(after))
    return quoted or BODY.match(after) is not None


DETECTOR = Lookalike()
