from odoo import fields, models
from odoo.fields import Domain

from .performance_concern import KINDS
from .performance_self_assessment import split_lines


class PerformanceReview(models.Model):
    """What the employee brings along: results, concerns, agenda items, files (P7).

    Reviewer and HR find it in the evidence, once the self-assessment is revealed.
    """

    _inherit = "performance.review"

    concern_ids = fields.One2many("performance.concern", "review_id")
    agenda_item_ids = fields.One2many("performance.agenda.item", "review_id")

    def _get_evidence(self):
        return [*super()._get_evidence(), *self._get_own_sources()]

    def _get_own_sources(self):
        """Return the sources of evidence that the employee wrote, each possibly empty.

        :rtype: list[dict]
        """
        self.ensure_one()
        # One look at each model, and none before the reveal.
        assessment = self.env["performance.self.assessment"].search_fetch(
            [("review_id", "in", self._filter_shown().ids)]
        )
        prepare = self._prepare_evidence_item
        return [
            {
                "code": "result",
                "label": self.env._("Results the employee names"),
                "sequence": 51,
                "items": [prepare(assessment, line) for line in split_lines(assessment.results)],
            },
            *self._get_subject_sources(),
            {
                "code": "file",
                "label": self.env._("Files of the employee"),
                "sequence": 54,
                "items": [
                    {**prepare(file, file.name, note=file.size_text), "url": file.url}
                    for file in assessment.file_ids
                ],
            },
        ]

    def _filter_shown(self):
        """Return the review if its reader may see by now what the employee wrote."""
        return self if self.shows_self_assessment else self.browse()

    def _get_subject_sources(self):
        """Return what the employee wants to talk about: concerns and agenda items.

        :rtype: list[dict]
        """
        self.ensure_one()
        shown = self._filter_shown()
        concerns = self.env["performance.concern"].search_fetch([("review_id", "in", shown.ids)])
        agenda = self.env["performance.agenda.item"].search_fetch([("review_id", "in", shown.ids)])
        kinds = dict(concerns._fields["kind"]._description_selection(self.env))
        prepare = self._prepare_evidence_item
        return [
            {
                "code": "concern",
                "label": self.env._("Concerns about goals"),
                "sequence": 52,
                "items": [
                    prepare(
                        concern,
                        concern._say_goal(),
                        figure=kinds[concern.kind],
                        note=" · ".join(
                            filter(None, [concern.note.strip(), concern.theme_id.name])
                        ),
                    )
                    for concern in concerns
                ],
            },
            {
                "code": "agenda_item",
                "label": self.env._("What the employee wants to talk about"),
                "sequence": 53,
                "items": [prepare(item, item.name) for item in agenda],
            },
        ]

    def _get_concern_goals(self):
        """Return the goals that a concern may be about, as far as the user may read them.

        These are the goals and KPIs of the period's result and those of the last agreement.

        :return: ``performance.goal``, those of the result first
        """
        self.ensure_one()
        card = self.sudo()
        sought = Domain.FALSE
        if card.appraisal_id:
            sought |= Domain("appraisal_id", "=", card.appraisal_id.id)
        if card.previous_review_id:
            sought |= Domain("agreement_id.review_id", "=", card.previous_review_id.id) & Domain(
                "agreement_id.is_in_force", "=", True
            )
        goals = self.env["performance.goal"].search_fetch(sought)
        return goals.filtered("appraisal_id") + goals.filtered("agreement_id")

    def _draw_concerns(self, assessment, goals):
        """Return what a page needs to ask for concerns about goals, with the texts so far.

        :param assessment: the ``performance.self.assessment``, or an empty recordset
        :param goals: ``performance.goal`` to ask about; those with a concern are added
        :return: ``[{"goal", "count", "kinds": [{"key", "label", "text"}]}]``
        :rtype: list[dict]
        """
        concerns = assessment.concern_ids
        labels = dict(concerns._fields["kind"]._description_selection(self.env))
        texts = {(concern.goal_id, concern.kind): concern.note for concern in concerns}
        return [
            {
                "goal": goal,
                "count": sum(1 for about, _kind in texts if about == goal),
                "kinds": [
                    {
                        "key": f"concern:{goal.id}:{kind}",
                        "label": labels[kind],
                        "text": texts.get((goal, kind), ""),
                    }
                    for kind, _label in KINDS
                ],
            }
            for goal in goals | concerns.goal_id
        ]
