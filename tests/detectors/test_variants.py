"""Rules hold beyond the article they were first seen in: each is tried on ten other cases."""

from __future__ import annotations

import pytest

from review.model import Article, Segment
from review.steps import flagging


def flagged(*texts: str, detector: str) -> list[tuple[str, tuple[str, ...]]]:
    """The surfaces that a detector flags, with its suggestions."""
    article = Article("x", tuple(Segment(text) for text in texts), target_language="en")
    found, failures = flagging.detect(article, only=[detector])
    assert failures == []
    return [(texts[int(flag.segment)][flag.start : flag.end], flag.suggestions) for flag in found]


SLOTS = "[ad_3] [ad-top] [ads] {ad_1} {{ad}} <ad> ##ad_2## %ad1% [[ad]] (ad) [adslot_4] [banner_ad] [/ad] {%ad%}"


@pytest.mark.parametrize("slot", [*SLOTS.split(), "[AD 2]"])
def test_an_advertisement_slot_is_deleted_alone_and_within_a_sentence(slot: str) -> None:
    assert flagged(slot, detector="leftovers") == [(slot, ("",))]
    assert (slot, ("",)) in flagged(f"The new line opened. {slot} The guests left.", detector="leftovers")


SITES = (
    "_Sohu News",
    "_Tencent News",
    "_NetEase News",
    "_Phoenix Net",
    "_Guancha",
    "_Dahe Net",
    "_Xinhuanet Shandong Channel",
    "-Sohu Finance",
    " - Global Times",
    " | Guangming Online",
    " - CCTV News",
    "_China Economic Net",
    "_163.com",
    " – Sina Finance",
)


@pytest.mark.parametrize("suffix", SITES)
def test_a_site_name_after_the_headline_is_deleted(suffix: str) -> None:
    found = flagged(f"New rail line lifts trade in the delta{suffix}", detector="leftovers")
    assert [surface for surface, _ in found if suffix.strip(" -–|_") in surface], found
    assert all(suggestions == ("",) for _, suggestions in found)


@pytest.mark.parametrize(
    "label",
    [
        "Original title:",
        "Original headline:",
        "Original title：",
        "The title of the original article:",
        "Article title:",
        "Raw title:",
        "Original heading:",
        "Original link:",
        "Source title:",
        "Full title:",
        "(Original title:",
    ],
)
def test_the_pages_label_before_the_headline_is_deleted(label: str) -> None:
    found = flagged("Harbour opens third basin", f"{label} A quite different line", detector="leftovers")
    assert len(found) == 1
    assert found[0][0].strip() == label


@pytest.mark.parametrize("label", ["Original title: ", "Original headline: ", "Article title: "])
def test_the_headline_once_more_goes_as_a_whole(label: str) -> None:
    again = f"{label}Opening a third basin of the harbour"
    assert flagged("Harbour opening a third basin", again, detector="leftovers") == [(again, ("",))]


@pytest.mark.parametrize(
    ("sentence", "surface", "fixed"),
    [
        ("Harbin Daily, May 7 This afternoon, a fair opened.", "May 7 This afternoon", "May 7: This afternoon"),
        ("Wuxi Evening News, July 30 Yesterday, rain fell.", "July 30 Yesterday", "July 30: Yesterday"),
        ("Dalian News Net, 2 June In the morning, ships left.", "2 June In the", "2 June: In the"),
        ("Legal Daily, March 19th Recently, a court ruled.", "March 19th Recently", "March 19th: Recently"),
        ("China News Network, January 4 The fair closed.", "January 4 The fair", "January 4: The fair"),
        ("Xinhua, Lhasa, August 21 Reporters saw the road.", "August 21 Reporters saw", "August 21: Reporters saw"),
        ("Tianjin Post, Oct. 5 On the eve of the feast, prices fell.", "Oct. 5 On the", "Oct. 5: On the"),
        ("Economic Herald, April 1 According to customs, trade grew.", "April 1 According to", "April 1: According to"),
        ("Kunming Times September 9 Today, buses stopped.", "September 9 Today", "September 9: Today"),
        ("February 28, 2022 Last night, snow fell.", "February 28, 2022 Last night", "February 28, 2022: Last night"),
        ("CCTV News, June 18 At 8 a.m., divers went down.", "June 18 At", "June 18: At"),
    ],
)
def test_a_run_in_dateline_gets_its_mark(sentence: str, surface: str, fixed: str) -> None:
    found = flagged(sentence, detector="dateline")
    assert [s for s, _ in found] == [surface]
    assert fixed in found[0][1]


@pytest.mark.parametrize(
    "sentence",
    [
        "Plays a key part in the region.",
        "Has opened twelve new routes.",
        "Provides work for four thousand people.",
        "Was listed on the exchange in May.",
        "Makes full use of wind power.",
        "Achieved",
        "Remains the largest port of the coast.",
        "Covers an area of nine hectares.",
        "Is known as the home of kites.",
        "Shows a clear upward trend.",
        "Attracts many guests every year.",
        "Ranks first among the ten cities.",
        "Contributes to the growth of the town.",
    ],
)
def test_a_sentence_without_a_subject_gets_one(sentence: str) -> None:
    found = flagged("The firm is old.", sentence, detector="fragments")
    if sentence == "Achieved":
        assert found == []  # one word is a label
        return
    assert found == [(sentence, (f"It {sentence[0].lower()}{sentence[1:]}",))]


@pytest.mark.parametrize(
    ("usual", "scrambled"),
    [
        ("digital trade pilot zone", "trade digital pilot zone"),
        ("marine science research centre", "science marine research centre"),
        ("deep sea mining base", "sea deep mining base"),
        ("smart port terminal project", "port smart terminal project"),
        ("green steel alliance of the north", "steel green alliance of the north"),
        ("new energy vehicle plant", "energy new vehicle plant"),
        ("cold chain food hub", "chain cold food hub"),
        ("rural tourism festival of the province", "tourism rural festival of the province"),
        ("private equity fund office", "equity private fund office"),
        ("modern farm machine park", "farm modern machine park"),
    ],
)
def test_the_same_words_in_another_order_are_found(usual: str, scrambled: str) -> None:
    lead = " ".join(usual.split()[:2])
    found = flagged(
        f"They built a {usual} last year.",
        f"This {lead} matters.",
        f"It is the {scrambled} now.",
        detector="inconsistent",
    )
    assert [surface for surface, _ in found] == [scrambled]
    assert found[0][1] == (usual,)


@pytest.mark.parametrize("name", "Hisense Sinotrans Weichai Tsingtao Yutong Chery Geely Midea Gree Lenovo".split())
def test_a_name_after_its_kind_is_turned_round(name: str) -> None:
    assert flagged(f"He went to the Group {name} in May.", detector="name_order") == [
        (f"the Group {name}", (f"{name} Group",))
    ]
    text = (f"{name} Company is old.", f"The Company {name} has ten plants.")
    assert flagged(*text, detector="name_order") == [(f"The Company {name}", (f"{name} Company",))]


@pytest.mark.parametrize(
    "phrase",
    [
        "participated in the research",
        "participated in the investigation",
        "accompanied the investigation",
        "joined the survey",
        "attended the research",
        "investigated and researched",
        "listened to the introduction",
        "carefully listened to the briefing",
        "exchanged their speeches",
        "put forward specific requirements",
        "studied and deployed",
    ],
)
def test_the_phrases_of_an_inspection_are_found(phrase: str) -> None:
    found = flagged(f"Ma Lin {phrase}.", detector="translationese")
    assert [surface for surface, _ in found] == [phrase]
    assert found[0][1]
