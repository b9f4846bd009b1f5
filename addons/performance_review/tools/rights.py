"""With whose rights and on whose behalf code runs."""

SUPERUSER_ID = 1


def acts_for_user(env):
    """Say whether this is a verb at work: rights of the server, context of a user.

    :param env: an ``odoo.api.Environment``
    :rtype: bool
    """
    return env.su and env.uid != SUPERUSER_ID
