"""The terms that flag: what to write, what not to write, who says so."""

from __future__ import annotations

import streamlit as st

from review.pages import session
from review.pages.terms import chosen, editor, listing, merging, proposals, termbases

TABS = ("Terms", "Proposals", "Termbases")

_CSS = """
<style>
.st-key-terms-list { position: sticky; top: 3.25rem; }
.st-key-terms-editor [data-testid="stVerticalBlock"] { gap: 0.4rem; }
.st-key-terms-editor [data-testid="stHorizontalBlock"] { gap: 0.4rem; }
.st-key-terms-editor [data-testid="stMarkdownContainer"] p { margin-bottom: 0.15rem; }
.st-key-terms-save button:disabled p { color: inherit; }
</style>
"""


@session.page
def terms() -> None:
    """Show the concepts with the editor of one beside them; what corrections propose; the termbases."""
    st.html(_CSS)
    st.title("Terms")
    wanted = st.query_params.get("tab", "").capitalize()
    tabs = st.tabs(TABS, key="terms-tab", on_change="rerun", default=wanted if wanted in TABS else None)
    for tab, show in zip(tabs, (_concepts, proposals.proposals, termbases.termbases), strict=True):
        if tab.open:
            with tab:
                chosen.done()
                show()


def _concepts() -> None:
    left, right = st.columns([6, 5], gap="medium")
    with left, st.container(key="terms-list"):
        ticked = listing.listing()
    with right, st.container(key="terms-editor"):
        if len(ticked) > 1:
            merging.several(ticked)
        else:
            editor.editor()
