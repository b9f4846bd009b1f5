"""How the words of `words_en` go together: data, no logic.

`{name}` is an entry of the vocabulary or of `GRAMMAR`. A pattern stands behind its keys: words,
or entries of the vocabulary, without which it cannot apply.
The group `label` is what is shown, `subject` the word before the verb; a pattern does not apply
when that is one of `OTHER_SUBJECTS`.
"""

GRAMMAR = {
    # It begins only where a word does, or long rows of hyphens would be tried from each of
    # them to the end.
    "word_before": r"(?:(?<![{latin}-])(?P<subject>[{latin}][{latin}-]*)\s+|{start})",
    "subject": (
        r"{word_before}(?:(?:has|have|had|can|could|may|might|must|will|would|should)\s+)?"
    ),
    "state": (
        "(?:is|are|am|was|were|be|been|being|seems?|seemed|appears?|appeared|remains?|feels?)"
    ),
    "be": (
        "(?:{state}|looks?|looked|sounds?|sounded|acts?|acted|behaves?|behaved|becomes?|became|"
        r"gets?|got|comes?\s+across\s+as|came\s+across\s+as|can\s+be|tends?\s+to\s+be|"
        r"tended\s+to\s+be|proves?\s+to\s+be)"
    ),
    "negated": (
        r"(?:(?:{state}|do(?:es)?|can|will)(?:n{apostrophe}t|\s*not)|won{apostrophe}t|not)"
    ),
    "cannot": (
        r"(?:do(?:es)?(?:n{apostrophe}t|\s+not)|can(?:{apostrophe}t|\s*not)|won{apostrophe}t|"
        r"will\s+not|(?:is\s+)?unable\s+to|(?:is\s+)?not\s+able\s+to)"
    ),
    "adverbs": (
        r"(?:(?:a\s+(?:bit|little)|always|basically|completely|consistently|constantly|deeply|"
        r"extremely|far\s+from|frequently|naturally|utterly|fairly|far\s+too|generally|hardly|"
        r"highly|incredibly|just|much\s+too|not|often|overly|pretty|quite|rather|really|simply|"
        r"so|sometimes|somewhat|still|too|totally|usually|very)\s+){0,3}"
    ),
    # Where a statement begins and ends. The comma is left out of the strict one: the third
    # adjective of a machine follows it as well.
    "opens": (
        r"(?:(?:^-?|[.;:,!?\u2022(\u2013\u2014]|\s-)[^\S\n]{0,9}|{start}(?:and|but|or|yet|simply|"
        r"overall,?|just)\s+)"
    ),
    "begins": r"(?:(?:^-?|[.;!?\u2022\u2013\u2014])[^\S\n]{0,9}(?:overall,?\s+)?)",
    "ends": r"(?=[^\S\n]{0,3}(?:$|[.;:,!?)\u2013\u2014]|\s(?:and|but|or|yet|-)\s))",
    "about": (
        r"(?=[^\S\n]{0,3}(?:$|[.;:,!?)\u2013\u2014]|\s(?:-|and|but|or|yet|as|at|about|for|in|on|"
        "by|during|since|to|towards?|under|when|whenever|with|overall|this|most|all|lately)"
        "{end}))"
    ),
    "intensity": r"(?:(?:far\s+too|too|very|so|quite|rather|extremely|overly|really|pretty)\s+)",
    "somebody": (
        r"{start}(?:he|she|you|i|who|(?:the|this|our|my|your|his|her)\s+(?:new\s+|young\s+)?"
        "{role})"
    ),
    "trouble": (
        r"(?:an?\s+(?:\w+\s+)?(?:problem|issue|disaster|joke|weakness)|"
        r"needs?\s+(?:to\s+)?(?:improve|improvement|work)(?:ment)?|could\s+be\s+better|"
        r"not\s+(?:his|her|your)\s+strength)"
    ),
}

PATTERNS = (
    # is too emotional
    (
        "{character}",
        r"{subject}{be}\s+(?P<label>{adverbs}{character})",
    ),
    (
        "{character}",
        r"(?:{somebody}|{start}they){apostrophe}(?:s|re|m)\s+(?P<label>{adverbs}{character})",
    ),
    # Too emotional in meetings. Careless with forms. Reliable and conscientious.
    (
        "{character}",
        "{opens}(?P<label>{intensity}{character})",
    ),
    (
        "{character}",
        "{opens}(?P<label>{character}){about}",
    ),
    (
        "{ambiguous}, {virtue}",
        r"{begins}(?P<label>(?:{intensity}|not\s+)?(?:{ambiguous}|{virtue})){ends}",
    ),
    (
        "too, very",
        r"{opens}(?P<label>(?:too|very)\s+(?:quiet|soft|loud|lenient|strict|nice|passive|"
        "aggressive|negative|defensive|weak|cold|helpful|polite|reliable)){about}",
    ),
    # she's slow; the manager is weak
    (
        "{ambiguous}, {character}",
        r"{somebody}(?:\s+{state}|{apostrophe}(?:s|re|m))\s+(?P<label>{adverbs}(?:{ambiguous}|"
        r"{character}))(?!\s+(?:of|about|that|to\s+(?:see|hear)|on\s+\d))",
    ),
    # a difficult person; Good worker
    (
        "{person}",
        r"{start}(?P<label>an?\s+{adverbs}(?:{ambiguous}|{character}|{virtue})\s+"
        r"{person})(?!\s+(?:thread|process|node))",
    ),
    (
        "{person}",
        r"{opens}(?P<label>{intensity}?(?:{ambiguous}|{character}|{virtue})\s+"
        r"{person})(?!\s+(?:thread|process|node))",
    ),
    (
        "careless, mediocre, shoddy, slipshod, sloppy",
        r"(?P<label>(?:careless|mediocre|shoddy|slipshod|sloppy)\s+work(?:er|manship)?)",
    ),
    # is a real pessimist; A pessimist who …
    (
        "{epithet}",
        r"{subject}(?:{state}|{apostrophe}s)\s+(?P<label>(?:an?|the|our|"
        r"such\s+an?)\s+(?:[a-z-]+\s+)?{epithet})",
    ),
    (
        "{epithet}",
        r"(?:he|she){apostrophe}s\s+(?P<label>(?:an?|the|our|such\s+an?)\s+(?:[a-z-]+\s+)?"
        "{epithet})",
    ),
    (
        "{epithet}",
        r"{begins}(?P<label>(?:an?|our|such\s+an?)\s+(?:real\s+|true\s+|bit\s+of\s+an?\s+)?"
        "{epithet})",
    ),
    # is not very reliable; not a good fit
    (
        "{virtue}, enough, suited, suitable, cut, up",
        r"{subject}(?P<label>{be}(?:n{apostrophe}t|\s+(?:really\s+|simply\s+|just\s+)?not)\s+(?:(?:very|really|always|quite|"
        r"at\s+all)\s+)?(?:{virtue}(?:\s+enough)?|good\s+enough|suited|suitable|cut\s+out|"
        r"up\s+to\s+(?:the|this)\s+(?:job|task)))",
    ),
    (
        "not",
        r"{opens}(?P<label>not\s+(?:(?:very|really|particularly|at\s+all)\s+)?(?:"
        r"{virtue}(?:\s+enough)?|good\s+enough|suited|cut\s+out|up\s+to\s+(?:the|this)\s+(?:job|"
        r"task)))(?!\s+for\s+\w+ing)",
    ),
    (
        "not, unfit, wrong",
        r"{start}(?P<label>not\s+(?:an?\s+)?(?:good|right|great)\s+(?:fit|match)|"
        r"not\s+the\s+right\s+(?:person|man|woman)|not\s+cut\s+out|unfit\s+for\s+(?:the|"
        r"this)\s+(?:job|role)|wrong\s+person\s+for)",
    ),
    (
        "difficult, hard, impossible",
        r"{subject}{be}\s+(?P<label>{adverbs}(?:difficult|hard|impossible)\s+to\s+(?:work|deal|"
        r"get\s+along)\s+with)",
    ),
    (
        "pleasure, joy, pain, nightmare",
        r"{start}(?P<label>a\s+(?:pleasure|joy|pain|nightmare)\s+to\s+work\s+with)",
    ),
    (
        "more, less",
        r"{word_before}(?P<label>(?:needs?|has|have|must|should|could|ought)\s+(?:to\s+)?(?:be|"
        r"become)\s+(?:(?:much|a\s+lot|a\s+bit|far)\s+)?(?:more|less)\s+(?:{virtue}|{character}|"
        "{ambiguous}))",
    ),
    # lacks initiative; no drive
    (
        "lack, lacks, lacked, lacking",
        r"{start}(?P<label>lack(?:s|ed|ing)?\s+(?:(?:of|in|any|all|a|the|his|her)\s+){0,2}"
        "{quality})",
    ),
    (
        "{quality}",
        "(?:{opens}|{start}(?:has|have|had|having|shows?|showed|with|"
        r"displays?)\s+)(?P<label>(?:no|little|zero|hardly\s+any|not\s+enough|"
        r"insufficient)\s+(?:real\s+)?{quality})(?!\s+(?:was|were|is))",
    ),
    (
        "no, little, hardly",
        r"{start}(?P<label>(?:shows?|displays?|has|takes)\s+(?:no|little|"
        r"hardly\s+any)\s+(?:interest|respect|effort|care))",
    ),
    (
        "do, don, does, doesn, can, cannot, won, will, unable, able",
        r"{subject}(?P<label>{cannot}\s+{shortcoming})",
    ),
    (
        "incapable",
        r"{start}(?P<label>incapable\s+of\s+\w+ing)",
    ),
    # poor work ethic; his attitude is a problem
    (
        "{trait}, {quality}",
        r"(?<!about\s){start}(?P<label>{verdict}\s+(?:{trait}|{quality}))(?!\s+of\s+(?:the|our|"
        "this|line))",
    ),
    (
        "performance",
        r"{opens}(?P<label>{verdict}\s+performance){about}",
    ),
    (
        "{trait}, work, performance, effort, conduct",
        "{start}(?:his|her|your|their|whose|{role}{apostrophe}s|(?-i:[A-Z])[a-z]+"
        r"{apostrophe}s)\s+(?P<label>(?:[a-z-]+\s+)?(?:{trait}|work|performance|effort|"
        r"conduct)\s+{state}\s+{adverbs}(?:{verdict}|{trouble}|{ambiguous}|{character}))",
    ),
    (
        "{trait}, performance",
        r"{begins}(?P<label>(?:{trait}|(?:job\s+|overall\s+|general\s+)?performance)\s+"
        r"{state}\s+{adverbs}(?:{verdict}|{trouble})){about}",
    ),
    (
        "{trait}, personality, performance",
        r"{start}(?:his|her|your|their)\s+(?P<label>(?:{trait}|personality|"
        r"performance)\s+(?:needs?\s+\w+|does\s+not\s+\w+|doesn{apostrophe}t\s+\w+|"
        r"could\s+be\s+better|leaves))",
    ),
    (
        "authority, communication, teamwork",
        r"{start}(?P<label>(?:problems?|issues?|difficulties|trouble)\s+with\s+(?:authority|"
        "communication|teamwork))",
    ),
    (
        "bad, weak, poor, terrible, hopeless, useless, great, excellent, brilliant",
        "{opens}(?P<label>(?:bad|weak|poor|terrible|hopeless|useless|great|excellent|"
        r"brilliant)\s+(?:at|with\s+(?:people|customers|patients|colleagues)))",
    ),
    # generic verdicts
    (
        "average, expectations, better, improvement",
        r"{begins}(?:(?:he|she)\s+(?:is\s+)?)?(?P<label>(?:below|above|barely)\s+average|"
        r"meets\s+expectations|exceeds\s+expectations|does\s+not\s+meet\s+expectations|"
        r"could\s+do\s+better|needs\s+improvement){about}",
    ),
    (
        "job",
        r"{start}(?P<label>(?:does|did|doing)\s+an?\s+(?:really\s+|very\s+)?{verdict}\s+job)"
        "{ends}",
    ),
    (
        "potential, talent",
        r"{start}(?P<label>has\s+(?:a\s+lot\s+of|great|much|no|huge|little)\s+(?:potential|"
        "talent))",
    ),
    (
        (
            "badly, carelessly, chaotically, disrespectfully, immaturely, lazily, poorly, "
            "rudely, sloppily, unreliably"
        ),
        "{subject}(?P<label>(?:works|acts|behaves|performs|communicates|manages|"
        r"treats\s+\w+)\s+{adverbs}(?:badly|carelessly|chaotically|disrespectfully|immaturely|"
        "lazily|poorly|rudely|sloppily|unreliably))",
    ),
    # what he "thinks", how he "behaves"
    (
        "think, thinks",
        r"{start}(?P<label>thinks?\s+(?:only\s+of\s+\w+|(?:he|she)\s+(?:knows|is)\s+\w+|"
        r"too\s+highly))",
    ),
    (
        "like, down, nerves, snaps, cares, loses, everything",
        r"{start}(?P<label>(?:acts?|behaves?)\s+like\s+an?\s+\w+|drags?\s+(?:the\s+)?\w+\s+down|"
        r"gets?\s+on\s+\w+{apostrophe}?s?{apostrophe}?\s+nerves|snaps\s+at\s+every(?:body|one)|"
        r"only\s+cares\s+about\s+\w+|loses\s+(?:his|her)\s+temper\s+(?:easily|quickly|often)|"
        r"takes\s+everything\s+personally)",
    ),
    # is always late; never listens; complains all the time
    (
        "always, constantly, continually, forever, permanently",
        r"{subject}(?:{state}\s+)?(?P<label>(?:always|constantly|continually|forever|"
        r"permanently)\s+{habit})",
    ),
    (
        "never",
        r"{subject}(?:{state}\s+)?(?P<label>never\s+{missing_habit})",
    ),
    (
        "time",
        r"{subject}(?:{state}\s+)?(?P<label>{habit}\s+all\s+the\s+time)",
    ),
    (
        "never",
        r"{start}(?:you|they|i)\s+(?P<label>never\s+{base_verb})",
    ),
    (
        "never",
        r"(?:{opens}|{start}(?:he|she|who)\s+)(?P<label>never\s+(?!less|has|was|is|does|"
        "misses)[a-z]{2,}s){end}",
    ),
    (
        "{trait}",
        r"(?<!about\s){start}(?P<label>(?:{character}|{ambiguous})\s+(?:{trait}|"
        r"behaviou?r))(?!\s+of\s+(?:the|our|this|line))",
    ),
    (
        "bit",
        r"{start}(?P<label>(?:a\s+)?bit\s+of\s+an?\s+[a-z-]{3,}){ends}",
    ),
    (
        "difficult, hard, impossible, easy",
        r"{begins}(?P<label>(?:very\s+|too\s+)?(?:difficult|hard|impossible|"
        r"easy)\s+to\s+(?:manage|lead|read|please|work\s+with|deal\s+with|get\s+along\s+with|"
        "motivate|like|teach))",
    ),
    (
        "best, overall, general",
        r"{begins}(?P<label>(?:{ambiguous}|{character})\s+(?:at\s+best|overall|in\s+general))",
    ),
    (
        "not, isn, no",
        r"(?P<label>(?:not|isn{apostrophe}t|no)\s+(?:an?\s+)?(?:(?:very\s+)?(?:good|great|"
        r"strong|natural|real|born)\s+{person}|(?:leader|communicator|team\s+player|listener|"
        r"self-?starter|people\s+person|planner|finisher|role\s+model)))",
    ),
    (
        "improve, work",
        r"{start}(?P<label>(?:improve|work\s+on)\s+(?:(?:on\s+)?(?:his|her|your|their)\s+)?(?:"
        r"{trait}|{quality}|way\s+of\s+\w+ing)){about}",
    ),
)

# Where a text names a number or a time, there is a fact in it.
EVIDENCE = (
    r"\d|{start}(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|half|once"
    r"|twice|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july"
    r"|august|september|october|november|december|yesterday|(?:last|previous)\s+(?:week|month"
    r"|quarter|year|night)|(?:the\s+same|that)\s+(?:day|evening|morning|week)){end}"
)
# Where a clause ends, beside the signs.
CONJUNCTIONS = r"{start}(?:and|but|so|because|when|after|since|while|although|then){end}"
