"""What the years leave behind: dates of entry, KPIs, incidents, signals."""

from . import current_shifts
from .shapes import Appointment, Incident, Support

# Months since each person joined.
HIRED = {
    "zhao": 140, "chen": 96, "sun": 84, "hart": 40, "lin": 70, "wang": 62, "liu": 50,
    "zhou": 75, "wu": 66, "zheng": 38, "feng": 57, "he": 45, "xu": 2, "ma": 110, "zhu": 58,
    "guo": 14, "becker": 36, "nilsson": 33, "zhang": 11, "xie": 19,
    **current_shifts.HIRED,
}  # fmt: skip

# Others have no end of free time: the next talks have to find a gap between these.
APPOINTMENTS = (
    Appointment("研发部周会", 1, 9, 90, ("chen", "zhou", "wu", "zheng", "wang", "liu")),
    Appointment("水厂客户走访", 1, 13, 240, ("chen", "liu")),
    Appointment("经营例会", 2, 9, 120, ("zhao", "chen", "sun", "hart", "lin")),
    Appointment("离线升级方案评审", 2, 14, 90, ("chen", "zheng", "wang")),
    Appointment("产线换线演练", 3, 9, 180, ("sun", "ma", "zhu")),
    Appointment("校园招聘", 3, 9, 480, ("lin",)),
    Appointment("预算沟通", 4, 10, 60, ("zhao", "sun")),
    Appointment("Weekly service call", 4, 16, 60, ("hart", "becker", "nilsson", "zhang", "xie")),
    Appointment("接口联调", 5, 9, 180, ("wang", "zheng", "wu")),
    Appointment("Customer workshop", 5, 15, 120, ("hart", "zhang")),
)

# Name, metric, unit, baseline, target, weight.
KPIS = {
    "lead": (
        ("部门目标达成率", "达成项占比", "%", 60, 90, 40),
        ("骨干留任率", "留任占比", "%", 80, 95, 30),
        ("预算偏差", "偏差", "%", 12, 4, 30),
    ),
    "lead_en": (
        ("Goals of the department reached", "Share reached", "%", 60, 90, 40),
        ("Response time", "Hours to an answer", "h", 41, 24, 40),
        ("Deviation from budget", "Deviation", "%", 12, 4, 20),
    ),
    "software": (
        ("需求按期交付率", "按期占比", "%", 65, 90, 30),
        ("发布后缺陷", "缺陷数", "个/版本", 18, 6, 30),
        ("自动化测试覆盖率", "覆盖率", "%", 40, 75, 20),
        ("现场问题关闭天数", "平均天数", "天", 9, 4, 20),
    ),
    "hardware": (
        ("样机一次通过率", "通过占比", "%", 60, 85, 40),
        ("单台物料成本", "成本", "元", 1280, 1120, 30),
        ("变更引起的返工", "返工次数", "次", 16, 5, 30),
    ),
    "test": (
        ("报告按期率", "按期占比", "%", 75, 95, 40),
        ("漏测问题", "客户端发现", "个", 10, 3, 40),
        ("问题单一次受理率", "受理占比", "%", 60, 90, 20),
    ),
    "product": (
        ("冻结后需求改动", "改动次数", "次/版本", 9, 3, 35),
        ("客户走访", "走访家数", "家", 12, 30, 30),
        ("新品按期上市", "按期占比", "%", 50, 90, 35),
    ),
    "production": (
        ("一次合格率", "合格占比", "%", 93, 97, 40),
        ("平均换线时间", "分钟数", "分钟", 58, 40, 30),
        ("安全隐患按期整改", "按期占比", "%", 70, 100, 30),
    ),
    "assembly": (
        ("一次合格率", "合格占比", "%", 88, 97, 50),
        ("换线时间", "分钟数", "分钟", 80, 40, 50),
    ),
    "quality": (
        ("客户投诉", "投诉件数", "件", 40, 28, 40),
        ("8D 报告按期关闭", "按期占比", "%", 75, 95, 30),
        ("来料合格率", "合格占比", "%", 96, 99, 30),
    ),
    "service": (
        ("Fixed at the first visit", "First visits that suffice", "%", 68, 88, 40),
        ("Response time", "Hours to an answer", "h", 41, 24, 30),
        ("Customer satisfaction", "Score of 5", "points", 3.6, 4.5, 30),
    ),
    "success": (
        ("Contracts renewed", "Renewals", "%", 72, 85, 50),
        ("Cases accepted without asking back", "Accepted at once", "%", 47, 80, 30),
        ("Customer satisfaction", "Score of 5", "points", 3.6, 4.5, 20),
    ),
    "people": (
        ("招聘周期", "平均天数", "天", 62, 40, 40),
        ("新人上岗时间", "平均天数", "天", 120, 90, 30),
        ("薪资核算差错", "差错次数", "次", 6, 1, 30),
    ),
}

# Which goal of the company or a department KPIs of a kind serve.
PARENTS = {"assembly": "department_production"}

# Kind of KPIs; how far the person came towards each target last year and this year.
RESULTS = {
    "chen": ("lead", (0.8, 0.9, 0.5), (0.95, 1.0, 0.7)),
    "sun": ("lead", (0.6, 0.8, 0.7), (0.85, 0.9, 0.8)),
    "hart": ("lead_en", (0.7, 0.0, 0.6), (0.9, 0.706, 0.8)),
    "lin": ("people", (0.7, 0.8, 1.0), (0.9, 0.8, 1.0)),
    "wang": ("software", (0.8, 0.7, 0.029, 0.6), (1.0, 0.9, 1.05, 0.5)),
    "zhou": ("software", (0.9, 0.8, 0.7, 0.8), (0.8, 1.1, 0.9, 0.9)),
    "zheng": ("software", (0.4, 0.7, 0.5, 0.6), (0.75, 0.8, 0.6, 0.7)),
    "wu": ("hardware", (0.8, 0.6, 0.3), (1.1, 0.4, 1.0)),
    "feng": ("hardware", (0.7, 0.9, 0.2), (1.05, 0.9, 0.5)),
    "liu": ("test", (0.15, 0.9, 0.3), (0.3, 1.0, 0.4)),
    "he": ("product", (0.1, 0.7, 0.6), (0.833, 1.056, 0.8)),
    "ma": ("production", (0.7, 0.4, 0.9), (0.95, 0.5, 1.0)),
    "guo": ("production", (), (0.6, 0.4, 0.8)),
    "zhu": ("quality", (0.6, 0.8, 0.5), (0.4, 0.95, 0.867)),
    "becker": ("service", (0.8, 0.5, 0.7), (0.95, 0.7, 0.9)),
    "nilsson": ("success", (0.8, 0.0, 0.6), (1.27, 0.8, 0.9)),
    "zhang": ("service", (), (0.6, 0.8, 0.7)),
    "xie": ("people", (0.5, 0.6, 0.6), (0.7, 0.7, 1.0)),
    **current_shifts.RESULTS,
}

# What HR keeps in mind about people: person, kind, note.
FLAGS = (
    ("zhou", "key_talent", "明年可接任研发部负责人。"),
    ("nilsson", "retention_risk", "Asked by a competitor in March."),
)

# Who comes along with whom, on request of the employee.
COMPANIONS = (("guo", "工会委员 赵敏", "union@example.com"),)

# What HR has put into the library beside what the product ships.
LIBRARY = {
    "test_data": Support(
        "装满数据的测试服务器",
        "由研发部备一台，装最大客户的数据，每季度更新一次，随借随用。",
        "resources",
        ("planning", "quality"),
    ),
    "changeover": Support(
        "换线观摩半天",
        "到兄弟工厂看一次快速换线，回来后由班组长带着改一条线，两周后一起量时间。",
        "cross_department",
        ("process",),
    ),
    "handover": Support(
        "A weekly hour between service and R&D",
        "Both leads go through the open cases; what waits longer than three days gets an owner.",
        "cross_department",
        ("cooperation",),
    ),
}

INCIDENTS = (
    Incident("wang", "chen", -150, "positive", "升级前在二十台旧设备上先试",
             "发现两种旧闪存，避免大面积失败。", "quality"),
    Incident("wang", "wang", -120, "negative", "海外问题等了六天才答复",
             "客户停机一天半。", "cooperation"),
    Incident("liu", "chen", -140, "positive", "低温漏水测试发现密封圈变硬",
             "两批共 400 件换料，未流到客户。", "quality"),
    Incident("liu", "chen", -95, "negative", "X3 振动测试在截止前两天才开始",
             "报告推迟三天，评审改期。", "planning"),
    Incident("liu", "liu", -90, "negative", "样机比计划晚到六天",
             "夹具调试被压到周末。", "planning"),
    Incident("zhou", "chen", -80, "positive", "陪新人走读代码四十分钟",
             "第二次提交一次通过。", "leadership"),
    Incident("zhou", "chen", -33, "negative", "发布前八个评审等待超过五天",
             "两个功能移到下一版。", "planning"),
    Incident("wu", "chen", -110, "positive", "主板提前两周投板",
             "首版样机全部上电成功。", "planning"),
    Incident("wu", "chen", -18, "negative", "评审资料会前一晚才发出",
             "两位评审人没有来得及看。", "planning", False),
    Incident("zheng", "zheng", -60, "positive", "三个无网络水厂当天完成升级",
             "不必再寄存储卡。", "customer"),
    Incident("zheng", "chen", -26, "negative", "批量导入一千台用了十二分钟",
             "现场调试人员多等半天。", "quality", False),
    Incident("feng", "feng", -130, "positive", "IP68 三台样机全部通过",
             "省掉第二轮模具修改。", "quality"),
    Incident("feng", "chen", -75, "negative", "夜班按旧图纸加工了 12 件面板",
             "报废并重做。", "cooperation"),
    Incident("he", "chen", -100, "positive", "冻结会上请销售当场签字",
             "之后只有四次改动。", "priorities"),
    Incident("zhu", "sun", -70, "negative", "接头松动三个月内第四次出现",
             "客户要求派人到场。", "quality"),
    Incident("ma", "sun", -85, "positive", "班前会请出错的人自己讲原因",
             "重复不良减少四成。", "leadership"),
    Incident("becker", "hart", -105, "positive", "Filmed the cleaning of the sensor",
             "Calls about it fell from 22 to 6.", "customer"),
    Incident("nilsson", "hart", -66, "positive", "Wrote to Turku every two hours",
             "The customer stayed calm and stayed with us.", "customer"),
    Incident("nilsson", "hart", -21, "negative", "Promised a discount of 18 % in the call",
             "Finance heard of it from the customer.", "process", False),
    Incident("hart", "zhao", -55, "positive", "Handed the shared inbox to the team",
             "Answers became twelve hours faster.", "leadership"),
    Incident("chen", "zhao", -45, "negative", "已冻结的设计被改回",
             "团队重做一周。", "leadership"),
)  # fmt: skip
