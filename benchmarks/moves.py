"""A thousand reviews of one reviewer go one step on at once."""

import common
import copier

REVIEWS = 1000
QUERIES = 0.05
# From which story, to which step, and what the row says of it.
MOVES = (
    ("preparation", "dialogue", "makes a dialogue with its topics"),
    ("dialogue", "agreement", "makes a draft and what is suggested for it"),
    ("settled", "done", "makes nothing"),
)


def run(registry, ids):
    """Measure and return the rows of the table."""
    rows = []
    with common.environment(registry) as env:
        for origin, target, brings in MOVES:
            review_ids = _find(env, ids, origin)
            _move(env, ids, review_ids[:10], target)  # warms up
            measured, made = _move(env, ids, review_ids, target)
            floor = _move_bare(env, review_ids, target, made)
            number = len(review_ids)
            queries = measured.queries / number
            floor_queries = floor.queries / number
            own = queries - floor_queries
            name = f"{number} reviews to {target} ({brings})"
            rows.append(
                common.Row(
                    f"{name}: queries a row",
                    f"{queries:.3f}",
                    f"{floor_queries:.3f}",
                    f"{own:.3f} more",
                    f"at most {QUERIES} more",
                    own <= QUERIES,
                )
            )
            rows.append(
                common.Row(
                    f"{name}: time",
                    f"{measured.seconds:.2f} s",
                    f"{floor.seconds:.2f} s",
                    f"{measured.seconds / floor.seconds:.2f}",
                )
            )
    return rows


def _find(env, ids, origin):
    """Return the ids of a reviewer's reviews that stand where ``origin`` says."""
    people = ids["people"]
    first = 0
    for name, share in copier.SHARES:
        last = first + round(people * share)
        if name == origin:
            break
        first = last
    env.cr.execute(
        "SELECT id FROM performance_review WHERE cycle_id = %s"
        " AND employee_id >= %s AND employee_id < %s ORDER BY id LIMIT %s",
        (ids["many_cycle_full"], ids["person"] + first, ids["person"] + last, REVIEWS),
    )
    return [review_id for (review_id,) in env.cr.fetchall()]


def _get_models(env):
    """Return the models whose rows a move may make."""
    return [env["mail.activity"]] + [
        model
        for name, model in env.items()
        if name.startswith("performance.") and model._auto
        and not model._abstract and not model._transient
    ]  # fmt: skip


def _move(env, ids, review_ids, target):
    """Move as the reviewer; return what it took and what it made.

    :return: :class:`common.Measured`; columns that changed with their values, created values by
        model, ids of the activities that are gone
    """
    with common.undone(env):
        reviews = env["performance.review"].browse(review_ids)
        before = {}
        for model in _get_models(env):
            env.cr.execute(f'SELECT coalesce(max(id), 0) FROM "{model._table}"')
            (before[model._name],) = env.cr.fetchone()
        activities = _find_activities(env, review_ids)
        written = common.stored_values(reviews[:1])[0]
        env.invalidate_all()
        with common.measure() as measured:
            reviews.with_user(ids["many_manager_user"]).write({"state": target})
            env.flush_all()
        env.invalidate_all()
        changed = {
            name: value
            for name, value in common.stored_values(reviews[:1])[0].items()
            # Links to what was made differ in each review; the floor does without them.
            if value != written[name] and reviews._fields[name].type != "many2one"
        }
        made = {}
        for model in _get_models(env):
            rows = model.with_context(active_test=False).search(
                [("id", ">", before[model._name])], order="id"
            )
            if rows:
                made[model._name] = (rows.ids, common.stored_values(rows))
        gone = set(activities) - set(_find_activities(env, review_ids))
    return measured, (changed, made, sorted(gone))


def _find_activities(env, review_ids):
    env.cr.execute(
        "SELECT id FROM mail_activity WHERE res_model = 'performance.review' AND res_id = ANY(%s)",
        (review_ids,),
    )
    return [activity_id for (activity_id,) in env.cr.fetchall()]


def _move_bare(env, review_ids, target, made):
    """Write, create and delete the very same, knowing all of it beforehand."""
    changed, created, gone = made
    with common.undone(env):
        reviews = env["performance.review"].browse(review_ids)
        with common.measure() as measured:
            common.bare_write(reviews, {**changed, "state": target})
            common.bare_unlink(env["mail.activity"].browse(gone))
            # Deleting empties the cache, and what is created below would read them one by one.
            reviews.fetch()
            new_ids = {}
            for name, (old_ids, vals_list) in _sort(env, created):
                rows = common.bare_create(
                    env[name], [_relink(env[name], vals, new_ids) for vals in vals_list]
                )
                new_ids[name] = dict(zip(old_ids, rows.ids, strict=True))
            env.flush_all()
    return measured


def _sort(env, created):
    """Return models and rows, what others need first."""
    done, waiting = [], dict(created)
    while waiting:
        for name in list(waiting):
            needs = {
                field.comodel_name
                for field in env[name]._fields.values()
                if field.type == "many2one" and field.store and field.required
            }
            if not needs & waiting.keys() - {name}:
                done.append((name, waiting.pop(name)))
    return done


def _relink(model, vals, new_ids):
    return {
        name: new_ids.get(model._fields[name].comodel_name, {}).get(value, value)
        if model._fields[name].type == "many2one"
        else value
        for name, value in vals.items()
    }
