from odoo.tests import tagged

from odoo.addons.performance_review.tests.axe import AxeCase

from .test_sensor import SensorCommon

ACTION = "/odoo/action-performance_review_analytics.performance_cycle_action_setup"


@tagged("post_install", "-at_install")
class TestSetupBrowser(SensorCommon, AxeCase):
    """The guided page and the sensor as HR sees them, without a serious fault."""

    frozen_time = False

    def test_the_guided_page(self):
        draft = self.create_cycle(name="Draft")
        self.assert_accessible(
            f"{ACTION}/{draft.id}",
            self.administrator_user,
            ".o_performance_setup",
            act=[("wait", ".o_performance_calendar"), ("wait", ".o_performance_setup_mail a")],
        )

    def test_the_sensor(self):
        self.hold(self.reviews)
        self.open()
        self.assert_accessible(
            "/odoo/cycle-sensor",
            self.administrator_user,
            ".o_performance_sensor_sheet",
            act=[("wait", ".o_performance_sensor_bar")],
        )
