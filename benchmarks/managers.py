"""A thousand people get another manager, and a director another chief: what moves with them."""

import common


def run(registry, ids):
    """Measure and return the rows of the table."""
    number = ids["managers"]
    rows = []
    with common.environment(registry) as env:
        Employee = env["hr.employee"].with_context(tracking_disable=True)
        people = Employee.browse(range(ids["person"], ids["person"] + number))
        assistants = Employee.browse(range(ids["assistant"], ids["assistant"] + number))
        head = Employee.browse(ids["head"])
        for name, moved, alike in (
            (f"{number} people get another manager", people, assistants),
            ("a director moves below the chief's deputy", Employee.browse(ids["director"]), None),
        ):
            _move(env, moved[:5], head)  # warms up
            measured, written = _move(env, moved, head if alike else assistants[:1])
            rows.append(
                common.Row(
                    f"{name}: rows of ours written",
                    str(sum(written.values())),
                    wanted="0",
                    passed=not written,
                    note=", ".join(f"{table} {count}" for table, count in written.items()),
                )
            )
            floor, _written = _move(env, alike if alike else assistants[1:2], head)
            rows.append(
                common.Row(
                    f"{name}: time, beside people nobody reviews",
                    f"{measured.seconds:.2f} s",
                    f"{floor.seconds:.2f} s",
                    f"{measured.seconds / floor.seconds:.2f}",
                )
            )
    return rows


def _move(env, employees, manager):
    """Return what the move took, and the rows it wrote by table of ours."""
    with common.undone(env):
        before = _count_writes(env)
        with common.measure() as measured:
            employees.write({"parent_id": manager.id})
            env.flush_all()
        after = _count_writes(env)
    return measured, {
        table: count - before.get(table, 0)
        for table, count in after.items()
        if count != before.get(table, 0)
    }


def _count_writes(env):
    """Return the rows this transaction has written so far, by table of ours."""
    env.cr.execute(
        """
        SELECT relname, n_tup_ins + n_tup_upd + n_tup_del
          FROM pg_stat_xact_user_tables
         WHERE relname LIKE 'performance\\_%'
        """
    )
    return dict(env.cr.fetchall())
