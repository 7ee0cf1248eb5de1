"""Visits and inspections: 调研, 考察, 听取介绍."""

from __future__ import annotations

PHRASES: tuple[tuple[str, tuple[str, ...], str, float], ...] = (
    (
        r"participated in the (?:survey|investigation|research|surveys|investigations)",
        ("joined the inspection", "took part in the visit"),
        "调研 by officials is a visit to see for oneself, not a survey",
        0.8,
    ),
    (
        r"(?:accompanied|attended|joined) (?:the|in the) (?:survey|investigation|research)",
        ("joined the inspection",),
        "调研 by officials is a visit to see for oneself, not a survey",
        0.75,
    ),
    (
        r"investigat(?:e|ed|es|ing) and research(?:ed|es|ing)?",
        ("make a study of", "look into"),
        "调查研究 says one thing twice",
        0.75,
    ),
    (
        r"(?:conduct|carr(?:y|ied) out|conducted|carrying out|conducting) (?:an? )?(?:investigation and "
        r"research|research and investigation)s?",
        ("make a field study", "visit and study"),
        "调查研究 says one thing twice",
        0.75,
    ),
    (
        r"(?:went|came|goes|going|go) (?:deep into|deep to|deeply into|to) (?:the )?(?:grass-?roots|front "
        r"?lines?)(?: level| units?)?",
        ("went to see local offices", "visited people where they work"),
        "深入基层 is a figure of speech; say where the person went",
        0.6,
    ),
    (
        r"carefully listen(?:ed|s|ing)? to (?:the |an? )?(?:\w+ )?(?:introduction|report|situation"
        r"|explanation|briefing)s?",
        ("was briefed on", "heard a report on"),
        "认真听取介绍 is being briefed",
        0.75,
    ),
    (
        r"listened (?:carefully |attentively )?to (?:the )?(?:introduction|situation)s?(?: of| on| about)?",
        ("was briefed on",),
        "听取介绍 is being briefed",
        0.7,
    ),
    (r"(?:inquired|asked) in detail about", ("asked about",), "详细询问 needs no “in detail”", 0.5),
    (
        r"learn(?:ed|t|s|ing)? (?:in detail |in depth )about the (?:relevant )?situation",
        ("asked about", "learned about"),
        "了解情况 names no situation",
        0.55,
    ),
    (
        r"(?:understand|understood|understanding) (?:the )?(?:relevant |specific |detailed |general |basic "
        r")situation(?: of)?",
        ("find out about", "learn about"),
        "了解情况 is to find out",
        0.6,
    ),
    (
        r"on-?the-?spot (?:investigation|research|inspection)s?",
        ("site visit", "on-site inspection"),
        "实地考察 is a site visit",
        0.55,
    ),
    (r"work(?:ed|ing)? inspection", ("inspection tour",), "工作考察 is an inspection", 0.5),
)
