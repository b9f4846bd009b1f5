import re

import polib

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import html2plaintext

from ..tools.words import say_list
from .common import PerformanceCommon
from .i18n_common import CHINESE, TranslationFiles, find_file

MODULE = "performance_review"
GLOSSARY_ROW = re.compile(r"^\| (?P<english>[^|]+?) \| (?P<chinese>[^|]+?) \|", re.MULTILINE)


@tagged("post_install", "-at_install")
class TestTranslationFiles(TranslationFiles, PerformanceCommon):
    """The files in ``i18n/`` are complete, true to the code and to the glossary."""

    module = MODULE

    def test_glossary(self):
        rows = GLOSSARY_ROW.findall(find_file(MODULE, "GLOSSARY.md").read_text(encoding="utf-8"))
        glossary = {english: chinese for english, chinese in rows if CHINESE.search(chinese)}
        glossary.pop("English", None)
        self.assertGreater(len(glossary), 50)
        translated = {entry.msgid: entry.msgstr for entry in self.chinese}
        self.assertNone(
            [
                f"{english}: {translated[english]} instead of {chinese}"
                for english, chinese in glossary.items()
                if translated.get(english, chinese) != chinese
            ],
            "Not as i18n/GLOSSARY.md has it",
        )


class ChineseCommon(PerformanceCommon):
    """Manager and employees read Chinese."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        module = cls.env["ir.module.module"].search([("name", "=", MODULE)])
        module._update_translations(["zh_CN"], overwrite=True)
        readers = cls.manager_user | cls.worker_user | cls.porter_user
        readers.lang = "zh_CN"

    def _as(self, user, record):
        return record.with_user(user).with_context(lang=user.lang)

    def assertNoEnglish(self, html, allowed=()):
        """Fail when a sentence of ours stands in ``html`` as it is in the code.

        :param str html: what was rendered
        :param allowed: terms that the records of the test happen to contain
        """
        text = " ".join(html2plaintext(html, include_references=False).split())
        found = []
        for entry in polib.pofile(str(find_file(MODULE, f"{MODULE}.pot"))):
            plain = " ".join(re.sub(r"<[^>]+>", " ", entry.msgid).split())
            # Shorter ones are also parts of names and of Odoo's own words.
            if len(plain) > 8 and plain not in allowed and plain in text:
                found.append(plain)
        self.assertFalse(found, "English on a Chinese page")


@tagged("post_install", "-at_install")
class TestChineseScreens(ChineseCommon):
    """What a user who reads Chinese is shown in the back office, by mail and on paper."""

    def test_labels_and_selections(self):
        fields = self._as(self.manager_user, self.env["performance.review"]).fields_get(
            ["state", "reviewer_id"], ["string", "selection"]
        )
        self.assertEqual(fields["state"]["string"], "步骤")
        self.assertEqual(fields["reviewer_id"]["string"], "面谈人")
        self.assertEqual(
            [label for _code, label in fields["state"]["selection"]],
            ["准备", "对话", "共识", "跟踪", "已完成"],
        )

    def test_refused_step_is_explained(self):
        review = self.review_of(self.launch(), self.worker)
        with self.assertRaises(UserError) as refused:
            self._as(self.manager_user, review).action_next()
        self.assertIn("优势：需要 3 条附有事实或依据的要点", str(refused.exception))
        self.assertNotIn("Strengths", str(refused.exception))

    def test_constraint_is_explained(self):
        # PostgreSQL refuses; Odoo looks up the sentence that goes with the constraint.
        message = self.env["ir.model.constraint"].search(
            [("name", "=", "performance_cycle_deadlines_ordered")]
        )
        self.assertEqual(
            message.with_context(lang="zh_CN").message, "截止日期须依次为：准备、对话、共识。"
        )

    def test_views_and_menus(self):
        view = self._as(self.manager_user, self.env["performance.review"]).get_view(
            self.env.ref(f"{MODULE}.performance_review_view_form").id, "form"
        )
        for word in ("进入对话", "面谈室", "私人笔记", "双方的承诺"):
            self.assertIn(word, view["arch"])
        menu = self.env.ref(f"{MODULE}.menu_cycles").with_context(lang="zh_CN")
        self.assertEqual(menu.name, "面谈周期")

    def test_shipped_outline(self):
        outline = self.env.ref(f"{MODULE}.performance_outline_general")
        self.assertEqual(outline.with_context(lang="zh_CN").name, "通用面谈提纲")
        for question in outline.question_ids.with_context(lang="zh_CN"):
            self.assertRegex(question.name, CHINESE)

    def test_mail_to_a_chinese_employee(self):
        agreement = self.to_proposed(self.review_of(self.launch(), self.worker))
        template = self.env.ref(f"{MODULE}.mail_template_agreement_proposed")
        rendered = template._generate_template(agreement.ids, ["subject", "body_html"])
        mail = rendered[agreement.id]
        self.assertEqual(mail["subject"], "您的面谈共识已可阅读和签署")
        self.assertIn("阅读面谈共识", mail["body_html"])
        self.assertNoEnglish(mail["body_html"])
        # The greeting ends as a Chinese one does.
        self.assertIn("Pr Worker，您好：", mail["body_html"])

    def test_a_list_of_words(self):
        for lang, words in (("zh_CN", "甲、乙、丙"), ("en_US", "甲, 乙, 丙")):
            self.assertEqual(say_list(self.env(context={"lang": lang}), ["甲", "乙", "丙"]), words)

    def test_report_in_chinese(self):
        agreement = self.to_follow_up(self.review_of(self.launch(), self.worker))
        report = self._as(self.worker_user, self.env["ir.actions.report"])
        # The report reads its records with the reader's rights, the template is no one's.
        html = report.sudo()._render_qweb_html(f"{MODULE}.report_agreement", agreement.ids)[0]
        text = html.decode()
        for word in ("结果目标", "行为与发展", "签署", "我同意"):
            self.assertIn(word, text)
        self.assertNoEnglish(text)


@tagged("post_install", "-at_install")
class TestChinesePortal(ChineseCommon, HttpCase):
    """The employee's pages, at every step of a review."""

    def _read(self, review):
        self.authenticate(self.porter_user.login, self.porter_user.login)
        pages = ""
        for url in ("/my", "/my/reviews", f"/my/reviews/{review.id}"):
            response = self.url_open(url)
            self.assertEqual(response.status_code, 200, url)
            self.assertNoEnglish(response.text)
            pages += response.text
        return pages

    def test_pages_of_every_step(self):
        review = self.review_of(self.launch(), self.porter)
        self.assertIn("我的面谈", self._read(review))
        self.submit_self_assessment(review)
        self.assertIn("提交时间：", self._read(review))
        agreement = self.to_proposed(review)
        self.assertIn("我同意并签署", self._read(review))
        self.sign_as(agreement, self.manager_user)
        self.sign_as(agreement, self.porter_user, stance="agree")
        self.assertIn("检查点", self._read(review))
