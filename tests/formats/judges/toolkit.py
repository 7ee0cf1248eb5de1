"""Run by the Python of the judge's own environment: ``toolkit.py STORAGE FILE`` prints the pairs that it reads."""

import json
import sys
from importlib import import_module

CLASSES = {
    "xliff": "xlifffile",
    "xliff2": "Xliff2File",
    "tmx": "tmxfile",
    "po": "pofile",
    "subtitles": "SubtitleFile",
    "tbx": "tbxfile",
}

storage, path = sys.argv[1:]
module = import_module(f"translate.storage.{storage}")
with open(path, "rb") as file:
    read = getattr(module, CLASSES[storage]).parsefile(file)
pairs = [[str(unit.source or ""), str(unit.target or "")] for unit in read.units if unit.istranslatable()]
json.dump(pairs, sys.stdout)
