"""Cases for the doubt model: made when the weights are there."""

from review.detectors.base import Example

EXAMPLES: tuple[Example, ...] = ()


def _case(source: str, target: str, reference: str, one: str, other: str, *flags: str) -> Example:
    return Example((target,), flags, (source,), references=((reference,),), alternatives=((one, other),))


CANDIDATES: tuple[Example, ...] = (
    _case(
        "青湾镇党委书记林国栋在周三的会议上说，镇里将投资两亿元修建污水处理厂，并在三年内关闭河边的十二家小造纸厂，让鱼群重新回到河里。",
        "Lin Guodong, secretary of the Party Committee of Green Bay Village, said at a meeting on Wednesday "
        "that the town will invest 200 million yuan to build a Dirty Water Handling Factory and shut down "
        "twelve small paper cuttings by the river within three years, so that fish can return to the river.",
        "Lin Guodong, party secretary of Qingwan Town, said at a meeting on Wednesday that the town would "
        "invest 200 million yuan in a sewage plant and close twelve small paper mills along the river within "
        "three years, so that fish return to it.",
        "Lin Guodong, Party secretary of Qingwan Town, said at Wednesday's meeting that the town will invest "
        "200 million yuan to build a sewage treatment plant and close twelve small paper mills along the "
        "river within three years, so that the fish can return to the river.",
        "Lin Guodong, secretary of the Party Committee of Qingwan Town, said at a meeting on Wednesday that "
        "the town will invest 200 million yuan to build a sewage treatment plant and shut down twelve small "
        "paper mills by the river within three years, so that fish can return to the river.",
        "Green Bay Village",
        "Dirty",
        "Water",
        "Handling",
        "Factory",
    ),
    _case(
        "据海陵大学的一项研究，当地农民改用滴灌之后，每亩棉田的用水量减少了四成，产量却提高了一成五，今年将有八个村推广这一做法。",
        "According to a study by Hailing University, after local farmers switched to Didi Guan, the water "
        "consumption per mu of cotton fields decreased by 40 percent while the output increased by 15 "
        "percent, and eight villages will sell this gesture this year.",
        "According to a study by Hailing University, local farmers who switched to drip irrigation used 40 "
        "percent less water per mu of cotton while yields rose by 15 percent; eight villages will adopt the "
        "practice this year.",
        "According to a study by Hailing University, after local farmers switched to drip irrigation, water "
        "use per mu of cotton fields fell by 40 percent while output rose by 15 percent, and eight villages "
        "will promote this practice this year.",
        "According to a study by Hailing University, after local farmers switched to drip irrigation, the "
        "water consumption per mu of cotton fields decreased by 40 percent while the output increased by 15 "
        "percent, and eight villages will promote this practice this year.",
        "Didi Guan",
    ),
    _case(
        "北岭动物园的饲养员孟小禾说，刚出生的雪豹幼崽体重只有四百五十克，目前由母豹哺乳，游客要等到中秋节以后才能看到它。",
        "Menghe Xiao, a feeder at the North Ridge Zoo, said that the newborn Snow Bao seedling weighs only "
        "450 grams and is currently being nursed by its mother, and tourists will have to wait until after "
        "the Mid-Autumn Festival to see it.",
        "Meng Xiaohe, a keeper at Beiling Zoo, said the newborn snow leopard cub weighs only 450 grams and is "
        "being nursed by its mother; visitors will not be able to see it until after the Mid-Autumn Festival.",
        "Meng Xiaohe, a keeper at Beiling Zoo, said that the newborn snow leopard cub weighs only 450 grams "
        "and is currently nursed by its mother, and visitors will have to wait until after the Mid-Autumn "
        "Festival to see it.",
        "Meng Xiaohe, a keeper at the Beiling Zoo, said that the newborn snow leopard cub weighs only 450 "
        "grams and is currently being nursed by its mother, and tourists will have to wait until after the "
        "Mid-Autumn Festival to see it.",
        "Xiao, a feeder at the North",
        "Ridge",
        "Bao",
    ),
    _case(
        "省交通厅厅长周启明介绍，云溪特大桥全长三千二百米，主跨八百米，建成后从县城到高铁站的车程将由两小时缩短到二十五分钟。",
        "Zhou Qiming, Chief of the Provincial Traffic Hall, said that the Cloud Stream Oversized Bridge is "
        "3,200 meters long with a lord cross of 800 meters, and that after completion the drive from the "
        "county seat to the high-speed railway station will be shortened from two hours to twenty-five "
        "minutes.",
        "Zhou Qiming, head of the provincial transport department, said the Yunxi Bridge is 3,200 metres long "
        "with a main span of 800 metres and will cut the drive from the county seat to the high-speed railway "
        "station from two hours to twenty-five minutes.",
        "Zhou Qiming, director of the provincial transport department, said that the Yunxi Grand Bridge is "
        "3,200 meters long with a main span of 800 meters, and after completion the drive from the county "
        "town to the high-speed railway station will be shortened from two hours to twenty-five minutes.",
        "Zhou Qiming, director of the Provincial Department of Transportation, said that the Yunxi Bridge is "
        "3,200 meters long with a main span of 800 meters, and that after completion the drive from the "
        "county seat to the high-speed railway station will be shortened from two hours to twenty-five "
        "minutes.",
        "Chief",
        "Traffic Hall",
        "Cloud Stream Oversized",
    ),
    _case(
        "老匠人何守义用了四十年收集祖传的木版年画，如今他把两千多块画版捐给了市图书馆，馆方计划明年春节举办展览。",
        "The old craftsman What Shouyi spent forty years collecting ancestral Wooden Version Years. Now he "
        "has donated more than 2,000 drawing editions to the city library, which plans to hold an exhibition "
        "during the Spring Festival next year.",
        "The old craftsman He Shouyi spent forty years collecting traditional woodblock New Year prints, and "
        "has now donated more than two thousand blocks to the city library, which plans an exhibition for "
        "next Spring Festival.",
        "Old craftsman He Shouyi spent forty years collecting ancestral woodblock New Year pictures, and now "
        "he has donated more than 2,000 printing blocks to the city library, which plans to hold an "
        "exhibition during the Spring Festival next year.",
        "The old craftsman He Shouyi spent forty years collecting ancestral woodblock New Year prints. Now he "
        "has donated more than 2,000 blocks to the city library, which plans to hold an exhibition during the "
        "Spring Festival next year.",
        "Wooden Version Years",
    ),
    _case(
        "东港集团去年在非洲新开了五座仓库，副总裁沈一帆表示，公司将优先雇用当地人，并为司机和装卸工提供六个月的带薪培训。",
        "East Harbor Clique opened five new warehouses in Africa last year. Shen Yifan, vice president, said "
        "that the company will give priority to hiring local people and provide six months of Belt Salary "
        "drills for drivers and unloading craftsmen.",
        "Donggang Group opened five warehouses in Africa last year, and vice president Shen Yifan said the "
        "company will give priority to hiring local people and offer drivers and loaders six months of paid "
        "training.",
        "Donggang Group opened five new warehouses in Africa last year. Vice President Shen Yifan said that "
        "the company will give priority to hiring locals and provide six months of paid training for drivers "
        "and loaders.",
        "Donggang Group opened five new warehouses in Africa last year. Shen Yifan, vice president, said that "
        "the company will give priority to hiring local people and provide six months of paid training for "
        "drivers and loaders.",
        "Harbor Clique",
        "Belt Salary",
        "craftsmen",
    ),
    _case(
        "医生提醒，入夏以后蜱虫活跃，上山采药或者露营的人应穿长袖衣裤，被叮咬后不要用手拔，要尽快到医院处理。",
        "Doctors remind people that the Pi bug is lively in summer. People who go to the mountains to collect "
        "Caiyao or Luying should wear long sleeves and trousers. After being barked at, do not pull them out "
        "by hand, but go to the hospital as soon as possible.",
        "Doctors warn that ticks are active in summer: people who gather herbs or camp in the hills should "
        "wear long sleeves and trousers, and those who are bitten should not pull the tick out by hand but go "
        "to hospital as soon as possible.",
        "Doctors remind that ticks are active after the beginning of summer. People who go up the mountain to "
        "collect herbs or camp should wear long-sleeved clothes and trousers. After being bitten, do not pull "
        "it out by hand, but go to the hospital as soon as possible.",
        "Doctors remind people that ticks are active in summer. People who go to the mountains to collect "
        "herbs or camp should wear long sleeves and trousers. After being bitten, do not pull them out by "
        "hand, but go to the hospital as soon as possible.",
        "Pi",
        "bug",
        "Caiyao or Luying should wear long",
    ),
    _case(
        "市博物馆馆长贺兰说，这批战国青铜器出土于一九七八年，其中一件酒壶上刻有三十九个字，记录了一次祭祀的经过。",
        "Helan, master of the Municipal Museum Hall, said that this batch of War Country Green Copper was "
        "unearthed in 1978, and one of the alcoholic pots is engraved with thirty-nine words recording a Jisi.",
        "He Lan, director of the city museum, said these Warring States bronzes were unearthed in 1978, and "
        "that one wine vessel bears thirty-nine characters recording a sacrifice.",
        "He Lan, curator of the municipal museum, said that this batch of bronzes from the Warring States "
        "period was unearthed in 1978, and one of the wine pots is engraved with thirty-nine characters "
        "recording the course of a sacrifice.",
        "He Lan, director of the city museum, said that this batch of Warring States bronzes was unearthed in "
        "1978, and one of the wine pots is engraved with thirty-nine characters recording a sacrifice.",
        "Helan",
        "master of the Municipal Museum Hall",
        "War",
        "Country",
        "Green",
        "Copper",
        "engraved with thirty-nine words recording a",
        "Jisi",
    ),
    _case(
        "台风“海葵”逼近期间，石浦港共有四百多艘渔船回港避风，渔政人员逐船检查缆绳，并把一百八十名船员安置到附近的学校。",
        'When typhoon "Sea Sunflower" was approaching, more than 400 fishing boats returned to Stone Pu Hong '
        "Kong for shelter. Fish Politics personnel checked the cables boat by boat and resettled 180 crew "
        "members in nearby schools.",
        "As Typhoon Haikui approached, more than 400 fishing boats returned to Shipu Port for shelter; "
        "fishery officers checked the mooring lines boat by boat and moved 180 crew members to a nearby "
        "school.",
        "During the approach of Typhoon Haikui, more than 400 fishing boats returned to Shipu Port to take "
        "shelter. Fishery officials checked the mooring ropes boat by boat and moved 180 crew members to "
        "nearby schools.",
        "When Typhoon Haikui was approaching, more than 400 fishing boats returned to Shipu Port for shelter. "
        "Fishery officers checked the cables boat by boat and resettled 180 crew members in nearby schools.",
        "Sea",
        "Sunflower",
        "was",
        "Stone",
        "Pu",
        "Hong",
        "Kong",
        "Fish",
        "Politics",
        "personnel",
    ),
    _case(
        "县农业局推广的稻鱼共生技术，让每亩稻田增收一千三百元，农户骆春生今年养了六千尾鲤鱼，全部被城里的酒店预订。",
        "The Daoyu Communion technology promoted by the county agriculture bureau has increased the income by "
        "1,300 yuan per mu of paddy fields. This year, Nonghu Camel Spring-born raised 6,000 tails of carp, "
        "all of which were scheduled by Wine Shops in the city.",
        "The rice-fish farming promoted by the county agriculture bureau adds 1,300 yuan of income per mu of "
        "paddy field; this year the farmer Luo Chunsheng raised 6,000 carp, all booked in advance by hotels "
        "in the city.",
        "The rice-fish symbiosis technology promoted by the County Agricultural Bureau has increased income "
        "by 1,300 yuan per mu of rice field. Farmer Luo Chunsheng raised 6,000 carp this year, all of which "
        "were reserved by hotels in the city.",
        "The rice-fish symbiosis technology promoted by the county agriculture bureau has increased the "
        "income by 1,300 yuan per mu of paddy fields. This year, farmer Luo Chunsheng raised 6,000 carp, all "
        "of which were pre-ordered by hotels in the city.",
        "Daoyu Communion",
        "Nonghu",
        "Camel",
        "Spring-born",
        "Wine",
        "Shops",
    ),
    _case(
        "镇中学的足球教练欧阳帆说，女队去年夺得全省冠军，靠的是每天清晨五点半开始的训练，今年有三名队员入选国家青年队。",
        "Euro Sun Sail, the football coach of the town middle school, said that the Female Brigade won the "
        "provincial championship last year thanks to exercises that start at 5:30 every morning. This year, "
        "three team members were selected into the State Green Year Queue.",
        "Ouyang Fan, football coach at the town's middle school, said the girls' team won the provincial "
        "title last year thanks to training that began at half past five every morning; this year three "
        "players were picked for the national youth team.",
        "Ouyang Fan, football coach of the town middle school, said that the women's team won the provincial "
        "championship last year by training that started at 5:30 every morning, and this year three players "
        "were selected for the national youth team.",
        "Ouyang Fan, the football coach of the town middle school, said that the girls' team won the "
        "provincial championship last year thanks to training that starts at 5:30 every morning. This year, "
        "three players were selected for the national youth team.",
        "Euro",
        "Sun Sail",
        "Female Brigade",
        "team",
        "State",
        "Green",
        "Year",
        "Queue",
    ),
    _case(
        "邮局退休职工范德昌把自己收藏的三百枚抗战邮票整理成册，他希望青年学生通过这些小小的纸片了解那段历史。",
        "Van der Chang, a retreated post office worker, has compiled 300 Kangzhan postal tickets that he "
        "collected into an album. He hopes that Green Year students can learn about that period of history "
        "through these small pieces of paper.",
        "Fan Dechang, a retired post office worker, has arranged his collection of 300 stamps from the war of "
        "resistance in an album; he hopes that young students will learn about that history from these small "
        "pieces of paper.",
        "Fan Dechang, a retired employee of the post office, compiled his collection of 300 stamps of the War "
        "of Resistance into an album. He hopes that young students can understand that period of history "
        "through these small pieces of paper.",
        "Fan Dechang, a retired post office worker, has compiled 300 stamps from the War of Resistance that "
        "he collected into an album. He hopes that young students can learn about that period of history "
        "through these small pieces of paper.",
        "Van",
        "Chang",
        "Kangzhan",
        "postal tickets",
        "Green Year",
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
"""Plainly wrong renderings that a reference and two outputs put right, with what the weights learned last flag in them;
and five clean ones. They become EXAMPLES once the weights stay."""
