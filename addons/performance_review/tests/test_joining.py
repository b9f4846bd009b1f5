from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import TODAY, PerformanceCommon

PROBATION = {"min_seniority_days": 80, "max_seniority_days": 110, "joins_daily": True}


@tagged("post_install", "-at_install")
class TestJoining(PerformanceCommon):
    """Cycles that go on by themselves: a review starts when somebody comes to match."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        everybody = cls.manager | cls.peer_manager | cls.worker | cls.porter | cls.rival
        for employee in everybody | cls.officer_employee:
            employee.version_id.contract_date_start = TODAY - timedelta(days=700)
        cls.worker.version_id.contract_date_start = TODAY - timedelta(days=80)
        cls.porter.version_id.contract_date_start = TODAY - timedelta(days=60)

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("performance_review.ir_cron_join").method_direct_trigger()
        self.env.invalidate_all()

    def test_on_the_day_and_once(self):
        cycle = self.launch(**PROBATION)
        self.assertEqual(cycle.review_ids.employee_id, self.worker)
        self.run_job()
        self.assertEqual(cycle.review_ids.employee_id, self.worker)
        with freeze_time(TODAY + timedelta(days=19)):
            self.run_job()
            self.assertEqual(cycle.review_ids.employee_id, self.worker)
        joined = TODAY + timedelta(days=20)
        with freeze_time(joined):
            self.run_job()
            self.run_job()
        self.assertEqual(cycle.review_ids.employee_id, self.worker | self.porter)
        self.assertEqual(cycle.state, "open")
        review = self.review_of(cycle, self.porter)
        self.assertEqual(review.late_deadline, joined + timedelta(days=14))

    def test_without_a_day_for_all_each_has_two_weeks_to_prepare(self):
        days = ("preparation_deadline", "dialogue_deadline", "agreement_deadline")
        cycle = self.launch(**PROBATION, **dict.fromkeys(days, False))
        first = self.review_of(cycle, self.worker)
        self.assertEqual(first.step_deadline, TODAY + timedelta(days=14))
        joined = TODAY + timedelta(days=20)
        with freeze_time(joined):
            self.run_job()
            review = self.review_of(cycle, self.porter)
            self.assertEqual(review.step_deadline, joined + timedelta(days=14))
            # The day opens nobody's text: the cycle has promised none.
            self.assertFalse(review._get_reveal_deadline())
            self.assertTrue(first.is_overdue)
            self.assertFalse(review.is_overdue)

    def test_only_cycles_under_way_that_say_so(self):
        asked = self.launch(**{**PROBATION, "joins_daily": False})
        closed = self.launch(name="Closed", **PROBATION)
        closed.sudo().state = "closed"
        draft = self.create_cycle(name="Draft", **PROBATION)
        with freeze_time(TODAY + timedelta(days=20)):
            self.run_job()
        for cycle in asked | closed:
            self.assertEqual(cycle.review_ids.employee_id, self.worker)
        self.assertFalse(draft.review_ids)
