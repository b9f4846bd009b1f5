from datetime import date

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

TODAY = date(2026, 3, 2)  # a Monday


class PerformanceCommon(TransactionCase):
    """Personas of DESIGN and a review to look at, without any demo data.

    Hierarchy: director (upper manager) > manager (reviewer) > worker (internal), porter (portal).
    ``outsider`` is an internal user of the same company without any group of ours; ``officer``
    and ``administrator`` carry our groups; ``stranger`` and ``foreign_officer`` belong to
    another company; ``rival`` is a portal employee of another team.
    Time stands still at :data:`TODAY`.
    """

    # Set to False where a browser runs: waiting for it needs a clock that goes on.
    frozen_time = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if cls.frozen_time:
            freezer = freeze_time(TODAY)
            freezer.start()
            cls.addClassCleanup(freezer.stop)
        cls.company = cls.env["res.company"].create({"name": "Review Works"})
        cls.other_company = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids, "tz": "UTC"}
        )
        cls._create_users()
        cls._create_employees()
        cls._create_configuration()

    @classmethod
    def _create_users(cls):
        def user(login, groups, company=None):
            company = company or cls.company
            return new_test_user(
                cls.env,
                login,
                groups=groups,
                name=login.replace("_", " ").title(),
                email=f"{login}@example.com",
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )

        internal, portal = "base.group_user", "base.group_portal"
        officer = "performance_review.group_performance_review_officer"
        administrator = "performance_review.group_performance_review_manager"
        cls.director_user = user("pr_director", internal)
        cls.manager_user = user("pr_manager", internal)
        cls.peer_manager_user = user("pr_peer_manager", internal)
        cls.worker_user = user("pr_worker", internal)
        cls.porter_user = user("pr_porter", portal)
        cls.rival_user = user("pr_rival", portal)
        cls.outsider_user = user("pr_outsider", internal)
        cls.officer_user = user("pr_officer", f"{internal},{officer}")
        cls.administrator_user = user("pr_administrator", f"{internal},{administrator}")
        cls.stranger_user = user("pr_stranger", internal, cls.other_company)
        cls.foreign_officer_user = user(
            "pr_foreign_officer", f"{internal},{officer}", cls.other_company
        )

    @classmethod
    def _create_employees(cls):
        cls.department = cls.env["hr.department"].create(
            {"name": "Workshop", "company_id": cls.company.id}
        )
        cls.job = cls.env["hr.job"].create({"name": "Fitter", "company_id": cls.company.id})

        def employee(user, parent=None, **vals):
            return cls.env["hr.employee"].create(
                {
                    "name": user.name,
                    "user_id": user.id,
                    "work_email": user.email,
                    "company_id": user.company_id.id,
                    "parent_id": parent.id if parent else False,
                    "department_id": cls.department.id if user.company_id == cls.company else False,
                    **vals,
                }
            )

        cls.director = employee(cls.director_user)
        cls.manager = employee(cls.manager_user, cls.director)
        cls.peer_manager = employee(cls.peer_manager_user, cls.director)
        cls.worker = employee(cls.worker_user, cls.manager, job_id=cls.job.id, barcode="W100")
        cls.porter = employee(cls.porter_user, cls.manager, barcode="P200")
        cls.rival = employee(cls.rival_user, cls.peer_manager)
        cls.officer_employee = employee(cls.officer_user, cls.director)

    @classmethod
    def _create_configuration(cls):
        cls.theme = cls.env["performance.theme"].create({"name": "Handover"})
        cls.outline = cls.env["performance.outline"].create(
            {
                "name": "Short outline",
                "question_ids": [
                    Command.create({"name": "What went well?", "section": "past"}),
                    Command.create({"name": "What is unclear?", "section": "present"}),
                    Command.create({"name": "What next?", "section": "future"}),
                ],
            }
        )
        cls.company_goal = cls.env["performance.goal"].create(
            {"name": "Fewer complaints", "scope": "company", "target": 10.0}
        )

    # ------------------------------------------------------------------
    # Builders: each takes one step of the story, through the real verbs
    # ------------------------------------------------------------------

    @classmethod
    def create_cycle(cls, **vals):
        """Return a draft cycle of this company for the current year."""
        return cls.env["performance.cycle"].create(
            {
                "name": "Year 2026",
                "company_id": cls.company.id,
                "user_id": cls.officer_user.id,
                "date_start": date(2026, 1, 1),
                "date_end": date(2026, 12, 31),
                "outline_id": cls.outline.id,
                "preparation_deadline": date(2026, 3, 20),
                "dialogue_deadline": date(2026, 4, 10),
                "agreement_deadline": date(2026, 4, 30),
                **vals,
            }
        )

    @classmethod
    def launch(cls, **vals):
        """Return an open cycle with its reviews."""
        cycle = cls.create_cycle(**vals)
        cycle.action_launch()
        return cycle

    @classmethod
    def review_of(cls, cycle, employee):
        return cycle.review_ids.filtered(lambda review: review.employee_id == employee)

    @classmethod
    def fill_sheet(cls, review, number=3):
        """Write ``number`` complete points of each kind, as the reviewer."""
        return (
            cls.env["performance.point"]
            .with_user(review.reviewer_user_id)
            .create(
                [
                    {
                        "review_id": review.id,
                        "kind": kind,
                        "name": f"{kind} {index}",
                        "fact": f"On 3 February, {kind} {index} was seen.",
                    }
                    for kind in ("strength", "gap", "support")
                    for index in range(number)
                ]
            )
        )

    @classmethod
    def submit_self_assessment(cls, review):
        """Return the submitted self-assessment, written as the employee."""
        assessment = (
            cls.env["performance.self.assessment"]
            .with_user(review.employee_user_id)
            .create({"review_id": review.id})
        )
        assessment.answer_ids.write({"answer": "I finished the new bench in time."})
        assessment.action_submit()
        return assessment

    @classmethod
    def to_dialogue(cls, review):
        cls.fill_sheet(review)
        review.with_user(review.reviewer_user_id).action_next()
        return review.dialogue_id

    @classmethod
    def to_agreement(cls, review):
        """Hold an hour's dialogue and return the draft agreement."""
        dialogue = cls.to_dialogue(review).with_user(review.reviewer_user_id)
        dialogue.write(
            {
                "date_start": "2026-03-02 09:00:00",
                "date_end": "2026-03-02 10:00:00",
                "expectations": "Shared",
                "obstacle_theme_id": cls.theme.id,
                "sustainable": "yes",
                "support_needed": "A second bench",
                "feedback_ids": [
                    Command.create(
                        {
                            "behaviour": "Asked before ordering",
                            "effect": "No wrong parts",
                            "suggestion": "Keep asking",
                            "thanks": "Thank you",
                        }
                    )
                ],
            }
        )
        review.with_user(review.reviewer_user_id).action_next()
        return review.agreement_id

    @classmethod
    def goal_vals(cls, **vals):
        """Return the values of a complete SMART goal."""
        return {
            "name": "Halve the complaints about handovers",
            "metric": "Complaints",
            "unit": "per month",
            "baseline": 8.0,
            "target": 4.0,
            "direction": "down",
            "means": "A checklist and a second reading",
            "parent_id": cls.company_goal.id,
            "date_deadline": date(2026, 9, 30),
            **vals,
        }

    @classmethod
    def fill_agreement(cls, agreement):
        """Write a complete agreement as the reviewer."""
        agreement = agreement.with_user(agreement.review_id.reviewer_user_id)
        agreement.write(
            {
                "summary": "We look at handovers every month.",
                "goal_ids": [Command.create(cls.goal_vals())],
                "commitment_ids": [
                    Command.create(
                        {
                            "kind": "change",
                            "name": "Confirms every handover in writing",
                            "owner": "employee",
                            "date_deadline": date(2026, 6, 30),
                        }
                    ),
                    Command.create(
                        {
                            "kind": "support",
                            "name": "A second bench",
                            "owner": "reviewer",
                            "date_deadline": date(2026, 5, 15),
                        }
                    ),
                ],
            }
        )
        return agreement

    @classmethod
    def to_proposed(cls, review):
        agreement = cls.fill_agreement(cls.to_agreement(review))
        agreement.action_propose()
        return agreement

    @classmethod
    def to_follow_up(cls, review):
        """Return the agreement signed by both; the review is in its last step."""
        agreement = cls.to_proposed(review)
        cls.sign_as(agreement, review.reviewer_user_id)
        cls.sign_as(agreement, review.employee_user_id)
        return agreement

    @classmethod
    def sign_as(cls, agreement, user=None, **kwargs):
        """Sign what there is to read as ``user``; the employee agrees unless told otherwise."""
        agreement = agreement.with_user(user) if user else agreement
        if agreement.env.user == agreement.sudo().review_id.employee_user_id:
            kwargs.setdefault("stance", "agree")
        kwargs.setdefault("fingerprint", agreement.sudo().fingerprint)
        return agreement.action_sign(**kwargs)

    @classmethod
    def dispute_as(cls, agreement, user, reason="No"):
        """Dispute what there is to read as ``user``."""
        return agreement.with_user(user).action_dispute(reason, agreement.sudo().fingerprint)
