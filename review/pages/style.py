"""The few lines of CSS that make Streamlit's frame as dense as the grid inside it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

ICON = str(Path(__file__).with_name("icon.png"))

_CSS = """
<style>
[data-testid="stMainBlockContainer"] { padding: 3.75rem 1.5rem 2rem; max-width: none; }
[data-testid="stHeader"] { height: 2.75rem; min-height: 2.75rem; }
[data-testid="stVerticalBlock"] { gap: 0.75rem; }
h1 { font-size: 1.35rem !important; font-weight: 600 !important; padding: 0 0 0.4rem !important; }
h2 { font-size: 1.1rem !important; font-weight: 600 !important; padding: 0.5rem 0 0.3rem !important; }
h3 { font-size: 1rem !important; font-weight: 600 !important; padding: 0.25rem 0 0 !important; }
[data-testid="stMetricValue"] { font-size: 1.4rem; font-variant-numeric: tabular-nums; }
[data-testid="stCaptionContainer"] { opacity: 0.8; }
[data-testid="stWidgetLabel"] * { color: inherit; }
[data-testid="stWidgetLabel"] { color: inherit; }
[data-testid="stBaseButton-primary"] p { color: light-dark(#ffffff, #0b1724); }
[data-testid^="stBaseButton-primary"] kbd { color: light-dark(#ffffff, #0b1724) !important; opacity: 1 !important; }
[data-testid^="stBaseButton-secondary"] kbd { color: inherit !important; opacity: 1 !important; }
[data-testid="stMultiSelect"] span[title] { color: light-dark(#ffffff, #0b1724); }
</style>
"""


def apply() -> None:
    """Put the style on the page."""
    st.html(_CSS)
