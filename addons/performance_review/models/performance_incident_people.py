from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.words import say_list

# From so many people on the form offers a list to search instead of one button each.
PEOPLE_AT_A_GLANCE = 8
# As many of HR are named, the others are counted.
OFFICERS_NAMED = 3
POLARITIES = frozenset({"positive", "negative"})


class PerformanceIncident(models.Model):
    """Whom an incident can be about, and who will be able to read it (P2)."""

    _inherit = "performance.incident"

    # For the form: of employees themselves only HR reads the files.
    candidate_ids = fields.Many2many(
        "hr.employee.public",
        compute="_compute_candidates",
        groups="base.group_user",
        export_string_translation=False,
    )
    has_few_candidates = fields.Boolean(
        compute="_compute_candidates", groups="base.group_user", export_string_translation=False
    )
    readers_text = fields.Text(
        string="Who will read it",
        compute="_compute_readers_text",
        help="Who can read the incident once its author has shared it.",
    )

    # ------------------------------------------------------------------
    # About whom
    # ------------------------------------------------------------------

    @api.model
    def _get_candidates(self):
        """Return the people the user may note incidents about.

        :return: ``hr.employee`` with the rights of the user: the user's own, those the user
            leads and those the user reviews
        """
        # Who leads whom stands in files that not everybody reads; names are public inside.
        employees = self.env["hr.employee"].sudo()
        user = self.env.user
        reviews = self.env["performance.review"].sudo()
        reviewed = reviews.search_fetch(
            [("reviewer_user_id", "=", user.id), ("state", "!=", "done")], ["employee_id"]
        ).employee_id
        found = employees.search(
            [
                ("company_id", "in", self.env.companies.ids),
                "|",
                "|",
                ("user_id", "=", user.id),
                ("parent_id.user_id", "=", user.id),
                ("id", "in", reviewed.ids),
            ]
        )
        return self.env["hr.employee"].browse(found.ids)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_candidates(self):
        candidates = self._get_candidates()
        for incident in self:
            incident.candidate_ids = candidates.ids
            incident.has_few_candidates = len(candidates) <= PEOPLE_AT_A_GLANCE

    @api.model
    def _get_default_employee(self):
        """Return whom a new incident is about unless told otherwise.

        Whoever leads others chooses: a note about the wrong person is worse than one click.

        :rtype: models.Model
        """
        candidates = self._get_candidates()
        return candidates if len(candidates) == 1 else candidates.browse()

    @api.model
    @api.readonly
    def get_note_action(self, polarity, screen=None, record_id=None):
        """Return the form to note an incident in, about the person on the screen.

        :param str polarity: ``positive`` or ``negative``
        :param str screen: model of the record that is open, a ``performance.incident.screen``
        :param int record_id: its id
        :raise UserError: for another polarity
        :return: an ``ir.actions.act_window`` dict; with nobody preset where the user may not note
            incidents about the person
        :rtype: dict
        """
        if polarity not in POLARITIES:
            raise UserError(self.env._("Say whether it went well or wrong."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"performance_review.performance_incident_action_{polarity}"
        )
        context = {"default_polarity": polarity}
        employee = self._get_employee_on(screen, record_id)
        if employee & self._get_candidates():
            context["default_employee_id"] = employee.id
        return {**action, "context": context}

    @api.model
    def _get_employee_on(self, screen, record_id):
        """Return whom a form is about, as far as the user may open it (an ``hr.employee``)."""
        nobody = self.env["hr.employee"]
        if type(screen) is not str or screen not in self.env or type(record_id) is not int:
            return nobody
        model = self.env[screen]
        if not isinstance(model, self.env.registry["performance.incident.screen"]):
            return nobody
        if not model.has_access("read"):
            return nobody
        record = model.search([("id", "=", record_id)])
        return record._get_noted_employee() if record else nobody

    # ------------------------------------------------------------------
    # Read by whom
    # ------------------------------------------------------------------

    @api.depends("employee_user_id", "manager_user_id", "author_id", "company_id", "shared")
    def _compute_readers_text(self):
        # Of a note that exists: its author is known to have to do with the employee.
        noted = self._origin.filtered(lambda incident: not incident.shared)
        readers = noted._get_future_readers()
        for incident in self:
            incident.readers_text = "\n".join(readers.get(incident._origin, ()))

    def _get_future_readers(self):
        """Return who besides the author can read these once they are shared.

        The same people as the record rules admit, see ``security/performance_incident_rules.xml``.

        :return: incident → sentences, one a person or group of people, the nearest first
        :rtype: dict[models.Model, list[str]]
        """
        if not self:
            return {}
        incidents = self.sudo()
        reviews = self.env["performance.review"].sudo()
        reviewers = {
            employee.id: users
            for employee, users in reviews._read_group(
                [("employee_id", "in", incidents.employee_id.ids), ("state", "!=", "done")],
                ["employee_id"],
                ["reviewer_user_id:recordset"],
            )
        }
        officers = self.env.ref("performance_review.group_performance_review_officer").sudo()
        officers = officers.all_user_ids
        result = {}
        for incident in self:
            about = incident.sudo()
            reviewed_by = reviewers.get(about.employee_id.id, officers.browse())
            # Those who are not named yet.
            left = about.employee_user_id | about.manager_user_id | reviewed_by | officers
            left = left.filtered(
                lambda user, about=about: (
                    user.active and user != about.author_id and about.company_id in user.company_ids
                )
            )
            lines = []
            for role, users in (
                (self.env._("employee"), about.employee_user_id),
                (self.env._("manager"), about.manager_user_id),
                (self.env._("reviewer"), reviewed_by),
            ):
                for user in users & left:
                    lines.append(self.env._("%(name)s (%(role)s)", name=user.name, role=role))
                left -= users
            if hr := left & officers:
                lines.append(self._say_officers(hr.sorted("name")))
            result[incident] = lines
        return result

    @api.model
    def _say_officers(self, users):
        names = say_list(self.env, users[:OFFICERS_NAMED].mapped("name"))
        more = len(users) - OFFICERS_NAMED
        if more > 0:
            return self.env._("HR: %(names)s and %(number)s more", names=names, number=more)
        return self.env._("HR: %(names)s", names=names)

    def action_noted(self):
        """Close the form of a new incident and say who can read it (an action dict)."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.client",
            "tag": "performance_incident_noted",
            "params": {
                "message": self.env._("Noted. Only you can read it."),
                "label": self.env._("Look at it or share it"),
                "open": {
                    "type": "ir.actions.act_window",
                    "res_model": self._name,
                    "res_id": self.id,
                    "views": [(False, "form")],
                },
            },
        }
