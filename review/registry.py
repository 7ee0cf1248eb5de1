"""What each file of a room offers, found by looking: adding a file is all it takes to add a thing."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import Any


def find(package: ModuleType, attribute: str) -> dict[str, Any]:
    """Map each file of ``package`` that defines ``attribute`` to what it defines, in alphabetical order.

    Files whose names begin with an underscore are passed over. The key is the file's name.
    """
    found = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda item: item.name):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        if hasattr(module, attribute):
            found[info.name] = getattr(module, attribute)
    return found
