from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.performance_review.tests.axe import AxeCase
from odoo.addons.performance_review.tests.common import PerformanceCommon

PATH = "/odoo/performance-dashboard"


@tagged("post_install", "-at_install")
class TestDashboardBrowser(PerformanceCommon, AxeCase):
    """The dashboard in a browser, its charts drawn and its tables open: no serious fault."""

    frozen_time = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = fields.Date.today()
        cls.cycle = cls.launch(
            preparation_deadline=today - timedelta(days=3),
            dialogue_deadline=today + timedelta(days=10),
            agreement_deadline=today + timedelta(days=30),
        )

    def test_no_serious_fault_in_english(self):
        self.look()

    def test_no_serious_fault_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.administrator_user.lang = "zh_CN"
        self.look()

    def look(self):
        self.assert_accessible(
            PATH,
            self.administrator_user,
            ".o_performance_dashboard_sheet",
            act=[
                # What too few have done stands in a list, and no chart of it among the others.
                ("wait", ".o_performance_dashboard_hidden [data-code=repeats]"),
                ("wait", ".o_performance_dashboard_cards:not(:has([data-code=repeats]))"),
                ("open", ".o_performance_dashboard_cards details"),
            ],
        )
