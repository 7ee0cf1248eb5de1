"""Flags as SARIF 2.1.0 (OASIS, 2020), for code hosts and editors: detectors are rules, flags are results.

It is written as a stream: what is said of the run itself comes after its results.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import review
from review.cli._flag_baseline import KEY

if TYPE_CHECKING:
    from review.cli._flag_baseline import Seen
    from review.cli._flag_input import Input, Notices
    from review.detectors import Detector
    from review.formats.places import Place
    from review.model import Flag

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"neutral": "note", "minor": "warning", "major": "error", "critical": "error"}

Json = dict[str, Any]


def write(segments: Iterable[Seen], given: Input, notices: Notices) -> Iterator[str]:
    """The parts of one SARIF log. ``notices`` are read once all segments have come."""
    from review.detectors import detectors, judges

    known: dict[str, Detector] = {**detectors(), **judges()}
    numbers = {name: place for place, name in enumerate(known)}
    driver = {"name": "Rendition", "version": review.__version__, "rules": [_rule(one) for one in known.values()]}
    yield f'{{"$schema": {json.dumps(SCHEMA)}, "version": "2.1.0", "runs": [{{"tool": {{"driver": {_dump(driver)}}},\n'
    yield '"columnKind": "unicodeCodePoints", "results": ['
    between = "\n"
    for seen in segments:
        for place in range(len(seen.item.flags)):
            yield between + _dump(_result(seen, place, numbers, given))
            between = ",\n"
    invocation = {"executionSuccessful": True, "toolExecutionNotifications": list(_notifications(notices, numbers))}
    yield f'\n], "invocations": [{_dump(invocation)}]}}]}}\n'


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _text(text: str) -> Json:
    """A message; braces are doubled, or they would be taken for placeholders."""
    return {"text": text.replace("{", "{{").replace("}", "}}")}


def _rule(one: Detector) -> Json:
    return {
        "id": one.name,
        "shortDescription": {"text": one.title},
        "fullDescription": {"text": one.advice},
        "help": {"text": one.advice + (f" Source: {one.source}" if one.source else "")},
        "properties": {
            "tags": [one.category],
            "version": one.version,
            **({"subcategory": one.subcategory} if one.subcategory else {}),
        },
    }


def _result(seen: Seen, number: int, rules: dict[str, int], given: Input) -> Json:
    item, flag = seen.item, seen.item.flags[number]
    text = item.segment.text if flag.side == "target" else item.segment.source or ""
    place = _find(given, seen, flag.side, flag.start, flag.end)
    where = place if flag.side == "target" else _find(given, seen, "target", 0, len(item.segment.hypothesis))
    result: Json = {
        "ruleId": flag.detector,
        **({"ruleIndex": rules[flag.detector]} if flag.detector in rules else {}),
        "level": LEVELS[flag.severity],
        "message": _text(flag.message),
        "locations": [_location(given.uri, where, item.article, item.name)],
        "partialFingerprints": {KEY: seen.fingerprints[number]},
        "rank": round(100 * flag.confidence, 1),
    }
    if flag.side == "source":
        near = _location(given.beside_uri or given.uri, place)
        result["relatedLocations"] = [
            {"id": 1, **near, "message": _text(f"In the source: {text[flag.start : flag.end]}")}
        ]
    elif place is not None and (fixes := list(_fixes(flag, place, given.uri))):
        result["fixes"] = fixes
    if seen.new is not None:
        result["baselineState"] = "new" if seen.new[number] else "unchanged"
    result["properties"] = {
        "article": item.article,
        "segment": item.name,
        "system": item.system,
        "side": flag.side,
        "start": flag.start,
        "end": flag.end,
        "surface": text[flag.start : flag.end],
        "category": flag.category,
        "subcategory": flag.subcategory,
        "severity": flag.severity,
        "confidence": round(flag.confidence, 3),
        "suggestions": list(flag.suggestions),
        "risk": item.risk,
    }
    return result


def _find(given: Input, seen: Seen, side: str, start: int, end: int) -> Place | None:
    segment = seen.item.segment
    if side == "source" and given.beside is not None and segment.locators:
        return given.beside.in_line(int(segment.locators[0].split(":")[1]), start, end)
    return given.places.find(segment, start, end, side) if given.places else None


def _location(uri: str, place: Place | None, article: str = "", segment: str = "") -> Json:
    location: Json = {}
    if uri:
        location["physicalLocation"] = {"artifactLocation": {"uri": uri}}
        if place is not None:
            location["physicalLocation"]["region"] = _region(place)
    if segment:
        name = f"{article}/{segment}" if article else segment
        location["logicalLocations"] = [{"name": segment, "fullyQualifiedName": name, "kind": "segment"}]
    return location


def _region(place: Place) -> Json:
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return region if place.offset is None else region | {"charOffset": place.offset, "charLength": place.length}


def _fixes(flag: Flag, place: Place, uri: str) -> Iterator[Json]:
    for suggestion in flag.suggestions:
        new = place.written(suggestion)
        if new is None or flag.start == flag.end:
            continue
        replacement = {"deletedRegion": _region(place), "insertedContent": {"text": new}}
        yield {
            "description": _text(f"Write “{suggestion}”." if suggestion else "Delete it."),
            "artifactChanges": [{"artifactLocation": {"uri": uri}, "replacements": [replacement]}],
        }


def _notifications(notices: Notices, rules: dict[str, int]) -> Iterator[Json]:
    for detector, sentence in notices.told():
        about = {"associatedRule": {"id": detector, "index": rules[detector]}} if detector in rules else {}
        yield {"level": "error" if detector else "warning", "message": _text(sentence), **about}
