#!/usr/bin/env bash
# Under scripts/with-postgres.sh: says where PostgreSQL is, and for every line it reads kills all of it (-9), starts it again and says "up".
# usage: scripts/with-postgres.sh scripts/crashing-postgres.sh
set -euo pipefail

programs=$("$(dirname "$0")/find-postgres.sh")
home=$TEST_POSTGRES_HOME
port=$(sed -n 4p "$home/data/postmaster.pid")
as_owner() { (cd "$home" && "$@"); }
if [ "$(id -u)" = 0 ]; then
    owner=$(stat -c %U "$home/data")
    as_owner() { (cd "$home" && runuser -u "$owner" -- "$@"); }
fi

# What is acknowledged has to be written: the tests' own servers are laxer than that.
as_owner sh -c 'printf "synchronous_commit = on\n" >>data/postgresql.conf'
as_owner "$programs/pg_ctl" reload -D "$home/data" -s

printf '%s\n' "$TEST_POSTGRES_URL"
while read -r _; do
    server=$(head -n 1 "$home/data/postmaster.pid")
    children=$(pgrep -P "$server" || true)
    # shellcheck disable=SC2086 # one number a word
    kill -KILL "$server" $children 2>/dev/null || true
    while kill -0 "$server" 2>/dev/null; do sleep 0.05; done
    as_owner "$programs/pg_ctl" start -D "$home/data" -l "$home/log" -o "-p $port" -w -s >&2
    echo up
done
