"""HTML that stands alone: one frame, one style sheet, every text escaped and kept to its own direction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape

from review.formats.changes import DELETED, INSERTED, Piece
from review.model import Segment
from review.text import codes, scripts

_STYLE = """
:root { color-scheme: light dark; --line: #d9dde2; --soft: #f5f6f7; --ink: #1b1f24; --page: #fff;
  --ins: #e2f3e6; --ins-ink: #14532d; --del: #fbe6e4; --del-ink: #7f1d1d; --quiet: #59636e;
  --mark: #fdf0c8; --mark-ink: #a16207; --link: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --line: #363c43; --soft: #1c2024; --ink: #e4e7ea; --page: #14171a;
  --ins: #173523; --ins-ink: #a6e3b8; --del: #43201f; --del-ink: #f5b5af; --quiet: #9aa4ae;
  --mark: #453813; --mark-ink: #d6a82c; --link: #7fb8f0; } }
body { margin: 2rem auto; max-width: 90rem; padding: 0 1.5rem; background: var(--page); color: var(--ink);
  font: 1rem/1.6 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; }
p.about, .note, td.number { color: var(--quiet); font-size: .875rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { text-align: start; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; }
th { font-size: .875rem; background: var(--soft); position: sticky; top: 0; }
th.number, td.number { width: 3rem; }
td.text { white-space: pre-wrap; unicode-bidi: isolate; }
ins, del { unicode-bidi: isolate; border-radius: 2px; padding: 0 .1em; }
ins { background: var(--ins); color: var(--ins-ink); text-decoration: underline; text-underline-offset: .2em; }
del { background: var(--del); color: var(--del-ink); text-decoration: line-through; }
mark { background: var(--mark); color: inherit; border-bottom: 2px solid var(--mark-ink); border-radius: 2px; }
a { color: var(--link); text-underline-offset: .2em; } a:focus-visible { outline: 2px solid var(--link); }
h3 { font-size: 1rem; margin-top: 2rem; }
table.counts { width: auto; table-layout: auto; margin-bottom: 1.5rem; }
table.counts tbody th, table.counts tfoot th { background: none; font-weight: 500; position: static; max-width: 36rem; }
table.counts tfoot { font-weight: 600; }
td.count { font-size: .875rem; } td.count, th.count { text-align: end; font-variant-numeric: tabular-nums; }
.act + .act { margin-top: .6rem; padding-top: .6rem; border-top: 1px dashed var(--line); }
.who { font-weight: 500; } .who time { font-weight: 400; color: var(--quiet); }
.why { font-size: .925rem; } .step { font-size: .925rem; white-space: pre-wrap; }
tr.paragraph td { border-top: 2px solid var(--line); }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } th { position: static; }
  tr { break-inside: avoid; } h2, h3 { break-after: avoid; } thead { display: table-header-group; }
  a { color: inherit; text-decoration: none; }
  ins, del { background: none; } }
"""


def page(title: str, body: Iterable[str]) -> Iterable[str]:
    """The parts of a whole HTML page around ``body``, which is HTML already."""
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'\">\n"
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
    )
    yield from body
    yield "</body>\n</html>\n"


def direction(language: str) -> str:
    """``lang`` and ``dir`` attributes, with a blank before, for a text in a language ("" if unknown)."""
    return f' lang="{escape(language)}" dir="{scripts.direction(language)}"' if language else ' dir="auto"'


def cell(text: str, language: str = "") -> str:
    """A table cell with a text in a language."""
    return f'<td class="text"{direction(language)}>{escape(text)}</td>'


def bare(segment: Segment) -> Segment:
    """The segment with its texts as a reader sees them, without inline codes."""
    if not segment.codes:
        return segment
    correction = segment.correction
    return replace(
        segment,
        hypothesis=codes.bare(segment.codes, segment.hypothesis),
        source=None if segment.source is None else codes.bare(segment.codes, segment.source),
        correction=correction and replace(correction, text=codes.bare(segment.codes, correction.text)),
    )


def marked(found: Iterable[Piece]) -> str:
    """Pieces as HTML: what was inserted in ``ins``, what was deleted in ``del``."""
    tags = {INSERTED: "ins", DELETED: "del"}
    return "".join(
        f"<{tags[piece.kind]}>{escape(piece.text)}</{tags[piece.kind]}>" if piece.kind in tags else escape(piece.text)
        for piece in found
    )
