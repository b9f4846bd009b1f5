"""Asks axe-core, in a browser, for faults that keep people from using a screen.

axe-core stands in ``package.json`` and is fetched by ``scripts/test``; where it is missing, as on a
server that runs the tests of an installed addon, the tests that ask it are skipped.
"""

import json
from pathlib import Path

from .browser_common import BrowserCase

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.2, levels A and AA.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE = "390x844"
TABLET = "1024x768"
DESKTOP = "1280x800"
# What most people in an office have.
LAPTOP = "1366x768"
PREFIX = "[axe] "
# Faults of Odoo's own widgets and theme, the same on every screen of it: the rule, whose elements
# (or what stands in them), and what is wrong.
ODOOS = [
    # Avatars of the many2one widgets have no alternative text; the name stands beside them.
    ("image-alt", ".o_m2o_avatar"),
    # The icon of the activity widget is an image without a name.
    ("role-img-alt", ".o-mail-ActivityButton"),
    # Tabs of a notebook stand in no tablist.
    ("aria-required-parent", ".o_notebook_headers"),
    # The button that chooses the columns of a list has no name.
    ("button-name", ".o_optional_columns_dropdown"),
    # Of an icon button in a list the title becomes a tooltip; a label of ours is dropped.
    ("button-name", ".o_list_button"),
    # A progress bar says its values without having the role for it.
    ("aria-allowed-attr", ".o_field_progressbar"),
    # The arrow between the two days of a period is an icon with a label and no role.
    ("aria-prohibited-attr", ".o_field_daterange"),
    # A checkbox in a list stands below the title of its column and has no label of its own.
    ("label", ".o_data_cell"),
    # Neither have those that choose its rows.
    ("label", ".o_list_record_selector"),
    # The field of a tag list says whether it is selected, which a combobox does not.
    ("aria-allowed-attr", ".o-autocomplete"),
    # White on the theme's cyan and green, in badges of the field widget.
    ("color-contrast", ".o_field_badge"),
    # The grey of the back office's theme has a contrast of 4.3 instead of 4.5.
    ("color-contrast", ".o_web_client .text-muted"),
]

RUN = """
(async () => {
    const { within, act, odoos, tags, timeout } = %(options)s;
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const wait = async (selector) => {
        for (let waited = 0; !document.querySelector(selector); waited += 50) {
            if (waited > timeout) {
                throw new Error(`there is no ${selector}`);
            }
            await sleep(50);
        }
        return document.querySelector(selector);
    };
    for (const [verb, selector] of act) {
        const element = await wait(selector);
        if (verb === "click") {
            element.click();
        } else if (verb === "open") {
            document.querySelectorAll(selector).forEach((each) => (each.open = true));
        } else if (verb === "fits" && element.scrollWidth > element.clientWidth) {
            const { scrollWidth, clientWidth } = element;
            throw new Error(`${selector} is ${scrollWidth} wide, not ${clientWidth}`);
        }
        await sleep(300);
    }
    await wait(within);
    const styles = [...document.querySelectorAll("link[rel=stylesheet]")];
    while (document.readyState !== "complete" || styles.some(({ sheet }) => !sheet)) {
        await sleep(50);
    }
    await sleep(700);  // what is read when it is opened, and what fades in
    const shown = document.getAnimations().filter(
        (each) => each.effect.getComputedTiming().iterations !== Infinity
    );
    await Promise.allSettled(shown.map((each) => each.finished));
    const { violations } = await axe.run(
        { include: [[within]] },
        { runOnly: tags, resultTypes: ["violations"] }
    );
    const isOdoos = (id, { target }) => {
        const element = document.querySelector(target.at(-1));
        return odoos.some(([rule, selector]) => rule === id && element?.closest(selector));
    };
    const serious = violations
        .filter(({ impact }) => ["serious", "critical"].includes(impact))
        .map((each) => ({ ...each, nodes: each.nodes.filter((node) => !isOdoos(each.id, node)) }))
        .filter(({ nodes }) => nodes.length);
    if (!serious.length) {
        console.log("test successful");
        return;
    }
    const lines = serious.flatMap(({ id, impact, help, nodes }) => [
        `${id} (${impact}): ${help}`,
        ...nodes.map(({ target, html, any, all, none }) => {
            const why = [...any, ...all, ...none].map(({ message }) => message).join("; ");
            return `    ${target.join(" ")}\\n        ${html.slice(0, 200)}\\n        ${why}`;
        }),
    ]);
    console.error("%(prefix)s" + lines.join("\\n"));
})().catch((error) => console.error("%(prefix)s" + error));
"""


class AxeCase(BrowserCase):
    """A test case that opens screens in a browser and has them looked through."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warmed = set()

    def assert_accessible(self, path, user, within, act=(), size=DESKTOP, lang=None):
        """Fail for every serious or critical fault of a part of a screen.

        :param str path: of the page
        :param user: ``res.users`` who looks at it; the password is the login
        :param str within: selector of the part that is ours; it is waited for
        :param act: what to do first, pairs of ``wait``, ``click``, ``open`` (``<details>``) or
            ``fits`` (fails for what scrolls sideways) and a selector that is waited for
        :param str size: width and height of the window, in pixels
        :param str lang: language of a portal page, by default the user's
        """
        if not AXE.exists():
            self.skipTest("axe-core is not installed: scripts/test does it")
        # Once for the pages of the portal and once for those of the back office.
        kind = path.split("/")[1]
        if kind not in self.warmed:
            self.warmed.add(kind)
            self.warm_up(path, user)
        self.browser_size = size
        options = {
            "within": within,
            "act": list(act),
            "odoos": ODOOS,
            "tags": TAGS,
            "timeout": 60_000,
        }
        run = RUN % {"options": json.dumps(options), "prefix": PREFIX}
        try:
            self.browser_js(
                path,
                AXE.read_text(encoding="utf-8") + ";" + run,
                login=user.login,
                timeout=180,
                cookies={"frontend_lang": lang} if lang else None,
            )
        except AssertionError as failure:
            # The message carries the half megabyte of axe-core itself.
            raise self.failureException(
                f"{path}, {within}:\n" + str(failure).rpartition(PREFIX)[2]
            ) from None
