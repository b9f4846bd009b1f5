"""Several questions asked in one statement."""

from odoo.tools import SQL


def unite(queries):
    """Return one query for several, each line with the code of its own.

    :param dict queries: code → ``odoo.tools.Query``
    :return: lines of ``code`` and ``id``
    :rtype: SQL
    """
    return SQL(" UNION ALL ").join(
        SQL(
            "SELECT %s AS code, %s.id FROM (%s) AS %s",
            code,
            SQL.identifier(f"part_{code}"),
            query.select(),
            SQL.identifier(f"part_{code}"),
        )
        for code, query in queries.items()
    )
