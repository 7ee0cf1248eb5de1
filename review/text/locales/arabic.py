"""Arabic: ١٬٢٣٤٫٥ or 1,234.5, one kind of digits throughout; ١٢ أكتوبر ٢٠٢٤; ، ؛ ؟; «…» or “…”.

The Maghreb writes Latin digits with a decimal comma and French names of months, the Levant Syriac names.
"""

from __future__ import annotations

from review.text.locales.locale import ARABIC_DIGITS, Locale

_LEVANT = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني",
    "كانون الأول",
)  # fmt: skip
_MAGHREB = tuple("جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر".split())
_MOROCCO = tuple("يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split())

LOCALE = Locale(
    languages=("ar",),
    name="Arabic",
    months=tuple("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()),
    date="{day} {month} {year}",
    quotes=(("«", "»"), ("“", "”"), ("”", "“"), ("‘", "’")),
    other_digits={ARABIC_DIGITS: ("٫", "٬")},
    before_percent=None,
    marks={",": "،", ";": "؛", "?": "؟"},
    regions={
        **{region: {"months": _LEVANT} for region in ("sy", "lb", "jo", "ps", "iq")},
        **{
            region: {"months": _MAGHREB, "decimal": ",", "groups": ".\u00a0 ", "other_digits": {}}
            for region in ("dz", "tn")
        },
        "ma": {"months": _MOROCCO, "decimal": ",", "groups": ".\u00a0 ", "other_digits": {}},
    },
)
