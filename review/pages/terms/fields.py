"""The fields of a concept: what is typed, read back as a concept at each change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from review.model import CATEGORIES, Concept, Condition, Evidence, Term
from review.model.term import MATCHINGS, TELLINGS, TERM_STATUSES
from review.pages.terms.chosen import Draft
from review.pages.terms.words import plain
from review.steps.terms import split
from review.text.termbase import WRONG, primary

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
            kept[number] = _row(draft, number, term, f"{noun} {place}", off)
    draft.rows = [(number, kept[number]) for number, _ in draft.rows]
    terms = tuple(term for _, term in draft.rows if term.text.strip())
    return _whole(draft, terms, off)


def _row(draft: Draft, number: int, term: Term, name: str, off: bool) -> Term:
    """A term: its text, its status, and what else there is to say of it behind "More"."""
    text, status, more = st.columns([5, 2.4, 1.5], vertical_alignment="center")
    key = f"term-{draft.number}-{number}"
    wanted = text.text_input(
        name, key=_held(f"{key}-text", term.text), label_visibility="collapsed", disabled=off,
        placeholder="a term; clear it to take it out",
    )  # fmt: skip
    chosen = status.selectbox(
        f"Status of {name.lower()}", TERM_STATUSES, key=_held(f"{key}-status", term.status),
        label_visibility="collapsed", disabled=off,
    )  # fmt: skip
    made = replace(term, text=wanted, status=chosen)
    with more.popover("When" if chosen in WRONG else "More", width="stretch", help=f"Details of {name.lower()}"):
        made = _more(made, key, off)
    said = _said(made)
    if said:
        st.caption(said)
    return made


def _more(term: Term, key: str, off: bool) -> Term:
    one, two, three = st.columns(3)
    matching = one.selectbox("Matching", MATCHINGS, key=_held(f"{key}-matching", term.matching), disabled=off)
    part = two.selectbox(
        "Part of speech", _with(PARTS, term.part_of_speech), key=_held(f"{key}-part", term.part_of_speech), disabled=off
    )
    language = three.text_input("Language", key=_held(f"{key}-language", term.language), disabled=off)
    made = replace(term, matching=matching, part_of_speech=part, language=language.strip())
    if term.status in WRONG:
        condition = term.condition or Condition()
        instead = st.text_input(
            "Write instead (empty: the preferred rendering)", key=_held(f"{key}-instead", term.instead), disabled=off
        )
        telling = st.selectbox(
            "What it tells by itself", TELLINGS, format_func=TOLD.__getitem__,
            key=_held(f"{key}-telling", condition.telling), disabled=off,
        )  # fmt: skip
        words: dict[str, Any] = {}
        for field, label in LISTS.items():
            held = "|".join(getattr(condition, field))
            words[field] = tuple(
                split(
                    st.text_input(
                        label, key=_held(f"{key}-{field}", held), placeholder="words parted by |", disabled=off
                    )
                )
            )
        asked = Condition(**words, telling=telling)
        made = replace(made, instead=instead, condition=term.condition if asked == condition else asked)
    else:
        evidence = term.evidence
        user = st.text_input("Used by", key=_held(f"{key}-user", evidence.user), disabled=off)
        url = st.text_input("Address", key=_held(f"{key}-url", evidence.url), placeholder="https://", disabled=off)
        day = st.text_input(
            "Looked up on", key=_held(f"{key}-date", evidence.date), placeholder="2026-01-31", disabled=off
        )
        made = replace(made, evidence=Evidence(user.strip(), url.strip(), day.strip()))
    note = st.text_input("Note, shown with the flag", key=_held(f"{key}-note", term.note), disabled=off)
    return replace(made, note=note)


def _whole(draft: Draft, terms: tuple[Term, ...], off: bool) -> Concept:
    """What holds for the concept as a whole."""
    base, key = draft.typed, f"concept-{draft.number}"
    definition = st.text_area("What it is", key=_held(f"{key}-definition", base.definition), height=68, disabled=off)
    one, two, three = st.columns([3, 3, 2], vertical_alignment="bottom")
    subject = one.text_input("Subject", key=_held(f"{key}-subject", base.subject), disabled=off)
    category = two.selectbox(
        "Category of its flags", list(CATEGORIES), key=_held(f"{key}-category", base.category), disabled=off
    )
    strict = three.checkbox(
        "Must be there", key=_held(f"{key}-strict", base.strict), disabled=off,
        help="Note it where the source has the term and the translation has none of its renderings.",
    )  # fmt: skip
    with st.expander("Example"):
        source = st.text_input("Source", key=_held(f"{key}-example-source", base.example_source), disabled=off)
        example = st.text_input(
            "Translation in which it must be flagged", key=_held(f"{key}-example", base.example), disabled=off
        )
    return replace(
        draft.base, terms=terms, definition=definition, subject=subject, category=category, strict=strict,
        example_source=source, example=example,
    )  # fmt: skip


def _held(key: str, value: object) -> str:
    """The key, with its widget set to the value where it is drawn anew."""
    st.session_state.setdefault(key, value)
    return key


def _with(known: tuple[str, ...], value: str) -> list[str]:
    return [*known, *([value] if value not in known else [])]


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
