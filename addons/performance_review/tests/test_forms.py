from datetime import date

from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command, Domain
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import PerformanceCommon

STEPS = ("preparation", "dialogue", "agreement", "proposed", "follow_up", "done")


@tagged("post_install", "-at_install")
class TestForms(PerformanceCommon):
    """Every screen opens for everybody who gets there, with the rights of that person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.personas = {
            "reviewer": cls.manager_user,
            "employee": cls.worker_user,
            "upper manager": cls.director_user,
            "officer": cls.officer_user,
            "administrator": cls.administrator_user,
            "outsider": cls.outsider_user,
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def build_specification(self, model, node):
        """Return what the web client asks for: the fields of a view with their sub-views."""
        specification = {}
        for field in self.iterate_fields(node):
            name = field.get("name")
            if name not in model._fields:
                continue
            kind = model._fields[name].type
            if kind in ("one2many", "many2many"):
                line = self.env[model._fields[name].comodel_name].with_env(model.env)
                sub = specification.setdefault(name, {"fields": {"display_name": {}}})
                for view in field:
                    if view.tag in ("list", "kanban", "form"):
                        sub["fields"].update(self.build_specification(line, view))
            elif kind == "many2one":
                specification[name] = {"fields": {"display_name": {}}}
            else:
                specification[name] = {}
        return specification

    def iterate_fields(self, node):
        for child in node:
            if child.tag == "field":
                yield child
            elif isinstance(child.tag, str):
                yield from self.iterate_fields(child)

    def open_action(self, action, user):
        """Open ``action`` as the web client does: views, rows, and a row's form.

        :return: number of rows found
        """
        model = self.env[action.res_model].with_user(user)
        context = {"uid": user.id, "active_id": False, "active_ids": []}
        model = model.with_context(**safe_eval(action.context or "{}", dict(context)))
        domain = safe_eval(action.domain or "[]", dict(context))
        kinds = [kind for kind in action.view_mode.split(",") if kind in ("kanban", "list", "form")]
        views = model.get_views([(False, kind) for kind in kinds], {"toolbar": True})["views"]
        rows = model.browse()
        for kind in kinds:
            arch = etree.fromstring(views[kind]["arch"])
            specification = self.build_specification(model, arch)
            if kind == "form":
                for row in rows[:3]:
                    self.assertEqual(len(row.web_read(specification)), 1)
                if arch.get("create") != "0" and model.has_access("create"):
                    model.onchange({}, [], specification)
            else:
                self.env.invalidate_all()
                result = model.web_search_read(domain, specification, limit=80)
                rows = model.browse([record["id"] for record in result["records"]])
        return len(rows)

    def visible_actions(self, user):
        menus = self.env["ir.ui.menu"].with_user(user)
        visible = menus._visible_menu_ids()
        root = self.env.ref("performance_review.menu_root")
        found = self.env["ir.actions.act_window"]
        for menu in menus.sudo().search([("id", "child_of", root.id)]):
            line = {int(menu_id) for menu_id in menu.parent_path.rstrip("/").split("/")}
            if line <= visible and menu.action and menu.action._name == found._name:
                found |= menu.action
        return found

    def take_to(self, step):
        """Take the review to ``step`` by the shortest way."""
        manager = self.manager_user
        if step == "dialogue":
            self.to_dialogue(self.review)
            self.submit_self_assessment(self.review)
        elif step == "agreement":
            self.review.dialogue_id.with_user(manager).write(
                {"date_start": "2026-03-02 09:00:00", "date_end": "2026-03-02 10:00:00"}
            )
            self.review.with_user(manager).action_next()
        elif step == "proposed":
            self.fill_agreement(self.review.agreement_id).action_propose()
        elif step == "follow_up":
            self.sign_as(self.review.agreement_id, manager)
            self.sign_as(self.review.agreement_id, self.worker_user)
            self.env["performance.progress"].with_user(self.worker_user).create(
                {
                    "checkpoint_id": self.review.checkpoint_ids[0].id,
                    "goal_id": self.review.agreement_id.goal_ids.id,
                    "value": 6.0,
                }
            )
        elif step == "done":
            self.review.agreement_id.commitment_ids.with_user(manager).action_outcome_closed()
            self.review.checkpoint_ids.with_user(manager).action_done()
            self.review.with_user(manager).action_next()

    # ------------------------------------------------------------------
    # Everything opens
    # ------------------------------------------------------------------

    def test_menus_by_persona(self):
        def names(user):
            return {
                action.get_external_id()[action.id].split(".")[1]
                for action in self.visible_actions(user)
            }

        own = names(self.outsider_user)
        for persona in ("reviewer", "employee", "upper manager"):
            self.assertEqual(names(self.personas[persona]), own)
        self.assertIn("performance_review_action", own)
        self.assertNotIn("performance_review_action_all", own)
        officer = names(self.officer_user)
        self.assertLess(own, officer)
        self.assertIn("performance_cycle_action", officer)
        self.assertNotIn("performance_outline_action", officer)
        self.assertLess(officer, names(self.administrator_user))

    def test_every_menu_opens_in_every_step(self):
        self.review.appraisal_id = self.env["performance.appraisal"].create(
            {
                "employee_id": self.worker.id,
                "cycle_id": self.cycle.id,
                "date_start": date(2026, 1, 1),
                "date_end": date(2026, 2, 1),
                "state": "confirmed",
                "goal_ids": [
                    Command.create(
                        {"name": "Output", "employee_id": self.worker.id, "target": 10.0}
                    )
                ],
            }
        )
        self.env["performance.note"].with_user(self.manager_user).create(
            {"review_id": self.review.id, "body": "Ask about the move"}
        )
        for author in (self.manager_user, self.worker_user):
            self.env["performance.incident"].with_user(author).create(
                {
                    "employee_id": self.worker.id,
                    "name": "Stopped the line",
                    "polarity": "positive",
                }
            ).action_share()
        actions = {name: self.visible_actions(user) for name, user in self.personas.items()}
        for step in STEPS:
            self.take_to(step)
            if step not in ("dialogue", "agreement", "follow_up"):
                continue  # the others show nothing that these do not
            self.env.flush_all()
            for persona, user in self.personas.items():
                for action in actions[persona]:
                    if action.res_model == "res.config.settings":
                        continue
                    with self.subTest(step=step, persona=persona, action=action.name):
                        self.open_action(action, user)

    def test_everybody_finds_the_own_reviews_and_nobody_others(self):
        self.take_to("dialogue")
        team = self.env.ref("performance_review.performance_review_action")
        mine = self.env.ref("performance_review.performance_review_action_mine")
        everything = self.env.ref("performance_review.performance_review_action_all")
        self.assertEqual(self.open_action(team, self.manager_user), 2)
        self.assertEqual(self.open_action(mine, self.manager_user), 1)
        self.assertEqual(self.open_action(mine, self.worker_user), 1)
        self.assertEqual(self.open_action(team, self.worker_user), 0)
        for action in (team, mine, everything):
            self.assertEqual(self.open_action(action, self.outsider_user), 0)
        self.assertEqual(
            self.open_action(everything, self.officer_user), len(self.cycle.review_ids)
        )

    def test_searches_and_groups_of_the_pipeline_work(self):
        self.take_to("dialogue")
        arch = etree.fromstring(
            self.env["performance.review"]
            .with_user(self.manager_user)
            .get_views([(False, "search")])["views"]["search"]["arch"]
        )
        filters = arch.findall(".//filter")
        self.assertGreater(len(filters), 4)
        for user in (self.manager_user, self.worker_user, self.officer_user):
            Review = self.env["performance.review"].with_user(user)
            for node in filters:
                with self.subTest(user.login, filter=node.get("name")):
                    if node.get("domain"):
                        Review.search(Domain(safe_eval(node.get("domain"), {"uid": user.id})))
                    group = safe_eval(node.get("context") or "{}").get("group_by")
                    if group:
                        Review.web_read_group([], [group], ["__count"])

    # ------------------------------------------------------------------
    # Forms of the rooms, in every step and by everybody who may read them
    # ------------------------------------------------------------------

    def rooms(self):
        review = self.review.sudo()
        return [
            review,
            review.dialogue_id,
            review.agreement_id,
            review.self_assessment_ids,
            review.checkpoint_ids[:1],
            review.agreement_id.goal_ids[:1],
        ]

    def test_forms_of_the_rooms_open_for_their_readers(self):
        opened = set()
        for step in STEPS:
            self.take_to(step)
            self.env.flush_all()
            for persona, user in self.personas.items():
                for room in self.rooms():
                    if not room or not room.with_user(user).has_access("read"):
                        continue
                    self.env.invalidate_all()
                    with self.subTest(step=step, persona=persona, room=room._name):
                        Form(room.with_user(user))
                        opened.add((persona, room._name))
        expected = {
            "performance.review", "performance.dialogue", "performance.agreement",
            "performance.self.assessment", "performance.checkpoint", "performance.goal",
        }  # fmt: skip
        for persona in ("reviewer", "employee", "officer", "administrator"):
            self.assertEqual({room for who, room in opened if who == persona}, expected)
        self.assertEqual(
            {room for who, room in opened if who == "upper manager"},
            {"performance.review", "performance.agreement", "performance.checkpoint",
             "performance.goal"},
        )  # fmt: skip
        self.assertFalse({room for who, room in opened if who == "outsider"})

    def test_readers_cannot_type_where_they_may_not_write(self):
        self.take_to("dialogue")
        self.take_to("agreement")
        for user, room, field in (
            (self.officer_user, self.review.dialogue_id, "expectations"),
            (self.manager_user, self.review.dialogue_id, "expectations"),
            (self.worker_user, self.review.dialogue_id, "support_needed"),
            (self.officer_user, self.review.agreement_id, "summary"),
        ):
            form = Form(room.with_user(user))
            with self.subTest(user.login, field=field), self.assertRaises(AssertionError):
                form[field] = "x"
        self.take_to("proposed")
        for user in (self.manager_user, self.worker_user):
            form = Form(self.review.agreement_id.with_user(user))
            with self.subTest(user.login), self.assertRaises(AssertionError):
                form.summary = "x"

    def test_hr_edits_a_cycle(self):
        with Form(self.env["performance.cycle"].with_user(self.officer_user)) as form:
            form.name = "Half year"
            form.outline_id = self.outline.with_user(self.officer_user)
            form.preparation_deadline = date(2026, 3, 20)
            form.checkpoint_rhythm = "custom"
            form.checkpoint_days = 14
            form.gate_mode = "advisory"
            form.department_ids.add(self.department.with_user(self.officer_user))
            form.excluded_employee_ids.add(self.rival.with_user(self.officer_user))
        cycle = form.record
        self.assertEqual(cycle.company_id.sudo(), self.company)
        self.assertEqual(cycle.min_points, 3)
        cycle.action_launch()
        self.assertNotIn(self.rival, cycle.sudo().review_ids.employee_id)
        with Form(cycle) as form:
            form.name = "First half year"

    def test_the_dialogue_from_start_to_end_in_the_form(self):
        self.take_to("dialogue")
        dialogue = self.review.dialogue_id.with_user(self.manager_user)
        with Form(dialogue) as form:
            form.date_start = "2026-03-01 22:00:00"
            with form.topic_ids.edit(0) as topic:
                topic.is_discussed = True
                topic.answer = "The bench"
            with form.feedback_ids.new() as feedback:
                feedback.behaviour = "Asked first"
                feedback.effect = "No wrong parts"
            form.obstacle_theme_id = self.theme.with_user(self.manager_user)
        dialogue.action_finish()
        self.assertEqual(self.review.state, "agreement")
        self.assertEqual(dialogue.duration, 120)

    def test_the_kanban_drag_as_the_web_client_sends_it(self):
        self.fill_sheet(self.review)
        own = self.review.with_user(self.manager_user)
        result = own.web_save({"state": "dialogue"}, {"state": {}, "name": {}})
        self.assertEqual(result[0]["state"], "dialogue")

    def test_buttons_lead_to_screens_that_open(self):
        self.take_to("dialogue")
        own = self.review.with_user(self.manager_user)
        actions = [own.action_open_dialogue(), own.action_open_meeting()]
        self.take_to("agreement")
        actions.append(own.action_open_agreement())
        self.take_to("proposed")
        agreement = self.review.agreement_id.with_user(self.manager_user)
        actions += [agreement.action_open_sign(), agreement.action_open_dispute()]
        for action in actions:
            with self.subTest(action["res_model"]):
                record = self.env[action["res_model"]].with_user(self.manager_user)
                record = record.with_context(**action.get("context", {}))
                Form(record.browse(action["res_id"]) if action.get("res_id") else record)
        self.take_to("follow_up")
        employee = self.review.with_user(self.worker_user)
        for action in (
            employee.action_open_agreement(), employee.action_open_dialogue(),
        ):  # fmt: skip
            with self.subTest(action["res_model"]):
                Form(
                    self.env[action["res_model"]]
                    .with_user(self.worker_user)
                    .browse(action["res_id"])
                )

    def test_no_field_of_the_review_betrays_more_than_its_reader_may_see(self):
        """A read of all fields at once, by everybody, in the step with most secrets."""
        self.take_to("dialogue")
        secrets = {
            "point_ids", "strength_ids", "gap_ids", "support_ids", "note_ids", "dialogue_ids",
        }  # fmt: skip
        for persona, user in self.personas.items():
            own = self.review.with_user(user)
            self.env.invalidate_all()
            with self.subTest(persona):
                if persona == "outsider":
                    with self.assertRaises(AccessError):
                        own.read(["name"])
                    continue
                (values,) = own.read(list(own.fields_get()))
                shown = {name for name in secrets if values[name]}
                if persona in ("employee", "upper manager"):
                    self.assertFalse(shown)
                else:
                    self.assertLessEqual(secrets - {"note_ids"}, shown)

    def test_the_report_opens_for_hr(self):
        Report = self.env["performance.review.report"].with_user(self.administrator_user)
        Report.get_views([(False, "pivot"), (False, "graph"), (False, "search")])
        rows = Report.formatted_read_group(
            [("cycle_id", "=", self.cycle.id)], ["state"], ["__count"]
        )
        self.assertEqual(sum(row["__count"] for row in rows), len(self.cycle.review_ids))
