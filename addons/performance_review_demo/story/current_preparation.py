"""The open cycle, preparation: from an empty sheet to a full one."""

from .shapes import Concern, Point

PREPARATION = {
    "zheng": {
        "points": {
            "strength": (
                Point("配置工具支持离线升级", "三个无网络的水厂当天完成升级，以前要寄存储卡。"),
                Point(
                    "主动值守上线", "两次发布都留到日志稳定，夜间没有一次回滚。", nature="behaviour"
                ),
            ),
            "gap": (
                Point(
                    "估时仍然偏乐观",
                    "七个需求里三个超过估时四成，联调改期一次。",
                    "planning",
                    kpi="需求按期交付率",
                ),
            ),
            "support": (Point("继续与周敏结对估时"), Point(library="test_data")),
        },
        "results": "离线升级、批量配置、登录改造按期上线；现场反馈的 28 个问题已关闭 26 个。",
        "agenda": "想谈谈转做架构的可能。\n发布后的值守怎样轮换？",
        "concerns": (
            Concern(
                "需求按期交付率",
                "outside",
                "七个延期的需求里，四个等的是硬件接口，不在我的手里。",
                "cooperation",
            ),
            Concern(
                "自动化测试覆盖率",
                "unclear",
                "老模块算不算在内？两种算法相差二十个百分点。",
            ),
        ),
        "files": (
            (
                "离线升级记录.csv",
                "水厂,日期,用时（分钟）,结果\n一号,3-12,24,成功\n二号,3-19,21,成功\n三号,4-02,26,成功\n",
            ),
        ),
        "answers": (
            (0, "离线升级最满意：和海外服务部一起定的方案，现场一次通过。"),
            (1, "批量配置的导入速度没有达到预期，一千台要十二分钟。"),
            (2, "我先写界面后看数据量，下次先拿最大的客户数据来试。"),
            (5, "导入一千台设备不超过三分钟，年中之前。"),
            (7, "需要一台装满数据的测试服务器，由陈总协调。"),
        ),
        "submitted": True,
        "meeting": 6,
    },
    "sun": {
        "points": {
            "strength": (
                Point(
                    "一次合格率提升",
                    "从 93.4 % 到 95.8 %，返修工位撤掉一个。",
                    kpi="部门目标达成率",
                ),
            ),
            "gap": (
                Point(
                    "换线时间没有下降", "平均 52 分钟，目标 40 分钟，三条线都未达到。", "process"
                ),
            ),
            "support": (Point(library="changeover"),),
        },
    },
    "lin": {"points": {}},
    "zhang": {
        "points": {
            "strength": (
                Point(
                    "Two languages in one answer",
                    "Chinese customers abroad got their answer the same day in 31 of 34 cases.",
                ),
                Point(
                    "Order in the parts list",
                    "The list of 420 parts now has one number per part; wrong parts fell from "
                    "nine to one.",
                ),
            ),
            "gap": (
                Point(
                    "Hands cases over too late",
                    "Six cases waited more than three days before R&D heard of them.",
                    "cooperation",
                    "behaviour",
                ),
            ),
            "support": (Point(library="handover"),),
        },
        "answers": ((0, "零件清单统一了编号，发错件从九次降到一次。"),),
        "submitted": False,
    },
    "guo": {"points": {}, "answers": ((0, "学会了两个工位。"),), "submitted": False},
    "xie": {
        "points": {},
        "results": "完成 34 人次入职手续，工资核算零差错。",
        "agenda": "今年能不能参加劳动法培训？",
        "answers": ((0, "入职手续从两天缩短到半天。"), (7, "想参加劳动法培训。")),
        "submitted": True,
    },
}

PROBATION = {
    "xu": {"points": {}, "answers": ((0, "一个月内独立完成了气密测试。"),), "submitted": False},
}
