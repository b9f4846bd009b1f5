from odoo import models
from odoo.http import Stream

# Models whose files are only ever downloaded.
DOWNLOADED = frozenset({"performance.self.assessment.file"})


class DownloadStream(Stream):
    """A file that no browser opens in our own pages, whatever the address asks for."""

    def get_response(self, **kwargs):
        kwargs.update(
            as_attachment=True, mimetype="application/octet-stream", download_name=self.safe_name
        )
        return super().get_response(**kwargs)


class IrBinary(models.AbstractModel):
    """Sends files that people hand each other as downloads."""

    _inherit = "ir.binary"

    def _record_to_stream(self, record, field_name):
        stream = super()._record_to_stream(record, field_name)
        owner = record
        if record._name == "ir.attachment" and record.sudo().res_model in DOWNLOADED:
            owner = self.env[record.sudo().res_model].browse(record.sudo().res_id)
        if owner._name not in DOWNLOADED:
            return stream
        return DownloadStream(**vars(stream) | {"safe_name": owner.sudo().name})
