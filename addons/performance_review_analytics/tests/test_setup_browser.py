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

    def test_the_columns_of_the_sensor_stand_below_each_other(self):
        """However long the words of a group are: an obstacle and a concern about a goal."""
        self.hold(self.reviews)
        self.reviews.dialogue_id.sudo().sustainable = "no"
        self.open()
        self.warm_up("/odoo/cycle-sensor", self.administrator_user)
        self.browser_js(
            "/odoo/cycle-sensor",
            """
            (async () => {
                const find = () => [...document.querySelectorAll(".o_performance_sensor_table")];
                for (let waited = 0; find().length < 2; waited += 50) {
                    if (waited > 60000) throw new Error("there are not two groups");
                    await new Promise((resolve) => setTimeout(resolve, 50));
                }
                await document.fonts.ready;
                const places = find().map((table) =>
                    [...table.querySelectorAll("thead th")].map((head) => head.offsetLeft).join()
                );
                if (new Set(places).size > 1) throw new Error(places.join(" and "));
                console.log("test successful");
            })().catch((error) => console.error(String(error)));
            """,
            login=self.administrator_user.login,
            timeout=180,
        )
