"""A company large enough to measure, made in seconds.

One chief, 10 directors, 100 heads, 1,000 managers with ten people each: everybody has a user, and
three managers stand above each reviewer. Users and employees are made once through the ORM and
copied row by row with SQL: ten thousand users through the ORM take longer than all measurements.
"""

from datetime import date

MANAGERS = 1000
REPORTS = 10
PEOPLE = MANAGERS * REPORTS
HEADS, DIRECTORS = MANAGERS // 10, MANAGERS // 100

PASSWORD = "benchmark"


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


def make(env):
    """Fill the database and commit.

    :param env: environment of the superuser
    :return: ids by name, what the measurements start from
    :rtype: dict[str, int]
    """
    company = env.company
    staff, line = env["hr.department"].create([{"name": "Staff"}, {"name": "Line"}])
    job = env["hr.job"].create({"name": "Clerk"})
    internal = _make_user(env, "internal", "base.group_user")
    portal = _make_user(env, "portal", "base.group_portal")
    hr = _make_user(
        env, "hr", "base.group_user", "performance_review.group_performance_review_officer"
    )
    template = env["hr.employee"].create(
        {"name": "Template", "department_id": line.id, "job_id": job.id, "active": True}
    )
    env.flush_all()

    copies = _Company(env.cr, template, company)
    chief = copies.add(1, "Chief", internal, line, parent=None)
    directors = copies.add(DIRECTORS, "Director", internal, line, (chief, DIRECTORS))
    heads = copies.add(HEADS, "Head", internal, line, (directors, 10))
    managers = copies.add(MANAGERS, "Manager", internal, line, (heads, 10))
    people = copies.add(PEOPLE, "Person", portal, staff, (managers, REPORTS))
    template.active = False

    # A small department inside the large one: the same board with 100 reviews.
    few = env["hr.department"].create({"name": "Few", "parent_id": staff.id})
    env.flush_all()
    env.cr.execute(
        "UPDATE hr_version SET department_id = %s WHERE employee_id >= %s AND employee_id < %s",
        (few.id, people, people + 100),
    )
    env.invalidate_all()
    outline = env["performance.outline"]._get_default(company)
    cycle = env["performance.cycle"].create(
        {
            "name": "Year 2026",
            "user_id": hr.id,
            "date_start": date(2026, 1, 1),
            "date_end": date(2026, 12, 31),
            "outline_id": outline.id,
            "preparation_deadline": date(2026, 3, 20),
            "department_ids": [(6, 0, staff.ids)],
        }
    )
    few_cycle = cycle.copy({"name": "Few 2026", "department_ids": [(6, 0, few.ids)]})
    last_cycle = cycle.copy(
        {
            "name": "Year 2025",
            "date_start": date(2025, 1, 1),
            "date_end": date(2025, 12, 31),
            "preparation_deadline": date(2025, 3, 20),
        }
    )
    env.flush_all()
    env.cr.execute("SELECT user_id FROM hr_employee WHERE id = %s", (managers,))
    (manager_user,) = env.cr.fetchone()
    env.cr.execute("SELECT user_id FROM hr_employee WHERE id = %s", (people,))
    (person_user,) = env.cr.fetchone()
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()
    return {
        "cycle": cycle.id,
        "few_cycle": few_cycle.id,
        "last_cycle": last_cycle.id,
        "hr_user": hr.id,
        "manager": managers,
        "manager_user": manager_user,
        "person": people,
        "person_user": person_user,
    }


def _make_user(env, login, *groups):
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
