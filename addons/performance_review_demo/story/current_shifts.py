"""The open cycle, two shifts of production: many people who report the same.

With them the company is large enough for figures: of a department, of two teams in it, of a step.
Nobody reads fourteen sheets, so the words come from a common stock and the numbers from a table.
"""

from typing import NamedTuple

from .shapes import Check, Concern, Duty, Goal, Plan, Point, Talk


class Worker(NamedTuple):
    """What differs between people of the shifts."""

    months: int  # since they joined
    rate: float  # of parts right first time, in percent
    minutes: int  # of a changeover
    stations: int
    ideas: int
    share: int  # of the talk, in percent
    stance: str = "agree"


LEADS = {"gao": 92, "deng": 71}
# The first seven are of the one shift, the others of the other.
WORKERS = {
    "tang": Worker(48, 96.4, 46, 4, 6, 62),
    "song": Worker(30, 95.1, 52, 3, 3, 58),
    "jiang": Worker(66, 97.2, 44, 5, 8, 64),
    "yu": Worker(22, 94.6, 55, 2, 2, 49, "acknowledge"),
    "dong": Worker(37, 96.0, 49, 4, 5, 60),
    "pan": Worker(54, 95.7, 51, 3, 4, 55),
    "du": Worker(19, 94.2, 57, 2, 3, 66),
    "ye": Worker(41, 96.8, 45, 4, 7, 63),
    "cheng": Worker(58, 95.4, 50, 3, 4, 57),
    "wei": Worker(27, 94.9, 54, 3, 2, 46, "acknowledge"),
    "ren": Worker(33, 96.2, 47, 4, 6, 61),
    "lu": Worker(16, 94.4, 56, 2, 2, 59),
    "fan": Worker(45, 95.9, 48, 3, 5, 60),
    "shi": Worker(62, 95.0, 53, 4, 3, 52),
}
# Who is not as far as the others.
DISPUTES, TALKS_NEXT, BEGINS = "shi", "fan", "lu"

HIRED = LEADS | {person: worker.months for person, worker in WORKERS.items()}
RESULTS = {
    "gao": ("production", (), (0.9, 0.6, 0.95)),
    "deng": ("production", (), (0.8, 0.5, 1.0)),
    **{
        person: (
            "assembly",
            (),
            (round((worker.rate - 88) / 9, 2), round((80 - worker.minutes) / 40, 2)),
        )
        for person, worker in WORKERS.items()
    },
}

# Name, fact, theme, nature and KPI, as a point has them.
STRENGTHS = (
    ("一次合格率稳定", "最近三个月每月都在 {rate} % 以上。", "quality", "result", "一次合格率"),
    ("会多个工位", "能独立做 {stations} 个工位，上个月替班六天没有停线。", "skills", "behaviour"),
    ("改善提案有用", "今年提出 {ideas} 条，班组采用了两条。"),
    ("交接班写得清楚", "抽查的十二份交接记录都写明未完成项。", "process", "behaviour"),
    ("点检没有漏项", "全年点检 240 次，记录齐全。"),
)
GAPS = (
    ("换线时间偏长", "平均 {minutes} 分钟，目标是 40 分钟。", "process", "result", "换线时间"),
    ("缺件到线才发现", "今年五次，每次停线约二十分钟。", "planning"),
    ("返工单填写不全", "抽查二十张，有六张没有写原因。", "quality"),
    ("带教没有留下记录", "带过两位新人，只有一份带教记录。", "skills", "behaviour"),
    ("来料异常隔天才上报", "今年三次，其中一次已经装机。", "cooperation", "behaviour"),
)
SUPPORTS = (
    ("每周两小时换线练习", "现在只能在生产间隙里练。", "process"),
    ("线边工装架", "取一次工装要来回走六十米。", "process"),
    ("每天和计划员对一次料", "缺件消息到班组要半天。", "planning"),
    ("多能工培训名额", "今年两个班只有三个名额。", "skills"),
)
ANSWERS = (
    (0, "合格率，今年返工少了。"),
    (1, "换线还是慢。"),
    (2, "工装放得远，料也常常不齐。"),
    (5, "换线做到四十五分钟以内。"),
    (7, "练习的时间，还有线边的工装架。"),
)
FEEDBACK = (
    "上个月设备报警时你先停线，再叫人来看。",
    "避免了一批 60 件不良流到下一道。",
    "下次把报警代码也记进交接本。",
    "谢谢，这样大家都放心。",
)


def _choose(stock, number, worker):
    """Return three points of a stock, others for the next person, with this one's numbers."""
    chosen = [stock[(number + step) % len(stock)] for step in range(3)]
    facts = worker._asdict()
    points = (
        Point(name, fact.format(**facts), *rest[:2], kpi=(rest[2:] or ("",))[0])
        for name, fact, *rest in chosen
    )
    return tuple(points)


def _tell_preparation(number, worker):
    # Nobody but two in three has the goal in the own hands.
    concerns = (Concern("换线时间", "outside", "工装和物料都不归班组管。", "process"),) * (
        number % 3 != 2
    )
    return {
        "points": {
            "strength": _choose(STRENGTHS, number, worker),
            "gap": _choose(GAPS, number, worker),
            "support": _choose(SUPPORTS, number, worker),
        },
        "results": f"一次合格率 {worker.rate} %，会 {worker.stations} 个工位。",
        "concerns": concerns,
        "answers": ANSWERS,
        "submitted": True,
    }


def _tell_talk(number, worker):
    return Talk(
        -52 + number % 5,
        36 + 3 * (number % 7),
        worker.share,
        "一致。",
        "process" if number % 4 else "resources",
        ("hardly", "yes", "partly")[number % 3] if number % 2 else "hardly",
        "固定的换线练习时间。",
        (FEEDBACK,),
        ((0, "合格率。"), (1, "换线。"), (5, "四十五分钟可以做到。"), (7, "练习和工装架。")),
    )


def _tell_plan(number, worker):
    return Plan(
        "换线有固定的练习时间，工装和物料提前点齐。",
        (
            Goal(
                "平均换线时间降到 42 分钟以内",
                "平均换线时间",
                "分钟",
                worker.minutes,
                42,
                "每周练习、线边工装架",
                "department_production",
                100,
            ),
        ),
        keep=(Duty("报警先停线", 100),),
        change=(
            Duty(
                "停线之前把工装和物料点齐",
                60,
                theme="process",
                cue="当看板亮黄灯时，我先点齐工装和物料，再停线。",
            ),
        ),
        support=(
            # Half of them have got it.
            Duty(
                "每周二留出两小时练习换线",
                -16,
                "reviewer",
                "process",
                ("closed", "open")[number % 2],
            ),
            Duty("线边加一个工装架", 30, "company", "process"),
        ),
    )


def _tell_follow_up(number, worker):
    talk = _tell_talk(number, worker)
    value = round(worker.minutes - (worker.minutes - 42) * (0.2 + number % 4 / 5))
    return {
        **_tell_preparation(number, worker),
        "talk": talk,
        "plan": _tell_plan(number, worker),
        "signed": talk.day + 5 + number % 3,
        "stance": worker.stance,
        "checks": (
            Check(
                -14,
                "练习从上个月开始，工装架还在等。",
                (
                    ("goal", 0, value, "", "reviewer"),
                    ("change", 0, 30 + number % 4 * 15, "", "employee"),
                ),
            ),
        ),
        "pulse": (4, 3 + number % 3, 4 + number % 2, 2 + number % 4),
    }


TALKED = {
    person: number
    for number, person in enumerate(WORKERS)
    if person not in (DISPUTES, TALKS_NEXT, BEGINS)
}
FOLLOW_UP_SHIFTS = {
    person: _tell_follow_up(number, WORKERS[person]) for person, number in TALKED.items()
}
DIALOGUE_SHIFTS = {TALKS_NEXT: _tell_preparation(12, WORKERS[TALKS_NEXT])}
AGREEMENT_SHIFTS = {
    DISPUTES: {
        **_tell_preparation(13, WORKERS[DISPUTES]),
        "talk": _tell_talk(13, WORKERS[DISPUTES])._replace(day=-12),
        "plan": _tell_plan(13, WORKERS[DISPUTES])._replace(
            # Nothing of it is due before it is signed.
            support=(
                Duty("每周二留出两小时练习换线", 30, "reviewer", "process"),
                Duty("线边加一个工装架", 30, "company", "process"),
            )
        ),
        "proposed": -6,
        "dispute": "换线时间里有一半是等工装，工装架没有到位之前，42 分钟不应该算在我头上。",
        "pulse": (2, 3, 3, 2),
    },
}
