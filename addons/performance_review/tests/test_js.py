from odoo.tests import HttpCase, no_retry, tagged

from odoo.addons.web.tests import test_js as web_test_js


@tagged("post_install", "-at_install")
class TestHoot(HttpCase):
    """Runs the unit tests in ``static/tests`` in a browser, and no other module's."""

    @no_retry
    def test_hoot(self):
        suite = web_test_js.HOOTCommon._generate_hash(self, "@performance_review")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
            code="",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=web_test_js.unit_test_error_checker,
        )
