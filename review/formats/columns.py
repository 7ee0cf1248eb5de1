"""Which column of a table holds what: as the user says, else by the names that people give such columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from review.errors import ColumnError, FormatError, InputError

ROLES: dict[str, tuple[str, ...]] = {
    "hypothesis": (
        "hypothesis", "hyp", "mt", "machine_translation", "mt_output", "translation", "target", "tgt", "target_text",
        "output", "译文", "机器译文", "机翻", "翻译",
    ),
    "source": ("source", "src", "source_text", "source_segment", "original", "原文", "源文"),
    "reference": ("reference", "references", "ref", "human_translation", "gold", "参考译文", "参考", "人工译文"),
    "alternative": ("alternative", "alternatives", "alt", "other", "其他译文"),
    "article": ("article", "doc_id", "docid", "document", "doc", "article_id", "文章", "文档"),
    "segment": ("segment", "seg_id", "segment_id", "seg", "sentence_id", "id", "编号", "序号"),
    "system": ("system", "sys", "engine", "model", "系统", "引擎"),
    "post_edit": ("post_edit", "postedit", "pe", "edited", "corrected", "correction", "译后编辑", "修改后"),
    "paragraph": ("paragraph", "para", "段落"),
    "status": ("status", "状态"),
}  # fmt: skip
"""What a column can be, each with the names that are taken for it, the likelier first."""

SEVERAL = ("reference", "alternative")
"""Roles that several columns may have."""


def guess(names: Sequence[str], source_language: str = "", target_language: str = "") -> dict[str, list[int]]:
    """Role to column indices, by name. A column called by a language's code is that language's text."""
    plain = [re.sub(r"[\s.-]+", "_", name.strip().lower()) for name in names]
    found: dict[str, list[int]] = {}
    taken: set[int] = set()
    codes = {"hypothesis": target_language, "source": source_language}
    for role, known in ROLES.items():
        wanted = (*known, *((codes[role].lower(),) if codes.get(role) else ()))
        for name in wanted:
            hits = [
                index
                for index, column in enumerate(plain)
                if index not in taken and (column == name or (role in SEVERAL and _stem(column) == name))
            ]
            if hits:
                found.setdefault(role, []).extend(hits if role in SEVERAL else hits[:1])
                taken.update(hits if role in SEVERAL else hits[:1])
                if role not in SEVERAL:
                    break
    return {role: sorted(indices) for role, indices in found.items()}


def _stem(column: str) -> str:
    return re.sub(r"_?(\d+|[a-z])$", "", column) if re.search(r"(\d|_[a-z])$", column) else column


def mapping(
    path: str, names: Sequence[str], given: Mapping[str, str], source_language: str = "", target_language: str = ""
) -> dict[str, list[int]]:
    """Role to column indices: what the user gave, and for the rest a guess. A role given as "" is not there.

    ``given`` names columns, or numbers them from 1; several go parted by ``|``. Raises InputError for an unknown
    role and FormatError for a column that is not there, no column for the hypothesis, or a name for it or the source
    that several columns have.
    """
    shown = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    chosen: dict[str, list[int]] = {}
    for role, columns in given.items():
        if role not in ROLES:
            raise InputError(f"{role!r} is nothing a column can be; choose among {', '.join(ROLES)}.")
        wanted = columns.split("|") if role in SEVERAL else [columns]
        chosen[role] = [_index(path, names, name, shown) for name in wanted if name]
    taken = {index for indices in chosen.values() for index in indices}
    for role, indices in guess(names, source_language, target_language).items():
        if role not in given:
            chosen[role] = [index for index in indices if index not in taken]
    chosen = {role: indices for role, indices in chosen.items() if indices}
    if "hypothesis" not in chosen:
        raise ColumnError(
            path,
            f"no column holds the translation (there are: {shown})",
            "Choose the column that does (--columns hypothesis=NAME).",
            names,
        )
    for role in ("hypothesis", "source"):
        name = names[chosen[role][0]] if role in chosen else ""
        if list(names).count(name) > 1:
            advice = "Rename all but one of them."
            raise ColumnError(path, f"several columns are called {name!r}", advice, names)
    return chosen


def _index(path: str, names: Sequence[str], wanted: str, shown: str) -> int:
    if wanted in names:
        return list(names).index(wanted)
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    raise FormatError(path, 1, f"there is no column {wanted!r} (there are: {shown})", "Choose one of them.")
