"""Cases for the doubt model: made when the weights are there."""

from review.detectors.base import Example

EXAMPLES: tuple[Example, ...] = ()


def _case(source: str, target: str, reference: str, one: str, other: str, *flags: str) -> Example:
    return Example((target,), flags, (source,), references=((reference,),), alternatives=((one, other),))


CANDIDATES: tuple[Example, ...] = (
    _case(
        "新码头将于明年春天投入使用。",
        "The new dock leaf will be put into use next spring.",
        "The new wharf will open next spring.",
        "The new wharf will be put into use next spring.",
        "The new wharf will come into use next spring.",
        "dock leaf",
    ),
    _case(
        "县里给每户果农送去了防冻布。",
        "The county delivered anti-freeze liquid to every household of fruit farmers.",
        "The county delivered frost cloth to every fruit-growing household.",
        "The county delivered frost cloth to every household of fruit farmers.",
        "The county delivered frost cloth to each household of fruit farmers.",
        "anti-freeze liquid",
    ),
    _case(
        "馆长说，展品是从民间征集来的。",
        "The librarian said the exhibits were collected from the public.",
        "The museum director said the exhibits had been collected from the public.",
        "The museum director said the exhibits were collected from the public.",
        "The museum director said that the exhibits were collected from the public.",
        "librarian",
    ),
    _case(
        "列车因大雾晚点四十分钟。",
        "The train was forty minutes early because of heavy fog.",
        "The train was forty minutes late because of heavy fog.",
        "The train was forty minutes late because of heavy fog.",
        "The train was forty minutes late due to heavy fog.",
        "early",
    ),
    _case(
        "他们在山坡上种了三种茶树。",
        "They planted three kinds of camellia oil on the hillside.",
        "They planted three kinds of tea trees on the hillside.",
        "They planted three kinds of tea trees on the hillside.",
        "They planted three kinds of tea trees on the slope.",
        "camellia oil",
    ),
    _case(
        "村里的老人每周三在食堂免费吃饭。",
        "Old people in the village sing for free in the canteen every Wednesday.",
        "Elderly villagers eat for free in the canteen every Wednesday.",
        "Old people in the village eat for free in the canteen every Wednesday.",
        "Old people in the village eat free of charge in the canteen every Wednesday.",
        "sing",
    ),
    _case(
        "这家企业去年的出口额首次超过内销额。",
        "For the first time, the company's imports exceeded its domestic sales last year.",
        "Last year the company's exports exceeded its domestic sales for the first time.",
        "For the first time, the company's exports exceeded its domestic sales last year.",
        "For the first time, the exports of the company exceeded its domestic sales last year.",
        "imports",
    ),
    _case(
        "气象台提醒渔民不要在周末出海。",
        "The observatory invited fishermen to go to sea at the weekend.",
        "The weather station warned fishermen not to go to sea at the weekend.",
        "The weather station reminded fishermen not to go to sea at the weekend.",
        "The weather station reminded fishermen not to go out to sea at the weekend.",
        "observatory invited",
    ),
    _case(
        "工人们正在给旧桥更换钢索。",
        "Workers are replacing the steel string of the old bridge.",
        "Workers are replacing the steel cables of the old bridge.",
        "Workers are replacing the steel cables of the old bridge.",
        "Workers are replacing the steel cables on the old bridge.",
        "string",
    ),
    _case(
        "学生们把收集到的雨水用来浇菜园。",
        "The students used the tap water they had collected to water the vegetable garden.",
        "The students watered the vegetable garden with the rainwater they had collected.",
        "The students used the rainwater they had collected to water the vegetable garden.",
        "The students used the collected rainwater to water the vegetable garden.",
        "tap water",
    ),
    _case(
        "林业站派人上山检查松树的病害。",
        "The forestry station sent people up the mountain to check the pine trees for lightning.",
        "The forestry station sent people up the mountain to check the pines for disease.",
        "The forestry station sent people up the mountain to check the pine trees for disease.",
        "The forestry station sent people up the mountain to inspect the pine trees for disease.",
        "lightning",
    ),
    _case(
        "新修的水库可供全镇两万人饮水。",
        "The newly repaired dam can supply drinking water to twenty villages in the town.",
        "The newly built reservoir can supply drinking water to all twenty thousand people of the town.",
        "The newly built reservoir can supply drinking water to twenty thousand people in the town.",
        "The newly built reservoir can provide drinking water for twenty thousand people in the town.",
        "villages",
    ),
    _case(
        "售票员把乘客遗失的书包交给了警察。",
        "The conductor handed the passenger's lost umbrella to the police.",
        "The conductor handed the passenger's lost schoolbag to the police.",
        "The conductor handed the passenger's lost schoolbag to the police.",
        "The conductor gave the passenger's lost schoolbag to the police.",
        "umbrella",
    ),
    _case(
        "记者在夜市上看到，摊位比去年多了一倍。",
        "The reporter saw at the morning market that there were twice as many stalls as last year.",
        "At the night market the reporter saw twice as many stalls as last year.",
        "The reporter saw at the night market that there were twice as many stalls as last year.",
        "The reporter saw in the night market that there were twice as many stalls as last year.",
        "morning",
    ),
    _case(
        "博物馆星期一闭馆。",
        "The museum is closed on Mondays.",
        "The museum is closed on Mondays.",
        "The museum is closed on Mondays.",
        "The museum is closed on Monday.",
    ),
    _case(
        "雨下了三天，河水涨了一米。",
        "It rained for three days and the river rose by one metre.",
        "It rained for three days, and the river rose by a metre.",
        "It rained for three days and the river rose by one metre.",
        "It rained for three days, and the river rose one metre.",
    ),
    _case(
        "医生建议他每天走一个小时。",
        "The doctor advised him to walk for an hour every day.",
        "The doctor advised him to walk for an hour every day.",
        "The doctor advised him to walk for an hour every day.",
        "The doctor advised him to walk an hour every day.",
    ),
    _case(
        "这座桥有一百年的历史。",
        "The bridge is one hundred years old.",
        "The bridge is a hundred years old.",
        "The bridge is one hundred years old.",
        "The bridge is one hundred years old.",
    ),
    _case(
        "孩子们在操场上放风筝。",
        "The children are flying kites on the playground.",
        "The children are flying kites on the playground.",
        "The children are flying kites on the playground.",
        "Children are flying kites on the playground.",
    ),
)
"""One plainly wrong rendering each, named last, that a reference and two outputs put right; and five clean ones. What
the model flags in them becomes EXAMPLES."""
