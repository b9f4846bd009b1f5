"""The open cycle, dialogue: ahead, going on, just over."""

from .shapes import Concern, Point, Talk

DIALOGUE_OFFICE = {
    "zhou": {
        "points": {
            "strength": (
                Point("采集模块零掉线", "连续 120 天没有一次因软件引起的掉线。", kpi="发布后缺陷"),
                Point(
                    "把经验写成文档",
                    "回放测试的做法写成一页，四位同事已在使用。",
                    nature="behaviour",
                ),
                Point("带出一位新人", "结对三个月后，新人独立完成了协议升级。", nature="behaviour"),
            ),
            "gap": (
                Point(
                    "代码评审又出现积压",
                    "发布前两周有 8 个请求等待超过五天。",
                    "planning",
                    "behaviour",
                ),
                Point(
                    "需求澄清靠口头", "两个接口做完才发现双方理解不同，返工 6 天。", "cooperation"
                ),
                Point("加班集中", "发布月平均每周 54 小时，已连续两个版本如此。", "workload"),
            ),
            "support": (
                Point("评审轮值", "每周由一人专门处理评审，其余人不被打断。"),
                Point("接口约定模板", "返工的两个接口都没有书面约定。"),
                Point("一名协议方向的外部顾问", "新协议的认证要求内部没有人做过。"),
            ),
        },
        "results": "采集模块重构完成；协议升级交付；带教一人。",
        "agenda": "发布节奏能不能改成每六周一次？",
        "answers": (
            (0, "采集模块 120 天无掉线，靠的是回放测试和现场日志。"),
            (1, "评审积压，我自己也不满意。"),
            (2, "发布前所有人同时提交，评审只能排队。"),
            (3, "我的职责里有没有“带人”，希望说清楚。"),
            (4, "口头传来的需求，来回确认花掉很多时间。"),
            (5, "六周一次稳定发布。"),
            (6, "系统架构设计。"),
            (7, "陈总安排评审轮值；市场部给出书面需求。"),
        ),
        "submitted": True,
        "talk": Talk(
            0,
            0,
            63,
            "带人算作职责的一部分，占两成时间。",
            "cooperation",
            "partly",
            "",
            (
                (
                    "新人第一次提交被退回时，你陪他走读了四十分钟。",
                    "他第二次提交一次通过。",
                    "下一位新人也请你带第一个月。",
                    "谢谢你的耐心。",
                ),
            ),
            (
                (0, "采集模块、协议升级、带新人。回放测试是关键。"),
                (1, "评审积压，发布前最严重。"),
                (2, "发布节奏不均匀；她愿意试行轮值。"),
                (3, "带人是否算职责：算，两成。"),
            ),
        ),
        "notes": ("关注她的工作时长，下月再问一次。", "架构岗位空缺时优先考虑她，先不承诺。"),
    },
    "wu": {
        "points": {
            "strength": (
                Point("X3 主板提前两周投板", "首版样机全部上电成功。", kpi="样机一次通过率"),
                Point(
                    "变更不再漏到采购",
                    "全年改料 17 次，没有一次下错单。",
                    "cooperation",
                    "behaviour",
                    kpi="变更引起的返工",
                ),
                Point(
                    "带新人做热仿真",
                    "新人独立完成电源板仿真，偏差在 2 ℃ 以内。",
                    nature="behaviour",
                ),
            ),
            "gap": (
                Point("测试点预留不足", "主板有 6 处信号测不到，调试多用了 9 天。", "quality"),
                Point(
                    "评审资料提前量不够",
                    "三次评审的资料在会前一晚才发出。",
                    "planning",
                    "behaviour",
                ),
                Point("成本目标未达到", "主板 486 元，目标 450 元。", kpi="单台物料成本"),
            ),
            "support": (
                Point("可测性检查表", "由测试同事一起制定。"),
                Point("采购提前给出料价", "目前画完板才知道价格。"),
                Point("高速信号设计培训", "X3 之后的平台要用到。"),
            ),
        },
        "results": "X3 主板两版投板成功；改料 17 次无差错。",
        "agenda": "布局评审能不能请测试一起参加？",
        "concerns": (
            Concern("单台物料成本", "outside", "铜价和两颗料的停产占了差额的一半。", "resources"),
        ),
        "answers": (
            (0, "X3 主板提前两周投板，热仿真一次到位。"),
            (1, "测试点留少了，给测试同事添了麻烦。"),
            (2, "布局紧张时我先删了测试点，没有问测试。"),
            (5, "主板成本 450 元，九月之前。"),
            (7, "希望采购在选型阶段就参与。"),
        ),
        "submitted": True,
        "meeting": 2,
        "notes": ("先听他怎么看成本，再说我的数字。",),
    },
    "nilsson": {
        "points": {
            "strength": (
                Point(
                    "Renewals above plan",
                    "23 of 26 contracts renewed; the plan was 21.",
                    kpi="Contracts renewed",
                ),
                Point(
                    "Cases can be understood at once",
                    "R&D accepted 73 % without asking back, a year ago it was 47 %.",
                    "cooperation",
                    "behaviour",
                    kpi="Cases accepted without asking back",
                ),
                Point(
                    "Calm in a crisis",
                    "During the Turku outage she wrote to the customer every two hours until "
                    "it ran again.",
                    nature="behaviour",
                ),
            ),
            "gap": (
                Point(
                    "Small customers hear from us too rarely",
                    "14 of 40 small customers had no contact for more than six months.",
                    "customer",
                ),
                Point(
                    "Forecast of renewals comes late",
                    "The figures for the last two quarters arrived after the planning meeting.",
                    "planning",
                ),
                Point(
                    "Discounts without a second opinion",
                    "Two discounts above 15 % were promised before anybody else had seen them.",
                    "process",
                    "behaviour",
                ),
            ),
            "support": (
                Point("A webinar for small customers", "One hour a quarter reaches all 40."),
                Point("Renewal dates in the calendar", "They are in a spreadsheet today."),
                Point("A rule for discounts", "There is none, so everybody decides alone."),
            ),
        },
        "results": "23 renewals, Turku back within a day, summaries in every case.",
        "agenda": "I would like to talk about leading a small team one day.",
        "concerns": (
            Concern(
                "Contracts renewed",
                "change",
                "It counts contracts, not what they are worth: three small ones weigh more than "
                "the largest.",
                "priorities",
            ),
        ),
        "answers": (
            (0, "Renewals and Turku. Telling customers the truth early made both possible."),
            (1, "I lost touch with the small customers."),
            (2, "I answered whoever shouted loudest."),
            (3, "Whether I may promise dates that R&D has not confirmed."),
            (5, "Every small customer heard once a quarter."),
            (7, "A rule for discounts, from Emily."),
        ),
        "submitted": True,
        "talk": Talk(
            -1,
            64,
            61,
            "Shared, except who may promise dates: from now on R&D confirms first.",
            "cooperation",
            "yes",
            "A clear rule for discounts.",
            (
                (
                    "You wrote to Turku every two hours, also when there was nothing new.",
                    "Their director told me they never felt alone.",
                    "Write these messages down as a template.",
                    "Thank you. I know that night was long.",
                ),
                (
                    "You promised a discount of 18 % in the call itself.",
                    "Finance heard of it from the customer.",
                    "Say that you will answer by tomorrow, and ask me.",
                    "I trust you to find the words.",
                ),
            ),
            (
                (0, "Renewals, Turku."),
                (1, "Small customers."),
                (2, "No list, no rhythm; the loud ones win."),
                (3, "Promising dates."),
                (4, "Looking for renewal dates in spreadsheets."),
                (5, "Yes, if nights like Turku stay rare."),
                (6, "A contact per quarter with each small customer."),
                (7, "Leading people. She would like to mentor first."),
                (8, "The rule for discounts."),
            ),
        ),
        "notes": ("Ready for a team lead within a year. Not said yet.",),
    },
    "chen": {
        "points": {
            "strength": (
                Point("X3 平台按里程碑推进", "六个里程碑中五个按期，去年同期四个。"),
                Point(
                    "把评审交给别人主持",
                    "18 次设计评审有 11 次由骨干主持。",
                    "leadership",
                    "behaviour",
                ),
                Point(
                    "跨部门例会固定下来",
                    "与生产的周会开了 40 次，遗留问题从 23 项减到 6 项。",
                    nature="behaviour",
                ),
            ),
            "gap": (
                Point(
                    "仍会临时收回决定",
                    "两次骨干已冻结的设计被改回，团队重做一周。",
                    "leadership",
                    "behaviour",
                ),
                Point("软件组加班集中", "两个发布月人均每周 52 小时。", "workload"),
                Point("测试样机总是晚到", "测试平均晚启动 6 天，报告随之推迟。", "planning"),
            ),
            "support": (
                Point("系统工程师编制", "上个周期已提出，仍未批准。"),
                Point("由总经理出面协调样机排产", "样机与量产抢同一条线。"),
                Point("一位外部教练", "为期半年，每月一次。"),
            ),
        },
        "results": "X3 五个里程碑按期；评审主持六成交给骨干；人员零流失。",
        "answers": (
            (0, "X3 按期，团队稳定。我的部分是把评审交出去。"),
            (1, "应该更早停掉 X2 的第三个变型，它占了两个月。"),
            (2, "去年与组员约定的 22 项里做到 15 项；我欠的两项是编制和接口。"),
            (3, "架构决定还会找到我；临时改动时我挡了路。"),
            (4, "都在说样机来得晚。"),
            (5, "X3 量产；领先指标是样机一次通过率，低于八成就要警觉。"),
            (6, "冻结之后不再由我改动。"),
            (7, "样机排产的决定，下月之前。"),
        ),
        "submitted": True,
        "meeting": 4,
    },
}
