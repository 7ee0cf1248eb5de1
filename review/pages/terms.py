"""The terms that flag: what to write, what not to write, who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from review.model import Concept
from review.pages import session, termbases
from review.steps.reflagging import known

if TYPE_CHECKING:
    import pandas as pd


@session.page
def terms() -> None:
    """Show the terms that flag, searched and narrowed by subject; and the termbases that they come from."""
    st.title("Terms")
    listed, whole = st.tabs(["Terms", "Termbases"])
    with listed:
        _listed()
    with whole:
        termbases.termbases()


def _listed() -> None:
    concepts = known(session.store(), session.user().project)
    search, subject = st.columns([3, 2], vertical_alignment="bottom")
    text = search.text_input("Search", placeholder="a term in either language", key="terms-search").strip().lower()
    subjects = sorted({concept.subject for concept in concepts if concept.subject})
    wanted = subject.selectbox("Subject", ["any", *subjects])
    rows = [
        concept
        for concept in concepts
        if (wanted == "any" or concept.subject == wanted)
        and (not text or any(text in term.text.lower() for term in concept.terms))
    ]
    if not rows:
        st.info("No term matches. Add one from the review page: select the words and press t.")
        return
    st.caption(f"{len(rows):,} of {len(concepts):,} concepts, those of the first termbase first.")
    st.dataframe(
        _frame(rows),
        hide_index=True,
        height=min(35 * (len(rows) + 1) + 3, 760),
        column_config={
            "Source term": st.column_config.TextColumn(width="small"),
            "Write": st.column_config.TextColumn(width="medium"),
            "Do not write": st.column_config.TextColumn(width="medium"),
            "What it is": st.column_config.TextColumn(width="large"),
        },
    )


def _frame(concepts: list[Concept]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "Source term": [_texts(concept, source=True) for concept in concepts],
            "Write": [_texts(concept, "preferred", "admitted") for concept in concepts],
            "Do not write": [_texts(concept, "deprecated", "superseded", "forbidden") for concept in concepts],
            "Used by": [_users(concept) for concept in concepts],
            "What it is": [concept.definition for concept in concepts],
            "Subject": [concept.subject for concept in concepts],
            "Termbase": [concept.termbase for concept in concepts],
        }
    )


def _texts(concept: Concept, *statuses: str, source: bool = False) -> str:
    """The concept's source terms, or its renderings of these statuses. Source terms stand first in a concept."""
    first, last = concept.terms[0].language, concept.terms[-1].language
    two = first != last
    return " · ".join(
        term.text
        for term in concept.terms
        if (two and term.language == first) == source and (source or term.status in statuses)
    )


def _users(concept: Concept) -> str:
    return ", ".join(dict.fromkeys(term.evidence.user for term in concept.terms if term.evidence.user))
