"""The finished cycle in production: sheets of two foremen, and no talk.

The first round was meant for R&D and service. What had been noted stays, so that it is seen when
it comes back a year later.
"""

from .shapes import Point

# Minutes of a changeover a year ago; the foremen are those of today.
MINUTES = {"tang": 53, "pan": 58, "yu": 61, "wei": 62, "ren": 55}

ENDED = {
    person: Point("换线时间偏长", f"平均 {minutes} 分钟，目标是 45 分钟。", "process")
    for person, minutes in MINUTES.items()
}
REASON = "第一轮只面向研发与服务，两个班组被误列入名单；已写的要点保留，下一轮再谈。"
