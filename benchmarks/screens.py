"""Queries to open the screens: reviews with everything in them, and many of the same person."""

from functools import partial

import common
from lxml import etree
from visitor import Visitor

LIMIT = 25


def get_specification(node, models, model):
    """Return what the web client asks for to show a view, see tests/queries_common.py."""
    specification = {}
    stack = list(node)
    while stack:
        node = stack.pop()
        if node.tag != "field":
            stack.extend(node)
            continue
        field = models[model]["fields"][node.get("name")]
        value = {}
        if field["type"] in ("one2many", "many2many"):
            lists = [child for child in node if child.tag in ("list", "kanban", "form")]
            inner = {"display_name": {}}
            if lists:
                inner = get_specification(lists[0], models, field["relation"])
            value = {"fields": inner, "limit": 40}
        elif field["type"] in ("many2one", "reference"):
            # The web client asks for no names of links that are never shown.
            is_shown = node.get("invisible") not in ("1", "True")
            value = {"fields": {"display_name": {}} if is_shown else {}}
        specification[node.get("name")] = value
    return specification


def measure(env, call):
    """Return the queries of ``call`` in a new transaction of a warm process."""
    call()
    env.cr.commit()
    env.invalidate_all()
    with common.measure() as measured:
        call()
    env.cr.commit()
    return measured.queries


def get_specifications(Review):
    """Return what kanban, list and form ask for, as this user has them."""
    found = {}
    for kind in ("kanban", "list", "form"):
        views = Review.get_views([(False, kind)])
        arch = etree.fromstring(views["views"][kind]["arch"])
        found[kind] = get_specification(arch, views["models"], Review._name)
    return found


def as_in_browser(env, user_id):
    """Return the model of reviews with the user and the context that the web client sends."""
    user = env["res.users"].browse(user_id)
    return (
        env["performance.review"]
        .with_user(user)
        .with_context(lang="en_US", tz="UTC", uid=user.id, allowed_company_ids=user.company_ids.ids)
    )


def board_queries(env, user_id):
    """Return the queries of board and list of somebody's reviews."""
    Review = as_in_browser(env, user_id)
    specifications = get_specifications(Review)
    domain = [("reviewer_user_id", "=", user_id), ("state", "!=", "done")]
    return {
        "kanban": measure(
            env,
            lambda: Review.web_read_group(
                domain,
                ["state"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=specifications["kanban"],
                unfold_read_default_limit=80,
            ),
        ),
        "list": measure(
            env, lambda: Review.web_search_read(domain, specifications["list"], limit=80)
        ),
    }


def form_queries(env, ids):
    """Return the queries of the form of a review full of content, by step."""
    env.cr.execute("SELECT user_id FROM hr_employee WHERE id = %s", (ids["story_manager"],))
    Review = as_in_browser(env, env.cr.fetchone()[0])
    specification = get_specifications(Review)["form"]
    return {
        name: measure(env, partial(Review.browse(found["review"]).web_read, specification))
        for name, found in ids["stories"].items()
    }


def portal_queries(env, ids):
    """Return the queries of the employee's page of a review full of content, by step."""
    return {
        name: measure_page(env, found["user"], f"/my/reviews/{found['review']}")
        for name, found in ids["stories"].items()
    }


def measure_page(env, user_id, address):
    """Return the queries of a page somebody opens for the second time."""
    visitor = Visitor(env, user_id)
    visitor.open(address)
    return measure(env, lambda: visitor.open(address))


def run(registry, ids):
    """Measure and return the rows of the table."""
    with common.environment(registry) as env:
        found = {
            name: board_queries(env, ids[f"{name}_manager_user"])
            | {"portal list": measure_page(env, ids[f"{name}_employee_user"], "/my/reviews")}
            for name in ("few", "many")
        }
        pages = {"form": form_queries(env, ids), "portal detail": portal_queries(env, ids)}
    few, many = found["few"], found["many"]
    rows = [
        common.Row(
            f"queries to open: {name}, {ids['few']} and {ids['people']} reviews",
            f"{few[name]} and {many[name]}",
            wanted=f"not more, at most {LIMIT}",
            # Fewer are no fault: the first page of many shows fewer steps.
            passed=many[name] <= few[name] <= LIMIT,
        )
        for name in few
    ]
    for name, queries in pages.items():
        worst = max(queries, key=queries.get)
        rows.append(
            common.Row(
                f"queries to open: {name} with content",
                str(queries[worst]),
                wanted=f"at most {LIMIT}",
                passed=queries[worst] <= LIMIT,
                note=", ".join(f"{step} {number}" for step, number in queries.items()),
            )
        )
    return rows
