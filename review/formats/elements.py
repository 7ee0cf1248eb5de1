"""XML elements: what they are called, and how what has been read is freed."""

from __future__ import annotations

from typing import Any


def local(element: Any) -> str:
    """The element's name without its namespace; "" for what is no element."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def forget(element: Any) -> None:
    """Free an element that has been read, and what stood before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
