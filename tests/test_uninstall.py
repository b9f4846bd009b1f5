"""Uninstalling leaves nothing behind: in a database of its own, as it cannot be undone."""

from own_database import read_result, run

# Something of everything that outlives its model in a careless uninstall: rows with activities,
# messages and mails, a link from a model that stays.
FILL = """
user = env["res.users"].create({"name": "Boss", "login": "boss", "email": "boss@example.com"})
boss = env["hr.employee"].create({"name": "Boss", "user_id": user.id})
user = env["res.users"].create({"name": "Clerk", "login": "clerk", "email": "clerk@example.com"})
env["hr.employee"].create({"name": "Clerk", "user_id": user.id, "parent_id": boss.id})
cycle = env["performance.cycle"].create({"name": "Year"})
cycle.action_launch()
review = cycle.review_ids
env["performance.review.log"]._record("line", {review: ("A", "B")}, "A word")
place = {"res_model": review._name, "res_id": review.id}
env["ir.attachment"].create({"name": "file", "raw": b"A word", **place})
# No file at all, which Odoo's clean-up does not expect.
env["ir.attachment"].create({"name": "link", "type": "url", "url": "https://example.com", **place})
assert review.activity_ids and review.log_ids
env.cr.commit()
"""

# What would be left, by a query that finds it.
LEFTOVERS = {
    "tables, views, indexes": "SELECT relname FROM pg_class WHERE relname LIKE '%performance%'"
    " AND relnamespace = 'public'::regnamespace",
    "columns": "SELECT table_name || '.' || column_name FROM information_schema.columns"
    " WHERE column_name LIKE '%performance%' AND table_schema = 'public'",
    "constraints": "SELECT conname FROM pg_constraint WHERE conname LIKE '%performance%'",
    "models": "SELECT model FROM ir_model WHERE model LIKE 'performance.%'",
    "fields": "SELECT model || '.' || name FROM ir_model_fields"
    " WHERE name LIKE 'performance_%' OR relation LIKE 'performance.%'",
    "external ids": "SELECT name FROM ir_model_data WHERE module = 'performance_review'",
    "views of the client": "SELECT name FROM ir_ui_view"
    " WHERE model LIKE 'performance.%' OR arch_db::text LIKE '%performance_review%'",
    "crons": "SELECT cron_name FROM ir_cron WHERE cron_name LIKE 'Performance%'",
    "code": "SELECT code FROM ir_act_server WHERE code LIKE '%_cron_launch%'",
    "actions": "SELECT name::text FROM ir_act_window WHERE res_model LIKE 'performance.%'",
    "reports": "SELECT name::text FROM ir_act_report_xml WHERE model LIKE 'performance.%'",
    "menus": "SELECT menu.name::text FROM ir_ui_menu AS menu WHERE menu.name::text ILIKE"
    " '%performance%'",
    "groups": "SELECT name::text FROM res_groups WHERE name::text ILIKE '%performance%'"
    " OR comment::text ILIKE '%appraisal results%'",
    "activities": "SELECT res_model FROM mail_activity WHERE res_model LIKE 'performance.%'",
    "activity types": "SELECT name::text FROM mail_activity_type"
    " WHERE res_model LIKE 'performance.%'",
    "messages": "SELECT model FROM mail_message WHERE model LIKE 'performance.%'",
    "followers": "SELECT res_model FROM mail_followers WHERE res_model LIKE 'performance.%'",
    "mail templates": "SELECT name::text FROM mail_template WHERE model LIKE 'performance.%'",
    "attachments": "SELECT name FROM ir_attachment WHERE res_model LIKE 'performance.%'",
    "module": "SELECT name || ' ' || state FROM ir_module_module"
    " WHERE name LIKE 'performance_review%' AND state <> 'uninstalled'",
}

SCRIPT = """
printf '%s' "$FILL" | odoo shell --database "$COPY" --no-http --log-level error
filled=$(sql "$COPY" "$FILLED")
odoo module uninstall --database "$COPY" performance_review
printf '\\nRESULT {"filled": %s, "left": %s}\\n' "$filled" "$(sql "$COPY" "$LEFT")"
"""


def test_uninstall_leaves_nothing_behind():
    # One query for all, so that a missing table of Odoo's own is an error and not an empty answer.
    pairs = ", ".join(
        f"'{name}', (SELECT coalesce(json_agg(found), '[]') FROM ({query}) AS found(name))"
        for name, query in LEFTOVERS.items()
    )
    question = f"SELECT json_build_object({pairs})"
    result = read_result(run(SCRIPT, FILL=FILL, FILLED=question, LEFT=question))
    # A query that finds nothing before finds nothing afterwards either, and proves nothing.
    blind = {name for name, found in result["filled"].items() if not found}
    # Nobody follows a confidential record or writes on one, so there is none to be left.
    assert blind <= {"followers", "messages"}
    left = {name: found for name, found in result["left"].items() if found}
    assert not left
