"""The open cycle: somebody stands in every step.

Keys of a review: ``points`` (by kind), ``results``, ``agenda``, ``answers`` and ``submitted``
of the self-assessment, ``talk``, ``plan``, and what became of the plan: ``proposed``,
``dispute``, ``signed`` (day), ``stance``, ``checks``, ``pulse``; ``notes`` are the private
ones of the reviewer, ``meeting`` the days until the appointment.
"""

from .story import Check, Duty, Goal, Plan, Point, Talk

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
            "support": (Point("继续与周敏结对估时"),),
        },
        "results": "离线升级、批量配置、登录改造按期上线；现场反馈的 28 个问题已关闭 26 个。",
        "agenda": "想谈谈转做架构的可能。",
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
            "support": (),
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
            "support": (),
        },
        "answers": ((0, "零件清单统一了编号，发错件从九次降到一次。"),),
        "submitted": False,
    },
    "guo": {"points": {}, "answers": ((0, "学会了两个工位。"),), "submitted": False},
    "xie": {
        "points": {},
        "results": "完成 34 人次入职手续，工资核算零差错。",
        "answers": ((0, "入职手续从两天缩短到半天。"), (7, "想参加劳动法培训。")),
        "submitted": True,
    },
}

PROBATION = {
    "xu": {"points": {}, "answers": ((0, "一个月内独立完成了气密测试。"),), "submitted": False},
}

DIALOGUE = {
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

AGREEMENT = {
    "liu": {
        "points": {
            "strength": (
                Point(
                    "漏水测试方法改进", "低温一项加入标准用例，发现两批密封圈问题。", kpi="漏测问题"
                ),
                Point("报告附原始数据", "客户审核时 41 份报告全部可追溯。", nature="behaviour"),
                Point("带教许晨", "新同事一个月独立完成气密测试。", nature="behaviour"),
            ),
            "gap": (
                Point(
                    "测试启动偏晚",
                    "X3 九项测试有五项在截止前三天才开始。",
                    "planning",
                    "behaviour",
                    kpi="报告按期率",
                ),
                Point(
                    "问题单描述不完整",
                    "研发退回 12 张，每张平均多花一天。",
                    "cooperation",
                    kpi="问题单一次受理率",
                ),
                Point("夹具准备滞后", "两套夹具在样机到位之后才下单。", "planning"),
            ),
            "support": (
                Point("样机提前一周到位", "与去年相同，X3 期间没有做到。"),
                Point("问题单模板", "退回的单子多数缺复现步骤。"),
                Point("自动化测试入门课程", "她在自评里提出。"),
            ),
        },
        "results": "出具报告 71 份，退回 2 份；带教一人；低温用例被列入标准。",
        "agenda": "想谈自动化测试的学习，以及样机到位的时间。",
        "answers": (
            (0, "低温漏水用例，提前发现了两批密封圈问题。"),
            (1, "X3 的测试启动晚了，自己也着急。"),
            (2, "样机晚到是一半原因，另一半是夹具我没有提前准备。"),
            (3, "带新人占用的时间有没有算进计划？"),
            (4, "反复追问样机什么时候到。"),
            (5, "报告按期率 95 %。"),
            (6, "自动化测试。"),
            (7, "样机提前一周，由陈总协调。"),
        ),
        "submitted": True,
        "talk": Talk(
            -9,
            58,
            62,
            "按期的期望一致；带新人按一成时间计入计划。",
            "planning",
            "yes",
            "样机提前到位。",
            (
                (
                    "你在例会上直接说出了夹具没有准备。",
                    "我们当场就调整了顺序，少等四天。",
                    "遇到类似情况都这样提早说。",
                    "谢谢你的坦率。",
                ),
            ),
            (
                (0, "低温用例和零投诉的报告。"),
                (1, "测试启动晚。"),
                (2, "一半在样机，一半在夹具。"),
                (3, "带新人算一成时间。"),
                (4, "追样机。"),
                (5, "可以，X3 之后能缓一缓。"),
                (6, "按期率 95 %。"),
                (7, "自动化测试。"),
                (8, "样机提前一周。"),
            ),
        ),
        "plan": Plan(
            "测试提前启动是两个人的事：你先备好夹具和用例，我保证样机提前一周到位。"
            "自动化从两个用例做起。",
            (
                Goal(
                    "测试报告按期率达到 95 %",
                    "按期报告占比",
                    "%",
                    81,
                    95,
                    "用例和夹具提前备好，每周一核对排期",
                    "department_rd",
                    150,
                ),
                Goal(
                    "问题单一次受理率达到 90 %",
                    "研发一次受理占比",
                    "%",
                    72,
                    90,
                    "使用问题单模板，提交前自查",
                    "company_quality",
                    120,
                ),
            ),
            keep=(Duty("每份报告附原始数据", 150),),
            change=(
                Duty("样机到位前三天，用例和夹具已备好", 90, theme="planning"),
                Duty("进度有风险当天就说", 90, theme="planning"),
            ),
            support=(
                Duty("X3 样机提前一周交给测试", 45, "reviewer", "planning"),
                Duty("发布问题单模板", 20, "reviewer", "cooperation"),
            ),
            development=(Duty("完成自动化测试入门课程，并自动化两个用例", 140),),
        ),
        "proposed": -2,
        "pulse": (4, 5, 5, 4),
    },
    "he": {
        "points": {
            "strength": (
                Point(
                    "X3 需求冻结守住了",
                    "冻结后改动 4 次，去年 9 次。",
                    "priorities",
                    kpi="冻结后需求改动",
                ),
                Point(
                    "走访 31 家水厂", "三条新需求直接来自走访，其中一条已成卖点。", kpi="客户走访"
                ),
                Point(
                    "把数据讲给销售听", "每月一次，参加人数从 6 人到 19 人。", nature="behaviour"
                ),
            ),
            "gap": (
                Point("路线图更新不及时", "两次大客户会议用的是旧版路线图。", "priorities"),
                Point("竞品信息零散", "三次报价前临时收集资料，各用两天。"),
                Point(
                    "会议没有结论记录", "抽查的 10 次会议有 6 次没有记录。", "process", "behaviour"
                ),
            ),
            "support": (
                Point("销售定期反馈丢单原因", "目前只有口头。"),
                Point("路线图放进共享系统", "邮件版本太多。"),
                Point("参加一次行业展会", "了解竞品。"),
            ),
        },
        "results": "X3 需求冻结；走访 31 家；月度数据分享 10 次。",
        "answers": (
            (0, "冻结守住了，改动都有单子。"),
            (1, "路线图没有及时更新。"),
            (5, "路线图每月一版，所有人看同一份。"),
            (7, "销售给丢单原因。"),
        ),
        "submitted": True,
        "talk": Talk(
            -4,
            49,
            57,
            "一致。",
            "priorities",
            "yes",
            "丢单原因的书面反馈。",
            (
                (
                    "冻结会上你请销售当场签字。",
                    "后来只有四次改动，测试计划一次没有重排。",
                    "下个版本继续。",
                    "谢谢你顶住压力。",
                ),
            ),
            ((0, "冻结和走访。"), (1, "路线图。"), (6, "每月一版路线图。")),
        ),
        "plan": Plan(
            "路线图成为所有人看的同一份文件。",
            (
                Goal("路线图每月更新", "", "", 0, 0, "", "department_rd", 100),
                Goal(
                    "报价前的竞品资料一天内备好",
                    "准备用时",
                    "天",
                    2,
                    1,
                    "建立竞品资料库，每月更新",
                    "",
                    120,
                ),
            ),
            change=(Duty("会议当天发出结论记录", 80, theme="process"),),
        ),
    },
    "zhu": {
        "points": {
            "strength": (
                Point("8D 报告按期关闭", "36 份里 34 份按期。", kpi="8D 报告按期关闭"),
                Point(
                    "来料检验前移",
                    "两家供应商改为驻厂检验，来料合格率提高 2.1 个百分点。",
                    kpi="来料合格率",
                ),
                Point("审核零严重不符合", "两次客户审核均通过。"),
            ),
            "gap": (
                Point(
                    "同类投诉重复出现", "接头松动在三个月内出现四次。", "quality", kpi="客户投诉"
                ),
                Point(
                    "与产线沟通多用邮件",
                    "停线决定平均晚 50 分钟到产线。",
                    "cooperation",
                    "behaviour",
                ),
                Point("培训未完成", "计划 6 场，完成 3 场。", "planning"),
            ),
            "support": (
                Point("产线质量晨会", "每天十分钟。"),
                Point("接头扭矩自动记录", "目前手写。"),
                Point("质量统计培训", "两天课程。"),
            ),
        },
        "results": "8D 按期率 94 %；来料合格率 98.6 %。",
        "answers": (
            (0, "驻厂检验。"),
            (1, "接头松动重复出现。"),
            (2, "扭矩靠手写，发现时已经是下一班。"),
            (7, "扭矩自动记录要今年装上。"),
        ),
        "submitted": True,
        "talk": Talk(
            -16,
            41,
            46,
            "对“同类投诉”的口径理解不同。",
            "resources",
            "partly",
            "扭矩自动记录。",
            (
                (
                    "你在客户审核时把失效分析讲得清楚。",
                    "客户取消了加严检验。",
                    "请把这份分析给产线也讲一遍。",
                    "感谢你的准备。",
                ),
            ),
            ((0, "驻厂检验和审核。"), (1, "接头松动。"), (4, "手写扭矩记录。")),
        ),
        "plan": Plan(
            "接头松动不再重复出现。",
            (
                Goal(
                    "接头类投诉降到零",
                    "接头类投诉",
                    "件/季度",
                    4,
                    0,
                    "扭矩抽检每班两次，异常当班处理",
                    "company_quality",
                    110,
                ),
            ),
            change=(Duty("停线决定先到现场说，再发邮件", 70, theme="cooperation"),),
            support=(Duty("参加质量统计培训", 60, "hr"),),
        ),
        "proposed": -6,
        "dispute": "目标可以接受，但没有扭矩自动记录，单靠抽检做不到零投诉。"
        "对话里说好由公司解决设备，协议里没有写。",
        "pulse": (2, 4, 2, 3),
    },
}

FOLLOW_UP = {
    "wang": {
        "points": {
            "strength": (
                Point(
                    "固件测试覆盖率达标",
                    "从 41 % 到 77 %，全年没有看门狗问题。",
                    "quality",
                    kpi="自动化测试覆盖率",
                ),
                Point("带头写测试", "组内三位同事的新代码也开始带测试。", nature="behaviour"),
                Point("远程升级一次成功率", "1,200 台设备升级，失败 4 台。"),
            ),
            "gap": (
                Point(
                    "现场问题答复偏慢",
                    "海外服务部的 15 个问题平均等 4.2 天。",
                    "cooperation",
                    kpi="现场问题关闭天数",
                ),
                Point("文档落后于代码", "接口文档比代码晚两个版本。", "process"),
                Point("只在组内分享", "两次部门分享都没有报名。", nature="behaviour"),
            ),
            "support": (
                Point("服务问题轮值", "问题都找他一个人。"),
                Point("文档自动生成", "需要两天搭建。"),
                Point("英语口语课程", "与海外客户直接开会。"),
            ),
        },
        "results": "覆盖率 77 %；远程升级 1,200 台；台架每晚自动回归。",
        "agenda": "希望有机会直接参加海外客户会议。",
        "answers": (
            (0, "覆盖率和远程升级，台架帮了大忙。"),
            (1, "海外问题答复慢。"),
            (2, "问题描述来回确认，时差又耽误一天。"),
            (4, "重复回答同一个接口问题。"),
            (5, "海外问题两天内答复。"),
            (6, "用英语主持一次客户会议。"),
            (7, "轮值，陈总安排。"),
        ),
        "submitted": True,
        "talk": Talk(
            -64,
            66,
            64,
            "一致，增加“对外答复”这一项。",
            "cooperation",
            "yes",
            "轮值安排。",
            (
                (
                    "远程升级前你先在二十台旧设备上试。",
                    "发现两种旧闪存，避免了大面积失败。",
                    "把旧设备清单固定到发布流程。",
                    "谢谢，这让我睡得着觉。",
                ),
            ),
            (
                (0, "覆盖率、远程升级。"),
                (1, "海外问题答复慢。"),
                (2, "时差和描述不清。"),
                (3, "对外答复算职责。"),
                (4, "重复的接口问题。"),
                (5, "可以。"),
                (6, "两天内答复。"),
                (7, "英语主持会议。"),
                (8, "轮值。"),
            ),
        ),
        "plan": Plan(
            "把测试的好习惯带到对外答复：两天内有回音，文档跟着代码走。",
            (
                Goal(
                    "海外问题平均两天内答复",
                    "平均答复天数",
                    "天",
                    4.2,
                    2,
                    "轮值表、问题模板、接口文档",
                    "department_service",
                    110,
                ),
                Goal(
                    "接口文档与代码同版本",
                    "滞后版本数",
                    "版",
                    2,
                    0,
                    "每晚自动生成文档",
                    "department_rd",
                    80,
                ),
            ),
            keep=(Duty("每次提交都带测试", 110),),
            change=(Duty("收到海外问题当天先回一句何时答复", 60, theme="cooperation"),),
            support=(
                Duty("排出服务问题轮值表", -20, "reviewer", "cooperation", "closed"),
                Duty("报名英语口语课程", 15, "hr"),
            ),
            development=(Duty("用英语主持一次客户会议", 100),),
        ),
        "signed": -57,
        "stance": "agree",
        "checks": (
            Check(
                -42,
                "轮值第一周，先定模板。",
                (
                    ("goal", 0, 4.0, "模板发出，尚未见效。", "reviewer"),
                    ("change", 0, 30, "十个问题里三个当天有回音。", "employee"),
                ),
            ),
            Check(
                -28,
                "一对一：轮值已覆盖三人。",
                (
                    ("goal", 0, 3.3, "轮值之后不再都等我。", "employee"),
                    ("goal", 1, 1, "自动生成已跑通。", "employee"),
                    ("change", 0, 60, "", "reviewer"),
                ),
            ),
            Check(
                -13,
                "答复时间继续下降，旧接口的文档还缺。",
                (
                    ("goal", 0, 2.6, "", "reviewer"),
                    ("change", 0, 80, "只漏了一次，在出差路上。", "employee"),
                    ("support", 1, 50, "课程已选，等批预算。", "reviewer"),
                ),
            ),
        ),
        "pulse": (5, 4, 5, 5),
    },
    "feng": {
        "points": {
            "strength": (
                Point("X3 外壳防水一次通过", "IP68 测试三台全部通过。", kpi="样机一次通过率"),
                Point("装配时间继续下降", "从 6 分钟到 4 分 20 秒。"),
                Point("每个新结构跟一个班", "本期跟班 7 次，改进 12 处。", nature="behaviour"),
            ),
            "gap": (
                Point("图纸改版仍有不同步", "面板错版 12 件，发生在夜班。", "cooperation"),
                Point("三维模型缺少命名规则", "采购三次拿错模型。", "process"),
                Point("供应商样件反馈慢", "平均 8 天。", "planning"),
            ),
            "support": (
                Point("确定产线图纸接口人", "上个周期约定，没有做到。"),
                Point("产线看图终端", "纸质图纸无法自动更新。"),
                Point("参加防护等级设计培训", "X4 要求更高。"),
            ),
        },
        "results": "IP68 一次通过；装配 4 分 20 秒；跟班 7 次。",
        "answers": (
            (0, "IP68 一次通过，最难的是电缆口。"),
            (1, "夜班又用了旧图纸，很可惜。"),
            (2, "接口人没有定，夜班找不到我。"),
            (7, "接口人，这次一定要定下来。"),
        ),
        "submitted": True,
        "talk": Talk(
            -58,
            51,
            56,
            "一致。",
            "cooperation",
            "yes",
            "接口人和看图终端。",
            (
                (
                    "你主动去夜班解释了新面板。",
                    "之后四周没有再错。",
                    "在终端装好之前，每次改版去一次夜班。",
                    "谢谢你跑这一趟。",
                ),
            ),
            ((0, "防水和装配时间。"), (1, "夜班错版。"), (2, "没有接口人。"), (8, "接口人。")),
        ),
        "plan": Plan(
            "图纸同步这一次要靠机制：接口人和终端由我们负责，当天换图由你负责。",
            (
                Goal(
                    "错版加工降到零",
                    "错版加工",
                    "件/季度",
                    12,
                    0,
                    "当天换图，接口人签收，看图终端",
                    "department_production",
                    120,
                ),
            ),
            keep=(Duty("每个新结构跟一个班", 120),),
            change=(Duty("改版当天到两个班次换图", 60, theme="cooperation"),),
            support=(
                Duty("确定白班和夜班的图纸接口人", -10, "reviewer", "cooperation"),
                Duty("产线装两台看图终端", 50, "company"),
            ),
        ),
        "signed": -51,
        "stance": "acknowledge",
        "checks": (
            Check(
                -22,
                "换图做到了，接口人还没有定。",
                (
                    ("goal", 0, 5, "都在夜班。", "reviewer"),
                    ("change", 0, 70, "白班全部当天换，夜班两次隔天。", "employee"),
                    ("support", 0, 20, "已与孙倩谈过一次。", "reviewer"),
                ),
            ),
            Check(-3, "", (), False),
        ),
        "pulse": (4, 4, 4, 3),
    },
    "ma": {
        "points": {
            "strength": (
                Point("二线一次合格率最高", "96.8 %，比平均高 1.1 个百分点。", kpi="一次合格率"),
                Point("班前十分钟", "每天讲一个不良品，重复不良减少四成。", nature="behaviour"),
                Point("多能工培养", "8 人里 6 人会三个工位。"),
            ),
            "gap": (
                Point("换线时间长", "平均 49 分钟，目标 40 分钟。", "process", kpi="平均换线时间"),
                Point("设备点检漏项", "抽查 20 次漏 5 次。", "quality"),
                Point("与研发沟通靠转达", "样机问题平均两天才传到研发。", "cooperation"),
            ),
            "support": (
                Point("换线推车", "工具分散在三处。"),
                Point("研发样机对接人", "目前没有。"),
                Point("班组长管理课程", "他在自评里提出。"),
            ),
        },
        "results": "二线合格率 96.8 %；六人掌握三个工位。",
        "answers": (
            (0, "合格率和多能工。"),
            (1, "换线还是慢。"),
            (2, "工具来回找。"),
            (7, "换线推车。"),
        ),
        "submitted": True,
        "talk": Talk(
            -47,
            44,
            53,
            "一致。",
            "cooperation",
            "partly",
            "换线推车。",
            (
                (
                    "班前会上你请出错的人自己讲原因。",
                    "大家愿意说，重复不良少了四成。",
                    "请到一线也讲一次。",
                    "你带出了好风气。",
                ),
            ),
            ((0, "合格率、多能工。"), (1, "换线。"), (8, "推车。")),
        ),
        "plan": Plan(
            "换线时间降下来，工具由公司配，动作由班组练。",
            (
                Goal(
                    "换线时间降到 40 分钟",
                    "平均换线时间",
                    "分钟",
                    49,
                    40,
                    "换线推车、标准动作、每周练一次",
                    "department_production",
                    90,
                ),
            ),
            change=(Duty("点检当场签字，不补签", 45, theme="quality"),),
            support=(Duty("配两台换线推车", -5, "company", "resources"),),
            development=(Duty("参加班组长管理课程", 80, "hr"),),
        ),
        "signed": -40,
        "stance": "agree",
        "checks": (
            Check(
                -12,
                "练了三次，推车还在采购。",
                (
                    ("goal", 0, 46, "", "reviewer"),
                    ("change", 0, 75, "本周只漏一次。", "employee"),
                ),
            ),
        ),
        "pulse": (4, 4, 3, 4),
    },
    "becker": {
        "points": {
            "strength": (
                Point(
                    "Reports on time",
                    "91 % within two days, a year ago 48 %.",
                    "process",
                ),
                Point(
                    "Operators can help themselves",
                    "Calls about cleaning fell from 22 to 6 after he filmed it once.",
                ),
                Point(
                    "Safe on every site",
                    "102 visits without an incident.",
                    nature="behaviour",
                ),
            ),
            "gap": (
                Point(
                    "Routes are planned one by one",
                    "He drove 41,000 km; three pairs of visits lay on the same road.",
                    "planning",
                ),
                Point(
                    "Parts that come back unused",
                    "38 parts were ordered twice and returned.",
                    "process",
                ),
                Point(
                    "Colleagues do not hear what he learned",
                    "Two colleagues solved a pump fault he had described in March.",
                    "cooperation",
                    "behaviour",
                ),
            ),
            "support": (
                Point("A planner for routes", "Today each visit is planned on its own."),
                Point("Half an hour for the team", "There is no meeting of field engineers."),
                Point("Electrical licence", "He asks for the two-day course."),
            ),
        },
        "results": "102 visits, 91 % of reports in two days, the cleaning film.",
        "answers": (
            (0, "The film. It saved me sixteen drives."),
            (1, "Too many kilometres."),
            (2, "I take the visits as they come in."),
            (5, "A fifth fewer kilometres for the same visits."),
            (7, "Somebody who plans the week with me."),
        ),
        "submitted": True,
        "talk": Talk(
            -50,
            57,
            67,
            "Shared.",
            "planning",
            "yes",
            "Planning the week together.",
            (
                (
                    "You filmed the cleaning and sent it to every operator.",
                    "Calls fell from 22 to 6.",
                    "Choose the next film with Sara.",
                    "Thank you for thinking beyond your own van.",
                ),
            ),
            (
                (0, "The film, the reports."),
                (1, "Kilometres."),
                (5, "Yes, with fewer nights away."),
                (7, "The electrical licence."),
            ),
        ),
        "plan": Plan(
            "Fewer kilometres, same visits, and what one learns the others hear.",
            (
                Goal(
                    "Drive a fifth less for the same visits",
                    "Distance per visit",
                    "km",
                    402,
                    320,
                    "Weekly plan with Emily, pairs of visits",
                    "department_service",
                    130,
                ),
            ),
            keep=(Duty("Writes the report before leaving the site", 130),),
            change=(Duty("Shares one finding a week with the team", 75, theme="cooperation"),),
            support=(
                Duty("Plan the week together every Thursday", 30, "reviewer", "planning"),
                Duty("Book the electrical course", 40, "hr"),
            ),
        ),
        "signed": -44,
        "stance": "agree",
        "checks": (
            Check(
                -30,
                "Two Thursdays so far.",
                (
                    ("goal", 0, 391, "Too early to tell.", "reviewer"),
                    ("support", 0, 40, "One Thursday was skipped, by me.", "reviewer"),
                ),
            ),
            Check(
                -14,
                "First week without a single detour.",
                (
                    ("goal", 0, 366, "", "employee"),
                    ("change", 0, 50, "Three findings, one a film.", "employee"),
                    ("support", 0, 70, "", "reviewer"),
                ),
            ),
        ),
        "pulse": (5, 5, 5, 4),
    },
    "hart": {
        "points": {
            "strength": (
                Point(
                    "Answers in a day",
                    "Response time fell from 41 to 29 hours.",
                    "customer",
                    kpi="Response time",
                ),
                Point(
                    "A team that stays",
                    "Nobody left, and two people applied because of the team's name.",
                ),
                Point(
                    "Forecasts parts in time",
                    "Twelve forecasts, all before the 25th.",
                    "planning",
                    "behaviour",
                ),
            ),
            "gap": (
                Point(
                    "Discounts without a rule",
                    "Four discounts above 15 % in two quarters, each decided alone.",
                    "process",
                ),
                Point(
                    "Suzhou hears too little of customers",
                    "One report to the management circle in the whole period.",
                    "cooperation",
                    "behaviour",
                ),
                Point(
                    "Small customers drift away",
                    "Five of 40 did not renew and nobody knew why.",
                    "customer",
                ),
            ),
            "support": (
                Point("Decide on the stock in Rotterdam", "Promised last time, not done."),
                Point("A quarterly slot in the management circle", "Customers' voices first."),
                Point("A second service coordinator", "Zhang Wei covers two time zones."),
            ),
        },
        "results": "29 hours to an answer, 88 % renewals among large customers.",
        "answers": (
            (0, "Response time. My part was to leave the inbox to the team."),
            (1, "I would have closed the Leeds contract earlier; it tied up two people."),
            (2, "Nine of twelve commitments with my people were kept."),
            (3, "They need me for discounts; I stand in their way with dates."),
            (4, "Parts, still."),
            (5, "Renewals abroad. The early sign is silence for a quarter."),
            (6, "Asking before I promise."),
            (7, "The decision about Rotterdam, within a month."),
        ),
        "submitted": True,
        "talk": Talk(
            -39,
            72,
            60,
            "Shared. Growth no longer stands above price discipline.",
            "cooperation",
            "yes",
            "The decision about Rotterdam.",
            (
                (
                    "You handed the shared inbox to Sara and stayed out of it.",
                    "Answers became twelve hours faster.",
                    "Do the same with the parts forecast.",
                    "You have my trust, and the team's.",
                ),
            ),
            (
                (0, "Response time, a team that stays."),
                (1, "Leeds, too late."),
                (3, "Discounts and dates."),
                (4, "Parts."),
                (6, "Renewals abroad."),
                (8, "Rotterdam."),
            ),
        ),
        "plan": Plan(
            "A rule for discounts, and the small customers hear from us. The decision about the "
            "stock is the director's debt.",
            (
                Goal(
                    "Renewals among small customers at 90 %",
                    "Renewals",
                    "%",
                    82,
                    90,
                    "A contact per quarter, reasons for leaving written down",
                    "company_abroad",
                    160,
                ),
            ),
            change=(Duty("Asks R&D before promising a date", 80, theme="cooperation"),),
            support=(
                Duty("Decide on the stock in Rotterdam", -4, "reviewer", "resources"),
                Duty("A quarterly slot in the management circle", 50, "company"),
            ),
            development=(Duty("Mentor a future team lead", 150),),
        ),
        "signed": -32,
        "stance": "agree",
        "checks": (
            Check(
                -6,
                "The rule for discounts is written; Rotterdam is still open.",
                (
                    ("goal", 0, 83.5, "First calls made.", "employee"),
                    ("change", 0, 50, "Twice out of four.", "employee"),
                ),
            ),
        ),
        "pulse": (4, 4, 5, 4),
    },
}
