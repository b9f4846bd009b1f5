from odoo import fields, models

# From how many days before a deadline on HR looks after who has not passed its step.
DAYS_BEFORE = 7


class PerformanceCycle(models.Model):
    """The one thing HR does next in a cycle, above everything else of the cockpit (X6).

    It asks nothing of its own: it is read off what the cockpit shows anyway.
    """

    _inherit = "performance.cycle"

    def _prepare_next_step(self, data):
        """Return what HR does next, the most urgent first.

        :param dict data: what the cockpit shows
        :return: ``text`` and, unless there is nothing to do, ``label`` of the button with either
            ``method`` and ``options``, a verb of the cycle (of ``cycle_id``, where that is
            another one), or ``signal_id`` to open; ``False`` while it is being launched
        :rtype: dict | bool
        """
        self.ensure_one()
        if self.state == "closed":
            return self._prepare_step_after_close()
        if self.state == "launching":
            # How far that is stands on the screen.
            return False
        for step in (
            self._find_step_of_nobody,
            self._find_step_of_hr,
            self._find_step_of_late_people,
            self._find_step_of_signals,
            self._find_step_of_joiners,
            self._find_step_of_deadline,
            self._find_step_of_end,
        ):
            if found := step(data):
                return found
        return {"text": self._say_nothing_due(data)}

    def _prepare_step_after_close(self):
        """After a cycle comes the next one, which may have been begun already."""
        following = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("outline_id", "=", self.outline_id.id),
                ("date_end", ">", self.date_end),
            ],
            order="date_end, id",
            limit=1,
        )
        text = self.env._("This cycle is closed.")
        if not following:
            label = self.env._("Prepare the next one")
            return {"text": text, "label": label, "method": "action_copy_next", "options": {}}
        return {
            "text": text,
            "label": self.env._("Open “%(cycle)s”", cycle=following.name),
            "method": "action_open_setup" if following.state == "draft" else "action_open_cockpit",
            "options": {},
            "cycle_id": following.id,
        }

    def _find_step_of_nobody(self, data):
        """Without a single review there is nothing to look at but who was left out."""
        if data["departments"]:
            return None
        return {
            "text": self.env._("Nobody takes part yet."),
            "label": self.env._("Who it is"),
            "method": "action_open_launch",
            "options": {},
        }

    def _find_step_of_hr(self, data):
        """What waits for HR herself: disputes, people to replace, talks she joins by rule."""
        rows = [row for row in data["readiness"] if row["role"] == "hr" and row["count"]]
        if not rows:
            return None
        row = rows[0]
        return {
            "text": self.env._(
                "Waits for HR: %(what)s × %(count)s", what=row["label"], count=row["count"]
            ),
            "label": self.env._("Look after it"),
            "method": "action_open_cockpit_reviews",
            "options": {"readiness": row["code"]},
        }

    def _find_step_of_late_people(self, data):
        """Whoever lets others wait past a date; the first of them by name."""
        for role, side in data["waiting"].items():
            late = [row for row in side["rows"] if row["is_overdue"]]
            if not late:
                continue
            first = late[0]
            if len(late) == 1:
                return {
                    "text": self.env._(
                        "%(name)s is late since %(date)s: %(what)s",
                        name=first["name"],
                        date=first["date"],
                        what=first["text"],
                    ),
                    "label": self.env._("Remind %(name)s", name=first["name"]),
                    "method": "action_remind_waited_for",
                    "options": {"role": role, "person_id": first["id"]},
                }
            return {
                "text": self.env._(
                    "%(name)s and others are late, the first since %(date)s.",
                    name=first["name"],
                    date=first["date"],
                ),
                "label": self.env._("Show them"),
                "method": "action_open_cockpit_reviews",
                "options": {"role": role},
            }
        return None

    def _find_step_of_signals(self, data):
        """What many people report and nobody has answered; overdue ones first."""
        signals = sorted(data["signals"], key=lambda signal: not signal["is_overdue"])
        if not signals:
            return None
        return {
            "text": self.env._(
                "Many people wait for an answer: %(signal)s", signal=signals[0]["name"]
            ),
            "label": self.env._("Decide and answer"),
            "signal_id": signals[0]["id"],
        }

    def _find_step_of_joiners(self, data):
        # Of a large cycle they are counted later, and have a button of their own.
        count = data.get("left_out", {}).get("to_add")
        if not count:
            return None
        return {
            "text": self.env._("Could take part as well: %(count)s", count=count),
            "label": self.env._("Add late joiners"),
            "method": "action_open_launch",
            "options": {},
        }

    def _find_step_of_deadline(self, data):
        """Who has not passed a step whose deadline is near."""
        for row in data["deadlines"]:
            if row["open"] and 0 <= row["days"] <= DAYS_BEFORE:
                return {
                    "text": self.env._(
                        "%(deadline)s, %(when)s: %(count)s have not passed this step.",
                        deadline=row["label"],
                        when=row["text"],
                        count=row["open"],
                    ),
                    "label": self.env._("Show them"),
                    "method": "action_open_cockpit_reviews",
                    "options": {"deadline": row["code"]},
                }
        return None

    def _find_step_of_end(self, data):
        """All reviews are done: the cycle can be closed."""
        steps = {code for row in data["departments"] for code in row["cells"]}
        if steps - {"done"}:
            return None
        return {
            "text": self.env._("All reviews of this cycle are done."),
            "label": self.env._("Close the cycle"),
            "method": "action_open_close_wizard",
            "options": {},
        }

    def _say_nothing_due(self, data):
        today = fields.Date.context_today(self)
        for row in data["deadlines"]:
            if row["open"] and self[row["code"]] >= today:
                return self.env._(
                    "Nothing is due from HR today. Next: %(deadline)s, %(when)s.",
                    deadline=row["label"],
                    when=row["text"],
                )
        return self.env._("Nothing is due from HR today.")
