"""A hundred thousand full reviews: which years there are, and who is where in them."""

from datetime import timedelta

import common
import population
import story
from copier import Copier

from odoo.fields import Command


def make(env, ids):
    """Fill a database that :mod:`population` has made, and commit.

    :return: ids by name, those of the population included
    :rtype: dict
    """
    scale = population.Scale(ids["reviews"])
    ids = {**ids, **story.make(env, ids)}
    # Everybody has been told: nothing waits for a mail, and nothing of it is copied.
    env.flush_all()
    env.cr.execute("DELETE FROM performance_reminder_line")
    ids |= _make_single_people(env, ids)
    _make_tasks(env, ids)
    env.flush_all()
    people = _map_people(env, ids, scale)
    copier = Copier(env, ids)
    old_years = [
        _make_cycle(env, ids, f"{ago} years ago", ago) for ago in range(scale.years - 2, 0, -1)
    ]
    previous = None
    for cycle_id in old_years:
        previous = copier.copy("done", people, cycle_id, 0, scale.people, previous)
    current = _make_cycle(env, ids, "This year, full", 0, scale.people)
    copier.copy_mixed(people, current, scale.people, previous)
    # The same with a tenth of the people: what a screen costs beside what its reviews cost.
    tenth = _make_cycle(env, ids, "This year, a tenth", 0, scale.tenth)
    copier.copy_mixed(people, tenth, scale.tenth, previous)
    _fall_behind(env, [current, tenth])
    single_cycles = []
    for name, number in (("few", scale.few), ("many", scale.people)):
        single = {
            column: ids[f"{name}_{column}"]
            for column in ("employee_user", "manager", "manager_user")
        }
        cycle_id = _make_cycle(env, ids, f"All of one, {name}", 0)
        copier.copy_mixed(people | single, cycle_id, number)
        ids[f"{name}_cycle_full"] = cycle_id
        single_cycles.append(cycle_id)
    copier.finish()
    _open_cycles(env, old_years, [current, tenth, *single_cycles])
    ids |= {"old_years": old_years, "current": current, "tenth_cycle": tenth, "tenth": scale.tenth}
    common.store_ids(env, ids)
    return ids


def _make_cycle(env, ids, name, ago, number=None):
    """Make a cycle that nobody is in yet.

    :param int ago: how many years
    :param int number: how many people belong to it, by a tag; by default those of the stories
    :return: its id
    """
    story_cycle = env["performance.cycle"].browse(ids["story_cycle"])
    shift = timedelta(365 * ago)
    vals = {
        "name": name,
        "date_start": story_cycle.date_start - shift,
        "date_end": story_cycle.date_end - shift,
    }
    if number:
        vals |= {
            "department_ids": [Command.set([ids["staff"]])],
            "category_ids": [Command.set([_tag_people(env, name, number)])],
        }
    cycle = story_cycle.copy(vals)
    cycle.flush_recordset()
    return cycle.id


def _tag_people(env, name, number):
    tag = env["hr.employee.category"].create({"name": name})
    field = env["hr.employee"]._fields["category_ids"]
    env.flush_all()
    env.cr.execute(
        f'''INSERT INTO "{field.relation}" ("{field.column1}", "{field.column2}")
            SELECT employee, %s FROM bench_people WHERE n < %s''',
        (tag.id, number),
    )
    return tag.id


def _fall_behind(env, cycle_ids):
    """Let every third person of these cycles be late, and what both sides promised be due."""
    env.cr.execute(
        """
        UPDATE performance_review
           SET step_deadline = CURRENT_DATE - 3,
               next_checkpoint_date = LEAST(next_checkpoint_date, CURRENT_DATE - 3)
         WHERE cycle_id = ANY(%s) AND employee_id %% 3 = 0
        """,
        (cycle_ids,),
    )
    env.cr.execute(
        """
        UPDATE performance_commitment
           SET date_deadline = CURRENT_DATE - 3
          FROM performance_agreement AS agreement
          JOIN performance_review AS review ON review.id = agreement.review_id
         WHERE agreement.id = performance_commitment.agreement_id
           AND review.cycle_id = ANY(%s) AND review.employee_id %% 3 = 0
        """,
        (cycle_ids,),
    )
    # Nobody in the stories has spread the minutes of a talk over its topics.
    env.cr.execute(
        "UPDATE performance_mirror SET future_share = 40 WHERE cycle_id = ANY(%s)", (cycle_ids,)
    )


def _open_cycles(env, old_years, under_way):
    """Freeze with the product's own methods what it freezes when a cycle opens."""
    env.invalidate_all()
    cycles = env["performance.cycle"].browse([*old_years, *under_way])
    env["performance.pulse"]._open(cycles)
    cycles.write({"state": "open"})
    cycles.browse(old_years).write({"state": "closed"})
    # Of the years before, nobody opens how talks were led.
    env["performance.practice"]._take_in(cycles.browse(under_way))
    # What is counted at night.
    cycles._count_step_days()
    env.flush_all()
    env.invalidate_all()


def _make_single_people(env, ids):
    """Make a reviewer and an employee who have few reviews, and two who have all of a year."""
    line = env["hr.department"].browse(ids["line"])
    found = {}
    for name in ("few", "many"):
        manager = story.make_employee(env, f"{name}-manager", "base.group_user", ids["head"], line)
        person = story.make_employee(env, f"{name}-person", "base.group_portal", manager.id, line)
        found |= {
            f"{name}_manager": manager.id,
            f"{name}_manager_user": manager.user_id.id,
            f"{name}_employee_user": person.user_id.id,
        }
    return found


def _make_tasks(env, ids):
    """Make a project its customer follows in the portal: the page ours is compared with."""
    if "project.project" not in env:
        return
    partner = env["res.users"].browse(ids["stories"]["follow_up"]["user"]).partner_id
    project = env["project.project"].create(
        {"name": "Peer", "privacy_visibility": "portal", "partner_id": partner.id}
    )
    tasks = env["project.task"].create(
        [
            {
                "name": f"Task {number}",
                "project_id": project.id,
                "partner_id": partner.id,
                "user_ids": [(6, 0, [ids["hr_user"]])],
                "description": f"<p>{story.FACT}</p>" * 3,
                "date_deadline": project.create_date,
                "tag_ids": [(0, 0, {"name": f"Tag {number}"})],
            }
            for number in range(20)
        ]
    )
    project.message_subscribe(partner.ids)
    tasks.message_subscribe(partner.ids)
    for _number in range(10):
        tasks[0].message_post(body=story.ANSWER, subtype_xmlid="mail.mt_comment")
    ids["task"] = tasks[0].id


def _map_people(env, ids, scale):
    """Number the people with those above them in a table of this session.

    :return: column → what stands there
    :rtype: dict[str, str]
    """
    env.cr.execute(
        """
        CREATE TEMPORARY TABLE bench_people AS
        SELECT employee.id - %s AS n, employee.id AS employee, employee.user_id AS employee_user,
               employee.name, version.department_id AS department,
               manager.id AS manager, manager.user_id AS manager_user,
               head.id AS head, head.user_id AS head_user,
               director.id AS director, director.user_id AS director_user
          FROM hr_employee AS employee
          JOIN hr_version AS version ON version.id = employee.current_version_id
          JOIN hr_employee AS manager ON manager.id = employee.parent_id
          JOIN hr_employee AS head ON head.id = manager.parent_id
          JOIN hr_employee AS director ON director.id = head.parent_id
         WHERE employee.id >= %s AND employee.id < %s
        """,
        (ids["person"], ids["person"], ids["person"] + scale.people),
    )
    columns = ("n", "name", "department")
    for role in ("employee", "manager", "head", "director"):
        columns += (role, f"{role}_user")
    return {column: f"person.{column}" for column in columns}
