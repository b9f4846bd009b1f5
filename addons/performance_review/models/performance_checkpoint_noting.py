from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ..tools import arguments
from ..tools.figures import say_figure, say_number
from .performance_commitment_behaviour import BEHAVIOURS

SUBJECTS = {"goal": "performance.goal", "commitment": "performance.commitment"}
LINE_LIMIT = 500


class PerformanceCheckpoint(models.Model):
    """A checkpoint noted in two minutes (F2): all goals, behaviours and supports on one screen.

    Either side notes; the reviewer says that it took place.
    """

    _inherit = "performance.checkpoint"

    def action_open_noting(self):
        """Open the screen that goes through the plan (an ``ir.actions.client`` dict).

        :raise AccessError: for anybody but employee and reviewer
        :raise UserError: when the checkpoint is over
        """
        self.ensure_one()
        self._check_can_note()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "performance_review.performance_checkpoint_action_noting"
        )
        return {**action, "name": self.display_name, "params": {"checkpoint_id": self.id}}

    def _check_can_note(self):
        self.check_access("read")
        if not (self.is_reviewer or self.is_employee):
            raise AccessError(self.env._("Only the two people of a review note its progress."))
        checkpoint = self.sudo()
        if checkpoint.state != "planned" or checkpoint.review_id.state != "follow_up":
            raise UserError(
                self.env._("This checkpoint is not planned any more: choose another one.")
            )

    # ------------------------------------------------------------------
    # What is shown
    # ------------------------------------------------------------------

    @api.readonly
    def get_noting(self):
        """Return what the screen shows.

        :return: ``id``, ``title``, ``note``, ``is_reviewer``; ``groups`` (``label`` and
            ``lines``, see :meth:`_prepare_noting`), ``incidents``, the latest ones, and ``next``,
            the reviewer's next checkpoint that is due (``id`` and ``text``), or ``False``
        :raise AccessError: for anybody but employee and reviewer
        :raise UserError: when the checkpoint is over
        :rtype: dict
        """
        self.ensure_one()
        self._check_can_note()
        following = self._get_next_due() if self.is_reviewer else self.browse()
        return {
            "id": self.id,
            "title": self.display_name,
            "note": self.note or "",
            "is_reviewer": self.is_reviewer,
            "groups": self.review_id._prepare_noting(),
            "incidents": self.review_id._prepare_latest_incidents(),
            "next": bool(following)
            and {
                "id": following.id,
                "text": self.env._(
                    "%(employee)s, %(date)s",
                    employee=following.sudo().review_id.name,
                    date=format_date(self.env, following.date),
                ),
            },
        }

    def _get_next_due(self):
        """Return the user's next checkpoint of somebody else that is due, the oldest first."""
        return self.search(
            [
                ("review_id.reviewer_user_id", "=", self.env.uid),
                ("review_id.state", "=", "follow_up"),
                ("review_id", "!=", self.review_id.id),
                ("state", "=", "planned"),
                ("date", "<=", fields.Date.context_today(self)),
            ],
            order="date, id",
            limit=1,
        )

    # ------------------------------------------------------------------
    # What is noted
    # ------------------------------------------------------------------

    def action_note(self, lines, note=None, is_over=False):
        """Record what was looked at on this checkpoint, all of it or nothing.

        :param list[dict] lines: of each ``subject`` (``"goal-<id>"`` or ``"commitment-<id>"``)
            and, as far as there is something to say, ``figure`` (in the unit of the goal, or
            percent), ``note``, ``is_done`` (a commitment is kept by now: 100 %) and ``observed``
            (``"seen"`` or ``"missed"``, of a behaviour); a line without any is left out
        :param str note: of the checkpoint itself, the reviewer's; left out it stays
        :param bool is_over: the checkpoint took place, which the reviewer says
        :raise AccessError: for anybody but employee and reviewer, and for an employee who says
            that it took place
        :raise UserError: when the checkpoint is over, and for what cannot be recorded
        :return: ``True``
        """
        self.ensure_one()
        self._check_can_note()
        if not isinstance(lines, list | tuple) or len(lines) > LINE_LIMIT:
            raise UserError(self.env._("This is no list of changes."))
        entries, observed = [], []
        for line in lines:
            subject, values = self._read_line(line)
            if values["observed"]:
                observed.append((subject, values["observed"], values["note"]))
            # A word about what was seen stands with it.
            if "figure" in values or (values["note"] and not values["observed"]):
                entries.append(self._prepare_entry(subject, values))
        self.env["performance.progress"].create(entries)
        for subject, result, word in observed:
            subject.action_observe(result, note=word)
        if note is not None and self.is_reviewer:
            self.note = arguments.read_text(self.env, note, self._get_field_label("note"))
        if is_over is True:
            self.action_done()
        return True

    def _read_line(self, line):
        """Return what a line is about and what it says.

        :raise UserError: for anything that is no such line
        """
        label = self.env._("The line")
        line = arguments.read_mapping(self.env, line, label)
        key = arguments.read_text(self.env, line.get("subject"), label, arguments.CODE_LIMIT)
        kind, _separator, record_id = key.partition("-")
        if kind not in SUBJECTS:
            raise UserError(
                self.env._("Choose a goal or a commitment of your plan to record progress on.")
            )
        subject = self.env[SUBJECTS[kind]].search(
            [
                ("id", "=", arguments.read_id(self.env, record_id, label)),
                ("agreement_id.review_id", "=", self.review_id.id),
            ]
        )
        if not subject:
            raise UserError(
                self.env._("Choose a goal or a commitment of your plan to record progress on.")
            )
        Progress = self.env["performance.progress"]
        values = {
            "note": arguments.read_text(
                self.env, line.get("note"), Progress._get_field_label("note")
            ).strip(),
            "observed": line.get("observed") or False,
        }
        if line.get("is_done") is True and kind == "commitment":
            values["figure"] = 100.0
        elif (figure := line.get("figure")) is not None and figure is not False and figure != "":
            values["figure"] = arguments.read_number(
                self.env, figure, Progress._get_field_label("value")
            )
        return subject, values

    def _prepare_entry(self, subject, values):
        is_goal = subject._name == SUBJECTS["goal"]
        entry = {
            "checkpoint_id": self.id,
            "goal_id" if is_goal else "commitment_id": subject.id,
            "note": values["note"],
        }
        if "figure" in values:
            if not is_goal and not 0 <= values["figure"] <= 100:
                raise UserError(self.env._("Progress lies between 0 and 100%."))
            entry["value" if is_goal else "percent"] = values["figure"]
        return entry


class PerformanceReview(models.Model):
    """The plan as it is gone through on a checkpoint."""

    _inherit = "performance.review"

    def _prepare_noting(self):
        """Return goals, behaviours and supports of both sides as they are gone through.

        :return: groups of ``label`` and ``lines``; of each line ``key``, ``name``, ``unit``,
            ``figure_text`` (where it stands), ``hint`` (until when, by whom), ``is_overdue``; of
            a goal ``path`` (:meth:`_prepare_paths`) and ``talk``
            (:meth:`_prepare_target_talk`), of a behaviour ``cue``,
            ``seen_as``, ``asks_cue`` (nothing was observed yet) and ``dots``
        :rtype: list[dict]
        """
        self.ensure_one()
        # What is settled is not asked for any more.
        lines = self.plan_commitment_ids.filtered(lambda line: line.outcome == "open")
        dots = lines._collect_dots()
        owners = dict(lines._fields["owner"]._description_selection(self.env))

        def draw(line):
            # The names of both sides belong to the agreement.
            owner = line.sudo().owner_user_id.name or owners[line.owner]
            is_behaviour = line.kind in BEHAVIOURS
            return {
                "key": f"commitment-{line.id}",
                "name": line.name,
                "unit": "%",
                "figure_text": say_figure(self.env, round(line.percent), "%"),
                "hint": " · ".join(
                    filter(None, [not is_behaviour and owner, line._get_due_text()])
                ),
                "is_overdue": line.is_overdue,
                "is_behaviour": is_behaviour,
                "cue": line.cue or "",
                "seen_as": line.seen_as or "",
                "asks_cue": bool(line.cue) and not dots[line],
                "dots": dots[line],
                "path": False,
                "talk": False,
            }

        groups = [
            (self.env._("Goals"), self._draw_noting_goals()),
            (
                self.env._("Behaviours"),
                [draw(line) for line in lines if line.kind in BEHAVIOURS],
            ),
            (
                self.env._("What %(employee)s owes", employee=self.name),
                [
                    draw(line)
                    for line in lines
                    if line.kind not in BEHAVIOURS and not line._is_manager_side()
                ],
            ),
            (
                self.env._("What the manager's side owes"),
                [draw(line) for line in lines if line._is_manager_side()],
            ),
        ]
        return [
            {"label": label, "lines": sorted(found, key=lambda line: not line["is_overdue"])}
            for label, found in groups
            if found
        ]

    def _draw_noting_goals(self):
        goals = self.plan_goal_ids
        paths = goals._prepare_paths()
        talks = goals._prepare_target_talk()
        return [
            {
                "key": f"goal-{goal.id}",
                "name": goal.name,
                "unit": goal.unit or "",
                "figure_text": say_number(self.env, goal.actual),
                "hint": goal._say_way(),
                "is_overdue": paths[goal]["is_overdue"],
                "is_behaviour": False,
                "cue": "",
                "seen_as": "",
                "asks_cue": False,
                "dots": [],
                "path": paths[goal],
                "talk": talks[goal],
            }
            for goal in goals
        ]
