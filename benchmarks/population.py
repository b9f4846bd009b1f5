"""A company large enough to measure, made in seconds.

For 100,000 reviews in ten years: one chief, 10 directors, 100 heads, 1,000 managers with ten people
each, and as many assistants nobody talks with. Everybody has a user, and three managers stand above
each reviewer. Users and employees are made once through the ORM and copied row by row with SQL:
ten thousand users through the ORM take longer than all measurements.
"""

from dataclasses import dataclass
from datetime import date, timedelta

REPORTS = 10
YEARS = 10
PASSWORD = "benchmark"


@dataclass(frozen=True)
class Scale:
    """How large the company is in which there are so many reviews."""

    reviews: int

    @property
    def people(self):
        return max(REPORTS, self.reviews // YEARS // REPORTS * REPORTS)

    @property
    def years(self):
        """Years, of which the last one is under way and another belongs to one person."""
        return min(YEARS, max(3, self.reviews // self.people))

    @property
    def managers(self):
        return self.people // REPORTS

    @property
    def heads(self):
        return max(1, self.managers // 10)

    @property
    def directors(self):
        return max(1, self.managers // 100)

    @property
    def tenth(self):
        return max(1, self.people // 10)

    @property
    def few(self):
        return min(100, self.people // 2)


class Copies:
    """Rows copied from one that exists, with ids known beforehand."""

    def __init__(self, cr, table, template_id):
        cr.execute(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"')
        self.cr, self.table, self.template_id, self.first = cr, table, template_id, cr.fetchone()[0]
        self.made = 0

    def add(self, number, **columns):
        """Copy the template ``number`` times.

        :param int number: how many rows
        :param columns: column name → SQL expression of its value; ``n`` is the row's number in this
            call, from 0
        :return: the id of the first one; the others follow without a gap
        """
        first = self.first + self.made
        self.made += number
        pairs = "".join(f", '{name}', {value}" for name, value in columns.items())
        self.cr.execute(
            f"""
            INSERT INTO "{self.table}"
            SELECT copy.*
              FROM "{self.table}" AS template,
                   generate_series(0, %s) AS n,
                   jsonb_populate_record(template, jsonb_build_object('id', %s + n {pairs})) AS copy
             WHERE template.id = %s
            """,
            (number - 1, first, self.template_id),
        )
        self.cr.execute(f"SELECT setval('{self.table}_id_seq', %s)", (first + number,))
        return first


def cycle_vals(**vals):
    """Return the values of a cycle that is under way today, with deadlines ahead."""
    today = date.today()
    return {
        "date_start": today - timedelta(180),
        "date_end": today + timedelta(184),
        "preparation_deadline": today + timedelta(20),
        "dialogue_deadline": today + timedelta(40),
        "agreement_deadline": today + timedelta(60),
        **vals,
    }


def make(env, scale):
    """Fill the database and commit.

    :param env: environment of the superuser
    :param scale: :class:`Scale`
    :return: ids by name, what the measurements start from
    :rtype: dict[str, int]
    """
    company = env.company
    staff, line = env["hr.department"].create([{"name": "Staff"}, {"name": "Line"}])
    job = env["hr.job"].create({"name": "Clerk"})
    internal = make_user(env, "internal", "base.group_user")
    portal = make_user(env, "portal", "base.group_portal")
    hr = make_user(
        env, "hr", "base.group_user", "performance_review.group_performance_review_officer"
    )
    template = env["hr.employee"].create(
        {"name": "Template", "department_id": line.id, "job_id": job.id, "active": True}
    )
    env.flush_all()

    copies = _Company(env.cr, template, company)
    chief = copies.add(1, "Chief", internal, line, parent=None)
    directors = copies.add(scale.directors, "Director", internal, line, (chief, scale.directors))
    heads = copies.add(scale.heads, "Head", internal, line, (directors, 10))
    managers = copies.add(scale.managers, "Manager", internal, line, (heads, 10))
    people = copies.add(scale.people, "Person", portal, staff, (managers, REPORTS))
    assistants = copies.add(scale.managers, "Assistant", internal, line, (managers, 1))
    template.active = False

    # A small department inside the large one: the same board with fewer reviews.
    few, *teams = env["hr.department"].create(
        [
            {"name": name, "parent_id": staff.id}
            for name in ("Few", *map("Team {}".format, range(20)))
        ]
    )
    env.flush_all()
    env.cr.execute(
        """
        UPDATE hr_version
           SET department_id = CASE WHEN employee_id < %(first)s + %(few)s THEN %(department)s
                                    ELSE %(team)s + (employee_id - %(first)s) / 10 %% 20 END
         WHERE employee_id >= %(first)s AND employee_id < %(first)s + %(people)s
        """,
        {
            "first": people,
            "few": scale.few,
            "department": few.id,
            "team": teams[0].id,
            "people": scale.people,
        },
    )
    env.invalidate_all()
    outline = env["performance.outline"]._get_default(company)
    cycle = env["performance.cycle"].create(
        cycle_vals(
            name="This year",
            user_id=hr.id,
            outline_id=outline.id,
            department_ids=[(6, 0, staff.ids)],
        )
    )
    few_cycle = cycle.copy({"name": "Few", "department_ids": [(6, 0, few.ids)]})
    last_cycle = cycle.copy(
        {
            "name": "Last year",
            "date_start": cycle.date_start - timedelta(365),
            "date_end": cycle.date_end - timedelta(365),
        }
    )
    env.flush_all()
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()
    return {
        "reviews": scale.reviews,
        "people": scale.people,
        "managers": scale.managers,
        "few": scale.few,
        "cycle": cycle.id,
        "few_cycle": few_cycle.id,
        "last_cycle": last_cycle.id,
        "hr_user": hr.id,
        "chief": chief,
        "director": directors,
        "head": heads,
        "manager": managers,
        "person": people,
        "assistant": assistants,
        "staff": staff.id,
        "line": line.id,
    }


def make_user(env, login, *groups):
    return env["res.users"].create(
        {
            "name": login,
            "login": login,
            "email": f"{login}@example.com",
            "password": PASSWORD,
            "group_ids": [(6, 0, [env.ref(group).id for group in groups])],
        }
    )


class _Company:
    """Employees with users, one call per level of the hierarchy."""

    def __init__(self, cr, template, company):
        self.cr, self.company = cr, company
        self.version = template.current_version_id.id
        self.resources = Copies(cr, "resource_resource", template.resource_id.id)
        self.employees = Copies(cr, "hr_employee", template.id)
        self.versions = Copies(cr, "hr_version", self.version)

    def add(self, number, name, user, department, parent):
        """Add people with a copy of ``user`` each.

        :param parent: first manager's id and how many people each manager leads, or ``None``
        :return: the id of the first ``hr.employee``
        """
        title = f"'{name} ' || lpad(n::text, 5, '0')"
        login = f"'{name.lower()}' || n"
        partners = Copies(self.cr, "res_partner", user.partner_id.id)
        partner = partners.add(
            number, name=title, complete_name=title, email=f"{login} || '@example.com'"
        )
        users = Copies(self.cr, "res_users", user.id)
        first_user = users.add(number, partner_id=f"{partner} + n", login=login)
        for table, column, other in (
            ("res_groups_users_rel", "uid", "gid"),
            ("res_company_users_rel", "user_id", "cid"),
        ):
            self.cr.execute(
                f"""
                INSERT INTO {table} ({column}, {other})
                SELECT %s + n, template.{other}
                  FROM {table} AS template, generate_series(0, %s) AS n
                 WHERE template.{column} = %s
                """,
                (first_user, number - 1, user.id),
            )
        resource = self.resources.add(number, name=title, user_id=f"{first_user} + n")
        version = self.versions.first + self.versions.made
        employee = self.employees.add(
            number,
            name=title,
            work_email=f"{login} || '@example.com'",
            resource_id=f"{resource} + n",
            user_id=f"{first_user} + n",
            work_contact_id=f"{partner} + n",
            parent_id=f"{parent[0]} + n / {parent[1]}" if parent else "NULL::int",
            # Known before it exists; the constraint is checked once it does.
            current_version_id="NULL::int",
        )
        self.versions.add(
            number,
            employee_id=f"{employee} + n",
            department_id=str(department.id),
            date_version="'2020-01-01'",
        )
        self.cr.execute(
            "UPDATE hr_employee SET current_version_id = %s + id - %s WHERE id >= %s AND id < %s",
            (version, employee, employee, employee + number),
        )
        return employee
