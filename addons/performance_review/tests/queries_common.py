"""What the tests of query counts share: what a screen asks for, and counting."""

from lxml import etree


def get_specification(view, models, model):
    """Return what the web client asks for to show a view: fields, and what they bring along.

    :param view: parsed arch (an ``lxml`` element) of the view or of an x2many's own list
    :param dict models: fields by model, as ``get_views`` sends them
    :param str model: model of the view
    :rtype: dict
    """
    specification = {}
    stack = list(view)
    while stack:
        node = stack.pop()
        if node.tag != "field":
            stack.extend(node)
            continue
        name = node.get("name")
        field = models[model]["fields"][name]
        if field["type"] in ("one2many", "many2many"):
            lists = [child for child in node if child.tag in ("list", "kanban", "form")]
            inner = (
                get_specification(lists[0], models, field["relation"])
                if lists
                else {"display_name": {}}
            )
            specification[name] = {"fields": inner, "limit": 40}
        elif field["type"] in ("many2one", "reference"):
            # The web client asks for no names of links that are never shown.
            is_shown = node.get("invisible") not in ("1", "True")
            specification[name] = {"fields": {"display_name": {}} if is_shown else {}}
        else:
            specification[name] = {}
    return specification


class QueryCount:
    """Counts the queries of screens and pages, in a new transaction of a warm process."""

    def screen(self, model, kind, user, view=None):
        """Return model and specification of a view as the web client of ``user`` has them."""
        # The context that the web client sends with every call.
        Model = self.env[model].with_user(user).with_context(lang="en_US", tz="UTC", uid=user.id)
        views = Model.get_views([(view, kind)])
        arch = etree.fromstring(views["views"][kind]["arch"])
        models = {name: {"fields": info["fields"]} for name, info in views["models"].items()}
        return Model, get_specification(arch, models, model)

    def count(self, call, *args):
        """Return the number of queries of ``call`` in a new transaction of a warm process."""
        call(*args)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call(*args)
        return self.env.cr.sql_log_count - before

    def count_page(self, address):
        """Return the number of queries of the second visit to a page of the portal."""
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.url_open(address)
        return self.env.cr.sql_log_count - before
