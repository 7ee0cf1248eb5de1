"""English: 1,234.5; October 12, 2024; “…” with ‘…’ inside, in Britain often the other way round."""

from __future__ import annotations

from review.text.locales.locale import Locale

_BRITISH = {"date": "{day} {month} {year}", "quotes": (("‘", "’"), ("“", "”"))}

LOCALE = Locale(
    languages=("en", "eng"),
    name="English",
    months=tuple(
        "January February March April May June July August September October November December".split(),
    ),
    date="{month} {day}, {year}",
    quotes=(("“", "”"), ("‘", "’")),
    counted=("version", "chapter", "section", "no.", "article", "figure", "table"),
    regions=dict.fromkeys(("gb", "uk", "ie", "au", "nz", "in", "za"), _BRITISH),
)
