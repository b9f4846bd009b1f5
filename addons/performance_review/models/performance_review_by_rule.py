from odoo import api, fields, models

OFFICER = "performance_review.group_performance_review_officer"
# From its launch until it is signed something may happen that wants HR.
WATCHED = ("preparation", "dialogue", "agreement")
# Rule → the company's switch for it.
SWITCHES = {
    "lowest_rating": "performance_hr_lowest_rating",
    "dispute": "performance_hr_dispute",
    "dispute_before": "performance_hr_dispute",
    "flag": "performance_hr_flag",
    "repeat": "performance_hr_repeat",
    "reviewer": "performance_hr_reviewer",
}
THIRD_TIME = 2  # earlier reviews with the same gap


class PerformanceReview(models.Model):
    """Managers lead; HR takes part by rule (R2): which rules, and when they are looked at.

    All at the launch, for a whole batch at once; each again when what it looks at changes. A
    rule that a company has switched off is not looked at: it adds nothing and takes nothing back.
    """

    _inherit = "performance.review"

    hr_reason_ids = fields.One2many(
        "performance.hr.reason", "review_id", string="Why HR", groups="base.group_user"
    )
    hr_reason_text = fields.Char(
        string="Why HR takes part", compute="_compute_hr_reason_text", groups="base.group_user"
    )
    flag_text = fields.Char(string="Flags of HR", compute="_compute_flag_text", groups=OFFICER)

    @api.depends_context("uid", "lang")
    @api.depends("hr_reason_ids", "has_hr", "state")
    def _compute_hr_reason_text(self):
        # With the reader's own rights, which for a reviewer leave out what tells of a flag.
        watched = self.filtered(lambda review: review.state in WATCHED)
        reasons = self.env["performance.hr.reason"]
        if watched:
            reasons = reasons.search_fetch(
                [("review_id", "in", watched.ids)], ["review_id", "code", "is_waived"]
            )
        by_review = reasons.grouped("review_id")
        labels = dict(reasons._fields["code"]._description_selection(self.env))
        for review in self:
            found = by_review.get(review._origin, reasons.browse())
            sentences = [labels[code] for code in found.mapped("code")]
            if not sentences and review in watched and review.sees_preparation and review.has_hr:
                sentences = [self.env._("By a decision of HR")]
            if found and all(found.mapped("is_waived")):
                sentences.append(self.env._("HR stays away this time"))
            review.hr_reason_text = " · ".join(sentences)

    @api.depends_context("uid", "lang")
    @api.depends("employee_id")
    def _compute_flag_text(self):
        flags = self.env["performance.flag"].search_fetch(
            [("employee_id", "in", self.employee_id.ids)], ["employee_id", "kind"]
        )
        kinds = dict(flags._fields["kind"]._description_selection(self.env))
        by_employee = flags.grouped("employee_id")
        for review in self:
            found = by_employee.get(review.employee_id, flags.browse())
            review.flag_text = " · ".join(kinds[kind] for kind in found.mapped("kind"))

    # ------------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------------

    @api.model
    def _get_hr_switches(self):
        """Return which rules there are; a hook.

        :return: code of a reason → name of the boolean field of ``res.company`` that switches
            its rule on, ``None`` for a rule that always holds
        :rtype: dict
        """
        return dict(SWITCHES)

    def _get_hr_reasons(self, codes):
        """Return for which of these reviews HR is wanted, and why; a hook.

        A glue addon adds its own code to the selection of ``performance.hr.reason.code`` and
        to :meth:`_get_hr_switches`, and answers for it here when it is asked. With ``sudo()``,
        in a number of queries that does not depend on the number of reviews.

        :param set codes: of the rules to look at
        :return: code → ``performance.review`` for which the rule holds
        :rtype: dict
        """
        finders = {
            "lowest_rating": self._filter_lowest_rating,
            "dispute": self._filter_disputed,
            "dispute_before": self._filter_disputed_before,
            "flag": self._filter_flagged,
            "repeat": self._filter_gap_repeated,
            "reviewer": self._filter_reviewer_changed,
        }
        return {code: finders[code]() for code in codes & finders.keys()}

    def _filter_lowest_rating(self):
        values = set(self.env["performance.rating"].search_fetch([], ["value"]).mapped("value"))
        if len(values) < 2:  # no scale that would have a lowest step
            return self.browse()
        return self.filtered(
            lambda review: (
                review.appraisal_id.rating_id and review.appraisal_id.rating_id.value <= min(values)
            )
        )

    @api.model
    def _find_disputed(self, reviews):
        groups = self.env["performance.agreement"]._read_group(
            [
                ("review_id", "in", reviews.ids),
                "|",
                ("dispute_reason", "!=", False),
                ("objection", "!=", False),
            ],
            ["review_id"],
        )
        return self.browse(review.id for (review,) in groups)

    def _filter_disputed(self):
        return self & self._find_disputed(self)

    def _filter_disputed_before(self):
        disputed = self._find_disputed(self.previous_review_id)
        return self.filtered(lambda review: review.previous_review_id & disputed)

    def _filter_flagged(self):
        flags = self.env["performance.flag"].search_fetch(
            [("employee_id", "in", self.employee_id.ids)], ["employee_id"]
        )
        return self.filtered(lambda review: review.employee_id in flags.employee_id)

    def _filter_gap_repeated(self):
        gaps = self.env["performance.point"].search_fetch(
            [("review_id", "in", self.ids), ("kind", "=", "gap"), ("theme_id", "!=", False)],
            ["review_id", "theme_id", "kind"],
        )
        return gaps.filtered(lambda gap: gap.repeat_count >= THIRD_TIME).review_id

    def _filter_reviewer_changed(self):
        first = self.filtered(lambda review: not review.previous_review_id)
        handed_over = first and (
            self.env["performance.review.log"]
            .search_fetch(
                [("review_id", "in", first.ids), ("kind", "=", "handover")], ["review_id"]
            )
            .review_id
        )
        return (first & handed_over) | (self - first).filtered(
            lambda review: (
                review.reviewer_id and review.previous_review_id.reviewer_id != review.reviewer_id
            )
        )

    # ------------------------------------------------------------------
    # When they are looked at
    # ------------------------------------------------------------------

    def _update_hr_reasons(self, codes=None):
        """Note why HR is wanted, take back what no longer holds, and propose who takes part.

        :param set codes: rules whose facts have changed, by default all
        """
        switches = self._get_hr_switches()
        watched = self.sudo().filtered(lambda review: review.state in WATCHED)
        for company, reviews in watched.grouped("company_id").items():
            asked = {
                code
                for code, switch in switches.items()
                if (codes is None or code in codes) and (not switch or company[switch])
            }
            if asked:
                reviews._store_hr_reasons(reviews._get_hr_reasons(asked))

    def _store_hr_reasons(self, reasons):
        """Bring the rows to what :meth:`_get_hr_reasons` said of these reviews.

        :param dict reasons: code → reviews for which the rule holds
        """
        Reason = self.env["performance.hr.reason"]
        known = Reason.search_fetch(
            [("review_id", "in", self.ids), ("code", "in", list(reasons))], ["review_id", "code"]
        )
        wanted = {(review.id, code) for code, found in reasons.items() for review in found & self}
        gone = known.filtered(lambda row: (row.review_id.id, row.code) not in wanted)
        new = wanted - {(row.review_id.id, row.code) for row in known}
        if gone or new:
            changed = gone.review_id | self.browse({review_id for review_id, _code in new})
            gone.unlink()
            Reason.create(
                [{"review_id": review_id, "code": code} for review_id, code in sorted(new)]
            )
            changed._propose_hr()

    @api.model
    def _mark_moved(self, plan, reason):
        result = super()._mark_moved(plan, reason)
        reviews = self.sudo().union(*plan)
        reviews._update_hr_reasons({"reviewer"})
        reviews._replace_hr()
        return result


class PerformanceCycle(models.Model):
    _inherit = "performance.cycle"

    def _link_appraisals(self, employees):
        result = super()._link_appraisals(employees)
        reviews = self.env["performance.review"].search(
            [("cycle_id", "in", self.ids), ("employee_id", "in", employees.ids)]
        )
        reviews._update_hr_reasons({"lowest_rating"})
        return result


class PerformanceAppraisal(models.Model):
    _inherit = "performance.appraisal"

    def write(self, vals):
        result = super().write(vals)
        if "rating_id" in vals:
            self.sudo().review_ids._update_hr_reasons({"lowest_rating"})
        return result


class PerformanceAgreement(models.Model):
    _inherit = "performance.agreement"

    def _mark_objected(self, statement):
        result = super()._mark_objected(statement)
        self.sudo().review_id._update_hr_reasons({"dispute"})
        return result

    def _mark_disputed(self, reason):
        result = super()._mark_disputed(reason)
        self.sudo().review_id._update_hr_reasons({"dispute"})
        return result


class PerformancePoint(models.Model):
    _inherit = "performance.point"

    @api.model_create_multi
    def create(self, vals_list):
        points = super().create(vals_list)
        points._look_for_repeats()
        return points

    def write(self, vals):
        result = super().write(vals)
        if {"kind", "theme_id"} & vals.keys():
            self.sudo().review_id._update_hr_reasons({"repeat"})
        return result

    def unlink(self):
        reviews = self.sudo().filtered("theme_id").review_id
        result = super().unlink()
        reviews._update_hr_reasons({"repeat"})
        return result

    def _look_for_repeats(self):
        gaps = self.sudo().filtered(lambda point: point.kind == "gap" and point.theme_id)
        gaps.review_id._update_hr_reasons({"repeat"})
