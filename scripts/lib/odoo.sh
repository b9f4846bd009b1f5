# Odoo itself and its Python packages.
# shellcheck shell=bash

ODOO_TREE=$STATE/odoo-19
VENV=$STATE/venv

# Debian's odoo-19 exists in unstable only. Nothing of unstable may reach the system, so apt gets a
# sources list and folders of its own; the mirror's address is the machine's own.
SUITE=sid
SID_PACKAGES=(odoo-19 fonts-montserrat)
# Files the package links to in other packages. Font Awesome must be the 4.7 of the stable suite:
# version 7 of unstable breaks every icon.
STABLE_PACKAGES=(fonts-font-awesome fonts-inconsolata fonts-roboto-unhinted fonts-ocr-b
    libjs-jquery libjs-jquery-form libjs-underscore)

_sid() {
    local command=$1 apt=$STATE/apt
    shift
    "$command" -o "Dir::Etc::SourceList=$apt/sources.list" -o Dir::Etc::SourceParts=- \
        -o "Dir::State::Lists=$apt/lists" -o "Dir::Cache=$apt" \
        -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
        -o Acquire::Languages=none -o APT::Sandbox::User="$(id -un)" "$@"
}

_fetch_odoo() {
    local apt=$STATE/apt mirrors link
    have apt-get || die "Odoo 19 is fetched with Debian's apt-get, which is missing here: set ODOO_HOME to a checkout of Odoo 19."
    # A new machine has no package lists at all; fetching them takes root.
    if ! apt-cache show fonts-font-awesome >/dev/null 2>&1; then
        ((EUID == 0)) || die "apt has no package lists yet, please run: sudo apt-get update"
        quietly apt-get-update _apt_update ||
            die "apt-get update failed: check the network and the machine's apt sources, then start again."
    fi
    # Debian's main archive: not its security one (another label), nor somebody else's.
    # shellcheck disable=SC2016
    mapfile -t mirrors < <(apt-get indextargets --format '$(SITE)' \
        'Created-By: Packages' 'Component: main' 'Origin: Debian' 'Label: Debian')
    ((${#mirrors[@]} > 0)) ||
        die "no Debian archive is among this machine's apt sources: add one, or set ODOO_HOME to a checkout of Odoo 19."

    rm -rf "$apt"
    mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$apt/debs"
    printf 'deb [signed-by=%s] %s %s main\n' \
        /usr/share/keyrings/debian-archive-keyring.gpg "${mirrors[0]}" "$SUITE" >"$apt/sources.list"
    say "fetching Odoo 19 (about 130 MB, once)"
    quietly apt-sid _sid apt-get update ||
        die "Debian's package list could not be fetched: check the network, then start again (or set ODOO_HOME)."
    (cd "$apt/debs" && quietly fetch-odoo _sid apt-get download "${SID_PACKAGES[@]}") ||
        die "Odoo could not be downloaded: check the network, then start again (or set ODOO_HOME to a checkout of Odoo 19)."
    (cd "$apt/debs" && quietly fetch-fonts apt-get download "${STABLE_PACKAGES[@]}") ||
        die "Odoo's fonts could not be downloaded: check the network, run 'apt-get update' as root, then start again."

    say "unpacking Odoo 19"
    rm -rf "$ODOO_TREE.new"
    mkdir "$ODOO_TREE.new"
    for link in "$apt"/debs/*.deb; do
        dpkg-deb -x "$link" "$ODOO_TREE.new" || die "$link is damaged: delete .odoo/apt and start again."
    done
    # Debian strips this file (a prebuilt blob). Without it the web client logs an error, and every
    # browser tour fails; it is only used to blur the background of video calls.
    link=$ODOO_TREE.new/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation
    mkdir -p "$link"
    touch "$link/selfie_segmentation.js"
    rm -rf "$ODOO_TREE" "$apt"
    mv "$ODOO_TREE.new" "$ODOO_TREE"
}

_make_venv() {
    local python
    python=$(command -v python3)
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        die "Python 3.11 or newer is needed, $python is older: install python3.11 and put it first in PATH."
    if [[ ! -x $VENV/bin/python ]] || ! "$VENV/bin/python" -c '' 2>/dev/null; then
        "$python" -m venv --clear "$VENV"
    fi
    say "installing Python packages ($1)"
    quietly "pip-$1" "$VENV/bin/python" -m pip install --disable-pip-version-check \
        --requirement "$ROOT/$1" ||
        die "Python packages could not be installed: check the network (and pip's index settings), then start again."
}

_need_python() {
    local fingerprint
    fingerprint=$(sha256sum <"$ROOT/$1")
    if ! stamped "$1" "$fingerprint" || [[ ! -x $VENV/bin/python ]]; then
        _make_venv "$1"
        stamp "$1" "$fingerprint"
    fi
}

provision_odoo() {
    if [[ -n ${ODOO_HOME:-} ]]; then
        [[ -d $ODOO_HOME/odoo ]] ||
            die "ODOO_HOME=$ODOO_HOME holds no Odoo: it must be the folder with odoo-bin and odoo/ in it."
    elif ! stamped odoo "$SUITE ${SID_PACKAGES[*]} ${STABLE_PACKAGES[*]}" || [[ ! -d $ODOO_TREE ]]; then
        _fetch_odoo
        stamp odoo "$SUITE ${SID_PACKAGES[*]} ${STABLE_PACKAGES[*]}"
    fi
    _need_python requirements.txt
}

provision_test_python() { _need_python requirements-test.txt; }

# The folder to put on PYTHONPATH.
odoo_lib() { printf '%s\n' "${ODOO_HOME:-$ODOO_TREE/usr/lib/python3/dist-packages}"; }
