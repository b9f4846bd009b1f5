"""A browser that a test drives from outside, with the keys and the mouse of a person.

A tour runs inside the page: it ends with it, makes its own events, and cannot cut the line. Here
Chrome is told what to do over its own protocol, so that focus, tabulator and network are real.
"""

import json
import time

from odoo.tests.common import ChromeBrowser

# Name of a key → what Chrome wants to know of it.
KEYS = {
    "Tab": ("Tab", 9, ""),
    "Enter": ("Enter", 13, "\r"),
    "Escape": ("Escape", 27, ""),
    "Space": (" ", 32, " "),
    "ArrowRight": ("ArrowRight", 39, ""),
}
MODIFIERS = {"alt": 1, "control": 2, "shift": 8}
PATIENCE = 60  # seconds on a busy machine
# The clock stands still until somebody moves it, also over a reload. What looks at it once a second
# is watched, so that nobody moves it twice between two looks.
FROZEN = """
    window.testNow = 1772442000000;
    try {
        window.testNow = Number(sessionStorage.getItem("test_now")) || window.testNow;
    } catch {}  // a page of nobody's has no storage
    Date.now = () => window.testNow;
    const beats = new Map();
    const [every, stop] = [window.setInterval, window.clearInterval];
    window.setInterval = (act, pace, ...rest) => {
        const id = every(() => {
            act(...rest);
            if (beats.has(id)) {
                beats.set(id, beats.get(id) + 1);
            }
        }, pace);
        if (pace === 1000) {
            beats.set(id, 0);
        }
        return id;
    };
    window.clearInterval = (id) => {
        beats.delete(id);
        stop(id);
    };
    window.pass = async (seconds) => {
        window.testNow += 1000 * seconds;
        sessionStorage.setItem("test_now", window.testNow);
        const before = new Map(beats);
        while ([...beats].some(([id, count]) => count <= (before.get(id) ?? -1))) {
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    };
"""
DRAWN = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(1))))"


class Screen(ChromeBrowser):
    """One window.

    :param case: an ``HttpCase``, or whatever has its ``browser_size``, ``touch_enabled`` and
        ``fetch_proxy()``
    :param str size: width and height in pixels
    :param bool is_frozen: whether ``Date.now`` stands still; :meth:`wait_time` moves it
    """

    def __init__(self, case, size="1024x768", is_frozen=False):
        case.browser_size = size
        super().__init__(case)
        # Errors on the console are what a cut line looks like.
        self.error_checker = lambda _message: False
        self._websocket_request("Network.enable")
        if is_frozen:
            self._websocket_request(
                "Page.addScriptToEvaluateOnNewDocument", params={"source": FROZEN}
            )

    # ------------------------------------------------------------------
    # Looking
    # ------------------------------------------------------------------

    def ask(self, expression):
        """Return the value of a JavaScript expression; a promise is waited for."""
        answer = self._websocket_request(
            "Runtime.evaluate",
            params={"expression": expression, "awaitPromise": True, "returnByValue": True},
            timeout=PATIENCE,
        )
        if "exceptionDetails" in answer:
            raise AssertionError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, expression, what=None, patience=PATIENCE):
        """Wait until an expression is true, at most so many seconds, and return its value."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            value = self.ask(f"Boolean(document.body) && ({expression})")
            if value:
                return value
            time.sleep(0.1)
        page = self.ask("document.body.innerText")
        raise AssertionError(f"{what or expression} did not come; the screen says:\n{page[:3000]}")

    def wait_for(self, selector, text="", patience=PATIENCE):
        """Wait for an element, by selector and a text in it."""
        return self.wait(f"Boolean({self._find(selector, text)})", f"{selector} {text}", patience)

    def read_text(self, selector):
        """Return the text of an element, or what is typed in it."""
        return self.ask(
            f"(({self._find(selector)})?.value ?? ({self._find(selector)})?.innerText) || ''"
        )

    @staticmethod
    def _find(selector, text=""):
        return (
            f"[...document.querySelectorAll({json.dumps(selector)})]"
            f".find((each) => each.innerText.includes({json.dumps(text)}))"
        )

    def call(self, model, method, *args):
        """Call the server as the page does, and return what it answered."""
        params = {"model": model, "method": method, "args": list(args), "kwargs": {}}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        headers = {"Content-Type": "application/json"}
        request = {"method": "POST", "headers": headers, "body": body}
        answer = self.ask(
            f"fetch('/web/dataset/call_kw', {json.dumps(request)}).then((each) => each.json())"
        )
        if "error" in answer:
            raise AssertionError(answer["error"])
        return answer["result"]

    # ------------------------------------------------------------------
    # Doing
    # ------------------------------------------------------------------

    def open(self, url):
        self.navigate_to(url, wait_stop=True)

    def click(self, selector, text=""):
        """Click with the mouse into the middle of an element that can be seen there."""
        self.wait_for(selector, text)
        place = self.wait(
            f"""(() => {{
                const element = {self._find(selector, text)};
                element?.scrollIntoView({{ block: "center", behavior: "instant" }});
                const box = element?.getBoundingClientRect();
                const [x, y] = box ? [box.x + box.width / 2, box.y + box.height / 2] : [0, 0];
                const top = document.elementFromPoint(x, y);
                return top && (element.contains(top) || top.contains(element)) && {{ x, y }};
            }})()""",
            f"a place to click on {selector} {text}",
        )
        for kind in ("mousePressed", "mouseReleased"):
            self._websocket_request(
                "Input.dispatchMouseEvent",
                params={"type": kind, **place, "button": "left", "clickCount": 1},
            )

    def enter(self, selector, text=""):
        """Click into a field until the cursor stands there: what loads above it may move it."""
        found = self._find(selector, text)
        for _try in range(20):
            self.click(selector, text)
            if self.ask(f"{DRAWN}.then(() => document.activeElement === {found})"):
                return
        raise AssertionError(f"{selector} {text} does not take the cursor")

    def press(self, *names):
        """Press keys one after the other: ``"Tab"``, ``"alt+e"``, ``"shift+Tab"``."""
        for name in names:
            *held, last = name.split("+")
            key, code, text = KEYS.get(last, (last, ord(last.upper()[0]), ""))
            params = {
                "key": key,
                "code": f"Key{key.upper()}" if len(key) == 1 and key != " " else last,
                "windowsVirtualKeyCode": code,
                "modifiers": sum(MODIFIERS[each] for each in held),
            }
            down = {"type": "keyDown", "text": text} if text else {"type": "rawKeyDown"}
            self._websocket_request("Input.dispatchKeyEvent", params={**params, **down})
            self._websocket_request("Input.dispatchKeyEvent", params={**params, "type": "keyUp"})

    def type(self, text):
        """Type into what has the focus, until the screen shows it."""
        self._websocket_request("Input.insertText", params={"text": text})
        self.ask(DRAWN)

    def reach(self, selector, text="", limit=120):
        """Go with the tabulator to an element, as somebody without a mouse does."""
        self.wait_for(selector, text)
        found = self._find(selector, text)
        for _press in range(limit):
            if self.ask(f"document.activeElement === {found}"):
                return
            self.press("Tab")
        raise AssertionError(f"{selector} {text} is not reached with {limit} tabulators")

    def wait_time(self, seconds):
        """Let time pass on the frozen clock, in steps no longer than a minute."""
        while seconds > 0:
            self.ask(f"window.pass({min(seconds, 60)})")
            seconds -= 60

    def cut_line(self, is_cut=True):
        """Take the network away from the window, or give it back."""
        self._websocket_request(
            "Network.emulateNetworkConditions",
            params={
                "offline": is_cut,
                "latency": 0,
                "downloadThroughput": -1,
                "uploadThroughput": -1,
            },
        )
