"""The texts of a campaign: Appraise's batches, a JSON list of tasks with their items."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from review.errors import FormatError
from review.formats.appraise_csv._rows import Row, unkept
from review.formats.base import Source, unpacked

WANTED = "Give the campaign's batches as Appraise's StartNewCampaign takes them."

Key = tuple[str, str, str]
"""Item, document, system."""


class Texts(NamedTuple):
    source: str
    target: str


class Batches:
    """The items of each task."""

    def __init__(self, source: Source) -> None:
        self.name = source.name
        try:
            found = json.loads(unpacked(source).decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise FormatError(source.name, None, "the batches are not JSON", WANTED) from error
        if not isinstance(found, list) or not all(isinstance(task, dict) for task in found):
            raise FormatError(source.name, None, "the batches are no list of tasks", WANTED)
        self.tasks: list[dict[Key, Texts]] = [self._task(number, task) for number, task in enumerate(found, 1)]
        self.numbers = {str(_number(task)): place for place, task in enumerate(found)}
        self._chosen: dict[str, list[int]] = {}

    def _task(self, number: int, task: dict[str, Any]) -> dict[Key, Texts]:
        items = task.get("items")
        if not isinstance(items, list):
            raise FormatError(self.name, None, f"task {number} has no items", WANTED)
        found = {}
        for item in items:
            names = ("itemID", "documentID", "targetID", "sourceText", "targetText")
            if not isinstance(item, dict) or any(not isinstance(item.get(name), str | int) for name in names):
                raise FormatError(self.name, None, f"task {number} has an item without {', '.join(names)}", WANTED)
            if any(unkept(str(item[name])) for name in names):
                what = f"task {number} holds a character that cannot be kept"
                raise FormatError(self.name, None, what, "Take it out of the file.")
            key = (str(item["itemID"]), str(item["documentID"]), str(item["targetID"]))
            found[key] = Texts(str(item["sourceText"]), str(item["targetText"]))
        return found

    def match(self, rows: Iterable[Row]) -> None:
        """Find out which tasks each user may have had: items are numbered in each task anew."""
        wanted: dict[str, set[Key]] = {}
        for row in rows:
            wanted.setdefault(row.get("user"), set()).add(_key(row))
        for user, keys in wanted.items():
            fits = [place for place, task in enumerate(self.tasks) if all(self._in(task, key) for key in keys)]
            self._chosen[user] = fits or list(range(len(self.tasks)))

    def texts(self, row: Row) -> Texts:
        """The texts of a row's item. Raises FormatError where there is none, or tasks have others under its number."""
        number = self.numbers.get(row.get("batch"))
        places = [number] if number is not None else self._chosen[row.get("user")]
        found = {text for place in places if (text := self._in(self.tasks[place], _key(row)))}
        if len(found) != 1:
            what = f"{len(found) or 'no'} texts are there for item {row.get('item')} of {row.get('document')[:80]}"
            remedy = "Give the batches of this campaign, or export with --batch-info."
            raise FormatError(self.name, None, f"{what} ({row.get('user')[:50]}, {row.get('system')[:50]})", remedy)
        return found.pop()

    @staticmethod
    def _in(task: dict[Key, Texts], key: Key) -> Texts | None:
        """A task's item; an output that several systems share has all their names, parted by "+"."""
        if key in task:
            return task[key]
        shared = [text for (*place, systems), text in task.items() if tuple(place) == key[:2] and "+" in systems]
        return shared[0] if len(shared) == 1 else None


def _number(task: dict[str, Any]) -> object:
    inner = task.get("task")
    return inner.get("batchNo") if isinstance(inner, dict) else None


def _key(row: Row) -> Key:
    return row.get("item"), row.get("document"), row.get("system")
