"""The review grid: one component that runs in the browser; Python hands it an article and hears what it needs.

The scripts are ES modules under ``assets/``, served by the program's own route; the component itself is only a
loader, because Streamlit hands a component's script over as one text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ASSETS = HERE / "assets"
"""The folder that the route serves at ``data["assets"]``."""

LOADER = """
export default function (component) {
  const { parentElement, data } = component;
  if (!data) return undefined;
  const place = (text) => {
    let note = parentElement.querySelector(".rendition-notice");
    if (!note) {
      note = document.createElement("p");
      note.className = "rendition-notice";
      note.setAttribute("role", "status");
      parentElement.append(note);
    }
    note.textContent = text;
    note.hidden = !text;
  };
  if (!parentElement.querySelector(".rendition")) place("Loading the article…");
  const main = new URL(data.assets + "/main.js", document.baseURI).href;
  return import(main).then(
    ({ mount }) => {
      place("");
      return mount(component);
    },
    () => place("The review grid could not be loaded. Reload the page."),
  );
}
"""


@cache
def fingerprint() -> str:
    """Sixteen hex digits that change when a script or the style sheet does: part of the scripts' address."""
    digest = hashlib.sha256()
    for path in [*sorted(ASSETS.glob("*.js")), HERE / "grid.css"]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@cache
def _component() -> Callable[..., Any]:
    import streamlit as st

    css = (HERE / "grid.css").read_text("utf-8")
    return st.components.v2.component("rendition_grid", js=LOADER, css=css, isolate_styles=True)


def grid(
    data: dict[str, Any],
    key: str,
    on_token_change: Callable[[], None] | None = None,
    on_keys_change: Callable[[], None] | None = None,
) -> Any:
    """Mount the grid under a fixed ``key``.

    ``data`` holds route, assets, token, user, batch, article (the article view), keys and segment. The result has
    ``token``, set for one run when the browser needs a new token, and ``keys``, set for one run to the settings
    ``{"preset", "letters", "own"}`` that the user has just chosen.
    """
    return _component()(
        key=key,
        data=data,
        height="content",
        on_token_change=on_token_change or _nothing,
        on_keys_change=on_keys_change or _nothing,
    )


def _nothing() -> None:
    pass
