"""What Python hands to the browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from review.pages.grid import ASSETS, LOADER, fingerprint

MODULES = sorted(ASSETS.glob("*.js"))


def test_the_fingerprint_names_the_scripts() -> None:
    assert re.fullmatch("[0-9a-f]{16}", fingerprint())


def test_the_loader_is_a_module_with_a_default_export() -> None:
    assert LOADER.strip().startswith("export default function")
    assert (ASSETS / "main.js").is_file()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_each_module_imports_what_is_there_and_uses_it(path: Path) -> None:
    text = path.read_text("utf-8")
    for names, target in re.findall(r'import \{([^}]+)\} from "\./([\w.]+)"', text):
        other = (ASSETS / target).read_text("utf-8")
        for name in (part.strip() for part in names.split(",") if part.strip()):
            assert re.search(rf"export (async )?(function|const|class) {name}\b", other), f"{target} has no {name}"
            assert len(re.findall(rf"\b{name}\b", text)) > 1, f"{name} is not used"


def test_whatever_a_module_defines_is_used() -> None:
    whole = "\n".join(path.read_text("utf-8") for path in MODULES) + LOADER
    defined = re.findall(
        r"^  (?:async |get |static )*#?(\w+)\(.*\{$|^(?:export )?(?:async )?function (\w+)", whole, re.M
    )
    names = {method or function for method, function in defined}
    assert len(names) > 100
    assert sorted(name for name in names if len(re.findall(rf"\b{name}\b", whole)) < 2) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_module_writes_markup_or_loads_from_elsewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"innerHTML\s*=[^=]|insertAdjacentHTML|outerHTML\s*=|document\.write|eval\(", text)
    assert not re.search(r"https?://", text)
