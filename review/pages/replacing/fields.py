"""What is looked for and written instead: the fields, and the address that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from review.errors import InputError
from review.model import Rule, Scope
from review.pages import session
from review.text.rules import Replacer

KINDS = {"words": "Whole words", "literal": "Characters", "pattern": "Pattern"}
_DEFAULTS: dict[str, Any] = asdict(Rule("", ""))
_LONGEST = 1000


def address(rule: Rule | Mapping[str, Any], batch: int | None = None) -> dict[str, str]:
    """The address's parameters that open the page with this rule: what differs from an empty rule's fields."""
    given = rule if isinstance(rule, Mapping) else asdict(rule)
    found = {
        name: (str(int(value)) if isinstance(value, bool) else str(value))
        for name, value in given.items()
        if name in _DEFAULTS and value != _DEFAULTS[name]
    }
    return found if batch is None else {**found, "batch": str(batch)}


def fields(names: Mapping[int, str]) -> tuple[Rule | None, Scope]:
    """Draw the fields; returns the rule, None where there is none yet or it cannot be followed, and where to look.

    ``names`` are the project's batches.
    """
    _open(names)
    first = st.columns([3.2, 3.2, 2.8, 1.8])
    second = st.columns([6.4, 4.6], vertical_alignment="center")
    with first[0]:
        find = st.text_input("Find in the translation", key=_key("find"), max_chars=_LONGEST)
        at_find = st.empty()
    with first[1]:
        replace = st.text_input(
            "Replace with", key=_key("replace"), max_chars=_LONGEST, placeholder="nothing: the words are deleted"
        )
        at_replace = st.empty()
    with first[2]:
        source = st.text_input(
            "Only where the source has", key=_key("source"), max_chars=_LONGEST, placeholder="anything, or no source"
        )
        at_source = st.empty()
    batch = first[3].selectbox(
        "In", [0, *names], key=_key("batch"), format_func=lambda one: names.get(one, "the whole project")
    )
    with second[0], st.container(horizontal=True, vertical_alignment="center", gap="small"):
        kind = _kind("Find as", "kind")
        st.checkbox("Inflected forms", key=_key("inflected"), disabled=kind != "words")
        st.checkbox("Letter case", key=_key("case"), help="Capitals and small letters are told apart.")
        st.checkbox(
            "Keep case", key=_key("keep_case"), help="What is written takes the letter case of what stood there."
        )
    with second[1]:
        _kind("Find in the source as", "source_kind")
    if kind == "pattern":
        st.caption(r"RE2: `(\d+) percent` can become `\1%`.")
    given: dict[str, Any] = {name: st.session_state[_key(name)] for name in _DEFAULTS}
    session.say("replace", address(given, batch or None))
    scope = Scope(session.user().project, batch or None)
    if not find:
        if source or replace:
            at_find.caption("Write what to look for.")
        return None, scope
    if find == replace and kind != "pattern":
        at_replace.caption(":red[It is written so already: this would change nothing.]")
        return None, scope
    bare = {**given, "source": ""}
    for place, part in ((at_find, bare), (at_source, given)):
        try:
            Replacer(Rule(**part))
            if part is given and given["source"]:
                Replacer(Rule(given["source"], "", given["source_kind"]))
        except InputError as error:
            place.caption(f":red[{plain(str(error))}]")
            return None, scope
    return Rule(**given), scope


def _kind(label: str, name: str) -> str:
    return str(
        st.segmented_control(
            label,
            list(KINDS),
            format_func=KINDS.__getitem__,
            key=_key(name),
            required=True,
            label_visibility="collapsed",
        )
    )


def _key(name: str) -> str:
    return f"replace-{name}"


def _open(names: Mapping[int, str]) -> None:
    """Fill the fields from the address where it was opened anew; an empty one shows what was looked for last."""
    given = {name: st.query_params[name] for name in (*_DEFAULTS, "batch") if name in st.query_params}
    if _key("find") in st.session_state and not session.addressed("replace", given):
        return
    given = given or next(iter(st.session_state.get("replace-addresses", [])[-1:]), {})
    for name, default in _DEFAULTS.items():
        value = given.get(name)
        if isinstance(default, bool):
            st.session_state[_key(name)] = default if value is None else value == "1"
        elif name in ("kind", "source_kind"):
            st.session_state[_key(name)] = value if value in KINDS else default
        else:
            st.session_state[_key(name)] = (value or "")[:_LONGEST].replace("\x00", "")
    wanted = given.get("batch", "")
    st.session_state[_key("batch")] = int(wanted) if wanted.isascii() and wanted.isdigit() else 0
    if wanted and st.session_state[_key("batch")] not in names:
        st.warning("The address names a batch that is not here; the whole project is searched.")
        st.session_state[_key("batch")] = 0


def plain(text: str) -> str:
    """Text as it is, in a place that reads Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+-.!|~:<>$" else sign for sign in text)
