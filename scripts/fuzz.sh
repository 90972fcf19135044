#!/usr/bin/env bash
# Sends requests that no page would send to every route, on SQLite and then on PostgreSQL; fails at the first answer that is a fault of ours, or takes over 2 s.
# usage: N=requests SEED=s scripts/fuzz.sh  (a million and more are sent to a release build)
set -euo pipefail
. "$(dirname "$0")/environment.sh"

export FUZZ_REQUESTS="${N:-200000}" SEED="${SEED:-$RANDOM}" RUST_BACKTRACE=0
profile=()
if [ "$FUZZ_REQUESTS" -ge 1000000 ]; then
    profile=(--release)
fi
scripts/test-tools.sh
scripts/browser-part.sh
echo "N=$FUZZ_REQUESTS SEED=$SEED"
# One engine after the other: what takes two seconds beside another run may take one alone.
exec scripts/with-postgres.sh cargo test --locked "${profile[@]}" --features ssr --test integration -- fuzz:: --nocapture --test-threads=1
