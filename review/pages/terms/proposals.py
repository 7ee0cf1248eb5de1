"""What corrections propose as terms, for somebody to decide."""

from __future__ import annotations

import streamlit as st


def proposals() -> None:
    """Placeholder."""
    st.info("No proposals.")
