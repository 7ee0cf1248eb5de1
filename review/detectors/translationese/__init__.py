"""Set phrases of translated Chinese news that no English newsroom writes, each with what it would write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors._article import english
from review.detectors.base import Context, Detector, Example
from review.detectors.translationese import captions, exhortation, inspections, meetings, people
from review.model import Article, Flag
from review.text.inflection import conjugate, forms

PHRASES = (
    *inspections.PHRASES,
    *meetings.PHRASES,
    *people.PHRASES,
    *exhortation.PHRASES,
    *captions.PHRASES,
)
"""Each a pattern in small letters, what to write instead, why, and the share of finds that an editor would act on."""

_ANY = re.compile(rf"\b(?:{'|'.join(pattern for pattern, *_ in PHRASES)})(?!\w)")
_EACH = tuple(re.compile(pattern) for pattern, *_ in PHRASES)
VERBS = frozenset(
    "accompany advance attend benchmark carry compact come condense conduct consolidate convene convey deliver "
    "deploy do "
    "exchange form gather give go grasp hold implement improve inject inquire investigate join learn listen "
    "make organize "
    "participate play promote put raise refine seize solidify strengthen study take tamp transmit understand "
    "unify accept".split()
)
"""Verbs that open a phrase: its suggestion takes over their endings."""


class Translationese(Detector):
    name = "translationese"
    title = "Translated turn of phrase"
    advice = "Set phrases of Chinese officialdom, rendered word by word, say little in English; write what happened."
    source = "Joan Pinkham, The Translator's Guide to Chinglish, Foreign Language Teaching and Research Press 2000"
    category = "style"
    subcategory = "awkward"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article):
            return
        for segment in article.segments:
            lower = segment.text.lower()
            if len(lower) != len(segment.text):
                continue  # a letter that grows when made small would move every place after it
            for match in _ANY.finditer(lower):
                number = next(n for n, each in enumerate(_EACH) if each.fullmatch(match.group()))
                _, suggestions, why, sure = PHRASES[number]
                found = segment.text[match.start() : match.end()]
                perfect = PERFECT.search(lower[: match.start()]) is not None
                yield self.flag(
                    segment,
                    match.start(),
                    match.end(),
                    f"“{found}” is translated word by word: {why}.",
                    confidence=sure,
                    suggestions=tuple(_fitted(text, found, perfect) for text in suggestions),
                )

    examples = (
        Example(("The mayor participated in the investigation.",), ("participated in the investigation",)),
        Example(("They will investigate and research the matter.",), ("investigate and research",)),
        Example(("He carefully listened to the introduction.",), ("carefully listened to the introduction",)),
        Example(("The delegates exchanged speeches.",), ("exchanged speeches",)),
        Example(("The relevant person in charge of the bureau spoke.",), ("The relevant person in charge of",)),
        Example(("We must grasp the work firmly.",), ("grasp the work firmly",)),
        Example(("They met to study and deploy the work.",), ("study and deploy",)),
        Example(("Responsible comrades of the bureau came.",), ("Responsible comrades of",)),
        Example(("We should scientifically plan the city.",), ("scientifically plan",)),
        Example(("It is a powerful gripper for reform.",), ("powerful gripper",)),
        Example(("Departments must form a joint force.",), ("form a joint force",)),
        Example(("They must compact the main responsibility.",), ("compact the main responsibility",)),
        Example(("New and old kinetic energy",), ("New and old kinetic energy",)),
        Example(("According to the introduction, sales rose.",), ("According to the introduction",)),
        Example(("Data map.",), ("Data map",)),
        Example(("Officials took part in the visit and were briefed on sales.",)),
        Example(("She participated in the race.",)),
        Example(("The army deployed two divisions.",)),
        Example(("He grasped the rope.",)),
        Example(("The survey found that sales rose.",)),
        Example(("Kinetic energy is half the mass times speed squared.",)),
        Example(("The person in charge left.",)),
        Example(("They gave speeches and exchanged gifts.",)),
    )


PERFECT = re.compile(r"\b(?:have|has|had|having|be|been|being|is|are|was|were|[’'](?:ve|s))(?:\s\w+ly)?\s$")
"""What comes before a participle."""

PARTICIPLES = {"took": "taken", "saw": "seen", "drew": "drawn", "gave": "given"}


def _fitted(text: str, found: str, perfect: bool) -> str:
    """The suggestion with the phrase's capital, and its verb in the form of the phrase's verb."""
    verb = re.search(r"[a-z]+", found.lower())
    first, _, rest = text.partition(" ")
    if verb and first in BASES:
        for base, ending in forms(verb.group()):
            if base in VERBS and ending:
                form = conjugate(first, ending)
                text = f"{PARTICIPLES.get(form, form) if perfect else form} {rest}".rstrip()
                break
    return text[0].upper() + text[1:] if found[0].isupper() else text


BASES = frozenset(
    text.split()[0]
    for _, suggestions, *_ in PHRASES
    for text in suggestions
    if text.split()[0]
    in "make look study take carry plan set press pay draw see build spur give join find ask learn hold gather "
    "discuss handle push promote agree work spell attend lay remove start follow".split()
)
"""The verbs that suggestions begin with, in the form that takes an ending."""

DETECTOR = Translationese()
