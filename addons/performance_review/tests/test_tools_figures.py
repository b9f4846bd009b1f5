from odoo.tests import TransactionCase, tagged

from ..tools.figures import say_figure, say_number


@tagged("post_install", "-at_install")
class TestFigures(TransactionCase):
    def test_numbers_have_the_decimals_they_need(self):
        for value, said in ((6.0, "6"), (6.5, "6.5"), (6.25, "6.25"), (-2.0, "-2"), (0, "0")):
            with self.subTest(value):
                self.assertEqual(say_number(self.env, value), said)

    def test_a_unit_stands_apart_from_its_figure(self):
        self.assertEqual(say_figure(self.env, 6.0, "天"), "6 天")
        self.assertEqual(say_figure(self.env, 12.5, "per month"), "12.5 per month")
        self.assertEqual(say_figure(self.env, 6.0, None), "6")
        self.assertEqual(say_figure(self.env, 6.0, ""), "6")

    def test_a_percent_sign_does_not(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        for lang in ("en_US", "zh_CN"):
            with self.subTest(lang):
                self.assertEqual(say_figure(self.env(context={"lang": lang}), 80.0, "%"), "80%")
