"""Every pair of systems as a heat map: who is better, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from review.metrics import find
from review.pages.scores import figures

if TYPE_CHECKING:
    import altair as alt

    from review.metrics.significance import Pairwise

_LEVELS = ((0.001, "p < 0.001"), (0.01, "p < 0.01"), (0.05, "p < 0.05"))
_NOT = "not significant"
CLASSES = (*(f"{side}, {said}" for side in ("better", "worse") for _, said in _LEVELS), _NOT)
"""What a cell can say, in the legend's order."""

_NUMBERS = 15
"""Up to how many systems a p-value is written into each cell."""
_CELL, _LEGEND = 30, 96
_LEVEL_LABELS = 60
"""Up to how many characters of names stand beside each other above the columns; more stand upright."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of the cells by CLASSES, and of the numbers in them; the surer, the further from the background.

    Blue and orange are told apart by all common kinds of colour blindness.
    """

    cells: tuple[str, ...]
    numbers: tuple[str, ...]


LIGHT = Palette(
    ("#2f6fb5", "#8db8e4", "#d6e6f6", "#a45c17", "#e0a870", "#f7e4ce", "#f0f2f4"),
    ("#ffffff", "#14171a", "#14171a", "#ffffff", "#14171a", "#14171a", "#5b6573"),
)
DARK = Palette(
    ("#3573b8", "#28527f", "#1c344d", "#a45c17", "#6f421a", "#432d19", "#20252a"),
    ("#ffffff", "#ffffff", "#e4e7ea", "#ffffff", "#ffffff", "#e4e7ea", "#a9b2bd"),
)


def heat_map(result: Pairwise, adjusted: bool) -> None:
    """Draw the p-values of every pair; ``adjusted`` for the number of pairs, after Holm."""
    in_the_dark = figures.dark()
    figures.draw(
        _chart(result, adjusted, DARK if in_the_dark else LIGHT),
        f"p-values of every pair of systems by {result.metric}" + (", adjusted after Holm" if adjusted else ""),
        f"pairs-{result.metric}-{result.test}",
        printed=lambda: _chart(result, adjusted, LIGHT),
    )


def _chart(result: Pairwise, adjusted: bool, palette: Palette) -> alt.LayerChart | alt.Chart:
    import altair as alt
    import pandas as pd

    labels = figures.short(result.systems)
    names = [labels[system] for system in result.systems]
    upright = sum(map(len, names)) > _LEVEL_LABELS
    axis = alt.Axis(orient="top", labelAngle=-90 if upright else 0, labelLimit=180, labelPadding=4, labelFlush=False)
    frame = pd.DataFrame(_cells(result, adjusted, labels), columns=_FIELDS)
    base = alt.Chart(frame).encode(
        x=alt.X("Column:N", sort=names, title=None, axis=axis),
        y=alt.Y("Row:N", sort=names, title=None, axis=alt.Axis(labelLimit=180, labelFlush=False)),
        tooltip=[
            alt.Tooltip("System:N", title="system"),
            alt.Tooltip("Against:N", title="against"),
            alt.Tooltip("Difference:Q", title="difference", format="+.2f"),
            alt.Tooltip("p:Q", format=".4f"),
            alt.Tooltip("Said:N", title="the system is"),
        ],
    )
    legend = alt.Legend(
        title="The system on the left is", orient="bottom", columns=3, symbolType="square", symbolStrokeWidth=0.5,
        symbolStrokeColor=figures.CALM,
        symbolSize=110, rowPadding=3, offset=10,
    )  # fmt: skip
    chart: Any = base.mark_rect().encode(
        color=alt.Color("Said:N", scale=alt.Scale(domain=CLASSES, range=palette.cells), legend=legend)
    )
    if len(names) <= _NUMBERS:
        numbers = alt.Scale(domain=CLASSES, range=palette.numbers)
        chart += base.mark_text(fontSize=10.5).encode(
            text=alt.Text("p:Q", format=".3f"), color=alt.Color("Said:N", scale=numbers, legend=None)
        )
        chart = chart.resolve_scale(color="independent")
    above = min(180, 7 * max(map(len, names))) if upright else 20
    return chart.properties(height=_CELL * len(names) + above + _LEGEND)


_FIELDS = ["Row", "Column", "System", "Against", "p", "Difference", "Said"]


def _cells(result: Pairwise, adjusted: bool, labels: dict[str, str]) -> list[dict[str, Any]]:
    values = result.adjusted if adjusted else result.p_values
    sign = 1 if find(result.metric).higher_is_better else -1
    cells = []
    for i, row in enumerate(result.systems):
        for j, column in enumerate(result.systems):
            if i == j:
                continue
            difference, p = result.scores[i] - result.scores[j], float(values[i, j])
            said = classed(p, difference * sign)
            cells.append(
                dict(zip(_FIELDS, (labels[row], labels[column], row, column, p, difference, said), strict=True))
            )
    return cells


def classed(p: float, gain: float) -> str:
    """Which of CLASSES a pair belongs to, by its p-value and how much better the system is."""
    said = next((said for level, said in _LEVELS if p < level), "")
    if not said or not gain:
        return _NOT
    return f"{'better' if gain > 0 else 'worse'}, {said}"
