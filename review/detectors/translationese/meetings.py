"""Meetings and their outcome: 座谈会, 交流发言, 部署, 精神."""

from __future__ import annotations

PHRASES: tuple[tuple[str, tuple[str, ...], str, float], ...] = (
    (
        r"exchang(?:ed|e|es|ing) (?:their |some )?speech(?:es)?",
        ("spoke in turn", "gave their views"),
        "交流发言 is speaking in turn; speeches are not exchanged",
        0.8,
    ),
    (
        r"(?:made|make|makes|making|gave|delivered) (?:an? )?exchange speech(?:es)?",
        ("spoke",),
        "交流发言 is speaking in turn",
        0.8,
    ),
    (
        r"in the (?:subsequent|following|ensuing) symposium",
        ("at the meeting that followed",),
        "座谈会 is a discussion meeting, rarely a symposium",
        0.65,
    ),
    (
        r"(?:held|hold|holds|holding|organi[sz]ed|convened|attended|presided over) (?:a|the) symposium",
        ("held a meeting", "held a discussion"),
        "座谈会 is a discussion meeting; a symposium is for scholars",
        0.5,
    ),
    (
        r"presided over the meeting and (?:made|delivered|gave) (?:an? )?(?:important )?speech",
        ("chaired the meeting and spoke",),
        "主持会议并讲话 is chairing and speaking",
        0.6,
    ),
    (
        r"(?:made|delivered|gave|make|deliver) an? important (?:speech|instruction|address)s?",
        ("gave a speech",),
        "重要讲话: “important” is a matter of rank, not news",
        0.5,
    ),
    (
        r"put(?:s|ting)? forward (?:clear |specific |new |further |higher )?(?:work )?requirements?(?: for)?",
        ("set out what is needed for", "gave instructions on"),
        "提出要求 is to give instructions",
        0.65,
    ),
    (
        r"(?:made|make|makes|making) (?:arrangements and )?deployments?(?: and arrangements?)?",
        ("made plans", "set tasks"),
        "部署 of work is planning; deployment is for troops and machines",
        0.75,
    ),
    (
        r"(?:research|study|studied|studying) and deploy(?:ed|ment|ing)?(?: of)?",
        ("plan", "discuss and plan"),
        "研究部署 is to discuss and plan",
        0.75,
    ),
    (
        r"deploy(?:ed|ing|s)? (?:the )?(?:next )?(?:step of )?(?:\w+ )?(?:key )?(?:work|tasks?)",
        ("plan the work",),
        "部署工作 is to plan work; deployment is for troops and machines",
        0.7,
    ),
    (
        r"implement(?:ed|ing|s)? the (?:\w+ )?(?:decisions? and |decision-making and )?deployments?",
        ("carry out the decisions", "carry out the plans"),
        "决策部署 are decisions and plans; deployment is for troops and machines",
        0.75,
    ),
    (
        r"(?:the )?decision-making and deployments?",
        ("the decisions and plans",),
        "决策部署 are decisions and plans",
        0.7,
    ),
    (
        r"(?:transmit|transmitted|transmitting|convey|conveyed|conveying) and (?:study|studied|studying|learn"
        r"|learned|learning)(?: the spirit of)?",
        ("study",),
        "传达学习 is to pass on and study; the study implies the rest",
        0.55,
    ),
    (
        r"(?:study|studying|studied|learn|learning|implement|implementing|implemented) (?:and "
        r"implement(?:ing|ed)? )?the spirit of (?:the )?(?:\w+ )?(?:meeting|speech|conference"
        r"|instructions?|session|document)s?",
        ("follow the guidelines of the meeting",),
        "会议精神 are the guidelines a meeting set",
        0.6,
    ),
    (
        r"unify(?:ing)? (?:their |our )?(?:thoughts?|thinking|ideas)(?: and action)?",
        ("agree on the aims",),
        "统一思想 is to agree",
        0.6,
    ),
)
