"""What the detectors say, what reviewers make of them, and a switch for each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from review.model import Standing
from review.model.standing import LEAST, SHARE
from review.pages import session
from review.steps import rates as steps
from review.steps.rates import Counts, Rate
from review.store import batches, people

if TYPE_CHECKING:
    import pandas as pd

EXPLAINED = (
    "One act is one decision, however many flags it reaches. *Corrected*: somebody changed the flagged words by hand. "
    "*Acted on*: accepted or corrected; it should be what the confidence said. Shares are of all decisions on the "
    f"present version, with 95% intervals. A detector of which more than {SHARE:.0%} of at least {LEAST} decisions are "
    "dismissals is demoted: its flags are shown last and faint."
)

ROWS, TALLEST = 16, 600
"""Rows shown without scrolling, and the height of a table of more (pixels)."""


@session.page
def detectors() -> None:
    """Show every detector and judge with its rates over the project or a batch; let a lead switch one."""
    st.title("Detectors")
    user = session.user()
    with session.store().read() as connection:
        names = {row.id: row.name for row in batches.rows(connection, user.project)}
        lead = people.role(connection, user.project, user.actor) in steps.LEADERS
    scope, parts, _ = st.columns([2, 1.6, 4], vertical_alignment="bottom")
    numbers = [0, *names]
    batch = scope.selectbox(
        "Decisions and flags of",
        numbers,
        index=session.place("batch", numbers) or 0,
        format_func=lambda key: names.get(key, "the whole project"),
        key="detectors-batch",
    )
    by_category = parts.toggle("By category", key="detectors-categories")
    with st.spinner("Counting…", show_time=False):
        found = steps.rates(session.store(), user.project, batch or None)
    for rate in found:
        if rate.state == "demoted" and rate.standing:
            st.warning(_notice(rate, rate.standing))
    if not any(rate.counts.shown for rate in found):
        if names:
            st.info("No flags and no decisions here yet: open an article, and accept or dismiss its flags.")
        else:
            st.info("No articles yet. Import one, and what is flagged in it is counted here.")
            session.lead("Import an article", "import")
    _table(found, by_category)
    st.caption(EXPLAINED)
    _one(found, user, lead)


def _notice(rate: Rate, demotion: Standing) -> str:
    return (
        f"**{rate.detector.title}** was demoted on {_day(demotion.at)}: {demotion.notice}. "
        "Its flags are shown last and faint, as neutral. Restore it below."
    )


def _table(found: list[Rate], by_category: bool) -> None:
    frame = _frame(found, by_category)
    config = st.column_config
    st.dataframe(
        frame,
        hide_index=True,
        alt="Detectors and judges, with what reviewers made of their flags",
        height="content" if len(frame) <= ROWS else TALLEST,
        placeholder="–",
        column_config={
            "Detector": config.TextColumn(width=195, pinned=True),
            "Category": config.TextColumn(width=150),
            "State": config.TextColumn(width=80),
            "Open": config.NumberColumn(format="localized", width=60, help="Flags that nobody decided on"),
            "Hidden": config.NumberColumn(format="localized", width=70, help="Flags that dismissals hide now"),
            "Accepted": config.NumberColumn(format="localized", width=80),
            "Corrected": config.NumberColumn(format="localized", width=82, help="Flagged words changed by hand"),
            "Dismissed": config.NumberColumn(format="localized", width=85),
            "Acted on": config.NumberColumn(format="percent", width=78, help="Share accepted or corrected"),
            "95%": config.TextColumn(width=88),
            "Said": config.NumberColumn(format="percent", width=60, help="Mean confidence of the flags decided on"),
            "Share dismissed": config.NumberColumn(format="percent", width=118),
            "95% ": config.TextColumn(width=88),
            "Version": config.NumberColumn(format="%d", width=65),
            "Last demotion": config.TextColumn(width=150),
            "What it says": config.TextColumn(width=420),
            "Source": config.TextColumn(width=260),
        },
    )


def _frame(found: list[Rate], by_category: bool) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for rate in found:
        parts = rate.categories if by_category and rate.categories else {"": rate.counts}
        rows += [_row(rate, category, counts, by_category) for category, counts in parts.items()]
    return pd.DataFrame(rows)


def _row(rate: Rate, category: str, counts: Counts, by_category: bool) -> dict[str, Any]:
    return {
        "Detector": rate.detector.title,
        **({"Category": category or "–"} if by_category else {}),
        "State": "not available" if rate.missing else rate.state,
        "Open": counts.open,
        "Hidden": counts.hidden,
        "Accepted": counts.accepted,
        "Corrected": counts.corrected,
        "Dismissed": counts.dismissed,
        "Acted on": counts.share(counts.acted),
        "95%": _interval(counts, counts.acted),
        "Said": counts.said,
        "Share dismissed": counts.share(counts.dismissed),
        "95% ": _interval(counts, counts.dismissed),
        "Version": rate.detector.version,
        "Last demotion": f"{rate.demotion.notice}, {_day(rate.demotion.at)}" if rate.demotion else "",
        "What it says": rate.detector.advice,
        "Source": rate.detector.source,
    }


def _interval(counts: Counts, count: int) -> str:
    if not counts.decided:
        return ""
    low, high = counts.interval(count)
    return f"{100 * low:.0f} to {100 * high:.0f}%"


def _one(found: list[Rate], user: session.User, lead: bool) -> None:
    """One detector in full, what was done with it, and its switch."""
    by_name = {rate.detector.name: rate for rate in found}
    names = list(by_name)
    asked = st.query_params.get("detector", "")
    demoted = next((name for name in names if by_name[name].state == "demoted"), names[0])
    chosen = st.selectbox(
        "One of them",
        names,
        index=names.index(asked if asked in by_name else demoted),
        format_func=lambda name: f"{by_name[name].detector.title} ({name})",
        key="detectors-one",
    )
    rate = by_name[chosen]
    kind = "judge" if rate.judge else "detector"
    st.markdown(f"{rate.detector.advice}  \nSource: {rate.detector.source or 'none named'}")
    if rate.missing:
        st.caption(f"This judge cannot be asked here. {rate.missing}")
    labels = {"on": f"Turn this {kind} off for the project", "off": "Turn it back on", "demoted": "Restore it"}
    said, act, also = st.columns([4, 2, 2], vertical_alignment="center")
    said.write(_state(rate))
    help_text = None if lead else "Only a lead of the project can do this."
    _button(act, labels[rate.state], "off" if rate.state == "on" else "on", rate, user, lead, help_text)
    if rate.state == "demoted":
        _button(also, labels["on"], "off", rate, user, lead, help_text)
    log = steps.history(session.store(), user.project, chosen)
    if log:
        st.caption("  \n".join(_line(one) for one in log[:20]))


def _button(place: Any, label: str, to: str, rate: Rate, user: session.User, lead: bool, help_text: str | None) -> None:
    name = rate.detector.name
    if place.button(label, key=f"switch-{to}-{name}", disabled=not lead, help=help_text, width="stretch"):
        steps.switch(session.store(), user.project, user.actor, name, to)
        st.rerun()


def _state(rate: Rate) -> str:
    if rate.state == "off":
        return "It is **off** in this project: nothing of it is shown."
    if rate.state == "demoted" and rate.standing:
        return f"It is **demoted**: {rate.standing.notice}."
    return "It is **on**."


def _line(one: Standing) -> str:
    what = {"on": "switched on", "off": "switched off", "demoted": f"demoted: {one.notice}"}[one.state]
    return f"{_day(one.at)}: version {one.rule} {what}" + (f", by {one.by}" if one.by else "")


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1_000_000, UTC):%Y-%m-%d %H:%M} UTC"
