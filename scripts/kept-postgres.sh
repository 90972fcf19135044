#!/usr/bin/env bash
# Runs a command beside a PostgreSQL that keeps its data in a folder and loses nothing: what is measured is what shops run. Its URL is in KEPT_POSTGRES_URL.
# usage: scripts/kept-postgres.sh FOLDER COMMAND…
set -euo pipefail

programs=$("$(dirname "$0")/find-postgres.sh")
mkdir -p "$1"
home=$(cd "$1" && pwd)
shift

# PostgreSQL refuses to run as root: then it belongs to the user its package made, or to nobody.
as_owner() { (cd "$home" && "$@"); }
if [ "$(id -u)" = 0 ]; then
    owner=$(id -un postgres 2>/dev/null || echo nobody)
    chown "$owner" "$home"
    as_owner() { (cd "$home" && runuser -u "$owner" -- "$@"); }
fi

if ! [ -d "$home/data" ]; then
    as_owner "$programs/initdb" -D "$home/data" -U guitu -A trust -E UTF8 --no-locale >/dev/null
    cat >>"$home/data/postgresql.conf" <<SETTINGS
max_connections = 200
shared_buffers = 512MB
max_wal_size = 4GB
listen_addresses = '127.0.0.1'
unix_socket_directories = '$home'
SETTINGS
fi

take_away() { as_owner "$programs/pg_ctl" stop -D "$home/data" -m fast -s 2>/dev/null || true; }
trap take_away EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
port=$((20000 + RANDOM % 12000))
as_owner "$programs/pg_ctl" start -D "$home/data" -l "$home/log" -o "-p $port" -w -s

export KEPT_POSTGRES_URL="postgres://guitu@127.0.0.1:$port" KEPT_POSTGRES_LOG="$home/log"
export PATH="$programs:$PATH"
"$@"
