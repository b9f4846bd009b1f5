"""Copies reviews with SQL, with all that hangs on them.

What hangs on a review is found by its links, so a new model is part of the scenery without being
named here.
"""

# What a year under way looks like; the rest of its people are where the last one says.
SHARES = (
    ("preparation", 0.3),
    ("dialogue", 0.1),
    ("agreement", 0.1),
    ("follow_up", 0.3),
    ("settled", 0.1),
    ("done", 0.1),
)


class Copier:
    """Copies the stories, once for everybody of a range of people."""

    def __init__(self, env, ids):
        self.env, self.ids = env, ids
        self.next_ids = {}
        self.graphs = {
            name: _Graph(env, env["performance.review"].browse(found["review"]))
            for name, found in ids["stories"].items()
        }
        self.columns = {}
        # Links are right by construction; checking each of some ten millions takes minutes.
        env.cr.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        self.unchecked = env.cr.fetchone()[0]

    def copy_mixed(self, people, cycle_id, number, previous=None):
        """Copy a year under way: its people are in all steps."""
        first = 0
        for name, share in SHARES:
            last = number if name == SHARES[-1][0] else first + round(number * share)
            self.copy(name, people, cycle_id, first, last, previous)
            first = last

    def copy(self, name, people, cycle_id, first, last, previous=None):
        """Copy one story for the people from number ``first`` to before ``last``.

        :param previous: id of the review before of number 0; the others follow
        :return: id of the first copied review
        """
        if self.unchecked:
            self.env.cr.execute("SET LOCAL session_replication_role = replica")
        graph = self.graphs[name]
        starts = {}
        for node in graph.nodes:
            table = node.model._table
            if table not in self.next_ids:
                self.env.cr.execute(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"')
                (self.next_ids[table],) = self.env.cr.fetchone()
            starts[node.key] = self.next_ids[table]
            self.next_ids[table] += (last - first) * len(node.ids)
        place = _Place(self, graph, starts, people, cycle_id, first, previous)
        for node in graph.nodes:
            expressions = place.get_expressions(node)
            names = ", ".join(f'"{column}"' for column in expressions)
            self.env.cr.execute(
                f"""
                INSERT INTO "{node.model._table}" ({names})
                SELECT {", ".join(expressions.values())}
                  FROM bench_people AS person, "{node.model._table}" AS origin
                 WHERE person.n >= {first} AND person.n < {last}
                   AND origin.id = ANY(ARRAY{node.ids})
                 ORDER BY person.n, origin.id
                """
            )
            self._copy_relations(node, place, first, last)
        if self.unchecked:
            self.env.cr.execute("SET LOCAL session_replication_role = DEFAULT")
        return starts["performance.review"]

    def _copy_relations(self, node, place, first, last):
        for field in node.model._fields.values():
            if field.type != "many2many" or not field.store or not field.relation:
                continue
            mine = place.map_id(node.key, f'origin."{field.column1}"')
            other = place.map_value(field.comodel_name, f'origin."{field.column2}"')
            self.env.cr.execute(
                f"""
                INSERT INTO "{field.relation}" ("{field.column1}", "{field.column2}")
                SELECT {mine}, {other}
                  FROM bench_people AS person, "{field.relation}" AS origin
                 WHERE person.n >= {first} AND person.n < {last}
                   AND origin."{field.column1}" = ANY(ARRAY{node.ids})
                ON CONFLICT DO NOTHING
                """
            )

    def get_columns(self, table):
        """Return the names of the columns that can be written."""
        if table not in self.columns:
            self.env.cr.execute(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = %s AND table_schema = current_schema"
                " AND is_generated = 'NEVER'",
                (table,),
            )
            self.columns[table] = [name for (name,) in self.env.cr.fetchall()]
        return self.columns[table]

    def finish(self):
        """Let the next row through the ORM come after the copies."""
        for table, next_id in self.next_ids.items():
            self.env.cr.execute(f"SELECT setval('{table}_id_seq', %s)", (next_id,))


class _Node:
    """The rows of one model in a story; ``target`` tells activities of different models apart."""

    def __init__(self, model, ids, target=None):
        self.model, self.ids, self.target = model, sorted(ids), target
        self.key = f"{model._name} {target}" if target else model._name


class _Graph:
    """A review with all rows that hang on it or on its employee's results."""

    def __init__(self, env, review):
        self.review = review
        self.found = {"performance.review": review}
        own_models = [
            model
            for name, model in env.items()
            if name.startswith("performance.") and model._auto and not model._abstract
            and not model._transient and name not in ("performance.review", "performance.cycle")
        ]  # fmt: skip
        for name in ("performance.appraisal", "performance.goal", "performance.incident"):
            self._add(env[name].search([("employee_id", "=", review.employee_id.id)]))
        grown = True
        while grown:
            grown = False
            for model in own_models:
                for field in model._fields.values():
                    if (
                        field.type == "many2one" and field.store
                        and field.comodel_name in self.found
                    ):  # fmt: skip
                        domain = [(field.name, "in", self.found[field.comodel_name].ids)]
                        rows = model.with_context(active_test=False).search(domain)
                        grown = self._add(rows) or grown
        self.nodes = [_Node(rows.browse(), rows.ids) for rows in self.found.values()]
        self.nodes.sort(key=self._rank)
        for name in list(self.found):
            activities = env["mail.activity"].search(
                [("res_model", "=", name), ("res_id", "in", self.found[name].ids)]
            )
            if activities:
                self.nodes.append(_Node(activities.browse(), activities.ids, name))
        self.by_key = {node.key: node for node in self.nodes}

    def _add(self, rows):
        known = self.found.get(rows._name, rows.browse())
        if rows - known:
            self.found[rows._name] = known | rows
            return True
        return False

    def _rank(self, node):
        """Where keys are checked, a row comes after those it needs."""
        seen = set()
        waiting = [node.model]
        while waiting:
            model = waiting.pop()
            for field in model._fields.values():
                if (
                    field.type == "many2one" and field.store and field.required
                    and field.comodel_name in self.found and field.comodel_name not in seen
                ):  # fmt: skip
                    seen.add(field.comodel_name)
                    waiting.append(model.env[field.comodel_name])
        return len(seen)


class _Place:
    """Where one copy goes: how each value of the origin reads there."""

    def __init__(self, copier, graph, starts, people, cycle_id, first, previous):
        self.copier, self.graph, self.starts = copier, graph, starts
        self.people, self.cycle_id, self.first, self.previous = people, cycle_id, first, previous
        ids, env = copier.ids, copier.env
        employee = graph.review.employee_id
        roles = {"employee": employee}
        for role in ("manager", "head", "director"):
            roles[role] = env["hr.employee"].browse(ids[f"story_{role}"])
        self.maps = {
            "hr.employee": {people[role]: person.id for role, person in roles.items()},
            "res.users": {people[f"{role}_user"]: one.user_id.id for role, one in roles.items()},
            "hr.department": {people["department"]: ids["story_department"]},
            "performance.cycle": {cycle_id: ids["story_cycle"]},
        }

    def map_id(self, key, value):
        """Return the SQL of the copy's id of a row of the story."""
        node = self.graph.by_key[key]
        return (
            f"{self.starts[key]} + (person.n - {self.first}) * {len(node.ids)}"
            f" + array_position(ARRAY{node.ids}, {value}) - 1"
        )

    def map_value(self, comodel, value):
        """Return the SQL of what a link leads to in the copy."""
        if comodel in self.graph.by_key:
            # What lies outside the story, like the company's goal, is shared.
            return f"coalesce({self.map_id(comodel, value)}, {value})"
        if comodel in self.maps:
            cases = " ".join(f"WHEN {old} THEN {new}" for new, old in self.maps[comodel].items())
            return f"CASE {value} {cases} ELSE {value} END"
        return value

    def get_expressions(self, node):
        """Return the SQL of each column: name → expression."""
        model = node.model
        found = {}
        for column in self.copier.get_columns(model._table):
            value = f'origin."{column}"'
            field = model._fields.get(column)
            if column == "id":
                value = self.map_id(node.key, value)
            elif node.target and column == "res_id":
                value = self.map_id(node.target, value)
            elif column == "previous_review_id" and self.previous:
                value = f"{self.previous} + person.n"
            elif field is not None and field.type == "many2one":
                value = self.map_value(field.comodel_name, value)
            elif field is not None and field.related == "employee_id.name":
                value = self.people["name"]
            found[column] = value
        return found
