"""A page's article as segments. A locator is ``BLOCK#START:END``, code points of the decoded page without its mark."""

from __future__ import annotations

import re

from review.errors import FormatError
from review.formats import runs
from review.formats.base import Options, Source
from review.formats.html import _blocks as blocks
from review.formats.html._article import article
from review.formats.html._encoding import opened
from review.model import Article, Reading
from review.text import encodings
from review.text.sentences import guess_language

_TAG = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$")
_LEAD = re.compile(r"\s*(?:<\?xml[^>]{0,300}\?>|<!--.{0,2000}?-->|\s){0,20}", re.DOTALL)
_SCRIPTED = ("zh", "ja", "ko", "ru", "uk", "ar", "fa")
_LONGEST = 200


def read(source: Source, options: Options) -> Reading:
    """Read one page: its title and description, and its article; all its blocks where no article is found in it.

    Raises FormatError where there is no text to be read, or it is not in the encoding it should be in.
    """
    header, page, warnings = opened(source, options.encoding)
    found = blocks.page_of(page)
    if not found.whole:
        what = f"the page has more than {blocks.MOST:,} tags and texts, too many for one article's page"
        raise FormatError(source.name, None, what, "Cut it up.")
    if not found.blocks:
        raise FormatError(source.name, None, "there is no text on the page", "Save the page when it is shown whole.")
    chosen = _chosen(page, found, warnings)
    text = " ".join(block.bare for block in chosen if block.kind not in ("title", "description"))
    language = options.target_language or _language(found.language, text, warnings)
    made = runs.segments(((block, block.kind in blocks.HEADINGS) for block in chosen), language)
    name = options.name or _title(found, chosen) or source.stem
    header = type(header)(header.format, header.name, header.encoding, header.bom, header.newline, {"count": len(made)})
    whole = Article(name, tuple(made), options.system, options.source_language, language)
    return Reading(header, iter((whole,)), tuple(warnings))


def _chosen(page: str, found: blocks.Page, warnings: list[str]) -> list[runs.Block]:
    """The blocks that are read, those of the page's head first; says what is left out."""
    head = [block for block in found.blocks if block.kind in ("title", "description")]
    body = [block for block in found.blocks if block.kind not in ("title", "description")]
    mine = article(page, found)
    if not mine:
        if body:
            warnings.append(
                f"No article was found among what stands on the page, so all of it was read: {len(body)} "
                f"{'block' if len(body) == 1 else 'blocks'} of text. Delete what does not belong to it in review."
            )
        return [*head, *body]
    left = len(body) - len(mine)
    if left:
        warnings.append(
            f"{left} of the page's {len(body)} blocks of text (menus, advertisements, related links, footer) are not "
            "its article; they stay as they are."
        )
    return [*head, *mine]


def _title(found: blocks.Page, chosen: list[runs.Block]) -> str:
    """What the article is called: the page's title, else its first heading."""
    named = [block for block in found.blocks if block.kind == "title"]
    named += [block for block in chosen if block.kind in ("h1", "h2")]
    return " ".join(named[0].bare.split())[:_LONGEST].strip() if named else ""


def _language(said: str, text: str, warnings: list[str]) -> str:
    """The language that the page names, unless its script is another one's."""
    guess = guess_language(text)
    said = said if _TAG.match(said) else ""
    one, other = said.split("-")[0].lower(), guess
    if said and guess and one != other and (one in _SCRIPTED or other in _SCRIPTED):
        warnings.append(f"The page says that its language is {said}, but its text is {guess}, and was read as such.")
        return guess
    return said or guess


def sniff(source: Source, options: Options) -> float:
    """Sure of what begins like a page; willing to believe the suffix."""
    head = source.head(8192)
    marked, length = encodings.mark(head)
    text = head[length:].decode(marked or "latin-1", "ignore")
    text = text[_LEAD.match(text).end() :].lower()  # type: ignore[union-attr]
    if text.startswith(("<!doctype html", "<html", "<head", "<body")):
        return 0.95
    own = source.suffix in (".html", ".htm", ".xhtml", ".shtml")
    if own:
        return 0.85 if "<" in text else 0.6
    return 0.0
