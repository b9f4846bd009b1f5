"""What the scripts must know of the addons, without starting Odoo.

addons.py list          names of the addons of this checkout, those that tell a story apart
addons.py stories       the addons of demo data, which nobody gets without asking
addons.py tests         the addons of tests/addons, which only tests install
addons.py depends       what they need besides each other
addons.py fingerprint   changes when a database must be updated
addons.py template      the same for a database of tests
"""

import ast
import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"
TEST_ADDONS = ROOT / "tests" / "addons"
# Neither ends up in a database.
IGNORED = {"tests", "__pycache__"}


def manifests(folder=ADDONS):
    return {
        path.parent.name: ast.literal_eval(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*/__manifest__.py"))
    }


def names(stories=False):
    return [name for name in manifests() if name.endswith("_demo") == stories]


def depends():
    own = manifests()
    needed = {name for manifest in own.values() for name in manifest.get("depends", [])}
    return sorted(needed - set(own)) or ["base"]


def fingerprint(*folders):
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            relative = path.relative_to(folder)
            hidden = IGNORED.intersection(relative.parts) or path.name.startswith(".")
            if hidden or not path.is_file():
                continue
            digest.update(f"{relative}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    commands = {
        "list": lambda: ",".join(names()),
        "stories": lambda: ",".join(names(stories=True)),
        "depends": lambda: ",".join(depends()),
        "tests": lambda: ",".join(manifests(TEST_ADDONS)),
        "fingerprint": lambda: fingerprint(ADDONS),
        "template": lambda: fingerprint(ADDONS, TEST_ADDONS),
    }
    print(commands[sys.argv[1]]())
