"""The whole story once more, through Odoo's external API and a client nobody here wrote."""

import base64
import io
from datetime import timedelta

import odoolib
from openpyxl import Workbook

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.performance_review.tests.common import PerformanceCommon


def spreadsheet(rows):
    """Return an xlsx file with Chinese headers, base64 encoded (``str``)."""
    book = Workbook()
    sheet = book.active
    sheet.append(["员工", "KPI", "单位", "权重", "基线值", "目标值", "实际值", "方向", "绩效等级"])
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return base64.b64encode(stream.getvalue()).decode()


@tagged("post_install", "-at_install")
class TestExternalApi(PerformanceCommon, HttpCase):
    """HR, manager and portal employee, each with an API key and nothing else."""

    def connect(self, user):
        # PostgreSQL judges the key by its own clock, which is not frozen.
        expiry = fields.Datetime.now() + timedelta(days=36500)
        key = self.env["res.users.apikeys"].with_user(user).sudo()._generate("rpc", "test", expiry)
        self.env.flush_all()
        return odoolib.get_connection(
            hostname="127.0.0.1",
            protocol="json2",
            port=self.http_port(),
            database=self.env.cr.dbname,
            login=user.login,
            password=key,
        )

    def test_story_over_json2(self):
        hr = self.connect(self.officer_user)
        manager = self.connect(self.manager_user)
        employee = self.connect(self.porter_user)
        with self.allow_requests(all_requests=True):
            cycle_id = self.import_and_launch(hr)
            review_id = self.prepare(manager, employee, cycle_id)
            self.talk(manager, review_id)
            self.agree(manager, employee, review_id)
        self.env.invalidate_all()
        review = self.env["performance.review"].browse(review_id)
        self.assertEqual(review.state, "follow_up")
        self.assertEqual(len(review.checkpoint_ids.activity_ids), len(review.checkpoint_ids))
        self.assertEqual(review.checkpoint_ids.activity_ids.user_id, self.manager_user)

    def import_and_launch(self, hr):
        cycle_id = hr.get_model("performance.cycle").create(
            vals_list=[
                {
                    "name": "Year 2026",
                    "date_start": "2026-01-01",
                    "date_end": "2026-12-31",
                    "company_id": self.company.id,
                    "outline_id": self.outline.id,
                }
            ]
        )[0]
        Import = hr.get_model("performance.appraisal.import")
        import_id = Import.create(
            vals_list=[
                {
                    "cycle_id": cycle_id,
                    "filename": "结果.xlsx",
                    "file": spreadsheet(
                        [
                            ["P200", "客户投诉", "次/月", 2, 8, 4, 5, "越低越好", "B"],
                            ["pr_porter@example.com", "完工台数", "台", 1, 0, 100, 90, "", "B"],
                        ]
                    ),
                }
            ]
        )[0]
        Import.action_import(ids=[import_id])
        appraisals = hr.get_model("performance.appraisal").search_read(
            domain=[("cycle_id", "=", cycle_id)], fields=["employee_id", "score"]
        )
        self.assertEqual([row["employee_id"][0] for row in appraisals], [self.porter.id])
        hr.get_model("performance.cycle").action_launch(ids=[cycle_id])
        return cycle_id

    def prepare(self, manager, employee, cycle_id):
        Review = manager.get_model("performance.review")
        found = Review.search_read(
            domain=[("cycle_id", "=", cycle_id), ("employee_id", "=", self.porter.id)],
            fields=["state", "appraisal_id"],
        )
        review_id = found[0]["id"]
        self.assertTrue(found[0]["appraisal_id"])
        Assessment = employee.get_model("performance.self.assessment")
        assessment_id = Assessment.create(vals_list=[{"review_id": review_id}])[0]
        Answer = employee.get_model("performance.self.assessment.answer")
        answers = Answer.search(domain=[("assessment_id", "=", assessment_id)])
        Answer.write(ids=answers, vals={"answer": "我完成了新工作台。"})
        Assessment.action_submit(ids=[assessment_id])
        missing = Review.get_blockers(ids=[review_id])
        self.assertEqual(len(missing), 3)
        with self.assertRaises(Exception) as refused:
            Review.action_next(ids=[review_id])
        self.assertIn("0", str(refused.exception))
        manager.get_model("performance.point").create(
            vals_list=[
                {
                    "review_id": review_id,
                    "kind": kind,
                    "nature": "behaviour",
                    "name": f"{kind} {number}",
                    "fact": "2 月 3 日的交接记录",
                }
                for kind in ("strength", "gap", "support")
                for number in range(3)
            ]
        )
        Review.action_next(ids=[review_id])
        return review_id

    def talk(self, manager, review_id):
        Review = manager.get_model("performance.review")
        dialogue_id = Review.read(ids=[review_id], fields=["dialogue_id"])["dialogue_id"][0]
        Dialogue = manager.get_model("performance.dialogue")
        Dialogue.write(
            ids=[dialogue_id],
            vals={"date_start": "2026-03-02 09:00:00", "date_end": "2026-03-02 09:45:00"},
        )
        manager.get_model("performance.feedback").create(
            vals_list=[
                {
                    "dialogue_id": dialogue_id,
                    "behaviour": "下单前先确认图纸",
                    "effect": "没有发错料",
                    "suggestion": "继续保持",
                    "thanks": "谢谢",
                }
            ]
        )
        Review.action_next(ids=[review_id])

    def read_fingerprint(self, client, agreement_id):
        Agreement = client.get_model("performance.agreement")
        return Agreement.read(ids=[agreement_id], fields=["fingerprint"])["fingerprint"]

    def agree(self, manager, employee, review_id):
        agreement_id = manager.get_model("performance.agreement").search(
            domain=[("review_id", "=", review_id)]
        )[0]
        vals = {**self.goal_vals(), "agreement_id": agreement_id}
        vals["date_deadline"] = str(vals["date_deadline"])
        manager.get_model("performance.goal").create(vals_list=[vals])
        manager.get_model("performance.commitment").create(
            vals_list=[
                {
                    "agreement_id": agreement_id,
                    "kind": "change",
                    "name": "每次交接都书面确认",
                    "owner": "employee",
                },
                {
                    "agreement_id": agreement_id,
                    "kind": "support",
                    "name": "增加一张工作台",
                    "owner": "reviewer",
                    "date_deadline": "2026-05-15",
                },
            ]
        )
        Agreement = manager.get_model("performance.agreement")
        Agreement.action_propose(ids=[agreement_id])
        Agreement.action_sign(
            ids=[agreement_id], fingerprint=self.read_fingerprint(manager, agreement_id)
        )
        employee.get_model("performance.agreement").action_sign(
            ids=[agreement_id],
            stance="agree",
            fingerprint=self.read_fingerprint(employee, agreement_id),
        )
        seen = employee.get_model("performance.checkpoint").search_read(
            domain=[("review_id", "=", review_id)], fields=["date", "state"]
        )
        self.assertEqual({row["state"] for row in seen}, {"planned"})
        self.assertEqual(seen[-1]["date"], "2026-09-30")
