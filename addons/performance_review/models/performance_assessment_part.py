from odoo import api, fields, models
from odoo.exceptions import UserError


class PerformanceAssessmentPart(models.AbstractModel):
    """What an employee adds to the own self-assessment: concerns, agenda items, files (P7).

    A part has the audience of its self-assessment, which
    ``performance.review.shows_self_assessment`` says, and changes as long as that is a draft.
    """

    _name = "performance.assessment.part"
    _description = "Part of a self-assessment"
    _inherit = ["performance.line.mixin", "performance.part.mixin"]

    assessment_id = fields.Many2one(
        "performance.self.assessment",
        string="Self-assessment",
        required=True,
        index=True,
        ondelete="cascade",
    )
    # Rules look at the card, and so do whoever collects what belongs to a review.
    review_id = fields.Many2one(
        related="assessment_id.review_id", store=True, precompute=True, index=True
    )

    @api.model
    def _get_parent_fields(self):
        return super()._get_parent_fields() | {"assessment_id"}

    @api.model
    def _get_open_states(self):
        return frozenset({"preparation", "dialogue"})

    @api.model_create_multi
    def create(self, vals_list):
        """Create parts; whoever names the review means its self-assessment.

        :raise UserError: when the self-assessment is handed in or its time is over
        :raise AccessError: for anybody but the employee
        """
        vals_list = [self._find_assessment(vals) for vals in vals_list]
        ids = {vals.get("assessment_id") for vals in vals_list}
        self.env["performance.self.assessment"].browse(
            each for each in ids if type(each) is int
        ).exists()._check_not_submitted()
        return super().create(vals_list)

    @api.model
    def _find_assessment(self, vals):
        """Return values with the self-assessment in the place of the review.

        :param dict vals: of a ``create``
        :rtype: dict
        """
        review_id = isinstance(vals, dict) and vals.get("review_id")
        if type(review_id) is not int or vals.get("assessment_id"):
            return vals
        review = self.env["performance.review"].browse(review_id)
        assessment = (
            review._provide_self_assessment() if self.env.su else review._get_own_self_assessment()
        )
        if not assessment:
            raise UserError(self.env._("The time for the self-assessment of this review is over."))
        rest = {name: value for name, value in vals.items() if name != "review_id"}
        return {**rest, "assessment_id": assessment.id}

    def write(self, vals):
        self.assessment_id._check_not_submitted()
        return super().write(vals)
