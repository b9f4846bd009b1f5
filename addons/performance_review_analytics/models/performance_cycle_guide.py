from odoo import models
from odoo.tools.misc import format_date

from odoo.addons.performance_review.models.performance_review_steps import STEPS
from odoo.addons.performance_review.tools.figures import say_number

AUDIENCES = ("manager", "employee")


class PerformanceCycle(models.Model):
    """The guides to hand out (for managers and for employees), made from the cycle's own settings.

    Printed once for each language people of the company may read, the reader's own first.
    """

    _inherit = "performance.cycle"

    def _get_guide_languages(self):
        """Return the codes of the installed languages, that of the user first."""
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        return sorted(codes, key=lambda code: code != (self.env.lang or self.env.user.lang))

    def _get_guide_name(self, audience):
        """Return the title of a guide, also the name of its file.

        :param str audience: of :data:`AUDIENCES`
        """
        self.ensure_one()
        if audience == "manager":
            return self.env._("Guide for managers: %(cycle)s", cycle=self.name)
        return self.env._("Guide for employees: %(cycle)s", cycle=self.name)

    def _prepare_guide(self, audience):
        """Return what a guide says.

        A report may be asked for by its address, past the menu that HR alone has.

        :param str audience: of :data:`AUDIENCES`
        :raise AccessError: for others than HR, and for a cycle of another company
        :return: ``title``, ``intro``, ``steps`` (``label``, ``until``, and what ``you``, the
            ``other`` side, the managers ``above`` and ``hr`` do), ``others`` (the heading of that
            column), ``rules`` and ``privacy`` (sentences), ``sections`` with their ``questions``
        :rtype: dict
        """
        self.ensure_one()
        reader = self.sudo(False)
        reader._check_officer()
        reader.check_access("read")
        labels = {row["code"]: row["label"] for row in self._get_step_labels()}
        manager, employee = self._say_manager_steps(), self._say_employee_steps()
        above, hr = self._say_steps_above(), self._say_hr_steps()
        is_manager = audience == "manager"
        you, other = (manager, employee) if is_manager else (employee, manager)
        return {
            "title": self._get_guide_name(audience),
            "intro": self.env._(
                "A review is a conversation in four steps. Each step leaves something that the "
                "next one uses, and what you agree on is looked at again."
            ),
            "others": self.env._("The employee") if is_manager else self.env._("Your manager"),
            "steps": [
                {
                    "label": labels[step.code],
                    "until": self._say_guide_deadline(step),
                    "you": you[step.code],
                    "other": other[step.code],
                    "above": above[step.code],
                    "hr": hr[step.code],
                }
                for step in STEPS[:-1]
            ],
            "rules": self._say_manager_rules() if is_manager else self._say_employee_rules(),
            "privacy": self._say_privacy(),
            "sections": self._prepare_guide_questions(audience),
        }

    def _say_guide_deadline(self, step):
        date = self[step.deadline] if step.deadline in self._fields else False
        if date:
            return self.env._("until %(date)s", date=format_date(self.env, date))
        return self._say_rhythm() if step.code == "follow_up" else ""

    def _say_rhythm(self):
        return {
            "monthly": self.env._("every month"),
            "quarterly": self.env._("every quarter"),
            "custom": self.env._("every %(days)s days", days=self.checkpoint_days),
        }[self.checkpoint_rhythm]

    def _say_manager_steps(self):
        company = self.sudo().company_id
        share = {
            "floor": say_number(self.env, company.performance_share_floor),
            "aim": say_number(self.env, company.performance_share_aim),
        }
        return {
            "preparation": self.env._(
                "Writes at least %(count)s strengths, %(count)s gaps and %(count)s supports, each "
                "with a fact, and books the dialogue.",
                count=self.min_points,
            ),
            "dialogue": self.env._(
                "Takes at least %(minutes)s minutes, listens at least %(floor)s %% of the time, "
                "best near %(aim)s %%, and gives feedback as behaviour, effect, suggestion and "
                "thanks.",
                minutes=self.min_duration,
                **share,
            ),
            "agreement": self.env._(
                "Proposes goals that can be measured, one or two behaviours to change and at least "
                "one support of the manager's side; signs."
            ),
            "follow_up": self.env._(
                "Looks at the plan at every checkpoint, keeps the own promises, and says at the "
                "end how each turned out."
            ),
        }

    def _say_employee_steps(self):
        return {
            "preparation": self.env._(
                "Writes the self-assessment, adds subjects and says what is wrong with a goal."
            ),
            "dialogue": self.env._("Opens the dialogue, speaks most of the time, names obstacles."),
            "agreement": self.env._(
                "Reads the proposal and signs with “I agree” or “I acknowledge”, or says what is "
                "wrong with it."
            ),
            "follow_up": self.env._("Notes progress and reads what the manager's side still owes."),
        }

    def _say_steps_above(self):
        return {
            "preparation": self.env._("See how far it is, and nothing that is written."),
            "dialogue": self.env._("Take no part; they see that it took place."),
            "agreement": self.env._("Read it once both have signed."),
            "follow_up": self.env._("Read progress, and hear of what stays overdue."),
        }

    def _say_hr_steps(self):
        return {
            "preparation": self.env._("Imports results and answers questions."),
            "dialogue": self.env._("Takes part only where a rule says so."),
            "agreement": self.env._("Mediates where the two do not agree."),
            "follow_up": self.env._("Sees what is overdue and helps."),
        }

    def _say_manager_rules(self):
        rules = [
            self.env._("A fact says what was seen or measured, when and with what effect."),
            self.env._("A label such as “careless” says nothing that anybody could change."),
            self.env._("What lies ahead deserves at least as much time as what lies behind."),
        ]
        if self.gate_mode == "strict":
            rules.append(self.env._("A step is left once nothing is missing in it."))
        else:
            rules.append(
                self.env._("A step may be left although something is missing; you are told what.")
            )
        return rules

    def _say_employee_rules(self):
        return [
            self.env._("Write what you did, what it led to, and what kept you from more."),
            self.env._("“I acknowledge” is not “I agree”: choose what is true."),
            self.env._("A support that is promised to you has an owner and a date. Ask for it."),
        ]

    def _say_privacy(self):
        promised = self.reveal_deadline or self.preparation_deadline
        lines = [
            self.env._(
                "Neither side reads the other's preparation before both have handed in, or before "
                "the end of %(date)s.",
                date=format_date(self.env, promised),
            )
            if promised
            else self.env._(
                "Neither side reads the other's preparation before both have handed in."
            )
        ]
        return [
            *lines,
            self.env._("The managers above read the step, the dates and a signed agreement."),
            self.env._("Private notes are read by their author alone."),
            self.env._("The questions after the dialogue are anonymous and counted, not stored."),
        ]

    def _prepare_guide_questions(self, audience):
        """Return the questions of the outline that this audience is asked, by section."""
        field_name = "for_dialogue" if audience == "manager" else "for_self_assessment"
        outline = self.sudo().outline_id.with_context(active_test=True)
        questions = outline.question_ids.filtered(field_name)
        labels = dict(questions._fields["section"]._description_selection(self.env))
        return [
            {
                "label": labels[section],
                "questions": [
                    {"name": question.name, "hint": question.hint or ""} for question in asked
                ],
            }
            for section, asked in questions.grouped("section").items()
        ]
