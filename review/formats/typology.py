"""The names that evaluation tools give to errors, and those used here: one table for reading and writing.

A name that cannot be written back from ours keeps its own words as the sub-category; one whose dimension is not
known has the category "" and is the sub-category as a whole, so nothing is lost on the way back. Sources: the
hierarchies of WMT (Freitag et al., 2021), of MQM 2.0 (themqm.org), and those built into Appraise and Pearmut.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

UNSAID = "no severity given"
"""The note of a span without severity: it is neutral here, and has none again where it goes back."""

_KNOWN = {
    "accuracy": "accuracy",
    "fluency": "linguistic conventions",
    "linguistic conventions": "linguistic conventions",
    "linguistic convention": "linguistic conventions",
    "terminology": "terminology",
    "style": "style",
    "locale convention": "locale conventions",
    "locale conventions": "locale conventions",
    "audience appropriateness": "audience appropriateness",
    "design and markup": "design and markup",
}


@dataclass(frozen=True, slots=True)
class Names:
    """How a tool calls categories, and the sub-categories that it calls otherwise than by our word."""

    mains: Mapping[str, str]
    subs: Mapping[tuple[str, str], str]
    alone: Mapping[str, tuple[str, str]]
    """Names without a dimension before them, in lower case."""

    def written(self, category: str, subcategory: str) -> str:
        """The name in the tool."""
        if not category:
            return subcategory
        for name, ours in self.alone.items():
            if ours == (category, subcategory) or (category == ours[0] and subcategory.lower() == name):
                return _capital(subcategory if subcategory.lower() == name else name)
        sub = self.subs.get((category, subcategory)) or _capital(subcategory)
        return f"{self.mains[category]}/{sub}" if sub else self.mains[category]

    def ours(self, name: str) -> tuple[str, str]:
        """Category and sub-category, the other way round."""
        name = name.strip()
        if name.lower() in self.alone:
            found = self.alone[name.lower()]
            return found if self.written(*found) == name else (found[0], name)
        main, _, rest = name.partition("/")
        category = _KNOWN.get(main.strip().lower(), "")
        if not category:
            return "", name
        lower = rest.lower()
        canonical = {(key[0], label.lower()): key[1] for key, label in self.subs.items()}
        sub = canonical.get((category, lower), lower)
        return category, sub if self.written(category, sub).partition("/")[2] == rest else rest


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_MQM = {
    "terminology": "Terminology",
    "accuracy": "Accuracy",
    "linguistic conventions": "Linguistic conventions",
    "style": "Style",
    "locale conventions": "Locale convention",
    "audience appropriateness": "Audience appropriateness",
    "design and markup": "Design and markup",
}
WMT = Names(
    {**_MQM, "linguistic conventions": "Fluency"},
    {("linguistic conventions", "encoding"): "Character encoding"},
    {
        "non-translation!": ("accuracy", "non-translation"),
        "non-translation": ("accuracy", "non-translation"),
        "source error": ("accuracy", "source error"),
        "source issue": ("accuracy", "source error"),
    },
)
"""WMT's: what Marot and the releases write."""

TOOLS = Names(
    _MQM,
    {
        ("accuracy", "untranslated text"): "Untranslated",
        ("linguistic conventions", "encoding"): "Character encoding",
        ("style", "awkward"): "Awkward style",
        ("style", "organization"): "Organization style",
        ("locale conventions", "currency"): "Currency format",
        ("design and markup", "markup"): "Markup tag",
    },
    {},
)
"""Those built into Appraise and Pearmut."""


def strange(names: Counter[str], file: str) -> list[str]:
    """A warning that lists the names whose dimension is not known; none where all are."""
    if not names:
        return []
    shown = ", ".join(f"“{name[:60]}” ({count})" for name, count in names.most_common(10))
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return [f"{file}: these are no categories of MQM, and are kept as they are named there: {shown}{more}."]
