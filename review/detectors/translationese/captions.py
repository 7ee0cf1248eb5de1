"""Captions and stock phrases of reporters: 资料图, 据介绍, 记者获悉."""

from __future__ import annotations

PHRASES: tuple[tuple[str, tuple[str, ...], str, float], ...] = (
    (
        r"(?:data|information|profile) (?:map|picture|figure|image|photo)(?=[.:)\]]|$)",
        ("File photo",),
        "资料图 is a file photo",
        0.8,
    ),
    (
        r"(?:the )?(?:picture|photo|figure) shows (?:the )?(?:data|information|profile) (?:map|picture)",
        ("File photo",),
        "资料图 is a file photo",
        0.8,
    ),
    (
        r"the (?:reporter|journalist) (?:learned|learnt|was informed) (?:from|that)",
        ("it was learned from",),
        "记者获悉: the paper's own reporter is not news",
        0.4,
    ),
    (
        r"according to (?:the )?(?:introduction|report introduction)",
        ("It is said that", "Officials said"),
        "据介绍 is no introduction: someone said it",
        0.65,
    ),
    (r"it is understood that", ("reportedly",), "据了解: name who said it, or leave it out", 0.35),
    (r"it is reported that", ("reportedly",), "据悉: name who said it, or leave it out", 0.3),
    (r"the picture (?:above |below )?shows", ("Pictured:",), "图为 opens a caption", 0.35),
    (
        r"(?:the )?(?:industry insiders|insiders in the industry)",
        ("industry observers",),
        "业内人士 are industry observers",
        0.3,
    ),
    (r"nearly (?:a )?(?:hundred|thousand) people and other", ("among others",), "等 ends a list", 0.4),
    (r"strong vitality(?: and vigor)?", ("energy",), "强大生命力 is energy", 0.4),
    (r"conscientiousness and (?:sense of )?responsibility", ("sense of duty",), "责任心 is a sense of duty", 0.45),
    (r"persons? with lofty ideals", ("people of good will",), "仁人志士 are people of good will", 0.5),
    (
        r"letters? and visits?(?: work| departments?| office)?",
        ("public complaints",),
        "信访 are complaints to the authorities",
        0.5,
    ),
    (r"leaders at all levels", ("officials at every level",), "各级领导 are officials at every level", 0.45),
    (r"red[- ]headed documents?", ("official document",), "红头文件 is an official document", 0.75),
    (r"one[- ]hand (?:grasp|grip)", ("attend to both",), "一手抓 is to attend to", 0.75),
    (r"two[- ]hand(?:ed)? (?:grasp|grip)", ("attend to both",), "两手抓 is to attend to both", 0.75),
)
