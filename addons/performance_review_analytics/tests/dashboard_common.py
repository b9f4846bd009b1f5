from datetime import datetime, time, timedelta

from odoo.fields import Command

from odoo.addons.performance_review.tests.common import TODAY, PerformanceCommon

# Departments with this many people below the manager, beside those of the common personas.
DEPARTMENTS = {"Assembly": 11, "Paint": 6, "Store": 3, "Lab": 2}


class DashboardCommon(PerformanceCommon):
    """A company with large and small departments."""

    talks = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departments = {
            name: cls.env["hr.department"].create({"name": name, "company_id": cls.company.id})
            for name in DEPARTMENTS
        }
        cls.people = cls.env["hr.employee"].create(
            [
                {
                    "name": f"{name} {number}",
                    "user_id": cls.env["res.users"]
                    .with_context(no_reset_password=True)
                    .create(
                        {
                            "name": f"{name} {number}",
                            "login": f"pr_{name}_{number}".lower(),
                            "group_ids": [Command.set(cls.env.ref("base.group_portal").ids)],
                            "company_id": cls.company.id,
                            "company_ids": [Command.set(cls.company.ids)],
                        }
                    )
                    .id,
                    "company_id": cls.company.id,
                    "department_id": cls.departments[name].id,
                    # The large one is led by the manager, the others by the peer.
                    "parent_id": (cls.manager if name == "Assembly" else cls.peer_manager).id,
                }
                for name, count in DEPARTMENTS.items()
                for number in range(count)
            ]
        )
        cls.cycle = cls.launch()
        cls.report = cls.env["performance.review.report"]

    @classmethod
    def hold_talk(cls, review, minutes, seconds=600):
        """Let a talk be over, as far as the dashboard is concerned."""
        dialogue = cls.env["performance.dialogue"].create({"review_id": review.id})
        start = datetime.combine(TODAY, time(8))
        dialogue.write(
            {
                "date_start": start,
                "date_end": start + timedelta(minutes=minutes),
                "employee_seconds": seconds,
                "reviewer_seconds": 600,
            }
        )
        cls.hold_agreement(review)

    @classmethod
    def hold_agreement(cls, review):
        """Let an agreement hold, as far as the dashboard is concerned; from now on it counts."""
        cls.set_state(review, "follow_up")
        # In the order in which the test has them.
        cls.talks += 1
        cls.env["performance.review.log"].create(
            {
                "review_id": review.id,
                "kind": "step",
                "old_value": "agreement",
                "new_value": "follow_up",
                "date": datetime.combine(TODAY, time(8)) + timedelta(seconds=cls.talks),
            }
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def set_state(cls, reviews, state):
        """Put reviews into a step without the way to it."""
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE performance_review SET state = %s WHERE id IN %s", [state, tuple(reviews.ids)]
        )
        cls.env.invalidate_all()

    def dashboard(self, user=None, **filters):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.report.with_user(user or self.officer_user).get_dashboard(filters)

    def figure(self, code, user=None, **filters):
        """Return one figure of the dashboard."""
        (figure,) = self.dashboard(user, **filters, figures=[code])["figures"]
        return figure

    def values(self, code, user=None, **filters):
        """Return label → value of the rows of a figure."""
        return {row["label"]: row["value"] for row in self.figure(code, user, **filters)["rows"]}

    def reviews_in(self, name):
        """Return the reviews of a department, in order."""
        return self.cycle.review_ids.filtered(
            lambda review: review.department_id.name == name
        ).sorted("id")
