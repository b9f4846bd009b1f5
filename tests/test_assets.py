from odoo.tests import TransactionCase, tagged

BUNDLES = ("web.assets_web", "web.assets_frontend")


@tagged("post_install", "-at_install")
class TestAssets(TransactionCase):
    """One style sheet that does not compile takes the styles of every page of Odoo with it.

    Pages go on working then, in black on white, so no other test sees it.
    """

    def test_style_sheets_compile(self):
        for name in BUNDLES:
            with self.subTest(bundle=name):
                bundle = self.env["ir.qweb"]._get_asset_bundle(name, js=False, debug_assets=True)
                bundle.preprocess_css()
                self.assertFalse(bundle.css_errors)
