from collections import defaultdict

from odoo import api, models
from odoo.fields import Command, Domain
from odoo.tools import format_date

from .performance_reminder_run import Told
from .performance_review_reminders import Due, Reminder

# What has waited for a mail is said as the next step, but for what is news.
SAY_WAITING = {"answered": "_say_answer_reminders"}
LINES = 20  # of a mail; of more it says how many
# Where a role finds a review: the portal for employees, whether or not they have a licence.
SCREENS = {
    "reviewer": "performance_review.performance_review_action",
    "upper": "performance_review.performance_review_action_line",
    "officer": "performance_review.performance_review_action_all",
}


class PerformanceReminder(models.Model):
    """What stands in a mail of reminders: whose review, what to do, until when, where."""

    _inherit = "performance.reminder"

    @api.model
    def _remind_batch(self, told):
        """Queue the mails of some people and remember what stands in them.

        :param dict told: user's id → :class:`Reader`, see :meth:`_find_told`
        :return: the created reminders
        """
        Reminders = self.sudo()
        # Another server may have been here since.
        told = self._drop_remembered(self._drop_reminded(told))
        waiting = self._find_waiting(told)
        parts = self._say_all(told)
        users = self.env["res.users"].sudo().browse(told)
        vals_list = [
            {
                "user_id": user.id,
                "company_id": user.company_id.id,
                "date": told[user.id].day,
                "thing_total": sum(part["count"] for part in parts[user.id]),
                "about_user_id": self._find_only_one(user, parts[user.id]),
                **({} if user.email else self._prepare_no_address(user)),
            }
            for user in users
            if parts[user.id]
        ]
        reminders = Reminders.create(vals_list)
        self.env["mail.mail"].sudo().create(
            [
                reminder._prepare_mail(parts[reminder.user_id.id])
                for reminder in reminders
                if reminder.state == "outgoing"
            ]
        )
        lines = {}
        for reminder in reminders:
            for part in parts[reminder.user_id.id]:
                for each in part["told"]:
                    if line := waiting.pop(each, None):
                        line.reminder_id = reminder
                    else:
                        # Once, though somebody may have two roles in a review.
                        key = self._get_key(reminder.user_id.id, each)
                        lines[key] = self._prepare_line(reminder, each)
        Line = self.env["performance.reminder.line"].sudo()
        Line.create(list(lines.values()))
        # What nobody has to do any more is not waited with.
        Line.union(*waiting.values()).unlink()
        return reminders

    @api.model
    def _find_only_one(self, user, parts):
        """Return the id of whom a mail is about, where that is one person and not its reader."""
        ids = {each.item.review_id for part in parts for each in part["told"]}
        reviews = self.env["performance.review"].sudo().browse(ids - {False})
        people = reviews.employee_user_id
        return len(people) == 1 and False not in ids and people != user and people.id

    @api.model
    def _prepare_line(self, reminder, told):
        user_id, model, res_id, code, date, rung = self._get_key(reminder.user_id.id, told)
        return {
            "reminder_id": reminder.id,
            "user_id": user_id,
            "review_id": told.item.review_id,
            "code": code,
            "model": model,
            "res_id": res_id,
            "date": date,
            "rung": rung,
        }

    @api.model
    def _prepare_no_address(self, user):
        in_lang = self.with_context(lang=user.company_id.partner_id.lang)
        return {
            "state": "failed",
            "failure": in_lang.env._("There is no e-mail address."),
        }

    @api.model
    def _find_waiting(self, told):
        """Return the lines that have waited for these mails, as things to tell.

        :return: :class:`Told` → the line; those who need not be told are among them
        :rtype: dict
        """
        lines = (
            self.env["performance.reminder.line"]
            .sudo()
            .search(self._get_waiting_domain() & Domain("user_id", "in", list(told)))
        )
        waiting = {}
        for line in lines:
            review = line.review_id
            role = "employee" if line.user_id == review.employee_user_id else "reviewer"
            is_news = line.code in SAY_WAITING
            item = Reminder(
                code=line.code,
                model=line._name,
                res_id=line.id,
                review_id=review.id,
                date=(not is_news and review.step_deadline) or None,
                since=line.date,
                people=(),
                say=SAY_WAITING.get(line.code, "_say_step_reminders"),
            )
            each = Told(item, role, line.rung)
            waiting[each] = line
            # Whoever has handed the review over meanwhile is told nothing of it any more.
            is_side = line.user_id in (review.employee_user_id | review.reviewer_user_id)
            if is_side and (review.state != "done" or is_news):
                told[line.user_id.id].things.append(each)
        return waiting

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    @api.model
    def _say_all(self, told):
        """Put everything into words, for all readers of a language and zone at once.

        :param dict told: as for :meth:`_remind_batch`
        :return: user's id → parts of the mail: ``title``, ``text``, ``when``, ``url``,
            ``is_overdue``, ``count`` of things, the ``told`` behind it; of what has begun see
            :meth:`_prepare_start`
        :rtype: dict
        """
        readers = (
            self.env["res.users"]
            .sudo()
            .browse(told)
            .grouped(lambda user: (user.lang, told[user.id].zone))
        )
        parts = defaultdict(list)
        for (lang, zone), users in readers.items():
            # Times and dates as these readers say them; rights are nobody's in particular.
            Review = self.env["performance.review"].with_user(users[0]).sudo()
            Review = Review.with_context(
                lang=lang, tz=zone, allowed_company_ids=users.company_id.ids
            )
            groups = defaultdict(lambda: defaultdict(list))
            starts = defaultdict(list)
            for user in users:
                day = told[user.id].day
                for each in told[user.id].things:
                    item = each.item
                    if item.code == "launch":
                        cycle = Review.browse(item.review_id).cycle_id
                        starts[user.id, each.role, cycle].append(each)
                        continue
                    key = (user.id, item.code, item.review_id, item.date, day, item.cycle_id)
                    groups[each.role, item.say][key].append(each)
            for (user_id, role, _cycle), mine in starts.items():
                reviews = Review.browse(each.item.review_id for each in mine)
                if start := self._prepare_start(reviews, role, mine):
                    parts[user_id].append(start)
            for (role, say), by_key in groups.items():
                dues = [
                    Due(code, review_id, date, len(mine), day, cycle_id)
                    for (_user, code, review_id, date, day, cycle_id), mine in by_key.items()
                ]
                review_ids = list({due.review_id for due in dues})
                sentences = getattr(Review, say)(role, dues)
                for (user_id, *_key), due, said, mine in zip(
                    by_key, dues, sentences, by_key.values(), strict=True
                ):
                    if said:
                        review = Review.browse(due.review_id).with_prefetch(review_ids)
                        parts[user_id].append(self._prepare_part(review, role, due, said, mine))
        for mine in parts.values():
            mine.sort(key=lambda part: (not part["is_overdue"], part["date"], part["title"]))
        return parts

    @api.model
    def _prepare_part(self, review, role, due, said, mine):
        when = ""
        if due.date:
            day = format_date(review.env, due.date)
            when = (
                review.env._("overdue since %(date)s", date=day)
                if due.is_overdue
                else review.env._("until %(date)s", date=day)
            )
        cycle = review.cycle_id or review.cycle_id.browse(due.cycle_id)
        of_cycle = role == "employee" or not due.review_id
        return {
            "title": cycle.name if of_cycle else f"{review.name} · {cycle.name}",
            "text": said["text"],
            "when": when,
            "date": str(due.date or ""),
            "url": f"{self.get_base_url()}{said['url']}"
            if "url" in said
            else self._get_part_url(role, due.review_id, said.get("anchor")),
            "is_overdue": due.is_overdue,
            "count": len(mine),
            "told": mine,
            "sender": cycle.user_id,
        }

    @api.model
    def _get_part_url(self, role, review_id, anchor):
        base = self.get_base_url()
        if role != "employee":
            return f"{base}/odoo/action-{SCREENS[role]}/{review_id}"
        place = {None: "", False: "", "self_assessment": "?open=self_assessment"}
        return f"{base}/my/reviews/{review_id}{place.get(anchor, f'#{anchor}')}"

    def _prepare_mail(self, parts):
        """Return the values of the mail (``dict``), in the language of its reader."""
        self.ensure_one()
        user = self.user_id
        env = self.with_context(lang=user.lang).env
        starts = [part for part in parts if "template" in part]
        # The same sentence twice, once asked for and once by its date, is said once.
        lines = {}
        for part in parts:
            if "template" not in part:
                lines.setdefault((part["title"], part["text"]), part)
        lines = list(lines.values())
        count = len(starts) + len(lines)
        senders = {part["sender"] for part in parts}
        sender = senders.pop() if len(senders) == 1 else user.browse()
        body = env["ir.qweb"]._render(
            "performance_review.mail_reminder",
            {
                "user": user,
                "starts": starts,
                "lines": lines[:LINES],
                "more": len(lines) > LINES
                and env._("%(count)s more things in your reviews", count=len(lines) - LINES),
                "url": f"{self.get_base_url()}{'/my/reviews' if user.share else '/odoo'}",
            },
            minimal_qcontext=True,
        )
        return {
            "subject": starts[0]["subject"]
            if starts and count == 1
            else env._("Performance reviews: one thing to look at")
            if count == 1
            else env._("Performance reviews: %(count)s things to look at", count=count),
            "body_html": body,
            "email_from": sender.email_formatted or self.company_id.email_formatted,
            "recipient_ids": [Command.link(user.partner_id.id)],
            "auto_delete": True,
            "performance_reminder_id": self.id,
        }
