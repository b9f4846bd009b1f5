from datetime import date, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.performance_review.tests.axe import AxeCase
from odoo.addons.performance_review.tests.common import PerformanceCommon

WALK = """
(async () => {
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const wait = async (selector) => {
        for (let waited = 0; !document.querySelector(selector); waited += 50) {
            if (waited > 60000) throw new Error(`there is no ${selector}`);
            await sleep(50);
        }
        return document.querySelector(selector);
    };
    await wait(".o_performance_cockpit_tiles [data-code=sheet]");
    const waits = "[aria-label='Left out'] [role=status]";
    for (let waited = 0; document.querySelector(waits); waited += 50) {
        if (waited > 60000) throw new Error("the other figures never came");
        await sleep(50);
    }
    if (!document.querySelector("[aria-label='Left out'] p, [aria-label='Left out'] li")) {
        throw new Error("nothing is said of who is left out");
    }
    (await wait(".o_performance_cockpit_tiles [data-code=sheet]")).click();
    await wait(".o_list_view .o_data_row");
    const rows = document.querySelectorAll(".o_list_view .o_data_row").length;
    (await wait(".breadcrumb .o_back_button, .o_breadcrumb .breadcrumb-item a")).click();
    const tile = await wait(".o_performance_cockpit_tiles [data-code=sheet]");
    if (rows !== Number(tile.querySelector(".fs-2").textContent)) {
        throw new Error(`${rows} rows behind ${tile.textContent}`);
    }
    // The cycle that was chosen is there again after the way to a name and back.
    const choice = await wait(".o_performance_cockpit_choice");
    const other = [...choice.options].find(({ selected }) => !selected);
    const name = other.textContent;
    choice.value = other.value;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    const next = () => document.querySelector(".o_performance_cockpit_next").textContent;
    for (let waited = 0; !next().includes("closed"); waited += 50) {
        if (waited > 60000) throw new Error("the other cycle does not come");
        await sleep(50);
    }
    (await wait(".o_performance_cockpit_name")).click();
    await wait(".o_list_view .o_data_row");
    (await wait(".breadcrumb .o_back_button, .o_breadcrumb .breadcrumb-item a")).click();
    const again = (await wait(".o_performance_cockpit_choice")).selectedOptions[0].textContent;
    if (again !== name) {
        throw new Error(`back at ${again}, not at ${name}`);
    }
    // The browser's own way back leads there as well.
    (await wait(".o_performance_cockpit_name")).click();
    await wait(".o_list_view .o_data_row");
    for (let waited = 0; location.pathname.endsWith("cycle-cockpit"); waited += 50) {
        if (waited > 60000) throw new Error("the list has no address");
        await sleep(50);
    }
    history.back();
    const chosen = await wait(".o_performance_cockpit_choice");
    if (chosen.selectedOptions[0].textContent !== name) {
        throw new Error(`with the browser back at ${chosen.selectedOptions[0].textContent}`);
    }
    chosen.value = [...chosen.options].find(({ selected }) => !selected).value;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    await wait("[aria-label=Departments] td .btn-secondary");
    // A dialog gives the keyboard back to the button that opened it.
    const button = document.querySelector("[aria-label=Departments] td .btn-secondary");
    button.focus();
    button.click();
    await wait(".modal .o_form_view");
    await sleep(300);
    for (let waited = 0; document.querySelector(".modal"); waited += 200) {
        if (waited > 20000) throw new Error("the dialog stays");
        document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { key: "Escape", bubbles: true })
        );
        await sleep(200);
    }
    for (let waited = 0; document.activeElement !== button; waited += 50) {
        if (waited > 10000) throw new Error(`focus at ${document.activeElement.outerHTML}`);
        await sleep(50);
    }
    console.log("test successful");
})().catch((error) => console.error(String(error)));
"""


@tagged("post_install", "-at_install")
class TestCockpitBrowser(PerformanceCommon, AxeCase):
    """The cockpit as HR sees it: a click on a figure, the way back, and no serious fault."""

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
        # Small and closed: never the one it opens with.
        cls.other = cls.launch(
            name="Year 2025",
            date_start=date(2025, 1, 1),
            date_end=date(2025, 12, 31),
            preparation_deadline=False,
            dialogue_deadline=False,
            agreement_deadline=False,
        )
        cls.other.sudo().state = "closed"
        cls.path = "/odoo/cycle-cockpit"

    def test_a_figure_opens_its_reviews(self):
        module = "odoo.addons.performance_review_analytics.models.performance_cycle_cockpit"
        self.warm_up(self.path, self.administrator_user)
        # Of a large cycle some figures come after the others.
        with patch(f"{module}.LARGE", 1):
            self.browser_js(self.path, WALK, login=self.administrator_user.login, timeout=180)

    def test_no_serious_fault(self):
        self.assert_accessible(self.path, self.administrator_user, ".o_performance_cockpit_sheet")
