from .telling import Story


def post_init_hook(env):
    """Tell the story, once departments, people and translations are there.

    :param env: ``odoo.api.Environment`` of the superuser
    """
    Story(env).tell()
