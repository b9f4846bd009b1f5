from odoo import api, models
from odoo.exceptions import AccessError, UserError


class PerformanceReviewPartMixin(models.AbstractModel):
    """Guard shared by every record that hangs on a review.

    Three questions are answered here and nowhere else: which fields only the
    server writes, which links are set once, and in which steps of the review
    its parts may still change. Verbs (``action_x`` → ``_mark_x``) work with
    ``sudo()`` after their own guard and therefore pass.
    """

    _name = "performance.review.part.mixin"
    _description = "Part of a performance review"

    @api.model
    def _get_server_fields(self):
        """Return the names of fields that only verbs write.

        :rtype: frozenset[str]
        """
        return frozenset()

    @api.model
    def _get_parent_fields(self):
        """Return the names of links that are chosen at creation and then stay.

        Record rules look along these links; moving a record to another parent
        would carry it into another audience.

        :rtype: frozenset[str]
        """
        return frozenset()

    @api.model
    def _get_open_states(self):
        """Return the review steps in which people may change this part.

        :return: step codes, or ``None`` when the step does not matter
        :rtype: frozenset[str] | None
        """
        return None

    def _get_guarded_review(self):
        """Return the reviews these records belong to (``performance.review``)."""
        return self.env["performance.review"]

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        for vals in vals_list:
            self._check_server_fields(vals)
        records = super().create(vals_list)
        records._check_open_state()
        return records

    def write(self, vals):
        if not self.env.su:
            self._check_server_fields(vals)
            self._check_parent_fields(vals)
            self._check_open_state()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed_step(self):
        if not self.env.su:
            self._check_open_state()

    @api.model
    def _check_server_fields(self, vals):
        """Refuse values for fields that only the server writes.

        :param dict vals: values of a ``create`` or ``write``
        :raise AccessError: naming the refused fields by their labels
        """
        refused = sorted(self._get_server_fields() & vals.keys())
        if refused:
            labels = self.fields_get(refused, ["string"])
            raise AccessError(
                self.env._(
                    "%(fields)s cannot be typed in: use the buttons of the review instead.",
                    fields=", ".join(
                        labels[name]["string"] if name in labels else name for name in refused
                    ),
                )
            )

    def _check_parent_fields(self, vals):
        for name in self._get_parent_fields() & vals.keys():
            if any(record[name].id != (vals[name] or False) for record in self):
                raise AccessError(
                    self.env._(
                        "%(field)s is chosen once and cannot be changed afterwards.",
                        field=self._fields[name].get_description(self.env, ["string"])["string"],
                    )
                )

    def _check_links(self, names, employee):
        """Refuse links to records of other people or that the writer cannot read.

        A link shows the name of what it points to, so it would read for its author.

        :param list[str] names: many2one fields whose comodel has an ``employee_id``
        :param employee: the ``hr.employee`` this record is about
        :raise AccessError: for a target the user cannot read
        :raise UserError: for a target of somebody else
        """
        for name in names:
            target = self[name]
            if not target:
                continue
            target.check_access("read")
            if target.sudo().employee_id != employee.sudo():
                raise UserError(
                    self.env._(
                        "%(field)s belongs to somebody else: choose one of %(employee)s.",
                        field=self._fields[name].get_description(self.env, ["string"])["string"],
                        employee=employee.sudo().name,
                    )
                )

    def _check_open_state(self):
        states = self._get_open_states()
        if states is None:
            return
        for review in self.sudo()._get_guarded_review():
            if review.state not in states:
                raise UserError(
                    self.env._(
                        "This can no longer be changed: the review of %(employee)s is in the "
                        "step “%(step)s”.",
                        employee=review.name,
                        step=review._get_state_label(),
                    )
                )
