"""What is shipped besides the code: containers, configuration, manifests, and what must not be."""

import ast
import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[1]
MANIFESTS = sorted(ROOT.glob("addons/*/__manifest__.py"))
PASSWORDS = {"DB_PASSWORD": "one", "ADMIN_PASSWORD": "two"}


def compose(tmp_path, **variables):
    """`docker-compose config`, which needs no container engine, with these variables alone."""
    standalone = shutil.which("docker-compose")
    command = [standalone] if standalone else ["docker", "compose"]
    no_env_file = tmp_path / "empty.env"
    no_env_file.touch()
    return subprocess.run(
        [*command, "--file", ROOT / "docker-compose.yml", "--env-file", no_env_file, "config"],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **variables},
        capture_output=True,
        text=True,
    )


def shipped_files():
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others"]
        + ["--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = [ROOT / os.fsdecode(name) for name in listing.stdout.split(b"\0") if name]
    return [path for path in paths if path.is_file()]


def manifest(path):
    return ast.literal_eval(path.read_text(encoding="utf-8"))


def test_compose_is_valid(tmp_path):
    result = compose(tmp_path, **PASSWORDS)
    assert result.returncode == 0, result.stderr
    assert "image: performance-review-odoo:19" in result.stdout
    assert "FROM odoo:19" in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert "image: postgres:17" in result.stdout
    assert f"{ROOT}/addons:/mnt/extra-addons:ro" in result.stdout or (
        # Newer versions print the long form.
        f"source: {ROOT}/addons" in result.stdout and "read_only: true" in result.stdout
    )


def test_compose_publishes_on_loopback_unless_told(tmp_path):
    default = compose(tmp_path, **PASSWORDS).stdout
    assert default.count("127.0.0.1") == 2
    told = compose(tmp_path, BIND_ADDRESS="192.0.2.1", **PASSWORDS).stdout
    assert told.count("192.0.2.1") == 2
    assert "127.0.0.1" not in told


@pytest.mark.parametrize("missing", PASSWORDS)
@pytest.mark.parametrize("how", ["unset", "empty"])
def test_compose_demands_its_passwords(tmp_path, missing, how):
    variables = {name: value for name, value in PASSWORDS.items() if name != missing}
    if how == "empty":
        variables[missing] = ""
    result = compose(tmp_path, **variables)
    assert result.returncode != 0
    assert f"set {missing} in .env, see .env.example" in result.stderr


def test_env_example_names_every_variable():
    used = set(re.findall(r"(?<!\$)\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    named = set(re.findall(r"^#?(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert named == used


def test_env_example_holds_no_password():
    example = (ROOT / ".env.example").read_text()
    for name in PASSWORDS:
        assert re.search(rf"^{name}=$", example, re.MULTILINE)


def test_odoo_conf_is_fit_for_production_and_holds_no_secret():
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "odoo.conf", encoding="utf-8")
    options = parser["options"]
    assert options["addons_path"] == "/mnt/extra-addons"
    assert options.getboolean("proxy_mode")
    assert not options.getboolean("list_db")
    assert options.getint("workers") > 0
    secret = {"admin_passwd", "db_password", "smtp_password", "db_user", "db_host"}
    assert not secret.intersection(options)
    assert not [name for name in options if "passw" in name or "secret" in name or "token" in name]


def test_there_is_an_addon():
    assert ROOT / "addons/performance_review/__manifest__.py" in MANIFESTS


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.parent.name)
class TestManifest:
    def test_version_and_license(self, path):
        content = manifest(path)
        assert re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", content["version"])
        assert content["license"] == "LGPL-3"

    def test_listed_files_exist(self, path):
        content = manifest(path)
        listed = [*content.get("data", []), *content.get("demo", [])]
        assert not [name for name in listed if not (path.parent / name).is_file()]
        assert len(listed) == len(set(listed)), "a file is listed twice"

    def test_files_are_listed(self, path):
        content = manifest(path)
        listed = {*content.get("data", []), *content.get("demo", [])}
        folders = ("data", "demo", "security", "views", "report", "reports", "wizard", "wizards")
        found = {
            file.relative_to(path.parent).as_posix()
            for folder in folders
            for suffix in ("xml", "csv")
            for file in (path.parent / folder).rglob(f"*.{suffix}")
        }
        assert not found - listed

    def test_assets_exist(self, path):
        for entries in manifest(path).get("assets", {}).values():
            for entry in entries:
                pattern = entry if isinstance(entry, str) else entry[-1]
                addon, _slash, name = pattern.partition("/")
                if addon == path.parent.name:
                    assert list(path.parent.glob(name)), f"{pattern} matches no file"


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.parent.name)
def test_every_term_of_the_template_is_translated(path):
    addon = path.parent
    template = polib.pofile(addon / "i18n" / f"{addon.name}.pot")
    chinese = {entry.msgid: entry.msgstr for entry in polib.pofile(addon / "i18n" / "zh_CN.po")}
    assert not [entry.msgid for entry in template if not chinese.get(entry.msgid)]


def test_production_installs_no_story():
    compose_file = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert "--init performance_review --update performance_review " in compose_file
    assert "demo" not in compose_file


def test_no_machine_specifics_are_shipped():
    """Mirrors and registries are the machine's own business, and so are its folders."""
    # In pieces, so that this file does not find itself.
    forbidden = [
        "deb." + "debian.org",
        "security." + "debian.org",
        "snapshot." + "debian.org",
        "pypi." + "org",
        "files." + "pythonhosted.org",
        "registry." + "npmjs.org",
        "registry." + "yarnpkg.com",
        "nightly." + "odoo.com",
        "/work/" + "main",
        "/work/" + "shared",
        "/work/" + ".library",
    ]
    findings = []
    for path in shipped_files():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        text = content.decode("utf-8", "replace")
        findings += [f"{path.relative_to(ROOT)}: {word}" for word in forbidden if word in text]
    assert not findings


def test_nothing_generated_is_shipped():
    generated = re.compile(r"(^|/)(__pycache__|\.odoo|filestore|\.env)(/|$)|\.(pyc|log|orig|rej)$")
    names = [path.relative_to(ROOT).as_posix() for path in shipped_files()]
    assert not [name for name in names if generated.search(name)]


def test_scripts_are_executable_and_parse():
    scripts = [ROOT / ".ci/run", *(path for path in (ROOT / "scripts").iterdir() if path.is_file())]
    for script in scripts:
        assert os.access(script, os.X_OK), script
        subprocess.run(["bash", "-n", script], check=True)
