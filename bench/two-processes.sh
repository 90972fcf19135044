#!/usr/bin/env bash
# Two processes of Guitu behind a proxy on one PostgreSQL: how much one answers and how much two, what a kill -9 under load costs, what a SIGTERM.
# Fails if a SIGTERM made a request fail. Everything runs on this machine, which the load shares.
# usage: bench/two-processes.sh [PROGRAM]   SECONDS_EACH=20 PEOPLE=32
set -euo pipefail
. "$(dirname "$0")/../scripts/environment.sh"

program=$(realpath "${1:-target/release/guitu}")
if [ -z "${TEST_POSTGRES_URL:-}" ]; then
    exec scripts/with-postgres.sh "$0" "$program"
fi
command -v caddy >/dev/null || scripts/packages.sh caddy
command -v node >/dev/null || scripts/packages.sh nodejs

seconds=${SECONDS_EACH:-20}
people=${PEOPLE:-32}
home=$(mktemp -d /tmp/guitu-growth.XXXXXX)
name=guitu_growth_$$
export DATABASE_URL=${TEST_POSTGRES_URL%/*}/$name GUITU_DATA_DIR=$home/data GUITU_LOG_FILTER=error
export GUITU_DEMO=true GUITU_TRUSTED_PROXIES=127.0.0.1 GUITU_DRAIN_SECONDS=3
base=$((20000 + RANDOM % 12000))
proxy=http://127.0.0.1:$base
declare -A process

take_away() {
    kill "${process[@]}" "${caddy:-}" 2>/dev/null || true
    wait 2>/dev/null || true
    psql -q "$TEST_POSTGRES_URL" -c "drop database if exists $name with (force)" || true
    rm -rf "$home"
}
trap take_away EXIT

ready() { curl -sf -o /dev/null --noproxy '*' "http://127.0.0.1:$((base + $1))/readyz"; }

# Starts process 1 or 2 and says how long it took until it could serve.
start() {
    local began=${EPOCHREALTIME/./}
    "$program" serve --listen "127.0.0.1:$((base + $1))" --sandbox-listen "127.0.0.1:$((base + 6 + $1))" >/dev/null 2>>"$home/log" &
    process[$1]=$!
    until ready "$1"; do sleep 0.02; done
    started=$(((${EPOCHREALTIME/./} - began) / 1000))
}

# The proxy as it is deployed, before these processes.
behind() {
    local upstreams=()
    for one in "$@"; do upstreams+=("127.0.0.1:$((base + one))"); done
    if [ -n "${caddy:-}" ]; then
        kill "$caddy"
        wait "$caddy" || true
    fi
    {
        echo '{'
        echo '    admin off'
        echo '    auto_https off'
        echo '}'
        sed -e "s|{\$SHOP_DOMAIN}|$proxy|" -e "s|guitu-1:3000 guitu-2:3000|${upstreams[*]}|" deploy/Caddyfile
    } >"$home/Caddyfile"
    XDG_DATA_HOME=$home XDG_CONFIG_HOME=$home caddy run --config "$home/Caddyfile" --adapter caddyfile >/dev/null 2>&1 &
    caddy=$!
    until curl -sf -o /dev/null --noproxy '*' "$proxy/healthz"; do sleep 0.1; done
    # Whom the proxy has not looked at yet it does not send anybody to.
    sleep 3
}

load() { node bench/two-processes.mjs "$proxy" "$seconds" "$people" "$@"; }

psql -q "$TEST_POSTGRES_URL" -c "create database $name"
"$program" seed --sandbox-listen "127.0.0.1:$((base + 9))" >/dev/null
echo "program $program, $(nproc) cores, $people people, $seconds s each"
start 1
behind 1
echo "one process:        $(load)"
start 2
behind 1 2
echo "two processes:      $(load)"
killed=$(load "${process[1]}" SIGKILL 5)
wait "${process[1]}" 2>/dev/null || true
start 1
echo "one killed at 5 s:  $killed"
echo "started again:      ready after $started ms"
sleep 3
left=$(load "${process[2]}" SIGTERM 5)
wait "${process[2]}"
echo "one asked to leave: $left"
"$program" verify-ledger >/dev/null && echo "ledger:             clean"
case $left in
    *'"failed":0,'*) ;;
    *) exit 1 ;;
esac
