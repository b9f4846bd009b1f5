"""Launch of a whole year's reviews against a bare-ORM create of the very same rows."""

import statistics

import common

REPEATS = 3
BATCH = 1000
TABLES = (
    "performance_review",
    "performance_review_upper_user_rel",
    "mail_activity",
    "performance_reminder_line",
    "ir_cron_trigger",
    "ir_cron_progress",
)


def launch(env, cycle_id):
    """Launch a cycle as the button and then the scheduler do."""
    env["performance.cycle"].browse(cycle_id).action_launch()
    env.cr.commit()
    env.ref("performance_review.ir_cron_launch").method_direct_trigger()
    env.cr.commit()
    env.invalidate_all()


def empty(env, cycle_id):
    """Take everything away that a launch or the bare create has made for this cycle."""
    reviews = "SELECT id FROM performance_review WHERE cycle_id = %s"
    env.cr.execute(
        "DELETE FROM mail_activity"
        f" WHERE res_model = 'performance.review' AND res_id IN ({reviews})",
        (cycle_id,),
    )
    env.cr.execute("DELETE FROM performance_review WHERE cycle_id = %s", (cycle_id,))
    for table in ("ir_cron_trigger", "ir_cron_progress"):
        env.cr.execute(f"DELETE FROM {table}")
    env.cr.execute(
        "UPDATE performance_cycle SET state = 'draft', launch_total = 0 WHERE id = %s", (cycle_id,)
    )
    env.cr.commit()
    env.invalidate_all()
    # Or the next one wades through the dead rows of this one, with plans made for other numbers.
    common.vacuum(env.registry, TABLES)


def read_values(env, cycle_id):
    """Return the values of the rows that a launch has made, ready for ``create``.

    :return: lists of values of reviews, of activities and of what both sides are told, which have
        the position of their review as ``res_id``
    """
    reviews = env["performance.review"].search([("cycle_id", "=", cycle_id)], order="id")
    position = {review.id: index for index, review in enumerate(reviews)}
    many2one = ("cycle_id", "employee_id", "reviewer_id", "department_id", "job_id", "company_id")
    many2one += ("outline_id", "appraisal_id", "previous_review_id")
    review_vals = [
        {
            "state": review.state,
            "upper_user_ids": [(6, 0, review.upper_user_ids.ids)],
            **{name: review[name].id for name in many2one},
        }
        for review in reviews
    ]
    activities = env["mail.activity"].search(
        [("res_model", "=", "performance.review"), ("res_id", "in", reviews.ids)], order="id"
    )
    activity_vals = [
        {
            "res_model_id": activity.res_model_id.id,
            "res_id": position[activity.res_id],
            "activity_type_id": activity.activity_type_id.id,
            "user_id": activity.user_id.id,
            "date_deadline": activity.date_deadline,
            "summary": activity.summary,
            "automated": activity.automated,
        }
        for activity in activities
    ]
    told = env["performance.reminder.line"].search([("review_id", "in", reviews.ids)], order="id")
    told_vals = [
        {
            "user_id": line.user_id.id,
            "code": line.code,
            "model": line.model,
            "res_id": position[line.review_id.id],
            "date": line.date,
            "rung": line.rung,
        }
        for line in told
    ]
    env.invalidate_all()
    return review_vals, activity_vals, told_vals


def create_bare(env, review_vals, activity_vals, told_vals):
    """Create the same rows, in the same batches and as quietly, knowing all values beforehand.

    Quietly: without tracking, followers and notifications. With them the floor would be higher.
    """
    Review = env["performance.review"].with_context(
        tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
    )
    Activity = env["mail.activity"].with_context(mail_activity_quick_update=True)
    review_ids = []
    for first in range(0, len(review_vals), BATCH):
        reviews = Review.create(review_vals[first : first + BATCH])
        Activity.create(
            [
                {**vals, "res_id": reviews[vals["res_id"] - first].id}
                for vals in activity_vals[first : first + BATCH]
            ]
        )
        review_ids += reviews.ids
        env.cr.commit()
        env.invalidate_all()
    common.bare_create(
        env["performance.reminder.line"],
        [
            {**vals, "res_id": review_ids[vals["res_id"]], "review_id": review_ids[vals["res_id"]]}
            for vals in told_vals
        ],
    )
    env.cr.commit()
    env.invalidate_all()


def count(env, cycle_id):
    """Return how much there is of what a launch makes.

    :return: reviews, their employees, activities, reviews with one, what people are told with
        their next mail, these people
    :rtype: tuple[int, ...]
    """
    env.cr.execute(
        """
        SELECT count(*), count(DISTINCT employee_id)
          FROM performance_review WHERE cycle_id = %s
        """,
        (cycle_id,),
    )
    reviews, employees = env.cr.fetchone()
    env.cr.execute(
        """
        SELECT count(*), count(DISTINCT activity.res_id)
          FROM mail_activity AS activity
          JOIN performance_review AS review ON review.id = activity.res_id
         WHERE activity.res_model = 'performance.review' AND review.cycle_id = %s
        """,
        (cycle_id,),
    )
    activities, with_activity = env.cr.fetchone()
    env.cr.execute(
        """
        SELECT count(*), count(DISTINCT line.user_id)
          FROM performance_reminder_line AS line
          JOIN performance_review AS review ON review.id = line.review_id
         WHERE review.cycle_id = %s
        """,
        (cycle_id,),
    )
    return reviews, employees, activities, with_activity, *env.cr.fetchone()


def complete(ids):
    """Return what :func:`count` says after a whole launch."""
    people, managers = ids["people"], ids["managers"]
    return people, people, people, people, 2 * people, people + managers


def run(registry, ids):
    """Measure and return the rows of the table."""
    cycle_id = ids["cycle"]
    launches, floors = [], []
    with common.environment(registry) as env:
        # What is read once per process (views, translations, templates) is no part of the race.
        launch(env, ids["few_cycle"])
        empty(env, ids["few_cycle"])
        # The values come from a launch that nobody measures.
        launch(env, cycle_id)
        values = read_values(env, cycle_id)

        def race_launch():
            empty(env, cycle_id)
            with common.measure() as measured:
                launch(env, cycle_id)
            launches.append(measured)
            rows_made.append(count(env, cycle_id))

        def race_floor():
            empty(env, cycle_id)
            with common.measure() as measured:
                create_bare(env, *values)
            floors.append(measured)
            rows_made.append(count(env, cycle_id))

        rows_made = []
        for number in range(REPEATS if ids["people"] >= 100 else 1):
            pair = (race_launch, race_floor)
            for race in pair if number % 2 == 0 else reversed(pair):
                race()
            print(
                f"  launch {launches[-1].seconds:.1f} s, {launches[-1].queries} queries;"
                f" bare create {floors[-1].seconds:.1f} s, {floors[-1].queries} queries",
                flush=True,
            )
        empty(env, cycle_id)
    seconds = statistics.median(each.seconds for each in launches)
    floor = statistics.median(each.seconds for each in floors)
    # Of each pair, as both have run under the same load then.
    ratio = statistics.median(
        one.seconds / other.seconds for one, other in zip(launches, floors, strict=True)
    )
    queries = max(each.queries for each in launches) / ids["people"]
    same = all(made == complete(ids) for made in rows_made)
    return [
        common.Row(
            f"launch of {ids['people']} reviews / bare create of the same rows",
            f"{seconds:.1f} s",
            f"{floor:.1f} s",
            f"{ratio:.2f}",
            "at most 1.5",
            ratio <= 1.5,
        ),
        common.Row(
            "queries of the launch, each review",
            f"{queries:.3f}",
            wanted="below 0.2",
            passed=queries < 0.2,
        ),
        common.Row(
            "both made the same: reviews, activities, what is told",
            "yes" if same else f"no: {sorted(set(rows_made))}",
            wanted="yes",
            passed=same,
        ),
    ]
