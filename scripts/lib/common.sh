# Shared by every script of this folder: paths, messages, locks, Debian packages.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
STATE=$ROOT/.odoo
STAMPS=$STATE/stamps
mkdir -p "$STAMPS" "$STATE/log" "$STATE/etc" "$STATE/data"

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
die() {
    printf '\033[1;31merror:\033[0m %s\n' "$*" >&2
    exit 1
}

# A silent minute looks like a hang: a terminal shows the log's last line, anything else gets dots.
_show_progress() {
    local log=$1 ticks=0
    while sleep 1 && kill -0 "$$" 2>/dev/null; do
        if [[ -t 2 ]]; then
            printf '\r\033[K    %.100s' "$(tail -n 1 "$log" | tr -d '\r\033')" >&2
        elif ((++ticks % 3 == 0)); then
            printf '.' >&2
        fi
    done
}

# quietly LOGNAME COMMAND…: output goes to a log, whose end is shown when the command fails.
quietly() {
    local log=$STATE/log/$1.log progress status=0 start=$SECONDS
    shift
    : >"$log"
    _show_progress "$log" 9>&- &
    progress=$!
    "$@" >"$log" 2>&1 </dev/null || status=$?
    kill "$progress" 2>/dev/null || true
    wait "$progress" 2>/dev/null || true
    if [[ -t 2 ]]; then printf '\r\033[K' >&2; elif ((SECONDS - start > 2)); then printf '\n' >&2; fi
    if ((status != 0)); then
        tail -n 25 "$log" >&2
        say "the whole output is in ${log#"$ROOT"/}"
    fi
    return "$status"
}

# lock NAME … unlock: two scripts started together wait for each other here instead of unpacking into
# the same folder. An ending script lets go of its lock whatever happens.
lock() {
    exec 9>"$STATE/$1.lock"
    if ! flock --nonblock 9; then
        say "waiting for another script of this checkout"
        flock 9
    fi
}
unlock() { exec 9>&-; }

# A step is done when its stamp holds the fingerprint of what it was made from.
stamped() { [[ -f $STAMPS/$1 && $(<"$STAMPS/$1") == "$2" ]]; }
stamp() { printf '%s\n' "$2" >"$STAMPS/$1"; }

have() { command -v "$1" >/dev/null 2>&1; }

# Another script may be at it, or the machine itself. Installing waits for dpkg's lock when told to;
# there is no such thing for the lists.
_apt_install() {
    env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 \
        install --yes --no-install-recommends "$@"
}
_apt_update() {
    local attempt output
    for ((attempt = 0; attempt < 120; attempt++)); do
        if output=$(LC_ALL=C apt-get -o DPkg::Lock::Timeout=600 update 2>&1); then
            printf '%s\n' "$output"
            return
        fi
        if [[ $output != *"Could not get lock"* && $output != *"Unable to lock"* ]]; then break; fi
        sleep "${APT_PAUSE:-5}"
    done
    printf '%s\n' "$output"
    return 1
}

# install_debian PACKAGE…: installs what is missing when we may, and otherwise says what to install.
install_debian() {
    if (($# == 0)); then return; fi
    if ((EUID != 0)); then
        die "Debian packages are missing, please run: sudo apt-get install $*"
    fi
    say "installing Debian packages: $*"
    quietly apt-get-update _apt_update ||
        die "apt-get update failed: check the network and the machine's apt sources, then start again."
    quietly apt-get-install _apt_install "$@" ||
        die "apt-get could not install $*: install them by hand, then start again."
}
