"""The environment, read once, typed. Every variable that the program looks at is a field here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
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
    grammar: check English grammar and spelling (1 or 0); it takes most of the time that flagging takes.
    """

    database_url: str = "sqlite:///var/rendition.sqlite3"
    secret: str = ""
    public_url: str = ""
    samples: bool = True
    upload_megabytes: int = 200
    line_megabytes: int = 1
    log_level: str = "warning"
    grammar: bool = True

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


def read(environment: Mapping[str, str]) -> Settings:
    """Read settings from a mapping of environment variables.

    Raises InputError for a value of the wrong type.
    """
    values: dict[str, object] = {}
    for field in fields(Settings):
        name = f"REVIEW_{field.name.upper()}"
        text = environment.get(name)
        if text is None or text == "":
            continue
        if field.type in ("bool", bool):
            if text.lower() not in ("0", "1", "true", "false", "yes", "no"):
                raise InputError(f"{name} is {text!r}; set it to 1 or 0.")
            values[field.name] = text.lower() in ("1", "true", "yes")
        elif field.type in ("int", int):
            if not text.isdigit() or int(text) == 0:
                raise InputError(f"{name} is {text!r}; set it to a whole number above 0.")
            values[field.name] = int(text)
        else:
            values[field.name] = text
    return Settings(**values)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The process's settings, read from the environment at the first call."""
    return read(os.environ)
