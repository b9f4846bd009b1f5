from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import arguments, digest, figures

FORMAT = "performance.agreement/1"
SIDES = ("employee", "reviewer")
PERSON = dict.fromkeys(("id", "name", "user_id", "login"))
# What a snapshot has at least, for whoever shows it: its keys, and theirs.
FORM = {
    **dict.fromkeys((
        "format", "database", "version", "summary", "goals", "commitments", "previous",
        "employee_stance", "signatures", "dispute", "hr_statement",
    )),
    "record": dict.fromkeys(("model", "id", "review_id")),
    "company": dict.fromkeys(("id", "name", "address")),
    "cycle": dict.fromkeys(("id", "name")),
    "employee": PERSON,
    "reviewer": PERSON,
}  # fmt: skip


def has_form(content, like):
    """Say whether ``content`` has all the keys that ``like`` has, at every depth."""
    if not isinstance(like, dict):
        return True
    return (
        isinstance(content, dict)
        and content.keys() >= like.keys()
        and all(has_form(content[key], part) for key, part in like.items())
    )


class PerformanceAgreement(models.Model):
    """Snapshot (快照): what was shown and signed, as one text with a fingerprint.

    Before both sides have signed, the rows are what is shown, and :attr:`fingerprint` keeps
    anybody from signing something else. Afterwards the snapshot is: page, paper and form read
    it and not the rows, whatever is renamed later.
    """

    _inherit = "performance.agreement"

    # Long, and wanted of one version at a time: lists and pages of all versions do without it.
    snapshot = fields.Text(
        readonly=True,
        copy=False,
        prefetch=False,
        help="The signed content, as canonical JSON (RFC 8785).",
    )
    sha256 = fields.Char(
        string="SHA-256", readonly=True, copy=False, help="Fingerprint of the snapshot."
    )
    fingerprint = fields.Char(
        compute="_compute_fingerprint",
        compute_sudo=True,
        help="Of what a proposed version says; whoever signs says with it what was read.",
    )
    shown_html = fields.Html(
        string="Signed version",
        compute="_compute_shown_html",
        sanitize=False,
        help="The signed version as it is printed.",
    )

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | frozenset({"snapshot", "sha256"})

    @api.model
    def _get_size_limits(self):
        # All texts of an agreement in one.
        return {**super()._get_size_limits(), "snapshot": arguments.DOCUMENT_LIMIT}

    @api.depends(
        "state", "version", "summary",
        *(f"goal_ids.{name}" for name in (
            "name", "sequence", "parent_id", "metric", "unit", "baseline", "target", "direction",
            "weight", "means", "date_deadline",
        )),
        *(f"commitment_ids.{name}" for name in (
            "kind", "sequence", "name", "owner", "date_deadline", "cue", "seen_as",
        )),
    )  # fmt: skip
    def _compute_fingerprint(self):
        for agreement in self:
            agreement.fingerprint = agreement.state != "draft" and digest.sha256_hex(
                digest.canonical_json(agreement._prepare_content())
            )

    @api.depends_context("uid", "lang")
    @api.depends("snapshot", "sha256", "state")
    def _compute_shown_html(self):
        for agreement in self:
            agreement.shown_html = agreement.snapshot and self.env["ir.qweb"]._render(
                "performance_review.report_agreement_document",
                {"doc": agreement, "content": agreement._get_shown_content(), "on_paper": False},
            )

    def _check_fingerprint(self, fingerprint):
        """Refuse to sign or dispute what has not been read.

        A proposal may be withdrawn, changed and proposed again under the same number.

        :param fingerprint: what came from the caller
        :raise UserError: when it is missing, or belongs to another content
        """
        self.ensure_one()
        if not fingerprint or fingerprint != self.fingerprint:
            raise UserError(
                self.env._(
                    "The agreement has changed since you opened this page: reload it and read "
                    "the agreement again."
                )
            )

    # ------------------------------------------------------------------
    # What is signed
    # ------------------------------------------------------------------

    def _prepare_content(self):
        """Return what a version says, whoever has signed it (``dict`` of plain values)."""
        self.ensure_one()
        return {
            "record": {"model": self._name, "id": self.id, "review_id": self.review_id.id},
            "version": self.version,
            "summary": self.summary or "",
            "goals": [
                {
                    "id": goal.id,
                    "name": goal.name,
                    "parent_id": goal.parent_id.id or None,
                    "parent": goal.parent_id.name or "",
                    "metric": goal.metric or "",
                    "unit": goal.unit or "",
                    "baseline": goal.baseline,
                    "target": goal.target,
                    "direction": goal.direction,
                    "weight": goal.weight,
                    "means": goal.means or "",
                    "deadline": goal.date_deadline or None,
                }
                for goal in self.goal_ids.sorted(lambda goal: (goal.sequence, goal.id))
            ],
            "commitments": [
                line._prepare_content()
                for line in self.commitment_ids.sorted(
                    lambda line: (line.kind, line.sequence, line.id)
                )
            ],
        }

    def _prepare_terms(self):
        """Return what a version says and what both sides said to it (``dict`` of plain values)."""
        self.ensure_one()
        # With bin_size a picture would read as its size.
        self = self.with_context(bin_size=False)
        return {
            **self._prepare_content(),
            "employee_stance": self.employee_stance or "",
            "signatures": [
                {
                    "by": side,
                    "name": self[f"{side}_signed_name"] or "",
                    "on": self[f"{side}_signed_on"] or None,
                    "image": self._hash_image(self[f"{side}_signature"]),
                }
                for side in SIDES
            ],
            "dispute": self.dispute_reason or "",
            "hr_statement": self.hr_statement or "",
        }

    def _prepare_frame(self):
        """Return between whom, when and after which version it was signed (``dict``)."""
        self.ensure_one()
        review = self.review_id
        company = review.company_id
        before = self._get_sealed_before()

        def person(employee, user):
            return {
                "id": employee.id,
                "name": employee.name,
                "user_id": user.id or None,
                "login": user.login or "",
            }

        return {
            "format": FORMAT,
            "database": self.env["ir.config_parameter"].sudo().get_param("database.uuid") or "",
            "previous": {"version": before.version, "sha256": before.sha256} if before else None,
            "company": {
                "id": company.id,
                "name": company.name,
                "address": "\n".join(
                    line.strip()
                    for line in company.partner_id._display_address(
                        without_company=True
                    ).splitlines()
                    if line.strip()
                ),
            },
            "cycle": {"id": review.cycle_id.id, "name": review.cycle_id.name},
            "employee": person(review.employee_id, review.employee_user_id),
            "reviewer": person(review.reviewer_id, review.reviewer_user_id),
        }

    def _prepare_snapshot(self):
        """Return everything that is signed, as plain values (``dict``)."""
        return {**self._prepare_frame(), **self._prepare_terms()}

    def _fetch_signed(self):
        """Read texts and drawings of all these versions at once; nothing else asks for them.

        :return: the same versions, with ``sudo()`` and with drawings instead of their sizes
        """
        versions = self.sudo().with_context(bin_size=False)
        # A seal names the one before: whoever checks one looks at them all.
        family = versions | versions.review_id.agreement_ids
        family.fetch(
            ["version", "state", "snapshot", "sha256", *(f"{side}_signature" for side in SIDES)]
        )
        return versions

    @api.model
    def _hash_image(self, image):
        if not image:
            return ""
        return digest.sha256_hex(image.decode() if isinstance(image, bytes) else image)

    def _get_sealed_before(self):
        """Return the version before this one that has a fingerprint, if there is one."""
        self.ensure_one()
        return self.review_id.agreement_ids.filtered(
            lambda other: other.sha256 and other.version < self.version
        ).sorted("version")[-1:]

    def _seal(self):
        """Store what is signed, and its fingerprint."""
        for agreement in self:
            agreement.write(agreement._prepare_seal_vals())

    def _prepare_seal_vals(self):
        """Return the values that seal the content (``dict``)."""
        snapshot = digest.canonical_json(self._prepare_snapshot())
        return {"snapshot": snapshot, "sha256": digest.sha256_hex(snapshot)}

    def _is_seal_intact(self):
        """Say whether there is a snapshot, and its fingerprint is that of its bytes."""
        self.ensure_one()
        return bool(self.snapshot) and digest.sha256_hex(self.snapshot) == self.sha256

    def _read_snapshot(self):
        """Return what the snapshot says, or nothing without an intact one.

        :rtype: dict | None
        """
        self.ensure_one()
        agreement = self.sudo()
        if not agreement._is_seal_intact():
            return None
        try:
            return digest.read_canonical(agreement.snapshot)
        except ValueError:
            return None

    # ------------------------------------------------------------------
    # What is shown
    # ------------------------------------------------------------------

    def _get_shown_content(self, with_frame=True):
        """Return what page, paper and form show of this version.

        A signed version is read from its snapshot, any other one from its rows, which do not
        change once it is proposed. Without an intact snapshot there is nothing better than the
        rows, and ``faults`` says so.

        :param bool with_frame: whether company, cycle and people are wanted, too; without them a
            version that is read from its rows has of these the reviewer's name alone
        :return: the keys of :meth:`_prepare_snapshot`, with dates as ``date``, moments as
            ``datetime`` (UTC), and besides ``date_end``; per goal ``baseline_text`` and
            ``target_text``, with their unit ``baseline_figure`` and ``target_figure``; per
            commitment ``kind_label`` and ``owner_label``; ``stance_label``; per signature
            ``picture`` (base64); ``sha256``, ``code`` (its beginning, in groups), ``faults``
            (sentences, see :meth:`verify`)
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        agreement = self._fetch_signed()
        content = agreement._read_snapshot()
        if not has_form(content, FORM):
            rows = agreement._prepare_terms()
            rows |= (
                agreement._prepare_frame()
                if with_frame
                else {"reviewer": {"name": agreement.review_id.reviewer_id.name}}
            )
            # Through the same text, so that both ways give the same types.
            content = digest.read_canonical(digest.canonical_json(rows))
        return agreement._prepare_shown(content)

    def _prepare_shown(self, content):
        self.ensure_one()
        Commitment = self.env["performance.commitment"]
        kinds = dict(Commitment._fields["kind"]._description_selection(self.env))
        owners = dict(Commitment._fields["owner"]._description_selection(self.env))
        stances = dict(self._fields["employee_stance"]._description_selection(self.env))
        for goal in content["goals"]:
            goal["deadline"] = fields.Date.to_date(goal["deadline"])
            goal["baseline_text"] = figures.say_number(self.env, goal["baseline"])
            goal["target_text"] = figures.say_number(self.env, goal["target"])
            goal["baseline_figure"] = figures.say_figure(self.env, goal["baseline"], goal["unit"])
            goal["target_figure"] = figures.say_figure(self.env, goal["target"], goal["unit"])
        for line in content["commitments"]:
            line["deadline"] = fields.Date.to_date(line["deadline"])
            line["kind_label"] = kinds.get(line["kind"], line["kind"])
            line["owner_label"] = (
                content["reviewer"]["name"]
                if line["owner"] == "reviewer"
                else owners.get(line["owner"], line["owner"])
            )
        for signature in content["signatures"]:
            on = signature["on"]
            signature["on"] = on and fields.Datetime.to_datetime(on.replace("T", " "))
            picture = self[f"{signature['by']}_signature"]
            same = signature["image"] and self._hash_image(picture) == signature["image"]
            signature["picture"] = picture if same else False
        dates = [row["deadline"] for row in (*content["goals"], *content["commitments"])]
        return {
            **content,
            "version": int(content["version"]),
            "date_end": max(filter(None, dates), default=False),
            "stance_label": stances.get(content["employee_stance"], ""),
            "sha256": self.sha256 or "",
            "code": digest.short_code(self.sha256 or ""),
            "faults": self.verify(),
        }
