#!/usr/bin/env bash
# Builds and runs the unit, integration and doc tests on SQLite and on the PostgreSQL that TEST_POSTGRES_URL names, and tells which ten took longest.
# usage: scripts/tests.sh [FILTER]…
set -euo pipefail
. "$(dirname "$0")/environment.sh"

programs=$(mktemp)
times=$(mktemp)
trap 'rm -f "$programs" "$times"' EXIT

# clippy compiles what it looks at, as rustc does: built by it, the tests are linted and nothing is compiled twice. (`cargo clippy` sets the same.)
RUSTC_WORKSPACE_WRAPPER=$(rustc --print sysroot)/bin/clippy-driver
CLIPPY_ARGS=-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__
export RUSTC_WORKSPACE_WRAPPER CLIPPY_ARGS

cargo test --locked --features bench --no-run 2>&1 | tee "$programs"
programs=$(grep -o "$CARGO_TARGET_DIR/debug/deps/[^)]*\|target/debug/deps/[^)]*" "$programs" | grep -v "/bundle")

# Half of a scenario's time is spent waiting.
export RUST_TEST_THREADS=${RUST_TEST_THREADS:-$(($(nproc) * 2))}

status=0
for program in $programs; do
    # Of a released Rust the test programs tell the time that each test took only if they are asked like this.
    RUSTC_BOOTSTRAP=1 "$program" -Zunstable-options --report-time "$@" | tee -a "$times" || status=$?
done
if [ $# -eq 0 ]; then
    # What must not compile does not.
    cargo test --locked --features bench --doc || status=$?
fi

echo "== the ten slowest"
sed -nE 's/^test ([^ ]+) .*<([0-9.]+)s>$/\2 s  \1/p' "$times" | sort -rn | sed -n '1,10p'
exit "$status"
