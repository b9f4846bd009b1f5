from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ..tools import arguments

# Kinds of commitments that can be seen or missed, day by day.
BEHAVIOURS = ("keep", "change")
DOT_LIMIT = 30
DOTS = {"seen": "●", "missed": "○"}


class PerformanceCommitment(models.Model):
    """A behaviour (A2): its if-then plan, how it will be seen, and what was seen of it."""

    _inherit = "performance.commitment"

    cue = fields.Char(
        string="If-then plan",
        size=arguments.CHAR_LIMIT,
        help="“When … happens, I …”: the moment that calls for it, and what is done then.",
    )
    seen_as = fields.Char(
        string="Seen as",
        size=arguments.CHAR_LIMIT,
        help="What others will see or hear when it is done.",
    )
    observation_ids = fields.One2many("performance.observation", "commitment_id")
    observation_strip = fields.Char(
        string="Seen",
        compute="_compute_observation_strip",
        help="What both sides observed, the oldest first: ● seen, ○ missed.",
    )

    @api.model
    def _get_content_fields(self):
        return super()._get_content_fields() | {"cue", "seen_as"}

    def _prepare_content(self):
        return {**super()._prepare_content(), "seen_as": self.seen_as or ""}

    @api.depends_context("uid")
    @api.depends("observation_ids.result", "observation_ids.date", "origin_id")
    def _compute_observation_strip(self):
        dots = self._collect_dots()
        for line in self:
            line.observation_strip = "".join(DOTS[dot["result"]] for dot in dots[line])

    def _collect_dots(self):
        """Return what was observed of each behaviour, in earlier versions of it too.

        :return: line → the newest observations, the oldest day first: ``id``, ``result``,
            ``text`` (what, when and by whom, in words) and ``note``
        :rtype: dict
        """
        behaviours = self.filtered(lambda line: line.kind in BEHAVIOURS)
        carried_by = behaviours._get_versions()
        Observation = self.env["performance.observation"]
        found = {line.id: [] for line in self}
        records = Observation
        if carried_by:
            records = Observation.search_fetch(
                [("commitment_id", "in", list(carried_by))],
                ["commitment_id", "date", "result", "note", "author_id"],
            )
        results = dict(Observation._fields["result"]._description_selection(self.env))
        # The names of both sides belong to the review.
        names = {author.id: author.name for author in records.sudo().author_id}
        for record in records:
            text = self.env._(
                "%(result)s on %(date)s, noted by %(author)s",
                result=results[record.result],
                date=format_date(self.env, record.date),
                author=names[record.author_id.id],
            )
            dot = {
                "id": record.id,
                "result": record.result,
                "text": text,
                "note": record.note or "",
            }
            for line_id in carried_by[record.commitment_id.id]:
                found[line_id].append(dot)
        return {line: found[line.id][-DOT_LIMIT:] for line in self}

    def action_observe(self, result, date=None, note=None):
        """Note that behaviours were seen or missed; either side does.

        :param str result: ``"seen"`` or ``"missed"``
        :param date: when, by default today
        :param str note: what happened
        :raise UserError: for another word, a day to come, something that is no behaviour, or
            outside the follow-up
        :raise AccessError: for anybody but employee and reviewer
        :return: ``True``
        """
        self.check_access("read")
        Observation = self.env["performance.observation"]
        result = arguments.read_choice(
            self.env,
            result,
            Observation._get_field_label("result"),
            Observation._fields["result"]._description_selection(self.env),
        )
        day = arguments.read_date(self.env, date, Observation._get_field_label("date"))
        note = arguments.read_text(
            self.env, note, Observation._get_field_label("note"), arguments.CHAR_LIMIT
        )
        Observation.create(
            [
                {
                    "commitment_id": line.id,
                    "result": result,
                    "date": day or fields.Date.context_today(self),
                    "note": note,
                }
                for line in self
            ]
        )
        return True

    def action_observe_seen(self):
        """Note that it was seen today."""
        return self.action_observe("seen")

    def action_observe_missed(self):
        """Note that it was missed today."""
        return self.action_observe("missed")

    def action_open_observations(self):
        """Open what was observed of a behaviour (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        self.check_access("read")
        if self.kind not in BEHAVIOURS:
            raise UserError(
                self.env._("“%(name)s” is no behaviour: nothing is observed of it.", name=self.name)
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Observations"),
            "res_model": "performance.observation",
            "view_mode": "list",
            "views": [(False, "list")],
            "domain": [("commitment_id", "in", list(self._get_versions()))],
            "context": {"default_commitment_id": self.id},
            "target": "new",
        }


class PerformanceAgreement(models.Model):
    """The if-then plans are read once more by whoever promises them."""

    _inherit = "performance.agreement"

    def _get_cues(self):
        """Return the if-then plans of this version.

        :rtype: list[str]
        """
        self.ensure_one()
        return [line.cue for line in self.commitment_ids if line.cue]

    def _check_cues_read(self, cues_read):
        """Refuse the employee's signature below if-then plans that were not read once more.

        :param bool cues_read: whether the employee has ticked them
        :raise UserError: when they are not
        """
        self.ensure_one()
        if self.is_employee and cues_read is not True and self._get_cues():
            raise UserError(
                self.env._("Read your if-then plans once more and tick that you have, then sign.")
            )
