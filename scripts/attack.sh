#!/usr/bin/env bash
# Attacks a release build on the loopback address for so many seconds, beside people who log in and buy, on SQLite and PostgreSQL. Prints a line for
# each engine, and fails if the server grew beyond 400 MiB, let /healthz wait for a second or an honest log-in for two, or answered with an error of
# its own.
# usage: scripts/attack.sh [SECONDS]
set -euo pipefail
. "$(dirname "$0")/environment.sh"

if [ -z "${TEST_POSTGRES_URL:-}" ] && ! scripts/find-postgres.sh >/dev/null; then
    scripts/packages.sh postgresql
fi
scripts/browser-part.sh
# The attackers, and the server with them. Unoptimised, they would take the machine from it by themselves.
cargo build --locked --release --features ssr --test integration
exec scripts/with-postgres.sh env ATTACKED="$PWD/target/release/guitu" ATTACK_SECONDS="${1:-60}" \
    cargo test --locked --quiet --release --features ssr --test integration -- attack:: --nocapture --test-threads=1
