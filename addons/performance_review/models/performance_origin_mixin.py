from odoo import api, fields, models

from ..tools.figures import say_figure


class PerformanceOriginMixin(models.AbstractModel):
    """Where does this line come from: what was prepared, talked about or promised before?

    Only the server writes the links: a model that inherits this names :meth:`_get_origin_fields`
    among its server's fields. Each is shown to whoever may read what it points to.
    """

    _name = "performance.origin.mixin"
    _description = "Where a line of an agreement comes from"

    origin_point_id = fields.Many2one(
        "performance.point",
        string="Prepared as",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    origin_feedback_id = fields.Many2one(
        "performance.feedback",
        string="Said as feedback",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    origin_dialogue_id = fields.Many2one(
        "performance.dialogue",
        string="Said in the dialogue",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    origin_commitment_id = fields.Many2one(
        "performance.commitment",
        string="Taken along from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The same commitment in the agreement of an earlier review.",
    )
    origin_text = fields.Char(
        string="Comes from",
        compute="_compute_origin_text",
        help="What it goes back to, as far as its reader may read it.",
    )

    @api.model
    def _get_origin_fields(self):
        """Return the names of the links to where a line comes from, the nearest first; a hook.

        :rtype: tuple[str, ...]
        """
        return (
            "origin_point_id",
            "origin_feedback_id",
            "origin_dialogue_id",
            "origin_commitment_id",
        )

    def _prepare_origin_vals(self):
        """Return the links of this line, for another one that comes from the same (``dict``)."""
        self.ensure_one()
        return {name: self[name].id for name in self._get_origin_fields()}

    @api.depends_context("uid", "lang")
    @api.depends(lambda self: list(self._get_origin_fields()))
    def _compute_origin_text(self):
        texts = {}
        for name in self._get_origin_fields():
            origins = self[name]._filtered_access("read")
            texts[name] = {origin.id: self._say_origin(name, origin) for origin in origins}
        for line in self:
            said = [texts[name].get(line[name].id) for name in self._get_origin_fields()]
            line.origin_text = " · ".join(filter(None, said))

    @api.model
    def _say_origin(self, name, origin):
        """Return what a line goes back to in a few words; a hook.

        :param str name: of the link
        :param origin: the record it points to, which the user may read
        :rtype: str
        """
        if name == "origin_point_id":
            kinds = dict(origin._fields["kind"]._description_selection(self.env))
            kind = kinds[origin.kind]
            if not origin.repeat_count:
                return kind
            return self.env._("%(kind)s, repeated ×%(count)s", kind=kind, count=origin.repeat_count)
        if name == "origin_feedback_id":
            return self.env._("Feedback: %(behaviour)s", behaviour=origin.behaviour)
        if name == "origin_dialogue_id":
            return self.env._("Needed most, as you said in the dialogue")
        if name == "origin_goal_id":
            reached = say_figure(self.env, round(origin.achievement, 1), "%")
            if origin.agreement_id:
                return self.env._("Goal of last time, %(reached)s reached", reached=reached)
            return self.env._("KPI of the period, %(reached)s reached", reached=reached)
        # The cycle's name belongs to the card, which whoever reads the commitment reads.
        cycle = origin.sudo().review_id.cycle_id.name or ""
        return self.env._("Taken along from %(cycle)s", cycle=cycle)
