"""Rated articles made for tests: simple sentences in which words that mean something else were planted and marked."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from review.detectors import Context, doubt
from review.model import Article, ErrorSpan, Rated, Segment
from review.steps.evaluating import learning

WORDS = {
    "港口": "port",
    "市长": "mayor",
    "工厂": "factory",
    "河流": "river",
    "学校": "school",
    "道路": "road",
    "船只": "vessel",
    "市场": "market",
    "医院": "hospital",
    "农民": "farmer",
    "桥梁": "bridge",
    "电站": "station",
}
WRONG = ("lantern", "sorrow", "pigeon", "teaspoon", "violin", "carpet")


def rated(documents: int = 6, systems: Sequence[str] = ("A", "B"), segments: int = 8, seed: int = 3) -> list[Rated]:
    """Each segment has a source, a reference and two alternatives; every other one a planted word, marked by two."""
    rng = random.Random(seed)
    found = []
    for number in range(documents):
        for system in systems:
            made, spans = [], []
            for place in range(segments):
                sources = rng.sample(list(WORDS), 5)
                right = [f"The {WORDS[word]} is near" for word in sources]
                text = right.copy()
                if place % 2:
                    at = rng.randrange(5)
                    text[at] = text[at].replace(WORDS[sources[at]], rng.choice(WRONG))
                whole, good = (", ".join(parts) + "." for parts in (text, right))
                made.append(
                    Segment(
                        whole,
                        str(place),
                        source="，".join(sources) + "。",
                        references=(good,),
                        alternatives=(good, good.replace("near", "close")),
                        order=place,
                    )
                )
                for wrong in WRONG:
                    start = whole.find(wrong)
                    if start >= 0:
                        for rater in ("r1", "r2"):
                            span = (f"{place}{rater}", str(place), start, start + len(wrong))
                            spans.append(ErrorSpan(*span, "accuracy", "major", rater))
            article = Article(f"d{number}", tuple(made), system, "zh", "en")
            raters = {segment.id: ("r1", "r2", "r3") for segment in made}
            found.append(Rated(article, tuple(spans), raters, article.name))
    return found


def learned(given: Sequence[Rated], kind: str) -> dict[str, Any]:
    """Models of one kind of evidence, learned from these articles."""
    items = [learning.prepare(learning.visible(item, kind), kind, (), Context()) for item in given]
    return learning.train(items) | {"least": 0.3}


@contextmanager
def weights(path: Path, models: dict[str, dict[str, Any]], patch: pytest.MonkeyPatch, **recipe: Any) -> Iterator[None]:
    """The doubt detector with these models, by kind of evidence, as if they stood in weights.json."""
    plain = {
        kind: learning.to_json({name: part for name, part in parts.items() if name != "least"})
        | {"least": {"value": parts["least"]}}
        for kind, parts in models.items()
    }
    path.write_text(json.dumps({"recipe": {"pairs": [["zh", "en"]], **recipe}, "models": plain}), "utf-8")
    caches = (doubt._weights, doubt.trained, doubt.pairs)
    for cache in caches:
        cache.cache_clear()
    with patch.context() as within:
        within.setattr(doubt, "WEIGHTS", path)
        yield
    for cache in caches:
        cache.cache_clear()
