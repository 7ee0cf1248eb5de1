"""Article views for the grid's tests, written for them."""

# ruff: noqa: E501

from __future__ import annotations

import hashlib
import re
from typing import Any

FLOW = """A harbour that makes its own machines | Lanshan | Chen Lan_Harbour News

[ad_1]

Harbour Daily, March 3 This morning, Chen Lan visited the Kaos platform. She stressed that a city \
cannot live on its port alone. For “double cycle” trade, the Kaos platform serves companies better.

Chen Lan said that the platform, which began as a workshop for winches, tries new ways of selling. \
With Kaos and two more platforms, the harbour has found buyers for its old cranes. \
Shows good prospects. It is time to lay rails to the new quay, and to teach welders how to read \
the plans of the yard.

Later, the delegation went to the the planning hall. The Kaos platform was praised again.

[ad_2]"""

PAIRS = [
    (
        "陈岚上午到海尔集团调研。",
        "This morning, Chen Lan went to the Group Haier to investigate.",
        "Chen Lan visited Haier Group this morning.",
    ),
    (
        "她强调，要加快构建双循环。",
        "She stressed the need to hasten the double cycle of the economy.",
        "She called for faster progress towards dual circulation.",
    ),
    (
        "卡奥斯平台已赋能企业8万家。",
        "The Kaos platform has empowered 8,000 companies.",
        "The COSMOPlat platform serves 80,000 companies.",
    ),
    (
        "实体企业是经济的根基。",
        "Physical enterprise is the root of economy.",
        "Real-economy enterprises are the bedrock of the economy.",
    ),
    (
        "下一步，要部署重点工作。",
        "In the next step, it is necessary to deploy key work.",
        "The next step is to plan the main tasks.",
    ),
    ("与会人员进行了座谈。", "Participants had had a discussion.", "Those present held a discussion."),
]

ARABIC = [
    "زارت تشن لان منصة كاوس الصناعية صباح اليوم.",
    "وأكدت أن الصناعة هي أساس المدينة، وأن نمط «الدورة المزدوجة» يخدم الشركات.",
    "منصة كاوس تخدم 80,000 شركة في مدينة Qingdao الساحلية.",
]

RULES = [
    # pattern, suggestions, detector, title, category, subcategory, severity, confidence, message, evidence
    (r"Kaos|كاوس", ["COSMOPlat"], "terminology", "Term", "terminology", "wrong term", "major", 0.96,
     "卡奥斯 is Haier's industrial internet platform; its English name is COSMOPlat.", "Used by Haier Group on its English site"),
    (r"double cycle", ["dual circulation"], "terminology", "Term", "terminology", "wrong term", "major", 0.97,
     "双循环 has an established English name.", "State Council, Xinhua"),
    (r"[Pp]hysical enterprise", ["real-economy enterprises", "The real economy"], "terminology", "Term", "terminology", "wrong term", "minor", 0.9,
     "实体企业 means companies of the real economy.", ""),
    (r"the Group Haier", ["Haier Group"], "names", "Name order", "locale conventions", "name format", "minor", 0.9, "The company writes its name Haier Group.", ""),
    (r"\[ad_\d\]", [""], "leftovers", "Page leftover", "design and markup", "leftover", "critical", 0.99,
     "An advertisement slot left by the page the text was copied from.", ""),
    (r"_Harbour News", [""], "leftovers", "Page leftover", "design and markup", "leftover", "major", 0.95, "The site's name was left in the headline.", ""),
    (r"the the|had had", ["the"], "doubled", "Doubled word", "linguistic conventions", "duplication", "minor", 0.94, "The word stands twice.", ""),
    (r"^Shows good prospects\.", ["It shows good prospects."], "fragments", "Fragment", "linguistic conventions", "grammar", "minor", 0.8,
     "A sentence without a subject.", ""),
    (r"8,000", ["80,000"], "numbers", "Number", "accuracy", "mistranslation", "critical", 0.98, "8万 is 80,000 (8 × 10,000); the translation says 8,000.", "8 × 10,000 = 80,000"),
]  # fmt: skip


def flags(segment: int, text: str) -> list[dict[str, Any]]:
    """What a few simple rules find; offsets in code points."""
    found = []
    for pattern, suggestions, detector, title, category, subcategory, severity, confidence, message, evidence in RULES:
        for occurrence, match in enumerate(re.finditer(pattern, text)):
            name = f"{segment}{detector}{match[0]}{occurrence}"
            found.append({
                "id": hashlib.sha256(name.encode()).hexdigest()[:16], "side": "target", "start": match.start(), "end": match.end(),
                "detector": detector, "title": title, "category": category, "subcategory": subcategory, "severity": severity,
                "confidence": confidence, "message": message, "suggestions": suggestions, "evidence": evidence, "version": 1,
                "state": "open", "event": None,
            })  # fmt: skip
    return sorted(found, key=lambda flag: int(str(flag["start"])))


def segment(
    number: int, text: str, paragraph: int, source: str | None = None, references: list[str] | None = None
) -> dict[str, Any]:
    return {
        "id": number, "name": str(number), "paragraph": paragraph, "source": source, "hypothesis": text, "text": text,
        "references": references or [], "alternatives": [], "version": 0, "status": "new", "locked": False, "deleted": False,
        "inserted": False, "words": len(text.split()), "risk": 0.1, "flags": flags(number, text), "comments": [], "marks": [],
    }  # fmt: skip


def article(number: int, name: str, segments: list[dict[str, Any]], **fields: Any) -> dict[str, Any]:
    return {
        "id": number, "name": name, "system": "engine", "sourceLanguage": "", "targetLanguage": "en", "targetDir": "ltr",
        "sourceDir": "ltr", "hasSource": False, "hasReference": False, "revision": 1, "segments": segments, "undo": [],
        "redo": [], "memberships": "reviewer", **fields,
    }  # fmt: skip


def sentences(text: str) -> list[tuple[int, str]]:
    """Paragraph number and sentence, cut in the simplest way."""
    return [
        (number, sentence)
        for number, paragraph in enumerate(part for part in text.split("\n\n") if part.strip())
        for sentence in re.split(r"(?<=[.!?”])\s+(?=[A-Z“])", paragraph.strip())
    ]


def flow(text: str = FLOW, first: int = 101) -> dict[str, Any]:
    segments = [segment(first + index, part, paragraph) for index, (paragraph, part) in enumerate(sentences(text))]
    return article(1, "Harbour", segments)


def pairs(repeat: int = 1) -> dict[str, Any]:
    segments = [
        segment(201 + index, target, index // 3, source, [reference])
        for index, (source, target, reference) in enumerate(PAIRS * repeat)
    ]
    segments[2]["alternatives"] = [{"system": "engine B", "text": "COSMOPlat has empowered 80,000 businesses."}]
    return article(2, "Visit", segments, sourceLanguage="zh", hasSource=True, hasReference=True)


def arabic() -> dict[str, Any]:
    segments = [segment(301 + index, text, index // 2, "源文" * 5) for index, text in enumerate(ARABIC)]
    return article(3, "زيارة", segments, sourceLanguage="zh", targetLanguage="ar", targetDir="rtl", hasSource=True)


CODED = [
    # source, text, reference, codes
    (
        "打开<1>设置</1>，选择<2/>语言。",
        "Open <1>Settings</1> and choose the <2/> language.",
        "Open <1>Settings</1>, then pick a <2/> language.",
        [["<1>", "<a>", True], ["</1>", "</a>", True], ["<2/>", "image", True]],
    ),
    (
        "卡奥斯<1>平台</1>已上线。",
        "The Kaos <1>platform</1> is online.",
        "The <1>COSMOPlat</1> platform is online.",
        [["<1>", "<b>", True], ["</1>", "</b>", True]],
    ),
    (
        "<1>港口</1>很<2>大</2>。",
        "The port is large 𝒳 <2>indeed</2>.",
        "",
        [["<1>", "<b>", True], ["</1>", "</b>", True], ["<2>", "<i>", True], ["</2>", "</i>", True]],
    ),
    ("没有代码。", "No codes here, only <9> as text.", "", []),
]


def coded() -> dict[str, Any]:
    segments = [
        segment(401 + index, target, index // 2, source, [reference] if reference else [])
        for index, (source, target, reference, _) in enumerate(CODED)
    ]
    for made, (*_, codes) in zip(segments, CODED, strict=True):
        if codes:
            made["codes"] = codes
    segments[0]["notes"] = ["Button label: at most 40 letters.", "Second remark"]
    segments[0]["alternatives"] = [
        {"system": "engine B", "text": "Open the <1>settings</1> and select the <2/> language."}
    ]
    return article(4, "Help", segments, sourceLanguage="zh", hasSource=True, hasReference=True)


ARTICLES = {
    "coded": coded,
    "flow": flow,
    "pairs": pairs,
    "arabic": arabic,
    "long": lambda: pairs(50),
    "huge": lambda: pairs(340),
}
