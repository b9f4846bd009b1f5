def post_init_hook(env):
    """Let the story's addon follow, where Odoo was asked for demo data.

    It is an addon of its own so that production loads none of it. Odoo looks for newly marked
    modules after this one.

    :param env: ``odoo.api.Environment`` of the superuser
    """
    modules = env["ir.module.module"].search(
        [("name", "in", ["performance_review", "performance_review_demo"])]
    )
    core = modules.filtered(lambda module: module.name == "performance_review")
    if core.demo:
        (modules - core).filtered(lambda module: module.state == "uninstalled").button_install()


def uninstall_hook(env):
    """Delete attachments of our records that have no file, such as links.

    Odoo's own clean-up takes every attachment for a file, stops at those and then leaves the whole
    model with its table behind.

    :param env: ``odoo.api.Environment`` of the superuser
    """
    models = [name for name in env.registry if name.startswith("performance.")]
    env["ir.attachment"].search(
        [
            ("res_model", "in", models),
            ("store_fname", "=", False),
            # Named, or Odoo leaves out the attachments that are values of a field.
            "|",
            ("res_field", "=", False),
            ("res_field", "!=", False),
        ]
    ).unlink()
