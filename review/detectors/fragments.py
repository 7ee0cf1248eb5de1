"""English sentences without a subject or a main clause, and sentences that begin with a small letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors._article import closed, english, headline
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.tokens import sentences

SINGULAR = frozenset(
    "has is was becomes provides remains includes requires ensures achieves promotes strengthens improves "
    "reflects enables "
    "helps makes takes gives contributes continues aims seeks realizes realises adheres insists implements "
    "brings builds "
    "carries creates demonstrates deepens develops encourages enhances establishes expands explores "
    "facilitates fosters "
    "gathers goes grows guides gets keeps lays maintains meets occupies offers optimizes optimises owns participates "
    "proposes protects pursues puts reaches realizes relies represents resolves responds serves shapes solves strives "
    "upholds undertakes utilizes uses wins accelerates accounts adds adopts allows attracts belongs combines comprises "
    "conducts connects consists constitutes contains covers delivers depends directs effectively embodies emphasizes "
    "empowers expresses fills follows forms fulfills gains highlights hopes illustrates inherits injects "
    "innovates integrates "
    "introduces involves joins leverages lets marks needs opens operates performs plans plays possesses "
    "presents produces "
    "proves ranks receives sets shows signifies specializes sticks stimulates supports symbolizes turns vows "
    "welcomes".split()
) - {"effectively"}
NOUNS_TOO = frozenset(
    "shows plans works plays needs calls reports increases supports focuses benefits drives leads results "
    "remains hopes covers "
    "marks ranks sets stands starts moves forms holds points aims takes uses turns goes gains offers helps "
    "welcomes presents "
    "produces accounts follows keeps views faces rises returns causes attempts changes guides wins highlights "
    "puts fills "
    "contracts measures reaches claims opens adds meets gets joins brings".split()
)
"""Third-person forms that are plural nouns as well ("Shows were cancelled")."""

PAST = frozenset({"was", "were", "had"})
PLURAL = frozenset({"are", "were", "have"})
OBJECTS = frozenset(
    "a an the its their his her our this these those that great good strong new high important significant "
    "positive huge "
    "broad bright remarkable obvious clear rapid steady stable sound vigorous active unique rich many much "
    "more several some "
    "all great-leap full deep close extensive considerable tremendous first-class world-class excellent "
    "outstanding sustained "
    "continued first second third promising unprecedented strategic vast wide certain no on to in into from "
    "with as up".split()
)
FINITE = frozenset(
    "is are was were be been am has have had will would can could shall should may might must do does did said "
    "says went came "
    "made took gave became began showed led held rose fell grew won met told saw got put set let isn't aren't "
    "wasn't weren't "
    "hasn't haven't won't can't don't doesn't didn't it's he's she's that's there's they're we're i'm i've".split()
)
CLAUSES = re.compile(
    r"^(?P<head>Which|Who|Whose|So\sthat|Such\sas|Including|Especially|Namely"
    r"|For\sexample,\ssuch\sas|As\swell\sas|Rather\sthan)\b"
)
SUBORDINATE = re.compile(r"^(?P<head>Because|Although|Though|Whereas|In\sorder\sto|So\sas\sto|With\sthe\saim\sof)\b")
GERUND = re.compile(r"^(?P<head>[A-Z][a-z]{2,}ing)\s(?P<object>[a-z]+)")
NOT_GERUNDS = frozenset(
    "during according following including regarding concerning considering spring king thing nothing "
    "everything something anything evening morning beijing nanjing chongqing being string ring wing building "
    "meeting bring sing".split()
)
SMALL = re.compile(r"^[“\"'‘(\[]?(?P<word>[a-z][a-z]+)(?=[\s,])")
SMALL_NAMES = re.compile(
    r"^(?:de|da|di|du|von|van|der|den|el|al|bin|ibn|la|le|e|i|x|p|n|vs|etc|eg|ie|km|kg|cm|mm|pm|am|http|https|www)$"
)
INNER_SMALL = re.compile(
    r"(?<=[A-Za-z]{3}[.!?] )(?P<word>(?:the|it|this|in|on|at|he|she|they|we|there|as|for|when|if|but|and|a)) (?=[a-z])"
)
MODALS = re.compile(
    r"^(?P<head>Is|Are|Was|Were|Has|Have|Had|Can|Could|Will|Would|Should"
    r"|Must|May|Might)\s(?P<next>[a-z]+(?:ly\s[a-z]+)?)"
)
PARTICIPLES = re.compile(
    r"(?:[a-z]+ed|made|built|held|won|given|taken|shown|known|seen|become|been|put|set|able|one|also|not|to)$"
)


class Fragments(Detector):
    name = "fragments"
    title = "Sentence fragment"
    advice = (
        "Chinese drops a subject that is clear from the sentence before; English needs one (“It shows …”), and a main "
        "clause in every sentence that ends with a full stop."
    )
    source = "Joan Pinkham, The Translator's Guide to Chinglish, Foreign Language Teaching and Research Press 2000"
    category = "linguistic conventions"
    subcategory = "grammar"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article):
            return
        previous = ""
        for number, segment in enumerate(article.segments):
            text = segment.text
            if not text.strip():
                continue
            if not headline(segment, number):
                for start, end in sentences(text):
                    yield from self._subject(segment, start, end)
            yield from self._small(segment, previous)
            previous = text

    def _subject(self, segment: Segment, start: int, end: int) -> Iterator[Flag]:
        sentence = segment.text[start:end]
        if not closed(sentence) or sentence.rstrip("”\"') ").endswith(("?", "...", "…", ":")):
            return
        words = re.findall(r"[\w’'-]+", sentence)
        if len(words) < 3:
            return
        found = _subjectless(words) or _auxiliary(sentence)
        if found:
            subject, sure = found
            fixed = f"{subject} {words[0].lower()}"
            stop = end if len(words) <= 14 else start + len(words[0])
            yield self.flag(
                segment,
                start,
                stop,
                f"“{words[0]}” has no subject; the sentence before it says who or what is meant.",
                confidence=sure,
                suggestions=(fixed + segment.text[start + len(words[0]) : stop],),
            )
            return
        match = CLAUSES.match(sentence)
        if match is None and "," not in sentence and ";" not in sentence:
            match = SUBORDINATE.match(sentence)
        if match:
            if match["head"] in ("Including", "Such as", "Especially", "As well as", "Rather than") and _finite(
                words[1:], sentence
            ):
                return
            if match["head"] in ("Who", "Whose") and re.search(r"^Who(?:ever|\sknows)", sentence):
                return
            stop = start + match.end()
            message = (
                f"A sentence of “{match['head']}” and what hangs on it has no main clause; join it to the one before."
            )
            yield self.flag(segment, start, stop, message, confidence=0.6)
            return
        match = GERUND.match(sentence)
        if match and match["head"].lower() not in NOT_GERUNDS and not _finite(words[1:], sentence):
            message = f"“{match['head']}” is no finite verb: nothing in this sentence says who does it."
            yield self.flag(segment, start, start + len(match["head"]), message, confidence=0.5)

    def _small(self, segment: Segment, previous: str) -> Iterator[Flag]:
        text = segment.text
        lead = len(text) - len(text.lstrip())
        match = SMALL.match(text[lead:])
        starts = (not previous or closed(previous)) and closed(text) and len(text.split()) >= 4
        if match and starts and not SMALL_NAMES.match(match["word"]):
            at = lead + match.start("word")
            yield self._capital(segment, at, match["word"], 0.8 if previous else 0.6)
        for inner in INNER_SMALL.finditer(text):
            before = text[: inner.start()].rstrip(". ").rsplit(" ", 1)[-1].lower()
            if before not in ("etc", "inc", "corp", "approx", "dept", "vol") and "." not in before:
                yield self._capital(segment, inner.start("word"), inner["word"], 0.7)

    def _capital(self, segment: Segment, at: int, word: str, sure: float) -> Flag:
        fixed = word[0].upper() + word[1:]
        return self.flag(
            segment,
            at,
            at + len(word),
            f"The sentence begins with a small letter: “{word}”.",
            confidence=sure,
            suggestions=(fixed,),
            category="linguistic conventions",
            subcategory="spelling",
        )

    examples = (
        Example(("The port grew.", "Plays an important role in trade."), ("Plays an important role in trade.",)),
        Example(("The port grew. Has become a major hub.",), ("Has become a major hub.",)),
        Example(("Provides jobs for the young people.",), ("Provides jobs for the young people.",)),
        Example(("Shows strong vitality.",), ("Shows strong vitality.",)),
        Example(("Was praised by the guests.",), ("Was praised by the guests.",)),
        Example(("Are committed to better services.",), ("Are committed to better services.",)),
        Example(("Reflects the spirit of the age.",), ("Reflects the spirit of the age.",)),
        Example(("Aims to open by May.",), ("Aims to open by May.",)),
        Example(("Which is good for the whole region.",), ("Which",)),
        Example(("Such as steel and coal.",), ("Such as",)),
        Example(("Because the road was closed.",), ("Because",)),
        Example(("Promoting the growth of trade.",), ("Promoting",)),
        Example(("The port opened.", "the mayor gave a speech there."), ("the",)),
        Example(("The port opened in May. the guests were glad.",), ("the",)),
        Example(("Shows were cancelled in May.",)),
        Example(("Plans for the bridge have changed.",)),
        Example(("Strengthen the rule of law.",)),
        Example(("Keep the door shut, please.",)),
        Example(("Shows Good Development Momentum",)),
        Example(("Has the port opened?",)),
        Example(("Which of the two is better is unclear?",)),
        Example(("Because the road was closed, he walked.",)),
        Example(("Promoting trade is the aim of the fair.",)),
        Example(("Had he known, he would have come.",)),
        Example(("According to the report, prices rose.",)),
        Example(("iPhone sales rose sharply in May.",)),
        Example(("The list holds:", "apples, pears and plums from the south.")),
        Example(("May Day is a holiday.",)),
        Example(("Will Smith came to the fair.",)),
        Example(("Including exports, sales rose to a record.",)),
    )


def _subjectless(words: list[str]) -> tuple[str, float] | None:
    """The missing subject of a sentence that begins with a verb in the third person, and how sure that is."""
    first = words[0].lower()
    if not words[0][0].isupper() or first not in SINGULAR or words[0].isupper():
        return None
    if first in ("is", "has", "was"):
        return None
    rest = [word if word == "May" else word.lower() for word in words[1:]]
    if first in NOUNS_TOO:
        if rest[0] not in OBJECTS or any(word in FINITE for word in rest[:6]):
            return None
        if rest[0] in ("on", "in", "from", "to", "with", "of", "for", "that", "as", "up") and first not in (
            "aims",
            "plans",
            "hopes",
            "needs",
        ):
            return None
        return "It", 0.85
    if rest[0] in FINITE or (words[1][0].isupper() and rest[0] not in OBJECTS and len(words) < 4):
        return None
    return "It", 0.88


def _auxiliary(sentence: str) -> tuple[str, float] | None:
    """The same for one that begins with an auxiliary and goes straight on to a participle."""
    match = MODALS.match(sentence)
    if match is None or "," in sentence[:40] or not PARTICIPLES.search(match["next"]):
        return None
    if match["head"] in ("Can", "Could", "Will", "Would", "Should", "Must", "May", "Might"):
        return None
    plural = match["head"].lower() in PLURAL
    return ("They" if plural else "It"), 0.85


def _finite(words: list[str], sentence: str) -> bool:
    """Whether a sentence seems to have a finite verb after its first word. Generous: in doubt it has."""
    for word in words:
        lower = word.lower()
        if (
            lower in FINITE
            or lower in SINGULAR
            or re.fullmatch(r"[a-z]{3,}ed", lower)
            or re.fullmatch(r"[a-z]+[’']s", lower)
        ):
            return True
    return len(words) > 25


DETECTOR = Fragments()
