from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import arguments, labels

# What a point says; its place and its theme may still be put in order after the reveal.
FROZEN_FIELDS = frozenset({"kind", "nature", "name", "fact"})


class PerformancePoint(models.Model):
    """One of the three strengths, gaps or supports of a preparation sheet (P3)."""

    _name = "performance.point"
    _description = "Preparation point"
    _inherit = [
        "performance.version.guard",
        "performance.line.mixin",
        "performance.part.mixin",
    ]
    _order = "review_id, kind, sequence, id"

    review_id = fields.Many2one("performance.review", required=True, index=True, ondelete="cascade")
    employee_id = fields.Many2one(related="review_id.employee_id")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("strength", "Strength"), ("gap", "Gap"), ("support", "Support")],
        required=True,
        default="strength",
    )
    nature = fields.Selection(
        [("result", "Result"), ("behaviour", "Behaviour")], required=True, default="result"
    )
    name = fields.Char(string="Point", required=True, size=arguments.POINT_LIMIT)
    fact = fields.Text(help="What happened, when, with what effect.")
    goal_id = fields.Many2one(
        "performance.goal",
        index="btree_not_null",
        ondelete="set null",
        domain="[('employee_id', '=', employee_id)]",
    )
    incident_id = fields.Many2one(
        "performance.incident",
        index="btree_not_null",
        ondelete="set null",
        domain="[('employee_id', '=', employee_id), ('shared', '=', True)]",
    )
    commitment_id = fields.Many2one(
        "performance.commitment",
        string="Promise of last time",
        index="btree_not_null",
        ondelete="set null",
        domain="[('employee_id', '=', employee_id), ('agreement_id.is_in_force', '=', True)]",
        help="What was agreed on before and has to be talked about again.",
    )
    theme_id = fields.Many2one("performance.theme", index="btree_not_null", ondelete="restrict")
    cause = fields.Selection(
        [("own", "Own cause"), ("outside", "Outside cause")],
        help="Why a goal was missed: what the person could influence, or what came from outside.",
    )
    is_complete = fields.Boolean(string="Has a fact", compute="_compute_is_complete", store=True)
    is_frozen = fields.Boolean(
        string="Handed in",
        readonly=True,
        copy=False,
        help="It opened the self-assessment to the reviewer, so it stays as it was.",
    )
    repeat_count = fields.Integer(
        string="Repeated",
        compute="_compute_repeat_count",
        compute_sudo=True,
        help="In how many earlier reviews of this employee the theme was a gap.",
    )
    label_warning = fields.Char(string="Wording", compute="_compute_label_warning")

    # Which gaps come back, of one person or of a cycle.
    _gap = models.Index("(review_id, theme_id) WHERE kind = 'gap'")

    @api.model
    def _get_server_fields(self):
        return frozenset({"is_frozen"})

    @api.model
    def _get_parent_fields(self):
        return frozenset({"review_id"})

    @api.model
    def _get_open_states(self):
        return frozenset({"preparation", "dialogue"})

    @api.model
    def _get_evidence_fields(self):
        """Return the names of the links that count as evidence for a point.

        An extension adds its own many2one to those of ``super()``. The linked model has a
        ``name`` and an ``employee_id``: evidence is about the employee of the review.

        :rtype: frozenset[str]
        """
        return frozenset({"goal_id", "incident_id", "commitment_id"})

    def _read_ahead_names(self, links):
        """Put the names of what these points link to into the cache, in a query per model.

        :param links: names of many2one fields
        """
        for link in links:
            # As the web client reads names, which the guard of names answers for the user.
            self[link].sudo().mapped("display_name")

    def write(self, vals):
        changed = (FROZEN_FIELDS | set(self._get_evidence_fields())) & vals.keys()
        if changed and not self.env.su:
            self.check_access("write")
            # Compared afterwards: a form also sends what has not changed.
            frozen = self.filtered("is_frozen")
            before = [[point[name] for name in changed] for point in frozen]
            result = super().write(vals)
            if before != [[point[name] for name in changed] for point in frozen]:
                raise UserError(self._get_frozen_message())
            return result
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        if not self.env.su and any(point.is_frozen for point in self):
            raise UserError(self._get_frozen_message())

    def _get_frozen_message(self):
        return self.env._(
            "This point opened the self-assessment to you and stays as it was: add another one."
        )

    def _mark_frozen(self):
        """Keep these points as they are, from the reveal on."""
        self.sudo().write({"is_frozen": True})

    @api.constrains(lambda self: ["review_id", *sorted(self._get_evidence_fields())])
    def _check_evidence(self):
        links = sorted(self._get_evidence_fields())
        for point in self:
            point._check_links(links, point.sudo().review_id.employee_id)
            if point.incident_id and not point.incident_id.shared:
                # The employee will read the sheet and with it the incident's name.
                raise UserError(
                    self.env._("Share the incident first: the employee will see it as evidence.")
                )
            agreement = point.sudo().commitment_id.agreement_id
            if agreement and (
                agreement.review_id == point.sudo().review_id or not agreement.date_start
            ):
                # A draft is the reviewer's alone, and the name of a link is read by more.
                raise UserError(
                    self.env._("Choose a commitment that was signed in an earlier review.")
                )

    # By name, so that deleted evidence is noticed: a link set to null by the database is not.
    @api.depends(
        lambda self: ["name", "fact", *(f"{link}.name" for link in self._get_evidence_fields())]
    )
    def _compute_is_complete(self):
        links = self._get_evidence_fields()
        only_labels = self._filter_only_labels()
        for point in self:
            point.is_complete = bool(
                (point.name or "").strip()
                and ((point.fact or "").strip() or any(point[link] for link in links))
                and point not in only_labels
            )

    def _filter_only_labels(self, extra=None):
        """Return the points whose fact labels a person and names nothing that happened.

        A word HR adds counts from the next change of a point on: what was complete when it was
        written stays so.

        :param list extra: HR's words, when they are known already
        """
        written = self.filtered(lambda point: (point.fact or "").strip())
        if written and extra is None:
            extra = self.env["performance.label.word"]._get_words()
        return written.filtered(lambda point: labels.is_only_label(point.fact, extra))

    @api.depends_context("uid")
    @api.depends("theme_id", "kind", "review_id")
    def _compute_repeat_count(self):
        # A form asks before it is saved: only the reviewer may try themes on a new point.
        gaps = self.filtered(
            lambda point: (
                point.kind == "gap"
                and point.theme_id
                and (point._origin or point.review_id.reviewer_user_id == self.env.user)
            )
        )
        # The review and when its cycle began, in one query with what they are found by.
        found = gaps and self._read_group(
            [
                ("kind", "=", "gap"),
                ("theme_id", "in", gaps.theme_id.ids),
                ("review_id.employee_id", "in", gaps.review_id.employee_id.ids),
            ],
            ["review_id.employee_id", "theme_id", "review_id.cycle_id.date_start:day"],
            ["review_id:count_distinct"],
        )
        earlier = defaultdict(list)
        for employee, theme, start, count in found:
            earlier[employee, theme].append((start, count))
        for point in self:
            review = point.review_id
            point.repeat_count = point in gaps and sum(
                count
                for start, count in earlier[review.employee_id, point.theme_id]
                if start < review.cycle_id.date_start
            )

    @api.depends("name", "fact")
    def _compute_label_warning(self):
        for point in self:
            point.label_warning = self._get_wording(point.name, point.fact)["message"]
