from odoo import api, fields, models

from ..tools import digest


class PerformanceAgreement(models.Model):
    """Snapshot (快照): the content of a signed version as one text, and its fingerprint."""

    _inherit = "performance.agreement"

    snapshot = fields.Text(readonly=True, copy=False, help="The signed content, as canonical JSON.")
    sha256 = fields.Char(
        string="SHA-256", readonly=True, copy=False, help="Fingerprint of the snapshot."
    )

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | frozenset({"snapshot", "sha256"})

    def _prepare_seal_vals(self):
        """Return the values that seal the content (``dict``)."""
        snapshot = digest.canonical_json(self._prepare_snapshot())
        return {"snapshot": snapshot, "sha256": digest.sha256_hex(snapshot)}

    def _prepare_snapshot(self):
        """Return everything that is signed, as plain values (``dict``)."""
        self.ensure_one()
        # With bin_size a picture would read as its size.
        self = self.with_context(bin_size=False)
        review = self.review_id
        return {
            "version": self.version,
            "cycle": review.cycle_id.name,
            "employee": review.name,
            "reviewer": review.reviewer_id.name,
            "summary": self.summary or "",
            "goals": [
                {
                    "name": goal.name,
                    "parent": goal.parent_id.name or "",
                    "metric": goal.metric or "",
                    "unit": goal.unit or "",
                    "baseline": goal.baseline,
                    "target": goal.target,
                    "direction": goal.direction,
                    "weight": goal.weight,
                    "means": goal.means or "",
                    "deadline": goal.date_deadline,
                }
                for goal in self.goal_ids
            ],
            "commitments": [
                {
                    "kind": line.kind,
                    "name": line.name,
                    "owner": line.owner,
                    "deadline": line.date_deadline,
                }
                for line in self.commitment_ids
            ],
            "employee_stance": self.employee_stance or "",
            "signatures": [
                {
                    "by": "employee",
                    "name": self.employee_signed_name or "",
                    "on": self.employee_signed_on,
                    "image": self._hash_image(self.employee_signature),
                },
                {
                    "by": "reviewer",
                    "name": self.reviewer_signed_name or "",
                    "on": self.reviewer_signed_on,
                    "image": self._hash_image(self.reviewer_signature),
                },
            ],
            "dispute": self.dispute_reason or "",
            "hr_statement": self.hr_statement or "",
        }

    @api.model
    def _hash_image(self, image):
        if not image:
            return ""
        return digest.sha256_hex(image.decode() if isinstance(image, bytes) else image)
