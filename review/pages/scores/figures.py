"""A chart on the page, and the same as a file: every figure can be taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    import altair as alt

RIGHT, CALM = "#2f6fb5", "#8a94a6"
"""The colour of what is looked at, and of what it is compared with; both hold on light and dark."""

AGAINST = "#c2762b"
"""The other side of a comparison."""

SEVERAL = ("#2f6fb5", "#c2762b", "#3c8f6c", "#a3539b", "#c4525a", "#7a6fd0", "#8a7d1f", "#4a8fa8")
"""Colours of systems in one chart; SHAPES tell them apart too, and go on where the colours begin again."""
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right")

LONGEST = 26
"""Characters of a system's name that a chart has room for."""


def dark() -> bool:
    """True where the page is seen in the dark theme."""
    return st.context.theme.type == "dark"


def ink(in_the_dark: bool) -> str:
    """The colour of numbers in a chart: as legible as the page's small print."""
    return "#a9b2bd" if in_the_dark else "#5b6573"


def short(names: Sequence[str]) -> dict[str, str]:
    """Each name as a chart has room for it; two names never become one.

    Long ones lose the beginning and end that all have in common, and what is still too long its middle.
    """
    if all(len(name) <= LONGEST for name in names):
        return {name: name for name in names}
    several = len(set(names)) > 1
    start = _shared(names) if several else 0
    end = _shared([name[start:][::-1] for name in names]) if several else 0
    found = {}
    for name in names:
        kept = "…" * bool(start) + name[start : len(name) - end] + "…" * bool(end)
        half = LONGEST // 2
        found[name] = kept if len(kept) <= LONGEST else f"{kept[:half]}…{kept[1 - half :]}"
    return found if len(set(found.values())) == len(set(names)) else {name: name for name in names}


def apart(systems: Sequence[str]) -> tuple[alt.Scale, alt.Scale]:
    """Scales of colours and of shapes that tell systems apart."""
    import altair as alt

    colours = [SEVERAL[at % len(SEVERAL)] for at in range(len(systems))]
    shapes = [SHAPES[at % len(SHAPES)] for at in range(len(systems))]
    return alt.Scale(domain=list(systems), range=colours), alt.Scale(domain=list(systems), range=shapes)


def _shared(names: Sequence[str]) -> int:
    """How many characters all names begin with; a word or number that they share in part counts as theirs."""
    shortest = min(map(len, names))
    at = next((at for at, signs in enumerate(zip(*names, strict=False)) if len(set(signs)) > 1), shortest)
    while at and names[0][at - 1].isalnum():
        at -= 1
    return at


def draw(
    chart: alt.LayerChart | alt.Chart,
    title: str,
    key: str,
    *,
    height: int | None = None,
    printed: Callable[[], alt.LayerChart | alt.Chart] | None = None,
) -> None:
    """Draw a chart under its title, with a button that saves it as SVG; the title is read to who cannot see it.

    ``printed`` makes the chart for white paper, where that differs from ``chart``.
    """

    def sized(one: alt.LayerChart | alt.Chart) -> alt.LayerChart | alt.Chart:
        return one if height is None else one.properties(height=height)

    head = st.container(horizontal=True, vertical_alignment="center")
    head.caption(title)
    head.download_button(
        "SVG",
        lambda: as_svg(sized(printed() if printed else chart).properties(title=title, background="white")),
        f"{key}.svg",
        "image/svg+xml",
        key=f"figure-{key}",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
        help=f"{title}, as a vector graphic",
    )
    # Without a padding of its own a chart gets Streamlit's, which is empty space below.
    st.altair_chart(sized(chart).properties(padding={"left": 0, "top": 2, "right": 4, "bottom": 2}), alt=title)


def as_svg(chart: alt.LayerChart | alt.Chart) -> str:
    """The chart as it would be printed: black on white, nothing fetched."""
    import vl_convert

    wide = chart.properties(width=640) if chart.to_dict().get("width", "container") == "container" else chart
    return str(vl_convert.vegalite_to_svg(wide.to_dict()))
