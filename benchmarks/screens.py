"""Queries to open the screens, with 100 and with 10,000 reviews of the same person."""

import re

import common
import launch
import population
from lxml import etree
from werkzeug.test import Client

from odoo.http import root

FEW = 100


def get_specification(node, models, model):
    """Return what the web client asks for to show a view, see tests/test_queries.py."""
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
            value = {"fields": {"display_name": {}}}
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


def screen_queries(env, ids):
    """Return the number of queries by screen, as the reviewer of all reviews."""
    Review = env["performance.review"].with_user(ids["manager_user"])
    specifications = {}
    for kind in ("kanban", "list", "form"):
        views = Review.get_views([(False, kind)])
        specifications[kind] = get_specification(
            etree.fromstring(views["views"][kind]["arch"]), views["models"], Review._name
        )
    domain = [("reviewer_user_id", "=", ids["manager_user"]), ("state", "!=", "done")]
    review = Review.search(domain, limit=1)
    calls = {
        "kanban": lambda: Review.web_read_group(
            domain,
            ["state"],
            ["__count"],
            auto_unfold=True,
            unfold_read_specification=specifications["kanban"],
            unfold_read_default_limit=80,
        ),
        "list": lambda: Review.web_search_read(domain, specifications["list"], limit=80),
        "form": lambda: review.web_read(specifications["form"]),
    }
    return {name: measure(env, call) for name, call in calls.items()}


def portal_queries(env, ids):
    """Return the number of queries of the employee's list, through Odoo's own web stack."""
    login = env["res.users"].browse(ids["person_user"]).login
    client = Client(root)
    # What a server would know of its visitor.
    visit = {"base_url": "http://localhost", "environ_overrides": {"REMOTE_ADDR": "127.0.0.1"}}
    page = client.get("/web/login", **visit).get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    client.post(
        "/web/login",
        data={"login": login, "password": population.PASSWORD, "csrf_token": token},
        **visit,
    )

    def open_list():
        answer = client.get("/my/reviews", **visit)
        if answer.status_code != 200:
            raise RuntimeError(f"/my/reviews answered {answer.status_code}")

    open_list()
    return {"portal list": measure(env, open_list)}


def give_all(env, ids, cycle_id):
    """Make one person the reviewer, and another one the employee, of a whole cycle.

    Nobody has 10,000 people; but then no screen may walk over the reviews it does not show.
    """
    env.cr.execute(
        """
        UPDATE performance_review
           SET reviewer_id = %s, reviewer_user_id = %s, employee_user_id = %s
         WHERE cycle_id = %s
        """,
        (ids["manager"], ids["manager_user"], ids["person_user"], cycle_id),
    )
    env.cr.commit()
    env.invalidate_all()


def run(registry, ids):
    """Measure and return the rows of the table."""
    found = {}
    with common.environment(registry) as env:
        for number, cycle_id in ((FEW, ids["few_cycle"]), (population.PEOPLE, ids["cycle"])):
            launch.launch(env, cycle_id)
            give_all(env, ids, cycle_id)
            found[number] = screen_queries(env, ids) | portal_queries(env, ids)
            launch.empty(env, cycle_id)
    few, many = found[FEW], found[population.PEOPLE]
    return [
        common.Row(
            f"queries to open: {name}, {FEW} and {population.PEOPLE} reviews",
            f"{few[name]} and {many[name]}",
            "equal",
            few[name] == many[name],
        )
        for name in few
    ]
