"""Site and channel names that scraping leaves at the end of a headline: "…_Example News", "… - Example Online"."""

from __future__ import annotations

import re
from collections.abc import Iterator

KNOWN = (
    r"Sina(?:\.com(?:\.cn)?)?|Sohu(?:\.com)?|Tencent|QQ(?:\.com)?|NetEase|163(?:\.com)?|iFeng(?:\.com)?|Ifeng|Phoenix(?:\sNet)?"
    r"|Xinhua(?:\s?net)?|Xinhuanet|CCTV(?:\.com)?|CNTV|CNR|CRI|People[’']?s?\s(?:Daily|Net)|China\.com(?:\.cn)?|chinanews(?:\.com)?"
    r"|Guancha|Observer\sNetwork|The\sPaper|Pengpai|Surging\sNews|Huanqiu|Global\sNet(?:work)?|Baidu|Baijiahao|Toutiao"
    r"|Today[’']?s\sHeadlines|Jiemian|Caixin|Yicai|First\sFinancial|East(?:ern)?\sMoney|Eastmoney|Hexun|Weibo|WeChat|Zhihu"
    r"|Bilibili|Douban|36\s?Kr|Dahe|Qilu|Iqilu|Dazhong|Rednet|Huasheng|Southcn|Nanfang|Beiqing|Bandao|Qingdao\sNews|Jiangsu\sNet"
    r"|Zhejiang\sOnline|Gmw|Guangming|Youth\.cn|China\sYouth|Economic\sObserver|Yangtze|Hubei\sNet|Dongfang|Eastday|Kankan"
)
KIND = (
    r"News|News\s(?:Network|Net|Center|Centre|Agency|Channel|Client|Online|Portal)|Net(?:work)?|Online|Daily|Evening\sNews"
    r"|Channel|Website|Web|Portal|Finance|Financial|Headlines?|Times|Post|Media|TV|Information(?:\sNetwork)?|Client"
    r"|Weekly|Herald|Morning\sPost|Press|Broadcasting|Radio|App|Technology|Sports|Entertainment|Auto|Military|Home\s?page"
    r"|[\w\-]+\.(?:com|cn|net|org)(?:\.cn)?"
)

_NAME = rf"(?:(?:{KNOWN})(?:\s[A-Z&](?:[^\W_]|[’'&.])*){{0,3}}|(?:(?:[^\W_]|[’'&.])+\s){{0,4}}(?:{KIND}))"
LOUD = re.compile(rf"\s*(?P<mark>[_|丨︱｜])\s*(?P<site>{_NAME})\s*[.”\"]?\s*$")
"""After an underscore or a bar, which stand in no prose, a site's name in any wording."""

QUIET = re.compile(
    rf"\s*(?P<mark>\s[\-–—―－·»>]|--|\s?—|_|-(?=(?:{KNOWN})\b))\s*(?P<site>(?:{KNOWN})(?:\s[A-Z&](?:[^\W_]|[’'&.])*){{0,3}}"
    rf"|(?:[A-Z](?:[^\W_]|[’'&.])*\s){{0,4}}(?:{KIND}))\s*[.”\"]?\s*$"
)
"""After a dash, which headlines do use, only a name that looks like a site's."""

UNDERSCORE = re.compile(r"\s*_+\s*(?P<site>[^\W\d_][\w\s.’'&\-]{1,40}?)\s*$")
KEYWORDS = re.compile(r"\s*[|丨︱｜]\s*(?P<site>[^|丨︱｜.!?]{1,40}?)\s*$")
KNOWN_ONLY = re.compile(rf"(?:{KNOWN})\b")
TERMINATED = re.compile(r"[.!?。][”\"’')]?\s*$")


def suffixes(text: str, first: bool) -> Iterator[tuple[int, int, str, float]]:
    """Site names and keywords at the end of a headline: ``(start, end, what, confidence)``, last first.

    ``first`` says that the text opens its article; elsewhere a dash and a name are too often prose.
    """
    end = len(text.rstrip())
    words = len(text.split())
    if words > 60:
        return
    for bars in range(5):
        head = text[:end]
        found = LOUD.search(head)
        if found and len(head[: found.start()].split()) >= 2:
            known = KNOWN_ONLY.match(found["site"]) is not None
            underscore = found["mark"] == "_"
            yield found.start(), end, "a site name left in the headline", _sure(known, underscore, first)
        elif (found := UNDERSCORE.search(head)) and len(head[: found.start()].split()) >= 3:
            yield found.start(), end, "a site or channel name left in the headline", 0.8
        elif (first or bars) and (found := KEYWORDS.search(head)) and len(head[: found.start()].split()) >= 3:
            if TERMINATED.search(head):
                return
            yield found.start(), end, "a keyword that the page added to its headline", 0.75
        elif (found := QUIET.search(head)) and len(head[: found.start()].split()) >= 3:
            known = KNOWN_ONLY.match(found["site"]) is not None
            if not (first or known or bars) or (TERMINATED.search(head) and not known):
                return
            yield found.start(), end, "a site name left in the headline", 0.88 if known else 0.8
        else:
            return
        end = found.start()


def _sure(known: bool, underscore: bool, first: bool) -> float:
    return 0.97 if known and (underscore or first) else 0.93 if underscore else 0.85
