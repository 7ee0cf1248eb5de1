"""The server's side of the contract, in memory: enough of it to try the grid against."""

from __future__ import annotations

import copy
from typing import Any

from review.model import Code
from review.text import codes
from tests.grid.beyond import Beyond
from tests.grid.samples import flags

CHANGING = {"edit", "accept", "status", "merge", "split", "repair", "insert", "delete", "undo", "redo"}


def lost(found: dict[str, Any], text: str) -> str:
    """Why the text may not be the segment's, by the program's own rule."""
    known = [Code(*one) for one in found.get("codes", ())]
    return "" if text == found["hypothesis"] else codes.lacking(known, found["text"], text, found["source"])


class Fake:
    """One article. ``mode`` makes it misbehave: ok, html, down, full, refuse."""

    def __init__(self, view: dict[str, Any]) -> None:
        self.view = view
        self.token = "good"
        self.mode = "ok"
        self.store = "d1"
        self.events: dict[str, dict[str, Any]] = {}
        self.requests: list[list[str]] = []
        self.before: dict[str, list[dict[str, Any]]] = {}
        self.after: dict[str, list[dict[str, Any]]] = {}
        self.dismissed: dict[str, dict[str, Any]] = {}
        self.accepted: dict[str, tuple[int, dict[str, Any]]] = {}
        self.undo_stack: list[str] = []
        self.redo_stack: list[str] = []
        self.mute: dict[str, tuple[int, str]] = {}
        self.beyond = Beyond(self)

    def segment(self, number: int) -> dict[str, Any] | None:
        return next((one for one in self.view["segments"] if one["id"] == number), None)

    def take(self, events: list[dict[str, Any]]) -> dict[str, Any]:
        self.requests.append([event["id"] for event in events])
        stored, refused = [], []
        for event in events:
            reason = None if event["id"] in self.events else self.record(event)
            if reason is None:
                stored.append(event["id"])
            else:
                current = self.segment(event["targets"][0]["segment"])
                refused.append({"id": event["id"], "code": "conflict", "reason": reason, "current": current})
        return {"stored": stored, "refused": refused}

    def record(self, event: dict[str, Any]) -> str | None:
        kind, payload = event["kind"], event["payload"]
        if self.mode == "refuse":
            return "Wang Wei changed this sentence first."
        targets = [self.segment(target["segment"]) for target in event["targets"]]
        changing = kind in CHANGING or (kind == "restore" and payload.get("segment"))
        if changing and kind not in ("undo", "redo"):
            for target, found in zip(event["targets"], targets, strict=True):
                if found is None or target["base_version"] not in (None, found["version"]):
                    return "Somebody changed this sentence first."
                if kind in ("edit", "accept") and (
                    wrong := lost(found, payload["texts"][event["targets"].index(target)])
                ):
                    return wrong
        self.events[event["id"]] = event
        before = copy.deepcopy(self.view["segments"])
        getattr(self, f"do_{kind}")(event, [target for target in targets if target], payload)
        light = kind in ("undo", "redo") and self.events[payload["event"]]["kind"] in ("dismiss", "mark", "comment")
        if changing and not light:
            for found in (self.segment(target["segment"]) for target in event["targets"]):
                if found:
                    found["version"] += 1
        if kind not in ("undo", "redo"):
            self.before[event["id"]] = before
            self.after[event["id"]] = copy.deepcopy(self.view["segments"])
            if changing or kind in ("dismiss", "mark", "comment"):
                self.undo_stack.append(event["id"])
                self.redo_stack.clear()
        self.view["revision"] += 1
        return None

    def do_edit(self, event: dict[str, Any], targets: list[dict[str, Any]], payload: dict[str, Any]) -> None:
        for found, text in zip(targets, payload["texts"], strict=True):
            found["text"] = text
            found["status"] = "draft"

    def do_accept(self, event: dict[str, Any], targets: list[dict[str, Any]], payload: dict[str, Any]) -> None:
        self.do_edit(event, targets, payload)
        for found in targets:
            for flag in payload["flags"]:
                if any(flag["id"] == one["id"] for one in found["flags"]):
                    self.accepted[event["id"] + flag["id"]] = (
                        found["id"],
                        {**flag, "state": "accepted", "event": event["id"], "given": payload["suggestion"]},
                    )

    def do_dismiss(self, event: dict[str, Any], targets: list[dict[str, Any]], payload: dict[str, Any]) -> None:
        self.dismissed[event["id"]] = {**payload, "segment": targets[0]["id"]}

    def do_restore(self, event: dict[str, Any], targets: list[dict[str, Any]], payload: dict[str, Any]) -> None:
        self.dismissed.pop(payload.get("dismissal", ""), None)
        for found in targets:
            found["deleted"] = False if payload.get("segment") else found["deleted"]

    def do_status(self, event: dict[str, Any], targets: list[dict[str, Any]], payload: dict[str, Any]) -> None:
        for found in targets:
            found.update({key: payload[key] for key in ("status", "locked") if key in payload})

    def do_delete(self, event: dict[str, Any], targets: list[dict[str, Any]], payload: dict[str, Any]) -> None:
        for found in targets:
            found["deleted"] = True

    def do_mark(self, event: dict[str, Any], targets: list[dict[str, Any]], payload: dict[str, Any]) -> None:
        targets[0]["marks"].append(payload["span"])

    def do_unmark(self, event: dict[str, Any], targets: list[dict[str, Any]], payload: dict[str, Any]) -> None:
        targets[0]["marks"] = [mark for mark in targets[0]["marks"] if mark["id"] != payload["span"]]

    def do_comment(self, event: dict[str, Any], targets: list[dict[str, Any]], payload: dict[str, Any]) -> None:
        if "comment" in payload:
            targets[0]["comments"].append({"author": "Li", "at": 0, **payload["comment"]})
        else:
            targets[0]["comments"] = [one for one in targets[0]["comments"] if one["id"] != payload["remove"]]

    def do_rate(self, event: dict[str, Any], targets: list[dict[str, Any]], payload: dict[str, Any]) -> None:
        targets[0]["rating"] = payload["value"]

    def do_repair(self, event: dict[str, Any], targets: list[dict[str, Any]], payload: dict[str, Any]) -> None:
        for found, source in zip(targets, payload["sources"], strict=True):
            found["source"] = source

    def place(self, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
        at = self.view["segments"].index(old[0])
        self.view["segments"][at : at + len(old)] = new

    def made(self, found: dict[str, Any], **fields: Any) -> dict[str, Any]:
        return {
            **copy.deepcopy(found),
            "version": 1,
            "status": "draft",
            "flags": [],
            "comments": [],
            "marks": [],
            **fields,
        }

    def do_merge(self, event: dict[str, Any], targets: list[dict[str, Any]], payload: dict[str, Any]) -> None:
        joined = {key: " ".join(one[key] or "" for one in targets) for key in ("text", "hypothesis")}
        source = None if targets[0]["source"] is None else "".join(one["source"] or "" for one in targets)
        words = sum(one["words"] for one in targets)
        self.place(targets, [self.made(targets[0], id=payload["new"], source=source, words=words, **joined)])

    def do_split(self, event: dict[str, Any], targets: list[dict[str, Any]], payload: dict[str, Any]) -> None:
        text, at = targets[0]["text"], payload["at"]
        source, cut = targets[0]["source"], payload["source_at"]
        sources = [source, None if source is None else ""] if cut is None else [source[:cut], source[cut:]]
        parts = [text[:at].rstrip(), text[at:].lstrip()]
        new = [
            self.made(targets[0], id=name, text=part, hypothesis=part, source=one)
            for name, part, one in zip(payload["new"], parts, sources, strict=True)
        ]
        self.place(targets, new)

    def do_insert(self, event: dict[str, Any], targets: list[dict[str, Any]], payload: dict[str, Any]) -> None:
        new = self.made(
            targets[0], id=payload["new"], text=payload["text"], hypothesis="", inserted=True, words=0, references=[]
        )
        new |= {"codes": [], "notes": []}
        new["source"] = None if targets[0]["source"] is None else ""
        at = self.view["segments"].index(targets[0]) + (0 if payload["before"] else 1)
        self.view["segments"].insert(at, new)

    def do_undo(self, event: dict[str, Any], targets: list[dict[str, Any]], payload: dict[str, Any]) -> None:
        self.back(self.before[payload["event"]], event)
        self.dismissed.pop(payload["event"], None)
        if payload["event"] in self.undo_stack:
            self.undo_stack.remove(payload["event"])
            self.redo_stack.append(payload["event"])

    def do_redo(self, event: dict[str, Any], targets: list[dict[str, Any]], payload: dict[str, Any]) -> None:
        self.back(self.after[payload["event"]], event)
        done = self.events[payload["event"]]
        if done["kind"] == "dismiss":
            self.dismissed[done["id"]] = {**done["payload"], "segment": done["targets"][0]["segment"]}
        if payload["event"] in self.redo_stack:
            self.redo_stack.remove(payload["event"])
            self.undo_stack.append(payload["event"])

    def back(self, then: list[dict[str, Any]], event: dict[str, Any]) -> None:
        ids = {target["segment"] for target in event["targets"]}
        now = {one["id"]: one for one in self.view["segments"]}
        if {one["id"] for one in then} == set(now):
            self.view["segments"] = [
                {**copy.deepcopy(old), "version": now[old["id"]]["version"]} if old["id"] in ids else now[old["id"]]
                for old in then
            ]
        else:
            self.view["segments"] = copy.deepcopy(then)

    def flags(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for one in self.view["segments"]:
            made = flags(one["id"], one["text"])
            for event, dismissal in self.dismissed.items():
                for flag in made:
                    if flag["detector"] != dismissal["flag"]["detector"]:
                        continue
                    here = one["id"] == dismissal["segment"] and flag["id"] == dismissal["flag"]["id"]
                    words = one["text"][flag["start"] : flag["end"]] == dismissal["flag"].get("surface")
                    if here if dismissal["scope"] == "place" else dismissal["scope"] != "text" or words:
                        flag.update(state="dismissed", event=event)
            made += [
                flag
                for number, flag in self.accepted.values()
                if number == one["id"] and flag["event"] in self.undo_stack
            ]
            found[str(one["id"])] = made
            one["flags"] = made
        return found

    def article(self) -> dict[str, Any]:
        self.flags()
        entries = {
            name: [
                {
                    "event": one,
                    "kind": self.events[one]["kind"],
                    "label": "",
                    "segments": [t["segment"] for t in self.events[one]["targets"]],
                }
                for one in stack
            ]
            for name, stack in (("undo", self.undo_stack), ("redo", self.redo_stack))
        }
        return {**self.view, **entries}
