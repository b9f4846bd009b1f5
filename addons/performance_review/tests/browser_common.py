"""What tests in a browser share."""

import re

from odoo.tests import HttpCase

# A style sheet or a script that a page asks for.
ASSET = re.compile(r'(?:href|src)="(/web/assets/[^"]+)"')
PATIENCE = 180  # seconds, for building a bundle on a busy machine


class BrowserCase(HttpCase):
    """Builds the bundles of a page before a browser opens it.

    Otherwise the first test of a run builds them between the browser's requests, and those that
    wait for the one cursor of a test give up after a while.
    """

    def warm_up(self, path, user):
        """Ask for a page and what belongs to it, one after the other.

        :param str path: of the page
        :param user: ``res.users`` who opens it; the password is the login
        """
        self.authenticate(user.login, user.login)
        page = self.url_open(path, timeout=PATIENCE)
        for asset in ASSET.findall(page.text):
            self.url_open(asset, timeout=PATIENCE)
