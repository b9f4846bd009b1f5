"""The English words that label a person: data, no logic (how they go together: `patterns_en`).

They stand in texts, separated by commas. A space in them means any white space. Those of
`VOCABULARY` may use regular expressions.
"""

# Wherever these stand, a person is labelled. Words that also describe things (a stubborn
# stain, an unreliable sensor) are below, where the words around them count.
WORDS = """
    acts like a child, all talk, arrogance, arrogant, arrogantly, attitude issue, attitude issues,
    attitude problem, attitude problems, bad apple, bad attitude, bad communicator,
    bad influence on, bad personality, bad temper, bad-tempered, bare minimum,
    behaves like a child, big ego, big-headed, born leader, born salesman, can't be bothered,
    chip on his shoulder, chip on her shoulder, communicate badly, communicate poorly,
    communicates badly, communicates poorly, communication issues, communication problems,
    condescending, control freak, couldn't care less, crybaby, dead weight, deadwood,
    does not care, doesn't care, does not fit in, doesn't fit in, drama queen, egocentric,
    egoistic, egotistical, full of excuses, full of herself, full of himself, gives up easily,
    hard-working, has an attitude, has no backbone, head in the clouds, holier-than-thou, hothead,
    immaturity, inattentiveness, incompetence, incompetent, indolent, irresponsible,
    irresponsibility, irresponsibly, job-hopper, know-it-all, lackadaisical, laziness, lazy,
    leaves a lot to be desired, leaves much to be desired, loose cannon, loser, low performer,
    loses interest quickly, loud-mouthed, mean-spirited, narrow-minded, natural leader,
    negative attitude, nitpicker, no common sense, no sense of responsibility, no team player,
    no team spirit, no work ethic, not a leader, not a people person, not a team player,
    not leadership material, not manager material, not management material, nothing special,
    one of the best employees, out of his depth, out of her depth, passive-aggressive, pigheaded,
    poor attitude, poor communication skills, poor communicator, poor performer,
    poor social skills, rock star, self-absorbed, self-centered, self-centred, self-important,
    selfish, selfishness, short fuse, short-tempered, slacker, slack attitude, slapdash,
    slow learner, snobbish, spineless, star performer, stuck in his ways, stuck in her ways,
    stuck-up, teacher's pet, terrible attitude, thick-headed, thin-skinned, top performer,
    troublemaker, two-faced, underachiever, underachieving, underperformer, underperforms,
    undependable, undisciplined, unmotivated, unprofessional, unprofessionalism, unprofessionally,
    untrustworthy, unteachable, wallflower, waste of space, weak personality, weak-willed, whiner,
    whiny, work-shy, wrong attitude, yes-man
"""

# Where a word or pattern of ours touches one of these, it is not meant.
EXCEPTIONS = (
    r"lazy(?:\s+|-)(?:load\w*|evaluat\w+|import\w*|initiali[sz]\w+|fetch\w*|binding|propert\w+"
    r"|mode|quantifier\w*|match\w*|susan|cat|river)",
    r"(?:performance|attitude|communication)\s+(?:test|survey|tool|review|matrix|report)s?",
    # Somebody else's judgement, which is a fact.
    r"(?:complain(?:ed|ts?)|complaining)\s+(?:about|of|that)[^.;!?\n]{0,80}",
    r"(?:called|named|found|thanked|praised|described)\s+(?:him|her|us|them|me)\b[^.;!?\n]{0,60}",
    r"[\"\u201c][^\"\u201c\u201d\n]{1,120}[\"\u201d]",
)

VOCABULARY = {
    # Said of people: pointed at after "is", "seems", "too" …, unless the subject is a thing or
    # somebody outside.
    "character": """
        abrasive, absent-minded, aloof, amiable, anti-?social, apathetic, argumentative, bitter,
        blunt, boastful, boring, bossy, brash, brusque, capricious, careless, chaotic, charming,
        cheerful, childish, clingy, closed-minded, clueless, clumsy, cocky, cold-hearted,
        combative, complacent, conceited, confrontational, conscientious, courteous, cowardly,
        cranky, cynical, dedicated, demotivated, dependable, detached, devoted, diligent,
        disengaged, dishonest, disillusioned, disinterested, disloyal, dismissive, disobedient,
        disorgani[sz]ed, disrespectful, disruptive, distrustful, dogmatic, domineering, dumb,
        easily distracted, easily offended, easily stressed, easygoing, easy-going, emotional,
        envious, evasive, fickle, foolish, forgetful, friendly, fussy, gifted, glib, good-natured,
        gossipy, greedy, gruff, grumpy, gullible, hard-?headed, hardworking, haughty, hostile,
        hot-?headed, hypersensitive, hysterical, idle, ignorant, ill-?mannered, ill-tempered,
        immature, impatient, impertinent, impolite, impulsive, inarticulate, inattentive,
        inconsiderate, indecisive, indifferent, industrious, inept, inflexible, insecure,
        insensitive, insincere, insolent, insubordinate, intolerant, introverted, irrational,
        irritable, jealous, judg(?:e)?mental, kind-hearted, lax, lethargic, level-headed, likable,
        likeable, loud, loyal, macho, manipulative, meek, melodramatic, moody, mouthy, naive,
        nasty, naïve, needy, neglectful, nervous, neurotic, nosy, not all there, obnoxious,
        obstinate, old-fashioned, opinionated, over-?confident, over-?emotional, over-?sensitive,
        paranoid, passionate, patroni[sz]ing, pedantic, personable, pessimistic, petty,
        phlegmatic, possessive, pretentious, prickly, pushy, quarrelsome, quick-tempered,
        rebellious, reckless, resentful, resistant to change, resourceful, rough with people,
        rude, ruthless, sarcastic, scatter-?brained, scruffy, secretive, selfless,
        self-?righteous, self-satisfied, sexist, short-sighted, shy, silly, sloppy, slow-witted,
        sluggish, sly, smug, snappy, sneaky, sociable, spoil(?:t|ed), stingy, stroppy, stubborn,
        stupid, submissive, sulky, superficial, surly, tactless, talentless, talkative, tardy,
        temperamental, thoughtless, timid, touchy, trusting, unambitious, unapproachable,
        unassertive, uncaring, uncivil, uncommitted, uncommunicative, uncooperative, uncreative,
        undiplomatic, unengaged, unenthusiastic, unfocused, unfriendly, ungrateful, unhelpful,
        unimaginative, uninspired, unintelligent, uninterested, uninvolved, unkind, unlikeable,
        unmannerly, unorgani[sz]ed, unpleasant, unpunctual, unreliable, unscrupulous, unskilled,
        unsociable, unsupportive, unsympathetic, untalented, untidy, unwilling, vain, vindictive,
        warm-hearted, well-liked, wishy-washy, withdrawn, workshy
    """,
    # Said of people and of things: pointed at only when a person is the subject for certain.
    "ambiguous": r"""
        aggressive, amazing, average, awful, bad, bright, brilliant, capable, chaotic, clever,
        cold, competent, creative, critical, defensive, demanding, difficult, disappointing, dull,
        erratic, excellent, exceptional, fantastic, fun, good, great, helpful, honest, hopeless,
        hopeless with \w+, inadequate, incapable, inconsistent, ineffective, inefficient,
        inexperienced, intelligent, kind, lousy, mean, mediocre, messy, modest, motivated,
        negative, nice, outstanding, passive, perfect, polite, poor, proactive, punctual, quiet,
        reliable, rigid, satisfactory, slow, smart, soft, solid, strict, talented, tense,
        terrible, thoughtful, toxic, trustworthy, unpredictable, unrealistic, unreasonable,
        unresponsive, unsatisfactory, unstable, unsuitable, useless, vague, versatile, volatile,
        weak, wise, wonderful
    """,
    # The wish behind "needs to be more …", "is not … enough".
    "virtue": """
        accommodating, accountable, approachable, assertive, attentive, careful, committed,
        confident, conscientious, considerate, cooperative, decisive, dedicated, dependable,
        diligent, diplomatic, disciplined, driven, efficient, empathetic, energetic, engaged,
        enthusiastic, flexible, focus(?:s)?ed, friendly, hard-?working, helpful, honest,
        independent, likeable, loyal, mature, motivated, open-minded, organi[sz]ed, outgoing,
        patient, polite, positive, precise, proactive, productive, professional, punctual,
        reliable, resilient, respectful, responsible, self-confident, self-critical, sensitive,
        serious, smart, sociable, strict, supportive, tactful, thorough, tough, trustworthy,
        willing
    """,
    "person": """
        boss, chap, character, coach, colleague, communicator, co-?worker, developer, employee,
        engineer, example, fellow, finisher, follower, girl, guy, influence, lad, leader, learner,
        listener, man, manager, nurse, organi[sz]er, performer, person, planner, presenter,
        programmer, receptionist, role model, salesman, salesperson, self-starter, seller,
        speaker, star, student, supervisor, teammate, team mate, team (?:player|member|leader),
        technician, trainee, type, woman, worker
    """,
    # A role that can only be a colleague's, for "the … is slow".
    "role": """
        accountant, administrator, analyst, apprentice, assistant, boss, cashier, cleaner, clerk,
        colleague, consultant, cook, co-?worker, coordinator, designer, developer, electrician,
        employee, engineer, foreman, girl, guy, intern, leader, manager, mechanic,
        new (?:guy|girl|one), nurse, operator, organi[sz]er, performer, person, planner,
        programmer, receptionist, salesman, salesperson, secretary, supervisor, teacher,
        team (?:player|member|leader), technician, tester, trainee, waiter, waitress, welder,
        worker
    """,
    # What one can only be called.
    "epithet": r"""
        asset, blabbermouth, bore, bully, burden, chatterbox, complainer, coward, cynic,
        daydreamer, dinosaur, disgrace, disappointment, extrovert, failure, fool, genius, gossip,
        hot-?head, hypocrite, idiot, introvert, joker, liability, liar, loner, loudmouth,
        micro-?manager, misfit, moron, natural, nuisance, opportunist, overachiever,
        perfectionist, pessimist, procrastinator, pushover, quitter, show-?off, snob, star(?! \w),
        superstar, talker, treasure, weakling, wimp, workaholic
    """,
    # Of which somebody "lacks" or "has no".
    "quality": r"""
        accountability, ambition, attention to detail, authority, backbone, commitment,
        common sense, communication skills, competence, compassion, confidence, courage, courtesy,
        creativity, curiosity, dedication, diligence, diplomacy, discipline, drive, empathy,
        engagement, enthusiasm, flexibility, focus, grit, humility, imagination, initiative,
        integrity, interpersonal skills, leadership(?: (?:skills|qualities))?, loyalty, manners,
        maturity, motivation, organi[sz]ational skills, passion, people skills, perseverance,
        personality, presence, professionalism, reliability, resilience, self-?awareness,
        self-?confidence, self-?control, self-?discipline, self-?motivation, sense of \w+,
        sensitivity, social skills, soft skills, stamina, tact, talent, team spirit, teamwork,
        right (?:attitude|mindset|spirit), vision, willpower, work ethic
    """,
    # Which is "poor", or "good".
    "trait": r"""
        attitude, behaviou?r, character, communication(?: skills)?, communication style,
        discipline, interpersonal skills, judg(?:e)?ment,
        leadership(?: (?:skills|style|qualities))?, listening skills, management skills, manners,
        mindset, morale, motivation, organi[sz]ational skills, organi[sz]ation skills,
        people skills, personality, presentation skills, professionalism, self-?discipline,
        self-?management, social skills, soft skills, style of leadership, team spirit, teamwork,
        temper, time(?:-| )management, tone with \w+, way of communicating, way with people,
        work attitude, work ethics?, work habits, working style
    """,
    "verdict": """
        abysmal, acceptable, appalling, average, awful, bad, below (?:average|expectations|par),
        brilliant, deplorable, disappointing, excellent, exceptional, exemplary, fair, fine, good,
        great, horrible, inadequate, inappropriate, insufficient, lacking, lousy, low, mediocre,
        negative, not (?:good|great|acceptable|satisfactory|good enough|up to (?:par|standard)),
        ok(?:ay)?, outstanding, patchy, poor, questionable, satisfactory, shocking, so-so, strong,
        sub-?par, sub-?standard, terrible, unacceptable, unhelpful, unprofessional,
        unsatisfactory, weak, wonderful, wrong
    """,
    "habit": """
        absent, angry, annoyed, argu(?:es|ing), blam(?:es|ing), busy with (?:him|her)self,
        complain(?:s|ing)?, critici[sz](?:es|ing), defensive, disagrees, distracted,
        finds (?:an )?excuses?, forget(?:s|ting)?, forgetful, gossip(?:s|ing), grumpy,
        has (?:an )?excuses?, has to have the last word, in a bad mood, interrupt(?:s|ing)?,
        knows better, late, look(?:s|ing) for excuses,
        mak(?:es?|ing) (?:excuses|mistakes|trouble), miss(?:es|ing) deadlines, moan(?:s|ing),
        negative, on (?:his|her) phone, procrastinat(?:es|ing), puts? (?:him|her)self first,
        running late, says no, stressed, talk(?:s|ing) back, tired, too (?:late|slow), unhappy,
        unprepared, wants to be right, whin(?:es|ing), wrong
    """,
    "missing_habit": r"""
        accepts, admits, answers, apologi[sz]es, asks, cares, delivers, finishes,
        follows (?:up|through|rules), helps, keeps (?:his|her|their|a|any) \w+, learns, listens,
        on time, prepared, prepares, replies, responds, satisfied, shares, speaks up, supports,
        takes (?:initiative|ownership|responsibility|the blame), thinks, tries, volunteers
    """,
    "base_verb": r"""
        accept, admit, answer, apologi[sz]e, ask, care, change, deliver, finish, follow up, help,
        keep your \w+, learn, listen, prepare, reply, respond, say thank, share, speak up,
        support, take responsibility, think, try, volunteer
    """,
    # "does not …", "cannot …", "will not …"
    "shortcoming": r"""
        accept (?:criticism|feedback|authority), adapt{ends}, adapt to change,
        be relied (?:up)?on, be trusted, care, communicate(?: well)?{about}, concentrate{about},
        cope{about}, delegate{about}, fit (?:in|into the team), fit (?:the|our|this) \w+,
        fit with (?:the|our) \w+, follow (?:rules|instructions), get (?:along|on) with \w+,
        get on with \w+, handle (?:pressure|stress|criticism|conflicts?),
        have (?:any |much |enough )?{quality},
        have (?:what it takes|the (?:right (?:attitude|mindset|personality)|personality|drive)),
        keep (?:promises|his word|her word), know how to behave, lead a team, lead people,
        learn from (?:his|her|their) mistakes, listen{about},
        manage (?:time|stress|himself|herself|his time|her time), multi-?task,
        organi[sz]e (?:himself|herself), own (?:his|her) mistakes, own up to \w+,
        pull (?:his|her|their|your) weight,
        respect (?:others|authority|people|anybody|anyone|rules),
        seem (?:very )?(?:motivated|interested|committed|engaged), see the big(?:ger)? picture,
        show (?:any )?(?:initiative|commitment),
        show (?:any |much |enough )?(?:interest|respect|{quality}), stand criticism,
        stay focus(?:s)?ed, take (?:[a-z]+ ){1,3}seriously,
        take (?:criticism|initiative|ownership|responsibility|feedback),
        think (?:ahead|for (?:him|her)self), try hard, understand people,
        want to (?:work|learn|improve),
        work (?:hard|independently|under pressure|well with others|well in a team)
    """,
}

# "the sensor is unreliable", "the customer was rude": not about the one who is reviewed.
OTHER_SUBJECTS = """
    access alarm algorithm answer api app applicant application approach archive area audience
    auditor authority backup balance battery belt bridge budget build building bus cable caller
    camera candidate cash caterer child client code company competitor computer condition
    conference connection contract contractor conveyor courier crane crowd customer dashboard data
    database dealer debate delivery department design discussion document dog door drill driver
    engine equipment estimate extruder family feedback figure file firm floor flow folder forecast
    forklift form format freight furnace gate goods guest handling handover heating hotel idea
    inhabitant inspector interface internet inventory investor invoice it job kid kitchen lamp
    landlord lathe law layout leg lift light lighting line link list lock machine mail margin
    market material mechanism meeting message method mill mixer model module monitor motor
    negotiation neighbor neighbour network news number official oven page pallet parcel parent
    part partner passenger patient people phone picture pipe plan plant platform policy press
    price printer process product production program project public pump pupil query question
    reading relative reply report request resident result robot room route rule rumour sale sample
    scale schedule scheduler screen script season sensor server service shelf shipment shipper
    signal site slide software solution spec spot spreadsheet staff stage start step stock storage
    store story street supplier supply system talk task technology temperature template tenant
    test text that these this those tone tool track traffic train training truck union update
    valve van vehicle vendor version visitor warehouse weather website wheel which wifi wind
    wiring wording work
"""

# Which say nothing of what happened.
FILLERS = """
    a about again all almost also always am an and any anybody anyone are as at be been being
    but by can certain character colleague colleagues company could course did do does done
    employee enough even ever every everybody everyone everything for from general generally
    gets got had has have he her hers herself him himself his how i if in into is it its
    itself job just like little lot manager many maybe me more most much my myself need needs
    never no not nothing of often on one only or other others our out over overall own people
    perhaps person please quite rather really same say says seems she should simply so some
    somebody someone something sometimes still such team than that the their them themselves
    then there these they thing things this those time to too towards unfortunately up us
    usually very was way we were what when where which who whole whom whose why will with
    without work worker working works would year you your yours yourself
"""
