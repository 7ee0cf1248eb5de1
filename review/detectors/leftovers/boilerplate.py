"""Lines that belong to the page and not to the article: credits, share bars, notices, counters."""

from __future__ import annotations

from review.detectors.leftovers.rule import rule

_C = r"\s*[:：丨|]\s*"
_ROLE = (
    r"(?:(?:responsible|executive|duty|managing|chief|deputy|associate|web|page|copy|text|visual|video|art|new\smedia|internship"
    r"|intern|trainee|special|commissioning|assistant|news|online|on-duty|this\sissue)[\s\-]?){0,3}"
    r"(?:editors?(?:[\s\-](?:in[\s\-](?:charge|chief)|on[\s\-]duty|responsible))?|edit(?:ing|ed\sby)?|editorial\s(?:staff|board)"
    r"|authors?|writers?|by-?line|reporters?|correspondents?|journalists?|proof[\s\-]?read(?:ing|ers?)?|review(?:ed\sby|ers?)|reviewing"
    r"|(?:first|second|third|final|preliminary|initial)\s(?:review|trial|instance|examination)|typeset(?:ting|ter)?|layout|design(?:er)?"
    r"|photograph(?:er|y|s)?|photos?|images?|pictures?|illustrat(?:ion|or)s?|cartoon|graphics?|cameraman|camera|produc(?:er|tion)"
    r"|supervis(?:or|ion|ing)|planning|planner|coordinat(?:or|ion|ing)|contributor|translators?|intern|text|wen|manuscript|poster"
    r"|plan(?:ned)?\sby|written\sby|text\sby)"
)
_LABEL = (
    r"(?:original|article|raw|source|full)\s(?:title|headline|heading|link|text\slink|address|url|source|author)"
    r"|(?:the\s)?title\sof\sthe\soriginal(?:\sarticle)?"
)

LABELS = (
    rule(
        "the page's label for the headline",
        rf"[\[(（【]?(?:{_LABEL}){_C}",
        r"\(?(?:the\s)?original\stitle\s(?:is|was|of\sthe\sarticle)\b[^.:]{0,20}[:：]\s*",
        confidence=0.95,
    ),
)
"""Only the label goes; what follows may be worth keeping."""

LINE = (
    rule(
        "a credit line of the page",
        rf"[\[(（【/\s]*{_ROLE}{_C}[^.!?]{{0,90}}[\])）】]?\.?",
        rf"[\[(（【]\s*{_ROLE}\s[^.!?:\]]{{1,50}}[\])）】]\.?",
        rf"(?:{_ROLE})\s?[/／丨|]\s?[^.!?]{{1,50}}",
        r"[\[(（【]?\s*(?:manuscript\s|article\s|information\s|news\s|data\s|content\s|photo\s|image\s|picture\s|text\s|video\s)?"
        r"(?:source|provenance)s?(?:\sof\s(?:the\s)?(?:this\s)?(?:article|manuscript|information|content|news|data|pictures?|photos?))?"
        rf"{_C}[^.!?]{{0,70}}[\])）】]?\.?",
        r"[-—–=*\#\s]{0,6}(?:end|endit|the\send|finish)[-—–=*\#\s]{0,6}",
        confidence=0.85,
    ),
    rule(
        "a share bar or a button of the page",
        r"(?:click|tap|long[\s\-]press|swipe|scroll|slide)\s(?:here\s)?(?:to|on|the|and|for|below|above|in|up|left|right)\b.{0,120}?"
        r"(?:read|view|see|follow|share|enter|download|subscribe|watch|listen|open|join|learn|identif|play|expand|code|link|image|picture"
        r"|name|card|account|video|button|more|attention|original|zoom|enlarge).{0,60}",
        r"click\shere\.?",
        r"(?:please\s)?scan\s(?:the\s|this\s|our\s)?(?:\w+\s){0,3}(?:qr|code|two-dimensional).{0,120}",
        r".{0,40}\b(?:qr|two-dimensional)\scode\b.{0,40}\b(?:follow|share|download|scan|mobile|phone|wechat|read)\b.{0,40}",
        r"(?:share|forward|send|post)(?:\s(?:this|it|the\s(?:article|page|news|link)))?\s(?:to|on|via|with|by)\s?[:：]?\s?(?:your\s)?(?:we\s?chat|weibo|qq|qzone"
        r"|facebook|twitter|x|linkedin|whats\s?app|telegram|email|friends|moments|circle|sina|mobile|reddit|pinterest|tencent|a\sfriend)"
        r".{0,80}",
        r"share(?:\s(?:this|the)\s(?:article|story|page|post|news|link|video)|\s(?:to|on|with|via))?\s*(?:[:：].{0,80}|\W*)",
        r"(?:follow|subscribe\sto|add|pay\sattention\sto)\s(?:us|(?:our|the|this)\s(?:\w+\s){0,3}(?:account|channel|newsletter|page|feed|podcast)).{0,100}",
        r"(?:sign|log)\s?(?:up|in|on)\s(?:for|to)\s(?:our|the|your|view|read|comment|continue|see).{0,80}",
        r"(?:read|see|view|load|show|expand|learn|get|find\sout)\s?(?:more|the\s(?:full|original|whole|complete)\s(?:text|story|article|version|report)"
        r"|(?:full|original|whole)\s(?:text|story|article)|all\scomments|original)\s*(?:[:：>»→.…].{0,90})?",
        r"(?:return|back|go\sback|jump)\s(?:to\s)?(?:the\s)?(?:top|home|home\s?page|list|previous\spage|directory|sohu|sina|front\spage|main\spage)"
        r"\b.{0,60}",
        r"(?:enter|visit|go\sto)\s(?:the\s)?(?:\w+\s){0,3}(?:home\s?page|forum|comment\ssection|topic\spage|mall)\b.{0,40}",
        r"(?:related|relevant|wonderful|exciting|featured|recommended|further|extended|more|hot|popular|latest|top|editor[’']s|you\s(?:may|might)(?:\salso)?|guess\syou|people\salso)\s"
        r"(?:articles?|news|reading|reads?|stor(?:y|ies)|links?|topics?|recommendations?|videos?|posts?|picks?|searche?s?|tags?|comments?|like|be\sinterested"
        r"|reports?|rankings?|content|for\syou|viewed)\b(?:\W*|\s(?:in|this)\W*|\s*[:：>»].{0,120})",
        r"(?:previous|next|last)(?:\s(?:article|page|post|story|chapter|one|news|item))?\s*(?:[:：»>«<].{0,120}|\W*(?:next|previous|last)?\s?(?:page)?\W*)",
        r"(?:tags?|keywords?|key\swords|categor(?:y|ies)|column|label|filed\sunder|posted\s(?:in|by|on|at)|topics?)\s*[:：].{0,120}",
        r"font\s?(?:size)?\s*[:：].{0,40}",
        r"(?:\[?(?:large|medium|middle|small|big|print|close|collect|print\sthis\spage|close\s(?:the\s)?window|add\sto\sfavou?rites)\]?[\s|/,]*){2,8}",
        r"(?:print|close|collect|bookmark|favou?rite|report|forward|refresh|reply|submit|search|menu|login|register|home\s?page)\W{0,3}",
        r"(?:print|close)\s(?:this\s)?(?:page|window|article)\W*",
        r"(?:leave|write|post|submit|add|make)\s(?:a|your|the)\s(?:comment|reply|message)\b.{0,60}",
        r"(?:please\s)?(?:log|sign)\s?in\s(?:to|before|first|and)\b.{0,60}",
        r"(?:(?:your|the|you\sare)\s)?(?:current|present|now)?\s?(?:location|position|here)\s*[:：].{0,120}",
        r"(?:home(?:\s?page)?|front\spage|news)\s?(?:[>»›/]\s?[^>»›/.]{1,40}){1,5}",
        r".{0,20}\b(?:download|open|install|get|use|launch)\s(?:the|our)\s(?:[\w’'.&\-]+\s){0,5}(?:app|client|application)\b.{0,60}",
        r".{4,120}\ball\s(?:in|on|at|available\s(?:in|on))\s(?:the\s)?(?:[\w’'.&\-]+\s){1,6}(?:app|client|application)\b.{0,20}",
        r"(?:for\s)?more\s(?:exciting|wonderful|great|related|news|information|content|highlights?|details?)\b.{0,60}?"
        r"(?:follow|click|download|app|client|scan|account|visit|subscribe|attention).{0,60}",
        r"(?:get|receive|access)\s(?:the\s)?(?:latest|more)\s.{0,60}(?:app|newsletter|inbox|notifications?|push)\b.{0,40}",
        confidence=0.85,
    ),
    rule(
        "the trace of an automatic copy",
        r"(?:source|original|article)\s(?:link|article|url|post|page)(?:\s(?:here|»))?\W*",
        r"(?:read|see|view|find)\s(?:the\s)?original\s(?:article|post|story|source|link|text|version)\b.{0,60}",
        r"the\s(?:post|article)\s.{3,160}\s(?:appeared\sfirst|was\soriginally\spublished|first\sappeared)\son\s.{2,80}",
        r"this\s(?:article|story|post|content|entry)\s(?:was|is|has\sbeen)\s(?:originally|first|automatically|machine|auto|posted|published|syndicated"
        r"|generated|translated|reproduced|reprinted|transferred)\b.{0,140}",
        r"(?:automatically\s|machine[\s-]|auto[\s-])?translated\s(?:by|with|using|from\s\w+\sby)\s(?:google|deepl|bing|microsoft|baidu|youdao|machine"
        r"|an?\s(?:ai|computer|machine)|artificial)\b.{0,80}",
        r"(?:powered|generated|published|hosted)\sby\s(?:wordpress|blogger|discuz|google|disqus|typecho|joomla|drupal)\b.{0,60}",
        r"(?:skip\sto\s(?:the\s)?(?:main\s)?content|toggle\snavigation|main\smenu|table\sof\scontents|leave\sa\sreply|comments\s(?:off|are\sclosed).{0,80}"
        r"|your\se-?mail\saddress\swill\snot\sbe\spublished.{0,60}|required\sfields\sare\smarked.{0,20}|notify\sme\sof\s.{0,60}"
        r"|no\scomments(?:\syet)?|be\sthe\sfirst\sto\scomment.{0,40}|subscribe(?:\snow)?|sign\sup(?:\snow)?)\W*",
        r"tagged(?:\s(?:with|as|in))?\s*[:：]?\s.{2,100}",
    ),
    rule(
        "a share bar",
        r"\W*(?:(?:share|like|likes|comments?|favou?rites?|collect|collection|forward|retweet|repost|report|tweet|pin|email|print|save|follow"
        r"|subscribe|we\s?chat|weibo|qq|q\s?zone|qq\sspace|moments|friends\scircle|circle\sof\sfriends|facebook|twitter|linkedin"
        r"|whats\s?app|telegram|reddit|pinterest|line|copy\slink|link|reply|feedback|complaints?|dislike|views?|read|sina\sweibo|douban|renren|more|thumbs\sup|praise|reward|home|login"
        r"|register|search|menu|top)\b[\s|/·•,:()\[\]\d]*){2,14}\W*",
        confidence=0.93,
    ),
    rule(
        "a legal notice of the page",
        r"\W*(?:copyright\b(?:\s*[:：©(]|\s(?:\d{4}|notice|statement|by\b|of\s(?:this|the)|belongs|reserved)|\W*$)|©|\(c\)\s?\d{4}|℗).{0,200}",
        r".{0,100}\ball\srights\sreserved\b.{0,100}",
        r".{0,80}\b(?:reprint|reproduction|reprinted|reproduced|reprinting|republish|repost|redistribut|forwarding|plagiari)\w*\b.{0,80}"
        r"\b(?:prohibited|forbidden|permission|authori[sz]ation|authori[sz]ed|indicate|source|strictly|consent|liab|responsib)\w*\b.{0,120}",
        r"(?:without|unless)\s(?:\w+\s){0,4}(?:permission|authori[sz]ation|consent),?\s.{0,100}(?:reprint|reproduc|copied|copy|publish|excerpt).{0,80}",
        r".{0,100}\bplease\s(?:indicate|state|specify|note|credit|retain|keep)\sthe\s(?:source|author|origin).{0,80}",
        r".{0,120}\binfring\w+\b.{0,60}\b(?:contact|delete|inform|notify|remove)\b.{0,80}",
        r"(?:the\s)?(?:copyright|views?|opinions?|content|positions?)\b[^.]{0,80}\b(?:belongs?\sto|represents?\sonly|only\srepresents?"
        r"|(?:do|does)\snot\s(?:necessarily\s)?(?:represent|reflect|constitute))\b[^.]{0,80}\b(?:author|site|platform|website|company|advice|views?|position"
        r"|opinions?|owner)\b.{0,80}",
        r"this\s(?:article|text|content)\s(?:only\s|does\snot\s|is\sfor\sreference|represents\sonly).{0,120}",
        r".{0,80}\b(?:does|do)\snot\sconstitute\s(?:any\s|an\s)?(?:investment|financial|trading|legal|medical)\s(?:advice|recommendation|basis).{0,80}",
        r".{0,40}\b(?:platform|account)\s(?:is\san?|only\sprovides)\s(?:information|storage)\b.{0,80}\b(?:publish|storage|space|service).{0,60}",
        r"(?:(?:special|solemn|copyright|platform|website|site|author|editorial|important)(?:[’']s)?\s)?(?:statement|disclaimer|declaration|risk\s(?:warning|tip)s?)\s*[:：].{0,240}",
        r".{0,40}\b(?:ICP|public\s(?:network\s)?security|internet\snews\sinformation)\b.{0,30}(?:\bNo\b|\blicen[cs]e|\bfiling|\brecord|\d{5,}).{0,100}",
        r".{0,60}\b(?:illegal|harmful|bad)\s(?:and\s\w+\s)?information\sreport.{0,80}",
        r"(?:report|complaint|service|customer\sservice)\s(?:hot\s?line|telephone|phone|mailbox|e-?mail)\s*[:：].{0,80}",
        r".{0,40}\b(?:(?:this\s(?:web\s?)?site\s|we\s)uses?|accept\s(?:all\s)?|about\s)cookies\b.{0,120}",
        r"(?:the\s)?purpose\sof\s(?:the\s)?(?:re[\s-]?print|re[\s-]?post|reproduc)\w*\s.{0,160}",
        r".{0,40}\bdoes\snot\smean\sthat\s(?:this|the|our)\s(?:web\s?site|site|platform|account|newspaper)\b.{0,120}",
        r".{0,30}\b(?:agrees?\swith\s(?:its|their|his|the)\s(?:views?|opinions?)|responsible\sfor\s(?:its|their)\sauthenticity)\b.{0,80}",
        confidence=0.85,
    ),
    rule(
        "a counter or a time stamp of the page",
        r"\W*(?:views?|reads?|reading(?:s|\svolume)?|page\s?views?|hits|clicks?|browse|browsing|visits|comments?|likes?|shares?|number\sof\s(?:views|reads"
        r"|readers|clicks|visits)|popularity)\s*[:：(（]\s*[\d,.]+\s?(?:k|w|m|million|thousand)?\+?\s*[)）]?\W*",
        r"\W*[\d,.]+\s?(?:k|w|m|million|thousand)?\+?\s(?:views|reads|comments|likes|shares|clicks|readers|followers)\W*",
        r"(?:(?:release|publish(?:ed|ing)?|publication|post(?:ed|ing)?|update[d]?|issue|issuing|upload|entry|last\s(?:updated?|modified)|article)\s?"
        r"(?:time|date|on|at)?|time|date)\s*[:：]\s*[\w\s,./:\-–]{4,40}",
        r"[\[(]?\s*\d{4}[\-/.年]\d{1,2}[\-/.月]\d{1,2}日?(?:[\sT]+\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])]?(?:\s*[\[(]?(?:source|editor|author|from|font)\b.{0,120})?",
        r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{1,2},?\s\d{4}"
        r"(?:,?\s(?:at\s)?\d{1,2}:\d{2}(?::\d{2})?)?(?:\s?[ap]\.?m\.?)?(?:\s+(?:source|editor|author|from|font|by)\b.{0,120})?",
        r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?",
        r"(?:\d+|a\sfew|an?)\s(?:seconds?|minutes?|hours?|days?)\sago\W*",
        r"\d{1,2}\smin(?:ute)?s?\sread",
        confidence=0.85,
    ),
    rule(
        "a picture credit",
        r"[\[(（]?\s*(?:photos?|images?|pictures?|video|figure)\s?(?:credits?|sources?|courtesy|copyright|from|provided\sby|by|/)\s?(?:of\s)?[:：/]?\s*[^.!?]{2,70}"
        r"[\])）]?\.?",
        r"[\[(（]?(?:the\s)?(?:picture|photo|image)s?\s(?:is|are|comes?|was|were)\s(?:from|provided\sby|taken\sby)\s[^.!?]{2,60}[\])）]?\.?",
        confidence=0.7,
    ),
)

ANYWHERE = (
    rule(
        "the mark that ends a wire story",
        r"\s*[\[(（【](?:end|finish(?:ed)?|over|ending|the\send|endit|complete|完|end\sof\s(?:the\s)?(?:text|article|full\stext))[\])）】]\.?\s*$",
        confidence=0.85,
    ),
    rule(
        "a credit of the page",
        rf"\s*[\[(（【]\s*(?:our\s|this\s(?:newspaper|site)[’']?s?\s|full-time\s|chief\s)?{_ROLE}{_C}[^\])）】]{{1,90}}[\])）】]",
        r"\s*[\[(（【]\s*(?:our\s|this\s(?:newspaper|site)[’']?s?\s|chief\s|intern\s|staff\s)?"
        r"(?:reporters?|correspondents?|journalists?|newspaper\sreporters?|all-media\sreporters?)\s[^\])）】.]{2,80}[\])）】]",
        r"\s*[\[(（【]\s*(?:photos?|images?|pictures?|text|words?|video|article)(?:\s?/\s?|\s(?:by|from|source|credit|courtesy)[\s:：]{1,2})[^\])）】.]{2,60}[\])）】]",
        r"\s*[\[(（【]\s*(?:source|original\stitle|information\ssource)\s*[:：][^\])）】]{2,90}[\])）】]",
        confidence=0.85,
    ),
    rule(
        "a button of the page",
        r"\s*[\[(（【]\s*(?:click\s(?:here|to\s[^\])）】]{3,50})|read\s(?:more|on|the\sfull\s\w+)|print|close|collect|share|copy\slink|expand|details?|full\stext"
        r"|more|follow|view\soriginal|view\slarger\simage|enlarge|comment|favou?rite|report)\s*[\])）】]",
        r"(?<=[.!?”\"])\s*(?:read\s(?:more|on)|continue\sreading|see\smore|view\smore|expand|more)\s?(?:>>+|»+|→|\.{3}|…|>)?\s*$",
        r"\s*>{2,}\s*(?:read|view|see|click|more|details?|enter|related).{0,60}$",
        confidence=0.85,
    ),
)
