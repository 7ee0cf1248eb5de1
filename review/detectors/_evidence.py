"""What the detectors that compare with the source, a reference or other outputs share."""

from __future__ import annotations

from review.model import Article
from review.text.matching import has_cjk


def from_chinese(article: Article) -> bool:
    """Whether the source is Chinese, said or told by its characters."""
    if article.source_language:
        return article.source_language.lower().replace("_", "-").split("-")[0] in ("zh", "yue", "zho", "cmn")
    return any(has_cjk(segment.source or "") for segment in article.segments[:50])
