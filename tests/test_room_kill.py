"""Whoever ends in the middle of a word, server or browser: two seconds of typing at most are lost.

A server of its own on a database of its own, both real: what is killed has committed, or not.
"""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from types import SimpleNamespace

import psycopg2
import pytest
import requests
from own_database import PREFACE, ROOT, shell

from odoo.addons.performance_review.tests.screen import Screen

SCRIPT = (
    PREFACE
    + shell("typed_in_room")
    + """
printf 'DATABASE %s\\n' "$COPY"
read -r _ || true
"""
)
ANSWER = ".o_pr_room_topic textarea"
SAVED = "Boolean(document.querySelector('.o_pr_room [role=status] .fa-check'))"
PROMISE = 2  # seconds
PATIENCE = 120  # seconds until a server answers on a busy machine


@pytest.fixture(scope="module")
def room():
    """Return who opens which room in which database; it is dropped afterwards."""
    script = subprocess.Popen(
        ["bash", "-c", SCRIPT], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    said, found = [], None
    for line in script.stdout:
        said.append(line)
        if "ROOM " in line:
            found = json.loads(line.rpartition("ROOM ")[2])
        if line.startswith("DATABASE "):
            break
    assert found, "".join(said)[-5000:]
    yield SimpleNamespace(database=said[-1].split()[1], **found)
    script.communicate("\n", timeout=PATIENCE)


@contextmanager
def server(room, port):
    """Run Odoo on the loopback, and end it if it has not been killed by then."""
    process = subprocess.Popen(
        [
            sys.executable, "-m", "odoo", "--database", room.database,
            "--http-interface", "127.0.0.1", "--http-port", str(port),
            "--max-cron-threads", "0", "--log-level", "warn",
        ],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(requests.RequestException):
                if requests.get(f"http://127.0.0.1:{port}/web/login", timeout=60).ok:
                    break
            assert process.poll() is None, "the server has ended by itself"
            time.sleep(0.5)
        yield process
    finally:
        process.kill()
        process.wait()


def find_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def read_stored(room):
    """Return what stands in the database, without asking any server."""
    with psycopg2.connect(dbname=room.database) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM performance_dialogue_topic WHERE id = %s", (room.topic,))
        return cursor.fetchone()[0] or ""


def open_room(screen, room, port):
    base = f"http://127.0.0.1:{port}"
    screen.open(f"{base}/web/login")
    params = {"db": room.database, "login": room.login, "password": room.login}
    request = {
        "method": "POST",
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
    }
    answer = screen.ask(
        f"fetch('/web/session/authenticate', {json.dumps(request)}).then((each) => each.json())"
    )
    assert "error" not in answer, answer
    screen.open(f"{base}/odoo/{room.dialogue}/interview-room")
    # A server of one's own makes all style sheets and scripts before its first page.
    screen.wait_for(".o_pr_room", patience=2 * PATIENCE)


def type_on(screen, first, seconds):
    """Type numbered words, and return when each was typed."""
    typed = {}
    end = time.monotonic() + seconds
    number = first
    while time.monotonic() < end:
        screen.type(f"w{number} ")
        typed[number] = time.monotonic()
        number += 1
        time.sleep(0.08)
    return typed


def measure_trip(screen, room):
    """Return how long the server takes to answer at the moment, in seconds."""
    trips = []
    for _try in range(3):
        start = time.monotonic()
        screen.call("performance.dialogue", "save_room", [room.dialogue], [])
        trips.append(time.monotonic() - start)
    return max(trips)


def get_lost(typed, killed, stored):
    """Return how many seconds before the end the oldest word was typed that is not stored."""
    words = set(stored.split())
    missing = [moment for number, moment in typed.items() if f"w{number}" not in words]
    return killed - min(missing, default=killed)


def test_at_most_two_seconds_are_lost(room):
    port = find_port()
    case = SimpleNamespace(
        _logger=logging.getLogger(__name__),
        touch_enabled=False,
        fetch_proxy=lambda _url: {"responseCode": 404},
    )
    screen = Screen(case)
    try:
        with server(room, port) as running:
            open_room(screen, room, port)
            screen.click(".o_pr_room button", "Start the dialogue")
            screen.enter(ANSWER)
            screen.type("w0 ")
            screen.wait(SAVED)
            # A machine that answers slowly is not what this is about.
            allowed = PROMISE + max(0, 2 * measure_trip(screen, room) - 1)
            typed = type_on(screen, 1, 6)
            running.send_signal(signal.SIGKILL)
            killed = time.monotonic()
            running.wait()
            stored = read_stored(room)
            assert "w1 " in stored, "nothing was stored while typing"
            assert get_lost(typed, killed, stored) <= allowed
        # The window stays, says so, and sends the rest to the server that comes back.
        more = type_on(screen, max(typed) + 1, 1)
        screen.wait_for(".o_pr_room [role=status]", "No connection")
        with server(room, port):
            screen.wait(SAVED)
            # "Saved" may still be of the words before, on a machine that is busy.
            end = time.monotonic() + 20
            while get_lost({**typed, **more}, 0, read_stored(room)) and time.monotonic() < end:
                time.sleep(0.5)
            assert get_lost({**typed, **more}, 0, read_stored(room)) == 0
            # Now the browser ends, as a laptop does whose battery is empty.
            last = type_on(screen, max(more) + 1, 4)
            os.kill(screen.chrome.pid, signal.SIGKILL)
            killed = time.monotonic()
            time.sleep(1)  # what was on its way arrives
            stored = read_stored(room)
            assert get_lost({**typed, **more, **last}, killed, stored) <= allowed
    finally:
        screen.stop()
