from collections import Counter

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError

POINT_KINDS = ("strength", "gap", "support")
# The points of each kind, as the form shows them.
SHEET_LISTS = ("strength_ids", "gap_ids", "support_ids")


class PerformanceReview(models.Model):
    """Preparation (准备): the 3×3 sheet and the self-assessment.

    When they are revealed stands in ``performance_review_reveal.py``.
    """

    _inherit = "performance.review"

    point_ids = fields.One2many("performance.point", "review_id")
    strength_ids = fields.One2many(
        "performance.point", "review_id", string="Strengths", domain=[("kind", "=", "strength")]
    )
    gap_ids = fields.One2many(
        "performance.point", "review_id", string="Gaps", domain=[("kind", "=", "gap")]
    )
    support_ids = fields.One2many(
        "performance.point", "review_id", string="Supports", domain=[("kind", "=", "support")]
    )
    self_assessment_ids = fields.One2many("performance.self.assessment", "review_id")
    note_ids = fields.One2many(
        "performance.note", "review_id", string="Private notes", groups="base.group_user"
    )
    points_found = fields.Integer(compute="_compute_sheet_percent", export_string_translation=False)
    sheet_percent = fields.Float(
        string="Sheet (%)",
        compute="_compute_sheet_percent",
        help="Share of the points the cycle asks for that are complete.",
    )
    employee_ready = fields.Boolean(
        string="Self-assessment submitted", compute="_compute_employee_ready", store=True
    )
    sees_preparation = fields.Boolean(
        compute="_compute_sees_preparation", export_string_translation=False
    )

    @api.depends_context("uid")
    @api.depends("reviewer_user_id", "employee_user_id")
    def _compute_sees_preparation(self):
        is_officer = self.env.user.has_group("performance_review.group_performance_review_officer")
        for review in self:
            review.sees_preparation = (
                self.env.su
                or review.sudo().reviewer_user_id == self.env.user
                or (is_officer and review.sudo().employee_user_id != self.env.user)
            )

    def _check_sees_preparation(self):
        self.check_access("read")
        if not self.sees_preparation:
            raise AccessError(
                self.env._("Only the reviewer and HR see what a preparation still needs.")
            )

    @api.depends_context("uid")
    @api.depends("point_ids.is_complete", "point_ids.kind", "cycle_id.min_points")
    def _compute_sheet_percent(self):
        # With the reader's own rights: an employee must not learn how far the sheet is.
        if len(self) == 1:
            # A form shows the points themselves, which are then read once for both.
            points = self._get_sheet()._filtered_access("read")
        else:
            points = self.env["performance.point"].search_fetch(
                [("review_id", "in", self.ids)], ["review_id", "kind", "is_complete"]
            )
        counts = Counter((point.review_id.id, point.kind) for point in points if point.is_complete)
        for review in self:
            needed = review.sudo().cycle_id.min_points
            found = sum(min(counts[review._origin.id, kind], needed) for kind in POINT_KINDS)
            review.points_found = found
            review.sheet_percent = 100.0 * found / (needed * len(POINT_KINDS)) if needed else 0.0

    def _get_sheet(self):
        """Return the points of these reviews as a form shows them, list by list."""
        return self.env["performance.point"].union(*(self[name] for name in SHEET_LISTS))

    def _read_sheet(self):
        """Read the three lists of points, which differ by their kind alone, with one query.

        With the rights of the reader, as the lists themselves would.
        """
        points = self.env["performance.point"].search_fetch([("review_id", "in", self.ids)])
        found = points.grouped(lambda point: (point.review_id.id, f"{point.kind}_ids"))
        for name in SHEET_LISTS:
            lines = (found.get((review.id, name), points.browse())._ids for review in self)
            self._fields[name]._insert_cache(self, lines)

    @api.readonly
    def web_read(self, specification):
        lists = [specification.get(name, {}).get("fields") for name in SHEET_LISTS]
        if all(lists):
            # The form reads its three lists one after the other: what they link to is named for
            # all of them at once.
            # Along with all that a rule or a name may ask for, for the same one query.
            stored = (
                name
                for name, field in self._fields.items()
                if field.prefetch and field.column_type and self._has_field_access(field, "read")
            )
            self.fetch({*specification, *stored} - set(SHEET_LISTS))
            self._read_sheet()
            links = self.env["performance.point"]._get_evidence_fields() | {"theme_id"}
            shown = [link for link in sorted(links) if any(link in names for names in lists)]
            self._get_sheet()._read_ahead_names(shown)
            # Likewise of the two people.
            (self.employee_id | self.reviewer_id).sudo().mapped("display_name")
        return super().web_read(specification)

    def _filter_sheet_complete(self):
        """Return those whose sheet has the points its cycle asks for, whoever asks."""
        counts = self._count_points(self.env["performance.point"].sudo())
        return self.filtered(
            lambda review: all(
                counts.get((review.id, kind), 0) >= review.sudo().cycle_id.min_points
                for kind in POINT_KINDS
            )
        )

    def _count_points(self, points):
        """Count complete points by review and kind.

        :param points: the ``performance.point`` model, carrying the reader's rights
        :return: (review id, kind) → number
        :rtype: dict[tuple[int, str], int]
        """
        groups = points._read_group(
            [("review_id", "in", self.ids), ("is_complete", "=", True)],
            ["review_id", "kind"],
            ["__count"],
        )
        return {(review.id, kind): count for review, kind, count in groups}

    @api.depends("self_assessment_ids.state")
    def _compute_employee_ready(self):
        for review in self:
            review.employee_ready = any(
                assessment.state == "submitted" for assessment in review.self_assessment_ids
            )

    def _get_preparation_blockers(self):
        blockers = super()._get_preparation_blockers()
        counts, incomplete = self._get_sheet_points()
        only_labels = incomplete._filter_only_labels().grouped("review_id")
        for review in self:
            missing = review._get_sheet_blockers(counts)
            blockers[review] += missing
            if missing and review in only_labels:
                blockers[review].append(
                    {
                        "code": "only_label",
                        "message": self.env._(
                            "The fact of “%(points)s” only labels a person: say what happened "
                            "(step Preparation).",
                            points="”, “".join(only_labels[review].mapped("name")),
                        ),
                    }
                )
            if (
                review.cycle_id.require_self_assessment
                and not review.employee_ready
                and not review.is_revealed
            ):
                blockers[review].append(
                    {
                        "code": "self_assessment",
                        "message": self.env._("The self-assessment is not submitted yet."),
                    }
                )
        return blockers

    def _get_sheet_points(self):
        """Return what :meth:`_count_points` returns, and the points that do not count yet."""
        groups = (
            self.env["performance.point"]
            .sudo()
            ._read_group(
                [("review_id", "in", self.ids)],
                ["review_id", "kind", "is_complete"],
                ["__count", "id:recordset"],
            )
        )
        incomplete = self.env["performance.point"].sudo()
        counts = {}
        for review, kind, is_complete, count, points in groups:
            if is_complete:
                counts[review.id, kind] = count
            else:
                incomplete += points
        return counts, incomplete

    def _get_sheet_blockers(self, counts):
        """Say which kinds of points are short, each with its own sentence."""
        self.ensure_one()
        needed = self.cycle_id.min_points
        sentences = {
            "strength": self.env._(
                "Strengths: %(found)s of %(needed)s have a fact or evidence (step Preparation)."
            ),
            "gap": self.env._(
                "Gaps: %(found)s of %(needed)s have a fact or evidence (step Preparation)."
            ),
            "support": self.env._(
                "Supports: %(found)s of %(needed)s have a fact or evidence (step Preparation)."
            ),
        }
        return [
            {
                "code": f"{kind}_missing",
                "message": sentences[kind] % {"found": found, "needed": needed},
            }
            for kind in POINT_KINDS
            if (found := counts.get((self.id, kind), 0)) < needed
        ]

    # ------------------------------------------------------------------
    # Self-assessment (P7)
    # ------------------------------------------------------------------

    def action_open_self_assessment(self):
        """Open the employee's own self-assessment, on the page where it is written.

        There every change is saved by itself, and another window's text is shown and not
        overwritten, for people with and without a back office alike.

        :raise AccessError: for anybody else
        :raise UserError: when there is none and the step for writing one is over
        :return: an ``ir.actions.act_url`` dict
        """
        self.ensure_one()
        self._check_is_employee()
        if not self.self_assessment_ids and self.state not in ("preparation", "dialogue"):
            raise UserError(self.env._("The time for the self-assessment of this review is over."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/my/reviews/{self.id}?open=self_assessment",
            "target": "self",
        }

    def _check_is_employee(self):
        """Refuse whoever has not written, and will not write, this self-assessment.

        :raise AccessError: for anybody but the employee
        """
        self.check_access("read")
        if self.sudo().employee_user_id != self.env.user:
            raise AccessError(
                self.env._("Only the employee writes the self-assessment of this review.")
            )

    def _get_own_self_assessment(self):
        """Return the self-assessment of the current user for this review, a new one if need be.

        :raise AccessError: when the review is about somebody else
        :return: ``performance.self.assessment`` with the user's own rights
        """
        self.ensure_one()
        self._check_is_employee()
        assessment = self.self_assessment_ids[:1]
        if assessment or self.sudo().state not in ("preparation", "dialogue"):
            return assessment
        return self._provide_self_assessment()

    def _provide_self_assessment(self):
        """Return the self-assessment of this review, a new one if there is none.

        :return: ``performance.self.assessment`` with the rights of this recordset
        """
        self.ensure_one()
        if self.self_assessment_ids:
            return self.self_assessment_ids[:1]
        try:
            with self.env.cr.savepoint():
                return self.env["performance.self.assessment"].create({"review_id": self.id})
        except UniqueViolation as error:
            # Another window was quicker. This transaction cannot see its row, the next one will:
            # Odoo then repeats the whole call.
            raise ConcurrencyError("self-assessment") from error

    def action_read_self_assessment(self):
        """Open the employee's submitted text for reviewer and HR (after the reveal).

        :raise UserError: before the reveal, or when nothing has been submitted
        :return: an ``ir.actions.act_window`` dict
        """
        self.ensure_one()
        assessment = self.env["performance.self.assessment"].search(
            [("review_id", "=", self.id)], limit=1
        )
        if not assessment:
            raise UserError(self.env._("There is no self-assessment for you to read, or not yet."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Self-assessment"),
            "res_model": "performance.self.assessment",
            "res_id": assessment.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
