import ast
from pathlib import Path

from odoo.tests import BaseCase, tagged

ADDONS = Path(__file__).parents[2]


@tagged("post_install", "-at_install")
class TestWindows(BaseCase):
    """What a verb opens is opened alike by a button and by a screen of ours.

    The web client adds ``views`` to what a button returns, and to nothing else: a screen that
    calls the verb itself would show an error instead of the window.
    """

    def test_every_window_says_its_views(self):
        missing = []
        for path in sorted(ADDONS.glob("performance_review*/**/*.py")):
            if "tests" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Dict):
                    keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
                    if "view_mode" in keys and "views" not in keys:
                        missing.append(f"{path.relative_to(ADDONS)}:{node.lineno}")
        self.assertFalse(missing)
