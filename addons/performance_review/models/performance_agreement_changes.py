from datetime import date

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..tools import figures, word_diff

# What is held against each other, key of the shown content → field that names it.
COMPARED = {
    "goals": {
        "name": "name",
        "metric": "metric",
        "baseline_figure": "baseline",
        "target_figure": "target",
        "weight": "weight",
        "means": "means",
        "parent": "parent_id",
        "deadline": "date_deadline",
    },
    "commitments": {
        "name": "name",
        "cue": "cue",
        "seen_as": "seen_as",
        "owner_label": "owner",
        "deadline": "date_deadline",
    },
}
MODELS = {"goals": "performance.goal", "commitments": "performance.commitment"}

HEARD = Markup('<span class="visually-hidden"> %s </span>')
DRAWN = {
    word_diff.OUT: Markup('<del style="background-color: #fbe3e4; white-space: pre-line">%s</del>'),
    word_diff.IN: Markup('<ins style="background-color: #dff3e4; white-space: pre-line">%s</ins>'),
    word_diff.SAME: Markup('<span style="white-space: pre-line">%s</span>'),
}


class PerformanceAgreement(models.Model):
    """Changes (修订对照): what a new version says that the one before did not, word by word."""

    _inherit = "performance.agreement"

    changes_html = fields.Html(
        string="What changes", compute="_compute_changes_html", sanitize=False
    )

    @api.depends_context("uid", "lang")
    @api.depends("state", "summary", "goal_ids", "commitment_ids")
    def _compute_changes_html(self):
        for agreement in self:
            changes = agreement._origin and agreement._origin._get_changes()
            agreement.changes_html = changes and self.env["ir.qweb"]._render(
                "performance_review.agreement_changes", {"changes": changes}
            )

    def _get_compared_version(self):
        """Return the version this one is held against, as far as the user may read it.

        That is the last one that came into force, without one the last that was proposed.
        """
        self.ensure_one()
        earlier = self.review_id.readable_agreement_ids.filtered(
            lambda other: other.version < self.version and other.proposed_on
        )
        return (earlier.filtered("sha256") or earlier).sorted("version")[-1:]

    def _get_changes(self, content=None):
        """Return what this version says that another one did not, as far as one may read both.

        :param dict content: of :meth:`_get_shown_content`, if the caller has it
        :return: ``version`` it is held against; ``rows`` of lines that are not the same, each with
            ``title``, ``change`` (``"added"``, ``"removed"`` or ``"changed"``) and ``parts``:
            ``label``, ``pieces`` of ``tools.word_diff``, and these as ``html`` and for ``paper``.
            ``None`` for a first version.
        :rtype: dict | None
        """
        self.ensure_one()
        if self.version == 1 or not (base := self._get_compared_version()):
            return None
        before = base._get_shown_content(with_frame=False)
        now = content or self._get_shown_content(with_frame=False)
        rows = []
        if before["summary"] != now["summary"]:
            part = self._prepare_part("", before["summary"], now["summary"])
            title = self._get_field_label("summary")
            rows.append({"title": title, "change": "changed", "parts": [part]})
        for key in COMPARED:
            rows += self._compare_lines(key, before[key], now[key], self._get_origins(key, base))
        return {"version": base.version, "rows": rows}

    def _get_origins(self, key, base):
        """Return which line carries on which one of another version, by their ids (``dict``)."""
        agreement = self.sudo()
        origins = {}
        for line in agreement.goal_ids if key == "goals" else agreement.commitment_ids:
            origin = line.origin_id
            # Versions in between were never in force.
            while origin and origin.agreement_id.id != base.id:
                origin = origin.origin_id
            if origin:
                origins[line.id] = origin.id
        return origins

    def _compare_lines(self, key, before, now, origins):
        """Return the rows of goals, or of commitments, see :meth:`_get_changes`."""
        old = {int(line["id"]): line for line in before}
        rows = []
        for line in now:
            origin = old.pop(origins.get(int(line["id"])), None)
            if origin is None:
                rows.append({"title": line["name"], "change": "added", "parts": []})
            elif parts := self._compare_line(key, origin, line):
                rows.append({"title": line["name"], "change": "changed", "parts": parts})
        rows += [{"title": line["name"], "change": "removed", "parts": []} for line in old.values()]
        return rows

    def _compare_line(self, key, before, now):
        label = self.env[MODELS[key]]._get_field_label
        return [
            self._prepare_part(label(field), old, new)
            for name, field in COMPARED[key].items()
            for old, new in [(self._say_value(before.get(name)), self._say_value(now.get(name)))]
            if old != new
        ]

    def _prepare_part(self, label, before, now):
        pieces = word_diff.compare(before, now)
        return {
            "label": label,
            "heading": label and self.env._("%(label)s:", label=label),
            "pieces": pieces,
            "html": self._draw_pieces(pieces),
            "paper": self._draw_pieces(pieces, on_paper=True),
        }

    def _draw_pieces(self, pieces, on_paper=False):
        """Return two texts in one, as HTML without a blank that is in neither of them.

        Who listens instead of looking hears where each piece begins; on paper nobody does.
        """
        heard = {
            word_diff.OUT: self.env._("deleted:"),
            word_diff.IN: self.env._("inserted:"),
            word_diff.SAME: self.env._("unchanged:"),
        }
        drawn = []
        for piece in pieces:
            if not on_paper and (drawn or piece.kind != word_diff.SAME):
                drawn.append(HEARD % heard[piece.kind])
            drawn.append(DRAWN[piece.kind] % piece.text)
        return Markup("").join(drawn)

    def _say_value(self, value):
        if isinstance(value, date):
            return format_date(self.env, value)
        if isinstance(value, float | int) and not isinstance(value, bool):
            return figures.say_number(self.env, value)
        return value or ""
