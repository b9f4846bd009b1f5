"""Who stands above a reviewer, for the record rule that lets them read."""

from collections.abc import Iterable, Mapping


def users_above(
    reviewer_ids: Iterable[int],
    parent_of: Mapping[int, int | None],
    user_of: Mapping[int, int | None],
) -> dict[int, list[int]]:
    """Return, for each reviewer, the users of everybody above in the line.

    :param reviewer_ids: employee ids.
    :param parent_of: employee id -> employee id of the manager, or None (or Odoo's False).
        An employee who is absent has no manager.
    :param user_of: employee id -> user id, or None (or False). A manager without a user is
        passed over and the walk goes on above him.
    :return: reviewer's employee id -> user ids, nearest first, none twice. The reviewer's
        own user is not among them, also when a second employee record of his, in another
        company, stands above. A circle in the hierarchy ends the walk.
    """
    above = {}
    for reviewer_id in reviewer_ids:
        own_user = user_of.get(reviewer_id)
        users: dict[int, None] = {}  # a set that keeps its order
        seen = {reviewer_id}
        manager_id = parent_of.get(reviewer_id)
        while manager_id and manager_id not in seen:
            seen.add(manager_id)
            user = user_of.get(manager_id)
            if user and user != own_user:
                users[user] = None
            manager_id = parent_of.get(manager_id)
        above[reviewer_id] = list(users)
    return above
