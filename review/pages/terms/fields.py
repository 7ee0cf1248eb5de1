"""The fields of a concept: what is typed, read back as a concept at each change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from review.model import CATEGORIES, Concept, Condition, Evidence, Term
from review.model.term import MATCHINGS, TELLINGS, TERM_STATUSES
from review.pages.terms.chosen import Draft
from review.pages.terms.words import plain
from review.steps.terms import split
from review.text.termbase import WRONG, primary

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

PARTS = ("", "noun", "mass", "name", "verb", "adjective", "phrase")
TOLD = {
    "alone": "alone: nothing else looks like it",
    "context": "context: it depends on the words around",
    "source": "source: only with the source term",
    "doubtful": "doubtful: hardly even with the source term",
}
LISTS = {
    "source": "Only where the source has one of",
    "not_source": "Not where the source has one of",
    "near": "Without a source: only near one of",
    "not_near": "Not near one of",
    "article": "Without a source: only in an article with one of",
}


def fields(draft: Draft, target: str, *, off: bool) -> Concept:
    """Draw the fields of a draft and return what stands in them. Clearing a term takes it out."""
    put = _Fields(draft, off)
    sources = [row for row in draft.rows if primary(row[1].language) != target]
    renderings = [row for row in draft.rows if primary(row[1].language) == target]
    kept: dict[int, Term] = {}
    for title, rows, language in (("Source terms", sources, "zh"), ("Renderings", renderings, target)):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{title}**", width="stretch")
            if st.button(
                "Add",
                key=f"term-add-{draft.number}-{title}",
                disabled=off,
                type="tertiary",
                help=f"Add to {title.lower()}",
            ):
                code = rows[-1][1].language if rows else language
                status = "preferred" if not rows else ("admitted" if rows is sources else "deprecated")
                matching = "exact" if rows is sources else "inflected"
                draft.add(Term("", code, status, matching=matching))
                st.rerun(scope="fragment")
        noun = "Source term" if rows is sources else "Rendering"
        for place, (number, term) in enumerate(rows, 1):
            kept[number] = _row(put, number, term, f"{noun} {place}")
    draft.rows = [(number, kept[number]) for number, _ in draft.rows]
    terms = tuple(term for _, term in draft.rows if term.text.strip())
    return _whole(put, terms)


def _row(put: _Fields, number: int, term: Term, name: str) -> Term:
    """A term: its text, its status, and what else there is to say of it behind "More"."""
    text, status, more = st.columns([5, 2.4, 1.5], vertical_alignment="center")
    key = f"term-{put.draft.number}-{number}"
    clear = "a term; clear it to take it out"
    wanted = put.text(text, name, f"{key}-text", term.text, label_visibility="collapsed", placeholder=clear)
    chosen = put.one_of(
        status, f"Status of {name.lower()}", f"{key}-status", TERM_STATUSES, term.status, label_visibility="collapsed"
    )
    made = replace(term, text=wanted, status=chosen)
    with more.popover("When" if chosen in WRONG else "More", width="stretch", help=f"Details of {name.lower()}"):
        made = _more(put, made, key)
    said = _said(made)
    if said:
        st.caption(said)
    return made


def _more(put: _Fields, term: Term, key: str) -> Term:
    one, two, three = st.columns(3)
    matching = put.one_of(one, "Matching", f"{key}-matching", MATCHINGS, term.matching)
    part = put.one_of(
        two, "Part of speech", f"{key}-part", PARTS, term.part_of_speech, format_func=lambda name: name or "any"
    )
    language = put.text(three, "Language", f"{key}-language", term.language)
    made = replace(term, matching=matching, part_of_speech=part, language=language.strip())
    rest = st.container()
    if term.status in WRONG:
        condition = term.condition or Condition()
        instead = put.text(rest, "Write instead (empty: the preferred rendering)", f"{key}-instead", term.instead)
        telling = put.one_of(
            rest, "What it tells by itself", f"{key}-telling", TELLINGS, condition.telling, format_func=TOLD.__getitem__
        )
        words: dict[str, Any] = {}
        for name, label in LISTS.items():
            held = "|".join(getattr(condition, name))
            words[name] = tuple(split(put.text(rest, label, f"{key}-{name}", held, placeholder="words parted by |")))
        asked = Condition(**words, telling=telling)
        made = replace(made, instead=instead, condition=term.condition if asked == condition else asked)
    else:
        evidence = term.evidence
        user = put.text(rest, "Used by", f"{key}-user", evidence.user)
        url = put.text(rest, "Address", f"{key}-url", evidence.url, placeholder="https://")
        day = put.text(rest, "Looked up on", f"{key}-date", evidence.date, placeholder="2026-01-31")
        made = replace(made, evidence=Evidence(user.strip(), url.strip(), day.strip()))
    return replace(made, note=put.text(rest, "Note, shown with the flag", f"{key}-note", term.note))


def _whole(put: _Fields, terms: tuple[Term, ...]) -> Concept:
    """What holds for the concept as a whole."""
    base, key, here = put.draft.typed, f"concept-{put.draft.number}", st.container()
    definition = put.area(here, "What it is", f"{key}-definition", base.definition, height=68)
    one, two, three = st.columns([3, 3, 2], vertical_alignment="bottom")
    subject = put.text(one, "Subject", f"{key}-subject", base.subject)
    category = put.one_of(two, "Category of its flags", f"{key}-category", list(CATEGORIES), base.category)
    told = "Note it where the source has the term and the translation has none of its renderings."
    strict = put.tick(three, "Must be there", f"{key}-strict", base.strict, help=told)
    more = st.expander("Example")
    source = put.text(more, "Source", f"{key}-example-source", base.example_source)
    example = put.text(more, "Translation in which it must be flagged", f"{key}-example", base.example)
    return replace(
        put.draft.base, terms=terms, definition=definition, subject=subject, category=category, strict=strict,
        example_source=source, example=example,
    )  # fmt: skip


class _Fields:
    """The fields of a draft. What a field begins with stays the same as long as it is drawn: a field behind a button
    that was never opened would else lose what it holds.
    """

    def __init__(self, draft: Draft, off: bool) -> None:
        self.draft, self.off = draft, off

    def _first(self, key: str, value: Any) -> Any:
        if key not in st.session_state:
            self.draft.first[key] = value
        return self.draft.first[key]

    def text(self, place: DeltaGenerator, label: str, key: str, value: str, **more: Any) -> str:
        return place.text_input(label, self._first(key, value), key=key, disabled=self.off, **more)

    def area(self, place: DeltaGenerator, label: str, key: str, value: str, **more: Any) -> str:
        return place.text_area(label, self._first(key, value), key=key, disabled=self.off, **more)

    def one_of(
        self, place: DeltaGenerator, label: str, key: str, options: Sequence[str], value: str, **more: Any
    ) -> str:
        listed = [*options, *([value] if value not in options else [])]
        first = self._first(key, value)
        at = listed.index(first) if first in listed else 0
        return str(place.selectbox(label, listed, at, key=key, disabled=self.off, **more))

    def tick(self, place: DeltaGenerator, label: str, key: str, value: bool, **more: Any) -> bool:
        return place.checkbox(label, self._first(key, value), key=key, disabled=self.off, **more)


def _said(term: Term) -> str:
    """What is not usual about a term, in one line."""
    found = []
    if term.status in WRONG:
        condition = term.condition or Condition()
        if condition.telling != "context":
            found.append(condition.telling)
        names = {
            "source": "source",
            "not_source": "not source",
            "near": "near",
            "not_near": "not near",
            "article": "article",
        }
        found += [f"{label} {'|'.join(words)}" for name, label in names.items() if (words := getattr(condition, name))]
    if term.matching not in ("inflected", "exact"):
        found.append(term.matching)
    if term.instead:
        found.append(f"→ {term.instead}")
    if term.note:
        found.append(term.note)
    if not term.accepted:
        found.append("not accepted")
    return plain(" · ".join(found))
