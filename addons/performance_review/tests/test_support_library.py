from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import PerformanceCommon

MODEL = "performance.support.template"


@tagged("post_install", "-at_install")
class TestSupportLibrary(PerformanceCommon):
    """What a manager can offer, kept by HR and copied into a preparation (P5)."""

    def test_hr_administrator_maintains_it(self):
        with Form(self.env[MODEL].with_user(self.administrator_user)) as form:
            form.name = "A quiet room"
            form.category = "resources"
            form.description = "Two mornings a week."
            form.theme_ids.add(self.theme)
        template = form.record
        template.name = "A quiet room in the mornings"
        self.assertEqual(template.theme_ids, self.theme)
        template.unlink()

    def test_everybody_inside_reads_and_nobody_else_writes(self):
        template = self.env[MODEL].create({"name": "A quiet room"})
        for user in (self.manager_user, self.worker_user, self.officer_user):
            with self.subTest(user.login):
                self.assertEqual(template.with_user(user).read(["name"])[0]["name"], "A quiet room")
                with self.assertRaises(AccessError):
                    template.with_user(user).name = "Mine"
                with self.assertRaises(AccessError):
                    self.env[MODEL].with_user(user).create({"name": "Mine"})
        with self.assertRaises(AccessError):
            template.with_user(self.porter_user).read(["name"])

    def test_an_entry_of_one_company_stays_there(self):
        template = self.env[MODEL].create({"name": "Our own", "company_id": self.company.id})
        self.assertIn(template, self.env[MODEL].with_user(self.manager_user).search([]))
        stranger = self.env[MODEL].with_user(self.stranger_user)
        stranger = stranger.with_context(allowed_company_ids=self.other_company.ids)
        self.assertNotIn(template, stranger.search([]))
        with self.assertRaises(AccessError):
            stranger.browse(template.id).read(["name"])

    def test_a_name_is_needed_and_fits_a_point(self):
        with self.assertRaises(UserError):
            self.env[MODEL].create({"name": "   "})
        with self.assertRaises(UserError):
            self.env[MODEL].create({"name": "x" * 301})

    def test_what_is_shipped_covers_every_category_and_theme(self):
        """A gap of any shipped theme is offered something, or the library helps nobody."""
        data = self.env["ir.model.data"].search(
            [("module", "=", "performance_review"), ("model", "=", MODEL)]
        )
        shipped = self.env[MODEL].browse(data.mapped("res_id"))
        self.assertGreaterEqual(len(shipped), 12)
        categories = {code for code, _label in self.env[MODEL]._fields["category"].selection}
        self.assertEqual(set(shipped.mapped("category")), categories)
        themes = self.env["ir.model.data"].search(
            [("module", "=", "performance_review"), ("model", "=", "performance.theme")]
        )
        self.assertEqual(set(shipped.theme_ids.ids), set(themes.mapped("res_id")))
        self.assertTrue(all(shipped.mapped("description")))
