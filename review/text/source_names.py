"""Names in Chinese text that their characters tell: transliterations, people with a title or a verb of saying."""

from __future__ import annotations

import re

_SOUNDS = (
    "阿埃艾爱安奥巴拜班邦贝本比彼毕波伯博布查达戴丹德邓迪蒂丁杜多顿厄恩尔法菲费芬弗佛夫福盖冈戈格古哈海汉赫亨胡霍基吉加贾"
    "简杰金卡凯坎康考柯科可克肯库拉莱赖兰朗劳勒雷里利莉连林琳隆卢鲁路伦罗洛马玛迈曼梅门蒙米密摩莫默木穆纳娜奈南内尼聂宁"
    "纽诺欧帕潘庞佩彭皮普奇乔切琼让热萨塞瑟森沙莎山尚舍什圣施史朔斯苏索塔泰坦汤特提图托瓦万威韦维温沃乌伍西希夏谢辛休"
    "雅亚延扬耶叶伊因英尤约扎詹珍佐兹祖登冯普廷朗默茨耳妮丝黛蓓蕾"
)
_TRANSLITERATED = re.compile(rf"[{_SOUNDS}]{{2,7}}(?:·[{_SOUNDS}]{{1,7}})+|[{_SOUNDS}]{{4,7}}")
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐韩冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任"
    "姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文尤牛习柯"
)
_BEFORE = (
    r"(?:主席|总统|总理|部长|书记|市长|省长|主任|局长|院长|校长|教授|记者|发言人|董事长|总裁|经理|会长|秘书长|司长|处长|医生|女士|先生"
    r"|专家|研究员|顾问)"
)
_AFTER = (
    r"(?:说|表示|指出|认为|称|介绍|强调|告诉|主持|出席|宣布|透露|坦言|回应|呼吁|会见|先生|女士|教授|主席|总统|总理|部长"
    r"|书记)"
)
PERSONAL = re.compile(_AFTER)
"""What follows a person's name: a verb of saying, or a title."""

_TITLED = re.compile(
    rf"{_BEFORE}(?P<name>[{SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?={_AFTER}|[，。、：（）)\s]|$|在|的|和|与|对|于|将)"
)
_SAYING = re.compile(rf"(?:^|[，。；：、“）)\s])(?P<name>[{SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?={_AFTER})")


def sounds(text: str) -> int:
    """How many characters of a text are such as write the sounds of foreign names."""
    return sum(letter in _SOUNDS for letter in text)


def chinese_names(text: str) -> set[str]:
    """The names that can be told in a Chinese text: 里希·苏纳克, 冯德莱恩, 王某 after a title or before “said”."""
    found = {match.group() for match in _TRANSLITERATED.finditer(text)}
    for pattern in (_TITLED, _SAYING):
        found |= {match["name"] for match in pattern.finditer(text)}
    return found
