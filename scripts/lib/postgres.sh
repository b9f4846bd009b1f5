# PostgreSQL: the server of PGHOST or DATABASE_URL, or else private clusters of this checkout.
# shellcheck shell=bash

# Databases of different checkouts on one server must not meet.
CHECKOUT_KEY=$(printf '%s' "$ROOT" | sha256sum | cut -c1-6)

own_postgres() { [[ -z ${PGHOST:-}${DATABASE_URL:-} ]]; }

# The server refuses to run as root, so it runs as Debian's own database user then; from a folder
# that user can be in.
_as_server() {
    if ((EUID == 0)); then
        (cd / && setpriv --reuid=postgres --regid=postgres --init-groups --reset-env "$@")
    else
        "$@"
    fi
}

# Where the clusters live: in the checkout, unless the database user cannot reach it (a checkout
# below /root) or the path is too long for a socket (107 bytes).
_cluster_home() {
    local home=$STATE/pg
    mkdir -p "$home"
    if ((${#home} > 70)) || ! _as_server test -x "$home"; then
        home=/var/tmp/performance-review-$EUID-$CHECKOUT_KEY
        [[ -d $home ]] || mkdir -m 0755 "$home"
        [[ $(stat -c %u "$home") == "$EUID" ]] ||
            die "$home belongs to somebody else: remove it, or set PGHOST to a server of yours."
    fi
    printf '%s\n' "$home"
}

_postgres_bin() {
    local version=${1:-} candidates
    if [[ -z $version ]]; then
        version=$(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' 2>/dev/null | sort -n | tail -n 1)
    fi
    candidates=/usr/lib/postgresql/$version/bin
    [[ -n $version && -x $candidates/pg_ctl ]] || die "PostgreSQL ${version:-server} is missing: apt-get install postgresql."
    printf '%s\n' "$candidates"
}

# The number in a cluster's pid file, if that process is this cluster's server: after a crash or a
# restart of the machine the number may be anybody's. The server and its children work in the folder.
_server_pid() {
    local pid
    pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) || return 1
    [[ $(readlink "/proc/$pid/cwd") == "$1/data" ]] && printf '%s\n' "$pid"
}
_in_use() { [[ -n $(find /proc -maxdepth 2 -name cwd -lname "$1/data" 2>/dev/null) ]]; }

_answers() { PGHOST=$1 PGPORT=5432 PGUSER=odoo psql -qAtXc '' postgres 2>/dev/null; }

_start_cluster() {
    local name=$1 home dir bin attempt settings=()
    home=$(_cluster_home)
    dir=$home/$name
    if [[ ! -f $dir/ready ]]; then
        say "creating the PostgreSQL cluster '$name'"
        bin=$(_postgres_bin)
        rm -rf "$dir"
        # Nobody but the server's user (and root) enters this folder, so "trust" trusts only them;
        # there is no network socket at all.
        mkdir -m 0700 "$dir"
        if ((EUID == 0)); then chown postgres: "$dir"; fi
        quietly "initdb-$name" _as_server "$bin/initdb" --pgdata "$dir/data" --username odoo --auth trust \
            --encoding UTF8 --locale C.UTF-8 || die "initdb failed."
        settings=("listen_addresses = ''" "unix_socket_directories = '$dir'" "port = 5432"
            "max_connections = 200" "shared_buffers = 256MB" "jit = off")
        if [[ $name == test ]]; then
            # A test database lost in a power cut is made again.
            settings+=("fsync = off" "synchronous_commit = off" "full_page_writes = off")
        fi
        printf '%s\n' "${settings[@]}" >>"$dir/data/postgresql.conf"
        touch "$dir/ready"
    fi
    # A server that is there and does not answer is just starting, or stopping.
    for ((attempt = 0; attempt < 120; attempt++)); do
        if _answers "$dir" || ! _in_use "$dir"; then break; fi
        sleep 0.5
    done
    if ! _answers "$dir"; then
        # Nobody works in the folder, so these are left over from a crash.
        rm -f "$dir"/data/postmaster.pid "$dir"/.s.PGSQL.*
        bin=$(_postgres_bin "$(<"$dir/data/PG_VERSION")")
        # 9 is the file of lock(): a server that inherits it would hold the lock for ever.
        _as_server "$bin/pg_ctl" --pgdata "$dir/data" --log "$dir/server.log" --timeout 60 --silent --wait \
            start >/dev/null 9>&- || {
            tail -n 20 "$dir/server.log" >&2
            die "PostgreSQL does not start; its log is $dir/server.log."
        }
    fi
    export PGHOST=$dir PGPORT=5432 PGUSER=odoo
    unset PGPASSWORD
}

_read_database_url() {
    local assignments
    assignments=$(python3 - "$DATABASE_URL" <<'PYTHON'
import shlex, sys
from urllib.parse import parse_qs, unquote, urlsplit
url = urlsplit(sys.argv[1])
if url.scheme not in ("postgres", "postgresql"):
    sys.exit(1)
values = {
    "PGHOST": unquote(url.hostname or "") or parse_qs(url.query).get("host", ["localhost"])[0],
    "PGPORT": str(url.port or ""),
    "PGUSER": unquote(url.username or ""),
    "PGPASSWORD": unquote(url.password or ""),
}
print(" ".join(f"export {name}={shlex.quote(value)};" for name, value in values.items() if value))
PYTHON
    ) || die "DATABASE_URL is no PostgreSQL address: it must look like postgresql://user:password@host:5432."
    eval "$assignments"
}

# provision_postgres run|test: exports PGHOST, PGPORT, PGUSER, PGPASSWORD for every client; Odoo 19
# reads the same variables.
provision_postgres() {
    if [[ -z ${PGHOST:-} && -n ${DATABASE_URL:-} ]]; then _read_database_url; fi
    # Odoo would take these as the name of the database to serve.
    unset PGDATABASE
    if [[ -n ${PGHOST:-} ]]; then
        export PGUSER=${PGUSER:-$(id -un)}
        sql postgres '' || die "the PostgreSQL server of PGHOST=$PGHOST does not answer as user $PGUSER: check PGHOST, PGPORT, PGUSER and PGPASSWORD."
    else
        _start_cluster "$1"
    fi
}

stop_clusters() {
    local home dir pid
    for home in "$STATE/pg" "/var/tmp/performance-review-$EUID-$CHECKOUT_KEY"; do
        for dir in "$home"/*/; do
            dir=${dir%/}
            if pid=$(_server_pid "$dir"); then
                say "stopping the PostgreSQL cluster '${dir##*/}' (process $pid)"
                # SIGINT is PostgreSQL's "fast" shutdown.
                kill -INT "$pid"
                while _in_use "$dir"; do sleep 0.2; done
            fi
        done
    done
}

sql() { psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --dbname "$1" --command "$2"; }
database_exists() { [[ $(sql postgres "SELECT 1 FROM pg_database WHERE datname = '$1'") == 1 ]]; }
databases_like() { sql postgres "SELECT datname FROM pg_database WHERE datname LIKE '${1//_/\\_}' ORDER BY oid"; }
# What we know of a database is kept as its comment: it goes wherever the database goes.
database_note() { sql postgres "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = '$1'"; }
set_database_note() { sql postgres "COMMENT ON DATABASE \"$1\" IS '$2'"; }

# A database of Odoo is two things, the database and its folder of files.
drop_database() {
    sql postgres "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" 2>/dev/null
    rm -rf "$STATE/data/filestore/$1"
}
copy_database() {
    createdb --template "$1" "$2"
    rm -rf "$STATE/data/filestore/$2"
    # Odoo never rewrites a stored file, so hard links are as good as a copy.
    if [[ -d $STATE/data/filestore/$1 ]]; then
        cp --archive --link "$STATE/data/filestore/$1" "$STATE/data/filestore/$2"
    fi
}
rename_database() {
    sql postgres "ALTER DATABASE \"$1\" RENAME TO \"$2\""
    rm -rf "$STATE/data/filestore/$2"
    if [[ -d $STATE/data/filestore/$1 ]]; then mv "$STATE/data/filestore/$1" "$STATE/data/filestore/$2"; fi
}
