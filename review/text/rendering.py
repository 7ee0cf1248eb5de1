"""The notation of renderings in a termbase, and how one is written in place of another.

A rendering is plain words, with three additions:

    {municipal|provincial|county}   one of these words; an empty choice makes it optional: {the|}
    {country:national|world}        as above; the part after the colon is what a replacement prints
    {name}                          one to three capitalised words that are no title
    to hold a symposium             a leading "to" makes it a verb: its first word takes -s, -ed, -ing

A slot that stands in the replacement with the same choices (or {name}) prints what was found in the
rendering replaced; otherwise its first choice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

from review.errors import InputError
from review.text import inflection

NAME = "{name}"
LIMIT = 400
"""Concrete wordings that one rendering may stand for."""

_SLOT = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """Choices as (words to find, words to print) pairs. ``name`` marks the slot that takes any name."""

    choices: tuple[tuple[str, str], ...]
    name: bool = False

    @property
    def key(self) -> str:
        return NAME if self.name else "|".join(sorted(match for match, _ in self.choices))


@dataclass(frozen=True, slots=True)
class Rendering:
    """A parsed rendering: literal strings and slots in order. ``verb`` where it began with "to "."""

    parts: tuple[str | Slot, ...]
    verb: bool = False

    def wordings(self) -> list[tuple[str, dict[str, str]]]:
        """Every concrete wording, with what each slot (by key) prints in it. {name} stays as it is."""
        choices: list[list[tuple[str, str | None, str]]] = []
        for part in self.parts:
            if isinstance(part, str):
                choices.append([(part, None, "")])
            elif part.name:
                choices.append([(f" {NAME} ", None, "")])
            else:
                choices.append([(match, part.key, printed) for match, printed in part.choices])
        found = []
        for row in product(*choices):
            text = " ".join("".join(piece for piece, _, _ in row).split())
            found.append((text, {key: printed for _, key, printed in row if key is not None}))
        return found

    def write(self, bound: dict[str, str]) -> str:
        """The words of this rendering, slots filled from ``bound`` (by key), else with their first choice.

        Returns "" where it needs a name and none is bound.
        """
        pieces = []
        for part in self.parts:
            if isinstance(part, str):
                pieces.append(part)
            elif part.name:
                if NAME not in bound:
                    return ""
                pieces.append(bound[NAME])
            else:
                pieces.append(bound.get(part.key, part.choices[0][1]))
        return " ".join("".join(pieces).split())


def parse(text: str) -> Rendering:
    """Parse one rendering. Raises InputError for unmatched braces, no words, or too many wordings."""
    body = " ".join(text.split())
    verb = body.startswith("to ") and len(body) > 3
    if verb:
        body = body[3:]
    rest = _SLOT.sub("", body)
    if "{" in rest or "}" in rest:
        raise InputError(f"The rendering {text!r} has a brace without its partner; close each {{...}}.")
    parts: list[str | Slot] = []
    wordings, end = 1, 0
    for match in _SLOT.finditer(body):
        if match.start() > end:
            parts.append(body[end : match.start()])
        inner = match.group(1)
        if inner.strip() == "name":
            parts.append(Slot((), name=True))
        else:
            pairs = [choice.partition(":") for choice in inner.split("|")]
            choices = ((found.strip(), (printed if colon else found).strip()) for found, colon, printed in pairs)
            parts.append(Slot(tuple(choices)))
            wordings *= len(pairs)
        end = match.end()
    if end < len(body):
        parts.append(body[end:])
    rendering = Rendering(tuple(parts), verb)
    if wordings > LIMIT:
        raise InputError(f"The rendering {text!r} stands for {wordings} wordings; {LIMIT} are allowed: split it.")
    if not any(words for words, _ in rendering.wordings()):
        raise InputError(f"The rendering {text!r} has no words; write some or leave it out.")
    return rendering


def replace(
    rendering: Rendering, bound: dict[str, str], ending: str, surface: str, *, opens: bool = False, titled: bool = False
) -> str:
    """``rendering`` written in place of ``surface``, with its ending and case where sensible.

    ``ending`` is what the head of the words replaced carried ("", "s", "ed", "ing"); ``opens`` says that
    they open a sentence, ``titled`` that they stand in a headline with capitals. An article that the
    surface covers is kept and repaired.
    """
    text = rendering.write(bound)
    if not text:
        return ""
    words = text.split(" ")
    if rendering.verb and ending:
        words[0] = inflection.conjugate(words[0], ending)
    elif ending == "s":
        place = inflection.head(words)
        listed = "," in text or words[place][-1:] in '"”’'
        if not listed and not _proper(words[place]) and not any(word.lower() in ("a", "an") for word in words):
            words[place] = inflection.plural(words[place])
    text = " ".join(words)
    first = surface.split(" ", 1)[0]
    if first.lower() in ("a", "an") and words[0].lower() not in ("a", "an", "the"):
        text = f"{inflection.article_for(text)} {text}"
    if len(surface) > 4 and surface.isupper():
        return text.upper()
    if titled:
        small = inflection.PREPOSITIONS | {"the", "a", "an", "and", "or"}
        text = " ".join(word if word in small else word[:1].upper() + word[1:] for word in text.split(" "))
    if (opens or titled) and surface[:1].isupper():
        return text[:1].upper() + text[1:]
    return text


def _proper(word: str) -> bool:
    return any(letter.isupper() for letter in word[1:])
