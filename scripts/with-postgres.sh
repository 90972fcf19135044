#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own, named in TEST_POSTGRES_URL (its folder in TEST_POSTGRES_HOME), and takes it away again however the command ended.
# A TEST_POSTGRES_URL that is set already is used instead: any server on which its user may create databases.
# usage: scripts/with-postgres.sh COMMAND…
set -euo pipefail

if [ -n "${TEST_POSTGRES_URL:-}" ]; then
    exec "$@"
fi

programs=$("$(dirname "$0")/find-postgres.sh")
# In memory where there is room for it: a file system on a disk takes a third of the tests' time to make and remove the files of a thousand databases.
room=/tmp
if [ "$(df --output=avail /dev/shm 2>/dev/null | tail -n 1)" -gt 4000000 ] 2>/dev/null && [ -w /dev/shm ]; then
    room=/dev/shm
fi
home=$(mktemp -d $room/guitu-postgres.XXXXXX)

# PostgreSQL refuses to run as root: then it belongs to the user its package made, or to nobody.
as_owner() { (cd "$home" && "$@"); }
if [ "$(id -u)" = 0 ]; then
    owner=$(id -un postgres 2>/dev/null || echo nobody)
    chown "$owner" "$home"
    as_owner() { (cd "$home" && runuser -u "$owner" -- "$@"); }
fi

take_away() {
    as_owner "$programs/pg_ctl" stop -D "$home/data" -m immediate -s 2>/dev/null || true
    rm -rf "$home"
}
trap take_away EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '%s' "$password" | as_owner tee "$home/password" >/dev/null
# By MD5: SCRAM would cost each connection thousands of hashes, which in tests are unoptimised.
as_owner "$programs/initdb" -D "$home/data" -U guitu -A md5 --pwfile="$home/password" -E UTF8 --no-locale --no-sync >/dev/null
rm -f "$home/password"

# Nothing here outlives the tests, so nothing waits for a disk. Five towns at once, of up to four processes, open eighteen connections each.
cat >>"$home/data/postgresql.conf" <<SETTINGS
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 400
listen_addresses = '127.0.0.1'
unix_socket_directories = '$home'
SETTINGS

started=
for _ in 1 2 3 4 5 6 7 8; do
    port=$((20000 + RANDOM % 12000))
    if as_owner "$programs/pg_ctl" start -D "$home/data" -l "$home/log" -o "-p $port" -w -s 2>/dev/null; then
        started=yes
        break
    fi
done
if [ -z "$started" ]; then
    echo "PostgreSQL does not start:" >&2
    tail -n 20 "$home/log" >&2
    exit 1
fi

export TEST_POSTGRES_URL="postgres://guitu:$password@127.0.0.1:$port/postgres"
export TEST_POSTGRES_HOME="$home"
export PATH="$programs:$PATH"
"$@"
