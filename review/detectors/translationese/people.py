"""Who was there: 负责人, 领导同志, 广大群众."""

from __future__ import annotations

PHRASES: tuple[tuple[str, tuple[str, ...], str, float], ...] = (
    (
        r"(?:the )?relevant (?:person|persons|people) in charge(?: of)?",
        ("officials of", "an official of"),
        "相关负责人 is an official or a manager",
        0.75,
    ),
    (
        r"(?:the )?(?:main|principal) (?:person|persons|people) in charge(?: of)?",
        ("the head of",),
        "主要负责人 is the head",
        0.75,
    ),
    (
        r"(?:the )?(?:person|persons|people) in charge of (?:the )?relevant "
        r"(?:departments?|units?|enterprises?|companies)",
        ("officials concerned",),
        "有关部门负责人 are the officials concerned",
        0.75,
    ),
    (
        r"(?:the )?(?:relevant )?leading comrades?(?: in charge)?(?: of| responsible for)?",
        ("senior officials of",),
        "领导同志 are senior officials",
        0.7,
    ),
    (r"(?:the )?(?:relevant )?responsible comrades?(?: of| from)?", ("officials of",), "负责同志 are officials", 0.75),
    (
        r"(?:main|principal|relevant) leaders of (?:the )?(?:relevant )?(?:departments?|units?)",
        ("heads of the departments concerned",),
        "主要领导 are the heads",
        0.6,
    ),
    (r"(?:the )?broad masses(?: of (?:the )?people)?", ("the people",), "广大群众 are the people", 0.6),
    (r"(?:the )?majority of (?:party members and )?cadres", ("officials",), "广大干部 are officials", 0.55),
    (r"cadres and (?:the )?masses", ("officials and residents",), "干部群众 are officials and residents", 0.6),
    (
        r"relevant (?:government )?departments and units",
        ("the departments concerned",),
        "有关部门和单位 are the departments concerned",
        0.5,
    ),
)
