from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS, Domain

from .performance_review_preparation import POINT_KINDS

REVEAL_BATCH = 1000


class PerformanceReview(models.Model):
    """Mutual reveal (P7): neither side reads the other's text before both are ready.

    It happens once and is stamped, ``revealed_on``; record rules look at the stamp and nothing
    recomputes it. There are two ways to it:

    * Both are ready. The employee submits the self-assessment. The reviewer hands in a complete
      sheet, by :meth:`action_submit_sheet` or by going on to the dialogue with one. Points alone
      are no such act, and those handed in stay as they are from the reveal on: nobody opens the
      self-assessment with points that vanish again.
    * The deadline of the cycle has passed that was promised at its launch
      (``performance.cycle.reveal_deadline``). A daily job stamps, reading never does.
    """

    _inherit = "performance.review"

    revealed_on = fields.Datetime(string="Self-assessment revealed on", readonly=True, copy=False)
    is_revealed = fields.Boolean(
        string="Self-assessment revealed",
        compute="_compute_is_revealed",
        search="_search_is_revealed",
        help="Both sides have handed in, or the preparation deadline has passed.",
    )
    shows_self_assessment = fields.Boolean(
        compute="_compute_shows_self_assessment",
        search="_search_shows_self_assessment",
        export_string_translation=False,
    )
    # Nobody's to read: it would tell the employee about his reviewer.
    sheet_submitted_on = fields.Datetime(
        string="Sheet handed in on", readonly=True, copy=False, groups=NO_ACCESS
    )
    is_sheet_submitted = fields.Boolean(
        string="Sheet handed in", compute="_compute_is_sheet_submitted"
    )

    _waiting_for_reveal = models.Index("(cycle_id) WHERE revealed_on IS NULL")

    @api.depends("revealed_on")
    def _compute_is_revealed(self):
        for review in self:
            review.is_revealed = bool(review.revealed_on)

    def _search_is_revealed(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain("revealed_on", "!=", False)

    @api.model
    def _get_self_assessment_domain(self):
        """Return where the user may read what the employee has written down.

        The employee always; reviewer and HR, HR not about itself, once it is handed in and
        revealed; nobody else. The one rule for the self-assessment and all of its parts:
        their record rules ask for ``shows_self_assessment``.

        :rtype: Domain
        """
        own = Domain("employee_user_id", "=", self.env.uid)
        readers = Domain("reviewer_user_id", "=", self.env.uid)
        if self.env.user.has_group("performance_review.group_performance_review_officer"):
            readers |= Domain("employee_user_id", "!=", self.env.uid)
        revealed = Domain("employee_ready", "=", True) & Domain("revealed_on", "!=", False)
        return own | (revealed & readers)

    @api.depends_context("uid")
    @api.depends("employee_user_id", "reviewer_user_id", "employee_ready", "revealed_on")
    def _compute_shows_self_assessment(self):
        # As a rule sees it: whoever asks, it is about the user and not about rights of the server.
        shown = self.sudo().filtered_domain(self._get_self_assessment_domain())
        for review in self:
            review.shows_self_assessment = review in shown

    def _search_shows_self_assessment(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return self._get_self_assessment_domain()

    @api.depends_context("uid")
    @api.depends("sees_preparation", "points_found", "cycle_id.min_points")
    def _compute_is_sheet_submitted(self):
        for review in self:
            card = review.sudo()
            # Who sees the preparation reads every point, so what was found is what there is.
            review.is_sheet_submitted = (
                review.sees_preparation
                and bool(card.sheet_submitted_on)
                and review.points_found >= card.cycle_id.min_points * len(POINT_KINDS)
            )

    def _filter_sheet_submitted(self):
        """Return those whose reviewer has handed in a sheet that is still complete."""
        submitted = self.filtered("sheet_submitted_on")
        return submitted & submitted._filter_sheet_complete()

    def action_submit_sheet(self):
        """Hand in the preparation sheet, as its reviewer.

        The self-assessment can be read as soon as both sides have handed in; the points of
        that moment then stay as they are, more can be added.

        :return: ``True``
        :raise AccessError: for anybody but the reviewer
        :raise UserError: naming what the sheet still needs
        """
        self._check_is_reviewer()
        reviews = self.sudo()
        counts = reviews._count_points(self.env["performance.point"].sudo())
        for review in reviews:
            blockers = review._get_sheet_blockers(counts)
            if blockers:
                raise UserError(self._format_blockers(review, blockers))
        reviews._mark_sheet_submitted()
        return True

    def _mark_sheet_submitted(self):
        """Note that reviewers have handed in, and reveal where the employee has, too."""
        reviews = self.sudo()
        reviews.filtered(lambda review: not review.sheet_submitted_on).write(
            {"sheet_submitted_on": fields.Datetime.now()}
        )
        reviews._reveal_where_both_are_ready()

    def _reveal_where_both_are_ready(self):
        """Reveal what both sides have handed in; called by the two verbs that hand in."""
        waiting = self.sudo().filtered(
            lambda review: review.employee_ready and not review.revealed_on
        )
        ready = waiting._filter_sheet_submitted()
        ready.point_ids._mark_frozen()
        ready._mark_revealed()

    def _mark_revealed(self):
        """Stamp the reveal, once and for all."""
        self.sudo().filtered(lambda review: not review.revealed_on).write(
            {"revealed_on": fields.Datetime.now()}
        )

    def _enter_dialogue(self):
        # In the advisory mode a dialogue may begin without a sheet; that hands nothing in.
        self._filter_sheet_complete()._mark_sheet_submitted()
        return super()._enter_dialogue()

    @api.model
    def _get_overdue_reveal_domain(self):
        """Return the ``Domain`` of reviews whose promised deadline has passed unrevealed."""
        today = fields.Date.today()
        return (
            Domain("revealed_on", "=", False)
            & Domain("cycle_id.reveal_deadline", "<", today)
            & (Domain("late_deadline", "=", False) | Domain("late_deadline", "<", today))
        )

    def _get_reveal_deadline(self):
        """Return the last day before the texts of this review are opened (``date``), if any."""
        self.ensure_one()
        return self._put_off(self.cycle_id.reveal_deadline)

    @api.model
    def _cron_reveal(self):
        """Stamp reviews whose deadline has passed; every batch is committed."""
        domain = self._get_overdue_reveal_domain()
        while reviews := self.search(domain, limit=REVEAL_BATCH, order="id"):
            reviews._mark_revealed()
            time_left = self.env["ir.cron"]._commit_progress(
                len(reviews), remaining=self.search_count(domain)
            )
            if not time_left:
                return
