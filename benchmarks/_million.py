"""A million segments to look for words in: news sentences, every one its own, every tenth with the name looked for."""

from __future__ import annotations

import random
from collections.abc import Iterator

from review.model import Article, ReadingHeader, Segment
from review.store import Store, batches, people

WORDS = """
the a of in and to for on with its their new local municipal provincial party committee secretary deputy port city
enterprise enterprises industry industrial chain innovation development quality economy economic reform opening project
projects construction ecological environment green energy lithium battery steel logistics container terminal railway
highway rural revitalization agriculture grain output growth percent year month billion yuan investment foreign trade
export import platform digital intelligent manufacturing workshop production line workers skills training employment
education health medical insurance service services residents community grid management meeting was held stressed that
should be we must will has been made progress achieved results number of units households inspection research visit
leader group company limited technology science talent team cooperation agreement signed launched built completed
""".split()
SIGNS = "市委副书记强调要坚持新发展理念推动高质量发展加快建设现代化产业体系企业项目港口集装箱铁路公路乡村振兴生态环境"
HITS = 10
"""Every so manieth segment has a hit."""
LENGTH = 21
"""Words of a sentence."""


def articles(count: int, size: int = 100) -> Iterator[Article]:
    """Articles of ``size`` segments each, ``count`` segments in all."""
    dice = random.Random(5)
    for number in range(count // size):
        segments = []
        for place in range(size):
            words = dice.choices(WORDS, k=LENGTH)
            hit = (number * size + place) % HITS == 0
            if hit:
                words[dice.randrange(1, LENGTH)] = dice.choice(("Kaos", "Kaos", "Kaos's", "kaos"))
            source = "".join(dice.choices(SIGNS, k=26)) + ("卡奥斯" if hit else "") + "。"
            text = " ".join(words)
            segments.append(Segment(f"{text[:1].upper()}{text[1:]}.", source=source, paragraph=place // 4))
        yield Article(f"article {number}", tuple(segments), "system", "zh", "en")


def fill(store: Store, count: int) -> tuple[int, int, int]:
    """Import ``count`` segments as one visible batch: (project, actor, batch)."""
    project, actor = store.write(people.ensure_local)
    batch = store.write(lambda c: batches.create(c, project, actor, "large", ReadingHeader("lines")))
    batches.add_articles(store, batch, articles(count))
    store.write(lambda c: batches.publish(c, batch))
    return project, actor, batch
