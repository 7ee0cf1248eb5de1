"""The renderings of a source term: runs of words that stand where it does, one after the other.

The run that goes most surely with the term (log-likelihood, see ``association``) is its first rendering. Among the
segments that do not have it, the run that goes most surely with those is the next: it must be much rarer both
in segments without the term and in segments that are accounted for, for words of the topic stand in all of them.
What is left may hold a spelling of its own: a name that is like a rendering found, or like the term's pinyin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from review.text.association import SIGNIFICANT, log_likelihood
from review.text.matching import TITLES, has_cjk
from review.text.names import folded, names, similarity
from review.text.pinyin import spelt
from review.text.renderings.indexed import Bitext, Place, key_of

MOST = 12
"""Renderings looked for."""

OFTENER = 4.0
"""How many times oftener a rendering must stand with the term than without it, and where no other rendering is."""

OWN = 0.4
"""The share of a later rendering's places at which the term must stand."""

WHOLE = 0.85
"""A longer run is the rendering where it stands in this share of the places of a shorter one; each word more must stand
with the term a quarter of the time or more, and with this rendering most of that."""

PART = 0.8
"""A rendering of which this share of the places are within a longer name is only part of names."""

LIKE, READS = 0.7, 0.62
"""How like a rendering, or the pinyin of the term, a name must be that stands in one segment alone, 0 to 1."""

_BEFORE = TITLES | set(
    "prime premier minister president general professor prof dr mr mrs ms miss mayor governor senator comrade king "
    "queen prince princess ambassador spokesman spokeswoman spokesperson reporter reporters".split()
)

Known = Callable[[str], Sequence[tuple[int, int, str]]]
"""What a termbase has for the term in a translation: (start, end, status of the term that stands there)."""


@dataclass(slots=True)
class Group:
    """One rendering: its usual wording, the segments that have it with its places there, and all its wordings.

    ``known`` is its status in the termbase, "" where it was found by counting.
    """

    text: str
    known: str = ""
    places: dict[int, list[Place]] = field(default_factory=dict)
    surfaces: Counter[str] = field(default_factory=Counter)

    def add(self, number: int, place: Place) -> None:
        """Count a place in."""
        self.places.setdefault(number, []).append(place)
        self.surfaces[place.text] += 1

    def join(self, other: Group) -> None:
        """Take in a group of the same words, but for places that are in already."""
        for number, places in other.places.items():
            for place in places:
                if _free(place, self.places.get(number, ())):
                    self.add(number, place)


def renderings(bitext: Bitext, term: str, inside: Sequence[int], known: Known | None = None) -> list[Group]:
    """How ``term`` is rendered in the segments ``inside``, the most frequent first; others of the bitext are what
    that is measured against. A segment may have several renderings, or none that can be found.
    """
    groups: dict[str, Group] = {}
    for number in inside if known else ():
        target = bitext.pairs[number][1]
        taken: list[Place] = []
        for start, end, status in known(target) if known else ():
            place = _bare(Place(start, end, target[start:end]))
            if _free(place, taken):
                taken.append(place)
                groups.setdefault(key_of(place.text, bitext.language), Group("", status)).add(number, place)
    for group in groups.values():
        group.text = _usual(group.surfaces)
    explained = {number for group in groups.values() for number in group.places}
    keys = _counted(bitext, term, inside, explained, [group.text for group in groups.values()])
    chosen = sorted(keys, key=lambda key: -key.count(" "))
    found: dict[str, Group] = {}
    for number in inside:
        taken = [place for group in groups.values() for place in group.places.get(number, ())]
        for key, places in bitext.places(number, chosen).items():
            for place in places:
                if _free(place, taken):
                    found.setdefault(key, Group("")).add(number, place)
    for group in [part for one in found.values() for part in _whole_names(bitext, one)]:
        key = key_of(group.text, bitext.language)
        if key in groups:
            groups[key].join(group)
        else:
            groups[key] = group
    every = list(groups.values())
    rest = [number for number in inside if not any(number in group.places for group in every)]
    every += _alike(bitext, term, rest, every)
    return sorted(every, key=lambda group: (-len(group.places), group.text))


def _counted(bitext: Bitext, term: str, inside: Sequence[int], explained: set[int], given: Sequence[str]) -> list[str]:
    """The keys of the runs that are taken for renderings, in the order found. ``given`` are renderings known before."""
    within, total = bitext.counted(inside), bitext.different(inside)
    reading = spelt(term) if has_cjk(term) else "".join(folded(term))
    like = [reading, *("".join(key_of(text, bitext.language).split()) for text in given)]
    keys: list[str] = []
    left = [number for number in inside if number not in explained]
    while left and len(keys) < MOST:
        best = _best(bitext, inside, left, within, total, like)
        if best is None:
            break
        keys.append(best)
        like.append("".join(best.split()))
        left = [number for number in left if best not in bitext.runs[number]]
    return keys


def _best(
    bitext: Bitext, inside: Sequence[int], left: Sequence[int], within: Counter[str], total: int, like: Sequence[str]
) -> str | None:
    """The run that goes most surely with the segments ``left`` of those with the term, widened to a whole."""
    here, count = bitext.counted(left), bitext.different(left)
    outside, settled = bitext.sources - total, total - count
    done_with = sorted(set(inside).difference(left))
    best: tuple[float, int, str] | None = None
    for key, both in here.items():
        elsewhere, done = bitext.spread[key] - within[key], within[key] - both
        if both < 2 or both / count <= OFTENER * elsewhere / max(outside, 1):
            continue
        joined = "".join(key.split())
        alike = elsewhere <= both and any(_reads(joined, one) for one in like)
        if not alike and settled and both / count <= OFTENER * done / settled:
            continue
        if not alike and done_with and within[key] < OWN * bitext.spread[key]:
            continue
        score = log_likelihood(both, count - both, elsewhere + done, outside + settled - elsewhere - done)
        own = within[key] >= 0.6 * bitext.spread[key] and within[key] >= total / 4
        if alike or (score >= SIGNIFICANT and (own or not _of_the_topic(bitext, key, left, done_with))):
            best = max(best or (0.0, 0, ""), (score + 20 * alike, -key.count(" "), key))
    if best is None:
        return None
    chosen = best[2]
    wider = [
        key
        for key, both in here.items()
        if both >= WHOLE * here[chosen]
        and f" {chosen} " in f" {key} "
        and all(
            bitext.spread[word] / 4 <= within[word] <= 1.5 * here[chosen]
            for word in key.split()
            if word in within and word not in chosen.split()
        )
    ]
    return max(wider, key=lambda key: (key.count(" "), here[key], key), default=chosen)


def _reads(joined: str, like: str) -> bool:
    near = similarity(joined, like)
    return near >= 0.75 or (near >= READS and joined[:1] == like[:1])


def _of_the_topic(bitext: Bitext, key: str, left: Sequence[int], done: Sequence[int]) -> bool:
    """Whether a run also stands in other translations of the same sources, beside a rendering that was found."""
    sources = {bitext.kin[number] for number in left if key in bitext.runs[number]}
    others = [key in bitext.runs[number] for number in done if bitext.kin[number] in sources]
    return sum(others) > len(others) / 3


def _alike(bitext: Bitext, term: str, rest: Sequence[int], groups: Sequence[Group]) -> list[Group]:
    """Names in segments without a rendering that are like one, or like the term's pinyin."""
    known = ["".join(folded(group.text)) for group in groups if group.text[:1].isupper()]
    reading = spelt(term) if has_cjk(term) and len(term) > 1 else ""
    made: dict[str, Group] = {}
    for number in rest:
        target = bitext.pairs[number][1]
        best: tuple[float, Place] | None = None
        for name in names(target):
            said = "".join(name.words)
            near = max((similarity(said, one) for one in known), default=0.0)
            near = near if near >= LIKE else 0.0
            spelled = similarity(said, reading) if reading else 0.0
            near = max(near, spelled if spelled >= READS else 0.0)
            if near and (best is None or near > best[0]):
                best = near, _untitled(Place(name.start, name.end, name.text))
        if best is not None:
            key = key_of(best[1].text, bitext.language)
            made.setdefault(key, Group(best[1].text)).add(number, best[1])
    return list(made.values())


def _whole_names(bitext: Bitext, group: Group) -> list[Group]:
    """A group that nearly always stands within a longer name (Pham Minh), parted by the whole names that are there."""
    widened: dict[int, list[Place]] = {}
    part = 0
    for number, places in group.places.items():
        target = bitext.pairs[number][1]
        for place in places:
            whole = next((name for name in names(target) if name.start < place.end and place.start < name.end), None)
            start, end = place.start, place.end
            if whole and len(whole.text[max(0, end - whole.start) :].split()) in (1, 2):
                end = whole.end
            elif whole and len(whole.text[: max(0, start - whole.start)].split()) == 1:
                start = whole.start
            part += (start, end) != (place.start, place.end)
            widened.setdefault(number, []).append(Place(start, end, target[start:end]))
    group.text = _usual(group.surfaces)
    if not group.text[:1].isupper():
        return [group]
    whole_ones = part >= PART * sum(map(len, group.places.values()))
    found: dict[str, Group] = {}
    for number, places in (widened if whole_ones else group.places).items():
        for place in map(_untitled, places):
            found.setdefault(key_of(place.text, bitext.language), Group("")).add(number, place)
    for one in found.values():
        one.text = _usual(one.surfaces)
    return list(found.values())


def _untitled(place: Place) -> Place:
    """A name's place without the titles before it (Prime Minister); what is all titles stays."""
    words = list(re.finditer(r"\S+", place.text))
    first = next((word for word in words if word.group().lower().strip(".,") not in _BEFORE), None)
    if first is None or not first.group()[:1].isupper():
        return place
    return Place(place.start + first.start(), place.end, place.text[first.start() :])


def _free(place: Place, taken: Sequence[Place]) -> bool:
    return all(place.end <= one.start or place.start >= one.end for one in taken)


def _bare(place: Place) -> Place:
    """The place without an article or “to” before it."""
    first, _, rest = place.text.partition(" ")
    if rest and first.lower() in ("a", "an", "the", "to"):
        return Place(place.end - len(rest), place.end, rest)
    return place


def _usual(surfaces: Counter[str]) -> str:
    """The commonest wording; of equals one without a capital, then the shortest."""
    return min(surfaces, key=lambda text: (-surfaces[text], text[:1].isupper(), len(text), text))
