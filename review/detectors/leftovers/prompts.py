"""What a language model says about its task instead of doing it."""

from __future__ import annotations

from review.detectors.leftovers.rule import rule

START = (
    rule(
        "a translator's remark about the task",
        r"(?:sure|certainly|of\scourse|okay|ok|absolutely|great)[,!.]\s*(?:here|i\s?(?:’|')?(?:ll|can|will|would)|let\sme).{0,120}?(?::|$)",
        r"here(?:’s|'s|\sis|\sare)\s(?:the|your|a|my|an)\s(?:\w+\s){0,5}(?:translat(?:ion|ed)|version|rendering)\b[^:.]{0,100}[:.]?",
        r"(?:the|my|your|english|final|revised|corrected)\s(?:\w+\s){0,3}translation\s(?:(?:of|for|into)\s[^:]{1,60}\s)?"
        r"(?:is|reads|would\sbe)(?:\sas\sfollows)?\s*:",
        r"(?:english\s)?translat(?:ion|ed\stext|ed\sversion)(?:\s\(?(?:in(?:to)?\s)?english\)?)?\s*:",
        r"(?:the\s)?translated\s(?:text|sentence|article|passage|version)(?:\sis)?(?:\sas\sfollows)?\s*:",
        confidence=0.92,
        severity="major",
    ),
)

LINE = (
    rule(
        "a refusal or a remark of the machine about itself",
        r".*\bas\san\s(?:ai|artificial\sintelligence)(?:\s(?:language\smodel|assistant|model|chatbot|translator))\b.*",
        r".*\bas\sa\s(?:large\s)?language\smodel\b.*",
        r"i(?:’m|'m|\sam)?\s(?:sorry|apologi[sz]e|afraid)\b[^.]{0,80}\b(?:can(?:’t|'t|not)|unable|not\sable|do(?:n’t|n't|\snot)\shave)\b.*"
        r"(?:translat|assist|provid|text|request|help|content|fulfil|comply).*",
        r"i\s(?:can(?:’t|'t|not)|am\s(?:unable|not\sable)\sto)\s(?:\w+\s){0,2}(?:translat|assist\swith|fulfil|comply|process).*",
        confidence=0.95,
        severity="critical",
    ),
    rule(
        "an instruction that was meant for the machine",
        r"(?:please\s)?translate\s(?:the\s(?:following|above|text|sentence|article)|this|it|into|from)\b.*",
        r"please\s(?:provide|send|enter|paste|give\sme)\s(?:me\s)?(?:with\s)?(?:the|your|some)\s(?:\w+\s){0,3}"
        r"(?:text|sentence|content|source)\b.*(?:translat|would\slike).*",
        r"you\sare\sa\s(?:\w+\s){0,3}(?:translator|assistant|interpreter)\b.*",
        r"(?:let\sme\sknow|feel\sfree\sto\s(?:ask|let)|i\shope\s(?:this|that)\s(?:helps|translation)|if\syou\sneed\sany"
        r"\s(?:further|other|more)\s(?:help|assistance|translation|adjustment)).{0,120}",
        r"\(?(?:translator[’']s\s|translation\s)note\s*:.{0,300}",
        r"\(?note\s*:\s*(?:the|this|i)\s(?:\w+\s){0,3}(?:translat|source\stext|original\stext|sentence\s(?:is|was|seems))\w*\b.{0,300}",
        confidence=0.9,
        severity="major",
    ),
)

ANYWHERE = (
    rule(
        "a control mark of a language model",
        r"<\|[\w\-]{2,30}\|>",
        r"\[/?INST\]|<</?SYS>>",
        r"</?(?:s|unk|pad|bos|eos|mask|sep|cls|think|answer|translation)>",
        r"\#{2,3}\s*(?:response|instruction|input|output|assistant|human|translation)\s*:",
        r"\[(?:UNK|PAD|CLS|SEP|MASK|EOS|BOS)\]",
        r"(?<=\w)@@(?=\s)",
        r"▁+",
        r"⁇",
        confidence=0.95,
        severity="major",
    ),
)
