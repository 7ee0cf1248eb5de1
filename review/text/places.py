"""Places and firms whose usual English name is their pinyin: nobody has to look these up."""

from __future__ import annotations

_PLACES = """
北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南
四川 贵州 云南 陕西 甘肃 青海 宁夏 新疆 台湾 台北 高雄 台中 台南 石家庄 唐山 保定 邯郸 秦皇岛 雄安 太原 大同
沈阳 大连 鞍山 长春 哈尔滨 大庆 南京 苏州 无锡 常州 扬州 徐州 南通 杭州 宁波 温州 绍兴 嘉兴 义乌 金华 合肥
芜湖 黄山 福州 厦门 泉州 漳州 南昌 九江 景德镇 济南 青岛 烟台 潍坊 威海 日照 临沂 淄博 枣庄 济宁 泰安 德州
聊城 滨州 菏泽 东营 郑州 洛阳 开封 安阳 南阳 武汉 宜昌 襄阳 长沙 株洲 岳阳 张家界 广州 深圳 珠海 佛山 东莞
汕头 惠州 中山 南宁 桂林 柳州 海口 三亚 成都 绵阳 宜宾 泸州 乐山 汶川 贵阳 遵义 昆明 大理 丽江 西安 延安 宝鸡
兰州 敦煌 西宁 银川 喀什 黄浦 浦东 海淀 朝阳 长江 黄河 泰山 华山 黄海 渤海 珠江 淮河 九寨沟 日本 韩国 越南
缅甸 台海
"""
_FIRMS = """
华为 小米 抖音 淘宝 天猫 微信 微博 拼多多 快手 滴滴 百度 支付宝 茅台 海尔 海信 比亚迪 吉利 蔚来 京东 格力 万达
恒大 万科 顺丰 知乎 豆瓣 携程 苏宁 起点 太极 功夫 麻将 豆腐 饺子 点心 人民币 元宵 端午 中秋 旗袍 二胡 高考
户口 关系 老子 孔子 孟子 庄子 诸葛亮
"""
WELL_KNOWN = frozenset((_PLACES + _FIRMS).split())
"""Chinese names that are known in English by their pinyin."""

KINDS = frozenset("省市县区州旗镇乡村街路巷桥港湾岛山河湖江海峡寺庙塔宫站")
"""Characters that make what stands before them a place."""
