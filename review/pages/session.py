"""What every page needs: the store, who looks at it, addresses of places, errors as sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlencode

import streamlit as st
from streamlit import config

from review.errors import ReviewError
from review.log import log
from review.steps import opening
from review.store import Store, people


@dataclass(frozen=True, slots=True)
class User:
    """Who looks at the page, and the project that it shows."""

    actor: int
    project: int
    name: str


def store() -> Store:
    """The process's store."""
    return opening.shared()


def user() -> User:
    """The local user, who needs no login."""
    if "user" not in st.session_state:
        project, actor = store().write(people.ensure_local)
        with store().read() as connection:
            name = people.actor(connection, actor).name
        st.session_state["user"] = User(actor=actor, project=project, name=name)
    found: User = st.session_state["user"]
    return found


def base() -> str:
    """The path that the app is served under: "" or "/sub/path"."""
    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def link(page: str = "", **query: object) -> str:
    """The address of a page, from the server's root. The review page is the front page, ""."""
    found = urlencode({name: value for name, value in query.items() if value not in (None, "")})
    return f"{base()}/{page}" + (f"?{found}" if found else "")


def go(page: str = "", **query: object) -> None:
    """Leave for another page of the app. Does not return."""
    pages = st.session_state["pages"]
    st.switch_page(pages[page], query_params={name: str(value) for name, value in query.items() if value is not None})


def lead(text: str, page: str = "", *, primary: bool = True, **query: object) -> None:
    """A button that leads to another page."""
    if st.button(text, type="primary" if primary else "secondary", width="stretch" if not primary else "content"):
        go(page, **query)


def number(name: str) -> int | None:
    """A whole number from the address, or None where it is missing or no number."""
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 17 else None


def place(name: str, known: Sequence[int]) -> int | None:
    """Where in ``known`` the number stands that the address names; None where it names none.

    An address that leads nowhere is said to do so, and counts as none.
    """
    if name not in st.query_params:
        return None
    wanted = number(name)
    if wanted in known:
        return known.index(wanted)
    st.warning(f"The address names {'an' if name[0] in 'aeiou' else 'a'} {name} that is not here; another is shown.")
    return None


def addressed(page: str, given: dict[str, str]) -> bool:
    """Whether the address was opened anew, and is none that this page itself wrote: a browser in which somebody types
    quickly still sends the address before the last.
    """
    return given not in st.session_state.get(f"{page}-addresses", [])


def say(page: str, told: dict[str, str]) -> None:
    """Let the address say what the page shows, so that it can be sent."""
    written = st.session_state.get(f"{page}-addresses", [])
    if told not in written[-1:]:
        st.session_state[f"{page}-addresses"] = [*written[-50:], told]
    if told != dict(st.query_params):
        st.query_params.from_dict(told)


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 article", "1,200 articles"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def page(show: Callable[[], None]) -> Callable[[], None]:
    """Make a page of a function: what goes wrong is shown as one sentence, never as a traceback."""

    @wraps(show)
    def shown() -> None:
        try:
            show()
        except ReviewError as error:
            st.error(str(error))
        except Exception as error:  # noqa: BLE001 (the last door before the user)
            log("error", "page failed", error=error, page=show.__name__)
            st.error("This page could not be shown; it is written in the server's log. Your corrections are stored.")

    return shown
