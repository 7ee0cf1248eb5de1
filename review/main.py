"""Streamlit's main script: navigation, nothing else."""

from __future__ import annotations

import streamlit as st

from review.pages import style
from review.pages.articles import articles
from review.pages.consistency import consistency
from review.pages.detectors import detectors
from review.pages.evaluation import evaluation
from review.pages.exporting import exporting
from review.pages.importing import importing
from review.pages.memory import memory
from review.pages.replacing import replacing
from review.pages.review import review
from review.pages.saved import saved
from review.pages.scores import scores
from review.pages.terms import terms

st.set_page_config(page_title="Rendition", page_icon=style.ICON, layout="wide", initial_sidebar_state="collapsed")
style.apply()
PAGES = {
    "": st.Page(review, title="Review", default=True),
    "articles": st.Page(articles, title="Articles", url_path="articles"),
    "import": st.Page(importing, title="Import", url_path="import"),
    "export": st.Page(exporting, title="Export", url_path="export"),
    "replace": st.Page(replacing, title="Replace", url_path="replace"),
    "consistency": st.Page(consistency, title="Consistency", url_path="consistency"),
    "scores": st.Page(scores, title="Scores", url_path="scores"),
    "saved": st.Page(saved, title="Saved", url_path="saved"),
    "evaluation": st.Page(evaluation, title="Evaluation", url_path="evaluation"),
    "terms": st.Page(terms, title="Terms", url_path="terms"),
    "memory": st.Page(memory, title="Memory", url_path="memory"),
    "detectors": st.Page(detectors, title="Detectors", url_path="detectors"),
}
st.session_state["pages"] = PAGES
st.navigation(list(PAGES.values()), position="top").run()
