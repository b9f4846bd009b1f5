import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import documents
from ..tools.words import say_list

FILE_MEGABYTES = 10  # of one file
FILES_LIMIT = 10  # of one self-assessment


class PerformanceSelfAssessmentFile(models.Model):
    """Material the employee adds to the self-assessment (P7).

    What may be handed in is said here and nowhere else: kinds and names in ``tools/documents.py``,
    size and number above. Files are only ever downloaded (``ir_binary.py``), by whoever may
    read the self-assessment, and stay as they were handed in.
    """

    _name = "performance.self.assessment.file"
    _description = "File of a self-assessment"
    _inherit = ["performance.assessment.part"]
    _order = "assessment_id, id"

    name = fields.Char(string="File name", required=True)
    content = fields.Binary(string="File", required=True, attachment=True)
    size = fields.Integer(string="Size (bytes)", readonly=True)
    size_text = fields.Char(string="Size", compute="_compute_size_text")
    url = fields.Char(compute="_compute_url", export_string_translation=False)

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | {"size"}

    @api.model
    def _get_size_limits(self):
        # Four characters of base64 stand for three bytes.
        return {**super()._get_size_limits(), "content": FILE_MEGABYTES * 1_000_000 // 3 * 4}

    @api.model
    def _get_limits(self):
        """Return what a page says about files before one is chosen.

        :return: ``megabytes`` of a file, ``endings`` (``[".pdf", …]``) and ``text``, a sentence
        :rtype: dict
        """
        endings = [f".{ending}" for ending in documents.SIGNATURES]
        return {
            "megabytes": FILE_MEGABYTES,
            "endings": endings,
            "text": self.env._(
                "Up to %(number)s files of at most %(megabytes)s MB each: %(endings)s",
                number=FILES_LIMIT,
                megabytes=FILE_MEGABYTES,
                endings=" ".join(endings),
            ),
        }

    @api.depends("size")
    def _compute_size_text(self):
        for file in self:
            if file.size < 1_000_000:
                file.size_text = f"{max(file.size // 1000, 1)} kB"
            else:
                file.size_text = f"{file.size / 1_000_000:.1f} MB"

    def _compute_url(self):
        for file in self:
            file.url = f"/web/content/{self._name}/{file.id}/content?download=true"

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create([self._clean_file(vals) for vals in vals_list])
        for file in files.sudo():
            file.size = len(base64.b64decode(file.content))
        files._check_number()
        return files

    def _clean_file(self, vals):
        """Return values with a safe name.

        :param dict vals: of a ``create``
        :raise UserError: for a kind of file that is not taken
        :rtype: dict
        """
        if not isinstance(vals, dict):
            return vals
        if not vals.get("content") or not vals.get("name"):
            raise UserError(self.env._("Choose a file first: an empty one is not taken."))
        self._check_values({name: vals[name] for name in ("name", "content")})
        content = base64.b64decode(vals["content"])
        if not documents.is_allowed(vals["name"], content):
            raise UserError(
                self.env._(
                    "“%(name)s” is not taken: hand in a document, a table, a presentation, a text "
                    "or a picture (%(endings)s).",
                    name=documents.safe_name(vals["name"]),
                    endings=say_list(self.env, documents.SIGNATURES),
                )
            )
        return {**vals, "name": documents.safe_name(vals["name"])}

    def _check_number(self):
        groups = self.sudo()._read_group(
            [("assessment_id", "in", self.assessment_id.ids)], ["assessment_id"], ["__count"]
        )
        if any(count > FILES_LIMIT for _assessment, count in groups):
            raise UserError(
                self.env._(
                    "A self-assessment takes up to %(number)s files: remove one first.",
                    number=FILES_LIMIT,
                )
            )
