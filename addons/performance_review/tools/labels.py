"""Points at wording that labels a person instead of naming a fact (SPEC P3).

The words and patterns are this project's own selection, in English and Chinese. The rule
behind them: a point is worth talking about when it names a result or a behaviour that
could be filmed or counted. "Unprofessional" cannot, "left the meeting twice without a
word" can. A label beside a fact is pointed at as well, since the label is what will be
heard.

It is a hint by rules, not a judgement: it does not know who is spoken of, and it prefers
silence over pointing at an ordinary sentence. HR adds words of its own.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

# Wherever these stand, a person is labelled. Words that also describe things (a stubborn
# stain, an unreliable sensor) are below, where the words around them count.
WORDS_EN = (
    "arrogance",
    "arrogant",
    "arrogantly",
    "attitude issue",
    "attitude issues",
    "attitude problem",
    "attitude problems",
    "bad apple",
    "bad attitude",
    "bad communicator",
    "bad personality",
    "born leader",
    "communicate badly",
    "communicate poorly",
    "communicates badly",
    "communicates poorly",
    "control freak",
    "couldn't care less",
    "does not care",
    "doesn't care",
    "drama queen",
    "has an attitude",
    "has no backbone",
    "incompetence",
    "incompetent",
    "irresponsible",
    "know-it-all",
    "laziness",
    "lazy",
    "low performer",
    "narrow-minded",
    "natural leader",
    "negative attitude",
    "no common sense",
    "no sense of responsibility",
    "no team player",
    "no team spirit",
    "no work ethic",
    "not a leader",
    "not a people person",
    "not a team player",
    "not leadership material",
    "passive-aggressive",
    "poor attitude",
    "poor communication skills",
    "poor communicator",
    "poor performer",
    "poor social skills",
    "rock star",
    "self-absorbed",
    "self-centered",
    "self-centred",
    "selfish",
    "selfishness",
    "short-tempered",
    "slacker",
    "slow learner",
    "terrible attitude",
    "thin-skinned",
    "troublemaker",
    "underperformer",
    "unmotivated",
    "unprofessional",
    "unprofessionally",
    "untrustworthy",
    "weak personality",
    "wrong attitude",
)

WORDS_ZH = (
    "不专业",
    "不会做人",
    "不会变通",
    "不会来事",
    "不会沟通",
    "不合群",
    "不够主动",
    "不够积极",
    "不好相处",
    "不思进取",
    "不懂事",
    "不懂变通",
    "不求上进",
    "不用心",
    "不称职",
    "不职业",
    "不负责任",
    "不靠谱",
    "低情商",
    "偷懒",
    "傲慢",
    "刺头",
    "吊儿郎当",
    "固执",
    "巨婴",
    "心胸狭窄",
    "情商低",
    "情绪化",
    "愚蠢",
    "慢性子",
    "懒",
    "懒惰",
    "懒散",
    "懒洋洋",
    "我行我素",
    "拈轻怕重",
    "拖延症",
    "拖拖拉拉",
    "推卸责任",
    "敷衍了事",
    "没上进心",
    "混日子",
    "玻璃心",
    "甩手掌柜",
    "眼高手低",
    "磨洋工",
    "稀里糊涂",
    "粗心",
    "粗心大意",
    "老好人",
    "老油条",
    "自以为是",
    "自私",
    "自私自利",
    "难以相处",
    "难相处",
    "马虎",
    "马马虎虎",
)

# Where a word or pattern of ours touches one of these, it is not meant.
EXCEPTIONS_EN = (
    r"lazy(?:\s+|-)(?:load\w*|evaluat\w+|import\w*|initiali[sz]\w+|fetch\w*|binding|propert\w+"
    r"|mode|quantifier\w*|match\w*)",
)
EXCEPTIONS_ZH = (
    # software, packages, furniture
    "懒加载",
    "懒汉",
    "懒初始化",
    "懒人[包沙]",
    "拖拉机",
    # 差 as the first half of difference, distance, amount, error, travel, rating …
    "差[异距额别值价错旅评速分动池补遣]",
    "弱[于电]",
    "低于",
    "不足以",
    # words that only meet at the seam of two others
    "来自私",
    "自私[有募人]",
    "不负责任[务何]",
    "不用心[急算疼理电]",
    "固执行(?![为事])",
    "不懂事[项务业故]",
    "担当[过任项]",
    "情绪化[消设营]",
    "蠢蠢欲动",
)

# --- English patterns ---------------------------------------------------------------------

# Latin letters only: an English word in the middle of a Chinese sentence stands without
# spaces, and `\b` sees no border there.
_LATIN = r"0-9A-Za-z_\u00c0-\u024f"
_START = rf"(?<![{_LATIN}])"
_END = rf"(?![{_LATIN}])"
_APOSTROPHE = "['\u2019]"

# The word before the verb, looked up in `_OTHER_SUBJECTS`. It begins only where a word does,
# or long rows of hyphens would be tried from each of them to the end.
_SUBJECT = (
    rf"(?:(?<![{_LATIN}-])(?P<subject>[{_LATIN}][{_LATIN}-]*)\s+|{_START})"
    r"(?:(?:has|have|had|can|could|may|might|must|will|would|should)\s+)?"
)
_STATE = r"(?:is|are|am|was|were|be|been|being|seems?|seemed|appears?|appeared|remains?)"
_BE = (
    rf"(?:{_STATE}|looks?|looked|sounds?|sounded|acts?|acted|behaves?|behaved|becomes?|became"
    r"|gets?|got|comes?\s+across\s+as|came\s+across\s+as)"
)
_ADVERBS = (
    r"(?:(?:a\s+(?:bit|little)|always|completely|extremely|fairly|far\s+too|generally|just"
    r"|much\s+too|not|often|overly|pretty|quite|rather|really|simply|so|sometimes|somewhat"
    r"|still|too|totally|usually|very)\s+){0,3}"
)

# Said of people: pointed at after "is", "seems", "too" …, unless the subject is a thing or
# somebody outside.
_CHARACTER = (
    r"(?:bossy|careless|childish|clueless|cynical|dishonest|disorgani[sz]ed|disrespectful|dumb"
    r"|emotional|grumpy|hot-?headed|immature|impatient|impolite|inflexible|insensitive"
    r"|introverted|moody|na(?:i|\u00ef)ve|over-?confident|over-?sensitive|pushy|rude|shy"
    r"|sloppy|stubborn|stupid|timid|uncooperative|unfriendly|unlikeable|unreliable)"
)
# Said of people and of things: pointed at only when a person is the subject for certain.
_AMBIGUOUS = (
    r"(?:aggressive|amazing|average|awful|bad|brilliant|cold|defensive|difficult|fantastic"
    r"|great|hopeless|lousy|mediocre|negative|nice|passive|poor|slow|smart|terrible|unstable"
    r"|useless|weak|wonderful)"
)
_PERSON = (
    r"(?:boss|colleague|communicator|co-?worker|developer|employee|girl|guy|leader|listener|man"
    r"|manager|organi[sz]er|performer|person|planner|team\s+(?:player|member)|woman|worker)"
)
_SOMEBODY = rf"{_START}(?:he|she|you|i|who|(?:the|this|our|my|your|his|her)\s+{_PERSON})"

# "the sensor is unreliable", "the customer was rude": not about the one who is reviewed.
_THINGS_AND_STRANGERS = """
    algorithm answer api app application approach archive audience balance build bus caller
    cash client code condition connection contract courier customer data database delivery
    design document driver estimate feedback figure file flow folder forecast form format
    guest idea interface internet it job layout line link list machine mail margin market
    material message method model network news number page parcel passenger patient picture
    plan policy price printer process product query question reading reply report request
    result rule sample schedule script sensor server service shipment site slide software
    solution step storage story supplier supply system temperature test text that these
    this those tone tool train truck value vendor version visitor warehouse website which
    wifi wording
"""
_OTHER_SUBJECTS = frozenset(_THINGS_AND_STRANGERS.split())

_NEGATIVE_HABIT = (
    r"(?:absent|angry|annoyed|argu(?:es|ing)|blam(?:es|ing)|complain(?:s|ing)?|defensive"
    r"|disagrees|forget(?:s|ting)?|forgetful|grumpy|has\s+(?:an\s+)?excuses?|interrupt(?:s|ing)?"
    r"|late|mak(?:es?|ing)\s+(?:excuses|mistakes)|miss(?:es|ing)\s+deadlines|negative"
    r"|procrastinat(?:es|ing)|tired|too\s+(?:late|slow)|unprepared|wrong)"
)
_MISSING_HABIT = (
    r"(?:accepts|admits|answers|apologi[sz]es|asks|cares|delivers|finishes|follows\s+(?:up|through)"
    r"|helps|keeps\s+(?:his|her|their|a|any)\s+\w+|learns|listens|on\s+time|prepared|prepares"
    r"|replies|responds|satisfied|shares|speaks\s+up|supports|takes\s+(?:initiative|ownership"
    r"|responsibility)|thinks|tries)"
)

# The group `label` is what is shown.
_PATTERNS_EN = (
    # is too emotional
    rf"{_SUBJECT}{_BE}\s+(?P<label>{_ADVERBS}{_CHARACTER})",
    # Too emotional in meetings.
    rf"(?:(?:^|[.;:,!?\u2022(-])[^\S\n]{{0,9}}|{_START}(?:and|but|or)\s+)"
    rf"(?P<label>(?:far\s+too|too|very|so|quite|rather|extremely|overly)\s+{_CHARACTER})",
    # she's slow; the manager is weak
    rf"{_SOMEBODY}(?:\s+{_STATE}|{_APOSTROPHE}(?:s|re|m))\s+"
    rf"(?P<label>{_ADVERBS}(?:{_AMBIGUOUS}|{_CHARACTER}))",
    # a difficult person
    rf"{_START}(?P<label>an?\s+{_ADVERBS}(?:{_AMBIGUOUS}|{_CHARACTER})\s+{_PERSON})",
    # is a real pessimist
    rf"(?:{_STATE}|{_APOSTROPHE}s)\s+(?P<label>(?:an?|the|such\s+an?)\s+(?:\w+\s+)?"
    r"(?:bully|coward|crybaby|diva|genius|hothead|idiot|liar|loser|loner|micromanager|moron"
    r"|perfectionist|pessimist|procrastinator|pushover|quitter|showoff|superstar|wimp))",
    # is not very reliable
    rf"{_SUBJECT}(?P<label>{_BE}(?:n{_APOSTROPHE}t|\s+not)\s+(?:(?:very|really|always|quite)\s+)?"
    r"(?:cooperative|honest|likeable|mature|motivated|professional|proactive|reliable|smart"
    r"|trustworthy))",
    rf"{_SUBJECT}{_BE}\s+(?P<label>{_ADVERBS}(?:difficult|hard|impossible)\s+to\s+work\s+with)",
    rf"{_SUBJECT}(?P<label>can(?:{_APOSTROPHE}t|not|\s+not)\s+be\s+trusted)",
    rf"{_START}(?P<label>lack(?:s|ed|ing)?\s+(?:of\s+)?(?:any\s+)?(?:ambition|common\s+sense"
    r"|discipline|empathy|initiative|integrity|maturity|motivation|professionalism"
    r"|sense\s+of\s+\w+|team\s+spirit|work\s+ethic))",
    # is always late; never listens; complains all the time
    rf"{_SUBJECT}(?:{_STATE}\s+)?(?P<label>(?:always|constantly|forever)\s+{_NEGATIVE_HABIT})",
    rf"{_SUBJECT}(?:{_STATE}\s+)?(?P<label>never\s+{_MISSING_HABIT})",
    rf"{_SUBJECT}(?:{_STATE}\s+)?(?P<label>{_NEGATIVE_HABIT}\s+all\s+the\s+time)",
    rf"{_START}(?:you|they|i)\s+(?P<label>never\s+(?:answer|apologi[sz]e|ask|care|deliver|finish"
    r"|help|learn|listen|prepare|reply|respond|share|speak\s+up|take\s+responsibility|try))",
)

# --- Chinese patterns ---------------------------------------------------------------------

_DEGREE = (
    r"(?:很|太|非常|特别|过于|过分|比较|有点|有些|十分|极其|极度|相当|实在|真的?|挺|偏|极|最|较)"
)
_DEGREES = rf"(?:也|都|还|又|总是|一直|一向)?{_DEGREE}{{0,2}}"
_ABILITY = (
    r"(?:沟通|管理|工作|领导|学习|业务|协调|表达|个人|组织|抗压|应变|执行|协作|合作|理解|适应"
    r"|解决问题的?)能力"
)
_TRAIT = (
    r"(?:态度|心态|脾气|人品|素质|素养|情商|智商|责任心|责任感|事业心|上进心|进取心|执行力|悟性"
    r"|领悟力|抗压性|主动性|自觉性|团队精神|团队意识|服务意识|大局观|大局意识|敬业精神)"
)
_FLAW = r"(?:差劲?|低下?|不好|不行|不强|弱|恶劣|暴躁|不端正|不足|欠缺|欠佳|消极|淡薄|堪忧|有问题)"
# Said of people only.
_MANNER = (
    r"(?:冷漠|内向|幼稚|急躁|懦弱|软弱|任性|小气|自大|自负|傻|笨(?!重)|蠢|粗鲁|势利|孤僻|高傲"
    r"|无能(?!为))"
)
# Said of processes, markets and texts as well: the person must be named beside it.
_TEMPER = (
    r"(?:死板|浮躁|圆滑|啰嗦|聪明|强势|悲观|冷淡|消极|计较|外向|冲动|古怪|火爆|暴躁|敏感"
    r"|不成熟|不好)"
)
_HABIT = (
    r"(?:迟到|早退|拖延|拖沓|抱怨|推卸|推脱|推诿|找借口|忘记|忘事|丢三落四|出错|犯错|打断|顶嘴|发脾气"
    r"|发火|请假|走神)"
)
_MISSING_HABIT_ZH = (
    r"(?:按时|准时|及时|主动|认真|回复|回应|回消息|接电话|听|配合|汇报|反省|反思|道歉|认错|耐烦"
    r"|检查|提前|打招呼|守时|帮|关心|分享|承认|学习)"
)

# The whole match is the label.
_PATTERNS_ZH = (
    rf"{_TRAIT}{_DEGREES}{_FLAW}",
    rf"{_ABILITY}{_DEGREES}{_FLAW}",
    rf"沟通{_DEGREES}(?:差劲?|不行|不好)",
    rf"脾气{_DEGREES}[大臭坏]",
    rf"性子{_DEGREES}[急慢]",
    r"(?:没有|没|缺乏|缺少|毫无|欠缺)(?:任何|一点|基本的?)?(?:责任心|责任感|上进心|事业心|进取心"
    r"|团队精神|团队意识|服务意识|大局观|大局意识|主见|担当|职业素养|职业道德|职业精神|专业素养"
    r"|敬业精神|情商|教养|同理心|自觉性|执行力|主动性)",
    rf"{_DEGREE}{_MANNER}",
    rf"(?:性格|为人|个性|做人|生性|天性|心智|思想){_DEGREES}(?:{_MANNER}|{_TEMPER})",
    rf"(?:做事|办事|干活|处事|工作){_DEGREES}(?:拖拉|拖沓|磨蹭|死板|毛躁|毛手毛脚|消极|被动|幼稚"
    r"|糊涂|不踏实|不认真|不上心|没条理|没头脑)",
    r"是(?:一?[个位名])(?:典型的?|标准的?|十足的?)?(?:天才|懒人|软柿子|杠精|墙头草|马屁精|话痨|闷葫芦"
    r"|急性子|笨蛋|蠢货|庸才|奇才|好人(?![才力])|老实人)",
    # 汇总是 is "the summary is", 副总是 "the deputy is".
    rf"(?<![汇副])(?:总是|老是|整天|一天到晚|一直都?|永远都?|每次都)(?:会|在|要|爱|是)?{_DEGREE}?{_HABIT}",
    rf"(?<![汇副])(?:总是|老是|永远都?|每次都)不{_MISSING_HABIT_ZH}",
    r"动不动就",
    # 从来不及 begins with "from", as does 从不 in 从不同, hence the verbs in the last one.
    r"从来不(?!及)",
    rf"从来没有?(?:想过|考虑|做好|做对|满意|{_MISSING_HABIT_ZH})",
    rf"从不{_MISSING_HABIT_ZH}",
)

# 客户态度恶劣, 态度恶劣的客户, 系统总是出错: not about the one who is reviewed …
_OTHERS_ZH = (
    r"(?:客户|顾客|用户|乘客|旅客|访客|患者|病人|供应商|家长|来电者?|买家|卖家|投诉人|对方"
    r"|系统|接口|程序|设备|机器|打印机|服务器|网络|软件|脚本|数据库|平台|传感器|快递|物流)"
)
# … but 对客户态度恶劣 is.
_BEFORE_ZH = re.compile(
    rf"(?P<towards>[对待跟与向给][^，。；！？、,.;!?\n]{{0,6}})?{_OTHERS_ZH}[们方的]?\Z"
)
_AFTER_ZH = re.compile(rf"的(?:老|大|新)?{_OTHERS_ZH}")
_CONTEXT_ZH = 16


def find_labels(text: str, extra_words: Iterable[str] = ()) -> list[str]:
    """Return the words and phrases in `text` that label a person.

    :param text: plain text, Chinese, English or both; empty (or Odoo's False) is allowed.
    :param extra_words: further words of HR's; case and the width of spaces do not count.
        Words with Latin letters are found as whole words, others wherever they stand. The
        built-in exceptions do not apply to them. Blank ones are ignored.
    :return: what was found, as it stands in the text, in order of appearance. Each once
        (case apart); of two that overlap the one that begins first, then the longer.
    """
    if not text:
        return []
    spans = [*_built_in_spans(text), *_extra_spans(text, extra_words)]
    found: dict[str, str] = {}
    free_from = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= free_from:
            free_from = end
            label = text[start:end]
            found.setdefault(" ".join(label.casefold().split()), label)
    return list(found.values())


def _built_in_spans(text: str) -> Iterator[tuple[int, int]]:
    excepted = bytearray(len(text))
    for match in _EXCEPTIONS.finditer(text):
        excepted[match.start() : match.end()] = b"x" * len(match[0])
    for pattern in _BUILT_IN_EN:
        for match in pattern.finditer(text):
            start, end = match.span("label")
            if not (
                any(excepted[start:end]) or _is_other_subject(match.groupdict().get("subject"))
            ):
                yield start, end
    for pattern in _BUILT_IN_ZH:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not (any(excepted[start:end]) or _is_about_others(text, start, end)):
                yield start, end


def _is_other_subject(word: str | None) -> bool:
    word = (word or "").lower()
    singulars = {word, word.removesuffix("s"), re.sub("ies$", "y", word)}
    # "sensor 4 was unreliable": people have no numbers.
    return word.isdigit() or not singulars.isdisjoint(_OTHER_SUBJECTS)


def _is_about_others(text: str, start: int, end: int) -> bool:
    if _AFTER_ZH.match(text, end):
        return True
    before = _BEFORE_ZH.search(text[max(0, start - _CONTEXT_ZH) : start])
    return bool(before) and not before["towards"]


def _extra_spans(text: str, extra_words: Iterable[str]) -> Iterator[tuple[int, int]]:
    words = tuple(sorted({" ".join(word.split()) for word in extra_words if word} - {""}))
    if words:
        for match in _compile_words(words).finditer(text):
            yield match.span()


@lru_cache(maxsize=8)
def _compile_words(words: tuple[str, ...]) -> re.Pattern:
    # Longest first, as an alternation takes the first that fits.
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(_word_pattern, ordered)), re.IGNORECASE)


def _word_pattern(word: str) -> str:
    pattern = r"\s+".join(re.escape(part) for part in word.split())
    pattern = re.sub("['\u2019]", _APOSTROPHE, pattern).replace(r"\-", r"[-\s\u2010\u2011]")
    # A border is asked for only where the word ends with a letter: "C++" has none.
    before = _START if re.match(rf"[{_LATIN}]", word) else ""
    after = _END if re.search(rf"[{_LATIN}]$", word) else ""
    return f"{before}{pattern}{after}"


_EXCEPTIONS = re.compile(
    "|".join([*(f"{_START}{item}" for item in EXCEPTIONS_EN), *EXCEPTIONS_ZH]), re.IGNORECASE
)
_BUILT_IN_EN = (
    re.compile(f"(?P<label>{_compile_words(WORDS_EN).pattern})", re.IGNORECASE),
    *(re.compile(f"{item}{_END}", re.IGNORECASE | re.MULTILINE) for item in _PATTERNS_EN),
)
_BUILT_IN_ZH = (_compile_words(WORDS_ZH), *map(re.compile, _PATTERNS_ZH))
