"""German: 1.234,5; 12. Oktober 2024; 5 %; „…“, in books »…«, in Switzerland «…» and 1’234.5."""

from __future__ import annotations

from review.text.locales.locale import Locale

LOCALE = Locale(
    languages=("de",),
    name="German",
    months=tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
    date="{day}. {month} {year}",
    quotes=(("„", "“"), ("‚", "‘"), ("»", "«"), ("›", "‹")),
    straight=False,
    decimal=",",
    groups=".\u00a0\u202f ",
    before_percent="\u00a0",
    counted=("§", "version", "kapitel", "abschnitt", "punkt", "nr.", "artikel", "abbildung", "tabelle", "ziffer"),
    regions={
        "ch": {"decimal": ".", "groups": "’'\u00a0\u202f ", "quotes": (("«", "»"), ("‹", "›"), ("„", "“"), ("‚", "‘"))},
        "li": {"decimal": ".", "groups": "’'\u00a0\u202f ", "quotes": (("«", "»"), ("‹", "›"), ("„", "“"), ("‚", "‘"))},
        "at": {
            "months": tuple(
                "Jänner Februar März April Mai Juni Juli August September Oktober November Dezember".split()
            )
        },
    },
)
