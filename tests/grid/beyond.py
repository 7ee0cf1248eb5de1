"""What lies beyond the article, in memory: other articles with the same words, and a translation memory."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.grid.fake import Fake

OTHERS = [
    ("Quay", "The Kaos platform opened a quay.", "new"),
    ("Quay", "Kaos, said Chen Lan, pays.", "confirmed"),
    ("Winch", "Every winch knows Kaos. Kaos knows it too.", "draft"),
    ("Winch", "Kaos is locked.", "locked"),
]


class Beyond:
    """Answers offers, hits, propagations, their turning and their jobs for one fake; counts what was asked."""

    def __init__(self, fake: Fake) -> None:
        self.fake = fake
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.others = [
            {"segment": 900 + at, "article": 90 + ("QW".index(name[0])), "articleName": name, "system": "engine",
             "number": at + 1, "status": "new" if status == "locked" else status, "text": text, "source": None,
             "protected": status == "confirmed", "skipped": "it is locked" if status == "locked" else ""}
            for at, (name, text, status) in enumerate(OTHERS)
        ]  # fmt: skip
        self.similar: list[dict[str, Any]] = []
        self.as_job = False
        self.states: list[dict[str, Any]] = []
        self.outcome: dict[str, Any] = {}
        self.before: dict[str, tuple[list[dict[str, Any]], list[str]]] = {}
        self.matches: list[dict[str, Any]] = []
        self.places: list[dict[str, Any]] = []

    def of(self, what: str) -> list[dict[str, Any]]:
        """The bodies of what was asked by that route."""
        return [body for name, body in self.asked if name == what]

    def answer(self, what: str, body: dict[str, Any]) -> dict[str, Any] | None:
        self.asked.append((what, body))
        if what.startswith("jobs/"):
            self.states = [{**self.states[0], "state": "cancelled"}]
            return {"ok": True}
        answering = {
            "offers": self.offers,
            "hits": self.hits,
            "propagations": self.propagate,
            "propagations/turn": self.turn,
            "memory": lambda body: {"matches": self.matches},
            "concordance": lambda body: {"hits": self.places, "more": False},
        }.get(what)
        return answering(body) if answering else None

    def offers(self, body: dict[str, Any]) -> dict[str, Any]:
        if "Kaos" not in body["before"] or body["before"].count("Kaos") == body["after"].count("Kaos"):
            return {"offers": []}
        word = next((one for one in ("COSMOPlat", "Cosmo") if one in body["after"]), "")
        if not word:
            return {"offers": []}
        rule = {"find": "Kaos", "replace": word, "kind": "words", "inflected": True, "case": False, "keep_case": True,
                "source": "", "source_kind": "words"}  # fmt: skip
        rows = self.rows(rule, "batch")
        counts = {"segments": len(rows), "articles": len({row["article"] for row in rows}), "hits": len(rows)}
        return {"offers": [{"rule": rule, **counts}] if rows else []}

    def rows(self, rule: dict[str, Any], scope: str) -> list[dict[str, Any]]:
        here = [
            {"segment": one["id"], "article": self.fake.view["id"], "articleName": self.fake.view["name"],
             "system": "engine", "number": at + 1, "status": one["status"], "text": one["text"],
             "source": one["source"],
             "protected": one["status"] in ("confirmed", "approved"),
             "skipped": "it is locked" if one["locked"] else ""}
            for at, one in enumerate(self.fake.view["segments"]) if not one["deleted"]
        ]  # fmt: skip
        found = []
        for row in here + (self.others if scope != "article" else []):
            pattern = re.compile(
                rf"\b{re.escape(rule['find'])}\b" if rule["kind"] == "words" else re.escape(rule["find"])
            )
            changes = [
                {"start": m.start(), "end": m.end(), "text": rule["replace"]} for m in pattern.finditer(row["text"])
            ]
            if changes:
                found.append({**row, "changes": changes})
        return found

    def hits(self, body: dict[str, Any]) -> dict[str, Any]:
        rows = self.rows(body["rule"], body["scope"])
        begin = next((at + 1 for at, row in enumerate(rows) if row["segment"] == body["after"]), 0)
        page = rows[begin : begin + body["limit"]]
        return {
            "segments": len(rows),
            "hits": sum(len(row["changes"]) for row in rows),
            "articles": len({row["article"] for row in rows}),
            "protected": sum(row["protected"] for row in rows),
            "skipped": sum(bool(row["skipped"]) for row in rows),
            "rows": page,
            "next": page[-1]["segment"] if begin + body["limit"] < len(rows) else None,
            "similar": copy.deepcopy(self.similar) if body["like"] else [],
        }

    def chosen(self, body: dict[str, Any]) -> dict[int, tuple[dict[str, Any], str]]:
        """The segments that an act changes, each with its text afterwards."""
        made = {}
        for row in self.rows(body["rule"], body["scope"]):
            wanted = row["segment"] in body["including"] or (
                body["every"] and not row["protected"] and row["segment"] not in body["without"]
            )
            if wanted and not row["skipped"]:
                text = row["text"]
                for change in reversed(row["changes"]):
                    text = text[: change["start"]] + change["text"] + text[change["end"] :]
                made[row["segment"]] = (row, text)
        for key, text in body["own"].items():
            made[int(key)] = ({"segment": int(key), "article": 0}, text)
        return made

    def propagate(self, body: dict[str, Any]) -> dict[str, Any]:
        made = self.chosen(body)
        self.before[body["id"]] = (copy.deepcopy(self.others), [one["text"] for one in self.fake.view["segments"]])
        for key, (_, text) in made.items():
            self.write(key, text)
        self.fake.view["revision"] += 1
        skipped = [
            {"segment": row["segment"], "article": row["article"], "reason": row["skipped"]}
            for row in self.rows(body["rule"], body["scope"])
            if row["skipped"] and row["segment"] in body["including"]
        ]
        self.outcome = {"event": body["id"] if made else "", "segments": len(made),
                        "articles": len({row["article"] for row, _ in made.values()}), "skipped": skipped}  # fmt: skip
        return {"job": 7} if self.as_job else self.outcome

    def write(self, key: int, text: str) -> None:
        for one in self.others:
            if one["segment"] == key:
                one["text"] = text
        found = self.fake.segment(key)
        if found:
            found.update(text=text, status="draft", version=found["version"] + 1)

    def turn(self, body: dict[str, Any]) -> dict[str, Any]:
        others, texts = self.before[body["event"]]
        self.before[body["event"]] = (copy.deepcopy(self.others), [one["text"] for one in self.fake.view["segments"]])
        self.others = others
        count = 0
        for one, text in zip(self.fake.view["segments"], texts, strict=True):
            if one["text"] != text:
                one.update(text=text, version=one["version"] + 1)
                count += 1
        self.fake.view["revision"] += 1
        return {"job": 8} if self.as_job else {"event": body["id"], "segments": count, "articles": 3, "skipped": []}

    def job(self) -> dict[str, Any]:
        """The state of the job; the states that a test laid out come one after another, the last one stays."""
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        return {"progress": 0, "total": 0, "note": "", "error": "", "result": self.outcome, **state}
