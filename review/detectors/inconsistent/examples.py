"""What must and what must not be taken for inconsistent."""

from __future__ import annotations

from review.detectors.base import Example

EXAMPLES = (
    Example(
        ("A smart city brain project began.", "The city smart brain project is new."), ("city smart brain project",)
    ),
    Example(
        (
            "They want the green energy hub of the north.",
            "It is the energy green hub of the north. Green energy pays.",
        ),
        ("energy green hub of the north",),
    ),
    Example(
        (
            "The national grain reserve system is old.",
            "Reform of the grain national reserve system, a national grain task, is due.",
        ),
        ("grain national reserve system",),
    ),
    Example(("Wang Xiaoming spoke. Wang Xiaoming left.", "Wang Xiao Ming came back."), ("Wang Xiao Ming",)),
    Example(("Liu Hai-yan won. Later Liu Haiyan thanked all; Liu Haiyan wept.",), ("Liu Hai-yan",)),
    Example(
        ("Zhang Weiguo spoke.", "Zhang Weiguo came back.", "Then Zhang Weigo sat down."),
        ("Zhang Weigo",),
        ("张卫国讲话。", "张卫国回来了。", "随后张卫国坐下。"),
    ),
    Example(
        ("The digital economy grew. The digital economy leads.", "They back the Digital Economy in cities."),
        ("Digital Economy",),
    ),
    Example(
        (
            "We need rural roads. Rural roads pay, and rural roads last.",
            "The plan names Rural Roads first; rural roads again.",
        ),
        ("Rural Roads",),
    ),
    Example(
        ("Chen Meiling sang.", "Later Chen Meilin danced."),
        ("Chen Meilin",),
        ("陈美玲唱歌。", "后来陈美玲跳舞。"),
    ),
    Example(
        ("Sun Guodong is chair.", "Sun Guo-dong resigned.", "Sun Guodong returned."),
        ("Sun Guo-dong",),
    ),
    Example(
        ("The high speed rail network grew.", "The speed high rail network is long, as high speed trains show."),
        ("speed high rail network",),
    ),
    Example(
        ("Xu Jianguo spoke.", "The guests met Xu Jianjun.", "Xu Jianguo thanked them."),
        ("Xu Jianjun",),
        ("许建国讲话。", "来宾会见了许建国。", "许建国表示感谢。"),
    ),
    Example(
        ("Ma Ying spoke.", "The guests met Ma Hong."),
        (),
        ("马英讲话。", "来宾会见了马红。"),
    ),
    Example(("They run on COSMOPlat now.", "With CosmoPlat and COSMOPlat, plants are linked."), ("CosmoPlat",)),
    Example(
        ("The model is called Rendanheyi in China.", "The Ren Dan Heyi idea and Rendanheyi spread."),
        ("Ren Dan Heyi",),
    ),
    Example(("The Bay is wide.", "They swam in the bay.", "CHINA TODAY", "In China today")),
    Example(("China and Japan met. Japan and China agreed.",)),
    Example(("The growth of trade and the trade of growth stocks differ.",)),
    Example(("Li Ming met Li Ning.", "Li Ning left with Li Ming.")),
    Example(("Prime Minister Modi spoke.", "The prime minister left, and the prime minister slept.")),
    Example(("Economic development matters.", "We want economic development.")),
    Example(
        ("Zhang Wei spoke first.", "Then Zhang Mei spoke."),
        (),
        ("张伟先讲话。", "然后张梅讲话。"),
    ),
)
