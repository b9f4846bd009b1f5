from odoo import api, models

from ..tools import labels

# More than a point holds of either; what is asked while somebody types is cut to it.
LONGEST_TEXT = 5000


class PerformancePoint(models.Model):
    """The wording of a point: which words label a person, and what to ask instead (P3)."""

    _inherit = "performance.point"

    @api.readonly
    @api.model
    def get_wording_hint(self, name="", fact="", kind="gap"):
        """Say, while a point is typed, which words label a person; nothing is refused for it.

        :param str name: of the point, as far as it is typed
        :param str fact: of the point
        :param str kind: of the point
        :return: ``words``, as they stand in the text; ``message``, one sentence or ``False``;
            ``question``, whose answer is a fact, or ``""``
        :raise AccessError: for whoever writes no points
        :rtype: dict
        """
        self.browse().check_access("create")
        name, fact = (text[:LONGEST_TEXT] if isinstance(text, str) else "" for text in (name, fact))
        hint = self._get_wording(name, fact)
        return {**hint, "question": self._get_fact_question(kind) if hint["words"] else ""}

    @api.model
    def _get_wording(self, name, fact):
        """Return ``words`` and ``message`` of :meth:`get_wording_hint`."""
        extra = self.env["performance.label.word"]._get_words()
        found = labels.find_labels(f"{name or ''}\n{fact or ''}", extra)
        words = "”, “".join(found)
        message = False
        if (fact or "").strip() and labels.is_only_label(fact, extra):
            message = self.env._(
                "“%(words)s” labels a person and is no fact yet: say what happened.", words=words
            )
        elif found:
            message = self.env._(
                "“%(words)s” labels a person: say what happened instead.", words=words
            )
        return {"words": found, "message": message}

    @api.model
    def _get_fact_question(self, kind):
        """Return the question that turns a label into a fact, by kind of point."""
        if kind == "strength":
            return self.env._("What did you see or hear, when, and what did it lead to?")
        if kind == "support":
            return self.env._("What would be different afterwards, and by when?")
        return self.env._("What happened, when, and what did it cost whom?")
