"""The open cycle, follow-up: plans of the service abroad on their way."""

from .shapes import Check, Duty, Goal, Plan, Point, Talk

FOLLOW_UP_SERVICE = {
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
        "refused": {
            "reason": "Says that 320 km cannot be reached as long as two regions share one van. "
            "Neither signed nor disagreed after three reminders.",
            "witness": "Sara Nilsson",
            "delivered": "Handed over in the weekly planning, and sent by e-mail the same day",
            "objection": "I work by this plan, but the target has to wait for the second van. "
            "Please write down until when I get it.",
        },
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
