"""Somebody who is logged in and opens pages, through Odoo's own web stack and without a network."""

import re

import population
from werkzeug.test import Client

from odoo.http import root

# What a server would know of its visitor.
VISIT = {"base_url": "http://localhost", "environ_overrides": {"REMOTE_ADDR": "127.0.0.1"}}


class Visitor:
    def __init__(self, env, user_id):
        self.client = Client(root)
        # Odoo's own pages tell the zone of the browser, and the first login keeps it.
        self.client.set_cookie("tz", "Asia/Shanghai")
        page = self.client.get("/web/login", **VISIT).get_data(as_text=True)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
        self.client.post(
            "/web/login",
            data={
                "login": env["res.users"].browse(user_id).login,
                "password": population.PASSWORD,
                "csrf_token": token,
            },
            **VISIT,
        )

    def open(self, address):
        """Open a page.

        :raise RuntimeError: when there is none for this visitor
        """
        answer = self.client.get(address, **VISIT)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")
