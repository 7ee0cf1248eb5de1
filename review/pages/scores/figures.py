"""A chart on the page, and the same as a file: every figure can be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    import altair as alt

RIGHT, CALM = "#2f6fb5", "#8a94a6"
"""The colour of what is looked at, and of what it is compared with; both hold on light and dark."""

AGAINST = "#c2762b"
"""The other side of a comparison."""


def draw(chart: alt.LayerChart | alt.Chart, title: str, key: str, *, height: int | None = None) -> None:
    """Draw a chart with a button below that saves it as SVG; ``title`` is read to who cannot see it."""
    if height is not None:
        chart = chart.properties(height=height)
    st.altair_chart(chart, alt=title)
    st.download_button(
        "SVG",
        lambda: as_svg(chart.properties(title=title, background="white")),
        f"{key}.svg",
        "image/svg+xml",
        key=f"figure-{key}",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
        help=f"{title}, as a vector graphic",
    )


def as_svg(chart: alt.LayerChart | alt.Chart) -> str:
    """The chart as it would be printed: black on white, nothing fetched."""
    import vl_convert

    wide = chart.properties(width=640) if chart.to_dict().get("width", "container") == "container" else chart
    return str(vl_convert.vegalite_to_svg(wide.to_dict()))
