"""The act, its way back, and what was replaced lately."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import streamlit as st

from review.errors import ReviewError
from review.model import Rule, Scope
from review.pages import session
from review.pages.replacing.chosen import Chosen
from review.pages.replacing.fields import address, plain
from review.steps import propagating
from review.steps.propagating import Outcome, Skipped
from review.store import propagations
from review.store.propagations import Propagation

LISTED = 8
"""Replacements in the list, and skipped segments in an answer."""


def button(rule: Rule, scope: Scope, chosen: Chosen, batch: int) -> None:
    """Replace what is ticked; ``batch`` is where the act is recorded."""
    choice = chosen.choice()
    nothing = not choice.every and not choice.including and not choice.own
    label = "Replace" if rule.replace else "Delete the words"
    if st.button(label, type="primary", shortcut="Ctrl+Enter", disabled=nothing, key="replace-act"):
        user = session.user()

        def act(key: str) -> Outcome:
            return propagating.propagate(session.store(), user.actor, batch, scope, rule, choice, key=key)

        _do("replace", act)
        st.rerun()


def begin() -> None:
    """Begin a preview: the first page, everything ticked that is not confirmed."""
    st.session_state["replace-chosen"] = Chosen()
    st.session_state["replace-pages"] = [None]
    st.session_state["replace-acts"] = st.session_state.get("replace-acts", 0) + 1


def _do(what: str, act: Callable[[str], Outcome], event: str = "") -> None:
    """Do an act under a key that stays the same until it is known to be done, so that it is done once."""
    name = f"replace-key-{what}{event}"
    key = st.session_state.setdefault(name, str(uuid4()))
    st.session_state.pop("replace-done", None)
    try:
        with st.spinner("Replacing…" if what == "replace" else "Taking it back…", show_time=False):
            outcome = act(key)
    except ReviewError as error:
        st.session_state["replace-done"] = {"what": "failed", "error": str(error)}
    else:
        begin()
        done = {"what": what, "event": event or outcome.event, "segments": outcome.segments}
        done |= {"articles": outcome.articles, "skipped": outcome.skipped}
        if outcome.job is None:
            st.session_state["replace-done"] = done
        else:
            st.session_state["replace-doing"] = done
            st.session_state["job-propagate-replace"] = outcome.job
    del st.session_state[name]


def finished(result: Mapping[str, Any], again: Callable[[], None]) -> None:
    """A job's end: what it did is told as if it had been done at once."""
    done = st.session_state.pop("replace-doing", {"what": "replace", "event": ""})
    skipped = tuple(Skipped(one["segment"], one["article"], one["reason"]) for one in result.get("skipped", ()))
    event = done["event"] or result.get("event", "")
    st.session_state["replace-done"] = {
        **done, "event": event, "segments": result.get("segments", 0), "articles": result.get("articles", 0),
        "skipped": skipped, "left": result.get("left", len(skipped)),
    }  # fmt: skip
    again()
    st.rerun()


def told() -> None:
    """What was done last on this page, and the way back from it."""
    done = st.session_state.get("replace-done")
    if not done:
        return
    if done["what"] == "failed":
        st.error(plain(done["error"]))
        return
    said, act = st.columns([6, 2], vertical_alignment="center")
    skipped = done["skipped"]
    where = session.count(done["segments"], "segment")
    if done["articles"]:
        where += f" of {session.count(done['articles'], 'article')}"
    if done["what"] == "undo":
        said.success(f"Taken back: {where} read as they did before.")
        _turn_button(act, "Do it again", done["event"], redo=True, key="told")
    elif not done["event"]:
        said.warning("Nothing was replaced.")
    else:
        said.success(f"Replaced in {where}.")
        _turn_button(act, "Take it all back", done["event"], redo=False, key="told")
    if skipped:
        shown = "  \n".join(_skipped(one) for one in skipped[:LISTED])
        left = done.get("left", len(skipped))
        more = f"  \nand {left - LISTED:,} more" if left > LISTED else ""
        st.caption(f"{session.count(left, 'segment')} left as they are:  \n{shown}{more}")


def _skipped(one: Skipped) -> str:
    return f"[segment {one.segment}]({session.link('', article=one.article, segment=one.segment)}): {plain(one.reason)}"


def _turn_button(place: Any, label: str, event: str, *, redo: bool, key: str) -> None:
    shortcut = "Ctrl+Shift+Backspace" if key == "told" else None
    if place.button(label, key=f"turn-{key}-{event}", shortcut=shortcut, width="stretch"):
        actor = session.user().actor
        what = "redo" if redo else "undo"
        _do(what, lambda one: propagating.turn(session.store(), actor, event, key=one, redo=redo), event)
        st.rerun()


def latest() -> None:
    """The project's latest replacements; one's own can be taken back, or done again."""
    user = session.user()
    with session.store().read() as connection:
        found = propagations.latest(connection, user.project, LISTED)
    if not found:
        return
    st.subheader("Latest replacements")
    for one in found:
        what, when, act = st.columns([6, 4, 1.6], vertical_alignment="center")
        what.markdown(_rule(one))
        state = " · taken back" if one.undone else ""
        when.caption(f"{session.count(one.segments, 'segment')} · {plain(one.by)} · {_at(one.at)}{state}")
        if one.actor == user.actor:
            label = "Do it again" if one.undone else "Take it back"
            _turn_button(act, label, one.event, redo=one.undone, key="list")


def _rule(one: Propagation) -> str:
    find, replace = str(one.rule.get("find", "")), str(one.rule.get("replace", ""))
    if not find:
        return "a rule that was erased"
    source = str(one.rule.get("source", ""))
    where = f" where the source has {plain(_short(source))}" if source else ""
    text = f"“{plain(_short(find))}” → “{plain(_short(replace))}”{where}"
    return f"[{text}]({session.link('replace', **address(one.rule))})"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _at(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1_000_000, UTC):%Y-%m-%d %H:%M} UTC"
