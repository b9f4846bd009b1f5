"""The checks of contributors and CI are the same, and scripts wait for each other."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PRE_COMMIT = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
HOOKS = {hook["id"]: hook for repo in PRE_COMMIT["repos"] for hook in repo["hooks"]}
# The name of each hook's check in scripts/lib/lint.sh.
CHECKS = {
    "ruff-check": "ruff",
    "ruff-format": "ruff_format",
    "pylint-odoo": "pylint_odoo",
    "oca-checks-odoo-module": "oca_module",
    "oca-checks-po": "oca_po",
    "eslint": "eslint",
    "prettier": "prettier",
}


def bash(script, **variables):
    return subprocess.run(
        ["bash", "-euc", f"source scripts/lib/all.sh\n{script}"],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
    )


def test_every_hook_is_a_check_of_the_script():
    assert set(HOOKS) == set(CHECKS)
    functions = " ".join(f"check_{name}" for name in CHECKS.values())
    result = bash(f'declare -F {functions} >/dev/null; printf "%s\\n" "${{CHECKS[@]}}"')
    assert result.returncode == 0, result.stderr
    assert set(result.stdout.split()) <= set(CHECKS.values())


def test_hooks_and_script_use_the_same_versions():
    pinned = set((ROOT / "requirements-test.txt").read_text().split())
    package = json.loads((ROOT / "package.json").read_text())
    pinned |= {f"{name}@{version}" for name, version in package["devDependencies"].items()}
    for hook in HOOKS.values():
        assert hook["additional_dependencies"]
        assert set(hook["additional_dependencies"]) <= pinned, hook["id"]


def test_the_lock_file_names_no_registry():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    wanted = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    assert lock["packages"][""]["devDependencies"] == wanted
    assert not [path for path, entry in lock["packages"].items() if "resolved" in entry]


def test_a_failing_check_fails_the_script():
    result = bash("check_good() { :; }; check_bad() { false; }; CHECKS=(bad good); lint")
    assert result.returncode == 1
    assert "bad" in result.stderr
    assert "good" in result.stderr, "the others run all the same"
    assert bash("check_good() { :; }; CHECKS=(good); lint").returncode == 0


@pytest.mark.parametrize("held", [0, 2])
def test_fetching_lists_waits_for_its_lock(tmp_path, held):
    fake = tmp_path / "apt-get"
    fake.write_text(
        "#!/usr/bin/env bash\n"
        f'cd "{tmp_path}"; echo "$*" >>calls\n'
        f"if (($(wc -l <calls) <= {held})); then\n"
        '    echo "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 1" >&2\n'
        "    exit 100\n"
        "fi\n"
        "echo done\n"
    )
    fake.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    result = bash("_apt_update", PATH=path, APT_PAUSE="0")
    assert result.returncode == 0, result.stderr
    assert result.stdout == "done\n"
    assert len((tmp_path / "calls").read_text().splitlines()) == held + 1


def test_another_error_of_apt_is_told_at_once(tmp_path):
    fake = tmp_path / "apt-get"
    fake.write_text(f'#!/bin/sh\necho x >>"{tmp_path}/calls"\necho "E: no network"\nexit 100\n')
    fake.chmod(0o755)
    result = bash("_apt_update", PATH=f"{tmp_path}:{os.environ['PATH']}", APT_PAUSE="0")
    assert result.returncode == 1
    assert "no network" in result.stdout
    assert (tmp_path / "calls").read_text() == "x\n"


def test_installing_waits_for_dpkgs_lock(tmp_path):
    fake = tmp_path / "apt-get"
    fake.write_text('#!/bin/sh\necho "$*"\n')
    fake.chmod(0o755)
    result = bash("_apt_install git", PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert re.search(r"DPkg::Lock::Timeout=\d{3}", result.stdout)


def test_what_a_newcomer_looks_for_is_there():
    for name in ("LICENSE", "CONTRIBUTING.md", "CHANGELOG.md", ".editorconfig"):
        assert (ROOT / name).read_text().strip(), name
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (ROOT / "LICENSE").read_text()
    fragments = ROOT / "addons" / "performance_review" / "readme"
    for name in ("DESCRIPTION", "CONFIGURE", "USAGE", "CONTRIBUTORS"):
        assert (fragments / f"{name}.md").read_text().strip(), name
