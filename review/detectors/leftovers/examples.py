"""What must and what must not be taken for a leftover."""

from __future__ import annotations

from review.detectors.base import Example

_LEAD = "Officials opened a new bridge over the river"

EXAMPLES = (
    # slots and code
    *(
        Example((slot,), (slot,))
        for slot in (
            "[ad_1]",
            "[ad_12]",
            "[ad]",
            "[[ads]]",
            "{ad}",
            "{{ad-top}}",
            "<ad>",
            "[Advertisement]",
            "(advertisement)",
            "%AD_SLOT%",
            "##ad3##",
            "[adsense id=4]",
            "Advertisement",
            "ADVERTISEMENT",
            "Continue reading below",
            "Story continues below this ad",
            "(adsbygoogle = window.adsbygoogle || []).push({});",
            "googletag.cmd.push(function() { googletag.display('div-gpt-ad-1'); });",
            "var page_id = 31;",
            "javascript:void(0)",
            ".share-box { margin: 0; padding: 4px; }",
            '[caption id="attachment_9" width="300"]',
            "[/vc_row]",
            "{{ article.title }}",
            "[image]",
            "photo-2021-11.jpg",
            "undefined",
            "👇👇👇",
            "=====",
        )
    ),
    Example(("The mayor spoke. [ad_3] The guests listened.",), ("[ad_3]",)),
    Example(("<p>The bridge is open.</p>",), ("<p>", "</p>")),
    Example(("Prices <br/> rose.",), ("<br/>",)),
    # site names
    *(
        Example((_LEAD + suffix,), (suffix,))
        for suffix in (
            "_Sina News",
            "_Sohu.com",
            "_NetEase Finance",
            "_Hunan Channel",
            " - Xinhua",
            " - China News Network",
            " - Xinhuanet",
            " | People's Daily Online",
            "-- Global Network",
            " – iFeng.com",
            "_Tencent Technology",
            " | The Paper",
        )
    ),
    Example((_LEAD + " | Wuhan | Li Ming_Sina News",), (" | Wuhan", " | Li Ming", "_Sina News")),
    Example(
        (_LEAD + " - Economic Observer - Financial News Website",),
        (" - Economic Observer", " - Financial News Website"),
    ),
    # labels and credits
    Example(
        ("Port reports record year", "Original title: Port reports record year"),
        ("Original title: Port reports record year",),
    ),
    Example(("Port reports record year", "Original title: Harbour busy."), ("Original title: ",)),
    Example(("Original headline: A busy harbour",), ("Original headline: ",)),
    *(
        Example((line,), (line,))
        for line in (
            "Editor in charge: Wang Fang",
            "Responsible editor: Wang Fang",
            "[Editor: Wang Fang]",
            "(Editor-in-charge: Wang Fang)",
            "Source: Xinhua News Agency",
            "Author: Li Ming",
            "Reporter: Li Ming Correspondent: Zhao Lei",
            "Text/Li Ming",
            "(End)",
            "Click to follow us",
            "Scan the QR code to follow our account",
            "Share to: WeChat Weibo QZone",
            "Share this article",
            "Share Like Comment",
            "Read more",
            "Return to Sohu, see more",
            "Related articles",
            "Font size: large medium small",
            "Home > News > China",
            "Massive information, accurate interpretation, all in the Sina Finance APP",
            "Download the People's Daily app",
            "Copyright © 2021 Example Media. All rights reserved.",
            "Reproduction without permission is strictly prohibited.",
            "Please indicate the source when reprinting.",
            "The views expressed do not necessarily represent the position of this site.",
            "This does not constitute investment advice.",
            "Disclaimer: The article was submitted by a user.",
            "Views: 1,024",
            "2,310 views",
            "2021-11-28 10:23",
            "Release time: 2021-11-28 09:12",
            "November 28, 2021 10:23 Source: Port Daily",
            "3 hours ago",
            "Photo by Zhang Wei",
            "Source link",
            "Read the original article here",
            "The post Port opens appeared first on Harbour Times.",
            "This article was automatically translated.",
            "Leave a Reply",
            "Share to:",
            "Previous: City holds meeting",
            "Platform statement: the views are the author's own.",
        )
    ),
    Example(("The line opened in May. (Reporter Zhang San)",), (" (Reporter Zhang San)",)),
    Example(("The line opened in May. (Editor: Li Si)",), (" (Editor: Li Si)",)),
    # prompts
    *(
        Example((line,), (line,))
        for line in (
            "As an AI language model, I cannot verify this.",
            "I'm sorry, but I can't help with translating this text.",
            "Here is the translation:",
            "Translate the following text into English.",
            "You are a professional translator.",
            "Let me know if you need anything else.",
            "<|im_end|>",
        )
    ),
    Example(("Here's the translated text: The port is open.",), ("Here's the translated text:",)),
    Example(("English translation: The port is open.",), ("English translation:",)),
    # nothing to delete
    *(
        Example((line,))
        for line in (
            "The advertisement was shown on television [12].",
            "He added a second slot to the schedule.",
            "If x < 3 and y > 4, the test fails.",
            "The results [see Table 2] were good.",
            "Prices rose 5% in May (ads excluded).",
            "Premier meets guests - a new chapter opens",
            "Trade talks resume | Both sides hopeful about the outcome of this week.",
            "Xinhua News Agency reported the news online.",
            "The editor in charge of the supplement resigned.",
            "The source of the river lies in Tibet.",
            "Share prices fell on Monday.",
            "He likes to share and comment on the news.",
            "Scanners read the codes in seconds.",
            "Click fraud cost firms millions.",
            "The author of the book spoke in Jinan.",
            "Home prices rose in 70 cities.",
            "Copyright law was amended last year.",
            "The app was downloaded by all users in the city.",
            "The translation of the novel is excellent.",
            "I am sorry that I could not come to the wedding.",
            "The photos show the harbour at night.",
            "On November 28, 2021, the port opened.",
            "Foreign Ministry spokesperson on the news: no comment",
            "Follow the river to the bridge.",
            "Previous governments had failed.",
            "Last year the port grew.",
            "This article of the law was amended.",
            "The source of the link is unknown.",
            "Subscribe to the theory if you like.",
            "More than 100 reporters came.",
            "Read and write every day.",
            "We will continue reading the book.",
            "The child_care centre opened.",
            "Long live the friendship between the two peoples!",
        )
    ),
)
