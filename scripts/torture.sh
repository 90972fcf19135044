#!/usr/bin/env bash
# Tries by chance what no test can list: refunds in random parts, one form with two contents, lost answers, killed servers, jumping clocks,
# random days on two engines, callbacks that nobody sent.
# Prints a line for each row: what was tried, acknowledged, lost, doubled. Fails if anything was lost or doubled.
# usage: ROUNDS=n SEED=s scripts/torture.sh  (1000 rounds are the whole of it, and take hours)
set -euo pipefail
. "$(dirname "$0")/environment.sh"

export ROUNDS="${ROUNDS:-20}" SEED="${SEED:-$RANDOM}" RUST_BACKTRACE=0
echo "ROUNDS=$ROUNDS SEED=$SEED"
cargo build --locked --features ssr --tests
# One row after the other: chance is the same again only where nobody else is at work.
exec scripts/with-postgres.sh cargo test --locked --quiet --features ssr --test integration -- torture:: --nocapture --test-threads=1
