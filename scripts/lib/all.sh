# Sourced by every script: all parts, and the one order to provision them in.
# shellcheck shell=bash

for _part in common odoo postgres database lint; do
    # shellcheck source=/dev/null
    source "$(dirname "${BASH_SOURCE[0]}")/$_part.sh"
done

# What PDFs need: without the fonts Chinese prints as boxes.
_missing_for_pdf() {
    have wkhtmltopdf || printf 'wkhtmltopdf\n'
    [[ -d /usr/share/doc/fonts-noto-cjk ]] || printf 'fonts-noto-cjk\n'
}

# The Debian packages that are missing, all at once; judged by what they bring, as a machine may have
# it from elsewhere.
_missing_packages() {
    have python3 || printf 'python3\n'
    # Debian's python3 has no pip for its environments without this one.
    [[ -x $VENV/bin/python ]] || python3 -c 'import ensurepip' 2>/dev/null || printf 'python3-venv\n'
    if own_postgres; then
        compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || printf 'postgresql\n'
    else
        have psql || printf 'postgresql-client\n'
    fi
    if [[ $1 == test ]]; then
        have chromium || have google-chrome || printf 'chromium\n'
        have docker-compose || docker compose version >/dev/null 2>&1 || printf 'docker-compose\n'
        have git || printf 'git\n'
        have node || printf 'nodejs\n'
        have npm || printf 'npm\n'
    fi
    # Whoever only looks at the product can do without PDFs.
    if [[ $1 == test ]] || ((EUID == 0)); then _missing_for_pdf; fi
}

# provision run|test: Debian packages, Odoo, Python packages, a database server, the environment.
provision() {
    local missing
    lock provision
    mapfile -t missing < <(_missing_packages "$1")
    install_debian "${missing[@]}"
    mapfile -t missing < <(_missing_for_pdf)
    if ((${#missing[@]} > 0)); then say "no PDFs without: sudo apt-get install ${missing[*]}"; fi
    provision_odoo
    if [[ $1 == test ]]; then
        provision_test_python
        provision_node
    fi
    provision_postgres "$1"
    unlock
    odoo_environment "$1"
}
