from odoo import fields, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    performance_review_ids = fields.One2many(
        "performance.review",
        "employee_id",
        string="Performance reviews",
        groups="performance_review.group_performance_review_officer",
    )
    performance_review_count = fields.Integer(
        string="Reviews",
        compute="_compute_performance_review_count",
        groups="performance_review.group_performance_review_officer",
    )

    def _compute_performance_review_count(self):
        counts = dict(
            self.env["performance.review"]._read_group(
                [("employee_id", "in", self.ids)], ["employee_id"], ["__count"]
            )
        )
        for employee in self:
            employee.performance_review_count = counts.get(employee, 0)

    def write(self, vals):
        result = super().write(vals)
        if {"parent_id", "user_id"} & vals.keys():
            # Who stands above a reviewer is stored on the review (rules must not walk the
            # hierarchy), so a move anywhere above has to reach every review below it.
            self.env["performance.review"]._refresh_upper_users(self)
        return result

    def unlink(self):
        # The database clears the line to a deleted manager without asking write().
        reviews = self.env["performance.review"]._get_reviews_below(self)
        result = super().unlink()
        self.env.add_to_compute(reviews._fields["upper_user_ids"], reviews.exists())
        return result

    def action_open_performance_reviews(self):
        """Open the reviews of these employees (an ``ir.actions.act_window`` dict)."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "performance_review.performance_review_action_all"
        )
        action["domain"] = [("employee_id", "in", self.ids)]
        return action
