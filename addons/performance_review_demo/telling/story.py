from .cycles import DONE_MARK, Cycles
from .people import People
from .reminders import Reminders
from .teller import MODULE


class Story(People, Cycles, Reminders):
    """The whole story, of a company that talks for the second year.

    Every step is taken by the person whose step it is, through the same verbs as in the
    client, so the demo holds nothing that users could not have made themselves. Only time
    is cheated: what verbs stamp with "now" is moved into the past by :meth:`_backdate`.

    :param env: ``odoo.api.Environment`` of the superuser
    """

    def __init__(self, env):
        # Two years of "moved to the step …" written within one second inform nobody.
        self.env = env(
            context={
                **env.context,
                "tracking_disable": True,
                "dont_notify": True,
                "no_mail_to_attendees": True,
            }
        )

    def tell(self):
        """Tell the story once; a second call changes nothing.

        :return: ``True`` when something was told
        """
        if self.env.ref(f"{MODULE}.{DONE_MARK}", raise_if_not_found=False):
            return False
        newest_mail = self.env["mail.mail"].search([], order="id desc", limit=1).id or 0
        self._set_time_zones()
        self._set_languages()
        self._set_hire_dates()
        self._fill_calendars()
        self._create_appraisals()
        self._fill_library()
        self._tell_previous_cycle()
        self._create_incidents()
        self._tell_current_cycle()
        self._tell_probation_cycle()
        self._create_signals()
        # People of a story have no mailbox.
        self.env["mail.mail"].search(
            [("id", ">", newest_mail), ("state", "=", "outgoing")]
        ).unlink()
        self.env["performance.minutes"].search([("state", "=", "waiting")]).state = "sent"
        self._tell_reminders()
        # Whoever plays on with the story keeps what he changed when the addon is updated.
        self.env["ir.model.data"].search([("module", "=", MODULE)]).noupdate = True
        return True
