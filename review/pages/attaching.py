"""The dialog that gives an article its source or a reference later."""

from __future__ import annotations

import streamlit as st

from review.errors import ReviewError
from review.pages import session
from review.steps import importing
from review.store.articles import ArticleRow

SIDES = {"Source": importing.attach_source, "Reference": importing.attach_reference}
LAYOUTS = {"recognise": "", "running text, to be aligned": "article", "one line a segment": "lines"}


@st.dialog("Attach a source or a reference", width="large")
def attach_dialog(chosen: ArticleRow) -> None:
    """Ask for the text and lay it over the article's segments; corrections, flags and comments stay."""
    st.caption(f"{chosen.name}: the text is laid over its {chosen.segments:,} segments. All work is kept.")
    side = st.segmented_control("What it is", list(SIDES), default="Reference" if chosen.has_source else "Source")
    file = st.file_uploader("File", key="attach-file")
    text = st.text_area("or pasted text", height=160, key="attach-text", disabled=file is not None)
    language, layout, encoding = st.columns(3)
    options = {
        "language": language.text_input("Language", value=chosen.source_language, placeholder="zh").strip(),
        "format": LAYOUTS[layout.selectbox("Layout", list(LAYOUTS))],
        "encoding": encoding.text_input("Encoding", placeholder="UTF-8").strip(),
    }
    given = file.getvalue() if file else text.encode()
    if not st.button("Attach", type="primary", disabled=not given.strip() or not side):
        return
    try:
        with st.spinner("Aligning…"):
            done = SIDES[side or "Source"](
                session.store(), session.user().actor, chosen.id, given, file.name if file else "pasted text", options
            )
    except ReviewError as error:
        st.error(str(error))
        return
    st.session_state["attached"] = done.message
    st.rerun()
