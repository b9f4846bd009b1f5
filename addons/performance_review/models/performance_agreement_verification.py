from odoo import api, fields, models

from ..tools import digest

# What may be called otherwise later without anybody having touched the agreement.
LABELS = frozenset({"parent"})
# Keys of the snapshot that are not called like the field they come from.
FIELD_NAMES = {"deadline": "date_deadline", "dispute": "dispute_reason"}


class PerformanceAgreement(models.Model):
    """Verification (核验): whether what was signed is still what is stored, and what is not."""

    _inherit = "performance.agreement"

    is_verified = fields.Boolean(compute="_compute_verification", export_string_translation=False)
    verification = fields.Text(
        compute="_compute_verification", help="The outcome of checking fingerprint and rows."
    )

    @api.depends_context("uid", "lang")
    @api.depends("snapshot", "sha256", "state")
    def _compute_verification(self):
        for agreement in self:
            faults = agreement.verify() if agreement.id else []
            agreement.is_verified = bool(agreement.sha256) and not faults
            agreement.verification = (
                self.env._("Verified ✓ %(code)s", code=digest.short_code(agreement.sha256))
                if agreement.is_verified
                else "\n".join(faults)
            )

    @api.readonly
    def verify(self):
        """Check what was signed: the fingerprint, the version before, the rows it came from.

        Everybody who may read a version may check it. A version nobody has sealed has nothing
        to check.

        :return: one translated sentence per fault, none when all is well
        :rtype: list[str]
        """
        self.check_access("read")
        faults = []
        for agreement in self._fetch_signed():
            faults += agreement._get_seal_faults()
        return faults

    def _get_seal_faults(self):
        self.ensure_one()
        if not self.snapshot or not self.sha256:
            if self.snapshot or self.sha256 or self.is_in_force:
                return [self.env._("The signed content or its fingerprint is missing.")]
            return []
        if not self._is_seal_intact():
            return [
                self.env._(
                    "The signed content and its fingerprint do not belong together: one of them "
                    "was changed after signing."
                )
            ]
        try:
            signed = digest.read_canonical(self.snapshot)
            return (
                self._get_chain_faults(signed)
                + self._get_next_faults()
                + self._get_row_faults(signed)
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return [
                self.env._("The signed content is not in the form in which agreements are stored.")
            ]

    def _get_chain_faults(self, signed):
        """Return what is wrong with the version this one builds on."""
        before = self._get_sealed_before()
        previous = signed["previous"]
        number = int(previous["version"]) if previous else before.version
        if not previous and not before:
            return []
        if not previous or not before or before.version != number:
            return [
                self.env._(
                    "Version %(version)s, which was signed before, was added or removed later.",
                    version=number,
                )
            ]
        if not before.snapshot or not (
            previous["sha256"] == before.sha256 == digest.sha256_hex(before.snapshot)
        ):
            return [
                self.env._(
                    "Version %(version)s, on which this one builds, was changed after signing.",
                    version=number,
                )
            ]
        return []

    def _get_next_faults(self):
        """Return what the version that builds on this one says of it."""
        later = self.review_id.agreement_ids.filtered(
            lambda other: other.version > self.version
        ).sorted("version")
        # Bytes are read version by version: of the nearest that has some, and no others.
        following = next((other for other in later if other.snapshot), self.browse())
        said = following and following._read_snapshot()
        if not said or (said["previous"] or {}).get("sha256") == self.sha256:
            return []
        return [
            self.env._(
                "Version %(version)s, which builds on this one, was signed with another "
                "fingerprint of it.",
                version=following.version,
            )
        ]

    def _get_row_faults(self, signed):
        """Return what the rows no longer say as it was signed."""
        today = digest.read_canonical(digest.canonical_json(self._prepare_terms()))
        faults = []

        def compare(record, name, before, now, title=None):
            if before == now:
                return
            name = FIELD_NAMES.get(name, name)
            label = record._fields[name].get_description(self.env, ["string"])["string"]
            faults.append(
                self.env._(
                    "“%(field)s” of “%(title)s” no longer says what was signed.",
                    field=label,
                    title=title,
                )
                if title
                else self.env._("“%(field)s” no longer says what was signed.", field=label)
            )

        if signed["record"] != today["record"] or signed["version"] != today["version"]:
            faults.append(self.env._("The signed content belongs to another agreement."))
        for key in ("summary", "employee_stance", "dispute", "hr_statement"):
            compare(self, key, signed[key], today[key])
        for before, now in zip(signed["signatures"], today["signatures"], strict=True):
            side = now["by"]
            compare(self, f"{side}_signed_name", before["name"], now["name"])
            compare(self, f"{side}_signed_on", before["on"], now["on"])
            compare(self, f"{side}_signature", before["image"], now["image"])
        for part, model in (
            ("goals", "performance.goal"),
            ("commitments", "performance.commitment"),
        ):
            rows = {row["id"]: row for row in today[part]}
            for before in signed[part]:
                now = rows.pop(before["id"], None)
                if now is None:
                    faults.append(
                        self.env._(
                            "“%(title)s” was signed and is no longer there.", title=before["name"]
                        )
                    )
                    continue
                # In the order of the snapshot, for the same sentences every time.
                for key in (key for key in before if key not in LABELS):
                    compare(self.env[model], key, before[key], now.get(key), before["name"])
            faults += [
                self.env._("“%(title)s” was added after signing.", title=row["name"])
                for row in rows.values()
            ]
        return faults
