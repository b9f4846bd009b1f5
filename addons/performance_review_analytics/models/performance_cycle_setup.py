from markupsafe import Markup

from odoo import api, fields, models

OFFICER = "performance_review.group_performance_review_officer"
PEOPLE_NAMED = 3  # as an example of the mail to a manager


class PerformanceCycle(models.Model):
    """Setting up a cycle on one guided page: what each choice will mean, before anybody sees it.

    The page shows and asks; what a cycle may be is refused by the cycle itself, as on its form.
    """

    _inherit = "performance.cycle"

    population_count = fields.Integer(
        string="Reviews to come", compute="_compute_population", groups=OFFICER
    )
    population_text = fields.Text(
        string="Who is left out", compute="_compute_population", groups=OFFICER
    )
    gate_text = fields.Text(string="What the steps ask for", compute="_compute_gate_text")
    invitation_preview = fields.Html(
        string="Mail to an employee",
        compute="_compute_mail_previews",
        sanitize=False,
        groups=OFFICER,
    )
    team_preview = fields.Html(
        string="Mail to a manager",
        compute="_compute_mail_previews",
        sanitize=False,
        groups=OFFICER,
    )

    @api.depends(
        "state", "company_id", "department_ids", "job_ids", "category_ids",
        "excluded_employee_ids", "min_seniority_days", "max_seniority_days",
        "pilot_department_ids", "pilot_manager_ids",
    )  # fmt: skip
    def _compute_population(self):
        """Count who would get a review now, and name the reasons of all others."""
        for cycle in self:
            employees = cycle._get_employees()
            rest = cycle._get_population_domain()
            labels = cycle._get_left_out_labels()
            matched = employees.search_count(rest)
            lines = [
                self.env._("One employee matches")
                if matched == 1
                else self.env._("%(count)s employees match", count=matched)
            ]
            for code, domain in cycle._get_left_out_domains().items():
                if count := employees.search_count(rest & domain):
                    lines.append(
                        self.env._("%(reason)s: %(count)s", reason=labels[code], count=count)
                    )
                rest &= ~domain
            cycle.population_count = employees.search_count(rest)
            cycle.population_text = "\n".join(lines)

    @api.depends(
        "gate_mode", "min_points", "min_duration", "require_self_assessment",
        "checkpoint_rhythm", "checkpoint_days",
    )  # fmt: skip
    def _compute_gate_text(self):
        for cycle in self:
            cycle.gate_text = "\n".join(cycle._say_gates())

    def _say_gates(self):
        """Return what each step asks for before it is left, in sentences.

        :rtype: list[str]
        """
        self.ensure_one()
        preparation = self.env._(
            "Preparation: at least %(count)s strengths, %(count)s gaps and %(count)s supports, "
            "each with a fact.",
            count=self.min_points,
        )
        if self.require_self_assessment:
            preparation = " ".join(
                [
                    preparation,
                    self.env._(
                        "The self-assessment has come, or the preparation deadline has passed."
                    ),
                ]
            )
        rhythm = self._say_rhythm() if self.checkpoint_rhythm else ""
        return [
            preparation,
            self.env._(
                "Dialogue: at least %(minutes)s minutes, with past, present and future covered.",
                minutes=self.min_duration,
            ),
            self.env._("Agreement: both have signed, or HR has closed it with both statements."),
            self.env._(
                "Follow-up: checkpoints %(rhythm)s, and an outcome for every promise.",
                rhythm=rhythm,
            ),
            self.env._("Nobody leaves a step in which something is missing.")
            if self.gate_mode == "strict"
            else self.env._("Whoever leaves a step is told what is missing, and may go on."),
        ]

    # Read when the page is opened and after each save: a mail is drawn, not counted.
    @api.depends_context("lang", "uid")
    def _compute_mail_previews(self):
        for cycle in self:
            cycle.invitation_preview, cycle.team_preview = cycle._render_mails()

    def _render_mails(self):
        """Return both mails of the launch as their readers will get them, to the user of now.

        :return: to an employee and to a manager
        :rtype: tuple[Markup, Markup]
        """
        self.ensure_one()
        # Reviews that are never stored: the templates see what they will see.
        Review = self.env["performance.review"].sudo()
        domain = self._get_launch_domain()
        people = self._get_employees().search(domain, limit=PEOPLE_NAMED, order="name")
        reviews = Review.union(
            *[
                Review.new(
                    {
                        "cycle_id": self._origin.id,
                        "employee_id": employee.id,
                        "state": "preparation",
                    }
                )
                for employee in people
            ]
        )
        if not (reviews and self._origin):
            return Markup(), Markup()
        Reminder = self.env["performance.reminder"].sudo()
        starts = (
            Reminder._prepare_invitation(reviews[0], self.sudo()),
            Reminder._prepare_team_start(reviews, self.sudo()),
        )
        return tuple(self._render_mail(start) for start in starts)

    def _render_mail(self, start):
        return self.env["ir.qweb"]._render(
            "performance_review.mail_reminder",
            {
                "user": self.env.user,
                # Nothing to follow: the review does not exist yet.
                "starts": [{**start, "url": "#"}],
                "lines": [],
                "more": False,
                "url": "#",
            },
            minimal_qcontext=True,
        )

    def action_open_setup(self):
        """Open the guided page of this cycle (an ``ir.actions.act_window`` dict)."""
        self._check_officer()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "performance_review_analytics.performance_cycle_action_setup"
        )
        action["res_id"] = self[:1].id
        return action

    def action_preview_outline(self):
        """Show the outline of this cycle as people see it (an ``ir.actions.act_url`` dict)."""
        self.ensure_one()
        return self.outline_id.action_preview()
