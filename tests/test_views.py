from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestViews(TransactionCase):
    """A view may depend on nothing that one of its readers may not read."""

    def test_no_view_warns(self):
        ours = self.env["ir.module.module"].search(
            [("name", "=like", "performance_review%"), ("state", "=", "installed")]
        )
        stored = self.env["ir.model.data"].search(
            Domain("model", "=", "ir.ui.view") & Domain("module", "in", ours.mapped("name"))
        )
        self.assertTrue(stored)
        for view in self.env["ir.ui.view"].browse(stored.mapped("res_id")):
            with self.subTest(view.name), self.assertNoLogs("odoo.addons.base.models.ir_ui_view"):
                view._check_xml()
