"""When two names may be one: by their letters, and by what the source has in both places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from review.model import Segment

SURNAMES = dict(
    pair.split("/")
    for pair in (
        "Wang/王汪 Li/李黎厉 Zhang/张章 Liu/刘柳 Chen/陈谌 Yang/杨 Huang/黄 Zhao/赵 Wu/吴武伍邬巫 Zhou/周 "
        "Xu/徐许 Sun/孙 Ma/马 Zhu/朱祝 Hu/胡 Guo/郭 He/何贺 Gao/高 Lin/林蔺 Luo/罗骆 Zheng/郑 Liang/梁 "
        "Xie/谢解 Song/宋 Tang/唐汤 Han/韩 Feng/冯丰 Yu/于余俞喻虞 Dong/董 Xiao/萧肖 Cheng/程成 Cao/曹 "
        "Yuan/袁 Deng/邓 Fu/傅付符 Shen/沈申 Zeng/曾 Peng/彭 Lu/卢陆鲁路 Su/苏 Jiang/蒋江姜 Cai/蔡 Jia/贾 "
        "Ding/丁 Wei/魏韦卫 Xue/薛 Ye/叶 Yan/阎严颜闫燕 Pan/潘 Du/杜 Dai/戴 Xia/夏 Zhong/钟 Tian/田 Ren/任 "
        "Fan/范樊 Fang/方房 Shi/石史施时 Yao/姚 Tan/谭谈 Liao/廖 Zou/邹 Xiong/熊 Jin/金靳 Hao/郝 Kong/孔 "
        "Bai/白柏 Cui/崔 Kang/康 Mao/毛茅 Qiu/邱仇裘 Qin/秦 Gu/顾谷古 Hou/侯 Shao/邵 Meng/孟蒙 Long/龙 "
        "Wan/万 Duan/段 Lei/雷 Qian/钱 Yin/尹殷 Chang/常 Qi/齐戚祁 Geng/耿 Ouyang/欧阳 Zhuang/庄 Wen/温文 "
        "Niu/牛 Ge/葛 Xing/邢 An/安 Ni/倪 Pang/庞 Lan/兰蓝 Nie/聂 Mu/穆 Qu/曲屈瞿 Xi/习席 Chu/褚楚"
    ).split()
)
"""Surnames in pinyin, each with the characters so read."""

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


def same_letters(one: str, other: str) -> bool:
    """Whether two different names differ only in spaces, hyphens, apostrophes or case."""
    return one != other and _letters(one) == _letters(other)


def close(one: str, other: str) -> bool:
    """Whether two names share a word and differ in the other by one letter or two, and not by its ending.

    Words of fewer than five letters are too short to tell.
    """
    left, right = one.split(), other.split()
    if len(left) != len(right) or len(left) < 2:
        return False
    differing = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    if len(differing) != 1:
        return False
    a, b = (part.lower() for part in differing[0])
    if (
        min(len(a), len(b)) < 5
        or a[0] != b[0]
        or {a + "s", a + "n", a + "an"} & {b}
        or {b + "s", b + "n", b + "an"} & {a}
    ):
        return False
    return distance(a, b, 1) <= 1


def distance(a: str, b: str, limit: int) -> int:
    """Edit distance with neighbours' exchange (optimal string alignment), or ``limit + 1`` where it is more."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return min(last[-1], limit + 1)


def shared_source(segments: Sequence[Segment], ones: list[int], others: list[int]) -> str | None:
    """The longest Chinese string, two to six signs, that the sources of all these segments share and few others have.

    None without sources or without such a string.
    """
    wanted = sorted({*ones, *others})
    if len(wanted) < 2:
        return None
    sources = [segments[number].source or "" for number in wanted]
    if not all(sources):
        return None
    shared: set[str] | None = None
    for source in sources:
        grams = {run[i : i + n] for run in _HAN.findall(source) for n in range(2, 7) for i in range(len(run) - n + 1)}
        shared = grams if shared is None else shared & grams
        if not shared:
            return None
    rest = [segment.source or "" for number, segment in enumerate(segments) if number not in wanted]
    rare = [gram for gram in shared or () if sum(gram in source for source in rest) <= max(1, len(rest) // 5)]
    return max(rare, key=lambda gram: (len(gram), gram), default=None)


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def renderings(segments: Sequence[Segment], names: dict[int, list[str]]) -> dict[str, dict[int, str]]:
    """Chinese full names that the source repeats, each with its rendering by segment number.

    ``names`` holds the names of two words found in each segment's translation. Only names come back that have
    more than one rendering, and only segments in which the surname stands once.
    """
    seen: dict[str, dict[int, str]] = {}
    for number, candidates in names.items():
        runs = _HAN.findall(segments[number].source or "")
        for candidate in set(candidates):
            surname, given = candidate.split()[0], candidate.split()[1:]
            if surname not in SURNAMES or len(given) != 1 or sum(n.split()[0] == surname for n in set(candidates)) > 1:
                continue
            for run in runs:
                for at, char in enumerate(run):
                    if char in SURNAMES[surname]:
                        for size in (2, 3):
                            if at + size <= len(run):
                                seen.setdefault(run[at : at + size], {})[number] = candidate
    found = {person: by for person, by in seen.items() if len(set(by.values())) > 1}
    full = {person: by for person, by in found.items() if len(person) == 3}
    short = {p: by for p, by in found.items() if len(p) == 2 and not any(p == longer[:2] for longer in full)}
    return full | short
