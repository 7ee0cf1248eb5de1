"""English endings: which dictionary forms a word may come from, and how a replacement takes them over."""

from __future__ import annotations

from functools import lru_cache

VOWELS = "aeiou"
_IRREGULAR = """
become became become, begin began begun, bring brought brought, build built built, catch caught caught,
choose chose chosen, come came come, cut cut cut, do did done, draw drew drawn, fall fell fallen, feel felt felt,
fight fought fought, find found found, forget forgot forgotten, get got got, give gave given, go went gone,
grow grew grown, hang hung hung, have had had, hold held held, keep kept kept, know knew known, lay laid laid,
lead led led, leave left left, lose lost lost, make made made, meet met met, pay paid paid, put put put,
read read read, rise rose risen, run ran run, say said said, see saw seen, seek sought sought, sell sold sold,
send sent sent, set set set, show showed shown, sit sat sat, speak spoke spoken, spend spent spent,
stand stood stood, take took taken, teach taught taught, think thought thought, throw threw thrown, win won won,
write wrote written
"""
_PAST_OF: dict[str, str] = {}
_BASE_OF: dict[str, str] = {}
for _verb in _IRREGULAR.split(","):
    _base, _past, _participle = _verb.split()
    _PAST_OF[_base] = _past
    _BASE_OF[_past] = _BASE_OF[_participle] = _base
_PLURALS = {"people": "person", "men": "man", "women": "woman", "children": "child", "leaves": "leaf"}
_PLURAL_OF = {singular: many for many, singular in _PLURALS.items()}
_SPELLINGS = {
    "centre": "center",
    "defence": "defense",
    "labour": "labor",
    "programme": "program",
    "cadre": "cadre",
    "behaviour": "behavior",
    "harbour": "harbor",
    "neighbour": "neighbor",
    "neighbourhood": "neighborhood",
    "grey": "gray",
    "licence": "license",
    "modelling": "modeling",
    "fulfil": "fulfill",
    "enrol": "enroll",
    "metre": "meter",
    "theatre": "theater",
}
_PREPOSITIONS = "of for in on to at with from by between against under into"
PREPOSITIONS = frozenset(_PREPOSITIONS.split())
_AFTER_HEAD = "without above below directly per concerned signed lifted living enjoying that who which to"
AFTER_HEAD = PREPOSITIONS | frozenset(_AFTER_HEAD.split())
"""Words that begin what follows a noun phrase's head: officials concerned, people without a home."""
_UNCOUNTABLE = """
circulation development revitalization prosperity governance construction connectivity diplomacy
infrastructure economy equipment modernization industrialization urbanization rejuvenation supervision
manufacturing research livelihood employment consumption finance financing investment education staff
internet leadership guidance research progress advice information consultation discipline culture
transformation integration cooperation security energy agriculture productivity confidence inspection
opening-up relief poverty medicine work accounting computing innovation competitiveness warfare
trade strait chengguan one
"""
UNCOUNTABLE = frozenset(_UNCOUNTABLE.split())
"""Nouns that news English does not put in the plural; a plural flagged is replaced by these as they are."""


def fold(word: str) -> str:
    """The lower-case key under which spelling variants meet: organisation and organization, centre and center."""
    word = word.lower()
    word = _SPELLINGS.get(word, word)
    for ending, other in (("isation", "ization"), ("ise", "ize"), ("yse", "yze")):
        if len(word) > len(ending) + 2 and word.endswith(ending):
            return word[: -len(ending)] + other
    return word


@lru_cache(maxsize=65536)
def forms(word: str) -> tuple[tuple[str, str], ...]:
    """The (dictionary form, ending) pairs that ``word`` may stand for, itself first with ending "".

    Endings are "s" (plural or third person), "ed" (past) and "ing". The forms are candidates to be looked
    up, folded; not all of them are words.
    """
    low = word.lower()
    found = [(low, "")]

    def add(stem: str, ending: str) -> None:
        if len(stem) >= 2:
            found.append((stem, ending))

    if low in _BASE_OF and _BASE_OF[low] != low:
        add(_BASE_OF[low], "ed")
    if low in _PLURALS:
        add(_PLURALS[low], "s")
    if len(low) > 3 and low.endswith("s") and not low.endswith("ss"):
        add(low[:-1], "s")
        if low.endswith("ies"):
            add(low[:-3] + "y", "s")
        elif low.endswith("es"):
            add(low[:-2], "s")
    for ending in ("ed", "ing"):
        if len(low) > len(ending) + 2 and low.endswith(ending):
            stem = low[: -len(ending)]
            add(stem, ending)
            add(stem + "e", ending)
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in VOWELS:
                add(stem[:-1], ending)
            if ending == "ed" and stem.endswith("i"):
                add(stem[:-1] + "y", ending)
    return tuple(dict.fromkeys((fold(stem), ending) for stem, ending in found))


@lru_cache(maxsize=4096)
def surfaces(word: str, endings: str = "s ed ing") -> frozenset[str]:
    """Every lower-case spelling that ``forms`` reads as ``word``, itself or with one of ``endings``.

    Spelling variants are among them (organization and organisation, centre and center).
    """
    key = fold(word)
    low = word.lower()
    stems = {key, low, *(variant for variant, plain in _SPELLINGS.items() if plain == key)}
    for ending, other in (("ization", "isation"), ("ize", "ise"), ("yze", "yse")):
        if key.endswith(ending):
            stems.add(key[: -len(ending)] + other)
    made = set(stems)
    for stem in stems:
        made |= {stem + end for end in ("s", "es", "d", "ed", "ing")}
        made |= {stem[:-1] + end for end in ("ies", "ied", "ing")}
        made |= {stem + stem[-1:] + end for end in ("ed", "ing")}
        made |= {past for past, base in _BASE_OF.items() if base == stem}
        made |= {many for many, one in _PLURALS.items() if one == stem}
    allowed = {"", *endings.split()}
    return frozenset(one for one in made if any(stem == key and end in allowed for stem, end in forms(one)))


def plural(noun: str) -> str:
    """The plural of one English noun; uncountable nouns and plurals come back as they are."""
    low = noun.lower()
    if low in UNCOUNTABLE or (low.endswith("s") and not low.endswith(("ss", "us", "is"))):
        return noun
    if low in _PLURAL_OF:
        return _PLURAL_OF[low]
    if low.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if low.endswith("y") and low[-2:-1] not in VOWELS:
        return noun[:-1] + "ies"
    return noun + "s"


def conjugate(verb: str, ending: str) -> str:
    """``verb`` with the ending "s", "ed" or "ing"."""
    low = verb.lower()
    if ending == "s":
        if low in ("have", "do", "go"):
            return {"have": "has", "do": "does", "go": "goes"}[low]
        return plural(verb) if low not in UNCOUNTABLE else verb + "s"
    if ending == "ed" and low in _PAST_OF:
        return _PAST_OF[low]
    if low.endswith("e") and not low.endswith("ee"):
        return verb[:-1] + ending if ending == "ing" else verb + "d"
    if ending == "ed" and low.endswith("e"):
        return verb + "d"
    if ending == "ed" and low.endswith("y") and low[-2:-1] not in VOWELS:
        return verb[:-1] + "ied"
    if _doubles(low):
        return verb + verb[-1] + ending
    return verb + ending


def _doubles(verb: str) -> bool:
    """Whether the last consonant is written twice: plan, set, run, but not visit, open or play."""
    if verb in ("begin", "commit", "permit", "submit", "admit", "refer", "transfer"):
        return True
    short = len(verb) <= 4 and sum(letter in VOWELS for letter in verb) == 1
    return short and len(verb) > 2 and verb[-1] not in VOWELS + "wxy" and verb[-2] in VOWELS


def head(words: list[str]) -> int:
    """The index of a noun phrase's head: the word before the first preposition or the like, else the last."""
    for index, word in enumerate(words):
        if index and word.lower() in AFTER_HEAD:
            return index - 1
    return len(words) - 1


def article_for(phrase: str) -> str:
    """ "an" or "a", by the first letter; the few words that sound otherwise are known."""
    low = phrase.lower()
    if low.startswith(("8", "11 ", "11-", "11th", "18 ", "18-", "18th")):
        return "an"
    if low.startswith(("uni", "use", "euro", "one", "u-")) and not low.startswith(("unin", "unim")):
        return "a"
    if low.startswith(("hour", "honest", "honor", "honour")):
        return "an"
    return "an" if low[:1] in VOWELS else "a"
