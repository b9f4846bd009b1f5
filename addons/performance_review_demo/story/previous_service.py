"""The finished cycle in the service abroad."""

from .shapes import Duty, Goal, Plan, Point, Talk

REVIEWS_SERVICE = {
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
            0,
            70,
            61,
            "Growth first, then cost: shared.",
            "cooperation",
            "yes",
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
                    "Cut the wait for spare parts to ten days",
                    "Wait for a part",
                    "days",
                    26,
                    10,
                    "Monthly forecast, one contact in planning",
                    "department_service",
                    -140,
                ),
            ),
            change=(
                Duty(
                    "Sends the parts forecast by the 25th of each month",
                    -170,
                    theme="planning",
                    outcome="closed",
                ),
            ),
            support=(
                Duty("Name a contact in production planning", -310, "company", outcome="closed"),
                Duty("Decide on a small stock in Rotterdam", -220, "reviewer", outcome="untouched"),
            ),
        ),
        "levels": (0.3, 0.7, 1.0),
        "note": "Forecast works; the stock in Rotterdam was never decided.",
        "stance": "agree",
        "pulse": (5, 4, 5, 4),
    },
    "becker": {
        "strength": Point(
            "Repairs finished at the first visit",
            "84 of 97 visits needed no second one; the year before it was 61 of 90.",
        ),
        "gap": Point(
            "Visit reports arrive late",
            "Every third report came in more than a week after the visit; invoices waited.",
            "process",
            "behaviour",
        ),
        "support": Point("A tablet that works offline", "Pump rooms have no network."),
        "talk": Talk(
            0,
            50,
            66,
            "Shared.",
            "process",
            "yes",
            "Report form that works offline.",
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
                    "Reports within two days of the visit",
                    "Reports in two days",
                    "%",
                    48,
                    90,
                    "Offline form, ten minutes in the van before driving off",
                    "department_service",
                    -150,
                ),
            ),
            change=(
                Duty(
                    "Writes the report before leaving the site",
                    -180,
                    theme="process",
                    outcome="closed",
                ),
            ),
            support=(Duty("Order rugged tablets", -310, "reviewer", outcome="closed"),),
        ),
        "levels": (0.5, 0.9, 1.0),
        "note": "91 % in two days, two months in a row.",
        "stance": "agree",
        "pulse": (5, 5, 4, 5),
    },
    "nilsson": {
        "strength": Point(
            "Renewals in the Nordics",
            "Nine of ten contracts renewed, two of them enlarged.",
        ),
        "gap": Point(
            "Complaints are passed on without a summary",
            "R&D asked back in eight of fifteen cases; answers took four days longer.",
            "cooperation",
        ),
        "support": Point("An hour a week with R&D", "Questions go back and forth by mail today."),
        "talk": Talk(
            0,
            58,
            55,
            "Shared.",
            "cooperation",
            "partly",
            "A standing hour with R&D.",
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
                    "Cases R&D accepts without asking back",
                    "Accepted at once",
                    "%",
                    47,
                    80,
                    "Five-line summary, weekly hour with R&D",
                    "department_service",
                    -145,
                ),
            ),
            change=(
                Duty(
                    "Opens each case with a five-line summary",
                    -175,
                    theme="cooperation",
                    outcome="improved",
                ),
            ),
            support=(Duty("Weekly hour with R&D", -300, "reviewer", outcome="closed"),),
        ),
        "levels": (0.4, 0.6, 0.8),
        "note": "73 %; the weekly hour is the part that helped most.",
        "stance": "agree",
        "pulse": (4, 4, 5, 4),
    },
}
