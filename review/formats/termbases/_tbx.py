"""What TBX calls things, in all its versions, and what this program's terms are called in it."""

from __future__ import annotations

from dataclasses import dataclass

STATUSES = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
    "superseded": "supersededTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
"""Forbidden is deprecated with a remark that says so."""
READ_STATUSES = {
    "preferredterm": "preferred",
    "preferred": "preferred",
    "standardizedterm": "preferred",
    "legalterm": "preferred",
    "regulatedterm": "preferred",
    "admittedterm": "admitted",
    "admitted": "admitted",
    "deprecatedterm": "deprecated",
    "deprecated": "deprecated",
    "notrecommended": "deprecated",
    "supersededterm": "superseded",
    "superseded": "superseded",
    "obsolete": "superseded",
    "forbidden": "forbidden",
}
"""By their names in small letters without "-admn-sts"; those of older dialects and of other tools too."""
PARTS = {"noun": "noun", "mass": "noun", "name": "properNoun", "verb": "verb", "adjective": "adjective"}
PARTS |= {"phrase": "other"}
READ_PARTS = {"noun": "noun", "propernoun": "name", "verb": "verb", "adjective": "adjective", "other": ""}

REMARK = "Rendition: "
"""What a note begins with that holds, as JSON, what TBX has no category for."""
CORE = "urn:iso:std:iso:30042:ed-2"
MODULES = {"min": "http://www.tbxinfo.net/ns/min", "basic": "http://www.tbxinfo.net/ns/basic"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

CATEGORIES = {
    "subjectField": ("descrip", "min"),
    "administrativeStatus": ("termNote", "min"),
    "partOfSpeech": ("termNote", "min"),
    "externalCrossReference": ("xref", "min"),
    "definition": ("descrip", "basic"),
    "context": ("descrip", "basic"),
    "source": ("admin", "basic"),
    "transactionType": ("transac", "basic"),
}
"""Each data category that is written, with its meta element and the module it belongs to."""
DIALECTS: dict[str, tuple[str, ...]] = {"core": (), "min": ("min",), "basic": ("min", "basic")}


@dataclass(frozen=True, slots=True)
class Style:
    """How a version writes: names of its elements, and whether a category is an attribute or an element."""

    root: str
    header: str
    entry: str
    language: str
    term: str
    namespace: str = ""
    as_element: bool = False
    dialect: str = "basic"

    @property
    def modules(self) -> tuple[str, ...]:
        return DIALECTS[self.dialect]


V2 = Style("martif", "martifHeader", "termEntry", "langSet", "tig")
DCA = Style("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec", CORE)
DCT = Style("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec", CORE, as_element=True)

ROOTS = frozenset({"martif", "tbx", "TBX"})
ENTRIES = frozenset({"termEntry", "conceptEntry", "entry"})
LANGUAGES = frozenset({"langSet", "langSec", "langGroup"})
TERMS = frozenset({"tig", "ntig", "termSec", "termGroup"})
GROUPS = frozenset({"termGrp", "termNoteGrp", "descripGrp", "adminGrp", "transacGrp", "descripNote"})
METAS = frozenset({"descrip", "admin", "adminNote", "termNote", "transac", "transacNote", "xref", "ref", "descripNote"})
"""Elements whose ``type`` says which category they are; in DCT the element's own name does."""
