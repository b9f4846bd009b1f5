# Databases of Odoo: made once, kept as templates, copied in seconds.
# shellcheck shell=bash

# Both are active; the first one is what new partners get.
LANGUAGES=en_US,zh_CN
# Hostname and folder: checkouts that share a server (PGHOST) leave each other's databases alone.
DB_PREFIX=pr_$(printf '%s' "$(uname -n):$ROOT" | sha256sum | cut -c1-6)

addons() { python3 "$ROOT/scripts/lib/addons.py" "$1"; }

odoo() { "$VENV/bin/python" -m odoo "$@"; }

# odoo_environment run|test: everything Odoo needs to run from this checkout, as variables and a file
# that Odoo reads by itself (ODOO_RC). Only tests find the addons of tests/addons.
odoo_environment() {
    local path=()
    if compgen -G "$ROOT/addons/*/__manifest__.py" >/dev/null; then path+=("$ROOT/addons"); fi
    if [[ $1 == test && -d $ROOT/tests/addons ]]; then path+=("$ROOT/tests/addons"); fi
    if [[ -n ${ODOO_HOME:-} && -d $ODOO_HOME/addons ]]; then path+=("$ODOO_HOME/addons"); fi
    export ODOO_RC=$STATE/etc/odoo-$1.conf PYTHONPATH
    PYTHONPATH=$(odoo_lib)
    # No __pycache__ among the sources.
    export PYTHONPYCACHEPREFIX=$STATE/pycache
    # Written aside and moved: another script may be reading it.
    cat >"$ODOO_RC.$$" <<CONF
; Written by scripts/lib/database.sh, for development and tests; production uses odoo.conf.
[options]
addons_path = $(IFS=, && printf '%s' "${path[*]}")
data_dir = $STATE/data
http_interface = 127.0.0.1
list_db = False
workers = 0
limit_time_cpu = 3600
limit_time_real = 3600
limit_time_real_cron = 3600
; The discard port: whatever mail server this machine runs, demo mails stay here.
smtp_port = 9
CONF
    mv "$ODOO_RC.$$" "$ODOO_RC"
}

# make_database NAME LABEL SOURCE ODOO-ARGUMENTS…: installs into a copy of SOURCE (- for nothing)
# under another name and renames it at the end, so that a database that exists is complete.
make_database() {
    local name=$1 label=$2 source=$3
    shift 3
    drop_database "${name}_new"
    if [[ $source == - ]]; then
        createdb --template template0 --encoding UTF8 --lc-collate C "${name}_new"
    else
        copy_database "$source" "${name}_new"
    fi
    say "$label"
    quietly "install-$name" odoo --database "${name}_new" "$@" --stop-after-init --no-http --max-cron-threads 0 ||
        die "Odoo could not install: the lines above say why."
    rename_database "${name}_new" "$name"
}

# What a base template depends on: this Odoo, these modules.
_odoo_identity() {
    printf '%s\n' "$LANGUAGES" "${ODOO_HOME:-$(cat "$STAMPS/odoo")}" "$(addons depends)"
    cat "$(odoo_lib)/odoo/release.py"
    git -C "${ODOO_HOME:-/nonexistent}" rev-parse HEAD 2>/dev/null || true
}

_drop_all_but() {
    local keep=$1 name
    for name in $(databases_like "$2"); do
        if [[ $name != "$keep" ]]; then drop_database "$name"; fi
    done
}

# prepare_template: sets TEMPLATE to a database with all addons of the checkout as they are now and
# those of tests/addons, but no story, in both languages. Their dependencies are installed once, into
# a template of their own.
prepare_template() {
    local base installed tests
    base=${DB_PREFIX}_base_$(_odoo_identity | sha256sum | cut -c1-12)
    TEMPLATE=${DB_PREFIX}_tmpl_$(printf '%s' "$base $(addons template)" | sha256sum | cut -c1-12)
    if database_exists "$TEMPLATE"; then return; fi
    if ! database_exists "$base"; then
        _drop_all_but "$base" "${DB_PREFIX}_base_%"
        make_database "$base" "installing Odoo's own modules (a minute, once)" - \
            --init "$(addons depends)" --load-language "$LANGUAGES"
    fi
    _drop_all_but "$TEMPLATE" "${DB_PREFIX}_tmpl_%"
    installed=$(addons list)
    tests=$(addons tests)
    if [[ -z $installed ]]; then
        copy_database "$base" "$TEMPLATE"
        return
    fi
    make_database "$TEMPLATE" "installing the addons" "$base" --init "$installed${tests:+,$tests}"
}

# drop_leftovers: copies whose script was killed. Copies carry its process number.
drop_leftovers() {
    local name process
    for name in $(databases_like "${DB_PREFIX}_copy_%"); do
        process=${name#"${DB_PREFIX}_copy_"}
        if ! kill -0 "${process%%_*}" 2>/dev/null; then drop_database "$name"; fi
    done
}

_drop_copies() {
    local name
    for name in "${COPIES[@]}"; do drop_database "$name" || true; done
}

# copy_template [WORKER…]: sets COPY to a database of this process alone, dropped when the script
# ends; with workers each has one of its own instead, COPY_WORKER.
copy_template() {
    local worker
    lock templates
    prepare_template
    drop_leftovers
    COPY=${DB_PREFIX}_copy_$$
    COPIES=("$COPY")
    if (($# > 0)); then COPIES=("${@/#/${COPY}_}"); fi
    trap _drop_copies EXIT
    for worker in "${COPIES[@]}"; do copy_database "$TEMPLATE" "$worker"; done
    unlock
}
