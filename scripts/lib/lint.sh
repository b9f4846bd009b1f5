# The checks of .pre-commit-config.yaml, run on everything.
# shellcheck shell=bash

# By name: check_NAME runs one. "ruff_format" and "prettier" say whether all is formatted, which
# "scripts/format" does.
CHECKS=(ruff ruff_format pylint_odoo oca_module oca_po eslint prettier)
# What prettier formats.
FORMATTED='addons/**/*.{js,scss,xml}'

provision_node() {
    local fingerprint
    node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 18 || (major === 18 && minor >= 18) ? 0 : 1)' ||
        die "Node 18.18 or newer is needed, $(command -v node) is older: install a newer one and put it first in PATH."
    fingerprint=$(cat "$ROOT/package.json" "$ROOT/package-lock.json" | sha256sum)
    if ! stamped node "$fingerprint" || [[ ! -d $ROOT/node_modules ]]; then
        say "installing Node packages (package-lock.json)"
        # npm would empty what a link points to, which other checkouts may share.
        if [[ -L $ROOT/node_modules ]]; then rm "$ROOT/node_modules"; fi
        quietly npm-ci npm ci --prefix "$ROOT" --ignore-scripts --no-audit --no-fund ||
            die "Node packages could not be installed: check the network (and npm's registry setting), then start again."
        stamp node "$fingerprint"
    fi
}

_manifests() { printf '%s\n' addons/*/__manifest__.py; }

check_ruff() { "$VENV/bin/ruff" check .; }
check_ruff_format() { "$VENV/bin/ruff" format --check .; }
check_pylint_odoo() {
    local manifests
    mapfile -t manifests < <(_manifests)
    "$VENV/bin/pylint" --rcfile .pylintrc --jobs 2 "${manifests[@]%/*}"
}
check_oca_module() {
    local manifests
    mapfile -t manifests < <(_manifests)
    "$VENV/bin/oca-checks-odoo-module" "${manifests[@]}"
}
check_oca_po() {
    local files
    mapfile -t files < <(compgen -G 'addons/*/i18n/*.po*')
    "$VENV/bin/oca-checks-po" "${files[@]}"
}
check_eslint() { node_modules/.bin/eslint addons; }
check_prettier() { node_modules/.bin/prettier --log-level warn --check "$FORMATTED"; }

lint() {
    local check status=0
    for check in "${CHECKS[@]}"; do
        say "${check//_/ }"
        "check_$check" || status=1
    done
    return "$status"
}

format() {
    "$VENV/bin/ruff" format .
    node_modules/.bin/prettier --log-level warn --write "$FORMATTED"
}
