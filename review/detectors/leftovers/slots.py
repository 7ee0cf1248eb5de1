"""Slots, shortcodes, scripts and tags: what a page's machinery leaves between its sentences."""

from __future__ import annotations

from review.detectors.leftovers.rule import rule

_AD = r"(?:ads?|advert|advertisement|advertising|adsense|adsbygoogle|banner|sponsor(?:ed)?|promo|dfp|gpt|mpu)"

ANYWHERE = (
    rule(
        "an advertisement slot",
        rf"\[{{1,2}}\s*/?{_AD}(?:[\s_\-:\#=\"']*[\w\-]{{1,24}}){{0,3}}[\"']?\s*\]{{1,2}}",
        rf"\{{{{1,3}}%?\s*{_AD}(?:[\s_\-:\#=\"']*[\w\-]{{1,24}}){{0,3}}[\"']?\s*%?\}}{{1,3}}",
        rf"<{{1,2}}\s*/?{_AD}(?:[\s_\-:\#=\"']*[\w\-]{{1,24}}){{0,3}}[\"']?\s*>{{1,2}}",
        rf"(?<![\w%])%{{1,2}}{_AD}[\w\-]*%{{1,2}}",
        rf"\#{{2,3}}{_AD}[\w\-]*\#{{2,3}}",
        rf"\(\s*(?:{_AD}|ad\s?\d+)\s*\)",
        rf"(?<![\w\-]){_AD}[_\-](?:slot|unit|block|code|space|box|begin|start|end|top|bottom|inline|\d+)(?:[_\-]\w+)*",
        r"【\s*(?:广告|AD)\s*】",
        confidence=0.98,
    ),
    rule(
        "an HTML comment",
        r"<!--.{0,2000}?-->",
        r"(?:<!--|-->)",
        r"<!\[CDATA\[.{0,2000}?\]\]>",
        confidence=0.97,
    ),
    rule(
        "markup",
        r"</?(?:a|abbr|article|aside|b|blockquote|body|br|button|center|code|div|em|embed|figcaption|figure|font|footer"
        r"|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|li|link|main|meta|nav|noscript|object|ol|option|p|param"
        r"|picture|pre|s|script|section|select|small|source|span|strike|strong|style|sub|sup|svg|table|tbody|td|textarea"
        r"|tfoot|th|thead|title|tr|u|ul|video)(?:\s+[\w:\-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*\s*/?\s*>",
        r"\[/?(?:b|i|u|url|img|quote|color|size|font|align|code|center|left|right|list|table|tr|td)(?:=[^\]\s]{1,80})?\]",
        confidence=0.95,
    ),
    rule(
        "a page builder's shortcode",
        r"\[/?(?:caption|gallery|embed|video|audio|playlist|youtube|vimeo|tweet|iframe|contact-form|toc|more|nextpage"
        r"|read_?more|related|sc|shortcode|su_\w+|vc_\w+|et_pb_\w+|fusion_\w+|wp[_\-]\w+|rev_slider|elementor[\w\-]*"
        r"|mc4wp_form|newsletter\w*|social\w*|share\w*|widget\w*)(?:[\s_\-=:][^\]]{0,160})?\]",
        r"\{%.{0,160}?%\}",
        r"\{\{.{0,160}?\}\}",
        r"\$\{\w[\w.]{0,60}\}",
        r"<%.{0,160}?%>",
        confidence=0.93,
    ),
    rule(
        "program code",
        r"\(\s*adsbygoogle\s*=.{0,200}?(?:;|$)",
        r"(?:window|document|googletag|adsbygoogle|jQuery|_taboola|_hmt|_gaq|dataLayer)\s*(?:\.\w+|\[[^\]]*\])+\s*"
        r"(?:=(?!=)|\().{0,300}(?:;|$)",
        r"(?<![\w.])(?:var|let|const)\s+[\w$]+\s*=\s*[^;]{1,300};",
        r"(?<![\w.])(?:function\s*\w*\s*\([^)]*\)\s*\{|\(function\s*\(|\$\(document\)|\$\(['\"]).{0,400}",
        r"javascript:\s*(?:void|;|\w+\()[^\s]{0,60}",
        r"(?<![\w.])if\s*\(\s*typeof\s.{0,300}",
        r"@media\s*(?:\(|screen|print)[^{]{0,80}\{.{0,300}",
        r"(?<!\w)[.\#]?[\w\-]+\s*\{\s*[a-z\-]{3,30}\s*:\s*[^;{}]{1,60};[^}]{0,300}\}?",
        confidence=0.95,
        severity="major",
    ),
    rule(
        "the mark of a picture or a video that is not here",
        r"[\[(【<]\s*(?:image|images?\s?\d+|img|img\s?\d+|pic|picture|picture\s?\d+|photo|photo\s?\d+|video|video\s?\d+|gif"
        r"|audio|figure\s?omitted|image\s(?:omitted|placeholder|removed)|inline\simage|图片?|视频)\s*[\])】>]",
        r"!\[[^\]]*\]\([^)\s]*\)",
        r"(?<!\S)[\w\-./:%]{3,120}\.(?:jpe?g|png|gif|webp|mp4)(?!\S)",
        confidence=0.9,
    ),
)

LINE = (
    rule(
        "an advertisement mark",
        r"\W*(?:advertisement|advertisements|advertising|advertorial|sponsored(?:\s(?:content|links?|post))?|promoted"
        r"|ads?\sby\s\w+|ad|(?:story|article|content)\scontinues\sbelow(?:\s(?:this\s)?(?:ad(?:vertisement)?|video))?"
        r"|continue\sreading\s(?:below|after\sthe\sad)|scroll\s(?:down\s)?to\scontinue(?:\sreading)?"
        r"|(?:skip|close|hide|remove)\s(?:this\s)?ad(?:s|vertisement)?|report\sthis\sad|why\sthis\sad|ad\s?feedback)\W*",
        confidence=0.96,
    ),
    rule(
        "a page's placeholder",
        r"\W*(?:undefined|null|nan|nil|none|n/a|loading|loading\splease\swait|please\swait|404|page\snot\sfound"
        r"|not\sfound|lorem\sipsum.*|object\sobject|todo|tbd|xxx+|error)\W*",
        confidence=0.85,
    ),
    rule("a bare link", r"(?:https?://|www\.)\S+", confidence=0.7),
    rule("a line of decoration", r"[\W_]{0,2}(?:[-=_*~#•·.▲▼◆■●★☆↓↑→←※]\s?){3,}", confidence=0.8),
)

PICTOGRAPHS = rule(
    "a string of pictographs",
    r"(?:[\U0001F300-\U0001FAFF\u2600-\u27BF\u2190-\u21FF\u25A0-\u25FF\u2B00-\u2BFF][\uFE0F\u200D]?\s?){2,}(?<!\s)",
    confidence=0.8,
)
