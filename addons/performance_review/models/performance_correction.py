from odoo import api, fields, models


class PerformanceCorrection(models.Model):
    """One figure of a confirmed result that HR changed: old, new, why and by whom.

    Written by the verbs of ``performance.appraisal`` alone. Who is concerned is stamped, and
    the record outlives the result it is about.
    """

    _name = "performance.correction"
    _description = "Correction of a result"
    _inherit = ["performance.server.mixin"]
    _order = "id desc"
    _rec_name = "subject"

    appraisal_id = fields.Many2one(
        "performance.appraisal", readonly=True, index="btree_not_null", ondelete="set null"
    )
    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True, ondelete="cascade"
    )
    employee_user_id = fields.Many2one(
        "res.users", string="Employee's user", readonly=True, index="btree_not_null"
    )
    manager_user_id = fields.Many2one(
        "res.users", string="Manager's user", readonly=True, index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    author_id = fields.Many2one("res.users", string="Corrected by", required=True, readonly=True)
    subject = fields.Char(string="What", required=True, readonly=True)
    old_value = fields.Char(string="Before", readonly=True)
    new_value = fields.Char(string="Now", readonly=True)
    reason = fields.Text(required=True, readonly=True)

    @api.model
    def _log(self, appraisal, changes, reason):
        """Keep what has been changed of a result.

        :param appraisal: one ``performance.appraisal``
        :param list[tuple[str, str, str]] changes: what, before, now
        :param str reason: why
        """
        appraisal = appraisal.sudo()
        self.sudo().create(
            [
                {
                    "appraisal_id": appraisal.id,
                    "employee_id": appraisal.employee_id.id,
                    "employee_user_id": appraisal.employee_user_id.id,
                    "manager_user_id": appraisal.manager_user_id.id,
                    "company_id": appraisal.company_id.id,
                    "author_id": self.env.uid,
                    "subject": subject,
                    "old_value": old,
                    "new_value": new,
                    "reason": reason,
                }
                for subject, old, new in changes
            ]
        )
