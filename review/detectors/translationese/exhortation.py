"""What is to be done: 抓好, 科学, 认真, 压实责任."""

from __future__ import annotations

PHRASES: tuple[tuple[str, tuple[str, ...], str, float], ...] = (
    (
        r"grasp(?:ed|ing|s)? (?:[\w-]+ ){0,4}(?:firmly|tightly|well|in place)",
        ("see to", "press ahead with"),
        "抓好, 抓紧: English does not grasp work",
        0.7,
    ),
    (
        r"(?:firmly|tightly|earnestly|conscientiously|vigorously) grasp(?:ed|ing|s)? (?:the )?(?:\w+ "
        r"){0,3}(?:work|tasks?|implementation|construction|safety|production|prevention|projects?|rectification)",
        ("pay close attention to",),
        "狠抓, 紧抓: English does not grasp work",
        0.7,
    ),
    (
        r"firmly seiz(?:e|ed|es|ing) the opportunit(?:y|ies)",
        ("take the opportunity", "make the most of the opportunity"),
        "牢牢抓住机遇: one seizes a chance, without “firmly”",
        0.5,
    ),
    (
        r"scientifically (?:formulate|plan|arrange|organi[sz]e|deploy|guide|determine|set)(?:s|d|ed|ing)?",
        ("draw up carefully", "plan carefully"),
        "科学 before a verb means well-founded; English says nothing or “carefully”",
        0.65,
    ),
    (
        r"(?:earnestly|conscientiously) (?:implement|study|do|perform|fulfil|fulfill|carry "
        r"out)(?:s|ed|ing)?(?: a good job)?(?: of| in)?",
        ("carry out",),
        "认真 adds nothing that the verb does not say",
        0.5,
    ),
    (
        r"do(?:ing|ne)? a good job (?:in|of|at|on|for) (?:the )?(?:\w+ ){0,3}(?:work|prevention|control"
        r"|construction|services?|management)",
        ("see to it", "handle it well"),
        "做好…工作: name the act itself",
        0.6,
    ),
    (r"give(?:s|n)? full play to", ("make full use of", "draw on"), "充分发挥 is to make full use of", 0.45),
    (r"gave full play to", ("made full use of", "drew on"), "充分发挥 is to make full use of", 0.6),
    (
        r"further (?:unify|deepen|intensify|perfect|consolidate and expand) (?:the )?(?:\w+ "
        r")?(?:thought|understanding|work|achievements|mechanism)s?",
        ("build on",),
        "进一步 with an abstract object says little",
        0.5,
    ),
    (
        r"play(?:s|ed|ing)? a (?:leading |exemplary )?(?:vanguard and )?(?:exemplary|model|demonstration"
        r"|leading and driving) role",
        ("set an example",),
        "发挥示范作用 is to set an example",
        0.6,
    ),
    (
        r"inject(?:s|ed|ing)? (?:new |strong |fresh |more |a steady stream of |continuous "
        r")*(?:impetus|momentum|vitality|power|kinetic energy|driving force)(?: into)?",
        ("give new life to", "spur"),
        "注入动力 mixes figures; English spurs or drives",
        0.4,
    ),
    (
        r"(?:new and old|old and new|new) kinetic energy",
        ("new growth drivers",),
        "新旧动能 are growth drivers; kinetic energy is for physics",
        0.75,
    ),
    (
        r"(?:good|strong|favorable|favourable|great) development momentum",
        ("strong growth",),
        "良好发展势头 is strong growth",
        0.5,
    ),
    (
        r"development (?:trend|situation|momentum) is (?:good|gratifying|improving)",
        ("business is going well",),
        "发展势头良好 is doing well",
        0.6,
    ),
    (
        r"achieve(?:d|s)? (?:\w+ )?(?:gratifying|remarkable|fruitful|obvious) (?:results|achievements)",
        ("did well", "achieved much"),
        "取得显著成效: say what was achieved",
        0.5,
    ),
    (
        r"new (?:journey|chapter|stage|starting point) (?:of|in) (?:the )?high-quality development",
        ("further growth",),
        "高质量发展新征程 is a slogan",
        0.45,
    ),
    (
        r"strengthen(?:s|ed|ing)? (?:the )?(?:awareness|consciousness) of",
        ("be more aware of",),
        "增强意识 is to be aware",
        0.5,
    ),
    (r"(?:ideological|thought) (?:understanding|awareness)", ("understanding",), "思想认识 is understanding", 0.5),
    (
        r"political (?:position|stance|station) (?:must be |should be )?(?:improved|raised|heightened)",
        ("see the political importance",),
        "提高政治站位 is to see a matter's political weight",
        0.6,
    ),
    (
        r"(?:improve|raise|enhance|heighten)(?:s|d|ing)? (?:their |our |the )?political (?:position|station|standing)",
        ("see the political importance",),
        "提高政治站位 is to see a matter's political weight",
        0.7,
    ),
    (
        r"refine(?:s|d)? (?:the )?(?:work )?(?:measures|responsibilities)",
        ("spell out the measures",),
        "细化措施 is to spell them out",
        0.45,
    ),
    (
        r"compact(?:s|ed|ing)? (?:the )?(?:main |subject |work )?responsibilit(?:y|ies)",
        ("hold people responsible",),
        "压实责任 is to hold responsible; compacting is for soil",
        0.8,
    ),
    (
        r"consolidat(?:e|ed|ing) (?:the )?(?:main |subject |territorial )responsibilit(?:y|ies)",
        ("make clear who is responsible",),
        "压实责任 is to make clear who is responsible",
        0.65,
    ),
    (
        r"(?:solidify|tamp|tamping|compact) the foundations?",
        ("lay a firm foundation",),
        "夯实基础 is to lay a firm foundation",
        0.65,
    ),
    (
        r"benchmark(?:s|ed|ing)? against (?:the )?(?:advanced|first-class|international advanced)(?: level| "
        r"standard)?s?",
        ("learn from the best",),
        "对标先进 is to learn from the best",
        0.55,
    ),
    (
        r"(?:open up|opening up|opened up) the (?:blockages?|blocking points?|last mile)",
        ("remove the last obstacles",),
        "打通堵点 is to remove obstacles",
        0.6,
    ),
    (
        r"(?:blocking|pain|difficult) points? and (?:blocking|pain|difficult|sore) points?",
        ("problems",),
        "难点堵点痛点 are problems",
        0.7,
    ),
    (
        r"(?:gathering|condensing|condense|gather|converge|converging) (?:a )?(?:strong |majestic |powerful "
        r")?(?:joint )?(?:force|forces|power)s?(?: for)?",
        ("join forces",),
        "凝聚合力 is to join forces",
        0.5,
    ),
    (
        r"form(?:s|ed|ing)? a (?:strong |working |powerful )?joint force",
        ("work together",),
        "形成合力 is to work together",
        0.75,
    ),
    (
        r"go(?:es|ing)? (?:all out|hand in hand) to (?:fight|win|do) (?:the )?(?:battle|tough battle)s?",
        ("work hard",),
        "打好攻坚战 is a slogan",
        0.5,
    ),
    (r"tough battles?", ("hard task",), "攻坚战 is a hard task", 0.4),
    (
        r"take(?:s|n)? (?:the )?\w+(?: \w+)? as the (?:starting point|foothold|grasp|handle|gripper)",
        ("start from",),
        "以…为抓手: a means, not a handle",
        0.55,
    ),
    (
        r"(?:important|effective|key|powerful) (?:grasp|gripper|starting point and foothold|handle)",
        ("key means",),
        "重要抓手 is a key means",
        0.7,
    ),
    (
        r"(?:starting point and foothold|starting point and landing point|starting point and end point)",
        ("aim",),
        "出发点和落脚点 is the aim",
        0.75,
    ),
    (
        r"innovation of the (?:business|management|service) (?:mode|model)",
        ("new business models",),
        "模式创新 are new models",
        0.45,
    ),
)
