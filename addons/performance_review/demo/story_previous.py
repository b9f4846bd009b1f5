"""The finished cycle: a first round in two departments, with one point of each kind.

Per person: the three points, the talk, the plan with the outcome of each commitment, and how
far the goal had come at the three checkpoints (1.0 is the target).
"""

from .story import Duty, Goal, Plan, Point, Talk

REVIEWS = {
    "chen": {
        "strength": Point("X2 在线监测仪按期量产", "量产评审一次通过，比计划早 9 天。"),
        "gap": Point(
            "关键决定都等他一个人拍板",
            "三次设计冻结因等他签字各推迟一周，团队在周会上提出过。",
            "leadership",
            "behaviour",
        ),
        "support": Point("给两位骨干正式的评审授权", "总经理需要在授权表上签字。"),
        "talk": Talk(
            0, 75, 58, "交付优先的期望双方一致，新增一条：培养能独立评审的人。", "resources",
            "partly", "一名系统工程师的编制。",
            (
                "你把 X2 的风险清单每周公开给全组看。",
                "采购提前六周换了供应商，没有停线。",
                "X3 从第一天起就这样做，并让别人来主持。",
                "谢谢你把难题摆在桌面上。",
            ),
        ),
        "plan": Plan(
            "交付继续按期，决定往下放：两位骨干可以独立冻结设计。",
            (
                Goal(
                    "由骨干主持的设计评审占比达到 60 %", "他人主持的评审占比", "%", 10, 60,
                    "授权表加旁听两次，之后独立主持", "department_rd", -130,
                ),
            ),
            change=(
                Duty("评审会上最后一个发言", -160, theme="leadership", outcome="improved"),
            ),
            support=(Duty("签发授权表并在经理会上说明", -300, "reviewer", outcome="closed"),),
            development=(Duty("参加一次外部的授权工作坊", -200, outcome="closed"),),
        ),
        "levels": (0.2, 0.5, 0.9),
        "note": "评审主持已经轮换，仍有两次临时改回他主持。",
        "stance": "agree",
        "pulse": (4, 4, 5, 4),
    },
    "hart": {
        "strength": Point(
            "Service desk built from nothing",
            "From January to June the team went from one shared mailbox to 310 tracked cases.",
        ),
        "gap": Point(
            "Spare parts are ordered too late",
            "Seven of twelve delayed repairs last summer waited for a part from Suzhou.",
            "cooperation",
        ),
        "support": Point(
            "A named contact in production planning",
            "Today every order goes to a general address and is answered after three days.",
        ),
        "talk": Talk(
            0, 70, 61, "Growth first, then cost: shared.", "cooperation", "yes",
            "One person in Suzhou who answers within a day.",
            (
                "You called the three angriest customers yourself in May.",
                "All three renewed in autumn.",
                "Let Sara make the next calls, with you listening.",
                "I trust your feeling for people.",
            ),
        ),
        "plan": Plan(
            "Fewer waiting customers: parts are planned with Suzhou a month ahead.",
            (
                Goal(
                    "Cut the wait for spare parts to ten days", "Wait for a part", "days", 26, 10,
                    "Monthly forecast, one contact in planning", "department_service", -140,
                ),
            ),
            change=(
                Duty(
                    "Sends the parts forecast by the 25th of each month", -170,
                    theme="planning", outcome="closed",
                ),
            ),
            support=(
                Duty("Name a contact in production planning", -310, "company", outcome="closed"),
                Duty("Decide on a small stock in Rotterdam", -220, "reviewer",
                     outcome="untouched"),
            ),
        ),
        "levels": (0.3, 0.7, 1.0),
        "note": "Forecast works; the stock in Rotterdam was never decided.",
        "stance": "agree",
        "pulse": (5, 4, 5, 4),
    },
    "zhou": {
        "strength": Point("重写数据采集模块", "现场掉线从每月 14 次降到 3 次。"),
        "gap": Point(
            "代码评审积压", "上半年有 11 个合并请求等待超过五个工作日。", "planning", "behaviour",
        ),
        "support": Point("每周两小时不排会的评审时段", "目前评审都挤在下班之后。"),
        "talk": Talk(
            0, 55, 62, "质量优先双方一致。", "priorities", "partly", "排期时先算上评审时间。",
            (
                "你在采集模块里先写了回放测试再改代码。",
                "现场回归两天做完，以前要一周。",
                "把回放的做法写成一页，给新同事用。",
                "感谢你替用户想到了断电的情形。",
            ),
        ),
        "plan": Plan(
            "评审两天内给出意见，掉线保持在低位。",
            (
                Goal(
                    "合并请求两天内有回复的占比达到 90 %", "两天内回复占比", "%", 55, 90,
                    "固定评审时段，超期自动提醒", "department_rd", -150,
                ),
            ),
            keep=(Duty("改动之前先写回放测试", -150, outcome="closed"),),
            change=(
                Duty("每天十点前看一遍待评审清单", -170, theme="planning", outcome="recurred"),
            ),
            support=(Duty("排期表里列出评审工时", -320, "reviewer", outcome="improved"),),
        ),
        "levels": (0.4, 0.7, 0.5),
        "note": "前两个月有效，版本发布前又回到积压。",
        "stance": "acknowledge",
        "pulse": (3, 4, 4, 3),
    },
    "wu": {
        "strength": Point("电源板一次打样通过", "X2 电源板免去第二版，省下 4 万元和三周。"),
        "gap": Point(
            "设计变更没有通知采购", "两次改料后采购仍按旧清单下单，报废 320 只电容。",
            "cooperation",
        ),
        "support": Point("变更单自动抄送采购", "现在要靠人记得发邮件。"),
        "talk": Talk(
            0, 50, 57, "一致。", "cooperation", "yes", "变更流程接到采购系统。",
            (
                "你把热仿真做在了画板之前。",
                "样机在 60 ℃ 环境里没有一次复位。",
                "下一块板请带着新人一起做仿真。",
                "谢谢你对细节的坚持。",
            ),
        ),
        "plan": Plan(
            "变更不再漏到采购。",
            (
                Goal(
                    "变更引起的报废降到 5 千元以内", "变更报废金额", "千元/年", 38, 5,
                    "变更单抄送采购，每周核对一次", "company_quality", -140,
                ),
            ),
            change=(
                Duty("改料当天在变更单里点名采购", -180, theme="cooperation", outcome="closed"),
            ),
            support=(Duty("变更单接通采购系统", -230, "company", outcome="untouched"),),
        ),
        "levels": (0.5, 0.8, 1.0),
        "note": "靠每周核对做到了，系统接口没有立项。",
        "stance": "agree",
        "pulse": (4, 4, 4, 3),
    },
    "zheng": {
        "strength": Point("手机端配置工具按期上线", "首月 86 % 的现场配置改用手机完成。"),
        "gap": Point(
            "估时偏差大", "五个需求里有四个超过估时一倍，联调因此两次改期。", "planning",
        ),
        "support": Point("和资深同事一起做估时", "目前单独估时，没有对照。"),
        "talk": Talk(
            0, 45, 64, "希望更早参与需求讨论。", "priorities", "yes", "估时结对一个季度。",
            (
                "上线当晚你守着前二十台设备的日志。",
                "两个兼容问题当晚就修好了。",
                "把看日志的清单留给值班同事。",
                "有你值守，大家都放心。",
            ),
        ),
        "plan": Plan(
            "估时更准，联调不再改期。",
            (
                Goal(
                    "估时偏差降到 25 % 以内", "平均估时偏差", "%", 95, 25,
                    "结对估时，完成后对照实际工时", "department_rd", -135,
                ),
            ),
            change=(Duty("需求拆到三天以内再给估时", -165, theme="planning", outcome="improved"),),
            support=(Duty("安排周敏结对估时一个季度", -300, "reviewer", outcome="closed"),),
        ),
        "levels": (0.3, 0.6, 0.8),
        "note": "偏差降到 39 %，还差一步。",
        "stance": "agree",
        "pulse": (4, 5, 4, 4),
    },
    "feng": {
        "strength": Point("外壳改为两件式", "装配从 11 分钟减到 6 分钟。"),
        "gap": Point(
            "图纸改版没有同步到产线", "产线按旧版加工了 40 件面板。", "cooperation",
        ),
        "support": Point("产线有一位固定的图纸接口人", "现在找谁要看当班的是谁。"),
        "talk": Talk(
            0, 48, 52, "一致。", "cooperation", "yes", "产线接口人。",
            (
                "你到产线跟了两个班再改外壳。",
                "装配工提的三处都改到了。",
                "每个新结构都先跟一个班。",
                "产线的同事点名感谢你。",
            ),
        ),
        "plan": Plan(
            "图纸只有一个有效版本，产线随时看得到。",
            (
                Goal(
                    "错版加工降到零", "错版加工", "件/年", 40, 0,
                    "改版当天换图，接口人签收", "department_production", -145,
                ),
            ),
            change=(
                Duty("改版后当天到产线换图", -175, theme="cooperation", outcome="recurred"),
            ),
            support=(Duty("指定图纸接口人", -310, "company", outcome="untouched"),),
        ),
        "levels": (0.5, 0.6, 0.7),
        "note": "接口人一直没有定下来，年底又错了 12 件。",
        "stance": "acknowledge",
        "pulse": (3, 3, 4, 2),
    },
    "he": {
        "strength": Point("走访 24 家水厂", "X3 的十条需求里有六条来自走访记录。"),
        "gap": Point(
            "需求冻结之后仍在改", "X2 冻结后改了 9 次，测试计划重排四轮。", "priorities",
        ),
        "support": Point("销售参加冻结评审", "改动大多来自会后补充的订单条件。"),
        "talk": Talk(
            0, 65, 59, "冻结的含义要重新约定。", "priorities", "partly", "销售的承诺时间点。",
            (
                "你把走访录音整理成一页一家。",
                "研发第一次按用户原话讨论优先级。",
                "请每季度更新一次。",
                "这些材料全组都在用。",
            ),
        ),
        "plan": Plan(
            "冻结之后的改动要有代价，大家看得见。",
            (
                Goal(
                    "冻结后的需求改动减到三次", "冻结后改动次数", "次/版本", 9, 3,
                    "改动单写明影响，销售一同签字", "department_rd", -150,
                ),
            ),
            keep=(Duty("每月至少走访两家水厂", -150, outcome="closed"),),
            change=(Duty("会后新增的要求一律走改动单", -180, theme="priorities",
                         outcome="improved"),),
            support=(Duty("请销售总监参加冻结评审", -290, "reviewer", outcome="closed"),),
        ),
        "levels": (0.3, 0.5, 0.8),
        "note": "改动减到四次，每次都有单子可查。",
        "stance": "agree",
        "pulse": (4, 4, 5, 4),
    },
    "wang": {
        "strength": Point("低功耗固件", "X2 电池寿命从 14 个月延长到 22 个月。"),
        "gap": Point(
            "单元测试跟不上", "固件测试覆盖率 41 %，两次回归都漏掉了看门狗问题。", "quality",
        ),
        "support": Point("一台自动化测试台架", "目前全靠手工烧录。"),
        "talk": Talk(
            0, 60, 63, "一致，测试时间要算进排期。", "resources", "yes", "测试台架。",
            (
                "你把每个功耗数字都附上了测量方法。",
                "客户验收时没有一处争议。",
                "固件的其他指标也照此办理。",
                "做得扎实，谢谢。",
            ),
        ),
        "plan": Plan(
            "固件有测试兜底，回归不靠运气。",
            (
                Goal(
                    "固件测试覆盖率达到 75 %", "覆盖率", "%", 41, 75,
                    "新代码必带测试，台架每晚回归", "company_quality", -130,
                ),
            ),
            change=(Duty("每次提交都带测试", -170, theme="quality", outcome="closed"),),
            support=(Duty("批下测试台架的预算", -300, "reviewer", outcome="closed"),),
            development=(Duty("完成嵌入式测试课程", -190, outcome="closed"),),
        ),
        "levels": (0.4, 0.8, 1.05),
        "note": "覆盖率 77 %，台架每晚自动跑。",
        "stance": "agree",
        "pulse": (5, 5, 5, 5),
    },
    "liu": {
        "strength": Point("测试报告一次通过率高", "全年 63 份报告，退回 2 份。"),
        "gap": Point(
            "测试排期经常到最后一天才动手", "四次交付前一晚加班补测，两次因此推迟出报告。",
            "planning", "behaviour",
        ),
        "support": Point("提前一周拿到样机", "样机平均在测试开始前一天才到。"),
        "talk": Talk(
            0, 52, 60, "样机到得晚是共同的问题。", "planning", "partly", "样机提前到位。",
            (
                "你在漏水测试里多做了一轮低温。",
                "提前发现了密封圈变硬。",
                "把低温一项加进标准用例。",
                "这一发现避免了一次召回。",
            ),
        ),
        "plan": Plan(
            "测试提前启动，报告按期。",
            (
                Goal(
                    "报告按期率达到 95 %", "按期报告占比", "%", 78, 95,
                    "样机到位前先做用例和夹具", "department_rd", -140,
                ),
            ),
            keep=(Duty("每份报告附原始数据", -140, outcome="closed"),),
            change=(Duty("样机到位前三天完成用例准备", -165, theme="planning",
                         outcome="recurred"),),
            support=(Duty("样机提前一周交给测试", -300, "reviewer", outcome="improved"),),
        ),
        "levels": (0.5, 0.8, 0.6),
        "note": "上半年好转，X3 样机集中到来后又压到最后。",
        "stance": "agree",
        "pulse": (4, 4, 4, 4),
    },
    "becker": {
        "strength": Point(
            "Repairs finished at the first visit",
            "84 of 97 visits needed no second one; the year before it was 61 of 90.",
        ),
        "gap": Point(
            "Visit reports arrive late",
            "Every third report came in more than a week after the visit; invoices waited.",
            "process", "behaviour",
        ),
        "support": Point("A tablet that works offline", "Pump rooms have no network."),
        "talk": Talk(
            0, 50, 66, "Shared.", "process", "yes", "Report form that works offline.",
            (
                "At the Ghent plant you showed the operators how to clean the sensor.",
                "They have not called since.",
                "Do the same at the next three plants and film it once.",
                "Thank you for leaving people able to help themselves.",
            ),
        ),
        "plan": Plan(
            "A visit is over when its report is in.",
            (
                Goal(
                    "Reports within two days of the visit", "Reports in two days", "%", 48, 90,
                    "Offline form, ten minutes in the van before driving off",
                    "department_service", -150,
                ),
            ),
            change=(Duty("Writes the report before leaving the site", -180, theme="process",
                         outcome="closed"),),
            support=(Duty("Order rugged tablets", -310, "reviewer", outcome="closed"),),
        ),
        "levels": (0.5, 0.9, 1.0),
        "note": "91 % in two days, two months in a row.",
        "stance": "agree",
        "pulse": (5, 5, 4, 5),
    },
    "nilsson": {
        "strength": Point(
            "Renewals in the Nordics", "Nine of ten contracts renewed, two of them enlarged.",
        ),
        "gap": Point(
            "Complaints are passed on without a summary",
            "R&D asked back in eight of fifteen cases; answers took four days longer.",
            "cooperation",
        ),
        "support": Point("An hour a week with R&D", "Questions go back and forth by mail today."),
        "talk": Talk(
            0, 58, 55, "Shared.", "cooperation", "partly", "A standing hour with R&D.",
            (
                "You told the Malmö customer honestly that the fix needs a month.",
                "They stayed and praised the openness.",
                "Give such a date in every case.",
                "I trust your word, and so do they.",
            ),
        ),
        "plan": Plan(
            "R&D understands a complaint at first reading.",
            (
                Goal(
                    "Cases R&D accepts without asking back", "Accepted at once", "%", 47, 80,
                    "Five-line summary, weekly hour with R&D", "department_service", -145,
                ),
            ),
            change=(Duty("Opens each case with a five-line summary", -175, theme="cooperation",
                         outcome="improved"),),
            support=(Duty("Weekly hour with R&D", -300, "reviewer", outcome="closed"),),
        ),
        "levels": (0.4, 0.6, 0.8),
        "note": "73 %; the weekly hour is the part that helped most.",
        "stance": "agree",
        "pulse": (4, 4, 5, 4),
    },
}
